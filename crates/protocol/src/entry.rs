//! Journal entries and their deterministic CBOR.

use crate::cbor::{MapReader, MapWriter, encode, whole};
use crate::limits;
use crate::values::{decode_changes, decode_photo, encode_changes, encode_photo};
use baqylau_domain::{FormRef, Moment, ObserverCode, PhotoRef, StationCode, WireChange};
use minicbor::Decoder;
use thiserror::Error;

/// One entry of a journal.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// When the device claims it was written.
    pub at: Moment,
    /// What it says.
    pub kind: EntryKind,
    /// Keys of a newer version, kept and written out again byte for byte.
    pub unknown: UnknownKeys,
}

/// Keys that this version does not know, with their values as raw CBOR, ascending.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UnknownKeys(pub(crate) Vec<(u64, Vec<u8>)>);

/// Where an observation was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A polling station.
    Station(StationCode),
    /// An election commission.
    Commission(StationCode),
    /// Somewhere, in the observer's words.
    Free(String),
    /// Nowhere in particular.
    None,
}

/// What an entry says. Reports are named by the number of their `Open` entry.
#[derive(Debug, Clone, PartialEq)]
pub enum EntryKind {
    /// A report begins.
    Open {
        /// The form definition it is filled in with.
        form: FormRef,
        /// Where.
        place: Place,
        /// Which visit of the team this is, from 1.
        visit: u16,
    },
    /// Answers, as changes from the report's revision before (all of them in the first).
    Revision {
        /// The report's `Open` entry.
        report: u64,
        /// From 1.
        number: u32,
        /// Changed answers, ascending by question.
        changes: Vec<WireChange>,
        /// Why a finished report is corrected.
        reason: Option<String>,
        /// The entry of the revision that this one supersedes.
        supersedes: Option<u64>,
    },
    /// The observers confirmed a revision.
    Finalise {
        /// The report's `Open` entry.
        report: u64,
        /// The revision's number.
        revision: u32,
        /// Who confirmed it.
        confirmed_by: Vec<ObserverCode>,
    },
    /// The author takes the report back; it stays in the journal.
    Withdraw {
        /// The report's `Open` entry.
        report: u64,
        /// Why.
        reason: String,
    },
    /// A remark beside a report or one of its questions.
    Note {
        /// The report's `Open` entry.
        report: u64,
        /// The question's index in the form.
        question: Option<u16>,
        /// The remark.
        text: String,
    },
    /// A picture belongs to a question; its bytes travel apart.
    Attachment {
        /// The report's `Open` entry.
        report: u64,
        /// The question's index in the form.
        question: u16,
        /// The picture's content address.
        photo: PhotoRef,
    },
    /// A kind of a newer version: the whole entry as received.
    Unknown {
        /// Its number.
        kind: u32,
        /// The entry's bytes.
        raw: Vec<u8>,
    },
}

/// Why bytes are no message of this protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum DecodeError {
    /// Larger than [`crate::limits`] allow.
    #[error("too large")]
    TooLarge,
    /// Not the CBOR that belongs here.
    #[error("malformed")]
    Malformed,
    /// Right content in another encoding than the deterministic one.
    #[error("not canonical")]
    NotCanonical,
    /// A mandatory key is missing.
    #[error("key {0} missing")]
    Missing(u64),
}

// Keys of every entry, for ever: a reader needs them to place even a kind that it does not know.
const KIND: u64 = 0;
const AT: u64 = 1;
const OFFSET: u64 = 2;

const OPEN: u32 = 0;
const REVISION: u32 = 1;
const FINALISE: u32 = 2;
const WITHDRAW: u32 = 3;
const NOTE: u32 = 4;
const ATTACHMENT: u32 = 5;

/// Observers that can confirm one revision.
const CONFIRMING: usize = 64;

impl Entry {
    /// An entry of this version.
    #[must_use]
    pub fn new(at: Moment, kind: EntryKind) -> Self {
        Self {
            at,
            kind,
            unknown: UnknownKeys::default(),
        }
    }

    /// The entry's deterministic bytes: what is chained, signed and kept.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut map = MapWriter::default();
        let kind = match &self.kind {
            EntryKind::Unknown { raw, .. } => return raw.clone(),
            EntryKind::Open { form, place, visit } => {
                map.bytes(3, &form.0).uint(7, u64::from(*visit));
                match place {
                    Place::Station(code) => map.text(4, code.as_str()),
                    Place::Commission(code) => map.text(5, code.as_str()),
                    Place::Free(words) => map.text(6, words),
                    Place::None => &mut map,
                };
                OPEN
            }
            EntryKind::Revision {
                report,
                number,
                changes,
                reason,
                supersedes,
            } => {
                map.uint(3, *report)
                    .uint(4, u64::from(*number))
                    .raw(5, encode_changes(changes));
                if let Some(reason) = reason {
                    map.text(6, reason);
                }
                if let Some(supersedes) = supersedes {
                    map.uint(7, *supersedes);
                }
                REVISION
            }
            EntryKind::Finalise {
                report,
                revision,
                confirmed_by,
            } => {
                map.uint(3, *report).uint(4, u64::from(*revision));
                map.list(5, confirmed_by, |code| encode(|e| e.str(code.as_str())));
                FINALISE
            }
            EntryKind::Withdraw { report, reason } => {
                map.uint(3, *report).text(4, reason);
                WITHDRAW
            }
            EntryKind::Note {
                report,
                question,
                text,
            } => {
                map.uint(3, *report).text(5, text);
                if let Some(question) = question {
                    map.uint(4, u64::from(*question));
                }
                NOTE
            }
            EntryKind::Attachment {
                report,
                question,
                photo,
            } => {
                map.uint(3, *report)
                    .uint(4, u64::from(*question))
                    .raw(5, encode_photo(photo));
                ATTACHMENT
            }
        };
        map.uint(KIND, u64::from(kind))
            .int(AT, self.at.utc_ms)
            .int(OFFSET, i64::from(self.at.offset_min));
        for (key, value) in &self.unknown.0 {
            map.raw(*key, value.clone());
        }
        map.finish()
    }

    /// Reads an entry. `decode(b)?.encode() == b` for everything it takes.
    ///
    /// # Errors
    /// [`DecodeError`] for anything but one deterministic entry.
    pub fn decode(bytes: &[u8]) -> Result<Self, DecodeError> {
        if bytes.len() > limits::ENTRY_BYTES {
            return Err(DecodeError::TooLarge);
        }
        let mut map = MapReader::read(bytes)?;
        let kind: u32 = map.small(KIND)?;
        let utc_ms = map.int(AT)?;
        let offset_min = i16::try_from(map.int(OFFSET)?).map_err(|_| DecodeError::Malformed)?;
        let kind = Self::decode_kind(kind, &mut map, bytes)?;
        let unknown = match kind {
            EntryKind::Unknown { .. } => UnknownKeys::default(),
            _ => UnknownKeys(map.rest()),
        };
        let entry = Self {
            at: Moment { utc_ms, offset_min },
            kind,
            unknown,
        };
        // Whatever has two spellings (runs that could be joined, floats that could be shorter) has one here.
        if entry.encode() == bytes {
            Ok(entry)
        } else {
            Err(DecodeError::NotCanonical)
        }
    }

    fn decode_kind(
        kind: u32,
        map: &mut MapReader<'_>,
        bytes: &[u8],
    ) -> Result<EntryKind, DecodeError> {
        Ok(match kind {
            OPEN => EntryKind::Open {
                form: FormRef(map.array(3)?),
                place: decode_place(map)?,
                visit: map.small(7)?,
            },
            REVISION => EntryKind::Revision {
                report: map.uint(3)?,
                number: map.small(4)?,
                changes: decode_changes(map.take(5).ok_or(DecodeError::Missing(5))?)?,
                reason: map.optional_text(6)?,
                supersedes: map.optional_small(7)?,
            },
            FINALISE => EntryKind::Finalise {
                report: map.uint(3)?,
                revision: map.small(4)?,
                confirmed_by: map.list(5, CONFIRMING, |raw| {
                    Ok(ObserverCode::from(whole(raw, Decoder::str)?))
                })?,
            },
            WITHDRAW => EntryKind::Withdraw {
                report: map.uint(3)?,
                reason: map.text(4)?,
            },
            NOTE => EntryKind::Note {
                report: map.uint(3)?,
                question: map.optional_small(4)?,
                text: map.text(5)?,
            },
            ATTACHMENT => EntryKind::Attachment {
                report: map.uint(3)?,
                question: map.small(4)?,
                photo: decode_photo(map.take(5).ok_or(DecodeError::Missing(5))?)?,
            },
            _ => EntryKind::Unknown {
                kind,
                raw: bytes.to_vec(),
            },
        })
    }

    /// The report that this entry belongs to: the `Open` entry's number, `own_seq` for an `Open` itself.
    #[must_use]
    pub fn report(&self, own_seq: u64) -> Option<u64> {
        match &self.kind {
            EntryKind::Open { .. } => Some(own_seq),
            EntryKind::Revision { report, .. }
            | EntryKind::Finalise { report, .. }
            | EntryKind::Withdraw { report, .. }
            | EntryKind::Note { report, .. }
            | EntryKind::Attachment { report, .. } => Some(*report),
            EntryKind::Unknown { .. } => None,
        }
    }
}

fn decode_place(map: &mut MapReader<'_>) -> Result<Place, DecodeError> {
    let found = (
        map.optional_text(4)?,
        map.optional_text(5)?,
        map.optional_text(6)?,
    );
    match found {
        (Some(code), None, None) => Ok(Place::Station(StationCode(code))),
        (None, Some(code), None) => Ok(Place::Commission(StationCode(code))),
        (None, None, Some(words)) => Ok(Place::Free(words)),
        (None, None, None) => Ok(Place::None),
        _ => Err(DecodeError::Malformed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn note(text: String) -> Entry {
        let at = Moment {
            utc_ms: 1,
            offset_min: 0,
        };
        let kind = EntryKind::Note {
            report: 7,
            question: None,
            text,
        };
        Entry::new(at, kind)
    }

    #[test]
    fn an_entry_may_be_as_long_as_its_limit_and_no_longer() {
        let beside = note("a".repeat(70_000)).encode().len() - 70_000;
        let of_length = |length: usize| note("a".repeat(length - beside));
        let longest = of_length(limits::ENTRY_BYTES);
        assert_eq!(longest.encode().len(), limits::ENTRY_BYTES);
        assert_eq!(Entry::decode(&longest.encode()), Ok(longest));
        let too_long = of_length(limits::ENTRY_BYTES + 1).encode();
        assert_eq!(Entry::decode(&too_long), Err(DecodeError::TooLarge));
    }

    #[test]
    fn an_entry_belongs_to_the_report_it_names() {
        let at = note(String::new()).at;
        let of = |kind| Entry::new(at, kind).report(3);
        let open = EntryKind::Open {
            form: FormRef([0; 4]),
            place: Place::None,
            visit: 1,
        };
        assert_eq!(of(open), Some(3), "a report is named by its first entry");
        assert_eq!(note(String::new()).report(9), Some(7));
        let withdrawn = EntryKind::Withdraw {
            report: 2,
            reason: String::new(),
        };
        assert_eq!(of(withdrawn), Some(2));
        let later = EntryKind::Unknown {
            kind: 99,
            raw: Vec::new(),
        };
        assert_eq!(of(later), None);
    }

    #[test]
    fn an_observation_has_one_place_at_most() {
        let mut map = MapWriter::default();
        map.uint(KIND, u64::from(OPEN)).int(AT, 1).int(OFFSET, 0);
        map.bytes(3, &[0; 4]).text(4, "104").text(6, "nearby");
        let two = map.uint(7, 1).finish();
        assert_eq!(Entry::decode(&two), Err(DecodeError::Malformed));
    }
}
