//! Pictures, and runs of those that have not come whole.

use super::{LedgerError, Read, Write};
use baqylau_domain::DeviceId;

/// Unfinished pictures of one device; with one more, the one that was longest without news goes. Its device still has it.
const UPLOADS: i64 = 4;

/// A picture that arrived whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureRow {
    /// Whose; of what is kept apart and was brought for somebody else, who brought it.
    pub device: DeviceId,
    /// The entry that names it; none for what does not open and for what was brought.
    pub seq: Option<u64>,
    /// SHA-256 of `body`.
    pub hash: [u8; 32],
    /// `image/jpeg` or `image/png`, as the entry says; empty for what does not open.
    pub media_type: String,
    /// Empty, or why it is kept apart.
    pub code: String,
    /// The picture; of what does not open, the sealed bytes.
    pub body: Vec<u8>,
    /// When the last of it came, UTC milliseconds.
    pub received_at_ms: i64,
}

impl PictureRow {
    /// The same without its bytes.
    #[must_use]
    pub fn brief(&self) -> PictureBrief {
        PictureBrief {
            device: self.device,
            hash: self.hash,
            bytes: self.body.len() as u64,
            code: self.code.clone(),
            received_at_ms: self.received_at_ms,
        }
    }
}

/// What is said of a picture without its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureBrief {
    /// Whose.
    pub device: DeviceId,
    /// SHA-256 of its bytes.
    pub hash: [u8; 32],
    /// Length in bytes.
    pub bytes: u64,
    /// Empty, or why it is kept apart.
    pub code: String,
    /// When the last of it came, UTC milliseconds.
    pub received_at_ms: i64,
}

/// A picture that is not whole, or whose entry has not come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Upload {
    /// Its number.
    pub id: i64,
    /// Bytes of the sealed picture.
    pub total: u64,
    /// Bytes held, without a gap.
    pub held: u64,
}

impl Write<'_> {
    /// Begins to take a sealed picture in.
    pub fn begin_upload(
        &self,
        device: DeviceId,
        name: &[u8; 32],
        total: u64,
        now_ms: i64,
    ) -> Result<Upload, LedgerError> {
        const CROWDED: &str = "DELETE FROM upload WHERE device = ?1 AND id NOT IN (
                                   SELECT id FROM upload WHERE device = ?1 ORDER BY at DESC, id DESC LIMIT ?2)";
        const INSERT: &str = "INSERT INTO upload (device, name, total, held, at)
                              VALUES (?1, ?2, ?3, 0, ?4) RETURNING id";
        self.execute(CROWDED, (&device.0, UPLOADS - 1))?;
        let parameters = (&device.0, name, total.cast_signed(), now_ms);
        let id = self.read().one(INSERT, parameters, |row| row.get(0))?;
        let id = id.ok_or(LedgerError::Damaged("upload"))?;
        Ok(Upload { id, total, held: 0 })
    }

    /// Adds bytes at the end of what is held.
    pub fn add_run(
        &self,
        upload: Upload,
        bytes: &[u8],
        now_ms: i64,
    ) -> Result<Upload, LedgerError> {
        const RUN: &str = "INSERT INTO upload_run (upload, offset, bytes) VALUES (?1, ?2, ?3)";
        const HELD: &str = "UPDATE upload SET held = ?2, at = ?3 WHERE id = ?1";
        let held = upload.held + bytes.len() as u64;
        self.execute(RUN, (upload.id, upload.held.cast_signed(), bytes))?;
        self.execute(HELD, (upload.id, held.cast_signed(), now_ms))?;
        Ok(Upload { held, ..upload })
    }

    /// Forgets an upload: it has become a picture, or never will.
    pub fn drop_upload(&self, upload: i64) -> Result<(), LedgerError> {
        self.execute("DELETE FROM upload WHERE id = ?1", [upload])
            .map(drop)
    }

    /// Keeps a picture under the name that it came by; one that is there already gets one more name.
    pub fn add_picture(&self, name: &[u8; 32], picture: &PictureRow) -> Result<(), LedgerError> {
        const INSERT: &str =
            "INSERT INTO picture (device, seq, hash, media_type, code, body, received_at)
                              VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING";
        const NAME: &str = "INSERT INTO picture_name (device, name, picture)
                            SELECT ?1, ?2, id FROM picture WHERE device = ?1 AND hash = ?3 AND code = ?4
                            ON CONFLICT DO NOTHING";
        let PictureRow {
            device,
            seq,
            hash,
            media_type,
            code,
            body,
            received_at_ms,
        } = picture;
        let seq = seq.map(u64::cast_signed);
        self.execute(
            INSERT,
            (&device.0, seq, hash, media_type, code, body, received_at_ms),
        )?;
        self.execute(NAME, (&device.0, name, hash, code)).map(drop)
    }
}

impl Read<'_> {
    /// What became of a picture that came by this name.
    pub fn picture_named(
        &self,
        device: DeviceId,
        name: &[u8; 32],
    ) -> Result<Option<PictureBrief>, LedgerError> {
        const SQL: &str = "SELECT picture.device, hash, length(body), code, received_at
                           FROM picture_name JOIN picture ON picture.id = picture_name.picture
                           WHERE picture_name.device = ?1 AND name = ?2";
        self.one(SQL, (&device.0, name), brief)
    }

    /// A picture in force that came by this name, whosever it is. The name is all that a carrier knows of it.
    pub fn held_by_name(&self, name: &[u8; 32]) -> Result<Option<PictureBrief>, LedgerError> {
        const SQL: &str = "SELECT picture.device, hash, length(body), code, received_at
                           FROM picture_name JOIN picture ON picture.id = picture_name.picture
                           WHERE name = ?1 AND code = '' LIMIT 1";
        self.one(SQL, [name], brief)
    }

    /// A device's pictures of this hash, that in force before those kept apart.
    pub fn picture_briefs(
        &self,
        device: DeviceId,
        hash: &[u8; 32],
    ) -> Result<Vec<PictureBrief>, LedgerError> {
        const SQL: &str = "SELECT device, hash, length(body), code, received_at FROM picture
                           WHERE device = ?1 AND hash = ?2 ORDER BY code";
        self.all(SQL, (&device.0, hash), brief)
    }

    /// A picture in force.
    pub fn picture(
        &self,
        device: DeviceId,
        hash: [u8; 32],
    ) -> Result<Option<PictureRow>, LedgerError> {
        let found = self.any_picture(device, hash)?;
        Ok(found.filter(|picture| picture.code.is_empty()))
    }

    /// A picture, also one that is kept apart.
    pub fn any_picture(
        &self,
        device: DeviceId,
        hash: [u8; 32],
    ) -> Result<Option<PictureRow>, LedgerError> {
        const SQL: &str =
            "SELECT device, seq, hash, media_type, code, body, received_at FROM picture
                           WHERE device = ?1 AND hash = ?2 ORDER BY code LIMIT 1";
        self.one(SQL, (&device.0, hash), picture_row)
    }

    /// Pictures of a device that are kept apart.
    pub fn pictures_apart(&self, device: DeviceId) -> Result<u64, LedgerError> {
        const SQL: &str = "SELECT count(*) FROM picture WHERE device = ?1 AND code <> ''";
        self.count(SQL, [&device.0])
    }

    /// Shows every picture, in an order that does not depend on when they came.
    pub fn each_picture<E: From<LedgerError>>(
        &self,
        see: impl FnMut(PictureRow) -> Result<(), E>,
    ) -> Result<(), E> {
        const SQL: &str =
            "SELECT device, seq, hash, media_type, code, body, received_at FROM picture
                           ORDER BY device, hash, code";
        self.each(SQL, picture_row, see)
    }

    /// A sealed picture that is not whole, or whose entry has not come.
    pub fn upload(&self, device: DeviceId, name: &[u8; 32]) -> Result<Option<Upload>, LedgerError> {
        const SQL: &str = "SELECT id, total, held FROM upload WHERE device = ?1 AND name = ?2";
        self.one(SQL, (&device.0, name), |row| {
            Ok(Upload {
                id: row.get(0)?,
                total: row.get::<_, i64>(1)?.cast_unsigned(),
                held: row.get::<_, i64>(2)?.cast_unsigned(),
            })
        })
    }

    /// What is held of an upload, from its start.
    pub fn upload_bytes(&self, upload: Upload) -> Result<Vec<u8>, LedgerError> {
        const SQL: &str = "SELECT bytes FROM upload_run WHERE upload = ?1 ORDER BY offset";
        let runs: Vec<Vec<u8>> = self.all(SQL, [upload.id], |row| row.get(0))?;
        let bytes = runs.concat();
        if bytes.len() as u64 == upload.held {
            Ok(bytes)
        } else {
            Err(LedgerError::Damaged("upload"))
        }
    }

    /// An entry's bytes.
    pub fn entry(&self, device: DeviceId, seq: u64) -> Result<Option<Vec<u8>>, LedgerError> {
        const SQL: &str = "SELECT bytes FROM entry WHERE device = ?1 AND seq = ?2";
        self.one(SQL, (&device.0, seq.cast_signed()), |row| row.get(0))
    }
}

fn brief(row: &rusqlite::Row<'_>) -> rusqlite::Result<PictureBrief> {
    Ok(PictureBrief {
        device: DeviceId(row.get(0)?),
        hash: row.get(1)?,
        bytes: row.get::<_, i64>(2)?.cast_unsigned(),
        code: row.get(3)?,
        received_at_ms: row.get(4)?,
    })
}

fn picture_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<PictureRow> {
    Ok(PictureRow {
        device: DeviceId(row.get(0)?),
        seq: row.get::<_, Option<i64>>(1)?.map(i64::cast_unsigned),
        hash: row.get(2)?,
        media_type: row.get(3)?,
        code: row.get(4)?,
        body: row.get(5)?,
        received_at_ms: row.get(6)?,
    })
}
