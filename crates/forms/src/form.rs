//! A form, compiled and ready to evaluate.

use crate::{FormSheet, QuestionKind};
use baqylau_domain::{FormHash, FormId};
use std::collections::BTreeMap;
use thiserror::Error;

/// A form. Cheap to share (`Arc`), never changes.
#[derive(Debug, Clone)]
pub struct Form {
    id: FormId,
    hash: FormHash,
    questions: Vec<Question>,
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
    /// The figure of the seed documents its answer yields, in words.
    pub seed: Option<String>,
}

/// What `forms check` prints of a good workbook.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize)]
pub struct Summary {
    /// The form's id.
    pub id: String,
    /// The author's version text.
    pub version: String,
    /// Content address, in hexadecimal.
    pub hash: String,
    /// Length of the compiled definition.
    pub bytes: usize,
    /// Language codes in order.
    pub languages: Vec<String>,
    /// Outermost groups.
    pub sections: usize,
    /// Questions that take an answer.
    pub questions: usize,
    /// Questions by kind.
    pub kinds: BTreeMap<String, usize>,
    /// Calculations.
    pub calculations: usize,
    /// Choice lists.
    pub lists: usize,
    /// Choices over all lists.
    pub choices: usize,
    /// Skip conditions.
    pub skips: usize,
    /// `required` rules.
    pub required: usize,
    /// `constraint` rules.
    pub constraints: usize,
    /// Own rules that warn.
    pub warnings: usize,
    /// Own rules that alert headquarters.
    pub alerts: usize,
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
        ""
    }

    /// Language codes in order.
    #[must_use]
    pub fn languages(&self) -> &[String] {
        &[]
    }

    /// The title in `language`, or in the first language that has one.
    #[must_use]
    pub fn title(&self, _language: &str) -> &str {
        ""
    }

    /// All questions, notes and calculations included; the position is the index on the wire.
    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        self.questions.iter()
    }

    /// The question called `name`, with its index on the wire.
    #[must_use]
    pub fn question(&self, name: &str) -> Option<(u16, &Question)> {
        let index = self.questions.iter().position(|question| question.name == name)?;
        Some((u16::try_from(index).ok()?, &self.questions[index]))
    }

    /// Questions that are filled from what the device knows, with their source keys.
    pub fn prefill(&self) -> impl Iterator<Item = (&str, &str)> {
        self.questions.iter().filter_map(|question| Some((question.name.as_str(), question.prefill.as_deref()?)))
    }

    /// Counts for people.
    #[must_use]
    pub fn summary(&self) -> Summary {
        Summary::default()
    }

    /// The unchanging face of the form in one language.
    #[must_use]
    pub fn sheet(&self, language: &str) -> FormSheet {
        FormSheet {
            id: self.id.clone(),
            hash: self.hash,
            version: String::new(),
            title: String::new(),
            language: language.to_owned(),
            languages: Vec::new(),
            sections: Vec::new(),
            questions: BTreeMap::new(),
            choices: BTreeMap::new(),
            findings: BTreeMap::new(),
        }
    }

    /// The canonical compiled definition.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        Vec::new()
    }

    /// Reads what [`Form::to_bytes`] wrote.
    ///
    /// # Errors
    /// [`FormatError`] when the bytes are anything else.
    pub fn from_bytes(_bytes: &[u8]) -> Result<Self, FormatError> {
        Err(FormatError::NotAForm)
    }
}
