//! One spelling for everything, and no padding beyond need.

use super::*;

fn item(bytes: &[u8]) -> Result<&[u8], DecodeError> {
    raw_item(&mut Decoder::new(bytes))
}

#[test]
fn a_number_has_one_spelling() {
    // The greatest of one width and the least of the next, and both written one width longer than need be.
    let spellings: [(&[u8], &[u8]); 7] = [
        (&[0x17], &[0x18, 0x17]),
        (&[0x18, 0x18], &[0x19, 0, 0x18]),
        (&[0x18, 0xff], &[0x19, 0, 0xff]),
        (&[0x19, 1, 0], &[0x1a, 0, 0, 1, 0]),
        (&[0x19, 0xff, 0xff], &[0x1a, 0, 0, 0xff, 0xff]),
        (&[0x1a, 0, 1, 0, 0], &[0x1b, 0, 0, 0, 0, 0, 1, 0, 0]),
        (
            &[0x1a, 0xff, 0xff, 0xff, 0xff],
            &[0x1b, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff],
        ),
    ];
    for (shortest, longer) in spellings {
        assert_eq!(item(shortest), Ok(shortest));
        assert_eq!(item(longer), Err(DecodeError::NotCanonical), "{longer:?}");
    }
    let large = [0x1b, 0, 0, 0, 1, 0, 0, 0, 0];
    assert_eq!(item(&large), Ok(&large[..]));
    // The width of a float says something: four bytes of zeros are no shorter number.
    let float = [0xfa, 0, 0, 0, 0];
    assert_eq!(item(&float), Ok(&float[..]));
    for open_ended in [[0x9f, 0xff], [0x5f, 0xff], [0xbf, 0xff]] {
        assert_eq!(item(&open_ended), Err(DecodeError::NotCanonical));
    }
}

#[test]
fn an_item_ends_where_it_says_and_nowhere_else() {
    // Each is followed by a byte that is not part of it.
    let items: [&[u8]; 6] = [
        &[0x42, 1, 2],
        &[0x82, 1, 0x81, 2],
        &[0xa1, 1, 0x82, 2, 3],
        &[0xc6, 0xc7, 1],
        &[0xf6],
        &[0x80],
    ];
    for bytes in items {
        let followed = [bytes, &[9]].concat();
        assert_eq!(item(&followed), Ok(bytes));
        for cut in 0..bytes.len() {
            assert_eq!(item(&bytes[..cut]), Err(DecodeError::Malformed));
        }
    }
    let long = [&[0x59, 1, 4][..], &[7; 260]].concat();
    assert_eq!(item(&long), Ok(long.as_slice()));
    let lie = [0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1];
    assert_eq!(item(&lie), Err(DecodeError::Malformed));
}

#[test]
fn keys_ascend_and_none_comes_twice() {
    let read = |bytes: &[u8]| MapReader::read(bytes).map(MapReader::rest);
    let good = read(&[0xa2, 1, 7, 2, 8]);
    assert_eq!(good, Ok(vec![(1, vec![7]), (2, vec![8])]));
    assert_eq!(
        read(&[0xa2, 1, 7, 1, 8]),
        Err(DecodeError::NotCanonical),
        "twice"
    );
    assert_eq!(
        read(&[0xa2, 2, 7, 1, 8]),
        Err(DecodeError::NotCanonical),
        "descending"
    );
    assert_eq!(read(&[0xa1, 1, 7, 2]), Err(DecodeError::Malformed));
    assert_eq!(read(&[0xa1, 1]), Err(DecodeError::Malformed));
}

#[test]
fn a_list_may_be_as_long_as_its_limit_and_no_longer() {
    let list = [0x82, 1, 2];
    assert_eq!(items(&list, 2), Ok(vec![&[1][..], &[2]]));
    assert_eq!(items(&list, 3).map(|found| found.len()), Ok(2));
    assert_eq!(items(&list, 1), Err(DecodeError::TooLarge));
    assert_eq!(items(&[0x81, 1, 2], 9), Err(DecodeError::Malformed));
}

/// The least length that Padmé leaves, that is not below the floor, and that a byte string under one more key fills.
fn expected(bare: usize, floor: usize) -> usize {
    let fills = |room: usize| {
        let mut filling = 0..room;
        filling.any(|length| encode(|e| e.bytes(&vec![0; length])).len() == room)
    };
    (bare + 2..)
        .find(|length| {
            let is_kept = *length >= floor && crate::padme(*length) == *length;
            is_kept && fills(length - bare - 1)
        })
        .expect("there are always longer ones")
}

#[test]
fn padding_brings_a_message_to_the_next_length_and_no_further() {
    for content in (0..60).chain(200..330).chain([500, 1000, 4090]) {
        let mut map = MapWriter::default();
        map.bytes(1, &vec![7; content]);
        let bare = map.finish().len();
        for floor in [0, 512] {
            let padded = MapWriter::default()
                .bytes(1, &vec![7; content])
                .finish_padded(floor);
            assert_eq!(padded.len(), expected(bare, floor), "{bare} bytes");
            let mut read = MapReader::read(&padded).expect("its own");
            assert_eq!(read.bytes(1), Ok(&vec![7; content][..]));
        }
    }
}
