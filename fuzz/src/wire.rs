//! What travels.

use crate::{keys, mode};
use baqylau_protocol::{
    Bundle, BundleError, Config, EnrolReply, EnrolRequest, Entry, Envelope, InnerHeader, OpenError,
    OpenedSegment, Packing, Receipt, SealError, SignedConfig, SignedEnvelope, SignedReceipt,
    SyncReply, SyncRequest, limits, open, padme, seal,
};
use sha2::{Digest as _, Sha256};

/// Whatever can be read is written again so that it reads the same; returns what was read.
pub(crate) fn there_and_back<T, E>(
    bytes: &[u8],
    read: impl Fn(&[u8]) -> Result<T, E>,
    write: impl Fn(&T) -> Vec<u8>,
) -> Option<T> {
    let first = read(bytes).ok()?;
    let written = write(&first);
    let Ok(second) = read(&written) else {
        panic!("what was written cannot be read");
    };
    assert_eq!(write(&second), written, "one content, two spellings");
    Some(first)
}

/// Requests and replies, as they lie in a body of HTTP: read, they are written in one spelling and to a padded length,
/// and nothing unsigned is taken for signed by whoever it names.
pub fn outer_message(bytes: &[u8]) {
    let device = keys::device().public();
    if let Some(request) = there_and_back(bytes, SyncRequest::decode, SyncRequest::encode) {
        padded(&request.encode());
        let is_by = request.is_by(&device);
        assert!(!is_by || request.device == device.id());
    }
    if let Some(reply) = there_and_back(bytes, SyncReply::decode, SyncReply::encode) {
        padded(&reply.encode());
    }
    if let Some(request) = there_and_back(bytes, EnrolRequest::decode, EnrolRequest::encode) {
        padded(&request.encode());
        let _ = request.is_proven();
    }
    if let Some(reply) = there_and_back(bytes, EnrolReply::decode, EnrolReply::encode) {
        padded(&reply.encode());
    }
}

pub(crate) fn padded(message: &[u8]) {
    assert!(message.len() >= limits::PADDING_FLOOR_BYTES);
    assert_eq!(padme(message.len()), message.len());
}

/// An entry has one spelling, and keys of a newer version stay in it.
pub fn entry(bytes: &[u8]) {
    let Ok(entry) = Entry::decode(bytes) else {
        return;
    };
    assert_eq!(entry.encode(), bytes);
    let _ = entry.report(1);
    // A map of up to 22 keys says how many there are in its first byte; this key comes after every other.
    let (first, rest) = (bytes[0], &bytes[1..]);
    if (0xa0..0xb7).contains(&first) {
        let key = [&[0x1b], [0xff; 8].as_slice()].concat();
        let newer = [&[first + 1], rest, &key, &[0xf6]].concat();
        match Entry::decode(&newer) {
            Ok(read) => assert_eq!(read.encode(), newer),
            // It had that very key already.
            Err(_) => assert!(bytes.windows(key.len()).any(|window| window == key)),
        }
    }
}

/// A segment does not open, with a code; or it opens, and then it verifies or does not.
pub fn segment(bytes: &[u8]) {
    let Some((mode, rest)) = mode(bytes, 3) else {
        return;
    };
    match mode {
        0 => drop(opened(rest)),
        1 => drop(keys::sealed(rest).and_then(|sealed| opened(&sealed))),
        _ => signed_again(rest),
    }
}

fn opened(sealed: &[u8]) -> Option<OpenedSegment> {
    match open(sealed, &[keys::seal()], &[keys::dictionary()]) {
        Ok(segment) => {
            let entries = &segment.body.entries;
            assert!((1..=limits::SEGMENT_ENTRIES).contains(&entries.len()));
            let whole: usize = entries.iter().map(Vec::len).sum();
            assert!(whole <= limits::SEGMENT_UNPACKED_BYTES);
            entries.iter().for_each(|bytes| entry(bytes));
            let header = InnerHeader::of(&segment).expect("it was read to open the segment");
            let device = keys::device().public();
            match segment.verify(&device) {
                Ok(end) => {
                    assert_eq!(end.seq, segment.body.last_seq());
                    assert!(header.is_signed(&device, &segment.signature, &end.hash));
                }
                Err(error) => assert_eq!(error, OpenError::BadSignature),
            }
            Some(segment)
        }
        Err(error) => {
            assert!(error != OpenError::BadSignature, "nobody asked for it yet");
            assert!(sealed.len() <= limits::SEGMENT_WIRE_BYTES || error == OpenError::TooLarge);
            None
        }
    }
}

/// Whatever opens verifies once its device has signed it, and sealed anew it is the same.
fn signed_again(inside: &[u8]) {
    let Some(segment) = keys::sealed(inside).and_then(|sealed| opened(&sealed)) else {
        return;
    };
    let end = segment.body.end();
    let header = InnerHeader::of(&segment).expect("it was read to open the segment");
    let message = [header.as_bytes(), &end.hash.0].concat();
    let signature = keys::signature(&keys::device().to_bytes(), b"obs-seg-v1", &message);
    let at = 2 + header.as_bytes().len();
    let mut inside = inside.to_vec();
    inside[at..at + signature.len()].copy_from_slice(&signature);
    let again = keys::sealed(&inside).and_then(|sealed| opened(&sealed));
    let again = again.expect("a signature is no part of what is read");
    let device = keys::device().public();
    let is_theirs = segment.body.device == device.id();
    assert_eq!(again.verify(&device).is_ok(), is_theirs);
    let packing = Packing {
        level: 1,
        dictionary: None,
    };
    let (key, to) = (keys::device(), keys::seal().public());
    match seal(&segment.body, &key, &to, packing, &mut keys::random()) {
        Ok(sealed) => assert_eq!(
            opened(&sealed).map(|segment| segment.body),
            Some(segment.body)
        ),
        Err(error) => assert_eq!(error, SealError::TooLarge),
    }
}

/// A bundle is refused whole, with a code, or its content travels on unaltered; another byte anywhere is noticed.
pub fn bundle(bytes: &[u8]) {
    let Some((mode, rest)) = mode(bytes, 2) else {
        return;
    };
    let read = match mode {
        0 => Bundle::decode(rest),
        _ => Bundle::decode(&wrapped(rest)),
    };
    let bundle = match read {
        Ok(bundle) => bundle,
        Err(error) => return assert!(!error.code().is_empty()),
    };
    let mut written = match bundle.encode() {
        Ok(written) => written,
        Err(error) => return assert_eq!(error, BundleError::TooLarge),
    };
    assert_eq!(Bundle::decode(&written).as_ref(), Ok(&bundle));
    for receipt in &bundle.receipts {
        let _ = receipt.carried(&keys::hq().public(), &keys::event());
    }
    for envelope in &bundle.envelopes {
        let _ = envelope.verify(&keys::hq().public(), &keys::event());
    }
    let at = rest.iter().map(|byte| usize::from(*byte)).sum::<usize>() % written.len();
    written[at] ^= 1 << (rest.len() % 8);
    assert!(
        Bundle::decode(&written).is_err(),
        "byte {at} is another one"
    );
}

fn wrapped(content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).expect("an input is small");
    let mut bytes = [b"OBSB\x01".as_slice(), &length.to_be_bytes(), content].concat();
    let hash = Sha256::digest(&bytes);
    bytes.extend_from_slice(&hash);
    bytes
}

/// A configuration is believed under the root key alone; what is believed says the same when it is signed anew, and
/// never replaces a newer one.
pub fn configuration(bytes: &[u8]) {
    let Some((mode, rest)) = mode(bytes, 2) else {
        return;
    };
    let (root, other) = (keys::root(), keys::hq().to_bytes());
    let offered = match mode {
        0 => rest.to_vec(),
        _ => keys::signed(&root.to_bytes(), b"obs-config-v1", rest),
    };
    let read = |bytes: &[u8]| SignedConfig::from_bytes(bytes.to_vec()).verify(&root.public());
    let write = |config: &Config| config.sign(&root).as_bytes().to_vec();
    if let Some(config) = there_and_back(&offered, read, write) {
        let _ = config.seal_key();
        assert_eq!(config.may_replace(&config), Ok(()));
        if let Some(version) = config.version.checked_sub(1) {
            let older = Config {
                version,
                ..config.clone()
            };
            assert!(older.may_replace(&config).is_err());
        }
    }
    if mode == 1 {
        assert!(read(&keys::signed(&other, b"obs-config-v1", rest)).is_err());
        assert!(read(&keys::signed(&root.to_bytes(), b"obs-cert-v1", rest)).is_err());
    }
}

/// A receipt is believed under headquarters' key alone, for one journal and one hash.
pub fn receipt(bytes: &[u8]) {
    let Some((mode, rest)) = mode(bytes, 4) else {
        return;
    };
    let (hq, event) = (keys::hq(), keys::event());
    let offered = match mode {
        0 => rest.to_vec(),
        1 => keys::signed(&hq.to_bytes(), b"obs-receipt-v1", rest),
        _ => return envelope(mode == 3, rest),
    };
    let read =
        |bytes: &[u8]| SignedReceipt::from_bytes(bytes.to_vec()).carried(&hq.public(), &event);
    let write = |receipt: &Receipt| receipt.sign(&hq).as_bytes().to_vec();
    let Some(receipt) = there_and_back(&offered, read, write) else {
        return;
    };
    let (signed, device) = (SignedReceipt::from_bytes(offered), receipt.device);
    let at = |hash| move |seq| (seq == receipt.upto_seq).then_some(hash);
    let held = signed.verify(&hq.public(), &event, &device, at(receipt.head));
    assert_eq!(held.map(|held| held.receipt().clone()), Ok(receipt.clone()));
    let mut head = receipt.head;
    head.0[0] ^= 1;
    assert!(
        signed
            .verify(&hq.public(), &event, &device, at(head))
            .is_err()
    );
    assert!(
        signed
            .verify(&hq.public(), &event, &device, |_| None)
            .is_err()
    );
    let stranger = keys::device().public().id();
    if stranger != device {
        let held = signed.verify(&hq.public(), &event, &stranger, at(receipt.head));
        assert!(held.is_err());
    }
}

/// Whatever opens is a receipt that headquarters has signed: nobody else knows what seals one.
fn envelope(is_ours: bool, rest: &[u8]) {
    let (hq, event) = (keys::hq(), keys::event());
    let Some(pair) = keys::device().pair(&hq.public(), &event) else {
        panic!("the keys are good");
    };
    let envelope = if is_ours {
        Ok(Envelope {
            event: event.clone(),
            server_epoch: 1,
            log_size: 1,
            addressee: pair.addressee(),
            sealed: rest.to_vec(),
        })
    } else {
        let signed = keys::signed(&hq.to_bytes(), b"obs-envelope-v1", rest);
        SignedEnvelope::from_bytes(signed).verify(&hq.public(), &event)
    };
    if let Ok(receipt) = envelope.and_then(|envelope| envelope.open(&pair)) {
        assert!(receipt.carried(&hq.public(), &event).is_ok());
    }
}
