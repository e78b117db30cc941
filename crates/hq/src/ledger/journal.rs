//! The devices' journals as headquarters holds them: segments, entries, forks, gaps, receipts.

use super::{LedgerError, Read, Write};
use baqylau_domain::DeviceId;
use baqylau_protocol::LogHash;

/// Where a journal stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// The number expected next.
    pub next_seq: u64,
    /// The chain's hash before it.
    pub hash: [u8; 32],
}

/// One stored entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryRow {
    /// Whose journal.
    pub device: DeviceId,
    /// Its number.
    pub seq: u64,
    /// The chain's hash after it.
    pub hash: [u8; 32],
    /// Its bytes as chained.
    pub bytes: Vec<u8>,
    /// When headquarters received it, UTC milliseconds.
    pub received_at_ms: i64,
}

/// What became of an insert.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stored {
    /// It is new.
    New,
    /// The same entry was there.
    Same,
    /// Another entry was there under the number.
    Different,
}

/// What headquarters promised, before it is signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceiptRow {
    /// Whose journal.
    pub device: DeviceId,
    /// The last entry held without a gap.
    pub upto_seq: u64,
    /// The chain's hash at it.
    pub upto_hash: [u8; 32],
    /// The ledger's epoch.
    pub epoch: u64,
    /// When, UTC milliseconds.
    pub received_at_ms: i64,
    /// Segments in the log when the entries were held.
    pub log_size: u64,
    /// The log's root then; [`NO_LOG_ROOT`] in receipts from before there was a tree.
    pub log_root: LogHash,
}

/// What receipts named before there was a tree.
pub const NO_LOG_ROOT: LogHash = [0; 32];

impl Write<'_> {
    /// Keeps a sealed segment, takes it into the log, and returns its number; one that is there already keeps its number.
    pub fn add_segment(
        &self,
        hash: &[u8; 32],
        sealed: &[u8],
        now_ms: i64,
    ) -> Result<i64, LedgerError> {
        const INSERT: &str = "INSERT INTO segment (hash, sealed, received_at) VALUES (?1, ?2, ?3)
                              ON CONFLICT DO NOTHING RETURNING id";
        if let Some(id) = self
            .read()
            .one(INSERT, (hash, sealed, now_ms), |row| row.get(0))?
        {
            self.extend_log()?;
            return Ok(id);
        }
        self.read()
            .one("SELECT id FROM segment WHERE hash = ?1", [hash], |row| {
                row.get(0)
            })?
            .ok_or(LedgerError::Damaged("segment"))
    }

    /// Appends an entry, or compares it with the one that has its number.
    pub fn add_entry(
        &self,
        entry: &EntryRow,
        report: Option<u64>,
        segment: i64,
    ) -> Result<Stored, LedgerError> {
        const INSERT: &str =
            "INSERT INTO entry (device, seq, report_seq, hash, bytes, segment, received_at)
                              VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING";
        let EntryRow {
            device,
            seq,
            hash,
            bytes,
            received_at_ms,
        } = entry;
        let report = report.map(u64::cast_signed);
        let parameters = (
            &device.0,
            seq.cast_signed(),
            report,
            hash,
            bytes,
            segment,
            received_at_ms,
        );
        if self.execute(INSERT, parameters)? == 1 {
            return Ok(Stored::New);
        }
        let same = self.read().entry_hash(*device, *seq)? == Some(*hash);
        Ok(if same {
            Stored::Same
        } else {
            Stored::Different
        })
    }

    /// Keeps the other branch of a fork.
    pub fn add_fork(&self, entry: &EntryRow, segment: i64) -> Result<(), LedgerError> {
        const SQL: &str = "INSERT INTO fork (device, seq, hash, bytes, segment, received_at)
                           VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING";
        let EntryRow {
            device,
            seq,
            hash,
            bytes,
            received_at_ms,
        } = entry;
        self.execute(
            SQL,
            (
                &device.0,
                seq.cast_signed(),
                hash,
                bytes,
                segment,
                received_at_ms,
            ),
        )
        .map(drop)
    }

    /// Moves a journal's head.
    pub fn advance(&self, device: DeviceId, head: Head) -> Result<(), LedgerError> {
        const SQL: &str = "UPDATE head SET next_seq = ?2, hash = ?3 WHERE device = ?1";
        self.execute(SQL, (&device.0, head.next_seq.cast_signed(), &head.hash))
            .map(drop)
    }

    /// Notes that a device was heard.
    pub fn heard(&self, device: DeviceId, now_ms: i64) -> Result<(), LedgerError> {
        self.execute(
            "UPDATE head SET heard_at = ?2 WHERE device = ?1",
            (&device.0, now_ms),
        )
        .map(drop)
    }

    /// Parks a segment that came too early.
    pub fn park(&self, device: DeviceId, first_seq: u64, segment: i64) -> Result<(), LedgerError> {
        const SQL: &str = "INSERT INTO parked (segment, device, first_seq) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING";
        self.execute(SQL, (segment, &device.0, first_seq.cast_signed()))
            .map(drop)
    }

    /// Takes the next parked segment that the head has reached: its number and sealed bytes.
    pub fn unpark(
        &self,
        device: DeviceId,
        next_seq: u64,
    ) -> Result<Option<(i64, Vec<u8>)>, LedgerError> {
        const FIND: &str =
            "SELECT segment.id, sealed FROM parked JOIN segment ON segment.id = parked.segment
                            WHERE device = ?1 AND first_seq <= ?2 ORDER BY first_seq LIMIT 1";
        let parameters = (&device.0, next_seq.cast_signed());
        let found = self
            .read()
            .one(FIND, parameters, |row| Ok((row.get(0)?, row.get(1)?)))?;
        if let Some((segment, _)) = &found {
            self.execute("DELETE FROM parked WHERE segment = ?1", [segment])?;
        }
        Ok(found)
    }

    /// Sets a segment aside with a code.
    pub fn quarantine(
        &self,
        segment: i64,
        device: Option<DeviceId>,
        code: &str,
        now_ms: i64,
    ) -> Result<(), LedgerError> {
        const SQL: &str = "INSERT INTO quarantine (segment, device, code, at) SELECT ?1, ?2, ?3, ?4
                           WHERE NOT EXISTS (SELECT 1 FROM quarantine WHERE segment = ?1 AND code = ?3)";
        self.execute(SQL, (segment, device.map(|id| id.0), code, now_ms))
            .map(drop)
    }

    /// Records what a receipt will say.
    pub fn add_receipt(&self, receipt: &ReceiptRow) -> Result<(), LedgerError> {
        const SQL: &str =
            "INSERT INTO receipt (device, upto_seq, upto_hash, epoch, received_at, log_size, log_root)
                           VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING";
        let ReceiptRow {
            device,
            upto_seq,
            upto_hash,
            epoch,
            received_at_ms,
            log_size,
            log_root,
        } = receipt;
        let (upto_seq, epoch, log_size) = (
            upto_seq.cast_signed(),
            epoch.cast_signed(),
            log_size.cast_signed(),
        );
        self.execute(
            SQL,
            (
                &device.0,
                upto_seq,
                upto_hash,
                epoch,
                received_at_ms,
                log_size,
                log_root,
            ),
        )
        .map(drop)
    }
}

impl Read<'_> {
    /// Where a device's journal stands.
    pub fn head(&self, device: DeviceId) -> Result<Option<Head>, LedgerError> {
        self.one(
            "SELECT next_seq, hash FROM head WHERE device = ?1",
            [&device.0],
            |row| {
                Ok(Head {
                    next_seq: row.get::<_, i64>(0)?.cast_unsigned(),
                    hash: row.get(1)?,
                })
            },
        )
    }

    /// The chain's hash after an entry.
    pub fn entry_hash(&self, device: DeviceId, seq: u64) -> Result<Option<[u8; 32]>, LedgerError> {
        const SQL: &str = "SELECT hash FROM entry WHERE device = ?1 AND seq = ?2";
        self.one(SQL, (&device.0, seq.cast_signed()), |row| row.get(0))
    }

    /// All entries of a device in order.
    pub fn entries(&self, device: DeviceId) -> Result<Vec<EntryRow>, LedgerError> {
        const SQL: &str = "SELECT device, seq, hash, bytes, received_at FROM entry WHERE device = ?1 ORDER BY seq";
        self.all(SQL, [&device.0], entry_row)
    }

    /// The entries of one report in order.
    pub fn report_entries(
        &self,
        device: DeviceId,
        report: u64,
    ) -> Result<Vec<EntryRow>, LedgerError> {
        const SQL: &str = "SELECT device, seq, hash, bytes, received_at FROM entry
                           WHERE device = ?1 AND report_seq = ?2 AND seq >= ?2 ORDER BY seq";
        self.all(SQL, (&device.0, report.cast_signed()), entry_row)
    }

    /// Entries held in all.
    pub fn entry_count(&self) -> Result<u64, LedgerError> {
        self.count("SELECT count(*) FROM entry", ())
    }

    /// Segments of a device that wait for the ones before them.
    pub fn parked_count(&self, device: DeviceId) -> Result<u64, LedgerError> {
        self.count("SELECT count(*) FROM parked WHERE device = ?1", [&device.0])
    }

    /// Every segment that waits for the ones before it, as it came, and when: device by device, in order.
    pub fn parked(&self) -> Result<Vec<(DeviceId, Vec<u8>, i64)>, LedgerError> {
        const SQL: &str = "SELECT device, sealed, received_at FROM parked JOIN segment ON segment.id = parked.segment
                           ORDER BY device, first_seq";
        self.all(SQL, (), |row| {
            Ok((DeviceId(row.get(0)?), row.get(1)?, row.get(2)?))
        })
    }

    /// Whether a device's journal forked.
    pub fn has_fork(&self, device: DeviceId) -> Result<bool, LedgerError> {
        Ok(self.count(
            "SELECT EXISTS (SELECT 1 FROM fork WHERE device = ?1)",
            [&device.0],
        )? == 1)
    }

    /// Segments set aside: device and code, in order.
    pub fn quarantined_segments(&self) -> Result<Vec<(Option<DeviceId>, String)>, LedgerError> {
        self.all(
            "SELECT device, code FROM quarantine ORDER BY id",
            (),
            |row| {
                Ok((
                    row.get::<_, Option<[u8; 16]>>(0)?.map(DeviceId),
                    row.get(1)?,
                ))
            },
        )
    }

    /// The receipt of an epoch for exactly these entries.
    pub fn receipt_at(
        &self,
        device: DeviceId,
        upto_seq: u64,
        epoch: u64,
    ) -> Result<Option<ReceiptRow>, LedgerError> {
        const SQL: &str =
            "SELECT device, upto_seq, upto_hash, epoch, received_at, log_size, log_root FROM receipt
                           WHERE device = ?1 AND upto_seq = ?2 AND epoch = ?3";
        let parameters = (&device.0, upto_seq.cast_signed(), epoch.cast_signed());
        self.one(SQL, parameters, receipt_row)
    }

    /// The first receipt that covers an entry of a device.
    pub fn receipt_covering(
        &self,
        device: DeviceId,
        seq: u64,
    ) -> Result<Option<ReceiptRow>, LedgerError> {
        const SQL: &str =
            "SELECT device, upto_seq, upto_hash, epoch, received_at, log_size, log_root FROM receipt
                           WHERE device = ?1 AND upto_seq >= ?2 ORDER BY upto_seq, epoch LIMIT 1";
        self.one(SQL, (&device.0, seq.cast_signed()), receipt_row)
    }

    /// All receipts of a device, in order.
    pub fn receipts(&self, device: DeviceId) -> Result<Vec<ReceiptRow>, LedgerError> {
        const SQL: &str =
            "SELECT device, upto_seq, upto_hash, epoch, received_at, log_size, log_root FROM receipt
                           WHERE device = ?1 ORDER BY upto_seq, epoch";
        self.all(SQL, [&device.0], receipt_row)
    }
}

fn entry_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<EntryRow> {
    Ok(EntryRow {
        device: DeviceId(row.get(0)?),
        seq: row.get::<_, i64>(1)?.cast_unsigned(),
        hash: row.get(2)?,
        bytes: row.get(3)?,
        received_at_ms: row.get(4)?,
    })
}

fn receipt_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<ReceiptRow> {
    Ok(ReceiptRow {
        device: DeviceId(row.get(0)?),
        upto_seq: row.get::<_, i64>(1)?.cast_unsigned(),
        upto_hash: row.get(2)?,
        epoch: row.get::<_, i64>(3)?.cast_unsigned(),
        received_at_ms: row.get(4)?,
        log_size: row.get::<_, i64>(5)?.cast_unsigned(),
        log_root: row.get::<_, Option<LogHash>>(6)?.unwrap_or(NO_LOG_ROOT),
    })
}
