//! Who the device is, and headquarters' signed configuration.

use crate::{Identity, SignedBlob, Store, StoreError};
use baqylau_domain::{DeviceId, Moment};
use rusqlite::{Connection, OptionalExtension, named_params};
use zeroize::Zeroizing;

impl Store {
    /// Makes the device somebody. Once: another identity is another journal, and needs another store.
    ///
    /// # Errors
    /// [`StoreError::AlreadyEnrolled`].
    pub fn enrol(
        &self,
        identity: &Identity,
        config: &SignedBlob,
        at: Moment,
    ) -> Result<(), StoreError> {
        self.write(|tx| {
            let enrolled: bool =
                tx.query_row("SELECT EXISTS (SELECT 1 FROM identity)", [], |row| {
                    row.get(0)
                })?;
            if enrolled {
                return Err(StoreError::AlreadyEnrolled);
            }
            tx.execute(include_str!("../sql/identity/insert.sql"), named_params! {
                ":device": identity.device.0, ":genesis": identity.genesis,
                ":device_key": identity.device_key.as_slice(), ":certificate": identity.certificate,
                ":at_ms": at.utc_ms, ":at_offset_min": at.offset_min,
            })?;
            insert_config(tx, config, at)
        })
    }

    /// Who the device is; `None` before enrolment.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn identity(&self) -> Result<Option<Identity>, StoreError> {
        self.read(|tx| {
            let identity = tx
                .query_row(
                    "SELECT device, genesis, device_key, certificate FROM identity",
                    [],
                    |row| {
                        Ok(Identity {
                            device: DeviceId(row.get("device")?),
                            genesis: row.get("genesis")?,
                            device_key: Zeroizing::new(row.get("device_key")?),
                            certificate: row.get("certificate")?,
                        })
                    },
                )
                .optional()?;
            Ok(identity)
        })
    }

    /// Replaces the certificate (renewed for the same key).
    ///
    /// # Errors
    /// [`StoreError::NotEnrolled`].
    pub fn set_certificate(&self, certificate: &[u8]) -> Result<(), StoreError> {
        self.write(|tx| {
            let changed = tx.execute(
                "UPDATE identity SET certificate = :certificate",
                named_params! {":certificate": certificate},
            )?;
            if changed == 1 {
                Ok(())
            } else {
                Err(StoreError::NotEnrolled)
            }
        })
    }

    /// The signed configuration that counts: the one with the highest version.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn config(&self) -> Result<Option<SignedBlob>, StoreError> {
        self.read(config)
    }

    /// Takes a newer configuration (its signature checked by the caller). The one held already is
    /// accepted silently.
    ///
    /// # Errors
    /// [`StoreError::ConfigRollback`] for an older one.
    pub fn set_config(&self, offered: &SignedBlob, at: Moment) -> Result<(), StoreError> {
        self.write(|tx| match config(tx)? {
            Some(held) if held == *offered => Ok(()),
            Some(held) if held.version >= offered.version => Err(StoreError::ConfigRollback {
                offered: offered.version,
                held: held.version,
            }),
            _ => insert_config(tx, offered, at),
        })
    }
}

fn config(connection: &rusqlite::Transaction<'_>) -> Result<Option<SignedBlob>, StoreError> {
    let config = connection
        .prepare_cached("SELECT version, body FROM config ORDER BY version DESC LIMIT 1")?
        .query_row([], |row| {
            Ok(SignedBlob {
                version: row.get("version")?,
                bytes: row.get("body")?,
            })
        })
        .optional()?;
    Ok(config)
}

fn insert_config(
    connection: &Connection,
    config: &SignedBlob,
    at: Moment,
) -> Result<(), StoreError> {
    connection.execute(
        "INSERT INTO config (version, body, at_ms, at_offset_min) VALUES (:version, :body, :at_ms, :at_offset_min)",
        named_params! {
            ":version": config.version, ":body": config.bytes,
            ":at_ms": at.utc_ms, ":at_offset_min": at.offset_min,
        },
    )?;
    Ok(())
}
