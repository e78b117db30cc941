//! What becomes of the plain answers of finished reports, as screens show it.

use baqylau_domain::Moment;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What becomes of the plain answers of a finished report.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FinishedAnswers {
    /// They stay.
    #[default]
    Kept,
    /// They go after the edit window, once headquarters' receipt covers the report.
    RemovedWhenHeld,
    /// They go after the edit window; only headquarters can open what is left.
    Sealed,
}

/// What becomes of a finished report's plain answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Sealing {
    /// The edit window is open; after it they go.
    Open {
        /// When it ends.
        until: Moment,
        /// Whether they stay beyond it until headquarters' receipt covers the report.
        waits_for_receipt: bool,
    },
    /// The edit window is over. They go when headquarters' receipt covers the report.
    WaitsForReceipt,
    /// The edit window is over, and they are still here: the device tries again and again.
    Due,
    /// They are gone: this device can no longer open the report.
    Sealed {
        /// Since when.
        at: Moment,
        /// Pictures that can still be looked at: they go when headquarters has signed for them.
        pictures_here: u32,
    },
    /// They are gone, and the sealed packet that held them is damaged or gone too.
    Lost {
        /// Since when they are gone.
        at: Moment,
    },
}
