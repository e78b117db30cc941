//! A device with many reports on it and its headquarters, prepared once over a good road and then used again and again
//! as they stood.

use crate::clock::DayClock;
use crate::device::{Device, PIN, Visit};
use crate::error::RehearsalError;
use crate::headquarters::{Headquarters, free_address};
use crate::link::{Link, Shape};
use crate::plan::{load, plan};
use baqylau_domain::{Moment, TeamCode};
use baqylau_field::view::ReportPage;
use baqylau_hq::system::{SystemClock, SystemIds};
use baqylau_protocol::{Dictionary, Entry, EntryKind};
use baqylau_store::Vault;
use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What a stage is set with.
#[derive(Debug, Clone)]
pub struct Scene {
    /// The mission folder.
    pub mission: PathBuf,
    /// The headquarters program.
    pub program: PathBuf,
    /// An empty folder.
    pub work: PathBuf,
    /// Where randomness begins.
    pub seed: u64,
}

pub(crate) struct Stage {
    /// Connections by it are taken at the same place each time.
    pub(crate) link: Link,
    /// The reports as the device shows them.
    pub(crate) pages: Vec<ReportPage>,
    scene: Scene,
    folder: PathBuf,
    address: SocketAddr,
    team: TeamCode,
    starts: Moment,
}

impl Stage {
    /// Enrols a device over a good road and lets it fill in so many reports of the day, offline.
    pub(crate) async fn prepare(
        scene: &Scene,
        name: &str,
        reports: usize,
    ) -> Result<Self, RehearsalError> {
        let address = free_address()?;
        let link = Link::start(address, Shape::CLEAR, scene.seed).await?;
        let (team, starts, visits) = visits(scene, reports)?;
        let mut stage = Self {
            link,
            pages: Vec::with_capacity(reports),
            scene: scene.clone(),
            folder: scene.work.join(name),
            address,
            team,
            starts,
        };
        stage.fill(&visits).await?;
        Ok(stage)
    }

    async fn fill(&mut self, visits: &[Visit]) -> Result<(), RehearsalError> {
        let headquarters = self.headquarters(&self.folder).await?;
        let codes = headquarters.codes(std::iter::once(self.team.as_str()))?;
        let folder = self.folder.join("device");
        let device = Device::enrol(&folder, &codes[0], self.starts, self.scene.seed).await?;
        for visit in visits {
            let id = device.work_through_beyond(visit).await?.id;
            self.pages.push(device.page(&id).await?);
        }
        device.lock().await?;
        headquarters.stop().await
    }

    /// Everything as it stood, in another folder, with headquarters running and the device open.
    pub(crate) async fn again(&self, name: &str) -> Result<(Headquarters, Device), RehearsalError> {
        let folder = self.folder.join(name);
        for part in ["headquarters", "device"] {
            copy(&self.folder.join(part), &folder.join(part))?;
        }
        let headquarters = self.headquarters(&folder).await?;
        let device = Device::open(&folder.join("device"), self.starts, self.scene.seed).await?;
        Ok((headquarters, device))
    }

    async fn headquarters(&self, folder: &Path) -> Result<Headquarters, RehearsalError> {
        let data = folder.join("headquarters");
        Headquarters::start(
            &self.scene.program,
            &self.scene.mission,
            &data,
            self.address,
            self.link.address,
        )
        .await
    }

    /// The journal's entries, and the dictionary that headquarters gives its devices.
    pub(crate) fn journal(&self) -> Result<(Vec<Vec<u8>>, Option<Dictionary>), RehearsalError> {
        let vault = Vault::at(self.folder.join("device").join("store"));
        let store = vault.unlock(PIN, &DayClock::at(self.starts));
        let store = store.map_err(unreadable)?;
        let entries = store.entries(1, u32::MAX).map_err(unreadable)?;
        drop(store);
        let data = self.folder.join("headquarters");
        let desk =
            baqylau_hq::Headquarters::reopen(&data, Arc::new(SystemClock), Arc::new(SystemIds));
        let dictionary = desk
            .map_err(unreadable)?
            .plan()
            .dictionaries()
            .last()
            .cloned();
        Ok((
            entries.into_iter().map(|entry| entry.bytes).collect(),
            dictionary,
        ))
    }
}

/// Visits of the day, of all teams, those of the first team's zone: planned answers hold times of day.
fn visits(scene: &Scene, reports: usize) -> Result<(TeamCode, Moment, Vec<Visit>), RehearsalError> {
    let (mission, rehearsal) = load(&scene.mission)?;
    let days = plan(&mission, &rehearsal)?;
    let too_few = |found: usize| RehearsalError::Plan {
        what: format!("only {found} visits, {reports} wanted"),
    };
    let first = days.first().ok_or_else(|| too_few(0))?;
    let of_zone =
        |visit: &&Visit| visit.begins.offset_min == first.starts.offset_min && visit.slip.is_none();
    let all = days.iter().flat_map(|day| &day.visits);
    let mut visits: Vec<Visit> = all.filter(of_zone).cloned().collect();
    if visits.len() < reports {
        return Err(too_few(visits.len()));
    }
    // Spread over the whole day and all forms, in the order of the day.
    visits.sort_by_key(|visit| visit.begins);
    let step = visits.len() / reports.max(1);
    let visits = visits.into_iter().step_by(step.max(1)).take(reports);
    Ok((first.team.clone(), first.starts, visits.collect()))
}

/// The entry in a journal where its report is opened by entry `open`.
pub(crate) fn renumbered(entry: &Entry, open: u64) -> Entry {
    let mut entry = entry.clone();
    match &mut entry.kind {
        EntryKind::Revision { report, .. }
        | EntryKind::Finalise { report, .. }
        | EntryKind::Withdraw { report, .. }
        | EntryKind::Note { report, .. }
        | EntryKind::Attachment { report, .. } => *report = open,
        EntryKind::Open { .. } | EntryKind::Unknown { .. } => {}
    }
    entry
}

/// Copies a folder with everything in it.
pub(crate) fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let to = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &to)?;
        } else {
            fs::copy(entry.path(), to)?;
        }
    }
    Ok(())
}

fn unreadable(error: impl std::fmt::Display) -> RehearsalError {
    RehearsalError::Plan {
        what: error.to_string(),
    }
}
