//! Pictures on a road that is cut anywhere, with a device that is switched off between exchanges and a headquarters that
//! goes back to backups and changes its keys.

use crate::delivery::{FORM, cases, enrolled, run};
use baqylau_protocol::{
    ApiError, BlobHash, BlobProgress, EnrolReply, EnrolRequest, PictureReply, PictureRun, SyncApi,
    SyncReply, SyncRequest,
};
use baqylau_sync::Journal as _;
use baqylau_sync::testing::contract::entries;
use baqylau_sync::testing::contract_pictures::picture;
use baqylau_sync::testing::{Faulty, ReferenceHq, SeededRandom};
use parking_lot::Mutex;
use proptest::prelude::*;

/// A road that ends after so many bytes of pictures; what was on it until then has arrived.
struct Cut<'a> {
    hq: &'a ReferenceHq,
    left: Mutex<usize>,
    carried: Mutex<Vec<&'static str>>,
}

#[async_trait::async_trait]
impl SyncApi for Cut<'_> {
    async fn enrol(&self, request: EnrolRequest) -> Result<EnrolReply, ApiError> {
        self.hq.enrol(request).await
    }

    async fn sync(&self, request: SyncRequest) -> Result<SyncReply, ApiError> {
        self.carried.lock().push("sync");
        self.hq.sync(request).await
    }

    async fn blob(&self, hash: BlobHash, progress: &BlobProgress<'_>) -> Result<Vec<u8>, ApiError> {
        self.hq.blob(hash, progress).await
    }

    async fn picture(&self, mut run: PictureRun) -> Result<PictureReply, ApiError> {
        self.carried.lock().push("picture");
        let left = *self.left.lock();
        if run.bytes.len() > left {
            run.bytes.truncate(left);
            *self.left.lock() = 0;
            SyncApi::picture(self.hq, run).await?;
            return Err(ApiError::TimedOut);
        }
        *self.left.lock() -= run.bytes.len();
        SyncApi::picture(self.hq, run).await
    }
}

fn road(hq: &ReferenceHq, left: usize) -> Cut<'_> {
    Cut {
        hq,
        left: Mutex::new(left),
        carried: Mutex::default(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..cases(48) })]

    /// Each exchange is a device that was switched on anew: only what its journal keeps is left of the one before. No
    /// byte that has arrived is sent again.
    #[test]
    fn a_picture_cut_anywhere_goes_on_where_it_was_cut(
        length in 10_usize..300_000,
        cuts in prop::collection::vec(0_usize..120_000, 0..6),
    ) {
        run(async {
            let hq = ReferenceHq::new(31);
            let device = enrolled(32, &hq).await;
            device.append(entries(FORM, 1, 3));
            let bytes = picture(33, length);
            let hash = device.attach(&bytes);
            let mut sent = 0;
            for cut in &cuts {
                sent += device.exchange(&road(&hq, *cut)).await.picture_bytes;
            }
            let whole = road(&hq, usize::MAX);
            let outcome = device.exchange(&whole).await;
            assert_eq!(outcome.stopped_by, None);
            sent += outcome.picture_bytes;
            assert!(device.is_picture_held(&hash));
            assert_eq!(hq.picture(&device.id(), &hash), Some(bytes));
            // What the device counts are answered runs; a cut one was never answered.
            let most = length + length / 8 + 40_000;
            assert!(sent <= most as u64, "{sent} of {length} bytes");
        });
    }

    /// Whatever happens on the road and at headquarters, every picture arrives as it was, or is not called held.
    #[test]
    fn nothing_is_lost_or_called_held_on_a_bad_road(
        seed in 0_u64..1_000_000,
        acts in prop::collection::vec(0_u8..8, 0..30),
    ) {
        run(async {
            let hq = ReferenceHq::new(seed);
            let device = enrolled(seed + 1, &hq).await;
            device.append(entries(FORM, 1, 3));
            let mut pictures = Vec::new();
            let mut backup = hq.snapshot();
            for (step, act) in (0_u64..).zip(&acts) {
                match act {
                    0 => {
                        let length = SeededRandom::new(seed ^ step).below(150_000) + 10;
                        let bytes = picture(seed + step, usize::try_from(length).expect("small"));
                        pictures.push((device.attach(&bytes), bytes));
                    }
                    1 => backup = hq.snapshot(),
                    2 => hq.restore(&backup),
                    3 => hq.replace_seal_key(),
                    _ => drop(device.exchange(&Faulty::new(&hq, seed + step, 40)).await),
                }
                let epoch = device.cursor().expect("in memory").server_epoch;
                for (hash, bytes) in &pictures {
                    let held = hq.picture(&device.id(), hash);
                    assert!(held.is_none() || held.as_ref() == Some(bytes), "altered");
                    // A receipt is a promise of one epoch; whether it has ended is learnt in the next exchange.
                    let is_current = hq.sync_epoch() == epoch;
                    assert!(!is_current || !device.is_picture_held(hash) || held.is_some());
                }
            }
            for _ in 0..6 {
                device.exchange(&hq).await;
            }
            for (hash, bytes) in &pictures {
                assert_eq!(device.picture_aside(hash), None);
                assert!(device.is_picture_held(hash), "not held after the road was mended");
                assert_eq!(hq.picture(&device.id(), hash).as_ref(), Some(bytes));
            }
        });
    }
}

#[test]
fn an_incident_goes_before_the_next_run_of_a_picture() {
    run(async {
        let hq = ReferenceHq::new(41);
        let device = enrolled(42, &hq).await;
        device.append(entries(FORM, 1, 3));
        device.attach(&picture(43, 400_000));
        let cut = road(&hq, 100_000);
        assert!(device.exchange(&cut).await.stopped_by.is_some());
        device.append(entries(FORM, 5, 2));
        let next = road(&hq, usize::MAX);
        assert_eq!(device.exchange(&next).await.stopped_by, None);
        let carried = next.carried.lock().clone();
        assert_eq!(carried.first(), Some(&"sync"));
        assert!(carried.iter().skip(1).all(|what| *what == "picture"));
        // A picture already under way when something is finished: the entries go between two runs of it.
        assert_eq!(carried.iter().filter(|what| **what == "sync").count(), 1);
    });
}
