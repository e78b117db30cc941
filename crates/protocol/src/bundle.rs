//! Bundles: what travels in hands instead of through a network. Receipts on their way back come first, then sealed
//! segments and sealed pictures on their way to headquarters.
//!
//! Nothing in a bundle says who wrote a segment or where: a carrier learns how many there are and how large.

use crate::cbor::{MapReader, MapWriter, encode, items, whole};
use crate::{
    CustodyReceipt, DecodeError, EventId, Signed, SignedConfig, SignedEnvelope, SignedReceipt,
    limits,
};
use minicbor::Decoder;
use sha2::{Digest as _, Sha256};
use thiserror::Error;

/// What one hand-over carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bundle {
    /// The event.
    pub event: EventId,
    /// Headquarters' receipts as they were carried before there were envelopes, each naming its device. They are read, for
    /// the device that they are for; nobody carries them on.
    pub receipts: Vec<SignedReceipt>,
    /// Carriers' word on which segments they have taken over.
    pub custody: Vec<CustodyReceipt>,
    /// Sealed segments.
    pub segments: Vec<Vec<u8>>,
    /// The newest configuration that the sender holds, for whoever never reaches headquarters.
    pub config: Option<SignedConfig>,
    /// Headquarters' receipts for devices that have none of their own road.
    pub envelopes: Vec<SignedEnvelope>,
    /// Sealed pictures.
    pub pictures: Vec<Vec<u8>>,
}

/// Why bytes are no bundle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum BundleError {
    /// They do not begin as a bundle does.
    #[error("not a bundle")]
    NotABundle,
    /// Of a newer major version.
    #[error("major version {0}")]
    UnknownMajor(u8),
    /// Cut off, or changed on the way.
    #[error("damaged")]
    Damaged,
    /// Beyond [`crate::limits`].
    #[error("too large")]
    TooLarge,
    /// Whole, and not written as this protocol writes.
    #[error("unreadable: {0}")]
    Decode(#[from] DecodeError),
}

const MAGIC: &[u8; 4] = b"OBSB";
const MAJOR: u8 = 1;
/// Magic, major, length of the content.
const HEAD_BYTES: usize = 9;
const HASH_BYTES: usize = 32;

impl BundleError {
    /// The stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::NotABundle => "not_a_bundle",
            Self::UnknownMajor(_) => "bundle_too_new",
            Self::Damaged => "bundle_damaged",
            Self::TooLarge | Self::Decode(DecodeError::TooLarge) => "bundle_too_large",
            Self::Decode(_) => "bundle_unreadable",
        }
    }
}

impl Bundle {
    /// A bundle with nothing in it.
    #[must_use]
    pub fn of(event: EventId) -> Self {
        Self {
            event,
            receipts: Vec::new(),
            custody: Vec::new(),
            segments: Vec::new(),
            config: None,
            envelopes: Vec::new(),
            pictures: Vec::new(),
        }
    }

    /// Whether it would carry nothing to anybody.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.receipts.is_empty()
            && self.envelopes.is_empty()
            && self.custody.is_empty()
            && self.segments.is_empty()
            && self.pictures.is_empty()
    }

    /// Its bytes.
    ///
    /// # Errors
    /// [`BundleError::TooLarge`] when a reader would refuse them.
    pub fn encode(&self) -> Result<Vec<u8>, BundleError> {
        let is_too_many = self.receipts.len() > limits::BUNDLE_RECEIPTS
            || self.envelopes.len() > limits::BUNDLE_RECEIPTS
            || self.custody.len() > limits::BUNDLE_CUSTODY
            || self.segments.len() > limits::BUNDLE_SEGMENTS
            || self.pictures.len() > limits::BUNDLE_PICTURES;
        let content = MapWriter::default()
            .text(0, &self.event.0)
            .list(1, &self.receipts, |receipt| {
                encode(|e| e.bytes(receipt.as_bytes()))
            })
            .list(2, &self.custody, |receipt| {
                encode(|e| {
                    e.array(2)?
                        .bytes(receipt.statement.as_bytes())?
                        .bytes(receipt.certificate.as_bytes())
                })
            })
            .list(3, &self.segments, |segment| encode(|e| e.bytes(segment)))
            .optional_bytes(4, self.config.as_ref().map(Signed::as_bytes))
            .list(5, &self.envelopes, |envelope| {
                encode(|e| e.bytes(envelope.as_bytes()))
            })
            .list(6, &self.pictures, |picture| encode(|e| e.bytes(picture)))
            .finish();
        let length = u32::try_from(content.len()).map_err(|_| BundleError::TooLarge)?;
        let mut bytes = [MAGIC.as_slice(), &[MAJOR], &length.to_be_bytes(), &content].concat();
        let hash = Sha256::digest(&bytes);
        bytes.extend_from_slice(&hash);
        if is_too_many || bytes.len() > limits::BUNDLE_BYTES {
            return Err(BundleError::TooLarge);
        }
        Ok(bytes)
    }

    /// Reads one. The hash at its end is looked at before anything in it, so that damage is called damage.
    ///
    /// # Errors
    /// [`BundleError`].
    pub fn decode(bytes: &[u8]) -> Result<Self, BundleError> {
        let mut map = MapReader::read(content(bytes)?)?;
        Ok(Self {
            event: EventId(map.text(0)?),
            receipts: map.list(1, limits::BUNDLE_RECEIPTS, |raw| {
                Ok(Signed::from_bytes(within(raw, limits::RECEIPT_BYTES)?))
            })?,
            custody: map.list(2, limits::BUNDLE_CUSTODY, |raw| {
                match items(raw, 2)?.as_slice() {
                    [statement, certificate] => Ok(CustodyReceipt {
                        statement: Signed::from_bytes(within(statement, limits::CUSTODY_BYTES)?),
                        certificate: Signed::from_bytes(within(
                            certificate,
                            limits::CERTIFICATE_BYTES,
                        )?),
                    }),
                    _ => Err(DecodeError::Malformed),
                }
            })?,
            segments: map.list(3, limits::BUNDLE_SEGMENTS, |raw| {
                within(raw, limits::SEGMENT_WIRE_BYTES)
            })?,
            config: map
                .optional_bytes(4)?
                .map(|bytes| Signed::from_bytes(bytes.to_vec())),
            envelopes: map.list(5, limits::BUNDLE_RECEIPTS, |raw| {
                Ok(Signed::from_bytes(within(raw, limits::ENVELOPE_BYTES)?))
            })?,
            pictures: map.list(6, limits::BUNDLE_PICTURES, |raw| {
                within(raw, limits::PICTURE_WIRE_BYTES)
            })?,
        })
    }
}

/// The CBOR of a bundle that is whole.
fn content(bytes: &[u8]) -> Result<&[u8], BundleError> {
    if bytes.len() > limits::BUNDLE_BYTES {
        return Err(BundleError::TooLarge);
    }
    let rest = bytes.strip_prefix(MAGIC).ok_or(BundleError::NotABundle)?;
    let (major, rest) = rest.split_first().ok_or(BundleError::Damaged)?;
    if *major != MAJOR {
        return Err(BundleError::UnknownMajor(*major));
    }
    let (length, rest) = rest.split_first_chunk().ok_or(BundleError::Damaged)?;
    let length = u32::from_be_bytes(*length) as usize;
    let (content, hash) = rest.split_at_checked(length).ok_or(BundleError::Damaged)?;
    let is_whole = hash.len() == HASH_BYTES
        && bytes
            .get(..HEAD_BYTES + length)
            .is_some_and(|covered| Sha256::digest(covered)[..] == *hash);
    if is_whole {
        Ok(content)
    } else {
        Err(BundleError::Damaged)
    }
}

fn within(raw: &[u8], limit: usize) -> Result<Vec<u8>, DecodeError> {
    let bytes = whole(raw, Decoder::bytes)?;
    if bytes.len() > limit {
        Err(DecodeError::TooLarge)
    } else {
        Ok(bytes.to_vec())
    }
}
