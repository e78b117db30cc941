//! Opening the database file: pragmas, schema, a small pool of readers.

use super::LedgerError;
use baqylau_protocol::seeded::{Bug, is_planted};
use parking_lot::Mutex;
use rusqlite::{Connection, OpenFlags};
use rusqlite_migration::{M, Migrations};
use std::path::PathBuf;
use std::time::Duration;

/// How long a statement waits for another process's transaction before it fails.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);
/// Statements kept compiled on each connection; the ledger has fewer than this.
const CACHED_STATEMENTS: usize = 128;
/// Idle reading connections kept open.
const IDLE_READERS: usize = 8;

const MIGRATIONS: &[M<'_>] = &[
    M::up(include_str!("../../sql/migrations/0001_ledger.sql")),
    M::up(include_str!("../../sql/migrations/0002_log.sql")),
    M::up(include_str!(
        "../../sql/migrations/0003_receipt_of_epoch.sql"
    )),
    M::up(include_str!("../../sql/migrations/0004_pictures.sql")),
    M::up(include_str!(
        "../../sql/migrations/0005_carried_pictures.sql"
    )),
];

/// Where a ledger lies.
pub(super) struct Place {
    pub(super) file: PathBuf,
    /// The SQLite file system it lies on; the machine's own when none is named.
    pub(super) disk: Option<String>,
}

/// Opens a connection with the pragmas that durability and the append-only guards rest on.
pub(super) fn open(place: &Place) -> Result<Connection, LedgerError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = match &place.disk {
        Some(disk) => Connection::open_with_flags_and_vfs(&place.file, flags, disk.as_str())?,
        None => Connection::open_with_flags(&place.file, flags)?,
    };
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.set_prepared_statement_cache_capacity(CACHED_STATEMENTS);
    // FULL: a commit is on disk before a receipt is signed. recursive_triggers: REPLACE must meet the delete guard.
    connection.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA fullfsync = 1; PRAGMA foreign_keys = ON;
         PRAGMA recursive_triggers = ON; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;
         PRAGMA temp_store = MEMORY; PRAGMA cache_size = -32768;",
    )?;
    if is_planted(Bug::CommitUnsynced) {
        connection.pragma_update(None, "synchronous", "OFF")?;
    }
    Ok(connection)
}

/// Brings the schema up to date.
pub(super) fn migrate(connection: &mut Connection) -> Result<(), LedgerError> {
    Ok(Migrations::from_slice(MIGRATIONS).to_latest(connection)?)
}

/// Connections that only read, made when needed.
pub(super) struct Readers {
    place: Place,
    idle: Mutex<Vec<Connection>>,
}

impl Readers {
    pub(super) fn new(place: Place) -> Self {
        Self {
            place,
            idle: Mutex::new(Vec::new()),
        }
    }

    pub(super) fn with<T, E: From<LedgerError>>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, E>,
    ) -> Result<T, E> {
        let idle = self.idle.lock().pop();
        let connection = match idle {
            Some(connection) => connection,
            None => self.open()?,
        };
        let result = work(&connection);
        let mut idle = self.idle.lock();
        if idle.len() < IDLE_READERS {
            idle.push(connection);
        }
        result
    }

    fn open(&self) -> Result<Connection, LedgerError> {
        let connection = open(&self.place)?;
        connection.execute_batch("PRAGMA query_only = ON")?;
        Ok(connection)
    }
}
