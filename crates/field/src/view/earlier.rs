//! What the screens are told about backups and about journals that came before this one.

use crate::view::ReportRow;
use baqylau_domain::{DeviceId, Moment};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A backup that was written, read back and found whole.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MadeBackup {
    /// The file.
    pub path: String,
    /// Its length.
    #[ts(type = "number")]
    pub bytes: u64,
    /// When it was made.
    pub at: Moment,
}

/// Why a journal ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum EndReason {
    /// It came from a backup.
    Restored,
    /// It went on in two ways.
    Forked,
    /// Its store was damaged.
    Corrupt,
    /// A newer version of the app wrote it.
    TooNew,
    /// Parts of its store were missing.
    Incomplete,
}

/// A journal that came before this one.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct EarlierJournal {
    /// What to call it in commands.
    pub journal: String,
    /// Why it ended.
    pub reason: EndReason,
    /// Whose it is: an entry's device; `None` until its PIN has opened it.
    pub device: Option<DeviceId>,
    /// When something of it was first taken over; `None`: nothing yet.
    pub at: Option<Moment>,
    /// Whether it was opened with its PIN: its drafts came over and its reports can be read.
    pub opened: bool,
    /// Its finished reports, each with how far it has travelled; latest first.
    pub reports: Vec<ReportRow>,
    /// Of these, those that headquarters has signed for.
    pub held: u32,
    /// Drafts that came over from it.
    pub drafts: u32,
}

/// All of them.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct EarlierJournals {
    /// This device's own journal, to be told apart from those.
    pub device: DeviceId,
    /// Latest first.
    pub journals: Vec<EarlierJournal>,
}

/// Where a draft came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Origin {
    /// The earlier journal.
    pub journal: String,
    /// Why that ended.
    pub reason: EndReason,
    /// Above 0: it was begun there as a correction of this revision, which stands in that journal.
    pub revision: u32,
}
