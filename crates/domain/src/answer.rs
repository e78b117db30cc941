//! Answers: language-neutral values keyed by question name.

use crate::{AttachmentHash, Moment};
use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// A report's answers by question name. A question that is not here was left blank, which is not "no".
pub type Answers = BTreeMap<String, Value>;

/// One answer. Choices are codes, never labels.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "t", content = "v", rename_all = "snake_case")]
pub enum Value {
    /// Free text, NFC.
    Text(String),
    /// A whole number.
    Integer(#[ts(type = "number")] i64),
    /// A decimal number; never NaN or infinite.
    Decimal(f64),
    /// A calendar date, `2011-04-03`.
    Date(#[ts(type = "string")] NaiveDate),
    /// A time of day, `07:00:00`.
    Time(#[ts(type = "string")] NaiveTime),
    /// An instant with its local offset.
    DateTime(Moment),
    /// One choice's code, also for a choice out of a register file.
    Choice(String),
    /// Several choices' codes, in the order of the list.
    Choices(Vec<String>),
    /// A position.
    Location(Location),
    /// A picture held as an attachment.
    Photo(PhotoRef),
    /// "Read and understood".
    Acknowledged,
}

/// A position, WGS 84.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS)]
pub struct Location {
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    /// Radius of 68 % confidence in metres, when the device told it.
    pub accuracy_m: Option<f64>,
}

/// A picture by content address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PhotoRef {
    /// SHA-256 of the stored bytes.
    pub hash: AttachmentHash,
    /// `image/jpeg` or `image/png`.
    pub media_type: String,
    /// Length of the stored bytes.
    #[ts(type = "number")]
    pub bytes: u64,
}

/// An answer as it travels: choices by their index in the form's list instead of their code.
#[derive(Debug, Clone, PartialEq)]
pub enum WireValue {
    /// Text, a register code, or any value the form has no shorter way to say.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A decimal number.
    Decimal(f64),
    /// Days since 1970-01-01.
    Date(i32),
    /// Milliseconds since midnight.
    Time(u32),
    /// An instant with its local offset.
    DateTime(Moment),
    /// Index of the choice in the question's list.
    Choice(u16),
    /// Indexes of the choices, ascending.
    Choices(Vec<u16>),
    /// A position.
    Location(Location),
    /// A picture.
    Photo(PhotoRef),
    /// "Read and understood".
    Acknowledged,
}

/// One changed answer as it travels: the question's index in the form, and the new value (`None`: cleared).
pub type WireChange = (u16, Option<WireValue>);
