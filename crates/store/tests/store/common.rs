//! What the tests share: a clock that stands still until told, randomness from a seed, a store in a folder.

use baqylau_domain::{
    Answers, Clock, DeviceId, FormHash, FormId, IdSource, Moment, ObserverCode, StationCode, Value,
};
use baqylau_store::{
    EntryRole, Finishing, Identity, Kdf, NewEntry, NewReport, Place, SignedBlob, Store, StoreError,
    Tally, Vault,
};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use uuid::Uuid;
use zeroize::Zeroizing;

pub(crate) const PIN: &str = "2011";
pub(crate) const CHEAP: Kdf = Kdf {
    memory_kib: 8,
    passes: 1,
    lanes: 1,
};
pub(crate) const AT: Moment = Moment {
    utc_ms: 1_301_799_600_000,
    offset_min: 360,
};

pub(crate) struct StillClock(pub(crate) AtomicI64);

impl StillClock {
    pub(crate) fn new() -> Self {
        Self(AtomicI64::new(AT.utc_ms))
    }
    pub(crate) fn pass_s(&self, seconds: i64) {
        self.0.fetch_add(seconds * 1000, Ordering::Relaxed);
    }
}

impl Clock for StillClock {
    fn now(&self) -> Moment {
        Moment {
            utc_ms: self.0.load(Ordering::Relaxed),
            offset_min: 360,
        }
    }
}

/// Bytes from a seed; remembers what it gave out, so that a search can look for keys.
pub(crate) struct Seeded {
    seed: u64,
    count: AtomicU64,
    pub(crate) given: Mutex<Vec<Vec<u8>>>,
}

impl Seeded {
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            seed,
            count: AtomicU64::new(0),
            given: Mutex::default(),
        }
    }
}

impl IdSource for Seeded {
    fn fill(&self, buffer: &mut [u8]) {
        for part in buffer.chunks_mut(32) {
            let count = self.count.fetch_add(1, Ordering::Relaxed);
            let bytes = Sha256::new()
                .chain_update(self.seed.to_be_bytes())
                .chain_update(count.to_be_bytes())
                .finalize();
            part.copy_from_slice(&bytes[..part.len()]);
        }
        self.given
            .lock()
            .expect("not poisoned")
            .push(buffer.to_vec());
    }
}

pub(crate) fn vault(dir: &Path) -> Vault {
    Vault::with_kdf(dir, CHEAP)
}

pub(crate) fn created(dir: &Path) -> Store {
    let store = vault(dir)
        .create(PIN, &Seeded::new(7), &StillClock::new())
        .expect("created");
    store
        .enrol(
            &identity(),
            &SignedBlob {
                version: 1,
                bytes: b"config".to_vec(),
            },
            AT,
        )
        .expect("enrolled");
    store
}

pub(crate) fn reopened(dir: &Path, store: Store) -> Store {
    drop(store);
    vault(dir)
        .unlock(PIN, &StillClock::new())
        .expect("unlocked")
}

pub(crate) fn identity() -> Identity {
    Identity {
        device: DeviceId([3; 16]),
        genesis: [9; 32],
        device_key: Zeroizing::new(b"the-secret-key-of-this-device-32".to_vec()),
        certificate: b"certificate".to_vec(),
    }
}

pub(crate) fn draft(id: u128) -> NewReport {
    NewReport {
        id: Uuid::from_u128(id),
        form: FormId::from("voting"),
        form_hash: FormHash([5; 32]),
        place: Place::Station(StationCode::from("KZ-01-001")),
        visit: 1,
        at: AT,
    }
}

pub(crate) fn begun(store: &Store, id: u128) -> Uuid {
    store
        .begin(&draft(id), &Answers::new(), Tally::default())
        .expect("begun")
        .id
}

pub(crate) fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

pub(crate) fn observers() -> [ObserverCode; 2] {
    [ObserverCode::from("O-17"), ObserverCode::from("O-18")]
}

/// Entries as a finish needs them; their bytes only have to be different.
pub(crate) fn entries(finishing: &Finishing<'_>) -> Result<Vec<NewEntry>, StoreError> {
    let mut roles = Vec::new();
    if finishing.numbering.open_seq.is_none() {
        roles.push(EntryRole::Open);
    }
    roles.push(EntryRole::Revision);
    roles.extend(finishing.notes.iter().map(|note| EntryRole::Note(note.id)));
    roles.extend(
        finishing
            .attachments
            .iter()
            .map(|attachment| EntryRole::Attachment(attachment.hash)),
    );
    roles.push(EntryRole::Finalise);
    let first = finishing.numbering.first_seq;
    Ok((first..)
        .zip(roles)
        .map(|(seq, role)| NewEntry {
            role,
            bytes: format!("{seq} {role:?} {:?}", finishing.answers).into_bytes(),
        })
        .collect())
}

pub(crate) fn finished(store: &Store, report: Uuid) -> baqylau_store::Report {
    store
        .finish(report, AT, &observers(), None, entries)
        .expect("finished")
}

/// Every file below a folder.
pub(crate) fn files(dir: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(dir).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found
}

/// Files that contain any of the needles. A file may vanish between listing and reading.
pub(crate) fn leaks(dir: &Path, needles: &[Vec<u8>]) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for path in files(dir) {
        let Ok(bytes) = std::fs::read(&path) else {
            continue;
        };
        for needle in needles {
            if bytes
                .windows(needle.len())
                .any(|window| window == needle.as_slice())
            {
                found.push((path.clone(), String::from_utf8_lossy(needle).into_owned()));
            }
        }
    }
    found
}

/// A secret as bytes, and as the texts it might be written as.
pub(crate) fn spellings(secret: &[u8]) -> Vec<Vec<u8>> {
    vec![
        secret.to_vec(),
        data_encoding::HEXLOWER.encode(secret).into_bytes(),
        data_encoding::HEXUPPER.encode(secret).into_bytes(),
        data_encoding::BASE64.encode(secret).into_bytes(),
    ]
}
