//! Headquarters in a simulated world: the real one, on a disk whose power can fail.

use super::clock::TurnedClock;
use crate::disk::{Bay, Disk, Image};
use crate::random::Random;
use anyhow::Context as _;
use baqylau_domain::{Clock, DeviceId, FormRef};
use baqylau_hq::headquarters::begin;
use baqylau_hq::keys::Keys;
use baqylau_hq::ledger::Ledger;
use baqylau_hq::plan::Plan;
use baqylau_hq::{Api, Headquarters};
use baqylau_mission::Mission;
use baqylau_protocol::{EnrolCode, HqKey, SealKey};
use std::fs;
use std::path::Path;
use std::sync::Arc;
use tempfile::TempDir;

const LEDGER: &str = "ledger.db";
const TEAM: &str = "T1";
/// 3 April 2011, 06:30 in Astana.
pub const MORNING_MS: i64 = 1_301_790_600_000;

/// What every world begins with, made once: the mission read, and a ledger begun and published.
pub struct Beginning {
    plan: Arc<Plan>,
    image: Image,
    keys: TempDir,
}

/// Headquarters, its disk and its backups.
pub struct Server {
    plan: Arc<Plan>,
    folder: TempDir,
    bay: Bay,
    disk: Disk,
    api: Option<Api>,
    /// Its clock.
    pub clock: Arc<TurnedClock>,
    random: Arc<Random>,
}

impl Beginning {
    /// Reads the mission and begins its ledger.
    ///
    /// # Errors
    /// When the mission has problems or headquarters cannot begin.
    pub fn of(mission: &Path, bay: &Bay) -> anyhow::Result<Self> {
        let loaded = Mission::load(mission)
            .map_err(|problems| anyhow::anyhow!("{} problems in the mission", problems.len()))?;
        let plan = Arc::new(Plan::new(loaded));
        let keys = TempDir::new()?;
        let random = Arc::new(Random::new(0));
        Keys::open(keys.path(), &*random)?;
        let disk = Disk::default();
        bay.insert(&disk);
        let ledger = Ledger::open_on(Path::new(LEDGER), Some(bay.name()))?;
        begin(&ledger, &plan, mission, MORNING_MS)?;
        let mut server = Server {
            plan: Arc::clone(&plan),
            folder: copied(keys.path())?,
            bay: bay.clone(),
            disk: disk.clone(),
            api: None,
            clock: Arc::new(TurnedClock::at(MORNING_MS)),
            random,
        };
        drop(ledger);
        server.start()?;
        server.stop();
        Ok(Self {
            plan,
            image: disk.image(),
            keys,
        })
    }
}

fn copied(keys: &Path) -> anyhow::Result<TempDir> {
    let folder = TempDir::new()?;
    let to = folder.path().join("keys");
    fs::create_dir(&to)?;
    for entry in fs::read_dir(keys.join("keys"))? {
        let entry = entry?;
        fs::copy(entry.path(), to.join(entry.file_name()))?;
    }
    Ok(folder)
}

impl Server {
    /// A headquarters that has just begun.
    ///
    /// # Errors
    /// When it does not start.
    pub fn new(beginning: &Beginning, bay: &Bay, random: Arc<Random>) -> anyhow::Result<Self> {
        let mut server = Self {
            plan: Arc::clone(&beginning.plan),
            folder: copied(beginning.keys.path())?,
            bay: bay.clone(),
            disk: Disk::holding(&beginning.image),
            api: None,
            clock: Arc::new(TurnedClock::at(MORNING_MS)),
            random,
        };
        server.start()?;
        Ok(server)
    }

    fn start(&mut self) -> anyhow::Result<()> {
        self.bay.insert(&self.disk);
        let ledger = Ledger::open_on(Path::new(LEDGER), Some(self.bay.name()))
            .context("the ledger does not open again")?;
        let keys = Keys::open(self.folder.path(), &*self.random)?;
        let clock: Arc<dyn Clock> = Arc::clone(&self.clock) as _;
        let headquarters = Headquarters::of(
            Arc::clone(&self.plan),
            keys,
            ledger,
            clock,
            Arc::clone(&self.random) as _,
        );
        // As the server does when it starts: what changed while the ledger was another is said again.
        headquarters.publish(&["https://headquarters.invalid".to_owned()])?;
        self.api = Some(Api(Arc::new(headquarters)));
        Ok(())
    }

    /// Ends the process; its connections are closed before the next begins.
    pub fn stop(&mut self) {
        self.api = None;
    }

    /// The process is killed and started again.
    ///
    /// # Errors
    /// When the ledger does not open again.
    pub fn kill(&mut self) -> anyhow::Result<()> {
        self.stop();
        self.disk.restart();
        self.start()
    }

    /// The power goes and comes back.
    ///
    /// # Errors
    /// When the ledger does not open again.
    pub fn lose_power(&mut self, random: &Random) -> anyhow::Result<()> {
        // The processes die with the power: nothing of what they do when they are stopped reaches the disk.
        let image = self.disk.survivors(random);
        self.stop();
        self.disk.replace(&image);
        self.start()
    }

    /// Goes back to a backup.
    ///
    /// # Errors
    /// When the ledger does not open again.
    pub fn restore(&mut self, backup: &Image) -> anyhow::Result<()> {
        self.stop();
        self.disk.replace(backup);
        self.start()
    }

    /// A copy of the disk.
    #[must_use]
    pub fn backup(&self) -> Image {
        self.disk.image()
    }

    /// The disk.
    #[must_use]
    pub fn disk(&self) -> &Disk {
        &self.disk
    }

    /// The road to it.
    ///
    /// # Panics
    /// While it is stopped: worlds never look then.
    #[must_use]
    #[allow(clippy::expect_used)]
    pub fn api(&self) -> &Api {
        self.api.as_ref().expect("headquarters runs")
    }

    /// Headquarters itself.
    #[must_use]
    pub fn headquarters(&self) -> &Headquarters {
        &self.api().0
    }

    /// A fresh enrolment code.
    ///
    /// # Errors
    /// When the ledger cannot keep it.
    pub fn code(&self) -> anyhow::Result<EnrolCode> {
        let made = self.headquarters().make_code(TEAM, "", "campaign")?;
        Ok(EnrolCode::from_text(&made.text)?)
    }

    /// The form that reports are written with.
    #[must_use]
    pub fn form(&self) -> FormRef {
        self.plan.mission.forms[0].form.hash().short()
    }

    /// The key that devices seal to now.
    #[must_use]
    pub fn seal_key(&self) -> Option<SealKey> {
        self.headquarters().newest_seal_key()
    }

    /// What it holds of a device, in order.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn journal(&self, device: DeviceId) -> anyhow::Result<Vec<Vec<u8>>> {
        let rows = self
            .headquarters()
            .ledger
            .read(|read| read.entries(device))?;
        Ok(rows.into_iter().map(|row| row.bytes).collect())
    }

    /// A key that is not headquarters'.
    #[must_use]
    pub fn impostor(random: &Random) -> HqKey {
        HqKey::generate(&mut baqylau_protocol::Entropy(random))
    }
}
