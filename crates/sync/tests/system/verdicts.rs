//! What a device makes of verdicts on its segments: it cuts or seals them anew, or stops and says why.

use crate::answers::{sending, told};
use crate::delivery::{FORM, enrolled, run, typical};
use async_trait::async_trait;
use baqylau_domain::IdSource as _;
use baqylau_protocol::{
    ApiError, BlobHash, BlobProgress, EnrolReply, EnrolRequest, SyncApi, SyncReply, SyncRequest,
    Verdict,
};
use baqylau_sync::SyncError;
use baqylau_sync::testing::contract::entries;
use baqylau_sync::testing::{ReferenceHq, SeededRandom, TestDevice};
use parking_lot::Mutex;

/// A headquarters that takes nothing of a request in which it does not like a segment.
pub(crate) struct Picky<'a> {
    pub(crate) hq: &'a ReferenceHq,
    pub(crate) device: &'a TestDevice,
    pub(crate) verdict: Verdict,
    /// The longest segment it likes.
    pub(crate) most_bytes: usize,
    /// How many segments each request had.
    pub(crate) asked: Mutex<Vec<usize>>,
}

impl<'a> Picky<'a> {
    fn new(
        hq: &'a ReferenceHq,
        device: &'a TestDevice,
        verdict: Verdict,
        most_bytes: usize,
    ) -> Self {
        Self {
            hq,
            device,
            verdict,
            most_bytes,
            asked: Mutex::default(),
        }
    }
}

#[async_trait]
impl SyncApi for Picky<'_> {
    async fn enrol(&self, request: EnrolRequest) -> Result<EnrolReply, ApiError> {
        self.hq.enrol(request).await
    }

    async fn sync(&self, mut request: SyncRequest) -> Result<SyncReply, ApiError> {
        let count = request.segments.len();
        self.asked.lock().push(count);
        if request
            .segments
            .iter()
            .all(|it| it.len() <= self.most_bytes)
        {
            return self.hq.sync(request).await;
        }
        request.segments.clear();
        let mut reply = self.hq.sync(request.signed(self.device.key())).await?;
        reply.verdicts = vec![self.verdict.clone(); count];
        Ok(reply)
    }

    async fn blob(&self, hash: BlobHash, progress: &BlobProgress<'_>) -> Result<Vec<u8>, ApiError> {
        self.hq.blob(hash, progress).await
    }
}

/// Entries of 600 bytes that hardly shrink.
pub(crate) fn noise(count: u64) -> impl Iterator<Item = Vec<u8>> {
    (0..count).map(|seed| {
        let mut bytes = vec![0; 600];
        SeededRandom::new(seed).fill(&mut bytes);
        bytes
    })
}

/// A device of which four entries are held and eight long ones are not.
async fn with_eight_more(hq: &ReferenceHq) -> TestDevice {
    let device = enrolled(2, hq).await;
    device.append(entries(FORM, 1, 4));
    assert_eq!(device.exchange(hq).await.held_seq, 4);
    device.append(noise(8));
    device
}

#[test]
fn what_headquarters_finds_too_large_is_halved_until_it_is_taken() {
    run(async {
        let hq = ReferenceHq::new(1);
        let device = with_eight_more(&hq).await;
        let road = Picky::new(&hq, &device, Verdict::TooLarge, 2_000);
        let outcome = device.exchange(&road).await;
        assert_eq!((outcome.stopped_by, outcome.held_seq), (None, 12));
        assert_eq!(
            *road.asked.lock(),
            [1, 2, 4],
            "eight, four, and two in each"
        );
        assert_eq!(hq.journal(&device.id()), device.journal());
    });
}

#[test]
fn an_entry_that_headquarters_finds_too_large_alone_is_named() {
    run(async {
        let hq = ReferenceHq::new(1);
        let device = with_eight_more(&hq).await;
        let road = Picky::new(&hq, &device, Verdict::TooLarge, 100);
        let outcome = device.exchange(&road).await;
        assert_eq!(outcome.stopped_by, Some(SyncError::EntryTooLarge(5)));
        assert_eq!(*road.asked.lock(), [1, 2, 4, 8]);
        assert_eq!(device.exchange(&hq).await.held_seq, 12);
    });
}

#[test]
fn a_headquarters_that_opens_nothing_is_sent_everything_once_more_without_the_dictionary() {
    run(async {
        for (has_dictionary, requests) in [(false, 1), (true, 2)] {
            let hq = ReferenceHq::new(1);
            if has_dictionary {
                hq.offer_dictionary(&typical());
            }
            let device = enrolled(2, &hq).await;
            assert_eq!(device.exchange(&hq).await.stopped_by, None);
            device.append(entries(FORM, 1, 30));
            let road = Picky::new(&hq, &device, Verdict::UnknownKey, 100);
            let (outcome, steps) = told(&device, &road).await;
            assert_eq!(outcome.stopped_by, Some(SyncError::Contradiction));
            assert_eq!(sending(&steps), vec![(30, 30); requests]);
        }
    });
}
