//! Trying a PIN, and changing it.

use crate::attempts::Attempts;
use crate::error::AsideReason;
use crate::files::{ATTEMPTS, KEY_SLOTS, read_if_there};
use crate::keyslots::{DatabaseKey, KeySlots, Refusal};
use crate::keystore::Secret;
use crate::{ChangePinError, StoreError, UnlockError, Vault};
use baqylau_domain::{Clock, IdSource};
use std::io;

/// What a right PIN opened.
pub(crate) struct Turned {
    pub(crate) key: DatabaseKey,
    /// The slots as they were then.
    pub(crate) slots: KeySlots,
    /// The key store's, if the slots need it.
    pub(crate) secret: Option<Secret>,
}

impl Vault {
    /// Whether this is the PIN, counted like a try at the lock. The store may be open.
    ///
    /// # Errors
    /// As for [`Vault::unlock`].
    pub fn check_pin(&self, pin: &str, clock: &dyn Clock) -> Result<(), UnlockError> {
        self.turn(pin, clock).map(drop).map_err(NoKey::while_open)
    }

    /// Wraps the same key under a new PIN, with the key store's secret if the old one needed it. The store may be open.
    ///
    /// # Errors
    /// See [`ChangePinError`]; the old PIN then still works. A wrong old PIN counts like one at unlock.
    pub fn change_pin(
        &self,
        old: &str,
        new: &str,
        ids: &dyn IdSource,
        clock: &dyn Clock,
    ) -> Result<(), ChangePinError> {
        if new.is_empty() {
            return Err(ChangePinError::EmptyPin);
        }
        let turned = self.turn(old, clock).map_err(NoKey::while_open)?;
        let secret = turned.secret.as_ref();
        let sealed = KeySlots::seal(&turned.key, new, secret, self.kdf, ids)?;
        Ok(self.replace_slots(sealed, &turned.slots)?)
    }

    /// The key, if `pin` is right and its turn has come.
    ///
    /// A secret of the key store that is not to be had costs no try: nothing about the PIN was learnt.
    pub(crate) fn turn(&self, pin: &str, clock: &dyn Clock) -> Result<Turned, NoKey> {
        let bytes =
            read_if_there(&self.path(KEY_SLOTS))?.ok_or(NoKey::Refused(UnlockError::None))?;
        let mut attempts = Attempts::load(&self.path(ATTEMPTS))?;
        let now_ms = clock.now().utc_ms;
        let retry_in_s = attempts.retry_in_s(now_ms)?;
        if retry_in_s > 0 {
            return Err(NoKey::Refused(UnlockError::Wait { retry_in_s }));
        }
        let slots = KeySlots::read(&bytes).map_err(NoKey::of)?;
        let secret = self.secret_of(&slots).map_err(UnlockError::from);
        let secret = secret.map_err(NoKey::Refused)?;
        attempts.begin(now_ms)?;
        match slots.open(pin, secret.as_ref()) {
            Ok(key) => {
                attempts.succeeded()?;
                Ok(Turned { key, slots, secret })
            }
            Err(Refusal::WrongPin) => Err(NoKey::Refused(UnlockError::WrongPin {
                retry_in_s: attempts.retry_in_s(now_ms)?,
                failures: attempts.failures(),
            })),
            Err(refusal) => Err(NoKey::of(refusal)),
        }
    }
}

/// Why there is no key.
pub(crate) enum NoKey {
    /// The PIN, or its turn.
    Refused(UnlockError),
    /// The slots themselves.
    Slots(AsideReason),
}

impl NoKey {
    /// What it comes to where the store may be open and whole: only the next unlock may move it.
    pub(crate) fn while_open(self) -> UnlockError {
        match self {
            Self::Refused(refusal) => refusal,
            Self::Slots(_) => StoreError::Kdf.into(),
        }
    }

    fn of(refusal: Refusal) -> Self {
        Self::Slots(if refusal == Refusal::TooNew {
            AsideReason::TooNew
        } else {
            AsideReason::Incomplete
        })
    }
}

impl From<io::Error> for NoKey {
    fn from(error: io::Error) -> Self {
        Self::Refused(UnlockError::Store(error.into()))
    }
}
