//! Nothing lost, nothing doubled, nothing altered, and nothing called held that is not, on a road that fails
//! and with a headquarters that goes back to old backups.

use baqylau_domain::FormRef;
use baqylau_protocol::{
    ApiError, BlobKind, ChainHash, ConfigError, QuarantineCode, SyncApi, SyncReply,
};
use baqylau_sync::testing::contract::entries;
use baqylau_sync::testing::{Faulty, ReferenceHq, SeededRandom, TestDevice};
use baqylau_sync::{Journal, SyncError};
use proptest::prelude::*;

pub(crate) const FORM: FormRef = FormRef([1, 2, 3, 4]);

pub(crate) fn run<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime")
        .block_on(work)
}

pub(crate) async fn enrolled(seed: u64, hq: &ReferenceHq) -> TestDevice {
    TestDevice::enrolled(seed, hq, &hq.code())
        .await
        .expect("a fresh code enrols")
}

/// So many random cases, or fewer where `PROPTEST_CASES` asks for fewer.
pub(crate) fn cases(most: u32) -> ProptestConfig {
    let asked = ProptestConfig::default();
    ProptestConfig {
        cases: most.min(asked.cases),
        ..asked
    }
}

/// What somebody does in one step of a schedule.
#[derive(Debug, Clone)]
enum Act {
    Write {
        device: usize,
        count: u64,
    },
    Exchange {
        device: usize,
    },
    Backup,
    Restore,
    ReplaceSealKey,
    OfferDictionary,
    LoseDictionaries,
    Reconfigure {
        segment_entries: u16,
        request_segments: u16,
    },
}

fn act(devices: usize) -> impl Strategy<Value = Act> {
    prop_oneof![
        6 => (0..devices, 1_u64..30).prop_map(|(device, count)| Act::Write { device, count }),
        8 => (0..devices).prop_map(|device| Act::Exchange { device }),
        2 => Just(Act::Backup),
        1 => Just(Act::Restore),
        1 => Just(Act::ReplaceSealKey),
        1 => Just(Act::OfferDictionary),
        1 => Just(Act::LoseDictionaries),
        1 => (1_u16..40, 1_u16..5).prop_map(|(segment_entries, request_segments)| Act::Reconfigure {
            segment_entries,
            request_segments
        }),
    ]
}

/// Every entry that a device calls held is held, as it was written, and nothing else is.
fn assert_true_to(device: &TestDevice, hq: &ReferenceHq, restored: bool) {
    let (written, held) = (device.journal(), hq.journal(&device.id()));
    assert!(
        held.len() <= written.len() && held == written[..held.len()],
        "lost, doubled or altered"
    );
    let receipted = usize::try_from(device.cursor().expect("in memory").held_seq).expect("small");
    assert!(
        restored || receipted <= held.len(),
        "{receipted} receipted, {} held",
        held.len()
    );
}

/// What entries of these tests look like.
pub(crate) fn typical() -> Vec<u8> {
    entries(FORM, 1, 9).concat()
}

async fn perform(
    act: &Act,
    step: u64,
    hq: &ReferenceHq,
    devices: &[TestDevice],
    backups: &mut Vec<baqylau_sync::testing::Snapshot>,
) {
    match act {
        Act::Write { device, count } => {
            let device = &devices[*device];
            let first_seq = device.journal().len() as u64 + 1;
            device.append(entries(FORM, first_seq, *count));
            if count % 3 == 0 {
                // Now and then it is an incident, and goes ahead where the limits leave something behind.
                device.mark_urgent(first_seq..first_seq + count);
            }
        }
        Act::Exchange { device } => {
            let road = Faulty::new(hq, step, 50);
            devices[*device].exchange(&road).await;
        }
        Act::Backup => backups.push(hq.snapshot()),
        Act::Restore => {
            if let Some(backup) = backups.first() {
                hq.restore(backup);
            }
        }
        Act::ReplaceSealKey => hq.replace_seal_key(),
        Act::OfferDictionary => drop(hq.offer_dictionary(&typical())),
        Act::LoseDictionaries => hq.lose_dictionaries(),
        Act::Reconfigure {
            segment_entries,
            request_segments,
        } => hq.reconfigure(|config| {
            config.limits.segment_entries = *segment_entries;
            config.limits.request_segments = *request_segments;
        }),
    }
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn any_schedule_of_faults_heals_in_three_exchanges(seed: u64, acts in prop::collection::vec(act(3), 1..40)) {
        run(async {
            let hq = ReferenceHq::new(seed);
            let mut devices = Vec::new();
            for index in 0..3 {
                devices.push(enrolled(seed.wrapping_add(index + 1), &hq).await);
            }
            let mut backups = vec![hq.snapshot()];
            let mut restored = false;
            for (step, act) in (0_u64..).zip(&acts) {
                perform(act, seed ^ step, &hq, &devices, &mut backups).await;
                restored |= matches!(act, Act::Restore);
                devices.iter().for_each(|device| assert_true_to(device, &hq, restored));
            }
            for device in &devices {
                let mut last = None;
                for _ in 0..3 {
                    last = Some(device.exchange(&hq).await);
                }
                let last = last.expect("three exchanges");
                assert_eq!(last.stopped_by, None);
                assert_eq!(hq.journal(&device.id()), device.journal(), "all of it, once, as it was written");
                assert_eq!(last.held_seq, device.journal().len() as u64);
                assert_true_to(device, &hq, false);
            }
        });
    }

    #[test]
    fn a_pause_is_never_longer_than_its_ceiling_and_never_shorter_than_asked(failures in 0_u32..100, asked in prop::option::of(0_u32..600), seed: u64) {
        let backoff = baqylau_sync::Backoff::default();
        let pause = baqylau_sync::backoff(backoff, failures, asked, &SeededRandom::new(seed));
        let floor = std::time::Duration::from_secs(u64::from(asked.unwrap_or(0)));
        prop_assert!(pause >= floor && pause <= floor + backoff.cap);
        if failures <= 1 {
            prop_assert!(pause <= floor + backoff.base);
        }
    }
}

#[test]
fn five_hundred_reports_need_at_most_two_requests() {
    run(async {
        let hq = ReferenceHq::new(1);
        let device = enrolled(2, &hq).await;
        device.append(entries(FORM, 1, 1500));
        let outcome = device.exchange(&hq).await;
        assert_eq!((outcome.stopped_by, outcome.held_seq), (None, 1500));
        assert!(outcome.requests <= 2, "{} requests", outcome.requests);
    });
}

#[test]
fn a_headquarters_restored_from_a_backup_gets_everything_again() {
    run(async {
        let hq = ReferenceHq::new(1);
        let before_enrolment = hq.snapshot();
        let device = enrolled(2, &hq).await;
        device.append(entries(FORM, 1, 30));
        assert_eq!(device.exchange(&hq).await.held_seq, 30);
        hq.restore(&before_enrolment);
        let outcome = device.exchange(&hq).await;
        assert!(outcome.rewound);
        assert_eq!((outcome.stopped_by, outcome.held_seq), (None, 30));
        assert_eq!(hq.journal(&device.id()), device.journal());
    });
}

#[test]
fn a_new_seal_key_costs_one_request_more() {
    run(async {
        let hq = ReferenceHq::new(1);
        let device = enrolled(2, &hq).await;
        device.append(entries(FORM, 1, 5));
        hq.replace_seal_key();
        let outcome = device.exchange(&hq).await;
        assert_eq!(
            (outcome.stopped_by, outcome.held_seq, outcome.requests),
            (None, 5, 2)
        );
        assert_eq!(outcome.new_config, Some(2));
    });
}

#[test]
fn segments_too_large_for_headquarters_are_cut() {
    run(async {
        let hq = ReferenceHq::new(1);
        let device = enrolled(2, &hq).await;
        let noise = |seed| {
            let mut bytes = vec![0; 30_000];
            baqylau_domain::IdSource::fill(&SeededRandom::new(seed), &mut bytes);
            bytes
        };
        device.append((0..6).map(noise));
        let outcome = device.exchange(&hq).await;
        assert_eq!((outcome.stopped_by, outcome.held_seq), (None, 6));
        device.append([vec![1; 300_000]]);
        let outcome = device.exchange(&hq).await;
        assert_eq!(
            (outcome.stopped_by, outcome.held_seq),
            (Some(SyncError::EntryTooLarge(7)), 6)
        );
    });
}

#[test]
fn a_device_asked_to_wait_waits_and_loses_nothing() {
    run(async {
        let hq = ReferenceHq::new(1);
        let device = enrolled(2, &hq).await;
        hq.reconfigure(|config| {
            config.limits.segment_entries = 5;
            config.limits.request_segments = 1;
        });
        device.exchange(&hq).await;
        device.append(entries(FORM, 1, 12));
        hq.ask_to_wait(Some(30));
        let outcome = device.exchange(&hq).await;
        let busy = SyncError::Api(ApiError::Busy {
            retry_after_s: Some(30),
        });
        assert_eq!(
            (outcome.stopped_by, outcome.held_seq, outcome.wait_s),
            (Some(busy), 5, Some(30))
        );
        hq.ask_to_wait(None);
        assert_eq!(device.exchange(&hq).await.held_seq, 12);
    });
}

#[test]
fn an_older_configuration_is_refused_and_the_held_one_stays() {
    run(async {
        let hq = ReferenceHq::new(1);
        let device = enrolled(2, &hq).await;
        let old = device.config().expect("in memory").expect("enrolled");
        hq.reconfigure(|config| config.closed = true);
        assert!(device.exchange(&hq).await.closed);
        let held = device.config().expect("in memory");
        let road = Replaying {
            inner: &hq,
            config: old,
        };
        let outcome = device.exchange(&road).await;
        let rolled_back = ConfigError::RolledBack {
            held: 2,
            offered: 1,
        };
        assert_eq!(outcome.stopped_by, Some(SyncError::Config(rolled_back)));
        assert_eq!(device.config().expect("in memory"), held);
    });
}

#[test]
fn a_receipt_for_something_else_holds_nothing() {
    run(async {
        let hq = ReferenceHq::new(1);
        let (device, other) = (enrolled(2, &hq).await, enrolled(3, &hq).await);
        device.append(entries(FORM, 1, 5));
        other.append(entries(FORM, 1, 5));
        other.exchange(&hq).await;
        let foreign = other.receipt().expect("held").signed().clone();
        let swapped = Altered {
            inner: &hq,
            alter: move |reply: &mut SyncReply| reply.receipt = Some(foreign.clone()),
        };
        let outcome = device.exchange(&swapped).await;
        assert!(matches!(outcome.stopped_by, Some(SyncError::Receipt(_))));
        assert_eq!((outcome.held_seq, device.receipt()), (0, None));
        let unsigned = Altered {
            inner: &hq,
            alter: |reply: &mut SyncReply| reply.receipt = None,
        };
        let outcome = device.exchange(&unsigned).await;
        assert_eq!(
            (outcome.stopped_by, outcome.held_seq),
            (Some(SyncError::Contradiction), 0)
        );
        let forked = Altered {
            inner: &hq,
            alter: |reply: &mut SyncReply| reply.head = ChainHash([9; 32]),
        };
        let outcome = device.exchange(&forked).await;
        assert_eq!(
            outcome.stopped_by,
            Some(SyncError::Quarantined(QuarantineCode::Fork))
        );
        assert_eq!(
            device.exchange(&hq).await.held_seq,
            5,
            "the truth still works"
        );
    });
}

#[test]
fn a_blob_that_is_not_what_it_should_be_is_not_kept() {
    run(async {
        let hq = ReferenceHq::new(1);
        let device = enrolled(2, &hq).await;
        let blob = hq.offer(BlobKind::Form, "voting", b"the form");
        let road = WrongBlobs(&hq);
        let outcome = device.exchange(&road).await;
        assert_eq!(outcome.stopped_by, Some(SyncError::WrongBlob(blob.hash)));
        assert_eq!(device.blob(&blob.hash), None);
        assert_eq!(device.exchange(&hq).await.pulled_blobs, 1);
    });
}

struct Altered<'a, F> {
    inner: &'a ReferenceHq,
    alter: F,
}

struct Replaying<'a> {
    inner: &'a ReferenceHq,
    config: baqylau_protocol::SignedConfig,
}

struct WrongBlobs<'a>(&'a ReferenceHq);

mod roads {
    use super::{Altered, Replaying, SyncApi, WrongBlobs};
    use async_trait::async_trait;
    use baqylau_protocol::{
        ApiError, BlobHash, BlobProgress, EnrolReply, EnrolRequest, SyncReply, SyncRequest,
    };

    #[async_trait]
    impl<F: Fn(&mut SyncReply) + Send + Sync> SyncApi for Altered<'_, F> {
        async fn enrol(&self, request: EnrolRequest) -> Result<EnrolReply, ApiError> {
            self.inner.enrol(request).await
        }

        async fn sync(&self, request: SyncRequest) -> Result<SyncReply, ApiError> {
            let mut reply = self.inner.sync(request).await?;
            (self.alter)(&mut reply);
            Ok(reply)
        }

        async fn blob(
            &self,
            hash: BlobHash,
            progress: &BlobProgress<'_>,
        ) -> Result<Vec<u8>, ApiError> {
            self.inner.blob(hash, progress).await
        }
    }

    #[async_trait]
    impl SyncApi for Replaying<'_> {
        async fn enrol(&self, request: EnrolRequest) -> Result<EnrolReply, ApiError> {
            self.inner.enrol(request).await
        }

        async fn sync(&self, request: SyncRequest) -> Result<SyncReply, ApiError> {
            let mut reply = self.inner.sync(request).await?;
            reply.config = Some(self.config.clone());
            Ok(reply)
        }

        async fn blob(
            &self,
            hash: BlobHash,
            progress: &BlobProgress<'_>,
        ) -> Result<Vec<u8>, ApiError> {
            self.inner.blob(hash, progress).await
        }
    }

    #[async_trait]
    impl SyncApi for WrongBlobs<'_> {
        async fn enrol(&self, request: EnrolRequest) -> Result<EnrolReply, ApiError> {
            self.0.enrol(request).await
        }

        async fn sync(&self, request: SyncRequest) -> Result<SyncReply, ApiError> {
            self.0.sync(request).await
        }

        async fn blob(
            &self,
            hash: BlobHash,
            progress: &BlobProgress<'_>,
        ) -> Result<Vec<u8>, ApiError> {
            let mut bytes = self.0.blob(hash, progress).await?;
            bytes[0] ^= 1;
            Ok(bytes)
        }
    }
}
