//! OBS/1: how evidence is written, sealed, carried and receipted.
//!
//! A device keeps one append-only, hash-chained journal of [`Entry`]s. Runs of it become *segments*
//! ([`seal`], [`open`]): signed once, compressed, padded, sealed to headquarters. A signed
//! [`Receipt`] comes back, and only a [`VerifiedReceipt`] lets a screen say that headquarters holds
//! something. `docs/SYNC.md` is the specification.
//!
//! Pure: no I/O, no clock; randomness is passed in (see invariant 4 in `docs/ARCHITECTURE.md`).

mod api;
mod chain;
mod code;
mod config;
mod entry;
mod hashes;
mod keys;
pub mod limits;
mod messages;
mod receipt;
mod rng;
mod segment;

pub use api::{ApiError, BlobProgress, Refusal, SyncApi};
pub use chain::{Chain, ChainHash};
pub use code::{EnrolCode, EnrolCodeError, EnrolSecret};
pub use config::{BlobKind, BlobRef, Certificate, Config, ConfigError, Endpoint, Limits, Signed, SignedCertificate, SignedConfig};
pub use entry::{DecodeError, Entry, EntryKind, Place, UnknownKeys};
pub use hashes::{BlobHash, EventId, SpkiHash};
pub use keys::{DeviceKey, DevicePublic, HqKey, HqPublic, Mailbox, MailboxTag, RootKey, RootPublic, SealKey, SealSecret, Signature};
pub use messages::{EnrolReply, EnrolRequest, QuarantineCode, SetAside, SyncReply, SyncRequest, Verdict};
pub use receipt::{Receipt, ReceiptError, SignedReceipt, VerifiedReceipt};
pub use rng::Entropy;
pub use segment::{Dictionary, OpenError, OpenedSegment, OuterHeader, Packing, SealError, SegmentBody, open, padme, seal};
