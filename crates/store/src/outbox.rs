//! Sealed segments as immutable files: what travels, and what a lost database can be rebuilt from.

use crate::files::{OUTBOX, make_folder, read_if_there, write_atomically};
use crate::{Segment, Store, StoreError};
use baqylau_domain::Moment;
use data_encoding::HEXLOWER;
use rusqlite::named_params;
use sha2::{Digest, Sha256};
use std::fs;
use std::io;
use std::path::PathBuf;

impl Store {
    /// Keeps a sealed segment: the file first, synced, then the row that names it.
    ///
    /// # Errors
    /// When it could not be made durable.
    pub fn put_segment(&self, segment: &Segment, at: Moment) -> Result<(), StoreError> {
        let hash: [u8; 32] = Sha256::digest(&segment.sealed).into();
        let path = self.segment_path(segment.first_seq, segment.count, &hash);
        make_folder(&self.dir.join(OUTBOX))?;
        write_atomically(&path, &segment.sealed)?;
        self.write(|tx| {
            tx.prepare_cached(include_str!("../sql/segment/insert.sql"))?
                .execute(named_params! {
                    ":first_seq": segment.first_seq, ":count": segment.count, ":hash": hash,
                    ":at_ms": at.utc_ms, ":at_offset_min": at.offset_min,
                })?;
            Ok(())
        })
    }

    /// Sealed segments that hold `from_seq` or later entries, in order. A file that is missing or
    /// damaged is left out: that run is to be sealed again from the journal.
    ///
    /// # Errors
    /// When files or database cannot be read.
    pub fn segments(&self, from_seq: u64) -> Result<Vec<Segment>, StoreError> {
        let rows: Vec<(u64, u32, [u8; 32])> = self.read(|tx| {
            let mut statement = tx.prepare_cached(include_str!("../sql/segment/list.sql"))?;
            let rows = statement
                .query_map(named_params! {":from_seq": from_seq}, |row| {
                    Ok((row.get("first_seq")?, row.get("count")?, row.get("hash")?))
                })?
                .collect::<Result<_, _>>()?;
            Ok(rows)
        })?;
        let mut segments = Vec::with_capacity(rows.len());
        for (first_seq, count, hash) in rows {
            let sealed = read_if_there(&self.segment_path(first_seq, count, &hash))?;
            let whole = sealed.filter(|sealed| <[u8; 32]>::from(Sha256::digest(sealed)) == hash);
            segments.extend(whole.map(|sealed| Segment {
                first_seq,
                count,
                sealed,
            }));
        }
        Ok(segments)
    }

    /// Holds the outbox against the journal: entries are sealed after they are appended, so an outbox that knows of
    /// later ones belongs to a journal that has lost its end, or to another. Going on from there would be a fork.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`].
    pub(crate) fn verify_outbox(&self) -> Result<(), StoreError> {
        let files = match fs::read_dir(self.dir.join(OUTBOX)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            files => files?,
        };
        let next_seq = match self.head() {
            Err(StoreError::NotEnrolled) => 1,
            head => head?.next_seq,
        };
        for file in files {
            let name = file?.file_name();
            if name
                .to_str()
                .and_then(end_of)
                .is_some_and(|end| end > next_seq)
            {
                return Err(StoreError::Corrupt);
            }
        }
        Ok(())
    }

    pub(crate) fn segment_path(&self, first_seq: u64, count: u32, hash: &[u8; 32]) -> PathBuf {
        let name = format!(
            "{first_seq:08}-{count:03}-{}.seg",
            HEXLOWER.encode(&hash[..8])
        );
        self.dir.join(OUTBOX).join(name)
    }
}

/// The number after the last entry of a segment, by its file's name; `None` for what is no segment.
fn end_of(name: &str) -> Option<u64> {
    let mut parts = name.strip_suffix(".seg")?.split('-');
    let first_seq: u64 = parts.next()?.parse().ok()?;
    let count: u64 = parts.next()?.parse().ok()?;
    first_seq.checked_add(count)
}
