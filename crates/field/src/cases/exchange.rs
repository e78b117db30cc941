//! One exchange with headquarters, and what the next one would send.

use crate::books::Books;
use crate::cases::carriers::deliver::{deliver, deliver_pictures};
use crate::cases::enrol::load_register;
use crate::commands::Nothing;
use crate::core::{Core, Opened, blocking};
use crate::error::ErrorCode;
use crate::view::{Event, Failure, SyncOutcome, SyncProgress};
use baqylau_domain::Moment;
use baqylau_protocol::{
    ChainHash, Entropy, Packing, QuarantineCode, SealError, SealKey, SegmentBody, Signature,
    SyncApi, SyncRequest, limits, seal,
};
use baqylau_store::{SealedCopy, SegmentVerdict};
use baqylau_sync::{Backoff, Budget, Outcome, Step, SyncError, backoff};
use parking_lot::Mutex;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The road to headquarters: one exchange at a time, and when to try again.
#[derive(Default)]
pub(crate) struct Road {
    gate: tokio::sync::Mutex<()>,
    /// How many wait to have it for themselves.
    wanted: AtomicUsize,
    state: Mutex<RoadState>,
}

#[derive(Default)]
struct RoadState {
    /// How far the exchange under way has come.
    moving: Option<SyncProgress>,
    /// Failures in a row.
    failures: u32,
    /// What a request may weigh, by what this road bore.
    budget: Budget,
    /// Headquarters asked to be left alone until then.
    asked_until_ms: i64,
    /// An exchange by itself should not begin before.
    try_after_ms: i64,
    /// Others' pictures should not be tried before by an exchange that nobody asked for.
    pictures_after_ms: i64,
    /// Bytes of the next exchange, by first and last entry.
    measured: Option<(u64, u64, u64)>,
}

impl Road {
    pub(crate) fn moving(&self) -> Option<SyncProgress> {
        self.state.lock().moving.clone()
    }

    /// The road for oneself, for what moves the same cursor as an exchange does. Not to be called from async code.
    pub(crate) fn alone(&self) -> tokio::sync::MutexGuard<'_, ()> {
        self.wanted.fetch_add(1, Ordering::SeqCst);
        let gate = self.gate.blocking_lock();
        self.wanted.fetch_sub(1, Ordering::SeqCst);
        gate
    }

    /// The same, unless an exchange is under way.
    pub(crate) fn try_alone(&self) -> Option<tokio::sync::MutexGuard<'_, ()>> {
        self.gate.try_lock().ok()
    }

    /// Whether somebody waits to have the road for oneself.
    fn is_wanted(&self) -> bool {
        self.wanted.load(Ordering::SeqCst) > 0
    }

    /// Whether others' pictures may be tried by an exchange that nobody asked for.
    fn are_pictures_due(&self, now: Moment) -> bool {
        now.utc_ms >= self.state.lock().pictures_after_ms
    }

    /// Whether an exchange that nobody asked for may begin.
    pub(crate) fn is_due(&self, now: Moment) -> bool {
        let state = self.state.lock();
        state.moving.is_none() && now.utc_ms >= state.try_after_ms.max(state.asked_until_ms)
    }
}

/// How long others' pictures are left alone that headquarters cannot judge yet, or that the road did not bear.
const PICTURES_PAUSE_MS: i64 = 5 * 60 * 1000;

/// One exchange. What it confirmed stays confirmed, also when it fails half-way.
pub(crate) async fn sync(opened: Opened, _: Nothing) -> Result<SyncOutcome, Failure> {
    exchange_once(opened, true).await
}

async fn exchange_once(opened: Opened, with_pictures: bool) -> Result<SyncOutcome, Failure> {
    let road = &opened.core.0.road;
    let Ok(_gate) = road.gate.try_lock() else {
        return Err(ErrorCode::AlreadySyncing.failure());
    };
    let wait_ms = road.state.lock().asked_until_ms - opened.core.now().utc_ms;
    if wait_ms > 0 {
        return Err(ErrorCode::Busy.with("retry_in_s", (wait_ms + 999) / 1000));
    }
    let held_before = held(&opened)?;
    moved(&opened, Some(step("connect", 0, 0)));
    let outcome = run(&opened, with_pictures).await;
    moved(&opened, None);
    let (outcome, delivered) = outcome?;
    let after = opened.clone();
    blocking(move || conclude(&after, outcome, delivered, held_before)).await
}

/// An exchange that nobody asked for: only when something waits, and only when it is time. How it went
/// stands in the state of the evidence.
pub(crate) async fn sync_when_due(core: &Core) {
    let Ok(opened) = core.opened() else { return };
    let with_pictures = core.0.road.are_pictures_due(core.now());
    let waits = opened.evidence().is_ok_and(|evidence| evidence.waiting > 0)
        || opened
            .session
            .store
            .carrying()
            .is_ok_and(|it| it.waiting > 0 || with_pictures && it.waiting_pictures > 0)
        || opened
            .picture_counts()
            .is_ok_and(|pictures| pictures.waiting > 0)
        || opened.earlier_pictures_wait()
        // What is held by a receipt that somebody brought may be of a past that is gone.
        || opened.session.store.is_epoch_hearsay().unwrap_or(false);
    if waits
        && core.0.road.is_due(core.now())
        && let Err(failure) = exchange_once(opened, with_pictures).await
    {
        tracing::info!(
            code = failure.code,
            "headquarters was not reached; trying again later"
        );
    }
}

/// The device's own things first; then, if that went well, what it carries for others.
async fn run(
    opened: &Opened,
    with_pictures: bool,
) -> Result<(Outcome, Result<u32, Failure>), Failure> {
    let inner = &opened.core.0;
    let api = opened
        .core
        .connect(&opened.session.library().config.endpoints)?;
    let books = Books::of(Arc::clone(&opened.session), Arc::clone(&inner.clock));
    let progress = |made: Step| moved(opened, Some(told(made)));
    let work = async {
        let budget = inner.road.state.lock().budget;
        let mut outcome =
            baqylau_sync::exchange(&books, &*api, &*inner.ids, &progress, budget).await;
        let delivered = if outcome.stopped_by.is_none() && outcome.wait_s.is_none() {
            let told = |done: usize, of: usize| {
                moved(opened, Some(step("deliver", done as u64, of as u64)));
            };
            let delivered = deliver(opened, &books, &*api, &mut outcome.budget, told).await;
            if opened.earlier_pictures_wait() {
                moved(opened, Some(step("picture", 0, 0)));
                opened.send_earlier_pictures(&*api).await;
            }
            if with_pictures && delivered.is_ok() {
                bring_pictures(opened, &books, &*api).await;
            }
            delivered
        } else {
            Ok(0)
        };
        (outcome, delivered)
    };
    tokio::select! {
        done = work => Ok(done),
        () = opened.session.left() => Err(ErrorCode::Locked.failure()),
    }
}

/// Others' pictures last: nothing of anybody's waits behind them, and what fails with them is no failure of the exchange.
async fn bring_pictures(opened: &Opened, books: &Books, api: &dyn SyncApi) {
    let told = |done: usize, of: usize| {
        moved(opened, Some(step("deliver", done as u64, of as u64)));
    };
    let road = &opened.core.0.road;
    let waiting = || opened.evidence().map_or(u32::MAX, |it| it.waiting);
    let before = waiting();
    // Until something of its own has come to wait, or somebody stands there with a bundle.
    let goes_on = || !road.is_wanted() && waiting() <= before;
    let brought = deliver_pictures(opened, books, api, told, &goes_on).await;
    let pause_ms = match brought {
        Ok(0) => 0,
        Ok(left) => {
            tracing::info!(left, "others' pictures wait");
            PICTURES_PAUSE_MS
        }
        Err(failure) => {
            tracing::info!(code = failure.code, "others' pictures wait");
            PICTURES_PAUSE_MS
        }
    };
    road.state.lock().pictures_after_ms = opened.core.now().utc_ms + pause_ms;
}

/// Writes down how it went and puts new content in force.
fn conclude(
    opened: &Opened,
    outcome: Outcome,
    delivered: Result<u32, Failure>,
    held_before: u64,
) -> Result<SyncOutcome, Failure> {
    let store = &opened.session.store;
    let now = opened.core.now();
    for apart in &outcome.quarantined {
        let count = u32::try_from(apart.last_seq + 1 - apart.first_seq).unwrap_or(u32::MAX);
        let code = Some(apart.code.as_str().to_owned());
        store.record_verdict(
            &SegmentVerdict {
                first_seq: apart.first_seq,
                count,
                code,
            },
            now,
        )?;
    }
    if let Some(code) = fork(&outcome) {
        store.note_fork(code.as_str(), now)?;
    }
    let updated = outcome.new_config.is_some() || outcome.pulled_blobs > 0;
    if updated {
        opened.session.renew_library()?;
        load_register(store, &opened.session.library(), now)?;
    }
    opened.keep_earlier_current();
    opened.keep_recovery_current();
    let failure = failure(&outcome);
    store.note_exchange(now, failure.as_ref().map(|failure| failure.code.as_str()))?;
    let failed = failure.is_some() || delivered.is_err();
    remember(opened, &outcome, failed, now);
    // Receipts may have come, and the edit window of a report may have ended meanwhile.
    opened.seal_due();
    opened.core.emit(Event::ReportsChanged);
    match failure {
        Some(failure) => Err(failure),
        None => Ok(SyncOutcome {
            confirmed: held(opened)?.saturating_sub(held_before),
            evidence: opened.evidence()?,
            updated,
            // What is carried for others comes last: failing with it takes nothing back of the device's own.
            delivered: delivered?,
            pictures: outcome.held_pictures,
        }),
    }
}

/// Whether headquarters, or what it says of this journal, shows that it went on in two ways.
fn fork(outcome: &Outcome) -> Option<QuarantineCode> {
    let stopped = outcome.stopped_by.iter().filter_map(|error| match error {
        SyncError::Quarantined(code) => Some(code),
        _ => None,
    });
    let apart = outcome.quarantined.iter().map(|apart| &apart.code);
    let is_fork =
        |code: &&QuarantineCode| matches!(code, QuarantineCode::Fork | QuarantineCode::BadChain);
    stopped.chain(apart).find(is_fork).cloned()
}

fn failure(outcome: &Outcome) -> Option<Failure> {
    if outcome.revoked {
        return Some(ErrorCode::DeviceRevoked.failure());
    }
    outcome.stopped_by.clone().map(Failure::from)
}

/// When to try again: with growing, random pauses after failures, and never before headquarters said.
fn remember(opened: &Opened, outcome: &Outcome, failed: bool, now: Moment) {
    let mut state = opened.core.0.road.state.lock();
    state.budget = outcome.budget;
    state.failures = if failed {
        state.failures.saturating_add(1)
    } else {
        0
    };
    state.asked_until_ms = outcome
        .wait_s
        .map_or(0, |wait_s| now.utc_ms + i64::from(wait_s) * 1000);
    state.try_after_ms = if failed {
        let pause = backoff(
            Backoff::default(),
            state.failures,
            None,
            &*opened.core.0.ids,
        );
        now.utc_ms
            .saturating_add(i64::try_from(pause.as_millis()).unwrap_or(i64::MAX))
    } else {
        0
    };
}

fn held(opened: &Opened) -> Result<u64, Failure> {
    Ok(opened.session.store.held_upto()?)
}

fn moved(opened: &Opened, progress: Option<SyncProgress>) {
    opened.core.0.road.state.lock().moving.clone_from(&progress);
    if let Some(progress) = progress {
        opened.core.emit(Event::SyncMoved(progress));
    }
}

fn told(made: Step) -> SyncProgress {
    match made {
        Step::Sending { entries, of, .. } => step("send", of.saturating_sub(entries), of),
        Step::Held { upto_seq } => step("confirm", upto_seq, upto_seq),
        Step::Pulling { bytes, of, .. } => step("fetch", bytes, of),
        Step::Configured { .. } => step("fetch", 0, 0),
        Step::SendingPicture { sent, of, .. } => step("picture", sent, of),
        Step::PictureHeld { .. } => step("picture", 1, 1),
    }
}

fn step(step: &str, done: u64, total: u64) -> SyncProgress {
    SyncProgress {
        step: step.to_owned(),
        done,
        total,
    }
}

/// Bytes that the next exchange would send, found by building it: compressed, padded, sealed, signed.
pub(crate) fn next_bytes(opened: &Opened) -> Result<u64, Failure> {
    let store = &opened.session.store;
    let from = store.cursor()?.next_seq.max(1);
    let last = store.head()?.next_seq.saturating_sub(1);
    if from > last {
        return Ok(0);
    }
    if let Some((_, _, bytes)) = opened
        .core
        .0
        .road
        .state
        .lock()
        .measured
        .filter(|(first, upto, _)| (*first, *upto) == (from, last))
    {
        return Ok(bytes);
    }
    let bytes = measure(opened, from, last)?;
    opened.core.0.road.state.lock().measured = Some((from, last, bytes));
    Ok(bytes)
}

fn measure(opened: &Opened, from: u64, last: u64) -> Result<u64, Failure> {
    let to = opened.session.library().config.seal_key()?;
    let (mut next, mut limit, mut total) = (from, limits::SEGMENT_ENTRIES, 0_u64);
    let mut request: Vec<Vec<u8>> = Vec::new();
    while next <= last {
        match opened.session.store.sealed_copy(next)? {
            Some(SealedCopy::Whole(only)) => {
                next = only.first_seq + u64::from(only.count);
                request.push(only.sealed);
            }
            Some(SealedCopy::Lost) => next += 1,
            None => match segment(opened, next, limit, &to)? {
                Some((sealed, count)) => {
                    request.push(sealed);
                    next += count;
                    limit = limits::SEGMENT_ENTRIES;
                }
                None if limit > 1 => limit /= 2,
                // One entry alone that is too large: the exchange will say so, with its number.
                None => next += 1,
            },
        }
        if request.len() == limits::REQUEST_SEGMENTS || next > last {
            total += request_bytes(opened, std::mem::take(&mut request));
        }
    }
    Ok(total)
}

/// A sealed segment of at most `limit` entries and how many it holds; `None` when it is too large.
fn segment(
    opened: &Opened,
    from: u64,
    limit: usize,
    to: &SealKey,
) -> Result<Option<(Vec<u8>, u64)>, Failure> {
    let store = &opened.session.store;
    let damaged = || ErrorCode::StoreDamaged.failure();
    let mut entries = store.entries(from, u32::try_from(limit).unwrap_or(u32::MAX))?;
    // Up to the next report that is sealed.
    let here = entries.iter().take_while(|entry| !entry.bytes.is_empty());
    entries.truncate(here.count());
    let count = entries.len() as u64;
    let body = SegmentBody {
        event: opened.session.library().config.event.clone(),
        device: opened.session.keys.device,
        first_seq: from,
        before: ChainHash(store.hash_at(from - 1)?.ok_or_else(damaged)?),
        entries: entries.into_iter().map(|entry| entry.bytes).collect(),
    };
    let mut random = Entropy(&*opened.core.0.ids);
    let key = &opened.session.keys.key;
    match seal(&body, key, to, Packing::default(), &mut random) {
        Ok(sealed) => Ok(Some((sealed, count))),
        Err(SealError::TooLarge) => Ok(None),
        Err(error) => Err(Failure::from(baqylau_sync::SyncError::from(error))),
    }
}

fn request_bytes(opened: &Opened, segments: Vec<Vec<u8>>) -> u64 {
    let request = SyncRequest {
        protocol: (1, 1),
        capabilities: 0,
        device: opened.session.keys.device,
        server_epoch: 0,
        cursor: 0,
        config_version: 0,
        segments,
        certificate: None,
        config: None,
        proof: Signature([0; 64]),
    };
    request.signed(&opened.session.keys.key).encode().len() as u64
}
