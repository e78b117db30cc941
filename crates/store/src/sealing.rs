//! Sealed reports: finished ones whose words are gone from this device, all but the segments that only headquarters can
//! open (`docs/adr/0011-sealing-finished-reports.md`).

use crate::files::{read_if_there, sync_folder_of};
use crate::rows::{get_report, id, refuse_sealed};
use crate::{SealedCopy, Segment, Store, StoreError};
use baqylau_domain::{AttachmentHash, Moment, ReportState};
use rusqlite::{Connection, OptionalExtension, Row, named_params};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::Read;
use std::sync::atomic::Ordering;
use uuid::Uuid;

/// A row of the segments: what its file is called, and what it must hash to.
struct Kept {
    id: i64,
    first_seq: u64,
    count: u32,
    hash: [u8; 32],
}

impl Kept {
    fn of(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            first_seq: row.get("first_seq")?,
            count: row.get("count")?,
            hash: row.get("hash")?,
        })
    }

    fn with(self, sealed: Vec<u8>) -> Segment {
        Segment {
            first_seq: self.first_seq,
            count: self.count,
            sealed,
        }
    }
}

impl Store {
    /// Removes the words of a finished or withdrawn report: bodies of its entries, answers, notes, reasons. Numbers,
    /// hashes, times and states stay. All of it is one transaction, and before it every entry was found in a segment of
    /// the outbox whose file is durable and was read back; the newest one is what is left of the entry from now on.
    ///
    /// Returns after the write-ahead log was emptied too. When that alone fails the report is sealed all the same, and
    /// [`Store::complete_removal`], or opening the store, empties it.
    ///
    /// # Errors
    /// [`StoreError::NotInOutbox`], [`StoreError::NotEditable`] for a draft, a correction or notes that no entry
    /// carries: nothing was removed then. [`StoreError::Sealed`] for what is sealed already.
    pub fn seal_report(&self, report: Uuid, at: Moment) -> Result<(), StoreError> {
        let mut read_back = BTreeMap::new();
        self.write(|tx| {
            let found = get_report(tx, report)?;
            refuse_sealed(&found)?;
            let is_settled = matches!(found.state, ReportState::Finished | ReportState::Withdrawn);
            if !is_settled || has_loose_notes(tx, report)? {
                return Err(StoreError::NotEditable(found.state));
            }
            for seq in entries_of(tx, report)? {
                let segment = self
                    .segment_for(tx, seq, &mut read_back)?
                    .ok_or(StoreError::NotInOutbox { seq })?;
                tx.prepare_cached(
                    "INSERT INTO sealed_entry (seq, segment) VALUES (:seq, :segment)",
                )?
                .execute(named_params! {":seq": seq, ":segment": segment})?;
            }
            remove_words(tx, report, at)?;
            // From the commit on until the log is empty.
            self.log_remembers.store(true, Ordering::Release);
            Ok(())
        })?;
        self.complete_removal()
    }

    /// Empties the write-ahead log if what was removed may still lie in it.
    ///
    /// # Errors
    /// [`StoreError::LogInUse`], or when the disk fails: to be tried again.
    pub fn complete_removal(&self) -> Result<(), StoreError> {
        if self.log_remembers.load(Ordering::Acquire) {
            self.empty_log()?;
            self.log_remembers.store(false, Ordering::Release);
        }
        Ok(())
    }

    /// Numbers of a report's entries, ascending.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn entries_of(&self, report: Uuid) -> Result<Vec<u64>, StoreError> {
        self.read(|tx| entries_of(tx, report))
    }

    /// The newest whole segment of the outbox that holds an entry.
    ///
    /// # Errors
    /// When files or database cannot be read.
    pub fn segment_over(&self, seq: u64) -> Result<Option<Segment>, StoreError> {
        let rows = self.read(|tx| segments_over(tx, seq))?;
        for kept in rows {
            if let Some(sealed) = self.whole(&kept)? {
                return Ok(Some(kept.with(sealed)));
            }
        }
        Ok(None)
    }

    /// What is left of an entry; `None` while its body is in the journal.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn sealed_copy(&self, seq: u64) -> Result<Option<SealedCopy>, StoreError> {
        let row = self.read(|tx| {
            let mut statement = tx.prepare_cached(include_str!("../sql/sealed/copy.sql"))?;
            let row = statement.query_row(named_params! {":seq": seq}, Kept::of);
            Ok(row.optional()?)
        })?;
        let Some(kept) = row else { return Ok(None) };
        let whole = self.whole(&kept);
        self.note_lost(kept.id, !matches!(whole, Ok(Some(_))));
        Ok(Some(match whole? {
            Some(sealed) => SealedCopy::Whole(kept.with(sealed)),
            None => SealedCopy::Lost,
        }))
    }

    /// Sealed reports of which something lies in a segment whose file is damaged or gone, as of opening the store or of
    /// the last use of the file.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn lost_reports(&self) -> Result<BTreeSet<Uuid>, StoreError> {
        let lost = self.lost_segments.lock().clone();
        let mut reports = BTreeSet::new();
        if lost.is_empty() {
            return Ok(reports);
        }
        self.read(|tx| {
            let mut statement = tx.prepare_cached(include_str!("../sql/sealed/reports_in.sql"))?;
            for segment in lost {
                let mut rows = statement.query(named_params! {":segment": segment})?;
                while let Some(row) = rows.next()? {
                    reports.insert(id(row, "report")?);
                }
            }
            Ok(reports)
        })
    }

    /// Removes the bytes of sealed reports' pictures that headquarters has signed for in the epoch that is believed, and
    /// what they were sealed with. How many there were.
    ///
    /// # Errors
    /// As [`Store::seal_report`].
    pub fn remove_held_pictures(&self) -> Result<u32, StoreError> {
        let held = |connection: &Connection| {
            let mut statement =
                connection.prepare_cached(include_str!("../sql/sealed/held_pictures.sql"))?;
            let hashes = statement
                .query_map([], |row| row.get("hash").map(AttachmentHash))?
                .collect::<Result<Vec<_>, _>>()?;
            Ok::<_, StoreError>(hashes)
        };
        if self.read(|tx| held(tx))?.is_empty() {
            return Ok(0);
        }
        let removed = self.write(|tx| {
            let hashes = held(tx)?;
            for AttachmentHash(hash) in &hashes {
                for table in ["attachment_piece", "picture_road"] {
                    tx.execute(
                        &format!("DELETE FROM {table} WHERE hash = :hash"),
                        named_params! {":hash": hash},
                    )?;
                }
            }
            self.log_remembers.store(true, Ordering::Release);
            Ok(u32::try_from(hashes.len()).unwrap_or(u32::MAX))
        })?;
        self.complete_removal()?;
        Ok(removed)
    }

    /// Looks at every file that alone holds sealed entries. What is damaged keeps nobody from the rest of the store.
    pub(crate) fn look_for_lost_segments(&self) -> Result<(), StoreError> {
        let rows: Vec<Kept> = self.read(|tx| {
            let mut statement = tx.prepare_cached(include_str!("../sql/sealed/copies.sql"))?;
            let rows = statement
                .query_map([], Kept::of)?
                .collect::<Result<_, _>>()?;
            Ok(rows)
        })?;
        for kept in rows {
            self.note_lost(kept.id, !matches!(self.whole(&kept), Ok(Some(_))));
        }
        Ok(())
    }

    fn note_lost(&self, segment: i64, is_lost: bool) {
        let mut lost = self.lost_segments.lock();
        if is_lost {
            lost.insert(segment);
        } else {
            lost.remove(&segment);
        }
    }

    /// A segment's bytes, if they are those that were kept.
    fn whole(&self, kept: &Kept) -> Result<Option<Vec<u8>>, StoreError> {
        let sealed = read_if_there(&self.segment_path(kept.first_seq, kept.count, &kept.hash))?;
        Ok(sealed.filter(|sealed| <[u8; 32]>::from(Sha256::digest(sealed)) == kept.hash))
    }

    /// The row of the newest segment that holds an entry, and whose file is durable and reads as it was written.
    fn segment_for(
        &self,
        connection: &Connection,
        seq: u64,
        read_back: &mut BTreeMap<i64, bool>,
    ) -> Result<Option<i64>, StoreError> {
        for kept in segments_over(connection, seq)? {
            let is_whole = match read_back.get(&kept.id) {
                Some(is_whole) => *is_whole,
                None => self.is_durable(&kept)?,
            };
            read_back.insert(kept.id, is_whole);
            if is_whole {
                return Ok(Some(kept.id));
            }
        }
        Ok(None)
    }

    /// It was synced when it was written; that is done again, because from now on there is nothing else.
    fn is_durable(&self, kept: &Kept) -> Result<bool, StoreError> {
        let path = self.segment_path(kept.first_seq, kept.count, &kept.hash);
        let mut file = match File::options().read(true).write(true).open(&path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(false),
            file => file?,
        };
        file.sync_all()?;
        sync_folder_of(&path)?;
        let mut sealed = Vec::new();
        file.read_to_end(&mut sealed)?;
        Ok(<[u8; 32]>::from(Sha256::digest(&sealed)) == kept.hash)
    }
}

fn entries_of(connection: &Connection, report: Uuid) -> Result<Vec<u64>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT seq FROM entry WHERE report = :report ORDER BY seq")?;
    let entries = statement
        .query_map(named_params! {":report": report.as_bytes()}, |row| {
            row.get(0)
        })?
        .collect::<Result<_, _>>()?;
    Ok(entries)
}

fn segments_over(connection: &Connection, seq: u64) -> Result<Vec<Kept>, StoreError> {
    let mut statement =
        connection.prepare_cached(include_str!("../sql/sealed/segments_over.sql"))?;
    let rows = statement
        .query_map(named_params! {":seq": seq}, Kept::of)?
        .collect::<Result<_, _>>()?;
    Ok(rows)
}

fn has_loose_notes(connection: &Connection, report: Uuid) -> Result<bool, StoreError> {
    Ok(connection.query_row(
        "SELECT EXISTS (SELECT 1 FROM note WHERE report = :report AND seq IS NULL)",
        named_params! {":report": report.as_bytes()},
        |row| row.get(0),
    )?)
}

/// The removal itself. What says that it may happen comes first: the schema's own triggers look at it.
fn remove_words(connection: &Connection, report: Uuid, at: Moment) -> Result<(), StoreError> {
    let of_report = named_params! {":report": report.as_bytes()};
    connection.execute(
        include_str!("../sql/sealed/insert_report.sql"),
        named_params! {
            ":report": report.as_bytes(), ":at_ms": at.utc_ms, ":at_offset_min": at.offset_min,
        },
    )?;
    for statement in [
        "UPDATE entry SET body = x'' WHERE report = :report",
        "UPDATE revision SET answers = '{}', changed = '[]', reason = '' WHERE report = :report",
        "UPDATE note SET body = '', question = NULL WHERE report = :report",
        "DELETE FROM draft_answer WHERE report = :report",
        // Pictures that were replaced before the report was finished: no entry names them, and nobody will send them.
        "DELETE FROM attachment_use WHERE report = :report AND seq IS NULL",
    ] {
        connection.execute(statement, of_report)?;
    }
    connection.execute(include_str!("../sql/attachment/delete_unused.sql"), [])?;
    Ok(())
}
