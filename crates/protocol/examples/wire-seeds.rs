//! Writes the messages that fuzzing begins with: `cargo xtask fuzz --seeds` runs this.
//!
//! They are the messages of `tests/fixtures`, most of them behind a byte that tells the target how much to do for the
//! rest (`fuzz/src/lib.rs`).
#![allow(missing_docs)]

#[path = "../tests/fixtures/content.rs"]
#[allow(dead_code)] // The stored fixtures hold more than fuzzing begins with.
mod content;

use baqylau_protocol::{Bundle, Dictionary, InnerHeader, Packing, SyncRequest, open, seal};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng as _;
use std::fs;
use std::path::PathBuf;

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
    signed(&seeds)
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
    let tag = key.mailbox().tag(15_067);
    let mut random = ChaCha20Rng::from_seed([5; 32]);
    let body = content::body(entries);
    Ok(seal(&body, &key, &to, tag, packing, &mut random)?)
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
    Ok(())
}
