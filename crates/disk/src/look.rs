//! What the real store finds in a folder after a power cut.

use crate::material::{ids, picture};
use crate::session::{AT, BACKUP, PINS, STORE, damage, vault};
use crate::survival::Image;
use baqylau_domain::{Clock, Moment, Value};
use baqylau_store::{Store, StoreError, UnlockError, VaultState};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicI64, Ordering};
use uuid::Uuid;

/// The file that only holds a lock; it may stay for ever.
const LOCK: &str = "store.lock";

/// What a store says whose key slots open for none of the session's PINs.
pub(crate) const NO_PIN: &str = "no PIN opens it";

/// What a look at a folder came to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Facts {
    /// A store, opened by its PIN and checked.
    Open(Found),
    /// No store: the app's first start.
    Nothing {
        /// Files that are there all the same, but for the lock.
        left: Vec<String>,
        /// Whether a new store could be made there.
        begins_anew: bool,
    },
    /// Nothing that opens, but what was set aside holds this once its damage is undone.
    Aside(Found),
    /// Something that does not open.
    Refused(String),
    /// Any of these, and what lies beside it.
    With(Box<(Facts, Beside)>),
}

impl Facts {
    /// What lies beside the store.
    #[must_use]
    pub fn beside(&self) -> Beside {
        match self {
            Self::With(both) => both.1.clone(),
            _ => Beside::default(),
        }
    }
}

/// What lies beside the store.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Beside {
    /// The backup on the stick.
    pub backup: Copied,
    /// The journal restored from it.
    pub restored: Copied,
}

/// A copy of a store.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Copied {
    /// There is none.
    #[default]
    None,
    /// It opens, and holds this.
    Whole(Found),
    /// It has its name, and does not open.
    Broken(String),
}

/// What is in a store.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    /// The PIN that opened it.
    pub pin: String,
    /// Whether it says who the device is.
    pub is_enrolled: bool,
    /// Whether it has a register.
    pub has_register: bool,
    /// The number of the next entry; the chain up to it was computed anew.
    pub next_seq: u64,
    /// The last entry headquarters has signed for.
    pub held_upto: u64,
    /// First entries of readable segments, with the number their bytes follow from.
    pub segments: BTreeSet<(u64, u64)>,
    /// Its reports.
    pub reports: BTreeMap<Uuid, FoundReport>,
}

/// What is in a report.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct FoundReport {
    /// Answers as they are now, by the numbers in them.
    pub answers: BTreeMap<String, u64>,
    /// Answers of its revisions.
    pub revisions: BTreeMap<u32, BTreeMap<String, u64>>,
    /// Its notes.
    pub notes: BTreeSet<Uuid>,
    /// Whether it is sealed.
    pub is_sealed: bool,
    /// Whether a segment that alone holds something of it is damaged.
    pub is_lost: bool,
}

/// A clock that goes on by a day at every look: nobody has to wait because of a PIN that was wrong before.
#[derive(Default)]
struct Days(AtomicI64);

impl Clock for Days {
    fn now(&self) -> Moment {
        let days = self.0.fetch_add(1, Ordering::Relaxed) + 1;
        Moment {
            utc_ms: AT.utc_ms + days * 86_400_000,
            offset_min: AT.offset_min,
        }
    }
}

/// Puts an image into a folder, in place of whatever is there.
///
/// # Errors
/// When it cannot be written.
pub fn lay_out(image: &Image, folder: &Path) -> io::Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;
    for path in &image.folders {
        fs::create_dir(folder.join(path))?;
    }
    for (path, bytes) in &image.files {
        fs::write(folder.join(path), bytes.as_slice())?;
    }
    Ok(())
}

/// Looks as the app does at its start: at the state first, then with the PIN. What was set aside is looked into.
#[must_use]
pub fn look(folder: &Path) -> Facts {
    let beside = Beside {
        backup: backup(folder),
        restored: restored(folder),
    };
    let facts = look_into(folder);
    if beside == Beside::default() {
        facts
    } else {
        Facts::With(Box::new((facts, beside)))
    }
}

/// The backup on the stick, restored in a folder of its own and read there.
fn backup(folder: &Path) -> Copied {
    let from = folder.join(BACKUP);
    if !from.exists() {
        return Copied::None;
    }
    let into = folder.join("try");
    let (vault, clock) = (vault(&into), Days::default());
    let broken = |error: &dyn std::fmt::Display| Copied::Broken(error.to_string());
    let at = match vault.restore(&from, PINS[0], &clock, None, &mut |_, _, _| {}) {
        Ok(at) => at,
        Err(error) => return broken(&error),
    };
    let store = match vault.unlock_aside(&at, PINS[0], &clock) {
        Ok(store) => store,
        Err(error) => return broken(&error),
    };
    let found = read(&store, PINS[0]);
    drop(store);
    let _ = fs::remove_dir_all(into);
    found.map_or_else(|error| broken(&error), Copied::Whole)
}

/// The restored journal beside the store, whether or not there is one.
fn restored(folder: &Path) -> Copied {
    let (vault, clock) = (vault(folder), Days::default());
    let folders = vault.aside().unwrap_or_default();
    let Some(at) = folders.iter().find(|it| it.ends_with("-restored")) else {
        return Copied::None;
    };
    match vault.unlock_aside(at, PINS[0], &clock) {
        Ok(store) => match read(&store, PINS[0]) {
            Ok(found) => Copied::Whole(found),
            Err(error) => Copied::Broken(error.to_string()),
        },
        Err(error) => Copied::Broken(error.to_string()),
    }
}

fn look_into(folder: &Path) -> Facts {
    match open_once(folder) {
        Facts::Nothing { left, .. } => {
            let begins_anew = begins_anew(folder);
            rescued(folder).unwrap_or(Facts::Nothing { left, begins_anew })
        }
        facts => facts,
    }
}

/// The same without looking into what was set aside: then there is nothing.
pub(crate) fn open_once(folder: &Path) -> Facts {
    let (vault, clock) = (vault(folder), Days::default());
    let nothing = || Facts::Nothing {
        left: left(folder),
        begins_anew: false,
    };
    if vault.state(&clock) == VaultState::None {
        return nothing();
    }
    for pin in PINS.iter().rev() {
        match vault.unlock(pin, &clock) {
            Ok(store) => {
                let found = read(&store, pin);
                return found.map_or_else(|error| Facts::Refused(error.to_string()), Facts::Open);
            }
            Err(UnlockError::WrongPin { .. }) => {}
            Err(UnlockError::SetAside { .. }) => return nothing(),
            Err(error) => return Facts::Refused(error.to_string()),
        }
    }
    Facts::Refused(NO_PIN.to_owned())
}

/// Whether a new store can be made where there is none.
pub(crate) fn begins_anew(folder: &Path) -> bool {
    let made = vault(folder).create(PINS[0], &ids(9), &Days::default());
    made.is_ok()
}

/// What the folders of stores set aside hold together, opened after the session's damage is undone. An
/// interruption may have spread one store over two of them.
fn rescued(folder: &Path) -> Option<Facts> {
    let kept = fs::read_dir(folder.join(STORE).join("aside")).ok()?;
    // What came from a backup is looked at by itself.
    let kept = kept.filter(|it| {
        let name = it.as_ref().map(fs::DirEntry::file_name);
        !name.is_ok_and(|name| name.to_string_lossy().ends_with("-restored"))
    });
    let kept: Vec<_> = kept.collect();
    if kept.is_empty() {
        return None;
    }
    let again = folder.join("rescued");
    for one in kept {
        gather(&one.ok()?.path(), &again.join(STORE)).ok()?;
    }
    let (vault, clock) = (vault(&again), Days::default());
    // The power may have gone before the damage, too: then the second change takes back the first.
    for _ in 0..2 {
        damage(&again).ok()?;
        for pin in PINS.iter().rev() {
            if let Ok(store) = vault.unlock(pin, &clock) {
                return read(&store, pin).ok().map(Facts::Aside);
            }
        }
        // Opening it with the damage in it has set it aside again.
        for one in fs::read_dir(again.join(STORE).join("aside")).ok()? {
            gather(&one.ok()?.path(), &again.join(STORE)).ok()?;
        }
    }
    None
}

/// Copies a folder's files into another.
fn gather(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            gather(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

fn left(folder: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder.join(STORE)) else {
        return Vec::new();
    };
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut left: Vec<String> = names.filter(|name| name != LOCK).collect();
    left.sort_unstable();
    left
}

fn read(store: &Store, pin: &str) -> Result<Found, StoreError> {
    let is_enrolled = store.identity()?.is_some();
    let mut found = Found {
        pin: pin.to_owned(),
        is_enrolled,
        has_register: store.register_hash()?.is_some(),
        next_seq: if is_enrolled {
            store.head()?.next_seq
        } else {
            1
        },
        held_upto: store.held_upto()?,
        ..Found::default()
    };
    for segment in store.segments(1)? {
        let number = segment
            .sealed
            .first_chunk()
            .map(|bytes| u64::from_be_bytes(*bytes));
        let number = number.filter(|number| picture(*number)[..700] == segment.sealed);
        found
            .segments
            .extend(number.map(|number| (segment.first_seq, number)));
    }
    let lost = store.lost_reports()?;
    for report in store.reports()? {
        let mut read = FoundReport {
            is_sealed: report.sealed_at.is_some(),
            is_lost: lost.contains(&report.id),
            answers: numbers(store, store.answers(report.id)?.iter())?,
            ..FoundReport::default()
        };
        for revision in store.revisions(report.id)? {
            let answers = numbers(store, revision.answers.iter())?;
            read.revisions.insert(revision.number, answers);
        }
        read.notes = store.notes(report.id)?.iter().map(|note| note.id).collect();
        found.reports.insert(report.id, read);
    }
    Ok(found)
}

/// The numbers in answers; an answer that is not whole has none.
fn numbers<'a>(
    store: &Store,
    answers: impl Iterator<Item = (&'a String, &'a Value)>,
) -> Result<BTreeMap<String, u64>, StoreError> {
    let mut numbers = BTreeMap::new();
    for (question, value) in answers {
        let number = match value {
            Value::Text(text) => text.rsplit(' ').next().and_then(|it| it.parse().ok()),
            Value::Photo(photo) => store
                .photo(&photo.hash)?
                .filter(|bytes| <[u8; 32]>::from(Sha256::digest(bytes)) == photo.hash.0)
                .and_then(|bytes| Some(u64::from_be_bytes(*bytes.first_chunk()?))),
            _ => None,
        };
        numbers.extend(number.map(|number| (question.clone(), number)));
    }
    Ok(numbers)
}
