//! Opening the encrypted database: key, pragmas (reasons in `docs/adr/0003-encryption-at-rest.md`), migrations.

use crate::StoreError;
use crate::error::AsideReason;
use crate::keyslots::DatabaseKey;
use rusqlite::{Connection, OpenFlags};
use rusqlite_migration::{M, Migrations};
use std::fmt::Write as _;
use std::path::Path;
use zeroize::Zeroizing;

/// `BQLU`: tells our files from other SQLite databases once decrypted.
const APPLICATION_ID: i64 = 0x4251_4c55;
/// Version of the newest migration.
pub(crate) const SCHEMA: i64 = MIGRATIONS.len() as i64;
const MIGRATIONS: &[M<'static>] = &[
    M::up(include_str!("../sql/migrations/0001_init.sql")),
    M::up(include_str!("../sql/migrations/0002_carriers.sql")),
    M::up(include_str!("../sql/migrations/0003_pictures.sql")),
    M::up(include_str!("../sql/migrations/0004_sealing.sql")),
    M::up(include_str!("../sql/migrations/0005_earlier.sql")),
    M::up(include_str!("../sql/migrations/0006_revoked.sql")),
    M::up(include_str!("../sql/migrations/0007_envelopes.sql")),
    M::up(include_str!("../sql/migrations/0008_carried_pictures.sql")),
];

/// Set on every connection. The key comes before.
const PRAGMAS: &str = "
    PRAGMA cipher_memory_security = OFF;
    PRAGMA foreign_keys = ON;
    PRAGMA trusted_schema = OFF;
    PRAGMA cell_size_check = ON;
    PRAGMA recursive_triggers = ON;
    PRAGMA secure_delete = ON;
    PRAGMA temp_store = MEMORY;
    PRAGMA mmap_size = 0;
    PRAGMA synchronous = FULL;
    PRAGMA fullfsync = ON;
    PRAGMA checkpoint_fullfsync = ON;
    PRAGMA busy_timeout = 5000;
";

/// Why a database cannot be used as it is.
pub(crate) enum Unusable {
    /// It must be set aside.
    Aside(AsideReason),
    /// It could not be read this time; nothing is known about it.
    Failed(StoreError),
}

impl From<rusqlite::Error> for Unusable {
    fn from(error: rusqlite::Error) -> Self {
        Self::from(StoreError::from(error))
    }
}

impl From<StoreError> for Unusable {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Corrupt => Self::Aside(AsideReason::Corrupt),
            other => Self::Failed(other),
        }
    }
}

/// A new database with the newest schema.
pub(crate) fn create(path: &Path, key: &DatabaseKey) -> Result<Connection, StoreError> {
    let mut connection = connect(path, key, OpenFlags::SQLITE_OPEN_CREATE)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "application_id", APPLICATION_ID)?;
    migrate(&mut connection)?;
    Ok(connection)
}

/// The database as it stands, checked page by page and brought to the newest schema.
pub(crate) fn open(path: &Path, key: &DatabaseKey) -> Result<Connection, Unusable> {
    let mut connection = connect(path, key, OpenFlags::empty())?;
    let version: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if version > SCHEMA {
        return Err(Unusable::Aside(AsideReason::TooNew));
    }
    check(&connection)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    migrate(&mut connection)?;
    Ok(connection)
}

/// The same without checking pages that nobody asks for: for a journal that ended, which was checked before.
pub(crate) fn open_unchecked(path: &Path, key: &DatabaseKey) -> Result<Connection, Unusable> {
    let mut connection = connect(path, key, OpenFlags::empty())?;
    let version: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if version > SCHEMA {
        return Err(Unusable::Aside(AsideReason::TooNew));
    }
    connection.pragma_update(None, "journal_mode", "WAL")?;
    migrate(&mut connection)?;
    Ok(connection)
}

/// A consistent copy as of now, by the database's own means, under the same key, and checked page by page. Others may
/// write meanwhile.
pub(crate) fn snapshot(from: &Path, key: &DatabaseKey, to: &Path) -> Result<(), StoreError> {
    let name = to
        .to_str()
        .ok_or_else(|| StoreError::Io(std::io::Error::other("a path that is not UTF-8")))?;
    let connection = connect(from, key, OpenFlags::empty())?;
    connection.execute("VACUUM INTO :to", rusqlite::named_params! {":to": name})?;
    check(&connect(to, key, OpenFlags::empty())?)
}

/// A second connection that can only read.
pub(crate) fn open_reader(path: &Path, key: &DatabaseKey) -> Result<Connection, StoreError> {
    let connection = connect(path, key, OpenFlags::empty())?;
    connection.pragma_update(None, "query_only", true)?;
    Ok(connection)
}

fn connect(path: &Path, key: &DatabaseKey, more: OpenFlags) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | more;
    let connection = Connection::open_with_flags(path, flags)?;
    let mut statement = Zeroizing::new(String::with_capacity(96));
    statement.push_str("PRAGMA key = \"");
    statement.push_str(&key_text(key));
    statement.push_str("\";");
    connection.execute_batch(&statement)?;
    connection.execute_batch(PRAGMAS)?;
    connection.set_prepared_statement_cache_capacity(64);
    // The first read of a page is what finds out whether key and file belong together.
    connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    Ok(connection)
}

/// The key as SQLCipher reads it: raw, not to be derived from.
pub(crate) fn key_text(key: &DatabaseKey) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::with_capacity(68));
    text.push_str("x'");
    for byte in key.iter() {
        // Writing into a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text.push('\'');
    text
}

/// Every page's authentication code, free pages too, and then how pages hang together. Damage must be
/// found before anything is built on it.
fn check(connection: &Connection) -> Result<(), StoreError> {
    // A power cut in the middle of a checkpoint leaves pages half written that the write-ahead log
    // still has whole: they are put right first, or they would count as damage.
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    if connection
        .prepare("PRAGMA cipher_integrity_check")?
        .exists([])?
    {
        return Err(StoreError::Corrupt);
    }
    let verdict: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if verdict == "ok" {
        Ok(())
    } else {
        Err(StoreError::Corrupt)
    }
}

fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    Migrations::from_slice(MIGRATIONS)
        .to_latest(connection)
        .map_err(|error| match error {
            rusqlite_migration::Error::RusqliteError { err, .. } => StoreError::from(err),
            other => StoreError::Migration(other.to_string()),
        })
}

/// The newest schema under the same settings in a file that anybody can read: what lies in its pages is what would lie
/// in the encrypted file for whoever has the key, free pages and all.
#[cfg(test)]
pub(crate) fn plain(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_CREATE;
    let mut connection = Connection::open_with_flags(path, flags)?;
    connection.execute_batch(PRAGMAS)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    migrate(&mut connection)?;
    Ok(connection)
}

/// A database as an earlier program left it, out of a dump.
pub(crate) fn create_from_dump(
    path: &Path,
    key: &DatabaseKey,
    dump: &str,
) -> Result<Connection, StoreError> {
    let connection = connect(path, key, OpenFlags::SQLITE_OPEN_CREATE)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "foreign_keys", false)?;
    connection.execute_batch(&format!("BEGIN;\n{dump}\nCOMMIT;"))?;
    Ok(connection)
}
