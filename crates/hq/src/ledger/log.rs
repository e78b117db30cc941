//! The log over all segments, and how each of them stands.

use super::{LedgerError, Read, Write};
use baqylau_domain::DeviceId;
use baqylau_protocol::{LogHash, LogTree};

/// How a kept segment stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// Its entries are in a journal.
    Accepted,
    /// It waits for the segments before it.
    Parked,
    /// It was set aside with a code.
    SetAside {
        /// The device, when it could be told.
        device: Option<DeviceId>,
        /// Why.
        code: String,
    },
}

/// One leaf of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SegmentRow {
    /// Its number: 1 is the first that ever arrived.
    pub id: i64,
    /// SHA-256 over its sealed bytes.
    pub hash: LogHash,
    /// Its sealed bytes.
    pub sealed: Vec<u8>,
    /// How it stands.
    pub standing: Standing,
}

impl Write<'_> {
    /// Takes the segments that were just kept into the tree, in the transaction that keeps them.
    pub(super) fn extend_log(&self) -> Result<(), LedgerError> {
        let tree = self.read().log()?;
        self.execute(
            "UPDATE log SET size = ?1, frontier = ?2",
            (tree.size().cast_signed(), tree.frontier().concat()),
        )
        .map(drop)
    }
}

impl Read<'_> {
    /// The log's tree as it stands.
    pub fn log(&self) -> Result<LogTree, LedgerError> {
        let kept = self.one("SELECT size, frontier FROM log", (), |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?))
        })?;
        let (size, frontier) = kept.ok_or(LedgerError::Damaged("log"))?;
        let (subtrees, _) = frontier.as_chunks::<32>();
        let mut tree = LogTree::resume(size.cast_unsigned(), subtrees.to_vec())
            .ok_or(LedgerError::Damaged("log"))?;
        // Segments are only ever appended, so their numbers have no gaps.
        const BEYOND: &str = "SELECT hash FROM segment WHERE id > ?1 ORDER BY id";
        for hash in self.all(BEYOND, [size], |row| row.get::<_, LogHash>(0))? {
            tree.push(&hash);
        }
        Ok(tree)
    }

    /// The code with which the segment of this hash was set aside, if it was.
    pub fn set_aside_code(&self, hash: &LogHash) -> Result<Option<String>, LedgerError> {
        const SQL: &str =
            "SELECT code FROM quarantine JOIN segment ON segment.id = quarantine.segment
                           WHERE hash = ?1 ORDER BY quarantine.id LIMIT 1";
        self.one(SQL, [hash], |row| row.get(0))
    }

    /// Whether these very bytes were kept before.
    pub fn has_segment(&self, hash: &LogHash) -> Result<bool, LedgerError> {
        const SQL: &str = "SELECT EXISTS (SELECT 1 FROM segment WHERE hash = ?1)";
        Ok(self.count(SQL, [hash])? == 1)
    }

    /// Every segment in the order of the log, with how it stands.
    pub fn each_segment<E: From<LedgerError>>(
        &self,
        see: impl FnMut(SegmentRow) -> Result<(), E>,
    ) -> Result<(), E> {
        const SQL: &str = "SELECT id, hash, sealed,
                                  (SELECT code FROM quarantine WHERE segment = segment.id ORDER BY quarantine.id LIMIT 1),
                                  (SELECT device FROM quarantine WHERE segment = segment.id ORDER BY quarantine.id LIMIT 1),
                                  EXISTS (SELECT 1 FROM parked WHERE parked.segment = segment.id)
                           FROM segment ORDER BY id";
        self.each(SQL, segment_row, see)
    }
}

fn segment_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<SegmentRow> {
    let standing = match (row.get::<_, Option<String>>(3)?, row.get(5)?) {
        (Some(code), _) => Standing::SetAside {
            device: row.get::<_, Option<[u8; 16]>>(4)?.map(DeviceId),
            code,
        },
        (None, true) => Standing::Parked,
        (None, false) => Standing::Accepted,
    };
    Ok(SegmentRow {
        id: row.get(0)?,
        hash: row.get(1)?,
        sealed: row.get(2)?,
        standing,
    })
}
