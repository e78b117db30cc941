//! Journals that ended: set aside, forked, interrupted, wiped.

use crate::backups::{back_up, begun_anew, busy, folder, restore, take_over};
use crate::common::{AT, PIN, StillClock, created, files, vault};
use baqylau_store::{StoreError, UnlockError, VaultState};
use std::fs;

#[test]
fn segments_of_a_store_set_aside_go_on_without_its_key() {
    let dir = folder();
    drop(busy(dir.path()));
    let database = dir.path().join("baqylau.db");
    let mut bytes = fs::read(&database).expect("read");
    bytes[9000] ^= 1;
    fs::write(&database, bytes).expect("written");
    let aside = vault(dir.path()).unlock(PIN, &StillClock::new());
    assert!(matches!(aside, Err(UnlockError::SetAside { .. })));
    let anew = begun_anew(dir.path());
    let folder = anew.unopened().expect("read").remove(0);
    let opened = vault(dir.path()).unlock_aside(&folder, PIN, &StillClock::new());
    assert!(
        matches!(opened, Err(UnlockError::SetAside { .. })),
        "it stays as it is"
    );
    for new in [1, 0] {
        let kept = anew.take_over_outbox(&folder, AT).expect("taken over");
        assert_eq!(kept.new, new, "once");
    }
    assert_eq!(
        anew.carried_segments().expect("read")[0].sealed,
        b"sealed by the old device"
    );
    assert!(anew.earlier_verdicts(&folder).expect("read").is_empty());
    let verdict = baqylau_store::Delivered {
        hash: anew.carried_segments().expect("read")[0].hash,
        verdict: "duplicate".to_owned(),
    };
    anew.note_delivered(&[verdict], AT).expect("noted");
    let said = anew.earlier_verdicts(&folder).expect("read");
    assert_eq!(said.into_values().collect::<Vec<_>>(), ["duplicate"]);
}

#[test]
fn a_journal_that_forked_ends_and_another_begins_beside_it() {
    let dir = folder();
    let store = busy(dir.path());
    store.note_fork("fork", AT).expect("noted");
    store
        .note_fork("bad_chain", AT)
        .expect("the first word stands");
    assert_eq!(store.fork().expect("read").expect("said").code, "fork");
    let clock = StillClock::new();
    assert!(matches!(
        vault(dir.path()).end_journal(&clock),
        Err(UnlockError::InUse)
    ));
    drop(store);
    let ended = vault(dir.path()).end_journal(&clock).expect("ended");
    let anew = begun_anew(dir.path());
    assert_eq!(take_over(dir.path(), &anew, &ended).drafts, 2);
    assert_eq!(anew.fork().expect("read"), None);
    assert_eq!(
        anew.head().expect("read").next_seq,
        1,
        "the new journal is empty"
    );
}

#[test]
fn setting_aside_goes_on_where_it_was_interrupted() {
    let dir = folder();
    drop(busy(dir.path()));
    let kept = dir.path().join("aside/20110403T010000Z-forked");
    fs::create_dir_all(&kept).expect("a folder");
    fs::write(dir.path().join("setting-aside"), "20110403T010000Z-forked").expect("written");
    fs::rename(dir.path().join("baqylau.db"), kept.join("baqylau.db")).expect("moved");
    assert_eq!(
        vault(dir.path()).state(&StillClock::new()),
        VaultState::None
    );
    assert!(!dir.path().join("setting-aside").exists());
    let anew = begun_anew(dir.path());
    assert_eq!(
        take_over(dir.path(), &anew, "aside/20110403T010000Z-forked").drafts,
        2
    );
}

#[test]
fn a_wipe_destroys_earlier_journals_too() {
    let (dir, old, stick) = (folder(), folder(), folder());
    let path = back_up(&busy(old.path()), stick.path());
    let folder = restore(dir.path(), &path, PIN).expect("restored");
    let anew = begun_anew(dir.path());
    take_over(dir.path(), &anew, &folder);
    drop(anew);
    vault(dir.path()).wipe().expect("wiped");
    let left = files(dir.path());
    assert!(left.iter().all(|it| it.ends_with("store.lock")), "{left:?}");
}

#[test]
fn what_was_never_taken_over_cannot_be_opened() {
    let dir = folder();
    let store = created(dir.path());
    assert!(matches!(
        store.open_earlier("aside/x"),
        Err(StoreError::NoEarlier)
    ));
    for folder in ["aside/x", "", "..", "aside/../..", "outbox/x"] {
        let opened = vault(dir.path()).unlock_aside(folder, PIN, &StillClock::new());
        assert!(matches!(opened, Err(UnlockError::None)), "{folder}");
    }
}
