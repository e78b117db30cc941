//! Roles, a report's states, and how far its evidence has travelled.

use crate::{Moment, TeamCode};
use serde::{Deserialize, Serialize};
use thiserror::Error;
use ts_rs::TS;

/// What an enrolled device's holder is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Short-term observer on election day.
    Observer,
    /// Long-term observer in a region; on the day the area's coordinator.
    LongTermObserver,
    /// Leader of an area's short-term teams.
    TeamLeader,
}

/// Where a report stands on the device.
///
/// ```text
///            finish               correct(reason)
///  Draft ───────────────▶ Finished ───────────────▶ Correcting
///                            ▲  │                        │
///                            │  │ withdraw(reason)       │ finish, or drop the correction
///                            │  ▼                        │
///                            │ Withdrawn                 │
///                            └───────────────────────────┘
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ReportState {
    /// Being filled in.
    Draft,
    /// Finished: appended to the journal for good.
    Finished,
    /// Finished before, and a new revision is being written.
    Correcting,
    /// Taken back by its author, with a reason; still kept.
    Withdrawn,
}

/// What somebody wants to do to a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Transition {
    /// Confirm and append.
    Finish,
    /// Begin a new revision.
    Correct,
    /// Give the new revision up and keep the old one.
    DropCorrection,
    /// Take the report back.
    Withdraw,
}

/// This transition does not lead out of this state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a report that is {from:?} allows no {by:?}")]
pub struct TransitionError {
    /// The state the report is in.
    pub from: ReportState,
    /// What was asked.
    pub by: Transition,
}

impl ReportState {
    /// The state after `by`.
    ///
    /// # Errors
    /// [`TransitionError`] when the picture above has no such arrow.
    pub fn after(self, by: Transition) -> Result<Self, TransitionError> {
        use ReportState as S;
        use Transition as T;
        match (self, by) {
            (S::Draft | S::Correcting, T::Finish) | (S::Correcting, T::DropCorrection) => {
                Ok(S::Finished)
            }
            (S::Finished, T::Correct) => Ok(S::Correcting),
            (S::Finished, T::Withdraw) => Ok(S::Withdrawn),
            (from, by) => Err(TransitionError { from, by }),
        }
    }

    /// Whether answers may change now.
    #[must_use]
    pub fn is_editable(self) -> bool {
        matches!(self, Self::Draft | Self::Correcting)
    }
}

/// A road that needs no network to headquarters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Road {
    /// A file on a stick or a card.
    File,
    /// Codes on a screen.
    Codes,
    /// The network in the room.
    Network,
}

impl Road {
    /// Its stable name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Codes => "codes",
            Self::Network => "network",
        }
    }
}
/// How far a report's evidence has travelled. Only a verified receipt makes it [`DeliveryState::Held`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum DeliveryState {
    /// Nothing of it is in the journal yet.
    OnDevice,
    /// In the journal, waiting for a road.
    Waiting,
    /// Sent, and no receipt has come back.
    Sent,
    /// In other hands; headquarters has not confirmed it.
    Carried {
        /// The carrier's team, as its certificate says; `None`: it lies on a file, and nobody has signed for it.
        by: Option<TeamCode>,
        /// By which road it left, or by which the carrier's word came back.
        road: Road,
        /// When.
        at: Moment,
    },
    /// Headquarters signed that it holds it.
    Held {
        /// When headquarters says it received it, UTC milliseconds.
        #[ts(type = "number")]
        received_at_ms: i64,
    },
    /// Headquarters holds it and has set it aside with a code.
    Quarantined {
        /// Why.
        code: String,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finished_report_changes_only_through_a_correction_or_a_withdrawal() {
        use ReportState as S;
        use Transition as T;
        assert_eq!(S::Finished.after(T::Correct), Ok(S::Correcting));
        assert_eq!(S::Correcting.after(T::DropCorrection), Ok(S::Finished));
        assert_eq!(S::Finished.after(T::Withdraw), Ok(S::Withdrawn));
        assert!(S::Finished.after(T::Finish).is_err());
        assert!(!S::Finished.is_editable());
    }

    #[test]
    fn a_withdrawn_report_stays_withdrawn() {
        for by in [
            Transition::Finish,
            Transition::Correct,
            Transition::DropCorrection,
            Transition::Withdraw,
        ] {
            assert!(ReportState::Withdrawn.after(by).is_err());
        }
    }

    #[test]
    fn a_draft_that_was_never_finished_cannot_be_withdrawn() {
        assert!(ReportState::Draft.after(Transition::Withdraw).is_err());
    }
}
