//! Segments at the edge of what is allowed, and insides that lie.

use super::*;
use crate::SealSecret;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};

fn key() -> DeviceKey {
    DeviceKey::from_bytes(&[3; 32])
}

fn secret() -> SealSecret {
    SealSecret::from_bytes(7, [4; 32])
}

fn body(entries: Vec<Vec<u8>>) -> SegmentBody {
    SegmentBody {
        event: EventId("kz-2011".into()),
        device: key().public().id(),
        first_seq: 5,
        before: ChainHash([9; 32]),
        entries,
    }
}

fn sealed(body: &SegmentBody, to: &SealKey) -> Result<Vec<u8>, SealError> {
    let mut rng = ChaCha20Rng::seed_from_u64(1);
    seal(body, &key(), to, Packing::default(), &mut rng)
}

fn noise(length: usize) -> Vec<u8> {
    let mut bytes = vec![0; length];
    ChaCha20Rng::seed_from_u64(2).fill_bytes(&mut bytes);
    bytes
}

#[test]
fn a_segment_may_be_as_long_as_its_limit() {
    let largest = body(vec![noise(64_000)]);
    let bytes = sealed(&largest, &secret().public()).expect("within the limit");
    assert_eq!(bytes.len(), limits::SEGMENT_WIRE_BYTES);
    let opened = open(&bytes, &[secret()], &[]).expect("its own key");
    assert_eq!(opened.verify(&key().public()), Ok(largest.end()));
    assert_eq!(opened.body, largest);

    let zeros = |length| OuterHeader::read(&vec![0; length]);
    assert_eq!(
        zeros(limits::SEGMENT_WIRE_BYTES),
        Err(OpenError::NotASegment)
    );
    assert_eq!(
        zeros(limits::SEGMENT_WIRE_BYTES + 1),
        Err(OpenError::TooLarge)
    );
}

#[test]
fn an_entry_may_be_as_long_as_its_limit_whether_or_not_it_shows_its_end() {
    let head = 5;
    let length = u32::try_from(limits::ENTRY_BYTES - head).expect("small");
    let shows = [&[0x5a][..], &length.to_be_bytes()].concat();
    for begin in [shows, vec![0xff; head]] {
        let mut entry = begin;
        entry.resize(limits::ENTRY_BYTES, 0);
        let body = body(vec![entry]);
        let bytes = sealed(&body, &secret().public()).expect("within the limit");
        let opened = open(&bytes, &[secret()], &[]).expect("its own key");
        assert_eq!(opened.body, body);
    }
}

#[test]
fn a_kept_secret_opens_what_was_sealed_to_it() {
    let body = body(vec![vec![1]]);
    let bytes = sealed(&body, &secret().public()).expect("small");
    let kept = SealSecret::from_bytes(7, *secret().to_bytes());
    let opened = open(&bytes, &[kept], &[]).map(|opened| opened.body);
    assert_eq!(opened, Ok(body));
}

#[test]
fn what_cannot_be_sealed_is_told_apart() {
    let to = secret().public();
    let entries = vec![vec![1]];
    let before_the_first = SegmentBody {
        first_seq: 0,
        ..body(entries.clone())
    };
    assert_eq!(sealed(&before_the_first, &to), Err(SealError::Empty));
    assert_eq!(sealed(&body(Vec::new()), &to), Err(SealError::Empty));
    let later_suite = SealKey { suite: 2, ..to };
    assert_eq!(sealed(&body(entries), &later_suite), Err(SealError::Key));
}

#[test]
fn a_later_suite_and_a_foreign_beginning_are_told_apart() {
    let bytes = sealed(&body(vec![vec![1]]), &secret().public()).expect("small");
    let with = |at: usize, value: u8| {
        let mut changed = bytes.clone();
        changed[at] = value;
        open(&changed, &[secret()], &[])
    };
    assert_eq!(with(4, 2), Err(OpenError::UnknownKey(7)));
    assert_eq!(with(0, b'X'), Err(OpenError::NotASegment));
    assert_eq!(with(3, 2), Err(OpenError::NotASegment));
    let header = OuterHeader::read(&bytes).expect("a header");
    assert_eq!(header.length as usize, bytes.len() - HEADER_BYTES);
    let (encapped, _) = bytes[HEADER_BYTES..].split_first_chunk().expect("a key");
    assert_eq!(header.tag, key().mailbox().tag(encapped));
}

#[test]
fn padding_brings_a_segment_to_the_next_length_and_no_further() {
    for length in [1, 300, 700, 5_000] {
        let body = body(vec![noise(length)]);
        let bare = unpadded_bytes(&body, &key(), Packing::default()).expect("small");
        assert!(bare > length, "what was sealed weighs something");
        let sealed = sealed(&body, &secret().public()).expect("small");
        assert_eq!(sealed.len(), padme(bare.max(limits::PADDING_FLOOR_BYTES)));
    }
}

#[test]
fn numbers_go_from_the_first_entry_to_the_last() {
    let body = body(vec![vec![1], vec![2], vec![3]]);
    assert_eq!((body.start().seq, body.last_seq()), (4, 7));
    assert_eq!(body.end().seq, 7);
    let theirs = DeviceKey::from_bytes(&[8; 32]).public();
    let bytes = sealed(&body, &secret().public()).expect("small");
    let opened = open(&bytes, &[secret()], &[]).expect("its own key");
    assert_eq!(opened.verify(&theirs), Err(OpenError::BadSignature));
    let mut forged = opened.clone();
    forged.signature.0[0] ^= 1;
    assert_eq!(forged.verify(&key().public()), Err(OpenError::BadSignature));
}

#[test]
fn a_segment_that_names_another_device_is_not_that_devices() {
    // Signed by one device with the name of another in its header.
    let mut lie = body(vec![vec![1]]);
    lie.device = DeviceId([1; 16]);
    let bytes = sealed(&lie, &secret().public()).expect("small");
    let opened = open(&bytes, &[secret()], &[]).expect("its own key");
    let verified = opened.verify(&key().public());
    assert_eq!(verified, Err(OpenError::BadSignature));
}

/// What stands inside a segment whose header claims these numbers.
fn inside(first_seq: u64, count: u64) -> Result<OpenedSegment, OpenError> {
    let header = MapWriter::default()
        .text(0, "kz-2011")
        .bytes(1, &[1; 16])
        .uint(2, first_seq)
        .uint(3, count)
        .bytes(4, &[2; 32])
        .finish();
    let length = u16::try_from(header.len()).expect("small").to_be_bytes();
    let packed = pack(&[vec![1], vec![2]], Packing::default()).expect("small");
    let inner = [&length[..], &header, &[0; 64], &packed].concat();
    let outer = OuterHeader {
        suite: SUITE_X25519,
        key: 7,
        tag: MailboxTag([0; 16]),
        length: 0,
    };
    read_inner(outer, &inner, &[])
}

#[test]
fn a_header_with_impossible_numbers_is_refused() {
    assert_eq!(inside(1, 2).map(|opened| opened.body.entries.len()), Ok(2));
    assert!(inside(u64::MAX - 2, 2).is_ok());
    let malformed = Err(OpenError::Decode(DecodeError::Malformed));
    for (first_seq, count) in [(0, 2), (1, 0), (0, 0), (u64::MAX, 2), (1, 3), (1, 1)] {
        assert_eq!(inside(first_seq, count), malformed, "{first_seq}, {count}");
    }
    let most = limits::SEGMENT_ENTRIES as u64;
    assert_eq!(inside(1, most), malformed, "allowed, and not there");
    assert_eq!(inside(1, most + 1), Err(OpenError::TooLarge));
}

#[test]
fn padding_keeps_the_leading_bits_of_a_length() {
    let lengths = [
        (0, 0),
        (1, 1),
        (2, 2),
        (3, 3),
        (7, 7),
        (8, 8),
        (9, 10),
        (17, 18),
        (512, 512),
        (513, 544),
        (1_000, 1_024),
        (65_535, 65_536),
        (65_537, 67_584),
    ];
    for (length, padded) in lengths {
        assert_eq!(padme(length), padded, "{length}");
    }
    assert!(padme(usize::MAX) >= usize::MAX / 2, "no overflow");
}
