//! Entries whose reports are sealed: nothing is left of them but the segment that was kept.

use crate::answers::{sending, told};
use crate::delivery::{FORM, enrolled, run};
use baqylau_sync::testing::contract::entries;
use baqylau_sync::testing::{ReferenceHq, SeededRandom, TestDevice};
use baqylau_sync::{SyncError, keep_sealed};

fn seal(device: &TestDevice, entries: &[u64]) {
    keep_sealed(device, &SeededRandom::new(5), entries).expect("sealed");
    device.give_up(entries.iter().copied());
}

#[test]
fn what_was_given_up_arrives_from_its_only_copy() {
    run(async {
        let hq = ReferenceHq::new(1);
        let device = enrolled(2, &hq).await;
        device.append(entries(FORM, 1, 6));
        seal(&device, &[2, 3, 4]);
        device.append(entries(FORM, 7, 3));
        let outcome = device.exchange(&hq).await;
        assert_eq!((outcome.stopped_by, outcome.held_seq), (None, 9));
        assert_eq!(hq.journal(&device.id()), device.journal());
    });
}

#[test]
fn an_only_copy_that_headquarters_cannot_open_holds_up_nothing_else() {
    run(async {
        let hq = ReferenceHq::new(1);
        hq.reconfigure(|config| {
            config.limits.segment_entries = 3;
            config.limits.request_segments = 2;
        });
        let device = enrolled(2, &hq).await;
        device.append(entries(FORM, 1, 4));
        seal(&device, &[4]);
        device.append(entries(FORM, 5, 12));
        hq.replace_seal_key();
        let (outcome, steps) = told(&device, &hq).await;
        assert_eq!(outcome.stopped_by, Some(SyncError::SealedNotOpened(4)));
        let once = [(4, 16), (4, 16), (4, 13), (6, 9), (3, 3)];
        assert_eq!(sending(&steps), once, "what follows goes once");
        assert_eq!(outcome.held_seq, 3, "what lies before it is held");
        assert_eq!(device.exchange(&hq).await.held_seq, 3, "and stays so");
        // All that follows was sent and waits there: with the missing entry it is held at once.
        device.cloned(4).exchange(&hq).await;
        assert_eq!(hq.journal(&device.id()), device.journal());
    });
}

#[test]
fn where_nothing_is_left_nothing_is_sent() {
    run(async {
        let hq = ReferenceHq::new(1);
        let device = enrolled(2, &hq).await;
        device.append(entries(FORM, 1, 3));
        seal(&device, &[2, 3]);
        device.lose_kept_segments();
        let (outcome, steps) = told(&device, &hq).await;
        assert_eq!(outcome.stopped_by, Some(SyncError::SealedLost(2)));
        assert_eq!(sending(&steps), [(1, 3), (0, 2)]);
        assert_eq!((outcome.sent_entries, device.sent_seq()), (1, 1));
    });
}

#[test]
fn what_is_lost_is_named_and_what_follows_is_sent_all_the_same() {
    run(async {
        let hq = ReferenceHq::new(1);
        let device = enrolled(2, &hq).await;
        device.append(entries(FORM, 1, 8));
        seal(&device, &[4, 5]);
        device.lose_kept_segments();
        let outcome = device.exchange(&hq).await;
        assert_eq!(outcome.stopped_by, Some(SyncError::SealedLost(4)));
        assert_eq!(outcome.held_seq, 3);
        // Somebody who has the missing entries still brings them: headquarters has the rest already.
        device.cloned(5).exchange(&hq).await;
        assert_eq!(hq.journal(&device.id()), device.journal());
    });
}
