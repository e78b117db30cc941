//! Binding the key to the computer's key store: `docs/adr/0014-the-computers-key-store.md`.

use crate::commands::{Nothing, PinArgs};
use crate::core::{Opened, blocking};
use crate::error::ErrorCode;
use crate::view::{Failure, KeyStoreState, Status};

/// Whether the computer has a key store that answers.
pub(crate) async fn key_store(opened: Opened, _: Nothing) -> Result<KeyStoreState, Failure> {
    blocking(move || {
        let answers = opened.core.0.vault.key_store_answers();
        Ok(KeyStoreState { answers })
    })
    .await
}

/// From now on the PIN opens nothing without the key store.
pub(crate) async fn bind(opened: Opened, args: PinArgs) -> Result<Status, Failure> {
    blocking(move || {
        let core = &opened.core;
        // As when the PIN is changed: the last try is left for the lock.
        if core.is_last_try(core.settings().wipe_after)? {
            return Err(ErrorCode::LastTry.failure());
        }
        let inner = &core.0;
        inner.vault.bind(&args.pin, &*inner.ids, &*inner.clock)?;
        Ok(core.status())
    })
    .await
}

/// The PIN opens everything alone again.
pub(crate) async fn unbind(opened: Opened, _: Nothing) -> Result<Status, Failure> {
    blocking(move || {
        opened.core.0.vault.unbind(&opened.session.store)?;
        Ok(opened.core.status())
    })
    .await
}
