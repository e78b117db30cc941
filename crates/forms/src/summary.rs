//! Counts of a good workbook, for people.

use crate::QuestionKind;
use crate::compiled::{Compiled, Parts};
use crate::definition::Definition;
use baqylau_domain::{FindingLevel, FormHash};
use serde::Serialize;
use std::collections::BTreeMap;

/// What `forms check` prints of a good workbook.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
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
    /// Sections.
    pub sections: usize,
    /// Questions that take an answer, the pre-filled and read-only ones included.
    pub questions: usize,
    /// Questions by kind.
    pub kinds: BTreeMap<String, usize>,
    /// Calculations.
    pub calculations: usize,
    /// Choice lists.
    pub lists: usize,
    /// Choices over all lists.
    pub choices: usize,
    /// Skip conditions, those of groups included.
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

impl Summary {
    pub(crate) fn of(
        definition: &Definition,
        compiled: &Compiled,
        hash: FormHash,
        bytes: usize,
        sections: usize,
    ) -> Self {
        let questions = &compiled.questions;
        let count =
            |wanted: fn(&Parts) -> bool| questions.iter().filter(|parts| wanted(parts)).count();
        let rules = |level| {
            questions
                .iter()
                .flat_map(|parts| &parts.rules)
                .filter(|rule| rule.level == level)
                .count()
        };
        let mut kinds = BTreeMap::new();
        for parts in questions {
            *kinds.entry(name_of(parts.kind)).or_insert(0) += 1;
        }
        Self {
            id: definition.id.clone(),
            version: definition.version.clone(),
            hash: hash.to_string(),
            bytes,
            languages: definition.languages.clone(),
            sections,
            questions: count(|parts| {
                !matches!(parts.kind, QuestionKind::Note | QuestionKind::Calculate)
            }),
            kinds,
            calculations: count(|parts| parts.calculation.is_some()),
            lists: definition.lists.len(),
            choices: definition.lists.iter().map(|list| list.choices.len()).sum(),
            skips: count(|parts| parts.relevant.is_some())
                + compiled.groups.iter().flatten().count(),
            required: count(|parts| parts.required.is_some()),
            constraints: rules(FindingLevel::Block),
            warnings: rules(FindingLevel::Warn),
            alerts: rules(FindingLevel::Alert),
        }
    }
}

/// The word that the interface's types use.
fn name_of(kind: QuestionKind) -> String {
    let name = match kind {
        QuestionKind::Integer => "integer",
        QuestionKind::Decimal => "decimal",
        QuestionKind::Text => "text",
        QuestionKind::SelectOne => "select_one",
        QuestionKind::SelectMultiple => "select_multiple",
        QuestionKind::Date => "date",
        QuestionKind::Time => "time",
        QuestionKind::DateTime => "date_time",
        QuestionKind::Note => "note",
        QuestionKind::Calculate => "calculate",
        QuestionKind::Image => "image",
        QuestionKind::Location => "location",
        QuestionKind::Acknowledge => "acknowledge",
    };
    name.to_owned()
}
