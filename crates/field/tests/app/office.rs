//! A real headquarters in the same process, and devices whose network a test can cut.

use crate::device::{KDF, MORNING_MS, PIN, TestClock, integer, mission_folder};
use async_trait::async_trait;
use baqylau_domain::DeliveryState;
use baqylau_field::view::{Evidence, Failure, FinishOutcome, ReportPage, Saved, Status, Today};
use baqylau_field::{Connector, Core};
use baqylau_hq::{Api, Headquarters};
use baqylau_protocol::{
    ApiError, BlobHash, BlobProgress, Endpoint, EnrolReply, EnrolRequest, PictureReply, PictureRun,
    SyncApi, SyncReply, SyncRequest,
};
use baqylau_store::Vault;
use baqylau_store::testing::MemoryKeyStore;
use baqylau_sync::http::Proxy;
use baqylau_sync::testing::SeededRandom;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use tempfile::TempDir;

/// Headquarters, with its data in a temporary folder.
pub(crate) struct Office {
    pub(crate) headquarters: Arc<Headquarters>,
    clock: Arc<TestClock>,
    seeds: AtomicU64,
    _data: TempDir,
}

/// A device in somebody's hand.
pub(crate) struct Holder {
    pub(crate) core: Core,
    pub(crate) folder: TempDir,
    pub(crate) observers: Vec<String>,
    pub(crate) key_store: Arc<MemoryKeyStore>,
    online: Arc<AtomicBool>,
    bears: Arc<AtomicUsize>,
}

struct Road {
    api: Api,
    online: Arc<AtomicBool>,
    /// Bytes of segments or of a picture that a request may have; heavier ones break off.
    bears: Arc<AtomicUsize>,
}

impl Road {
    fn bear(&self, bytes: usize) -> Result<(), ApiError> {
        if bytes > self.bears.load(Ordering::SeqCst) {
            return Err(ApiError::Interrupted);
        }
        Ok(())
    }

    fn pass(&self) -> Result<(), ApiError> {
        if self.online.load(Ordering::SeqCst) {
            Ok(())
        } else {
            Err(ApiError::Unreachable)
        }
    }
}

#[async_trait]
impl SyncApi for Road {
    async fn enrol(&self, request: EnrolRequest) -> Result<EnrolReply, ApiError> {
        self.pass()?;
        self.api.enrol(request).await
    }

    async fn sync(&self, request: SyncRequest) -> Result<SyncReply, ApiError> {
        self.pass()?;
        let bytes: usize = request.segments.iter().map(Vec::len).sum();
        self.bear(bytes)?;
        self.api.sync(request).await
    }

    async fn picture(&self, run: PictureRun) -> Result<PictureReply, ApiError> {
        self.pass()?;
        self.bear(run.bytes.len())?;
        self.api.picture(run).await
    }

    async fn blob(&self, hash: BlobHash, progress: &BlobProgress<'_>) -> Result<Vec<u8>, ApiError> {
        self.pass()?;
        self.api.blob(hash, progress).await
    }
}

struct RoadConnector(Arc<Road>);

impl Connector for RoadConnector {
    fn connect(&self, _: &[Endpoint], _: Option<&Proxy>) -> Result<Arc<dyn SyncApi>, Failure> {
        Ok(self.0.clone())
    }

    fn addresses(&self) -> Vec<IpAddr> {
        vec![Ipv4Addr::LOCALHOST.into()]
    }
}

impl Office {
    pub(crate) fn open() -> Self {
        Self::with_seed(1)
    }

    /// Another seed is another headquarters: other keys, for the same event.
    pub(crate) fn with_seed(seed: u64) -> Self {
        let data = TempDir::new().expect("a folder");
        let clock = Arc::new(TestClock::at(MORNING_MS));
        let ids = Arc::new(SeededRandom::new(seed));
        let headquarters = Headquarters::open(&mission_folder(), data.path(), clock.clone(), ids)
            .unwrap_or_else(|error| panic!("{error}"));
        headquarters
            .publish(&["https://127.0.0.1:8443".to_owned()])
            .unwrap_or_else(|error| panic!("{error}"));
        Self {
            headquarters: Arc::new(headquarters),
            clock,
            seeds: AtomicU64::new(seed * 1000),
            _data: data,
        }
    }

    /// As after a restore of which some device has told.
    pub(crate) fn raise_epoch(&self, epoch: u64) {
        let raised = self
            .headquarters
            .ledger
            .write_now(move |write| write.raise_epoch(epoch));
        raised.unwrap_or_else(|error| panic!("{error}"));
    }

    /// Time passes, for all.
    pub(crate) fn pass_ms(&self, ms: i64) {
        self.clock.pass_ms(ms);
    }

    pub(crate) fn api(&self) -> Api {
        Api(Arc::clone(&self.headquarters))
    }

    /// A device of a team, enrolled; from then on it has no network.
    pub(crate) async fn holder(&self, team: &str) -> Holder {
        let mut holder = self.newcomer();
        let status = holder.enrol(&self.code(team)).await;
        let observers = status.holder.expect("enrolled").observers;
        holder.observers = observers.into_iter().map(|code| code.0).collect();
        holder.set_online(false);
        holder
    }

    /// A fresh enrolment code.
    pub(crate) fn code(&self, team: &str) -> String {
        let code = self.headquarters.make_code(team, "", "test");
        code.unwrap_or_else(|error| panic!("{error}")).text
    }

    /// A device that was never enrolled.
    pub(crate) fn newcomer(&self) -> Holder {
        self.device_in(TempDir::new().expect("a folder"))
    }

    /// The app started on this folder.
    pub(crate) fn device_in(&self, folder: TempDir) -> Holder {
        self.device_on(folder, Arc::default())
    }

    /// The same, on a computer with this key store.
    pub(crate) fn device_on(&self, folder: TempDir, key_store: Arc<MemoryKeyStore>) -> Holder {
        let online = Arc::new(AtomicBool::new(true));
        let bears = Arc::new(AtomicUsize::new(usize::MAX));
        let road = Arc::new(Road {
            api: self.api(),
            online: Arc::clone(&online),
            bears: Arc::clone(&bears),
        });
        let seed = self.seeds.fetch_add(1, Ordering::SeqCst);
        let vault = Vault::with_kdf(folder.path().join("store"), KDF);
        let core = Core::with_vault(
            folder.path(),
            vault.with_key_store(Arc::clone(&key_store) as _),
            self.clock.clone(),
            Arc::new(SeededRandom::new(seed)),
            Arc::new(RoadConnector(road)),
        );
        Holder {
            core,
            folder,
            observers: Vec::new(),
            key_store,
            online,
            bears,
        }
    }

    /// Reports that headquarters has.
    pub(crate) fn reports(&self) -> usize {
        self.lines("reports.jsonl")
    }

    /// Photos that headquarters holds or keeps apart.
    pub(crate) fn pictures(&self) -> usize {
        self.lines("pictures.jsonl")
    }

    fn lines(&self, file: &str) -> usize {
        let lines = baqylau_hq::export::file(&self.headquarters, file)
            .unwrap_or_else(|error| panic!("{error}"))
            .expect("the file is part of an export");
        lines
            .split(|byte| *byte == b'\n')
            .filter(|line| !line.is_empty())
            .count()
    }
}

impl Holder {
    /// From now on the road breaks under requests with more bytes of segments, or of a picture, than these.
    pub(crate) fn set_bears(&self, bytes: usize) {
        self.bears.store(bytes, Ordering::SeqCst);
    }

    pub(crate) fn set_online(&self, online: bool) {
        self.online.store(online, Ordering::SeqCst);
    }

    pub(crate) async fn call<T: DeserializeOwned>(&self, name: &str, args: Value) -> T {
        let result = self.core.call(name, args).await;
        let result = result.unwrap_or_else(|failure| panic!("{name}: {failure:?}"));
        serde_json::from_value(result).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    pub(crate) async fn enrol(&self, code: &str) -> Status {
        self.call("enrol", json!({ "code": code, "pin": PIN }))
            .await
    }

    /// The code a command is refused with.
    pub(crate) async fn refusal(&self, name: &str, args: Value) -> String {
        match self.core.call(name, args).await {
            Ok(result) => panic!("{name} was not refused: {result}"),
            Err(failure) => failure.code,
        }
    }

    /// A finished opening report.
    pub(crate) async fn opening(&self, station: &str) -> String {
        let page: ReportPage = self
            .call(
                "start_visit",
                json!({ "form": "opening", "station": station, "place": null }),
            )
            .await;
        let id = page.row.id;
        let _: Saved = self
            .call(
                "answer",
                json!({ "id": id, "question": "A18", "value": integer(1212) }),
            )
            .await;
        let outcome: FinishOutcome = self
            .call(
                "finish",
                json!({ "id": id, "confirmed_by": self.observers }),
            )
            .await;
        assert!(
            matches!(outcome, FinishOutcome::Finished { .. }),
            "{outcome:?}"
        );
        id
    }

    pub(crate) async fn delivery(&self, id: &str) -> DeliveryState {
        let page: ReportPage = self.call("report", json!({ "id": id })).await;
        page.row.delivery
    }

    pub(crate) async fn evidence(&self) -> Evidence {
        self.call::<Today>("today", json!({})).await.evidence
    }
}
