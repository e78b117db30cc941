//! Sealed pictures there and back, the same bytes from the same seed, and everything that is damaged or lies refused.

use baqylau_domain::{AttachmentHash, DeviceId, PhotoRef};
use baqylau_protocol::{
    DeviceKey, EventId, PictureError, PictureHead, PictureRun, SealSecret, SealedHash, Signature,
    limits, open_picture, seal_picture,
};
use proptest::prelude::*;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng, SeedableRng as _};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeSet;

fn secret(id: u32) -> SealSecret {
    SealSecret::from_bytes(id, [u8::try_from(id).unwrap_or(9); 32])
}

fn picture(length: usize) -> Vec<u8> {
    let mut bytes = vec![0; length];
    ChaCha20Rng::seed_from_u64(length as u64).fill_bytes(&mut bytes);
    bytes
}

fn head(bytes: &[u8]) -> PictureHead {
    PictureHead {
        event: EventId("kz-2011".into()),
        device: DeviceId([3; 16]),
        seq: 17,
        photo: PhotoRef {
            hash: AttachmentHash(Sha256::digest(bytes).into()),
            media_type: "image/jpeg".into(),
            bytes: bytes.len() as u64,
        },
    }
}

fn sealed(bytes: &[u8], seed: u8) -> Vec<u8> {
    seal_picture(&head(bytes), bytes, &[seed; 32], &secret(1).public()).expect("within limits")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_was_sealed_opens_and_the_same_seed_gives_the_same_bytes(length in 0_usize..400_000, seed: u8) {
        let bytes = picture(length);
        let first = sealed(&bytes, seed);
        prop_assert!(first == sealed(&bytes, seed));
        let opened = open_picture(&first, &[secret(2), secret(1)]).expect("its key is at hand");
        prop_assert_eq!(opened.head, head(&bytes));
        prop_assert!(opened.bytes == bytes);
    }

    #[test]
    fn a_flipped_bit_and_a_cut_anywhere_are_noticed(length in 1_usize..200_000, at: usize, bit in 0_u8..8) {
        let sealed = sealed(&picture(length), 1);
        let at = at % sealed.len();
        let mut damaged = sealed.clone();
        damaged[at] ^= 1 << bit;
        prop_assert!(open_picture(&damaged, &[secret(1)]).is_err());
        prop_assert!(open_picture(&sealed[..at], &[secret(1)]).is_err());
        prop_assert!(open_picture(&[sealed.as_slice(), &[0]].concat(), &[secret(1)]).is_err());
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        drop(open_picture(&bytes, &[secret(1)]));
        let marked = [b"OBP\x01".as_slice(), &bytes].concat();
        drop(open_picture(&marked, &[secret(1)]));
        drop(PictureRun::decode(&bytes));
    }
}

#[test]
fn one_seed_never_gives_two_contents_the_same_key() {
    // The encapsulated key lies behind the header of 13 bytes.
    let key = |sealed: &[u8]| sealed[13..45].to_vec();
    let (one, other) = (picture(5_000), picture(5_001));
    let first = sealed(&one, 1);
    let elsewhere = PictureHead {
        seq: 18,
        ..head(&one)
    };
    let to_another = seal_picture(&head(&one), &one, &[1; 32], &secret(2).public()).expect("a key");
    let named_otherwise =
        seal_picture(&elsewhere, &one, &[1; 32], &secret(1).public()).expect("a key");
    let keys = [
        &first,
        &sealed(&other, 1),
        &sealed(&one, 2),
        &to_another,
        &named_otherwise,
    ];
    let different: BTreeSet<Vec<u8>> = keys.into_iter().map(|sealed| key(sealed)).collect();
    assert_eq!(different.len(), 5);
}

#[test]
fn pieces_cannot_change_places_or_be_left_out() {
    const PIECE: usize = 64 * 1024 + 16;
    let sealed = sealed(&picture(250_000), 1);
    let (head, pieces) = sealed.split_at(45);
    let swapped = [
        head,
        &pieces[PIECE..2 * PIECE],
        &pieces[..PIECE],
        &pieces[2 * PIECE..],
    ]
    .concat();
    assert_eq!(
        open_picture(&swapped, &[secret(1)]),
        Err(PictureError::Sealed)
    );
    // With a header that says so, the first pieces alone are no picture either: none of them is the last.
    let mut shorter = [head, &pieces[..2 * PIECE]].concat();
    let follow = u32::try_from(shorter.len() - 13).expect("small");
    shorter[9..13].copy_from_slice(&follow.to_be_bytes());
    assert_eq!(
        open_picture(&shorter, &[secret(1)]),
        Err(PictureError::Sealed)
    );
}

#[test]
fn sizes_tell_little() {
    let key = secret(1).public();
    let sizes: BTreeSet<usize> = (0..400)
        .map(|step| {
            let bytes = picture(step * 997);
            seal_picture(&head(&bytes), &bytes, &[1; 32], &key)
                .expect("within limits")
                .len()
        })
        .collect();
    assert!(sizes.len() <= 120, "{} sizes", sizes.len());
    assert!(sizes.first().is_some_and(|least| *least > 16 * 1024));
}

#[test]
fn what_is_too_large_or_not_what_its_head_names_is_refused() {
    let key = secret(1).public();
    let seal = |head: &PictureHead, bytes: &[u8]| seal_picture(head, bytes, &[1; 32], &key);
    let large = vec![0; limits::PICTURE_BYTES + 1];
    assert_eq!(seal(&head(&large), &large), Err(PictureError::TooLarge));
    let largest = vec![0; limits::PICTURE_BYTES];
    let sealed = seal(&head(&largest), &largest).expect("within limits");
    assert!(
        sealed.len() <= limits::PICTURE_WIRE_BYTES,
        "{}",
        sealed.len()
    );
    assert!(open_picture(&sealed, &[secret(1)]).is_ok());
    assert_eq!(seal(&head(b"one"), b"two"), Err(PictureError::Other));
    let beyond = vec![0; limits::PICTURE_WIRE_BYTES + 1];
    assert_eq!(
        open_picture(&beyond, &[secret(1)]),
        Err(PictureError::TooLarge)
    );
    let other = self::sealed(b"one", 1);
    assert_eq!(
        open_picture(&other, &[secret(2)]),
        Err(PictureError::UnknownKey(1))
    );
    assert_eq!(
        open_picture(&other, &[SealSecret::from_bytes(1, [8; 32])]),
        Err(PictureError::Sealed)
    );
}

#[test]
fn a_sealed_picture_names_no_device_and_no_picture() {
    let bytes = picture(3_000);
    let head = head(&bytes);
    let sealed = sealed(&bytes, 1);
    let has = |secret: &[u8]| sealed.windows(secret.len()).any(|window| window == secret);
    assert!(
        !has(&head.device.0) && !has(&head.photo.hash.0) && !has(b"kz-2011") && !has(&bytes[..16])
    );
}

#[test]
fn a_run_that_was_cut_is_a_shorter_run() {
    let key = DeviceKey::from_bytes(&[5; 32]);
    let run = PictureRun {
        protocol: (1, 1),
        device: key.public().id(),
        picture: SealedHash([4; 32]),
        total: 90_000,
        offset: 1_000,
        proof: Signature([0; 64]),
        bytes: picture(2_000),
    }
    .signed(&key);
    let sent = run.encode();
    assert_eq!(PictureRun::decode(&sent).as_ref(), Ok(&run));
    for cut in 0..sent.len() {
        match PictureRun::decode(&sent[..cut]) {
            Ok(read) => {
                assert!(read.is_by(&key.public()));
                assert_eq!(read.bytes, run.bytes[..read.bytes.len()]);
            }
            Err(_) => assert!(cut < sent.len() - run.bytes.len(), "cut at {cut}"),
        }
    }
    let moved = PictureRun {
        offset: 1_001,
        ..run
    };
    assert!(!moved.is_by(&key.public()));
}
