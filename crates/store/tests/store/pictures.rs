//! Pictures beside answers, and what is remembered of their road.

use crate::common::{AT, begun, created, entries, observers, reopened};
use baqylau_store::{PictureReceipt, StoreError};

#[test]
fn several_pictures_stand_beside_an_answer_until_an_entry_names_them() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = created(dir.path());
    let report = begun(&store, 1);
    let add = |bytes: &[u8]| store.add_picture(report, "A1", "image/jpeg", bytes, AT);
    let (kept, gone) = (add(b"one").expect("kept"), add(b"two").expect("kept"));
    assert_eq!(store.pictures(Some(report)).expect("read").len(), 2);
    let remove = |hash| store.remove_picture(report, "A1", hash, AT);
    assert!(remove(&gone.hash).expect("gone"));
    assert!(!remove(&gone.hash).expect("not there any more"));
    assert_eq!(
        store.photo(&gone.hash).expect("read"),
        None,
        "nor are its bytes"
    );

    store
        .finish(report, AT, &observers(), None, |finishing| {
            let attachments = finishing.attachments.iter().map(|it| it.hash);
            assert_eq!(attachments.collect::<Vec<_>>(), [kept.hash]);
            entries(finishing)
        })
        .expect("finished");
    assert!(matches!(
        remove(&kept.hash),
        Err(StoreError::NotEditable(_))
    ));
    let listed = store.pictures(None).expect("read");
    assert!(listed[0].seq.is_some() && listed[0].beside);

    store.correct(report, "a better one", AT).expect("begun");
    add(b"three").expect("kept");
    assert!(!remove(&kept.hash).expect("it is in the journal and stays"));
    store.drop_correction(report, AT).expect("given up");
    assert_eq!(store.pictures(None).expect("read").len(), 1);
}

#[test]
fn the_road_of_a_picture_outlives_a_restart() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = created(dir.path());
    let report = begun(&store, 1);
    let photo = store
        .add_picture(report, "A1", "image/png", b"picture", AT)
        .expect("kept");
    store
        .finish(report, AT, &observers(), None, entries)
        .expect("finished");
    let hash = photo.hash;
    store.keep_picture_seed(&hash, &[7; 32]).expect("kept");
    store.note_picture_sent(&hash, 400, 900).expect("noted");
    let store = reopened(dir.path(), store);
    let picture = |store: &baqylau_store::Store| store.pictures(None).expect("read").remove(0);
    let found = picture(&store);
    assert_eq!(
        (found.seed, found.sent, found.total),
        (Some([7; 32]), 400, 900)
    );

    store.keep_picture_seed(&hash, &[8; 32]).expect("kept");
    let found = picture(&store);
    assert_eq!(
        (found.seed, found.sent),
        (Some([8; 32]), 0),
        "it begins again"
    );
    store.set_picture_aside(&hash, "revoked").expect("noted");
    assert_eq!(picture(&store).code.as_deref(), Some("revoked"));
    for server_epoch in [3, 9, 5] {
        let receipt = PictureReceipt {
            server_epoch,
            received_at_ms: 17,
        };
        store
            .record_picture_receipt(&hash, &receipt, b"signed")
            .expect("kept");
    }
    let newest = picture(&store).receipt.map(|receipt| receipt.server_epoch);
    assert_eq!(newest, Some(9));
}
