//! What the screens are told about a device that can be lost.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What the computer's key store can do for this device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct KeyStoreState {
    /// Whether there is one that answers.
    pub answers: bool,
}

/// What only this device holds, and a wipe would destroy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AtStake {
    /// Finished reports that headquarters has not signed for.
    pub reports: u32,
    /// Of these, what lies in other hands or on a file.
    pub in_other_hands: u32,
    /// Drafts and corrections that were never finished.
    pub drafts: u32,
    /// Notes that headquarters does not hold.
    pub notes: u32,
    /// Sealed segments carried for others that wait for headquarters.
    pub carried: u32,
}
