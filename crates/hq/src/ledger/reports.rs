//! Reports as folded from the entries: rebuildable at any time.

use super::{LedgerError, Read, Write};
use baqylau_domain::{DeviceId, Moment};
use rusqlite::named_params;

/// Where a report stands at headquarters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReportState {
    /// Begun; nothing of it is finished.
    Open,
    /// Finished, checked and counted.
    Accepted,
    /// Finished, kept, not counted.
    Quarantined,
    /// Taken back by its author.
    Withdrawn,
}

/// A report's row.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportRow {
    /// Its id as people and programs name it.
    pub id: String,
    /// Whose journal.
    pub device: DeviceId,
    /// Its `Open` entry.
    pub seq: u64,
    /// The form's id; its short name when the form is unknown.
    pub form: String,
    /// The form's short name on the wire.
    pub form_ref: [u8; 4],
    /// `station`, `commission`, `free`, `none`.
    pub place_kind: String,
    /// The place's code, or the observer's words.
    pub place: String,
    /// The region's code; empty when unknown.
    pub region: String,
    /// The team's code.
    pub team: String,
    /// Which visit of the team.
    pub visit: u16,
    /// Where it stands.
    pub state: ReportState,
    /// Why it is set aside; empty otherwise.
    pub code: String,
    /// Number of the revision in force; 0 while none is finished.
    pub current: u32,
    /// The entry that finished it last; 0 while none did.
    pub finalise_seq: u64,
    /// When it was last finished (or begun), as claimed.
    pub at: Moment,
    /// When headquarters received that, UTC milliseconds.
    pub received_at_ms: i64,
}

/// A finished revision's row.
#[derive(Debug, Clone, PartialEq)]
pub struct RevisionRow {
    /// Its number.
    pub number: u32,
    /// The entry that finished it.
    pub finalise_seq: u64,
    /// Answers in force, as JSON.
    pub answers: String,
    /// Why it is set aside; empty when accepted.
    pub code: String,
    /// Findings, as JSON.
    pub findings: String,
    /// When, as claimed.
    pub at: Moment,
    /// When headquarters received it, UTC milliseconds.
    pub received_at_ms: i64,
}

/// Which reports are asked for.
#[derive(Debug, Clone, Default)]
pub struct ReportFilter {
    /// Only of this form.
    pub form: Option<String>,
    /// Only in this state.
    pub state: Option<ReportState>,
}

impl ReportState {
    /// The word in the database and in the pages' JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Accepted => "accepted",
            Self::Quarantined => "quarantined",
            Self::Withdrawn => "withdrawn",
        }
    }

    fn of(word: &str) -> Self {
        match word {
            "accepted" => Self::Accepted,
            "quarantined" => Self::Quarantined,
            "withdrawn" => Self::Withdrawn,
            _ => Self::Open,
        }
    }
}

impl Write<'_> {
    /// Writes a report's row, or what has changed of it.
    pub fn put_report(&self, report: &ReportRow) -> Result<(), LedgerError> {
        let mut statement = self
            .transaction
            .prepare_cached(include_str!("../../sql/report/put.sql"))?;
        statement.execute(named_params! {
            ":id": report.id,
            ":device": report.device.0,
            ":seq": report.seq.cast_signed(),
            ":form": report.form,
            ":form_ref": report.form_ref,
            ":place_kind": report.place_kind,
            ":place": report.place,
            ":region": report.region,
            ":team": report.team,
            ":visit": report.visit,
            ":state": report.state.as_str(),
            ":code": report.code,
            ":current": report.current,
            ":finalise_seq": report.finalise_seq.cast_signed(),
            ":at": report.at.utc_ms,
            ":offset_min": report.at.offset_min,
            ":received_at": report.received_at_ms,
        })?;
        Ok(())
    }

    /// Writes a finished revision. A revision confirmed twice keeps its first row.
    pub fn put_revision(&self, report: &str, revision: &RevisionRow) -> Result<(), LedgerError> {
        const SQL: &str = "INSERT INTO report_revision
                               (report, number, finalise_seq, answers, code, findings, at, offset_min, received_at)
                           VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT DO NOTHING";
        let RevisionRow {
            number,
            finalise_seq,
            answers,
            code,
            findings,
            at,
            received_at_ms,
        } = revision;
        let finalise_seq = finalise_seq.cast_signed();
        let (at, offset) = (at.utc_ms, at.offset_min);
        self.execute(
            SQL,
            (
                report,
                number,
                finalise_seq,
                answers,
                code,
                findings,
                at,
                offset,
                received_at_ms,
            ),
        )
        .map(drop)
    }

    /// Notes that an entry says nothing headquarters can use.
    pub fn put_entry_problem(
        &self,
        device: DeviceId,
        seq: u64,
        code: &str,
    ) -> Result<(), LedgerError> {
        const SQL: &str = "INSERT INTO entry_problem (device, seq, code) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING";
        self.execute(SQL, (&device.0, seq.cast_signed(), code))
            .map(drop)
    }

    /// Empties everything that is rebuilt from the entries.
    pub fn clear_rebuildable(&self) -> Result<(), LedgerError> {
        for table in ["report", "report_revision", "contribution", "entry_problem"] {
            self.execute(&format!("DELETE FROM {table}"), ())?;
        }
        Ok(())
    }
}

const COLUMNS: &str = "id, device, seq, form, form_ref, place_kind, place, region, team, visit, state, code, current, \
                       finalise_seq, at, offset_min, received_at";

impl Read<'_> {
    /// A report by id.
    pub fn report(&self, id: &str) -> Result<Option<ReportRow>, LedgerError> {
        self.one(
            &format!("SELECT {COLUMNS} FROM report WHERE id = ?1"),
            [id],
            report_row,
        )
    }

    /// Reports, in the order in which headquarters received them.
    pub fn reports(&self, filter: &ReportFilter) -> Result<Vec<ReportRow>, LedgerError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM report WHERE (?1 IS NULL OR form = ?1) AND (?2 IS NULL OR state = ?2)
             ORDER BY received_at, device, seq"
        );
        self.all(
            &sql,
            (&filter.form, filter.state.map(ReportState::as_str)),
            report_row,
        )
    }

    /// Finished revisions of a report, in order.
    pub fn revisions(&self, report: &str) -> Result<Vec<RevisionRow>, LedgerError> {
        const SQL: &str =
            "SELECT number, finalise_seq, answers, code, findings, at, offset_min, received_at
                           FROM report_revision WHERE report = ?1 ORDER BY number";
        self.all(SQL, [report], |row| {
            Ok(RevisionRow {
                number: row.get(0)?,
                finalise_seq: row.get::<_, i64>(1)?.cast_unsigned(),
                answers: row.get(2)?,
                code: row.get(3)?,
                findings: row.get(4)?,
                at: Moment {
                    utc_ms: row.get(5)?,
                    offset_min: row.get(6)?,
                },
                received_at_ms: row.get(7)?,
            })
        })
    }

    /// Forms and answers (JSON) of the reports about a place that a device first finished before its report
    /// `before`, as they stood at entry `as_of`; the latest begun first.
    pub fn prior_answers(
        &self,
        device: DeviceId,
        place: &str,
        before: u64,
        as_of: u64,
    ) -> Result<Vec<(String, String)>, LedgerError> {
        const SQL: &str = include_str!("../../sql/report/prior.sql");
        self.all(
            SQL,
            (&device.0, place, before.cast_signed(), as_of.cast_signed()),
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
    }

    /// Reports of a device that are kept and not counted: the entry that finished them, and why.
    pub fn set_aside(&self, device: DeviceId) -> Result<Vec<(u64, String)>, LedgerError> {
        const SQL: &str = "SELECT finalise_seq, code FROM report
                           WHERE device = ?1 AND state = 'quarantined' ORDER BY finalise_seq";
        self.all(SQL, [&device.0], |row| {
            Ok((row.get::<_, i64>(0)?.cast_unsigned(), row.get(1)?))
        })
    }

    /// Entries that say nothing headquarters can use: device, number, code.
    pub fn entry_problems(&self) -> Result<Vec<(DeviceId, u64, String)>, LedgerError> {
        self.all(
            "SELECT device, seq, code FROM entry_problem ORDER BY device, seq",
            (),
            |row| {
                Ok((
                    DeviceId(row.get(0)?),
                    row.get::<_, i64>(1)?.cast_unsigned(),
                    row.get(2)?,
                ))
            },
        )
    }
}

fn report_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<ReportRow> {
    Ok(ReportRow {
        id: row.get(0)?,
        device: DeviceId(row.get(1)?),
        seq: row.get::<_, i64>(2)?.cast_unsigned(),
        form: row.get(3)?,
        form_ref: row.get(4)?,
        place_kind: row.get(5)?,
        place: row.get(6)?,
        region: row.get(7)?,
        team: row.get(8)?,
        visit: row.get(9)?,
        state: ReportState::of(&row.get::<_, String>(10)?),
        code: row.get(11)?,
        current: row.get(12)?,
        finalise_seq: row.get::<_, i64>(13)?.cast_unsigned(),
        at: Moment {
            utc_ms: row.get(14)?,
            offset_min: row.get(15)?,
        },
        received_at_ms: row.get(16)?,
    })
}
