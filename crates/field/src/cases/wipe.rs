//! Destroying everything that this device keeps, from any screen and without the PIN
//! (`docs/adr/0010-a-wipe-without-the-pin.md`).

use crate::commands::Nothing;
use crate::core::{Core, Opened, blocking};
use crate::error::ErrorCode;
use crate::settings;
use crate::view::{AtStake, Event, Failure, Settings, Status};
use baqylau_domain::ReportState;
use baqylau_store::Vault;
use std::io;
use std::path::Path;
use std::time::Duration;

/// Commands under way hold the store's files for moments; what takes longer finds its files gone.
const CLOSING: Duration = Duration::from_secs(2);

/// Destroys the keys at once, then everything else. Waits for nothing before the keys are gone.
pub(crate) async fn wipe(core: &Core, _: Nothing) -> Result<Status, Failure> {
    let keys = core.clone();
    let gone = blocking(move || keys.0.vault.destroy_keys().map_err(failed)).await;
    core.lock();
    gone?;
    core.abandon_enrolment();
    // An unlocking that had read the slots before they went ends first; its session goes like the one before.
    let _door = core.0.door.lock().await;
    core.lock();
    if tokio::time::timeout(CLOSING, core.wait_until_closed())
        .await
        .is_err()
    {
        tracing::warn!("a command still holds the store that is being wiped");
    }
    let files = core.clone();
    blocking(move || {
        // While the marker stands, whoever starts the app next knows that the settings go as well.
        let forgotten = files.forget_settings();
        files.0.vault.wipe().map_err(failed)?;
        forgotten?;
        Ok(files.status())
    })
    .await
    .inspect(|_| core.emit(Event::Locked))
}

fn failed(error: io::Error) -> Failure {
    tracing::error!(%error, "a wipe could not be completed");
    ErrorCode::StorageFailed.with("detail", error)
}

/// The settings that the app starts with. A wipe that was interrupted, or that the last allowed PIN asked for before the
/// app was killed, takes them along.
pub(crate) fn settings_at_start(dir: &Path, vault: &Vault) -> Settings {
    let settings = settings::load(dir);
    let mut is_wiped = vault.is_being_wiped().unwrap_or(false);
    if let Some(most) = settings.wipe_after {
        match vault.wipe_if_used_up(most) {
            Ok(false) => {}
            Ok(true) => {
                is_wiped = true;
                tracing::warn!("the last allowed PIN was wrong: everything is gone");
            }
            Err(error) => tracing::error!(%error, "wrong PINs could not be counted"),
        }
    }
    if !is_wiped {
        return settings;
    }
    let left = settings.after_a_wipe();
    if let Err(error) = settings::save(dir, &left) {
        tracing::error!(%error, "the settings of a device that was wiped could not be replaced");
    }
    left
}

impl Core {
    /// Leaves of the settings what a wipe leaves.
    pub(crate) fn forget_settings(&self) -> Result<(), Failure> {
        let fresh = self.settings().after_a_wipe();
        settings::save(&self.0.dir, &fresh).map_err(failed)?;
        self.put_settings(fresh);
        Ok(())
    }
}

/// What only this device holds.
pub(crate) fn at_stake(opened: &Opened, _: Nothing) -> Result<AtStake, Failure> {
    let store = &opened.session.store;
    let evidence = opened.evidence()?;
    let unfinished = |state| matches!(state, ReportState::Draft | ReportState::Correcting);
    let drafts = store
        .reports()?
        .iter()
        .filter(|report| unfinished(report.state))
        .count();
    Ok(AtStake {
        reports: evidence.waiting,
        in_other_hands: evidence.carried,
        drafts: u32::try_from(drafts).unwrap_or(u32::MAX),
        notes: store.notes_unheld()?,
        carried: store.carrying()?.waiting,
    })
}
