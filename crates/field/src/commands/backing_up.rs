//! What the commands about backups and earlier journals are given.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A backup to write.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct BackUpArgs {
    /// The folder to write it to.
    pub folder: String,
}

/// A backup to restore.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RestoreArgs {
    /// The file.
    pub path: String,
    /// The PIN that locked the device when the backup was made.
    pub pin: String,
}

/// An earlier journal to open.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OpenEarlierArgs {
    /// Which, as in [`crate::view::EarlierJournal`].
    pub journal: String,
    /// The PIN it was locked with.
    pub pin: String,
}

/// A report of an earlier journal.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct EarlierReportArgs {
    /// Which journal.
    pub journal: String,
    /// The report's local id.
    pub id: String,
}
