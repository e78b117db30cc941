//! The lines of the evidence files.

use super::hex;
use baqylau_domain::DeviceId;
use serde::{Deserialize, Serialize};

/// A configuration as the root key signed it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ConfigLine {
    pub(super) version: u64,
    #[serde(with = "hex")]
    pub(super) config: Vec<u8>,
}

/// A device. Neither what headquarters calls it nor its mailbox secret is anybody else's affair.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DeviceLine {
    pub(super) device: DeviceId,
    pub(super) team: String,
    pub(super) revoked: bool,
    #[serde(with = "hex")]
    pub(super) key: [u8; 32],
    #[serde(with = "hex")]
    pub(super) certificate: Vec<u8>,
}

/// A leaf of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SegmentLine {
    pub(super) segment: u64,
    #[serde(with = "hex")]
    pub(super) hash: [u8; 32],
    pub(super) state: SegmentState,
    /// Why it was set aside.
    pub(super) code: Option<String>,
    pub(super) device: Option<DeviceId>,
    /// What the device signed; none when the segment does not open or the signature does not fit.
    pub(super) signed: Option<SignedPart>,
}

/// How a segment stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum SegmentState {
    /// Its entries are in `entries.jsonl`.
    Accepted,
    /// It waits for segments before it; its entries are in `set-aside.jsonl`.
    Parked,
    /// It does not continue its journal, or its device was revoked, or it cannot be read.
    SetAside,
}

/// The pieces of a segment that its signature needs, besides the entries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SignedPart {
    #[serde(with = "hex")]
    pub(super) header: Vec<u8>,
    #[serde(with = "hex")]
    pub(super) signature: [u8; 64],
}

/// An entry of a journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EntryLine {
    pub(super) device: DeviceId,
    pub(super) seq: u64,
    #[serde(with = "hex")]
    pub(super) hash: [u8; 32],
    #[serde(with = "hex")]
    pub(super) entry: Vec<u8>,
}

/// An entry of a segment that is in no journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SetAsideLine {
    pub(super) segment: u64,
    pub(super) seq: u64,
    #[serde(with = "hex")]
    pub(super) hash: [u8; 32],
    #[serde(with = "hex")]
    pub(super) entry: Vec<u8>,
}

/// A receipt as headquarters signed it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ReceiptLine {
    pub(super) device: DeviceId,
    pub(super) seq: u64,
    /// What is still held after a restore is promised anew.
    pub(super) epoch: u64,
    #[serde(with = "hex")]
    pub(super) receipt: Vec<u8>,
}

/// A picture that arrived whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PictureLine {
    pub(super) device: DeviceId,
    /// SHA-256 of its file.
    #[serde(with = "hex")]
    pub(super) picture: [u8; 32],
    /// The entry that names it; none for what does not open.
    pub(super) seq: Option<u64>,
    pub(super) media_type: String,
    pub(super) bytes: u64,
    /// Why it is kept apart, if it is.
    pub(super) code: Option<String>,
    /// Headquarters' receipt, in hexadecimal digits; empty for what is kept apart.
    pub(super) receipt: String,
}

/// A line as it is exported, without its end.
pub(super) fn to_text<T: Serialize>(line: &T) -> String {
    // Structures of numbers and texts: writing them cannot fail.
    serde_json::to_string(line).unwrap_or_default()
}
