//! How a stretch of the journal is cut into segments and requests, and what is sealed only once.

use crate::answers::Changed;
use crate::delivery::{FORM, enrolled, run};
use crate::verdicts::noise;
use baqylau_domain::IdSource;
use baqylau_protocol::{ApiError, OuterHeader};
use baqylau_sync::testing::contract::entries;
use baqylau_sync::testing::{ReferenceHq, SeededRandom, TestDevice};
use baqylau_sync::{Budget, Journal as _, KeptSegment, Outcome, Silent, exchange, pack};
use parking_lot::Mutex;
use std::collections::BTreeSet;

/// Randomness for some dozen segments: sealing that never ends uses it up.
struct Little {
    random: SeededRandom,
    left: Mutex<u32>,
}

impl Little {
    fn new() -> Self {
        Self {
            random: SeededRandom::new(8),
            left: Mutex::new(200),
        }
    }
}

impl IdSource for Little {
    fn fill(&self, buffer: &mut [u8]) {
        let mut left = self.left.lock();
        *left = left.checked_sub(1).expect("sealing never comes to its end");
        self.random.fill(buffer);
    }
}

fn packed(device: &TestDevice) -> Vec<KeptSegment> {
    pack(device, &Little::new()).expect("it can be packed")
}

fn ranges(segments: &[KeptSegment]) -> Vec<(u64, u64)> {
    let range = |it: &KeptSegment| (it.first_seq, it.last_seq);
    segments.iter().map(range).collect()
}

/// An exchange on a road that bears so much, and how many segments each request had.
async fn within(device: &TestDevice, hq: &ReferenceHq, budget: Budget) -> (Outcome, Vec<usize>) {
    let road = Changed::of(hq);
    let random = Little::new();
    let outcome = exchange(device, &road, &random, &Silent, budget).await;
    let counts = road
        .seen
        .lock()
        .iter()
        .map(|it| it.segments.len())
        .collect();
    (outcome, counts)
}

/// The device has learnt the configuration that headquarters has by now.
async fn learn(device: &TestDevice, hq: &ReferenceHq) {
    let newcomer = enrolled(77, hq).await;
    let signed = newcomer.config().expect("in memory").expect("enrolled");
    let root = device.credentials().expect("in memory").root;
    let parsed = signed.verify(&root).expect("by its root");
    device.record_config(&signed, &parsed).expect("in memory");
}

#[test]
fn a_segment_takes_as_many_entries_as_may_be_unpacked_at_once() {
    run(async {
        let hq = ReferenceHq::new(1);
        let device = enrolled(2, &hq).await;
        device.append(vec![vec![7; 3_000]; 350]);
        // 348 of them fill 1 MiB less the room for 500 lengths.
        assert_eq!(ranges(&packed(&device)), [(1, 348), (349, 350)]);
    });
}

#[test]
fn entries_that_do_not_fit_on_the_wire_together_are_sealed_in_halves() {
    run(async {
        let hq = ReferenceHq::new(1);
        let device = enrolled(2, &hq).await;
        device.append(noise(200));
        let ranges = ranges(&packed(&device));
        assert_eq!(ranges[0], (1, 100));
        assert_eq!(ranges.last(), Some(&(101, 200)));
    });
}

#[test]
fn a_request_is_filled_up_to_the_limit_of_the_event() {
    run(async {
        let hq = ReferenceHq::new(1);
        hq.reconfigure(|config| config.limits.segment_entries = 4);
        let first = enrolled(2, &hq).await;
        first.append(entries(FORM, 1, 16));
        let bytes: Vec<usize> = packed(&first).iter().map(|it| it.bytes.len()).collect();
        let two = u32::try_from(bytes[0] + bytes[1]).expect("small");
        for (most, counts) in [(two, vec![2, 2]), (two - 1, vec![1; 4]), (1, vec![1; 4])] {
            hq.reconfigure(|config| config.limits.request_bytes = most);
            let device = enrolled(3 + u64::from(most), &hq).await;
            device.append(entries(FORM, 1, 16));
            let (outcome, requests) = within(&device, &hq, Budget::FULL).await;
            assert_eq!((outcome.stopped_by, outcome.held_seq), (None, 16));
            assert_eq!(requests, counts, "{most} bytes in {bytes:?}");
        }
    });
}

#[test]
fn a_segment_as_heavy_as_the_road_bears_goes_whole_and_a_heavier_one_in_halves() {
    run(async {
        let hq = ReferenceHq::new(1);
        let device = enrolled(2, &hq).await;
        device.append(noise(8));
        let bytes = packed(&device)[0].bytes.len();
        let bears = |bytes: usize| Budget::FULL.after_break(2 * bytes);
        let (outcome, requests) = within(&device.cloned(8), &hq, bears(bytes)).await;
        assert_eq!((outcome.held_seq, requests), (8, vec![1]));
        let other = enrolled(3, &hq).await;
        other.append(noise(8));
        let (outcome, requests) = within(&other, &hq, bears(bytes - 1)).await;
        assert_eq!((outcome.held_seq, requests), (8, vec![1, 1]));
    });
}

#[test]
fn one_entry_goes_although_the_road_hardly_bears_it() {
    run(async {
        let hq = ReferenceHq::new(1);
        let device = enrolled(2, &hq).await;
        device.append([noise(9).flatten().collect(), vec![1; 9]]);
        let (outcome, requests) = within(&device, &hq, Budget::FULL.after_break(0)).await;
        assert_eq!((outcome.stopped_by, outcome.held_seq), (None, 2));
        assert_eq!(requests, [1, 1]);
    });
}

#[test]
fn what_was_sealed_once_goes_again_as_it_is() {
    run(async {
        for count in [1, 4] {
            let hq = ReferenceHq::new(1);
            hq.reconfigure(|config| config.limits.segment_entries = 4);
            let device = enrolled(2, &hq).await;
            device.append(entries(FORM, 1, count));
            let road = Changed::failing(&hq, vec![ApiError::TimedOut]);
            assert!(device.exchange(&road).await.stopped_by.is_some());
            assert_eq!(device.exchange(&road).await.held_seq, count);
            let seen = road.seen.lock();
            assert_eq!(seen[0].segments, seen[1].segments, "{count} entries");
        }
    });
}

#[test]
fn what_was_sealed_under_other_rules_is_sealed_anew() {
    run(async {
        let hq = ReferenceHq::new(1);
        let device = enrolled(2, &hq).await;
        device.append(entries(FORM, 1, 4));
        assert_eq!(ranges(&packed(&device)), [(1, 4)]);
        hq.reconfigure(|config| config.limits.segment_entries = 2);
        learn(&device, &hq).await;
        let cut = packed(&device);
        assert_eq!(ranges(&cut), [(1, 2), (3, 4)]);
        hq.replace_seal_key();
        learn(&device, &hq).await;
        let anew = packed(&device);
        assert_eq!(ranges(&anew), [(1, 2), (3, 4)]);
        assert!(anew.iter().all(|it| it.seal_key != cut[0].seal_key));
    });
}

#[test]
fn no_two_segments_of_a_device_bear_the_same_tag() {
    run(async {
        let hq = ReferenceHq::new(1);
        hq.reconfigure(|config| config.limits.segment_entries = 1);
        let device = enrolled(2, &hq).await;
        device.append(entries(FORM, 1, 3));
        let random = Little::new();
        let mut tags = BTreeSet::new();
        for _ in 0..2 {
            device.lose_kept_segments();
            for segment in pack(&device, &random).expect("it can be packed") {
                tags.insert(OuterHeader::read(&segment.bytes).expect("a segment").tag);
            }
        }
        assert_eq!(tags.len(), 6, "and sealed anew, another");
    });
}
