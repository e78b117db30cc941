//! What is wrong with a mission folder, and where.

use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt;

/// One thing wrong with a mission folder: a stable code, the place, and what was met there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Problem {
    /// Stable code; the sentence for it is in `assets/locales`.
    pub code: String,
    /// File within the folder.
    pub file: String,
    /// Sheet of a form, if any.
    pub sheet: Option<Box<str>>,
    /// Row as a spreadsheet counts them (the heading is row 1), 0 for the whole file.
    pub row: u32,
    /// Column's heading, if one is to blame.
    pub column: Option<Box<str>>,
    /// What was met.
    pub args: BTreeMap<String, String>,
}

impl Problem {
    pub(crate) fn in_file(code: &str, file: &str) -> Self {
        Self {
            code: code.to_owned(),
            file: file.to_owned(),
            sheet: None,
            row: 0,
            column: None,
            args: BTreeMap::new(),
        }
    }

    pub(crate) fn at(code: &str, file: &str, row: usize, column: &str) -> Self {
        Self {
            row: u32::try_from(row).unwrap_or(u32::MAX),
            column: (!column.is_empty()).then(|| column.into()),
            ..Self::in_file(code, file)
        }
    }

    pub(crate) fn with(mut self, key: &str, value: impl Into<String>) -> Self {
        self.args.insert(key.to_owned(), value.into());
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if let Some(sheet) = &self.sheet {
            write!(f, "[{sheet}]")?;
        }
        if self.row > 0 {
            write!(f, ":{}", self.row)?;
        }
        if let Some(column) = &self.column {
            write!(f, ":{column}")?;
        }
        write!(f, ": {}", self.code)?;
        self.args
            .iter()
            .try_for_each(|(key, value)| write!(f, " {key}={value:?}"))
    }
}
