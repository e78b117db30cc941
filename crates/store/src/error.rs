//! What can go wrong, as values.

use crate::KeyStoreError;
use baqylau_domain::{ReportState, TransitionError};
use std::path::PathBuf;
use thiserror::Error;
use uuid::Uuid;

/// A failed call on an unlocked store. Nothing that was acknowledged before is affected.
#[derive(Debug, Error)]
pub enum StoreError {
    /// No report has this local id.
    #[error("no report {0}")]
    NoReport(Uuid),
    /// The report's state does not allow it.
    #[error(transparent)]
    Transition(#[from] TransitionError),
    /// Answers may change only in a draft or a correction.
    #[error("a report that is {0:?} takes no answers")]
    NotEditable(ReportState),
    /// The report is sealed: nothing of it can be changed, added or opened here.
    #[error("the report is sealed")]
    Sealed,
    /// An entry lies in no whole segment of the outbox: its report cannot be sealed, and nothing was removed.
    #[error("entry {seq} is not in the outbox")]
    NotInOutbox {
        /// The entry.
        seq: u64,
    },
    /// A finished report can be withdrawn, never discarded.
    #[error("only a draft that was never finished can be discarded")]
    NotDiscardable,
    /// A local id that is taken.
    #[error("report {0} exists")]
    ReportExists(Uuid),
    /// The journal has no beginning yet: the device is not enrolled.
    #[error("the device is not enrolled")]
    NotEnrolled,
    /// An identity is set once; another one needs a new store.
    #[error("the device is enrolled already")]
    AlreadyEnrolled,
    /// The entries offered do not make a valid step (no revision in a finish, no entry at all …).
    #[error("these entries do not make this step")]
    BadEntries,
    /// Signed configuration older than the one held: refused.
    #[error("configuration {offered} is older than {held}")]
    ConfigRollback {
        /// Version offered.
        offered: u64,
        /// Version held.
        held: u64,
    },
    /// Headquarters' key to seal to is unusable.
    #[error("nothing can be sealed to this key")]
    SealKey,
    /// The bytes do not hash to the address they came under.
    #[error("content does not match its address")]
    HashMismatch,
    /// A receipt for entries this journal does not have, or for others.
    #[error("the receipt does not fit this journal at entry {upto_seq}")]
    ReceiptMismatch {
        /// The entry it speaks of.
        upto_seq: u64,
    },
    /// This device carries as much for others as it may; nothing of what was offered was taken.
    #[error("no more can be carried for others")]
    CarriedFull,
    /// The write-ahead log could not be emptied yet: what was removed may still lie in it, encrypted like the rest.
    #[error("the write-ahead log is in use")]
    LogInUse,
    /// No journal of this name was taken over.
    #[error("there is no such earlier journal")]
    NoEarlier,
    /// The disk is full: not saved, nothing earlier lost.
    #[error("the disk is full")]
    DiskFull,
    /// Reading or writing failed. The store takes no more writes; close it and unlock again.
    #[error("input or output failed")]
    Io(#[source] std::io::Error),
    /// A write failed before, so what is on disk must be verified first: unlock again.
    #[error("the store must be opened again")]
    Reopen,
    /// The database contradicts itself; unlocking again sets it aside.
    #[error("the database is damaged")]
    Corrupt,
    /// Any other refusal of the database.
    #[error("the database refused")]
    Database(#[source] rusqlite::Error),
    /// Key derivation or wrapping refused its parameters, or memory ran out.
    #[error("the key could not be derived")]
    Kdf,
    /// A migration does not apply.
    #[error("migration: {0}")]
    Migration(String),
    /// A stored value that cannot be read back.
    #[error("a stored value cannot be read")]
    Stored(#[source] serde_json::Error),
}

/// Why a vault could not be made.
#[derive(Debug, Error)]
pub enum CreateError {
    /// There is one already.
    #[error("a store exists here")]
    Exists,
    /// Another process holds the folder.
    #[error("the store is in use by another process")]
    InUse,
    /// The PIN is empty.
    #[error("the PIN is empty")]
    EmptyPin,
    /// The database could not be made.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Why a vault stayed locked.
#[derive(Debug, Error)]
pub enum UnlockError {
    /// No store here.
    #[error("there is no store here")]
    None,
    /// The wrong PIN.
    #[error("wrong PIN; the next may be tried in {retry_in_s} s")]
    WrongPin {
        /// Seconds until another may be tried; 0: at once.
        retry_in_s: u64,
        /// Wrong PINs in a row.
        failures: u32,
    },
    /// Too many wrong PINs; this one was not even tried.
    #[error("no PIN may be tried for {retry_in_s} s")]
    Wait {
        /// Seconds until another may be tried.
        retry_in_s: u64,
    },
    /// The database (and its key slots and outbox) was moved to `kept`, complete; nothing was deleted.
    #[error("the database was set aside: {reason:?}")]
    SetAside {
        /// Why.
        reason: AsideReason,
        /// The folder that now holds it.
        kept: PathBuf,
    },
    /// That was the last wrong PIN that was allowed: everything was destroyed.
    #[error("too many wrong PINs: everything was destroyed")]
    Wiped,
    /// The PIN opens nothing without a secret that the key store did not give. No try was counted.
    #[error(transparent)]
    KeyStore(#[from] KeyStoreError),
    /// Another process holds the folder.
    #[error("the store is in use by another process")]
    InUse,
    /// The files could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Why a database was set aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AsideReason {
    /// Damaged: a page, a constraint or the journal's chain does not hold.
    Corrupt,
    /// Written by a newer program.
    TooNew,
    /// Key slots without a database, or key slots that cannot be read.
    Incomplete,
    /// Its journal went on in two ways, so a new one begins.
    Forked,
    /// It came from a backup.
    Restored,
}

/// Why a PIN was not changed. The old one still works.
#[derive(Debug, Error)]
pub enum ChangePinError {
    /// The new PIN is empty.
    #[error("the new PIN is empty")]
    EmptyPin,
    /// The old PIN was refused.
    #[error(transparent)]
    Old(#[from] UnlockError),
    /// The new key slot could not be written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as C;
        match error.sqlite_error_code() {
            Some(C::DiskFull) => Self::DiskFull,
            Some(C::DatabaseCorrupt | C::NotADatabase) => Self::Corrupt,
            // Read only is what SQLite makes of a file that the drive would not let it open for writing.
            Some(C::SystemIoFailure | C::CannotOpen | C::ReadOnly) => {
                Self::Io(std::io::Error::other(error))
            }
            _ => Self::Database(error),
        }
    }
}

impl From<std::io::Error> for StoreError {
    fn from(error: std::io::Error) -> Self {
        if error.kind() == std::io::ErrorKind::StorageFull {
            Self::DiskFull
        } else {
            Self::Io(error)
        }
    }
}

impl From<serde_json::Error> for StoreError {
    fn from(error: serde_json::Error) -> Self {
        Self::Stored(error)
    }
}
