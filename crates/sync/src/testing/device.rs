//! A device in memory, as strict as a store must be.

mod journal;

use super::SeededRandom;
use super::attached::TestPicture;
use super::patient::Patient;
use crate::{Budget, Cursor, EnrolError, KeptSegment, Outcome, Silent, enrol, exchange};
use baqylau_domain::{AttachmentHash, DeviceId, Moment, PhotoRef};
use baqylau_protocol::{
    BlobHash, Chain, DeviceKey, EnrolCode, Entropy, Entry, EntryKind, EventId, RootPublic,
    SetAside, SignedCertificate, SignedConfig, SyncApi, VerifiedReceipt,
};
use parking_lot::Mutex;
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// The morning of 3 April 2011 in Astana, UTC milliseconds.
const MORNING_MS: i64 = 1_301_792_400_000;

/// A device with its journal.
pub struct TestDevice {
    key: DeviceKey,
    event: EventId,
    root: RootPublic,
    random: SeededRandom,
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
    revoked_in: Option<u64>,
    sent_seq: u64,
    urgent: BTreeSet<u64>,
    pictures: Vec<TestPicture>,
    budget: Budget,
    /// How often the journal was looked into since the last exchange began.
    looks: usize,
}

impl State {
    /// Notes that the journal was asked for something.
    ///
    /// # Panics
    /// When it is asked so often that the loop cannot be coming to its end.
    fn look(&mut self) {
        self.looks += 1;
        let most = 2_000 + 40 * self.entries.len();
        assert!(self.looks <= most, "the loop never comes to its end");
    }
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
        let enrolment = enrol(&Patient::new(api), code, &key).await?;
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
            revoked_in: None,
            sent_seq: 0,
            urgent: BTreeSet::new(),
            pictures: Vec::new(),
            budget: Budget::FULL,
            looks: 0,
        };
        Ok(Self {
            key,
            event,
            root: code.root,
            random,
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
        let picture = self.entry_of(bytes);
        let hash = picture.photo.hash;
        self.state.lock().pictures.push(picture);
        hash
    }

    /// Attaches a picture of an incident: it goes before all others.
    pub fn attach_first(&self, bytes: &[u8]) -> AttachmentHash {
        let picture = self.entry_of(bytes);
        let hash = picture.photo.hash;
        self.state.lock().pictures.insert(0, picture);
        hash
    }

    /// Writes the entry that names a picture.
    fn entry_of(&self, bytes: &[u8]) -> TestPicture {
        let photo = PhotoRef {
            hash: AttachmentHash(Sha256::digest(bytes).into()),
            media_type: "image/jpeg".into(),
            bytes: bytes.len() as u64,
        };
        let at = Moment {
            utc_ms: MORNING_MS,
            offset_min: 360,
        };
        let kind = EntryKind::Attachment {
            report: 1,
            question: 0,
            photo: photo.clone(),
        };
        self.append([Entry::new(at, kind).encode()]);
        let seq = self.state.lock().entries.len() as u64;
        TestPicture::new(photo, seq, bytes)
    }

    /// Whether headquarters has signed for a picture in the epoch that the device knows.
    #[must_use]
    pub fn is_picture_held(&self, picture: &AttachmentHash) -> bool {
        let epoch = self.state.lock().cursor.server_epoch;
        self.attached(picture).is_some_and(|it| it.is_held(epoch))
    }

    /// Why headquarters keeps a picture apart.
    #[must_use]
    pub fn picture_aside(&self, picture: &AttachmentHash) -> Option<String> {
        self.attached(picture).and_then(|it| it.aside)
    }

    /// How much of a sealed picture headquarters has, and of how many bytes, as the loop noted it last.
    #[must_use]
    pub fn picture_sent(&self, picture: &AttachmentHash) -> Option<(u64, u64)> {
        self.attached(picture).and_then(|it| it.sent)
    }

    /// What a picture is sealed with, once sending it has begun.
    #[must_use]
    pub fn picture_seed(&self, picture: &AttachmentHash) -> Option<[u8; 32]> {
        self.attached(picture).and_then(|it| it.seed)
    }

    fn attached(&self, picture: &AttachmentHash) -> Option<TestPicture> {
        let state = self.state.lock();
        let mut pictures = state.pictures.iter();
        pictures.find(|it| it.photo.hash == *picture).cloned()
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
        let budget = {
            let mut state = self.state.lock();
            state.looks = 0;
            state.budget
        };
        let outcome = exchange(self, api, &self.random, &Silent, budget).await;
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
            revoked_in: state.revoked_in,
            sent_seq: cursor.held_seq,
            urgent: BTreeSet::new(),
            pictures: Vec::new(),
            budget: state.budget,
            looks: 0,
        };
        Self {
            key: DeviceKey::from_bytes(&self.key.to_bytes()),
            event: self.event.clone(),
            root: self.root,
            random: SeededRandom::new(self.random.below(u64::MAX)),
            state: Mutex::new(copy),
        }
    }
}
