//! From a workbook to a form, or to a list of what is wrong with it.

mod choices;
mod columns;
mod settings;
mod survey;
mod types;

use crate::definition::{Definition, SentenceDef};
use crate::flaw::{Flaw, Place};
use crate::form::Form;
use crate::workbook::{Row, Sheet, Workbook};
use crate::{Problem, Severity, Source};
use columns::{Columns, Known};
use std::collections::BTreeMap;

/// Reads a workbook. Warnings are dropped; see [`read_with_warnings`].
///
/// # Errors
/// Everything that is wrong with the workbook, in its order.
pub fn read(source: Source<'_>) -> Result<Form, Vec<Problem>> {
    read_with_warnings(source).map(|(form, _)| form)
}

/// Reads a workbook and says also what is only worth a look.
///
/// # Errors
/// Everything that is wrong with the workbook, warnings included, in its order.
pub fn read_with_warnings(source: Source<'_>) -> Result<(Form, Vec<Problem>), Vec<Problem>> {
    let workbook = Workbook::read(source).map_err(|problem| vec![problem])?;
    let mut draft = Draft::default();
    draft.take(&workbook);
    let mut problems = std::mem::take(&mut draft.problems);
    let readable = problems
        .iter()
        .all(|problem| problem.severity != Severity::Error);
    let (form, flaws) = Form::build(std::mem::take(&mut draft.definition));
    problems.extend(flaws.iter().map(|flaw| draft.locate(flaw)));
    problems.sort_by_key(|problem| (sheet_rank(&problem.sheet), problem.row));
    problems.dedup();
    match form {
        Some(form) if readable => Ok((form, problems)),
        _ => Err(problems),
    }
}

fn sheet_rank(sheet: &str) -> usize {
    ["survey", "choices", "settings"]
        .iter()
        .position(|known| *known == sheet)
        .map_or(0, |rank| rank + 1)
}

/// Where a part of the definition stands in the workbook.
#[derive(Debug, Clone, Copy)]
struct Origin {
    sheet: &'static str,
    row: u32,
}

/// A definition in the making, with the rows it came from.
#[derive(Debug, Default)]
struct Draft {
    definition: Definition,
    problems: Vec<Problem>,
    columns: BTreeMap<&'static str, Columns>,
    questions: Vec<Origin>,
    groups: Vec<Origin>,
    choices: Vec<Vec<Origin>>,
    sentences: Vec<Origin>,
    settings_row: Option<u32>,
}

impl Draft {
    fn take(&mut self, workbook: &Workbook) {
        let settings = self.sheet(workbook, "settings");
        let survey = self.sheet(workbook, "survey");
        let choices = self.sheet(workbook, "choices");
        if survey.is_none() {
            self.problems
                .push(problem("survey", None, "", "missing_sheet"));
        }
        let default_language = settings::default_language(settings, self.columns.get("settings"));
        let mut languages: Vec<String> = Vec::new();
        for columns in self.columns.values_mut() {
            columns.settle_default(&default_language);
        }
        for name in ["survey", "choices"] {
            for language in self
                .columns
                .get(name)
                .into_iter()
                .flat_map(Columns::languages)
            {
                if !languages.contains(&language) {
                    languages.push(language);
                }
            }
        }
        self.definition.languages = languages;
        if let Some(sheet) = settings {
            self.take_settings(sheet);
        }
        if let Some(sheet) = choices {
            self.take_choices(sheet);
        }
        if let Some(sheet) = survey {
            self.take_survey(sheet);
        }
        if self.definition.title.is_empty() {
            self.definition.title =
                settings::plain_title(settings, self.columns.get("settings"), &self.definition);
        }
    }

    /// A sheet with its headings understood.
    fn sheet<'w>(&mut self, workbook: &'w Workbook, name: &'static str) -> Option<&'w Sheet> {
        let sheet = workbook.sheet(name)?;
        let (columns, problems) = Columns::of(name, &sheet.columns);
        self.problems.extend(problems);
        self.columns.insert(name, columns);
        Some(sheet)
    }

    /// The cells of a row by what their columns mean.
    fn cells<'r>(&self, sheet: &'static str, row: &'r Row) -> Vec<(Known, &'r str)> {
        let Some(columns) = self.columns.get(sheet) else {
            return Vec::new();
        };
        row.cells
            .iter()
            .filter_map(|(at, text)| Some((columns.known(*at)?.clone(), text.as_str())))
            .collect()
    }

    fn add_problem(
        &mut self,
        sheet: &'static str,
        row: u32,
        field: &str,
        code: &str,
        args: &[(&str, &str)],
    ) {
        let heading = self
            .columns
            .get(sheet)
            .map_or_else(|| field.to_owned(), |columns| columns.heading(field, None));
        let mut found = problem(sheet, Some(row), &heading, code);
        found.args = args
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        self.problems.push(found);
    }

    fn add_sentence(&mut self, sentence: SentenceDef, origin: Origin) {
        self.definition.sentences.push(sentence);
        self.sentences.push(origin);
    }

    /// The row and column of a flaw.
    fn locate(&self, flaw: &Flaw) -> Problem {
        let (sheet, row) = match flaw.place {
            Place::Form if matches!(flaw.field, "form_id" | "form_title") => {
                ("settings", self.settings_row)
            }
            Place::Form => ("survey", None),
            Place::Question(at) => at_origin(self.questions.get(at)),
            Place::Group(at) => at_origin(self.groups.get(at)),
            Place::Choice(list, at) => {
                at_origin(self.choices.get(list).and_then(|list| list.get(at)))
            }
            Place::Sentence(at) => at_origin(self.sentences.get(at)),
        };
        let language = flaw.args.get("language").map(String::as_str);
        let heading = self
            .columns
            .get(sheet)
            .map(|columns| columns.heading(flaw.field, language));
        Problem {
            severity: flaw.severity,
            args: flaw.args.clone(),
            ..problem(
                sheet,
                row,
                &heading.unwrap_or_else(|| flaw.field.to_owned()),
                flaw.code,
            )
        }
    }
}

fn at_origin(origin: Option<&Origin>) -> (&'static str, Option<u32>) {
    origin.map_or(("survey", None), |origin| (origin.sheet, Some(origin.row)))
}

fn problem(sheet: &str, row: Option<u32>, column: &str, code: &str) -> Problem {
    Problem {
        severity: Severity::Error,
        sheet: sheet.to_owned(),
        row,
        column: column.to_owned(),
        code: code.to_owned(),
        args: BTreeMap::new(),
    }
}
