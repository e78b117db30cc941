//! A bundle on a stick or a card: written, synced, read back, compared byte by byte. Only then is it called written.

use crate::cases::carriers::hand::label;
use crate::cases::carriers::load::pack;
use crate::cases::carriers::places;
use crate::cases::carriers::take_in::take_in;
use crate::commands::{MakeFileArgs, Nothing, TakeBytesArgs, TakeFileArgs};
use crate::core::Opened;
use crate::error::ErrorCode;
use crate::view::{CarryPlaces, Event, Failure, MadeFile, TakenIn};
use baqylau_domain::Road;
use baqylau_protocol::limits;
use base64::Engine as _;
use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

/// Folders that a file may be written to, and bundles that lie there.
pub(crate) fn carry_places(opened: &Opened, _: Nothing) -> Result<CarryPlaces, Failure> {
    Ok(CarryPlaces {
        places: places::look(&places::roots(), places::ENDING, opened.core.now()),
    })
}

/// Writes a bundle to a file, reads it back and compares; notes then what lies on it.
pub(crate) fn make_file(opened: &Opened, args: MakeFileArgs) -> Result<MadeFile, Failure> {
    let folder = PathBuf::from(&args.folder);
    if !folder.is_dir() {
        return Err(ErrorCode::FileNotWritten.with("detail", "no such folder"));
    }
    let packed = pack(opened, args.load, Road::File)?;
    let path = folder.join(name(opened));
    write(&path, &packed.bytes)?;
    let store = &opened.session.store;
    let now = opened.core.now();
    let own = [packed.own, packed.own_pictures].concat();
    let carried = [packed.carried, packed.carried_pictures].concat();
    store.record_on_file(&own, now)?;
    store.note_handed_on(&carried, Road::File, None, now)?;
    opened.core.emit(Event::ReportsChanged);
    opened.core.emit(Event::CarriersChanged);
    Ok(MadeFile {
        path: path.to_string_lossy().into_owned(),
        holds: packed.holds,
    })
}

/// Takes a bundle in from a file.
pub(crate) fn take_file(opened: &Opened, args: TakeFileArgs) -> Result<TakenIn, Failure> {
    let label = label(args.label.as_deref())?;
    let bytes = read(Path::new(&args.path))
        .map_err(|error| ErrorCode::FileNotRead.with("detail", error.kind()))?;
    Ok(take_in(opened, &bytes, label, Road::File)?.said)
}

/// Takes a bundle in that the page has read.
pub(crate) fn take_bytes(opened: &Opened, args: TakeBytesArgs) -> Result<TakenIn, Failure> {
    let label = label(args.label.as_deref())?;
    let bytes = base64::engine::general_purpose::STANDARD
        .decode(&args.base64)
        .map_err(|error| ErrorCode::BadArguments.with("detail", error))?;
    Ok(take_in(opened, &bytes, label, Road::File)?.said)
}

/// A name that says nothing of team, place or time.
fn name(opened: &Opened) -> String {
    let mut random = [0; 4];
    opened.core.0.ids.fill(&mut random);
    format!("{:08x}.{}", u32::from_be_bytes(random), places::ENDING)
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let beside = path.with_extension("part");
    let written = write_synced(&beside, bytes).and_then(|()| match read_back(&beside, bytes) {
        Ok(true) => fs::rename(&beside, path).map(|()| true),
        other => other,
    });
    match written {
        Ok(true) => {
            sync_folder(path);
            Ok(())
        }
        bad => {
            // What is half there, or wrong, must not look like a bundle.
            let _ = fs::remove_file(&beside);
            Err(bad.map_or_else(
                |error| match error.kind() {
                    io::ErrorKind::StorageFull => ErrorCode::DiskFull.failure(),
                    kind => ErrorCode::FileNotWritten.with("detail", kind),
                },
                |_| ErrorCode::FileDiffers.failure(),
            ))
        }
    }
}

fn write_synced(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    forget(&file);
    Ok(())
}

/// Whether the file holds exactly these bytes.
fn read_back(path: &Path, bytes: &[u8]) -> io::Result<bool> {
    let mut file = File::open(path)?;
    let mut piece = vec![0; 64 * 1024];
    let mut rest = bytes;
    loop {
        let count = file.read(&mut piece)?;
        if count == 0 {
            return Ok(rest.is_empty());
        }
        match rest.strip_prefix(&piece[..count]) {
            Some(after) => rest = after,
            None => return Ok(false),
        }
    }
}

/// Asks the system to read from the medium next time and not from its memory. Only Linux can be asked; elsewhere, and
/// where it does not listen, reading back shows only what the system believes to have written.
#[cfg(target_os = "linux")]
fn forget(file: &File) {
    let _ = rustix::fs::fadvise(file, 0, None, rustix::fs::Advice::DontNeed);
}

#[cfg(not(target_os = "linux"))]
fn forget(_: &File) {}

/// Makes the new name durable where the system can do that; some sticks cannot, and the file has been synced.
fn sync_folder(path: &Path) {
    if let Some(folder) = path.parent()
        && let Ok(folder) = File::open(folder)
    {
        let _ = folder.sync_all();
    }
}

/// A whole file, never more than a bundle may have.
fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    // One byte past the limit is enough for the reader of the bundle to refuse it.
    File::open(path)?
        .take(limits::BUNDLE_BYTES as u64 + 1)
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_back_must_be_what_was_written() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.obsb");
        let bytes = vec![7; 200_000];
        write(&path, &bytes).expect("written");
        assert!(read_back(&path, &bytes).expect("read"));
        assert!(!read_back(&path, &bytes[1..]).expect("read"));
        assert!(!read_back(&path, &[bytes.as_slice(), b"x"].concat()).expect("read"));
        let names: Vec<_> = fs::read_dir(folder.path()).expect("a folder").collect();
        assert_eq!(names.len(), 1, "nothing half written stays");
        let nowhere = folder.path().join("gone/a.obsb");
        let failure = write(&nowhere, &bytes).expect_err("no such folder");
        assert_eq!(failure.code, "file_not_written");
    }
}
