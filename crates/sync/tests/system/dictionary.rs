//! Packing with the dictionary that the configuration names, and without it for a headquarters that lost it.

use crate::answers::Changed;
use crate::delivery::{FORM, enrolled, run, typical};
use baqylau_domain::Moment;
use baqylau_protocol::{Entry, EntryKind};
use baqylau_sync::testing::contract::entries;
use baqylau_sync::testing::{ReferenceHq, SeededRandom};

#[test]
fn a_device_packs_with_the_dictionary_that_its_configuration_names() {
    let at = Moment {
        utc_ms: 1_301_790_000_000,
        offset_min: 360,
    };
    let note = |text| EntryKind::Note {
        report: 1,
        question: None,
        text,
    };
    run(async {
        let random = SeededRandom::new(3);
        let words = || Entry::new(at, note(format!("{:x}", random.below(u64::MAX)))).encode();
        let written: Vec<Vec<u8>> = (0..60).map(|_| words()).collect();
        let sent = async |hq: &ReferenceHq| {
            let device = enrolled(2, hq).await;
            assert_eq!(device.exchange(hq).await.stopped_by, None);
            device.append(written.clone());
            let outcome = device.exchange(hq).await;
            assert_eq!((outcome.stopped_by, outcome.held_seq), (None, 60));
            assert_eq!(hq.journal(&device.id()), device.journal());
            outcome.sent_bytes
        };
        let (plain, with_dictionary) = (ReferenceHq::new(1), ReferenceHq::new(1));
        with_dictionary.offer_dictionary(&written.concat());
        assert!(sent(&with_dictionary).await < sent(&plain).await);
    });
}

#[test]
fn a_new_seal_key_does_not_cost_the_dictionary() {
    run(async {
        let hq = ReferenceHq::new(1);
        hq.offer_dictionary(&typical());
        let device = enrolled(2, &hq).await;
        assert_eq!(device.exchange(&hq).await.stopped_by, None);
        device.append(entries(FORM, 1, 200));
        hq.replace_seal_key();
        let road = Changed::of(&hq);
        let outcome = device.exchange(&road).await;
        assert_eq!((outcome.stopped_by, outcome.requests), (None, 2));
        let weights: Vec<usize> = road
            .seen
            .lock()
            .iter()
            .map(|it| it.segments[0].len())
            .collect();
        assert_eq!(weights[0], weights[1], "packed in the same way");
        hq.lose_dictionaries();
        device.append(entries(FORM, 201, 200));
        assert_eq!(
            device.exchange(&hq).await.requests,
            2,
            "it was packed with it"
        );
    });
}

#[test]
fn a_headquarters_that_lost_its_dictionary_is_sent_everything_without_it() {
    run(async {
        let hq = ReferenceHq::new(1);
        hq.offer_dictionary(&typical());
        let device = enrolled(2, &hq).await;
        assert_eq!(device.exchange(&hq).await.stopped_by, None);
        device.append(entries(FORM, 1, 30));
        hq.lose_dictionaries();
        let outcome = device.exchange(&hq).await;
        assert_eq!((outcome.stopped_by, outcome.held_seq), (None, 30));
        assert_eq!(hq.journal(&device.id()), device.journal());
    });
}
