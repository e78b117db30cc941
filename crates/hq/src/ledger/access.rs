//! Who may come in: enrolment codes, one-time sign-in links, sessions. Only hashes of secrets are kept.

use super::{LedgerError, Read, Write};
use baqylau_domain::DeviceId;

/// What an unused enrolment code stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnrolmentGrant {
    /// The team the device will belong to.
    pub team: String,
    /// What headquarters calls the device.
    pub label: String,
}

/// Why a code enrols nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EnrolmentRefusal {
    /// There is no such code.
    Unknown,
    /// It was used already.
    Used,
    /// Its time is over.
    Expired,
}

impl Write<'_> {
    /// Remembers an enrolment code by the hash of its secret.
    pub fn add_enrolment(
        &self,
        secret_hash: &[u8; 32],
        grant: &EnrolmentGrant,
        now_ms: i64,
        expires_at_ms: i64,
    ) -> Result<(), LedgerError> {
        const SQL: &str = "INSERT INTO enrolment (secret_hash, team, label, created_at, expires_at)
                           VALUES (?1, ?2, ?3, ?4, ?5)";
        self.execute(
            SQL,
            (
                secret_hash,
                &grant.team,
                &grant.label,
                now_ms,
                expires_at_ms,
            ),
        )
        .map(drop)
    }

    /// Looks a code up; it stays unused until [`Write::use_enrolment`].
    pub fn enrolment(
        &self,
        secret_hash: &[u8; 32],
        now_ms: i64,
    ) -> Result<Result<EnrolmentGrant, EnrolmentRefusal>, LedgerError> {
        const SQL: &str = "SELECT team, label, expires_at, used_at IS NOT NULL FROM enrolment WHERE secret_hash = ?1";
        let found = self.read().one(SQL, [secret_hash], |row| {
            let grant = EnrolmentGrant {
                team: row.get(0)?,
                label: row.get(1)?,
            };
            Ok((grant, row.get::<_, i64>(2)?, row.get::<_, bool>(3)?))
        })?;
        Ok(match found {
            None => Err(EnrolmentRefusal::Unknown),
            Some((_, _, true)) => Err(EnrolmentRefusal::Used),
            Some((_, expires_at, _)) if expires_at <= now_ms => Err(EnrolmentRefusal::Expired),
            Some((grant, _, _)) => Ok(grant),
        })
    }

    /// Spends a code on a device.
    pub fn use_enrolment(
        &self,
        secret_hash: &[u8; 32],
        device: &[u8; 16],
        now_ms: i64,
    ) -> Result<(), LedgerError> {
        const SQL: &str = "UPDATE enrolment SET used_at = ?2, device = ?3 WHERE secret_hash = ?1 AND used_at IS NULL";
        self.execute(SQL, (secret_hash, now_ms, device)).map(drop)
    }

    /// The device that a code was spent on.
    pub fn enrolled_with(&self, secret_hash: &[u8; 32]) -> Result<Option<DeviceId>, LedgerError> {
        let found = self.read().one(
            "SELECT device FROM enrolment WHERE secret_hash = ?1",
            [secret_hash],
            |row| row.get::<_, Option<[u8; 16]>>(0),
        )?;
        Ok(found.flatten().map(DeviceId))
    }

    /// Remembers a one-time sign-in link by the hash of its token.
    pub fn add_sign_in_link(
        &self,
        token_hash: &[u8; 32],
        now_ms: i64,
        expires_at_ms: i64,
    ) -> Result<(), LedgerError> {
        const SQL: &str =
            "INSERT INTO sign_in_link (token_hash, created_at, expires_at) VALUES (?1, ?2, ?3)";
        self.execute(SQL, (token_hash, now_ms, expires_at_ms))
            .map(drop)
    }

    /// Spends a sign-in link; `false` when there is none that may be spent.
    pub fn use_sign_in_link(
        &self,
        token_hash: &[u8; 32],
        now_ms: i64,
    ) -> Result<bool, LedgerError> {
        const SQL: &str = "UPDATE sign_in_link SET used_at = ?2 WHERE token_hash = ?1 AND used_at IS NULL AND expires_at > ?2";
        Ok(self.execute(SQL, (token_hash, now_ms))? == 1)
    }

    /// Remembers a signed-in browser by the hash of its cookie, and forgets those whose time is over.
    pub fn add_session(
        &self,
        token_hash: &[u8; 32],
        actor: &str,
        now_ms: i64,
        expires_at_ms: i64,
    ) -> Result<(), LedgerError> {
        const SQL: &str = "INSERT INTO session (token_hash, actor, created_at, expires_at) VALUES (?1, ?2, ?3, ?4)";
        self.execute("DELETE FROM session WHERE expires_at <= ?1", [now_ms])?;
        self.execute(SQL, (token_hash, actor, now_ms, expires_at_ms))
            .map(drop)
    }

    /// Ends a session.
    pub fn end_session(&self, token_hash: &[u8; 32]) -> Result<(), LedgerError> {
        self.execute("DELETE FROM session WHERE token_hash = ?1", [token_hash])
            .map(drop)
    }
}

impl Read<'_> {
    /// Who is behind a cookie, if its session still runs.
    pub fn session(
        &self,
        token_hash: &[u8; 32],
        now_ms: i64,
    ) -> Result<Option<String>, LedgerError> {
        const SQL: &str = "SELECT actor FROM session WHERE token_hash = ?1 AND expires_at > ?2";
        self.one(SQL, (token_hash, now_ms), |row| row.get(0))
    }
}
