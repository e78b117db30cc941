//! What is carried for others, and in whose hands one's own is.

use crate::common::{AT, begun, created, finished, reopened};
use baqylau_domain::{DeliveryState, Moment, Road, TeamCode};
use baqylau_protocol::Addressee;
use baqylau_protocol::segment_hash;
use baqylau_store::{
    CARRIED_SEGMENTS, CarriedEnvelope, Carrying, Concerned, Custody, Delivered, Kept, Receipt,
    Segment, Store, StoreError,
};

fn sealed(count: u32) -> Vec<Vec<u8>> {
    (0..count).map(|n| n.to_be_bytes().to_vec()).collect()
}

fn kept(new: u32, known: u32, own: u32) -> Kept {
    Kept { new, known, own }
}

fn carry(store: &Store, segments: &[Vec<u8>]) -> Kept {
    store
        .carry_segments(segments, Some("T001"), Road::File, AT)
        .expect("carried")
}

fn envelope(addressee: u8, server_epoch: u64, log_size: u64) -> CarriedEnvelope {
    CarriedEnvelope {
        addressee: Addressee([addressee; 16]),
        server_epoch,
        log_size,
        bytes: format!("{addressee} {server_epoch} {log_size}").into_bytes(),
    }
}

/// A carrier's word on these segments.
fn word(carrier: &str, segments: &[&[u8]]) -> Custody {
    Custody {
        carrier: TeamCode(carrier.to_owned()),
        statement: segments.concat(),
        certificate: vec![7],
        segments: segments.iter().map(|sealed| segment_hash(sealed)).collect(),
    }
}

fn segments(segments: u32) -> Concerned {
    Concerned {
        segments,
        pictures: 0,
    }
}

#[test]
fn segments_are_carried_once_until_headquarters_has_judged_them() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = created(dir.path());
    assert_eq!(carry(&store, &sealed(3)), kept(3, 0, 0));
    assert_eq!(carry(&store, &sealed(4)), kept(1, 3, 0), "by another road");
    let store = reopened(dir.path(), store);
    let carried = store.carried_segments().expect("read");
    assert_eq!(carried.len(), 4);
    let verdict = |n: usize, verdict: &str| Delivered {
        hash: carried[n].hash,
        verdict: verdict.to_owned(),
    };
    store
        .note_delivered(&[verdict(0, "accepted"), verdict(1, "fork")], AT)
        .expect("noted");
    let now = store.carrying().expect("read");
    let wanted = Carrying {
        segments: 4,
        bytes: 16,
        waiting: 2,
        waiting_bytes: 8,
        handed_on: 0,
        delivered: 1,
        receipts: 0,
        ..Carrying::default()
    };
    assert_eq!(now, wanted);
    // Its author offers it again: it has no receipt, so headquarters may have lost what it accepted.
    assert_eq!(carry(&store, &sealed(1)), kept(1, 0, 0));
    assert_eq!(store.carrying().expect("read").waiting, 3);
}

#[test]
fn what_is_too_much_is_refused_whole() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = created(dir.path());
    let most = u32::try_from(CARRIED_SEGMENTS).expect("small");
    assert_eq!(carry(&store, &sealed(most - 1)), kept(most - 1, 0, 0));
    let refused = store.carry_segments(&sealed(most + 1), None, Road::Codes, AT);
    assert!(matches!(refused, Err(StoreError::CarriedFull)));
    assert_eq!(store.carrying().expect("read").waiting, most - 1);
    assert_eq!(carry(&store, &sealed(most)), kept(1, most - 1, 0));
}

#[test]
fn the_newest_receipt_for_each_addressee_goes_back() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = created(dir.path());
    let keep = |envelopes: &[CarriedEnvelope]| {
        let kept = store.carry_envelopes(envelopes, Some(Road::File), AT);
        kept.expect("kept")
    };
    assert_eq!(keep(&[envelope(1, 2, 9), envelope(2, 1, 4)]), 2);
    assert_eq!(
        keep(&[envelope(1, 2, 9), envelope(1, 1, 50), envelope(1, 2, 3)]),
        0
    );
    assert_eq!(
        keep(&[envelope(1, 3, 1)]),
        1,
        "a later epoch's log is smaller and counts"
    );
    let bodies = store.carried_envelopes().expect("read");
    assert_eq!(bodies, [b"1 3 1".to_vec(), b"2 1 4".to_vec()]);
    let newest = |addressee: u8| store.carried_envelope(&Addressee([addressee; 16]));
    assert_eq!(newest(1).expect("read"), Some(b"1 3 1".to_vec()));
    assert_eq!(newest(3).expect("read"), None);
}

#[test]
fn what_headquarters_itself_says_counts_within_its_epoch_though_its_log_be_smaller() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = created(dir.path());
    let keep = |road, log_size, server_epoch| {
        let said = envelope(1, server_epoch, log_size);
        store.carry_envelopes(&[said], road, AT).expect("kept")
    };
    let newest = || store.carried_envelope(&Addressee([1; 16])).expect("read");
    assert_eq!(keep(Some(Road::Network), 100, 5), 1);
    assert_eq!(keep(Some(Road::Network), 53, 5), 0, "from anybody: older");
    assert_eq!(keep(None, 53, 5), 1, "restored from a backup since");
    assert_eq!(newest(), Some(b"1 5 53".to_vec()));
    assert_eq!(keep(None, 53, 5), 0, "the same again is no news");
    assert_eq!(keep(None, 900, 4), 0, "an epoch that is over");
    assert_eq!(newest(), Some(b"1 5 53".to_vec()));
}

#[test]
fn carried_is_a_state_of_its_own_and_only_a_receipt_ends_it() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = created(dir.path());
    let report = finished(&store, begun(&store, 1));
    let state = || store.delivery(&report).expect("read");
    assert_eq!(state(), DeliveryState::Waiting);
    let segment = |first_seq, count, sealed: &[u8]| Segment {
        first_seq,
        count,
        sealed: sealed.to_vec(),
    };
    store.put_segment(&segment(1, 2, b"one"), AT).expect("kept");
    store.put_segment(&segment(3, 1, b"two"), AT).expect("kept");

    let half = word("T101", &[b"two"]);
    assert_eq!(
        store
            .record_custody(&half, Road::Network, AT)
            .expect("kept"),
        segments(1)
    );
    assert_eq!(state(), DeliveryState::Waiting, "half of it is not it");
    store
        .record_on_file(&[segment_hash(b"one"), segment_hash(b"two")], AT)
        .expect("kept");
    assert!(matches!(
        state(),
        DeliveryState::Carried { by: Some(_), .. }
    ));
    let evidence = store.evidence().expect("read");
    assert_eq!(
        (evidence.held, evidence.waiting, evidence.carried),
        (0, 1, 1)
    );

    let whole = word("T102", &[b"one", b"two"]);
    assert_eq!(
        store.record_custody(&whole, Road::Codes, AT).expect("kept"),
        segments(2)
    );
    assert_eq!(
        store.record_custody(&whole, Road::Codes, AT).expect("kept"),
        segments(2)
    );
    let carried = DeliveryState::Carried {
        by: Some(TeamCode("T102".into())),
        road: Road::Codes,
        at: AT,
    };
    assert_eq!(state(), carried);
    assert_eq!(store.custody_notes().expect("read").len(), 3);
    assert_eq!(
        store
            .record_custody(&word("T9", &[b"of others"]), Road::File, AT)
            .expect("kept"),
        segments(0)
    );

    let hash = store.hash_at(3).expect("read").expect("there");
    let receipt = Receipt {
        server_epoch: 1,
        upto_seq: 3,
        hash,
        received_at_ms: 42,
        bytes: vec![1],
    };
    store.record_receipt(&receipt, AT).expect("kept");
    assert_eq!(state(), DeliveryState::Held { received_at_ms: 42 });
    assert_eq!(store.evidence().expect("read").carried, 0);
    assert_eq!(
        carry(&store, &[b"one".to_vec()]),
        kept(0, 0, 1),
        "come back"
    );
}

#[test]
fn a_file_is_no_carrier() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = created(dir.path());
    let report = finished(&store, begun(&store, 1));
    let segment = Segment {
        first_seq: 1,
        count: 3,
        sealed: b"all".to_vec(),
    };
    store.put_segment(&segment, AT).expect("kept");
    store
        .record_on_file(&[segment_hash(b"all")], AT)
        .expect("kept");
    let on_file = DeliveryState::Carried {
        by: None,
        road: Road::File,
        at: AT,
    };
    assert_eq!(store.delivery(&report).expect("read"), on_file);
}

#[test]
fn labels_say_what_was_taken_over_from_whom_and_handing_on_is_noted() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = created(dir.path());
    carry(&store, &sealed(2));
    let later = Moment {
        utc_ms: AT.utc_ms + 60_000,
        ..AT
    };
    store
        .carry_segments(&[b"more".to_vec()], Some("T001"), Road::Codes, later)
        .expect("carried");
    store
        .carry_segments(&[b"whose".to_vec()], None, Road::Codes, AT)
        .expect("carried");
    let first = segment_hash(&sealed(1)[0]);
    store
        .note_handed_on(&[first], Road::File, None, later)
        .expect("noted");
    let rows = store.carried_by_label().expect("read");
    assert_eq!(rows[0].label, None);
    let team = &rows[1];
    assert_eq!((team.label.as_deref(), team.segments), (Some("T001"), 3));
    assert_eq!((team.waiting, team.handed_on, team.delivered), (3, 1, 0));
    assert_eq!(team.last_at, later);
}
