//! Pictures through other hands: others' that are carried, and own ones that were handed over.

use crate::common::{AT, begun, created, entries, observers, reopened};
use baqylau_domain::{AttachmentHash, Road, TeamCode};
use baqylau_protocol::segment_hash;
use baqylau_store::{CARRIED_PICTURE_BYTES, Custody, InHands, KeptPictures, Store};

fn carry(store: &Store, pictures: &[Vec<u8>]) -> KeptPictures {
    store
        .carry_pictures(pictures, Some("T001"), Road::Network, AT)
        .expect("carried")
}

fn counts(kept: &KeptPictures) -> (u32, u32, u32, u32) {
    (kept.new, kept.known, kept.own, kept.no_room)
}

fn names(store: &Store) -> Vec<[u8; 32]> {
    let carried = store.carried_pictures().expect("read");
    carried.into_iter().map(|it| it.name).collect()
}

/// A finished report with one picture.
fn with_picture(store: &Store) -> AttachmentHash {
    let report = begun(store, 1);
    let photo = store
        .add_picture(report, "A1", "image/png", b"picture", AT)
        .expect("kept");
    store
        .finish(report, AT, &observers(), None, entries)
        .expect("finished");
    photo.hash
}

#[test]
fn pictures_are_carried_once_until_headquarters_has_said_what_became_of_them() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = created(dir.path());
    let (one, two) = (b"one sealed".to_vec(), b"two sealed".to_vec());
    let kept = carry(&store, &[one.clone(), two.clone()]);
    assert_eq!(counts(&kept), (2, 0, 0, 0));
    assert_eq!(kept.names, [segment_hash(&one), segment_hash(&two)]);
    let kept = carry(&store, std::slice::from_ref(&two));
    assert_eq!(counts(&kept), (0, 1, 0, 0));
    assert_eq!(kept.names, [segment_hash(&two)], "known is had");

    let store = reopened(dir.path(), store);
    let handed = [segment_hash(&one)];
    store
        .note_handed_on(&handed, Road::File, None, AT)
        .expect("noted");
    let in_order = [segment_hash(&two), segment_hash(&one)];
    assert_eq!(names(&store), in_order, "what is on a file comes last");
    let sealed = store.carried_picture(&segment_hash(&one)).expect("read");
    assert_eq!(sealed.as_ref(), Some(&one));
    store
        .note_picture_delivered(&segment_hash(&one), "held", AT)
        .expect("noted");
    assert_eq!(names(&store), [segment_hash(&two)]);
    let gone = store.carried_picture(&segment_hash(&one)).expect("read");
    assert_eq!(gone, None, "its bytes have gone");
    let now = store.carrying().expect("read");
    let pictures = (now.waiting_pictures, now.delivered_pictures);
    assert_eq!((pictures, now.waiting_picture_bytes), ((1, 1), 10));
    assert_eq!((now.segments, now.waiting), (0, 0), "no segments");
    let labels = store.carried_by_label().expect("read");
    let row = &labels[0];
    assert_eq!((labels.len(), row.label.as_deref()), (1, Some("T001")));
    assert_eq!(
        (row.pictures, row.waiting_pictures, row.segments),
        (2, 1, 0)
    );

    // Its device offers it again: it has no receipt, so headquarters may have lost it.
    assert_eq!(counts(&carry(&store, &[one])), (1, 0, 0, 0));
    assert_eq!(store.carrying().expect("read").waiting_pictures, 2);
}

#[test]
fn what_there_is_no_room_for_is_not_taken_and_costs_the_rest_nothing() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = created(dir.path());
    let most = usize::try_from(CARRIED_PICTURE_BYTES).expect("small");
    let piece = |seed: u8, bytes: usize| {
        let mut piece = vec![0; bytes];
        piece[0] = seed;
        piece
    };
    let quarter = most / 4;
    for seed in 0..3 {
        assert_eq!(counts(&carry(&store, &[piece(seed, quarter)])).0, 1);
    }
    let last = [piece(4, quarter + 1), piece(5, quarter), piece(6, 1)];
    let kept = carry(&store, &last);
    assert_eq!(counts(&kept), (1, 0, 0, 2));
    assert_eq!(kept.names, [segment_hash(&last[1])]);
}

#[test]
fn an_own_picture_that_comes_back_is_known_and_a_carriers_word_counts_before_a_file() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = created(dir.path());
    let hash = with_picture(&store);
    let sealed = b"sealed".to_vec();
    let name = segment_hash(&sealed);
    store.keep_picture_names(&[(name, hash)]).expect("kept");
    store.keep_picture_names(&[(name, hash)]).expect("again");
    assert_eq!(counts(&carry(&store, &[sealed])), (0, 0, 1, 0));
    assert_eq!(names(&store), Vec::<[u8; 32]>::new());

    let in_hands = |store: &Store| store.pictures(None).expect("read")[0].in_hands.clone();
    assert_eq!(in_hands(&store), None);
    let word = |carrier: &str| Custody {
        carrier: TeamCode(carrier.into()),
        statement: carrier.as_bytes().to_vec(),
        certificate: vec![7],
        segments: vec![name, [9; 32]],
    };
    let by = |by: Option<&str>, road| {
        Some(InHands {
            by: by.map(|by| TeamCode(by.into())),
            road,
            at: AT,
        })
    };
    store.record_on_file(&[name], AT).expect("kept");
    assert_eq!(in_hands(&store), by(None, Road::File));
    for _ in 0..2 {
        let concerned = store.record_custody(&word("T101"), Road::Codes, AT);
        let pictures = concerned.expect("kept").pictures;
        assert_eq!(pictures, 1);
    }
    store.record_on_file(&[name], AT).expect("kept");
    let store = reopened(dir.path(), store);
    assert_eq!(in_hands(&store), by(Some("T101"), Road::Codes));
    store
        .record_custody(&word("T102"), Road::Network, AT)
        .expect("kept");
    assert_eq!(in_hands(&store), by(Some("T102"), Road::Network));
    let notes = store.custody_notes().expect("read");
    let of = |note: &baqylau_store::CustodyNote| (note.pictures, note.segments, note.entries);
    assert_eq!(notes.iter().map(of).collect::<Vec<_>>(), [(1, 0, 0); 3]);
}
