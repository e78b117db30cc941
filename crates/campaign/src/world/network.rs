//! The road to headquarters, with one kind of trouble at a time. What travels is bytes, as over HTTP.

use super::act::Fault;
use super::server::Server;
use crate::disk;
use crate::random::Random;
use async_trait::async_trait;
use baqylau_protocol::{
    ApiError, BlobHash, BlobProgress, EnrolReply, EnrolRequest, QuarantineCode, Refusal, SyncApi,
    SyncReply, SyncRequest, Verdict,
};
use parking_lot::Mutex;

/// What the roads remember from one exchange to the next.
#[derive(Default)]
pub struct Roads {
    /// Requests that may arrive again.
    pub older: Vec<Vec<u8>>,
    /// Requests that have not arrived yet.
    pub delayed: Vec<Vec<u8>>,
    /// Answers that may come again.
    pub replies: Vec<Vec<u8>>,
    /// Likewise answers with a configuration in them.
    pub configurations: Vec<Vec<u8>>,
    /// Segments that headquarters said it keeps: hashes of their bytes.
    pub promised: Vec<[u8; 32]>,
    /// Requests of the exchange under way.
    pub requests: u32,
    /// An exchange went round in circles.
    pub is_endless: bool,
    /// The exchange under way was given an older answer for the true one.
    pub was_stale: bool,
}

impl Roads {
    /// Another exchange sets out.
    pub fn set_out(&mut self) {
        (self.requests, self.was_stale) = (0, false);
    }
}

/// An exchange of these worlds' few entries needs a handful of requests.
const MOST_REQUESTS: u32 = 60;

/// How many older requests and answers are remembered.
const REMEMBERED: usize = 6;

/// One exchange's way to headquarters.
pub struct Road<'a> {
    /// Headquarters.
    pub server: &'a Server,
    /// What the roads remember.
    pub roads: &'a Mutex<Roads>,
    /// What goes wrong.
    pub trouble: Option<Fault>,
    /// Its randomness.
    pub random: &'a Random,
}

impl Road<'_> {
    fn suffers(&self, fault: Fault, percent: u64) -> bool {
        self.trouble == Some(fault) && self.random.chance(percent)
    }

    /// The server's part: read, judge, answer.
    async fn arrive(&self, bytes: &[u8]) -> Result<Vec<u8>, ApiError> {
        let request =
            SyncRequest::decode(bytes).map_err(|_| ApiError::Refused(Refusal::Malformed))?;
        let segments = request.segments.clone();
        let reply = self.server.api().sync(request).await?;
        self.note(&segments, &reply);
        Ok(reply.encode())
    }

    /// Remembers what headquarters has just promised, by answering.
    fn note(&self, segments: &[Vec<u8>], reply: &SyncReply) {
        use sha2::{Digest as _, Sha256};
        let mut roads = self.roads.lock();
        for (segment, verdict) in segments.iter().zip(&reply.verdicts) {
            let is_kept = match verdict {
                Verdict::Accepted => true,
                Verdict::Quarantined { code } => *code != QuarantineCode::UnknownDevice,
                _ => false,
            };
            if is_kept {
                roads.promised.push(Sha256::digest(segment).into());
            }
        }
    }

    /// Breaks headquarters at some operation of its disk while it works on this request.
    fn break_server(&self) {
        let after = self.random.below(60);
        let fault = match self.trouble {
            Some(Fault::ServerKilled | Fault::ServerPowerLost) => disk::Fault::PowerCut,
            Some(Fault::ServerDiskFull) => disk::Fault::Full,
            Some(Fault::ServerDiskError) => disk::Fault::Error,
            _ => return,
        };
        self.server.disk().fail(after, fault);
    }

    fn damaged(&self, mut bytes: Vec<u8>, flip: Fault, cut: Fault) -> Vec<u8> {
        if self.suffers(flip, 80) && !bytes.is_empty() {
            let place = self.random.index(bytes.len());
            bytes[place] ^= 1 << self.random.below(8);
        }
        if self.suffers(cut, 80) {
            bytes.truncate(self.random.index(bytes.len()));
        }
        bytes
    }

    /// Ends an exchange that would go on for ever.
    fn count(&self) -> Result<(), ApiError> {
        let mut roads = self.roads.lock();
        roads.requests += 1;
        if roads.requests > MOST_REQUESTS {
            roads.is_endless = true;
            return Err(ApiError::Unreachable);
        }
        Ok(())
    }

    /// An older answer: one with a configuration, if there is any and chance will have it so.
    fn stale(&self) -> Option<Vec<u8>> {
        let roads = self.roads.lock();
        let some = if self.random.chance(60) && !roads.configurations.is_empty() {
            &roads.configurations
        } else {
            &roads.replies
        };
        some.get(self.random.index(some.len())).cloned()
    }

    fn remember_reply(&self, reply: &[u8]) {
        let mut roads = self.roads.lock();
        if SyncReply::decode(reply).is_ok_and(|reply| reply.config.is_some()) {
            remember(&mut roads.configurations, reply.to_vec());
        }
        remember(&mut roads.replies, reply.to_vec());
    }

    async fn travel(&self, bytes: Vec<u8>) -> Result<Vec<u8>, ApiError> {
        if self.suffers(Fault::Partitioned, 100) || self.suffers(Fault::RequestLost, 60) {
            return Err(ApiError::Unreachable);
        }
        if self.suffers(Fault::Delayed, 80) {
            self.roads.lock().delayed.push(bytes);
            return Err(ApiError::TimedOut);
        }
        if self.suffers(Fault::Busy, 60) {
            return Err(ApiError::Busy {
                retry_after_s: Some(5),
            });
        }
        let older = self.roads.lock().older.last().cloned();
        if let Some(older) = older.filter(|_| self.suffers(Fault::Reordered, 80)) {
            // Whatever becomes of it, this request goes on.
            let _ = self.arrive(&older).await;
        }
        if self.suffers(Fault::Duplicated, 80) {
            let _ = self.arrive(&bytes).await;
        }
        let bytes = self.damaged(bytes, Fault::RequestFlipped, Fault::RequestTruncated);
        self.break_server();
        let reply = self.arrive(&bytes).await?;
        if self.suffers(Fault::ReplyLost, 60) || self.suffers(Fault::AppKilled, 30) {
            return Err(ApiError::TimedOut);
        }
        let stale = self.stale();
        self.remember_reply(&reply);
        if let Some(stale) = stale.filter(|_| self.suffers(Fault::ReplyStale, 80)) {
            self.roads.lock().was_stale = true;
            return Ok(stale);
        }
        Ok(self.damaged(reply, Fault::ReplyFlipped, Fault::ReplyTruncated))
    }
}

fn remember(list: &mut Vec<Vec<u8>>, bytes: Vec<u8>) {
    if list.len() == REMEMBERED {
        list.remove(0);
    }
    list.push(bytes);
}

#[async_trait]
impl SyncApi for Road<'_> {
    async fn enrol(&self, request: EnrolRequest) -> Result<EnrolReply, ApiError> {
        self.server.api().enrol(request).await
    }

    async fn sync(&self, request: SyncRequest) -> Result<SyncReply, ApiError> {
        let bytes = request.encode();
        self.count()?;
        remember(&mut self.roads.lock().older, bytes.clone());
        let reply = self.travel(bytes).await?;
        SyncReply::decode(&reply).map_err(|_| ApiError::Unreadable)
    }

    async fn blob(&self, hash: BlobHash, progress: &BlobProgress<'_>) -> Result<Vec<u8>, ApiError> {
        self.server.api().blob(hash, progress).await
    }
}

/// Lets a delayed request arrive; nobody waits for its answer any more.
pub async fn arrive_late(server: &Server, roads: &Mutex<Roads>, random: &Random, bytes: &[u8]) {
    let road = Road {
        server,
        roads,
        trouble: None,
        random,
    };
    // It may be refused: the world has gone on since.
    let _ = road.arrive(bytes).await;
}
