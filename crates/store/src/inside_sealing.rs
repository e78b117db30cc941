//! Sealed reports, read as whoever has the right PIN could read them: every row, every page, every file.

use crate::files::{DATABASE, LOCK};
use crate::inside::{AT, Still, vault};
use crate::{
    EntryRole, Finishing, Identity, NewEntry, NewReport, PictureReceipt, Place, SealedCopy,
    Segment, SignedBlob, Store, StoreError, Tally, database,
};
use baqylau_domain::{Answers, DeviceId, FormHash, FormId, ObserverCode, StationCode, Value};
use rusqlite::types::ValueRef;
use sha2::{Digest, Sha256};
use std::fs;
use std::path::Path;
use uuid::Uuid;
use zeroize::Zeroizing;

/// Integers that are nowhere else in a store.
const SECRET: i64 = 7_310_422_918_000;
const REPORTS: u128 = 9;
const QUESTIONS: u32 = 40;

fn enrolled(store: Store) -> Store {
    let identity = Identity {
        device: DeviceId([3; 16]),
        genesis: [9; 32],
        device_key: Zeroizing::new(vec![1; 32]),
        certificate: b"certificate".to_vec(),
    };
    let config = SignedBlob {
        version: 1,
        bytes: b"config".to_vec(),
    };
    store.enrol(&identity, &config, AT).expect("enrolled");
    store
}

/// A store whose pages lie in its files as they are.
fn plain(dir: &Path) -> Store {
    let path = dir.join(DATABASE);
    let writer = database::plain(&path).expect("made");
    let reader = database::plain(&path).expect("opened");
    let lock = fs::File::create(dir.join(LOCK)).expect("locked");
    let key = Zeroizing::new([0; 32]);
    enrolled(Store::new(dir.to_owned(), writer, reader, lock, key))
}

fn encrypted(dir: &Path) -> Store {
    enrolled(vault(dir).create("2011", &Still, &Still).expect("created"))
}

fn entries(finishing: &Finishing<'_>) -> Result<Vec<NewEntry>, StoreError> {
    let open = finishing.numbering.open_seq.is_none();
    let notes = finishing.notes.iter().map(|note| EntryRole::Note(note.id));
    let pictures = finishing
        .attachments
        .iter()
        .map(|it| EntryRole::Attachment(it.hash));
    let roles = open
        .then_some(EntryRole::Open)
        .into_iter()
        .chain([EntryRole::Revision])
        .chain(notes)
        .chain(pictures)
        .chain([EntryRole::Finalise]);
    let text = |note: &crate::Note| note.text.clone();
    let words: Vec<String> = finishing.notes.iter().map(text).collect();
    let entry = |role| NewEntry {
        role,
        bytes: format!("{role:?} {:?} {words:?}", finishing.answers).into_bytes(),
    };
    Ok(roles.map(entry).collect())
}

/// Keeps a segment over everything appended since `first_seq`; nobody here can open it.
fn pack(store: &Store, first_seq: u64) {
    let last = store.head().expect("read").next_seq - 1;
    let segment = Segment {
        first_seq,
        count: u32::try_from(last + 1 - first_seq).expect("few"),
        sealed: Sha256::digest(first_seq.to_be_bytes()).to_vec(),
    };
    store.put_segment(&segment, AT).expect("kept");
}

fn finish(store: &Store, report: Uuid) {
    let first_seq = store.head().expect("read").next_seq;
    store
        .finish::<StoreError>(report, AT, &[ObserverCode::from("O-1")], None, entries)
        .expect("finished");
    pack(store, first_seq);
}

/// Reports whose every word is a canary, filled in side by side, some corrected; and a draft that must stay.
fn fill(store: &Store) -> Vec<Uuid> {
    let reports: Vec<Uuid> = (1..=REPORTS).map(Uuid::from_u128).collect();
    let draft = Uuid::from_u128(99);
    for id in reports.iter().chain([&draft]) {
        let new = NewReport {
            id: *id,
            form: FormId::from("voting"),
            form_hash: FormHash([5; 32]),
            place: Place::Station(StationCode::from("KZ-01-001")),
            visit: 1,
            at: AT,
        };
        store
            .begin(&new, &Answers::new(), Tally::default())
            .expect("begun");
    }
    for question in 0..QUESTIONS {
        for (number, report) in (0_u32..).zip(&reports) {
            answer(store, *report, question, number, "CANARY-FIRST");
        }
        let kept = Value::Text(format!("what stays {question}"));
        let name = format!("q{question}");
        store
            .save_answer(draft, &name, Some(&kept), AT, None)
            .expect("saved");
    }
    for (number, report) in (1_u128..).zip(&reports) {
        let note = Uuid::from_u128(number << 64);
        store
            .add_note(
                *report,
                note,
                Some("q1"),
                "CANARY-NOTE of the observers",
                AT,
            )
            .expect("noted");
        for replaced in [false, true] {
            let picture = format!("CANARY-PHOTO {number} {replaced} ").repeat(20_000);
            store
                .put_photo(
                    *report,
                    "picture",
                    "image/jpeg",
                    picture.as_bytes(),
                    AT,
                    None,
                )
                .expect("taken in");
        }
        finish(store, *report);
    }
    for (number, report) in (0_u32..).zip(&reports).step_by(2) {
        store
            .correct(*report, "CANARY-REASON for a correction", AT)
            .expect("begun");
        answer(store, *report, 3, number, "CANARY-SECOND");
        finish(store, *report);
    }
    reports
}

fn answer(store: &Store, report: Uuid, question: u32, number: u32, word: &str) {
    let value = if question.is_multiple_of(2) {
        Value::Integer(SECRET + i64::from(question * 100 + number))
    } else {
        // Some answers fill pages of their own.
        let times = if question == 7 { 900 } else { 3 };
        Value::Text(format!("{word} {number} {question} ").repeat(times))
    };
    store
        .save_answer(report, &format!("q{question}"), Some(&value), AT, None)
        .expect("saved");
}

fn seal_all(store: &Store, reports: &[Uuid]) {
    for report in reports {
        store.seal_report(*report, AT).expect("sealed");
    }
    let receipt = PictureReceipt {
        server_epoch: 1,
        received_at_ms: 42,
    };
    for picture in store.pictures(None).expect("read") {
        store
            .record_picture_receipt(&picture.photo.hash, &receipt, b"receipt")
            .expect("kept");
    }
    let pictures = u32::try_from(reports.len()).expect("few");
    assert_eq!(store.remove_held_pictures().expect("removed"), pictures);
}

/// How often any word of a report stands in some bytes.
fn canaries(bytes: &[u8]) -> usize {
    let secret = SECRET.to_string();
    let needles = [&b"CANARY"[..], &secret.as_bytes()[..8]];
    let count = |needle: &[u8]| {
        bytes
            .windows(needle.len())
            .filter(|it| *it == needle)
            .count()
    };
    needles.into_iter().map(count).sum()
}

/// Every value of every row of every table, as SQL hands it to whoever has opened the store.
fn dump(store: &Store) -> Vec<u8> {
    let dumped = store.read(|tx| {
        let mut dumped = Vec::new();
        let mut names = tx.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'")?;
        let names = names
            .query_map([], |row| row.get::<_, String>(0))?
            .collect::<Result<Vec<_>, _>>()?;
        for name in names {
            let mut statement = tx.prepare(&format!("SELECT * FROM \"{name}\""))?;
            let columns = statement.column_count();
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                for column in 0..columns {
                    match row.get_ref(column)? {
                        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => dumped.extend(bytes),
                        ValueRef::Integer(number) => dumped.extend(number.to_string().bytes()),
                        ValueRef::Real(number) => dumped.extend(number.to_string().bytes()),
                        ValueRef::Null => {}
                    }
                    dumped.push(b'|');
                }
            }
        }
        Ok(dumped)
    });
    dumped.expect("dumped")
}

/// What lies in the files of a folder and the folders in it.
fn files(dir: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    for entry in fs::read_dir(dir).expect("a folder").flatten() {
        let path = entry.path();
        bytes.extend(if path.is_dir() {
            files(&path)
        } else {
            fs::read(&path).expect("read")
        });
    }
    bytes
}

#[test]
fn with_the_right_pin_nothing_of_a_sealed_report_is_found_in_any_row() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = encrypted(dir.path());
    let reports = fill(&store);
    assert!(canaries(&dump(&store)) > 1000, "this test can fail");
    seal_all(&store, &reports);
    assert_eq!(canaries(&dump(&store)), 0);
    drop(store);
    let store = vault(dir.path()).unlock("2011", &Still).expect("it opens");
    assert_eq!(canaries(&dump(&store)), 0);
    assert_eq!(canaries(&files(dir.path())), 0);
    let draft = store.answers(Uuid::from_u128(99)).expect("read");
    assert_eq!(
        draft.len(),
        QUESTIONS as usize,
        "what is being written stays"
    );
    for report in store.reports().expect("read") {
        let is_draft = report.id == Uuid::from_u128(99);
        assert_eq!(report.sealed_at, (!is_draft).then_some(AT));
        assert_eq!(
            report.answered,
            QUESTIONS + u32::from(!is_draft),
            "and so does how many there were"
        );
    }
    assert!(store.notes(reports[0]).expect("read")[0].text.is_empty());
    for seq in 1..store.head().expect("read").next_seq {
        let copy = store.sealed_copy(seq).expect("read");
        assert!(matches!(copy, Some(SealedCopy::Whole(_))), "{seq}");
    }
}

#[test]
fn nothing_of_a_sealed_report_is_left_in_free_pages_or_in_the_log() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = plain(dir.path());
    let reports = fill(&store);
    assert!(canaries(&files(dir.path())) > 1000, "this test can fail");
    let wal = dir.path().join(crate::files::WAL);
    assert!(fs::metadata(&wal).expect("a log").len() > 0);
    seal_all(&store, &reports);
    assert_eq!(fs::metadata(&wal).expect("a log").len(), 0);
    assert_eq!(canaries(&files(dir.path())), 0);
    store.verify_journal().expect("the chain holds");
    drop(store);
    assert_eq!(canaries(&files(dir.path())), 0);
}

#[test]
fn sql_itself_removes_nothing_that_is_not_in_the_outbox_and_brings_nothing_back() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = encrypted(dir.path());
    let reports = fill(&store);
    store.seal_report(reports[0], AT).expect("sealed");
    let of = |number: u128| format!("x'{:032x}'", number);
    for statement in [
        "UPDATE entry SET body = x''".to_owned(),
        format!("UPDATE entry SET body = x'' WHERE report = {}", of(2)),
        format!("UPDATE entry SET body = x'00' WHERE report = {}", of(1)),
        format!("UPDATE entry SET body = x'' WHERE report = {}", of(1)),
        format!(
            "UPDATE entry SET hash = zeroblob(32) WHERE report = {}",
            of(1)
        ),
        format!("INSERT INTO sealed_report VALUES ({}, 1, 1, 1)", of(2)),
        format!("INSERT INTO sealed_report VALUES ({}, 1, 1, 1)", of(99)),
        "INSERT INTO sealed_entry VALUES ((SELECT max(seq) FROM entry), 1)".to_owned(),
        "DELETE FROM sealed_entry".to_owned(),
        "UPDATE sealed_entry SET segment = 2".to_owned(),
        "DELETE FROM sealed_report".to_owned(),
        "UPDATE sealed_report SET answered = 0".to_owned(),
        "DELETE FROM segment".to_owned(),
        "UPDATE segment SET hash = zeroblob(32)".to_owned(),
        format!(
            "UPDATE revision SET answers = '{{}}', changed = '[]', reason = '' WHERE report = {}",
            of(2)
        ),
        format!(
            "UPDATE revision SET answers = '{{\"q\":1}}' WHERE report = {}",
            of(1)
        ),
        format!(
            "UPDATE note SET body = '', question = NULL WHERE report = {}",
            of(2)
        ),
        format!("UPDATE note SET body = 'other' WHERE report = {}", of(1)),
        format!("UPDATE report SET state = 'withdrawn' WHERE id = {}", of(1)),
        format!(
            "INSERT INTO entry SELECT max(seq) + 1, {}, x'01', zeroblob(32) FROM entry",
            of(1)
        ),
        format!(
            "INSERT INTO entry SELECT max(seq) + 1, {}, x'', zeroblob(32) FROM entry",
            of(2)
        ),
    ] {
        let refused = store.write(|tx| Ok::<_, StoreError>(tx.execute(&statement, [])?));
        assert!(
            matches!(refused, Err(StoreError::Database(_))),
            "{statement}: {refused:?}"
        );
    }
    store.verify_journal().expect("nothing changed");
}

#[test]
fn a_body_that_is_gone_without_its_report_being_sealed_is_damage() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = encrypted(dir.path());
    fill(&store);
    store
        .write(|tx| {
            tx.execute_batch(
                "DROP TRIGGER entry_is_final; UPDATE entry SET body = x'' WHERE seq = 2",
            )?;
            Ok::<_, StoreError>(())
        })
        .expect("forged");
    assert!(matches!(store.verify_journal(), Err(StoreError::Corrupt)));
}

#[test]
fn an_entry_after_a_sealed_one_must_still_fit() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = encrypted(dir.path());
    let reports = fill(&store);
    store.seal_report(reports[0], AT).expect("sealed");
    let behind = store.entries_of(reports[1]).expect("read")[0];
    store
        .write(|tx| {
            tx.execute_batch("DROP TRIGGER entry_is_final")?;
            tx.execute("UPDATE entry SET body = x'00' WHERE seq = ?1", [behind])?;
            Ok::<_, StoreError>(())
        })
        .expect("forged");
    assert!(matches!(store.verify_journal(), Err(StoreError::Corrupt)));
}
