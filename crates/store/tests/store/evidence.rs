//! Identity, chain, receipts, verdicts, outbox, content by address.

use crate::common::{
    AT, PIN, Seeded, StillClock, begun, created, finished, identity, reopened, vault,
};
use baqylau_domain::DeliveryState;
use baqylau_store::{
    Cursor, Evidence, Receipt, Segment, SegmentVerdict, SignedBlob, Store, StoreError,
};
use sha2::{Digest, Sha256};
use std::fs;

fn receipt(store: &Store, upto_seq: u64, server_epoch: u64) -> Receipt {
    let hash = store.hash_at(upto_seq).expect("read").expect("there");
    Receipt {
        server_epoch,
        upto_seq,
        hash,
        received_at_ms: 42,
        bytes: vec![1, 2, 3],
    }
}

/// What headquarters said last: its epoch, and the entry that it wants next.
fn headquarters_wants(store: &Store, server_epoch: u64, next_seq: u64) {
    let cursor = Cursor {
        server_epoch,
        next_seq,
        sent_upto: next_seq - 1,
    };
    store.set_cursor(cursor).expect("set");
}

#[test]
fn a_device_is_enrolled_once() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = vault(dir.path())
        .create(PIN, &Seeded::new(1), &StillClock::new())
        .expect("created");
    assert!(matches!(store.head(), Err(StoreError::NotEnrolled)));
    assert!(store.identity().expect("read").is_none());
    let config = SignedBlob {
        version: 3,
        bytes: b"three".to_vec(),
    };
    store.enrol(&identity(), &config, AT).expect("enrolled");
    assert!(matches!(
        store.enrol(&identity(), &config, AT),
        Err(StoreError::AlreadyEnrolled)
    ));
    let store = reopened(dir.path(), store);
    let held = store.identity().expect("read").expect("enrolled");
    assert_eq!(
        (held.device, held.genesis),
        (identity().device, identity().genesis)
    );
    assert_eq!(*held.device_key, *identity().device_key);
    assert_eq!(store.head().expect("read").hash, identity().genesis);
}

#[test]
fn configuration_never_goes_back() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = created(dir.path());
    let newer = SignedBlob {
        version: 5,
        bytes: b"five".to_vec(),
    };
    store.set_config(&newer, AT).expect("taken");
    store
        .set_config(&newer, AT)
        .expect("the same again is nothing");
    let older = SignedBlob {
        version: 4,
        bytes: b"four".to_vec(),
    };
    assert!(matches!(
        store.set_config(&older, AT),
        Err(StoreError::ConfigRollback {
            offered: 4,
            held: 5
        })
    ));
    let twin = SignedBlob {
        version: 5,
        bytes: b"another five".to_vec(),
    };
    assert!(store.set_config(&twin, AT).is_err());
    assert_eq!(store.config().expect("read"), Some(newer));
}

#[test]
fn the_chain_is_that_of_the_protocol() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = created(dir.path());
    let report = begun(&store, 1);
    finished(&store, report);
    let mut chain = baqylau_protocol::Chain {
        seq: 0,
        hash: baqylau_protocol::ChainHash(identity().genesis),
    };
    let all = store.entries(1, 100).expect("read");
    assert_eq!(all.len(), 3);
    for entry in &all {
        chain = chain.next(&entry.bytes);
        assert_eq!(
            (entry.seq, entry.hash, entry.report),
            (chain.seq, chain.hash.0, report)
        );
    }
    assert_eq!(store.head().expect("read").hash, chain.hash.0);
    assert_eq!(store.entries(3, 100).expect("read"), all[2..]);
    assert_eq!(store.hash_at(4).expect("read"), None);
}

#[test]
fn only_a_receipt_for_this_very_journal_says_that_headquarters_holds_it() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = created(dir.path());
    let id = begun(&store, 1);
    let draft = store.report(id).expect("read").expect("there");
    assert_eq!(
        store.delivery(&draft).expect("read"),
        DeliveryState::OnDevice
    );
    let report = finished(&store, id);
    assert_eq!(
        store.delivery(&report).expect("read"),
        DeliveryState::Waiting
    );
    store
        .set_cursor(Cursor {
            server_epoch: 1,
            next_seq: 1,
            sent_upto: 3,
        })
        .expect("set");
    assert_eq!(store.delivery(&report).expect("read"), DeliveryState::Sent);
    let forged = Receipt {
        hash: [0; 32],
        ..receipt(&store, 3, 1)
    };
    assert!(matches!(
        store.record_receipt(&forged, AT),
        Err(StoreError::ReceiptMismatch { upto_seq: 3 })
    ));
    let beyond = Receipt {
        upto_seq: 9,
        ..receipt(&store, 3, 1)
    };
    assert!(store.record_receipt(&beyond, AT).is_err());
    store
        .record_receipt(&receipt(&store, 2, 1), AT)
        .expect("kept");
    assert_eq!(
        store.delivery(&report).expect("read"),
        DeliveryState::Sent,
        "its last entry is not held yet"
    );
    store
        .record_receipt(&receipt(&store, 3, 1), AT)
        .expect("kept");
    store
        .record_receipt(&receipt(&store, 3, 1), AT)
        .expect("twice is harmless");
    assert_eq!(store.receipts().expect("read").len(), 2);
    headquarters_wants(&store, 1, 4);
    assert_eq!(
        store.delivery(&report).expect("read"),
        DeliveryState::Held { received_at_ms: 42 }
    );
}

#[test]
fn a_headquarters_restored_from_an_old_backup_holds_less() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = created(dir.path());
    let report = begun(&store, 1);
    finished(&store, report);
    headquarters_wants(&store, 1, 4);
    store
        .record_receipt(&receipt(&store, 3, 1), AT)
        .expect("kept");
    assert_eq!(store.held_upto().expect("read"), 3);
    headquarters_wants(&store, 2, 2);
    assert_eq!(store.held_upto().expect("read"), 1);
    assert_eq!(store.evidence().expect("read").waiting, 1);
    store
        .record_receipt(&receipt(&store, 3, 2), AT)
        .expect("kept");
    headquarters_wants(&store, 2, 4);
    assert_eq!(store.held_upto().expect("read"), 3);
    // It goes back within its epoch too, where it does not believe the device that it was restored.
    headquarters_wants(&store, 2, 2);
    assert_eq!(store.held_upto().expect("read"), 1);
    assert_eq!(store.evidence().expect("read").waiting, 1);
}

#[test]
fn a_device_that_was_revoked_knows_it_for_good() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = created(dir.path());
    assert_eq!(store.revoked_epoch().expect("read"), None);
    store.record_revoked(3).expect("kept");
    store.note_exchange(AT, None).expect("kept");
    let store = reopened(dir.path(), store);
    assert_eq!(store.revoked_epoch().expect("read"), Some(3));
}

#[test]
fn a_verdict_shows_until_it_is_taken_back() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = created(dir.path());
    let (first, second) = (begun(&store, 1), begun(&store, 2));
    let (first, second) = (finished(&store, first), finished(&store, second));
    let verdict = |code: Option<&str>| SegmentVerdict {
        first_seq: 1,
        count: 3,
        code: code.map(str::to_owned),
    };
    store
        .record_verdict(&verdict(Some("fork")), AT)
        .expect("kept");
    assert_eq!(
        store.delivery(&first).expect("read"),
        DeliveryState::Quarantined {
            code: "fork".to_owned()
        }
    );
    assert_eq!(
        store.delivery(&second).expect("read"),
        DeliveryState::Waiting
    );
    store.record_verdict(&verdict(None), AT).expect("kept");
    assert_eq!(
        store.delivery(&first).expect("read"),
        DeliveryState::Waiting
    );
}

#[test]
fn the_state_of_the_evidence_is_told_in_figures() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = created(dir.path());
    assert_eq!(store.evidence().expect("read"), Evidence::default());
    let first = begun(&store, 1);
    finished(&store, first);
    let second = begun(&store, 2);
    finished(&store, second);
    begun(&store, 3);
    store
        .record_receipt(&receipt(&store, 3, 1), AT)
        .expect("kept");
    store.note_exchange(AT, None).expect("noted");
    store.note_exchange(AT, Some("timeout")).expect("noted");
    let evidence = store.evidence().expect("read");
    assert_eq!(
        (evidence.finished, evidence.held, evidence.waiting),
        (2, 1, 1)
    );
    assert_eq!(
        (evidence.saved_at, evidence.exchange.succeeded_at),
        (Some(AT), Some(AT))
    );
    assert_eq!(evidence.exchange.error.as_deref(), Some("timeout"));
}

#[test]
fn sealed_segments_come_back_in_order_and_a_damaged_file_is_left_out() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = created(dir.path());
    for number in 1..=3 {
        let report = begun(&store, number);
        finished(&store, report);
    }
    let segment = |first_seq, count, byte| Segment {
        first_seq,
        count,
        sealed: vec![byte; 700],
    };
    for kept in [segment(1, 3, 1), segment(4, 5, 2), segment(9, 1, 3)] {
        store.put_segment(&kept, AT).expect("kept");
    }
    let store = reopened(dir.path(), store);
    assert_eq!(
        store.segments(4).expect("read"),
        [segment(4, 5, 2), segment(9, 1, 3)]
    );
    assert_eq!(
        store.segments(8).expect("read").len(),
        2,
        "a segment that holds the entry counts"
    );
    store
        .put_segment(&segment(4, 5, 7), AT)
        .expect("sealed again, for another key");
    assert_eq!(store.segments(4).expect("read")[0], segment(4, 5, 7));
    for file in crate::common::files(&dir.path().join("outbox")) {
        if fs::read(&file).expect("read")[0] == 7 {
            fs::write(&file, b"damaged").expect("written");
        }
    }
    assert_eq!(
        store.segments(1).expect("read"),
        [segment(1, 3, 1), segment(9, 1, 3)]
    );
}

#[test]
fn content_is_kept_only_under_its_own_address() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = created(dir.path());
    let bytes = vec![7_u8; 100_000];
    let hash: [u8; 32] = Sha256::digest(&bytes).into();
    assert!(matches!(
        store.put_blob("form", [0; 32], &bytes, AT),
        Err(StoreError::HashMismatch)
    ));
    store.put_blob("form", hash, &bytes, AT).expect("kept");
    store
        .put_blob("form", hash, &bytes, AT)
        .expect("twice is harmless");
    assert!(store.has_blob(&hash).expect("read") && !store.has_blob(&[0; 32]).expect("read"));
    assert_eq!(store.blob(&hash).expect("read"), Some(bytes));
}
