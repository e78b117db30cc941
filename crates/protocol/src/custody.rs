//! Custody: a carrier's signed word that it has taken segments and pictures over. It says nothing about headquarters.

use crate::cbor::{MapReader, MapWriter, encode, whole};
use crate::{
    Certificate, Config, ConfigError, DecodeError, DeviceKey, EventId, Signed, SignedCertificate,
    limits,
};
use minicbor::Decoder;
use sha2::{Digest as _, Sha256};
use thiserror::Error;

/// What a sealed segment is called by whoever cannot open it: SHA-256 over its bytes. A sealed picture is called the same
/// way ([`crate::SealedHash`]).
pub type SegmentHash = [u8; 32];

/// The hash by which carriers speak of a sealed segment.
#[must_use]
pub fn segment_hash(sealed: &[u8]) -> SegmentHash {
    Sha256::digest(sealed).into()
}

/// What a carrier signs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Custody {
    /// The event.
    pub event: EventId,
    /// By the carrier's clock, UTC milliseconds.
    pub at_ms: i64,
    /// The segments it holds, and after them the pictures.
    pub segments: Vec<SegmentHash>,
}

/// A carrier's word as its bytes.
pub type SignedCustody = Signed<Custody>;

/// A carrier's word, and headquarters' word on who the carrier is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustodyReceipt {
    /// What the carrier signed.
    pub statement: SignedCustody,
    /// The carrier's certificate.
    pub certificate: SignedCertificate,
}

/// Why a carrier's word proves nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum CustodyError {
    /// Unreadable.
    #[error("unreadable: {0}")]
    Decode(#[from] DecodeError),
    /// Headquarters has not certified this carrier, or has revoked it.
    #[error("not a carrier of this event")]
    NotCertified,
    /// Not signed by the certificate's key.
    #[error("bad signature")]
    BadSignature,
}

const DOMAIN: &[u8] = b"obs-custody-v1";

impl Custody {
    /// Signs it.
    #[must_use]
    pub fn sign(&self, key: &DeviceKey) -> SignedCustody {
        let payload = MapWriter::default()
            .text(0, &self.event.0)
            .int(1, self.at_ms)
            .list(2, &self.segments, |hash| encode(|e| e.bytes(hash)))
            .finish();
        Signed::of(&key.sign(DOMAIN, &payload), &payload)
    }

    fn decode(payload: &[u8]) -> Result<Self, DecodeError> {
        let mut map = MapReader::read(payload)?;
        Ok(Self {
            event: EventId(map.text(0)?),
            at_ms: map.int(1)?,
            segments: map.list(2, limits::CUSTODY_SEGMENTS, |raw| {
                whole(raw, Decoder::bytes)?
                    .try_into()
                    .map_err(|_| DecodeError::Malformed)
            })?,
        })
    }
}

impl CustodyReceipt {
    /// Checks the carrier's certificate down to headquarters' key in `config`, then the carrier's signature.
    ///
    /// The dates of the certificate play no part: the clocks of both devices may be years off.
    ///
    /// # Errors
    /// [`CustodyError`] for whatever does not prove who holds the segments.
    pub fn verify(&self, config: &Config) -> Result<(Certificate, Custody), CustodyError> {
        let certificate = match self.certificate.verify(&config.hq) {
            Ok(certificate) => certificate,
            Err(ConfigError::Decode(error)) => return Err(error.into()),
            Err(_) => return Err(CustodyError::NotCertified),
        };
        if certificate.event != config.event || config.revoked.contains(&certificate.public.id()) {
            return Err(CustodyError::NotCertified);
        }
        let (signature, payload) = self.statement.parts(limits::CUSTODY_BYTES)?;
        if !certificate.public.verifies(DOMAIN, payload, &signature) {
            return Err(CustodyError::BadSignature);
        }
        let custody = Custody::decode(payload)?;
        if custody.event != config.event {
            return Err(CustodyError::NotCertified);
        }
        Ok((certificate, custody))
    }
}
