//! Content by address: form definitions and bundles, checked against their hash on the way in.

use crate::{Store, StoreError};
use baqylau_domain::Moment;
use rusqlite::{OptionalExtension, named_params};
use sha2::{Digest, Sha256};

impl Store {
    /// Keeps content under its SHA-256, which is checked.
    ///
    /// # Errors
    /// [`StoreError::HashMismatch`].
    pub fn put_blob(
        &self,
        kind: &str,
        hash: [u8; 32],
        bytes: &[u8],
        at: Moment,
    ) -> Result<(), StoreError> {
        if <[u8; 32]>::from(Sha256::digest(bytes)) != hash {
            return Err(StoreError::HashMismatch);
        }
        self.write(|tx| {
            tx.execute(
                include_str!("../sql/blob/insert.sql"),
                named_params! {
                    ":hash": hash, ":kind": kind, ":body": bytes,
                    ":at_ms": at.utc_ms, ":at_offset_min": at.offset_min,
                },
            )?;
            Ok(())
        })
    }

    /// Content by address.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn blob(&self, hash: &[u8; 32]) -> Result<Option<Vec<u8>>, StoreError> {
        self.read(|tx| {
            let mut statement = tx.prepare_cached("SELECT body FROM blob WHERE hash = :hash")?;
            Ok(statement
                .query_row(named_params! {":hash": hash}, |row| row.get(0))
                .optional()?)
        })
    }

    /// Whether it is here.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn has_blob(&self, hash: &[u8; 32]) -> Result<bool, StoreError> {
        self.read(|tx| {
            let mut statement =
                tx.prepare_cached("SELECT EXISTS (SELECT 1 FROM blob WHERE hash = :hash)")?;
            Ok(statement.query_row(named_params! {":hash": hash}, |row| row.get(0))?)
        })
    }
}
