//! The reference headquarters: the protocol's rules on maps in memory.

use super::SeededRandom;
use super::intake::{Device, Ledger};
use async_trait::async_trait;
use baqylau_domain::{AttachmentHash, DeviceId, Role, TeamCode};
use baqylau_protocol::{
    ApiError, BlobHash, BlobKind, BlobProgress, BlobRef, Certificate, Chain, Config, DevicePublic,
    Dictionary, Endpoint, EnrolCode, EnrolReply, EnrolRequest, EnrolSecret, Entropy, EventId,
    HqKey, Limits, PictureReceipt, PictureReply, PictureRun, QuarantineCode, Receipt, Refusal,
    RootKey, SealSecret, SignedEnvelope, SignedPictureReceipt, SpkiHash, SyncApi, SyncReply,
    SyncRequest, Verdict, limits, open,
};
use parking_lot::Mutex;
use std::collections::{BTreeMap, BTreeSet};

/// A headquarters in memory.
pub struct ReferenceHq {
    root: RootKey,
    hq: HqKey,
    random: SeededRandom,
    state: Mutex<State>,
}

/// A backup.
pub struct Snapshot(Ledger);

struct State {
    ledger: Ledger,
    config: Config,
    secrets: Vec<SealSecret>,
    dictionaries: Vec<Dictionary>,
    codes: BTreeMap<[u8; 16], Option<DevicePublic>>,
    blobs: BTreeMap<BlobHash, Vec<u8>>,
    epoch: u64,
    back_off_s: Option<u32>,
}

const RECEIVED_AT_MS: i64 = 1_301_800_000_000;

impl ReferenceHq {
    /// A headquarters whose keys follow from `seed`.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        let random = SeededRandom::new(seed);
        let mut rng = Entropy(&random);
        let (root, hq) = (RootKey::generate(&mut rng), HqKey::generate(&mut rng));
        let secret = SealSecret::generate(1, &mut rng);
        let config = Config {
            version: 1,
            event: EventId("kz-2011".into()),
            issued_at_ms: RECEIVED_AT_MS,
            hq: hq.public(),
            seal_keys: vec![secret.public()],
            endpoints: vec![Endpoint {
                url: "https://localhost".into(),
                spki: SpkiHash([0; 32]),
            }],
            blobs: Vec::new(),
            limits: Limits::default(),
            min_protocol: 1,
            closed: false,
            revoked: Vec::new(),
        };
        let state = State {
            ledger: Ledger::default(),
            config,
            secrets: vec![secret],
            dictionaries: Vec::new(),
            codes: BTreeMap::new(),
            blobs: BTreeMap::new(),
            epoch: 1,
            back_off_s: None,
        };
        Self {
            root,
            hq,
            random,
            state: Mutex::new(state),
        }
    }

    /// A fresh enrolment code.
    #[must_use]
    pub fn code(&self) -> EnrolCode {
        let secret = EnrolSecret::generate(&mut Entropy(&self.random));
        self.state.lock().codes.insert(*secret.as_bytes(), None);
        EnrolCode {
            endpoints: vec!["https://localhost".into()],
            spki: SpkiHash([0; 32]),
            root: self.root.public(),
            secret,
        }
    }

    /// What it holds of a device, in order.
    #[must_use]
    pub fn journal(&self, device: &DeviceId) -> Vec<Vec<u8>> {
        self.state
            .lock()
            .ledger
            .devices
            .get(device)
            .map(|device| device.entries.clone())
            .unwrap_or_default()
    }

    /// The entries of a device that wait for those before them.
    #[must_use]
    pub fn waiting(&self, device: &DeviceId) -> Vec<Vec<u8>> {
        let state = self.state.lock();
        let parked = state
            .ledger
            .devices
            .get(device)
            .map(|it| it.parked.values());
        let entries = parked.into_iter().flatten().flat_map(|it| &it.entries);
        entries.cloned().collect()
    }

    /// Its epoch now.
    #[must_use]
    pub fn sync_epoch(&self) -> u64 {
        self.state.lock().epoch
    }

    /// A picture of a device that it holds.
    #[must_use]
    pub fn picture(&self, device: &DeviceId, picture: &AttachmentHash) -> Option<Vec<u8>> {
        let state = self.state.lock();
        state
            .ledger
            .pictures
            .held
            .get(&(*device, *picture))
            .cloned()
    }

    /// Signs for a picture, whatever the receipt says.
    #[must_use]
    pub fn sign(&self, receipt: &PictureReceipt) -> SignedPictureReceipt {
        receipt.sign(&self.hq)
    }

    /// Encloses a receipt for a device, whatever it says.
    ///
    /// # Panics
    /// When that is no device's key.
    #[must_use]
    pub fn enclose(&self, receipt: &Receipt, device: &DevicePublic) -> SignedEnvelope {
        let pair = self.hq.pair(device, &receipt.event);
        pair.expect("a device's key").enclose(receipt, &self.hq)
    }

    /// Why segments of a device are kept apart, in the order they came.
    #[must_use]
    pub fn quarantined(&self, device: &DeviceId) -> Vec<QuarantineCode> {
        let state = self.state.lock();
        state
            .ledger
            .quarantined
            .iter()
            .filter(|kept| kept.0 == *device)
            .map(|kept| kept.1.clone())
            .collect()
    }

    /// A backup of everything but keys, codes and configuration.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        Snapshot(self.state.lock().ledger.clone())
    }

    /// Goes back to a backup, as an operator does after a disk failed; a new epoch begins.
    pub fn restore(&self, snapshot: &Snapshot) {
        let mut state = self.state.lock();
        state.ledger = snapshot.0.clone();
        state.epoch += 1;
    }

    /// Issues a new configuration.
    pub fn reconfigure(&self, change: impl FnOnce(&mut Config)) {
        let mut state = self.state.lock();
        change(&mut state.config);
        state.config.version += 1;
    }

    /// Begins to use a new seal key and forgets every old one.
    pub fn replace_seal_key(&self) {
        let id = self
            .state
            .lock()
            .config
            .seal_keys
            .iter()
            .map(|key| key.id)
            .max()
            .unwrap_or(0)
            + 1;
        let secret = SealSecret::generate(id, &mut Entropy(&self.random));
        self.reconfigure(|config| config.seal_keys = vec![secret.public()]);
        self.state.lock().secrets = vec![secret];
    }

    /// Offers a blob to every device.
    pub fn offer(&self, kind: BlobKind, id: &str, bytes: &[u8]) -> BlobRef {
        let blob = BlobRef {
            kind,
            id: id.into(),
            hash: BlobHash::of(bytes),
            bytes: bytes.len() as u64,
        };
        self.state.lock().blobs.insert(blob.hash, bytes.to_vec());
        self.reconfigure(|config| config.blobs.push(blob.clone()));
        blob
    }

    /// Offers a dictionary, and unpacks what is packed with it.
    pub fn offer_dictionary(&self, bytes: &[u8]) -> BlobRef {
        let bytes = bytes.to_vec();
        let blob = self.offer(BlobKind::Dictionary, "dictionary", &bytes);
        self.state.lock().dictionaries.push(Dictionary { bytes });
        blob
    }

    /// Devices have the dictionary, and headquarters cannot unpack with it any more.
    pub fn lose_dictionaries(&self) {
        self.state.lock().dictionaries.clear();
    }

    /// Asks devices to wait between requests.
    pub fn ask_to_wait(&self, seconds: Option<u32>) {
        self.state.lock().back_off_s = seconds;
    }

    fn certificate(&self, state: &State, public: DevicePublic) -> Certificate {
        Certificate {
            event: state.config.event.clone(),
            public,
            pseudonym: "observer".into(),
            team: TeamCode("T001".into()),
            role: Role::Observer,
            from_ms: 0,
            until_ms: i64::MAX,
        }
    }

    /// Finds the device, or lets its certificate introduce it again.
    fn known(&self, state: &mut State, request: &SyncRequest) -> Option<DevicePublic> {
        if let Some(device) = state.ledger.devices.get(&request.device) {
            return Some(device.public);
        }
        let certificate = request
            .certificate
            .as_ref()?
            .verify(&self.hq.public())
            .ok()?;
        let is_theirs =
            certificate.event == state.config.event && certificate.public.id() == request.device;
        let device = Device::new(certificate.public, &state.config.event);
        is_theirs.then(|| state.ledger.devices.insert(request.device, device));
        is_theirs.then_some(certificate.public)
    }

    fn reply(&self, state: &mut State, request: &SyncRequest) -> SyncReply {
        let State {
            ledger,
            secrets,
            dictionaries,
            config,
            ..
        } = state;
        let author = |sealed: &Vec<u8>| Some(open(sealed, secrets, dictionaries).ok()?.body.device);
        let mut authors: BTreeSet<DeviceId> = request.segments.iter().filter_map(author).collect();
        authors.remove(&request.device);
        let take = |segment: &Vec<u8>| {
            let verdict = ledger.take(segment, secrets, dictionaries, config);
            match verdict {
                Verdict::Parked { .. } if author(segment) != Some(request.device) => {
                    Verdict::Parked { need_from: 0 }
                }
                verdict => verdict,
            }
        };
        let verdicts = request.segments.iter().map(take).collect();
        let said = |device: DeviceId, head: Chain| Receipt {
            event: config.event.clone(),
            server_epoch: state.epoch,
            device,
            upto_seq: head.seq,
            head: head.hash,
            received_at_ms: RECEIVED_AT_MS,
            log_size: ledger.log_size,
            log_root: [0; 32],
        };
        let head = ledger.devices[&request.device].head();
        let receipt = (head.seq > 0).then(|| said(request.device, head).sign(&self.hq));
        let carried = authors
            .iter()
            .filter_map(|id| ledger.devices.get_key_value(id));
        let carried = carried.filter(|(_, device)| device.head().seq > 0);
        let envelopes = carried.map(|(id, device)| {
            let pair = self.hq.pair(&device.public, &config.event);
            pair.map(|pair| pair.enclose(&said(*id, device.head()), &self.hq))
        });
        let is_newer = config.version > request.config_version;
        SyncReply {
            server_epoch: state.epoch,
            next_seq: head.seq + 1,
            head: head.hash,
            verdicts,
            receipt,
            config: is_newer.then(|| config.sign(&self.root)),
            set_aside: Vec::new(),
            revoked: config.revoked.contains(&request.device),
            upgrade: request.protocol.1 < config.min_protocol,
            back_off_s: state.back_off_s,
            envelopes: envelopes.flatten().collect(),
            wants_config: false,
        }
    }
}

#[async_trait]
impl SyncApi for ReferenceHq {
    async fn enrol(&self, request: EnrolRequest) -> Result<EnrolReply, ApiError> {
        if !request.is_proven() {
            return Err(ApiError::Refused(Refusal::Malformed));
        }
        let mut state = self.state.lock();
        let code = state.codes.get_mut(request.secret.as_bytes());
        match code.ok_or(ApiError::Refused(Refusal::CodeUnknown))? {
            Some(used) if *used != request.public => {
                return Err(ApiError::Refused(Refusal::CodeUsed));
            }
            code => *code = Some(request.public),
        }
        let device = Device::new(request.public, &state.config.event);
        state
            .ledger
            .devices
            .entry(request.public.id())
            .or_insert(device);
        Ok(EnrolReply {
            config: state.config.sign(&self.root),
            certificate: self.certificate(&state, request.public).sign(&self.hq),
            server_epoch: state.epoch,
        })
    }

    async fn sync(&self, request: SyncRequest) -> Result<SyncReply, ApiError> {
        // Through the bytes, so that nothing passes here that could not travel.
        let request = SyncRequest::decode(&request.encode())
            .map_err(|_| ApiError::Refused(Refusal::Malformed))?;
        let mut state = self.state.lock();
        let public = self
            .known(&mut state, &request)
            .ok_or(ApiError::Refused(Refusal::NotEnrolled))?;
        if !request.is_by(&public) {
            return Err(ApiError::Refused(Refusal::NotEnrolled));
        }
        let reply = self.reply(&mut state, &request);
        SyncReply::decode(&reply.encode()).map_err(|_| ApiError::Unreadable)
    }

    async fn picture(&self, run: PictureRun) -> Result<PictureReply, ApiError> {
        let run =
            PictureRun::decode(&run.encode()).map_err(|_| ApiError::Refused(Refusal::Malformed))?;
        let mut state = self.state.lock();
        let State {
            ledger,
            secrets,
            config,
            epoch,
            ..
        } = &mut *state;
        let Ledger {
            devices, pictures, ..
        } = ledger;
        devices
            .get(&run.device)
            .filter(|device| run.is_by(&device.public))
            .ok_or(ApiError::Refused(Refusal::NotEnrolled))?;
        let (verdict, held) = pictures.take(&run, devices, secrets, config);
        let (mut receipt, mut envelope) = (None, None);
        if let Some((author, photo)) = held {
            let word = PictureReceipt {
                event: config.event.clone(),
                server_epoch: *epoch,
                device: author,
                picture: photo.hash,
                bytes: photo.bytes,
                received_at_ms: RECEIVED_AT_MS,
            };
            if author == run.device {
                receipt = Some(word.sign(&self.hq));
            } else {
                let pair = self.hq.pair(&devices[&author].public, &config.event);
                envelope = pair.map(|pair| pair.enclose_picture(&word, &self.hq));
            }
        }
        let reply = PictureReply {
            server_epoch: *epoch,
            verdict,
            receipt,
            envelope,
        };
        PictureReply::decode(&reply.encode()).map_err(|_| ApiError::Unreadable)
    }

    async fn blob(&self, hash: BlobHash, progress: &BlobProgress<'_>) -> Result<Vec<u8>, ApiError> {
        let blob = self
            .state
            .lock()
            .blobs
            .get(&hash)
            .cloned()
            .ok_or(ApiError::Refused(Refusal::NoSuchBlob))?;
        progress(blob.len() as u64, Some(blob.len() as u64));
        assert!(
            blob.len() <= limits::BLOB_BYTES,
            "a blob above the limit was offered"
        );
        Ok(blob)
    }
}
