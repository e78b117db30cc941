//! A form, compiled and ready to evaluate.

use crate::QuestionKind;
use crate::check::check;
use crate::compiled::{Compiled, Parts, compile};
use crate::definition::{Definition, ListDef};
use crate::flaw::{Flaw, Place};
use crate::{Severity, Summary};
use baqylau_domain::{FormHash, FormId};
use sha2::{Digest, Sha256};
use thiserror::Error;

/// The first bytes of a compiled definition; the digit is the version of its layout.
const MAGIC: &[u8; 4] = b"BQF1";

/// A form. Never changes; share it behind an `Arc`.
#[derive(Debug, Clone)]
pub struct Form {
    id: FormId,
    hash: FormHash,
    bytes: Vec<u8>,
    definition: Definition,
    compiled: Compiled,
    questions: Vec<Question>,
    sections: Vec<Section>,
    required_codes: Vec<String>,
}

/// What indicators, pre-filling and headquarters need to know of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Its name, `B42`.
    pub name: String,
    /// Its number as people speak of it, `B 42`; empty for helpers.
    pub number: String,
    /// What kind of answer it takes.
    pub kind: QuestionKind,
    /// The outermost group around it; empty when there is none.
    pub section: String,
    /// The workbook's choice list, for selects.
    pub list: Option<String>,
    /// The register file a select draws on, without its extension.
    pub register: Option<String>,
    /// The source it is filled from, `station.code`.
    pub prefill: Option<String>,
    /// Whether somebody may answer it: no note, no calculation, not read-only.
    pub takes_answer: bool,
    /// Indicators its answer serves, `I02`.
    pub indicators: Vec<String>,
    /// The published figure its answer yields, in words.
    pub seed: Option<String>,
}

/// An outermost group, or a run of questions outside any group.
#[derive(Debug, Clone)]
pub(crate) struct Section {
    pub(crate) id: String,
    pub(crate) group: Option<usize>,
    pub(crate) questions: Vec<u16>,
}

/// Why bytes are no form.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FormatError {
    /// The first bytes are not a form's.
    #[error("these bytes are no form definition")]
    NotAForm,
    /// The encoding is damaged.
    #[error("the form definition is damaged")]
    Damaged,
    /// The same form has other canonical bytes, so its content address would differ.
    #[error("the form definition is not in canonical form")]
    NotCanonical,
    /// It decodes and breaks a rule that the reader enforces.
    #[error("the form definition is invalid: {code} at {name}")]
    Invalid {
        /// The problem's code.
        code: String,
        /// The question or list concerned.
        name: String,
    },
}

impl Form {
    /// Checks and compiles a definition; the flaws come back either way, errors keep the form away.
    pub(crate) fn build(definition: Definition) -> (Option<Self>, Vec<Flaw>) {
        let mut flaws = check(&definition);
        // A definition that fails the checks may have indexes that lead nowhere.
        let is_sound = flaws
            .iter()
            .all(|flaw| flaw.severity != Severity::Error || flaw.place != Place::Form);
        if !is_sound {
            return (None, flaws);
        }
        let (compiled, more) = compile(&definition);
        flaws.extend(more);
        if flaws.iter().any(|flaw| flaw.severity == Severity::Error) {
            return (None, flaws);
        }
        (Some(Self::assemble(definition, compiled)), flaws)
    }

    fn assemble(definition: Definition, compiled: Compiled) -> Self {
        let bytes = encode(&definition);
        let sections = sections_of(&definition);
        let questions = questions_of(&definition, &compiled.questions, &sections);
        let required_codes = questions.iter().map(|question| {
            let own = format!("{}.required", question.name);
            if definition.has_sentence(&own) {
                own
            } else {
                "required".to_owned()
            }
        });
        Self {
            id: FormId(definition.id.clone()),
            hash: FormHash(Sha256::digest(&bytes).into()),
            required_codes: required_codes.collect(),
            bytes,
            definition,
            compiled,
            questions,
            sections,
        }
    }

    /// The form's id within the mission.
    #[must_use]
    pub fn id(&self) -> &FormId {
        &self.id
    }

    /// Content address: SHA-256 over [`Form::to_bytes`].
    #[must_use]
    pub fn hash(&self) -> FormHash {
        self.hash
    }

    /// The author's version text.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.definition.version
    }

    /// Language codes in order.
    #[must_use]
    pub fn languages(&self) -> &[String] {
        &self.definition.languages
    }

    /// The title in `language`, or in the first language that has one.
    #[must_use]
    pub fn title(&self, language: &str) -> &str {
        self.definition.title.get(self.language_index(language))
    }

    /// All questions, notes and calculations included; the position is the index on the wire.
    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        self.questions.iter()
    }

    /// The question called `name`, with its index on the wire.
    #[must_use]
    pub fn question(&self, name: &str) -> Option<(u16, &Question)> {
        let index = *self.compiled.index.get(name)?;
        Some((index, self.question_at(index)?))
    }

    /// The question at an index on the wire.
    #[must_use]
    pub fn question_at(&self, index: u16) -> Option<&Question> {
        self.questions.get(usize::from(index))
    }

    /// Questions that are filled from what the device knows, with their source keys.
    pub fn prefill(&self) -> impl Iterator<Item = (&str, &str)> {
        self.questions
            .iter()
            .filter_map(|question| Some((question.name.as_str(), question.prefill.as_deref()?)))
    }

    /// Counts for people.
    #[must_use]
    pub fn summary(&self) -> Summary {
        Summary::of(
            &self.definition,
            &self.compiled,
            self.hash,
            self.bytes.len(),
            self.sections.len(),
        )
    }

    /// The canonical compiled definition.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        self.bytes.clone()
    }

    /// Reads what [`Form::to_bytes`] wrote.
    ///
    /// # Errors
    /// [`FormatError`] when the bytes are anything else.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let body = bytes.strip_prefix(MAGIC).ok_or(FormatError::NotAForm)?;
        let definition: Definition = minicbor::decode(body).map_err(|_| FormatError::Damaged)?;
        if encode(&definition) != bytes {
            return Err(FormatError::NotCanonical);
        }
        let names: Vec<String> = definition
            .questions
            .iter()
            .map(|question| question.name.clone())
            .collect();
        let (form, flaws) = Self::build(definition);
        form.ok_or_else(|| {
            let flaw = flaws
                .into_iter()
                .find(|flaw| flaw.severity == Severity::Error);
            let name = |place| match place {
                Place::Question(at) => names.get(at).cloned().unwrap_or_default(),
                _ => String::new(),
            };
            flaw.map_or(FormatError::Damaged, |flaw| FormatError::Invalid {
                code: flaw.code.to_owned(),
                name: name(flaw.place),
            })
        })
    }

    pub(crate) fn definition(&self) -> &Definition {
        &self.definition
    }

    pub(crate) fn compiled(&self) -> &Compiled {
        &self.compiled
    }

    pub(crate) fn sections(&self) -> &[Section] {
        &self.sections
    }

    pub(crate) fn list(&self, index: usize) -> &ListDef {
        &self.definition.lists[index]
    }

    pub(crate) fn list_called(&self, name: &str) -> Option<&ListDef> {
        self.definition.lists.iter().find(|list| list.name == name)
    }

    /// Index of a language; the first one stands in for a language that the form has not.
    pub(crate) fn language_index(&self, language: &str) -> usize {
        self.definition
            .languages
            .iter()
            .position(|known| known == language)
            .unwrap_or(0)
    }

    pub(crate) fn groups_around(&self, question: usize) -> impl Iterator<Item = usize> {
        let groups = &self.definition.groups;
        let innermost = self.definition.questions[question].group.map(usize::from);
        std::iter::successors(innermost, |group| groups[*group].parent.map(usize::from))
    }

    /// The finding code of a missing answer: the form's own when it has a sentence for it.
    pub(crate) fn required_code(&self, at: u16) -> &str {
        &self.required_codes[usize::from(at)]
    }
}

fn encode(definition: &Definition) -> Vec<u8> {
    let mut bytes = MAGIC.to_vec();
    // Writing to memory cannot fail.
    let _: Result<(), _> = minicbor::encode(definition, &mut bytes);
    bytes
}

fn sections_of(definition: &Definition) -> Vec<Section> {
    let outermost = |mut group: usize| {
        while let Some(parent) = definition.groups[group].parent {
            group = usize::from(parent);
        }
        group
    };
    let mut sections: Vec<Section> = Vec::new();
    for (at, question) in (0_u16..).zip(&definition.questions) {
        let group = question.group.map(|group| outermost(usize::from(group)));
        match sections.last_mut().filter(|section| section.group == group) {
            Some(section) => section.questions.push(at),
            None => {
                let id = group.map_or_else(
                    || format!("_{}", sections.len() + 1),
                    |group| definition.groups[group].name.clone(),
                );
                sections.push(Section {
                    id,
                    group,
                    questions: vec![at],
                });
            }
        }
    }
    sections
}

fn questions_of(definition: &Definition, parts: &[Parts], sections: &[Section]) -> Vec<Question> {
    let section_ids = sections
        .iter()
        .flat_map(|section| section.questions.iter().map(move |_| section));
    let all = definition.questions.iter().zip(parts).zip(section_ids);
    all.map(|((question, parts), section)| Question {
        name: question.name.clone(),
        number: question.number.clone().unwrap_or_default(),
        kind: parts.kind,
        section: section
            .group
            .map(|_| section.id.clone())
            .unwrap_or_default(),
        list: question.list.clone(),
        register: question.register.clone(),
        prefill: question.prefill.clone(),
        takes_answer: parts.takes_answer(),
        indicators: question.indicators.clone(),
        seed: question.seed.clone(),
    })
    .collect()
}
