//! The one trait that a device speaks and headquarters answers, in process or over HTTP.

use crate::{BlobHash, EnrolReply, EnrolRequest, PictureReply, PictureRun, SyncReply, SyncRequest};
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

    /// `POST /v1/picture`: some bytes of a sealed picture. A road that takes no pictures refuses them all.
    async fn picture(&self, run: PictureRun) -> Result<PictureReply, ApiError> {
        let _ = run;
        Err(ApiError::Refused(Refusal::Version))
    }
}

/// Why there is no answer to a request.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ApiError {
    /// No endpoint could be reached: nothing of the request was sent.
    #[error("unreachable")]
    Unreachable,
    /// The connection broke after the request had begun: it may have arrived.
    #[error("interrupted")]
    Interrupted,
    /// The proxy that was set is not there, or lets nothing through. Nothing of the request was sent.
    #[error("no way through the proxy")]
    Proxy,
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

const REFUSALS: [(Refusal, &str, u16); 9] = [
    (Refusal::Malformed, "malformed", 400),
    (Refusal::TooLarge, "request_too_large", 413),
    (Refusal::CodeUnknown, "code_unknown", 403),
    (Refusal::CodeUsed, "code_used", 403),
    (Refusal::CodeExpired, "code_expired", 403),
    (Refusal::NotEnrolled, "not_enrolled", 403),
    (Refusal::NoSuchBlob, "no_such_blob", 404),
    (Refusal::Version, "version", 426),
    (Refusal::Other, "refused", 403),
];

impl Refusal {
    fn row(self) -> (&'static str, u16) {
        REFUSALS
            .iter()
            .find(|row| row.0 == self)
            .map_or(("refused", 403), |row| (row.1, row.2))
    }

    /// The stable code, also on the wire.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.row().0
    }

    /// The HTTP status that carries it.
    #[must_use]
    pub fn status(self) -> u16 {
        self.row().1
    }

    /// The refusal of a code.
    #[must_use]
    pub fn from_code(code: &str) -> Self {
        REFUSALS
            .iter()
            .find(|row| row.1 == code)
            .map_or(Self::Other, |row| row.0)
    }
}

impl ApiError {
    /// What an HTTP answer other than 200 with a good body means. A refusal's body is its code as plain text.
    #[must_use]
    pub fn from_response(status: u16, retry_after_s: Option<u32>, body: &[u8]) -> Self {
        match status {
            429 | 503 => Self::Busy { retry_after_s },
            400..500 => match std::str::from_utf8(body) {
                Ok(code) if is_code(code) => Self::Refused(Refusal::from_code(code)),
                _ => Self::Unreadable,
            },
            // Headquarters never redirects and never answers in another type: somebody else's page did.
            200 | 300..400 | 511 => Self::CaptivePortal,
            500.. => Self::Server { status },
            _ => Self::Unreadable,
        }
    }

    /// The stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unreachable => "unreachable",
            Self::Interrupted => "interrupted",
            Self::Proxy => "proxy",
            Self::TimedOut => "timed_out",
            Self::Intercepted => "intercepted",
            Self::CaptivePortal => "captive_portal",
            Self::Busy { .. } => "busy",
            Self::Server { .. } => "server_error",
            Self::Unreadable => "unreadable_answer",
            Self::Refused(refusal) => refusal.code(),
        }
    }

    /// Whether the same request may succeed later without anybody doing something.
    #[must_use]
    pub fn is_temporary(&self) -> bool {
        matches!(
            self,
            Self::Unreachable
                | Self::Interrupted
                | Self::Proxy
                | Self::TimedOut
                | Self::Busy { .. }
                | Self::Server { .. }
                | Self::Unreadable
        )
    }
}

/// Whether a text can be a stable code at all, known or newer, and not somebody's page.
fn is_code(text: &str) -> bool {
    (1..=40).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_travels_as_its_code_and_is_understood_again() {
        for (refusal, code, status) in [
            (Refusal::Malformed, "malformed", 400),
            (Refusal::TooLarge, "request_too_large", 413),
            (Refusal::CodeUnknown, "code_unknown", 403),
            (Refusal::CodeUsed, "code_used", 403),
            (Refusal::CodeExpired, "code_expired", 403),
            (Refusal::NotEnrolled, "not_enrolled", 403),
            (Refusal::NoSuchBlob, "no_such_blob", 404),
            (Refusal::Version, "version", 426),
            (Refusal::Other, "refused", 403),
        ] {
            assert_eq!((refusal.code(), refusal.status()), (code, status));
            let answer = ApiError::from_response(status, None, code.as_bytes());
            assert_eq!(answer, ApiError::Refused(refusal));
            assert_eq!(answer.code(), code);
        }
    }

    #[test]
    fn an_answer_is_called_what_it_is() {
        let meaning = |status, body: &[u8]| ApiError::from_response(status, Some(7), body);
        let busy = ApiError::Busy {
            retry_after_s: Some(7),
        };
        assert_eq!(meaning(429, b""), busy);
        assert_eq!(meaning(503, b"not_enrolled"), busy);
        for status in [200, 301, 399, 511] {
            assert_eq!(meaning(status, b"<html>"), ApiError::CaptivePortal);
        }
        for status in [500, 502, 599] {
            assert_eq!(meaning(status, b"version"), ApiError::Server { status });
        }
        for status in [100, 204] {
            assert_eq!(meaning(status, b"version"), ApiError::Unreadable);
        }
    }

    #[test]
    fn a_newer_code_is_a_refusal_and_a_page_is_none() {
        let meaning = |body: &[u8]| ApiError::from_response(403, None, body);
        let longest = "a".repeat(40);
        for code in ["moved_elsewhere", "x", &longest] {
            assert_eq!(
                meaning(code.as_bytes()),
                ApiError::Refused(Refusal::Other),
                "{code}"
            );
        }
        let too_long = "a".repeat(41);
        for page in ["", "<html>", "Forbidden", "code 7", &too_long] {
            assert_eq!(meaning(page.as_bytes()), ApiError::Unreadable, "{page}");
        }
        assert_eq!(meaning(b"\xff"), ApiError::Unreadable);
    }

    #[test]
    fn what_helps_by_itself_is_told_from_what_somebody_has_to_do() {
        for (error, code, is_temporary) in [
            (ApiError::Unreachable, "unreachable", true),
            (ApiError::Interrupted, "interrupted", true),
            (ApiError::Proxy, "proxy", true),
            (ApiError::TimedOut, "timed_out", true),
            (ApiError::Intercepted, "intercepted", false),
            (ApiError::CaptivePortal, "captive_portal", false),
            (
                ApiError::Busy {
                    retry_after_s: None,
                },
                "busy",
                true,
            ),
            (ApiError::Server { status: 500 }, "server_error", true),
            (ApiError::Unreadable, "unreadable_answer", true),
            (ApiError::Refused(Refusal::CodeUsed), "code_used", false),
        ] {
            assert_eq!((error.code(), error.is_temporary()), (code, is_temporary));
        }
    }
}
