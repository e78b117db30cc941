//! Writes the messages that fuzzing begins with: `cargo xtask fuzz --seeds` runs this.
//!
//! They are the messages of `tests/fixtures`, most of them behind a byte that tells the target how much to do for the
//! rest (`fuzz/src/lib.rs`).
#![allow(missing_docs)]

#[path = "../tests/fixtures/content.rs"]
#[allow(dead_code)] // The stored fixtures hold more than fuzzing begins with.
mod content;

use baqylau_domain::{AttachmentHash, PhotoRef};
use baqylau_protocol::{
    Bundle, Dictionary, Fountain, HandoverCode, HandoverToken, InnerHeader, PROTOCOL, Packing,
    PictureHead, PictureReceipt, PictureReply, PictureRun, PictureVerdict, Recoverable,
    RecoveryRequest, SealedHash, Signature, SpkiHash, SyncRequest, open, open_picture, seal,
    seal_picture,
};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng as _;
use sha2::{Digest as _, Sha256};
use std::fs;
use std::path::PathBuf;
use zeroize::Zeroizing;

type Done<T = ()> = Result<T, Box<dyn std::error::Error>>;

struct Seeds(PathBuf);

impl Seeds {
    fn put(&self, target: &str, name: &str, bytes: &[u8]) -> Done {
        let folder = self.0.join(target);
        fs::create_dir_all(&folder)?;
        Ok(fs::write(folder.join(format!("{name}.seed")), bytes)?)
    }

    fn put_mode(&self, target: &str, name: &str, mode: u8, bytes: &[u8]) -> Done {
        self.put(target, name, &[&[mode], bytes].concat())
    }
}

fn main() -> Done {
    let seeds = Seeds(std::env::args().nth(1).ok_or("where to?")?.into());
    entries(&seeds)?;
    segments(&seeds)?;
    messages(&seeds)?;
    bundles(&seeds)?;
    signed(&seeds)?;
    pictures(&seeds)?;
    codes(&seeds)
}

fn entries(seeds: &Seeds) -> Done {
    for (number, entry) in content::entry_bytes().iter().enumerate() {
        seeds.put("entry", &format!("kind-{number}"), entry)?;
    }
    // {0: 99, 1: 1, 2: 360, 3: "later"}: a kind of a version to come.
    let head = [0xa4, 0, 24, 99, 1, 1, 2, 0x19, 1, 104, 3, 0x65];
    let later = [head.as_slice(), b"later"].concat();
    seeds.put("entry", "unknown-kind", &later)
}

fn sealed(entries: Vec<Vec<u8>>, dictionary: Option<&Dictionary>) -> Done<Vec<u8>> {
    let (key, to) = (content::device(), content::seal_secret().public());
    let packing = Packing {
        dictionary,
        ..Packing::default()
    };
    let mut random = ChaCha20Rng::from_seed([5; 32]);
    let body = content::body(entries);
    Ok(seal(&body, &key, &to, packing, &mut random)?)
}

/// The inside of a segment as `docs/SYNC.md` lays it out, so that a fuzzer can alter it before it is sealed.
fn inside(entries: &[Vec<u8>], with_lengths: bool) -> Done<Vec<u8>> {
    let sealed = sealed(entries.to_vec(), None)?;
    let opened = open(&sealed, &[content::seal_secret()], &[])?;
    let header = InnerHeader::of(&opened)?;
    let header = header.as_bytes();
    let mut plain = Vec::new();
    if with_lengths {
        plain.push(0x80 + u8::try_from(entries.len())?);
        for entry in entries {
            let length = u8::try_from(entry.len())?;
            if length >= 24 {
                plain.push(0x18);
            }
            plain.push(length);
        }
    }
    plain.extend(entries.concat());
    // One frame of one raw block: a fuzzer can then alter the entries themselves.
    let block = u32::try_from(plain.len())? << 3 | 1;
    let frame = [
        [0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x50].as_slice(),
        &block.to_le_bytes()[..3],
        &plain,
    ]
    .concat();
    Ok([
        u16::try_from(header.len())?.to_be_bytes().as_slice(),
        header,
        &opened.signature.0,
        &[if with_lengths { 0 } else { 2 }],
        &u32::try_from(frame.len())?.to_be_bytes(),
        &frame,
    ]
    .concat())
}

fn segments(seeds: &Seeds) -> Done {
    let all = content::entry_bytes();
    let few = all[..2].to_vec();
    let with = sealed(vec![all[7].clone()], Some(&content::dictionary()))?;
    seeds.put_mode("segment", "sealed", 0, &sealed(all.clone(), None)?)?;
    seeds.put_mode("segment", "sealed-with-dictionary", 0, &with)?;
    let odd = sealed(content::odd_entries(), None)?;
    seeds.put_mode("segment", "sealed-with-lengths", 0, &odd)?;
    for mode in [1, 2] {
        let name = |what| format!("{what}-{mode}");
        let (without, with) = (inside(&few, false)?, inside(&few, true)?);
        seeds.put_mode("segment", &name("inside"), mode, &without)?;
        seeds.put_mode("segment", &name("inside-with-lengths"), mode, &with)?;
    }
    seeds.put_mode("segment", "inside-all", 2, &inside(&all, false)?)
}

fn messages(seeds: &Seeds) -> Done {
    let segment = sealed(content::entry_bytes(), None)?;
    let request = content::request(segment);
    let empty = SyncRequest {
        segments: Vec::new(),
        certificate: None,
        config: None,
        ..request.clone()
    };
    let empty = empty.signed(&content::device());
    seeds.put("outer_message", "request", &empty.encode())?;
    seeds.put("outer_message", "request-whole", &request.encode())?;
    seeds.put("outer_message", "reply", &content::reply().encode())?;
    let (enrol, enrolled) = (content::enrol_request(), content::enrol_reply());
    seeds.put("outer_message", "enrol-request", &enrol.encode())?;
    seeds.put("outer_message", "enrol-reply", &enrolled.encode())
}

fn bundles(seeds: &Seeds) -> Done {
    let segment = sealed(content::entry_bytes()[..1].to_vec(), None)?;
    let empty = Bundle::of(content::event());
    for (name, bundle) in [("whole", content::bundle(segment)), ("empty", empty)] {
        let bytes = bundle.encode()?;
        seeds.put_mode("bundle", name, 0, &bytes)?;
        // Magic, version and length are nine bytes, the hash is thirty-two.
        let content = &bytes[9..bytes.len() - 32];
        seeds.put_mode("bundle", &format!("{name}-content"), 1, content)?;
    }
    Ok(())
}

fn signed(seeds: &Seeds) -> Done {
    let config = content::config().sign(&content::root());
    let receipt = content::receipt().sign(&content::hq());
    for (target, bytes) in [
        ("configuration", config.as_bytes()),
        ("receipt", receipt.as_bytes()),
    ] {
        seeds.put_mode(target, "signed", 0, bytes)?;
        // Behind the signature.
        seeds.put_mode(target, "payload", 1, &bytes[64..])?;
    }
    let envelope = content::envelope();
    seeds.put_mode("receipt", "envelope", 2, &envelope.as_bytes()[64..])?;
    let opened = envelope.verify(&content::hq().public(), &content::event());
    let sealed = opened.map(|envelope| envelope.sealed).unwrap_or_default();
    seeds.put_mode("receipt", "sealed", 3, &sealed)
}

/// A device's word for a picture of a few bytes.
fn head(picture: &[u8]) -> PictureHead {
    PictureHead {
        event: content::event(),
        device: content::device().public().id(),
        seq: 4,
        photo: PhotoRef {
            hash: AttachmentHash(Sha256::digest(picture).into()),
            media_type: "image/jpeg".into(),
            bytes: picture.len() as u64,
        },
    }
}

fn pictures(seeds: &Seeds) -> Done {
    let picture = b"a picture of a few bytes";
    let (head, to) = (head(picture), content::seal_secret().public());
    let sealed = seal_picture(&head, picture, &[8; 32], &to)?;
    seeds.put_mode("picture", "sealed", 1, &sealed[..600])?;
    let run = PictureRun {
        protocol: PROTOCOL,
        device: head.device,
        picture: SealedHash::of(&sealed),
        total: sealed.len() as u64,
        offset: 0,
        proof: Signature([0; 64]),
        bytes: sealed[..64].to_vec(),
    };
    let run = run.signed(&content::device()).encode();
    seeds.put_mode("picture", "run", 0, &run)?;
    let receipt = PictureReceipt {
        event: head.event.clone(),
        server_epoch: 3,
        device: head.device,
        picture: AttachmentHash([6; 32]),
        bytes: 24,
        received_at_ms: 1_301_800_000_000,
    };
    let receipt = receipt.sign(&content::hq());
    seeds.put_mode("picture", "receipt", 3, &receipt.as_bytes()[64..])?;
    let verdicts = [
        ("more", PictureVerdict::More { held: 64 }),
        ("held", PictureVerdict::Held),
    ];
    for (name, verdict) in verdicts {
        let reply = PictureReply {
            server_epoch: 3,
            receipt: (verdict == PictureVerdict::Held).then(|| receipt.clone()),
            envelope: None,
            verdict,
        };
        seeds.put_mode("picture", name, 0, &reply.encode())?;
    }
    seeds.put_mode("picture", "inside", 2, &inside_of_a_picture(&sealed)?)
}

/// What is in the pieces, as `docs/SYNC.md` lays it out, without the zeros at the end.
fn inside_of_a_picture(sealed: &[u8]) -> Done<Vec<u8>> {
    let opened = open_picture(sealed, &[content::seal_secret()])?;
    // {0: text, 1: bytes (16), 2: 4, 3: [bytes (32), text, 24]}
    let event = opened.head.event.0.as_bytes();
    let head = [
        &[0xa4, 0, 0x60 + u8::try_from(event.len())?],
        event,
        &[1, 0x50],
        &opened.head.device.0,
        &[2, 4, 3, 0x83, 0x58, 32],
        &opened.head.photo.hash.0,
        &[0x6a],
        b"image/jpeg",
        &[0x18, 24],
    ]
    .concat();
    let length = u16::try_from(head.len())?;
    Ok([&length.to_be_bytes(), head.as_slice(), &opened.bytes].concat())
}

fn codes(seeds: &Seeds) -> Done {
    let mut random = ChaCha20Rng::from_seed([5; 32]);
    let handover = HandoverCode {
        token: HandoverToken::from_bytes([14; 16]),
        spki: SpkiHash([10; 32]),
        addresses: vec!["127.0.0.1:4100".parse()?, "[::1]:4100".parse()?],
    };
    let recoverable = Recoverable {
        event: content::event(),
        device: content::device().public().id(),
        key: Zeroizing::new([15; 32]),
    };
    let request = RecoveryRequest {
        slot: recoverable.seal(&content::seal_secret().public(), &mut random)?,
        answer_to: content::seal_secret().public().public,
    };
    let answer = request.answer(&recoverable, &mut random)?;
    let frames = Fountain::of(&[16; 1_000])?;
    for (name, text) in [
        ("enrolment", content::enrol_code().to_text()),
        ("handover", handover.to_text()),
        ("request", request.to_text()),
        ("answer", answer.to_text()),
        ("frame", frames.frame(4)),
    ] {
        seeds.put_mode("typed_code", name, 0, text.as_bytes())?;
    }
    let payload = [&[14; 16], [10; 32].as_slice(), &[1, 4, 127, 0, 0, 1, 16, 4]].concat();
    seeds.put_mode("typed_code", "handover-payload", 2, &payload)?;
    let payload = [request.slot.as_bytes(), &request.answer_to].concat();
    seeds.put_mode("typed_code", "request-payload", 3, &payload)
}
