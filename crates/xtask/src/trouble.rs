//! What can go wrong here, in words for whoever typed the command.

use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The end of a command.
pub(crate) type Outcome<T = ()> = Result<T, Trouble>;

/// Why a command stopped.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Trouble {
    /// A program ended badly.
    #[error("{program} ended with {status}")]
    Failed {
        /// What was run, with its arguments.
        program: String,
        /// Its exit status in words.
        status: String,
        /// Its exit code, if it has one.
        code: Option<i32>,
    },
    /// A program could not be started.
    #[error("{program} cannot be started: {source}")]
    Unstartable {
        /// What was to be run.
        program: String,
        /// The system's reason.
        source: io::Error,
    },
    /// Something this machine lacks and this command cannot bring.
    #[error("{what} is missing. {remedy}")]
    Missing {
        /// What is missing.
        what: String,
        /// What to do about it.
        remedy: String,
    },
    /// Somebody else answers where a program of ours would.
    #[error("port {port} is in use, perhaps by another demonstration; end that one first")]
    Occupied {
        /// The port of this machine.
        port: u16,
    },
    /// A file or folder refused.
    #[error("{}: {source}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// A file or an answer that is not what it should be.
    #[error("{what} cannot be read: {reason}")]
    Unreadable {
        /// What was read.
        what: String,
        /// Why it makes no sense.
        reason: String,
    },
    /// Checks found something.
    #[error("{count} thing(s) to put right, listed above")]
    Complaints {
        /// How many.
        count: usize,
    },
    /// Steps of a longer run failed.
    #[error("failed: {}", names.join(", "))]
    Steps {
        /// Their names.
        names: Vec<String>,
    },
    /// A process that should answer did not.
    #[error("{who} did not answer within {seconds} s")]
    Silent {
        /// Who.
        who: String,
        /// How long it was given.
        seconds: u64,
    },
    /// A process refused a request.
    #[error("{who} refused: {answer}")]
    Refused {
        /// Who.
        who: String,
        /// What it said.
        answer: String,
    },
    /// Ctrl-C.
    #[error("stopped")]
    Stopped,
}

impl Trouble {
    /// A function for `map_err` on file operations.
    pub(crate) fn file(path: &Path) -> impl FnOnce(io::Error) -> Self + use<> {
        let path = path.to_owned();
        move |source| Self::File { path, source }
    }

    /// A forwarded program's own exit code is kept, so that scripts can tell its refusals apart.
    pub(crate) fn exit_code(&self) -> ExitCode {
        match self {
            Self::Failed {
                code: Some(code), ..
            } => ExitCode::from(u8::try_from(*code).unwrap_or(1)),
            _ => ExitCode::FAILURE,
        }
    }
}
