//! Between rows and types.

use crate::{Place, Report, StoreError, Tally};
use baqylau_domain::{Answers, FormHash, FormId, Moment, ReportState, StationCode, Value};
use rusqlite::{Connection, OptionalExtension, Row, named_params};
use std::collections::BTreeMap;
use uuid::Uuid;

pub(crate) fn moment(row: &Row<'_>, ms: &str, offset: &str) -> rusqlite::Result<Moment> {
    Ok(Moment {
        utc_ms: row.get(ms)?,
        offset_min: row.get(offset)?,
    })
}

pub(crate) fn id(row: &Row<'_>, column: &str) -> rusqlite::Result<Uuid> {
    row.get::<_, [u8; 16]>(column).map(Uuid::from_bytes)
}

pub(crate) fn state_name(state: ReportState) -> &'static str {
    match state {
        ReportState::Draft => "draft",
        ReportState::Finished => "finished",
        ReportState::Correcting => "correcting",
        ReportState::Withdrawn => "withdrawn",
    }
}

fn state(name: &str) -> Option<ReportState> {
    [
        ReportState::Draft,
        ReportState::Finished,
        ReportState::Correcting,
        ReportState::Withdrawn,
    ]
    .into_iter()
    .find(|state| state_name(*state) == name)
}

/// A place as its two columns.
pub(crate) fn place_columns(place: &Place) -> (&'static str, &str) {
    match place {
        Place::Station(code) => ("station", code.as_str()),
        Place::Commission(code) => ("commission", code.as_str()),
        Place::Free(text) => ("free", text),
        Place::Anywhere => ("anywhere", ""),
    }
}

fn place(kind: &str, text: String) -> Option<Place> {
    match kind {
        "station" => Some(Place::Station(StationCode(text))),
        "commission" => Some(Place::Commission(StationCode(text))),
        "free" => Some(Place::Free(text)),
        "anywhere" => Some(Place::Anywhere),
        _ => None,
    }
}

fn unknown_word(row: &Row<'_>, column: &str) -> rusqlite::Error {
    let index = row.as_ref().column_index(column).unwrap_or_default();
    rusqlite::Error::InvalidColumnType(index, column.to_owned(), rusqlite::types::Type::Text)
}

pub(crate) fn report(row: &Row<'_>) -> rusqlite::Result<Report> {
    let kind: String = row.get("place_kind")?;
    let state_word: String = row.get("state")?;
    let time = |ms: &str, offset: &str| {
        let is_there: Option<i64> = row.get(ms)?;
        is_there.map(|_| moment(row, ms, offset)).transpose()
    };
    Ok(Report {
        id: id(row, "id")?,
        form: FormId(row.get("form")?),
        form_hash: FormHash(row.get("form_hash")?),
        place: place(&kind, row.get("place")?).ok_or_else(|| unknown_word(row, "place_kind"))?,
        visit: row.get("visit")?,
        state: state(&state_word).ok_or_else(|| unknown_word(row, "state"))?,
        begun_at: moment(row, "begun_at_ms", "begun_offset_min")?,
        saved_at: moment(row, "saved_at_ms", "saved_offset_min")?,
        revision: row.get("revision")?,
        correction_reason: row.get("correction_reason")?,
        open_seq: row.get("open_seq")?,
        last_seq: row.get("last_seq")?,
        finished_at: time("finished_at_ms", "finished_offset_min")?,
        sealed_at: time("sealed_at_ms", "sealed_offset_min")?,
        answered: row.get("answered")?,
        tally: Tally {
            applicable: row.get("applicable")?,
            findings: row.get("findings")?,
        },
    })
}

/// One report, or [`StoreError::NoReport`].
pub(crate) fn get_report(connection: &Connection, report_id: Uuid) -> Result<Report, StoreError> {
    find_report(connection, report_id)?.ok_or(StoreError::NoReport(report_id))
}

/// Nothing is added to what nobody here can read any more.
pub(crate) fn refuse_sealed(report: &Report) -> Result<(), StoreError> {
    match report.sealed_at {
        Some(_) => Err(StoreError::Sealed),
        None => Ok(()),
    }
}

pub(crate) fn find_report(
    connection: &Connection,
    report_id: Uuid,
) -> Result<Option<Report>, StoreError> {
    let mut statement = connection.prepare_cached(include_str!("../sql/report/get.sql"))?;
    Ok(statement
        .query_row(named_params! {":id": report_id.as_bytes()}, report)
        .optional()?)
}

/// Only where a report stands: asked before every answer.
pub(crate) fn report_state(
    connection: &Connection,
    report_id: Uuid,
) -> Result<ReportState, StoreError> {
    connection
        .prepare_cached("SELECT state FROM report WHERE id = :id")?
        .query_row(named_params! {":id": report_id.as_bytes()}, |row| {
            state(row.get_ref("state")?.as_str()?).ok_or_else(|| unknown_word(row, "state"))
        })
        .optional()?
        .ok_or(StoreError::NoReport(report_id))
}

/// A report's answers as they are now.
pub(crate) fn current_answers(
    connection: &Connection,
    report_id: Uuid,
) -> Result<Answers, StoreError> {
    let mut statement = connection
        .prepare_cached("SELECT question, value FROM draft_answer WHERE report = :report")?;
    let mut rows = statement.query(named_params! {":report": report_id.as_bytes()})?;
    let mut answers = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let value: Value = serde_json::from_str(
            row.get_ref("value")?
                .as_str()
                .map_err(rusqlite::Error::from)?,
        )?;
        answers.insert(row.get("question")?, value);
    }
    Ok(answers)
}

/// Sets (`None`: clears) one current answer.
pub(crate) fn put_answer(
    connection: &Connection,
    report_id: Uuid,
    question: &str,
    value: Option<&Value>,
    at: Moment,
) -> Result<(), StoreError> {
    let Some(value) = value else {
        let mut statement = connection.prepare_cached(
            "DELETE FROM draft_answer WHERE report = :report AND question = :question",
        )?;
        statement
            .execute(named_params! {":report": report_id.as_bytes(), ":question": question})?;
        return Ok(());
    };
    let mut statement =
        connection.prepare_cached(include_str!("../sql/draft_answer/upsert.sql"))?;
    statement.execute(named_params! {
        ":report": report_id.as_bytes(), ":question": question, ":value": serde_json::to_string(value)?,
        ":at_ms": at.utc_ms, ":at_offset_min": at.offset_min,
    })?;
    Ok(())
}

/// Remembers when a report was last saved, and its figures when they are known.
pub(crate) fn touch(
    connection: &Connection,
    report_id: Uuid,
    at: Moment,
    tally: Option<Tally>,
) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached(include_str!("../sql/report/touch.sql"))?;
    statement.execute(named_params! {
        ":id": report_id.as_bytes(), ":at_ms": at.utc_ms, ":at_offset_min": at.offset_min,
        ":applicable": tally.map(|tally| tally.applicable), ":findings": tally.map(|tally| tally.findings),
    })?;
    Ok(())
}
