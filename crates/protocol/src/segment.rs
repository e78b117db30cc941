//! Segments: runs of a journal, signed once, compressed, padded and sealed.

use crate::{Chain, ChainHash, ConfigError, DecodeError, DeviceKey, DevicePublic, EventId, MailboxTag, SealKey, SealSecret, Signature};
use baqylau_domain::DeviceId;
use rand_core::CryptoRng;
use thiserror::Error;

/// A run of a journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SegmentBody {
    /// The event.
    pub event: EventId,
    /// Whose journal.
    pub device: DeviceId,
    /// The first entry's number.
    pub first_seq: u64,
    /// The chain's hash before the first entry.
    pub before: ChainHash,
    /// The entries' bytes.
    pub entries: Vec<Vec<u8>>,
}

/// What anybody can read of a sealed segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OuterHeader {
    /// The cipher suite.
    pub suite: u8,
    /// The seal key's id.
    pub key: u32,
    /// The device's tag of the day.
    pub tag: MailboxTag,
    /// Bytes that follow the header.
    pub length: u32,
}

/// A compression dictionary that travels with the form definitions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dictionary {
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// How to pack a segment.
#[derive(Debug, Clone, Copy)]
pub struct Packing<'a> {
    /// zstd level.
    pub level: i32,
    /// The dictionary that headquarters also has.
    pub dictionary: Option<&'a Dictionary>,
}

/// A segment that was opened; believed only after [`OpenedSegment::verify`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenedSegment {
    /// The outer header.
    pub header: OuterHeader,
    /// The content.
    pub body: SegmentBody,
    /// The device's signature.
    pub signature: Signature,
}

/// Why a segment cannot be sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum SealError {
    /// Beyond [`crate::limits`]: use fewer entries.
    #[error("too large")]
    TooLarge,
    /// No entries, or the first number is 0.
    #[error("empty")]
    Empty,
    /// The key's suite is unknown or its public half unusable.
    #[error("unusable seal key")]
    Key,
    /// The compressor failed.
    #[error("compression failed")]
    Compression,
}

/// Why a segment cannot be opened or believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum OpenError {
    /// Not a segment of this major version, or its length does not fit.
    #[error("not a segment")]
    NotASegment,
    /// Beyond [`crate::limits`].
    #[error("too large")]
    TooLarge,
    /// Sealed to a key that is not at hand.
    #[error("unknown key {0}")]
    UnknownKey(u32),
    /// Damaged, or not sealed to this key.
    #[error("does not open")]
    Sealed,
    /// Packed with a dictionary that is not at hand.
    #[error("unknown dictionary")]
    UnknownDictionary,
    /// The inside is unreadable.
    #[error("unreadable: {0}")]
    Decode(#[from] DecodeError),
    /// The device's signature does not fit.
    #[error("bad signature")]
    BadSignature,
}

impl Default for Packing<'_> {
    fn default() -> Self {
        Self { level: 19, dictionary: None }
    }
}

impl SegmentBody {
    /// The last entry's number.
    #[must_use]
    pub fn last_seq(&self) -> u64 {
        unimplemented!()
    }

    /// The chain before the first entry.
    #[must_use]
    pub fn start(&self) -> Chain {
        unimplemented!()
    }

    /// The chain after the last entry.
    #[must_use]
    pub fn end(&self) -> Chain {
        unimplemented!()
    }
}

impl OuterHeader {
    /// Reads the header without opening anything.
    ///
    /// # Errors
    /// [`OpenError::NotASegment`] and [`OpenError::TooLarge`].
    pub fn read(bytes: &[u8]) -> Result<Self, OpenError> {
        unimplemented!("{bytes:?}")
    }
}

impl OpenedSegment {
    /// Checks the signature over the header and the chain's new hash, and returns the chain's new end.
    ///
    /// # Errors
    /// [`OpenError::BadSignature`] when the device or the signature is another's.
    pub fn verify(&self, device: &DevicePublic) -> Result<Chain, OpenError> {
        unimplemented!("{device:?}")
    }
}

/// Signs, compresses, pads and seals a run of a journal.
///
/// # Errors
/// [`SealError`]; above all [`SealError::TooLarge`], after which the caller takes fewer entries.
pub fn seal(
    body: &SegmentBody,
    signer: &DeviceKey,
    to: &SealKey,
    tag: MailboxTag,
    packing: Packing<'_>,
    rng: &mut impl CryptoRng,
) -> Result<Vec<u8>, SealError> {
    let _ = (body, signer.public(), to, tag, packing, rng, ConfigError::NoSealKey);
    unimplemented!()
}

/// Opens a sealed segment with whichever of `secrets` it names.
///
/// # Errors
/// [`OpenError`]; nothing beyond the limits is ever unpacked.
pub fn open(bytes: &[u8], secrets: &[SealSecret], dictionaries: &[Dictionary]) -> Result<OpenedSegment, OpenError> {
    let _ = (bytes, secrets.len(), dictionaries);
    unimplemented!()
}

/// The padded length of `length` bytes: at most 12 % more, and few different results.
#[must_use]
pub fn padme(length: usize) -> usize {
    unimplemented!("{length}")
}
