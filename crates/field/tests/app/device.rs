//! A device with its own folder, a headquarters, and a road between them that a test can cut.

use async_trait::async_trait;
use baqylau_domain::{Clock, Moment};
use baqylau_field::view::{Failure, FinishOutcome, ReportPage, Saved, Status};
use baqylau_field::{Connector, Core, Kdf};
use baqylau_mission::{BundleKind, Mission};
use baqylau_protocol::{
    ApiError, BlobHash, BlobKind, BlobProgress, Endpoint, EnrolReply, EnrolRequest, Entry,
    PictureReply, PictureRun, SyncApi, SyncReply, SyncRequest,
};
use baqylau_sync::http::Proxy;
use baqylau_sync::testing::{ReferenceHq, SeededRandom};
use parking_lot::Mutex;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::net::{IpAddr, Ipv4Addr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use tempfile::TempDir;
use tokio::sync::Semaphore;

pub(crate) const PIN: &str = "246810";
/// 07:00 on the morning of 3 April 2011, Astana.
pub(crate) const MORNING_MS: i64 = 1_301_792_400_000;
/// The weakest derivation there is: these tests are not about guessing.
pub(crate) const KDF: Kdf = Kdf {
    memory_kib: 64,
    passes: 1,
    lanes: 1,
};

/// What the road does with the next requests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Weather {
    Clear,
    Down(ApiError),
    RepliesLost,
    BlobsLost,
}

pub(crate) struct TestClock(AtomicI64);

impl TestClock {
    pub(crate) fn at(ms: i64) -> Self {
        Self(AtomicI64::new(ms))
    }

    pub(crate) fn pass_ms(&self, ms: i64) {
        self.0.fetch_add(ms, Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn now(&self) -> Moment {
        Moment {
            utc_ms: self.0.load(Ordering::SeqCst),
            offset_min: 360,
        }
    }
}

/// The road, and the headquarters at its end.
pub(crate) struct Road {
    hq: Mutex<Arc<ReferenceHq>>,
    weather: Mutex<Weather>,
    /// Requests to `sync` wait here; tests that want to look in the middle take the permits away.
    pub(crate) gate: Semaphore,
    pub(crate) waiting: Semaphore,
}

struct OnTheRoad(Arc<Road>);

#[async_trait]
impl SyncApi for OnTheRoad {
    async fn enrol(&self, request: EnrolRequest) -> Result<EnrolReply, ApiError> {
        self.0.pass()?;
        self.0.hq().enrol(request).await
    }

    async fn sync(&self, request: SyncRequest) -> Result<SyncReply, ApiError> {
        self.0.pass()?;
        self.0.waiting.add_permits(1);
        let _through = self
            .0
            .gate
            .acquire()
            .await
            .expect("the gate is never closed");
        let reply = self.0.hq().sync(request).await?;
        if *self.0.weather.lock() == Weather::RepliesLost {
            Err(ApiError::TimedOut)
        } else {
            Ok(reply)
        }
    }

    async fn picture(&self, run: PictureRun) -> Result<PictureReply, ApiError> {
        self.0.pass()?;
        let hq = self.0.hq();
        SyncApi::picture(&*hq, run).await
    }

    async fn blob(&self, hash: BlobHash, progress: &BlobProgress<'_>) -> Result<Vec<u8>, ApiError> {
        self.0.pass()?;
        if *self.0.weather.lock() == Weather::BlobsLost {
            return Err(ApiError::Unreachable);
        }
        self.0.hq().blob(hash, progress).await
    }
}

impl Road {
    fn hq(&self) -> Arc<ReferenceHq> {
        Arc::clone(&self.hq.lock())
    }

    fn pass(&self) -> Result<(), ApiError> {
        match &*self.weather.lock() {
            Weather::Down(error) => Err(error.clone()),
            _ => Ok(()),
        }
    }
}

struct RoadConnector(Arc<Road>);

impl Connector for RoadConnector {
    fn connect(&self, _: &[Endpoint], _: Option<&Proxy>) -> Result<Arc<dyn SyncApi>, Failure> {
        Ok(Arc::new(OnTheRoad(Arc::clone(&self.0))))
    }

    fn addresses(&self) -> Vec<IpAddr> {
        vec![Ipv4Addr::LOCALHOST.into()]
    }
}

/// A device in somebody's hand.
pub(crate) struct Device {
    pub(crate) core: Core,
    pub(crate) hq: Arc<ReferenceHq>,
    pub(crate) road: Arc<Road>,
    clock: Arc<TestClock>,
    folder: TempDir,
}

impl Device {
    /// A new device; headquarters offers the test mission.
    pub(crate) fn new() -> Self {
        let hq = Arc::new(ReferenceHq::new(7));
        offer(&hq, &mission_folder());
        let road = Arc::new(Road {
            hq: Mutex::new(Arc::clone(&hq)),
            weather: Mutex::new(Weather::Clear),
            gate: Semaphore::new(1),
            waiting: Semaphore::new(0),
        });
        let clock = Arc::new(TestClock(AtomicI64::new(MORNING_MS)));
        let folder = tempfile::tempdir().expect("a folder");
        let core = start(folder.path(), &clock, &road);
        Self {
            core,
            hq,
            road,
            clock,
            folder,
        }
    }

    /// A device that is enrolled and unlocked.
    pub(crate) async fn enrolled() -> Self {
        let device = Self::new();
        device.enrol().await.expect("the device enrols");
        device
    }

    /// Headquarters puts a changed mission in force.
    pub(crate) fn offer_mission(&self, change: impl FnOnce(&Path)) {
        let changed = tempfile::tempdir().expect("a folder");
        copy(&mission_folder(), changed.path());
        change(changed.path());
        offer(&self.hq, changed.path());
    }

    /// A well-formed code that this headquarters never gave.
    pub(crate) fn new_code() -> String {
        ReferenceHq::new(99).code().to_text()
    }

    pub(crate) async fn enrol(&self) -> Result<Status, Failure> {
        let code = self.hq.code().to_text();
        self.call("enrol", json!({ "code": code, "pin": PIN }))
            .await
    }

    /// Power fails, and the app starts again. Nothing is said to the old core.
    pub(crate) fn restart(&mut self) {
        // A process that is gone holds no file: the old core must let go before the new one opens.
        self.core = Core::with_kdf(
            Path::new("/nowhere"),
            KDF,
            self.clock.clone(),
            Arc::new(SeededRandom::new(0)),
            self.connector(),
        );
        self.core = start(self.folder.path(), &self.clock, &self.road);
    }

    fn connector(&self) -> Arc<dyn Connector> {
        Arc::new(RoadConnector(Arc::clone(&self.road)))
    }

    /// From now on this device talks to the other one's headquarters.
    pub(crate) fn road_to(&self, other: &Device) {
        *self.road.hq.lock() = Arc::clone(&other.hq);
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn set_weather(&self, weather: Weather) {
        *self.road.weather.lock() = weather;
    }

    pub(crate) fn pass_ms(&self, ms: i64) {
        self.clock.0.fetch_add(ms, Ordering::SeqCst);
    }

    pub(crate) async fn call<T: DeserializeOwned>(
        &self,
        name: &str,
        args: Value,
    ) -> Result<T, Failure> {
        let result = self.core.call(name, args).await?;
        Ok(serde_json::from_value(result).unwrap_or_else(|error| panic!("{name}: {error}")))
    }

    /// The code a command is refused with.
    pub(crate) async fn refusal(&self, name: &str, args: Value) -> String {
        match self.core.call(name, args).await {
            Ok(result) => panic!("{name} was not refused: {result}"),
            Err(failure) => failure.code,
        }
    }

    pub(crate) async fn start(&self, form: &str, station: &str) -> ReportPage {
        self.call(
            "start_visit",
            json!({ "form": form, "station": station, "place": null }),
        )
        .await
        .unwrap_or_else(|failure| panic!("{failure:?}"))
    }

    pub(crate) async fn answer(&self, report: &str, question: &str, value: Value) -> Saved {
        self.call(
            "answer",
            json!({ "id": report, "question": question, "value": value }),
        )
        .await
        .unwrap_or_else(|failure| panic!("{question}: {failure:?}"))
    }

    pub(crate) async fn report(&self, id: &str) -> ReportPage {
        self.call("report", json!({ "id": id }))
            .await
            .expect("the report is there")
    }

    pub(crate) async fn finish(&self, id: &str) -> FinishOutcome {
        self.call(
            "finish",
            json!({ "id": id, "confirmed_by": ["O0002", "O0001"] }),
        )
        .await
        .unwrap_or_else(|failure| panic!("{failure:?}"))
    }

    /// A finished opening report with this many voters on the list.
    pub(crate) async fn opening(&self, station: &str, voters: i64) -> String {
        let id = self.start("opening", station).await.row.id;
        self.answer(&id, "A18", integer(voters)).await;
        assert!(matches!(
            self.finish(&id).await,
            FinishOutcome::Finished { .. }
        ));
        id
    }

    /// The journal as headquarters holds it, entry by entry.
    pub(crate) async fn held(&self) -> Vec<Entry> {
        let reports: baqylau_field::commands::Reports =
            self.call("reports", json!({})).await.expect("reports");
        let device = reports
            .rows
            .iter()
            .find_map(|row| row.entry)
            .expect("something is finished")
            .device;
        let bytes = self.hq.journal(&device);
        bytes
            .iter()
            .map(|entry| Entry::decode(entry).expect("an entry"))
            .collect()
    }
}

pub(crate) fn mission_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mission")
}

/// Headquarters offers this mission and no other.
fn offer(hq: &ReferenceHq, folder: &Path) {
    let mission = Mission::load(folder).unwrap_or_else(|problems| panic!("{problems:#?}"));
    hq.reconfigure(|config| config.blobs.clear());
    for bundle in mission.bundles().expect("the mission packs") {
        let kind = match bundle.kind {
            BundleKind::Form => BlobKind::Form,
            BundleKind::Register => BlobKind::Register,
            BundleKind::Mission => BlobKind::Mission,
        };
        hq.offer(kind, &bundle.id, &bundle.bytes);
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder").flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("copied");
        }
    }
}

/// Every start draws other random numbers, as a machine does.
static STARTS: AtomicU64 = AtomicU64::new(1);

fn start(folder: &Path, clock: &Arc<TestClock>, road: &Arc<Road>) -> Core {
    let seed = STARTS.fetch_add(1, Ordering::SeqCst);
    let connector = Arc::new(RoadConnector(Arc::clone(road)));
    Core::with_kdf(
        folder,
        KDF,
        clock.clone(),
        Arc::new(SeededRandom::new(seed)),
        connector,
    )
}

pub(crate) fn integer(number: i64) -> Value {
    json!({ "t": "integer", "v": number })
}

pub(crate) fn text(text: &str) -> Value {
    json!({ "t": "text", "v": text })
}

pub(crate) fn choice(code: &str) -> Value {
    json!({ "t": "choice", "v": code })
}
