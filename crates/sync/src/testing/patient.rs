//! A road for one enrolment, which asks a few times at most.

use async_trait::async_trait;
use baqylau_protocol::{
    ApiError, BlobHash, BlobProgress, EnrolReply, EnrolRequest, SyncApi, SyncReply, SyncRequest,
};
use parking_lot::Mutex;

/// More than any enrolment asks.
const REQUESTS: u32 = 10;

/// Headquarters, for somebody who asks [`REQUESTS`] times at most.
pub(super) struct Patient<'a> {
    api: &'a dyn SyncApi,
    left: Mutex<u32>,
}

impl<'a> Patient<'a> {
    pub(super) fn new(api: &'a dyn SyncApi) -> Self {
        Self {
            api,
            left: Mutex::new(REQUESTS),
        }
    }
}

#[async_trait]
impl SyncApi for Patient<'_> {
    async fn enrol(&self, request: EnrolRequest) -> Result<EnrolReply, ApiError> {
        {
            let mut left = self.left.lock();
            *left = left
                .checked_sub(1)
                .expect("enrolment never comes to its end");
        }
        self.api.enrol(request).await
    }

    async fn sync(&self, request: SyncRequest) -> Result<SyncReply, ApiError> {
        self.api.sync(request).await
    }

    async fn blob(&self, hash: BlobHash, progress: &BlobProgress<'_>) -> Result<Vec<u8>, ApiError> {
        self.api.blob(hash, progress).await
    }
}
