//! Enrolled devices, their certificates and revocations.

use super::{LedgerError, Read, Write};
use baqylau_domain::DeviceId;

/// A device as it was enrolled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnrolledDevice {
    /// Its id.
    pub id: DeviceId,
    /// Its public key.
    pub public_key: [u8; 32],
    /// The secret behind its segments' tags; zeros where only a certificate introduced it.
    pub mailbox: [u8; 32],
    /// The certificate headquarters signed.
    pub certificate: Vec<u8>,
    /// The team's code.
    pub team: String,
    /// What headquarters calls it.
    pub label: String,
    /// When, UTC milliseconds.
    pub enrolled_at_ms: i64,
}

/// What intake must know of a device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceRow {
    /// Its id.
    pub id: DeviceId,
    /// Its public key.
    pub public_key: [u8; 32],
    /// The certificate headquarters signed.
    pub certificate: Vec<u8>,
    /// The team's code.
    pub team: String,
    /// Whether it was revoked.
    pub revoked: bool,
}

impl Write<'_> {
    /// Enrols a device; its journal begins at entry 1 with `start` as the chain's hash.
    pub fn add_device(&self, device: &EnrolledDevice, start: &[u8; 32]) -> Result<(), LedgerError> {
        const DEVICE: &str =
            "INSERT INTO device (id, public_key, mailbox, certificate, team, label, enrolled_at)
                              VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
        const HEAD: &str =
            "INSERT INTO head (device, next_seq, hash, heard_at) VALUES (?1, 1, ?2, ?3)";
        let EnrolledDevice {
            id,
            public_key,
            mailbox,
            certificate,
            team,
            label,
            enrolled_at_ms,
        } = device;
        self.execute(
            DEVICE,
            (
                &id.0,
                public_key,
                mailbox,
                certificate,
                team,
                label,
                enrolled_at_ms,
            ),
        )?;
        self.execute(HEAD, (&id.0, start, enrolled_at_ms)).map(drop)
    }

    /// Revokes a device: what it sends from now on is kept and set aside.
    pub fn revoke(&self, device: DeviceId, reason: &str, now_ms: i64) -> Result<(), LedgerError> {
        const SQL: &str = "INSERT INTO revocation (device, at, reason) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING";
        self.execute(SQL, (&device.0, now_ms, reason)).map(drop)
    }
}

impl Read<'_> {
    /// A device by its id.
    pub fn device(&self, id: DeviceId) -> Result<Option<DeviceRow>, LedgerError> {
        const SQL: &str = "SELECT id, public_key, certificate, team,
                                  EXISTS (SELECT 1 FROM revocation WHERE revocation.device = device.id)
                           FROM device WHERE id = ?1";
        self.one(SQL, [&id.0], device_row)
    }

    /// Every device, in the order of enrolment.
    pub fn devices(&self) -> Result<Vec<DeviceRow>, LedgerError> {
        const SQL: &str = "SELECT id, public_key, certificate, team,
                                  EXISTS (SELECT 1 FROM revocation WHERE revocation.device = device.id)
                           FROM device ORDER BY enrolled_at, id";
        self.all(SQL, (), device_row)
    }

    /// Ids of revoked devices.
    pub fn revoked_devices(&self) -> Result<Vec<DeviceId>, LedgerError> {
        self.all("SELECT device FROM revocation ORDER BY device", (), |row| {
            Ok(DeviceId(row.get(0)?))
        })
    }
}

fn device_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<DeviceRow> {
    Ok(DeviceRow {
        id: DeviceId(row.get(0)?),
        public_key: row.get(1)?,
        certificate: row.get(2)?,
        team: row.get(3)?,
        revoked: row.get(4)?,
    })
}
