//! `GET /api/reports/{report}`: everything there is about one report, every revision beside the others.

use super::answer::{Refused, apart};
use crate::fold::{Photo, Report, Revision};
use crate::headquarters::Headquarters;
use crate::labels::{answer_label, place_name, question_label};
use crate::ledger::{EntryRow, LedgerError, PictureBrief, ReceiptRow, ReportRow, RevisionRow};
use crate::plan::Plan;
use crate::reports::fold_rows;
use axum::Json;
use axum::extract::{Path, State};
use baqylau_forms::Form;
use serde_json::{Map, Value, json};
use std::sync::Arc;

struct Found {
    row: ReportRow,
    revisions: Vec<RevisionRow>,
    entries: Vec<EntryRow>,
    receipt: Option<ReceiptRow>,
    /// What has arrived of the pictures that the entries name, in their order.
    pictures: Vec<(Photo, Option<PictureBrief>)>,
}

pub(super) async fn show(
    State(headquarters): State<Arc<Headquarters>>,
    Path(id): Path<String>,
) -> Result<Json<Value>, Refused> {
    apart(move || {
        let found = headquarters.ledger.read(|read| -> Result<_, LedgerError> {
            let Some(row) = read.report(&id)? else {
                return Ok(None);
            };
            let entries = read.report_entries(row.device, row.seq)?;
            let last = entries.last().map_or(row.seq, |entry| entry.seq);
            let receipt = read.receipt_covering(row.device, last)?;
            let plan = headquarters.plan();
            let bytes = entries.iter().map(|row| (row.seq, row.bytes.clone()));
            let Some(report) = fold_rows(plan, bytes) else {
                return Ok(None);
            };
            let mut pictures = Vec::new();
            for photo in &report.photos {
                let briefs = read.picture_briefs(row.device, &photo.photo.hash.0)?;
                pictures.push((photo.clone(), briefs.into_iter().next()));
            }
            let found = Found {
                revisions: read.revisions(&id)?,
                row,
                entries,
                receipt,
                pictures,
            };
            Ok(Some((found, report)))
        })?;
        let Some((found, report)) = found else {
            return ahead(&headquarters, &id).map(Json);
        };
        Ok(Json(page(&headquarters, &found, &report)))
    })
    .await
}

/// A report that is not in the ledger yet: it waits for what its journal holds before it.
fn ahead(headquarters: &Headquarters, id: &str) -> Result<Value, Refused> {
    let mut waiting = headquarters.ahead()?.into_iter();
    let it = waiting.find(|it| it.row.id == id);
    let it = it.ok_or(Refused::NotFound)?;
    let found = Found {
        row: it.row,
        revisions: Vec::new(),
        entries: Vec::new(),
        receipt: None,
        pictures: it
            .report
            .photos
            .iter()
            .map(|photo| (photo.clone(), None))
            .collect(),
    };
    let mut page = page(headquarters, &found, &it.report);
    page["verdict"] = json!("ahead");
    Ok(page)
}

fn page(headquarters: &Headquarters, found: &Found, report: &Report) -> Value {
    let plan = headquarters.plan();
    let row = &found.row;
    let form = plan.form(report.form).map(AsRef::as_ref);
    let question = |index: u16| {
        form.and_then(|form: &Form| form.questions().nth(index.into()))
            .map(|it| it.name.clone())
    };
    let checked = found
        .revisions
        .iter()
        .find(|revision| revision.number == row.current);
    let findings: Value = checked
        .and_then(|it| serde_json::from_str(&it.findings).ok())
        .unwrap_or_else(|| json!([]));
    let notes = report.notes.iter().map(|note| {
        json!({ "question": note.question.and_then(question), "text": note.text, "at": note.at })
    });
    json!({
        "report": row.id,
        "form": row.form,
        "team": row.team,
        "station": (row.place_kind == "station").then_some(&row.place),
        "place_kind": row.place_kind,
        "place": row.place,
        "station_name": place_name(plan, row),
        "region": (!row.region.is_empty()).then_some(&row.region),
        "visit": row.visit,
        "verdict": row.state.as_str(),
        "code": row.code,
        "withdrawn": report.withdrawn.as_ref().map(|it| json!({ "reason": it.reason, "at": it.at })),
        "revisions": report.revisions.iter().map(|(number, it)| revision(plan, form, report, found, *number, it)).collect::<Vec<_>>(),
        "notes": notes.collect::<Vec<_>>(),
        "pictures": found.pictures.iter().map(|it| picture(plan, form, row, it)).collect::<Vec<_>>(),
        "findings": findings,
        "entries": found.entries.iter().map(entry).collect::<Vec<_>>(),
        "receipt": found.receipt.as_ref().map(receipt),
    })
}

fn revision(
    plan: &Plan,
    form: Option<&Form>,
    report: &Report,
    found: &Found,
    number: u32,
    revision: &Revision,
) -> Value {
    let finalised = report.finalised.iter().find(|it| it.revision == number);
    let row = found.revisions.iter().find(|it| it.number == number);
    let mut entries = found.entries.iter();
    let received = match entries.find(|it| it.seq == revision.seq) {
        Some(entry) => Some(entry.received_at_ms),
        // None is filed while the report waits.
        None => found.entries.is_empty().then_some(found.row.received_at_ms),
    };
    json!({
        "number": number,
        "reason": revision.reason.clone().unwrap_or_default(),
        "supersedes": revision.supersedes,
        "at": finalised.map_or(revision.at, |it| it.at),
        "received_at_ms": received,
        "finished": finalised.is_some(),
        "code": row.map(|it| it.code.clone()).unwrap_or_default(),
        "confirmed_by": finalised.map(|it| it.confirmed_by.clone()).unwrap_or_default(),
        "answers": answers(plan, form, revision),
    })
}

/// Answers in the order of the form.
fn answers(plan: &Plan, form: Option<&Form>, revision: &Revision) -> Map<String, Value> {
    let (Some(form), Ok(answers)) = (form, &revision.answers) else {
        return Map::new();
    };
    form.questions()
        .filter_map(|question| Some((&question.name, answers.get(&question.name)?)))
        .map(|(name, value)| {
            let question = question_label(plan, form, name);
            let label = answer_label(plan, form, name, value);
            (
                name.clone(),
                json!({ "value": value, "question": question, "label": label }),
            )
        })
        .collect()
}

/// A picture that an entry names: whether it has come, and where it can be seen.
fn picture(
    plan: &Plan,
    form: Option<&Form>,
    report: &ReportRow,
    (photo, brief): &(Photo, Option<PictureBrief>),
) -> Value {
    let question = form.and_then(|form| form.questions().nth(photo.question.into()));
    let hash = data_encoding::HEXLOWER.encode(&photo.photo.hash.0);
    let state = match brief {
        None => "expected",
        Some(brief) if brief.code.is_empty() => "held",
        Some(_) => "set_aside",
    };
    json!({
        "question": question.map(|it| it.name.clone()),
        "number": question.map(|it| it.number.clone()),
        "label": question.zip(form).map(|(it, form)| question_label(plan, form, &it.name)),
        "hash": hash,
        "bytes": photo.photo.bytes,
        "at": photo.at,
        "state": state,
        "code": brief.as_ref().map(|it| it.code.clone()).unwrap_or_default(),
        "received_at_ms": brief.as_ref().map(|it| it.received_at_ms),
        "address": brief.as_ref().map(|_| format!("/api/pictures/{}/{hash}", report.device)),
    })
}

fn entry(row: &EntryRow) -> Value {
    let hash = data_encoding::HEXLOWER.encode(&row.hash);
    json!({ "device": row.device, "seq": row.seq, "hash": hash, "received_at_ms": row.received_at_ms })
}

fn receipt(row: &ReceiptRow) -> Value {
    let head = data_encoding::HEXLOWER.encode(&row.upto_hash);
    json!({ "upto_seq": row.upto_seq, "head": head, "epoch": row.epoch, "received_at_ms": row.received_at_ms })
}
