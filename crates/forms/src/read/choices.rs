//! The `choices` sheet: lists, and the list `texts` that holds titles and sentences.

use super::{Draft, Origin};
use crate::definition::{ChoiceDef, ListDef, SentenceDef, Texts};
use crate::workbook::Sheet;

/// The list whose rows are sentences, not choices.
const TEXTS: &str = "texts";
/// The row of [`TEXTS`] that is the form's title.
const TITLE: &str = "title";
/// The mark of a translation that awaits a native speaker.
const DOUBT: char = '⚠';

impl Draft {
    pub(super) fn take_choices(&mut self, sheet: &Sheet) {
        let mut lists: Vec<(ListDef, Vec<Origin>)> = Vec::new();
        for row in &sheet.rows {
            let origin = Origin {
                sheet: "choices",
                row: row.line,
            };
            let mut choice = ChoiceDef {
                label: self.blank_texts(),
                ..ChoiceDef::default()
            };
            let mut list_name = String::new();
            for (column, text) in self.cells("choices", row) {
                match (column.field.as_str(), &column.language) {
                    ("list_name", _) => text.clone_into(&mut list_name),
                    ("name", _) => text.clone_into(&mut choice.code),
                    ("label", Some(language)) => self.put_text(&mut choice.label, language, text),
                    ("exclusive", _) => choice.exclusive = is_yes(text),
                    (field, _) => {
                        let heading = field.strip_prefix("column ").unwrap_or(field);
                        choice.columns.push((heading.to_owned(), text.to_owned()));
                    }
                }
            }
            choice.columns.sort();
            match list_name.as_str() {
                "" => self.add_problem("choices", row.line, "list_name", "missing_list_name", &[]),
                TEXTS if choice.code == TITLE => self.definition.title = choice.label,
                TEXTS => self.add_sentence(
                    SentenceDef {
                        code: choice.code,
                        text: choice.label,
                    },
                    origin,
                ),
                _ => match lists.iter_mut().find(|(list, _)| list.name == list_name) {
                    Some((list, origins)) => {
                        list.choices.push(choice);
                        origins.push(origin);
                    }
                    None => lists.push((
                        ListDef {
                            name: list_name,
                            choices: vec![choice],
                        },
                        vec![origin],
                    )),
                },
            }
        }
        lists.sort_by(|a, b| a.0.name.cmp(&b.0.name));
        (self.definition.lists, self.choices) = lists.into_iter().unzip();
    }

    pub(super) fn blank_texts(&self) -> Texts {
        Texts {
            by_language: vec![String::new(); self.definition.languages.len()],
            doubtful: 0,
        }
    }

    /// Puts a text in its language; the mark of doubt becomes a flag.
    pub(super) fn put_text(&self, texts: &mut Texts, language: &str, text: &str) {
        let Some(at) = self
            .definition
            .languages
            .iter()
            .position(|known| known == language)
        else {
            return;
        };
        if text.contains(DOUBT) {
            texts.doubtful |= 1 << at.min(31);
        }
        if let Some(slot) = texts.by_language.get_mut(at) {
            *slot = text.replace(" ⚠", "").replace(DOUBT, "").trim().to_owned();
        }
    }
}

/// What pyxform takes for yes.
pub(super) fn is_yes(text: &str) -> bool {
    matches!(text.to_lowercase().as_str(), "yes" | "true" | "true()")
}

/// What pyxform takes for no.
pub(super) fn is_no(text: &str) -> bool {
    matches!(text.to_lowercase().as_str(), "no" | "false" | "false()")
}
