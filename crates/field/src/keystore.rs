//! The operating system's own key store: the Secret Service on a Linux desktop, the Keychain on a Mac, the Credential
//! Manager on Windows. Only the first has been tried.

use baqylau_store::{KeyStore, KeyStoreError, Secret};
use keyring_core::{CredentialStore, Entry, Error};
use std::collections::HashMap;
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;
use zeroize::Zeroizing;

/// What all entries of this app are kept under. Whoever looks into the key store reads it there.
const SERVICE: &str = "Baqylau";
/// A name that no secret has.
const NOBODY: &str = "-";
/// The system may be asking somebody for the password of their key store meanwhile.
const FOR_A_PERSON: Duration = Duration::from_secs(60);
/// Nobody is waited for.
const FOR_A_MACHINE: Duration = Duration::from_secs(3);

/// The key store of whoever is logged in on this computer.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemKeyStore;

impl KeyStore for SystemKeyStore {
    fn answers(&self) -> bool {
        // Looking for what is not there unlocks nothing, so nobody is asked for a password.
        let found = asked(NOBODY, FOR_A_MACHINE, |entry| entry.get_secret().map(drop));
        matches!(found, Ok(()) | Err(KeyStoreError::Missing))
    }

    fn get(&self, name: &str) -> Result<Secret, KeyStoreError> {
        let found = asked(name, FOR_A_PERSON, |entry| {
            entry.get_secret().map(Zeroizing::new)
        })?;
        let mut secret = Secret::default();
        if found.len() != secret.len() {
            return Err(KeyStoreError::Missing);
        }
        secret.copy_from_slice(&found);
        Ok(secret)
    }

    fn put(&self, name: &str, secret: &Secret) -> Result<(), KeyStoreError> {
        let secret = secret.clone();
        asked(name, FOR_A_PERSON, move |entry| {
            entry.set_secret(secret.as_slice())
        })
    }

    fn remove(&self, name: &str) -> Result<(), KeyStoreError> {
        match asked(name, FOR_A_MACHINE, Entry::delete_credential) {
            Err(KeyStoreError::Missing) => Ok(()),
            removed => removed,
        }
    }
}

/// Asks on a thread of its own: a key store that never answers keeps that thread and nobody else.
fn asked<T: Send + 'static>(
    name: &str,
    patience: Duration,
    call: impl FnOnce(&Entry) -> keyring_core::Result<T> + Send + 'static,
) -> Result<T, KeyStoreError> {
    let (tell, told) = mpsc::channel();
    let name = name.to_owned();
    let asking = thread::Builder::new().spawn(move || {
        // Nobody hears it when patience has ended.
        let _ = tell.send(entry(&name).and_then(|entry| call(&entry)));
    });
    let answer = asking.ok().and_then(|_| told.recv_timeout(patience).ok());
    match answer {
        Some(Ok(done)) => Ok(done),
        Some(Err(Error::NoEntry)) => Err(KeyStoreError::Missing),
        Some(Err(error)) => {
            tracing::info!(%error, "the key store refused");
            Err(KeyStoreError::Silent)
        }
        None => {
            tracing::warn!("the key store does not answer");
            Err(KeyStoreError::Silent)
        }
    }
}

fn entry(name: &str) -> keyring_core::Result<Entry> {
    let label = HashMap::from([("label", SERVICE)]);
    let label = cfg!(target_os = "linux").then_some(&label);
    connected()?.build(SERVICE, name, label)
}

/// A fresh connection each time: the key store may have been started anew since the last.
#[cfg(target_os = "linux")]
fn connected() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(zbus_secret_service_keyring_store::Store::new()?)
}

#[cfg(target_os = "windows")]
fn connected() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(windows_native_keyring_store::Store::new()?)
}

#[cfg(target_os = "macos")]
fn connected() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(apple_native_keyring_store::keychain::Store::new()?)
}
