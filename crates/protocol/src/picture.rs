//! Pictures on their way to headquarters: sealed once, in pieces, so that sending can go on at any byte.
//!
//! A sealed picture follows from the picture, a seed that the device keeps, and headquarters' seal key. Nothing but the
//! seed has to be kept for sending to go on at the byte where it was cut: sealing again gives the same bytes. Pictures
//! are compressed already and are not compressed again.

use crate::cbor::{MapReader, MapWriter};
use crate::keys::SUITE_X25519;
use crate::values::{decode_photo, encode_photo};
use crate::{DecodeError, EventId, SealKey, SealSecret, limits, padme};
use baqylau_domain::{DeviceId, PhotoRef};
use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::{Deserializable as _, Kem, OpModeR, OpModeS, Serializable as _};
use rand_core::{Infallible, TryCryptoRng, TryRng};
use sha2::{Digest as _, Sha256};
use std::fmt;
use thiserror::Error;

/// SHA-256 over a sealed picture: its name on the road. It tells nothing of the picture.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SealedHash(pub [u8; 32]);

/// What a sealed picture says of itself, inside the seal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureHead {
    /// The event.
    pub event: EventId,
    /// Whose journal names it.
    pub device: DeviceId,
    /// The entry that names it: an `Attachment` of that journal, which the device has signed.
    pub seq: u64,
    /// The picture, as the entry names it.
    pub photo: PhotoRef,
}

/// A picture that was opened. Its bytes have the hash that its head names; whether the device has signed an entry that
/// says so is for the journal to tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenedPicture {
    /// What it says of itself.
    pub head: PictureHead,
    /// Its bytes, as they were attached.
    pub bytes: Vec<u8>,
}

/// Why a picture cannot be sealed or opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PictureError {
    /// Not a sealed picture of this major version, or its length does not fit.
    #[error("not a sealed picture")]
    NotAPicture,
    /// Above [`limits::PICTURE_BYTES`] or [`limits::PICTURE_WIRE_BYTES`].
    #[error("too large")]
    TooLarge,
    /// Sealed to a key that is not at hand.
    #[error("unknown key {0}")]
    UnknownKey(u32),
    /// The seal key's suite is unknown or its public half unusable.
    #[error("unusable seal key")]
    Key,
    /// Damaged, cut off, or not sealed to this key.
    #[error("does not open")]
    Sealed,
    /// The bytes are not the picture that the head names.
    #[error("another picture")]
    Other,
    /// The inside is unreadable.
    #[error("unreadable: {0}")]
    Decode(#[from] DecodeError),
}

const MAGIC: [u8; 4] = *b"OBP\x01";
const HEADER_BYTES: usize = 13;
const ENCAPPED_BYTES: usize = 32;
const TAG_BYTES: usize = 16;
/// Bytes of one piece before it is sealed.
const PIECE_BYTES: usize = 64 * 1024;
/// Smallest content: thumbnails and marks all look alike.
const FLOOR_BYTES: usize = 16 * 1024;
const INFO: &[u8] = b"obs1-picture";

impl SealedHash {
    /// The name of a sealed picture.
    #[must_use]
    pub fn of(sealed: &[u8]) -> Self {
        Self(Sha256::digest(sealed).into())
    }
}

impl fmt::Debug for SealedHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SealedHash(")?;
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))?;
        f.write_str(")")
    }
}

impl PictureHead {
    fn encode(&self) -> Vec<u8> {
        MapWriter::default()
            .text(0, &self.event.0)
            .bytes(1, &self.device.0)
            .uint(2, self.seq)
            .raw(3, encode_photo(&self.photo))
            .finish()
    }

    fn decode(bytes: &[u8]) -> Result<Self, DecodeError> {
        let mut map = MapReader::read(bytes)?;
        Ok(Self {
            event: EventId(map.text(0)?),
            device: DeviceId(map.array(1)?),
            seq: map.uint(2)?,
            photo: decode_photo(map.take(3).ok_or(DecodeError::Missing(3))?)?,
        })
    }
}

/// Seals a picture to headquarters. The same arguments give the same bytes; another head, picture or key gives a sealed
/// picture that has nothing in common with this one, also under the same seed.
///
/// # Errors
/// [`PictureError::TooLarge`] above [`limits::PICTURE_BYTES`], [`PictureError::Other`] when the bytes are not those that
/// the head names, [`PictureError::Key`].
pub fn seal_picture(
    head: &PictureHead,
    picture: &[u8],
    seed: &[u8; 32],
    to: &SealKey,
) -> Result<Vec<u8>, PictureError> {
    if picture.len() > limits::PICTURE_BYTES {
        return Err(PictureError::TooLarge);
    }
    if !is_named(&head.photo, picture) {
        return Err(PictureError::Other);
    }
    if to.suite != SUITE_X25519 {
        return Err(PictureError::Key);
    }
    let head = head.encode();
    let mut stream = Stream::of(seed, to, &head);
    let length = u16::try_from(head.len()).map_err(|_| PictureError::TooLarge)?;
    let mut content = [length.to_be_bytes().as_slice(), &head, picture].concat();
    content.resize(padme(content.len().max(FLOOR_BYTES)), 0);
    let header = outer_header(to, sealed_bytes(content.len()))?;
    let public = <X25519HkdfSha256 as Kem>::PublicKey::from_bytes(&to.public)
        .map_err(|_| PictureError::Key)?;
    let (encapped, mut context) = hpke::setup_sender_with_rng::<
        ChaCha20Poly1305,
        HkdfSha256,
        X25519HkdfSha256,
    >(&OpModeS::Base, &public, INFO, &mut stream)
    .map_err(|_| PictureError::Key)?;
    let mut sealed = [header.as_slice(), &encapped.to_bytes()].concat();
    let last = content.len().div_ceil(PIECE_BYTES);
    for (number, piece) in (1..).zip(content.chunks(PIECE_BYTES)) {
        let piece = context.seal(piece, &beside(&header, number == last));
        sealed.extend_from_slice(&piece.map_err(|_| PictureError::Key)?);
    }
    Ok(sealed)
}

/// Whether bytes look like a sealed picture to somebody who cannot open it: begun as one, as long as they say, and as long
/// as every one is at least.
#[must_use]
pub fn is_sealed_picture(sealed: &[u8]) -> bool {
    let shortest = HEADER_BYTES + sealed_bytes(FLOOR_BYTES);
    (shortest..=limits::PICTURE_WIRE_BYTES).contains(&sealed.len())
        && sealed
            .split_first_chunk()
            .is_some_and(|(header, rest)| read_header(header, rest.len()).is_ok())
}

/// Opens a sealed picture with whichever of `secrets` it names.
///
/// # Errors
/// [`PictureError`]; nothing above the limits is opened.
pub fn open_picture(sealed: &[u8], secrets: &[SealSecret]) -> Result<OpenedPicture, PictureError> {
    if sealed.len() > limits::PICTURE_WIRE_BYTES {
        return Err(PictureError::TooLarge);
    }
    let (header, rest) = sealed
        .split_first_chunk::<HEADER_BYTES>()
        .ok_or(PictureError::NotAPicture)?;
    let (suite, key) = read_header(header, rest.len())?;
    let secret = secrets
        .iter()
        .find(|secret| secret.id() == key && suite == SUITE_X25519)
        .ok_or(PictureError::UnknownKey(key))?;
    let (encapped, pieces) = rest
        .split_first_chunk::<ENCAPPED_BYTES>()
        .ok_or(PictureError::NotAPicture)?;
    let encapped = <X25519HkdfSha256 as Kem>::EncappedKey::from_bytes(encapped)
        .map_err(|_| PictureError::NotAPicture)?;
    let mut context = hpke::setup_receiver::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
        &OpModeR::Base,
        &secret.private(),
        &encapped,
        INFO,
    )
    .map_err(|_| PictureError::Sealed)?;
    let last = pieces.len().div_ceil(PIECE_BYTES + TAG_BYTES);
    let mut content = Vec::with_capacity(pieces.len());
    for (number, piece) in (1..).zip(pieces.chunks(PIECE_BYTES + TAG_BYTES)) {
        let piece = context.open(piece, &beside(header, number == last));
        content.extend_from_slice(&piece.map_err(|_| PictureError::Sealed)?);
    }
    read_content(&content)
}

fn read_content(content: &[u8]) -> Result<OpenedPicture, PictureError> {
    let (length, rest) = content
        .split_first_chunk::<2>()
        .ok_or(DecodeError::Malformed)?;
    let (head, rest) = rest
        .split_at_checked(usize::from(u16::from_be_bytes(*length)))
        .ok_or(DecodeError::Malformed)?;
    let head = PictureHead::decode(head)?;
    let length = usize::try_from(head.photo.bytes).map_err(|_| PictureError::TooLarge)?;
    if length > limits::PICTURE_BYTES {
        return Err(PictureError::TooLarge);
    }
    let (picture, _zeros) = rest
        .split_at_checked(length)
        .ok_or(DecodeError::Malformed)?;
    if !is_named(&head.photo, picture) {
        return Err(PictureError::Other);
    }
    Ok(OpenedPicture {
        head,
        bytes: picture.to_vec(),
    })
}

fn is_named(photo: &PhotoRef, picture: &[u8]) -> bool {
    let hash: [u8; 32] = Sha256::digest(picture).into();
    photo.bytes == picture.len() as u64 && photo.hash.0 == hash
}

/// `magic ‖ suite (1) ‖ seal key id (4) ‖ bytes that follow (4)`. No device and no day: whoever sends it has said so.
fn outer_header(to: &SealKey, follow: usize) -> Result<[u8; HEADER_BYTES], PictureError> {
    let follow = u32::try_from(follow).map_err(|_| PictureError::TooLarge)?;
    let mut header = [0; HEADER_BYTES];
    header[..4].copy_from_slice(&MAGIC);
    header[4] = to.suite;
    header[5..9].copy_from_slice(&to.id.to_be_bytes());
    header[9..].copy_from_slice(&follow.to_be_bytes());
    Ok(header)
}

fn read_header(header: &[u8; HEADER_BYTES], follow: usize) -> Result<(u8, u32), PictureError> {
    let number = |at: usize| {
        header[at..at + 4]
            .first_chunk::<4>()
            .map_or(0, |bytes| u32::from_be_bytes(*bytes))
    };
    if header[..4] != MAGIC || number(9) as usize != follow {
        return Err(PictureError::NotAPicture);
    }
    Ok((header[4], number(5)))
}

/// What each piece is bound to besides its number: the header, and whether it is the last.
fn beside(header: &[u8; HEADER_BYTES], is_last: bool) -> Vec<u8> {
    [header.as_slice(), &[u8::from(is_last)]].concat()
}

/// Bytes that follow the header for content of this length.
fn sealed_bytes(content: usize) -> usize {
    ENCAPPED_BYTES + content + content.div_ceil(PIECE_BYTES) * TAG_BYTES
}

/// The seed's randomness for one picture and one key. It depends on everything that is sealed, so that two different
/// contents never share a key, whatever a later version writes into the head.
struct Stream {
    key: [u8; 32],
    block: u64,
    left: Vec<u8>,
}

impl Stream {
    fn of(seed: &[u8; 32], to: &SealKey, head: &[u8]) -> Self {
        let mut key = Sha256::new();
        key.update(b"obs-picture-seed-v1");
        key.update(seed);
        key.update(to.id.to_be_bytes());
        key.update(to.public);
        key.update(head);
        Self {
            key: key.finalize().into(),
            block: 0,
            left: Vec::new(),
        }
    }

    fn fill(&mut self, buffer: &mut [u8]) {
        for byte in buffer {
            if self.left.is_empty() {
                let mut block = Sha256::new();
                block.update(self.key);
                block.update(self.block.to_be_bytes());
                self.block += 1;
                self.left = block.finalize().to_vec();
            }
            *byte = self.left.pop().unwrap_or_default();
        }
    }
}

impl TryRng for Stream {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut bytes = [0; 4];
        self.fill(&mut bytes);
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = [0; 8];
        self.fill(&mut bytes);
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, dst: &mut [u8]) -> Result<(), Infallible> {
        self.fill(dst);
        Ok(())
    }
}

impl TryCryptoRng for Stream {}

#[cfg(test)]
mod tests;
