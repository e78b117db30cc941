//! Requests and replies.

use crate::{BlobHash, ChainHash, DecodeError, DeviceKey, DevicePublic, EnrolSecret, Mailbox, Signature, SignedCertificate, SignedConfig, SignedReceipt};
use baqylau_domain::DeviceId;

/// A new device introduces itself.
pub struct EnrolRequest {
    /// Lowest and highest protocol version the device speaks.
    pub protocol: (u16, u16),
    /// The code's single-use secret.
    pub secret: EnrolSecret,
    /// The device's new key.
    pub public: DevicePublic,
    /// The secret behind its daily tags.
    pub mailbox: Mailbox,
    /// Proof that the sender holds the key.
    pub proof: Signature,
}

/// Headquarters enrolled the device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnrolReply {
    /// The event's configuration.
    pub config: SignedConfig,
    /// The device's certificate.
    pub certificate: SignedCertificate,
    /// Headquarters' epoch.
    pub server_epoch: u64,
}

/// One exchange: what the device has and what it brings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyncRequest {
    /// Lowest and highest protocol version the device speaks.
    pub protocol: (u16, u16),
    /// Capability bits; none are defined yet.
    pub capabilities: u64,
    /// The device.
    pub device: DeviceId,
    /// The newest server epoch the device has seen; 0 for none.
    pub server_epoch: u64,
    /// The entry number that the device believes headquarters wants next.
    pub cursor: u64,
    /// The configuration the device holds; 0 for none.
    pub config_version: u64,
    /// Sealed segments, ascending.
    pub segments: Vec<Vec<u8>>,
    /// The device's signature over all of it.
    pub proof: Signature,
}

/// Headquarters' answer. Every content verdict is in here; HTTP only says that it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyncReply {
    /// Headquarters' epoch: newer than the device's means that it was restored from a backup.
    pub server_epoch: u64,
    /// The entry number that headquarters wants next from this device.
    pub next_seq: u64,
    /// The chain's hash before that entry.
    pub head: ChainHash,
    /// One for each segment, in the request's order.
    pub verdicts: Vec<Verdict>,
    /// Signed after commit; none while headquarters holds nothing of this device.
    pub receipt: Option<SignedReceipt>,
    /// The configuration, if newer than the device's.
    pub config: Option<SignedConfig>,
    /// Reports that headquarters keeps but does not count, with the reason, by their `Finalise` entry.
    pub set_aside: Vec<SetAside>,
    /// The device is revoked: what it sends is kept apart.
    pub revoked: bool,
    /// The device's version is too old: its segments are kept, and it should be updated.
    pub upgrade: bool,
    /// Seconds to wait before the next exchange.
    pub back_off_s: Option<u32>,
}

/// What became of one segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Stored and chained.
    Accepted,
    /// Everything in it was there already, with the same hashes.
    Duplicate,
    /// Kept, but entries before it are missing.
    Parked {
        /// The first missing entry.
        need_from: u64,
    },
    /// Kept apart and not counted.
    Quarantined {
        /// Why.
        code: QuarantineCode,
    },
    /// Sealed to a key headquarters does not have (any more): pull the configuration and seal again.
    UnknownKey,
    /// Above a limit: send less in one segment.
    TooLarge,
}

/// Why a segment is kept apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QuarantineCode {
    /// Another entry under the same number is held already: a clone or a restored backup.
    Fork,
    /// The device is revoked.
    Revoked,
    /// The signature does not fit.
    BadSignature,
    /// It does not follow the chain held.
    BadChain,
    /// It does not open or cannot be read.
    Malformed,
    /// For another event.
    WrongEvent,
    /// Of a device that was never enrolled here.
    UnknownDevice,
    /// A code of a newer version.
    Other(String),
}

/// A report that headquarters keeps but does not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetAside {
    /// The entry that finished it.
    pub seq: u64,
    /// Why: a stable code.
    pub code: String,
}

impl EnrolRequest {
    /// The request of a device with this key.
    #[must_use]
    pub fn new(secret: EnrolSecret, key: &DeviceKey) -> Self {
        let _ = secret;
        unimplemented!("{:?}", key.public())
    }

    /// Whether the sender holds the key it names.
    #[must_use]
    pub fn is_proven(&self) -> bool {
        unimplemented!()
    }

    /// Its bytes, padded.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        unimplemented!()
    }

    /// Reads one.
    ///
    /// # Errors
    /// [`DecodeError`].
    pub fn decode(bytes: &[u8]) -> Result<Self, DecodeError> {
        unimplemented!("{bytes:?}")
    }
}

impl EnrolReply {
    /// Its bytes.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        unimplemented!()
    }

    /// Reads one.
    ///
    /// # Errors
    /// [`DecodeError`].
    pub fn decode(bytes: &[u8]) -> Result<Self, DecodeError> {
        unimplemented!("{bytes:?}")
    }
}

impl SyncRequest {
    /// Signs the request: fill every field, `proof` with anything.
    #[must_use]
    pub fn signed(self, key: &DeviceKey) -> Self {
        unimplemented!("{:?}", key.public())
    }

    /// Whether this device made the request.
    #[must_use]
    pub fn is_by(&self, device: &DevicePublic) -> bool {
        unimplemented!("{device:?}")
    }

    /// Its bytes, padded.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        unimplemented!()
    }

    /// Reads one.
    ///
    /// # Errors
    /// [`DecodeError`].
    pub fn decode(bytes: &[u8]) -> Result<Self, DecodeError> {
        unimplemented!("{bytes:?}")
    }
}

impl SyncReply {
    /// Its bytes.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        unimplemented!()
    }

    /// Reads one.
    ///
    /// # Errors
    /// [`DecodeError`].
    pub fn decode(bytes: &[u8]) -> Result<Self, DecodeError> {
        unimplemented!("{bytes:?}")
    }
}

impl QuarantineCode {
    /// The stable code.
    #[must_use]
    pub fn as_str(&self) -> &str {
        unimplemented!("{:?}", BlobHash([0; 32]))
    }
}
