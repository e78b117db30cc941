//! The operating system's key store, as far as a vault knows it.

use std::fmt::Debug;
use thiserror::Error;
use zeroize::Zeroizing;

/// 32 random bytes that only a key store holds. Wiped from memory when dropped.
pub type Secret = Zeroizing<[u8; 32]>;

/// Why a key store gave no secret. Neither has anything to do with the PIN, and neither is counted as a try.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum KeyStoreError {
    /// None is here, it stays locked, or it does not answer.
    #[error("the key store does not answer")]
    Silent,
    /// It answers, and does not have the secret: it is another one, or has been emptied.
    #[error("the key store does not have the secret")]
    Missing,
}

/// A place of the operating system's that keeps small secrets for whoever is logged in, outside the vault's folder.
///
/// A call may take as long as a person needs to unlock the key store; none is made on an async thread.
pub trait KeyStore: Debug + Send + Sync {
    /// Whether one is here that answers. Asks nobody for anything.
    fn answers(&self) -> bool;

    /// The secret of this name.
    ///
    /// # Errors
    /// See [`KeyStoreError`].
    fn get(&self, name: &str) -> Result<Secret, KeyStoreError>;

    /// Keeps a secret under this name.
    ///
    /// # Errors
    /// [`KeyStoreError::Silent`]
    fn put(&self, name: &str, secret: &Secret) -> Result<(), KeyStoreError>;

    /// Forgets the secret of this name; one that is not there is forgotten already. Waits for seconds at most, because
    /// a wipe does.
    ///
    /// # Errors
    /// [`KeyStoreError::Silent`]
    fn remove(&self, name: &str) -> Result<(), KeyStoreError>;
}

/// What a vault has that was given none.
#[derive(Debug)]
pub(crate) struct NoKeyStore;

impl KeyStore for NoKeyStore {
    fn answers(&self) -> bool {
        false
    }

    fn get(&self, _: &str) -> Result<Secret, KeyStoreError> {
        Err(KeyStoreError::Silent)
    }

    fn put(&self, _: &str, _: &Secret) -> Result<(), KeyStoreError> {
        Err(KeyStoreError::Silent)
    }

    fn remove(&self, _: &str) -> Result<(), KeyStoreError> {
        Err(KeyStoreError::Silent)
    }
}
