//! Packing: entries to one compressed block and back, within the limits whatever a sender claims.

use crate::cbor::{encode, ended, malformed};
use crate::{DecodeError, OpenError, SealError, limits};
use minicbor::Decoder;
use sha2::{Digest, Sha256};
use std::io::Read as _;

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

const PLAIN: u8 = 0;
const WITH_DICTIONARY: u8 = 1;

impl Dictionary {
    /// The short name that a segment gives it: the first four bytes of its SHA-256.
    fn short(&self) -> [u8; 4] {
        let [a, b, c, d, ..] = <[u8; 32]>::from(Sha256::digest(&self.bytes));
        [a, b, c, d]
    }
}

/// `kind (1) ‖ [dictionary (4)] ‖ length (4) ‖ zstd([lengths] ‖ entries)`. Lengths stand apart from the
/// entries because repeated entries compress better without them in between.
pub(crate) fn pack(entries: &[Vec<u8>], packing: Packing<'_>) -> Result<Vec<u8>, SealError> {
    if entries.len() > limits::SEGMENT_ENTRIES
        || entries
            .iter()
            .any(|entry| entry.len() > limits::ENTRY_BYTES)
    {
        return Err(SealError::TooLarge);
    }
    let mut plain = encode(|e| e.array(entries.len() as u64));
    for entry in entries {
        plain.extend_from_slice(&encode(|e| e.u64(entry.len() as u64)));
    }
    entries
        .iter()
        .for_each(|entry| plain.extend_from_slice(entry));
    if plain.len() > limits::SEGMENT_UNPACKED_BYTES {
        return Err(SealError::TooLarge);
    }
    let (mut packed, dictionary) = match packing.dictionary {
        Some(dictionary) => (
            [&[WITH_DICTIONARY], dictionary.short().as_slice()].concat(),
            dictionary.bytes.as_slice(),
        ),
        None => (vec![PLAIN], [].as_slice()),
    };
    // With a dictionary, even an empty one, tables are made for the level's largest input: tens of megabytes cleared
    // for a kilobyte. Without one they are made for the input at hand.
    let compressor = if dictionary.is_empty() {
        zstd::bulk::Compressor::new(packing.level)
    } else {
        zstd::bulk::Compressor::with_dictionary(packing.level, dictionary)
    };
    let block = compressor
        .and_then(|mut compressor| compressor.compress(&plain))
        .map_err(|_| SealError::Compression)?;
    packed.extend_from_slice(
        &u32::try_from(block.len())
            .map_err(|_| SealError::TooLarge)?
            .to_be_bytes(),
    );
    packed.extend_from_slice(&block);
    Ok(packed)
}

/// Reads what [`pack`] wrote; what follows it is padding.
pub(crate) fn unpack(
    packed: &[u8],
    count: usize,
    dictionaries: &[Dictionary],
) -> Result<Vec<Vec<u8>>, OpenError> {
    let (kind, rest) = packed.split_first().ok_or(DecodeError::Malformed)?;
    let (dictionary, rest) = match *kind {
        PLAIN => ([].as_slice(), rest),
        WITH_DICTIONARY => {
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
        _ => return Err(DecodeError::Malformed.into()),
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
    split(&decompress(block, dictionary)?, count)
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
        [&[PLAIN], length.to_be_bytes().as_slice(), &block].concat()
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
}
