//! The unlocked database: one writer, one reader, and what every table's code shares.

use crate::StoreError;
use crate::database::key_text;
use crate::keyslots::DatabaseKey;
use crate::register::Index;
use parking_lot::Mutex;
use rusqlite::{Connection, Transaction, TransactionBehavior, named_params};
use std::collections::BTreeSet;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// The unlocked database. `Send + Sync`; every method blocks for milliseconds at most, unless said.
/// A method that changes something returns only after the change is durable.
///
/// Dropping it locks the vault: SQLCipher wipes its key and pages from memory.
pub struct Store {
    pub(crate) dir: PathBuf,
    pub(crate) index: Mutex<Option<Arc<Index>>>,
    writer: Mutex<Connection>,
    reader: Mutex<Connection>,
    must_reopen: AtomicBool,
    /// Words were removed that the write-ahead log may still hold.
    pub(crate) log_remembers: AtomicBool,
    /// Segments that alone hold sealed entries and whose files were found damaged or missing, by their rows.
    pub(crate) lost_segments: Mutex<BTreeSet<i64>>,
    /// For copies of the database by its own means; SQLCipher holds it in memory anyway.
    pub(crate) key: DatabaseKey,
    pub(crate) backing_up: Mutex<()>,
    /// Held as long as the store lives; the operating system releases it even after a kill.
    _lock: File,
}

impl Store {
    pub(crate) fn new(
        dir: PathBuf,
        writer: Connection,
        reader: Connection,
        lock: File,
        key: DatabaseKey,
    ) -> Self {
        Self {
            dir,
            index: Mutex::new(None),
            writer: Mutex::new(writer),
            reader: Mutex::new(reader),
            must_reopen: AtomicBool::new(false),
            log_remembers: AtomicBool::new(false),
            lost_segments: Mutex::default(),
            key,
            backing_up: Mutex::new(()),
            _lock: lock,
        }
    }

    /// The same as [`Store::write`] with another database attached as `before`.
    pub(crate) fn write_beside<T>(
        &self,
        path: &Path,
        key: &DatabaseKey,
        change: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let path = path
            .to_str()
            .ok_or_else(|| StoreError::Io(std::io::Error::other("a path that is not UTF-8")))?;
        self.writer.lock().execute(
            "ATTACH DATABASE :path AS before KEY :key",
            named_params! {":path": path, ":key": key_text(key).as_str()},
        )?;
        let result = self.write(change);
        let detached = self.writer.lock().execute("DETACH DATABASE before", []);
        let value = result?;
        // What was written stands; a database that stays attached would only be in the way of the next one.
        if detached.is_err() {
            self.must_reopen.store(true, Ordering::Release);
        }
        Ok(value)
    }

    /// Runs `change` in one transaction and returns after its commit is on disk.
    pub(crate) fn write<T>(
        &self,
        change: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.transact(|tx| change(tx).map_err(Refused::<StoreError>::Store))
            .map_err(Refused::into_error)
    }

    /// The same for a change that asks its caller for entries and may be refused by it.
    pub(crate) fn write_with<T, E: From<StoreError>>(
        &self,
        change: impl FnOnce(&Transaction<'_>) -> Result<T, Refused<E>>,
    ) -> Result<T, E> {
        self.transact(change).map_err(Refused::into_error)
    }

    fn transact<T, E>(
        &self,
        change: impl FnOnce(&Transaction<'_>) -> Result<T, Refused<E>>,
    ) -> Result<T, Refused<E>> {
        let mut writer = self.writer.lock();
        if self.must_reopen.load(Ordering::Acquire) {
            return Err(StoreError::Reopen.into());
        }
        let run = || {
            let transaction = writer
                .transaction_with_behavior(TransactionBehavior::Immediate)
                .map_err(StoreError::from)?;
            let result = change(&transaction)?;
            transaction.commit().map_err(StoreError::from)?;
            Ok(result)
        };
        let result = run();
        // After a failed write or sync nothing is known about the disk: retrying a sync can report
        // success for data that is gone. So the store stops until it was opened and checked again.
        if let Err(Refused::Store(StoreError::Io(_) | StoreError::Corrupt)) = &result {
            self.must_reopen.store(true, Ordering::Release);
        }
        result
    }

    /// Moves everything out of the write-ahead log into the database and empties the log, so that nothing is left in it
    /// of what was removed.
    pub(crate) fn empty_log(&self) -> Result<(), StoreError> {
        let writer = self.writer.lock();
        // A snapshot that somebody reads from would keep the log from being emptied.
        let _reader = self.reader.lock();
        if self.must_reopen.load(Ordering::Acquire) {
            return Err(StoreError::Reopen);
        }
        let emptied = writer
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))
            .map_err(StoreError::from);
        match emptied {
            Ok(false) => Ok(()),
            Ok(true) => Err(StoreError::LogInUse),
            Err(error) => {
                if matches!(error, StoreError::Io(_) | StoreError::Corrupt) {
                    self.must_reopen.store(true, Ordering::Release);
                }
                Err(error)
            }
        }
    }

    /// Reads from one consistent snapshot.
    pub(crate) fn read<T>(
        &self,
        look: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut reader = self.reader.lock();
        let transaction = reader.transaction()?;
        look(&transaction)
    }
}

/// Why a transaction was rolled back.
pub(crate) enum Refused<E> {
    /// The store's own reason.
    Store(StoreError),
    /// The caller's, while it built entries.
    Caller(E),
}

impl<E> From<StoreError> for Refused<E> {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl<E: From<StoreError>> Refused<E> {
    fn into_error(self) -> E {
        match self {
            Self::Store(error) => error.into(),
            Self::Caller(error) => error,
        }
    }
}
