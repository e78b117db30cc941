//! The devices' door: CBOR in, CBOR out. Content verdicts come with 200; other statuses only say that there is no answer.

use crate::api::Api;
use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use baqylau_protocol::{
    ApiError, BlobHash, EnrolRequest, PictureReply, PictureRun, Refusal, SyncApi as _, SyncRequest,
    limits,
};
use futures_util::StreamExt as _;
use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Exchanges worked on at once; more are asked to come again.
const AT_ONCE: usize = 512;
/// Seconds after which they should.
const COME_AGAIN_S: u32 = 5;

/// The door and how many may stand in it.
#[derive(Clone)]
pub(super) struct Door {
    api: Api,
    places: Arc<Semaphore>,
}

impl Door {
    pub(super) fn new(api: Api) -> Self {
        Self {
            api,
            places: Arc::new(Semaphore::new(AT_ONCE)),
        }
    }

    fn enter(&self) -> Result<OwnedSemaphorePermit, NoAnswer> {
        Arc::clone(&self.places).try_acquire_owned().map_err(|_| {
            NoAnswer(ApiError::Busy {
                retry_after_s: Some(COME_AGAIN_S),
            })
        })
    }
}

pub(super) async fn enrol(State(door): State<Door>, body: Bytes) -> Result<Response, NoAnswer> {
    let _place = door.enter()?;
    let request =
        EnrolRequest::decode(&body).map_err(|_| NoAnswer(ApiError::Refused(Refusal::Malformed)))?;
    Ok(cbor(
        door.api.enrol(request).await.map_err(NoAnswer)?.encode(),
    ))
}

pub(super) async fn sync(State(door): State<Door>, body: Bytes) -> Result<Response, NoAnswer> {
    let _place = door.enter()?;
    let request =
        SyncRequest::decode(&body).map_err(|_| NoAnswer(ApiError::Refused(Refusal::Malformed)))?;
    Ok(cbor(
        door.api.sync(request).await.map_err(NoAnswer)?.encode(),
    ))
}

/// Some bytes of a sealed picture. What arrived before the connection was cut is kept, although nobody waits for the
/// answer any more: hence a task of its own.
pub(super) async fn picture(State(door): State<Door>, body: Body) -> Result<Response, NoAnswer> {
    let place = door.enter()?;
    let work = tokio::spawn(async move {
        let _place = place;
        take_run(&door.api, body).await
    });
    let reply = work.await.unwrap_or(Err(ApiError::Server { status: 503 }));
    Ok(cbor(reply.map_err(NoAnswer)?.encode()))
}

async fn take_run(api: &Api, body: Body) -> Result<PictureReply, ApiError> {
    let mut arriving = body.into_data_stream();
    let mut arrived = Vec::new();
    while let Some(Ok(chunk)) = arriving.next().await {
        if arrived.len() + chunk.len() > limits::PICTURE_REQUEST_BYTES {
            return Err(ApiError::Refused(Refusal::TooLarge));
        }
        arrived.extend_from_slice(&chunk);
    }
    let run = PictureRun::decode(&arrived).map_err(|_| ApiError::Refused(Refusal::Malformed))?;
    api.picture(run).await
}

pub(super) async fn blob(
    State(door): State<Door>,
    Path(hash): Path<String>,
) -> Result<Response, NoAnswer> {
    let _place = door.enter()?;
    let hash = BlobHash::from_hex(&hash).ok_or(NoAnswer(ApiError::Refused(Refusal::Malformed)))?;
    let bytes = door.api.blob(hash, &|_, _| {}).await.map_err(NoAnswer)?;
    Ok(([(CONTENT_TYPE, "application/octet-stream")], bytes).into_response())
}

/// The newest signed checkpoint of the log, for anybody: it says how much arrived, and of nothing what it is.
pub(super) async fn checkpoint(State(door): State<Door>) -> Result<Response, NoAnswer> {
    let _place = door.enter()?;
    let note = door.api.checkpoint().await.map_err(NoAnswer)?;
    Ok(([(CONTENT_TYPE, "text/plain; charset=utf-8")], note).into_response())
}

fn cbor(bytes: Vec<u8>) -> Response {
    ([(CONTENT_TYPE, "application/cbor")], bytes).into_response()
}

/// An [`ApiError`] as HTTP: the status, the stable code as text, and when to come again.
pub(super) struct NoAnswer(ApiError);

impl IntoResponse for NoAnswer {
    fn into_response(self) -> Response {
        let (status, wait) = match &self.0 {
            ApiError::Refused(refusal) => (refusal.status(), None),
            ApiError::Busy { retry_after_s } => (503, *retry_after_s),
            ApiError::Server { status } => (*status, Some(COME_AGAIN_S)),
            _ => (500, None),
        };
        let code = match &self.0 {
            ApiError::Refused(refusal) => refusal.code(),
            other => other.code(),
        };
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, [(CONTENT_TYPE, "text/plain")], code).into_response();
        if let Some(seconds) = wait {
            response
                .headers_mut()
                .insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}
