//! Destroying everything that this device keeps, from any screen and without the PIN
//! (`docs/adr/0010-a-wipe-without-the-pin.md`).

use crate::commands::Nothing;
use crate::core::{Core, Opened, blocking};
use crate::error::ErrorCode;
use crate::settings;
use crate::view::{AtStake, Event, Failure, Settings, Status};
use baqylau_domain::ReportState;
use std::io;
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
        files.0.vault.wipe().map_err(failed)?;
        files.forget_settings()?;
        Ok(files.status())
    })
    .await
    .inspect(|_| core.emit(Event::Locked))
}

fn failed(error: io::Error) -> Failure {
    tracing::error!(%error, "a wipe could not be completed");
    ErrorCode::StorageFailed.with("detail", error)
}

impl Core {
    /// Whoever stands here must be able to read the screen, so language and colours stay.
    pub(crate) fn forget_settings(&self) -> Result<(), Failure> {
        let Settings {
            language, theme, ..
        } = self.settings();
        let fresh = Settings {
            language,
            theme,
            ..Settings::default()
        };
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
