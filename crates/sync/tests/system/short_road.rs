//! A road on which only short requests arrive.

use crate::delivery::{FORM, enrolled, run};
use async_trait::async_trait;
use baqylau_domain::IdSource as _;
use baqylau_protocol::{
    ApiError, BlobHash, BlobProgress, EnrolReply, EnrolRequest, SyncApi, SyncReply, SyncRequest,
};
use baqylau_sync::testing::contract::entries;
use baqylau_sync::testing::{ReferenceHq, SeededRandom, TestDevice};
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
        let clock = baqylau_sync::testing::FixedClock::default();
        let packed = baqylau_sync::pack(&device, &clock, &SeededRandom::new(7)).expect("packed");
        assert!(packed.iter().any(|it| it.bytes.len() > BEARS_BYTES));
        let road = ShortRoad {
            hq: &hq,
            broke: Mutex::new(0),
        };
        assert!(exchanges(&device, &road, 30).await.is_some());
        assert_eq!(hq.journal(&device.id()), device.journal());
    });
}
