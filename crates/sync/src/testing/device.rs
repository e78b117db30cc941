//! A device in memory, as strict as a store must be.

use super::{FixedClock, SeededRandom};
use crate::{
    Credentials, Cursor, EnrolError, Journal, JournalError, JournalHead, KeptSegment, Outcome,
    Silent, enrol, exchange,
};
use baqylau_domain::DeviceId;
use baqylau_protocol::{
    BlobHash, BlobRef, Chain, ChainHash, Config, DeviceKey, EnrolCode, Entropy, EventId,
    RootPublic, SetAside, SignedCertificate, SignedConfig, SyncApi, VerifiedReceipt,
};
use parking_lot::Mutex;
use std::collections::BTreeMap;

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
    set_aside: Vec<SetAside>,
    sent_seq: u64,
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
            set_aside: Vec::new(),
            sent_seq: 0,
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

    /// One exchange.
    pub async fn exchange(&self, api: &dyn SyncApi) -> Outcome {
        exchange(self, api, &self.clock, &self.random, &Silent).await
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
            set_aside: Vec::new(),
            sent_seq: cursor.held_seq,
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
        let skipped = usize::try_from(from_seq - 1).map_err(|_| JournalError::Damaged)?;
        Ok(self
            .state
            .lock()
            .entries
            .iter()
            .skip(skipped)
            .take(limit)
            .cloned()
            .collect())
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
        assert!(
            said.upto_seq <= state.sent_seq,
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
}
