//! Pictures as screens show them.

use baqylau_domain::{AttachmentHash, FormId, Moment, Road, TeamCode};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How far a picture has travelled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum PictureState {
    /// Its report is not finished: it goes nowhere yet.
    OnDevice,
    /// It waits to be sent, or for the next attempt.
    Waiting {
        /// Bytes that headquarters has already.
        #[ts(type = "number")]
        done: u64,
        /// Of how many; 0 before sending has begun.
        #[ts(type = "number")]
        total: u64,
    },
    /// It waits here, and a copy is in other hands. This says nothing about headquarters.
    Carried {
        /// The carrier's team, as its certificate says; `None`: a file.
        by: Option<TeamCode>,
        /// The road.
        road: Road,
        /// When.
        at: Moment,
    },
    /// It is being sent.
    Sending {
        /// Bytes that headquarters has.
        #[ts(type = "number")]
        done: u64,
        /// Of how many.
        #[ts(type = "number")]
        total: u64,
    },
    /// Headquarters has signed for it.
    Held {
        /// When headquarters says it received it, UTC milliseconds.
        #[ts(type = "number")]
        received_at_ms: i64,
    },
    /// Headquarters had signed for it, it was removed here, and headquarters was restored from a backup since.
    Removed {
        /// When headquarters said it had received it, UTC milliseconds.
        #[ts(type = "number")]
        received_at_ms: i64,
    },
    /// Headquarters keeps it apart.
    SetAside {
        /// Why.
        code: String,
    },
}

/// A picture of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Picture {
    /// The report's local id.
    pub report: String,
    /// What to say of the report on the phone.
    pub spoken_id: String,
    /// The report's form.
    pub form: FormId,
    /// The question's name.
    pub question: String,
    /// The question's number on paper.
    pub number: String,
    /// The question in the device's language.
    pub label: String,
    /// SHA-256 of its bytes.
    pub hash: AttachmentHash,
    /// Its length, bytes.
    #[ts(type = "number")]
    pub bytes: u64,
    /// When it was taken in.
    pub at: Moment,
    /// How far it has travelled.
    pub state: PictureState,
    /// Whether it can still be looked at here.
    pub is_here: bool,
    /// Whether it may be taken away: it stands beside an answer, and no entry names it.
    pub may_go: bool,
}

/// How many pictures there are, each counted once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PictureCounts {
    /// All.
    pub total: u32,
    /// Of these, those that wait to be sent or to be confirmed.
    pub waiting: u32,
    /// Of those that wait, the ones of which a copy is in other hands.
    pub carried: u32,
    /// Bytes that are still to go.
    #[ts(type = "number")]
    pub waiting_bytes: u64,
    /// Those that headquarters has signed for.
    pub held: u32,
    /// Those that headquarters keeps apart.
    pub set_aside: u32,
}

/// All pictures of this device.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Pictures {
    /// Latest first.
    pub pictures: Vec<Picture>,
    /// How many.
    pub counts: PictureCounts,
}

/// A picture's bytes.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PictureBytes {
    /// `image/jpeg` or `image/png`.
    pub media_type: String,
    /// Standard base64 with padding.
    pub base64: String,
}
