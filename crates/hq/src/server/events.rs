//! `GET /api/events`: tells pages that something has changed; they ask for the data themselves.

use crate::headquarters::Headquarters;
use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream::{Stream, unfold};
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

const KEEP_ALIVE: Duration = Duration::from_secs(20);
/// A burst of batches is one change to a page.
const GATHER: Duration = Duration::from_millis(250);

pub(super) async fn stream(
    State(headquarters): State<Arc<Headquarters>>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let events = unfold(headquarters.changes.subscribe(), |mut changes| async move {
        next_change(&mut changes)
            .await
            .then(|| (Ok(Event::default().data(r#"{"event":"changed"}"#)), changes))
    });
    Sse::new(events).keep_alive(KeepAlive::new().interval(KEEP_ALIVE))
}

/// Waits for a change and lets those that follow at once go with it; `false` when headquarters is closing.
async fn next_change(changes: &mut Receiver<()>) -> bool {
    match changes.recv().await {
        Ok(()) | Err(RecvError::Lagged(_)) => {}
        Err(RecvError::Closed) => return false,
    }
    tokio::time::sleep(GATHER).await;
    *changes = changes.resubscribe();
    true
}
