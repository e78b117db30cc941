//! Test fixture: writes into a store until it is killed, and says on standard output what was acknowledged.
//!
//! `crash_child DIR SEED`: creates the store, or unlocks the one an earlier run left. One line an
//! acknowledged act: `a <report> <question> <number>` for an answer, `f <report> <last entry>` for a finish.

use baqylau_domain::{
    Answers, Clock, DeviceId, FormHash, FormId, IdSource, Moment, ObserverCode, StationCode, Value,
};
use baqylau_store::register::{DistrictRow, RegionRow, RegisterRows, StationRow};
use baqylau_store::{
    EntryRole, Finishing, Identity, Kdf, NewEntry, NewReport, Place, Segment, SignedBlob, Store,
    StoreError, Tally, Vault, VaultState,
};
use sha2::{Digest, Sha256};
use std::error::Error;
use std::io::Write;
use std::sync::atomic::{AtomicU64, Ordering};
use uuid::Uuid;

const AT: Moment = Moment {
    utc_ms: 1_301_799_600_000,
    offset_min: 360,
};
const QUESTIONS: u64 = 12;

struct Still;

impl Clock for Still {
    fn now(&self) -> Moment {
        AT
    }
}

struct Seeded(u64, AtomicU64);

impl IdSource for Seeded {
    fn fill(&self, buffer: &mut [u8]) {
        for part in buffer.chunks_mut(32) {
            let count = self.1.fetch_add(1, Ordering::Relaxed);
            let bytes = Sha256::new()
                .chain_update(self.0.to_be_bytes())
                .chain_update(count.to_be_bytes())
                .finalize();
            part.copy_from_slice(&bytes[..part.len()]);
        }
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let dir = arguments.next().ok_or("DIR")?;
    let seed: u64 = arguments.next().ok_or("SEED")?.parse()?;
    let vault = Vault::with_kdf(
        dir,
        Kdf {
            memory_kib: 8,
            passes: 1,
            lanes: 1,
        },
    );
    let store = if vault.state(&Still) == VaultState::None {
        let store = vault.create("2011", &Seeded(seed, AtomicU64::new(0)), &Still)?;
        enrol(&store)?;
        store
    } else {
        vault.unlock("2011", &Still)?
    };
    if store.identity()?.is_none() {
        enrol(&store)?;
    }
    if store.register_hash()?.is_none() {
        store.load_register(&register(), AT)?;
    }
    work(&store, seed)
}

fn enrol(store: &Store) -> Result<(), StoreError> {
    let identity = Identity {
        device: DeviceId([3; 16]),
        genesis: [9; 32],
        device_key: b"CANARY-DEVICE-KEY-CANARY-0123456".to_vec().into(),
        certificate: b"certificate".to_vec(),
    };
    store.enrol(
        &identity,
        &SignedBlob {
            version: 1,
            bytes: b"config".to_vec(),
        },
        AT,
    )
}

/// Answers, now and then a note, a picture, a finish, a correction, a sealed segment: every kind of write.
fn work(store: &Store, seed: u64) -> Result<(), Box<dyn Error>> {
    let mut out = std::io::stdout().lock();
    let mut number = highest(store)? + 1;
    let mut report = store
        .reports()?
        .first()
        .map(|report| report.id)
        .filter(|_| seed.is_multiple_of(2));
    loop {
        let current = match report {
            Some(report) => report,
            None => begin(store, number)?,
        };
        report = Some(current);
        if store
            .report(current)?
            .is_some_and(|report| !report.state.is_editable())
        {
            store.correct(current, "CANARY-REASON-CANARY", AT)?;
        }
        let question = format!("question_{}", number % QUESTIONS);
        let value = Value::Text(format!("CANARY-ANSWER-CANARY {number}"));
        store.save_answer(current, &question, Some(&value), AT, None)?;
        writeln!(out, "a {current} {question} {number}")?;
        out.flush()?;
        if number.is_multiple_of(17) {
            store.add_note(
                current,
                Uuid::from_u128(u128::from(number) << 64),
                None,
                "CANARY-NOTE-CANARY",
                AT,
            )?;
        }
        if number.is_multiple_of(23) {
            store.put_photo(
                current,
                "picture",
                "image/jpeg",
                "CANARY-PHOTO-CANARY".repeat(40_000).as_bytes(),
                AT,
                None,
            )?;
        }
        if number.is_multiple_of(29) {
            let finished = store.finish::<StoreError>(
                current,
                AT,
                &[ObserverCode::from("O-1")],
                None,
                entries,
            )?;
            let last_seq = finished.last_seq.unwrap_or_default();
            writeln!(out, "f {current} {last_seq}")?;
            out.flush()?;
            let sealed = Sha256::digest(number.to_be_bytes()).to_vec();
            store.put_segment(
                &Segment {
                    first_seq: last_seq,
                    count: 1,
                    sealed,
                },
                AT,
            )?;
            report = None;
        }
        number += 1;
    }
}

fn begin(store: &Store, number: u64) -> Result<Uuid, StoreError> {
    let id = Uuid::from_u128(u128::from(number) << 32);
    let form = FormId::from("voting");
    let visit = store.next_visit(&form)?;
    let place = Place::Station(StationCode::from("KZ-01-001"));
    let new = NewReport {
        id,
        form,
        form_hash: FormHash([5; 32]),
        place,
        visit,
        at: AT,
    };
    Ok(store.begin(&new, &Answers::new(), Tally::default())?.id)
}

/// The highest number any stored answer or report id has, so that numbers only rise over the runs.
fn highest(store: &Store) -> Result<u64, Box<dyn Error>> {
    let mut highest = 0;
    for report in store.reports()? {
        highest = highest.max(u64::try_from(report.id.as_u128() >> 32).unwrap_or(0));
        for value in store.answers(report.id)?.values() {
            if let Value::Text(text) = value {
                highest = highest.max(text.rsplit(' ').next().unwrap_or_default().parse()?);
            }
        }
    }
    // A note or a picture of the act in flight may exist already: leave its number behind.
    Ok(highest + 1)
}

fn entries(finishing: &Finishing<'_>) -> Result<Vec<NewEntry>, StoreError> {
    let open = finishing
        .numbering
        .open_seq
        .is_none()
        .then_some(EntryRole::Open);
    let notes = finishing.notes.iter().map(|note| EntryRole::Note(note.id));
    let pictures = finishing
        .attachments
        .iter()
        .map(|picture| EntryRole::Attachment(picture.hash));
    let roles = open
        .into_iter()
        .chain([EntryRole::Revision])
        .chain(notes)
        .chain(pictures)
        .chain([EntryRole::Finalise]);
    let entry = |(seq, role)| NewEntry {
        role,
        bytes: format!("CANARY-ENTRY-CANARY {seq} {role:?}").into_bytes(),
    };
    Ok((finishing.numbering.first_seq..)
        .zip(roles)
        .map(entry)
        .collect())
}

fn register() -> RegisterRows {
    let name = |text: &str| [("en".to_owned(), text.to_owned())].into();
    RegisterRows {
        hash: [1; 32],
        regions: vec![RegionRow {
            code: "KZ-01".into(),
            level: "region".into(),
            name: name("CANARY-REGION-CANARY"),
            utc_offset_min: 360,
        }],
        districts: vec![DistrictRow {
            code: "KZ-01-D".into(),
            region: "KZ-01".into(),
            kind: "city".into(),
            name: name("CANARY-DISTRICT-CANARY"),
        }],
        stations: (0..400)
            .map(|number| StationRow {
                code: format!("KZ-01-{number:03}"),
                number: number.to_string(),
                region: "KZ-01".into(),
                district: "KZ-01-D".into(),
                name: name(&format!("CANARY-STATION-CANARY {number}")),
                address: name("CANARY-ADDRESS-CANARY"),
                kind: "regular".into(),
                area: "urban".into(),
                voters: 900,
                position: None,
            })
            .collect(),
    }
}
