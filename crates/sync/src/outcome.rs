//! What an exchange achieved, and what stopped it.

use crate::{Budget, JournalError};
use baqylau_protocol::{
    ApiError, BlobHash, ConfigError, PictureError, QuarantineCode, ReceiptError, SealError,
    SetAside,
};
use thiserror::Error;

/// What one exchange achieved. What it recorded stays, also when it was stopped.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Requests made, blobs and pictures not counted.
    pub requests: u32,
    /// Entries sent.
    pub sent_entries: u64,
    /// Bytes of segments sent.
    pub sent_bytes: u64,
    /// The last entry that headquarters holds, by a verified receipt.
    pub held_seq: u64,
    /// The journal's last entry when the exchange ended.
    pub head_seq: u64,
    /// Receipts verified and recorded.
    pub receipts: u32,
    /// Bytes of sealed pictures sent.
    pub picture_bytes: u64,
    /// Pictures that headquarters signed for.
    pub held_pictures: u32,
    /// Blobs brought.
    pub pulled_blobs: u32,
    /// Bytes of blobs brought.
    pub pulled_bytes: u64,
    /// The version of a configuration that came in.
    pub new_config: Option<u64>,
    /// Headquarters had been restored from a backup, and the cursor went back.
    pub rewound: bool,
    /// Segments that headquarters keeps apart.
    pub quarantined: Vec<Quarantine>,
    /// Reports that headquarters keeps but does not count.
    pub set_aside: Vec<SetAside>,
    /// The device is revoked.
    pub revoked: bool,
    /// The device should be updated.
    pub upgrade: bool,
    /// The event is over.
    pub closed: bool,
    /// Headquarters asks to wait this long before the next exchange.
    pub wait_s: Option<u32>,
    /// What a request may weigh in the next exchange, by what this road bore.
    pub budget: Budget,
    /// What stopped it; `None` when everything there was to do is done.
    pub stopped_by: Option<SyncError>,
}

/// A run of entries that headquarters keeps apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quarantine {
    /// The first entry.
    pub first_seq: u64,
    /// The last entry.
    pub last_seq: u64,
    /// Why.
    pub code: QuarantineCode,
}

/// What stopped an exchange.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SyncError {
    /// No answer, or a refusal.
    #[error(transparent)]
    Api(#[from] ApiError),
    /// The store failed.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// A receipt proves nothing: nothing was recorded as held.
    #[error("receipt: {0}")]
    Receipt(#[from] ReceiptError),
    /// A configuration is not to be believed: the one held stays.
    #[error("configuration: {0}")]
    Config(#[from] ConfigError),
    /// A segment could not be made.
    #[error("segment: {0}")]
    Seal(#[from] SealError),
    /// A picture could not be sealed.
    #[error("picture: {0}")]
    Picture(#[from] PictureError),
    /// One entry alone is too large to be sent.
    #[error("entry {0} is too large")]
    EntryTooLarge(u64),
    /// Headquarters cannot open the segment that alone holds this entry, or does not take it: the entry's report is
    /// sealed, and the segment cannot be made anew.
    #[error("the only copy of entry {0} was not taken")]
    SealedNotOpened(u64),
    /// Nothing is left of this entry: its report is sealed, and the segment is damaged or gone.
    #[error("entry {0} is lost")]
    SealedLost(u64),
    /// A blob's bytes do not match its hash.
    #[error("blob {0} is not what it should be")]
    WrongBlob(BlobHash),
    /// Headquarters keeps this device's entries apart: see [`Outcome::quarantined`].
    #[error("quarantined: {}", .0.as_str())]
    Quarantined(QuarantineCode),
    /// Headquarters accepted, but sent no receipt, or contradicts itself.
    #[error("contradictory answer")]
    Contradiction,
    /// The device has no configuration yet.
    #[error("not enrolled")]
    NotEnrolled,
    /// The device knows that it is revoked, and somebody says that headquarters holds more than it said then: in the same
    /// epoch that is not believed any more.
    #[error("revoked")]
    Revoked,
}

impl SyncError {
    /// The stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Api(error) => error.code(),
            Self::Journal(JournalError::Locked) => "locked",
            Self::Journal(JournalError::DiskFull) => "disk_full",
            Self::Journal(JournalError::Storage) => "storage_failed",
            Self::Journal(JournalError::Damaged) => "storage_damaged",
            Self::Receipt(_) => "receipt_invalid",
            Self::Config(_) => "configuration_invalid",
            Self::Seal(_) => "segment_failed",
            Self::Picture(_) => "picture_failed",
            Self::EntryTooLarge(_) => "entry_too_large",
            Self::SealedNotOpened(_) => "sealed_not_opened",
            Self::SealedLost(_) => "sealed_lost",
            Self::WrongBlob(_) => "blob_altered",
            Self::Quarantined(_) => "quarantined",
            Self::Contradiction => "contradictory_answer",
            Self::NotEnrolled => "not_enrolled",
            Self::Revoked => "revoked",
        }
    }

    /// Whether trying again later may help without anybody doing something.
    #[must_use]
    pub fn is_temporary(&self) -> bool {
        match self {
            Self::Api(error) => error.is_temporary(),
            Self::WrongBlob(_) | Self::Contradiction => true,
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use baqylau_protocol::Refusal;

    #[test]
    fn what_stopped_an_exchange_has_a_code_and_is_temporary_or_not() {
        let refused = ApiError::Refused(Refusal::NotEnrolled);
        for (error, code, is_temporary) in [
            (SyncError::Api(ApiError::TimedOut), "timed_out", true),
            (SyncError::Api(refused), "not_enrolled", false),
            (JournalError::Locked.into(), "locked", false),
            (JournalError::DiskFull.into(), "disk_full", false),
            (JournalError::Storage.into(), "storage_failed", false),
            (JournalError::Damaged.into(), "storage_damaged", false),
            (ReceiptError::BadSignature.into(), "receipt_invalid", false),
            (
                ConfigError::NoSealKey.into(),
                "configuration_invalid",
                false,
            ),
            (SealError::Key.into(), "segment_failed", false),
            (PictureError::Key.into(), "picture_failed", false),
            (SyncError::EntryTooLarge(1), "entry_too_large", false),
            (SyncError::SealedNotOpened(1), "sealed_not_opened", false),
            (SyncError::SealedLost(1), "sealed_lost", false),
            (
                SyncError::WrongBlob(BlobHash([0; 32])),
                "blob_altered",
                true,
            ),
            (
                SyncError::Quarantined(QuarantineCode::Fork),
                "quarantined",
                false,
            ),
            (SyncError::Contradiction, "contradictory_answer", true),
            (SyncError::NotEnrolled, "not_enrolled", false),
            (SyncError::Revoked, "revoked", false),
        ] {
            assert_eq!(error.code(), code);
            assert_eq!(error.is_temporary(), is_temporary, "{code}");
        }
    }
}
