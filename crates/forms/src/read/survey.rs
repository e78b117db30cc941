//! The `survey` sheet: groups and questions, in order.

use super::choices::{is_no, is_yes};
use super::columns::Known;
use super::types::{RowType, TypeError, row_type};
use super::{Draft, Origin};
use crate::definition::{GroupDef, KindDef, QuestionDef, SentenceDef, Texts};
use crate::workbook::{Row, Sheet};

const SURVEY: &str = "survey";

impl Draft {
    pub(super) fn take_survey(&mut self, sheet: &Sheet) {
        let mut open: Vec<u16> = Vec::new();
        for row in &sheet.rows {
            let cells = self.cells(SURVEY, row);
            let type_text = cells
                .iter()
                .find(|(known, _)| known.field == "type")
                .map_or("", |(_, text)| text);
            if type_text.is_empty() {
                self.add_problem(SURVEY, row.line, "type", "missing_type", &[]);
                continue;
            }
            match row_type(type_text) {
                Ok(RowType::BeginGroup) => self.begin_group(row, &cells, &mut open),
                Ok(RowType::EndGroup) => {
                    if open.pop().is_none() {
                        self.add_problem(
                            SURVEY,
                            row.line,
                            "type",
                            "group_unbalanced",
                            &[("found", type_text)],
                        );
                    }
                }
                Ok(RowType::Metadata) => {
                    self.add_problem(
                        SURVEY,
                        row.line,
                        "type",
                        "ignored_type",
                        &[("type", type_text)],
                    );
                    if let Some(found) = self.problems.last_mut() {
                        found.severity = crate::Severity::Warning;
                    }
                }
                Ok(RowType::Question {
                    kind,
                    list,
                    register,
                }) => {
                    let group = open.last().copied();
                    let question = QuestionDef {
                        kind,
                        list,
                        register,
                        group,
                        ..QuestionDef::default()
                    };
                    self.question(row, &cells, question);
                }
                Err(error) => self.refuse_type(row, type_text, &error),
            }
        }
        for group in open {
            let origin = self.groups.get(usize::from(group)).copied();
            let name = self
                .definition
                .groups
                .get(usize::from(group))
                .map(|group| group.name.clone());
            if let (Some(origin), Some(name)) = (origin, name) {
                self.add_problem(
                    SURVEY,
                    origin.row,
                    "type",
                    "group_unbalanced",
                    &[("name", &name)],
                );
            }
        }
    }

    fn refuse_type(&mut self, row: &Row, type_text: &str, error: &TypeError) {
        let code = match error {
            TypeError::Unsupported => "unsupported_type",
            TypeError::Unknown => "unknown_type",
            TypeError::MissingList => "missing_list",
            TypeError::BadFile => "bad_file",
        };
        self.add_problem(SURVEY, row.line, "type", code, &[("type", type_text)]);
    }

    fn begin_group(&mut self, row: &Row, cells: &[(Known, &str)], open: &mut Vec<u16>) {
        let mut group = GroupDef {
            label: self.blank_texts(),
            parent: open.last().copied(),
            ..GroupDef::default()
        };
        for (known, text) in cells {
            match (known.field.as_str(), &known.language) {
                ("name", _) => (*text).clone_into(&mut group.name),
                ("label", Some(language)) => self.put_text(&mut group.label, language, text),
                ("relevant", _) => group.relevant = Some((*text).to_owned()),
                _ => {}
            }
        }
        open.push(u16::try_from(self.definition.groups.len()).unwrap_or(u16::MAX));
        self.groups.push(Origin {
            sheet: SURVEY,
            row: row.line,
        });
        self.definition.groups.push(group);
    }

    fn question(&mut self, row: &Row, cells: &[(Known, &str)], mut question: QuestionDef) {
        let mut messages = [
            ("constraint", self.blank_texts()),
            ("required", self.blank_texts()),
        ];
        question.label = self.blank_texts();
        question.hint = self.blank_texts();
        for (known, text) in cells {
            match (known.field.as_str(), &known.language) {
                ("label", Some(language)) => self.put_text(&mut question.label, language, text),
                ("hint", Some(language)) => self.put_text(&mut question.hint, language, text),
                ("constraint_message", Some(language)) => {
                    self.put_text(&mut messages[0].1, language, text);
                }
                ("required_message", Some(language)) => {
                    self.put_text(&mut messages[1].1, language, text);
                }
                ("read_only", _) if !is_yes(text) && !is_no(text) => {
                    self.add_problem(
                        SURVEY,
                        row.line,
                        "read_only",
                        "unsupported_read_only",
                        &[("expression", text)],
                    );
                }
                (field, _) => put_cell(&mut question, field, text),
            }
        }
        let origin = Origin {
            sheet: SURVEY,
            row: row.line,
        };
        for (rule, text) in messages
            .into_iter()
            .filter(|(_, text): &(_, Texts)| !text.is_empty())
        {
            self.add_sentence(
                SentenceDef {
                    code: format!("{}.{rule}", question.name),
                    text,
                },
                origin,
            );
        }
        self.questions.push(origin);
        self.definition.questions.push(question);
    }
}

fn put_cell(question: &mut QuestionDef, field: &str, text: &str) {
    let owned = || Some(text.to_owned());
    match field {
        "name" => text.clone_into(&mut question.name),
        "relevant" => question.relevant = owned(),
        "required" if is_no(text) => {}
        "required" if is_yes(text) => question.required = Some("true()".to_owned()),
        "required" => question.required = owned(),
        "constraint" => question.constraint = owned(),
        "read_only" => question.read_only = is_yes(text),
        "default" => question.default = Some(default_expression(question.kind, text)),
        "calculation" => question.calculation = owned(),
        "choice_filter" => question.choice_filter = owned(),
        "appearance" => question.appearance = words(text),
        "bind::baqylau:number" => question.number = owned(),
        "bind::baqylau:warning" => question.warning = owned(),
        "bind::baqylau:warning_code" => question.warning_code = owned(),
        "bind::baqylau:alert" => question.alert = owned(),
        "bind::baqylau:alert_code" => question.alert_code = owned(),
        "bind::baqylau:prefill" => question.prefill = owned(),
        "bind::baqylau:indicator" => question.indicators = words(text),
        "bind::baqylau:seed" => question.seed = owned(),
        _ => {}
    }
}

fn words(text: &str) -> Vec<String> {
    text.split([' ', ',', ';'])
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// A default is an expression when it refers to something or calls a function; otherwise it is meant
/// as it stands.
fn default_expression(kind: KindDef, text: &str) -> String {
    let calls = text.ends_with(')') && text.contains('(');
    let numeric = matches!(kind, KindDef::Integer | KindDef::Decimal);
    if text.contains("${") || calls || numeric || text.starts_with(['\'', '"']) {
        return text.to_owned();
    }
    // A text cannot hold both kinds of quotes and be a literal; the odd one out is dropped.
    let quote = if text.contains('\'') { '"' } else { '\'' };
    format!("{quote}{}{quote}", text.replace(quote, ""))
}
