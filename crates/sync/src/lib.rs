//! The loop that moves a device's journal to headquarters.
//!
//! [`plan`] decides (pure), [`exchange`] does it once over any [`SyncApi`](baqylau_protocol::SyncApi),
//! [`backoff`] says when to try again, [`http::HttpApi`] is the road over pinned TLS.
//! `docs/SYNC.md` is the specification.

mod backoff;
mod batch;
mod budget;
mod carry;
mod enrol;
mod exchange;
mod handover;
pub mod http;
mod journal;
mod outcome;
mod pictures;
mod plan;
mod progress;
mod runs;
#[cfg(feature = "testing")]
pub mod testing;

pub use backoff::{Backoff, backoff};
pub use budget::Budget;
pub use carry::{Brought, Delivered, deliver, keep_sealed, pack, receive, receive_envelopes};
pub use enrol::{EnrolError, Enrolment, enrol};
pub use exchange::exchange;
pub use handover::{HandoverError, Listener, hand_over};
pub use journal::{
    Bytes, Credentials, Cursor, Journal, JournalError, JournalHead, KeptSegment, PendingPicture,
};
pub use outcome::{Outcome, Quarantine, SyncError};
pub use pictures::{
    DeliveredPicture, PackedPicture, PackedPictures, deliver_picture, pack_pictures, send_pictures,
};
pub use plan::{Action, LocalState, RemoteState, plan};
pub use progress::{Progress, Silent, Step};
