//! PIN, key slots, waiting, wiping.

use crate::common::{
    AT, CHEAP, PIN, Seeded, StillClock, begun, created, files, leaks, spellings, text, vault,
};
use baqylau_store::{ChangePinError, CreateError, Kdf, UnlockError, Vault, VaultState};
use std::fs;

#[test]
fn an_empty_folder_holds_nothing_until_a_store_is_made() {
    let dir = tempfile::tempdir().expect("a folder");
    let clock = StillClock::new();
    assert_eq!(vault(dir.path()).state(&clock), VaultState::None);
    assert!(matches!(
        vault(dir.path()).unlock(PIN, &clock),
        Err(UnlockError::None)
    ));
    drop(created(dir.path()));
    assert_eq!(
        vault(dir.path()).state(&clock),
        VaultState::Locked { retry_in_s: 0 }
    );
    let again = vault(dir.path()).create(PIN, &Seeded::new(1), &clock);
    assert!(matches!(again, Err(CreateError::Exists)));
}

#[test]
fn wrong_pins_cost_growing_waits_that_a_restart_does_not_forget() {
    let dir = tempfile::tempdir().expect("a folder");
    drop(created(dir.path()));
    let clock = StillClock::new();
    let mut waits = Vec::new();
    for failure in 1..=8 {
        // A new vault each time: as after a restart.
        match vault(dir.path()).unlock("0000", &clock) {
            Err(UnlockError::WrongPin {
                retry_in_s,
                failures,
            }) => {
                assert_eq!(failures, failure);
                waits.push(retry_in_s);
                if retry_in_s > 0 {
                    assert!(
                        matches!(
                            vault(dir.path()).unlock(PIN, &clock),
                            Err(UnlockError::Wait { .. })
                        ),
                        "even the right PIN must wait"
                    );
                    assert_eq!(
                        vault(dir.path()).state(&clock),
                        VaultState::Locked { retry_in_s }
                    );
                }
                clock.pass_s(i64::try_from(retry_in_s).expect("small"));
            }
            other => panic!("{:?}", other.err()),
        }
    }
    assert!(
        waits.is_sorted() && waits[0] == 0 && waits[7] >= 300,
        "{waits:?}"
    );
    assert!(vault(dir.path()).unlock(PIN, &clock).is_ok());
    assert!(
        matches!(
            vault(dir.path()).unlock("0000", &clock),
            Err(UnlockError::InUse | UnlockError::WrongPin { failures: 1, .. })
        ),
        "the right PIN starts the count anew"
    );
}

#[test]
fn setting_the_clock_back_does_not_shorten_a_wait() {
    let dir = tempfile::tempdir().expect("a folder");
    drop(created(dir.path()));
    let clock = StillClock::new();
    let mut wait = 0;
    while wait == 0 {
        match vault(dir.path()).unlock("0000", &clock) {
            Err(UnlockError::WrongPin { retry_in_s, .. }) => wait = retry_in_s,
            other => panic!("{:?}", other.err()),
        }
    }
    clock.pass_s(-365 * 86_400);
    assert_eq!(
        vault(dir.path()).state(&clock),
        VaultState::Locked { retry_in_s: wait }
    );
}

#[test]
fn a_changed_pin_opens_the_same_answers_and_the_old_one_opens_nothing() {
    let dir = tempfile::tempdir().expect("a folder");
    let clock = StillClock::new();
    let store = created(dir.path());
    let report = begun(&store, 1);
    store
        .save_answer(report, "A1", Some(&text("yes")), AT, None)
        .expect("saved");
    let wrong = vault(dir.path()).change_pin("0000", "77777", &Seeded::new(2), &clock);
    assert!(matches!(
        wrong,
        Err(ChangePinError::Old(UnlockError::WrongPin { .. }))
    ));
    vault(dir.path())
        .change_pin(PIN, "77777", &Seeded::new(2), &clock)
        .expect("changed while open");
    drop(store);
    assert!(matches!(
        vault(dir.path()).unlock(PIN, &clock),
        Err(UnlockError::WrongPin { .. })
    ));
    let store = vault(dir.path()).unlock("77777", &clock).expect("unlocked");
    assert_eq!(
        store.answers(report).expect("answers").get("A1"),
        Some(&text("yes"))
    );
}

#[test]
fn a_store_has_one_process_at_a_time() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = created(dir.path());
    assert!(matches!(
        vault(dir.path()).unlock(PIN, &StillClock::new()),
        Err(UnlockError::InUse)
    ));
    drop(store);
    assert!(vault(dir.path()).unlock(PIN, &StillClock::new()).is_ok());
}

#[test]
fn keys_are_never_written_as_they_are() {
    let dir = tempfile::tempdir().expect("a folder");
    let ids = Seeded::new(11);
    let store = vault(dir.path())
        .create(PIN, &ids, &StillClock::new())
        .expect("created");
    store
        .enrol(
            &crate::common::identity(),
            &baqylau_store::SignedBlob {
                version: 1,
                bytes: vec![],
            },
            AT,
        )
        .expect("enrolled");
    let key = ids.given.lock().expect("not poisoned")[0].clone();
    assert_eq!(key.len(), 32, "the database's key is drawn first");
    let mut needles = spellings(&key);
    needles.extend(spellings(&crate::common::identity().device_key));
    assert_eq!(leaks(dir.path(), &needles), []);
    drop(store);
    assert_eq!(leaks(dir.path(), &needles), []);
    // The search itself works: it finds a key that is there.
    fs::write(dir.path().join("control"), &needles[1]).expect("written");
    assert_eq!(leaks(dir.path(), &needles).len(), 1);
}

#[test]
fn the_cost_of_guessing_is_as_promised() {
    let kdf = Kdf::default();
    assert!(kdf.memory_kib >= 64 * 1024 && kdf.passes >= 3);
    let dir = tempfile::tempdir().expect("a folder");
    drop(
        Vault::at(dir.path())
            .create(PIN, &Seeded::new(3), &StillClock::new())
            .expect("created"),
    );
    let slots = fs::read_to_string(dir.path().join("keyslots.json")).expect("read");
    assert!(
        slots.contains("65536"),
        "production parameters are in the file"
    );
    assert!(
        Vault::with_kdf(dir.path(), CHEAP)
            .unlock(PIN, &StillClock::new())
            .is_ok(),
        "the file's parameters count"
    );
}

#[test]
fn a_slot_whose_parameters_were_lowered_opens_nothing() {
    let dir = tempfile::tempdir().expect("a folder");
    drop(created(dir.path()));
    let path = dir.path().join("keyslots.json");
    let slots = fs::read_to_string(&path).expect("read");
    fs::write(
        &path,
        slots.replace("\"memory_kib\": 8", "\"memory_kib\": 16"),
    )
    .expect("written");
    assert!(matches!(
        vault(dir.path()).unlock(PIN, &StillClock::new()),
        Err(UnlockError::WrongPin { .. })
    ));
}

#[test]
fn a_wipe_leaves_nothing_of_the_store_also_what_was_set_aside() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = created(dir.path());
    store
        .put_segment(
            &baqylau_store::Segment {
                first_seq: 1,
                count: 1,
                sealed: vec![1],
            },
            AT,
        )
        .expect("kept");
    drop(store);
    fs::create_dir_all(dir.path().join("aside/old")).expect("made");
    fs::write(dir.path().join("aside/old/keyslots.json"), "x").expect("written");
    vault(dir.path()).wipe().expect("wiped");
    assert_eq!(
        vault(dir.path()).state(&StillClock::new()),
        VaultState::None
    );
    let left = files(dir.path());
    assert!(
        left.iter().all(|path| path.ends_with("store.lock")),
        "{left:?}"
    );
    drop(created(dir.path()));
}

#[test]
fn what_has_been_wiped_is_not_begun_to_be_wiped_again() {
    let dir = tempfile::tempdir().expect("a folder");
    drop(created(dir.path()));
    vault(dir.path()).wipe().expect("wiped");
    // Whoever wrote a marker now would stumble over this.
    fs::create_dir(dir.path().join("wiping.new")).expect("made");
    vault(dir.path()).wipe().expect("nothing to do");
    vault(dir.path()).destroy_keys().expect("nothing to do");
}

#[test]
fn a_wipe_interrupted_anywhere_is_completed_at_the_next_look() {
    for stage in 0..4 {
        let dir = tempfile::tempdir().expect("a folder");
        drop(created(dir.path()));
        // The files as a kill after so many removals leaves them.
        fs::write(dir.path().join("wiping"), "").expect("written");
        for name in ["keyslots.json", "attempts.json", "baqylau.db"]
            .iter()
            .take(stage)
        {
            let _ = fs::remove_file(dir.path().join(name));
        }
        assert_eq!(
            vault(dir.path()).state(&StillClock::new()),
            VaultState::None
        );
        assert!(!dir.path().join("baqylau.db").exists() && !dir.path().join("wiping").exists());
    }
}

#[test]
fn an_outbox_that_was_left_behind_goes_aside_and_not_to_the_next_store() {
    let dir = tempfile::tempdir().expect("a folder");
    // As a power cut leaves it while database, key slots and outbox are set aside.
    fs::create_dir(dir.path().join("outbox")).expect("made");
    fs::write(dir.path().join("outbox/a.seg"), "sealed").expect("written");
    drop(created(dir.path()));
    let kept = files(&dir.path().join("aside"));
    assert!(
        kept.iter().any(|path| path.ends_with("outbox/a.seg")),
        "{kept:?}"
    );
    assert!(!dir.path().join("outbox").exists());
}

#[test]
fn a_store_interrupted_while_it_was_made_is_none_and_is_kept() {
    let dir = tempfile::tempdir().expect("a folder");
    drop(created(dir.path()));
    // As a kill between the database and its key slots leaves it.
    fs::remove_file(dir.path().join("keyslots.json")).expect("removed");
    assert_eq!(
        vault(dir.path()).state(&StillClock::new()),
        VaultState::None
    );
    drop(created(dir.path()));
    let kept = files(&dir.path().join("aside"));
    assert!(
        kept.iter().any(|path| path.ends_with("baqylau.db")),
        "{kept:?}"
    );
}

/// Gives wrong PINs, each when its turn has come, until the vault answers with something else than a wait.
fn guess(dir: &std::path::Path, clock: &StillClock, most: u32) -> Vec<Option<u32>> {
    let mut said = Vec::new();
    for _ in 0..most {
        match vault(dir).unlock_within("0000", clock, Some(most)) {
            Err(UnlockError::WrongPin {
                failures,
                retry_in_s,
            }) => {
                said.push(Some(failures));
                clock.pass_s(i64::try_from(retry_in_s).expect("small"));
            }
            Err(UnlockError::Wiped) => said.push(None),
            other => panic!("{:?}", other.err()),
        }
    }
    said
}

#[test]
fn the_last_wrong_pin_allowed_destroys_everything_and_not_the_one_before_it() {
    let dir = tempfile::tempdir().expect("a folder");
    drop(created(dir.path()));
    let clock = StillClock::new();
    assert_eq!(
        guess(dir.path(), &clock, 5),
        [Some(1), Some(2), Some(3), Some(4), None]
    );
    assert_eq!(vault(dir.path()).state(&clock), VaultState::None);
    assert_eq!(
        files(dir.path()),
        [dir.path().join("store.lock")],
        "nothing but the empty lock file is left"
    );
    assert!(
        vault(dir.path())
            .create(PIN, &Seeded::new(5), &clock)
            .is_ok(),
        "and a new store can be made"
    );
}

#[test]
fn a_kill_between_the_last_try_and_its_answer_wins_no_further_try() {
    let dir = tempfile::tempdir().expect("a folder");
    drop(created(dir.path()));
    let clock = StillClock::new();
    for failures in 1..=4 {
        let tried = vault(dir.path()).unlock_within("0000", &clock, Some(5));
        assert!(
            matches!(tried, Err(UnlockError::WrongPin { failures: counted, .. }) if counted == failures)
        );
    }
    // As a kill leaves it right after the fifth try was counted and before it was made.
    let counted = format!(r#"{{"failures":5,"since_ms":{}}}"#, AT.utc_ms);
    fs::write(dir.path().join("attempts.json"), counted).expect("written");
    assert!(
        vault(dir.path())
            .wipe_if_used_up(5)
            .expect("looked at the next start")
    );
    assert_eq!(vault(dir.path()).state(&clock), VaultState::None);
}

#[test]
fn a_counter_that_cannot_be_read_destroys_nothing_and_leaves_one_try() {
    let dir = tempfile::tempdir().expect("a folder");
    drop(created(dir.path()));
    fs::write(dir.path().join("attempts.json"), b"torn").expect("written");
    let clock = StillClock::new();
    assert!(!vault(dir.path()).wipe_if_used_up(5).expect("looked"));
    let VaultState::Locked { retry_in_s } = vault(dir.path()).state(&clock) else {
        panic!("the store is there");
    };
    clock.pass_s(i64::try_from(retry_in_s).expect("small"));
    assert!(
        vault(dir.path())
            .unlock_within(PIN, &clock, Some(5))
            .is_ok()
    );
}

#[test]
fn keys_go_at_once_while_the_store_is_open_and_the_files_when_it_has_closed() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = created(dir.path());
    let one = vault(dir.path());
    one.destroy_keys().expect("destroyed");
    assert!(!dir.path().join("keyslots.json").exists());
    assert!(
        matches!(
            one.change_pin(PIN, "77777", &Seeded::new(2), &StillClock::new()),
            Err(ChangePinError::Old(UnlockError::None))
        ),
        "no new slot can be made for what is being destroyed"
    );
    drop(store);
    assert_eq!(one.state(&StillClock::new()), VaultState::None);
    assert_eq!(files(dir.path()), [dir.path().join("store.lock")]);
}
