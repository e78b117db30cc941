//! A road that fails on purpose.

use super::SeededRandom;
use async_trait::async_trait;
use baqylau_protocol::{
    ApiError, BlobHash, BlobProgress, EnrolReply, EnrolRequest, PictureReply, PictureRun, SyncApi,
    SyncReply, SyncRequest,
};
use parking_lot::Mutex;

/// What happens to one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Nothing.
    None,
    /// It never arrives.
    DropRequest,
    /// It arrives and the answer is lost.
    DropReply,
    /// It arrives twice.
    Duplicate,
    /// An older request arrives once more before it.
    Reorder,
    /// One bit of one segment is another one when it arrives.
    FlipBit,
    /// Headquarters is busy.
    Busy,
}

const FAULTS: [Fault; 6] = [
    Fault::DropRequest,
    Fault::DropReply,
    Fault::Duplicate,
    Fault::Reorder,
    Fault::FlipBit,
    Fault::Busy,
];

/// Headquarters behind a road that fails `percent` times in a hundred.
pub struct Faulty<'a> {
    inner: &'a dyn SyncApi,
    random: SeededRandom,
    percent: u64,
    older: Mutex<Vec<SyncRequest>>,
}

impl<'a> Faulty<'a> {
    /// A faulty road; the same seed fails in the same way.
    #[must_use]
    pub fn new(inner: &'a dyn SyncApi, seed: u64, percent: u64) -> Self {
        Self {
            inner,
            random: SeededRandom::new(seed),
            percent,
            older: Mutex::new(Vec::new()),
        }
    }

    fn fault(&self) -> Fault {
        if self.random.below(100) >= self.percent {
            return Fault::None;
        }
        let kind = self.random.below(FAULTS.len() as u64);
        usize::try_from(kind)
            .ok()
            .and_then(|kind| FAULTS.get(kind).copied())
            .unwrap_or(Fault::None)
    }

    fn flip(&self, request: &mut SyncRequest) {
        let Some(segment) = request.segments.first_mut() else {
            return;
        };
        let bit = self.random.below(segment.len() as u64 * 8);
        let place = usize::try_from(bit / 8).unwrap_or(0);
        segment[place] ^= 1 << (bit % 8);
    }
}

#[async_trait]
impl SyncApi for Faulty<'_> {
    async fn enrol(&self, request: EnrolRequest) -> Result<EnrolReply, ApiError> {
        self.inner.enrol(request).await
    }

    async fn sync(&self, mut request: SyncRequest) -> Result<SyncReply, ApiError> {
        let fault = self.fault();
        let older = self.older.lock().last().cloned();
        self.older.lock().push(request.clone());
        match fault {
            Fault::None => {}
            Fault::DropRequest => return Err(ApiError::Unreachable),
            Fault::DropReply => {
                self.inner.sync(request).await?;
                return Err(ApiError::TimedOut);
            }
            Fault::Duplicate => drop(self.inner.sync(request.clone()).await?),
            Fault::Reorder => {
                if let Some(older) = older {
                    drop(self.inner.sync(older).await);
                }
            }
            Fault::FlipBit => self.flip(&mut request),
            Fault::Busy => {
                return Err(ApiError::Busy {
                    retry_after_s: Some(1),
                });
            }
        }
        self.inner.sync(request).await
    }

    /// A run is cut anywhere, comes twice, is altered, or its answer is lost.
    async fn picture(&self, mut run: PictureRun) -> Result<PictureReply, ApiError> {
        match self.fault() {
            Fault::None => {}
            Fault::Busy => {
                return Err(ApiError::Busy {
                    retry_after_s: Some(1),
                });
            }
            Fault::DropRequest | Fault::Reorder => {
                let arrived = self.random.below(run.bytes.len() as u64 + 1);
                run.bytes.truncate(usize::try_from(arrived).unwrap_or(0));
                self.inner.picture(run).await?;
                return Err(ApiError::TimedOut);
            }
            Fault::DropReply => {
                self.inner.picture(run).await?;
                return Err(ApiError::TimedOut);
            }
            Fault::Duplicate => drop(self.inner.picture(run.clone()).await?),
            Fault::FlipBit => {
                if !run.bytes.is_empty() {
                    let bit = self.random.below(run.bytes.len() as u64 * 8);
                    run.bytes[usize::try_from(bit / 8).unwrap_or(0)] ^= 1 << (bit % 8);
                }
            }
        }
        self.inner.picture(run).await
    }

    async fn blob(&self, hash: BlobHash, progress: &BlobProgress<'_>) -> Result<Vec<u8>, ApiError> {
        if self.fault() == Fault::None {
            self.inner.blob(hash, progress).await
        } else {
            Err(ApiError::TimedOut)
        }
    }
}
