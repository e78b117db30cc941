//! The event's configuration: keys, endpoints, what to pull, who is revoked.

use crate::cbor::{MapReader, MapWriter, whole};
use crate::keys::SUITE_X25519;
use crate::seeded::{Bug, is_planted};
use crate::{
    BlobHash, DecodeError, EventId, HqPublic, RootKey, RootPublic, SealKey, Signed, SpkiHash,
    limits,
};
use baqylau_domain::DeviceId;
use minicbor::Decoder;
use thiserror::Error;

/// The event's configuration under the root key.
pub type SignedConfig = Signed<Config>;
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

const DOMAIN: &[u8] = b"obs-config-v1";

/// Seal keys, endpoints and blobs that one configuration may name.
const NAMED: usize = 4096;
/// Devices that one configuration may revoke.
const REVOKED: usize = 16_384;

impl Default for Limits {
    fn default() -> Self {
        Self {
            request_segments: 16,
            request_bytes: 1024 * 1024,
            segment_entries: 500,
        }
    }
}

impl Config {
    /// Signs it.
    #[must_use]
    pub fn sign(&self, root: &RootKey) -> SignedConfig {
        let payload = self.encode();
        let signature = root.sign(DOMAIN, &payload);
        Signed::of(&signature, &payload)
    }

    /// Whether this configuration may take the place of `held`.
    ///
    /// # Errors
    /// [`ConfigError::WrongEvent`] and [`ConfigError::RolledBack`].
    pub fn may_replace(&self, held: &Config) -> Result<(), ConfigError> {
        if self.event != held.event {
            return Err(ConfigError::WrongEvent);
        }
        let is_newer =
            self.version > held.version || (self.version == held.version && self == held);
        if is_newer || is_planted(Bug::ConfigRolledBack) {
            Ok(())
        } else {
            Err(ConfigError::RolledBack {
                held: held.version,
                offered: self.version,
            })
        }
    }

    /// The key to seal to.
    ///
    /// # Errors
    /// [`ConfigError::NoSealKey`] when no suite is known.
    pub fn seal_key(&self) -> Result<SealKey, ConfigError> {
        self.seal_keys
            .iter()
            .find(|key| key.suite == SUITE_X25519)
            .copied()
            .ok_or(ConfigError::NoSealKey)
    }

    fn encode(&self) -> Vec<u8> {
        let mut map = MapWriter::default();
        map.uint(0, self.version)
            .text(1, &self.event.0)
            .int(2, self.issued_at_ms)
            .bytes(3, &self.hq.0);
        map.list(4, &self.seal_keys, |key| {
            MapWriter::default()
                .uint(0, u64::from(key.id))
                .uint(1, u64::from(key.suite))
                .bytes(2, &key.public)
                .finish()
        });
        map.list(5, &self.endpoints, |endpoint| {
            MapWriter::default()
                .text(0, &endpoint.url)
                .bytes(1, &endpoint.spki.0)
                .finish()
        });
        map.list(6, &self.blobs, |blob| {
            MapWriter::default()
                .uint(0, u64::from(blob.kind.number()))
                .text(1, &blob.id)
                .bytes(2, &blob.hash.0)
                .uint(3, blob.bytes)
                .finish()
        });
        map.uint(7, u64::from(self.limits.request_segments))
            .uint(8, u64::from(self.limits.request_bytes))
            .uint(9, u64::from(self.limits.segment_entries))
            .uint(10, u64::from(self.min_protocol))
            .flag(11, self.closed)
            .list(12, &self.revoked, |device| {
                crate::cbor::encode(|e| e.bytes(&device.0))
            })
            .finish()
    }

    fn decode(payload: &[u8]) -> Result<Self, DecodeError> {
        let mut map = MapReader::read(payload)?;
        Ok(Self {
            version: map.uint(0)?,
            event: EventId(map.text(1)?),
            issued_at_ms: map.int(2)?,
            hq: HqPublic(map.array(3)?),
            seal_keys: map.list(4, NAMED, |raw| {
                let mut key = MapReader::read(raw)?;
                Ok(SealKey {
                    id: key.small(0)?,
                    suite: key.small(1)?,
                    public: key.array(2)?,
                })
            })?,
            endpoints: map.list(5, NAMED, |raw| {
                let mut endpoint = MapReader::read(raw)?;
                Ok(Endpoint {
                    url: endpoint.text(0)?,
                    spki: SpkiHash(endpoint.array(1)?),
                })
            })?,
            blobs: map.list(6, NAMED, |raw| {
                let mut blob = MapReader::read(raw)?;
                Ok(BlobRef {
                    kind: BlobKind::of(blob.small(0)?),
                    id: blob.text(1)?,
                    hash: BlobHash(blob.array(2)?),
                    bytes: blob.uint(3)?,
                })
            })?,
            limits: Limits {
                request_segments: map.small(7)?,
                request_bytes: map.small(8)?,
                segment_entries: map.small(9)?,
            },
            min_protocol: map.small(10)?,
            closed: map.flag(11)?,
            revoked: map.list(12, REVOKED, |raw| {
                whole(raw, Decoder::bytes)?
                    .try_into()
                    .map(DeviceId)
                    .map_err(|_| DecodeError::Malformed)
            })?,
        })
    }
}

impl SignedConfig {
    /// Checks the signature, then reads.
    ///
    /// # Errors
    /// [`ConfigError`] when it is unreadable or not by `root`.
    pub fn verify(&self, root: &RootPublic) -> Result<Config, ConfigError> {
        let (signature, payload) = self.parts(limits::CONFIG_BYTES)?;
        if !root.verifies(DOMAIN, payload, &signature) {
            return Err(ConfigError::BadSignature);
        }
        Ok(Config::decode(payload)?)
    }
}

impl BlobKind {
    /// Whether this version knows what to do with it, and so fetches it.
    #[must_use]
    pub fn is_known(self) -> bool {
        !matches!(self, Self::Unknown(_))
    }

    fn number(self) -> u16 {
        match self {
            Self::Form => 0,
            Self::Register => 1,
            Self::Mission => 2,
            Self::Dictionary => 3,
            Self::Unknown(number) => number,
        }
    }

    fn of(number: u16) -> Self {
        match number {
            0 => Self::Form,
            1 => Self::Register,
            2 => Self::Mission,
            3 => Self::Dictionary,
            number => Self::Unknown(number),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(version: u64) -> Config {
        Config {
            version,
            event: EventId("kz-2011".into()),
            issued_at_ms: 0,
            hq: HqPublic([1; 32]),
            seal_keys: Vec::new(),
            endpoints: Vec::new(),
            blobs: Vec::new(),
            limits: Limits::default(),
            min_protocol: 1,
            closed: false,
            revoked: Vec::new(),
        }
    }

    #[test]
    fn versions_only_go_up() {
        let held = config(4);
        let rolled_back = |offered| Err(ConfigError::RolledBack { held: 4, offered });
        assert_eq!(config(5).may_replace(&held), Ok(()));
        assert_eq!(config(4).may_replace(&held), Ok(()), "the same again");
        assert_eq!(config(3).may_replace(&held), rolled_back(3));
        let closed = |version| Config {
            closed: true,
            ..config(version)
        };
        let another_text = closed(4);
        assert_eq!(another_text.may_replace(&held), rolled_back(4));
        assert_eq!(closed(5).may_replace(&held), Ok(()));
        let elsewhere = Config {
            event: EventId("kz-2012".into()),
            ..config(5)
        };
        assert_eq!(elsewhere.may_replace(&held), Err(ConfigError::WrongEvent));
    }

    #[test]
    fn the_first_key_of_a_known_suite_is_sealed_to() {
        let key = |id, suite| SealKey {
            id,
            suite,
            public: [0; 32],
        };
        let with = |seal_keys| Config {
            seal_keys,
            ..config(1)
        };
        let keys = vec![key(3, 9), key(2, SUITE_X25519), key(1, SUITE_X25519)];
        assert_eq!(with(keys).seal_key().map(|key| key.id), Ok(2));
        assert_eq!(
            with(vec![key(3, 9)]).seal_key(),
            Err(ConfigError::NoSealKey)
        );
    }

    #[test]
    fn a_configuration_is_believed_under_its_root_key_alone() {
        let (root, other) = (RootKey::from_bytes(&[1; 32]), RootKey::from_bytes(&[2; 32]));
        let signed = config(1).sign(&root);
        assert_eq!(signed.verify(&root.public()), Ok(config(1)));
        let refused = signed.verify(&other.public());
        assert_eq!(refused, Err(ConfigError::BadSignature));
    }

    #[test]
    fn a_kind_of_a_newer_version_is_not_fetched() {
        for number in 0..4 {
            assert!(BlobKind::of(number).is_known());
        }
        assert_eq!(BlobKind::of(4), BlobKind::Unknown(4));
        assert!(!BlobKind::of(4).is_known());
    }
}
