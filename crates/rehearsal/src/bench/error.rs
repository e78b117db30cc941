//! What can go wrong while measuring. These are for developers; no screen shows them.

use crate::error::RehearsalError;
use baqylau_protocol::{ApiError, ConfigError, DecodeError, ReceiptError, SealError};
use baqylau_store::{CreateError, StoreError, UnlockError};
use baqylau_sync::EnrolError;
use baqylau_sync::http::HttpError;
use thiserror::Error;

/// Why a benchmark stopped.
#[derive(Debug, Error)]
pub enum BenchError {
    /// A part of the rehearsal it stands on.
    #[error(transparent)]
    Rehearsal(#[from] RehearsalError),
    /// The mission does not give what is to be measured.
    #[error("the mission does not suit the benchmark: {0}")]
    Unsuited(String),
    /// The device's store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A store could not be made.
    #[error(transparent)]
    Create(#[from] CreateError),
    /// The device's store does not open.
    #[error(transparent)]
    Unlock(#[from] UnlockError),
    /// An entry of the device's journal cannot be read.
    #[error("an entry of the journal: {0}")]
    Entry(#[from] DecodeError),
    /// A segment could not be sealed.
    #[error("sealing: {0}")]
    Seal(#[from] SealError),
    /// The configuration names no key to seal to.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// No client for headquarters' address.
    #[error(transparent)]
    Http(#[from] HttpError),
    /// A device could not be enrolled.
    #[error(transparent)]
    Enrol(#[from] EnrolError),
    /// Headquarters did not answer.
    #[error(transparent)]
    Api(#[from] ApiError),
    /// A receipt that proves nothing.
    #[error("a receipt: {0}")]
    Receipt(#[from] ReceiptError),
    /// Headquarters did not take everything in, so that its speed means nothing.
    #[error("headquarters did not accept everything: {0}")]
    NotAccepted(String),
    /// The peer's engine ended or answered something else.
    #[error("the peer's form engine: {0}")]
    Oracle(String),
    /// What a task brought back.
    #[error(transparent)]
    Task(#[from] tokio::task::JoinError),
    /// What another program or the built interface holds.
    #[error("{what}: {reason}")]
    Unreadable {
        /// Which.
        what: String,
        /// Why.
        reason: String,
    },
    /// The machine.
    #[error(transparent)]
    Io(#[from] std::io::Error),
}
