//! Backups: writing one, and putting one beside the place of a store. See `docs/adr/0012-backup-and-earlier-journals.md`.

use crate::cases::carriers::places;
use crate::commands::{BackUpArgs, Nothing, RestoreArgs};
use crate::core::{Core, Opened, blocking};
use crate::error::ErrorCode;
use crate::view::{CarryPlaces, Event, Failure, MadeBackup, Phase, Status, SyncProgress};
use baqylau_store::{BackupError, BackupStep, RestoreError, UnlockError};
use std::io;
use std::path::{Path, PathBuf};

/// How a backup's file ends.
const ENDING: &str = "bqbak";

/// Folders that a backup may be written to, and backups that lie there. Says nothing about this device.
pub(crate) async fn backup_places(core: &Core, _: Nothing) -> Result<CarryPlaces, Failure> {
    let now = core.now();
    blocking(move || {
        Ok(CarryPlaces {
            places: places::look(&places::roots(), ENDING, now),
        })
    })
    .await
}

/// Writes a backup of everything this device keeps, reads it back and compares.
pub(crate) async fn back_up(opened: Opened, args: BackUpArgs) -> Result<MadeBackup, Failure> {
    blocking(move || {
        let folder = PathBuf::from(&args.folder);
        if !folder.is_dir() {
            return Err(ErrorCode::FileNotWritten.with("detail", "no such folder"));
        }
        let mut random = [0; 4];
        opened.core.0.ids.fill(&mut random);
        // A name that says nothing of team, place or time.
        let path = folder.join(format!("{:08x}.{ENDING}", u32::from_be_bytes(random)));
        let at = opened.core.now();
        let core = opened.core.clone();
        let bytes = opened.session.store.back_up(&path, &mut teller(&core))?;
        Ok(MadeBackup {
            path: path.to_string_lossy().into_owned(),
            bytes,
            at,
        })
    })
    .await
}

/// Puts a backup on a device without a store, as a journal that ended. Enrolling takes it over.
pub(crate) async fn restore(core: &Core, args: RestoreArgs) -> Result<Status, Failure> {
    let _door = core.0.door.lock().await;
    // An open store is not waited for: it stays.
    if core.session().is_some() {
        return Err(ErrorCode::StoreExists.failure());
    }
    core.wait_until_closed().await;
    let core = core.clone();
    blocking(move || {
        if core.status().phase != Phase::New {
            return Err(ErrorCode::StoreExists.failure());
        }
        let inner = &core.0;
        let most = core.settings().wipe_after;
        let from = Path::new(&args.path);
        let restored =
            inner
                .vault
                .restore(from, &args.pin, &*inner.clock, most, &mut teller(&core));
        if matches!(restored, Err(RestoreError::Pin(UnlockError::Wiped))) {
            core.forget_settings()?;
        }
        let journal = restored?;
        tracing::info!(
            journal,
            "a backup was restored beside the place of the store"
        );
        Ok(core.status())
    })
    .await
}

/// Tells the screen, not more often than it can draw.
fn teller(core: &Core) -> impl FnMut(BackupStep, u64, u64) {
    let core = core.clone();
    let mut last = None;
    move |step, done, total| {
        let part = done.saturating_mul(100).checked_div(total).unwrap_or(0);
        if last.replace((step, part)) == Some((step, part)) {
            return;
        }
        let step = match step {
            BackupStep::Copying => "copy",
            BackupStep::Writing => "write",
            BackupStep::Checking => "check",
        };
        core.emit(Event::BackupMoved(SyncProgress {
            step: step.to_owned(),
            done,
            total,
        }));
    }
}

impl From<BackupError> for Failure {
    fn from(error: BackupError) -> Self {
        match error {
            BackupError::Store(error) => error.into(),
            BackupError::Write(error) if error.kind() == io::ErrorKind::StorageFull => {
                ErrorCode::MediumFull.failure()
            }
            BackupError::Write(error) => ErrorCode::FileNotWritten.with("detail", error.kind()),
            BackupError::Differs => ErrorCode::FileDiffers.failure(),
        }
    }
}

impl From<RestoreError> for Failure {
    fn from(error: RestoreError) -> Self {
        tracing::info!(%error, "a backup was not restored");
        match error {
            RestoreError::Exists => ErrorCode::StoreExists.failure(),
            RestoreError::Already => ErrorCode::AlreadyRestored.failure(),
            RestoreError::NotABackup => ErrorCode::NotABackup.failure(),
            RestoreError::TooNew => ErrorCode::BackupTooNew.failure(),
            RestoreError::Damaged => ErrorCode::BackupDamaged.failure(),
            RestoreError::Read(error) => ErrorCode::FileNotRead.with("detail", error.kind()),
            RestoreError::Pin(error) => error.into(),
            RestoreError::Store(error) => error.into(),
        }
    }
}
