//! A device: its journal on a disk of records, which the real sync loop works on.
//!
//! The app's own store is not in here: what it keeps through kills and power cuts is proven by `crash` and `powercut`.

use super::people::is_urgent;
use baqylau_domain::DeviceId;
use baqylau_protocol::{
    BlobHash, BlobRef, Chain, ChainHash, Config, DeviceKey, DevicePublic, EventId, RootPublic,
    SetAside, SignedCertificate, SignedConfig, VerifiedReceipt,
};
use baqylau_sync::{
    Credentials, Cursor, Enrolment, Journal, JournalError, JournalHead, KeptSegment,
};
use parking_lot::Mutex;
use std::collections::BTreeMap;

/// A device.
pub struct Device {
    key: DeviceKey,
    event: EventId,
    root: RootPublic,
    memory: Mutex<Memory>,
}

/// One durable write.
#[derive(Clone)]
enum Record {
    Entry(Vec<u8>),
    Config(SignedConfig, u64),
    Cursor(Cursor),
    Sent(u64),
    Revoked(u64),
    Receipt(Box<VerifiedReceipt>),
    Kept(KeptSegment),
}

struct Memory {
    disk: Vec<Record>,
    certificate: SignedCertificate,
    state: State,
    fault: Option<DiskFault>,
}

/// What the disk does after so many more writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DiskFault {
    /// Writes that still succeed.
    pub after: u32,
    /// Why the next ones fail.
    pub error: JournalError,
}

/// What is on the disk, read.
#[derive(Clone)]
struct State {
    entries: Vec<Vec<u8>>,
    chain: Vec<Chain>,
    cursor: Cursor,
    config: SignedConfig,
    config_version: u64,
    sent: u64,
    revoked_in: Option<u64>,
    kept: BTreeMap<u64, KeptSegment>,
    receipts: Vec<VerifiedReceipt>,
}

impl State {
    fn apply(&mut self, record: &Record) {
        match record {
            Record::Entry(bytes) => {
                let end = self.chain[self.entries.len()];
                self.chain.push(end.next(bytes));
                self.entries.push(bytes.clone());
            }
            Record::Config(config, version) => {
                self.config = config.clone();
                self.config_version = *version;
            }
            Record::Cursor(cursor) => self.cursor = *cursor,
            Record::Sent(upto_seq) => self.sent = self.sent.max(*upto_seq),
            Record::Revoked(server_epoch) => self.revoked_in = Some(*server_epoch),
            Record::Receipt(receipt) => {
                let said = receipt.receipt();
                self.cursor = Cursor {
                    server_epoch: said.server_epoch,
                    held_seq: said.upto_seq,
                };
                self.receipts.push((**receipt).clone());
            }
            Record::Kept(segment) => {
                self.kept.insert(segment.first_seq, segment.clone());
            }
        }
    }
}

impl Device {
    /// A device that was just enrolled.
    #[must_use]
    pub fn new(key: DeviceKey, root: RootPublic, enrolment: Enrolment) -> Self {
        let event = enrolment.parsed_config.event.clone();
        let state = State {
            entries: Vec::new(),
            chain: vec![Chain::start(&key.public(), &event)],
            cursor: Cursor {
                server_epoch: enrolment.server_epoch,
                held_seq: 0,
            },
            config: enrolment.config.clone(),
            config_version: enrolment.parsed_config.version,
            sent: 0,
            revoked_in: None,
            kept: BTreeMap::new(),
            receipts: Vec::new(),
        };
        let disk = vec![
            Record::Config(enrolment.config, state.config_version),
            Record::Cursor(state.cursor),
        ];
        Self {
            key,
            event,
            root,
            memory: Mutex::new(Memory {
                disk,
                certificate: enrolment.certificate,
                state,
                fault: None,
            }),
        }
    }

    /// The device's id.
    #[must_use]
    pub fn id(&self) -> DeviceId {
        self.key.public().id()
    }

    /// Its public key.
    #[must_use]
    pub fn public(&self) -> DevicePublic {
        self.key.public()
    }

    /// Whether two devices share a key: one is a copy of the other.
    #[must_use]
    pub fn is_same_as(&self, other: &Self) -> bool {
        self.id() == other.id()
    }

    /// Appends an entry; it is durable when this returns.
    ///
    /// # Errors
    /// [`JournalError`]; then it is not there.
    pub fn append(&self, bytes: Vec<u8>) -> Result<(), JournalError> {
        self.write(Record::Entry(bytes))
    }

    /// The entries in the journal.
    #[must_use]
    pub fn entries_held(&self) -> Vec<Vec<u8>> {
        self.memory.lock().state.entries.clone()
    }

    /// Receipts it has believed, oldest first.
    #[must_use]
    pub fn receipts(&self) -> Vec<VerifiedReceipt> {
        self.memory.lock().state.receipts.clone()
    }

    /// The version of the configuration it holds.
    #[must_use]
    pub fn config_version(&self) -> u64 {
        self.memory.lock().state.config_version
    }

    /// How many receipts it has believed.
    #[must_use]
    pub fn receipt_count(&self) -> usize {
        self.memory.lock().state.receipts.len()
    }

    /// Where it believes headquarters to be.
    #[must_use]
    pub fn place(&self) -> Cursor {
        self.memory.lock().state.cursor
    }

    /// Lets the disk fail.
    pub fn fail(&self, fault: Option<DiskFault>) {
        self.memory.lock().fault = fault;
    }

    /// The app is started again: what the disk holds is read anew.
    pub fn restart(&self) {
        let mut memory = self.memory.lock();
        memory.fault = None;
        memory.state = self.read(&memory.disk, &memory.state.config);
    }

    /// A copy of it as it was after the first so many of a hundred of its writes: a clone, or a restored backup.
    #[must_use]
    pub fn copied(&self, percent: usize) -> Self {
        let memory = self.memory.lock();
        let most = memory.disk.len();
        let disk = memory.disk[..(most * percent / 100).clamp(2.min(most), most)].to_vec();
        let state = self.read(&disk, &memory.state.config);
        Self {
            key: DeviceKey::from_bytes(&self.key.to_bytes()),
            event: self.event.clone(),
            root: self.root,
            memory: Mutex::new(Memory {
                disk,
                certificate: memory.certificate.clone(),
                state,
                fault: None,
            }),
        }
    }

    fn read(&self, disk: &[Record], config: &SignedConfig) -> State {
        let mut state = State {
            entries: Vec::new(),
            chain: vec![Chain::start(&self.key.public(), &self.event)],
            cursor: Cursor::default(),
            config: config.clone(),
            config_version: 0,
            sent: 0,
            revoked_in: None,
            kept: BTreeMap::new(),
            receipts: Vec::new(),
        };
        disk.iter().for_each(|record| state.apply(record));
        state
    }

    fn write(&self, record: Record) -> Result<(), JournalError> {
        let mut memory = self.memory.lock();
        if let Some(fault) = &mut memory.fault {
            if fault.after == 0 {
                return Err(fault.error);
            }
            fault.after -= 1;
        }
        memory.state.apply(&record);
        memory.disk.push(record);
        Ok(())
    }
}

impl Journal for Device {
    fn credentials(&self) -> Result<Credentials, JournalError> {
        Ok(Credentials {
            key: DeviceKey::from_bytes(&self.key.to_bytes()),
            event: self.event.clone(),
            root: self.root,
        })
    }

    fn head(&self) -> Result<JournalHead, JournalError> {
        let state = &self.memory.lock().state;
        Ok(state.chain[state.entries.len()])
    }

    fn entries(&self, from_seq: u64, limit: usize) -> Result<Vec<Vec<u8>>, JournalError> {
        let skipped = usize::try_from(from_seq.saturating_sub(1)).unwrap_or(usize::MAX);
        let entries = self.memory.lock();
        let entries = entries.state.entries.iter().skip(skipped).take(limit);
        Ok(entries.cloned().collect())
    }

    fn hash_at(&self, seq: u64) -> Result<Option<ChainHash>, JournalError> {
        let place = usize::try_from(seq).unwrap_or(usize::MAX);
        let memory = self.memory.lock();
        Ok(memory.state.chain.get(place).map(|chain| chain.hash))
    }

    fn cursor(&self) -> Result<Cursor, JournalError> {
        Ok(self.memory.lock().state.cursor)
    }

    fn config(&self) -> Result<Option<SignedConfig>, JournalError> {
        Ok(Some(self.memory.lock().state.config.clone()))
    }

    fn record_config(&self, config: &SignedConfig, said: &Config) -> Result<(), JournalError> {
        self.write(Record::Config(config.clone(), said.version))
    }

    fn certificate(&self) -> Result<Option<SignedCertificate>, JournalError> {
        Ok(Some(self.memory.lock().certificate.clone()))
    }

    /// Forms and register were brought when the day was prepared; they do not change in these worlds.
    fn has_blob(&self, _: &BlobHash) -> Result<bool, JournalError> {
        Ok(true)
    }

    fn record_blob(&self, _: &BlobRef, _: &[u8]) -> Result<(), JournalError> {
        Ok(())
    }

    fn record_sent(&self, upto_seq: u64) -> Result<(), JournalError> {
        self.write(Record::Sent(upto_seq))
    }

    fn record_receipt(&self, receipt: &VerifiedReceipt) -> Result<(), JournalError> {
        self.write(Record::Receipt(Box::new(receipt.clone())))
    }

    fn record_rewind(&self, cursor: Cursor) -> Result<(), JournalError> {
        self.write(Record::Cursor(cursor))
    }

    fn revoked_in(&self) -> Result<Option<u64>, JournalError> {
        Ok(self.memory.lock().state.revoked_in)
    }

    fn record_revoked(&self, server_epoch: u64) -> Result<(), JournalError> {
        self.write(Record::Revoked(server_epoch))
    }

    fn urgent(&self, from_seq: u64) -> Result<Vec<u64>, JournalError> {
        let head_seq = self.memory.lock().state.entries.len() as u64;
        Ok((from_seq..=head_seq)
            .filter(|seq| is_urgent(*seq))
            .collect())
    }

    fn record_set_aside(&self, _: &[SetAside]) -> Result<(), JournalError> {
        Ok(())
    }

    fn kept_segment(&self, first_seq: u64) -> Result<Option<KeptSegment>, JournalError> {
        Ok(self.memory.lock().state.kept.get(&first_seq).cloned())
    }

    fn keep_segment(&self, segment: &KeptSegment) -> Result<(), JournalError> {
        self.write(Record::Kept(segment.clone()))
    }
}
