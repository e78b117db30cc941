//! What follows from a set of answers.

use crate::compiled::{Parts, Tree};
use crate::convert::{fits, is_blank, value_of};
use crate::expr::{Scope, Term, eval, external_cell};
use crate::filter::Filter;
use crate::form::Form;
use crate::{Env, FormView, Progress, QuestionKind, QuestionView, SectionView};
use baqylau_domain::{Answers, Finding, Value};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Works out everything that follows from `answers`: what applies, what is missing, what to say.
#[must_use]
pub fn evaluate(form: &Form, answers: &Answers, env: &Env<'_>) -> FormView {
    let run = Run::new(form, answers, env);
    let findings = crate::findings::findings(&run);
    let questions: BTreeMap<String, QuestionView> = (0_u16..)
        .zip(form.questions())
        .map(|(at, question)| (question.name.clone(), run.view(at)))
        .collect();
    let sections: Vec<SectionView> = form
        .sections()
        .iter()
        .map(|section| run.section(section))
        .collect();
    let total =
        |pick: fn(&Progress) -> u32| sections.iter().map(|section| pick(&section.progress)).sum();
    let progress = Progress {
        answered: total(|p| p.answered),
        applicable: total(|p| p.applicable),
    };
    let can_finish = findings
        .iter()
        .all(|finding| finding.level != baqylau_domain::FindingLevel::Block);
    FormView {
        sections,
        questions,
        findings,
        progress,
        can_finish,
    }
}

/// One evaluation: every question's relevance and value in force.
pub(crate) struct Run<'a> {
    pub(crate) form: &'a Form,
    pub(crate) env: Env<'a>,
    pub(crate) given: Vec<Option<&'a Value>>,
    values: Vec<Option<Cow<'a, Value>>>,
    relevant: Vec<bool>,
    language: usize,
}

impl<'a> Run<'a> {
    pub(crate) fn new(form: &'a Form, answers: &'a Answers, env: &Env<'a>) -> Self {
        let compiled = form.compiled();
        let count = compiled.questions.len();
        let given = form
            .questions()
            .map(|question| answers.get(&question.name).filter(|value| !is_blank(value)));
        let mut run = Self {
            form,
            env: *env,
            given: given.collect(),
            values: vec![None; count],
            relevant: vec![false; count],
            language: form.language_index(env.language),
        };
        for at in &compiled.order {
            let index = usize::from(*at);
            let parts = &compiled.questions[index];
            if run.applies(index, parts) {
                run.relevant[index] = true;
                run.values[index] = run.value_in_force(*at, parts);
            }
        }
        run
    }

    fn applies(&self, index: usize, parts: &Parts) -> bool {
        let scope = self.scope(index);
        let holds = |tree: &Tree| eval(tree, &scope).is_true();
        let groups = &self.form.compiled().groups;
        parts.relevant.as_ref().is_none_or(holds)
            && self
                .form
                .groups_around(index)
                .all(|group| groups[group].as_ref().is_none_or(holds))
    }

    fn value_in_force(&self, at: u16, parts: &Parts) -> Option<Cow<'a, Value>> {
        let scope = self.scope(usize::from(at));
        if let Some(tree) = &parts.calculation {
            return value_of(parts.kind, &eval(tree, &scope)).map(Cow::Owned);
        }
        if let Some(value) = self.given[usize::from(at)] {
            return fits(parts.kind, value).then_some(Cow::Borrowed(value));
        }
        value_of(parts.kind, &eval(parts.default.as_ref()?, &scope)).map(Cow::Owned)
    }

    pub(crate) fn is_relevant(&self, at: u16) -> bool {
        self.relevant[usize::from(at)]
    }

    pub(crate) fn value(&self, at: u16) -> Option<&Value> {
        self.values[usize::from(at)].as_deref()
    }

    pub(crate) fn parts(&self, at: u16) -> &'a Parts {
        &self.form.compiled().questions[usize::from(at)]
    }

    pub(crate) fn holds(&self, tree: &Tree, at: u16) -> bool {
        eval(tree, &self.scope(usize::from(at))).is_true()
    }

    pub(crate) fn is_required(&self, at: u16) -> bool {
        self.parts(at)
            .required
            .as_ref()
            .is_some_and(|tree| self.holds(tree, at))
    }

    fn scope(&self, index: usize) -> Names<'_, 'a> {
        Names {
            run: self,
            own: index,
            choice: None,
        }
    }

    /// Codes of the list that the filter lets through; `None` when nothing filters a list of the form.
    pub(crate) fn offered(&self, at: u16) -> Option<Vec<&'a str>> {
        let Some(Filter::Choice(tree)) = &self.parts(at).filter else {
            return None;
        };
        let list = self.form.list(self.parts(at).list?);
        let offers = |choice: usize| {
            let scope = Names {
                run: self,
                own: usize::from(at),
                choice: Some(choice),
            };
            eval(tree, &scope).is_true()
        };
        let codes = list
            .choices
            .iter()
            .enumerate()
            .filter(|(choice, _)| offers(*choice));
        Some(codes.map(|(_, choice)| choice.code.as_str()).collect())
    }

    /// What a register select is narrowed to; `None` while an input is blank or nothing narrows it.
    pub(crate) fn register_filter(&self, at: u16) -> Option<Vec<(String, String)>> {
        let Some(Filter::Register(pairs)) = &self.parts(at).filter else {
            return Some(Vec::new());
        };
        let scope = self.scope(usize::from(at));
        let cell = |(column, tree): &(String, Tree)| {
            let term = eval(tree, &scope);
            (!term.is_blank()).then(|| (column.clone(), term.text().into_owned()))
        };
        pairs.iter().map(cell).collect()
    }

    /// The value of a question as a sentence shows it, without a language.
    pub(crate) fn display(&self, at: u16) -> String {
        Term::of(self.value(at)).display()
    }

    /// The label of a chosen code in the language of this evaluation.
    fn choice_label(&self, at: u16, code: &str) -> Option<String> {
        let parts = self.parts(at);
        if let Some(file) = self
            .form
            .question_at(at)
            .and_then(|question| question.register.as_deref())
        {
            return self.env.register.label(file, code, self.env.language);
        }
        let choice = self
            .form
            .list(parts.list?)
            .choices
            .iter()
            .find(|choice| choice.code == code)?;
        Some(choice.label.get(self.language).to_owned())
    }

    fn label(&self, at: u16) -> Option<String> {
        if !self.parts(at).speaks {
            return None;
        }
        let text = self.form.definition().questions[usize::from(at)]
            .label
            .get(self.language);
        Some(crate::label::fill(text, |name| self.spoken(name)))
    }

    fn spoken(&self, name: &str) -> String {
        let Some((at, _)) = self.form.question(name) else {
            return String::new();
        };
        let label = |code: &String| self.choice_label(at, code).unwrap_or_else(|| code.clone());
        match self.value(at) {
            Some(Value::Choice(code)) => label(code),
            Some(Value::Choices(codes)) => codes.iter().map(label).collect::<Vec<_>>().join(", "),
            _ => self.display(at),
        }
    }

    fn view(&self, at: u16) -> QuestionView {
        let relevant = self.is_relevant(at);
        QuestionView {
            relevant,
            required: relevant && self.is_required(at),
            value: self.value(at).cloned(),
            choices: self
                .offered(at)
                .map(|codes| codes.into_iter().map(str::to_owned).collect()),
            label: self.label(at),
        }
    }

    fn section(&self, section: &crate::form::Section) -> SectionView {
        let mut view = SectionView {
            id: section.id.clone(),
            relevant: false,
            progress: Progress::default(),
        };
        for at in section
            .questions
            .iter()
            .copied()
            .filter(|at| self.is_relevant(*at))
        {
            let parts = self.parts(at);
            view.relevant |= parts.kind != QuestionKind::Calculate;
            if parts.takes_answer() {
                view.progress.applicable += 1;
                view.progress.answered += u32::from(self.value(at).is_some());
            }
        }
        view
    }
}

/// Names as one question's expressions see them.
struct Names<'r, 'a> {
    run: &'r Run<'a>,
    own: usize,
    choice: Option<usize>,
}

impl<'r, 'a> Scope<'r, u16> for Names<'r, 'a> {
    fn answer(&self, reference: &u16) -> Term<'r> {
        Term::of(self.run.values[usize::from(*reference)].as_deref())
    }

    fn this(&self) -> Term<'r> {
        let own = self.run.values[self.own]
            .as_deref()
            .or(self.run.given[self.own]);
        Term::of(own)
    }

    fn column(&self, name: &str) -> Term<'r> {
        let list = self.run.form.compiled().questions[self.own]
            .list
            .map(|list| self.run.form.list(list));
        let Some(choice) = list
            .zip(self.choice)
            .and_then(|(list, at)| list.choices.get(at))
        else {
            return Term::BLANK;
        };
        if name == "name" {
            return Term::Text(Cow::Borrowed(&choice.code));
        }
        let cell = choice.columns.iter().find(|(heading, _)| heading == name);
        cell.map_or(Term::BLANK, |(_, text)| Term::Text(Cow::Borrowed(text)))
    }

    fn choice_label(&self, question: &u16, code: &str) -> Option<String> {
        self.run.choice_label(*question, code)
    }

    fn cell(&self, file: &str, key_column: &str, key: &str, column: &str) -> Term<'r> {
        match self.run.form.list_called(file) {
            None => external_cell(&self.run.env, file, key_column, key, column),
            Some(list) => list_cell(list, key_column, key, column),
        }
    }

    fn env(&self) -> &Env<'r> {
        &self.run.env
    }
}

/// A cell of a list of the workbook, asked for through `instance()`.
fn list_cell<'r>(
    list: &'r crate::definition::ListDef,
    key_column: &str,
    key: &str,
    column: &str,
) -> Term<'r> {
    let cell = |choice: &'r crate::definition::ChoiceDef, heading: &str| {
        if heading == "name" {
            return choice.code.as_str();
        }
        choice
            .columns
            .iter()
            .find(|(name, _)| name == heading)
            .map_or("", |(_, text)| text.as_str())
    };
    let row = list
        .choices
        .iter()
        .find(|choice| cell(choice, key_column) == key);
    row.map_or(Term::BLANK, |row| {
        Term::Text(Cow::Borrowed(cell(row, column)))
    })
}

impl Form {
    /// The defaults of the form as answers, to start a report with: dynamic ones (`now()`) stand still
    /// from then on.
    #[must_use]
    pub fn initial_answers(&self, env: &Env<'_>) -> Answers {
        let blank = Answers::new();
        let run = Run::new(self, &blank, env);
        let defaults = (0_u16..).zip(self.questions()).filter(|(at, _)| {
            let parts = run.parts(*at);
            parts.default.is_some() && parts.calculation.is_none()
        });
        defaults
            .filter_map(|(at, question)| Some((question.name.clone(), run.value(at)?.clone())))
            .collect()
    }

    /// The columns and values a register select is narrowed to by its `choice_filter`, for `question`.
    /// `None`: no such question, no register, or the filter's inputs are still blank.
    #[must_use]
    pub fn register_filter(
        &self,
        question: &str,
        answers: &Answers,
        env: &Env<'_>,
    ) -> Option<Vec<(String, String)>> {
        let (at, found) = self.question(question)?;
        found.register.as_ref()?;
        Run::new(self, answers, env).register_filter(at)
    }
}

/// A finding's figures: the values its sentence may name.
pub(crate) fn args_of(run: &Run<'_>, questions: &[u16]) -> BTreeMap<String, String> {
    let named = questions
        .iter()
        .filter_map(|at| Some((*at, run.form.question_at(*at)?)));
    named
        .map(|(at, question)| (question.name.clone(), run.display(at)))
        .collect()
}

/// Puts the worst first and keeps the form's order otherwise.
pub(crate) fn sort_findings(findings: &mut [Finding]) {
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.level));
}
