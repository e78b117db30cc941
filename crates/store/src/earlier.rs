//! Journals that ended, and what of them goes on in this one: see `docs/adr/0012-backup-and-earlier-journals.md`.

use crate::backup::{aside_folders, segment_names};
use crate::carried::keep_segments;
use crate::files::{ASIDE, DATABASE, LOCK, OUTBOX, read_if_there};
use crate::keyslots::DatabaseKey;
use crate::restore::open_ended;
use crate::rows::moment;
use crate::{Kept, Store, StoreError};
use baqylau_domain::{DeviceId, Moment, Road};
use baqylau_protocol::Addressee;
use rusqlite::{Connection, OptionalExtension, Transaction, named_params};
use std::collections::BTreeMap;
use std::fs::File;
use uuid::Uuid;
use zeroize::Zeroizing;

/// A journal that ended on this device or came here from a backup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EarlierJournal {
    /// Its folder, as a path below the store's own. It names the time and why the journal ended.
    pub folder: String,
    /// Whose journal it is; `None` until a PIN has opened it.
    pub device: Option<DeviceId>,
    /// When something of it was first taken over.
    pub at: Moment,
}

/// What came over from an earlier journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TakenOver {
    /// Unfinished reports, now drafts here.
    pub drafts: u32,
    /// Of these, those that were corrections of a finished report.
    pub corrections: u32,
}

/// Where a draft came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftOrigin {
    /// The earlier journal's folder.
    pub folder: String,
    /// Its device.
    pub device: Option<DeviceId>,
    /// Above 0: it was begun there as a correction of this revision.
    pub revision: u32,
}

/// That headquarters has seen this journal go on in two ways.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fork {
    /// The code it gave.
    pub code: String,
    /// When this device heard of it.
    pub at: Moment,
}

impl Store {
    /// Journals that something was taken over from, by folder.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn earlier_journals(&self) -> Result<Vec<EarlierJournal>, StoreError> {
        self.read(|tx| {
            let mut statement = tx.prepare_cached(
                "SELECT folder, device, at_ms, at_offset_min FROM earlier ORDER BY folder",
            )?;
            let rows = statement
                .query_map([], |row| {
                    Ok(EarlierJournal {
                        folder: row.get("folder")?,
                        device: row.get::<_, Option<[u8; 16]>>("device")?.map(DeviceId),
                        at: moment(row, "at_ms", "at_offset_min")?,
                    })
                })?
                .collect::<Result<_, _>>()?;
            Ok(rows)
        })
    }

    /// Folders of stores that were set aside or restored and that no PIN has opened for this store yet.
    ///
    /// # Errors
    /// When the folder or the database cannot be read.
    pub fn unopened(&self) -> Result<Vec<String>, StoreError> {
        let opened: Vec<String> = self.earlier_keys()?.into_iter().map(|(it, _)| it).collect();
        let mut folders = aside_folders(&self.dir)?;
        folders.retain(|folder| !opened.contains(folder));
        Ok(folders)
    }

    /// Opens a journal that was taken over. No PIN: this store keeps its key.
    ///
    /// # Errors
    /// [`StoreError::NoEarlier`], or when it cannot be read any more.
    pub fn open_earlier(&self, folder: &str) -> Result<Store, StoreError> {
        let keys = self.earlier_keys()?;
        let (_, key) = keys
            .iter()
            .find(|(it, _)| it == folder)
            .ok_or(StoreError::NoEarlier)?;
        let dir = self.dir.join(folder);
        let lock = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(dir.join(LOCK))?;
        open_ended(&dir, key, lock, false).map_err(|unusable| match unusable {
            crate::database::Unusable::Aside(_) => StoreError::Corrupt,
            crate::database::Unusable::Failed(error) => error,
        })
    }

    /// Takes over what goes on from a journal that ended: its unfinished reports as drafts, once; what its device
    /// carried for others; the count of its visits; and its key, so that its finished reports stay readable. One
    /// transaction; nothing changes in the earlier store. What was taken over before is not taken again.
    ///
    /// # Errors
    /// [`StoreError::NotEnrolled`] when that store was nobody's; a failure of the disk, and then nothing was taken.
    pub fn take_over(
        &self,
        folder: &str,
        earlier: &Store,
        at: Moment,
    ) -> Result<TakenOver, StoreError> {
        let device = earlier.identity()?.ok_or(StoreError::NotEnrolled)?.device;
        let before = earlier.earlier_keys()?;
        self.write_beside(&earlier.dir.join(DATABASE), &earlier.key, |tx| {
            if key_of(tx, folder)?.is_some() {
                return Ok(TakenOver::default());
            }
            keep_journal(tx, folder, Some((device, &earlier.key)), at)?;
            for (name, key) in &before {
                // What lay beside the store that ended came with it in a backup, or lies beside this one still.
                let nested = format!("{folder}/{name}");
                let is_nested = self.dir.join(&nested).is_dir();
                self.keep_nested(tx, if is_nested { &nested } else { name }, name, key)?;
            }
            take(tx, folder)
        })
    }

    fn keep_nested(
        &self,
        tx: &Transaction<'_>,
        folder: &str,
        name: &str,
        key: &DatabaseKey,
    ) -> Result<(), StoreError> {
        if !self.dir.join(folder).is_dir() {
            return Ok(());
        }
        tx.execute(
            include_str!("../sql/earlier/take_journal.sql"),
            named_params! {
                ":folder": folder, ":name": name, ":database_key": key.as_slice(),
            },
        )?;
        for sql in [
            include_str!("../sql/earlier/take_segments.sql"),
            include_str!("../sql/earlier/take_nested_visits.sql"),
        ] {
            tx.execute(sql, named_params! {":folder": folder, ":name": name})?;
        }
        Ok(())
    }

    /// Takes sealed segments of an earlier journal over, to bring them to headquarters like anybody's.
    ///
    /// # Errors
    /// [`StoreError::CarriedFull`]; then none was taken.
    pub fn take_over_segments(
        &self,
        folder: &str,
        sealed: &[Vec<u8>],
        label: Option<&str>,
        at: Moment,
    ) -> Result<Kept, StoreError> {
        self.write(|tx| {
            keep_journal(tx, folder, None, at)?;
            let kept = keep_segments(tx, sealed, label, Road::File, at)?;
            let mut statement = tx.prepare_cached(
                "INSERT INTO earlier_segment (folder, hash) VALUES (:folder, :hash) ON CONFLICT DO NOTHING",
            )?;
            for sealed in sealed {
                let hash = baqylau_protocol::segment_hash(sealed);
                statement.execute(named_params! {":folder": folder, ":hash": hash})?;
            }
            Ok(kept)
        })
    }

    /// The same for the sealed segments that lie in the folder of a store set aside. It needs no key, so it works for
    /// a store that nothing opens any more; headquarters has some of them already, which costs nothing. Does nothing
    /// for a folder that was looked into before.
    ///
    /// # Errors
    /// As [`Store::take_over_segments`], or when a file cannot be read.
    pub fn take_over_outbox(&self, folder: &str, at: Moment) -> Result<Kept, StoreError> {
        if self
            .earlier_journals()?
            .iter()
            .any(|it| it.folder == folder)
        {
            return Ok(Kept::default());
        }
        let dir = self.dir.join(folder);
        let mut sealed = Vec::new();
        for name in segment_names(&dir)? {
            sealed.extend(read_if_there(&dir.join(OUTBOX).join(name))?);
        }
        self.take_over_segments(folder, &sealed, None, at)
    }

    /// Headquarters' verdicts on segments taken over from this journal, by their hashes; those without one are left out.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn earlier_verdicts(&self, folder: &str) -> Result<BTreeMap<[u8; 32], String>, StoreError> {
        self.read(|tx| {
            let mut statement = tx.prepare_cached(include_str!("../sql/earlier/verdicts.sql"))?;
            let verdicts = statement
                .query_map(named_params! {":folder": folder}, |row| {
                    Ok((row.get("hash")?, row.get("verdict")?))
                })?
                .collect::<Result<_, _>>()?;
            Ok(verdicts)
        })
    }

    /// How many drafts came from this journal, those finished or thrown away since among them.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn drafts_from(&self, folder: &str) -> Result<u32, StoreError> {
        self.read(|tx| {
            Ok(tx
                .prepare_cached("SELECT count(*) FROM earlier_draft WHERE folder = :folder")?
                .query_row(named_params! {":folder": folder}, |row| row.get(0))?)
        })
    }

    /// The newest envelope that is carried for an addressee.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn carried_envelope(&self, addressee: &Addressee) -> Result<Option<Vec<u8>>, StoreError> {
        self.read(|tx| {
            Ok(tx
                .prepare_cached("SELECT body FROM carried_envelope WHERE addressee = :addressee")?
                .query_row(named_params! {":addressee": addressee.0}, |row| row.get(0))
                .optional()?)
        })
    }

    /// Where a draft came from; `None`: it was begun here.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn draft_origin(&self, report: Uuid) -> Result<Option<DraftOrigin>, StoreError> {
        self.read(|tx| {
            let origin = tx
                .prepare_cached(include_str!("../sql/earlier/draft_origin.sql"))?
                .query_row(named_params! {":report": report.as_bytes()}, |row| {
                    Ok(DraftOrigin {
                        folder: row.get("folder")?,
                        device: row.get::<_, Option<[u8; 16]>>("device")?.map(DeviceId),
                        revision: row.get("revision")?,
                    })
                })
                .optional()?;
            Ok(origin)
        })
    }

    /// Remembers that this journal forked; the first word stands.
    ///
    /// # Errors
    /// When it could not be made durable.
    pub fn note_fork(&self, code: &str, at: Moment) -> Result<(), StoreError> {
        self.write(|tx| {
            tx.execute(
                "INSERT INTO fork (id, code, at_ms, at_offset_min) VALUES (1, :code, :at_ms, :at_offset_min) ON CONFLICT DO NOTHING",
                named_params! {":code": code, ":at_ms": at.utc_ms, ":at_offset_min": at.offset_min},
            )?;
            Ok(())
        })
    }

    /// Whether this journal forked. Then another must begin: nothing appended here is counted any more.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn fork(&self) -> Result<Option<Fork>, StoreError> {
        self.read(|tx| {
            let fork = tx
                .query_row("SELECT code, at_ms, at_offset_min FROM fork", [], |row| {
                    Ok(Fork {
                        code: row.get("code")?,
                        at: moment(row, "at_ms", "at_offset_min")?,
                    })
                })
                .optional()?;
            Ok(fork)
        })
    }

    pub(crate) fn earlier_keys(&self) -> Result<Vec<(String, DatabaseKey)>, StoreError> {
        self.read(|tx| {
            let mut statement = tx.prepare_cached(
                "SELECT folder, database_key FROM earlier WHERE database_key IS NOT NULL ORDER BY folder",
            )?;
            let keys = statement
                .query_map([], |row| Ok((row.get(0)?, Zeroizing::new(row.get(1)?))))?
                .collect::<Result<_, _>>()?;
            Ok(keys)
        })
    }
}

/// Whether a path names a folder of a store that was set aside, and nothing else on this machine.
pub(crate) fn is_aside(folder: &str) -> bool {
    let parts: Vec<&str> = folder.split('/').collect();
    parts.len().is_multiple_of(2)
        && parts.chunks(2).all(|pair| {
            pair[0] == ASIDE
                && !pair[1].is_empty()
                && !pair[1].starts_with('.')
                && !pair[1].contains('\\')
        })
}

fn key_of(connection: &Connection, folder: &str) -> Result<Option<[u8; 32]>, StoreError> {
    let key: Option<Option<[u8; 32]>> = connection
        .prepare_cached("SELECT database_key FROM earlier WHERE folder = :folder")?
        .query_row(named_params! {":folder": folder}, |row| row.get(0))
        .optional()?;
    Ok(key.flatten())
}

fn keep_journal(
    tx: &Transaction<'_>,
    folder: &str,
    opened: Option<(DeviceId, &DatabaseKey)>,
    at: Moment,
) -> Result<(), StoreError> {
    tx.prepare_cached(include_str!("../sql/earlier/insert.sql"))?
        .execute(named_params! {
            ":folder": folder, ":device": opened.map(|(device, _)| device.0),
            ":database_key": opened.map(|(_, key)| key.as_slice()),
            ":at_ms": at.utc_ms, ":at_offset_min": at.offset_min,
        })?;
    Ok(())
}

/// Copies from the attached database; `coming` are the reports on their way.
fn take(tx: &Transaction<'_>, folder: &str) -> Result<TakenOver, StoreError> {
    tx.execute(
        include_str!("../sql/earlier/take_drafts.sql"),
        named_params! {":folder": folder},
    )?;
    tx.execute(
        include_str!("../sql/earlier/take_visits.sql"),
        named_params! {":folder": folder},
    )?;
    tx.execute_batch("DROP TABLE IF EXISTS temp.coming")?;
    tx.execute(
        "CREATE TEMP TABLE coming AS SELECT report AS value, revision FROM main.earlier_draft WHERE folder = :folder",
        named_params! {":folder": folder},
    )?;
    for sql in [
        include_str!("../sql/earlier/take_reports.sql"),
        include_str!("../sql/earlier/take_answers.sql"),
        include_str!("../sql/earlier/take_notes.sql"),
        include_str!("../sql/earlier/take_pictures.sql"),
        include_str!("../sql/earlier/take_pieces.sql"),
        include_str!("../sql/earlier/take_uses.sql"),
        include_str!("../sql/earlier/take_forms.sql"),
        include_str!("../sql/earlier/take_carried.sql"),
        include_str!("../sql/earlier/take_carried_pictures.sql"),
        include_str!("../sql/earlier/take_envelopes.sql"),
    ] {
        tx.execute(sql, [])?;
    }
    let taken = tx.query_row(
        "SELECT count(*), count(*) FILTER (WHERE revision > 0) FROM temp.coming",
        [],
        |row| {
            Ok(TakenOver {
                drafts: row.get(0)?,
                corrections: row.get(1)?,
            })
        },
    )?;
    tx.execute_batch("DROP TABLE temp.coming")?;
    Ok(taken)
}
