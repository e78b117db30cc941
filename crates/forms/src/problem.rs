//! What is wrong with a workbook: where, which code, and the words the sentence needs.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Whether a problem keeps the workbook from being used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The workbook is refused.
    Error,
    /// The workbook can be used; somebody should look.
    Warning,
}

/// One thing wrong with a workbook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Refused, or only worth a look.
    pub severity: Severity,
    /// The sheet (`survey`, `choices`, `settings`); empty when the file as a whole is meant.
    pub sheet: String,
    /// The row as the spreadsheet counts it (for CSV the line of the file); `None`: the sheet as a whole.
    pub row: Option<u32>,
    /// The column's heading as written; empty when the row as a whole is meant.
    pub column: String,
    /// A stable code; `docs/FORMS.md` lists them all.
    pub code: String,
    /// What the sentence needs: `name`, `list`, `expression`, `position` …
    pub args: BTreeMap<String, String>,
}
