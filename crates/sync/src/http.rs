//! Headquarters over HTTPS with pinned keys: never the system's trust store.

use async_trait::async_trait;
use baqylau_protocol::{ApiError, BlobHash, BlobProgress, EnrolReply, EnrolRequest, Endpoint, SyncApi, SyncReply, SyncRequest};
use thiserror::Error;

/// Headquarters at one or several addresses, each with the one TLS key it may show.
pub struct HttpApi {
    endpoints: Vec<Endpoint>,
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
}

impl HttpApi {
    /// A client of these endpoints, tried in this order.
    ///
    /// # Errors
    /// [`HttpError`].
    pub fn new(endpoints: Vec<Endpoint>) -> Result<Self, HttpError> {
        Ok(Self { endpoints })
    }
}

#[async_trait]
impl SyncApi for HttpApi {
    async fn enrol(&self, request: EnrolRequest) -> Result<EnrolReply, ApiError> {
        unimplemented!("{:?}{:?}", self.endpoints, request.public)
    }

    async fn sync(&self, request: SyncRequest) -> Result<SyncReply, ApiError> {
        unimplemented!("{request:?}")
    }

    async fn blob(&self, hash: BlobHash, progress: &BlobProgress<'_>) -> Result<Vec<u8>, ApiError> {
        progress(0, None);
        unimplemented!("{hash}")
    }
}
