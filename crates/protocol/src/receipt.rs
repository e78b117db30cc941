//! Receipts: headquarters' word that it holds a journal up to an entry.

use crate::{ChainHash, DecodeError, EventId, HqKey, HqPublic, Signed};
use baqylau_domain::DeviceId;
use thiserror::Error;

/// What headquarters signs after its commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The event.
    pub event: EventId,
    /// Goes up whenever headquarters is restored from a backup.
    pub server_epoch: u64,
    /// Whose journal.
    pub device: DeviceId,
    /// The last entry held without a gap.
    pub upto_seq: u64,
    /// The chain's hash at that entry, as headquarters computed it.
    pub head: ChainHash,
    /// When headquarters received it, UTC milliseconds.
    pub received_at_ms: i64,
    /// Leaves in headquarters' log.
    pub log_size: u64,
    /// The log's root.
    pub log_root: [u8; 32],
}

/// A receipt as its bytes.
pub type SignedReceipt = Signed<Receipt>;

/// A receipt whose signature and hash the device has checked itself: the only thing that may be recorded as "held".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifiedReceipt {
    receipt: Receipt,
    signed: SignedReceipt,
}

/// Why a receipt proves nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ReceiptError {
    /// Unreadable.
    #[error("unreadable: {0}")]
    Decode(#[from] DecodeError),
    /// Not signed by headquarters.
    #[error("bad signature")]
    BadSignature,
    /// For another event or device.
    #[error("for somebody else")]
    WrongJournal,
    /// It speaks of an entry that this journal does not have.
    #[error("entry {0} was never written here")]
    UnknownEntry(u64),
    /// Headquarters holds something else under that number: a fork or damage.
    #[error("another journal under entry {0}")]
    HashMismatch(u64),
}

impl Receipt {
    /// Signs it. Only after the data is durable.
    #[must_use]
    pub fn sign(&self, hq: &HqKey) -> SignedReceipt {
        unimplemented!("{:?}", hq.public())
    }
}

impl SignedReceipt {
    /// Checks signature, event, device and the chain's hash, which `hash_at` recomputes or looks up
    /// in the device's own journal.
    ///
    /// # Errors
    /// [`ReceiptError`] for anything that does not prove that headquarters holds this very journal.
    pub fn verify(
        &self,
        hq: &HqPublic,
        event: &EventId,
        device: &DeviceId,
        hash_at: impl FnOnce(u64) -> Option<ChainHash>,
    ) -> Result<VerifiedReceipt, ReceiptError> {
        let _ = hash_at(0);
        unimplemented!("{hq:?}{event:?}{device:?}")
    }
}

impl VerifiedReceipt {
    /// What it says.
    #[must_use]
    pub fn receipt(&self) -> &Receipt {
        &self.receipt
    }

    /// Its bytes, to keep and to show to others.
    #[must_use]
    pub fn signed(&self) -> &SignedReceipt {
        &self.signed
    }
}
