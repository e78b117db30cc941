//! Requests and replies.

use crate::cbor::{MapReader, MapWriter, encode, items, whole};
use crate::verdict::Verdict;
use crate::{
    ChainHash, DecodeError, DeviceKey, DevicePublic, EnrolSecret, Mailbox, Signature, Signed,
    SignedCertificate, SignedConfig, SignedEnvelope, SignedReceipt, limits,
};
use baqylau_domain::DeviceId;
use minicbor::Decoder;
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

/// The lowest and the highest protocol version that this program speaks.
pub const PROTOCOL: (u16, u16) = (1, 1);

/// A new device introduces itself.
pub struct EnrolRequest {
    /// Lowest and highest protocol version the device speaks.
    pub protocol: (u16, u16),
    /// The code's single-use secret.
    pub secret: EnrolSecret,
    /// The device's new key.
    pub public: DevicePublic,
    /// The secret behind its segments' tags.
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
    /// The device's certificate, for a headquarters that does not know it (any more); else left out.
    pub certificate: Option<SignedCertificate>,
    /// The configuration the device holds, for a headquarters that has lost it; else left out.
    pub config: Option<SignedConfig>,
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
    /// Receipts for other devices, whose segments this one carried, each in its envelope.
    pub envelopes: Vec<SignedEnvelope>,
    /// Headquarters does not know the device's configuration (any more) and asks to be shown it.
    pub wants_config: bool,
}

/// A report that headquarters keeps but does not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetAside {
    /// The entry that finished it.
    pub seq: u64,
    /// Why: a stable code.
    pub code: String,
}

const ENROL_DOMAIN: &[u8] = b"obs-enrol-v1";
const SYNC_DOMAIN: &[u8] = b"obs-sync-v1";
/// Reports set aside that one reply may name.
const SET_ASIDE: usize = 16_384;

fn within(bytes: &[u8], limit: usize) -> Result<MapReader<'_>, DecodeError> {
    if bytes.len() > limit {
        Err(DecodeError::TooLarge)
    } else {
        MapReader::read(bytes)
    }
}

impl EnrolRequest {
    /// The request of a device with this key.
    #[must_use]
    pub fn new(secret: EnrolSecret, key: &DeviceKey) -> Self {
        let mut request = Self {
            protocol: PROTOCOL,
            secret,
            public: key.public(),
            mailbox: key.mailbox(),
            proof: Signature([0; 64]),
        };
        request.proof = key.sign(ENROL_DOMAIN, &request.proven());
        request
    }

    fn proven(&self) -> Zeroizing<Vec<u8>> {
        let mailbox = self.mailbox.to_bytes();
        Zeroizing::new(
            [
                self.secret.as_bytes().as_slice(),
                &self.public.0,
                mailbox.as_slice(),
            ]
            .concat(),
        )
    }

    /// Whether the sender holds the key it names.
    #[must_use]
    pub fn is_proven(&self) -> bool {
        self.public
            .verifies(ENROL_DOMAIN, &self.proven(), &self.proof)
    }

    /// Its bytes, padded.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        MapWriter::default()
            .uint(0, u64::from(self.protocol.0))
            .uint(1, u64::from(self.protocol.1))
            .bytes(2, self.secret.as_bytes())
            .bytes(3, &self.public.0)
            .bytes(4, self.mailbox.to_bytes().as_slice())
            .bytes(5, &self.proof.0)
            .finish_padded(limits::PADDING_FLOOR_BYTES)
    }

    /// Reads one.
    ///
    /// # Errors
    /// [`DecodeError`].
    pub fn decode(bytes: &[u8]) -> Result<Self, DecodeError> {
        let mut map = within(bytes, limits::REQUEST_BYTES)?;
        Ok(Self {
            protocol: (map.small(0)?, map.small(1)?),
            secret: EnrolSecret::from_bytes(map.array(2)?),
            public: DevicePublic(map.array(3)?),
            mailbox: Mailbox::from_bytes(map.array(4)?),
            proof: Signature(map.array(5)?),
        })
    }
}

impl EnrolReply {
    /// Its bytes.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        MapWriter::default()
            .bytes(0, self.config.as_bytes())
            .bytes(1, self.certificate.as_bytes())
            .uint(2, self.server_epoch)
            .finish_padded(limits::PADDING_FLOOR_BYTES)
    }

    /// Reads one.
    ///
    /// # Errors
    /// [`DecodeError`].
    pub fn decode(bytes: &[u8]) -> Result<Self, DecodeError> {
        let mut map = within(bytes, limits::REPLY_BYTES)?;
        Ok(Self {
            config: Signed::from_bytes(map.bytes(0)?.to_vec()),
            certificate: Signed::from_bytes(map.bytes(1)?.to_vec()),
            server_epoch: map.uint(2)?,
        })
    }
}

impl SyncRequest {
    /// Signs the request: fill every field, `proof` with anything.
    #[must_use]
    pub fn signed(self, key: &DeviceKey) -> Self {
        let proof = key.sign(SYNC_DOMAIN, &self.proven());
        Self { proof, ..self }
    }

    /// Whether this device made the request.
    #[must_use]
    pub fn is_by(&self, device: &DevicePublic) -> bool {
        device.id() == self.device && device.verifies(SYNC_DOMAIN, &self.proven(), &self.proof)
    }

    /// A fixed layout, so that keys of a newer version do not touch it.
    fn proven(&self) -> Vec<u8> {
        let mut segments = Sha256::new();
        for segment in &self.segments {
            segments.update((segment.len() as u64).to_be_bytes());
            segments.update(segment);
        }
        [
            self.protocol.0.to_be_bytes().as_slice(),
            &self.protocol.1.to_be_bytes(),
            &self.capabilities.to_be_bytes(),
            &self.device.0,
            &self.server_epoch.to_be_bytes(),
            &self.cursor.to_be_bytes(),
            &self.config_version.to_be_bytes(),
            &segments.finalize(),
        ]
        .concat()
    }

    /// Its bytes, padded.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        MapWriter::default()
            .uint(0, u64::from(self.protocol.0))
            .uint(1, u64::from(self.protocol.1))
            .uint(2, self.capabilities)
            .bytes(3, &self.device.0)
            .uint(4, self.server_epoch)
            .uint(5, self.cursor)
            .uint(6, self.config_version)
            .list(7, &self.segments, |segment| encode(|e| e.bytes(segment)))
            .bytes(8, &self.proof.0)
            .optional_bytes(9, self.certificate.as_ref().map(Signed::as_bytes))
            .optional_bytes(10, self.config.as_ref().map(Signed::as_bytes))
            .finish_padded(limits::PADDING_FLOOR_BYTES)
    }

    /// Reads one.
    ///
    /// # Errors
    /// [`DecodeError`].
    pub fn decode(bytes: &[u8]) -> Result<Self, DecodeError> {
        let mut map = within(bytes, limits::REQUEST_BYTES)?;
        Ok(Self {
            protocol: (map.small(0)?, map.small(1)?),
            capabilities: map.uint(2)?,
            device: DeviceId(map.array(3)?),
            server_epoch: map.uint(4)?,
            cursor: map.uint(5)?,
            config_version: map.uint(6)?,
            segments: map.list(7, limits::REQUEST_SEGMENTS, |raw| {
                whole(raw, Decoder::bytes).map(<[u8]>::to_vec)
            })?,
            proof: Signature(map.array(8)?),
            certificate: map
                .optional_bytes(9)?
                .map(|bytes| Signed::from_bytes(bytes.to_vec())),
            config: map
                .optional_bytes(10)?
                .map(|bytes| Signed::from_bytes(bytes.to_vec())),
        })
    }
}

impl SyncReply {
    /// Its bytes, padded.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut map = MapWriter::default();
        map.uint(0, self.server_epoch)
            .uint(1, self.next_seq)
            .bytes(2, &self.head.0);
        map.list(3, &self.verdicts, Verdict::encode);
        map.optional_bytes(4, self.receipt.as_ref().map(Signed::as_bytes));
        map.optional_bytes(5, self.config.as_ref().map(Signed::as_bytes));
        map.list(6, &self.set_aside, |report| {
            encode(|e| e.array(2)?.u64(report.seq)?.str(&report.code))
        });
        map.flag(7, self.revoked).flag(8, self.upgrade);
        if let Some(seconds) = self.back_off_s {
            map.uint(9, u64::from(seconds));
        }
        map.flag(11, self.wants_config);
        map.list(12, &self.envelopes, |envelope| {
            encode(|e| e.bytes(envelope.as_bytes()))
        });
        map.finish_padded(limits::PADDING_FLOOR_BYTES)
    }

    /// Reads one.
    ///
    /// # Errors
    /// [`DecodeError`].
    pub fn decode(bytes: &[u8]) -> Result<Self, DecodeError> {
        let mut map = within(bytes, limits::REPLY_BYTES)?;
        Ok(Self {
            server_epoch: map.uint(0)?,
            next_seq: map.uint(1)?,
            head: ChainHash(map.array(2)?),
            verdicts: map.list(3, limits::REQUEST_SEGMENTS, Verdict::decode)?,
            receipt: map
                .optional_bytes(4)?
                .map(|bytes| Signed::from_bytes(bytes.to_vec())),
            config: map
                .optional_bytes(5)?
                .map(|bytes| Signed::from_bytes(bytes.to_vec())),
            set_aside: map.list(6, SET_ASIDE, |raw| match items(raw, 2)?.as_slice() {
                [seq, code] => Ok(SetAside {
                    seq: whole(seq, Decoder::u64)?,
                    code: whole(code, Decoder::str)?.to_owned(),
                }),
                _ => Err(DecodeError::Malformed),
            })?,
            revoked: map.flag(7)?,
            upgrade: map.flag(8)?,
            back_off_s: map.optional_small(9)?,
            wants_config: map.flag(11)?,
            envelopes: map.list(12, limits::REQUEST_SEGMENTS, |raw| {
                whole(raw, Decoder::bytes).map(|bytes| Signed::from_bytes(bytes.to_vec()))
            })?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_may_be_as_long_as_its_limit_and_no_longer() {
        let zeros = |length: usize| vec![0; length];
        let (request, reply) = (limits::REQUEST_BYTES, limits::REPLY_BYTES);
        let malformed = Some(DecodeError::Malformed);
        let too_large = Some(DecodeError::TooLarge);
        let sync = |length| SyncRequest::decode(&zeros(length)).err();
        assert_eq!((sync(request), sync(request + 1)), (malformed, too_large));
        let enrol = |length| EnrolRequest::decode(&zeros(length)).err();
        assert_eq!((enrol(request), enrol(request + 1)), (malformed, too_large));
        let synced = |length| SyncReply::decode(&zeros(length)).err();
        assert_eq!((synced(reply), synced(reply + 1)), (malformed, too_large));
        let enrolled = |length| EnrolReply::decode(&zeros(length)).err();
        assert_eq!(
            (enrolled(reply), enrolled(reply + 1)),
            (malformed, too_large)
        );
    }

    #[test]
    fn what_is_written_is_read_again() {
        let key = DeviceKey::from_bytes(&[3; 32]);
        let request = EnrolRequest::new(EnrolSecret::from_bytes([1; 16]), &key);
        let read = EnrolRequest::decode(&request.encode()).expect("what was written");
        assert_eq!((read.protocol, read.public), (PROTOCOL, key.public()));
        assert!(read.secret == request.secret && read.is_proven());
        let enrolled = EnrolReply {
            config: Signed::from_bytes(vec![1; 70]),
            certificate: Signed::from_bytes(vec![2; 80]),
            server_epoch: 3,
        };
        assert_eq!(EnrolReply::decode(&enrolled.encode()), Ok(enrolled));
        let synced = SyncReply {
            server_epoch: 3,
            next_seq: 10,
            head: ChainHash([4; 32]),
            verdicts: vec![Verdict::Accepted, Verdict::Parked { need_from: 4 }],
            receipt: None,
            config: Some(Signed::from_bytes(vec![5; 70])),
            set_aside: vec![SetAside {
                seq: 6,
                code: "blocked".into(),
            }],
            revoked: false,
            upgrade: true,
            back_off_s: Some(30),
            wants_config: false,
            envelopes: Vec::new(),
        };
        assert_eq!(SyncReply::decode(&synced.encode()), Ok(synced));
    }

    #[test]
    fn an_enrolment_is_proven_by_the_key_it_names() {
        let key = DeviceKey::from_bytes(&[3; 32]);
        let mut request = EnrolRequest::new(EnrolSecret::from_bytes([1; 16]), &key);
        assert!(request.is_proven());
        request.public = DeviceKey::from_bytes(&[4; 32]).public();
        assert!(!request.is_proven());
    }
}
