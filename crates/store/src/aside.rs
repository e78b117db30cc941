//! Setting a store aside: everything of it moves into a dated folder and stays there.

use crate::error::AsideReason;
use crate::files::{
    ASIDE, ATTEMPTS, DATABASE, KEY_SLOTS, OUTBOX, SETTING_ASIDE, SHARED_MEMORY, WAL, make_folder,
    read_if_there, remove_if_there, sync_folder, write_atomically,
};
use baqylau_domain::Moment;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Moves database, key slots and outbox into `aside/<time>-<reason>` and names that folder.
///
/// They stay together: without its key slots a database is noise, and an outbox belongs to the
/// journal it was sealed from. A marker names the folder first, so that whoever comes after an
/// interruption goes on with it ([`complete_aside`]).
pub(crate) fn set_aside(dir: &Path, reason: AsideReason, at: Moment) -> io::Result<PathBuf> {
    let kept = free_name(&dir.join(ASIDE), reason, at);
    make_folder(&kept)?;
    let name = kept.file_name().unwrap_or_default();
    write_atomically(&dir.join(SETTING_ASIDE), name.as_encoded_bytes())?;
    move_all(dir, &kept)?;
    Ok(kept)
}

/// Goes on with setting aside where it was interrupted. A marker that names no folder of ours is removed: what is
/// still here then counts as what it is.
pub(crate) fn complete_aside(dir: &Path) -> io::Result<()> {
    let Some(name) = read_if_there(&dir.join(SETTING_ASIDE))? else {
        return Ok(());
    };
    let name = String::from_utf8(name).unwrap_or_default();
    let kept = dir.join(ASIDE).join(&name);
    let is_ours = !name.is_empty() && !name.contains(['/', '\\']) && !name.starts_with('.');
    if is_ours && kept.is_dir() {
        move_all(dir, &kept)
    } else {
        remove_if_there(&dir.join(SETTING_ASIDE))?;
        sync_folder(dir)
    }
}

fn move_all(dir: &Path, kept: &Path) -> io::Result<()> {
    for name in [DATABASE, WAL, SHARED_MEMORY, OUTBOX, ATTEMPTS, KEY_SLOTS] {
        let from = dir.join(name);
        if from.try_exists()? {
            fs::rename(from, kept.join(name))?;
        }
    }
    sync_folder(kept)?;
    sync_folder(dir)?;
    remove_if_there(&dir.join(SETTING_ASIDE))?;
    sync_folder(dir)
}

/// A name under `aside` that is not taken.
pub(crate) fn free_name(aside: &Path, reason: AsideReason, at: Moment) -> PathBuf {
    let reason = match reason {
        AsideReason::Corrupt => "corrupt",
        AsideReason::TooNew => "too-new",
        AsideReason::Incomplete => "incomplete",
        AsideReason::Forked => "forked",
        AsideReason::Restored => "restored",
    };
    let utc = Moment {
        offset_min: 0,
        ..at
    }
    .local();
    let time = utc.map_or_else(
        || at.utc_ms.to_string(),
        |time| time.format("%Y%m%dT%H%M%SZ").to_string(),
    );
    let first = aside.join(format!("{time}-{reason}"));
    let others = (2_u32..).map(|number| aside.join(format!("{time}-{reason}-{number}")));
    std::iter::once(first.clone())
        .chain(others)
        .find(|path| !path.exists())
        .unwrap_or(first)
}
