//! Small files that survive a power cut, and names of the vault's files.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

pub(crate) const KEY_SLOTS: &str = "keyslots.json";
pub(crate) const ATTEMPTS: &str = "attempts.json";
pub(crate) const DATABASE: &str = "baqylau.db";
pub(crate) const WAL: &str = "baqylau.db-wal";
pub(crate) const SHARED_MEMORY: &str = "baqylau.db-shm";
pub(crate) const OUTBOX: &str = "outbox";
pub(crate) const ASIDE: &str = "aside";
pub(crate) const LOCK: &str = "store.lock";
pub(crate) const WIPING: &str = "wiping";
/// Names the folder that a store is being moved to; whoever finds it goes on with that.
pub(crate) const SETTING_ASIDE: &str = "setting-aside";
/// Copies on their way into a backup.
pub(crate) const BACKING_UP: &str = "backing-up";
/// A backup on its way into `aside`.
pub(crate) const RESTORING: &str = "restoring";
/// Says in a restored folder which backup it came from.
pub(crate) const RESTORED: &str = "restored-from";

/// Replaces `path` in one step: after a power cut it is the old file or the new one, never a mixture.
pub(crate) fn write_atomically(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    let beside = Path::new(&beside);
    if let Err(error) = write_new(beside, bytes).and_then(|()| fs::rename(beside, path)) {
        // What could not be made durable is of no use. The first error is the one to tell.
        let _ = fs::remove_file(beside);
        return Err(error);
    }
    sync_folder_of(path)
}

fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Makes a folder, and those above it that are missing. Each name is durable, so that what is put in it later
/// cannot vanish with the folder.
pub(crate) fn make_folder(folder: &Path) -> io::Result<()> {
    if folder.as_os_str().is_empty() || folder.is_dir() {
        return Ok(());
    }
    if let Some(above) = folder.parent() {
        make_folder(above)?;
    }
    match fs::create_dir(folder) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        _ => sync_folder_of(folder),
    }
}

/// Makes a rename, a creation or a removal in the file's folder durable.
pub(crate) fn sync_folder_of(path: &Path) -> io::Result<()> {
    match path.parent() {
        // A plain name lies in the current folder.
        Some(folder) if folder.as_os_str().is_empty() => sync_folder(Path::new(".")),
        Some(folder) => sync_folder(folder),
        None => Ok(()),
    }
}

/// Makes renames, creations and removals in a folder durable.
pub(crate) fn sync_folder(folder: &Path) -> io::Result<()> {
    // Windows cannot open a folder as a file; its file system journals the names itself.
    if cfg!(windows) {
        Ok(())
    } else {
        File::open(folder)?.sync_all()
    }
}

/// Removes a file that may not be there.
pub(crate) fn remove_if_there(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Removes a folder that may not be there, with everything in it.
pub(crate) fn remove_folder_if_there(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Reads a file that may not be there.
pub(crate) fn read_if_there(path: &Path) -> io::Result<Option<Vec<u8>>> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}
