//! Packing: entries to one compressed block and back, within the limits whatever a sender claims.

use crate::cbor::{encode, ended, malformed, raw_item};
use crate::{DecodeError, OpenError, SealError, limits};
use minicbor::Decoder;
use sha2::{Digest, Sha256};
use std::io::Read as _;
use zstd::zstd_safe::CParameter;

/// A compression dictionary that travels with the form definitions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dictionary {
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// How to pack a segment.
#[derive(Debug, Clone, Copy)]
pub struct Packing<'a> {
    /// zstd level.
    pub level: i32,
    /// The dictionary that headquarters also has.
    pub dictionary: Option<&'a Dictionary>,
}

impl Default for Packing<'_> {
    fn default() -> Self {
        Self {
            level: 19,
            dictionary: None,
        }
    }
}

/// Flags of a packed block's first byte: packed with a dictionary; without lengths, because every entry shows where it
/// ends.
const WITH_DICTIONARY: u8 = 1;
const WITHOUT_LENGTHS: u8 = 2;

impl Dictionary {
    /// A dictionary for what resembles `samples`, of at most `most` bytes. Its tables come with it, so that even a single
    /// report is not burdened with its own.
    ///
    /// # Errors
    /// [`SealError::Compression`] when the samples are too few or too alike to learn from.
    pub fn train(samples: &[Vec<u8>], most: usize) -> Result<Self, SealError> {
        match zstd::dict::from_samples(samples, most) {
            Ok(bytes) => Ok(Self { bytes }),
            Err(_) => Err(SealError::Compression),
        }
    }

    /// The short name that a segment gives it: the first four bytes of its SHA-256.
    fn short(&self) -> [u8; 4] {
        let [a, b, c, d, ..] = <[u8; 32]>::from(Sha256::digest(&self.bytes));
        [a, b, c, d]
    }
}

/// `flags (1) ‖ [dictionary (4)] ‖ length (4) ‖ zstd([lengths] ‖ entries)`. An entry is one CBOR map and shows where it
/// ends. Lengths are written only for entries of which that is not true; apart from them, because repeated entries
/// compress better without lengths in between.
pub(crate) fn pack(entries: &[Vec<u8>], packing: Packing<'_>) -> Result<Vec<u8>, SealError> {
    if entries.len() > limits::SEGMENT_ENTRIES
        || entries
            .iter()
            .any(|entry| entry.len() > limits::ENTRY_BYTES)
    {
        return Err(SealError::TooLarge);
    }
    let mut flags = WITHOUT_LENGTHS;
    let mut plain = entries.concat();
    if !entries.iter().all(|entry| shows_its_end(entry)) {
        flags = 0;
        let mut lengths = encode(|e| e.array(entries.len() as u64));
        for entry in entries {
            lengths.extend_from_slice(&encode(|e| e.u64(entry.len() as u64)));
        }
        plain.splice(0..0, lengths);
    }
    if plain.len() > limits::SEGMENT_UNPACKED_BYTES {
        return Err(SealError::TooLarge);
    }
    let mut packed = packed(flags, &plain, packing.level)?;
    if let Some(dictionary) = packing.dictionary {
        let with_dictionary = packed_with(flags, &plain, packing.level, dictionary)?;
        // A long batch explains itself better than any dictionary does.
        if with_dictionary.len() < packed.len() {
            packed = with_dictionary;
        }
    }
    Ok(packed)
}

fn shows_its_end(entry: &[u8]) -> bool {
    let mut decoder = Decoder::new(entry);
    raw_item(&mut decoder).is_ok_and(|item| item.len() == entry.len())
}

fn packed(flags: u8, plain: &[u8], level: i32) -> Result<Vec<u8>, SealError> {
    let block = compress(plain, level, &[]).map_err(|_| SealError::Compression)?;
    let length = u32::try_from(block.len()).map_err(|_| SealError::TooLarge)?;
    Ok([&[flags], length.to_be_bytes().as_slice(), &block].concat())
}

fn packed_with(
    flags: u8,
    plain: &[u8],
    level: i32,
    dictionary: &Dictionary,
) -> Result<Vec<u8>, SealError> {
    let block = compress(plain, level, &dictionary.bytes).map_err(|_| SealError::Compression)?;
    let length = u32::try_from(block.len()).map_err(|_| SealError::TooLarge)?;
    Ok([
        &[flags | WITH_DICTIONARY],
        dictionary.short().as_slice(),
        &length.to_be_bytes(),
        &block,
    ]
    .concat())
}

fn compress(plain: &[u8], level: i32, dictionary: &[u8]) -> std::io::Result<Vec<u8>> {
    // With an empty dictionary, tables are made for the level's largest input: tens of megabytes cleared for a kilobyte.
    // Without one they are made for the input at hand.
    let mut compressor = if dictionary.is_empty() {
        zstd::bulk::Compressor::new(level)?
    } else {
        zstd::bulk::Compressor::with_dictionary(level, dictionary)?
    };
    // The segment names the dictionary already, and nobody believes a claimed size.
    compressor.set_parameter(CParameter::DictIdFlag(false))?;
    compressor.set_parameter(CParameter::ContentSizeFlag(false))?;
    compressor.compress(plain)
}

/// Reads what [`pack`] wrote; what follows it is padding.
pub(crate) fn unpack(
    packed: &[u8],
    count: usize,
    dictionaries: &[Dictionary],
) -> Result<Vec<Vec<u8>>, OpenError> {
    let (flags, rest) = packed.split_first().ok_or(DecodeError::Malformed)?;
    if flags & !(WITH_DICTIONARY | WITHOUT_LENGTHS) != 0 {
        return Err(DecodeError::Malformed.into());
    }
    let (dictionary, rest) = match flags & WITH_DICTIONARY {
        0 => ([].as_slice(), rest),
        _ => {
            let (short, rest) = rest
                .split_first_chunk::<4>()
                .ok_or(DecodeError::Malformed)?;
            let found = dictionaries
                .iter()
                .find(|dictionary| dictionary.short() == *short);
            (
                found.ok_or(OpenError::UnknownDictionary)?.bytes.as_slice(),
                rest,
            )
        }
    };
    let (length, rest) = rest
        .split_first_chunk::<4>()
        .ok_or(DecodeError::Malformed)?;
    let length =
        usize::try_from(u32::from_be_bytes(*length)).map_err(|_| DecodeError::Malformed)?;
    let (block, padding) = rest
        .split_at_checked(length)
        .ok_or(DecodeError::Malformed)?;
    if padding.iter().any(|byte| *byte != 0) {
        return Err(DecodeError::NotCanonical.into());
    }
    let plain = decompress(block, dictionary)?;
    if flags & WITHOUT_LENGTHS == 0 {
        split(&plain, count)
    } else {
        cut(&plain, count)
    }
}

/// Cuts entries where each shows its end.
fn cut(plain: &[u8], count: usize) -> Result<Vec<Vec<u8>>, OpenError> {
    let mut decoder = Decoder::new(plain);
    let mut entries = Vec::new();
    for _ in 0..count {
        let entry = raw_item(&mut decoder)?;
        if entry.len() > limits::ENTRY_BYTES {
            return Err(OpenError::TooLarge);
        }
        entries.push(entry.to_vec());
    }
    ended(&decoder)?;
    Ok(entries)
}

/// Decompresses with bounded memory: no window above the limit, and one byte above the limit is a refusal.
fn decompress(block: &[u8], dictionary: &[u8]) -> Result<Vec<u8>, OpenError> {
    let mut decoder = zstd::stream::read::Decoder::with_dictionary(block, dictionary)
        .map_err(|_| DecodeError::Malformed)?
        .single_frame();
    let window_log = limits::SEGMENT_UNPACKED_BYTES.ilog2();
    decoder
        .window_log_max(window_log)
        .map_err(|_| DecodeError::Malformed)?;
    let mut plain = Vec::new();
    let limit = limits::SEGMENT_UNPACKED_BYTES as u64 + 1;
    decoder
        .take(limit)
        .read_to_end(&mut plain)
        .map_err(|_| DecodeError::Malformed)?;
    if plain.len() > limits::SEGMENT_UNPACKED_BYTES {
        Err(OpenError::TooLarge)
    } else {
        Ok(plain)
    }
}

fn split(plain: &[u8], count: usize) -> Result<Vec<Vec<u8>>, OpenError> {
    let mut decoder = Decoder::new(plain);
    if decoder.array().map_err(malformed)? != Some(count as u64) {
        return Err(DecodeError::Malformed.into());
    }
    let mut lengths = Vec::new();
    for _ in 0..count {
        let length = decoder.u32().map_err(malformed)? as usize;
        if length > limits::ENTRY_BYTES {
            return Err(OpenError::TooLarge);
        }
        lengths.push(length);
    }
    let mut rest = plain
        .get(decoder.position()..)
        .ok_or(DecodeError::Malformed)?;
    let mut entries = Vec::new();
    for length in lengths {
        let (entry, after) = rest
            .split_at_checked(length)
            .ok_or(DecodeError::Malformed)?;
        entries.push(entry.to_vec());
        rest = after;
    }
    ended(&Decoder::new(rest))?;
    Ok(entries)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packed(plain: &[u8]) -> Vec<u8> {
        let block = zstd::bulk::compress(plain, 1).expect("a vector");
        let length = u32::try_from(block.len()).expect("small");
        [&[0], length.to_be_bytes().as_slice(), &block].concat()
    }

    fn with_lengths(lengths: &[u64], entries: &[u8]) -> Vec<u8> {
        let mut plain = encode(|e| e.array(lengths.len() as u64));
        lengths
            .iter()
            .for_each(|length| plain.extend(encode(|e| e.u64(*length))));
        [plain.as_slice(), entries].concat()
    }

    #[test]
    fn a_bomb_is_refused_after_one_byte_above_the_limit() {
        let bomb = packed(&vec![0; 64 * limits::SEGMENT_UNPACKED_BYTES]);
        assert!(bomb.len() < limits::SEGMENT_WIRE_BYTES, "it would travel");
        let refusal = unpack(&bomb, 1, &[]);
        assert!(matches!(
            refusal,
            Err(OpenError::TooLarge | OpenError::Decode(DecodeError::Malformed))
        ));
    }

    #[test]
    fn entries_come_back_whether_or_not_they_show_their_end() {
        let map = |key: u8| vec![0xa1, key, 0x18, 0x40];
        let dictionary = Dictionary {
            bytes: [map(1), map(2)].concat(),
        };
        for dictionary in [None, Some(&dictionary)] {
            let packing = Packing {
                dictionary,
                ..Packing::default()
            };
            let known: Vec<Dictionary> = dictionary.into_iter().cloned().collect();
            for entries in [
                vec![map(1), map(2), map(1)],
                vec![map(1), b"\xff no CBOR".to_vec()],
            ] {
                let packed = pack(&entries, packing).expect("small");
                assert_eq!(unpack(&packed, entries.len(), &known), Ok(entries.clone()));
                assert!(unpack(&packed, entries.len() + 1, &known).is_err());
                assert!(unpack(&packed, entries.len() - 1, &known).is_err());
            }
        }
    }

    #[test]
    fn lying_lengths_are_refused() {
        let good = with_lengths(&[2, 1], b"abc");
        assert_eq!(
            unpack(&packed(&good), 2, &[]),
            Ok(vec![b"ab".to_vec(), b"c".to_vec()])
        );
        let lies = [
            with_lengths(&[2, 2], b"abc"),
            with_lengths(&[2], b"abc"),
            with_lengths(&[1, 1], b"abc"),
            with_lengths(&[u64::MAX, 1], b"abc"),
            with_lengths(&[u64::from(u32::MAX), 1], b"abc"),
        ];
        for lie in lies {
            assert!(unpack(&packed(&lie), 2, &[]).is_err());
        }
        let mut longer = packed(&good);
        longer[1..5].copy_from_slice(&u32::MAX.to_be_bytes());
        assert!(unpack(&longer, 2, &[]).is_err());
        assert!(
            unpack(&[packed(&good), vec![0; 9]].concat(), 2, &[]).is_ok(),
            "zeros are padding"
        );
        assert!(
            unpack(&[packed(&good), vec![1]].concat(), 2, &[]).is_err(),
            "nothing else is"
        );
    }

    /// Byte strings, each of which shows its end, of so many bytes with their heads.
    fn strings(lengths: &[usize]) -> Vec<Vec<u8>> {
        let string = |length: &usize| {
            let inside = u32::try_from(length - 5).expect("small");
            let mut bytes = [&[0x5a][..], &inside.to_be_bytes()].concat();
            bytes.resize(*length, 7);
            bytes
        };
        lengths.iter().map(string).collect()
    }

    #[test]
    fn what_fills_the_limits_is_packed_and_one_byte_more_is_not() {
        let quarter = limits::SEGMENT_UNPACKED_BYTES / 4;
        let full = strings(&[quarter; 4]);
        let block = pack(&full, Packing::default()).expect("exactly as much as is allowed");
        assert_eq!(unpack(&block, 4, &[]), Ok(full.clone()));
        let more = [full, strings(&[70_000])].concat();
        assert_eq!(pack(&more, Packing::default()), Err(SealError::TooLarge));
        // What somebody packed who knows no limits.
        let beyond = |entries: &[Vec<u8>]| {
            let mut block = packed(&entries.concat());
            block[0] = WITHOUT_LENGTHS;
            unpack(&block, entries.len(), &[])
        };
        let one_more = strings(&[quarter, quarter, quarter, quarter - 70_000, 70_001]);
        assert_eq!(beyond(&one_more), Err(OpenError::TooLarge));
        let entry = strings(&[limits::ENTRY_BYTES]);
        assert_eq!(beyond(&entry), Ok(entry));
        let too_long = strings(&[limits::ENTRY_BYTES + 1]);
        assert_eq!(beyond(&too_long), Err(OpenError::TooLarge));
    }

    #[test]
    fn an_entry_with_a_stated_length_has_the_same_limit() {
        let of_length = |length: usize| {
            let plain = with_lengths(&[length as u64], &vec![0xff; length]);
            unpack(&packed(&plain), 1, &[])
        };
        let longest = of_length(limits::ENTRY_BYTES).map(|entries| entries[0].len());
        assert_eq!(longest, Ok(limits::ENTRY_BYTES));
        let too_long = of_length(limits::ENTRY_BYTES + 1);
        assert_eq!(too_long, Err(OpenError::TooLarge));
    }

    #[test]
    fn a_flag_of_a_later_version_is_refused() {
        let mut block = pack(&[vec![1]], Packing::default()).expect("small");
        assert_eq!(unpack(&block, 1, &[]), Ok(vec![vec![1]]));
        block[0] |= 4;
        let refused = Err(DecodeError::Malformed.into());
        assert_eq!(unpack(&block, 1, &[]), refused);
    }

    #[test]
    fn a_dictionary_that_does_not_help_is_left_out() {
        let dictionary = Dictionary {
            bytes: b"words that nobody ever writes in an observation".to_vec(),
        };
        let packing = Packing {
            dictionary: Some(&dictionary),
            ..Packing::default()
        };
        let entries = strings(&[600; 50]);
        let with = pack(&entries, packing).expect("small");
        assert_eq!(with, pack(&entries, Packing::default()).expect("small"));
    }
}
