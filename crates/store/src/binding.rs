//! A device whose PIN opens nothing without the computer's key store: `docs/adr/0014-the-computers-key-store.md`.

use crate::files::{ASIDE, KEY_SLOTS, WIPING, read_if_there};
use crate::keyslots::{KeySlots, name_of};
use crate::keystore::Secret;
use crate::pins::NoKey;
use crate::{KeyStoreError, Store, StoreError, UnlockError, Vault};
use baqylau_domain::{Clock, IdSource};
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;
use zeroize::Zeroizing;

impl Vault {
    /// Whether a key store is here that answers. Asks nobody for anything; may take seconds.
    #[must_use]
    pub fn key_store_answers(&self) -> bool {
        self.key_store.answers()
    }

    /// Whether the PIN opens nothing without the key store. Slots that cannot be read are not bound.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn is_bound(&self) -> io::Result<bool> {
        Ok(self
            .slots_if_readable()?
            .is_some_and(|slots| slots.secret_name().is_some()))
    }

    /// Binds the key to the key store: from then on the PIN opens it only with a fresh secret that the key store
    /// keeps. The secret is there, and was read back, before the slots change; a kill in between leaves them as they
    /// were. The store may be open. A wrong PIN counts like one at the lock.
    ///
    /// # Errors
    /// [`UnlockError::KeyStore`] when it keeps nothing; as for [`Vault::unlock`]. Nothing has changed then.
    pub fn bind(
        &self,
        pin: &str,
        ids: &dyn IdSource,
        clock: &dyn Clock,
    ) -> Result<(), UnlockError> {
        let turned = self.turn(pin, clock).map_err(NoKey::while_open)?;
        let mut secret: Secret = Zeroizing::new([0_u8; 32]);
        ids.fill(secret.as_mut_slice());
        let name = name_of(&secret);
        // Not under the lock of the slots: a wipe must not wait for a key store that asks somebody to unlock it.
        let bound = self
            .key_store
            .put(&name, &secret)
            .and_then(|()| self.secret_named(&name))
            .map_err(UnlockError::from)
            .and_then(|_| {
                Ok(KeySlots::seal(
                    &turned.key,
                    pin,
                    Some(&secret),
                    self.kdf,
                    ids,
                )?)
            })
            .and_then(|sealed| self.replace_slots(sealed, &turned.slots));
        match (&bound, turned.slots.secret_name()) {
            (Ok(()), Some(before)) => self.forget_secret(before),
            (Ok(()), None) => {}
            (Err(_), _) => self.forget_secret(&name),
        }
        bound
    }

    /// Lets the PIN open the key alone again. The slots change first; the secret is removed afterwards, and is worth
    /// nothing if it stays. Needs neither the PIN nor an answer of the key store, but this vault's open store.
    ///
    /// # Errors
    /// [`UnlockError::None`] where there is no store; a failure of the disk, and then all is as it was.
    pub fn unbind(&self, store: &Store) -> Result<(), UnlockError> {
        let alone = self.slots.lock();
        let slots = self.slots_if_readable().map_err(StoreError::from)?;
        let slots = slots.ok_or(UnlockError::None)?;
        let Some(name) = slots.secret_name().map(str::to_owned) else {
            return Ok(());
        };
        let unbound = slots.unbound(&store.key).map_err(|_| StoreError::Corrupt)?;
        unbound.write(&self.path(KEY_SLOTS))?;
        drop(alone);
        self.forget_secret(&name);
        Ok(())
    }

    /// Puts slots in the place of those they were made from, with what headquarters may open of them now.
    pub(crate) fn replace_slots(
        &self,
        sealed: KeySlots,
        before: &KeySlots,
    ) -> Result<(), UnlockError> {
        let _alone = self.slots.lock();
        let path = self.path(KEY_SLOTS);
        let bytes = read_if_there(&path)
            .map_err(StoreError::from)?
            .ok_or(UnlockError::None)?;
        let now = KeySlots::read(&bytes).map_err(|_| StoreError::Corrupt)?;
        if now.secret_name() != before.secret_name() {
            // Bound or unbound meanwhile: what was made for another secret must not come after it.
            return Err(UnlockError::InUse);
        }
        Ok(sealed.with_recovery(now.recovery().as_ref()).write(&path)?)
    }

    /// The secret without which these slots do not open; `None` when they need none.
    pub(crate) fn secret_of(&self, slots: &KeySlots) -> Result<Option<Secret>, KeyStoreError> {
        slots
            .secret_name()
            .map(|name| self.secret_named(name))
            .transpose()
    }

    fn secret_named(&self, name: &str) -> Result<Secret, KeyStoreError> {
        let secret = self.key_store.get(name)?;
        if name_of(&secret) == name {
            Ok(secret)
        } else {
            Err(KeyStoreError::Missing)
        }
    }

    /// A secret that no slot needs any more. One that stays because the key store does not answer opens nothing.
    pub(crate) fn forget_secret(&self, name: &str) {
        let _ = self.key_store.remove(name);
    }

    pub(crate) fn slots_if_readable(&self) -> io::Result<Option<KeySlots>> {
        let bytes = read_if_there(&self.path(KEY_SLOTS))?;
        Ok(bytes.and_then(|bytes| KeySlots::read(&bytes).ok()))
    }

    /// Names of all secrets that slots of this vault need, also of those set aside, and those that a wipe under way
    /// has noted already. What cannot be read names none: nothing may keep a wipe waiting.
    pub(crate) fn secret_names(&self) -> BTreeSet<String> {
        let mut names = noted(&self.path(WIPING));
        collect_names(&self.dir, &mut names);
        names
    }

    /// Removes the secrets that a wipe has noted. A wipe counts without it: the slots are gone.
    pub(crate) fn forget_noted_secrets(&self) {
        for name in noted(&self.path(WIPING)) {
            if self.key_store.remove(&name).is_err() {
                // It would not answer for the next one either, and every try takes seconds.
                break;
            }
        }
    }
}

/// What the marker of a wipe names; a marker without names is one of a program that knew of none.
fn noted(marker: &Path) -> BTreeSet<String> {
    let bytes = fs::read(marker).unwrap_or_default();
    serde_json::from_slice(&bytes).unwrap_or_default()
}

fn collect_names(dir: &Path, names: &mut BTreeSet<String>) {
    let slots = fs::read(dir.join(KEY_SLOTS))
        .ok()
        .and_then(|bytes| KeySlots::read(&bytes).ok());
    names.extend(slots.and_then(|slots| slots.secret_name().map(str::to_owned)));
    for kept in fs::read_dir(dir.join(ASIDE))
        .into_iter()
        .flatten()
        .flatten()
    {
        collect_names(&kept.path(), names);
    }
}
