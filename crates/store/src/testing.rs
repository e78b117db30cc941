//! For tests and rehearsals of whoever uses a vault.

use crate::{KeyStore, KeyStoreError, Secret};
use parking_lot::Mutex;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};

/// A key store in memory, which forgets with the process and can be told to fall silent.
#[derive(Debug, Default)]
pub struct MemoryKeyStore {
    secrets: Mutex<BTreeMap<String, Secret>>,
    silent: AtomicBool,
}

impl MemoryKeyStore {
    /// Answers no more, or again.
    pub fn silence(&self, silent: bool) {
        self.silent.store(silent, Ordering::Relaxed);
    }

    /// Loses everything, as a key store that was reset.
    pub fn lose_everything(&self) {
        self.secrets.lock().clear();
    }

    /// Everything it keeps, by name.
    #[must_use]
    pub fn secrets(&self) -> BTreeMap<String, Secret> {
        self.secrets.lock().clone()
    }

    /// One that keeps this.
    #[must_use]
    pub fn with(secrets: BTreeMap<String, Secret>) -> Self {
        Self {
            secrets: Mutex::new(secrets),
            silent: AtomicBool::new(false),
        }
    }

    fn heard(&self) -> Result<(), KeyStoreError> {
        if self.answers() {
            Ok(())
        } else {
            Err(KeyStoreError::Silent)
        }
    }
}

impl KeyStore for MemoryKeyStore {
    fn answers(&self) -> bool {
        !self.silent.load(Ordering::Relaxed)
    }

    fn get(&self, name: &str) -> Result<Secret, KeyStoreError> {
        self.heard()?;
        let secret = self.secrets.lock().get(name).cloned();
        secret.ok_or(KeyStoreError::Missing)
    }

    fn put(&self, name: &str, secret: &Secret) -> Result<(), KeyStoreError> {
        self.heard()?;
        self.secrets.lock().insert(name.to_owned(), secret.clone());
        Ok(())
    }

    fn remove(&self, name: &str) -> Result<(), KeyStoreError> {
        self.heard()?;
        self.secrets.lock().remove(name);
        Ok(())
    }
}
