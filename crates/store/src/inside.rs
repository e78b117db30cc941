//! Tests that need the raw connection: what SQL itself refuses, schema versions, a full disk.

use crate::error::AsideReason;
use crate::keyslots::{DatabaseKey, Kdf, KeySlots};
use crate::{
    CarriedEnvelope, EntryRole, Identity, NewEntry, NewReport, Place, SignedBlob, Store,
    StoreError, Tally, UnlockError, Vault, database,
};
use baqylau_domain::{
    Answers, Clock, DeviceId, FormHash, FormId, IdSource, Moment, ObserverCode, Value,
};
use baqylau_protocol::Addressee;
use sha2::{Digest, Sha256};
use std::path::Path;
use uuid::Uuid;
use zeroize::Zeroizing;

pub(crate) const AT: Moment = Moment {
    utc_ms: 1_301_799_600_000,
    offset_min: 360,
};
const CHEAP: Kdf = Kdf {
    memory_kib: 8,
    passes: 1,
    lanes: 1,
};

pub(crate) struct Still;

impl Clock for Still {
    fn now(&self) -> Moment {
        AT
    }
}

impl IdSource for Still {
    fn fill(&self, buffer: &mut [u8]) {
        buffer.fill(0x5a);
    }
}

pub(crate) fn vault(dir: &Path) -> Vault {
    Vault::with_kdf(dir, CHEAP)
}

/// A store with one finished report, a receipt, a note in the journal and a draft.
fn populated(dir: &Path) -> Store {
    let store = vault(dir).create("2011", &Still, &Still).expect("created");
    let identity = Identity {
        device: DeviceId([3; 16]),
        genesis: [9; 32],
        device_key: Zeroizing::new(vec![1; 32]),
        certificate: b"certificate".to_vec(),
    };
    store
        .enrol(
            &identity,
            &SignedBlob {
                version: 1,
                bytes: b"config".to_vec(),
            },
            AT,
        )
        .expect("enrolled");
    for id in [1, 2] {
        let new = NewReport {
            id: Uuid::from_u128(id),
            form: FormId::from("voting"),
            form_hash: FormHash([5; 32]),
            place: Place::Anywhere,
            visit: 1,
            at: AT,
        };
        store
            .begin(&new, &Answers::new(), Tally::default())
            .expect("begun");
        store
            .save_answer(new.id, "A1", Some(&Value::Integer(1212)), AT, None)
            .expect("saved");
    }
    let (report, note) = (Uuid::from_u128(1), Uuid::from_u128(77));
    store
        .add_note(report, note, None, "a note", AT)
        .expect("noted");
    let roles = [
        EntryRole::Open,
        EntryRole::Revision,
        EntryRole::Note(note),
        EntryRole::Finalise,
    ];
    let entries = roles
        .map(|role| NewEntry {
            role,
            bytes: format!("{role:?}").into_bytes(),
        })
        .to_vec();
    store
        .finish::<StoreError>(report, AT, &[ObserverCode::from("O-1")], None, |_| {
            Ok(entries)
        })
        .expect("finished");
    let hash = store.head().expect("read").hash;
    let receipt = crate::Receipt {
        server_epoch: 1,
        upto_seq: 4,
        hash,
        received_at_ms: 42,
        bytes: vec![1],
    };
    store.record_receipt(&receipt, AT).expect("kept");
    store
}

#[test]
fn sql_itself_refuses_to_change_or_remove_evidence() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = populated(dir.path());
    for statement in [
        "UPDATE entry SET body = x'00' WHERE seq = 2",
        "DELETE FROM entry WHERE seq = 4",
        "DELETE FROM entry",
        "INSERT INTO entry (seq, report, body, hash) SELECT 9, report, body, hash FROM entry WHERE seq = 1",
        "INSERT OR REPLACE INTO entry (seq, report, body, hash) SELECT seq, report, x'00', hash FROM entry WHERE seq = 2",
        "UPDATE revision SET answers = '{}'",
        "DELETE FROM revision",
        "INSERT OR REPLACE INTO revision SELECT * FROM revision",
        "UPDATE receipt SET upto_seq = 3",
        "DELETE FROM receipt",
        "UPDATE note SET body = 'other' WHERE seq IS NOT NULL",
        "DELETE FROM note WHERE seq IS NOT NULL",
        "UPDATE identity SET device_key = x'00'",
        "UPDATE identity SET genesis = zeroblob(32)",
        "DELETE FROM identity",
        "DELETE FROM report WHERE open_seq IS NOT NULL",
        "UPDATE report SET state = 'draft' WHERE open_seq IS NOT NULL",
    ] {
        let refused = store.write(|tx| Ok::<_, StoreError>(tx.execute(statement, [])?));
        assert!(
            matches!(refused, Err(StoreError::Database(_))),
            "{statement}: {refused:?}"
        );
    }
    store.verify_journal().expect("nothing changed");
}

#[test]
fn the_reader_cannot_write() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = populated(dir.path());
    assert!(
        store
            .read(|tx| Ok(tx.execute("DELETE FROM draft_answer", [])?))
            .is_err()
    );
}

#[test]
fn the_connection_is_set_up_as_the_decision_says() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = populated(dir.path());
    let settings = store
        .write(|tx| {
            let ask = |name: &str| {
                tx.query_row(&format!("PRAGMA {name}"), [], |row| row.get::<_, i64>(0))
            };
            let names = [
                "synchronous",
                "foreign_keys",
                "trusted_schema",
                "secure_delete",
                "temp_store",
                "recursive_triggers",
            ];
            Ok::<_, StoreError>(names.map(ask).into_iter().collect::<Result<Vec<_>, _>>()?)
        })
        .expect("read");
    assert_eq!(settings, [2, 1, 0, 1, 2, 1]);
    let journal: String = store
        .read(|tx| Ok(tx.query_row("PRAGMA journal_mode", [], |row| row.get(0))?))
        .expect("read");
    assert_eq!(journal, "wal");
}

#[test]
fn a_database_of_a_newer_program_is_set_aside_whole() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = populated(dir.path());
    store
        .write(|tx| {
            Ok::<_, StoreError>(tx.pragma_update(None, "user_version", database::SCHEMA + 1)?)
        })
        .expect("written");
    drop(store);
    match vault(dir.path()).unlock("2011", &Still) {
        Err(UnlockError::SetAside {
            reason: AsideReason::TooNew,
            kept,
        }) => {
            assert!(
                kept.ends_with("aside/20110403T030000Z-too-new"),
                "{}",
                kept.display()
            );
            assert!(kept.join("baqylau.db").exists() && kept.join("keyslots.json").exists());
        }
        other => panic!("{:?}", other.err()),
    }
}

#[test]
fn a_journal_whose_chain_does_not_hold_is_set_aside() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = populated(dir.path());
    store
        .write(|tx| {
            tx.execute_batch(
                "DROP TRIGGER entry_is_final; UPDATE entry SET body = x'00' WHERE seq = 2",
            )?;
            Ok::<_, StoreError>(())
        })
        .expect("forged");
    drop(store);
    let unlocked = vault(dir.path()).unlock("2011", &Still);
    assert!(matches!(
        unlocked,
        Err(UnlockError::SetAside {
            reason: AsideReason::Corrupt,
            ..
        })
    ));
}

#[test]
fn a_full_disk_says_not_saved_and_loses_nothing_earlier() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = populated(dir.path());
    let report = Uuid::from_u128(2);
    let limit = |pages: i64| {
        store
            .write(|tx| {
                let asked = format!("PRAGMA max_page_count = {pages}");
                Ok::<_, StoreError>(tx.query_row(&asked, [], |row| row.get::<_, i64>(0))?)
            })
            .expect("limited")
    };
    // Asking for fewer pages than there are sets the limit to what there is.
    let pages = limit(1);
    let large = Value::Text("long ".repeat(100_000));
    assert!(matches!(
        store.save_answer(report, "A2", Some(&large), AT, None),
        Err(StoreError::DiskFull)
    ));
    assert_eq!(
        store.answers(report).expect("read").get("A1"),
        Some(&Value::Integer(1212))
    );
    limit(pages + 1000);
    store
        .save_answer(report, "A2", Some(&large), AT, None)
        .expect("saved once there is room");
}

const MIGRATIONS: [(&str, &str); 8] = [
    (
        "0001_init.sql",
        include_str!("../sql/migrations/0001_init.sql"),
    ),
    (
        "0002_carriers.sql",
        include_str!("../sql/migrations/0002_carriers.sql"),
    ),
    (
        "0003_pictures.sql",
        include_str!("../sql/migrations/0003_pictures.sql"),
    ),
    (
        "0004_sealing.sql",
        include_str!("../sql/migrations/0004_sealing.sql"),
    ),
    (
        "0005_earlier.sql",
        include_str!("../sql/migrations/0005_earlier.sql"),
    ),
    (
        "0006_revoked.sql",
        include_str!("../sql/migrations/0006_revoked.sql"),
    ),
    (
        "0007_envelopes.sql",
        include_str!("../sql/migrations/0007_envelopes.sql"),
    ),
    (
        "0008_carried_pictures.sql",
        include_str!("../sql/migrations/0008_carried_pictures.sql"),
    ),
];

#[test]
fn migrations_that_shipped_are_never_edited() {
    let shipped = include_str!("../sql/migrations/CHECKSUMS");
    let now: String = MIGRATIONS
        .iter()
        .map(|(name, sql)| {
            let hash = data_encoding::HEXLOWER.encode(&Sha256::digest(sql));
            format!("{hash}  {name}\n")
        })
        .collect();
    assert_eq!(shipped, now, "add a migration instead");
}

#[test]
fn every_table_is_strict_and_has_a_comment() {
    let lines: Vec<&str> = MIGRATIONS.iter().flat_map(|(_, sql)| sql.lines()).collect();
    for (number, line) in lines
        .iter()
        .enumerate()
        .filter(|(_, line)| line.starts_with("CREATE TABLE"))
    {
        assert!(lines[number - 1].starts_with("-- "), "{line}");
        let end = lines[number..]
            .iter()
            .find(|line| line.starts_with(')'))
            .expect("it ends");
        assert!(end.contains("STRICT"), "{line}");
    }
}

/// The dump of a database that schema 1 wrote, rows and all.
const SCHEMA_1: &str = include_str!("../tests/fixtures/schema-1.sql");

/// The store in a folder whose database is this dump.
fn opened_from(folder: &Path, dump: &str) -> Store {
    let key: DatabaseKey = Zeroizing::new([0x5a; 32]);
    let path = folder.join("baqylau.db");
    database::create_from_dump(&path, &key, dump).expect("the dump loads");
    KeySlots::seal(&key, "2011", None, CHEAP, &Still)
        .expect("sealed")
        .write(&folder.join("keyslots.json"))
        .expect("written");
    vault(folder).unlock("2011", &Still).expect("unlocked")
}

#[test]
fn a_database_that_carried_a_receipt_in_the_open_opens_without_it_and_takes_envelopes() {
    let dir = tempfile::tempdir().expect("a folder");
    let until_6: String = MIGRATIONS[1..6].iter().map(|(_, sql)| *sql).collect();
    let row = "INSERT INTO carried_receipt VALUES (zeroblob(16), 1, 9, x'01', 'file', 0, 0);";
    let dump = format!("{SCHEMA_1}\n{until_6}\n{row}\nPRAGMA user_version = 6;");
    let store = opened_from(dir.path(), &dump);
    assert_eq!(store.carrying().expect("read").receipts, 0);
    let envelope = CarriedEnvelope {
        addressee: Addressee([1; 16]),
        server_epoch: 1,
        log_size: 9,
        bytes: vec![7],
    };
    assert_eq!(
        store.carry_envelopes(&[envelope], None, AT).expect("kept"),
        1
    );
    assert_eq!(store.carrying().expect("read").receipts, 1);
    assert_eq!(store.held_upto().expect("read"), 4, "all else is as it was");
}

#[test]
fn a_database_of_schema_1_opens_with_everything_in_it() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = opened_from(dir.path(), SCHEMA_1);
    let report = store
        .report(Uuid::from_u128(1))
        .expect("read")
        .expect("there");
    assert_eq!(
        (report.revision, report.open_seq, report.last_seq),
        (1, Some(1), Some(4))
    );
    assert_eq!(
        store.revisions(report.id).expect("read")[0]
            .answers
            .get("A1"),
        Some(&Value::Integer(1212))
    );
    assert_eq!(
        store.answers(Uuid::from_u128(2)).expect("read").get("A1"),
        Some(&Value::Integer(1212))
    );
    assert_eq!(store.notes(report.id).expect("read")[0].seq, Some(3));
    assert_eq!(store.held_upto().expect("read"), 4);
    assert_eq!(store.head().expect("read").next_seq, 5);
    // What schema 2 added is there and empty.
    assert_eq!(store.carrying().expect("read"), crate::Carrying::default());
    assert_eq!(store.custody_notes().expect("read"), []);
    // So is what schema 5 added.
    assert!(store.earlier_journals().expect("read").is_empty());
    assert_eq!(store.fork().expect("read"), None);
    // And what schema 6 added.
    assert_eq!(store.revoked_epoch().expect("read"), None);
}
