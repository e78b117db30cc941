//! What the loop needs of the device's store.

use crate::SyncError;
use baqylau_domain::{AttachmentHash, PhotoRef};
use baqylau_protocol::{
    BlobHash, BlobRef, Chain, ChainHash, Config, DeviceKey, EventId, RootPublic, SetAside,
    SignedCertificate, SignedConfig, SignedReceipt, VerifiedPictureReceipt, VerifiedReceipt,
};
use thiserror::Error;

/// Why the store could not do something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum JournalError {
    /// The store is locked: no key is at hand.
    #[error("locked")]
    Locked,
    /// No room left on the disk.
    #[error("disk full")]
    DiskFull,
    /// The disk or the database failed.
    #[error("storage failed")]
    Storage,
    /// What the store holds contradicts itself.
    #[error("damaged")]
    Damaged,
}

/// Who the device is; taken out of the store for one exchange.
pub struct Credentials {
    /// The device's key.
    pub key: DeviceKey,
    /// The event.
    pub event: EventId,
    /// The event's root key, out of the enrolment code.
    pub root: RootPublic,
}

impl Credentials {
    /// Who the device is, and the configuration it holds, checked down to the root key.
    pub(crate) fn of(journal: &dyn Journal) -> Result<(Self, Config), SyncError> {
        let credentials = journal.credentials()?;
        let config = journal
            .config()?
            .ok_or(SyncError::NotEnrolled)?
            .verify(&credentials.root)?;
        Ok((credentials, config))
    }

    /// Believes a receipt if headquarters signed it for this very journal.
    pub(crate) fn believe(
        &self,
        journal: &dyn Journal,
        config: &Config,
        signed: &SignedReceipt,
    ) -> Result<VerifiedReceipt, SyncError> {
        let mut failure = None;
        let hash_at = |seq| {
            journal.hash_at(seq).unwrap_or_else(|error| {
                failure = Some(error);
                None
            })
        };
        let device = self.key.public().id();
        let verified = signed.verify(&config.hq, &self.event, &device, hash_at);
        match failure {
            Some(error) => Err(error.into()),
            None => Ok(verified?),
        }
    }
}

/// How far headquarters is, as far as the device knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cursor {
    /// The server epoch it was learnt in; 0 before the first exchange.
    pub server_epoch: u64,
    /// The last entry that a verified receipt of this epoch covers.
    pub held_seq: u64,
}

/// The journal's end.
pub type JournalHead = Chain;

/// A sealed segment kept to be sent again as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptSegment {
    /// Its first entry.
    pub first_seq: u64,
    /// Its last entry.
    pub last_seq: u64,
    /// The seal key it is sealed to.
    pub seal_key: u32,
    /// The sealed bytes.
    pub bytes: Vec<u8>,
}

/// Where an entry's bytes are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bytes {
    /// In the journal.
    Here,
    /// Only in this segment: their report is sealed, and it can never be sealed anew. It may begin before the entry and
    /// go on after it.
    Sealed(KeptSegment),
    /// They were only in a segment that is damaged or gone.
    Lost,
}

/// A picture that an entry of the journal names and that headquarters has not signed for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingPicture {
    /// The picture.
    pub photo: PhotoRef,
    /// The entry that names it.
    pub seq: u64,
    /// What it is sealed with, once sending it has begun.
    pub seed: Option<[u8; 32]>,
}

/// The device's store as the loop sees it. Every `record_*` is durable before it returns.
pub trait Journal: Send + Sync {
    /// Who the device is.
    fn credentials(&self) -> Result<Credentials, JournalError>;

    /// The journal's end: `Chain::start` while it is empty.
    fn head(&self) -> Result<JournalHead, JournalError>;

    /// Up to `limit` entries from `from_seq` on, ascending; they end before the first whose bytes are not in the journal.
    fn entries(&self, from_seq: u64, limit: usize) -> Result<Vec<Vec<u8>>, JournalError>;

    /// Where an entry's bytes are.
    fn bytes(&self, seq: u64) -> Result<Bytes, JournalError> {
        let _ = seq;
        Ok(Bytes::Here)
    }

    /// Entries from `from_seq` on, ascending, of reports that must not wait behind what was written before them:
    /// incidents.
    fn urgent(&self, from_seq: u64) -> Result<Vec<u64>, JournalError> {
        let _ = from_seq;
        Ok(Vec::new())
    }

    /// The newest kept segment that holds an entry, if there is a whole one.
    fn kept_over(&self, seq: u64) -> Result<Option<KeptSegment>, JournalError> {
        let _ = seq;
        Ok(None)
    }

    /// The chain's hash at an entry (`Chain::start`'s at 0); `None` beyond the end.
    fn hash_at(&self, seq: u64) -> Result<Option<ChainHash>, JournalError>;

    /// Where headquarters is.
    fn cursor(&self) -> Result<Cursor, JournalError>;

    /// The configuration held.
    fn config(&self) -> Result<Option<SignedConfig>, JournalError>;

    /// Keeps a newer configuration (`parsed` is what it says; already verified).
    fn record_config(&self, config: &SignedConfig, parsed: &Config) -> Result<(), JournalError>;

    /// The device's certificate, shown to a headquarters that was restored from before its enrolment.
    fn certificate(&self) -> Result<Option<SignedCertificate>, JournalError> {
        Ok(None)
    }

    /// Whether a blob is held.
    fn has_blob(&self, hash: &BlobHash) -> Result<bool, JournalError>;

    /// A blob's bytes.
    fn blob(&self, hash: &BlobHash) -> Result<Option<Vec<u8>>, JournalError> {
        let _ = hash;
        Ok(None)
    }

    /// Keeps a blob whose bytes match its hash.
    fn record_blob(&self, blob: &BlobRef, bytes: &[u8]) -> Result<(), JournalError>;

    /// Entries up to `upto_seq` went out in a request that may have arrived. Not called when no road was found.
    fn record_sent(&self, upto_seq: u64) -> Result<(), JournalError>;

    /// Headquarters holds the journal up to the receipt's entry. In the same step the cursor becomes
    /// the receipt's epoch and entry, even when that is lower than before.
    fn record_receipt(&self, receipt: &VerifiedReceipt) -> Result<(), JournalError>;

    /// Headquarters was restored from a backup: it holds less than it once receipted. What lies above
    /// `cursor.held_seq` is to be sent again and is no longer "held".
    fn record_rewind(&self, cursor: Cursor) -> Result<(), JournalError>;

    /// The epoch in which headquarters last said that this device is revoked; `None` when it never did.
    fn revoked_in(&self) -> Result<Option<u64>, JournalError>;

    /// Headquarters said in this epoch that this device is revoked. It is not taken back.
    fn record_revoked(&self, server_epoch: u64) -> Result<(), JournalError>;

    /// Reports that headquarters keeps but does not count.
    fn record_set_aside(&self, reports: &[SetAside]) -> Result<(), JournalError>;

    /// A sealed segment that begins at `first_seq`, if one is kept.
    fn kept_segment(&self, first_seq: u64) -> Result<Option<KeptSegment>, JournalError> {
        let _ = first_seq;
        Ok(None)
    }

    /// Keeps a sealed segment before it is sent.
    fn keep_segment(&self, segment: &KeptSegment) -> Result<(), JournalError> {
        let _ = segment;
        Ok(())
    }

    /// Pictures that headquarters has neither signed for in the cursor's epoch nor set aside, in the order in which
    /// they go: those of incidents first, then by the entries that name them.
    fn pending_pictures(&self) -> Result<Vec<PendingPicture>, JournalError> {
        Ok(Vec::new())
    }

    /// A picture's bytes.
    fn picture(&self, picture: &AttachmentHash) -> Result<Option<Vec<u8>>, JournalError> {
        let _ = picture;
        Ok(None)
    }

    /// Keeps what a picture is sealed with, in place of what was kept before. Durable before anything is sent, or
    /// sending could not go on where it was cut.
    fn keep_picture_seed(
        &self,
        picture: &AttachmentHash,
        seed: &[u8; 32],
    ) -> Result<(), JournalError> {
        let _ = (picture, seed);
        Ok(())
    }

    /// Headquarters has `sent` bytes of a sealed picture of `of` bytes. For screens alone.
    fn record_picture_sent(
        &self,
        picture: &AttachmentHash,
        sent: u64,
        of: u64,
    ) -> Result<(), JournalError> {
        let _ = (picture, sent, of);
        Ok(())
    }

    /// Headquarters holds a picture.
    fn record_picture_receipt(&self, receipt: &VerifiedPictureReceipt) -> Result<(), JournalError> {
        let _ = receipt;
        Ok(())
    }

    /// Headquarters keeps a picture apart, or takes none so large; the code says why.
    fn record_picture_aside(
        &self,
        picture: &AttachmentHash,
        code: &str,
    ) -> Result<(), JournalError> {
        let _ = (picture, code);
        Ok(())
    }
}
