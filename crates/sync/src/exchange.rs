//! One exchange with headquarters.

mod hurry;
mod push;

use self::push::Stuck;
use crate::pictures::Pictures;
use crate::{
    Action, Budget, Credentials, Cursor, Journal, LocalState, Outcome, Progress, RemoteState, Step,
    SyncError, plan,
};
use baqylau_domain::IdSource;
use baqylau_protocol::seeded::{Bug, is_planted};
use baqylau_protocol::{
    ApiError, BlobHash, BlobRef, Config, PROTOCOL, QuarantineCode, Refusal, Signature,
    SignedConfig, SignedReceipt, SyncApi, SyncReply, SyncRequest, Verdict, limits,
};

/// How often headquarters may send the device back in one exchange before it contradicts itself.
const REWINDS: u32 = 3;

/// Does everything there is to do, once: configuration, entries, receipts, blobs, pictures. Never sleeps; see
/// [`crate::backoff`] for when to try again. Run one at a time for a journal. `budget` is what the last exchange on this
/// road left in [`Outcome::budget`].
pub async fn exchange(
    journal: &dyn Journal,
    api: &dyn SyncApi,
    random: &dyn IdSource,
    progress: &dyn Progress,
    budget: Budget,
) -> Outcome {
    let mut outcome = Outcome {
        budget,
        ..Outcome::default()
    };
    let road = Road {
        journal,
        api,
        random,
        progress,
    };
    let result = async { Run::begin(&road, &mut outcome)?.all().await }.await;
    outcome.stopped_by = result.err();
    outcome.head_seq = journal.head().map_or(0, |head| head.seq);
    outcome.held_seq = journal.cursor().map_or(0, |cursor| cursor.held_seq);
    outcome
}

/// What an exchange runs on.
pub(crate) struct Road<'a> {
    pub(crate) journal: &'a dyn Journal,
    pub(crate) api: &'a dyn SyncApi,
    pub(crate) random: &'a dyn IdSource,
    pub(crate) progress: &'a dyn Progress,
}

/// An exchange under way.
struct Run<'a> {
    road: &'a Road<'a>,
    outcome: &'a mut Outcome,
    credentials: Credentials,
    config: Config,
    remote: Option<RemoteState>,
    pictures: Pictures,
    /// Headquarters could not open what was packed with its dictionary.
    lacks_dictionary: bool,
    /// Shrinks when headquarters finds a segment too large.
    segment_entries: usize,
    rewinds: u32,
    shows_certificate: bool,
    shows_config: bool,
    /// The last entry in the request under way.
    sending: Option<u64>,
    /// What is urgent has gone ahead in this exchange.
    has_hurried: bool,
    /// Headquarters cannot go on at an entry that cannot be sent in another form.
    stuck: Option<Stuck>,
}

impl<'a> Run<'a> {
    fn begin(road: &'a Road<'a>, outcome: &'a mut Outcome) -> Result<Self, SyncError> {
        let (credentials, config) = Credentials::of(road.journal)?;
        outcome.closed = config.closed;
        let segment_entries = limits::SEGMENT_ENTRIES;
        Ok(Self {
            road,
            outcome,
            credentials,
            config,
            remote: None,
            pictures: Pictures::default(),
            lacks_dictionary: false,
            segment_entries,
            rewinds: 0,
            shows_certificate: false,
            shows_config: false,
            sending: None,
            has_hurried: false,
            stuck: None,
        })
    }

    async fn all(&mut self) -> Result<(), SyncError> {
        while let Some(action) = plan(&self.local()?, self.remote.as_ref())
            .into_iter()
            .next()
        {
            if let (Some(wait), false) =
                (self.outcome.wait_s, matches!(action, Action::Rewind { .. }))
            {
                return Err(ApiError::Busy {
                    retry_after_s: Some(wait),
                }
                .into());
            }
            match action {
                Action::Rewind {
                    server_epoch,
                    held_seq,
                } => self.rewind(server_epoch, held_seq)?,
                Action::Push { from_seq, upto_seq } => self.push(from_seq, upto_seq).await?,
                Action::Ask => drop(self.ask(Vec::new()).await?),
                Action::PullBlob(blob) => self.pull(&blob).await?,
                Action::SendPicture(hash) => {
                    let by = (&self.credentials, &self.config);
                    let sending = self.pictures.send(hash, self.road, by, self.outcome);
                    sending.await?;
                }
            }
        }
        Ok(())
    }

    fn local(&self) -> Result<LocalState, SyncError> {
        let journal = self.road.journal;
        let cursor = journal.cursor()?;
        let mut missing_blobs = Vec::new();
        for blob in &self.config.blobs {
            if blob.kind.is_known() && !journal.has_blob(&blob.hash)? {
                missing_blobs.push(blob.clone());
            }
        }
        Ok(LocalState {
            head_seq: journal.head()?.seq,
            server_epoch: cursor.server_epoch,
            held_seq: cursor.held_seq,
            config_version: self.config.version,
            missing_blobs,
            pictures: self.pictures.waiting(journal)?,
        })
    }

    fn rewind(&mut self, server_epoch: u64, held_seq: u64) -> Result<(), SyncError> {
        self.rewinds += 1;
        if self.rewinds > REWINDS {
            return Err(SyncError::Contradiction);
        }
        if is_planted(Bug::CursorStays) {
            return Ok(());
        }
        let goes_back = held_seq < self.road.journal.cursor()?.held_seq;
        self.road.journal.record_rewind(Cursor {
            server_epoch,
            held_seq,
        })?;
        self.outcome.rewound |= goes_back;
        Ok(())
    }

    /// One request, and everything that its answer says besides the verdicts.
    async fn ask(&mut self, segments: Vec<Vec<u8>>) -> Result<Vec<Verdict>, SyncError> {
        let reply = match self.request(segments.clone()).await {
            Err(SyncError::Api(ApiError::Refused(Refusal::NotEnrolled)))
                if !self.shows_certificate =>
            {
                self.shows_certificate = true;
                self.request(segments).await?
            }
            answer => answer?,
        };
        let wants_config = reply.wants_config;
        let verdicts = self.take(reply)?;
        if wants_config && !self.shows_config {
            self.shows_config = true;
            let reply = self.request(Vec::new()).await?;
            self.take(reply)?;
        }
        Ok(verdicts)
    }

    async fn request(&mut self, segments: Vec<Vec<u8>>) -> Result<SyncReply, SyncError> {
        let cursor = self.road.journal.cursor()?;
        let certificate = if self.shows_certificate {
            self.road.journal.certificate()?
        } else {
            None
        };
        let mut request = request(&self.credentials, cursor, self.config.version, segments);
        request.certificate = certificate;
        if self.shows_config {
            request.config = self.road.journal.config()?;
        }
        self.outcome.requests += 1;
        let reply = self.road.api.sync(request).await;
        // "Sent" is said of what may have arrived, and never of what certainly did not.
        if let Some(upto_seq) = self.sending.filter(|_| may_have_arrived(&reply)) {
            self.road.journal.record_sent(upto_seq)?;
        }
        Ok(reply?)
    }

    fn take(&mut self, reply: SyncReply) -> Result<Vec<Verdict>, SyncError> {
        let journal = self.road.journal;
        let cursor = journal.cursor()?;
        let held_seq = reply
            .next_seq
            .checked_sub(1)
            .ok_or(SyncError::Contradiction)?;
        let leap = reply.server_epoch.checked_sub(cursor.server_epoch);
        if leap.is_none_or(|leap| leap > limits::EPOCH_LEAP) {
            return Err(SyncError::Contradiction);
        }
        // The new configuration may name the key that signed the receipt, so it comes first; a bad one
        // must not cost the receipt.
        let configured = reply
            .config
            .as_ref()
            .map_or(Ok(()), |config| self.configure(config));
        if journal.hash_at(held_seq)? != Some(reply.head) && !is_planted(Bug::ReceiptOtherHash) {
            return Err(SyncError::Quarantined(QuarantineCode::Fork));
        }
        let (server_epoch, next_seq) = (reply.server_epoch, reply.next_seq);
        let remote = RemoteState {
            server_epoch,
            next_seq,
            revoked: reply.revoked,
        };
        let revoked_in = journal.revoked_in()?;
        let is_news = reply.revoked && revoked_in != Some(server_epoch);
        let goes_back = held_seq < cursor.held_seq;
        if revoked_in == Some(server_epoch) && held_seq > cursor.held_seq {
            // It may be from before a backup was restored: headquarters raises its epoch on no revoked device's word.
            return Err(SyncError::Revoked);
        }
        if is_news && goes_back {
            // Before it goes back, or an old receipt would be believed again after a kill in between.
            journal.record_revoked(server_epoch)?;
        }
        let rewinds = self.rewinds;
        if let Some(Action::Rewind {
            server_epoch,
            held_seq,
        }) = plan(&self.local()?, Some(&remote)).first()
        {
            self.rewind(*server_epoch, *held_seq)?;
        }
        self.remote = Some(remote);
        if let Some(receipt) = &reply.receipt {
            self.hold(receipt, server_epoch, self.rewinds > rewinds)?;
        }
        // Whatever headquarters claims to hold, it must have signed for.
        if journal.cursor()?.held_seq < held_seq {
            return Err(SyncError::Contradiction);
        }
        if !reply.set_aside.is_empty() {
            journal.record_set_aside(&reply.set_aside)?;
            self.outcome.set_aside.extend(reply.set_aside);
        }
        if is_news && !goes_back {
            // What came with it is believed, and nothing more after that.
            journal.record_revoked(server_epoch)?;
        }
        self.outcome.revoked = reply.revoked;
        self.outcome.upgrade = reply.upgrade;
        self.outcome.wait_s = reply.back_off_s.filter(|seconds| *seconds > 0);
        configured?;
        Ok(reply.verdicts)
    }

    fn configure(&mut self, signed: &SignedConfig) -> Result<(), SyncError> {
        let config = signed.verify(&self.credentials.root)?;
        config.may_replace(&self.config)?;
        config.seal_key()?;
        if config.version > self.config.version || is_planted(Bug::ConfigRolledBack) {
            self.road.journal.record_config(signed, &config)?;
            self.outcome.new_config = Some(config.version);
            self.road.progress.step(Step::Configured {
                version: config.version,
            });
        }
        self.outcome.closed = config.closed;
        self.config = config;
        Ok(())
    }

    /// Records a receipt, after checking it against the device's own journal.
    fn hold(
        &mut self,
        signed: &SignedReceipt,
        server_epoch: u64,
        is_first: bool,
    ) -> Result<(), SyncError> {
        let journal = self.road.journal;
        let verified = self.credentials.believe(journal, &self.config, signed)?;
        let upto_seq = verified.receipt().upto_seq;
        let is_news = is_first || upto_seq > journal.cursor()?.held_seq;
        if verified.receipt().server_epoch == server_epoch && is_news {
            journal.record_receipt(&verified)?;
            self.outcome.receipts += 1;
            self.road.progress.step(Step::Held { upto_seq });
        }
        Ok(())
    }

    async fn pull(&mut self, blob: &BlobRef) -> Result<(), SyncError> {
        let progress = self.road.progress;
        let told = |bytes, _| {
            progress.step(Step::Pulling {
                id: blob.id.clone(),
                bytes,
                of: blob.bytes,
            });
        };
        let bytes = self.road.api.blob(blob.hash, &told).await?;
        if bytes.len() as u64 != blob.bytes || BlobHash::of(&bytes) != blob.hash {
            return Err(SyncError::WrongBlob(blob.hash));
        }
        self.road.journal.record_blob(blob, &bytes)?;
        self.outcome.pulled_blobs += 1;
        self.outcome.pulled_bytes += blob.bytes;
        Ok(())
    }
}

/// Whether a request can have reached headquarters, going by its answer.
fn may_have_arrived(reply: &Result<SyncReply, ApiError>) -> bool {
    !matches!(
        reply,
        Err(ApiError::Unreachable
            | ApiError::Proxy
            | ApiError::Intercepted
            | ApiError::CaptivePortal)
    )
}

/// A signed request of this device.
pub(crate) fn request(
    credentials: &Credentials,
    cursor: Cursor,
    config_version: u64,
    segments: Vec<Vec<u8>>,
) -> SyncRequest {
    SyncRequest {
        protocol: PROTOCOL,
        capabilities: 0,
        device: credentials.key.public().id(),
        server_epoch: cursor.server_epoch,
        cursor: cursor.held_seq + 1,
        config_version,
        segments,
        certificate: None,
        config: None,
        proof: Signature([0; 64]),
    }
    .signed(&credentials.key)
}
