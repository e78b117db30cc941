//! What can go wrong in a rehearsal. These are for developers; no screen shows them.

use baqylau_domain::Finding;
use baqylau_field::view::Failure;
use std::collections::BTreeMap;
use thiserror::Error;

/// Why a rehearsal stopped.
#[derive(Debug, Error)]
pub enum RehearsalError {
    /// A core refused a command.
    #[error("`{command}` was refused: {code} {args:?}")]
    Refused {
        /// The command.
        command: String,
        /// The core's code.
        code: String,
        /// Its arguments.
        args: BTreeMap<String, String>,
    },
    /// A command's answer has another shape than its view type.
    #[error("`{command}` answered something else than its type")]
    Shape {
        /// The command.
        command: String,
        /// What does not fit.
        #[source]
        error: serde_json::Error,
    },
    /// The planned answers make a report that cannot be finished.
    #[error("the planned report cannot be finished: {findings:?}")]
    Blocked {
        /// What blocks it.
        findings: Vec<Finding>,
    },
    /// The plan and the mission disagree.
    #[error("the rehearsal's plan does not fit the mission: {what}")]
    Plan {
        /// Where.
        what: String,
    },
    /// Headquarters' program did something unexpected.
    #[error("headquarters: {what}")]
    Headquarters {
        /// What.
        what: String,
    },
    /// A device still had something to send when the day's patience ended.
    #[error("team {team} could not deliver {waiting} reports in {attempts} attempts")]
    Undelivered {
        /// The team.
        team: String,
        /// Reports left.
        waiting: u32,
        /// Exchanges tried.
        attempts: u32,
    },
    /// The machine.
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

impl RehearsalError {
    pub(crate) fn refused(command: &str, failure: Failure) -> Self {
        Self::Refused {
            command: command.to_owned(),
            code: failure.code,
            args: failure.args,
        }
    }
}
