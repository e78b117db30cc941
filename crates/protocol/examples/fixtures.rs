//! Writes the messages of `tests/fixtures/obs1`: `cargo run --package baqylau-protocol --example fixtures -- FOLDER`.
//!
//! Run it into a new folder when the formats have changed, beside the old one, which stays: later versions must read
//! both.
#![allow(missing_docs, clippy::expect_used)]

#[path = "../tests/fixtures/content.rs"]
mod content;

use baqylau_protocol::{Dictionary, InnerHeader, Packing, open, seal};
use content::LATER_KEY;
use ed25519_dalek::{Signer as _, SigningKey};
use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256 as X25519;
use hpke::{Deserializable as _, Kem, OpModeS, Serializable as _};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng as _;
use sha2::{Digest as _, Sha256};
use std::fs;
use std::path::PathBuf;

struct Folder(PathBuf);

impl Folder {
    fn put(&self, name: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.0.join(name), bytes).expect("the folder can be written to");
    }
}

fn main() {
    let folder = PathBuf::from(std::env::args().nth(1).expect("where to?"));
    fs::create_dir_all(&folder).expect("the folder can be made");
    let folder = Folder(folder);
    today(&folder);
    later(&folder);
}

fn random() -> ChaCha20Rng {
    ChaCha20Rng::from_seed([5; 32])
}

fn sealed(entries: Vec<Vec<u8>>, dictionary: Option<&Dictionary>) -> Vec<u8> {
    let (key, to) = (content::device(), content::seal_secret().public());
    let packing = Packing {
        dictionary,
        ..Packing::default()
    };
    let sealed = seal(&content::body(entries), &key, &to, packing, &mut random());
    sealed.expect("within limits")
}

fn today(folder: &Folder) {
    let segment = sealed(content::entry_bytes(), None);
    let notes = vec![content::entry_bytes()[7].clone()];
    folder.put("segment.bin", &segment);
    folder.put(
        "segment-dictionary.bin",
        sealed(notes, Some(&content::dictionary())),
    );
    folder.put("segment-before-0008.bin", older_segment());
    folder.put("segment-lengths.bin", sealed(content::odd_entries(), None));
    for (number, entry) in content::entry_bytes().iter().enumerate() {
        folder.put(&format!("entry-{number}.bin"), entry);
    }
    folder.put(
        "configuration.bin",
        content::config().sign(&content::root()).as_bytes(),
    );
    folder.put(
        "certificate.bin",
        content::certificate().sign(&content::hq()).as_bytes(),
    );
    folder.put(
        "receipt.bin",
        content::receipt().sign(&content::hq()).as_bytes(),
    );
    let bundle = content::bundle(segment.clone()).encode();
    folder.put("bundle.obsb", bundle.expect("within limits"));
    folder.put("request.bin", content::request(segment).encode());
    folder.put("reply.bin", content::reply().encode());
    folder.put("envelope.bin", content::envelope().as_bytes());
    folder.put("reply-to-carrier.bin", content::reply_to_carrier().encode());
    let back = content::bundle_back().encode();
    folder.put("bundle-back.obsb", back.expect("within limits"));
    let picture = content::sealed_picture();
    folder.put("picture.bin", &picture);
    let pictures = content::bundle_of_pictures(picture).encode();
    folder.put("bundle-pictures.obsb", pictures.expect("within limits"));
    folder.put("picture-reply.bin", content::picture_reply().encode());
    folder.put("enrol-request.bin", content::enrol_request().encode());
    folder.put("enrol-reply.bin", content::enrol_reply().encode());
    folder.put("enrolment-code.txt", content::enrol_code().to_text());
    folder.put("checkpoint.txt", content::checkpoint().sign(&content::hq()));
}

/// What a version to come might write: the same messages with one more key, and other major versions.
fn later(folder: &Folder) {
    for (number, entry) in content::entry_bytes().iter().enumerate() {
        folder.put(&format!("later-entry-{number}.bin"), with_key(entry));
    }
    let config = content::config().sign(&content::root());
    let receipt = content::receipt().sign(&content::hq());
    let config = signed(1, b"obs-config-v1", &with_key(&config.as_bytes()[64..]));
    let receipt = signed(2, b"obs-receipt-v1", &with_key(&receipt.as_bytes()[64..]));
    folder.put("later-configuration.bin", config);
    folder.put("later-receipt.bin", receipt);
    let segment = sealed(content::entry_bytes(), None);
    // Padding is key 15, so the new key goes behind it.
    folder.put(
        "later-request.bin",
        with_key(&content::request(segment.clone()).encode()),
    );
    folder.put("later-reply.bin", with_key(&content::reply().encode()));
    let bundle = content::bundle(segment.clone())
        .encode()
        .expect("within limits");
    folder.put(
        "later-bundle.obsb",
        wrapped(1, &with_key(&bundle[9..bundle.len() - 32])),
    );
    folder.put(
        "major-2-bundle.obsb",
        wrapped(2, &bundle[9..bundle.len() - 32]),
    );
    folder.put("later-segment.bin", later_segment());
    let mut major = segment;
    major[3] = 2;
    folder.put("major-2-segment.bin", major);
}

/// A map of fewer than 23 keys, with one more: `LATER_KEY: ["later", null]`.
fn with_key(map: &[u8]) -> Vec<u8> {
    assert!((0xa0..0xb7).contains(&map[0]), "a small map");
    let key = [0x18, u8::try_from(LATER_KEY).expect("small")];
    let value = [&[0x82, 0x65], b"later".as_slice(), &[0xf6]].concat();
    [&[map[0] + 1], &map[1..], &key, &value].concat()
}

fn signature(secret: u8, domain: &[u8], message: &[u8]) -> [u8; 64] {
    let key = SigningKey::from_bytes(&[secret; 32]);
    key.sign(&[domain, message].concat()).to_bytes()
}

fn signed(secret: u8, domain: &[u8], payload: &[u8]) -> Vec<u8> {
    [&signature(secret, domain, payload), payload].concat()
}

fn wrapped(major: u8, content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).expect("small");
    let mut bytes = [b"OBSB", [major].as_slice(), &length.to_be_bytes(), content].concat();
    let hash = Sha256::digest(&bytes);
    bytes.extend_from_slice(&hash);
    bytes
}

/// A segment whose inner header has one more key, and entries of which one is of an unknown kind.
fn later_segment() -> Vec<u8> {
    let entries = later_entries();
    let header = with_key(&header(&entries));
    laid_out(&header, &entries, 2, &entries.concat())
}

/// A segment as it was written before entries travelled without their lengths (docs/adr/0008).
fn older_segment() -> Vec<u8> {
    let entries = content::entry_bytes();
    let mut plain = vec![0x80 + u8::try_from(entries.len()).expect("few")];
    for entry in &entries {
        let length = u8::try_from(entry.len()).expect("short");
        plain.extend(if length < 24 {
            vec![length]
        } else {
            vec![0x18, length]
        });
    }
    plain.extend(entries.concat());
    laid_out(&header(&entries), &entries, 0, &plain)
}

fn header(entries: &[Vec<u8>]) -> Vec<u8> {
    let opened = open(
        &sealed(entries.to_vec(), None),
        &[content::seal_secret()],
        &[],
    );
    let header = InnerHeader::of(&opened.expect("it was just sealed"));
    header.expect("it was just written").as_bytes().to_vec()
}

/// The layout of `docs/SYNC.md`, by hand.
fn laid_out(header: &[u8], entries: &[Vec<u8>], flags: u8, plain: &[u8]) -> Vec<u8> {
    let end = content::body(entries.to_vec()).end();
    let message = [header, &end.hash.0].concat();
    let block = zstd::bulk::compress(plain, 3).expect("a vector");
    let length = u16::try_from(header.len()).expect("small");
    let inside = [
        length.to_be_bytes().as_slice(),
        header,
        &signature(3, b"obs-seg-v1", &message),
        &[flags],
        &u32::try_from(block.len()).expect("small").to_be_bytes(),
        &block,
    ]
    .concat();
    let to = content::seal_secret().public();
    let following = u32::try_from(32 + inside.len() + 16).expect("small");
    let outer = [
        b"OBS\x01".as_slice(),
        &[to.suite],
        &to.id.to_be_bytes(),
        // A tag: nobody looks at it to open a segment.
        &[0; 16],
        &following.to_be_bytes(),
    ]
    .concat();
    let public = <X25519 as Kem>::PublicKey::from_bytes(&to.public).expect("a key");
    let (encapped, sealed) =
        hpke::single_shot_seal_with_rng::<ChaCha20Poly1305, HkdfSha256, X25519>(
            &OpModeS::Base,
            &public,
            b"obs1-segment",
            &inside,
            &outer,
            &mut random(),
        )
        .expect("a good key");
    [outer.as_slice(), &encapped.to_bytes(), &sealed].concat()
}

fn later_entries() -> Vec<Vec<u8>> {
    // {0: 99, 1: 1, 2: 360, 3: "later"}
    let kind = [
        &[0xa4, 0, 24, 99, 1, 1, 2, 0x19, 1, 104, 3, 0x65],
        b"later".as_slice(),
    ]
    .concat();
    let known = content::entry_bytes().into_iter();
    known.map(|entry| with_key(&entry)).chain([kind]).collect()
}
