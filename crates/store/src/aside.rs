//! Setting a store aside: everything of it moves into a dated folder and stays there.

use crate::error::AsideReason;
use crate::files::{
    ASIDE, ATTEMPTS, DATABASE, KEY_SLOTS, OUTBOX, SHARED_MEMORY, WAL, make_folder, sync_folder,
};
use baqylau_domain::Moment;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Moves database, key slots and outbox into `aside/<time>-<reason>` and names that folder.
///
/// They stay together: without its key slots a database is noise, and an outbox belongs to the
/// journal it was sealed from. The database goes first, so that an interruption leaves key slots
/// without a database, which the next unlock sets aside too.
pub(crate) fn set_aside(dir: &Path, reason: AsideReason, at: Moment) -> io::Result<PathBuf> {
    let kept = free_name(&dir.join(ASIDE), reason, at);
    make_folder(&kept)?;
    for name in [DATABASE, WAL, SHARED_MEMORY, OUTBOX, ATTEMPTS, KEY_SLOTS] {
        let from = dir.join(name);
        if from.try_exists()? {
            fs::rename(from, kept.join(name))?;
        }
    }
    sync_folder(&kept)?;
    sync_folder(dir)?;
    Ok(kept)
}

fn free_name(aside: &Path, reason: AsideReason, at: Moment) -> PathBuf {
    let reason = match reason {
        AsideReason::Corrupt => "corrupt",
        AsideReason::TooNew => "too-new",
        AsideReason::Incomplete => "incomplete",
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
