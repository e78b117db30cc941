//! Sealed pictures that lie about themselves, and the randomness that makes them the same again.

use super::*;
use baqylau_domain::AttachmentHash;

fn secret() -> SealSecret {
    SealSecret::from_bytes(1, [1; 32])
}

fn head(picture: &[u8]) -> PictureHead {
    PictureHead {
        event: EventId("kz-2011".into()),
        device: DeviceId([3; 16]),
        seq: 17,
        photo: PhotoRef {
            hash: AttachmentHash(Sha256::digest(picture).into()),
            media_type: "image/jpeg".into(),
            bytes: picture.len() as u64,
        },
    }
}

fn sealed(picture: &[u8]) -> Vec<u8> {
    seal_picture(&head(picture), picture, &[1; 32], &secret().public()).expect("small")
}

#[test]
fn a_foreign_beginning_a_wrong_length_and_a_later_suite_are_told_apart() {
    let good = sealed(b"picture");
    let with = |at: usize, value: u8| {
        let mut changed = good.clone();
        changed[at] = value;
        open_picture(&changed, &[secret()])
    };
    let opened = open_picture(&good, &[secret()]).map(|opened| opened.bytes);
    assert_eq!(opened, Ok(b"picture".to_vec()));
    assert_eq!(with(0, b'X'), Err(PictureError::NotAPicture));
    assert_eq!(with(3, 2), Err(PictureError::NotAPicture));
    assert_eq!(
        with(12, good[12] ^ 1),
        Err(PictureError::NotAPicture),
        "the length"
    );
    assert_eq!(with(4, 2), Err(PictureError::UnknownKey(1)));
    assert_eq!(with(8, 2), Err(PictureError::UnknownKey(2)));
    assert_eq!(with(20, good[20] ^ 1), Err(PictureError::Sealed));
    let last = good.len() - 1;
    assert_eq!(with(last, good[last] ^ 1), Err(PictureError::Sealed));
}

#[test]
fn what_cannot_be_sealed_is_told_apart() {
    let key = secret().public();
    let seal = |head: &PictureHead, key: &SealKey| seal_picture(head, b"one", &[1; 32], key);
    let mut longer = head(b"one");
    longer.photo.bytes += 1;
    assert_eq!(seal(&longer, &key), Err(PictureError::Other));
    let mut other = head(b"one");
    other.photo.hash = AttachmentHash([0; 32]);
    assert_eq!(seal(&other, &key), Err(PictureError::Other));
    let later = SealKey { suite: 2, ..key };
    assert_eq!(seal(&head(b"one"), &later), Err(PictureError::Key));
}

/// What is inside a sealed picture: the head, the picture, zeros.
fn content(head: &PictureHead, picture: &[u8]) -> Vec<u8> {
    let head = head.encode();
    let length = u16::try_from(head.len()).expect("small").to_be_bytes();
    [&length[..], &head, picture, &[0; 9]].concat()
}

#[test]
fn an_inside_that_is_not_what_its_head_names_is_refused() {
    let good = read_content(&content(&head(b"one"), b"one")).expect("as it names itself");
    assert_eq!((good.head, good.bytes), (head(b"one"), b"one".to_vec()));
    let read = |head: &PictureHead| read_content(&content(head, b"two"));
    assert_eq!(read(&head(b"one")), Err(PictureError::Other));
    let mut claims = head(b"two");
    claims.photo.bytes = limits::PICTURE_BYTES as u64 + 1;
    assert_eq!(read(&claims), Err(PictureError::TooLarge));
    claims.photo.bytes = limits::PICTURE_BYTES as u64;
    let cut_off = Err(PictureError::Decode(DecodeError::Malformed));
    assert_eq!(read(&claims), cut_off);
}

#[test]
fn sizes_follow_from_the_length_alone() {
    for (length, bytes) in [
        (0, 16_384),
        (20_000, 20_480),
        (65_536 - 200, 65_536),
        (100_000, 100_352),
    ] {
        let pieces = usize::div_ceil(bytes, PIECE_BYTES);
        let expected = HEADER_BYTES + ENCAPPED_BYTES + bytes + pieces * TAG_BYTES;
        assert_eq!(sealed(&vec![7; length]).len(), expected, "{length}");
    }
}

#[test]
fn the_seeds_randomness_is_one_stream_however_it_is_drawn() {
    let stream = || Stream::of(&[1; 32], &secret().public(), b"head");
    let mut bytes = [0; 96];
    let mut whole = stream();
    whole.fill(&mut bytes);
    let parts: Vec<&[u8]> = bytes.chunks(32).collect();
    assert!(
        parts[0] != parts[1] && parts[1] != parts[2],
        "blocks repeat"
    );
    let mut drawn = stream();
    let four = bytes[..4].try_into().expect("four");
    let eight = bytes[4..12].try_into().expect("eight");
    assert_eq!(drawn.try_next_u32(), Ok(u32::from_le_bytes(four)));
    assert_eq!(drawn.try_next_u64(), Ok(u64::from_le_bytes(eight)));
    let mut rest = [0; 84];
    assert_eq!(drawn.try_fill_bytes(&mut rest), Ok(()));
    assert_eq!(rest[..], bytes[12..]);
}
