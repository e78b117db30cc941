//! Damaged files: always noticed, always kept, never deleted.

use crate::common::{AT, PIN, Seeded, StillClock, begun, created, files, finished, text, vault};
use baqylau_domain::IdSource;
use baqylau_store::{AsideReason, Segment, UnlockError, VaultState};
use std::fs;

#[test]
fn one_changed_byte_anywhere_is_noticed_and_the_file_is_kept_as_it_is() {
    let home = tempfile::tempdir().expect("a folder");
    let whole = home.path().join("whole");
    let store = created(&whole);
    for number in 1..6 {
        let report = begun(&store, number);
        store
            .save_answer(report, "A1", Some(&text(&"long ".repeat(3000))), AT, None)
            .expect("saved");
        finished(&store, report);
    }
    let discarded = begun(&store, 9);
    store
        .save_answer(
            discarded,
            "A1",
            Some(&text(&"gone ".repeat(9000))),
            AT,
            None,
        )
        .expect("saved");
    store.discard(discarded).expect("discarded");
    drop(store);
    for round in 0..30 {
        let dir = home.path().join(format!("damaged-{round}"));
        fs::create_dir(&dir).expect("made");
        for name in ["keyslots.json", "baqylau.db"] {
            fs::copy(whole.join(name), dir.join(name)).expect("copied");
        }
        let path = dir.join("baqylau.db");
        let mut bytes = fs::read(&path).expect("read");
        let mut draw = [0_u8; 8];
        Seeded::new(round).fill(&mut draw);
        let at = usize::from_be_bytes(draw) % bytes.len();
        bytes[at] ^= 1 << (draw[0] % 8);
        fs::write(&path, &bytes).expect("written");
        match vault(&dir).unlock(PIN, &StillClock::new()) {
            Err(UnlockError::SetAside {
                reason: AsideReason::Corrupt,
                kept,
            }) => {
                assert_eq!(
                    fs::read(kept.join("baqylau.db")).expect("kept"),
                    bytes,
                    "kept as it was"
                );
                assert!(
                    kept.join("keyslots.json").exists(),
                    "with the slots that open it"
                );
            }
            Err(other) => panic!("byte {at}: {other}"),
            Ok(_) => panic!("byte {at} of {} went unnoticed", bytes.len()),
        }
        assert_eq!(
            vault(&dir).state(&StillClock::new()),
            VaultState::None,
            "the device starts anew"
        );
        drop(created(&dir));
    }
}

#[test]
fn a_journal_that_has_lost_entries_which_were_sealed_is_never_continued() {
    let home = tempfile::tempdir().expect("a folder");
    let (dir, backup) = (home.path().join("store"), home.path().join("backup"));
    let store = created(&dir);
    let first = begun(&store, 1);
    finished(&store, first);
    drop(store);
    fs::create_dir(&backup).expect("made");
    fs::copy(dir.join("baqylau.db"), backup.join("baqylau.db")).expect("copied");
    let store = vault(&dir)
        .unlock(PIN, &StillClock::new())
        .expect("unlocked");
    let second = begun(&store, 2);
    let last_seq = finished(&store, second).last_seq.expect("in the journal");
    let segment = Segment {
        first_seq: last_seq,
        count: 1,
        sealed: vec![1; 700],
    };
    store.put_segment(&segment, AT).expect("kept");
    drop(store);
    // Whole in itself, and older than what was sealed from it.
    fs::copy(backup.join("baqylau.db"), dir.join("baqylau.db")).expect("put back");
    match vault(&dir).unlock(PIN, &StillClock::new()) {
        Err(UnlockError::SetAside {
            reason: AsideReason::Corrupt,
            kept,
        }) => assert_eq!(files(&kept.join("outbox")).len(), 1, "still to be sent"),
        other => panic!("{:?}", other.err()),
    }
}

#[test]
fn a_truncated_database_is_kept() {
    let dir = tempfile::tempdir().expect("a folder");
    drop(created(dir.path()));
    let path = dir.path().join("baqylau.db");
    let bytes = fs::read(&path).expect("read");
    fs::write(&path, &bytes[..bytes.len() / 2 - 100]).expect("written");
    let unlocked = vault(dir.path()).unlock(PIN, &StillClock::new());
    assert!(matches!(
        unlocked,
        Err(UnlockError::SetAside {
            reason: AsideReason::Corrupt,
            ..
        })
    ));
}

#[test]
fn key_slots_without_their_database_are_kept() {
    let dir = tempfile::tempdir().expect("a folder");
    drop(created(dir.path()));
    fs::remove_file(dir.path().join("baqylau.db")).expect("removed");
    let unlocked = vault(dir.path()).unlock(PIN, &StillClock::new());
    assert!(matches!(
        unlocked,
        Err(UnlockError::SetAside {
            reason: AsideReason::Incomplete,
            ..
        })
    ));
    assert!(
        files(&dir.path().join("aside"))
            .iter()
            .any(|path| path.ends_with("keyslots.json"))
    );
}

#[test]
fn a_wrong_pin_never_moves_anything() {
    let dir = tempfile::tempdir().expect("a folder");
    drop(created(dir.path()));
    let unlocked = vault(dir.path()).unlock("1", &StillClock::new());
    assert!(matches!(unlocked, Err(UnlockError::WrongPin { .. })));
    assert!(!dir.path().join("aside").exists());
}

#[test]
fn unreadable_key_slots_are_kept_with_everything() {
    let dir = tempfile::tempdir().expect("a folder");
    drop(created(dir.path()));
    fs::write(dir.path().join("keyslots.json"), "{").expect("written");
    match vault(dir.path()).unlock(PIN, &StillClock::new()) {
        Err(UnlockError::SetAside { kept, .. }) => assert!(kept.join("baqylau.db").exists()),
        other => panic!("{:?}", other.err()),
    }
}

#[test]
fn key_slots_of_a_newer_program_are_kept() {
    let dir = tempfile::tempdir().expect("a folder");
    drop(created(dir.path()));
    fs::write(
        dir.path().join("keyslots.json"),
        r#"{"version": 4, "slots": "another shape"}"#,
    )
    .expect("written");
    let unlocked = vault(dir.path()).unlock(PIN, &StillClock::new());
    assert!(matches!(
        unlocked,
        Err(UnlockError::SetAside {
            reason: AsideReason::TooNew,
            ..
        })
    ));
}
