//! What the loop sees of the device in memory.

use super::TestDevice;
use crate::{
    Bytes, Credentials, Cursor, Journal, JournalError, JournalHead, KeptSegment, PendingPicture,
};
use baqylau_domain::AttachmentHash;
use baqylau_protocol::{
    BlobHash, BlobRef, ChainHash, Config, DeviceKey, SetAside, SignedCertificate, SignedConfig,
    VerifiedPictureReceipt, VerifiedReceipt,
};

impl Journal for TestDevice {
    fn credentials(&self) -> Result<Credentials, JournalError> {
        let key = DeviceKey::from_bytes(&self.key.to_bytes());
        Ok(Credentials {
            key,
            event: self.event.clone(),
            root: self.root,
        })
    }

    fn head(&self) -> Result<JournalHead, JournalError> {
        self.state
            .lock()
            .chain
            .last()
            .copied()
            .ok_or(JournalError::Damaged)
    }

    fn entries(&self, from_seq: u64, limit: usize) -> Result<Vec<Vec<u8>>, JournalError> {
        let state = self.state.lock();
        let skipped = usize::try_from(from_seq - 1).map_err(|_| JournalError::Damaged)?;
        let found = (from_seq..).zip(state.entries.iter().skip(skipped));
        let plain = found.take_while(|(seq, _)| !state.sealed.contains(seq));
        Ok(plain.take(limit).map(|(_, entry)| entry.clone()).collect())
    }

    fn bytes(&self, seq: u64) -> Result<Bytes, JournalError> {
        let mut state = self.state.lock();
        state.look();
        if !state.sealed.contains(&seq) {
            return Ok(Bytes::Here);
        }
        drop(state);
        Ok(self.kept_over(seq)?.map_or(Bytes::Lost, Bytes::Sealed))
    }

    fn urgent(&self, from_seq: u64) -> Result<Vec<u64>, JournalError> {
        let state = self.state.lock();
        Ok(state.urgent.range(from_seq..).copied().collect())
    }

    fn kept_over(&self, seq: u64) -> Result<Option<KeptSegment>, JournalError> {
        let state = self.state.lock();
        let mut kept = state.kept.values().rev();
        let found = kept.find(|it| (it.first_seq..=it.last_seq).contains(&seq));
        Ok(found.cloned())
    }

    fn hash_at(&self, seq: u64) -> Result<Option<ChainHash>, JournalError> {
        let place = usize::try_from(seq).unwrap_or(usize::MAX);
        Ok(self.state.lock().chain.get(place).map(|chain| chain.hash))
    }

    fn cursor(&self) -> Result<Cursor, JournalError> {
        let mut state = self.state.lock();
        state.look();
        Ok(state.cursor)
    }

    fn config(&self) -> Result<Option<SignedConfig>, JournalError> {
        Ok(Some(self.state.lock().config.clone()))
    }

    fn record_config(&self, config: &SignedConfig, _parsed: &Config) -> Result<(), JournalError> {
        self.state.lock().config = config.clone();
        Ok(())
    }

    fn certificate(&self) -> Result<Option<SignedCertificate>, JournalError> {
        Ok(Some(self.state.lock().certificate.clone()))
    }

    fn has_blob(&self, hash: &BlobHash) -> Result<bool, JournalError> {
        Ok(self.state.lock().blobs.contains_key(hash))
    }

    fn blob(&self, hash: &BlobHash) -> Result<Option<Vec<u8>>, JournalError> {
        Ok(self.state.lock().blobs.get(hash).cloned())
    }

    fn record_blob(&self, blob: &BlobRef, bytes: &[u8]) -> Result<(), JournalError> {
        self.state.lock().blobs.insert(blob.hash, bytes.to_vec());
        Ok(())
    }

    fn record_sent(&self, upto_seq: u64) -> Result<(), JournalError> {
        let mut state = self.state.lock();
        state.sent_seq = state.sent_seq.max(upto_seq);
        Ok(())
    }

    fn record_receipt(&self, receipt: &VerifiedReceipt) -> Result<(), JournalError> {
        let mut state = self.state.lock();
        let said = receipt.receipt();
        // What is urgent goes ahead, and has been sent when its turn comes.
        let was_sent = |seq: u64| seq <= state.sent_seq || state.urgent.contains(&seq);
        assert!(
            (state.sent_seq..=said.upto_seq).all(was_sent),
            "headquarters signed for what was never sent"
        );
        state.cursor = Cursor {
            server_epoch: said.server_epoch,
            held_seq: said.upto_seq,
        };
        state.receipts.push(receipt.clone());
        Ok(())
    }

    fn record_rewind(&self, cursor: Cursor) -> Result<(), JournalError> {
        self.state.lock().cursor = cursor;
        Ok(())
    }

    fn revoked_in(&self) -> Result<Option<u64>, JournalError> {
        Ok(self.state.lock().revoked_in)
    }

    fn record_revoked(&self, server_epoch: u64) -> Result<(), JournalError> {
        self.state.lock().revoked_in = Some(server_epoch);
        Ok(())
    }

    fn record_set_aside(&self, reports: &[SetAside]) -> Result<(), JournalError> {
        self.state.lock().set_aside.extend_from_slice(reports);
        Ok(())
    }

    fn kept_segment(&self, first_seq: u64) -> Result<Option<KeptSegment>, JournalError> {
        Ok(self.state.lock().kept.get(&first_seq).cloned())
    }

    fn keep_segment(&self, segment: &KeptSegment) -> Result<(), JournalError> {
        self.state
            .lock()
            .kept
            .insert(segment.first_seq, segment.clone());
        Ok(())
    }

    fn pending_pictures(&self) -> Result<Vec<PendingPicture>, JournalError> {
        let mut state = self.state.lock();
        state.look();
        let epoch = state.cursor.server_epoch;
        let pending = state
            .pictures
            .iter()
            .filter(|it| it.aside.is_none() && !it.is_held(epoch));
        Ok(pending
            .map(|it| PendingPicture {
                photo: it.photo.clone(),
                seq: it.seq,
                seed: it.seed,
            })
            .collect())
    }

    fn picture(&self, picture: &AttachmentHash) -> Result<Option<Vec<u8>>, JournalError> {
        Ok(self.attached(picture).map(|it| it.bytes))
    }

    fn keep_picture_seed(
        &self,
        picture: &AttachmentHash,
        seed: &[u8; 32],
    ) -> Result<(), JournalError> {
        self.change_picture(picture, |it| it.seed = Some(*seed));
        Ok(())
    }

    fn record_picture_sent(
        &self,
        picture: &AttachmentHash,
        sent: u64,
        of: u64,
    ) -> Result<(), JournalError> {
        self.change_picture(picture, |it| it.sent = Some((sent, of)));
        Ok(())
    }

    fn record_picture_receipt(&self, receipt: &VerifiedPictureReceipt) -> Result<(), JournalError> {
        let picture = receipt.receipt().picture;
        self.change_picture(&picture, |it| it.receipt = Some(receipt.clone()));
        Ok(())
    }

    fn record_picture_aside(
        &self,
        picture: &AttachmentHash,
        code: &str,
    ) -> Result<(), JournalError> {
        self.change_picture(picture, |it| it.aside = Some(code.to_owned()));
        Ok(())
    }
}
