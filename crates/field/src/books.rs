//! The store as the sync loop sees it.

use crate::library::{kind_name, wanted};
use crate::session::Session;
use baqylau_domain::{AttachmentHash, Clock};
use baqylau_protocol::{
    BlobHash, BlobRef, Chain, ChainHash, Config, DeviceKey, OuterHeader, SetAside,
    SignedCertificate, SignedConfig, VerifiedPictureReceipt, VerifiedReceipt,
};
use baqylau_store::{
    PictureReceipt, Receipt, SealedCopy, Segment, SegmentVerdict, SignedBlob, StoreError,
};
use baqylau_sync::{
    Bytes, Credentials, Cursor, Journal, JournalError, JournalHead, KeptSegment, PendingPicture,
};
use parking_lot::Mutex;
use std::collections::BTreeSet;
use std::sync::Arc;

/// One exchange's view of the store.
pub(crate) struct Books {
    session: Arc<Session>,
    /// Whose configuration and content count: for a journal that ended, those of the one that goes on.
    now: Arc<Session>,
    clock: Arc<dyn Clock>,
    /// A configuration whose content is still coming in. It takes the place of the one held only when
    /// all of it is here: a device that is switched off in between must open offline with what it has.
    arriving: Mutex<Option<(SignedConfig, Config)>>,
}

impl Books {
    pub(crate) fn of(session: Arc<Session>, clock: Arc<dyn Clock>) -> Self {
        let now = Arc::clone(&session);
        Self::of_earlier(session, now, clock)
    }

    /// A journal that ended, as the one that goes on sees it.
    pub(crate) fn of_earlier(
        session: Arc<Session>,
        now: Arc<Session>,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self {
            session,
            now,
            clock,
            arriving: Mutex::new(None),
        }
    }

    /// Pictures of which a copy is in other hands.
    pub(crate) fn handed_pictures(&self) -> Result<BTreeSet<AttachmentHash>, StoreError> {
        let pictures = self.session.store.pictures(None)?;
        let handed = pictures.into_iter().filter(|it| it.in_hands.is_some());
        Ok(handed.map(|it| it.photo.hash).collect())
    }

    /// Keeps under which names pictures went into a bundle.
    pub(crate) fn keep_picture_names(
        &self,
        names: &[([u8; 32], AttachmentHash)],
    ) -> Result<(), JournalError> {
        let store = &self.session.store;
        store.keep_picture_names(names).map_err(journal)
    }

    fn settle_config(&self) -> Result<(), JournalError> {
        let mut arriving = self.arriving.lock();
        let Some((signed, config)) = arriving.as_ref() else {
            return Ok(());
        };
        for blob in wanted(config) {
            if !self.session.store.has_blob(&blob.hash.0).map_err(journal)? {
                return Ok(());
            }
        }
        let held = SignedBlob {
            version: config.version,
            bytes: signed.as_bytes().to_vec(),
        };
        self.session
            .store
            .set_config(&held, self.clock.now())
            .map_err(journal)?;
        *arriving = None;
        Ok(())
    }

    fn move_cursor(
        &self,
        change: impl FnOnce(&mut baqylau_store::Cursor),
    ) -> Result<(), JournalError> {
        let mut cursor = self.session.store.cursor().map_err(journal)?;
        change(&mut cursor);
        self.session.store.set_cursor(cursor).map_err(journal)
    }
}

fn journal(error: StoreError) -> JournalError {
    match error {
        StoreError::DiskFull => JournalError::DiskFull,
        StoreError::Corrupt | StoreError::ReceiptMismatch { .. } | StoreError::HashMismatch => {
            JournalError::Damaged
        }
        error => {
            tracing::error!(?error, "the store failed during an exchange");
            JournalError::Storage
        }
    }
}

/// A segment of the outbox, if it reads as one.
fn kept(segment: Segment) -> Option<KeptSegment> {
    let header = OuterHeader::read(&segment.sealed).ok()?;
    Some(KeptSegment {
        first_seq: segment.first_seq,
        last_seq: segment.first_seq + u64::from(segment.count).saturating_sub(1),
        seal_key: header.key,
        bytes: segment.sealed,
    })
}

impl Journal for Books {
    fn credentials(&self) -> Result<Credentials, JournalError> {
        let keys = &self.session.keys;
        Ok(Credentials {
            key: DeviceKey::from_bytes(&keys.key.to_bytes()),
            event: self.session.library().config.event.clone(),
            root: keys.root,
        })
    }

    fn head(&self) -> Result<JournalHead, JournalError> {
        let head = self.session.store.head().map_err(journal)?;
        Ok(Chain {
            seq: head.next_seq.saturating_sub(1),
            hash: ChainHash(head.hash),
        })
    }

    fn entries(&self, from_seq: u64, limit: usize) -> Result<Vec<Vec<u8>>, JournalError> {
        let limit = u32::try_from(limit).unwrap_or(u32::MAX);
        let entries = self
            .session
            .store
            .entries(from_seq, limit)
            .map_err(journal)?;
        // A sealed report's entries have none.
        let bytes = entries.into_iter().map(|entry| entry.bytes);
        Ok(bytes.take_while(|bytes| !bytes.is_empty()).collect())
    }

    fn bytes(&self, seq: u64) -> Result<Bytes, JournalError> {
        let left = self.session.store.sealed_copy(seq).map_err(journal)?;
        Ok(match left {
            None => Bytes::Here,
            Some(SealedCopy::Whole(segment)) => kept(segment).map_or(Bytes::Lost, Bytes::Sealed),
            Some(SealedCopy::Lost) => Bytes::Lost,
        })
    }

    fn kept_over(&self, seq: u64) -> Result<Option<KeptSegment>, JournalError> {
        let segment = self.session.store.segment_over(seq).map_err(journal)?;
        Ok(segment.and_then(kept))
    }

    fn hash_at(&self, seq: u64) -> Result<Option<ChainHash>, JournalError> {
        Ok(self
            .session
            .store
            .hash_at(seq)
            .map_err(journal)?
            .map(ChainHash))
    }

    fn cursor(&self) -> Result<Cursor, JournalError> {
        let cursor = self.session.store.cursor().map_err(journal)?;
        Ok(Cursor {
            server_epoch: cursor.server_epoch,
            held_seq: cursor.next_seq.saturating_sub(1),
        })
    }

    fn config(&self) -> Result<Option<SignedConfig>, JournalError> {
        if let Some((signed, _)) = &*self.arriving.lock() {
            return Ok(Some(signed.clone()));
        }
        let held = self.now.store.config().map_err(journal)?;
        Ok(held.map(|held| SignedConfig::from_bytes(held.bytes)))
    }

    fn record_config(&self, config: &SignedConfig, parsed: &Config) -> Result<(), JournalError> {
        *self.arriving.lock() = Some((config.clone(), parsed.clone()));
        self.settle_config()
    }

    fn certificate(&self) -> Result<Option<SignedCertificate>, JournalError> {
        let identity = self.session.store.identity().map_err(journal)?;
        Ok(identity.map(|identity| SignedCertificate::from_bytes(identity.certificate)))
    }

    fn has_blob(&self, hash: &BlobHash) -> Result<bool, JournalError> {
        self.now.store.has_blob(&hash.0).map_err(journal)
    }

    fn blob(&self, hash: &BlobHash) -> Result<Option<Vec<u8>>, JournalError> {
        self.now.store.blob(&hash.0).map_err(journal)
    }

    fn record_blob(&self, blob: &BlobRef, bytes: &[u8]) -> Result<(), JournalError> {
        let now = self.clock.now();
        self.session
            .store
            .put_blob(kind_name(blob.kind), blob.hash.0, bytes, now)
            .map_err(journal)?;
        self.settle_config()
    }

    fn record_sent(&self, upto_seq: u64) -> Result<(), JournalError> {
        self.move_cursor(|cursor| cursor.sent_upto = cursor.sent_upto.max(upto_seq))
    }

    fn record_receipt(&self, receipt: &VerifiedReceipt) -> Result<(), JournalError> {
        let said = receipt.receipt();
        let kept = Receipt {
            server_epoch: said.server_epoch,
            upto_seq: said.upto_seq,
            hash: said.head.0,
            received_at_ms: said.received_at_ms,
            bytes: receipt.signed().as_bytes().to_vec(),
        };
        self.session
            .store
            .record_receipt(&kept, self.clock.now())
            .map_err(journal)?;
        self.move_cursor(|cursor| {
            cursor.server_epoch = said.server_epoch;
            cursor.next_seq = said.upto_seq + 1;
        })
    }

    fn record_rewind(&self, to: Cursor) -> Result<(), JournalError> {
        self.move_cursor(|cursor| {
            cursor.server_epoch = to.server_epoch;
            cursor.next_seq = to.held_seq + 1;
            cursor.sent_upto = to.held_seq;
        })
    }

    fn revoked_in(&self) -> Result<Option<u64>, JournalError> {
        self.session.store.revoked_epoch().map_err(journal)
    }

    fn record_revoked(&self, server_epoch: u64) -> Result<(), JournalError> {
        self.session
            .store
            .record_revoked(server_epoch)
            .map_err(journal)
    }

    fn record_set_aside(&self, reports: &[SetAside]) -> Result<(), JournalError> {
        for report in reports {
            let verdict = SegmentVerdict {
                first_seq: report.seq,
                count: 1,
                code: Some(report.code.clone()),
            };
            self.session
                .store
                .record_verdict(&verdict, self.clock.now())
                .map_err(journal)?;
        }
        Ok(())
    }

    fn kept_segment(&self, first_seq: u64) -> Result<Option<KeptSegment>, JournalError> {
        let segments = self.session.store.segments(first_seq).map_err(journal)?;
        let found = segments
            .into_iter()
            .find(|segment| segment.first_seq == first_seq);
        // A file that no longer reads as a segment is sealed again from the journal.
        Ok(found.and_then(kept))
    }

    fn keep_segment(&self, segment: &KeptSegment) -> Result<(), JournalError> {
        let count = u32::try_from(segment.last_seq + 1 - segment.first_seq)
            .map_err(|_| JournalError::Damaged)?;
        let kept = Segment {
            first_seq: segment.first_seq,
            count,
            sealed: segment.bytes.clone(),
        };
        self.session
            .store
            .put_segment(&kept, self.clock.now())
            .map_err(journal)
    }

    fn urgent(&self, from_seq: u64) -> Result<Vec<u64>, JournalError> {
        let library = self.session.library();
        let forms = self.session.store.forms_from(from_seq).map_err(journal)?;
        let urgent = forms
            .into_iter()
            .filter(|(_, form)| library.is_urgent(form));
        Ok(urgent.map(|(seq, _)| seq).collect())
    }

    fn pending_pictures(&self) -> Result<Vec<PendingPicture>, JournalError> {
        let epoch = self.session.store.cursor().map_err(journal)?.server_epoch;
        let library = self.session.library();
        let rows = self.session.store.pictures(None).map_err(journal)?;
        let mut pending: Vec<_> = rows
            .into_iter()
            .filter(|row| row.code.is_none() && row.is_here)
            .filter(|row| row.receipt.is_none_or(|it| it.server_epoch < epoch))
            .filter_map(|row| Some((!library.is_urgent(&row.form), row.seq?, row)))
            .collect();
        pending.sort_by_key(|(after_incidents, seq, _)| (*after_incidents, *seq));
        let mut seen = BTreeSet::new();
        Ok(pending
            .into_iter()
            .filter(|(_, _, row)| seen.insert(row.photo.hash))
            .map(|(_, seq, row)| PendingPicture {
                photo: row.photo,
                seq,
                seed: row.seed,
            })
            .collect())
    }

    fn picture(&self, picture: &AttachmentHash) -> Result<Option<Vec<u8>>, JournalError> {
        self.session.store.photo(picture).map_err(journal)
    }

    fn keep_picture_seed(
        &self,
        picture: &AttachmentHash,
        seed: &[u8; 32],
    ) -> Result<(), JournalError> {
        let store = &self.session.store;
        store.keep_picture_seed(picture, seed).map_err(journal)
    }

    fn record_picture_sent(
        &self,
        picture: &AttachmentHash,
        sent: u64,
        of: u64,
    ) -> Result<(), JournalError> {
        let store = &self.session.store;
        store.note_picture_sent(picture, sent, of).map_err(journal)
    }

    fn record_picture_receipt(&self, receipt: &VerifiedPictureReceipt) -> Result<(), JournalError> {
        let said = receipt.receipt();
        let kept = PictureReceipt {
            server_epoch: said.server_epoch,
            received_at_ms: said.received_at_ms,
        };
        let signed = receipt.signed().as_bytes();
        let store = &self.session.store;
        store
            .record_picture_receipt(&said.picture, &kept, signed)
            .map_err(journal)
    }

    fn record_picture_aside(
        &self,
        picture: &AttachmentHash,
        code: &str,
    ) -> Result<(), JournalError> {
        let store = &self.session.store;
        store.set_picture_aside(picture, code).map_err(journal)
    }
}
