//! What leaves headquarters for other tools: JSON lines and CSV with a codebook. The same ledger gives the same bytes.

use crate::error::HqError;
use crate::headquarters::Headquarters;
use crate::labels::plain;
use crate::ledger::{LedgerError, ReportFilter, ReportRow, RevisionRow};
use crate::plan::Plan;
use baqylau_domain::{Answers, FormId};
use serde_json::json;
use std::fs;
use std::path::{Path, PathBuf};

/// An exported file: its name and how to make it.
type Part = (
    &'static str,
    fn(&Headquarters) -> Result<Vec<u8>, LedgerError>,
);

/// Every file that does not belong to one form.
const PARTS: [Part; 6] = [
    ("reports.jsonl", reports_lines),
    ("entries.jsonl", entries_lines),
    ("contributions.jsonl", contributions_lines),
    ("indicators.csv", indicators_csv),
    ("audit.jsonl", audit_lines),
    ("codebook.csv", codebook),
];

/// One file of the export by name; `None` when there is none of that name.
///
/// # Errors
/// [`LedgerError`] from the database.
pub fn file(headquarters: &Headquarters, name: &str) -> Result<Option<Vec<u8>>, LedgerError> {
    if let Some((_, make)) = PARTS.iter().find(|(part, _)| *part == name) {
        return make(headquarters).map(Some);
    }
    let form = name
        .strip_prefix("reports-")
        .and_then(|rest| rest.strip_suffix(".csv"));
    match form.filter(|id| {
        headquarters
            .plan()
            .mission
            .form(&FormId::from(*id))
            .is_some()
    }) {
        Some(form) => form_csv(headquarters, form).map(Some),
        None => Ok(None),
    }
}

/// Names of all files of the export.
#[must_use]
pub fn names(plan: &Plan) -> Vec<String> {
    let forms = plan
        .mission
        .forms
        .iter()
        .map(|form| format!("reports-{}.csv", form.entry.id));
    PARTS
        .iter()
        .map(|(name, _)| (*name).to_owned())
        .chain(forms)
        .collect()
}

/// Writes all files into `folder` and returns their names.
///
/// # Errors
/// [`HqError`] when the ledger cannot be read or a file not written.
pub fn write(headquarters: &Headquarters, folder: &Path) -> Result<Vec<PathBuf>, HqError> {
    let failed = |file: &Path| {
        let file = file.to_owned();
        move |error| HqError::File { file, error }
    };
    fs::create_dir_all(folder).map_err(failed(folder))?;
    let mut written = Vec::new();
    for name in names(headquarters.plan()) {
        let Some(bytes) = file(headquarters, &name)? else {
            continue;
        };
        let path = folder.join(name);
        fs::write(&path, bytes).map_err(failed(&path))?;
        written.push(path);
    }
    Ok(written)
}

fn lines(rows: impl Iterator<Item = serde_json::Value>) -> Vec<u8> {
    rows.fold(Vec::new(), |mut bytes, row| {
        bytes.extend_from_slice(row.to_string().as_bytes());
        bytes.push(b'\n');
        bytes
    })
}

fn reports(
    headquarters: &Headquarters,
    form: Option<&str>,
) -> Result<Vec<(ReportRow, Vec<RevisionRow>)>, LedgerError> {
    let filter = ReportFilter {
        form: form.map(str::to_owned),
        state: None,
    };
    headquarters.ledger.read(|read| {
        let mut reports = read.reports(&filter)?;
        // The order of arrival differs between ledgers that hold the same; ids do not.
        reports.sort_by(|a, b| a.id.cmp(&b.id));
        reports
            .into_iter()
            .map(|row| Ok((read.revisions(&row.id)?, row)))
            .map(|it| it.map(|(a, b)| (b, a)))
            .collect()
    })
}

fn reports_lines(headquarters: &Headquarters) -> Result<Vec<u8>, LedgerError> {
    let value = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap_or_default();
    Ok(lines(reports(headquarters, None)?.into_iter().map(|(row, revisions)| {
        let revisions: Vec<_> = revisions
            .iter()
            .map(|it| {
                json!({
                    "number": it.number, "entry": it.finalise_seq, "code": it.code, "at": it.at,
                    "answers": value(&it.answers), "findings": value(&it.findings),
                })
            })
            .collect();
        json!({
            "report": row.id, "device": row.device, "entry": row.seq, "form": row.form, "team": row.team,
            "place_kind": row.place_kind, "place": row.place, "region": row.region, "visit": row.visit,
            "state": row.state.as_str(), "code": row.code, "revision": row.current, "revisions": revisions,
        })
    })))
}

fn entries_lines(headquarters: &Headquarters) -> Result<Vec<u8>, LedgerError> {
    let hex = |bytes: &[u8]| data_encoding::HEXLOWER.encode(bytes);
    headquarters.ledger.read(|read| {
        let mut devices = read.devices()?;
        devices.sort_by_key(|device| device.id);
        let mut all = Vec::new();
        for device in devices {
            all.extend(read.entries(device.id)?.into_iter().map(|row| {
                json!({ "device": row.device, "seq": row.seq, "hash": hex(&row.hash), "entry": hex(&row.bytes) })
            }));
        }
        Ok(lines(all.into_iter()))
    })
}

fn contributions_lines(headquarters: &Headquarters) -> Result<Vec<u8>, LedgerError> {
    let rows = headquarters.ledger.read(|read| read.contributions())?;
    let read =
        |body: String| serde_json::from_str::<Vec<serde_json::Value>>(&body).unwrap_or_default();
    Ok(lines(rows.into_iter().flat_map(|row| read(row.body))))
}

fn audit_lines(headquarters: &Headquarters) -> Result<Vec<u8>, LedgerError> {
    let events = headquarters.ledger.read(|read| read.audit_trail())?;
    Ok(lines(
        events
            .iter()
            .filter_map(|event| serde_json::to_value(event).ok()),
    ))
}

fn indicators_csv(headquarters: &Headquarters) -> Result<Vec<u8>, LedgerError> {
    let head = [
        "id",
        "form",
        "unit",
        "numerator",
        "denominator",
        "value",
        "forms",
        "stations",
        "published",
        "source",
        "invented",
        "matches",
    ];
    let rows = headquarters.indicators()?.into_iter().map(|it| {
        vec![
            it.id,
            it.form,
            it.unit,
            it.numerator.number().to_string(),
            it.denominator.number().to_string(),
            it.value.map_or_else(String::new, |value| value.to_string()),
            it.forms_denominator.to_string(),
            it.stations_denominator.to_string(),
            it.published,
            it.source,
            it.invented.to_string(),
            it.matches
                .map_or_else(String::new, |matches| matches.to_string()),
        ]
    });
    Ok(table(head.map(str::to_owned).to_vec(), rows))
}

/// One row a report in force or set aside, one column a question; choices as codes.
fn form_csv(headquarters: &Headquarters, form: &str) -> Result<Vec<u8>, LedgerError> {
    let Some(found) = headquarters.plan().mission.form(&FormId::from(form)) else {
        return Ok(Vec::new());
    };
    let questions: Vec<_> = found
        .form
        .questions()
        .map(|question| question.name.clone())
        .collect();
    let fixed = [
        "report",
        "state",
        "code",
        "team",
        "place_kind",
        "place",
        "region",
        "visit",
        "revision",
        "finished_at",
    ];
    let head = fixed
        .iter()
        .map(|name| (*name).to_owned())
        .chain(questions.iter().cloned())
        .collect();
    let rows = reports(headquarters, Some(form))?
        .into_iter()
        .map(|(row, revisions)| {
            let current = revisions
                .iter()
                .find(|revision| revision.number == row.current);
            let answers: Answers = current
                .and_then(|it| serde_json::from_str(&it.answers).ok())
                .unwrap_or_default();
            let finished = current
                .and_then(|it| it.at.local())
                .map_or_else(String::new, |local| local.to_rfc3339());
            let state = row.state.as_str().to_owned();
            let (visit, revision) = (row.visit.to_string(), row.current.to_string());
            let fixed = [
                row.id,
                state,
                row.code,
                row.team,
                row.place_kind,
                row.place,
                row.region,
                visit,
                revision,
                finished,
            ];
            let cells = questions
                .iter()
                .map(|name| answers.get(name).map_or_else(String::new, plain));
            fixed.into_iter().chain(cells).collect()
        });
    Ok(table(head, rows))
}

fn codebook(headquarters: &Headquarters) -> Result<Vec<u8>, LedgerError> {
    let plan = headquarters.plan();
    let languages = &plan.mission.about.languages;
    let head = ["form", "question", "number", "kind", "choice"].map(str::to_owned);
    let head = head
        .into_iter()
        .chain(languages.iter().map(|code| format!("label_{code}")))
        .collect();
    let mut rows = Vec::new();
    for form in &plan.mission.forms {
        let sheets = plan.sheets(&form.form);
        for question in form.form.questions() {
            let kind = format!("{:?}", question.kind);
            let row = |choice: &str, labels: Vec<String>| {
                let id = form.entry.id.0.clone();
                let fixed = [
                    id,
                    question.name.clone(),
                    question.number.clone(),
                    kind.clone(),
                    choice.to_owned(),
                ];
                fixed.into_iter().chain(labels).collect::<Vec<_>>()
            };
            let label = |sheet: &baqylau_forms::FormSheet| {
                sheet
                    .questions
                    .get(&question.name)
                    .map_or_else(String::new, |it| it.label.clone())
            };
            rows.push(row("", sheets.iter().map(label).collect()));
            let Some(list) = &question.list else { continue };
            let codes = sheets
                .first()
                .and_then(|sheet| sheet.choices.get(list))
                .into_iter()
                .flatten();
            for (index, choice) in codes.enumerate() {
                let label = |sheet: &baqylau_forms::FormSheet| {
                    sheet
                        .choices
                        .get(list)
                        .and_then(|all| all.get(index))
                        .map_or_else(String::new, |it| it.label.clone())
                };
                rows.push(row(&choice.code, sheets.iter().map(label).collect()));
            }
        }
    }
    Ok(table(head, rows.into_iter()))
}

fn table(head: Vec<String>, rows: impl Iterator<Item = Vec<String>>) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in std::iter::once(head).chain(rows) {
        let row = row.iter().map(|cell| inert(cell));
        // Writing to memory cannot fail, and every row has the heading's length.
        let _ = writer.write_record(row.map(|cell| cell.into_owned()));
    }
    writer.into_inner().unwrap_or_default()
}

/// A spreadsheet must not take an observer's words for a formula.
fn inert(cell: &str) -> std::borrow::Cow<'_, str> {
    let is_number = cell.parse::<f64>().is_ok();
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && !is_number {
        format!("'{cell}").into()
    } else {
        cell.into()
    }
}
