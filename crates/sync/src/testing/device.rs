//! A device in memory, as strict as a store must be.

use super::{FixedClock, SeededRandom};
use crate::{
    Budget, Bytes, Credentials, Cursor, EnrolError, Journal, JournalError, JournalHead,
    KeptSegment, Outcome, PendingPicture, Silent, enrol, exchange,
};
use baqylau_domain::{AttachmentHash, DeviceId, Moment, PhotoRef};
use baqylau_protocol::{
    BlobHash, BlobRef, Chain, ChainHash, Config, DeviceKey, EnrolCode, Entropy, Entry, EntryKind,
    EventId, RootPublic, SetAside, SignedCertificate, SignedConfig, SyncApi,
    VerifiedPictureReceipt, VerifiedReceipt,
};
use parking_lot::Mutex;
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// A device with its journal.
pub struct TestDevice {
    key: DeviceKey,
    event: EventId,
    root: RootPublic,
    random: SeededRandom,
    clock: FixedClock,
    state: Mutex<State>,
}

struct State {
    entries: Vec<Vec<u8>>,
    chain: Vec<Chain>,
    cursor: Cursor,
    config: SignedConfig,
    certificate: SignedCertificate,
    blobs: BTreeMap<BlobHash, Vec<u8>>,
    receipts: Vec<VerifiedReceipt>,
    kept: BTreeMap<u64, KeptSegment>,
    /// Entries whose plain bytes were given up.
    sealed: BTreeSet<u64>,
    set_aside: Vec<SetAside>,
    sent_seq: u64,
    urgent: BTreeSet<u64>,
    pictures: Vec<TestPicture>,
    budget: Budget,
}

/// A picture of a test device.
#[derive(Debug, Clone)]
struct TestPicture {
    photo: PhotoRef,
    seq: u64,
    bytes: Vec<u8>,
    seed: Option<[u8; 32]>,
    receipt: Option<VerifiedPictureReceipt>,
    aside: Option<String>,
}

impl TestDevice {
    /// Enrols a new device whose key follows from `seed`.
    ///
    /// # Errors
    /// Those of [`enrol`].
    pub async fn enrolled(
        seed: u64,
        api: &dyn SyncApi,
        code: &EnrolCode,
    ) -> Result<Self, EnrolError> {
        let random = SeededRandom::new(seed);
        let key = DeviceKey::generate(&mut Entropy(&random));
        let enrolment = enrol(api, code, &key).await?;
        let event = enrolment.parsed_config.event;
        let start = Chain::start(&key.public(), &event);
        let state = State {
            entries: Vec::new(),
            chain: vec![start],
            cursor: Cursor {
                server_epoch: enrolment.server_epoch,
                held_seq: 0,
            },
            config: enrolment.config,
            certificate: enrolment.certificate,
            blobs: BTreeMap::new(),
            receipts: Vec::new(),
            kept: BTreeMap::new(),
            sealed: BTreeSet::new(),
            set_aside: Vec::new(),
            sent_seq: 0,
            urgent: BTreeSet::new(),
            pictures: Vec::new(),
            budget: Budget::FULL,
        };
        Ok(Self {
            key,
            event,
            root: code.root,
            random,
            clock: FixedClock::default(),
            state: Mutex::new(state),
        })
    }

    /// Appends entries to the journal.
    pub fn append(&self, entries: impl IntoIterator<Item = Vec<u8>>) {
        let mut state = self.state.lock();
        for entry in entries {
            let end = *state.chain.last().expect("the chain has a start");
            state.chain.push(end.next(&entry));
            state.entries.push(entry);
        }
    }

    /// Gives the plain bytes of these entries up: what is left of them lies in kept segments.
    pub fn give_up(&self, entries: impl IntoIterator<Item = u64>) {
        self.state.lock().sealed.extend(entries);
    }

    /// These entries are an incident's.
    pub fn mark_urgent(&self, entries: impl IntoIterator<Item = u64>) {
        self.state.lock().urgent.extend(entries);
    }

    /// The kept segments are gone, as from a disk that lost files.
    pub fn lose_kept_segments(&self) {
        self.state.lock().kept.clear();
    }

    /// The last entry of a request that may have arrived.
    #[must_use]
    pub fn sent_seq(&self) -> u64 {
        self.state.lock().sent_seq
    }

    /// Reports that headquarters said it does not count.
    #[must_use]
    pub fn set_aside(&self) -> Vec<SetAside> {
        self.state.lock().set_aside.clone()
    }

    /// Attaches a picture to the first report: an entry, and the bytes to be sent after it.
    pub fn attach(&self, bytes: &[u8]) -> AttachmentHash {
        let photo = PhotoRef {
            hash: AttachmentHash(Sha256::digest(bytes).into()),
            media_type: "image/jpeg".into(),
            bytes: bytes.len() as u64,
        };
        let at = Moment {
            utc_ms: self.clock.0.utc_ms,
            offset_min: 360,
        };
        let kind = EntryKind::Attachment {
            report: 1,
            question: 0,
            photo: photo.clone(),
        };
        self.append([Entry::new(at, kind).encode()]);
        let mut state = self.state.lock();
        let (hash, seq) = (photo.hash, state.entries.len() as u64);
        state.pictures.push(TestPicture {
            photo,
            seq,
            bytes: bytes.to_vec(),
            seed: None,
            receipt: None,
            aside: None,
        });
        hash
    }

    /// Whether headquarters has signed for a picture in the epoch that the device knows.
    #[must_use]
    pub fn is_picture_held(&self, picture: &AttachmentHash) -> bool {
        let state = self.state.lock();
        let mut pictures = state.pictures.iter();
        let found = pictures.find(|it| it.photo.hash == *picture);
        found.is_some_and(|it| is_held(it, state.cursor.server_epoch))
    }

    /// Why headquarters keeps a picture apart.
    #[must_use]
    pub fn picture_aside(&self, picture: &AttachmentHash) -> Option<String> {
        let state = self.state.lock();
        let mut pictures = state.pictures.iter();
        pictures
            .find(|it| it.photo.hash == *picture)
            .and_then(|it| it.aside.clone())
    }

    fn change_picture(&self, picture: &AttachmentHash, change: impl FnOnce(&mut TestPicture)) {
        let mut state = self.state.lock();
        let mut pictures = state.pictures.iter_mut();
        if let Some(found) = pictures.find(|it| it.photo.hash == *picture) {
            change(found);
        }
    }

    /// One exchange.
    pub async fn exchange(&self, api: &dyn SyncApi) -> Outcome {
        let budget = self.state.lock().budget;
        let outcome = exchange(self, api, &self.clock, &self.random, &Silent, budget).await;
        self.state.lock().budget = outcome.budget;
        outcome
    }

    /// The device's id.
    #[must_use]
    pub fn id(&self) -> DeviceId {
        self.key.public().id()
    }

    /// The device's key.
    #[must_use]
    pub fn key(&self) -> &DeviceKey {
        &self.key
    }

    /// The event it is enrolled in.
    #[must_use]
    pub fn event(&self) -> &EventId {
        &self.event
    }

    /// All entries.
    #[must_use]
    pub fn journal(&self) -> Vec<Vec<u8>> {
        self.state.lock().entries.clone()
    }

    /// The newest receipt.
    #[must_use]
    pub fn receipt(&self) -> Option<VerifiedReceipt> {
        self.state.lock().receipts.last().cloned()
    }

    /// The bytes of a blob.
    #[must_use]
    pub fn blob(&self, hash: &BlobHash) -> Option<Vec<u8>> {
        self.state.lock().blobs.get(hash).cloned()
    }

    /// A second device with the same key and the first `entries` entries: a clone, or a restored backup.
    #[must_use]
    pub fn cloned(&self, entries: usize) -> Self {
        let state = self.state.lock();
        let keep = entries.min(state.entries.len());
        let cursor = Cursor {
            held_seq: state.cursor.held_seq.min(keep as u64),
            ..state.cursor
        };
        let copy = State {
            entries: state.entries[..keep].to_vec(),
            chain: state.chain[..=keep].to_vec(),
            cursor,
            config: state.config.clone(),
            certificate: state.certificate.clone(),
            blobs: state.blobs.clone(),
            receipts: Vec::new(),
            kept: BTreeMap::new(),
            sealed: BTreeSet::new(),
            set_aside: Vec::new(),
            sent_seq: cursor.held_seq,
            urgent: BTreeSet::new(),
            pictures: Vec::new(),
            budget: state.budget,
        };
        Self {
            key: DeviceKey::from_bytes(&self.key.to_bytes()),
            event: self.event.clone(),
            root: self.root,
            random: SeededRandom::new(self.random.below(u64::MAX)),
            clock: FixedClock(self.clock.0),
            state: Mutex::new(copy),
        }
    }
}

fn is_held(picture: &TestPicture, epoch: u64) -> bool {
    let receipt = picture.receipt.as_ref();
    receipt.is_some_and(|it| it.receipt().server_epoch >= epoch)
}

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
        if !self.state.lock().sealed.contains(&seq) {
            return Ok(Bytes::Here);
        }
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
        Ok(self.state.lock().cursor)
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
        let state = self.state.lock();
        let epoch = state.cursor.server_epoch;
        let pending = state
            .pictures
            .iter()
            .filter(|it| it.aside.is_none() && !is_held(it, epoch));
        Ok(pending
            .map(|it| PendingPicture {
                photo: it.photo.clone(),
                seq: it.seq,
                seed: it.seed,
            })
            .collect())
    }

    fn picture(&self, picture: &AttachmentHash) -> Result<Option<Vec<u8>>, JournalError> {
        let state = self.state.lock();
        let mut pictures = state.pictures.iter();
        let found = pictures.find(|it| it.photo.hash == *picture);
        Ok(found.map(|it| it.bytes.clone()))
    }

    fn keep_picture_seed(
        &self,
        picture: &AttachmentHash,
        seed: &[u8; 32],
    ) -> Result<(), JournalError> {
        self.change_picture(picture, |it| it.seed = Some(*seed));
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
