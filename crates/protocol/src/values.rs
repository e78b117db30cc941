//! Answers on the wire: runs of consecutive questions, one short value each.

use crate::DecodeError;
use crate::cbor::{encode, items, malformed, raw_item, whole};
use baqylau_domain::{AttachmentHash, Location, Moment, PhotoRef, WireChange, WireValue};
use minicbor::data::{Tag, Type};
use minicbor::{Decoder, Encoder};

// One-byte tags, local to OBS/1: a choice is by far the commonest answer and travels as a bare number.
const INTEGER: u64 = 6;
const DATE: u64 = 7;
const TIME: u64 = 8;
const DATE_TIME: u64 = 9;
const CHOICES: u64 = 10;
const LOCATION: u64 = 11;
const PHOTO: u64 = 12;

/// Questions a form can have: indexes are 16 bits wide.
const QUESTIONS: usize = 1 << 16;

/// Writes changes as runs `[gap, value, value …]`; `gap` counts the questions skipped since the run before.
/// Of two changes to one question the later counts.
pub(crate) fn encode_changes(changes: &[WireChange]) -> Vec<u8> {
    let mut sorted: Vec<&WireChange> = changes.iter().rev().collect();
    sorted.sort_by_key(|change| change.0);
    sorted.dedup_by_key(|change| change.0);
    let mut runs: Vec<(u64, Vec<&WireChange>)> = Vec::new();
    let mut expected = 0_u64;
    for change in sorted {
        let gap = u64::from(change.0) - expected;
        match runs.last_mut() {
            Some(run) if gap == 0 => run.1.push(change),
            _ => runs.push((gap, vec![change])),
        }
        expected = u64::from(change.0) + 1;
    }
    let mut bytes = encode(|e| e.array(runs.len() as u64));
    for (gap, run) in runs {
        bytes.extend_from_slice(&encode(|e| e.array(run.len() as u64 + 1)?.u64(gap)));
        for (_, value) in run {
            bytes.extend_from_slice(&encode_value(value.as_ref()));
        }
    }
    bytes
}

/// Reads what [`encode_changes`] wrote.
pub(crate) fn decode_changes(raw: &[u8]) -> Result<Vec<WireChange>, DecodeError> {
    let mut changes = Vec::new();
    let mut next = 0_u64;
    for run in items(raw, QUESTIONS)? {
        let run = items(run, QUESTIONS + 1)?;
        let (gap, values) = run.split_first().ok_or(DecodeError::Malformed)?;
        next = next.saturating_add(whole(gap, Decoder::u64)?);
        for value in values {
            let question = u16::try_from(next).map_err(|_| DecodeError::Malformed)?;
            changes.push((question, decode_value(value)?));
            next += 1;
        }
    }
    Ok(changes)
}

fn encode_value(value: Option<&WireValue>) -> Vec<u8> {
    let Some(value) = value else {
        return encode(Encoder::null);
    };
    match value {
        WireValue::Choice(index) => encode(|e| e.u16(*index)),
        WireValue::Text(text) => encode(|e| e.str(text)),
        WireValue::Acknowledged => encode(|e| e.bool(true)),
        WireValue::Decimal(number) => encode_float(*number),
        WireValue::Integer(number) => tagged(INTEGER, &encode(|e| e.i64(*number))),
        WireValue::Date(days) => tagged(DATE, &encode(|e| e.i32(*days))),
        WireValue::Time(ms) => tagged(TIME, &encode(|e| e.u32(*ms))),
        WireValue::DateTime(at) => tagged(
            DATE_TIME,
            &encode(|e| e.array(2)?.i64(at.utc_ms)?.i16(at.offset_min)),
        ),
        WireValue::Choices(indexes) => {
            let mut list = encode(|e| e.array(indexes.len() as u64));
            for index in indexes {
                list.extend_from_slice(&encode(|e| e.u16(*index)));
            }
            tagged(CHOICES, &list)
        }
        WireValue::Location(place) => {
            let numbers = [
                Some(place.latitude),
                Some(place.longitude),
                place.accuracy_m,
            ];
            let mut list = encode(|e| e.array(numbers.iter().flatten().count() as u64));
            for number in numbers.iter().flatten() {
                list.extend_from_slice(&encode_float(*number));
            }
            tagged(LOCATION, &list)
        }
        WireValue::Photo(photo) => tagged(PHOTO, &encode_photo(photo)),
    }
}

fn tagged(tag: u64, value: &[u8]) -> Vec<u8> {
    let mut bytes = encode(|e| e.tag(Tag::new(tag)));
    bytes.extend_from_slice(value);
    bytes
}

/// Four bytes when they say the same as eight.
fn encode_float(number: f64) -> Vec<u8> {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the loss is what the comparison looks for"
    )]
    let short = number as f32;
    if f64::from(short).to_bits() == number.to_bits() {
        encode(|e| e.f32(short))
    } else {
        encode(|e| e.f64(number))
    }
}

fn decode_float(raw: &[u8]) -> Result<f64, DecodeError> {
    // minicbor widens a 4-byte float where 8 bytes are asked for.
    let number = whole(raw, Decoder::f64)?;
    if number.is_finite() {
        Ok(number)
    } else {
        Err(DecodeError::Malformed)
    }
}

fn decode_value(raw: &[u8]) -> Result<Option<WireValue>, DecodeError> {
    let mut decoder = Decoder::new(raw);
    let value = match decoder.datatype().map_err(malformed)? {
        Type::Null => return whole(raw, Decoder::null).map(|()| None),
        Type::U8 | Type::U16 => WireValue::Choice(whole(raw, Decoder::u16)?),
        Type::String => WireValue::Text(whole(raw, Decoder::str)?.to_owned()),
        Type::Bool => {
            if !whole(raw, Decoder::bool)? {
                return Err(DecodeError::Malformed);
            }
            WireValue::Acknowledged
        }
        Type::F32 | Type::F64 => WireValue::Decimal(decode_float(raw)?),
        Type::Tag => {
            let tag = decoder.tag().map_err(malformed)?.as_u64();
            let inner = raw_item(&mut decoder)?;
            decode_tagged(tag, inner)?
        }
        _ => return Err(DecodeError::Malformed),
    };
    Ok(Some(value))
}

fn decode_tagged(tag: u64, raw: &[u8]) -> Result<WireValue, DecodeError> {
    Ok(match tag {
        INTEGER => WireValue::Integer(whole(raw, Decoder::i64)?),
        DATE => WireValue::Date(whole(raw, Decoder::i32)?),
        TIME => WireValue::Time(whole(raw, Decoder::u32)?),
        DATE_TIME => match items(raw, 2)?.as_slice() {
            [utc_ms, offset] => WireValue::DateTime(Moment {
                utc_ms: whole(utc_ms, Decoder::i64)?,
                offset_min: whole(offset, Decoder::i16)?,
            }),
            _ => return Err(DecodeError::Malformed),
        },
        CHOICES => {
            let indexes = items(raw, QUESTIONS)?;
            let indexes: Result<_, _> = indexes
                .into_iter()
                .map(|index| whole(index, Decoder::u16))
                .collect();
            WireValue::Choices(indexes?)
        }
        LOCATION => WireValue::Location(match items(raw, 3)?.as_slice() {
            [latitude, longitude] => Location {
                latitude: decode_float(latitude)?,
                longitude: decode_float(longitude)?,
                accuracy_m: None,
            },
            [latitude, longitude, accuracy] => Location {
                latitude: decode_float(latitude)?,
                longitude: decode_float(longitude)?,
                accuracy_m: Some(decode_float(accuracy)?),
            },
            _ => return Err(DecodeError::Malformed),
        }),
        PHOTO => WireValue::Photo(decode_photo(raw)?),
        _ => return Err(DecodeError::Malformed),
    })
}

pub(crate) fn encode_photo(photo: &PhotoRef) -> Vec<u8> {
    encode(|e| {
        e.array(3)?
            .bytes(&photo.hash.0)?
            .str(&photo.media_type)?
            .u64(photo.bytes)
    })
}

pub(crate) fn decode_photo(raw: &[u8]) -> Result<PhotoRef, DecodeError> {
    match items(raw, 3)?.as_slice() {
        [hash, media_type, bytes] => Ok(PhotoRef {
            hash: AttachmentHash(
                whole(hash, Decoder::bytes)?
                    .try_into()
                    .map_err(|_| DecodeError::Malformed)?,
            ),
            media_type: whole(media_type, Decoder::str)?.to_owned(),
            bytes: whole(bytes, Decoder::u64)?,
        }),
        _ => Err(DecodeError::Malformed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choice(question: u16, index: u16) -> WireChange {
        (question, Some(WireValue::Choice(index)))
    }

    #[test]
    fn consecutive_questions_share_a_run() {
        let changes = [choice(0, 1), choice(1, 0), choice(5, 2), choice(6, 3)];
        let bytes = [0x82, 0x83, 0, 1, 0, 0x83, 3, 2, 3];
        assert_eq!(encode_changes(&changes), bytes);
        assert_eq!(decode_changes(&bytes), Ok(changes.to_vec()));
        // A run that begins where the one before it ended is part of it.
        let joined = decode_changes(&[0x82, 0x82, 0, 1, 0x82, 0, 0]);
        assert_eq!(joined, Ok(vec![choice(0, 1), choice(1, 0)]));
    }

    #[test]
    fn of_two_answers_to_a_question_the_later_counts() {
        let changes = [choice(4, 1), choice(2, 7), choice(4, 2)];
        let read = decode_changes(&encode_changes(&changes));
        assert_eq!(read, Ok(vec![choice(2, 7), choice(4, 2)]));
    }

    #[test]
    fn the_last_question_is_reached_and_none_beyond_it() {
        let last = [choice(u16::MAX - 1, 1), choice(u16::MAX, 2)];
        let bytes = encode_changes(&last);
        assert_eq!(decode_changes(&bytes), Ok(last.to_vec()));
        let all: Vec<WireChange> = (0..=u16::MAX).map(|question| choice(question, 1)).collect();
        assert_eq!(decode_changes(&encode_changes(&all)), Ok(all), "in one run");
        let beyond = [0x81, 0x82, 0x1a, 0, 1, 0, 0, 1];
        assert_eq!(decode_changes(&beyond), Err(DecodeError::Malformed));
    }

    #[test]
    fn what_is_no_answer_is_refused() {
        for bytes in [
            &[0xf4][..],
            &[0xcd, 1],
            &[0x20],
            &[0xc9, 0x81, 1],
            &[0xcb, 0x81, 0xfa, 0, 0, 0, 0],
            &[0xfa, 0x7f, 0x80, 0, 0],
            &[0xcc, 0x81, 1],
        ] {
            assert_eq!(decode_value(bytes), Err(DecodeError::Malformed));
        }
    }
}
