//! The field database. Everything the device keeps goes through [`Vault`] (PIN, key, files) and
//! [`Store`] (the unlocked database): drafts with one durable commit a change, the append-only
//! journal, receipts, sealed segments, attachments, content-addressed blobs, the register.
//!
//! Only this crate contains SQL on the device. It knows no clock and makes no random numbers
//! itself: both come in as [`baqylau_domain::Clock`] and [`baqylau_domain::IdSource`].

mod aside;
mod attempts;
mod backup;
mod binding;
mod carried;
mod carried_pictures;
mod content;
mod custody;
mod database;
mod delivery;
mod drafts;
mod earlier;
mod enrolment;
mod error;
mod files;
mod format;
#[cfg(test)]
mod inside;
#[cfg(test)]
mod inside_sealing;
mod journal;
mod keyslots;
mod keystore;
pub mod measure;
mod model;
mod outbox;
mod photos;
mod pictures;
mod pins;
mod recovery;
pub mod register;
mod restore;
mod rows;
mod sealing;
mod steps;
mod store;
#[cfg(feature = "testing")]
pub mod testing;
mod vault;
mod wipe;

pub use backup::{BackupError, BackupStep};
pub use carried::{
    CARRIED_BYTES, CARRIED_SEGMENTS, CarriedEnvelope, CarriedSegment, Carrying, Concerned,
    Delivered, Kept, LabelRow,
};
pub use carried_pictures::{CARRIED_PICTURE_BYTES, CarriedPicture, KeptPictures};
pub use custody::{Custody, CustodyNote};
pub use earlier::{DraftOrigin, EarlierJournal, Fork, TakenOver};
pub use error::{AsideReason, ChangePinError, CreateError, StoreError, UnlockError};
pub use keyslots::Kdf;
pub use keystore::{KeyStore, KeyStoreError, Secret};
pub use model::{
    Attachment, Cursor, Entry, EntryRole, Evidence, Exchange, Finishing, Head, Identity, InHands,
    NewEntry, NewReport, Note, Numbering, Picture, PictureReceipt, Place, Receipt, Report,
    Revision, SealedCopy, Segment, SegmentVerdict, SignedBlob, Tally,
};
pub use recovery::RecoverError;
pub use restore::RestoreError;
pub use store::Store;
pub use vault::{Vault, VaultState};
