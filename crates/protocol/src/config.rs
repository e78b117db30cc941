//! What headquarters signs for devices: the event's configuration and device certificates.

use crate::{BlobHash, DecodeError, DevicePublic, EventId, HqKey, HqPublic, RootKey, RootPublic, SealKey, SpkiHash};
use baqylau_domain::{DeviceId, Role, TeamCode};
use std::marker::PhantomData;
use thiserror::Error;

/// A signed message as its bytes; read only through its `verify`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed<T> {
    bytes: Vec<u8>,
    of: PhantomData<fn() -> T>,
}

/// The event's configuration under the root key.
pub type SignedConfig = Signed<Config>;
/// A device's certificate under headquarters' key.
pub type SignedCertificate = Signed<Certificate>;

impl<T> Signed<T> {
    /// Bytes that somebody sent or kept; nothing is checked yet.
    #[must_use]
    pub fn from_bytes(bytes: Vec<u8>) -> Self {
        Self { bytes, of: PhantomData }
    }

    /// The bytes to send or keep.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }
}

/// The event's configuration. Versions only go up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// Monotonic.
    pub version: u64,
    /// The event.
    pub event: EventId,
    /// When it was issued, UTC milliseconds.
    pub issued_at_ms: i64,
    /// The key that signs receipts and certificates.
    pub hq: HqPublic,
    /// Keys to seal to; devices use the first whose suite they know.
    pub seal_keys: Vec<SealKey>,
    /// Where headquarters listens, in the order to try.
    pub endpoints: Vec<Endpoint>,
    /// What a device pulls.
    pub blobs: Vec<BlobRef>,
    /// Limits that a device keeps to.
    pub limits: Limits,
    /// The lowest protocol version still taken without an upgrade notice.
    pub min_protocol: u16,
    /// The event is over: devices may drop what is receipted.
    pub closed: bool,
    /// Devices whose later entries are set aside.
    pub revoked: Vec<DeviceId>,
}

/// One address of headquarters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    /// `https://host:port`.
    pub url: String,
    /// The one TLS key accepted there.
    pub spki: SpkiHash,
}

/// A content-addressed thing that devices pull.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlobRef {
    /// What it is.
    pub kind: BlobKind,
    /// Which one: a form's id, or the mission's.
    pub id: String,
    /// Its content address.
    pub hash: BlobHash,
    /// Its length.
    pub bytes: u64,
}

/// What a blob is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BlobKind {
    /// A compiled form definition.
    Form,
    /// The register.
    Register,
    /// The mission with its teams.
    Mission,
    /// A compression dictionary for segments.
    Dictionary,
    /// A kind of a newer version.
    Unknown(u16),
}

/// What headquarters asks devices to keep to (never above [`crate::limits`]).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Segments of one request.
    pub request_segments: u16,
    /// Bytes of one request.
    pub request_bytes: u32,
    /// Entries of one segment.
    pub segment_entries: u16,
}

/// What headquarters says about an enrolled device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// The event.
    pub event: EventId,
    /// The device's key.
    pub public: DevicePublic,
    /// A name that tells nobody who the holder is.
    pub pseudonym: String,
    /// The team.
    pub team: TeamCode,
    /// What its holder is.
    pub role: Role,
    /// Valid from, UTC milliseconds.
    pub from_ms: i64,
    /// Valid until, UTC milliseconds.
    pub until_ms: i64,
}

/// Why a signed message is not to be believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ConfigError {
    /// Unreadable.
    #[error("unreadable: {0}")]
    Decode(#[from] DecodeError),
    /// The signature is not by the key it must be.
    #[error("bad signature")]
    BadSignature,
    /// Of another event.
    #[error("another event")]
    WrongEvent,
    /// An older version than the one held, or another text under the same number.
    #[error("rolled back from {held} to {offered}")]
    RolledBack {
        /// The version held.
        held: u64,
        /// The version offered.
        offered: u64,
    },
    /// A certificate for another device.
    #[error("another device")]
    WrongDevice,
    /// Nothing in it that this version can seal to.
    #[error("no usable seal key")]
    NoSealKey,
}

impl Default for Limits {
    fn default() -> Self {
        Self { request_segments: 16, request_bytes: 1024 * 1024, segment_entries: 500 }
    }
}

impl Config {
    /// Signs it.
    #[must_use]
    pub fn sign(&self, root: &RootKey) -> SignedConfig {
        unimplemented!("{:?}", root.public())
    }

    /// Whether this configuration may take the place of `held`.
    ///
    /// # Errors
    /// [`ConfigError::WrongEvent`] and [`ConfigError::RolledBack`].
    pub fn may_replace(&self, held: &Config) -> Result<(), ConfigError> {
        unimplemented!("{held:?}")
    }

    /// The key to seal to.
    ///
    /// # Errors
    /// [`ConfigError::NoSealKey`] when no suite is known.
    pub fn seal_key(&self) -> Result<SealKey, ConfigError> {
        unimplemented!()
    }
}

impl SignedConfig {
    /// Checks the signature, then reads.
    ///
    /// # Errors
    /// [`ConfigError`] when it is unreadable or not by `root`.
    pub fn verify(&self, root: &RootPublic) -> Result<Config, ConfigError> {
        unimplemented!("{root:?}")
    }
}

impl Certificate {
    /// Signs it.
    #[must_use]
    pub fn sign(&self, hq: &HqKey) -> SignedCertificate {
        unimplemented!("{:?}", hq.public())
    }
}

impl SignedCertificate {
    /// Checks the signature, then reads.
    ///
    /// # Errors
    /// [`ConfigError`] when it is unreadable or not by `hq`.
    pub fn verify(&self, hq: &HqPublic) -> Result<Certificate, ConfigError> {
        unimplemented!("{hq:?}")
    }
}
