//! Helping whoever forgot a device's PIN: `docs/adr/0013-a-forgotten-pin.md`.

use crate::error::HqError;
use crate::headquarters::Headquarters;
use crate::ledger::{AuditEvent, LedgerError};
use baqylau_domain::DeviceId;
use baqylau_protocol::{Entropy, Recoverable, RecoveryError, RecoveryRequest};
use serde::Serialize;

/// Whose device is to be opened, for whoever decides on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RecoveryAsked {
    /// The device.
    pub device: DeviceId,
    /// Its team.
    pub team: String,
    /// Whether it was revoked: then it is not opened.
    pub revoked: bool,
}

/// Actions on the audit trail.
const ASKED: &str = "recovery.asked";
const ANSWERED: &str = "recovery.answered";

impl Headquarters {
    /// Looks into a request. Nothing is given out, and that it was looked into is on the audit trail.
    ///
    /// # Errors
    /// [`HqError::Recovery`] for whatever is no request of a device of this event.
    pub fn recovery_asked(&self, request: &str, actor: &str) -> Result<RecoveryAsked, HqError> {
        let (_, _, asked) = self.open_request(request)?;
        self.note_recovery(ASKED, actor, asked.device)?;
        Ok(asked)
    }

    /// Answers a request. To be done only for whom a person has recognised, by voice or face: the answer opens the
    /// device for whoever chose the new PIN.
    ///
    /// # Errors
    /// [`HqError::Recovery`], also for a device that was revoked.
    pub fn answer_recovery(&self, request: &str, actor: &str) -> Result<String, HqError> {
        let (request, recoverable, asked) = self.open_request(request)?;
        if asked.revoked {
            return Err(HqError::Recovery("revoked"));
        }
        let answer = request
            .answer(&recoverable, &mut Entropy(&*self.ids))
            .map_err(|error| HqError::Recovery(code(error)))?;
        // On the trail before anybody has it.
        self.note_recovery(ANSWERED, actor, asked.device)?;
        Ok(answer.to_text())
    }

    fn open_request(
        &self,
        text: &str,
    ) -> Result<(RecoveryRequest, Recoverable, RecoveryAsked), HqError> {
        let request =
            RecoveryRequest::from_text(text).map_err(|_| HqError::Recovery("mistyped"))?;
        let recoverable = request
            .open(&self.intake.secrets.read())
            .map_err(|error| HqError::Recovery(code(error)))?;
        if recoverable.event != self.intake.event {
            return Err(HqError::Recovery("other-event"));
        }
        let row = self
            .ledger
            .read(|read| read.device(recoverable.device))?
            .ok_or(HqError::Recovery("unknown-device"))?;
        let asked = RecoveryAsked {
            device: row.id,
            team: row.team,
            revoked: row.revoked,
        };
        Ok((request, recoverable, asked))
    }

    fn note_recovery(&self, action: &str, actor: &str, device: DeviceId) -> Result<(), HqError> {
        let event = AuditEvent::new(self.now_ms(), actor, action, device.to_string());
        Ok(self
            .ledger
            .write_now(move |write| -> Result<(), LedgerError> { write.audit(&event) })?)
    }
}

fn code(error: RecoveryError) -> &'static str {
    match error {
        RecoveryError::UnknownKey(_) => "unknown-key",
        RecoveryError::NotASlot
        | RecoveryError::Key
        | RecoveryError::Sealed
        | RecoveryError::Decode(_) => "damaged",
    }
}
