//! Unlocking, locking, the PIN and the settings.

use crate::check;
use crate::commands::{ChangePinArgs, Nothing, PinArgs, SettingsArgs};
use crate::core::{Core, Opened, blocking};
use crate::error::ErrorCode;
use crate::session::Session;
use crate::settings;
use crate::view::{Failure, Phase, Status};
use baqylau_store::{UnlockError, VaultState};
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
            tries_left: self.tries_left(phase),
            earlier_closed: self.earlier_closed(),
            forked: self.is_forked(),
            recoverable: matches!(self.0.vault.recovery_slot(), Ok(Some(_))),
            bound: self.0.vault.is_bound().unwrap_or(false),
        }
    }

    /// Journals beside this one that no PIN has opened.
    fn earlier_closed(&self) -> u32 {
        let open = self
            .session()
            .map(|session| session.earlier())
            .unwrap_or_default();
        let mut closed = self.0.vault.aside().unwrap_or_default();
        closed.retain(|folder| !open.iter().any(|it| it.folder == *folder));
        u32::try_from(closed.len()).unwrap_or(u32::MAX)
    }

    fn is_forked(&self) -> bool {
        self.session()
            .is_some_and(|session| session.store.fork().is_ok_and(|fork| fork.is_some()))
    }

    /// Wrong PINs until everything is destroyed, if the settings ask for that.
    fn tries_left(&self, phase: Phase) -> Option<u32> {
        let most = self.settings().wipe_after?;
        let failures = self.0.vault.failures().unwrap_or(0);
        // A counter that cannot be read destroys nothing by itself: one more try is always made.
        (phase == Phase::Locked).then(|| most.saturating_sub(failures).max(1))
    }

    /// Whether a wrong PIN given while unlocked would be the last that `most` allows.
    pub(crate) fn is_last_try(&self, most: Option<u32>) -> Result<bool, Failure> {
        let failures = self
            .0
            .vault
            .failures()
            .map_err(|error| ErrorCode::StorageFailed.with("detail", error))?;
        Ok(most.is_some_and(|most| failures.saturating_add(1) >= most))
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
        let most = core.settings().wipe_after;
        let tried = core.0.vault.unlock_within(&args.pin, &*core.0.clock, most);
        let store = match tried {
            Err(UnlockError::Wiped) => {
                core.forget_settings()?;
                return Err(UnlockError::Wiped.into());
            }
            tried => tried?,
        };
        core.open(Session::start(store)?);
        // Notes on a finished report that a kill kept out of the journal go in now.
        let opened = core.opened()?;
        opened.append_waiting_notes()?;
        // And what was to be sealed while the store was locked is sealed before anybody sees it.
        opened.seal_beside_exchanges();
        opened.look_back(None);
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
    // While the device is open nothing is destroyed because of a slip: the last try is left for the lock.
    if opened.core.is_last_try(opened.core.settings().wipe_after)? {
        return Err(ErrorCode::LastTry.failure());
    }
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
        let mut settings = args.settings;
        settings.proxy = settings.proxy()?.map(|proxy| proxy.to_string());
        let before = core.settings();
        if !settings.guards_like(&before) {
            // Whoever finds the device must not be able to take its guards away before guessing.
            if core.status().phase == Phase::Locked {
                return Err(ErrorCode::Locked.failure());
            }
            if settings.wipe_after != before.wipe_after && core.is_last_try(settings.wipe_after)? {
                return Err(ErrorCode::LastTry.failure());
            }
        }
        settings::save(&core.0.dir, &settings)
            .map_err(|error| ErrorCode::StorageFailed.with("detail", error))?;
        core.put_settings(settings);
        if let Ok(opened) = core.opened() {
            opened.seal_beside_exchanges();
        }
        Ok(core.status())
    })
    .await
}

/// The app was left: another window is in front of it, or none of it is seen.
pub(crate) async fn leave(core: &Core, nothing: Nothing) -> Result<Nothing, Failure> {
    core.leave();
    Ok(nothing)
}

/// Somebody is at the screen. The dispatcher has noted it: this command is `by_hand`.
pub(crate) async fn touch(core: &Core, nothing: Nothing) -> Result<Nothing, Failure> {
    core.come_back();
    Ok(nothing)
}
