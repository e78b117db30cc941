//! A disk in memory whose power can fail.
//!
//! What was written and not yet synced may be there after a power cut, or not, or in part; what was synced is.
//! Writes of a process that is merely killed all stay: the operating system still has them.

mod locks;
mod vfs;

use crate::random::Random;
pub use vfs::{Bay, Unregistered};

use locks::Locks;
use parking_lot::Mutex;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What a drive writes whole or not at all.
const SECTOR: usize = 512;

/// A disk; clones are the same disk.
#[derive(Clone, Default)]
pub struct Disk(Arc<Mutex<State>>);

/// Everything on a disk at an instant, as a backup has it.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Image(BTreeMap<String, Arc<Vec<u8>>>);

/// What goes wrong with an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The power goes: this operation and all after it fail, and what was not synced may vanish.
    PowerCut,
    /// The disk is full, from this operation on.
    Full,
    /// The drive reports an error, once.
    Error,
}

#[derive(Default)]
struct State {
    files: BTreeMap<String, File>,
    /// Deleted since the last sync: a power cut may bring them back.
    deleted: Vec<(String, Arc<Vec<u8>>)>,
    locks: Locks,
    operations: u64,
    fault: Option<(u64, Fault)>,
    is_off: bool,
    is_full: bool,
}

#[derive(Default)]
struct File {
    /// What a power cut leaves; `None` for a file that was never synced.
    durable: Option<Arc<Vec<u8>>>,
    now: Vec<u8>,
    pending: Vec<Change>,
}

enum Change {
    Write { offset: usize, bytes: Vec<u8> },
    Truncate(usize),
}

/// Why an operation failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// No power, or an error of the drive.
    Io,
    /// No room.
    Full,
    /// No such file.
    Missing,
}

impl Disk {
    /// A disk with a backup's content, all of it durable.
    #[must_use]
    pub fn holding(image: &Image) -> Self {
        let disk = Self::default();
        disk.replace(image);
        disk
    }

    /// Puts a backup's content in place of everything.
    pub fn replace(&self, image: &Image) {
        let mut state = self.0.lock();
        *state = State::default();
        state.files = image
            .0
            .iter()
            .map(|(name, bytes)| (name.clone(), File::durable(Arc::clone(bytes))))
            .collect();
    }

    /// Everything on it as a running system sees it.
    #[must_use]
    pub fn image(&self) -> Image {
        let state = self.0.lock();
        let files = state.files.iter();
        Image(
            files
                .map(|(name, file)| (name.clone(), file.as_seen()))
                .collect(),
        )
    }

    /// Operations that change the disk, so far.
    #[must_use]
    pub fn operations(&self) -> u64 {
        self.0.lock().operations
    }

    /// Lets something go wrong at the `after`-th operation from now (0: the next one).
    pub fn fail(&self, after: u64, fault: Fault) {
        let mut state = self.0.lock();
        state.fault = Some((state.operations + after, fault));
    }

    /// The process was killed and another one starts: everything written is there.
    pub fn restart(&self) {
        let mut state = self.0.lock();
        let files = std::mem::take(&mut state.files);
        *state = State::default();
        state.files = files
            .into_iter()
            .map(|(name, file)| (name, File::durable(file.as_seen())))
            .collect();
    }

    /// The power goes, if it has not gone, and comes back: of what was not synced, `random` decides.
    pub fn power_cycle(&self, random: &Random) {
        let image = self.survivors(random);
        self.replace(&image);
    }

    /// One of the many images that a power cut at this instant may leave. The disk itself stays as it is.
    #[must_use]
    pub fn survivors(&self, random: &Random) -> Image {
        let state = self.0.lock();
        let mut left = BTreeMap::new();
        for (name, bytes) in &state.deleted {
            if random.chance(50) {
                left.insert(name.clone(), Arc::clone(bytes));
            }
        }
        for (name, file) in &state.files {
            if let Some(bytes) = file.survive(random) {
                left.insert(name.clone(), bytes);
            }
        }
        Image(left)
    }

    fn change<T>(
        &self,
        act: impl FnOnce(&mut State) -> Result<T, Failure>,
        needs_room: bool,
    ) -> Result<T, Failure> {
        let mut state = self.0.lock();
        state.begin(needs_room)?;
        act(&mut state)
    }

    fn create(&self, name: &str) -> Result<(), Failure> {
        if self.0.lock().files.contains_key(name) {
            return Ok(());
        }
        self.change(
            |state| {
                state.files.insert(name.to_owned(), File::default());
                Ok(())
            },
            true,
        )
    }

    fn exists(&self, name: &str) -> bool {
        self.0.lock().files.contains_key(name)
    }

    fn delete(&self, name: &str) -> Result<(), Failure> {
        self.change(
            |state| {
                let file = state.files.remove(name).ok_or(Failure::Missing)?;
                state
                    .deleted
                    .extend(file.durable.map(|bytes| (name.to_owned(), bytes)));
                Ok(())
            },
            false,
        )
    }

    fn size(&self, name: &str) -> Result<usize, Failure> {
        self.look(name, |file| file.now.len())
    }

    fn read(&self, name: &str, offset: usize, buffer: &mut [u8]) -> Result<usize, Failure> {
        self.look(name, |file| {
            let rest = file.now.get(offset..).unwrap_or_default();
            let length = rest.len().min(buffer.len());
            buffer[..length].copy_from_slice(&rest[..length]);
            length
        })
    }

    fn look<T>(&self, name: &str, see: impl FnOnce(&File) -> T) -> Result<T, Failure> {
        let state = self.0.lock();
        if state.is_off {
            return Err(Failure::Io);
        }
        state.files.get(name).map(see).ok_or(Failure::Missing)
    }

    fn write(&self, name: &str, offset: usize, bytes: &[u8]) -> Result<(), Failure> {
        self.change(
            |state| {
                let file = state.files.get_mut(name).ok_or(Failure::Missing)?;
                file.apply(Change::Write {
                    offset,
                    bytes: bytes.to_vec(),
                });
                Ok(())
            },
            true,
        )
    }

    fn truncate(&self, name: &str, size: usize) -> Result<(), Failure> {
        self.change(
            |state| {
                let file = state.files.get_mut(name).ok_or(Failure::Missing)?;
                file.apply(Change::Truncate(size));
                Ok(())
            },
            false,
        )
    }

    fn sync(&self, name: &str) -> Result<(), Failure> {
        self.change(
            |state| {
                let file = state.files.get_mut(name).ok_or(Failure::Missing)?;
                let durable = Arc::make_mut(file.durable.get_or_insert_default());
                for change in file.pending.drain(..) {
                    change.apply(durable, 0..usize::MAX);
                }
                state.deleted.clear();
                Ok(())
            },
            false,
        )
    }
}

impl State {
    fn begin(&mut self, needs_room: bool) -> Result<(), Failure> {
        if self.is_off {
            return Err(Failure::Io);
        }
        let number = self.operations;
        self.operations += 1;
        match self.fault {
            Some((at, Fault::PowerCut)) if at <= number => {
                self.is_off = true;
                return Err(Failure::Io);
            }
            Some((at, Fault::Error)) if at <= number => {
                self.fault = None;
                return Err(Failure::Io);
            }
            Some((at, Fault::Full)) if at <= number => self.is_full = true,
            _ => {}
        }
        if self.is_full && needs_room {
            return Err(Failure::Full);
        }
        Ok(())
    }
}

impl File {
    fn durable(bytes: Arc<Vec<u8>>) -> Self {
        Self {
            now: bytes.to_vec(),
            durable: Some(bytes),
            pending: Vec::new(),
        }
    }

    fn as_seen(&self) -> Arc<Vec<u8>> {
        match &self.durable {
            Some(durable) if self.pending.is_empty() => Arc::clone(durable),
            _ => Arc::new(self.now.clone()),
        }
    }

    fn apply(&mut self, change: Change) {
        change.apply(&mut self.now, 0..usize::MAX);
        self.pending.push(change);
    }

    /// What is left of it after a power cut: unsynced changes survive each for itself, in part, or not.
    fn survive(&self, random: &Random) -> Option<Arc<Vec<u8>>> {
        if self.pending.is_empty() {
            return self.durable.clone();
        }
        if self.durable.is_none() && random.chance(50) {
            return None;
        }
        let mut bytes = self.durable.as_deref().cloned().unwrap_or_default();
        for change in &self.pending {
            match random.below(4) {
                0 => {}
                1 => {
                    let from = random.index(change.length() / SECTOR + 1) * SECTOR;
                    let upto = from + (random.index(change.length() / SECTOR + 1) + 1) * SECTOR;
                    change.apply(&mut bytes, from..upto);
                }
                _ => change.apply(&mut bytes, 0..usize::MAX),
            }
        }
        Some(Arc::new(bytes))
    }
}

impl Change {
    fn length(&self) -> usize {
        match self {
            Self::Write { bytes, .. } => bytes.len(),
            Self::Truncate(_) => 0,
        }
    }

    /// Does it, or only the part of a write that lies in `part`.
    fn apply(&self, file: &mut Vec<u8>, part: std::ops::Range<usize>) {
        match self {
            Self::Truncate(size) => file.resize(*size, 0),
            Self::Write { offset, bytes } => {
                let (from, upto) = (part.start.min(bytes.len()), part.end.min(bytes.len()));
                let end = offset + upto;
                if file.len() < end && from < upto {
                    file.resize(end, 0);
                }
                if from < upto {
                    file[offset + from..end].copy_from_slice(&bytes[from..upto]);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_synced_survives_and_what_was_not_may() {
        let random = Random::new(3);
        let disk = Disk::default();
        disk.create("a").unwrap();
        disk.write("a", 0, &[1; 4096]).unwrap();
        disk.sync("a").unwrap();
        disk.write("a", 0, &[2; 4096]).unwrap();
        let mut seen = std::collections::BTreeSet::new();
        for _ in 0..200 {
            let image = disk.survivors(&random);
            let twos = image.0["a"].iter().filter(|byte| **byte == 2).count();
            assert_eq!(twos % SECTOR, 0, "sectors are whole");
            seen.insert(twos);
        }
        assert!(seen.contains(&0) && seen.contains(&4096) && seen.len() > 2);
    }

    #[test]
    fn after_a_power_cut_nothing_works_until_it_is_back() {
        let disk = Disk::default();
        disk.create("a").unwrap();
        disk.fail(1, Fault::PowerCut);
        disk.write("a", 0, b"x").unwrap();
        assert_eq!(disk.write("a", 1, b"y"), Err(Failure::Io));
        assert_eq!(disk.sync("a"), Err(Failure::Io));
        disk.restart();
        let mut buffer = [0; 2];
        assert_eq!(disk.read("a", 0, &mut buffer), Ok(1));
    }
}
