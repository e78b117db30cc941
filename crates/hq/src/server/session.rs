//! Signing in: a one-time link, then a cookie whose hash the ledger knows.

use super::answer::Refused;
use crate::headquarters::{Headquarters, SESSION_MS, token_hash};
use crate::ledger::{AuditEvent, LedgerError};
use axum::extract::{Request, State};
use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

/// The `__Host-` prefix makes browsers refuse the cookie without `Secure`, with a domain, or below another path.
const COOKIE_NAME: &str = "__Host-baqylau";

/// Who is signed in.
#[derive(Debug, Clone)]
pub(super) struct Actor(pub(super) String);

#[derive(Deserialize)]
pub(super) struct SignIn {
    token: String,
}

/// Lets only signed-in browsers through.
pub(super) async fn require(
    State(headquarters): State<Arc<Headquarters>>,
    mut request: Request,
    next: Next,
) -> Response {
    let Some(hash) = cookie(request.headers()).map(token_hash) else {
        return Refused::NotSignedIn.into_response();
    };
    let now_ms = headquarters.now_ms();
    let found = headquarters
        .ledger
        .read_apart(move |read| read.session(&hash, now_ms))
        .await;
    match found.map_err(|error: LedgerError| Refused::from(error)) {
        Ok(Some(actor)) => {
            request.extensions_mut().insert(Actor(actor));
            next.run(request).await
        }
        Ok(None) => Refused::NotSignedIn.into_response(),
        Err(refused) => refused.into_response(),
    }
}

/// `POST /api/sign-in`: spends the link's token.
pub(super) async fn sign_in(
    State(headquarters): State<Arc<Headquarters>>,
    Json(SignIn { token }): Json<SignIn>,
) -> Result<Response, Refused> {
    let now_ms = headquarters.now_ms();
    headquarters
        .sign_ins
        .check(now_ms)
        .map_err(Refused::TooMany)?;
    let cookie = headquarters.token();
    let (spent, session) = (token_hash(&token), token_hash(&cookie));
    let signed_in = headquarters
        .ledger
        .write(move |write| -> Result<bool, LedgerError> {
            if !write.use_sign_in_link(&spent, now_ms)? {
                return Ok(false);
            }
            write.add_session(&session, "admin", now_ms, now_ms + SESSION_MS)?;
            write.audit(&AuditEvent::new(now_ms, "admin", "signed_in", ""))?;
            Ok(true)
        })
        .await?;
    if !signed_in {
        headquarters.sign_ins.failed(now_ms);
        return Err(Refused::NotSignedIn);
    }
    let seconds = SESSION_MS / 1000;
    let cookie = format!(
        "{COOKIE_NAME}={cookie}; HttpOnly; Secure; SameSite=Strict; Path=/; Max-Age={seconds}"
    );
    Ok(([(SET_COOKIE, cookie)], Json(about(&headquarters, "admin"))).into_response())
}

/// `GET /api/session`.
pub(super) async fn show(
    State(headquarters): State<Arc<Headquarters>>,
    Extension(Actor(actor)): Extension<Actor>,
) -> Json<Value> {
    Json(about(&headquarters, &actor))
}

/// `DELETE /api/session`.
pub(super) async fn sign_out(
    State(headquarters): State<Arc<Headquarters>>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    if let Some(hash) = cookie(&headers).map(token_hash) {
        let now_ms = headquarters.now_ms();
        headquarters
            .ledger
            .write(move |write| {
                write.end_session(&hash)?;
                write.audit(&AuditEvent::new(now_ms, "admin", "signed_out", ""))
            })
            .await
            .map_err(|error: LedgerError| Refused::from(error))?;
    }
    let gone = format!("{COOKIE_NAME}=; HttpOnly; Secure; SameSite=Strict; Path=/; Max-Age=0");
    Ok((StatusCode::NO_CONTENT, [(SET_COOKIE, gone)]).into_response())
}

fn about(headquarters: &Headquarters, user: &str) -> Value {
    let about = &headquarters.plan().mission.about;
    let (name, event, synthetic, languages) =
        (&about.name, &about.event, about.synthetic, &about.languages);
    let mission =
        json!({ "name": name, "event": event, "synthetic": synthetic, "languages": languages });
    json!({ "signed_in": true, "user": user, "mission": mission })
}

fn cookie(headers: &HeaderMap) -> Option<&str> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(name, value)| (name == COOKIE_NAME).then_some(value))
}
