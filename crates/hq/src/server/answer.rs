//! Answers that carry a code instead of data.

use crate::error::HqError;
use crate::ledger::LedgerError;
use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// Why a page gets no data.
#[derive(Debug)]
pub(super) enum Refused {
    /// There is no such thing.
    NotFound,
    /// The request makes no sense: a code says why.
    Bad(&'static str),
    /// Too many tries; wait so many seconds.
    TooMany(u32),
    /// Nobody is signed in.
    NotSignedIn,
    /// Headquarters itself failed.
    Failed,
}

impl From<LedgerError> for Refused {
    fn from(error: LedgerError) -> Self {
        tracing::error!(%error, "page request failed");
        Self::Failed
    }
}

impl From<HqError> for Refused {
    fn from(error: HqError) -> Self {
        match error {
            HqError::UnknownTeam(_) => Self::Bad("unknown_team"),
            error => {
                tracing::error!(%error, "page request failed");
                Self::Failed
            }
        }
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let (status, code) = match self {
            Self::NotFound => (StatusCode::NOT_FOUND, "not_found"),
            Self::Bad(code) => (StatusCode::BAD_REQUEST, code),
            Self::TooMany(_) => (StatusCode::TOO_MANY_REQUESTS, "too_many_attempts"),
            Self::NotSignedIn => (StatusCode::UNAUTHORIZED, "not_signed_in"),
            Self::Failed => (StatusCode::SERVICE_UNAVAILABLE, "failed"),
        };
        let mut response = (
            status,
            Json(json!({ "code": code, "signed_in": !matches!(self, Self::NotSignedIn) })),
        )
            .into_response();
        if let Self::TooMany(seconds) = self {
            response
                .headers_mut()
                .insert(axum::http::header::RETRY_AFTER, seconds.into());
        }
        response
    }
}

/// For paths that lead nowhere.
pub(super) async fn not_found() -> Refused {
    Refused::NotFound
}

/// Runs work on the ledger away from the runtime's threads.
pub(super) async fn apart<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Refused> + Send + 'static,
) -> Result<T, Refused> {
    tokio::task::spawn_blocking(work)
        .await
        .unwrap_or(Err(Refused::Failed))
}
