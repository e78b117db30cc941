//! The `settings` sheet: one row.

use super::columns::{Columns, language_code};
use super::{Draft, problem};
use crate::definition::{Definition, Texts};
use crate::workbook::Sheet;

/// The prefix that our own columns need.
const NAMESPACE: &str = "baqylau=\"urn:baqylau:xlsform:1\"";

fn cell<'s>(sheet: Option<&'s Sheet>, columns: Option<&Columns>, field: &str) -> Option<&'s str> {
    let row = sheet?.rows.first()?;
    let found = row.cells.iter().find(|(at, _)| {
        columns
            .and_then(|c| c.known(*at))
            .is_some_and(|k| k.field == field)
    });
    found.map(|(_, text)| text.as_str())
}

/// The code of the language of texts whose heading names none.
pub(super) fn default_language(sheet: Option<&Sheet>, columns: Option<&Columns>) -> String {
    cell(sheet, columns, "default_language").map_or_else(|| "default".to_owned(), language_code)
}

/// `form_title`, which has one language: the first.
pub(super) fn plain_title(
    sheet: Option<&Sheet>,
    columns: Option<&Columns>,
    definition: &Definition,
) -> Texts {
    let mut by_language = vec![String::new(); definition.languages.len()];
    if let (Some(first), Some(title)) =
        (by_language.first_mut(), cell(sheet, columns, "form_title"))
    {
        title.clone_into(first);
    }
    Texts {
        by_language,
        doubtful: 0,
    }
}

impl Draft {
    pub(super) fn take_settings(&mut self, sheet: &Sheet) {
        let columns = self.columns.get("settings");
        let text = |field| {
            cell(Some(sheet), columns, field)
                .unwrap_or_default()
                .to_owned()
        };
        let (id, version, namespaces) = (text("form_id"), text("version"), text("namespaces"));
        self.settings_row = sheet.rows.first().map(|row| row.line);
        self.definition.id = id;
        self.definition.version = version;
        let uses_own = self.columns.get("survey").is_some_and(Columns::has_own);
        if uses_own && !namespaces.contains(NAMESPACE) {
            let mut found = problem(
                "settings",
                self.settings_row,
                "namespaces",
                "missing_namespace",
            );
            found
                .args
                .insert("expected".to_owned(), NAMESPACE.to_owned());
            self.problems.push(found);
        }
    }
}
