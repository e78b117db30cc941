//! A forgotten PIN, replaced with headquarters' help: `docs/adr/0013-a-forgotten-pin.md`.

use crate::cases::carriers::picture;
use crate::cases::session;
use crate::check;
use crate::commands::{AllowRecoveryArgs, PinArgs, RecoverArgs};
use crate::core::{Core, Opened, blocking};
use crate::error::ErrorCode;
use crate::view::{CodePicture, Failure, Status};
use baqylau_protocol::RecoveryAnswer;
use baqylau_store::RecoverError;

/// Keeps the key a second time, sealed to headquarters, or keeps it so no longer.
pub(crate) fn allow_recovery(opened: &Opened, args: AllowRecoveryArgs) -> Result<Status, Failure> {
    let vault = &opened.core.0.vault;
    if args.allowed {
        opened.seal_key_to_headquarters()?;
    } else {
        vault.set_recovery(None)?;
    }
    Ok(opened.core.status())
}

/// What to bring to headquarters for a device whose PIN was forgotten, as a code.
pub(crate) async fn recovery_request(core: &Core, args: PinArgs) -> Result<CodePicture, Failure> {
    check::pin(&args.pin)?;
    let core = core.clone();
    blocking(move || {
        let request = core.0.vault.recovery_request(&args.pin)?;
        picture::draw(0, request.to_text())
    })
    .await
}

/// Puts the new PIN in the place of the forgotten one, and opens the store with it.
pub(crate) async fn recover(core: &Core, args: RecoverArgs) -> Result<Status, Failure> {
    check::pin(&args.pin)?;
    let answer = RecoveryAnswer::from_text(&args.answer).map_err(|error| {
        tracing::info!(code = error.code(), "an answer was mistyped");
        ErrorCode::BadRecoveryAnswer.failure()
    })?;
    let door = core.0.door.lock().await;
    let (inner, pin) = (core.0.clone(), args.pin.clone());
    blocking(move || Ok(inner.vault.recover(&answer, &pin, &*inner.ids)?)).await?;
    drop(door);
    tracing::info!("a forgotten PIN was replaced");
    session::unlock(core, PinArgs { pin: args.pin }).await
}

impl Opened {
    fn seal_key_to_headquarters(&self) -> Result<(), Failure> {
        let inner = &self.core.0;
        let library = self.session.library();
        let config = &library.config;
        let to = config.seal_key()?;
        let store = &self.session.store;
        let slot = store.recovery_slot(&config.event, &to, &*inner.ids)?;
        Ok(inner.vault.set_recovery(Some(&slot))?)
    }

    /// Headquarters may have a new key to seal to, and destroy the old one some day: what it could not open any more
    /// would help nobody.
    pub(crate) fn keep_recovery_current(&self) {
        let renewed = || -> Result<(), Failure> {
            let slot = self.core.0.vault.recovery_slot();
            let slot = slot.map_err(baqylau_store::StoreError::from)?;
            let current = self.session.library().config.seal_key()?.id;
            if slot.is_some_and(|slot| slot.seal_key() != current) {
                self.seal_key_to_headquarters()?;
            }
            Ok(())
        };
        if let Err(failure) = renewed() {
            tracing::error!(
                code = failure.code,
                "the key could not be sealed to headquarters again"
            );
        }
    }
}

impl From<RecoverError> for Failure {
    fn from(error: RecoverError) -> Self {
        tracing::info!(%error, "a PIN was not replaced");
        match error {
            RecoverError::NotAllowed => ErrorCode::RecoveryNotAllowed.failure(),
            RecoverError::EmptyPin => ErrorCode::WeakPin.with("least", 1),
            RecoverError::Unfit => ErrorCode::RecoveryUnfit.failure(),
            RecoverError::OtherKey => ErrorCode::RecoveryOtherKey.failure(),
            RecoverError::InUse => ErrorCode::StoreInUse.failure(),
            RecoverError::Store(error) => error.into(),
        }
    }
}
