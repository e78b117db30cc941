//! What headquarters' answers say besides verdicts, and what is made of answers that contradict themselves.

use crate::delivery::{FORM, enrolled, run};
use async_trait::async_trait;
use baqylau_protocol::{
    ApiError, BlobHash, BlobKind, BlobProgress, EnrolReply, EnrolRequest, PictureReply, PictureRun,
    Refusal, SetAside, SyncApi, SyncReply, SyncRequest, Verdict, limits,
};
use baqylau_sync::testing::contract::entries;
use baqylau_sync::testing::contract_pictures::picture;
use baqylau_sync::testing::{ReferenceHq, SeededRandom, Snapshot, TestDevice};
use baqylau_sync::{Budget, Journal, Outcome, Step, SyncError, exchange};
use parking_lot::Mutex;

pub(crate) type Change<T> = Box<dyn Fn(&mut T) + Send + Sync>;

/// A headquarters whose answers are changed, and whose road may fail at a request.
pub(crate) struct Changed<'a> {
    pub(crate) hq: &'a ReferenceHq,
    pub(crate) sync: Change<SyncReply>,
    pub(crate) enrol: Change<EnrolReply>,
    pub(crate) picture: Change<PictureReply>,
    /// What each further request meets instead of an answer, the next one last.
    pub(crate) fails: Mutex<Vec<Option<ApiError>>>,
    pub(crate) seen: Mutex<Vec<SyncRequest>>,
    pub(crate) runs: Mutex<Vec<PictureRun>>,
}

impl<'a> Changed<'a> {
    pub(crate) fn of(hq: &'a ReferenceHq) -> Self {
        Self {
            hq,
            sync: Box::new(|_| ()),
            enrol: Box::new(|_| ()),
            picture: Box::new(|_| ()),
            fails: Mutex::default(),
            seen: Mutex::default(),
            runs: Mutex::default(),
        }
    }

    fn answering(
        hq: &'a ReferenceHq,
        change: impl Fn(&mut SyncReply) + Send + Sync + 'static,
    ) -> Self {
        Self {
            sync: Box::new(change),
            ..Self::of(hq)
        }
    }

    pub(crate) fn failing(hq: &'a ReferenceHq, fails: Vec<ApiError>) -> Self {
        Self {
            fails: Mutex::new(fails.into_iter().map(Some).collect()),
            ..Self::of(hq)
        }
    }

    fn fail(&self) -> Result<(), ApiError> {
        self.fails.lock().pop().flatten().map_or(Ok(()), Err)
    }
}

#[async_trait]
impl SyncApi for Changed<'_> {
    async fn enrol(&self, request: EnrolRequest) -> Result<EnrolReply, ApiError> {
        self.fail()?;
        let mut reply = self.hq.enrol(request).await?;
        (self.enrol)(&mut reply);
        Ok(reply)
    }

    async fn sync(&self, request: SyncRequest) -> Result<SyncReply, ApiError> {
        self.seen.lock().push(request.clone());
        self.fail()?;
        let mut reply = self.hq.sync(request).await?;
        (self.sync)(&mut reply);
        Ok(reply)
    }

    async fn blob(&self, hash: BlobHash, progress: &BlobProgress<'_>) -> Result<Vec<u8>, ApiError> {
        self.hq.blob(hash, progress).await
    }

    async fn picture(&self, run: PictureRun) -> Result<PictureReply, ApiError> {
        self.runs.lock().push(run.clone());
        let mut reply = SyncApi::picture(self.hq, run).await?;
        (self.picture)(&mut reply);
        Ok(reply)
    }
}

async fn with_entries(seed: u64, hq: &ReferenceHq, count: u64) -> TestDevice {
    let device = enrolled(seed, hq).await;
    device.append(entries(FORM, 1, count));
    device
}

#[test]
fn what_an_answer_says_besides_is_told() {
    run(async {
        let hq = ReferenceHq::new(1);
        let device = with_entries(2, &hq, 3).await;
        let aside = SetAside {
            seq: 2,
            code: "blocked".into(),
        };
        let told = aside.clone();
        let road = Changed::answering(&hq, move |reply| {
            reply.set_aside = vec![told.clone()];
            reply.upgrade = true;
            reply.back_off_s = Some(0);
        });
        let outcome = device.exchange(&road).await;
        assert_eq!((outcome.stopped_by, outcome.held_seq), (None, 3));
        assert_eq!((outcome.head_seq, outcome.receipts), (3, 1));
        assert_eq!(outcome.sent_entries, 3);
        assert!(outcome.sent_bytes >= 512);
        assert_eq!(
            (outcome.set_aside, device.set_aside()),
            (vec![aside.clone()], vec![aside])
        );
        assert!(outcome.upgrade && !outcome.revoked && !outcome.closed && !outcome.rewound);
        assert_eq!(outcome.wait_s, None, "to wait for nothing is not to wait");
        let quiet = device.exchange(&hq).await;
        assert_eq!((quiet.receipts, quiet.requests), (0, 1), "nothing is new");
        assert!(!quiet.upgrade);
    });
}

#[test]
fn a_headquarters_that_lost_the_configuration_is_shown_it_once() {
    run(async {
        let hq = ReferenceHq::new(1);
        let device = with_entries(2, &hq, 3).await;
        let road = Changed::answering(&hq, |reply| reply.wants_config = true);
        let outcome = device.exchange(&road).await;
        assert_eq!((outcome.stopped_by, outcome.requests), (None, 2));
        let seen = road.seen.lock();
        let shown: Vec<bool> = seen.iter().map(|it| it.config.is_some()).collect();
        assert_eq!(shown, [false, true]);
        assert_eq!(seen[1].segments.len(), 0);
        assert_eq!((seen[0].cursor, seen[1].cursor), (1, 4));
    });
}

#[test]
fn a_device_that_headquarters_forgot_introduces_itself_once() {
    run(async {
        let hq = ReferenceHq::new(1);
        let device = with_entries(2, &hq, 3).await;
        let forgotten = || ApiError::Refused(Refusal::NotEnrolled);
        let road = Changed::failing(&hq, vec![forgotten()]);
        let outcome = device.exchange(&road).await;
        assert_eq!((outcome.stopped_by, outcome.requests), (None, 2));
        let shown: Vec<bool> = road
            .seen
            .lock()
            .iter()
            .map(|it| it.certificate.is_some())
            .collect();
        assert_eq!(shown, [false, true]);
        let refusing = Changed::failing(&hq, vec![forgotten(), forgotten()]);
        let outcome = device.exchange(&refusing).await;
        assert_eq!(outcome.stopped_by, Some(SyncError::Api(forgotten())));
        assert_eq!(outcome.requests, 2, "it does not insist");
    });
}

#[test]
fn a_device_that_is_forgotten_again_does_not_introduce_itself_again() {
    run(async {
        let hq = ReferenceHq::new(1);
        hq.reconfigure(|config| {
            config.limits.segment_entries = 4;
            config.limits.request_segments = 1;
        });
        let device = with_entries(2, &hq, 8).await;
        let forgotten = ApiError::Refused(Refusal::NotEnrolled);
        let road = Changed {
            fails: Mutex::new(vec![Some(forgotten.clone()), None, Some(forgotten.clone())]),
            ..Changed::of(&hq)
        };
        let outcome = device.exchange(&road).await;
        assert_eq!(outcome.stopped_by, Some(SyncError::Api(forgotten)));
        assert_eq!((outcome.requests, outcome.held_seq), (3, 4));
        assert_eq!(device.exchange(&hq).await.held_seq, 8);
    });
}

#[test]
fn the_configuration_that_is_held_is_no_news() {
    run(async {
        let hq = ReferenceHq::new(1);
        let device = with_entries(2, &hq, 3).await;
        let held = device.config().expect("in memory");
        let again = held.clone();
        let road = Changed::answering(&hq, move |reply| reply.config.clone_from(&again));
        let (outcome, steps) = told(&device, &road).await;
        assert_eq!((outcome.stopped_by, outcome.held_seq), (None, 3));
        assert_eq!(outcome.new_config, None);
        let is_configured = |step: &Step| matches!(step, Step::Configured { .. });
        assert!(!steps.iter().any(is_configured));
    });
}

#[test]
fn a_restored_headquarters_that_lost_nothing_signs_anew_and_nothing_goes_back() {
    run(async {
        let hq = ReferenceHq::new(1);
        let device = with_entries(2, &hq, 30).await;
        assert_eq!(device.exchange(&hq).await.held_seq, 30);
        hq.restore(&hq.snapshot());
        let outcome = device.exchange(&hq).await;
        assert_eq!((outcome.stopped_by, outcome.held_seq), (None, 30));
        assert!(!outcome.rewound, "it holds what it held");
        assert_eq!((outcome.sent_entries, outcome.receipts), (0, 1));
        let receipt = device.receipt().expect("of the new epoch");
        assert_eq!(receipt.receipt().server_epoch, hq.sync_epoch());
    });
}

#[test]
fn an_answer_that_contradicts_itself_is_not_believed() {
    run(async {
        let hq = ReferenceHq::new(1);
        let changes: [fn(&mut SyncReply); 5] = [
            |reply| reply.next_seq = 0,
            |reply| reply.server_epoch = 0,
            |reply| reply.server_epoch += limits::EPOCH_LEAP + 1,
            |reply| drop(reply.verdicts.pop()),
            |reply| reply.verdicts.push(Verdict::Accepted),
        ];
        for (number, change) in (0..).zip(changes) {
            let device = with_entries(10 + number, &hq, 3).await;
            let road = Changed::answering(&hq, change);
            let outcome = device.exchange(&road).await;
            assert_eq!(
                outcome.stopped_by,
                Some(SyncError::Contradiction),
                "{number}"
            );
            assert_eq!(device.exchange(&hq).await.held_seq, 3);
        }
    });
}

#[test]
fn an_epoch_may_leap_as_far_as_its_limit() {
    run(async {
        let hq = ReferenceHq::new(1);
        let device = with_entries(2, &hq, 3).await;
        let road = Changed::answering(&hq, |reply| {
            reply.server_epoch += limits::EPOCH_LEAP;
            (reply.next_seq, reply.receipt) = (1, None);
            reply.head = baqylau_protocol::ChainHash([0; 32]);
        });
        // The leap is allowed; that the head does not fit is what stops it.
        let outcome = device.exchange(&road).await;
        let fork = baqylau_protocol::QuarantineCode::Fork;
        assert_eq!(outcome.stopped_by, Some(SyncError::Quarantined(fork)));
    });
}

/// Restored to an empty backup before every second request.
struct Restoring<'a> {
    hq: &'a ReferenceHq,
    empty: Snapshot,
    requests: Mutex<u32>,
}

#[async_trait]
impl SyncApi for Restoring<'_> {
    async fn enrol(&self, request: EnrolRequest) -> Result<EnrolReply, ApiError> {
        self.hq.enrol(request).await
    }

    async fn sync(&self, request: SyncRequest) -> Result<SyncReply, ApiError> {
        let requests = {
            let mut requests = self.requests.lock();
            *requests += 1;
            *requests
        };
        if requests % 2 == 0 {
            self.hq.restore(&self.empty);
        }
        self.hq.sync(request).await
    }

    async fn blob(&self, hash: BlobHash, progress: &BlobProgress<'_>) -> Result<Vec<u8>, ApiError> {
        self.hq.blob(hash, progress).await
    }
}

#[test]
fn a_headquarters_that_goes_back_again_and_again_is_left() {
    run(async {
        let hq = ReferenceHq::new(1);
        hq.reconfigure(|config| {
            config.limits.segment_entries = 1;
            config.limits.request_segments = 1;
        });
        let device = with_entries(2, &hq, 0).await;
        assert_eq!(device.exchange(&hq).await.stopped_by, None);
        device.append(entries(FORM, 1, 40));
        let restoring = Restoring {
            hq: &hq,
            empty: hq.snapshot(),
            requests: Mutex::new(0),
        };
        let outcome = device.exchange(&restoring).await;
        assert_eq!(outcome.stopped_by, Some(SyncError::Contradiction));
        assert!(outcome.rewound);
        assert_eq!(
            outcome.requests, 8,
            "it went back three times, and no fourth"
        );
        assert_eq!(device.exchange(&hq).await.held_seq, 40);
    });
}

/// An exchange, and what was told of it.
pub(crate) async fn told(journal: &dyn Journal, api: &dyn SyncApi) -> (Outcome, Vec<Step>) {
    let steps = Mutex::new(Vec::new());
    let note = |step| steps.lock().push(step);
    let random = SeededRandom::new(4);
    let outcome = exchange(journal, api, &random, &note, Budget::FULL).await;
    (outcome, steps.into_inner())
}

/// How many entries each request was said to bring, and of how many.
pub(crate) fn sending(steps: &[Step]) -> Vec<(u64, u64)> {
    let each = steps.iter().filter_map(|step| match step {
        Step::Sending { entries, of, .. } => Some((*entries, *of)),
        _ => None,
    });
    each.collect()
}

#[test]
fn every_step_is_told_as_it_is_made() {
    run(async {
        let hq = ReferenceHq::new(1);
        let device = with_entries(2, &hq, 4).await;
        let form = hq.offer(BlobKind::Form, "voting", &[7; 900]);
        let hash = device.attach(&picture(3, 20_000));
        let (outcome, steps) = told(&device, &hq).await;
        assert_eq!(outcome.stopped_by, None);
        assert_eq!((outcome.pulled_blobs, outcome.pulled_bytes), (1, 900));
        assert_eq!(outcome.held_pictures, 1);
        let bytes = outcome.sent_bytes;
        let sealed = outcome.picture_bytes;
        assert_eq!(
            steps[0],
            Step::Sending {
                entries: 5,
                of: 5,
                bytes
            }
        );
        assert!(steps.contains(&Step::Configured { version: 2 }));
        assert!(steps.contains(&Step::Held { upto_seq: 5 }));
        let pulling = Step::Pulling {
            id: form.id,
            bytes: 900,
            of: 900,
        };
        assert!(steps.contains(&pulling));
        assert!(sealed > 20_000);
        assert_eq!(steps.last(), Some(&Step::PictureHeld { picture: hash }));
    });
}

#[test]
fn a_longer_journal_is_told_in_parts() {
    run(async {
        let hq = ReferenceHq::new(1);
        hq.reconfigure(|config| {
            config.limits.segment_entries = 4;
            config.limits.request_segments = 2;
        });
        let device = with_entries(2, &hq, 0).await;
        assert_eq!(device.exchange(&hq).await.stopped_by, None);
        device.append(entries(FORM, 1, 11));
        let (outcome, steps) = told(&device, &hq).await;
        assert_eq!((outcome.sent_entries, outcome.requests), (11, 2));
        assert_eq!(sending(&steps), [(8, 11), (3, 3)]);
    });
}

#[test]
fn only_what_may_have_arrived_counts_as_sent() {
    run(async {
        let hq = ReferenceHq::new(1);
        for (number, (error, is_sent)) in (0..).zip([
            (ApiError::Unreachable, false),
            (ApiError::Proxy, false),
            (ApiError::Intercepted, false),
            (ApiError::CaptivePortal, false),
            (ApiError::TimedOut, true),
            (ApiError::Interrupted, true),
        ]) {
            let device = with_entries(20 + number, &hq, 3).await;
            let road = Changed::failing(&hq, vec![error.clone()]);
            let outcome = device.exchange(&road).await;
            assert_eq!(outcome.stopped_by, Some(SyncError::Api(error.clone())));
            assert_eq!(device.sent_seq() == 3, is_sent, "{error}");
            let is_shorter = outcome.budget != Budget::FULL;
            let is_broken = matches!(error, ApiError::TimedOut | ApiError::Interrupted);
            assert_eq!(is_shorter, is_broken, "{error}");
        }
    });
}
