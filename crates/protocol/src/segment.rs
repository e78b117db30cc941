//! Segments: runs of a journal, signed once, compressed, padded and sealed.

use crate::cbor::{MapReader, MapWriter};
use crate::keys::SUITE_X25519;
use crate::packing::{Dictionary, Packing, pack, unpack};
use crate::seeded::{Bug, is_planted};
use crate::{
    Chain, ChainHash, DecodeError, DeviceKey, DevicePublic, EventId, MailboxTag, SealKey,
    SealSecret, Signature, limits,
};
use baqylau_domain::DeviceId;
use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::{Deserializable as _, Kem, OpModeR, OpModeS, Serializable as _};
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
    /// Whose it is, for whoever has the device's mailbox secret.
    pub tag: MailboxTag,
    /// Bytes that follow the header.
    pub length: u32,
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
    /// The inner header as it was signed, with keys of a newer version.
    signed_header: Vec<u8>,
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

const MAGIC: [u8; 4] = *b"OBS\x01";
const HEADER_BYTES: usize = 29;
const ENCAPPED_BYTES: usize = 32;
const AEAD_TAG_BYTES: usize = 16;
const INFO: &[u8] = b"obs1-segment";
pub(crate) const DOMAIN: &[u8] = b"obs-seg-v1";

impl SegmentBody {
    /// The last entry's number.
    #[must_use]
    pub fn last_seq(&self) -> u64 {
        self.start().seq + self.entries.len() as u64
    }

    /// The chain before the first entry.
    #[must_use]
    pub fn start(&self) -> Chain {
        Chain {
            seq: self.first_seq.saturating_sub(1),
            hash: self.before,
        }
    }

    /// The chain after the last entry.
    #[must_use]
    pub fn end(&self) -> Chain {
        self.entries
            .iter()
            .fold(self.start(), |chain, entry| chain.next(entry))
    }

    fn signed_header(&self) -> Vec<u8> {
        MapWriter::default()
            .text(0, &self.event.0)
            .bytes(1, &self.device.0)
            .uint(2, self.first_seq)
            .uint(3, self.entries.len() as u64)
            .bytes(4, &self.before.0)
            .finish()
    }
}

impl OuterHeader {
    /// Reads the header without opening anything.
    ///
    /// # Errors
    /// [`OpenError::NotASegment`] and [`OpenError::TooLarge`].
    pub fn read(bytes: &[u8]) -> Result<Self, OpenError> {
        if bytes.len() > limits::SEGMENT_WIRE_BYTES {
            return Err(OpenError::TooLarge);
        }
        let (header, rest) = bytes
            .split_first_chunk::<HEADER_BYTES>()
            .ok_or(OpenError::NotASegment)?;
        let (magic, fields) = header
            .split_first_chunk::<4>()
            .ok_or(OpenError::NotASegment)?;
        let (suite, fields) = fields.split_first().ok_or(OpenError::NotASegment)?;
        let (key, fields) = fields
            .split_first_chunk::<4>()
            .ok_or(OpenError::NotASegment)?;
        let (tag, length) = fields
            .split_first_chunk::<16>()
            .ok_or(OpenError::NotASegment)?;
        let length = length
            .first_chunk::<4>()
            .map(|length| u32::from_be_bytes(*length));
        let length = length
            .filter(|length| *length as usize == rest.len())
            .ok_or(OpenError::NotASegment)?;
        if *magic != MAGIC {
            return Err(OpenError::NotASegment);
        }
        Ok(Self {
            suite: *suite,
            key: u32::from_be_bytes(*key),
            tag: MailboxTag(*tag),
            length,
        })
    }

    fn to_bytes(self) -> Vec<u8> {
        [
            &MAGIC,
            [self.suite].as_slice(),
            &self.key.to_be_bytes(),
            &self.tag.0,
            &self.length.to_be_bytes(),
        ]
        .concat()
    }
}

impl OpenedSegment {
    pub(crate) fn signed_header(&self) -> &[u8] {
        &self.signed_header
    }

    /// Checks the signature over the header and the chain's new hash, and returns the chain's new end.
    ///
    /// # Errors
    /// [`OpenError::BadSignature`] when the device or the signature is another's.
    pub fn verify(&self, device: &DevicePublic) -> Result<Chain, OpenError> {
        let end = self.body.end();
        let message = [self.signed_header.as_slice(), &end.hash.0].concat();
        let is_theirs =
            device.id() == self.body.device && device.verifies(DOMAIN, &message, &self.signature);
        if is_theirs || is_planted(Bug::SegmentUnsigned) {
            Ok(end)
        } else {
            Err(OpenError::BadSignature)
        }
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
    packing: Packing<'_>,
    rng: &mut impl CryptoRng,
) -> Result<Vec<u8>, SealError> {
    if body.entries.is_empty() || body.first_seq == 0 {
        return Err(SealError::Empty);
    }
    if to.suite != SUITE_X25519 {
        return Err(SealError::Key);
    }
    let mut inner = signed(body, signer, packing)?;
    let total = padme((OVERHEAD_BYTES + inner.len()).max(limits::PADDING_FLOOR_BYTES));
    if total > limits::SEGMENT_WIRE_BYTES {
        return Err(SealError::TooLarge);
    }
    inner.resize(total - OVERHEAD_BYTES, 0);
    let length = u32::try_from(total - HEADER_BYTES).map_err(|_| SealError::TooLarge)?;
    let public =
        <X25519HkdfSha256 as Kem>::PublicKey::from_bytes(&to.public).map_err(|_| SealError::Key)?;
    let (encapped, mut sender) = hpke::setup_sender_with_rng::<
        ChaCha20Poly1305,
        HkdfSha256,
        X25519HkdfSha256,
    >(&OpModeS::Base, &public, INFO, rng)
    .map_err(|_| SealError::Key)?;
    let encapped: [u8; ENCAPPED_BYTES] = encapped.to_bytes().into();
    let outer = OuterHeader {
        suite: to.suite,
        key: to.id,
        tag: signer.mailbox().tag(&encapped),
        length,
    }
    .to_bytes();
    let sealed = sender.seal(&inner, &outer).map_err(|_| SealError::Key)?;
    Ok([outer.as_slice(), &encapped, &sealed].concat())
}

/// What sealing adds.
const OVERHEAD_BYTES: usize = HEADER_BYTES + ENCAPPED_BYTES + AEAD_TAG_BYTES;

/// `length of header (2) ‖ header ‖ signature ‖ packed entries`.
fn signed(
    body: &SegmentBody,
    signer: &DeviceKey,
    packing: Packing<'_>,
) -> Result<Vec<u8>, SealError> {
    let header = body.signed_header();
    let signature = signer.sign(DOMAIN, &[header.as_slice(), &body.end().hash.0].concat());
    let length = u16::try_from(header.len()).map_err(|_| SealError::TooLarge)?;
    Ok([
        length.to_be_bytes().as_slice(),
        &header,
        &signature.0,
        &pack(&body.entries, packing)?,
    ]
    .concat())
}

/// What a segment would weigh without padding, bytes.
///
/// # Errors
/// As for [`seal`].
pub fn unpadded_bytes(
    body: &SegmentBody,
    signer: &DeviceKey,
    packing: Packing<'_>,
) -> Result<usize, SealError> {
    Ok(OVERHEAD_BYTES + signed(body, signer, packing)?.len())
}

/// Opens a sealed segment with whichever of `secrets` it names.
///
/// # Errors
/// [`OpenError`]; nothing beyond the limits is ever unpacked.
pub fn open(
    bytes: &[u8],
    secrets: &[SealSecret],
    dictionaries: &[Dictionary],
) -> Result<OpenedSegment, OpenError> {
    let header = OuterHeader::read(bytes)?;
    let known = secrets
        .iter()
        .find(|secret| secret.id() == header.key && header.suite == SUITE_X25519);
    let secret = known.ok_or(OpenError::UnknownKey(header.key))?;
    let (outer, rest) = bytes.split_at(HEADER_BYTES);
    let (encapped, sealed) = rest
        .split_first_chunk::<ENCAPPED_BYTES>()
        .ok_or(OpenError::NotASegment)?;
    let encapped = <X25519HkdfSha256 as Kem>::EncappedKey::from_bytes(encapped)
        .map_err(|_| OpenError::NotASegment)?;
    let inner = hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
        &OpModeR::Base,
        &secret.private(),
        &encapped,
        INFO,
        sealed,
        outer,
    )
    .map_err(|_| OpenError::Sealed)?;
    read_inner(header, &inner, dictionaries)
}

fn read_inner(
    header: OuterHeader,
    inner: &[u8],
    dictionaries: &[Dictionary],
) -> Result<OpenedSegment, OpenError> {
    let (length, rest) = inner
        .split_first_chunk::<2>()
        .ok_or(DecodeError::Malformed)?;
    let length = usize::from(u16::from_be_bytes(*length));
    let (signed_header, rest) = rest
        .split_at_checked(length)
        .ok_or(DecodeError::Malformed)?;
    let (signature, packed) = rest
        .split_first_chunk::<64>()
        .ok_or(DecodeError::Malformed)?;
    let mut map = MapReader::read(signed_header)?;
    let count: usize = map.small(3)?;
    let mut body = SegmentBody {
        event: EventId(map.text(0)?),
        device: DeviceId(map.array(1)?),
        first_seq: map.uint(2)?,
        before: ChainHash(map.array(4)?),
        entries: Vec::new(),
    };
    let is_possible = body.first_seq > 0 && body.first_seq.checked_add(count as u64).is_some();
    if count == 0 || !is_possible {
        return Err(DecodeError::Malformed.into());
    }
    if count > limits::SEGMENT_ENTRIES {
        return Err(OpenError::TooLarge);
    }
    body.entries = unpack(packed, count, dictionaries)?;
    Ok(OpenedSegment {
        header,
        body,
        signature: Signature(*signature),
        signed_header: signed_header.to_vec(),
    })
}

/// The padded length of `length` bytes: at most 12 % more, and few different results.
///
/// Padmé (Nikitin and others, 2019): only the leading bits of a length remain, one more for every
/// doubling of its own length in bits.
#[must_use]
pub fn padme(length: usize) -> usize {
    if length < 2 {
        return length;
    }
    let exponent = length.ilog2();
    let last_bits = exponent - (exponent.ilog2() + 1).min(exponent);
    let mask = (1_usize << last_bits) - 1;
    length.saturating_add(mask) & !mask
}

#[cfg(test)]
mod tests;
