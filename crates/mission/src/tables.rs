//! CSV files as tables, with problems located in them.

use crate::Problem;
use std::collections::HashMap;

/// A CSV file in memory.
#[derive(Debug, Clone, Default)]
pub struct Table {
    file: String,
    columns: HashMap<String, usize>,
    rows: Vec<csv::StringRecord>,
}

/// One row, knowing where it stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row<'a> {
    table: &'a Table,
    record: &'a csv::StringRecord,
    /// As a spreadsheet counts rows.
    pub(crate) number: usize,
}

impl Table {
    /// Reads a CSV file with a heading; `required` columns must be there.
    ///
    /// # Errors
    /// `csv_unreadable` (not CSV, not UTF-8, rows of different lengths), `column_missing`.
    pub fn read(file: &str, bytes: &[u8], required: &[&str]) -> Result<Self, Vec<Problem>> {
        let unreadable = |error: &csv::Error| {
            let row = error
                .position()
                .map_or(0, |position| position.line() as usize);
            vec![Problem::at("csv_unreadable", file, row, "").with("error", error.to_string())]
        };
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let mut reader = csv::ReaderBuilder::new()
            .trim(csv::Trim::All)
            .from_reader(bytes);
        let headings = reader
            .headers()
            .map_err(|error| unreadable(&error))?
            .clone();
        let columns: HashMap<_, _> = headings
            .iter()
            .enumerate()
            .map(|(index, name)| (name.to_owned(), index))
            .collect();
        let missing: Vec<_> = required
            .iter()
            .filter(|name| !columns.contains_key(**name))
            .map(|name| Problem::at("column_missing", file, 1, name))
            .collect();
        if !missing.is_empty() {
            return Err(missing);
        }
        let rows = reader
            .records()
            .collect::<Result<Vec<_>, _>>()
            .map_err(|error| unreadable(&error))?;
        Ok(Self {
            file: file.to_owned(),
            columns,
            rows,
        })
    }

    /// Rows in the file's order, each as a map from column to cell.
    pub(crate) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().enumerate().map(|(index, record)| Row {
            table: self,
            record,
            number: index + 2,
        })
    }

    /// How many rows there are besides the heading.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is nothing but a heading.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The cell of a row (from 0) in a named column.
    #[must_use]
    pub fn cell(&self, row: usize, column: &str) -> Option<&str> {
        self.rows.get(row)?.get(*self.columns.get(column)?)
    }
}

impl<'a> Row<'a> {
    /// The cell in `column`, empty where the file has no such column.
    pub(crate) fn get(&self, column: &str) -> &'a str {
        self.table
            .columns
            .get(column)
            .and_then(|index| self.record.get(*index))
            .unwrap_or("")
    }

    /// The cell as a number, or a located problem.
    pub(crate) fn number<T: std::str::FromStr>(&self, column: &str) -> Result<T, Problem> {
        let cell = self.get(column);
        cell.parse()
            .map_err(|_| self.problem("not_a_number", column).with("value", cell))
    }

    pub(crate) fn problem(&self, code: &str, column: &str) -> Problem {
        Problem::at(code, &self.table.file, self.number, column)
    }

    /// `prefix_<language>` columns as one text.
    pub(crate) fn text(&self, prefix: &str, languages: &[String]) -> Result<crate::Text, Problem> {
        languages
            .iter()
            .map(|language| {
                let column = format!("{prefix}_{language}");
                let cell = self.get(&column);
                if cell.is_empty() {
                    return Err(self.problem("text_missing", &column));
                }
                Ok((language.clone(), cell.to_owned()))
            })
            .collect()
    }
}
