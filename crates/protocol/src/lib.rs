//! OBS/1: how evidence is written, sealed, carried and receipted.
//!
//! A device keeps one append-only, hash-chained journal of [`Entry`]s. Runs of it become *segments*
//! ([`seal`], [`open`]): signed once, compressed, padded, sealed to headquarters. A signed
//! [`Receipt`] comes back, and only a [`VerifiedReceipt`] lets a screen say that headquarters holds
//! something. `docs/SYNC.md` is the specification.
//!
//! Pure: no I/O, no clock; randomness is passed in (see invariant 4 in `docs/ARCHITECTURE.md`).

mod api;
mod bundle;
mod cbor;
mod certificate;
mod chain;
mod checkpoint;
mod code;
mod config;
mod custody;
mod entry;
mod envelope;
mod fountain;
mod grouped;
mod handover;
mod hashes;
mod inner_header;
mod keys;
pub mod limits;
mod log;
mod manifest;
mod messages;
mod packing;
mod picture;
mod picture_road;
mod receipt;
mod recovery;
mod rng;
pub mod seeded;
mod segment;
mod signed;
mod values;
mod verdict;

pub use api::{ApiError, BlobProgress, Refusal, SyncApi};
pub use bundle::{Bundle, BundleError};
pub use certificate::{Certificate, SignedCertificate};
pub use chain::{Chain, ChainHash};
pub use checkpoint::{Checkpoint, CheckpointError};
pub use code::{EnrolCode, EnrolCodeError, EnrolSecret};
pub use config::{BlobKind, BlobRef, Config, ConfigError, Endpoint, Limits, SignedConfig};
pub use custody::{
    Custody, CustodyError, CustodyReceipt, SegmentHash, SignedCustody, segment_hash,
};
pub use entry::{DecodeError, Entry, EntryKind, Place, UnknownKeys};
pub use envelope::{Addressee, Envelope, Pair, SignedEnvelope, in_no_order};
pub use fountain::{Fountain, Frame, FrameCollector, FrameError, FrameSet};
pub use handover::{HandoverCode, HandoverToken};
pub use hashes::{BlobHash, EventId, SpkiHash};
pub use inner_header::InnerHeader;
pub use keys::{
    DeviceKey, DevicePublic, HqKey, HqPublic, Mailbox, MailboxTag, RootKey, RootPublic, SealKey,
    SealSecret, Signature,
};
pub use log::{
    LogHash, LogTree, consistency_proof, inclusion_proof, is_consistent, is_included, log_leaf,
};
pub use manifest::{Manifest, NotAManifest};
pub use messages::{EnrolReply, EnrolRequest, PROTOCOL, SetAside, SyncReply, SyncRequest};
pub use packing::{Dictionary, Packing};
pub use picture::{
    OpenedPicture, PictureError, PictureHead, SealedHash, is_sealed_picture, open_picture,
    seal_picture,
};
pub use picture_road::{
    PictureReceipt, PictureReply, PictureRun, PictureVerdict, SignedPictureReceipt,
    VerifiedPictureReceipt,
};
pub use receipt::{Receipt, ReceiptError, SignedReceipt, VerifiedReceipt};
pub use recovery::{
    AnswerSecret, Recoverable, RecoveryAnswer, RecoveryError, RecoveryRequest, RecoverySlot,
};
pub use rng::Entropy;
pub use segment::{
    OpenError, OpenedSegment, OuterHeader, SealError, SegmentBody, open, padme, seal,
    unpadded_bytes,
};
pub use signed::Signed;
pub use verdict::{QuarantineCode, Verdict};
