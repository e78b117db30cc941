//! A workbook's bytes, and what is wrong with them: where, which code, and the words the sentence needs.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Where a workbook's bytes come from.
#[derive(Debug, Clone, Copy)]
pub enum Source<'a> {
    /// The single-file CSV layout that pyxform reads: the first column names the sheet.
    Csv {
        /// The file.
        survey: &'a [u8],
    },
    /// A workbook of Excel's.
    Xlsx(&'a [u8]),
}

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
