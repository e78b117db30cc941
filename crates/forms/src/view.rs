//! What a screen and headquarters need to know of a form and of a set of answers.

use baqylau_domain::{Finding, FormHash, FormId, Value};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// What kind of answer a question takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum QuestionKind {
    /// Whole number.
    Integer,
    /// Decimal number.
    Decimal,
    /// Free text.
    Text,
    /// One of a list.
    SelectOne,
    /// Several of a list.
    SelectMultiple,
    /// Calendar date.
    Date,
    /// Time of day.
    Time,
    /// Date and time.
    DateTime,
    /// Text to read, no answer.
    Note,
    /// Computed, never asked.
    Calculate,
    /// A picture.
    Image,
    /// A position.
    Location,
    /// "Read and understood".
    Acknowledge,
}

/// The unchanging face of a form in one language: fetched once a report, not once an answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct FormSheet {
    /// The form's id within the mission.
    pub id: FormId,
    /// Content address of the definition.
    pub hash: FormHash,
    /// The author's version text.
    pub version: String,
    /// Title in the language asked for.
    pub title: String,
    /// The language these texts are in (`en`, `ru`, `kk`).
    pub language: String,
    /// All languages that the form has.
    pub languages: Vec<String>,
    /// Sections in order.
    pub sections: Vec<SectionSheet>,
    /// Questions by name.
    pub questions: BTreeMap<String, QuestionSheet>,
    /// Choice lists by name; lists that live in the register are absent.
    pub choices: BTreeMap<String, Vec<ChoiceSheet>>,
    /// Sentences of the form's own rules by finding code; `{name}` stands for an argument.
    pub findings: BTreeMap<String, String>,
}

/// A section (a group of the form) in one language.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct SectionSheet {
    /// The group's name.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// Question names in order, those of inner groups included.
    pub questions: Vec<String>,
}

/// A question in one language.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct QuestionSheet {
    /// Its name in the form, `B42`.
    pub name: String,
    /// Its number as people speak of it, `B 42`; empty for helpers.
    pub number: String,
    /// Kind of answer.
    pub kind: QuestionKind,
    /// The question.
    pub label: String,
    /// Whether the translation awaits a native speaker (⚠).
    pub doubtful: bool,
    /// A line below the question, or empty.
    pub hint: String,
    /// XLSForm appearance words (`minimal`, `likert`, `numbers` …).
    pub appearance: Vec<String>,
    /// The choice list's name, for selects.
    pub list: Option<String>,
    /// The register file a select draws on (`stations`), if any.
    pub register: Option<String>,
    /// Answer cannot be changed by hand.
    pub read_only: bool,
    /// Filled from what the device knows; shown folded ("From your enrolment").
    pub prefilled: bool,
    /// Never shown (calculations).
    pub hidden: bool,
}

/// A choice in one language.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ChoiceSheet {
    /// The code that is stored.
    pub code: String,
    /// The label.
    pub label: String,
    /// Whether choosing it excludes the others (`none`).
    pub exclusive: bool,
    /// Whether the translation awaits a native speaker (⚠).
    pub doubtful: bool,
}

/// A form and a set of answers, evaluated: everything that changes as answers come in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct FormView {
    /// Sections in order, with their progress; a section with nothing visible is not relevant.
    pub sections: Vec<SectionView>,
    /// Questions by name (all of them, also those that are not relevant).
    pub questions: BTreeMap<String, QuestionView>,
    /// All findings, worst first, then in the form's order.
    pub findings: Vec<Finding>,
    /// Progress over the whole form.
    pub progress: Progress,
    /// Whether nothing blocks finishing.
    pub can_finish: bool,
}

/// A section, evaluated.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct SectionView {
    /// The group's name.
    pub id: String,
    /// Whether it applies at all.
    pub relevant: bool,
    /// Progress over its visible questions.
    pub progress: Progress,
}

/// A question, evaluated.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct QuestionView {
    /// Whether it applies. A value given before it stopped applying is kept but counts as absent.
    pub relevant: bool,
    /// Whether it must be answered before the report can be finished.
    pub required: bool,
    /// The answer in force: given, default or computed.
    pub value: Option<Value>,
    /// Codes allowed by the choice filter, when the list is filtered.
    pub choices: Option<Vec<String>>,
    /// Label with the values of other questions put in, when the label has any.
    pub label: Option<String>,
}

/// Answered out of applicable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct Progress {
    /// Visible questions with an answer.
    pub answered: u32,
    /// Visible questions that take an answer.
    pub applicable: u32,
}
