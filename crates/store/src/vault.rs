//! The folder, the PIN and the key.

use crate::{ChangePinError, CreateError, Store, UnlockError};
use baqylau_domain::{Clock, IdSource};
use std::path::PathBuf;

/// Cost of deriving a key from a PIN (Argon2id).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kdf {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes.
    pub passes: u32,
    /// Lanes.
    pub lanes: u32,
}

/// What the folder holds, without any PIN.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VaultState {
    /// Nothing: never enrolled, or wiped.
    None,
    /// A store; a PIN may be tried in so many seconds.
    Locked {
        /// 0: at once.
        retry_in_s: u64,
    },
}

/// A folder that holds, or will hold, one store.
#[derive(Debug, Clone)]
pub struct Vault {
    dir: PathBuf,
    kdf: Kdf,
}

impl Vault {
    /// The vault in `dir` (made when missing).
    pub fn at(dir: impl Into<PathBuf>) -> Self {
        unimplemented!()
    }
    /// The same with another cost for PINs set from now on. For tests and rehearsals only:
    /// a weak cost makes a seized device's PIN guessable.
    pub fn with_kdf(dir: impl Into<PathBuf>, kdf: Kdf) -> Self {
        unimplemented!()
    }
    /// What is here. Completes a wipe that was interrupted.
    pub fn state(&self, clock: &dyn Clock) -> VaultState {
        unimplemented!()
    }
    /// Makes a new, empty store with a fresh random key.
    pub fn create(&self, pin: &str, ids: &dyn IdSource, clock: &dyn Clock) -> Result<Store, CreateError> {
        unimplemented!()
    }
    /// Opens the store. Takes a fifth of a second on purpose; not for an async thread.
    pub fn unlock(&self, pin: &str, clock: &dyn Clock) -> Result<Store, UnlockError> {
        unimplemented!()
    }
    /// Wraps the same key under a new PIN. The store may be open.
    pub fn change_pin(&self, old: &str, new: &str, ids: &dyn IdSource, clock: &dyn Clock) -> Result<(), ChangePinError> {
        unimplemented!()
    }
    /// Destroys the keys first, then every file of the vault. Drop any open [`Store`] before. Irrevocable.
    pub fn wipe(&self) -> std::io::Result<()> {
        unimplemented!()
    }
}
