//! Pictures run by run: what is sent, what is told, and what is made of answers that do not fit.

use crate::answers::{Changed, told};
use crate::delivery::{FORM, enrolled, run};
use async_trait::async_trait;
use baqylau_domain::AttachmentHash;
use baqylau_protocol::{
    ApiError, BlobHash, BlobProgress, EnrolReply, EnrolRequest, PictureReceipt, PictureReply,
    PictureRun, PictureVerdict, SyncApi, SyncReply, SyncRequest, limits,
};
use baqylau_sync::testing::contract::entries;
use baqylau_sync::testing::contract_pictures::picture;
use baqylau_sync::testing::{ReferenceHq, SeededRandom, TestDevice};
use baqylau_sync::{Outcome, Silent, Step, SyncError, send_pictures};
use parking_lot::Mutex;

async fn with_entries(seed: u64, hq: &ReferenceHq) -> TestDevice {
    let device = enrolled(seed, hq).await;
    device.append(entries(FORM, 1, 3));
    device
}

/// Where each run began, and how long it was.
fn runs(road: &Changed<'_>) -> Vec<(u64, usize)> {
    let runs = road.runs.lock();
    runs.iter().map(|it| (it.offset, it.bytes.len())).collect()
}

fn answering<'a>(
    hq: &'a ReferenceHq,
    change: impl Fn(&mut PictureReply) + Send + Sync + 'static,
) -> Changed<'a> {
    Changed {
        picture: Box::new(change),
        ..Changed::of(hq)
    }
}

#[test]
fn a_picture_of_many_runs_goes_in_one_exchange_and_each_byte_once() {
    run(async {
        let hq = ReferenceHq::new(1);
        let device = with_entries(2, &hq).await;
        let bytes = picture(3, 400_000);
        let hash = device.attach(&bytes);
        let (outcome, steps) = told(&device, &hq).await;
        assert_eq!((outcome.stopped_by, outcome.held_pictures), (None, 1));
        assert_eq!(hq.picture(&device.id(), &hash), Some(bytes));
        let (sent, of) = device.picture_sent(&hash).expect("it was noted");
        assert_eq!(outcome.picture_bytes, of);
        let run = limits::PICTURE_RUN_BYTES as u64;
        assert_eq!(sent, of / run * run, "all but the last run was noted");
        let noted: Vec<(u64, u64)> = steps
            .iter()
            .filter_map(|step| match step {
                Step::SendingPicture { sent, of, picture } if *picture == hash => {
                    Some((*sent, *of))
                }
                _ => None,
            })
            .collect();
        let expected: Vec<(u64, u64)> = (1..=of / run).map(|it| (it * run, of)).collect();
        assert_eq!(noted, expected);
    });
}

#[test]
fn pictures_are_sealed_each_with_randomness_of_its_own() {
    run(async {
        let hq = ReferenceHq::new(1);
        let device = with_entries(2, &hq).await;
        let (one, two) = (
            device.attach(&picture(3, 900)),
            device.attach(&picture(4, 900)),
        );
        assert_eq!(device.exchange(&hq).await.held_pictures, 2);
        let seed = |hash| device.picture_seed(hash).expect("it was sent");
        assert_ne!(seed(&one), seed(&two));
        let other = with_entries(5, &hq).await;
        let third = other.attach(&picture(3, 900));
        assert_eq!(other.exchange(&hq).await.held_pictures, 1);
        assert_ne!(other.picture_seed(&third), Some(seed(&one)));
    });
}

/// While the second run of a picture is on its way, an incident is photographed.
struct Meanwhile<'a> {
    hq: &'a ReferenceHq,
    device: &'a TestDevice,
    incident: Mutex<Option<AttachmentHash>>,
    runs: Mutex<u32>,
}

#[async_trait]
impl SyncApi for Meanwhile<'_> {
    async fn enrol(&self, request: EnrolRequest) -> Result<EnrolReply, ApiError> {
        self.hq.enrol(request).await
    }

    async fn sync(&self, request: SyncRequest) -> Result<SyncReply, ApiError> {
        self.hq.sync(request).await
    }

    async fn blob(&self, hash: BlobHash, progress: &BlobProgress<'_>) -> Result<Vec<u8>, ApiError> {
        self.hq.blob(hash, progress).await
    }

    async fn picture(&self, run: PictureRun) -> Result<PictureReply, ApiError> {
        let runs = {
            let mut runs = self.runs.lock();
            *runs += 1;
            *runs
        };
        if runs == 2 {
            let bytes = picture(9, 20_000);
            *self.incident.lock() = Some(self.device.attach_first(&bytes));
        }
        SyncApi::picture(self.hq, run).await
    }
}

#[test]
fn a_picture_of_an_incident_overtakes_one_that_is_under_way() {
    run(async {
        let hq = ReferenceHq::new(1);
        let device = with_entries(2, &hq).await;
        let long = device.attach(&picture(3, 400_000));
        let road = Meanwhile {
            hq: &hq,
            device: &device,
            incident: Mutex::default(),
            runs: Mutex::default(),
        };
        let (outcome, steps) = told(&device, &road).await;
        assert_eq!(outcome.stopped_by, None);
        let incident = road.incident.lock().expect("it was photographed");
        let held: Vec<AttachmentHash> = steps
            .iter()
            .filter_map(|step| match step {
                Step::PictureHeld { picture } => Some(*picture),
                _ => None,
            })
            .collect();
        assert_eq!(held, [incident, long]);
    });
}

#[test]
fn a_headquarters_that_never_has_anything_of_a_picture_is_left_after_four_runs() {
    run(async {
        let hq = ReferenceHq::new(1);
        let device = with_entries(2, &hq).await;
        let hash = device.attach(&picture(3, 20_000));
        let road = answering(&hq, |reply| {
            (reply.verdict, reply.receipt) = (PictureVerdict::More { held: 0 }, None);
        });
        let outcome = device.exchange(&road).await;
        assert_eq!(outcome.stopped_by, None, "everything else is done");
        let offsets: Vec<u64> = runs(&road).iter().map(|it| it.0).collect();
        assert_eq!(offsets, [0; 4]);
        assert!(!device.is_picture_held(&hash));
        road.runs.lock().clear();
        // Begun before, so it asks first; the answer to a question corrects nothing.
        assert_eq!(device.exchange(&road).await.stopped_by, None);
        let empty: Vec<bool> = runs(&road).iter().map(|it| it.1 == 0).collect();
        assert_eq!(empty, [true, false, false, false, false]);
        assert_eq!(device.exchange(&hq).await.held_pictures, 1);
    });
}

#[test]
fn a_headquarters_that_has_all_and_does_not_sign_is_asked_again_and_left() {
    run(async {
        let hq = ReferenceHq::new(1);
        let device = with_entries(2, &hq).await;
        let hash = device.attach(&picture(3, 20_000));
        let mute = |times: usize| {
            let left = Mutex::new(times);
            answering(&hq, move |reply| {
                let mut left = left.lock();
                if reply.verdict == PictureVerdict::Held && *left > 0 {
                    *left -= 1;
                    let said = reply.receipt.take().is_some();
                    assert!(said, "held without a receipt");
                    reply.verdict = PictureVerdict::More { held: SEALED };
                }
            })
        };
        let road = mute(usize::MAX);
        assert_eq!(device.exchange(&road).await.stopped_by, None);
        let sealed = usize::try_from(SEALED).expect("small");
        let mut asked = vec![(SEALED, 0); 5];
        asked[0] = (0, sealed);
        assert_eq!(runs(&road), asked, "four empty runs at its end");
        assert!(!device.is_picture_held(&hash));
        let road = mute(1);
        let outcome = device.exchange(&road).await;
        assert_eq!((outcome.stopped_by, outcome.held_pictures), (None, 1));
    });
}

/// What a picture of 20,000 bytes weighs sealed.
const SEALED: u64 = 20_541;

#[test]
fn answers_about_pictures_that_contradict_themselves_are_not_believed() {
    run(async {
        let hq = ReferenceHq::new(1);
        let changes: [fn(&mut PictureReply); 4] = [
            |reply| reply.server_epoch += 1,
            |reply| reply.verdict = PictureVerdict::More { held: SEALED + 1 },
            |reply| reply.verdict = PictureVerdict::More { held: u64::MAX },
            |reply| reply.receipt = None,
        ];
        for (number, change) in (0..).zip(changes) {
            let device = with_entries(10 + number, &hq).await;
            let hash = device.attach(&picture(3, 20_000));
            let outcome = device.exchange(&answering(&hq, change)).await;
            let contradiction = Some(SyncError::Contradiction);
            assert_eq!(outcome.stopped_by, contradiction, "{number}");
            assert!(!device.is_picture_held(&hash));
            assert_eq!(device.exchange(&hq).await.held_pictures, 1);
        }
    });
}

#[test]
fn a_receipt_of_another_time_or_of_other_bytes_holds_no_picture() {
    run(async {
        let hq = ReferenceHq::new(1);
        let (good, other_epoch, other_bytes) = ((1, 20_000), (2, 20_000), (1, 19_999));
        for (number, (server_epoch, bytes)) in (0..).zip([other_epoch, other_bytes, good]) {
            let device = with_entries(10 + number, &hq).await;
            let hash = device.attach(&picture(3, 20_000));
            let receipt = hq.sign(&PictureReceipt {
                event: device.event().clone(),
                server_epoch,
                device: device.id(),
                picture: hash,
                bytes,
                received_at_ms: 1,
            });
            let road = answering(&hq, move |reply| reply.receipt = Some(receipt.clone()));
            let outcome = device.exchange(&road).await;
            let is_good = (server_epoch, bytes) == good;
            let refusal = (!is_good).then_some(SyncError::Contradiction);
            assert_eq!(outcome.stopped_by, refusal);
            assert_eq!(device.is_picture_held(&hash), is_good);
        }
    });
}

async fn pictures_alone(device: &TestDevice, api: &dyn SyncApi) -> Outcome {
    let random = SeededRandom::new(6);
    send_pictures(device, api, &random, &Silent).await
}

#[test]
fn pictures_of_a_journal_that_others_carried_go_without_an_exchange() {
    run(async {
        let hq = ReferenceHq::new(1);
        let device = with_entries(2, &hq).await;
        let bytes = picture(3, 100_000);
        let (hash, second) = (device.attach(&bytes), device.attach(&picture(4, 900)));
        let road = Changed::of(&hq);
        let outcome = pictures_alone(&device, &road).await;
        assert_eq!((outcome.stopped_by, outcome.held_pictures), (None, 0));
        assert!(
            outcome.picture_bytes > 100_000,
            "they wait for their entries"
        );
        device.cloned(5).exchange(&hq).await;
        let outcome = pictures_alone(&device, &road).await;
        assert_eq!((outcome.stopped_by, outcome.held_pictures), (None, 2));
        assert!(device.is_picture_held(&hash) && device.is_picture_held(&second));
        assert_eq!(hq.picture(&device.id(), &hash), Some(bytes));
        assert_eq!(road.seen.lock().len(), 0, "no entry and no question goes");
    });
}

#[test]
fn what_stops_pictures_that_go_alone_is_told() {
    run(async {
        let hq = ReferenceHq::new(1);
        let device = with_entries(2, &hq).await;
        device.attach(&picture(3, 20_000));
        let elsewhere = answering(&hq, |reply| reply.server_epoch += 1);
        let outcome = pictures_alone(&device, &elsewhere).await;
        assert_eq!(outcome.stopped_by, Some(SyncError::Contradiction));
    });
}
