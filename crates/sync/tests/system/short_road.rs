//! A road on which only short requests arrive.

use crate::answers::{sending, told};
use crate::delivery::{FORM, enrolled, run};
use async_trait::async_trait;
use baqylau_domain::IdSource as _;
use baqylau_protocol::{
    ApiError, BlobHash, BlobProgress, EnrolReply, EnrolRequest, SyncApi, SyncReply, SyncRequest,
};
use baqylau_sync::testing::contract::entries;
use baqylau_sync::testing::{ReferenceHq, SeededRandom, TestDevice};
use baqylau_sync::{Budget, SyncError, deliver};
use parking_lot::Mutex;

/// What such a road bears, segments alone.
const BEARS_BYTES: usize = 9_000;

/// Breaks off whatever is heavier, before it has arrived.
struct ShortRoad<'a> {
    hq: &'a ReferenceHq,
    broke: Mutex<u32>,
}

#[async_trait]
impl SyncApi for ShortRoad<'_> {
    async fn enrol(&self, request: EnrolRequest) -> Result<EnrolReply, ApiError> {
        self.hq.enrol(request).await
    }

    async fn sync(&self, request: SyncRequest) -> Result<SyncReply, ApiError> {
        if request.segments.iter().map(Vec::len).sum::<usize>() > BEARS_BYTES {
            *self.broke.lock() += 1;
            return Err(ApiError::Interrupted);
        }
        self.hq.sync(request).await
    }

    async fn blob(&self, hash: BlobHash, progress: &BlobProgress<'_>) -> Result<Vec<u8>, ApiError> {
        self.hq.blob(hash, progress).await
    }
}

/// Entries that hardly shrink: nearly fifty kilobytes.
fn noise() -> impl Iterator<Item = Vec<u8>> {
    (0..80).map(|seed| {
        let mut bytes = vec![0; 600];
        SeededRandom::new(seed).fill(&mut bytes);
        bytes
    })
}

/// Lets so many requests through and keeps how many bytes of segments each had.
struct Counted<'a> {
    hq: &'a ReferenceHq,
    left: Mutex<u32>,
    requests: Mutex<Vec<usize>>,
}

impl<'a> Counted<'a> {
    fn of(hq: &'a ReferenceHq, requests: u32) -> Self {
        Self {
            hq,
            left: Mutex::new(requests),
            requests: Mutex::default(),
        }
    }
}

#[async_trait]
impl SyncApi for Counted<'_> {
    async fn enrol(&self, request: EnrolRequest) -> Result<EnrolReply, ApiError> {
        self.hq.enrol(request).await
    }

    async fn sync(&self, request: SyncRequest) -> Result<SyncReply, ApiError> {
        {
            let mut left = self.left.lock();
            *left = left.checked_sub(1).ok_or(ApiError::Interrupted)?;
        }
        let bytes = request.segments.iter().map(Vec::len).sum();
        self.requests.lock().push(bytes);
        self.hq.sync(request).await
    }

    async fn blob(&self, hash: BlobHash, progress: &BlobProgress<'_>) -> Result<Vec<u8>, ApiError> {
        self.hq.blob(hash, progress).await
    }
}

/// Exchanges until everything is held, at most `most`.
async fn exchanges(device: &TestDevice, road: &ShortRoad<'_>, most: u32) -> Option<u32> {
    for exchange in 1..=most {
        if device.exchange(road).await.stopped_by.is_none() {
            return Some(exchange);
        }
    }
    None
}

#[test]
fn requests_become_short_enough_to_arrive() {
    run(async {
        let hq = ReferenceHq::new(1);
        let device = enrolled(2, &hq).await;
        device.append(noise());
        let road = ShortRoad {
            hq: &hq,
            broke: Mutex::new(0),
        };
        let needed = exchanges(&device, &road, 30).await;
        assert!(needed.is_some(), "not everything arrived");
        assert!(*road.broke.lock() > 0, "the road never broke");
        assert_eq!(hq.journal(&device.id()), device.journal());
        // What was learnt is not forgotten: the next little thing goes at once.
        device.append(entries(FORM, 81, 3));
        let broke = *road.broke.lock();
        assert_eq!(exchanges(&device, &road, 1).await, Some(1));
        assert_eq!(*road.broke.lock(), broke);
    });
}

#[test]
fn what_was_sealed_for_a_good_road_is_sealed_again_shorter() {
    run(async {
        let hq = ReferenceHq::new(1);
        let device = enrolled(2, &hq).await;
        device.append(noise());
        let packed = baqylau_sync::pack(&device, &SeededRandom::new(7)).expect("packed");
        assert!(packed.iter().any(|it| it.bytes.len() > BEARS_BYTES));
        let road = ShortRoad {
            hq: &hq,
            broke: Mutex::new(0),
        };
        assert!(exchanges(&device, &road, 30).await.is_some());
        assert_eq!(hq.journal(&device.id()), device.journal());
    });
}

#[test]
fn what_is_carried_for_others_goes_in_requests_short_enough_to_arrive() {
    run(async {
        let hq = ReferenceHq::new(1);
        hq.reconfigure(|config| config.limits.segment_entries = 4);
        let (author, carrier) = (enrolled(2, &hq).await, enrolled(3, &hq).await);
        author.append(noise());
        let packed = baqylau_sync::pack(&author, &SeededRandom::new(7)).expect("packed");
        let segments: Vec<Vec<u8>> = packed.into_iter().map(|it| it.bytes).collect();
        let road = ShortRoad {
            hq: &hq,
            broke: Mutex::new(0),
        };
        let (mut rest, mut budget) = (segments.as_slice(), Budget::FULL);
        for _ in 0..30 {
            match deliver(&carrier, &road, rest, &mut budget).await {
                Ok(some) => rest = &rest[some.verdicts.len()..],
                Err(error) => assert_eq!(error, SyncError::Api(ApiError::Interrupted)),
            }
        }
        assert_eq!(rest.len(), 0, "not everything arrived");
        assert!(*road.broke.lock() > 0, "the road never broke");
        assert_eq!(hq.journal(&author.id()), author.journal());
    });
}

/// A device with a long day's entries, an incident of three, and one after it. One request takes sixty entries.
async fn with_an_incident(hq: &ReferenceHq) -> TestDevice {
    hq.reconfigure(|config| {
        config.limits.request_segments = 2;
        config.limits.segment_entries = 30;
    });
    let device = enrolled(2, hq).await;
    device.append(noise());
    device.append(entries(FORM, 81, 3));
    device.mark_urgent(81..=83);
    device.append(entries(FORM, 84, 1));
    device
}

/// The places of the entries that wait at headquarters.
fn waiting(hq: &ReferenceHq, device: &TestDevice) -> Vec<u64> {
    let journal = device.journal();
    let waiting = hq.waiting(&device.id());
    let place = |entry: &Vec<u8>| journal.iter().position(|it| it == entry);
    waiting
        .iter()
        .map(|entry| place(entry).expect("an entry of the journal") as u64 + 1)
        .collect()
}

fn is_all_there(hq: &ReferenceHq, device: &TestDevice) -> bool {
    hq.journal(&device.id()) == device.journal() && hq.waiting(&device.id()).is_empty()
}

#[test]
fn an_incident_does_not_wait_behind_what_was_written_before_it() {
    run(async {
        let hq = ReferenceHq::new(1);
        let device = with_an_incident(&hq).await;
        let road = Counted::of(&hq, 1);
        assert!(device.exchange(&road).await.stopped_by.is_some());
        assert_eq!(waiting(&hq, &device), [81, 82, 83]);
        assert!(hq.journal(&device.id()).is_empty());
        assert!(road.requests.lock()[0] < 2_000);
        assert_eq!(device.sent_seq(), 60, "only what the second request tried");

        let road = Counted::of(&hq, u32::MAX);
        assert_eq!(device.exchange(&road).await.stopped_by, None);
        assert!(is_all_there(&hq, &device));
        let receipt = device.receipt().expect("a receipt");
        assert_eq!(receipt.receipt().upto_seq, 84);
        // Nothing goes ahead of anything any more.
        let requests = road.requests.lock().len();
        assert_eq!(device.exchange(&road).await.stopped_by, None);
        assert_eq!(road.requests.lock().len(), requests + 1);
    });
}

#[test]
fn an_incident_that_goes_in_the_next_request_anyway_costs_none_of_its_own() {
    run(async {
        let hq = ReferenceHq::new(1);
        let device = enrolled(2, &hq).await;
        device.append(entries(FORM, 1, 6));
        device.mark_urgent(4..=6);
        let road = Counted::of(&hq, u32::MAX);
        assert_eq!(device.exchange(&road).await.stopped_by, None);
        assert_eq!(road.requests.lock().len(), 1);
        assert!(is_all_there(&hq, &device));
    });
}

#[test]
fn what_goes_ahead_is_told_as_a_part_of_all_that_goes() {
    run(async {
        let hq = ReferenceHq::new(1);
        let device = with_an_incident(&hq).await;
        let (outcome, steps) = told(&device, &hq).await;
        assert_eq!(outcome.stopped_by, None);
        assert_eq!(sending(&steps), [(3, 84), (60, 84), (24, 24)]);
    });
}

#[test]
fn an_incident_does_not_go_before_what_delays_it_by_a_moment_only() {
    run(async {
        let hq = ReferenceHq::new(1);
        let device = enrolled(2, &hq).await;
        device.append(noise().take(8));
        device.append(entries(FORM, 9, 1));
        device.mark_urgent([9]);
        let road = Counted::of(&hq, u32::MAX);
        assert_eq!(device.exchange(&road).await.stopped_by, None);
        let requests = road.requests.lock();
        assert_eq!(requests.len(), 1);
        assert!(requests[0] > 4_000);
    });
}

#[test]
fn an_incident_of_one_entry_goes_ahead_too() {
    run(async {
        let hq = ReferenceHq::new(1);
        let device = enrolled(2, &hq).await;
        device.append(noise());
        device.append(entries(FORM, 81, 2));
        device.mark_urgent([81]);
        assert!(
            device
                .exchange(&Counted::of(&hq, 1))
                .await
                .stopped_by
                .is_some()
        );
        assert_eq!(waiting(&hq, &device), [81]);
    });
}

/// What goes ahead when a request may have so many bytes, and how many it has.
async fn ahead_in(request_bytes: u32, urgent: impl IntoIterator<Item = u64>) -> (Vec<u64>, usize) {
    let hq = ReferenceHq::new(1);
    hq.reconfigure(|config| config.limits.request_bytes = request_bytes);
    let device = enrolled(2, &hq).await;
    device.append(noise());
    device.mark_urgent(urgent);
    let road = Counted::of(&hq, 1);
    assert!(device.exchange(&road).await.stopped_by.is_some());
    let bytes = road.requests.lock()[0];
    (waiting(&hq, &device), bytes)
}

#[test]
fn what_goes_ahead_fills_a_request_to_its_last_byte_and_no_further() {
    run(async {
        let two = [60, 61, 70, 71];
        let three = [60, 61, 70, 71, 78, 79];
        let (_, bytes) = ahead_in(1_000_000, two).await;
        let exactly = u32::try_from(bytes).expect("a few thousand");
        assert_eq!(ahead_in(exactly, three).await, (two.to_vec(), bytes));
        assert_eq!(ahead_in(exactly - 1, three).await.0, [60, 61]);
        assert_eq!(ahead_in(1_000_000, three).await.0, three);
    });
}

#[test]
fn an_incident_at_the_end_of_a_heavy_request_goes_before_it() {
    run(async {
        let hq = ReferenceHq::new(1);
        let device = enrolled(2, &hq).await;
        device.append(noise());
        device.append(entries(FORM, 81, 3));
        device.mark_urgent(81..=83);
        let road = Counted::of(&hq, 1);
        assert!(device.exchange(&road).await.stopped_by.is_some());
        assert_eq!(waiting(&hq, &device), [81, 82, 83]);
        let road = Counted::of(&hq, u32::MAX);
        assert_eq!(device.exchange(&road).await.stopped_by, None);
        assert!(is_all_there(&hq, &device));
    });
}

#[test]
fn incidents_apart_go_ahead_together_and_only_as_many_as_one_request_takes() {
    run(async {
        let hq = ReferenceHq::new(1);
        let device = with_an_incident(&hq).await;
        device.append(noise());
        device.append(entries(FORM, 165, 2));
        device.append(noise());
        device.append(entries(FORM, 247, 2));
        device.mark_urgent((165..=166).chain(247..=248));
        let outcome = device.exchange(&Counted::of(&hq, 1)).await;
        assert!(outcome.stopped_by.is_some());
        assert_eq!(waiting(&hq, &device), [81, 82, 83, 165, 166]);
        let road = Counted::of(&hq, u32::MAX);
        assert_eq!(device.exchange(&road).await.stopped_by, None);
        assert!(is_all_there(&hq, &device));
    });
}

#[test]
fn what_is_urgent_and_sealed_goes_ahead_in_the_segment_that_was_kept() {
    run(async {
        let hq = ReferenceHq::new(1);
        let device = with_an_incident(&hq).await;
        // The first exchange keeps its segment; then its plain bytes are given up.
        let outcome = device.exchange(&Counted::of(&hq, 0)).await;
        assert!(outcome.stopped_by.is_some());
        device.give_up(81..=83);
        let outcome = device.exchange(&Counted::of(&hq, 1)).await;
        assert!(outcome.stopped_by.is_some());
        assert_eq!(waiting(&hq, &device), [81, 82, 83]);
        let road = Counted::of(&hq, u32::MAX);
        assert_eq!(device.exchange(&road).await.stopped_by, None);
        assert!(is_all_there(&hq, &device));
    });
}
