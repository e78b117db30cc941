//! One exchange with headquarters.

use crate::{Journal, Outcome, Progress};
use baqylau_domain::{Clock, IdSource};
use baqylau_protocol::SyncApi;

/// Does everything there is to do, once: configuration, blobs, entries, receipts. Never sleeps; see
/// [`crate::Backoff`] for when to try again.
pub async fn exchange(
    journal: &dyn Journal,
    api: &dyn SyncApi,
    clock: &dyn Clock,
    random: &dyn IdSource,
    progress: &dyn Progress,
) -> Outcome {
    let _ = (journal.head(), api.sync, clock.now(), random, progress);
    unimplemented!()
}
