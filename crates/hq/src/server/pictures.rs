//! `GET /api/pictures/{device}/{hash}`: a picture as it was attached, for whoever is signed in.

use super::answer::{Refused, apart};
use crate::headquarters::Headquarters;
use crate::pictures::is_picture;
use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use baqylau_domain::DeviceId;
use data_encoding::HEXLOWER_PERMISSIVE;
use std::sync::Arc;

/// Opened by itself, a picture is a page on which nothing may run or be asked for.
const POLICY: &str = "default-src 'none'; img-src 'self'; sandbox; frame-ancestors 'none'";

/// Bytes that begin as a JPEG or PNG are given as one and as nothing else; anything else is a file to be saved.
pub(super) async fn show(
    State(headquarters): State<Arc<Headquarters>>,
    Path((device, hash)): Path<(String, String)>,
) -> Result<Response, Refused> {
    let (Some(device), Some(hash)) = (from_hex(&device), from_hex::<32>(&hash)) else {
        return Err(Refused::NotFound);
    };
    let found = apart(move || {
        let found = headquarters
            .ledger
            .read(|read| read.any_picture(DeviceId(device), hash))?;
        found.ok_or(Refused::NotFound)
    })
    .await?;
    let short = data_encoding::HEXLOWER.encode(&hash[..6]);
    let (kind, disposition) = match found.media_type.as_str() {
        known if !is_picture(known, &found.body) => (
            "application/octet-stream",
            format!("attachment; filename=\"picture-{short}.bin\""),
        ),
        "image/png" => (
            "image/png",
            format!("inline; filename=\"picture-{short}.png\""),
        ),
        _ => (
            "image/jpeg",
            format!("inline; filename=\"picture-{short}.jpg\""),
        ),
    };
    let headers = [
        (CONTENT_TYPE, kind.to_owned()),
        (CONTENT_DISPOSITION, disposition),
        (CONTENT_SECURITY_POLICY, POLICY.to_owned()),
    ];
    Ok((headers, found.body).into_response())
}

fn from_hex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let bytes = HEXLOWER_PERMISSIVE.decode(text.as_bytes()).ok()?;
    bytes.try_into().ok()
}
