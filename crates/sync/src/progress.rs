//! What is told while an exchange runs.

use baqylau_domain::AttachmentHash;

/// One step of an exchange.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// A request goes out.
    Sending {
        /// Entries in it.
        entries: u64,
        /// Entries still to send, with these.
        of: u64,
        /// Bytes in its segments.
        bytes: u64,
    },
    /// A receipt was verified.
    Held {
        /// Up to this entry.
        upto_seq: u64,
    },
    /// A blob comes in.
    Pulling {
        /// Which.
        id: String,
        /// Bytes so far.
        bytes: u64,
        /// Of how many.
        of: u64,
    },
    /// A run of a picture has arrived.
    SendingPicture {
        /// Which.
        picture: AttachmentHash,
        /// Bytes of the sealed picture that headquarters has.
        sent: u64,
        /// Of how many.
        of: u64,
    },
    /// A picture's receipt was verified.
    PictureHeld {
        /// Which.
        picture: AttachmentHash,
    },
    /// A newer configuration was verified and kept.
    Configured {
        /// Its version.
        version: u64,
    },
}

/// Somebody who wants to be told.
pub trait Progress: Send + Sync {
    /// A step was made.
    fn step(&self, step: Step);
}

/// Nobody wants to be told.
pub struct Silent;

impl Progress for Silent {
    fn step(&self, _: Step) {}
}

impl<F: Fn(Step) + Send + Sync> Progress for F {
    fn step(&self, step: Step) {
        self(step);
    }
}
