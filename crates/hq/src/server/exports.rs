//! `GET /api/export/{file}`: one file of the export, for whoever is signed in.

use super::answer::{Refused, apart};
use super::session::Actor;
use crate::export;
use crate::headquarters::Headquarters;
use crate::ledger::{AuditEvent, LedgerError};
use axum::Extension;
use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

pub(super) async fn file(
    State(headquarters): State<Arc<Headquarters>>,
    Extension(Actor(actor)): Extension<Actor>,
    Path(name): Path<String>,
) -> Result<Response, Refused> {
    let (made, asked) = (name.clone(), Arc::clone(&headquarters));
    let bytes = apart(move || Ok(export::file(&asked, &made)?))
        .await?
        .ok_or(Refused::NotFound)?;
    let now_ms = headquarters.now_ms();
    let subject = name.clone();
    headquarters
        .ledger
        .write(move |write| write.audit(&AuditEvent::new(now_ms, &actor, "exported", subject)))
        .await
        .map_err(|error: LedgerError| Refused::from(error))?;
    let kind = match name.rsplit_once('.') {
        Some((_, "csv")) => "text/csv; charset=utf-8",
        Some((_, "jsonl")) => "application/x-ndjson",
        _ => "text/plain; charset=utf-8",
    };
    let disposition = format!("attachment; filename=\"{name}\"");
    Ok((
        [
            (CONTENT_TYPE, kind.to_owned()),
            (CONTENT_DISPOSITION, disposition),
        ],
        bytes,
    )
        .into_response())
}
