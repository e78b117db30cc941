//! Destroying what the vault keeps: the keys first and at once, then the files.
//!
//! A marker says that a wipe was begun; whoever looks at the vault next completes it. Without the keys the files are
//! noise, so a wipe counts from the moment when the key slots are gone. Secrets in the key store go last: it may not
//! answer, and without the slots they are of no use to anybody.

use crate::attempts::Attempts;
use crate::files::{
    ASIDE, ATTEMPTS, BACKING_UP, DATABASE, KEY_SLOTS, OUTBOX, RESTORING, SETTING_ASIDE,
    SHARED_MEMORY, WAL, WIPING, remove_folder_if_there, remove_if_there, sync_folder,
    write_atomically,
};
use crate::{StoreError, Vault};
use std::fs::{self, File};
use std::io;
use std::path::Path;

/// What a vault has besides its key slots and the marker of a wipe.
const FILES: [&str; 5] = [ATTEMPTS, DATABASE, WAL, SHARED_MEMORY, SETTING_ASIDE];
const FOLDERS: [&str; 4] = [OUTBOX, ASIDE, BACKING_UP, RESTORING];

impl Vault {
    /// Destroys the keys first, then every file of the vault, also those set aside. Drop any open
    /// [`crate::Store`] before. Irrevocable; when interrupted, the next look at the vault completes it.
    ///
    /// # Errors
    /// When a file cannot be removed; the keys are destroyed before anything else is tried.
    pub fn wipe(&self) -> io::Result<()> {
        self.destroy_keys()?;
        self.complete_wipe()
    }

    /// Removes a store that was just made and that nobody has worked in. What lies aside stays.
    ///
    /// # Errors
    /// When a file cannot be removed.
    pub fn unmake(&self) -> io::Result<()> {
        let _alone = self.slots.lock();
        destroy_key_slots(&self.dir)?;
        for name in [ATTEMPTS, DATABASE, WAL, SHARED_MEMORY] {
            remove_if_there(&self.path(name))?;
        }
        remove_folder_if_there(&self.path(OUTBOX))?;
        sync_folder(&self.dir)
    }

    /// The part of a wipe that cannot wait: the keys, also those set aside. The store may be open; it is closed next,
    /// and [`Vault::wipe`] then removes the files. Until that has happened every look at the vault tries it.
    ///
    /// # Errors
    /// When the keys could not be destroyed.
    pub fn destroy_keys(&self) -> io::Result<()> {
        let _alone = self.slots.lock();
        if self.has_nothing_to_destroy()? {
            // Whoever looked at the vault in between has completed it; a marker begun now would only be left over.
            return Ok(());
        }
        // What the key store holds for these slots is removed last; then only the marker still knows its names.
        let secrets = serde_json::to_vec(&self.secret_names())?;
        write_atomically(&self.path(WIPING), &secrets)?;
        self.destroy_every_slot()
    }

    fn has_nothing_to_destroy(&self) -> io::Result<bool> {
        for name in [WIPING, KEY_SLOTS].into_iter().chain(FILES).chain(FOLDERS) {
            if self.path(name).try_exists()? {
                return Ok(false);
            }
        }
        // What was just being written.
        for name in [KEY_SLOTS, ATTEMPTS, SETTING_ASIDE] {
            if self.path(&format!("{name}.new")).try_exists()? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Whether a wipe was begun that nobody has completed yet.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn is_being_wiped(&self) -> io::Result<bool> {
        self.path(WIPING).try_exists()
    }

    /// Wipes when so many wrong PINs in a row were given before, also when the app was killed before it could act on
    /// the last of them. Whether it did. A counter that cannot be read is damage, and destroys nothing; neither does a
    /// counter that another process may just be using.
    ///
    /// # Errors
    /// When a file cannot be read or removed.
    pub fn wipe_if_used_up(&self, most_failures: u32) -> Result<bool, StoreError> {
        if !self.path(KEY_SLOTS).try_exists()? {
            return Ok(false);
        }
        match self.lock()? {
            Some(_lock) => Ok(self.wipe_what_is_used_up(most_failures)?),
            None => Ok(false),
        }
    }

    /// The same for whoever holds the lock.
    pub(crate) fn wipe_what_is_used_up(&self, most_failures: u32) -> io::Result<bool> {
        let are_used_up = Attempts::load(&self.path(ATTEMPTS))?.are_used_up(most_failures);
        if are_used_up {
            self.wipe()?;
        }
        Ok(are_used_up)
    }

    pub(crate) fn complete_wipe(&self) -> io::Result<()> {
        let _alone = self.slots.lock();
        if !self.path(WIPING).try_exists()? {
            return Ok(());
        }
        self.destroy_every_slot()?;
        for name in FILES {
            remove_if_there(&self.path(name))?;
        }
        // A replacement that was interrupted leaves the new file beside the old one.
        for name in [ATTEMPTS, WIPING, SETTING_ASIDE] {
            remove_if_there(&self.path(&format!("{name}.new")))?;
        }
        for name in FOLDERS {
            remove_folder_if_there(&self.path(name))?;
        }
        sync_folder(&self.dir)?;
        self.forget_noted_secrets();
        remove_if_there(&self.path(WIPING))?;
        sync_folder(&self.dir)
    }

    fn destroy_every_slot(&self) -> io::Result<()> {
        destroy_key_slots(&self.dir)?;
        destroy_key_slots_aside(&self.dir)?;
        for name in [BACKING_UP, RESTORING] {
            if self.path(name).try_exists()? {
                // All of it is copies.
                destroy_key_slots_aside(&self.path(name))?;
                remove_folder_if_there(&self.path(name))?;
            }
        }
        Ok(())
    }
}

/// The same for the stores set aside in a folder, and for those that were set aside before these.
fn destroy_key_slots_aside(dir: &Path) -> io::Result<()> {
    if dir.join(ASIDE).try_exists()? {
        for kept in fs::read_dir(dir.join(ASIDE))? {
            let kept = kept?.path();
            destroy_key_slots(&kept)?;
            destroy_key_slots_aside(&kept)?;
        }
    }
    Ok(())
}

/// Overwrites and removes the key slots of a folder. Flash may keep the old cells; without the
/// PIN they open nothing.
fn destroy_key_slots(dir: &Path) -> io::Result<()> {
    for name in [KEY_SLOTS.to_owned(), format!("{KEY_SLOTS}.new")] {
        let path = dir.join(name);
        if let Ok(metadata) = fs::metadata(&path) {
            let file = File::options().write(true).open(&path)?;
            let zeros = vec![0_u8; usize::try_from(metadata.len()).unwrap_or(4096)];
            io::Write::write_all(&mut &file, &zeros)?;
            file.sync_all()?;
            drop(file);
            remove_if_there(&path)?;
        }
    }
    sync_folder(dir)
}
