//! The journal: entries appended in order, each chained to the one before.

use crate::{Entry, Head, NewEntry, Store, StoreError};
use baqylau_domain::FormId;
use baqylau_protocol::{Chain, ChainHash};
use rusqlite::{Connection, OptionalExtension, named_params};
use uuid::Uuid;

impl Store {
    /// The journal's end.
    ///
    /// # Errors
    /// [`StoreError::NotEnrolled`].
    pub fn head(&self) -> Result<Head, StoreError> {
        self.read(|tx| head(tx))
    }

    /// The chain's hash after entry `seq` (0: genesis); `None` beyond the journal's end.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn hash_at(&self, seq: u64) -> Result<Option<[u8; 32]>, StoreError> {
        self.read(|tx| hash_at(tx, seq))
    }

    /// Entries from `from_seq`, at most `limit`.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn entries(&self, from_seq: u64, limit: u32) -> Result<Vec<Entry>, StoreError> {
        self.read(|tx| {
            let mut statement = tx.prepare_cached(
                "SELECT seq, report, body, hash FROM entry WHERE seq >= :from_seq ORDER BY seq LIMIT :limit",
            )?;
            let entries = statement
                .query_map(named_params! {":from_seq": from_seq, ":limit": limit}, |row| {
                    Ok(Entry {
                        seq: row.get("seq")?,
                        report: crate::rows::id(row, "report")?,
                        bytes: row.get("body")?,
                        hash: row.get("hash")?,
                    })
                })?
                .collect::<Result<_, _>>()?;
            Ok(entries)
        })
    }

    /// The form of each entry's report, of the entries from `from_seq` on, ascending.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn forms_from(&self, from_seq: u64) -> Result<Vec<(u64, FormId)>, StoreError> {
        const SQL: &str =
            "SELECT entry.seq, report.form FROM entry JOIN report ON report.id = entry.report
                           WHERE entry.seq >= :from_seq ORDER BY entry.seq";
        self.read(|tx| {
            let mut statement = tx.prepare_cached(SQL)?;
            let forms = statement.query_map(named_params! {":from_seq": from_seq}, |row| {
                Ok((row.get(0)?, FormId(row.get(1)?)))
            })?;
            Ok(forms.collect::<Result<_, _>>()?)
        })
    }

    /// Recomputes the whole chain. Where a report is sealed it goes on from the hash that was kept: that is the chain's
    /// value after the entry, and every entry whose body is there must still fit between its neighbours.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when an entry is missing or does not fit.
    pub fn verify_journal(&self) -> Result<(), StoreError> {
        self.read(|tx| {
            let Some(genesis) = hash_at(tx, 0)? else {
                let entries: u64 =
                    tx.query_row("SELECT count(*) FROM entry", [], |row| row.get(0))?;
                return if entries == 0 {
                    Ok(())
                } else {
                    Err(StoreError::Corrupt)
                };
            };
            let mut chain = Chain {
                seq: 0,
                hash: ChainHash(genesis),
            };
            let mut statement = tx.prepare(include_str!("../sql/entry/chain.sql"))?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let body = row.get_ref("body")?;
                let body = body.as_blob().map_err(rusqlite::Error::from)?;
                let kept = ChainHash(row.get("hash")?);
                let is_sealed: bool = row.get("is_sealed")?;
                if is_sealed != body.is_empty() {
                    return Err(StoreError::Corrupt);
                }
                chain = if is_sealed {
                    Chain {
                        seq: chain.seq + 1,
                        hash: kept,
                    }
                } else {
                    chain.next(body)
                };
                if row.get::<_, u64>("seq")? != chain.seq || kept != chain.hash {
                    return Err(StoreError::Corrupt);
                }
            }
            Ok(())
        })
    }
}

pub(crate) fn head(connection: &Connection) -> Result<Head, StoreError> {
    let last: Option<(u64, [u8; 32])> = connection
        .prepare_cached("SELECT seq, hash FROM entry ORDER BY seq DESC LIMIT 1")?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    match last {
        Some((seq, hash)) => Ok(Head {
            next_seq: seq + 1,
            hash,
        }),
        None => Ok(Head {
            next_seq: 1,
            hash: hash_at(connection, 0)?.ok_or(StoreError::NotEnrolled)?,
        }),
    }
}

pub(crate) fn hash_at(connection: &Connection, seq: u64) -> Result<Option<[u8; 32]>, StoreError> {
    let hash = if seq == 0 {
        connection
            .prepare_cached("SELECT genesis FROM identity")?
            .query_row([], |row| row.get(0))
            .optional()?
    } else {
        connection
            .prepare_cached("SELECT hash FROM entry WHERE seq = :seq")?
            .query_row(named_params! {":seq": seq}, |row| row.get(0))
            .optional()?
    };
    Ok(hash)
}

/// Appends entries of `report` after `head`; returns the last one's number.
pub(crate) fn append(
    connection: &Connection,
    report: Uuid,
    head: Head,
    entries: &[NewEntry],
) -> Result<u64, StoreError> {
    let mut chain = Chain {
        seq: head.next_seq - 1,
        hash: ChainHash(head.hash),
    };
    let mut statement = connection.prepare_cached(include_str!("../sql/entry/insert.sql"))?;
    for entry in entries {
        chain = chain.next(&entry.bytes);
        statement.execute(named_params! {
            ":seq": chain.seq, ":report": report.as_bytes(), ":body": entry.bytes, ":hash": chain.hash.0,
        })?;
    }
    Ok(chain.seq)
}
