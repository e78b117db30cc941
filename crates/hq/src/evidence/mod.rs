//! What an outsider needs to check an export without headquarters: everything that devices and headquarters signed,
//! as lines of JSON, and a manifest over all files.
//!
//! Two layers stand on each other. Devices signed runs of their journals, and headquarters its receipts and
//! checkpoints: that holds against headquarters itself, as far as somebody else kept what it had signed before. The
//! manifest shows every alteration after the export, by whoever does not have headquarters' key. `docs/SYNC.md` says
//! what each file holds.

mod check;
mod hex;
mod journals;
mod lines;
mod manifest;
mod pictures;
mod sheet;
mod write;

pub(crate) use check::fingerprint;
pub use check::{Expected, Findings, verify};
pub use manifest::sign;
pub(crate) use pictures::{picture_files, pictures};
pub(crate) use write::EvidenceFiles;

use baqylau_domain::DeviceId;
use serde::Serialize;
use std::collections::BTreeMap;

/// An export in memory: every file's bytes by its name.
pub type Export = BTreeMap<String, Vec<u8>>;

/// Names of the files.
pub mod names {
    /// Every configuration, under the root key.
    pub const CONFIG: &str = "config.jsonl";
    /// Enrolled devices with their keys and certificates.
    pub const DEVICES: &str = "devices.jsonl";
    /// The journals.
    pub const ENTRIES: &str = "entries.jsonl";
    /// The log: every segment that arrived.
    pub const SEGMENTS: &str = "segments.jsonl";
    /// What signed segments hold that are in no journal: forks, revoked devices, gaps not closed.
    pub const SET_ASIDE: &str = "set-aside.jsonl";
    /// What headquarters promised.
    pub const RECEIPTS: &str = "receipts.jsonl";
    /// Pictures that arrived whole; each is a file beside the others, named by its hash.
    pub const PICTURES: &str = "pictures.jsonl";
    /// Headquarters' signature under the log.
    pub const CHECKPOINT: &str = "checkpoint.txt";
    /// The hash of every line of every other file, to name the line that was altered.
    pub const LINES: &str = "lines.txt";
    /// The hash of every file, signed.
    pub const MANIFEST: &str = "MANIFEST";
}

/// Every code of a fault.
pub const FAULTS: [&str; 24] = [
    "missing",
    "extra",
    "altered",
    "unreadable",
    "manifest_signature",
    "root",
    "config",
    "other_key",
    "certificate",
    "revoked",
    "order",
    "gap",
    "chain",
    "unknown_device",
    "unsigned",
    "segment_entries",
    "segment_signature",
    "receipt",
    "receipt_signature",
    "receipt_log",
    "picture",
    "picture_receipt",
    "checkpoint",
    "earlier_checkpoint",
];

/// What a fault was found by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Layer {
    /// By signatures of devices, by chains, receipts and the log.
    Evidence,
    /// By the manifest: the file is not what it was when it was exported.
    Manifest,
}

/// Something in an export that does not hold.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct EvidenceFault {
    /// What it was found by; the deeper layer comes first.
    pub layer: Layer,
    /// The file.
    pub file: String,
    /// The line, if it can be told; the first is 1.
    pub line: Option<u64>,
    /// A stable code.
    pub code: &'static str,
    /// The device, if it is about one.
    pub device: Option<DeviceId>,
    /// The entry, if it is about one.
    pub seq: Option<u64>,
}
