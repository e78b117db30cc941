//! What this device carries for others: sealed segments on their way to headquarters, receipts on their way back.

use crate::rows::moment;
use crate::{Store, StoreError};
use baqylau_domain::{Moment, Road};
use baqylau_protocol::{Addressee, segment_hash};
use rusqlite::{OptionalExtension, Row, Transaction, named_params};

/// Segments that one device carries for others at most, headquarters' verdicts about earlier ones not counted.
pub const CARRIED_SEGMENTS: u64 = 3_500;
/// Bytes of these together.
pub const CARRIED_BYTES: u64 = 48 * 1024 * 1024;
/// Devices whose receipts are carried at most.
const CARRIED_ENVELOPES: u64 = 16_000;

/// A segment carried for somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CarriedSegment {
    /// SHA-256 of its bytes.
    pub hash: [u8; 32],
    /// Its bytes.
    pub sealed: Vec<u8>,
}

/// Headquarters' receipt for another device in its envelope, whose signature the caller has checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CarriedEnvelope {
    /// For whom, as far as a carrier can tell.
    pub addressee: Addressee,
    /// The epoch that the receipt is of.
    pub server_epoch: u64,
    /// Leaves in headquarters' log then.
    pub log_size: u64,
    /// As signed.
    pub bytes: Vec<u8>,
}

/// What became of segments that were offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Kept {
    /// Taken to be carried; also what headquarters had judged before and its author offers again.
    pub new: u32,
    /// Carried already.
    pub known: u32,
    /// This device's own, come back.
    pub own: u32,
}

/// What is carried, in figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Carrying {
    /// Segments ever taken over.
    pub segments: u32,
    /// Their bytes.
    pub bytes: u64,
    /// Of these, those that headquarters has not judged.
    pub waiting: u32,
    /// The bytes of those.
    pub waiting_bytes: u64,
    /// Of those that wait, how many were also handed on to another carrier.
    pub handed_on: u32,
    /// Those that this device brought to headquarters.
    pub delivered: u32,
    /// Pictures of which headquarters has not said what became of them.
    pub waiting_pictures: u32,
    /// The bytes of those.
    pub waiting_picture_bytes: u64,
    /// Pictures that this device brought to headquarters.
    pub delivered_pictures: u32,
    /// Receipts to bring back.
    pub receipts: u32,
}

/// What was taken over from whom, by the label that the holder chose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LabelRow {
    /// The label; `None`: none was given.
    pub label: Option<String>,
    /// Segments taken over.
    pub segments: u32,
    /// Pictures taken over.
    pub pictures: u32,
    /// The bytes of both.
    pub bytes: u64,
    /// Segments not yet judged by headquarters.
    pub waiting: u32,
    /// Of these, handed on.
    pub handed_on: u32,
    /// Segments brought to headquarters.
    pub delivered: u32,
    /// Pictures of which headquarters has not said what became of them.
    pub waiting_pictures: u32,
    /// When one of either was last taken over.
    pub last_at: Moment,
}

/// Headquarters' verdict on a carried segment, by its stable code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivered {
    /// The segment.
    pub hash: [u8; 32],
    /// `accepted`, `duplicate`, `parked`, or why not.
    pub verdict: String,
}

impl Store {
    /// Takes segments over to carry them, all or none; what is known already changes nothing.
    ///
    /// # Errors
    /// [`StoreError::CarriedFull`]; then none was taken.
    pub fn carry_segments(
        &self,
        sealed: &[Vec<u8>],
        label: Option<&str>,
        road: Road,
        at: Moment,
    ) -> Result<Kept, StoreError> {
        self.write(|tx| keep_segments(tx, sealed, label, road, at))
    }

    /// Segments carried that headquarters has not judged, oldest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn carried_segments(&self) -> Result<Vec<CarriedSegment>, StoreError> {
        self.read(|tx| {
            let mut statement = tx.prepare_cached(
                "SELECT hash, sealed FROM carried_segment WHERE verdict IS NULL ORDER BY at_ms, rowid",
            )?;
            let segments = statement
                .query_map([], |row| {
                    Ok(CarriedSegment {
                        hash: row.get("hash")?,
                        sealed: row.get("sealed")?,
                    })
                })?
                .collect::<Result<_, _>>()?;
            Ok(segments)
        })
    }

    /// The hashes of all segments ever taken over, the latest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn carried_hashes(&self) -> Result<Vec<[u8; 32]>, StoreError> {
        self.read(|tx| {
            let mut statement = tx.prepare_cached(
                "SELECT hash FROM carried_segment ORDER BY at_ms DESC, rowid DESC",
            )?;
            let hashes = statement
                .query_map([], |row| row.get(0))?
                .collect::<Result<_, _>>()?;
            Ok(hashes)
        })
    }

    /// Headquarters has judged carried segments: the bytes of those go, and the verdict stays.
    ///
    /// # Errors
    /// When it could not be made durable.
    pub fn note_delivered(&self, verdicts: &[Delivered], at: Moment) -> Result<(), StoreError> {
        self.write(|tx| {
            for Delivered { hash, verdict } in verdicts {
                tx.prepare_cached(include_str!("../sql/carried_segment/deliver.sql"))?
                    .execute(named_params! {
                        ":hash": hash, ":verdict": verdict,
                        ":at_ms": at.utc_ms, ":at_offset_min": at.offset_min,
                    })?;
            }
            Ok(())
        })
    }

    /// Carried segments and pictures went on, to another carrier (`to`: its team) or to a file.
    ///
    /// # Errors
    /// When it could not be made durable.
    pub fn note_handed_on(
        &self,
        hashes: &[[u8; 32]],
        road: Road,
        to: Option<&str>,
        at: Moment,
    ) -> Result<(), StoreError> {
        self.write(|tx| {
            for hash in hashes {
                hand_on(tx, hash, road, to, at)?;
            }
            Ok(())
        })
    }

    /// Keeps envelopes to bring them back, each in the place of an older one for the same addressee; returns how many were
    /// news. `road`: `None` is headquarters itself.
    ///
    /// # Errors
    /// [`StoreError::CarriedFull`], or when it could not be made durable.
    pub fn carry_envelopes(
        &self,
        envelopes: &[CarriedEnvelope],
        road: Option<Road>,
        at: Moment,
    ) -> Result<u32, StoreError> {
        self.write(|tx| {
            let mut new = 0;
            for envelope in envelopes {
                let changed = tx
                    .prepare_cached(include_str!("../sql/carried_envelope/upsert.sql"))?
                    .execute(named_params! {
                        ":addressee": envelope.addressee.0, ":server_epoch": envelope.server_epoch,
                        ":log_size": envelope.log_size, ":body": envelope.bytes,
                        ":road": road.map_or("headquarters", Road::as_str),
                        ":at_ms": at.utc_ms, ":at_offset_min": at.offset_min,
                    })?;
                new += u32::try_from(changed).unwrap_or(0);
            }
            if new > 0 {
                // Those for pictures make room: one for a journal covers all of it, and its device has pictures to ask for.
                tx.prepare_cached(include_str!("../sql/carried_envelope/make_room.sql"))?
                    .execute(named_params! {":most": CARRIED_ENVELOPES})?;
            }
            if new > 0 && u64::from(carrying(tx)?.receipts) > CARRIED_ENVELOPES {
                return Err(StoreError::CarriedFull);
            }
            Ok(new)
        })
    }

    /// Envelopes to bring back, as signed: those of pictures after those of journals, and of both those first that came last.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn carried_envelopes(&self) -> Result<Vec<Vec<u8>>, StoreError> {
        self.read(|tx| {
            let mut statement = tx.prepare_cached(
                "SELECT body FROM carried_envelope ORDER BY log_size = 0, at_ms DESC, addressee",
            )?;
            let envelopes = statement
                .query_map([], |row| row.get(0))?
                .collect::<Result<_, _>>()?;
            Ok(envelopes)
        })
    }

    /// What is carried, in figures.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn carrying(&self) -> Result<Carrying, StoreError> {
        self.read(carrying)
    }

    /// What was taken over, by label.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn carried_by_label(&self) -> Result<Vec<LabelRow>, StoreError> {
        self.read(|tx| {
            let mut statement =
                tx.prepare_cached(include_str!("../sql/carried_segment/by_label.sql"))?;
            let rows = statement
                .query_map([], label_row)?
                .collect::<Result<_, _>>()?;
            Ok(rows)
        })
    }
}

/// Segments and pictures of this device, or that it carries, which a word is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Concerned {
    /// Segments.
    pub segments: u32,
    /// Pictures.
    pub pictures: u32,
}

/// Notes where a carried segment or picture went on to, if it is one.
pub(crate) fn hand_on(
    tx: &Transaction<'_>,
    hash: &[u8; 32],
    road: Road,
    to: Option<&str>,
    at: Moment,
) -> Result<Concerned, StoreError> {
    let handed = |sql| -> Result<u32, StoreError> {
        let rows = tx.prepare_cached(sql)?.execute(named_params! {
            ":hash": hash, ":road": road.as_str(), ":to": to,
            ":at_ms": at.utc_ms, ":at_offset_min": at.offset_min,
        })?;
        Ok(u32::try_from(rows).unwrap_or(u32::MAX))
    };
    Ok(Concerned {
        segments: handed(include_str!("../sql/carried_segment/hand_on.sql"))?,
        pictures: handed(include_str!("../sql/carried_picture/hand_on.sql"))?,
    })
}

/// Takes segments over inside a transaction.
pub(crate) fn keep_segments(
    tx: &Transaction<'_>,
    sealed: &[Vec<u8>],
    label: Option<&str>,
    road: Road,
    at: Moment,
) -> Result<Kept, StoreError> {
    let mut kept = Kept::default();
    for sealed in sealed {
        let hash = segment_hash(sealed);
        if is_there(tx, "SELECT 1 FROM segment WHERE hash = :hash", &hash)? {
            kept.own += 1;
        } else if !is_there(
            tx,
            "SELECT 1 FROM carried_segment WHERE hash = :hash",
            &hash,
        )? {
            tx.prepare_cached(include_str!("../sql/carried_segment/insert.sql"))?
                .execute(named_params! {
                    ":hash": hash, ":bytes": sealed.len() as u64, ":sealed": sealed, ":label": label,
                    ":road": road.as_str(), ":at_ms": at.utc_ms, ":at_offset_min": at.offset_min,
                })?;
            kept.new += 1;
        } else if again(tx, &hash, sealed)? {
            kept.new += 1;
        } else {
            kept.known += 1;
        }
    }
    let now = carrying(tx)?;
    let is_over = u64::from(now.waiting) > CARRIED_SEGMENTS || now.waiting_bytes > CARRIED_BYTES;
    if kept.new > 0 && is_over {
        return Err(StoreError::CarriedFull);
    }
    Ok(kept)
}

fn label_row(row: &Row<'_>) -> rusqlite::Result<LabelRow> {
    Ok(LabelRow {
        label: row.get("label")?,
        segments: row.get("segments")?,
        pictures: row.get("pictures")?,
        bytes: row.get("bytes")?,
        waiting: row.get("waiting")?,
        handed_on: row.get("handed_on")?,
        delivered: row.get("delivered")?,
        waiting_pictures: row.get("waiting_pictures")?,
        last_at: moment(row, "at_ms", "at_offset_min")?,
    })
}

fn carrying(tx: &Transaction<'_>) -> Result<Carrying, StoreError> {
    Ok(tx
        .prepare_cached(include_str!("../sql/carried_segment/totals.sql"))?
        .query_row([], |row| {
            Ok(Carrying {
                segments: row.get("segments")?,
                bytes: row.get("bytes")?,
                waiting: row.get("waiting")?,
                waiting_bytes: row.get("waiting_bytes")?,
                handed_on: row.get("handed_on")?,
                delivered: row.get("delivered")?,
                waiting_pictures: row.get("waiting_pictures")?,
                waiting_picture_bytes: row.get("waiting_picture_bytes")?,
                delivered_pictures: row.get("delivered_pictures")?,
                receipts: row.get("receipts")?,
            })
        })?)
}

fn again(tx: &Transaction<'_>, hash: &[u8; 32], sealed: &[u8]) -> Result<bool, StoreError> {
    let changed = tx
        .prepare_cached(include_str!("../sql/carried_segment/again.sql"))?
        .execute(named_params! {":hash": hash, ":sealed": sealed})?;
    Ok(changed > 0)
}

fn is_there(tx: &Transaction<'_>, sql: &str, hash: &[u8; 32]) -> Result<bool, StoreError> {
    let found: Option<i64> = tx
        .prepare_cached(sql)?
        .query_row(named_params! {":hash": hash}, |row| row.get(0))
        .optional()?;
    Ok(found.is_some())
}
