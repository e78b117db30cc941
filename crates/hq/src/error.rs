//! Why headquarters cannot do what was asked.

use crate::keys::KeysError;
use crate::ledger::LedgerError;
use baqylau_mission::{PackError, Problem};
use baqylau_protocol::{BundleError, ConfigError};
use std::io;
use std::path::PathBuf;
use thiserror::Error;

/// Why headquarters cannot do what was asked.
#[derive(Debug, Error)]
pub enum HqError {
    /// The ledger.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// The keys.
    #[error(transparent)]
    Keys(#[from] KeysError),
    /// The mission folder has problems.
    #[error("{} problems in the mission folder", .0.len())]
    Mission(Vec<Problem>),
    /// The mission cannot be packed for devices.
    #[error(transparent)]
    Pack(#[from] PackError),
    /// A stored configuration is not ours.
    #[error("the stored configuration: {0}")]
    Config(#[from] ConfigError),
    /// A file cannot be read or written.
    #[error("{file}: {error}", file = .file.display())]
    File {
        /// Which.
        file: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// The address cannot be listened on.
    #[error("cannot listen: {0}")]
    Listen(io::Error),
    /// TLS cannot be set up.
    #[error("TLS: {0}")]
    Tls(#[from] rustls::Error),
    /// The data folder has never been served from.
    #[error("{} holds no headquarters yet", .0.display())]
    NotBegun(PathBuf),
    /// There is no such team in the mission.
    #[error("no team {0}")]
    UnknownTeam(String),
    /// What was carried is no bundle.
    #[error("the bundle: {0}")]
    Bundle(#[from] BundleError),
    /// What was carried is of another event.
    #[error("a bundle of {0}")]
    BundleOfAnother(String),
    /// A request about a forgotten PIN that cannot be answered, by its code.
    #[error("{0}")]
    Recovery(&'static str),
    /// Nobody signed in, or the link was used.
    #[error("not signed in")]
    NotSignedIn,
}

impl HqError {
    /// The stable code: its sentence is `error-<code>` in `cli.ftl`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Ledger(LedgerError::OtherEvent { .. }) => "other-event",
            Self::Ledger(_) => "ledger",
            Self::Keys(_) => "keys",
            Self::Mission(_) => "mission",
            Self::Pack(_) => "pack",
            Self::Config(_) => "config",
            Self::File { .. } => "file",
            Self::Listen(_) => "listen",
            Self::Tls(_) => "tls",
            Self::NotBegun(_) => "not-begun",
            Self::UnknownTeam(_) => "unknown-team",
            Self::Bundle(_) => "bundle",
            Self::BundleOfAnother(_) => "bundle-of-another",
            Self::Recovery(_) => "recovery",
            Self::NotSignedIn => "not-signed-in",
        }
    }
}
