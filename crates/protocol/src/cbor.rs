//! The one way this protocol writes and reads CBOR: definite lengths, shortest integers, maps with
//! ascending integer keys. Readers never allocate by a length that a sender claims.

use crate::DecodeError;
use minicbor::{Decoder, Encoder};
use std::convert::Infallible;

type Encoded<'a> = Result<&'a mut Encoder<Vec<u8>>, minicbor::encode::Error<Infallible>>;

/// The bytes that `write` produces.
pub(crate) fn encode(write: impl FnOnce(&mut Encoder<Vec<u8>>) -> Encoded<'_>) -> Vec<u8> {
    let mut encoder = Encoder::new(Vec::new());
    // Writing into a vector cannot fail: the error type has no values.
    let _infallible = write(&mut encoder).is_ok();
    encoder.into_writer()
}

/// A map with ascending integer keys in the making.
#[derive(Default)]
pub(crate) struct MapWriter {
    items: Vec<(u64, Vec<u8>)>,
}

/// A read map: keys ascending, values raw.
pub(crate) struct MapReader<'a> {
    items: Vec<(u64, &'a [u8])>,
}

/// The key whose value is nothing but padding.
const PADDING_KEY: u64 = 15;

impl MapWriter {
    pub(crate) fn raw(&mut self, key: u64, value: Vec<u8>) -> &mut Self {
        self.items.push((key, value));
        self
    }

    pub(crate) fn uint(&mut self, key: u64, value: u64) -> &mut Self {
        self.raw(key, encode(|e| e.u64(value)))
    }

    pub(crate) fn int(&mut self, key: u64, value: i64) -> &mut Self {
        self.raw(key, encode(|e| e.i64(value)))
    }

    pub(crate) fn bytes(&mut self, key: u64, value: &[u8]) -> &mut Self {
        self.raw(key, encode(|e| e.bytes(value)))
    }

    pub(crate) fn optional_bytes(&mut self, key: u64, value: Option<&[u8]>) -> &mut Self {
        match value {
            Some(value) => self.bytes(key, value),
            None => self,
        }
    }

    pub(crate) fn text(&mut self, key: u64, value: &str) -> &mut Self {
        self.raw(key, encode(|e| e.str(value)))
    }

    /// Writes the key only when it is true.
    pub(crate) fn flag(&mut self, key: u64, value: bool) -> &mut Self {
        if value {
            self.raw(key, encode(|e| e.bool(true)))
        } else {
            self
        }
    }

    /// An array whose items are written one by one; left out when empty.
    pub(crate) fn list<T>(
        &mut self,
        key: u64,
        items: &[T],
        mut write: impl FnMut(&T) -> Vec<u8>,
    ) -> &mut Self {
        if items.is_empty() {
            return self;
        }
        let mut value = encode(|e| e.array(items.len() as u64));
        for item in items {
            value.extend_from_slice(&write(item));
        }
        self.raw(key, value)
    }

    pub(crate) fn finish(&mut self) -> Vec<u8> {
        self.items.sort_by_key(|item| item.0);
        let mut bytes = encode(|e| e.map(self.items.len() as u64));
        for (key, value) in &self.items {
            bytes.extend_from_slice(&encode(|e| e.u64(*key)));
            bytes.extend_from_slice(value);
        }
        bytes
    }

    /// The map with one more key whose value brings it to a length that [`crate::padme`] leaves.
    pub(crate) fn finish_padded(&mut self, floor: usize) -> Vec<u8> {
        let bare = self.finish().len();
        let mut target = crate::padme((bare + 2).max(floor));
        loop {
            let room = target - bare - 1;
            // A byte string's own head takes 1, 2, 3 or 5 bytes, so not every room can be filled exactly.
            let filling = [1, 2, 3, 5]
                .into_iter()
                .filter(|head| room >= *head)
                .find(|head| encode(|e| e.bytes(&vec![0; room - head])).len() == room)
                .map(|head| room - head);
            if let Some(filling) = filling {
                return self.bytes(PADDING_KEY, &vec![0; filling]).finish();
            }
            target = crate::padme(target + 1);
        }
    }
}

impl<'a> MapReader<'a> {
    pub(crate) fn read(bytes: &'a [u8]) -> Result<Self, DecodeError> {
        let mut decoder = Decoder::new(bytes);
        let count = decoder
            .map()
            .map_err(malformed)?
            .ok_or(DecodeError::NotCanonical)?;
        let mut items: Vec<(u64, &[u8])> = Vec::new();
        for _ in 0..count {
            let key = decoder.u64().map_err(malformed)?;
            if items.last().is_some_and(|last| last.0 >= key) {
                return Err(DecodeError::NotCanonical);
            }
            items.push((key, raw_item(&mut decoder)?));
        }
        ended(&decoder)?;
        Ok(Self { items })
    }

    pub(crate) fn take(&mut self, key: u64) -> Option<&'a [u8]> {
        let index = self.items.iter().position(|item| item.0 == key)?;
        Some(self.items.remove(index).1)
    }

    fn need(&mut self, key: u64) -> Result<&'a [u8], DecodeError> {
        self.take(key).ok_or(DecodeError::Missing(key))
    }

    pub(crate) fn uint(&mut self, key: u64) -> Result<u64, DecodeError> {
        whole(self.need(key)?, Decoder::u64)
    }

    pub(crate) fn small<T: TryFrom<u64>>(&mut self, key: u64) -> Result<T, DecodeError> {
        T::try_from(self.uint(key)?).map_err(|_| DecodeError::Malformed)
    }

    pub(crate) fn optional_small<T: TryFrom<u64>>(
        &mut self,
        key: u64,
    ) -> Result<Option<T>, DecodeError> {
        let Some(raw) = self.take(key) else {
            return Ok(None);
        };
        T::try_from(whole(raw, Decoder::u64)?)
            .map(Some)
            .map_err(|_| DecodeError::Malformed)
    }

    pub(crate) fn int(&mut self, key: u64) -> Result<i64, DecodeError> {
        whole(self.need(key)?, Decoder::i64)
    }

    pub(crate) fn bytes(&mut self, key: u64) -> Result<&'a [u8], DecodeError> {
        whole(self.need(key)?, Decoder::bytes)
    }

    pub(crate) fn optional_bytes(&mut self, key: u64) -> Result<Option<&'a [u8]>, DecodeError> {
        self.take(key)
            .map(|raw| whole(raw, Decoder::bytes))
            .transpose()
    }

    pub(crate) fn array<const N: usize>(&mut self, key: u64) -> Result<[u8; N], DecodeError> {
        self.bytes(key)?
            .try_into()
            .map_err(|_| DecodeError::Malformed)
    }

    pub(crate) fn text(&mut self, key: u64) -> Result<String, DecodeError> {
        whole(self.need(key)?, Decoder::str).map(str::to_owned)
    }

    pub(crate) fn optional_text(&mut self, key: u64) -> Result<Option<String>, DecodeError> {
        self.take(key)
            .map(|raw| whole(raw, Decoder::str).map(str::to_owned))
            .transpose()
    }

    pub(crate) fn flag(&mut self, key: u64) -> Result<bool, DecodeError> {
        self.take(key)
            .map_or(Ok(false), |raw| whole(raw, Decoder::bool))
    }

    /// An array read item by item; empty when the key is absent.
    pub(crate) fn list<T>(
        &mut self,
        key: u64,
        limit: usize,
        mut read: impl FnMut(&'a [u8]) -> Result<T, DecodeError>,
    ) -> Result<Vec<T>, DecodeError> {
        let Some(raw) = self.take(key) else {
            return Ok(Vec::new());
        };
        items(raw, limit)?.into_iter().map(&mut read).collect()
    }

    /// What nobody took: keys of a newer version.
    pub(crate) fn rest(self) -> Vec<(u64, Vec<u8>)> {
        self.items
            .into_iter()
            .map(|(key, raw)| (key, raw.to_vec()))
            .collect()
    }
}

/// The raw items of one array that fills `raw`.
pub(crate) fn items(raw: &[u8], limit: usize) -> Result<Vec<&[u8]>, DecodeError> {
    let mut decoder = Decoder::new(raw);
    let count = decoder
        .array()
        .map_err(malformed)?
        .ok_or(DecodeError::NotCanonical)?;
    if count > limit as u64 {
        return Err(DecodeError::TooLarge);
    }
    let mut found = Vec::new();
    for _ in 0..count {
        found.push(raw_item(&mut decoder)?);
    }
    ended(&decoder)?;
    Ok(found)
}

/// Reads one value that fills `raw`.
pub(crate) fn whole<'a, T>(
    raw: &'a [u8],
    read: impl FnOnce(&mut Decoder<'a>) -> Result<T, minicbor::decode::Error>,
) -> Result<T, DecodeError> {
    let mut decoder = Decoder::new(raw);
    let value = read(&mut decoder).map_err(malformed)?;
    ended(&decoder)?;
    Ok(value)
}

/// Steps over one value and returns its bytes; refuses indefinite lengths and lengths written longer than need be.
pub(crate) fn raw_item<'a>(decoder: &mut Decoder<'a>) -> Result<&'a [u8], DecodeError> {
    let (input, start) = (decoder.input(), decoder.position());
    let mut position = start;
    let mut pending = 1_u64;
    while pending > 0 {
        // Every value takes a byte at least: a claim beyond the input is a lie.
        if pending > (input.len() - position) as u64 {
            return Err(DecodeError::Malformed);
        }
        let (major, argument, after) = head(input, position)?;
        position = after;
        pending -= 1;
        match major {
            2 | 3 => {
                let end = usize::try_from(argument)
                    .ok()
                    .and_then(|length| position.checked_add(length));
                position = end
                    .filter(|end| *end <= input.len())
                    .ok_or(DecodeError::Malformed)?;
            }
            4 => pending = pending.saturating_add(argument),
            5 => pending = pending.saturating_add(argument.saturating_mul(2)),
            6 => pending += 1,
            _ => {}
        }
    }
    decoder.set_position(position);
    input.get(start..position).ok_or(DecodeError::Malformed)
}

/// A value's head: major type, argument, and where the head ends.
fn head(input: &[u8], position: usize) -> Result<(u8, u64, usize), DecodeError> {
    let first = *input.get(position).ok_or(DecodeError::Malformed)?;
    let (major, low) = (first >> 5, first & 0x1f);
    let (width, least) = match low {
        0..=23 => return Ok((major, u64::from(low), position + 1)),
        24 => (1, 24),
        25 => (2, 1 << 8),
        26 => (4, 1 << 16),
        27 => (8, 1 << 32),
        _ => return Err(DecodeError::NotCanonical),
    };
    let digits = input
        .get(position + 1..position + 1 + width)
        .ok_or(DecodeError::Malformed)?;
    let argument = digits
        .iter()
        .fold(0_u64, |value, digit| value << 8 | u64::from(*digit));
    // Major type 7 holds floats there, whose width says something.
    if major != 7 && argument < least {
        return Err(DecodeError::NotCanonical);
    }
    Ok((major, argument, position + 1 + width))
}

pub(crate) fn ended(decoder: &Decoder<'_>) -> Result<(), DecodeError> {
    if decoder.position() == decoder.input().len() {
        Ok(())
    } else {
        Err(DecodeError::Malformed)
    }
}

pub(crate) fn malformed(_: minicbor::decode::Error) -> DecodeError {
    DecodeError::Malformed
}

#[cfg(test)]
mod tests;
