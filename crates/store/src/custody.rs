//! In whose hands this device's own entries are. Never a word about headquarters.

use crate::carried::{Concerned, hand_on};
use crate::delivery::held_upto;
use crate::rows::moment;
use crate::{Report, Store, StoreError, carried_pictures};
use baqylau_domain::{DeliveryState, Moment, Road, TeamCode};
use baqylau_protocol::segment_hash;
use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params};

/// A carrier's signed word, its signature and certificate checked by the caller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Custody {
    /// The carrier's team.
    pub carrier: TeamCode,
    /// What it signed.
    pub statement: Vec<u8>,
    /// Its certificate.
    pub certificate: Vec<u8>,
    /// The segments and pictures it names.
    pub segments: Vec<[u8; 32]>,
}

/// One hand-over of this device's own entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustodyNote {
    /// The carrier's team; `None`: a file.
    pub carrier: Option<TeamCode>,
    /// The road.
    pub road: Road,
    /// Segments.
    pub segments: u32,
    /// Entries in them.
    pub entries: u64,
    /// Pictures.
    pub pictures: u32,
    /// When.
    pub at: Moment,
}

impl Store {
    /// Keeps a carrier's word as far as it concerns this device: its own segments and pictures are in the carrier's hands,
    /// those it carried were handed on. Returns how many of them it names; a word about nothing of this device is not kept.
    ///
    /// # Errors
    /// When it could not be made durable.
    pub fn record_custody(
        &self,
        custody: &Custody,
        road: Road,
        at: Moment,
    ) -> Result<Concerned, StoreError> {
        self.write(|tx| {
            let mut concerned = Concerned::default();
            let statement = segment_hash(&custody.statement);
            for hash in &custody.segments {
                if let Some((first_seq, count)) = own(tx, hash)? {
                    let carrier = custody.carrier.as_str();
                    // The same carrier says the same in other words every time it is asked: once is enough.
                    if !is_entered(tx, first_seq, count, carrier)? {
                        keep_statement(tx, custody, &statement, at)?;
                        enter(tx, first_seq, count, road, carrier, Some(&statement), at)?;
                    }
                    concerned.segments += 1;
                } else if let Some(picture) = carried_pictures::own(tx, hash)? {
                    let carrier = custody.carrier.as_str();
                    if !carried_pictures::is_entered(tx, &picture, carrier)? {
                        keep_statement(tx, custody, &statement, at)?;
                        let said = Some(&statement);
                        carried_pictures::enter(tx, &picture, road, carrier, said, at)?;
                    }
                    concerned.pictures += 1;
                }
                let handed = hand_on(tx, hash, road, Some(custody.carrier.as_str()), at)?;
                concerned.segments += handed.segments;
                concerned.pictures += handed.pictures;
            }
            Ok(concerned)
        })
    }

    /// Own segments and pictures lie on a file that was read back and was right.
    ///
    /// # Errors
    /// When it could not be made durable.
    pub fn record_on_file(&self, hashes: &[[u8; 32]], at: Moment) -> Result<(), StoreError> {
        self.write(|tx| {
            for hash in hashes {
                if let Some((first_seq, count)) = own(tx, hash)? {
                    enter(tx, first_seq, count, Road::File, "", None, at)?;
                } else if let Some(picture) = carried_pictures::own(tx, hash)? {
                    carried_pictures::enter(tx, &picture, Road::File, "", None, at)?;
                }
            }
            Ok(())
        })
    }

    /// Hand-overs of this device's own entries, the latest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn custody_notes(&self) -> Result<Vec<CustodyNote>, StoreError> {
        self.read(|tx| {
            let mut statement = tx.prepare_cached(include_str!("../sql/custody/list.sql"))?;
            let notes = statement
                .query_map([], |row| {
                    Ok(CustodyNote {
                        carrier: carrier(row)?,
                        road: road(row)?,
                        segments: row.get("segments")?,
                        entries: row.get("entries")?,
                        pictures: row.get("pictures")?,
                        at: moment(row, "at_ms", "at_offset_min")?,
                    })
                })?
                .collect::<Result<_, _>>()?;
            Ok(notes)
        })
    }
}

/// In whose hands a report is that headquarters does not hold.
pub(crate) fn in_other_hands(
    tx: &Connection,
    report: &Report,
    last_seq: u64,
) -> Result<Option<DeliveryState>, StoreError> {
    let params = named_params! {
        ":report": report.id.as_bytes(), ":last_seq": last_seq, ":held_upto": held_upto(tx)?,
    };
    Ok(tx
        .prepare_cached(include_str!("../sql/custody/of_report.sql"))?
        .query_row(params, |row| {
            Ok(DeliveryState::Carried {
                by: carrier(row)?,
                road: road(row)?,
                at: moment(row, "at_ms", "at_offset_min")?,
            })
        })
        .optional()?)
}

pub(crate) fn carrier(row: &Row<'_>) -> rusqlite::Result<Option<TeamCode>> {
    let name: String = row.get("carrier")?;
    Ok(Some(name).filter(|name| !name.is_empty()).map(TeamCode))
}

pub(crate) fn road(row: &Row<'_>) -> rusqlite::Result<Road> {
    let name: String = row.get("road")?;
    [Road::File, Road::Codes, Road::Network]
        .into_iter()
        .find(|road| road.as_str() == name)
        .ok_or_else(|| {
            let index = row.as_ref().column_index("road").unwrap_or(0);
            rusqlite::Error::InvalidColumnType(index, "road".to_owned(), Type::Text)
        })
}

fn own(tx: &Transaction<'_>, hash: &[u8; 32]) -> Result<Option<(u64, u32)>, StoreError> {
    Ok(tx
        .prepare_cached("SELECT first_seq, count FROM segment WHERE hash = :hash")?
        .query_row(named_params! {":hash": hash}, |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?)
}

fn is_entered(
    tx: &Transaction<'_>,
    first_seq: u64,
    count: u32,
    carrier: &str,
) -> Result<bool, StoreError> {
    let params = named_params! {":first_seq": first_seq, ":count": count, ":carrier": carrier};
    Ok(tx
        .prepare_cached(include_str!("../sql/custody/is_entered.sql"))?
        .exists(params)?)
}

fn keep_statement(
    tx: &Transaction<'_>,
    custody: &Custody,
    hash: &[u8; 32],
    at: Moment,
) -> Result<(), StoreError> {
    tx.prepare_cached(include_str!("../sql/custody/insert_statement.sql"))?
        .execute(named_params! {
            ":hash": hash, ":carrier": custody.carrier.as_str(), ":body": custody.statement,
            ":certificate": custody.certificate, ":at_ms": at.utc_ms, ":at_offset_min": at.offset_min,
        })?;
    Ok(())
}

fn enter(
    tx: &Transaction<'_>,
    first_seq: u64,
    count: u32,
    road: Road,
    carrier: &str,
    statement: Option<&[u8; 32]>,
    at: Moment,
) -> Result<(), StoreError> {
    tx.prepare_cached(include_str!("../sql/custody/insert.sql"))?
        .execute(named_params! {
            ":first_seq": first_seq, ":count": count, ":road": road.as_str(), ":carrier": carrier,
            ":statement": statement, ":at_ms": at.utc_ms, ":at_offset_min": at.offset_min,
        })?;
    Ok(())
}
