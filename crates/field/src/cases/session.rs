//! Unlocking, locking, the PIN and the settings.

use crate::check;
use crate::commands::{ChangePinArgs, Nothing, PinArgs, SettingsArgs};
use crate::core::{Core, Opened, blocking};
use crate::error::ErrorCode;
use crate::session::Session;
use crate::settings;
use crate::view::{Failure, Phase, Status};
use baqylau_store::VaultState;
use std::sync::Arc;

/// What the app can do now.
pub(crate) async fn status(core: &Core, _: Nothing) -> Result<Status, Failure> {
    let core = core.clone();
    blocking(move || Ok(core.status())).await
}

impl Core {
    pub(crate) fn status(&self) -> Status {
        let holder = self.session().map(|session| session.library().holder());
        let (phase, retry_in_s) = match (&holder, self.0.vault.state(&*self.0.clock)) {
            (Some(_), _) => (Phase::Open, 0),
            (None, VaultState::None) => (Phase::New, 0),
            (None, VaultState::Locked { retry_in_s }) => (Phase::Locked, retry_in_s),
        };
        Status {
            phase,
            app_version: env!("CARGO_PKG_VERSION").to_owned(),
            settings: self.settings(),
            holder,
            retry_in_s,
        }
    }
}

/// Opens the store. Unlocking what is open changes nothing and tries no PIN.
pub(crate) async fn unlock(core: &Core, args: PinArgs) -> Result<Status, Failure> {
    let _door = core.0.door.lock().await;
    if core.session().is_some() {
        return Ok(core.status());
    }
    core.wait_until_closed().await;
    let core = core.clone();
    blocking(move || {
        let store = core.0.vault.unlock(&args.pin, &*core.0.clock)?;
        core.open(Session::start(store)?);
        // Notes on a finished report that a kill kept out of the journal go in now.
        let opened = core.opened()?;
        opened.append_waiting_notes()?;
        Ok(core.status())
    })
    .await
}

/// Closes the store.
pub(crate) async fn lock(core: &Core, _: Nothing) -> Result<Status, Failure> {
    core.lock();
    status(core, Nothing {}).await
}

/// Replaces the PIN.
pub(crate) fn change_pin(opened: &Opened, args: ChangePinArgs) -> Result<Status, Failure> {
    check::pin(&args.new)?;
    let inner = Arc::clone(&opened.core.0);
    inner
        .vault
        .change_pin(&args.old, &args.new, &*inner.ids, &*inner.clock)?;
    Ok(opened.core.status())
}

/// Puts settings in force.
pub(crate) async fn set_settings(core: &Core, args: SettingsArgs) -> Result<Status, Failure> {
    let core = core.clone();
    blocking(move || {
        settings::check(&args.settings)?;
        settings::save(&core.0.dir, &args.settings)
            .map_err(|error| ErrorCode::StorageFailed.with("detail", error))?;
        core.put_settings(args.settings);
        Ok(core.status())
    })
    .await
}

/// Somebody is at the screen. The dispatcher has noted it: this command is `by_hand`.
pub(crate) async fn touch(_: &Core, nothing: Nothing) -> Result<Nothing, Failure> {
    Ok(nothing)
}
