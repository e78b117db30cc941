//! The client: several endpoints, one at a time, bounded answers.

use super::failure::{meaning, more_telling};
use super::pin::client_config;
use super::proxy::Proxy;
use async_trait::async_trait;
use baqylau_protocol::{
    ApiError, BlobHash, BlobProgress, Endpoint, EnrolReply, EnrolRequest, PictureReply, PictureRun,
    SyncApi, SyncReply, SyncRequest, limits,
};
use reqwest::header::{CONTENT_TYPE, HeaderMap, RETRY_AFTER};
use reqwest::redirect::Policy;
use reqwest::{Client, Response};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use thiserror::Error;

const CBOR: &str = "application/cbor";
const BYTES: &str = "application/octet-stream";
const CONNECT: Duration = Duration::from_secs(20);
/// Silence after which an answer is given up.
const SILENCE: Duration = Duration::from_secs(90);
/// The slowest link that a request must still fit through, in bytes a second.
const SLOWEST: u64 = 1_000;

/// Headquarters at one or several addresses, each with the one TLS key it may show.
pub struct HttpApi {
    roads: Vec<Road>,
    /// The road that worked last is tried first.
    last: AtomicUsize,
}

struct Road {
    url: String,
    client: Client,
    has_proxy: bool,
}

/// Why no client could be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum HttpError {
    /// No endpoint, or one that is no `https://` address.
    #[error("no usable endpoint")]
    Endpoint,
    /// TLS could not be set up.
    #[error("no TLS")]
    Tls,
    /// The proxy's address is none.
    #[error("no usable proxy")]
    Proxy,
}

impl HttpApi {
    /// A client of these endpoints, tried in this order.
    ///
    /// # Errors
    /// [`HttpError`].
    pub fn new(endpoints: Vec<Endpoint>) -> Result<Self, HttpError> {
        Self::through(endpoints, None)
    }

    /// The same through a proxy. It learns headquarters' address and sees TLS that it cannot open.
    ///
    /// # Errors
    /// [`HttpError`].
    pub fn through(endpoints: Vec<Endpoint>, proxy: Option<&Proxy>) -> Result<Self, HttpError> {
        let roads = endpoints.into_iter().map(|it| Road::new(it, proxy));
        let roads: Vec<Road> = roads.collect::<Result<_, HttpError>>()?;
        if roads.is_empty() {
            Err(HttpError::Endpoint)
        } else {
            Ok(Self {
                roads,
                last: AtomicUsize::new(0),
            })
        }
    }

    async fn post(
        &self,
        path: &str,
        kind: &'static str,
        body: Vec<u8>,
    ) -> Result<Vec<u8>, ApiError> {
        let patience = SILENCE + Duration::from_secs(body.len() as u64 / SLOWEST);
        let mut failure = ApiError::Unreachable;
        for (index, road) in self.in_order() {
            let request = road
                .client
                .post(format!("{}{path}", road.url))
                .header(CONTENT_TYPE, kind);
            let answer = request.timeout(patience).body(body.clone()).send().await;
            match road.read(answer, limits::REPLY_BYTES, &|_, _| ()).await {
                Ok(bytes) => {
                    self.last.store(index, Ordering::Relaxed);
                    return Ok(bytes);
                }
                // Headquarters has spoken; another road leads to the same one.
                Err(error @ (ApiError::Refused(_) | ApiError::Busy { .. })) => return Err(error),
                Err(error) => failure = more_telling(failure, error),
            }
        }
        Err(failure)
    }

    fn in_order(&self) -> impl Iterator<Item = (usize, &Road)> {
        let first = self.last.load(Ordering::Relaxed);
        let (before, after) = self.roads.split_at(first.min(self.roads.len()));
        let after = after
            .iter()
            .enumerate()
            .map(move |(index, road)| (index + first, road));
        after.chain(before.iter().enumerate())
    }
}

impl Road {
    fn new(endpoint: Endpoint, proxy: Option<&Proxy>) -> Result<Self, HttpError> {
        let Endpoint { mut url, spki } = endpoint;
        url.truncate(url.trim_end_matches('/').len());
        if !url.starts_with("https://") || reqwest::Url::parse(&url).is_err() {
            return Err(HttpError::Endpoint);
        }
        let builder = match proxy {
            // What the system says about proxies is never asked: it may come from the network itself.
            None => Client::builder().no_proxy(),
            Some(proxy) => Client::builder().proxy(proxy.rule()?),
        };
        let client = builder
            .tls_backend_preconfigured(client_config(spki).map_err(|_| HttpError::Tls)?)
            .https_only(true)
            .redirect(Policy::none())
            .connect_timeout(CONNECT)
            .read_timeout(SILENCE)
            .build()
            .map_err(|_| HttpError::Tls)?;
        Ok(Self {
            url,
            client,
            has_proxy: proxy.is_some(),
        })
    }

    /// The body of a good answer, never more than `limit` bytes of it.
    async fn read(
        &self,
        answer: Result<Response, reqwest::Error>,
        limit: usize,
        progress: &BlobProgress<'_>,
    ) -> Result<Vec<u8>, ApiError> {
        let failed = |error: reqwest::Error| meaning(&error, self.has_proxy);
        let mut response = answer.map_err(failed)?;
        let status = response.status().as_u16();
        let is_of = |wanted: &str| {
            response
                .headers()
                .get(CONTENT_TYPE)
                .is_some_and(|kind| kind.as_bytes() == wanted.as_bytes())
        };
        let (is_cbor, is_blob) = (is_of(CBOR), is_of(BYTES));
        let wait = retry_after(response.headers());
        let announced = response.content_length();
        if announced.is_some_and(|length| length > limit as u64) {
            return Err(ApiError::Unreadable);
        }
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(failed)? {
            if body.len() + chunk.len() > limit {
                return Err(ApiError::Unreadable);
            }
            body.extend_from_slice(&chunk);
            progress(body.len() as u64, announced);
        }
        if status == 200 && (is_cbor || is_blob) {
            Ok(body)
        } else {
            Err(ApiError::from_response(status, wait, &body))
        }
    }
}

/// Seconds only: a date would depend on the device's clock.
fn retry_after(headers: &HeaderMap) -> Option<u32> {
    headers.get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()
}

#[async_trait]
impl SyncApi for HttpApi {
    async fn enrol(&self, request: EnrolRequest) -> Result<EnrolReply, ApiError> {
        let body = self.post("/v1/enrol", CBOR, request.encode()).await?;
        EnrolReply::decode(&body).map_err(|_| ApiError::Unreadable)
    }

    async fn sync(&self, request: SyncRequest) -> Result<SyncReply, ApiError> {
        let body = self.post("/v1/sync", CBOR, request.encode()).await?;
        SyncReply::decode(&body).map_err(|_| ApiError::Unreadable)
    }

    async fn picture(&self, run: PictureRun) -> Result<PictureReply, ApiError> {
        let body = self.post("/v1/picture", BYTES, run.encode()).await?;
        PictureReply::decode(&body).map_err(|_| ApiError::Unreadable)
    }

    async fn blob(&self, hash: BlobHash, progress: &BlobProgress<'_>) -> Result<Vec<u8>, ApiError> {
        let mut failure = ApiError::Unreachable;
        for (index, road) in self.in_order() {
            let answer = road
                .client
                .get(format!("{}/v1/blob/{hash}", road.url))
                .send()
                .await;
            match road.read(answer, limits::BLOB_BYTES, progress).await {
                Ok(bytes) => {
                    self.last.store(index, Ordering::Relaxed);
                    return Ok(bytes);
                }
                Err(error @ (ApiError::Refused(_) | ApiError::Busy { .. })) => return Err(error),
                Err(error) => failure = more_telling(failure, error),
            }
        }
        Err(failure)
    }
}
