//! Headquarters in a temporary folder, on a clock that the test turns.

use baqylau_domain::{Clock, Moment};
use baqylau_hq::system::SystemIds;
use baqylau_hq::{Api, Headquarters, Options, Running, Server};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use tempfile::TempDir;

/// 3 April 2011, 12:00 in Astana.
pub(crate) const NOON_MS: i64 = 1_301_810_400_000;

pub(crate) struct TurnedClock(AtomicI64);

impl Clock for TurnedClock {
    fn now(&self) -> Moment {
        Moment {
            utc_ms: self.0.load(Ordering::SeqCst),
            offset_min: 360,
        }
    }
}

impl TurnedClock {
    pub(crate) fn at(ms: i64) -> Arc<Self> {
        Arc::new(Self(AtomicI64::new(ms)))
    }

    pub(crate) fn turn(&self, ms: i64) {
        self.0.fetch_add(ms, Ordering::SeqCst);
    }
}

pub(crate) fn mission() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mission")
}

/// A copy of the test mission that a test may change.
pub(crate) fn mission_copy(change: impl Fn(&str, String) -> String) -> TempDir {
    let folder = TempDir::new().unwrap();
    for name in ["forms", "register"] {
        std::fs::create_dir(folder.path().join(name)).unwrap();
    }
    let files = [
        "mission.toml",
        "forms/visit.csv",
        "forms/incident.csv",
        "register/regions.csv",
        "register/districts.csv",
        "register/stations.csv",
        "teams.csv",
        "observers.csv",
        "indicators.csv",
    ];
    for name in files {
        let text = std::fs::read_to_string(mission().join(name)).unwrap();
        std::fs::write(folder.path().join(name), change(name, text)).unwrap();
    }
    folder
}

pub(crate) struct Office {
    pub(crate) data: TempDir,
    pub(crate) clock: Arc<TurnedClock>,
    pub(crate) headquarters: Arc<Headquarters>,
}

impl Office {
    pub(crate) fn open() -> Self {
        Self::open_in(TempDir::new().unwrap(), &mission())
    }

    pub(crate) fn open_in(data: TempDir, mission: &Path) -> Self {
        let clock = TurnedClock::at(NOON_MS);
        let headquarters =
            Headquarters::open(mission, data.path(), clock.clone(), Arc::new(SystemIds)).unwrap();
        headquarters
            .publish(&["https://127.0.0.1:8443".to_owned()])
            .unwrap();
        Self {
            data,
            clock,
            headquarters: Arc::new(headquarters),
        }
    }

    pub(crate) fn api(&self) -> Api {
        Api(Arc::clone(&self.headquarters))
    }

    /// Closes the ledger and opens it again, as after a stop of the program.
    pub(crate) fn reopen(self) -> Self {
        let Self {
            data, headquarters, ..
        } = self;
        drop(headquarters);
        Self::open_in(data, &mission())
    }

    pub(crate) fn export(&self, file: &str) -> Vec<u8> {
        baqylau_hq::export::file(&self.headquarters, file)
            .unwrap()
            .unwrap()
    }

    pub(crate) fn indicator(&self, id: &str) -> (f64, f64) {
        let values = self.headquarters.indicators().unwrap();
        let value = values.iter().find(|value| value.id == id).unwrap();
        (value.numerator.number(), value.denominator.number())
    }
}

/// A server on a free port of loopback.
pub(crate) async fn serve(data: &Path, ui: Option<PathBuf>) -> Running {
    let listen = "127.0.0.1:0".parse().unwrap();
    Server::start(Options {
        listen,
        ui,
        ..Options::new(mission(), data)
    })
    .await
    .unwrap()
}
