//! `POST /api/enrolments`: a code for a new device, as text and as a picture to scan.

use super::answer::{Refused, apart};
use super::session::Actor;
use crate::headquarters::Headquarters;
use crate::qr;
use axum::extract::State;
use axum::{Extension, Json};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

#[derive(Deserialize)]
pub(super) struct Wanted {
    team: String,
    #[serde(default)]
    device_label: String,
}

pub(super) async fn make(
    State(headquarters): State<Arc<Headquarters>>,
    Extension(Actor(actor)): Extension<Actor>,
    Json(Wanted { team, device_label }): Json<Wanted>,
) -> Result<Json<Value>, Refused> {
    apart(move || {
        let made = headquarters.make_code(&team, &device_label, &actor)?;
        let picture = qr::svg(&made.text).unwrap_or_default();
        Ok(Json(
            json!({ "code": made.text, "qr_svg": picture, "expires_at_ms": made.expires_at_ms }),
        ))
    })
    .await
}
