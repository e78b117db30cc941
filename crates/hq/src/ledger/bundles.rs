//! Content-addressed bundles and the configurations that named them.

use super::{LedgerError, Read, Write};

/// A bundle: a form definition, the register, the mission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredBundle {
    /// SHA-256 over its bytes.
    pub hash: [u8; 32],
    /// `form`, `register`, `mission`.
    pub kind: String,
    /// Which one: a form's id.
    pub name: String,
    /// The bytes.
    pub bytes: Vec<u8>,
}

impl Write<'_> {
    /// Keeps a bundle; one that is there already stays as it is.
    pub fn add_bundle(&self, bundle: &StoredBundle, now_ms: i64) -> Result<(), LedgerError> {
        const SQL: &str =
            "INSERT INTO bundle (hash, kind, name, bytes, added_at) VALUES (?1, ?2, ?3, ?4, ?5)
                           ON CONFLICT DO NOTHING";
        self.execute(
            SQL,
            (
                &bundle.hash,
                &bundle.kind,
                &bundle.name,
                &bundle.bytes,
                now_ms,
            ),
        )
        .map(drop)
    }

    /// Keeps a signed configuration.
    pub fn add_config(
        &self,
        version: u64,
        content_hash: &[u8; 32],
        bytes: &[u8],
        now_ms: i64,
    ) -> Result<(), LedgerError> {
        const SQL: &str =
            "INSERT INTO config (version, content_hash, bytes, signed_at) VALUES (?1, ?2, ?3, ?4)";
        self.execute(SQL, (version.cast_signed(), content_hash, bytes, now_ms))
            .map(drop)
    }
}

/// A configuration as stored: version, hash of its content, signed bytes.
pub type StoredConfig = (u64, [u8; 32], Vec<u8>);

impl Read<'_> {
    /// A bundle by its content address.
    pub fn bundle(&self, hash: &[u8; 32]) -> Result<Option<StoredBundle>, LedgerError> {
        const SQL: &str = "SELECT hash, kind, name, bytes FROM bundle WHERE hash = ?1";
        self.one(SQL, [hash], stored)
    }

    /// Every bundle of a kind that was ever published, oldest first.
    pub fn bundles(&self, kind: &str) -> Result<Vec<StoredBundle>, LedgerError> {
        const SQL: &str =
            "SELECT hash, kind, name, bytes FROM bundle WHERE kind = ?1 ORDER BY added_at, rowid";
        self.all(SQL, [kind], stored)
    }

    /// Every configuration that was ever signed, oldest first: version and signed bytes.
    pub fn configs(&self) -> Result<Vec<(u64, Vec<u8>)>, LedgerError> {
        self.all(
            "SELECT version, bytes FROM config ORDER BY version",
            (),
            |row| Ok((row.get::<_, i64>(0)?.cast_unsigned(), row.get(1)?)),
        )
    }

    /// The newest configuration: version, hash of its content, signed bytes.
    pub fn newest_config(&self) -> Result<Option<StoredConfig>, LedgerError> {
        const SQL: &str =
            "SELECT version, content_hash, bytes FROM config ORDER BY version DESC LIMIT 1";
        self.one(SQL, (), |row| {
            Ok((
                row.get::<_, i64>(0)?.cast_unsigned(),
                row.get(1)?,
                row.get(2)?,
            ))
        })
    }
}

fn stored(row: &rusqlite::Row<'_>) -> rusqlite::Result<StoredBundle> {
    Ok(StoredBundle {
        hash: row.get(0)?,
        kind: row.get(1)?,
        name: row.get(2)?,
        bytes: row.get(3)?,
    })
}
