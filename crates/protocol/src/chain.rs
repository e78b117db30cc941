//! The hash chain of a journal.

use crate::{DevicePublic, EventId};
use sha2::{Digest, Sha256};
use std::fmt;

/// The hash of a journal up to one of its entries.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChainHash(pub [u8; 32]);

/// A journal's end: how many entries it has and the hash over them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chain {
    /// The last entry's number; 0 when the journal is empty.
    pub seq: u64,
    /// The hash up to that entry.
    pub hash: ChainHash,
}

impl Chain {
    /// The empty journal of `device` in `event`: `SHA-256("obs0" ‖ public key ‖ event)`.
    #[must_use]
    pub fn start(device: &DevicePublic, event: &EventId) -> Self {
        let hash = Sha256::new()
            .chain_update(b"obs0")
            .chain_update(device.0)
            .chain_update(event.0.as_bytes())
            .finalize();
        Self {
            seq: 0,
            hash: ChainHash(hash.into()),
        }
    }

    /// The chain after one more entry: `SHA-256(0x01 ‖ before ‖ length ‖ entry)`.
    #[must_use]
    pub fn next(self, entry: &[u8]) -> Self {
        let hash = Sha256::new()
            .chain_update([1])
            .chain_update(self.hash.0)
            .chain_update((entry.len() as u64).to_be_bytes())
            .chain_update(entry)
            .finalize();
        Self {
            seq: self.seq + 1,
            hash: ChainHash(hash.into()),
        }
    }
}

impl fmt::Debug for ChainHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ChainHash(")?;
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))?;
        f.write_str(")")
    }
}
