//! The audit trail: written in the same transaction as what it records.

use super::{LedgerError, Read, Write};
use serde::Serialize;

/// Somebody did something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AuditEvent {
    /// When, UTC milliseconds.
    pub at_ms: i64,
    /// Who: `admin`, `cli`, or a device's id.
    pub actor: String,
    /// A stable code: `device.enrolled`, `report.accepted` …
    pub action: String,
    /// What it was done to.
    pub subject: String,
    /// A code or number that belongs to it; may be empty.
    pub detail: String,
}

impl AuditEvent {
    /// An event without a detail.
    #[must_use]
    pub fn new(at_ms: i64, actor: &str, action: &str, subject: impl Into<String>) -> Self {
        let subject = subject.into();
        Self {
            at_ms,
            actor: actor.to_owned(),
            action: action.to_owned(),
            subject,
            detail: String::new(),
        }
    }

    /// The same with a detail.
    #[must_use]
    pub fn with(self, detail: impl Into<String>) -> Self {
        Self {
            detail: detail.into(),
            ..self
        }
    }
}

impl Write<'_> {
    /// Appends to the audit trail.
    pub fn audit(&self, event: &AuditEvent) -> Result<(), LedgerError> {
        const SQL: &str =
            "INSERT INTO audit (at, actor, action, subject, detail) VALUES (?1, ?2, ?3, ?4, ?5)";
        self.execute(
            SQL,
            (
                event.at_ms,
                &event.actor,
                &event.action,
                &event.subject,
                &event.detail,
            ),
        )
        .map(drop)
    }
}

impl Read<'_> {
    /// The audit trail in order.
    pub fn audit_trail(&self) -> Result<Vec<AuditEvent>, LedgerError> {
        self.all(
            "SELECT at, actor, action, subject, detail FROM audit ORDER BY id",
            (),
            |row| {
                Ok(AuditEvent {
                    at_ms: row.get(0)?,
                    actor: row.get(1)?,
                    action: row.get(2)?,
                    subject: row.get(3)?,
                    detail: row.get(4)?,
                })
            },
        )
    }
}
