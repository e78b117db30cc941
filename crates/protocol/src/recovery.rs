//! Recovery: how a forgotten PIN is replaced with headquarters' help.
//!
//! A device that allows it keeps its database's key a second time, sealed to headquarters (the *slot*). Who forgot the
//! PIN chooses a new one; a *request* brings the slot and a public key made from the new PIN to headquarters, which
//! opens the slot and seals the key to that public key (the *answer*). Headquarters never learns the new PIN, and
//! whoever carries request or answer, or keeps both, opens nothing with them but what the new PIN opens.
//!
//! Why, and what headquarters has to be sure of first: `docs/adr/0013-a-forgotten-pin.md`.

use crate::cbor::{MapReader, MapWriter};
use crate::keys::SUITE_X25519;
use crate::{DecodeError, EnrolCodeError, EventId, SealKey, SealSecret, grouped};
use baqylau_domain::DeviceId;
use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::{Deserializable as _, Kem, OpModeR, OpModeS, Serializable as _};
use rand_core::CryptoRng;
use sha2::{Digest as _, Sha256};
use thiserror::Error;
use zeroize::Zeroizing;

/// What a slot holds, for headquarters alone.
#[derive(Clone, PartialEq, Eq)]
pub struct Recoverable {
    /// The event.
    pub event: EventId,
    /// Whose key it is.
    pub device: DeviceId,
    /// The key of the device's database.
    pub key: Zeroizing<[u8; 32]>,
}

/// A device's key as it lies sealed on the device. Nothing in it can be read but the seal key's id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecoverySlot(Vec<u8>);

/// What a device whose PIN was forgotten asks headquarters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecoveryRequest {
    /// The device's slot.
    pub slot: RecoverySlot,
    /// The public key that the answer is to be sealed to.
    pub answer_to: [u8; 32],
}

/// Headquarters' answer to one request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecoveryAnswer(Vec<u8>);

/// What opens an answer: made from the new PIN, and made again when the answer has come.
pub struct AnswerSecret(Zeroizing<[u8; 32]>);

/// Why there is no slot, or no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum RecoveryError {
    /// Not a slot as this version writes them.
    #[error("not a recovery slot")]
    NotASlot,
    /// Sealed to a key that is not at hand.
    #[error("unknown key {0}")]
    UnknownKey(u32),
    /// The seal key's suite is unknown, or a public key is unusable.
    #[error("unusable key")]
    Key,
    /// Damaged, of another request, or for another new PIN.
    #[error("does not open")]
    Sealed,
    /// The inside is unreadable.
    #[error("unreadable: {0}")]
    Decode(#[from] DecodeError),
}

const REQUEST: &str = "BR";
const ANSWER: &str = "BA";
const VERSION: char = '1';
const CHECKSUM_BYTES: usize = 4;
/// `suite (1) ‖ seal key id (4) ‖ bytes that follow (2)`.
const HEADER_BYTES: usize = 7;
const ENCAPPED_BYTES: usize = 32;
const TAG_BYTES: usize = 16;
const ANSWER_BYTES: usize = ENCAPPED_BYTES + 32 + TAG_BYTES;
const SLOT_INFO: &[u8] = b"obs1-recovery-slot";
const ANSWER_INFO: &[u8] = b"obs1-recovery-answer";

impl Recoverable {
    /// Seals it to headquarters.
    ///
    /// # Errors
    /// [`RecoveryError::Key`].
    pub fn seal(
        &self,
        to: &SealKey,
        rng: &mut impl CryptoRng,
    ) -> Result<RecoverySlot, RecoveryError> {
        if to.suite != SUITE_X25519 {
            return Err(RecoveryError::Key);
        }
        let content = Zeroizing::new(
            MapWriter::default()
                .text(0, &self.event.0)
                .bytes(1, &self.device.0)
                .bytes(2, self.key.as_slice())
                .finish(),
        );
        let follow = u16::try_from(ENCAPPED_BYTES + content.len() + TAG_BYTES)
            .map_err(|_| RecoveryError::Key)?;
        let header = [
            [to.suite].as_slice(),
            &to.id.to_be_bytes(),
            &follow.to_be_bytes(),
        ]
        .concat();
        let sealed = seal(&to.public, SLOT_INFO, &content, &header, rng)?;
        Ok(RecoverySlot([header, sealed].concat()))
    }

    fn decode(content: &[u8]) -> Result<Self, DecodeError> {
        let mut map = MapReader::read(content)?;
        Ok(Self {
            event: EventId(map.text(0)?),
            device: DeviceId(map.array(1)?),
            key: Zeroizing::new(map.array(2)?),
        })
    }
}

impl RecoverySlot {
    /// The slot in these bytes, as [`Self::as_bytes`] gave them.
    ///
    /// # Errors
    /// [`RecoveryError::NotASlot`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, RecoveryError> {
        match Self::split(bytes) {
            Some((slot, [])) => Ok(slot),
            _ => Err(RecoveryError::NotASlot),
        }
    }

    /// Its bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The id of the key that it is sealed to.
    #[must_use]
    pub fn seal_key(&self) -> u32 {
        self.0[1..5]
            .first_chunk()
            .map_or(0, |bytes| u32::from_be_bytes(*bytes))
    }

    /// The slot at the beginning of these bytes, and the rest.
    fn split(bytes: &[u8]) -> Option<(Self, &[u8])> {
        let header = bytes.first_chunk::<HEADER_BYTES>()?;
        let follow = usize::from(u16::from_be_bytes([header[5], header[6]]));
        let (slot, rest) = bytes.split_at_checked(HEADER_BYTES + follow)?;
        let is_slot = follow > ENCAPPED_BYTES + TAG_BYTES;
        is_slot.then(|| (Self(slot.to_vec()), rest))
    }

    fn open(&self, secrets: &[SealSecret]) -> Result<Recoverable, RecoveryError> {
        let (header, sealed) = self.0.split_at(HEADER_BYTES);
        let id = self.seal_key();
        let secret = secrets
            .iter()
            .find(|secret| secret.id() == id && header[0] == SUITE_X25519)
            .ok_or(RecoveryError::UnknownKey(id))?;
        let content = open(&secret.private(), SLOT_INFO, sealed, header)?;
        Ok(Recoverable::decode(&content)?)
    }
}

impl RecoveryRequest {
    /// `BR1-…` in groups, for a camera or for a message.
    #[must_use]
    pub fn to_text(&self) -> String {
        grouped::write(REQUEST, VERSION, &checked(&self.payload()))
    }

    /// Reads a request.
    ///
    /// # Errors
    /// [`EnrolCodeError`]: the same slips are possible as in an enrolment code.
    pub fn from_text(text: &str) -> Result<Self, EnrolCodeError> {
        let payload = grouped::read(REQUEST, VERSION, text)?;
        let (slot, rest) = RecoverySlot::split(&payload).ok_or(EnrolCodeError::Incomplete)?;
        let answer_to = rest.first_chunk().ok_or(EnrolCodeError::Incomplete)?;
        let request = Self {
            slot,
            answer_to: *answer_to,
        };
        is_whole(&payload, &request.payload())?;
        Ok(request)
    }

    /// Opens the slot, for headquarters to see whose request this is.
    ///
    /// # Errors
    /// [`RecoveryError`].
    pub fn open(&self, secrets: &[SealSecret]) -> Result<Recoverable, RecoveryError> {
        self.slot.open(secrets)
    }

    /// Seals the answer to it. Only for whom headquarters has recognised: the answer opens the device.
    ///
    /// # Errors
    /// [`RecoveryError::Key`].
    pub fn answer(
        &self,
        recoverable: &Recoverable,
        rng: &mut impl CryptoRng,
    ) -> Result<RecoveryAnswer, RecoveryError> {
        let key = recoverable.key.as_slice();
        seal(&self.answer_to, ANSWER_INFO, key, &self.hash(), rng).map(RecoveryAnswer)
    }

    fn payload(&self) -> Vec<u8> {
        [self.slot.as_bytes(), &self.answer_to].concat()
    }

    fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.payload()).into()
    }
}

impl RecoveryAnswer {
    /// `BA1-…` in groups: short enough to be read out.
    #[must_use]
    pub fn to_text(&self) -> String {
        grouped::write(ANSWER, VERSION, &checked(&self.0))
    }

    /// Reads an answer as people type it.
    ///
    /// # Errors
    /// [`EnrolCodeError`].
    pub fn from_text(text: &str) -> Result<Self, EnrolCodeError> {
        let payload = grouped::read(ANSWER, VERSION, text)?;
        let answer = payload
            .first_chunk::<ANSWER_BYTES>()
            .ok_or(EnrolCodeError::Incomplete)?;
        is_whole(&payload, answer)?;
        Ok(Self(answer.to_vec()))
    }

    /// The database's key. That it is this database's is for the database to tell.
    ///
    /// # Errors
    /// [`RecoveryError::Sealed`].
    pub fn open(
        &self,
        request: &RecoveryRequest,
        secret: &AnswerSecret,
    ) -> Result<Zeroizing<[u8; 32]>, RecoveryError> {
        let key = open(&secret.private(), ANSWER_INFO, &self.0, &request.hash())?;
        let mut bytes = Zeroizing::new([0; 32]);
        let is_key = key.len() == bytes.len();
        if !is_key {
            return Err(RecoveryError::Sealed);
        }
        bytes.copy_from_slice(&key);
        Ok(bytes)
    }
}

impl AnswerSecret {
    /// The secret that 32 bytes derived from a PIN make.
    #[must_use]
    pub fn from_derived(bytes: Zeroizing<[u8; 32]>) -> Self {
        Self(bytes)
    }

    /// What the answer is to be sealed to.
    #[must_use]
    pub fn public(&self) -> [u8; 32] {
        let (_, public) = X25519HkdfSha256::derive_keypair(self.0.as_slice());
        public.to_bytes().into()
    }

    fn private(&self) -> <X25519HkdfSha256 as Kem>::PrivateKey {
        X25519HkdfSha256::derive_keypair(self.0.as_slice()).0
    }
}

fn seal(
    public: &[u8; 32],
    info: &[u8],
    content: &[u8],
    beside: &[u8],
    rng: &mut impl CryptoRng,
) -> Result<Vec<u8>, RecoveryError> {
    let public =
        <X25519HkdfSha256 as Kem>::PublicKey::from_bytes(public).map_err(|_| RecoveryError::Key)?;
    let (encapped, sealed) = hpke::single_shot_seal_with_rng::<
        ChaCha20Poly1305,
        HkdfSha256,
        X25519HkdfSha256,
    >(&OpModeS::Base, &public, info, content, beside, rng)
    .map_err(|_| RecoveryError::Key)?;
    Ok([encapped.to_bytes().as_slice(), &sealed].concat())
}

fn open(
    private: &<X25519HkdfSha256 as Kem>::PrivateKey,
    info: &[u8],
    sealed: &[u8],
    beside: &[u8],
) -> Result<Zeroizing<Vec<u8>>, RecoveryError> {
    let (encapped, sealed) = sealed
        .split_first_chunk::<ENCAPPED_BYTES>()
        .ok_or(RecoveryError::NotASlot)?;
    let encapped = <X25519HkdfSha256 as Kem>::EncappedKey::from_bytes(encapped)
        .map_err(|_| RecoveryError::Sealed)?;
    hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
        &OpModeR::Base,
        private,
        &encapped,
        info,
        sealed,
        beside,
    )
    .map(Zeroizing::new)
    .map_err(|_| RecoveryError::Sealed)
}

fn checksum(payload: &[u8]) -> [u8; CHECKSUM_BYTES] {
    let hash = Sha256::new()
        .chain_update(b"obs-recovery-v1")
        .chain_update(payload);
    let [a, b, c, d, ..] = <[u8; 32]>::from(hash.finalize());
    [a, b, c, d]
}

fn checked(payload: &[u8]) -> Vec<u8> {
    [payload, &checksum(payload)].concat()
}

/// Whether `read` is this payload, its checksum and the zeros that fill the last group.
fn is_whole(read: &[u8], payload: &[u8]) -> Result<(), EnrolCodeError> {
    let rest = read.strip_prefix(payload).ok_or(EnrolCodeError::Checksum)?;
    let (stated, padding) = rest
        .split_first_chunk::<CHECKSUM_BYTES>()
        .ok_or(EnrolCodeError::Incomplete)?;
    if *stated == checksum(payload) && padding.iter().all(|byte| *byte == 0) {
        Ok(())
    } else {
        Err(EnrolCodeError::Checksum)
    }
}
