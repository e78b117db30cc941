//! Sealing in any order with everything else: nothing is removed that is not whole in the outbox.

use crate::common::{AT, begun, created, entries, files, observers, reopened, text};
use baqylau_domain::ReportState;
use baqylau_store::{Receipt, SealedCopy, Segment, Store, StoreError};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use uuid::Uuid;

const REPORTS: u128 = 3;

#[derive(Debug, Clone)]
enum Act {
    Answer(u128, i64),
    Note(u128),
    Finish(u128),
    Correct(u128),
    Drop(u128),
    Seal(u128),
    /// Seals so many of the last entries into a segment.
    Pack(u64),
    Receipt,
    /// Damages the file with this place among those of the outbox.
    Damage(usize),
    Reopen,
}

fn act() -> impl Strategy<Value = Act> {
    let report = || 1..=REPORTS;
    prop_oneof![
        3 => (report(), any::<i64>()).prop_map(|(report, value)| Act::Answer(report, value)),
        1 => report().prop_map(Act::Note),
        4 => report().prop_map(Act::Finish),
        2 => report().prop_map(Act::Correct),
        1 => report().prop_map(Act::Drop),
        5 => report().prop_map(Act::Seal),
        4 => (1_u64..12).prop_map(Act::Pack),
        1 => Just(Act::Receipt),
        1 => (0_usize..6).prop_map(Act::Damage),
        1 => Just(Act::Reopen),
    ]
}

/// Entries that lie in some whole segment.
fn packed(store: &Store) -> BTreeSet<u64> {
    let head = store.head().expect("read").next_seq;
    let is_packed = |seq: &u64| store.segment_over(*seq).expect("read").is_some();
    (1..head).filter(is_packed).collect()
}

fn seal(store: &Store, report: Uuid) {
    let before = store.report(report).expect("read").expect("there");
    let (answers, revisions) = (
        store.answers(report).expect("read"),
        store.revisions(report).expect("read"),
    );
    let of = store.entries_of(report).expect("read");
    let is_packed = of.iter().all(|seq| packed(store).contains(seq));
    let is_loose = store
        .notes(report)
        .expect("read")
        .iter()
        .any(|it| it.seq.is_none());
    let may = before.state == ReportState::Finished && !is_loose && before.sealed_at.is_none();
    match store.seal_report(report, AT) {
        Ok(()) => {
            assert!(may && is_packed, "only what is settled and in the outbox");
            assert_eq!(store.answers(report).expect("read").len(), 0);
        }
        Err(error) => {
            let is_expected = match error {
                StoreError::Sealed => before.sealed_at.is_some(),
                StoreError::NotInOutbox { .. } => may && !is_packed,
                StoreError::NotEditable(_) => before.state != ReportState::Finished || is_loose,
                _ => false,
            };
            assert!(is_expected, "{error:?}");
            assert_eq!(store.answers(report).expect("read"), answers);
            assert_eq!(store.revisions(report).expect("read"), revisions);
        }
    }
}

fn pack(store: &Store, most: u64, count: usize) {
    let head = store.head().expect("read").next_seq;
    let first_seq = head.saturating_sub(most).max(1);
    if first_seq < head {
        let segment = Segment {
            first_seq,
            count: u32::try_from(head - first_seq).expect("few"),
            sealed: format!("sealed {count}").into_bytes(),
        };
        store.put_segment(&segment, AT).expect("kept");
    }
}

fn receipt(store: &Store) {
    let head = store.head().expect("read");
    let receipt = Receipt {
        server_epoch: 1,
        upto_seq: head.next_seq - 1,
        hash: head.hash,
        received_at_ms: 42,
        bytes: vec![1],
    };
    store.record_receipt(&receipt, AT).expect("kept");
}

fn damage(dir: &Path, place: usize) {
    let outbox = dir.join("outbox");
    if outbox.exists() {
        let mut kept = files(&outbox);
        kept.sort();
        if let Some(path) = kept.get(place) {
            fs::write(path, b"damaged").expect("written");
        }
    }
}

/// Does one act; what the report's state does not allow is refused and changes nothing.
fn take(dir: &Path, store: Store, act: &Act, count: usize) -> Store {
    let id = Uuid::from_u128;
    let refused = match act {
        Act::Answer(report, value) => store
            .save_answer(id(*report), "A1", Some(&text(&value.to_string())), AT, None)
            .is_err(),
        Act::Note(report) => {
            let note = Uuid::from_u128((count as u128 + 1) << 64);
            store
                .add_note(id(*report), note, None, "a note", AT)
                .is_err()
        }
        Act::Finish(report) => store
            .finish::<StoreError>(id(*report), AT, &observers(), None, entries)
            .is_err(),
        Act::Correct(report) => store.correct(id(*report), "a slip", AT).is_err(),
        Act::Drop(report) => store.drop_correction(id(*report), AT).is_err(),
        Act::Seal(report) => {
            seal(&store, id(*report));
            false
        }
        Act::Pack(most) => {
            pack(&store, *most, count);
            false
        }
        Act::Receipt => {
            receipt(&store);
            false
        }
        Act::Damage(place) => {
            damage(dir, *place);
            false
        }
        Act::Reopen => return reopened(dir, store),
    };
    if let (true, Act::Note(report)) = (refused, act) {
        let report = store.report(id(*report)).expect("read").expect("there");
        assert!(
            report.sealed_at.is_some(),
            "only a sealed report takes no note"
        );
    }
    store
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn in_any_order_the_chain_holds_and_nothing_is_removed_that_was_not_in_the_outbox(
        acts in proptest::collection::vec(act(), 1..40)
    ) {
        let dir = tempfile::tempdir().expect("a folder");
        let mut store = created(dir.path());
        for report in 1..=REPORTS {
            begun(&store, report);
        }
        for (count, act) in acts.iter().enumerate() {
            store = take(dir.path(), store, act, count);
            store.verify_journal().expect("the chain holds");
        }
        store = reopened(dir.path(), store);
        for entry in store.entries(1, u32::MAX).expect("read") {
            let copy = store.sealed_copy(entry.seq).expect("read");
            prop_assert_eq!(entry.bytes.is_empty(), copy.is_some());
            let is_lost = store.lost_reports().expect("read").contains(&entry.report);
            prop_assert!(is_lost || copy != Some(SealedCopy::Lost), "damage is never hidden");
        }
    }
}
