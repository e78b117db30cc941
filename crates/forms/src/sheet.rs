//! The unchanging face of a form in one language.

use crate::definition::{ListDef, QuestionDef};
use crate::form::Form;
use crate::{ChoiceSheet, FormSheet, QuestionKind, QuestionSheet, SectionSheet};

impl Form {
    /// The unchanging face of the form in one language; a missing translation falls back to the first
    /// language that has the text.
    #[must_use]
    pub fn sheet(&self, language: &str) -> FormSheet {
        let at = self.language_index(language);
        let definition = self.definition();
        let questions = definition.questions.iter().zip(0..);
        let sentences = &definition.sentences;
        FormSheet {
            id: self.id().clone(),
            hash: self.hash(),
            version: definition.version.clone(),
            title: definition.title.get(at).to_owned(),
            language: definition.languages.get(at).cloned().unwrap_or_default(),
            languages: definition.languages.clone(),
            sections: self.section_sheets(at),
            questions: questions
                .map(|(question, index)| {
                    (
                        question.name.clone(),
                        self.question_sheet(question, index, at),
                    )
                })
                .collect(),
            choices: definition
                .lists
                .iter()
                .map(|list| (list.name.clone(), choice_sheets(list, at)))
                .collect(),
            findings: sentences
                .iter()
                .map(|found| (found.code.clone(), found.text.get(at).to_owned()))
                .collect(),
        }
    }

    fn section_sheets(&self, language: usize) -> Vec<SectionSheet> {
        let definition = self.definition();
        let name = |at: &u16| definition.questions[usize::from(*at)].name.clone();
        let sheet = |section: &crate::form::Section| SectionSheet {
            id: section.id.clone(),
            title: section
                .group
                .map(|group| definition.groups[group].label.get(language).to_owned())
                .unwrap_or_default(),
            questions: section.questions.iter().map(name).collect(),
        };
        self.sections().iter().map(sheet).collect()
    }

    fn question_sheet(
        &self,
        question: &QuestionDef,
        index: usize,
        language: usize,
    ) -> QuestionSheet {
        let parts = &self.compiled().questions[index];
        QuestionSheet {
            name: question.name.clone(),
            number: question.number.clone().unwrap_or_default(),
            kind: parts.kind,
            label: question.label.get(language).to_owned(),
            doubtful: question.label.is_doubtful(language),
            hint: question.hint.get(language).to_owned(),
            appearance: question.appearance.clone(),
            list: question.list.clone(),
            register: question.register.clone(),
            read_only: question.read_only || parts.calculation.is_some(),
            prefilled: question.prefill.is_some(),
            hidden: parts.kind == QuestionKind::Calculate,
        }
    }
}

fn choice_sheets(list: &ListDef, language: usize) -> Vec<ChoiceSheet> {
    let sheet = |choice: &crate::definition::ChoiceDef| ChoiceSheet {
        code: choice.code.clone(),
        label: choice.label.get(language).to_owned(),
        exclusive: choice.exclusive,
        doubtful: choice.label.is_doubtful(language),
    };
    list.choices.iter().map(sheet).collect()
}
