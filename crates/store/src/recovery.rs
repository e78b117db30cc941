//! A forgotten PIN, replaced with headquarters' help: `docs/adr/0013-a-forgotten-pin.md`.

use crate::attempts::Attempts;
use crate::database::{self, Unusable};
use crate::files::{ATTEMPTS, DATABASE, KEY_SLOTS, read_if_there};
use crate::keyslots::{KeySlots, answer_secret};
use crate::{Store, StoreError, UnlockError, Vault};
use baqylau_domain::IdSource;
use baqylau_protocol::{
    AnswerSecret, Entropy, EventId, Recoverable, RecoveryAnswer, RecoveryRequest, RecoverySlot,
    SealKey,
};
use std::io;
use thiserror::Error;

/// Why a PIN was not replaced. Nothing has changed then.
#[derive(Debug, Error)]
pub enum RecoverError {
    /// Nothing is here that headquarters could open: it was not allowed, or there is no store.
    #[error("headquarters cannot help here")]
    NotAllowed,
    /// The new PIN is empty.
    #[error("the PIN is empty")]
    EmptyPin,
    /// The answer does not open: it was given to another request, or for another new PIN.
    #[error("the answer does not fit")]
    Unfit,
    /// What it gives is not this database's key.
    #[error("the answer's key opens nothing here")]
    OtherKey,
    /// Another process has the store open.
    #[error("the store is in use")]
    InUse,
    /// The disk.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<io::Error> for RecoverError {
    fn from(error: io::Error) -> Self {
        Self::Store(error.into())
    }
}

impl Store {
    /// The database's key, sealed to headquarters. For [`Vault::set_recovery`].
    ///
    /// # Errors
    /// [`StoreError::NotEnrolled`]; [`StoreError::SealKey`] when the key to seal to is unusable.
    pub fn recovery_slot(
        &self,
        event: &EventId,
        to: &SealKey,
        ids: &dyn IdSource,
    ) -> Result<RecoverySlot, StoreError> {
        let identity = self.identity()?.ok_or(StoreError::NotEnrolled)?;
        let recoverable = Recoverable {
            event: event.clone(),
            device: identity.device,
            key: self.key.clone(),
        };
        recoverable
            .seal(to, &mut Entropy(ids))
            .map_err(|_| StoreError::SealKey)
    }
}

impl Vault {
    /// What of the key lies here sealed to headquarters; `None`: a forgotten PIN cannot be replaced. Slots that cannot
    /// be read hold none.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn recovery_slot(&self) -> io::Result<Option<RecoverySlot>> {
        Ok(self.slots_if_readable()?.and_then(|slots| slots.recovery()))
    }

    /// Puts a slot for headquarters beside the PIN's, in place of one before; `None` removes it. The store may be open.
    ///
    /// # Errors
    /// [`UnlockError::None`] where there is no store; a failure of the disk, and then all is as it was.
    pub fn set_recovery(&self, slot: Option<&RecoverySlot>) -> Result<(), UnlockError> {
        let _alone = self.slots.lock();
        let path = self.path(KEY_SLOTS);
        let bytes = read_if_there(&path)
            .map_err(StoreError::from)?
            .ok_or(UnlockError::None)?;
        let slots = KeySlots::read(&bytes).map_err(|_| StoreError::Corrupt)?;
        slots.with_recovery(slot).write(&path)?;
        Ok(())
    }

    /// What to ask headquarters for; its answer will open with this new PIN alone. Nothing is kept: asking again with
    /// the same PIN gives the same request. Takes a fifth of a second on purpose; not for an async thread.
    ///
    /// # Errors
    /// [`RecoverError::NotAllowed`], [`RecoverError::EmptyPin`].
    pub fn recovery_request(&self, new_pin: &str) -> Result<RecoveryRequest, RecoverError> {
        Ok(self.ask(new_pin)?.0)
    }

    /// The request, and what opens its answer.
    fn ask(&self, new_pin: &str) -> Result<(RecoveryRequest, AnswerSecret), RecoverError> {
        if new_pin.is_empty() {
            return Err(RecoverError::EmptyPin);
        }
        let slot = self.recovery_slot()?.ok_or(RecoverError::NotAllowed)?;
        let secret = answer_secret(&slot, new_pin, self.kdf)?;
        let answer_to = secret.public();
        Ok((RecoveryRequest { slot, answer_to }, secret))
    }

    /// Puts the new PIN in the place of the forgotten one. The key is tried on the database first: an answer that gives
    /// another key, from whomever it comes, changes nothing. Wrong PINs before are forgotten. A key that was bound to the
    /// key store stays so if the key store still has its secret; otherwise the new PIN opens it alone.
    ///
    /// Answers are not counted as wrong PINs are: whoever holds a device and an answer for it guesses the new PIN at the
    /// cost of the key derivation wherever they like.
    ///
    /// # Errors
    /// See [`RecoverError`].
    pub fn recover(
        &self,
        answer: &RecoveryAnswer,
        new_pin: &str,
        ids: &dyn IdSource,
    ) -> Result<(), RecoverError> {
        let _lock = self.lock()?.ok_or(RecoverError::InUse)?;
        let (request, secret) = self.ask(new_pin)?;
        let key = answer
            .open(&request, &secret)
            .map_err(|_| RecoverError::Unfit)?;
        match database::open_unchecked(&self.path(DATABASE), &key) {
            Ok(_) => {}
            Err(Unusable::Aside(_)) => return Err(RecoverError::OtherKey),
            Err(Unusable::Failed(error)) => return Err(error.into()),
        }
        let before = self.slots_if_readable()?;
        let secret = before.as_ref().and_then(|it| self.secret_of(it).ok()?);
        let slots = KeySlots::seal(&key, new_pin, secret.as_ref(), self.kdf, ids)?;
        let _alone = self.slots.lock();
        if !self.path(KEY_SLOTS).try_exists()? {
            // A wipe came first.
            return Err(RecoverError::NotAllowed);
        }
        slots
            .with_recovery(Some(&request.slot))
            .write(&self.path(KEY_SLOTS))?;
        Attempts::load(&self.path(ATTEMPTS))?.succeeded()?;
        if let (None, Some(name)) = (secret, before.as_ref().and_then(KeySlots::secret_name)) {
            self.forget_secret(name);
        }
        Ok(())
    }
}
