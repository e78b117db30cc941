//! `baqylau-hq forms check`: whether a workbook can be used, and what to correct where.

use super::output::Output;
use crate::error::HqError;
use baqylau_forms::{Form, Problem, Severity, Source, Summary, read_with_warnings};
use serde_json::json;
use std::path::Path;
use std::process::ExitCode;

pub(super) fn run(file: &Path, as_json: bool, output: &mut Output) -> Result<ExitCode, HqError> {
    let bytes = std::fs::read(file).map_err(|error| HqError::File {
        file: file.to_owned(),
        error,
    })?;
    let extension = file
        .extension()
        .and_then(|it| it.to_str())
        .unwrap_or_default()
        .to_lowercase();
    let source = match extension.as_str() {
        "csv" => Source::Csv { survey: &bytes },
        "xlsx" => Source::Xlsx(&bytes),
        _ => {
            output.complain(
                "check-unknown-extension",
                &[("file", &file.display().to_string())],
            );
            return Ok(ExitCode::FAILURE);
        }
    };
    let (form, problems) = match read_with_warnings(source) {
        Ok((form, warnings)) => (Some(form), warnings),
        Err(problems) => (None, problems),
    };
    if as_json {
        print_json(form.as_ref(), &problems, output);
    } else {
        for problem in &problems {
            output.print(&sentence(problem, output));
        }
        match &form {
            Some(form) => say_summary(&form.summary(), output),
            None => {
                let errors = problems
                    .iter()
                    .filter(|it| it.severity == Severity::Error)
                    .count();
                output.say("check-refused", &[("count", &errors.to_string())]);
            }
        }
    }
    Ok(if form.is_some() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn print_json(form: Option<&Form>, problems: &[Problem], output: &mut Output) {
    let problems: Vec<_> = problems
        .iter()
        .map(|problem| {
            let args = args(problem);
            let id = message(problem, output);
            json!({
                "severity": problem.severity, "sheet": problem.sheet, "row": problem.row, "column": problem.column,
                "code": problem.code, "args": problem.args,
                "text": output.text(&id, &args), "fix": output.attribute(&id, "fix", &args),
            })
        })
        .collect();
    let summary = form.map(Form::summary);
    output.print(
        &json!({ "ok": form.is_some(), "summary": summary, "problems": problems }).to_string(),
    );
}

/// `survey, row 12, column relevant: what is wrong. What to do.`
fn sentence(problem: &Problem, output: &Output) -> String {
    let args = args(problem);
    let id = message(problem, output);
    let row = problem.row.map(|row| row.to_string());
    let kind = match problem.severity {
        Severity::Error => output.text("check-error", &[]),
        Severity::Warning => output.text("check-warning", &[]),
    };
    let mut place = vec![];
    if !problem.sheet.is_empty() {
        place.push(output.text("check-sheet", &[("sheet", &problem.sheet)]));
    }
    if let Some(row) = &row {
        place.push(output.text("check-row", &[("row", row)]));
    }
    if !problem.column.is_empty() {
        place.push(output.text("check-column", &[("column", &problem.column)]));
    }
    let fix = output.attribute(&id, "fix", &args).unwrap_or_default();
    let place = if place.is_empty() {
        String::new()
    } else {
        format!("{}: ", place.join(", "))
    };
    format!("{kind}: {place}{} {fix}", output.text(&id, &args))
        .trim_end()
        .to_owned()
}

/// The message of a problem's code; a code newer than the locales gets the general one.
fn message(problem: &Problem, output: &Output) -> String {
    let id = format!("problem-{}", problem.code.replace(['_', '.'], "-"));
    if output.has(&id) {
        id
    } else {
        "problem-other".to_owned()
    }
}

fn args(problem: &Problem) -> Vec<(&str, &str)> {
    let own = problem
        .args
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()));
    // A problem's own argument may have one of these names, and then it is the one that is meant.
    [
        ("code", problem.code.as_str()),
        ("column", problem.column.as_str()),
    ]
    .into_iter()
    .chain(own)
    .collect()
}

fn say_summary(summary: &Summary, output: &mut Output) {
    let rules =
        summary.skips + summary.required + summary.constraints + summary.warnings + summary.alerts;
    let languages = summary.languages.join(", ");
    let bytes = summary.bytes.to_string();
    output.say(
        "check-form",
        &[("id", &summary.id), ("version", &summary.version)],
    );
    output.say("check-languages", &[("languages", &languages)]);
    let counts = [
        summary.questions,
        summary.sections,
        summary.lists,
        summary.choices,
        summary.calculations,
    ];
    let [questions, sections, lists, choices, calculations] =
        &counts.map(|count| count.to_string());
    output.say(
        "check-questions",
        &[
            ("questions", questions),
            ("sections", sections),
            ("lists", lists),
            ("choices", choices),
            ("calculations", calculations),
        ],
    );
    let counts = [
        rules,
        summary.skips,
        summary.required,
        summary.constraints,
        summary.warnings,
        summary.alerts,
    ];
    let [rules, skips, required, constraints, warnings, alerts] =
        &counts.map(|count| count.to_string());
    output.say(
        "check-rules",
        &[
            ("rules", rules),
            ("skips", skips),
            ("required", required),
            ("constraints", constraints),
            ("warnings", warnings),
            ("alerts", alerts),
        ],
    );
    output.say("check-hash", &[("hash", &summary.hash), ("bytes", &bytes)]);
}
