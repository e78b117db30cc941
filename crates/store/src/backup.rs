//! A backup of the whole store in one file: see `docs/adr/0012-backup-and-earlier-journals.md`.

use crate::database;
use crate::files::{
    ASIDE, BACKING_UP, DATABASE, KEY_SLOTS, OUTBOX, WAL, make_folder, remove_folder_if_there,
    remove_if_there, sync_folder_of,
};
use crate::format::{self, Bytes, Contents, Unfit, is_segment, member};
use crate::keyslots::{DatabaseKey, KeySlots};
use crate::{Store, StoreError};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use thiserror::Error;

/// How far a backup or a restoration has come, with bytes done and in all (0 and 0: not known).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BackupStep {
    /// The database is being copied by its own means.
    Copying,
    /// The file is being written.
    Writing,
    /// The file is being read back, or read.
    Checking,
}

/// Why there is no backup. Nothing stays under its name.
#[derive(Debug, Error)]
pub enum BackupError {
    /// The store could not be read or copied.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The file could not be written.
    #[error("the backup could not be written")]
    Write(#[source] io::Error),
    /// What was read back is not what was written.
    #[error("the backup reads back otherwise than it was written")]
    Differs,
}

/// A file that is to be part of a backup.
struct Source {
    name: String,
    bytes: Bytes,
}

impl Store {
    /// Writes everything that only this device holds to the file `to`: the database as of now, sealed segments, the
    /// key slots, and the stores set aside or restored before. It opens with the PIN of now, also on another computer
    /// when the key is bound to this one's key store; a store set aside that no PIN has opened stays bound. It is written
    /// beside its name, synced, read back, and only then given its name. Returns its length in bytes.
    ///
    /// Takes as long as the medium takes; not for an async thread. Writing into the store goes on meanwhile.
    ///
    /// # Errors
    /// See [`BackupError`].
    pub fn back_up(
        &self,
        to: &Path,
        told: &mut dyn FnMut(BackupStep, u64, u64),
    ) -> Result<u64, BackupError> {
        let _one_at_a_time = self.backing_up.lock();
        let copies = self.dir.join(BACKING_UP);
        told(BackupStep::Copying, 0, 0);
        remove_folder_if_there(&copies).map_err(StoreError::from)?;
        let done = self
            .gather(&copies)
            .map_err(BackupError::from)
            .and_then(|sources| put(&sources, to, told));
        // What is left of the copies is of no use; the next backup removes it too.
        let _ = remove_folder_if_there(&copies);
        done
    }

    /// Copies what changes, and lists everything. Segments are listed after the database was copied: they are never
    /// removed, so all that the copy names are there, also those that alone hold what was sealed a moment before. One
    /// that is ahead of the copy does no harm, since nothing is appended to a journal that was restored.
    fn gather(&self, copies: &Path) -> Result<Vec<Source>, StoreError> {
        make_folder(copies)?;
        let mut gathering = Gathering {
            dir: &self.dir,
            copies,
            sources: Vec::new(),
        };
        gathering.slots("", &self.dir, Some(&self.key))?;
        gathering.database("", &self.dir, &self.key)?;
        gathering.segments("", &self.dir)?;
        let keys: BTreeMap<String, DatabaseKey> = self.earlier_keys()?.into_iter().collect();
        let mut folders = aside_folders(&self.dir)?;
        folders.extend(
            keys.keys()
                .filter(|it| !folders.contains(it))
                .cloned()
                .collect::<Vec<_>>(),
        );
        for folder in folders {
            gathering.earlier(&folder, keys.get(&folder))?;
        }
        Ok(gathering.sources)
    }
}

/// Folders of stores that were set aside or restored, as paths below the store's own, in their order.
pub(crate) fn aside_folders(dir: &Path) -> io::Result<Vec<String>> {
    let mut folders = Vec::new();
    let entries = match fs::read_dir(dir.join(ASIDE)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(folders),
        entries => entries?,
    };
    for entry in entries {
        let entry = entry?;
        if let (true, Some(name)) = (entry.file_type()?.is_dir(), entry.file_name().to_str()) {
            let folder = format!("{ASIDE}/{name}");
            let nested = aside_folders(&entry.path())?;
            folders.extend(nested.into_iter().map(|below| format!("{folder}/{below}")));
            folders.push(folder);
        }
    }
    folders.sort_unstable();
    Ok(folders)
}

/// Names of the sealed segments in a store's folder.
pub(crate) fn segment_names(dir: &Path) -> io::Result<Vec<String>> {
    let files = match fs::read_dir(dir.join(OUTBOX)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        files => files?,
    };
    let mut names = Vec::new();
    for file in files {
        let name = file?.file_name().into_string();
        names.extend(name.ok().filter(|name| is_segment(name)));
    }
    names.sort_unstable();
    Ok(names)
}

struct Gathering<'a> {
    dir: &'a Path,
    copies: &'a Path,
    sources: Vec<Source>,
}

impl Gathering<'_> {
    fn add(&mut self, name: String, path: PathBuf) {
        let bytes = Bytes::In(path);
        self.sources.push(Source { name, bytes });
    }

    fn copy(&self) -> PathBuf {
        self.copies.join(self.sources.len().to_string())
    }

    /// The key slots as they are at this moment: a PIN may be changed while the file is written. Those that need the
    /// key store are put as they are without it, and never touch this device's disk like that.
    fn slots(
        &mut self,
        under: &str,
        dir: &Path,
        key: Option<&DatabaseKey>,
    ) -> Result<(), StoreError> {
        let mut bytes = fs::read(dir.join(KEY_SLOTS))?;
        if let (Some(key), Ok(slots)) = (key, KeySlots::read(&bytes))
            && slots.secret_name().is_some()
        {
            let unbound = slots.unbound(key).map_err(|_| StoreError::Corrupt)?;
            bytes = unbound.to_bytes()?;
        }
        self.sources.push(Source {
            name: format!("{under}{KEY_SLOTS}"),
            bytes: Bytes::Here(bytes),
        });
        Ok(())
    }

    fn segments(&mut self, under: &str, dir: &Path) -> Result<(), StoreError> {
        for name in segment_names(dir)? {
            let path = dir.join(OUTBOX).join(&name);
            self.add(format!("{under}{OUTBOX}/{name}"), path);
        }
        Ok(())
    }

    fn database(&mut self, under: &str, dir: &Path, key: &DatabaseKey) -> Result<(), StoreError> {
        let copy = self.copy();
        database::snapshot(&dir.join(DATABASE), key, &copy)?;
        self.add(format!("{under}{DATABASE}"), copy);
        Ok(())
    }

    /// A store that is nobody's at work any more. Its database may be damaged: what cannot be copied by its own means
    /// goes as it lies there, which is safe because nobody has it open.
    fn earlier(&mut self, folder: &str, key: Option<&DatabaseKey>) -> Result<(), StoreError> {
        let (dir, under) = (self.dir.join(folder), format!("{folder}/"));
        if dir.join(KEY_SLOTS).try_exists()? {
            self.slots(&under, &dir, key)?;
        }
        self.segments(&under, &dir)?;
        let copied = match key {
            Some(key) => self.database(&under, &dir, key),
            None => Err(StoreError::Corrupt),
        };
        match copied {
            Err(StoreError::Corrupt) => {
                for name in [DATABASE, WAL] {
                    let path = dir.join(name);
                    if path.try_exists()? {
                        self.add(format!("{under}{name}"), path);
                    }
                }
                Ok(())
            }
            copied => copied,
        }
    }
}

fn put(
    sources: &[Source],
    to: &Path,
    told: &mut dyn FnMut(BackupStep, u64, u64),
) -> Result<u64, BackupError> {
    let members = sources.iter().map(|it| member(it.name.clone(), &it.bytes));
    let files = members
        .collect::<io::Result<Vec<_>>>()
        .map_err(StoreError::from)?;
    let contents = Contents { files };
    let total = contents.files.iter().map(|it| it.bytes).sum();
    let beside = to.with_extension("part");
    let written = write(&beside, sources, &contents, |done| {
        told(BackupStep::Writing, done, total);
    })
    .and_then(|()| check(&beside, told))
    .and_then(|()| {
        fs::rename(&beside, to).map_err(BackupError::Write)?;
        // Some sticks cannot sync a folder; the file itself has been synced.
        let _ = sync_folder_of(to);
        Ok(fs::metadata(to).map_err(BackupError::Write)?.len())
    });
    if written.is_err() {
        // What is half there, or wrong, must not look like a backup. The first error is the one to tell.
        let _ = remove_if_there(&beside);
    }
    written
}

fn write(
    path: &Path,
    sources: &[Source],
    contents: &Contents,
    told: impl FnMut(u64),
) -> Result<(), BackupError> {
    let bytes: Vec<&Bytes> = sources.iter().map(|source| &source.bytes).collect();
    let file = File::create(path).map_err(BackupError::Write)?;
    format::write(file, contents, &bytes, told).map_err(BackupError::Write)
}

/// Reads the file back from the medium; it carries the hashes of what was meant.
fn check(path: &Path, told: &mut dyn FnMut(BackupStep, u64, u64)) -> Result<(), BackupError> {
    let read = format::read(
        path,
        |_, _| Ok(()),
        |done, of| told(BackupStep::Checking, done, of),
    );
    match read {
        Ok(_) => Ok(()),
        Err(Unfit::Io(error)) => Err(BackupError::Write(error)),
        Err(_) => Err(BackupError::Differs),
    }
}
