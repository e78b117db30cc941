//! Keys that are the same in every run, so that an input found once is good for ever: those of the stored messages in
//! `crates/protocol/tests/fixtures/content.rs`, of which the seeds are made.

use baqylau_protocol::{DeviceKey, Dictionary, EventId, HqKey, RootKey, SealSecret};
use ed25519_dalek::{Signer as _, SigningKey};
use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::{Deserializable as _, Kem, OpModeS, Serializable as _};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng as _;

/// The id of the key that segments are sealed to.
const SEAL_KEY: u32 = 7;

/// The event of every input.
#[must_use]
pub fn event() -> EventId {
    EventId("KZ-2011".into())
}

/// The event's root key.
#[must_use]
pub fn root() -> RootKey {
    RootKey::from_bytes(&[1; 32])
}

/// Headquarters' key.
#[must_use]
pub fn hq() -> HqKey {
    HqKey::from_bytes(&[2; 32])
}

/// The device's key.
#[must_use]
pub fn device() -> DeviceKey {
    DeviceKey::from_bytes(&[3; 32])
}

/// What segments are sealed to.
#[must_use]
pub fn seal() -> SealSecret {
    SealSecret::from_bytes(SEAL_KEY, [4; 32])
}

/// The dictionary that segments may be packed with.
#[must_use]
pub fn dictionary() -> Dictionary {
    let text = b"The chair was called away. Another station. A slip. Queue outside at closing.";
    Dictionary {
        bytes: text.repeat(8),
    }
}

/// Randomness that is none.
#[must_use]
pub fn random() -> ChaCha20Rng {
    ChaCha20Rng::from_seed([5; 32])
}

/// `signature ‖ payload` by a key of these bytes over a domain word and the payload: what a holder of the key can make,
/// also of bytes that no program of ours would sign.
#[must_use]
pub fn signed(secret: &[u8; 32], domain: &[u8], payload: &[u8]) -> Vec<u8> {
    [&signature(secret, domain, payload), payload].concat()
}

/// The signature alone.
#[must_use]
pub fn signature(secret: &[u8; 32], domain: &[u8], message: &[u8]) -> [u8; 64] {
    SigningKey::from_bytes(secret)
        .sign(&[domain, message].concat())
        .to_bytes()
}

/// Seals an inside of any bytes to headquarters, as `docs/SYNC.md` says; `None` when it is too long for a segment's
/// own field of its length.
#[must_use]
pub fn sealed(inside: &[u8]) -> Option<Vec<u8>> {
    let outer = [&header(b"OBS\x01")[..], &[9; 16], &follow(inside)?].concat();
    sealed_behind(&outer, b"obs1-segment", inside, &outer)
}

/// Seals any bytes as the only piece of a picture; `None` when they are more than a piece holds.
#[must_use]
pub fn sealed_picture(inside: &[u8]) -> Option<Vec<u8>> {
    if inside.len() > 65_536 {
        return None;
    }
    let outer = [&header(b"OBP\x01")[..], &follow(inside)?].concat();
    let last = [outer.as_slice(), &[1]].concat();
    sealed_behind(&outer, b"obs1-picture", inside, &last)
}

/// Magic, suite and seal key.
fn header(magic: &[u8; 4]) -> Vec<u8> {
    let to = seal().public();
    [magic.as_slice(), &[to.suite], &to.id.to_be_bytes()].concat()
}

/// How many bytes come behind the outer header: the encapsulated key, the inside and its tag.
fn follow(inside: &[u8]) -> Option<[u8; 4]> {
    Some(u32::try_from(32 + inside.len() + 16).ok()?.to_be_bytes())
}

fn sealed_behind(outer: &[u8], info: &[u8], inside: &[u8], beside: &[u8]) -> Option<Vec<u8>> {
    let to = seal().public();
    let public = <X25519HkdfSha256 as Kem>::PublicKey::from_bytes(&to.public).ok()?;
    let (encapped, sealed) = hpke::single_shot_seal_with_rng::<
        ChaCha20Poly1305,
        HkdfSha256,
        X25519HkdfSha256,
    >(&OpModeS::Base, &public, info, inside, beside, &mut random())
    .ok()?;
    Some([outer, &encapped.to_bytes(), &sealed].concat())
}
