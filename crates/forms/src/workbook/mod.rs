//! A workbook as rows of text, wherever it came from.

mod csv;
mod xlsx;

use crate::{Problem, Severity, Source};
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;

/// The sheets of a workbook.
#[derive(Debug, Default)]
pub(crate) struct Workbook {
    pub(crate) sheets: Vec<Sheet>,
}

/// A sheet: its headings, and rows that name them by index.
#[derive(Debug, Default)]
pub(crate) struct Sheet {
    pub(crate) name: String,
    pub(crate) columns: Vec<String>,
    pub(crate) rows: Vec<Row>,
}

/// A row that is not empty.
#[derive(Debug)]
pub(crate) struct Row {
    /// As the spreadsheet counts it; the line of a CSV file.
    pub(crate) line: u32,
    /// Index of the heading and the text; never empty texts.
    pub(crate) cells: Vec<(usize, String)>,
}

impl Workbook {
    /// Reads the bytes.
    pub(crate) fn read(source: Source<'_>) -> Result<Self, Problem> {
        match source {
            Source::Csv { survey } => csv::read(survey),
            Source::Xlsx(bytes) => xlsx::read(bytes),
        }
    }

    pub(crate) fn sheet(&self, name: &str) -> Option<&Sheet> {
        self.sheets.iter().find(|sheet| sheet.name == name)
    }
}

impl Sheet {
    /// Index of a heading, which is added when it is new.
    fn column(&mut self, heading: &str) -> usize {
        self.columns
            .iter()
            .position(|known| known == heading)
            .unwrap_or_else(|| {
                self.columns.push(heading.to_owned());
                self.columns.len() - 1
            })
    }
}

/// A cell's text: NFC, trimmed.
fn clean(text: &str) -> String {
    text.trim().nfc().collect()
}

fn unreadable(code: &str, detail: &str) -> Problem {
    Problem {
        severity: Severity::Error,
        sheet: String::new(),
        row: None,
        column: String::new(),
        code: code.to_owned(),
        args: BTreeMap::from([("detail".to_owned(), detail.to_owned())]),
    }
}
