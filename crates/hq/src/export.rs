//! What leaves headquarters for other tools and for auditors: JSON lines and CSV with a codebook, and the evidence.
//! The same ledger gives the same bytes.

use crate::error::HqError;
use crate::evidence::{self, EvidenceFiles, Export, names};
use crate::headquarters::{Headquarters, audit};
use crate::labels::plain;
use crate::ledger::{LedgerError, Read, ReportFilter, ReportRow, RevisionRow};
use baqylau_domain::{Answers, FormId};
use serde_json::json;
use std::fs;
use std::path::{Path, PathBuf};

/// How a file is made from one snapshot of the ledger.
type Make = fn(&Headquarters, &Read<'_>) -> Result<Vec<u8>, LedgerError>;

/// Every file that does not belong to one form, the figures first.
const PARTS: [(&str, Make); 13] = [
    ("reports.jsonl", reports_lines),
    ("contributions.jsonl", contributions_lines),
    ("indicators.csv", indicators_csv),
    ("audit.jsonl", audit_lines),
    ("codebook.csv", codebook),
    (names::CONFIG, EvidenceFiles::config),
    (names::DEVICES, EvidenceFiles::devices),
    (names::ENTRIES, EvidenceFiles::entries),
    (names::SEGMENTS, EvidenceFiles::segments),
    (names::SET_ASIDE, EvidenceFiles::set_aside),
    (names::RECEIPTS, EvidenceFiles::receipts),
    (names::PICTURES, evidence::pictures),
    (names::CHECKPOINT, EvidenceFiles::checkpoint),
];

/// The whole export, from one snapshot of the ledger, with its signed manifest.
///
/// # Errors
/// [`LedgerError`] from the database.
pub fn whole(headquarters: &Headquarters) -> Result<Export, LedgerError> {
    let mut export = headquarters.ledger.read(|read| {
        let mut export = Export::new();
        for (name, make) in PARTS {
            export.insert(name.to_owned(), make(headquarters, read)?);
        }
        for form in &headquarters.plan().mission.forms {
            let bytes = form_csv(headquarters, read, &form.entry.id)?;
            export.insert(form_file(&form.entry.id), bytes);
        }
        evidence::picture_files(read, |name, bytes| drop(export.insert(name, bytes)))?;
        Ok::<_, LedgerError>(export)
    })?;
    let event = &headquarters.intake.event;
    let (root, hq) = (headquarters.keys.root.public(), &headquarters.keys.hq);
    evidence::sign(&mut export, event, root, hq);
    Ok(export)
}

/// One file of the export by name; `None` when there is none of that name. The manifest and the hashes of lines are
/// those of the whole export at this moment.
///
/// # Errors
/// [`LedgerError`] from the database.
pub fn file(headquarters: &Headquarters, name: &str) -> Result<Option<Vec<u8>>, LedgerError> {
    if let Some((_, make)) = PARTS.iter().find(|(part, _)| *part == name) {
        return headquarters
            .ledger
            .read(|read| make(headquarters, read))
            .map(Some);
    }
    if [names::LINES, names::MANIFEST].contains(&name) {
        return Ok(whole(headquarters)?.remove(name));
    }
    let mut forms = headquarters.plan().mission.forms.iter();
    let form = forms.find(|form| form_file(&form.entry.id) == name);
    form.map(|form| {
        headquarters
            .ledger
            .read(|read| form_csv(headquarters, read, &form.entry.id))
    })
    .transpose()
}

fn form_file(form: &FormId) -> String {
    format!("reports-{form}.csv")
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
    for (name, bytes) in whole(headquarters)? {
        let path = folder.join(name);
        fs::write(&path, bytes).map_err(failed(&path))?;
        written.push(path);
    }
    Ok(written)
}

/// Reads the files of a folder that an export was written to.
///
/// # Errors
/// [`HqError::File`] when the folder or a file in it cannot be read.
pub fn read(folder: &Path) -> Result<Export, HqError> {
    let failed = |file: &Path| {
        let file = file.to_owned();
        move |error| HqError::File { file, error }
    };
    let mut export = Export::new();
    for entry in fs::read_dir(folder).map_err(failed(folder))? {
        let entry = entry.map_err(failed(folder))?;
        let path = entry.path();
        let bytes = fs::read(&path).map_err(failed(&path))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        export.insert(name, bytes);
    }
    Ok(export)
}

fn lines(rows: impl Iterator<Item = serde_json::Value>) -> Vec<u8> {
    rows.fold(Vec::new(), |mut bytes, row| {
        bytes.extend_from_slice(row.to_string().as_bytes());
        bytes.push(b'\n');
        bytes
    })
}

fn reports(
    read: &Read<'_>,
    form: Option<&str>,
) -> Result<Vec<(ReportRow, Vec<RevisionRow>)>, LedgerError> {
    let filter = ReportFilter {
        form: form.map(str::to_owned),
        state: None,
    };
    let mut reports = read.reports(&filter)?;
    // The order of arrival differs between ledgers that hold the same; ids do not.
    reports.sort_by(|a, b| a.id.cmp(&b.id));
    reports
        .into_iter()
        .map(|row| read.revisions(&row.id).map(|revisions| (row, revisions)))
        .collect()
}

fn reports_lines(_: &Headquarters, read: &Read<'_>) -> Result<Vec<u8>, LedgerError> {
    let value = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap_or_default();
    Ok(lines(reports(read, None)?.into_iter().map(|(row, revisions)| {
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

fn contributions_lines(_: &Headquarters, read: &Read<'_>) -> Result<Vec<u8>, LedgerError> {
    let rows = read.contributions()?.into_iter();
    let each =
        |body: String| serde_json::from_str::<Vec<serde_json::Value>>(&body).unwrap_or_default();
    Ok(lines(rows.flat_map(|row| each(row.body))))
}

/// The audit trail, without what headquarters calls its devices: that may be somebody's name.
fn audit_lines(_: &Headquarters, read: &Read<'_>) -> Result<Vec<u8>, LedgerError> {
    let events = read.audit_trail()?.into_iter().map(|event| {
        let is_label = event.action == audit::ENROLMENT_MADE;
        if is_label { event.with("") } else { event }
    });
    Ok(lines(
        events.filter_map(|event| serde_json::to_value(event).ok()),
    ))
}

fn indicators_csv(headquarters: &Headquarters, read: &Read<'_>) -> Result<Vec<u8>, LedgerError> {
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
    let rows = headquarters.indicators_in(read)?.into_iter().map(|it| {
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
fn form_csv(
    headquarters: &Headquarters,
    read: &Read<'_>,
    form: &FormId,
) -> Result<Vec<u8>, LedgerError> {
    let Some(found) = headquarters.plan().mission.form(form) else {
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
    let rows = reports(read, Some(form.as_str()))?
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

fn codebook(headquarters: &Headquarters, _: &Read<'_>) -> Result<Vec<u8>, LedgerError> {
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
