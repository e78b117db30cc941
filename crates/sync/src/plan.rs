//! What to do next, decided without doing anything.

use baqylau_protocol::BlobRef;

/// What the device has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalState {
    /// The journal's last entry.
    pub head_seq: u64,
    /// The server epoch the device knows.
    pub server_epoch: u64,
    /// The last entry held by headquarters in that epoch.
    pub held_seq: u64,
    /// The configuration's version; 0 for none.
    pub config_version: u64,
    /// Blobs that the configuration names and the device lacks.
    pub missing_blobs: Vec<BlobRef>,
}

/// What headquarters said last, if anything in this exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RemoteState {
    /// Its epoch.
    pub server_epoch: u64,
    /// The entry it wants next.
    pub next_seq: u64,
    /// The device is revoked.
    pub revoked: bool,
}

/// One thing to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Headquarters holds less than the device thought: go back.
    Rewind {
        /// Its epoch.
        server_epoch: u64,
        /// The last entry it holds.
        held_seq: u64,
    },
    /// Bring a blob.
    PullBlob(BlobRef),
    /// Send entries, in as many segments and requests as it takes.
    Push {
        /// The first.
        from_seq: u64,
        /// The last.
        upto_seq: u64,
    },
    /// Ask without sending anything: receipts, configuration, headquarters' state.
    Ask,
}

/// Decides what to do. `remote` is `None` before headquarters was asked.
#[must_use]
pub fn plan(local: &LocalState, remote: Option<&RemoteState>) -> Vec<Action> {
    unimplemented!("{local:?}{remote:?}")
}
