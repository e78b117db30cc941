//! Steps of a report's life: finish, correct, drop the correction, withdraw. Each is one transaction
//! over state, answers, revision and journal.

use crate::drafts::{list_at, list_notes};
use crate::journal::{append, head};
use crate::photos::unsent_attachments;
use crate::pictures::take_away;
use crate::rows::{
    current_answers, get_report, moment, put_answer, refuse_sealed, state_name, touch,
};
use crate::store::Refused;
use crate::{
    Attachment, EntryRole, Finishing, Head, NewEntry, Note, Numbering, Place, Report, Revision,
    Store, StoreError, Tally,
};
use baqylau_domain::{Answers, Moment, ObserverCode, ReportState, Transition};
use rusqlite::{Connection, OptionalExtension, named_params};
use std::collections::BTreeSet;
use uuid::Uuid;

impl Store {
    /// Finishes a draft or a correction: entries, state and revision in one transaction.
    ///
    /// `build` runs inside it, must not call the store, and returns in order an `Open` (only when
    /// `numbering.open_seq` is `None`), exactly one `Revision`, a `Note` for each of `notes`, an
    /// `Attachment` for any of `attachments`, and exactly one `Finalise`. When it fails, nothing has happened.
    ///
    /// # Errors
    /// A transition the state does not allow, [`StoreError::BadEntries`], or `build`'s own.
    pub fn finish<E: From<StoreError>>(
        &self,
        report: Uuid,
        at: Moment,
        confirmed_by: &[ObserverCode],
        tally: Option<Tally>,
        build: impl FnOnce(&Finishing<'_>) -> Result<Vec<NewEntry>, E>,
    ) -> Result<Report, E> {
        self.write_with(|tx| {
            let step = Step::begin(tx, report, Transition::Finish)?;
            let answers = current_answers(tx, report)?;
            let (supersedes, before) = latest_revision(tx, report, None)?.unzip();
            let before = before.unwrap_or_default();
            let notes = unsent_notes(tx, report)?;
            let attachments = unsent_attachments(tx, report)?;
            let finishing = Finishing {
                report: &step.report,
                numbering: step.numbering(step.report.revision + 1, supersedes),
                answers: &answers,
                before: &before,
                notes: &notes,
                attachments: &attachments,
            };
            let entries = build(&finishing).map_err(Refused::Caller)?;
            check_finish(&finishing, &entries)?;
            Ok(step.finish(tx, at, confirmed_by, tally, &finishing, &entries)?)
        })
    }

    /// Begins a correction; the answers to change are those of the latest revision.
    ///
    /// # Errors
    /// A transition the state does not allow.
    pub fn correct(&self, report: Uuid, reason: &str, at: Moment) -> Result<Report, StoreError> {
        self.write(|tx| {
            let step = Step::begin(tx, report, Transition::Correct)?;
            set_state(tx, report, step.after, Some(reason), at)?;
            get_report(tx, report)
        })
    }

    /// Gives a correction up: the answers are again those of the latest revision. Notes stay.
    ///
    /// # Errors
    /// A transition the state does not allow.
    pub fn drop_correction(&self, report: Uuid, at: Moment) -> Result<Report, StoreError> {
        self.write(|tx| {
            let step = Step::begin(tx, report, Transition::DropCorrection)?;
            let (_, answers) = latest_revision(tx, report, None)?.ok_or(StoreError::Corrupt)?;
            tx.execute(
                "DELETE FROM draft_answer WHERE report = :report",
                named_params! {":report": report.as_bytes()},
            )?;
            for (question, value) in &answers {
                put_answer(tx, report, question, Some(value), at)?;
            }
            // Pictures of the correction go with it; none of them is in the journal.
            take_away(tx, report, None, None)?;
            set_state(tx, report, step.after, None, at)?;
            get_report(tx, report)
        })
    }

    /// Takes a finished report back. `build` (see [`Store::finish`]) returns one `Withdraw`.
    ///
    /// # Errors
    /// As [`Store::finish`].
    pub fn withdraw<E: From<StoreError>>(
        &self,
        report: Uuid,
        at: Moment,
        build: impl FnOnce(&Numbering) -> Result<NewEntry, E>,
    ) -> Result<Report, E> {
        self.write_with(|tx| {
            let step = Step::begin(tx, report, Transition::Withdraw)?;
            let supersedes = latest_revision(tx, report, None)?.map(|(seq, _)| seq);
            let entry = build(&step.numbering(step.report.revision, supersedes))
                .map_err(Refused::Caller)?;
            if entry.role != EntryRole::Withdraw {
                return Err(StoreError::BadEntries.into());
            }
            step.append(tx, &[entry])?;
            set_state(tx, report, step.after, None, at)?;
            Ok(get_report(tx, report)?)
        })
    }

    /// Appends the notes of a finished report that no entry carries yet; `build` (see
    /// [`Store::finish`]) returns a `Note` for each. Does nothing when there is none.
    ///
    /// # Errors
    /// [`StoreError::BadEntries`] also for a draft: its notes go with its first revision.
    pub fn append_notes<E: From<StoreError>>(
        &self,
        report: Uuid,
        at: Moment,
        build: impl FnOnce(&Numbering, &[Note]) -> Result<Vec<NewEntry>, E>,
    ) -> Result<(), E> {
        self.write_with(|tx| {
            let report = get_report(tx, report)?;
            refuse_sealed(&report)?;
            let notes = unsent_notes(tx, report.id)?;
            if report.open_seq.is_none() {
                return Err(StoreError::BadEntries.into());
            }
            if notes.is_empty() {
                return Ok(());
            }
            let supersedes = latest_revision(tx, report.id, None)?.map(|(seq, _)| seq);
            let step = Step {
                head: head(tx)?,
                after: report.state,
                report,
            };
            let numbering = step.numbering(step.report.revision, supersedes);
            let entries = build(&numbering, &notes).map_err(Refused::Caller)?;
            if entries.len() != notes.len() || !carries_all(&notes, &entries) {
                return Err(StoreError::BadEntries.into());
            }
            step.append(tx, &entries)?;
            Ok(touch(tx, step.report.id, at, None)?)
        })
    }

    /// A report's finished revisions, oldest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn revisions(&self, report: Uuid) -> Result<Vec<Revision>, StoreError> {
        self.read(|tx| {
            let mut statement = tx.prepare_cached(include_str!("../sql/revision/list.sql"))?;
            let mut rows = statement.query(named_params! {":report": report.as_bytes()})?;
            let mut revisions = Vec::new();
            while let Some(row) = rows.next()? {
                revisions.push(Revision {
                    number: row.get("number")?,
                    seq: row.get("seq")?,
                    reason: row.get("reason")?,
                    at: moment(row, "at_ms", "at_offset_min")?,
                    confirmed_by: serde_json::from_str(&row.get::<_, String>("confirmed_by")?)?,
                    changed: serde_json::from_str(&row.get::<_, String>("changed")?)?,
                    answers: serde_json::from_str(&row.get::<_, String>("answers")?)?,
                });
            }
            Ok(revisions)
        })
    }

    /// For checks across the forms of one place: reports there that were first finished before `of` was, and
    /// their latest answers that had been finished when `of` was finished last; the latest begun first. While `of`
    /// is being filled in (or has not begun), everything finished so far comes before it. Headquarters asks its
    /// ledger the same question, so that both sides notice the same.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn finished_before(
        &self,
        place: &Place,
        of: Option<&Report>,
    ) -> Result<Vec<(Report, Answers)>, StoreError> {
        self.read(|tx| {
            let begun = of.and_then(|it| it.open_seq);
            let as_of = match of {
                Some(it) if !it.state.is_editable() => {
                    latest_revision(tx, it.id, None)?.map(|(seq, _)| seq)
                }
                _ => None,
            };
            let is_before = |seq: Option<u64>, bound: Option<u64>| match (seq, bound) {
                (Some(seq), Some(bound)) => seq < bound,
                (seq, None) => seq.is_some(),
                (None, Some(_)) => false,
            };
            let mut found = Vec::new();
            for report in list_at(tx, place)? {
                let is_withdrawn =
                    report.state == ReportState::Withdrawn && is_before(report.last_seq, as_of);
                // Its own begin is not before itself, and a draft has no finished revision: `of` is never among them.
                if is_withdrawn || !is_before(report.open_seq, begun) {
                    continue;
                }
                if let Some((_, answers)) = latest_revision(tx, report.id, as_of)? {
                    found.push((report, answers));
                }
            }
            found.sort_by_key(|(report, _)| std::cmp::Reverse(report.open_seq));
            Ok(found)
        })
    }
}

/// A report about to take a step that is allowed, and the journal's end at that moment.
struct Step {
    report: Report,
    head: Head,
    after: ReportState,
}

impl Step {
    fn begin(connection: &Connection, report: Uuid, by: Transition) -> Result<Self, StoreError> {
        let report = get_report(connection, report)?;
        refuse_sealed(&report)?;
        let after = report.state.after(by)?;
        Ok(Self {
            head: head(connection)?,
            after,
            report,
        })
    }

    fn numbering(&self, revision: u32, supersedes: Option<u64>) -> Numbering {
        Numbering {
            first_seq: self.head.next_seq,
            open_seq: self.report.open_seq,
            revision,
            supersedes,
        }
    }

    /// Appends entries, ties notes and attachments to theirs, and moves the report's last entry.
    fn append(&self, connection: &Connection, entries: &[NewEntry]) -> Result<u64, StoreError> {
        let report = self.report.id.into_bytes();
        let last_seq = append(connection, self.report.id, self.head, entries)?;
        for (seq, entry) in (self.head.next_seq..).zip(entries) {
            match entry.role {
                EntryRole::Note(note) => {
                    let note = note.into_bytes();
                    connection
                        .prepare_cached(
                            "UPDATE note SET seq = :seq WHERE id = :id AND report = :report",
                        )?
                        .execute(named_params! {":seq": seq, ":id": note, ":report": report})?;
                }
                EntryRole::Attachment(hash) => {
                    connection
                        .prepare_cached("UPDATE attachment_use SET seq = :seq WHERE report = :report AND hash = :hash")?
                        .execute(named_params! {":seq": seq, ":report": report, ":hash": hash.0})?;
                }
                EntryRole::Open
                | EntryRole::Revision
                | EntryRole::Finalise
                | EntryRole::Withdraw => {}
            }
        }
        connection
            .prepare_cached("UPDATE report SET last_seq = :last_seq WHERE id = :id")?
            .execute(named_params! {":last_seq": last_seq, ":id": report})?;
        Ok(last_seq)
    }

    fn finish(
        &self,
        connection: &Connection,
        at: Moment,
        confirmed_by: &[ObserverCode],
        tally: Option<Tally>,
        finishing: &Finishing<'_>,
        entries: &[NewEntry],
    ) -> Result<Report, StoreError> {
        let id = self.report.id;
        let last_seq = self.append(connection, entries)?;
        let seq_of = |role| {
            (self.head.next_seq..)
                .zip(entries)
                .find(|(_, entry)| entry.role == role)
                .map(|(seq, _)| seq)
        };
        connection
            .prepare_cached(include_str!("../sql/revision/insert.sql"))?
            .execute(named_params! {
                ":report": id.as_bytes(), ":number": finishing.numbering.revision,
                ":seq": seq_of(EntryRole::Revision).ok_or(StoreError::BadEntries)?,
                ":reason": self.report.correction_reason.as_deref().unwrap_or_default(),
                ":at_ms": at.utc_ms, ":at_offset_min": at.offset_min,
                ":confirmed_by": serde_json::to_string(confirmed_by)?,
                ":changed": serde_json::to_string(&changed(finishing.before, finishing.answers))?,
                ":answers": serde_json::to_string(finishing.answers)?,
            })?;
        connection.prepare_cached(include_str!("../sql/report/finish.sql"))?.execute(named_params! {
            ":id": id.as_bytes(), ":revision": finishing.numbering.revision,
            ":open_seq": self.report.open_seq.or_else(|| seq_of(EntryRole::Open)), ":last_seq": last_seq,
            ":at_ms": at.utc_ms, ":at_offset_min": at.offset_min,
            ":applicable": tally.map(|tally| tally.applicable), ":findings": tally.map(|tally| tally.findings),
        })?;
        get_report(connection, id)
    }
}

/// Whether `entries` are those of this finish. What the journal says must be what the draft said:
/// no note may be left behind, and nothing foreign may slip in.
fn check_finish(finishing: &Finishing<'_>, entries: &[NewEntry]) -> Result<(), StoreError> {
    let count = |role| entries.iter().filter(|entry| entry.role == role).count();
    let opens_first = entries
        .first()
        .is_some_and(|entry| entry.role == EntryRole::Open);
    let opens = usize::from(finishing.numbering.open_seq.is_none());
    let known = |hash| {
        finishing
            .attachments
            .iter()
            .any(|Attachment { hash: known, .. }| *known == hash)
    };
    let attachments_known = entries.iter().all(|entry| match entry.role {
        EntryRole::Attachment(hash) => known(hash),
        _ => true,
    });
    let fits = count(EntryRole::Open) == opens
        && opens_first == (opens == 1)
        && count(EntryRole::Revision) == 1
        && count(EntryRole::Finalise) == 1
        && count(EntryRole::Withdraw) == 0
        && attachments_known
        && carries_all(finishing.notes, entries);
    if fits {
        Ok(())
    } else {
        Err(StoreError::BadEntries)
    }
}

/// Whether the note entries carry exactly these notes.
fn carries_all(notes: &[Note], entries: &[NewEntry]) -> bool {
    let wanted: BTreeSet<Uuid> = notes.iter().map(|note| note.id).collect();
    let carried: Vec<Uuid> = entries
        .iter()
        .filter_map(|entry| match entry.role {
            EntryRole::Note(id) => Some(id),
            _ => None,
        })
        .collect();
    carried.len() == wanted.len() && carried.into_iter().collect::<BTreeSet<_>>() == wanted
}

fn changed<'a>(before: &'a Answers, after: &'a Answers) -> Vec<&'a str> {
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    names
        .into_iter()
        .filter(|name| before.get(*name) != after.get(*name))
        .map(String::as_str)
        .collect()
}

fn unsent_notes(connection: &Connection, report: Uuid) -> Result<Vec<Note>, StoreError> {
    let notes = list_notes(connection, report)?;
    Ok(notes
        .into_iter()
        .filter(|note| note.seq.is_none())
        .collect())
}

fn latest_revision(
    connection: &Connection,
    report: Uuid,
    before: Option<u64>,
) -> Result<Option<(u64, Answers)>, StoreError> {
    let row: Option<(u64, String)> = connection
        .prepare_cached(include_str!("../sql/revision/latest.sql"))?
        .query_row(
            named_params! {":report": report.as_bytes(), ":before": before},
            |row| Ok((row.get("seq")?, row.get("answers")?)),
        )
        .optional()?;
    row.map(|(seq, answers)| Ok((seq, serde_json::from_str(&answers)?)))
        .transpose()
}

fn set_state(
    connection: &Connection,
    report: Uuid,
    state: ReportState,
    reason: Option<&str>,
    at: Moment,
) -> Result<(), StoreError> {
    connection
        .prepare_cached(include_str!("../sql/report/set_state.sql"))?
        .execute(named_params! {
            ":id": report.as_bytes(), ":state": state_name(state), ":reason": reason,
            ":at_ms": at.utc_ms, ":at_offset_min": at.offset_min,
        })?;
    Ok(())
}
