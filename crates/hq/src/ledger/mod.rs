//! The ledger: headquarters' database, and the only place here that speaks SQL.
//!
//! One writer thread owns the writing connection and commits what is waiting as one group, so that
//! a burst of devices costs a few disk flushes instead of one each. Readers have connections of their own.

mod access;
mod audit;
mod bundles;
mod connection;
mod devices;
mod figures;
mod journal;
mod log;
mod pictures;
mod reports;
mod writer;

pub use access::{EnrolmentGrant, EnrolmentRefusal};
pub use audit::AuditEvent;
pub use bundles::{StoredBundle, StoredConfig};
pub use devices::{DeviceRow, EnrolledDevice};
pub use figures::{ContributionRow, HourRow, TeamFormRow, TeamJournalRow};
pub use journal::{EntryRow, Head, NO_LOG_ROOT, ReceiptRow, Stored};
pub use log::{SegmentRow, Standing};
pub use pictures::{PictureBrief, PictureRow, Upload};
pub use reports::{ReportFilter, ReportRow, ReportState, RevisionRow};

use connection::{Place, Readers};
use rusqlite::{Connection, OptionalExtension, Transaction};
use std::path::Path;
use std::sync::Arc;
use thiserror::Error;
use writer::Writer;

/// Why the ledger could not do what was asked.
#[derive(Debug, Error)]
pub enum LedgerError {
    /// The database refused or failed.
    #[error("the ledger's database: {0}")]
    Database(#[from] rusqlite::Error),
    /// The schema could not be brought up to date.
    #[error("the ledger's schema: {0}")]
    Schema(#[from] rusqlite_migration::Error),
    /// The ledger was begun for another event.
    #[error("this ledger belongs to the event {found:?}, not {wanted:?}")]
    OtherEvent {
        /// The event in the database.
        found: String,
        /// The event of the mission.
        wanted: String,
    },
    /// The writer has stopped after an error on disk; nothing more is accepted.
    #[error("the ledger's writer has stopped")]
    Stopped,
    /// Stored bytes are not what was stored.
    #[error("the ledger holds something unreadable: {0}")]
    Damaged(&'static str),
}

/// Headquarters' database.
#[derive(Clone)]
pub struct Ledger {
    writer: Arc<Writer>,
    readers: Arc<Readers>,
}

impl Ledger {
    /// Opens the ledger in `file`, makes or migrates its schema.
    ///
    /// # Errors
    /// [`LedgerError`] when the file cannot be opened or brought up to date.
    pub fn open(file: &Path) -> Result<Self, LedgerError> {
        Self::open_on(file, None)
    }

    /// The same on a file system registered with SQLite under the name `disk` (a simulated one, say).
    ///
    /// # Errors
    /// As [`Ledger::open`].
    pub fn open_on(file: &Path, disk: Option<&str>) -> Result<Self, LedgerError> {
        let place = Place {
            file: file.to_owned(),
            disk: disk.map(str::to_owned),
        };
        let mut connection = connection::open(&place)?;
        connection::migrate(&mut connection)?;
        Ok(Self {
            writer: Arc::new(Writer::start(connection)),
            readers: Arc::new(Readers::new(place)),
        })
    }

    /// Runs `work` in a transaction of the writer and returns once it is durable. What `work` did is undone when it
    /// returns an error.
    ///
    /// # Errors
    /// What `work` returned, or [`LedgerError`] when the commit failed.
    pub async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<LedgerError> + Send + 'static,
        F: FnOnce(&Write<'_>) -> Result<T, E> + Send + 'static,
    {
        self.writer.run(work).await
    }

    /// The same, for callers without a runtime (the command line).
    ///
    /// # Errors
    /// As [`Ledger::write`].
    pub fn write_now<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<LedgerError> + Send + 'static,
        F: FnOnce(&Write<'_>) -> Result<T, E> + Send + 'static,
    {
        self.writer.run_now(work)
    }

    /// Reads from one consistent snapshot.
    ///
    /// # Errors
    /// What `work` returned, or [`LedgerError`] when no connection could be had.
    pub fn read<T, E, F>(&self, work: F) -> Result<T, E>
    where
        E: From<LedgerError>,
        F: FnOnce(&Read<'_>) -> Result<T, E>,
    {
        self.readers.with(|connection| {
            let snapshot = connection
                .unchecked_transaction()
                .map_err(LedgerError::from)?;
            work(&Read {
                connection: &snapshot,
            })
        })
    }

    /// As [`Ledger::read`], away from the runtime's own threads.
    ///
    /// # Errors
    /// As [`Ledger::read`].
    pub async fn read_apart<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<LedgerError> + Send + 'static,
        F: FnOnce(&Read<'_>) -> Result<T, E> + Send + 'static,
    {
        let ledger = self.clone();
        tokio::task::spawn_blocking(move || ledger.read(work))
            .await
            .unwrap_or_else(|_| Err(LedgerError::Stopped.into()))
    }
}

/// What may be asked of the ledger.
pub struct Read<'a> {
    connection: &'a Connection,
}

/// What may be done to the ledger within one transaction.
pub struct Write<'a> {
    transaction: &'a Transaction<'a>,
}

impl<'a> Write<'a> {
    /// Everything that can be read, seen from inside this transaction.
    #[must_use]
    pub fn read(&self) -> Read<'_> {
        Read {
            connection: self.transaction,
        }
    }

    fn execute(&self, sql: &str, parameters: impl rusqlite::Params) -> Result<usize, LedgerError> {
        Ok(self.transaction.prepare_cached(sql)?.execute(parameters)?)
    }

    /// Begins the ledger for `event`, or checks that it was begun for it.
    ///
    /// # Errors
    /// [`LedgerError::OtherEvent`] when it was begun for another.
    pub fn begin(&self, event: &str, now_ms: i64) -> Result<(), LedgerError> {
        match self.read().event()? {
            Some(found) if found == event => Ok(()),
            Some(found) => Err(LedgerError::OtherEvent {
                found,
                wanted: event.to_owned(),
            }),
            None => {
                self.execute(
                    "INSERT INTO identity (one, event, created_at) VALUES (1, ?1, ?2)",
                    (event, now_ms),
                )?;
                self.execute("INSERT INTO epoch (one, value) VALUES (1, 1)", ())?;
                Ok(())
            }
        }
    }

    /// Raises the epoch: the ledger was found to be older than what it once held.
    ///
    /// # Errors
    /// [`LedgerError`] from the database.
    pub fn raise_epoch(&self, epoch: u64) -> Result<(), LedgerError> {
        self.execute(
            "UPDATE epoch SET value = ?1 WHERE value < ?1",
            [epoch.cast_signed()],
        )
        .map(drop)
    }

    /// Writes a setting that the command line reads.
    ///
    /// # Errors
    /// [`LedgerError`] from the database.
    pub fn set(&self, name: &str, value: &str) -> Result<(), LedgerError> {
        const SQL: &str = "INSERT INTO setting (name, value) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = ?2";
        self.execute(SQL, (name, value)).map(drop)
    }
}

impl Read<'_> {
    fn one<T>(
        &self,
        sql: &str,
        parameters: impl rusqlite::Params,
        map: impl FnOnce(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>, LedgerError> {
        Ok(self
            .connection
            .prepare_cached(sql)?
            .query_row(parameters, map)
            .optional()?)
    }

    fn all<T>(
        &self,
        sql: &str,
        parameters: impl rusqlite::Params,
        map: impl FnMut(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, LedgerError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map(parameters, map)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Shows row after row, for what is too much to be held at once.
    fn each<T, E: From<LedgerError>>(
        &self,
        sql: &str,
        map: impl Fn(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
        mut see: impl FnMut(T) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut statement = self
            .connection
            .prepare_cached(sql)
            .map_err(LedgerError::from)?;
        let mut rows = statement.query(()).map_err(LedgerError::from)?;
        while let Some(row) = rows.next().map_err(LedgerError::from)? {
            see(map(row).map_err(LedgerError::from)?)?;
        }
        Ok(())
    }

    fn count(&self, sql: &str, parameters: impl rusqlite::Params) -> Result<u64, LedgerError> {
        Ok(self
            .one(sql, parameters, |row| row.get::<_, i64>(0))?
            .map_or(0, i64::cast_unsigned))
    }

    /// The event this ledger belongs to; `None` before it was begun.
    ///
    /// # Errors
    /// [`LedgerError`] from the database.
    pub fn event(&self) -> Result<Option<String>, LedgerError> {
        self.one("SELECT event FROM identity", (), |row| row.get(0))
    }

    /// The ledger's epoch.
    ///
    /// # Errors
    /// [`LedgerError`] from the database.
    pub fn epoch(&self) -> Result<u64, LedgerError> {
        self.count("SELECT value FROM epoch", ())
    }

    /// A setting written by [`Write::set`].
    ///
    /// # Errors
    /// [`LedgerError`] from the database.
    pub fn setting(&self, name: &str) -> Result<Option<String>, LedgerError> {
        self.one("SELECT value FROM setting WHERE name = ?1", [name], |row| {
            row.get(0)
        })
    }
}
