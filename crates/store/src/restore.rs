//! Putting a backup beside the place of a store, as a journal that ended: never into that place.

use crate::aside::free_name;
use crate::attempts::Attempts;
use crate::backup::{BackupStep, aside_folders};
use crate::database::{self, Unusable};
use crate::error::AsideReason;
use crate::files::{
    ASIDE, ATTEMPTS, DATABASE, KEY_SLOTS, LOCK, RESTORED, RESTORING, make_folder, read_if_there,
    remove_folder_if_there, remove_if_there, sync_folder, write_atomically,
};
use crate::format::{self, Unfit};
use crate::keyslots::{DatabaseKey, KeySlots, Refusal};
use crate::{Store, StoreError, UnlockError, Vault};
use baqylau_domain::Clock;
use data_encoding::HEXLOWER;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use thiserror::Error;

/// Why a backup was not restored. Nothing of it stays.
#[derive(Debug, Error)]
pub enum RestoreError {
    /// There is a store here: a backup never takes the place of one.
    #[error("a store exists here")]
    Exists,
    /// This very backup lies here already.
    #[error("this backup was restored here already")]
    Already,
    /// Not a backup.
    #[error("not a backup")]
    NotABackup,
    /// A newer program's.
    #[error("the backup is a newer program's")]
    TooNew,
    /// Cut off or changed.
    #[error("the backup is damaged")]
    Damaged,
    /// The file could not be read.
    #[error("the backup could not be read")]
    Read(#[source] io::Error),
    /// The PIN: wrong, or not its turn, or the last one that was allowed.
    #[error(transparent)]
    Pin(#[from] UnlockError),
    /// What is on this device could not be written or read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<Unfit> for RestoreError {
    fn from(unfit: Unfit) -> Self {
        match unfit {
            Unfit::NotABackup => Self::NotABackup,
            Unfit::TooNew => Self::TooNew,
            Unfit::Damaged => Self::Damaged,
            Unfit::Io(error) => Self::Read(error),
        }
    }
}

impl Vault {
    /// Puts the backup in `from` under `aside/`, checked page by page, and names that folder (as a path below the
    /// vault's own). Its journal has ended: a new one takes it over with [`Store::take_over`].
    ///
    /// The PIN is that of the time of the backup. Wrong ones are counted like those at the lock, durably and before
    /// they are tried; the one that makes it `most_failures` destroys what lies on this device.
    ///
    /// # Errors
    /// See [`RestoreError`].
    pub fn restore(
        &self,
        from: &Path,
        pin: &str,
        clock: &dyn Clock,
        most_failures: Option<u32>,
        told: &mut dyn FnMut(BackupStep, u64, u64),
    ) -> Result<String, RestoreError> {
        make_folder(&self.dir).map_err(StoreError::from)?;
        self.settle().map_err(StoreError::from)?;
        let _lock = self.lock()?.ok_or(UnlockError::InUse)?;
        if self
            .path(KEY_SLOTS)
            .try_exists()
            .map_err(StoreError::from)?
        {
            return Err(RestoreError::Exists);
        }
        let (name, slots) = examine(from, told)?;
        if self.has_restored(&name).map_err(StoreError::from)? {
            return Err(RestoreError::Already);
        }
        let key = self.try_backup(&slots, pin, clock, most_failures)?;
        let restoring = self.path(RESTORING);
        remove_folder_if_there(&restoring).map_err(StoreError::from)?;
        let restored = self.unpack(from, &name, &key, clock, told);
        if restored.is_err() {
            // The first error is the one to tell; what cannot be removed now goes before the next try.
            let _ = remove_folder_if_there(&restoring);
        }
        restored
    }

    /// Stores that were set aside or restored, as paths below the vault's folder; a PIN may open each.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn aside(&self) -> io::Result<Vec<String>> {
        let mut folders = aside_folders(&self.dir)?;
        folders.retain(|it| {
            let kept = self.path(it);
            kept.join(KEY_SLOTS).is_file() && kept.join(DATABASE).is_file()
        });
        Ok(folders)
    }

    /// The key, if it is the turn of a PIN and this is the right one.
    fn try_backup(
        &self,
        slots: &[u8],
        pin: &str,
        clock: &dyn Clock,
        most_failures: Option<u32>,
    ) -> Result<DatabaseKey, RestoreError> {
        let now_ms = clock.now().utc_ms;
        let io = StoreError::from;
        let mut attempts = Attempts::load(&self.path(ATTEMPTS)).map_err(io)?;
        let retry_in_s = attempts.retry_in_s(now_ms).map_err(io)?;
        if retry_in_s > 0 {
            return Err(UnlockError::Wait { retry_in_s }.into());
        }
        let slots = KeySlots::read(slots).map_err(|refusal| match refusal {
            Refusal::TooNew => RestoreError::TooNew,
            _ => RestoreError::Damaged,
        })?;
        attempts.begin(now_ms).map_err(io)?;
        match slots.open(pin, None) {
            Ok(key) => {
                attempts.succeeded().map_err(io)?;
                Ok(key)
            }
            Err(Refusal::WrongPin)
                if most_failures.is_some_and(|most| attempts.failures() >= most) =>
            {
                self.wipe().map_err(io)?;
                Err(UnlockError::Wiped.into())
            }
            Err(Refusal::WrongPin) => Err(UnlockError::WrongPin {
                retry_in_s: attempts.retry_in_s(now_ms).map_err(io)?,
                failures: attempts.failures(),
            }
            .into()),
            Err(_) => Err(RestoreError::Damaged),
        }
    }

    /// Writes everything into a folder of its own, opens and checks it there, and moves it in one step.
    fn unpack(
        &self,
        from: &Path,
        name: &[u8; 32],
        key: &DatabaseKey,
        clock: &dyn Clock,
        told: &mut dyn FnMut(BackupStep, u64, u64),
    ) -> Result<String, RestoreError> {
        let restoring = self.path(RESTORING);
        make_folder(&restoring).map_err(StoreError::from)?;
        let mut unpacking = Unpacking {
            into: &restoring,
            file: None,
            failed: None,
        };
        let read = format::read(
            from,
            |member, bytes| unpacking.take(&member.name, bytes),
            |done, of| told(BackupStep::Writing, done, of),
        );
        let finished = unpacking.finish();
        // An error of this device's disk is not one of the medium with the backup on it.
        if let Some(error) = unpacking.failed {
            return Err(StoreError::from(error).into());
        }
        if read? != *name {
            return Err(RestoreError::Damaged);
        }
        finished.map_err(StoreError::from)?;
        self.check_restored(&restoring, key)?;
        let moved = || -> io::Result<String> {
            write_atomically(&restoring.join(RESTORED), HEXLOWER.encode(name).as_bytes())?;
            let kept = free_name(&self.path(ASIDE), AsideReason::Restored, clock.now());
            make_folder(&self.path(ASIDE))?;
            fs::rename(&restoring, &kept)?;
            sync_folder(&self.path(ASIDE))?;
            sync_folder(&self.dir)?;
            let name = kept.file_name().and_then(|name| name.to_str());
            Ok(format!("{ASIDE}/{}", name.unwrap_or_default()))
        };
        Ok(moved().map_err(StoreError::from)?)
    }

    fn check_restored(&self, folder: &Path, key: &DatabaseKey) -> Result<(), RestoreError> {
        let damaged = |unusable| match unusable {
            Unusable::Aside(AsideReason::TooNew) => RestoreError::TooNew,
            Unusable::Aside(_) => RestoreError::Damaged,
            Unusable::Failed(error) => error.into(),
        };
        let lock = File::create(folder.join(LOCK)).map_err(StoreError::from)?;
        let store = open_ended(folder, key, lock, true).map_err(damaged)?;
        let is_somebody = store.identity()?.is_some();
        drop(store);
        remove_if_there(&folder.join(LOCK)).map_err(StoreError::from)?;
        if is_somebody {
            Ok(())
        } else {
            Err(RestoreError::Damaged)
        }
    }

    fn has_restored(&self, name: &[u8; 32]) -> io::Result<bool> {
        let name = HEXLOWER.encode(name).into_bytes();
        for folder in aside_folders(&self.dir)? {
            if read_if_there(&self.path(&folder).join(RESTORED))?.as_ref() == Some(&name) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// Opens a journal that ended. An outbox that is ahead of it is no reason to refuse it: nothing is appended here.
pub(crate) fn open_ended(
    folder: &Path,
    key: &DatabaseKey,
    lock: File,
    thoroughly: bool,
) -> Result<Store, Unusable> {
    let path = folder.join(DATABASE);
    let writer = if thoroughly {
        database::open(&path, key)?
    } else {
        database::open_unchecked(&path, key)?
    };
    let reader = database::open_reader(&path, key)?;
    let store = Store::new(folder.to_owned(), writer, reader, lock, key.clone());
    if thoroughly {
        store.verify_journal()?;
    }
    store.look_for_lost_segments()?;
    Ok(store)
}

/// Reads the backup once without writing anything: its hash and its key slots.
fn examine(
    from: &Path,
    told: &mut dyn FnMut(BackupStep, u64, u64),
) -> Result<([u8; 32], Vec<u8>), RestoreError> {
    const MOST: usize = 1024 * 1024;
    let mut slots = Vec::new();
    let name = format::read(
        from,
        |member, bytes| {
            if member.name == KEY_SLOTS && slots.len() < MOST {
                slots.extend_from_slice(bytes);
            }
            Ok(())
        },
        |done, of| told(BackupStep::Checking, done, of),
    )?;
    Ok((name, slots))
}

/// Files as they come out of a backup. Each is synced, and so is its name.
struct Unpacking<'a> {
    into: &'a Path,
    file: Option<(PathBuf, File)>,
    failed: Option<io::Error>,
}

impl Unpacking<'_> {
    fn take(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let taken = if bytes.is_empty() {
            self.begin(name)
        } else {
            self.file
                .as_mut()
                .map_or(Ok(()), |(_, file)| file.write_all(bytes))
        };
        taken.map_err(|error| {
            let kind = error.kind();
            self.failed = Some(error);
            kind.into()
        })
    }

    fn begin(&mut self, name: &str) -> io::Result<()> {
        self.finish()?;
        let path = self.into.join(name);
        if let Some(folder) = path.parent() {
            make_folder(folder)?;
        }
        let file = File::options().write(true).create_new(true).open(&path)?;
        self.file = Some((path, file));
        Ok(())
    }

    fn finish(&mut self) -> io::Result<()> {
        let Some((path, file)) = self.file.take() else {
            return Ok(());
        };
        file.sync_all()?;
        crate::files::sync_folder_of(&path)
    }
}
