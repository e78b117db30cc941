//! Journal entries and their deterministic CBOR.

use baqylau_domain::{FormRef, Moment, ObserverCode, PhotoRef, StationCode, WireChange};
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

impl Entry {
    /// An entry of this version.
    #[must_use]
    pub fn new(at: Moment, kind: EntryKind) -> Self {
        Self { at, kind, unknown: UnknownKeys::default() }
    }

    /// The entry's deterministic bytes: what is chained, signed and kept.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        unimplemented!()
    }

    /// Reads an entry. `decode(b)?.encode() == b` for everything it takes.
    ///
    /// # Errors
    /// [`DecodeError`] for anything but one deterministic entry.
    pub fn decode(bytes: &[u8]) -> Result<Self, DecodeError> {
        unimplemented!("{bytes:?}")
    }

    /// The report that this entry belongs to: the `Open` entry's number, `own_seq` for an `Open` itself.
    #[must_use]
    pub fn report(&self, own_seq: u64) -> Option<u64> {
        unimplemented!("{own_seq}")
    }
}
