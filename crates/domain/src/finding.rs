//! Findings: what a check noticed about a report. Codes and arguments, never sentences.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FindingLevel {
    /// Worth knowing.
    Info,
    /// Probably a slip or worth a comment; never stops anybody.
    Warn,
    /// A red flag about the election itself (not about the observer): headquarters should look.
    Alert,
    /// The report is unusable while this stands: it cannot be finished.
    Block,
}

/// One thing a check noticed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Finding {
    /// A stable code: the form's own (`Q4`, `B59.comment`) or one of the engine's
    /// (`required`, `constraint`, `not_a_choice` …).
    pub code: String,
    /// How much it matters.
    pub level: FindingLevel,
    /// Question names concerned, the first being where "go there" leads.
    pub fields: Vec<String>,
    /// Figures for the sentence, already formatted without a language (`"12"`, `"1212"`).
    pub args: BTreeMap<String, String>,
}
