//! A backup in one file, and what of it goes on in another journal.

use crate::common::{
    AT, PIN, Seeded, StillClock, begun, created, draft, files, finished, leaks, spellings, text,
    vault,
};
use baqylau_domain::{DeviceId, ReportState};
use baqylau_store::{
    BackupStep, Identity, RestoreError, Segment, SignedBlob, Store, UnlockError, VaultState,
};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use uuid::Uuid;

pub(crate) fn back_up(store: &Store, to: &Path) -> PathBuf {
    let path = to.join("a.backup");
    store.back_up(&path, &mut |_, _, _| {}).expect("backed up");
    path
}

pub(crate) fn restore(dir: &Path, from: &Path, pin: &str) -> Result<String, RestoreError> {
    vault(dir).restore(from, pin, &StillClock::new(), None, &mut |_, _, _| {})
}

/// A new journal in a folder, as after enrolling with a fresh code.
pub(crate) fn begun_anew(dir: &Path) -> Store {
    let store = vault(dir)
        .create(PIN, &Seeded::new(8), &StillClock::new())
        .expect("created");
    let identity = Identity {
        device: DeviceId([4; 16]),
        genesis: [8; 32],
        device_key: vec![2; 64].into(),
        certificate: b"another".to_vec(),
    };
    let config = SignedBlob {
        version: 1,
        bytes: b"config".to_vec(),
    };
    store.enrol(&identity, &config, AT).expect("enrolled");
    store
}

pub(crate) fn take_over(dir: &Path, store: &Store, folder: &str) -> baqylau_store::TakenOver {
    let earlier = vault(dir)
        .unlock_aside(folder, PIN, &StillClock::new())
        .expect("the PIN of then opens it");
    store.take_over(folder, &earlier, AT).expect("taken over")
}

/// Everything a device may hold: a finished report and its segment, a draft with a picture and a note, a correction
/// under way, a segment carried for others.
pub(crate) fn busy(dir: &Path) -> Store {
    let store = created(dir);
    let done = begun(&store, 1);
    store
        .save_answer(done, "A1", Some(&text("finished")), AT, None)
        .expect("saved");
    finished(&store, done);
    let sealed = Segment {
        first_seq: 1,
        count: 3,
        sealed: b"sealed by the old device".to_vec(),
    };
    store.put_segment(&sealed, AT).expect("kept");
    let open = begun(&store, 2);
    store
        .save_answer(open, "A1", Some(&text("unfinished")), AT, None)
        .expect("saved");
    store
        .add_note(open, Uuid::from_u128(20), Some("A1"), "a note", AT)
        .expect("noted");
    store
        .put_photo(open, "picture", "image/jpeg", &[7; 300_000], AT, None)
        .expect("taken");
    let corrected = begun(&store, 3);
    finished(&store, corrected);
    store.correct(corrected, "a slip", AT).expect("begun");
    store
        .save_answer(corrected, "A1", Some(&text("corrected")), AT, None)
        .expect("saved");
    store
        .carry_segments(
            &[b"of another team".to_vec()],
            Some("T2"),
            baqylau_domain::Road::File,
            AT,
        )
        .expect("carried");
    store
}

#[test]
fn a_backup_holds_everything_and_a_new_journal_takes_it_over_once() {
    let (old, new, stick) = (folder(), folder(), folder());
    let store = busy(old.path());
    let mut steps = Vec::new();
    let path = stick.path().join("a.backup");
    let bytes = store
        .back_up(&path, &mut |step, _, _| steps.push(step))
        .expect("backed up");
    assert_eq!(fs::metadata(&path).expect("there").len(), bytes);
    steps.dedup();
    assert_eq!(
        steps,
        [
            BackupStep::Copying,
            BackupStep::Writing,
            BackupStep::Checking
        ]
    );
    assert_eq!(
        files(stick.path()),
        std::slice::from_ref(&path),
        "nothing half written stays"
    );
    assert!(!old.path().join("backing-up").exists(), "nor any copy");
    // The old device goes on; that is not in the backup.
    begun(&store, 9);

    let folder = restore(new.path(), &path, PIN).expect("restored");
    assert_eq!(
        vault(new.path()).state(&StillClock::new()),
        VaultState::None,
        "it is no store of this device"
    );
    let anew = begun_anew(new.path());
    assert_eq!(
        anew.unopened().expect("read"),
        std::slice::from_ref(&folder)
    );
    let taken = take_over(new.path(), &anew, &folder);
    assert_eq!((taken.drafts, taken.corrections), (2, 1));
    assert!(anew.unopened().expect("read").is_empty());

    let ids: Vec<Uuid> = anew
        .reports()
        .expect("read")
        .iter()
        .map(|it| it.id)
        .collect();
    assert_eq!(ids.len(), 2);
    for (id, wanted, revision) in [(2, "unfinished", 0), (3, "corrected", 1)] {
        let id = Uuid::from_u128(id);
        let report = anew.report(id).expect("read").expect("came over");
        assert_eq!((report.state, report.revision), (ReportState::Draft, 0));
        assert_eq!(
            anew.answers(id).expect("read").get("A1"),
            Some(&text(wanted))
        );
        let origin = anew
            .draft_origin(id)
            .expect("read")
            .expect("it says where it came from");
        assert_eq!(
            (origin.device, origin.revision),
            (Some(DeviceId([3; 16])), revision)
        );
    }
    assert_eq!(anew.notes(Uuid::from_u128(2)).expect("read").len(), 1);
    assert_eq!(
        anew.pictures(Some(Uuid::from_u128(2))).expect("read").len(),
        1
    );
    let photo = anew.pictures(None).expect("read")[0].photo.hash;
    assert_eq!(anew.photo(&photo).expect("read"), Some(vec![7; 300_000]));
    let carried = anew.carried_segments().expect("read");
    assert_eq!(carried.len(), 1, "what was carried for others goes on");
    assert_eq!(
        anew.next_visit(&draft(1).form).expect("read"),
        2,
        "visits are numbered through"
    );

    // What was finished is read in the earlier journal.
    let earlier = anew.open_earlier(&folder).expect("no PIN is needed");
    let done = earlier
        .report(Uuid::from_u128(1))
        .expect("read")
        .expect("there");
    assert_eq!(done.state, ReportState::Finished);
    assert_eq!(earlier.segments(1).expect("read").len(), 1);
    drop(earlier);

    // Thrown away here, it does not come back.
    anew.discard(Uuid::from_u128(2)).expect("discarded");
    assert_eq!(
        take_over(new.path(), &anew, &folder),
        baqylau_store::TakenOver::default()
    );
    assert_eq!(anew.reports().expect("read").len(), 1);
}

#[test]
fn a_backup_of_a_store_with_an_earlier_journal_holds_that_too() {
    let (first, second, third, stick) = (folder(), folder(), folder(), folder());
    let path = back_up(&busy(first.path()), stick.path());
    let from_first = restore(second.path(), &path, PIN).expect("restored");
    let anew = begun_anew(second.path());
    take_over(second.path(), &anew, &from_first);
    anew.take_over_segments(
        &from_first,
        &[b"sealed by the old device".to_vec()],
        None,
        AT,
    )
    .expect("carried");
    let path = back_up(&anew, stick.path());
    drop(anew);

    let from_second = restore(third.path(), &path, PIN).expect("restored");
    let last = vault(third.path())
        .create(PIN, &Seeded::new(9), &StillClock::new())
        .expect("created");
    take_over(third.path(), &last, &from_second);
    let devices: Vec<_> = last
        .earlier_journals()
        .expect("read")
        .into_iter()
        .map(|it| it.device)
        .collect();
    assert_eq!(devices, [Some(DeviceId([4; 16])), Some(DeviceId([3; 16]))]);
    let oldest = last.earlier_journals().expect("read")[1].folder.clone();
    let oldest = last.open_earlier(&oldest).expect("opens");
    assert_eq!(oldest.reports().expect("read").len(), 3);
    assert_eq!(
        last.carried_segments().expect("read").len(),
        2,
        "nothing on its way is dropped"
    );
    assert_eq!(last.reports().expect("read").len(), 2);
}

#[test]
fn what_is_in_a_backup_cannot_be_read_without_the_pin() {
    let (dir, stick) = (folder(), folder());
    let store = busy(dir.path());
    back_up(&store, stick.path());
    let mut secrets: Vec<Vec<u8>> = ["finished", "unfinished", "a note", "KZ-01-001", "A1"]
        .iter()
        .flat_map(|word| spellings(word.as_bytes()))
        .filter(|needle| needle.len() > 3)
        .collect();
    secrets.extend(spellings(&[7; 64]));
    assert!(leaks(stick.path(), &secrets).is_empty());
}

#[test]
fn no_backup_takes_the_place_of_a_store_or_comes_twice() {
    let (old, new, stick) = (folder(), folder(), folder());
    let store = busy(old.path());
    let path = back_up(&store, stick.path());
    drop(store);
    assert!(matches!(
        restore(old.path(), &path, PIN),
        Err(RestoreError::Exists)
    ));
    restore(new.path(), &path, PIN).expect("restored");
    assert!(matches!(
        restore(new.path(), &path, PIN),
        Err(RestoreError::Already)
    ));
    drop(begun_anew(new.path()));
    assert!(matches!(
        restore(new.path(), &path, PIN),
        Err(RestoreError::Exists)
    ));
}

#[test]
fn wrong_pins_cost_what_they_cost_at_the_lock() {
    let (old, new, stick) = (folder(), folder(), folder());
    let path = back_up(&busy(old.path()), stick.path());
    let clock = StillClock::new();
    let tried =
        |pin: &str, most| vault(new.path()).restore(&path, pin, &clock, most, &mut |_, _, _| {});
    for failure in 1..=4 {
        match tried("0000", None) {
            Err(RestoreError::Pin(UnlockError::WrongPin {
                failures,
                retry_in_s,
            })) => {
                assert_eq!(failures, failure);
                assert_eq!(retry_in_s > 0, failure >= 4);
            }
            other => panic!("{other:?}"),
        }
        assert!(!new.path().join("restoring").exists());
        assert!(!new.path().join("aside").exists());
    }
    assert!(matches!(
        tried(PIN, None),
        Err(RestoreError::Pin(UnlockError::Wait { .. }))
    ));
    clock.pass_s(10);
    fs::create_dir_all(new.path().join("aside/old")).expect("a folder");
    fs::write(new.path().join("aside/old/keyslots.json"), b"slots").expect("written");
    assert!(matches!(
        tried("0000", Some(5)),
        Err(RestoreError::Pin(UnlockError::Wiped))
    ));
    assert!(
        !new.path().join("aside").exists(),
        "as at the lock, the last one destroys"
    );
    tried(PIN, Some(5)).expect("the count began anew");
}

#[test]
fn a_backup_that_was_changed_or_cut_off_is_refused_and_leaves_nothing() {
    let (old, new, stick) = (folder(), folder(), folder());
    let store = created(old.path());
    begun(&store, 1);
    let path = back_up(&store, stick.path());
    let whole = fs::read(&path).expect("read");
    let (bad, vault_dir) = (stick.path().join("bad"), new.path().join("store"));
    let refuse = |bytes: &[u8], what: &str| {
        fs::write(&bad, bytes).expect("written");
        let refused = restore(&vault_dir, &bad, PIN);
        let is_refused = matches!(
            refused,
            Err(RestoreError::Damaged | RestoreError::NotABackup | RestoreError::TooNew)
        );
        assert!(is_refused, "{what}: {refused:?}");
        let left: Vec<_> = files(&vault_dir);
        assert!(
            left.iter().all(|it| it.ends_with("store.lock")),
            "{what}: {left:?}"
        );
    };
    // All of the head, the list and the end, and a byte of every so many between.
    let places =
        (0..whole.len()).filter(|at| *at < 700 || *at + 100 > whole.len() || at % 1499 == 0);
    for at in places {
        let mut changed = whole.clone();
        changed[at] ^= 1 << (at % 8);
        refuse(&changed, &format!("changed at {at}"));
    }
    for length in
        (0..whole.len()).filter(|at| *at < 300 || *at + 50 > whole.len() || at % 9973 == 0)
    {
        refuse(&whole[..length], &format!("cut off at {length}"));
    }
    refuse(&[&whole[..], b"x"].concat(), "longer");
    restore(&vault_dir, &path, PIN).expect("the whole one is taken");
}

#[test]
fn a_backup_that_cannot_be_written_leaves_nothing_under_its_name() {
    let (dir, stick) = (folder(), folder());
    let store = busy(dir.path());
    let gone = stick.path().join("gone/a.backup");
    assert!(store.back_up(&gone, &mut |_, _, _| {}).is_err());
    assert!(files(stick.path()).is_empty());
    assert!(!dir.path().join("backing-up").exists());
    begun(&store, 11);
}

pub(crate) fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder")
}
