//! Who may read and write: SQLite's file locks and the locks of its shared memory.

use sqlite_plugin::flags::{LockLevel, ShmLockMode};
use std::collections::{BTreeMap, BTreeSet};

/// A connection's open file.
pub(super) type Holder = u64;

/// All locks of a disk, and the shared memory they guard.
#[derive(Default)]
pub(super) struct Locks {
    files: BTreeMap<String, FileLocks>,
    next: Holder,
}

#[derive(Default)]
struct FileLocks {
    open: BTreeSet<Holder>,
    levels: BTreeMap<Holder, LockLevel>,
    shared: BTreeMap<u32, BTreeSet<Holder>>,
    exclusive: BTreeMap<u32, Holder>,
    /// In words of eight bytes, so that it is aligned as SQLite's index of the log needs it.
    memory: Vec<Box<[u64]>>,
}

impl Locks {
    pub(super) fn open(&mut self, name: &str) -> Holder {
        self.next += 1;
        let holder = self.next;
        self.file(name).open.insert(holder);
        holder
    }

    pub(super) fn close(&mut self, name: &str, holder: Holder) {
        let Some(file) = self.files.get_mut(name) else {
            return;
        };
        file.open.remove(&holder);
        file.levels.remove(&holder);
        file.exclusive.retain(|_, other| *other != holder);
        for holders in file.shared.values_mut() {
            holders.remove(&holder);
        }
        if file.open.is_empty() {
            self.files.remove(name);
        }
    }

    /// Raises a file lock; `false` when somebody else is in the way.
    pub(super) fn lock(&mut self, name: &str, holder: Holder, wanted: LockLevel) -> bool {
        let file = self.file(name);
        let others = || file.levels.iter().filter(|(other, _)| **other != holder);
        let highest = others().map(|(_, level)| *level).max();
        let is_free = match wanted {
            LockLevel::Unlocked => true,
            LockLevel::Shared => highest < Some(LockLevel::Pending),
            LockLevel::Reserved | LockLevel::Pending => highest < Some(LockLevel::Reserved),
            LockLevel::Exclusive => highest.is_none(),
        };
        if is_free {
            file.levels.insert(holder, wanted);
        }
        is_free
    }

    pub(super) fn unlock(&mut self, name: &str, holder: Holder, kept: LockLevel) {
        let file = self.file(name);
        if kept == LockLevel::Unlocked {
            file.levels.remove(&holder);
        } else {
            file.levels.insert(holder, kept);
        }
    }

    pub(super) fn is_reserved(&mut self, name: &str) -> bool {
        let mut levels = self.file(name).levels.values();
        levels.any(|level| *level >= LockLevel::Reserved)
    }

    /// Takes or lets go of places in the shared memory; `false` when somebody else is in the way.
    pub(super) fn shared_memory(
        &mut self,
        name: &str,
        holder: Holder,
        places: std::ops::Range<u32>,
        mode: ShmLockMode,
    ) -> bool {
        let file = self.file(name);
        let is_theirs = |place: &u32| {
            file.exclusive
                .get(place)
                .is_some_and(|other| *other != holder)
        };
        let is_shared = |place: &u32| {
            file.shared
                .get(place)
                .is_some_and(|holders| holders.iter().any(|other| *other != holder))
        };
        match mode {
            ShmLockMode::LockShared if places.clone().any(|place| is_theirs(&place)) => false,
            ShmLockMode::LockExclusive
                if places
                    .clone()
                    .any(|place| is_theirs(&place) || is_shared(&place)) =>
            {
                false
            }
            ShmLockMode::LockShared => {
                places.for_each(|place| {
                    file.shared.entry(place).or_default().insert(holder);
                });
                true
            }
            ShmLockMode::LockExclusive => {
                places.for_each(|place| {
                    file.exclusive.insert(place, holder);
                });
                true
            }
            ShmLockMode::UnlockShared | ShmLockMode::UnlockExclusive => {
                for place in places {
                    if let Some(holders) = file.shared.get_mut(&place) {
                        holders.remove(&holder);
                    }
                    if file.exclusive.get(&place) == Some(&holder) {
                        file.exclusive.remove(&place);
                    }
                }
                true
            }
        }
    }

    /// A region of the shared memory; `None` when it is not there and is not to be made.
    pub(super) fn region(
        &mut self,
        name: &str,
        index: usize,
        bytes: usize,
        extend: bool,
    ) -> Option<&mut [u64]> {
        let file = self.file(name);
        while file.memory.len() <= index {
            if !extend {
                return None;
            }
            file.memory.push(vec![0; bytes.div_ceil(8)].into());
        }
        file.memory.get_mut(index).map(|region| &mut **region)
    }

    fn file(&mut self, name: &str) -> &mut FileLocks {
        self.files.entry(name.to_owned()).or_default()
    }
}
