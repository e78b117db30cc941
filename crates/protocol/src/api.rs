//! The one trait that a device speaks and headquarters answers, in process or over HTTP.

use crate::{BlobHash, EnrolReply, EnrolRequest, SyncReply, SyncRequest};
use async_trait::async_trait;
use thiserror::Error;

/// Told while a blob comes in: bytes so far, and of how many when known.
pub type BlobProgress<'a> = dyn Fn(u64, Option<u64>) + Send + Sync + 'a;

/// Headquarters as a device sees it.
#[async_trait]
pub trait SyncApi: Send + Sync {
    /// `POST /v1/enrol`.
    async fn enrol(&self, request: EnrolRequest) -> Result<EnrolReply, ApiError>;

    /// `POST /v1/sync`.
    async fn sync(&self, request: SyncRequest) -> Result<SyncReply, ApiError>;

    /// `GET /v1/blob/{hash}`. The caller checks the bytes against `hash`.
    async fn blob(&self, hash: BlobHash, progress: &BlobProgress<'_>) -> Result<Vec<u8>, ApiError>;
}

/// Why there is no answer to a request.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ApiError {
    /// No endpoint could be reached.
    #[error("unreachable")]
    Unreachable,
    /// It took too long.
    #[error("timed out")]
    TimedOut,
    /// The other side's key is not the pinned one: somebody is in between. Nothing was sent.
    #[error("intercepted")]
    Intercepted,
    /// A hotel's or operator's page answered instead of headquarters.
    #[error("captive portal")]
    CaptivePortal,
    /// Headquarters is busy.
    #[error("busy")]
    Busy {
        /// Seconds it asked to wait.
        retry_after_s: Option<u32>,
    },
    /// Headquarters could not do it.
    #[error("server error {status}")]
    Server {
        /// The HTTP status.
        status: u16,
    },
    /// The answer is not one of this protocol.
    #[error("unreadable answer")]
    Unreadable,
    /// Headquarters refused the request.
    #[error("refused: {}", .0.code())]
    Refused(Refusal),
}

/// Why headquarters refused a request outright.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Refusal {
    /// The outer bytes are unreadable.
    Malformed,
    /// The request is larger than the limits.
    TooLarge,
    /// No such enrolment code.
    CodeUnknown,
    /// The enrolment code was used already.
    CodeUsed,
    /// The enrolment code is too old.
    CodeExpired,
    /// The request is not signed by the device it names, or that device was never enrolled.
    NotEnrolled,
    /// No blob of that hash.
    NoSuchBlob,
    /// No protocol version in common.
    Version,
    /// A refusal of a newer version.
    Other,
}

impl Refusal {
    /// The stable code, also on the wire.
    #[must_use]
    pub fn code(self) -> &'static str {
        unimplemented!()
    }

    /// The HTTP status that carries it.
    #[must_use]
    pub fn status(self) -> u16 {
        unimplemented!()
    }

    /// The refusal of a code.
    #[must_use]
    pub fn from_code(code: &str) -> Self {
        unimplemented!("{code}")
    }
}

impl ApiError {
    /// The stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        unimplemented!()
    }

    /// Whether the same request may succeed later without anybody doing something.
    #[must_use]
    pub fn is_temporary(&self) -> bool {
        unimplemented!()
    }
}
