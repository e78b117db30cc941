//! Drafts, their answers, and notes: one durable commit a change.

use crate::rows::{
    current_answers, find_report, get_report, id, moment, place_columns, put_answer, refuse_sealed,
    report, report_state, touch,
};
use crate::{NewReport, Note, Place, Report, Store, StoreError, Tally};
use baqylau_domain::{Answers, FormId, Moment, ReportState, StationCode, Value};
use rusqlite::{Connection, named_params};
use std::collections::BTreeMap;
use uuid::Uuid;

impl Store {
    /// Begins a draft, with the answers it starts with (prefill).
    ///
    /// # Errors
    /// [`StoreError::ReportExists`] for a local id that is taken.
    pub fn begin(
        &self,
        new: &NewReport,
        answers: &Answers,
        tally: Tally,
    ) -> Result<Report, StoreError> {
        self.write(|tx| {
            if find_report(tx, new.id)?.is_some() {
                return Err(StoreError::ReportExists(new.id));
            }
            let (place_kind, place) = place_columns(&new.place);
            tx.prepare_cached(include_str!("../sql/report/insert.sql"))?.execute(named_params! {
                ":id": new.id.as_bytes(), ":form": new.form.as_str(), ":form_hash": new.form_hash.0,
                ":place_kind": place_kind, ":place": place, ":visit": new.visit,
                ":at_ms": new.at.utc_ms, ":at_offset_min": new.at.offset_min,
                ":applicable": tally.applicable, ":findings": tally.findings,
            })?;
            for (question, value) in answers {
                put_answer(tx, new.id, question, Some(value), new.at)?;
            }
            get_report(tx, new.id)
        })
    }

    /// The visit number for the next report with this form.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn next_visit(&self, form: &FormId) -> Result<u16, StoreError> {
        self.read(|tx| {
            let latest: u16 = tx
                .prepare_cached(include_str!("../sql/report/last_visit.sql"))?
                .query_row(named_params! {":form": form.as_str()}, |row| row.get(0))?;
            Ok(latest.saturating_add(1))
        })
    }

    /// Saves (`None`: clears) one answer of a draft or correction. Durable when it returns.
    ///
    /// # Errors
    /// [`StoreError::NotEditable`], or a failure of the disk: then nothing was saved.
    pub fn save_answer(
        &self,
        report: Uuid,
        question: &str,
        value: Option<&Value>,
        at: Moment,
        tally: Option<Tally>,
    ) -> Result<(), StoreError> {
        self.write(|tx| {
            editable(tx, report)?;
            put_answer(tx, report, question, value, at)?;
            touch(tx, report, at, tally)
        })
    }

    /// The same for several answers in one commit.
    ///
    /// # Errors
    /// As [`Store::save_answer`].
    pub fn save_answers(
        &self,
        report: Uuid,
        changes: &[(String, Option<Value>)],
        at: Moment,
        tally: Option<Tally>,
    ) -> Result<(), StoreError> {
        self.write(|tx| {
            editable(tx, report)?;
            for (question, value) in changes {
                put_answer(tx, report, question, value.as_ref(), at)?;
            }
            touch(tx, report, at, tally)
        })
    }

    /// One report.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn report(&self, report: Uuid) -> Result<Option<Report>, StoreError> {
        self.read(|tx| find_report(tx, report))
    }

    /// All reports, latest begun first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn reports(&self) -> Result<Vec<Report>, StoreError> {
        self.read(|tx| {
            let mut statement = tx.prepare_cached(include_str!("../sql/report/list.sql"))?;
            let reports = statement.query_map([], report)?.collect::<Result<_, _>>()?;
            Ok(reports)
        })
    }

    /// Reports about one place, latest begun first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn reports_at(&self, place: &Place) -> Result<Vec<Report>, StoreError> {
        self.read(|tx| list_at(tx, place))
    }

    /// How many reports, withdrawn ones aside, there are at each station or commission.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn reports_by_place(&self) -> Result<BTreeMap<StationCode, u32>, StoreError> {
        self.read(|tx| {
            let mut statement =
                tx.prepare_cached(include_str!("../sql/report/count_by_place.sql"))?;
            let counts = statement
                .query_map([], |row| Ok((StationCode(row.get(0)?), row.get(1)?)))?
                .collect::<Result<_, _>>()?;
            Ok(counts)
        })
    }

    /// A report's answers as they are now: the draft's, or those of the latest revision.
    ///
    /// # Errors
    /// [`StoreError::NoReport`].
    pub fn answers(&self, report: Uuid) -> Result<Answers, StoreError> {
        self.read(|tx| {
            get_report(tx, report)?;
            current_answers(tx, report)
        })
    }

    /// Deletes a draft that was never finished. The only deletion of answers there is.
    ///
    /// # Errors
    /// [`StoreError::NotDiscardable`] for anything finished.
    pub fn discard(&self, report: Uuid) -> Result<(), StoreError> {
        self.write(|tx| {
            if get_report(tx, report)?.state != ReportState::Draft {
                return Err(StoreError::NotDiscardable);
            }
            tx.execute(
                "DELETE FROM report WHERE id = :id",
                named_params! {":id": report.as_bytes()},
            )?;
            tx.execute(include_str!("../sql/attachment/delete_unused.sql"), [])?;
            Ok(())
        })
    }

    /// Adds a note. In a finished report it waits for [`Store::append_notes`].
    ///
    /// # Errors
    /// [`StoreError::NoReport`], [`StoreError::Sealed`].
    pub fn add_note(
        &self,
        report: Uuid,
        id: Uuid,
        question: Option<&str>,
        text: &str,
        at: Moment,
    ) -> Result<(), StoreError> {
        self.write(|tx| {
            refuse_sealed(&get_report(tx, report)?)?;
            tx.prepare_cached(include_str!("../sql/note/insert.sql"))?.execute(named_params! {
                ":id": id.as_bytes(), ":report": report.as_bytes(), ":question": question, ":body": text,
                ":at_ms": at.utc_ms, ":at_offset_min": at.offset_min,
            })?;
            touch(tx, report, at, None)
        })
    }

    /// A report's notes, oldest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn notes(&self, report: Uuid) -> Result<Vec<Note>, StoreError> {
        self.read(|tx| list_notes(tx, report))
    }
}

pub(crate) fn list_at(connection: &Connection, place: &Place) -> Result<Vec<Report>, StoreError> {
    let (place_kind, place) = place_columns(place);
    let mut statement = connection.prepare_cached(include_str!("../sql/report/list_at.sql"))?;
    let parameters = named_params! {":place_kind": place_kind, ":place": place};
    let reports = statement
        .query_map(parameters, report)?
        .collect::<Result<_, _>>()?;
    Ok(reports)
}

pub(crate) fn list_notes(connection: &Connection, report: Uuid) -> Result<Vec<Note>, StoreError> {
    let mut statement = connection.prepare_cached(include_str!("../sql/note/list.sql"))?;
    let notes = statement
        .query_map(named_params! {":report": report.as_bytes()}, |row| {
            Ok(Note {
                id: id(row, "id")?,
                question: row.get("question")?,
                text: row.get("body")?,
                at: moment(row, "at_ms", "at_offset_min")?,
                seq: row.get("seq")?,
            })
        })?
        .collect::<Result<_, _>>()?;
    Ok(notes)
}

/// Refuses a report whose answers may not change now.
pub(crate) fn editable(connection: &Connection, report: Uuid) -> Result<(), StoreError> {
    let state = report_state(connection, report)?;
    if state.is_editable() {
        Ok(())
    } else {
        Err(StoreError::NotEditable(state))
    }
}
