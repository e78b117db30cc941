//! The whole day: headquarters, the bad link, all teams, and the reckoning.

mod again;
mod carriers;
mod compare;
mod day;
mod outcome;

pub use again::Again;
pub use carriers::Roads;
pub use compare::Reckoning;
pub use outcome::{Figure, Outcome};

use crate::error::RehearsalError;
use crate::headquarters::{Headquarters, free_address};
use crate::link::{Link, Shape};
use crate::plan::{TeamDay, load, plan};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::Semaphore;

/// Devices that are at work at the same moment. More would only wait for the same cores.
const AT_ONCE: usize = 8;

/// How often everything is sent again when the day is over.
const AGAIN: u32 = 3;

/// What a replay needs.
#[derive(Debug, Clone)]
pub struct Options {
    /// The mission folder.
    pub mission: PathBuf,
    /// The headquarters program.
    pub program: PathBuf,
    /// An empty folder for headquarters' data and the devices' stores.
    pub work: PathBuf,
    /// How bad the network is.
    pub shape: Shape,
    /// Replaces the seed of `rehearsal.toml`.
    pub seed: Option<u64>,
    /// Only so many teams take part; the figures then say nothing about the published ones.
    pub teams: Option<usize>,
    /// No observer ever has a network: everything goes through hands, by file, by codes and by the network in the room.
    pub carriers_only: bool,
    /// Changes one answer of one report against the plan, to show that the figures follow.
    pub alter: Option<Alteration>,
}

/// One answer changed on purpose: the first planned report of `form` whose `question` says `from` says `to` instead.
#[derive(Debug, Clone)]
pub struct Alteration {
    /// The form's id.
    pub form: String,
    /// The question's name.
    pub question: String,
    /// The code to find.
    pub from: String,
    /// The code to put.
    pub to: String,
}

/// The network of the rehearsal: slow, and every fifth connection goes wrong.
pub const BAD_NETWORK: Shape = Shape {
    delay: Duration::from_millis(5),
    bytes_per_second: Some(200_000),
    cut: 0.12,
    lose_reply: 0.08,
    cut_within_bytes: 20_000,
};

/// The network over which devices are enrolled before the day, when the day itself has none.
const CALM_NETWORK: Shape = Shape {
    delay: Duration::ZERO,
    bytes_per_second: None,
    cut: 0.0,
    lose_reply: 0.0,
    cut_within_bytes: 20_000,
};

/// What a replay tells while it runs.
pub trait Watcher: Send + Sync {
    /// The number of visits planned.
    fn planned(&self, visits: u64);
    /// One visit is finished.
    fn visited(&self);
}

/// Replays the day.
///
/// # Errors
/// Whatever stopped it; what headquarters then lacks is no error but part of the outcome.
pub async fn replay(
    options: &Options,
    watcher: Arc<dyn Watcher>,
) -> Result<Outcome, RehearsalError> {
    let started = Instant::now();
    let (mission, mut rehearsal) = load(&options.mission)?;
    rehearsal.seed = options.seed.unwrap_or(rehearsal.seed);
    let mut days = plan(&mission, &rehearsal)?;
    if let Some(alteration) = &options.alter {
        alteration.apply(&mut days)?;
    }
    days.truncate(options.teams.unwrap_or(usize::MAX));
    watcher.planned(days.iter().map(|day| day.visits.len() as u64).sum());

    let address = free_address()?;
    let shape = if options.carriers_only {
        CALM_NETWORK
    } else {
        options.shape
    };
    let link = Link::start(address, shape, rehearsal.seed).await?;
    let data = options.work.join("headquarters");
    let headquarters = Headquarters::start(
        &options.program,
        &options.mission,
        &data,
        address,
        link.address,
    )
    .await?;
    let devices = days.len();
    let team = days.first().map(|day| day.team.0.clone());
    let roads = Arc::new(Roads::default());
    let seed = rehearsal.seed;
    let sent = if options.carriers_only {
        carriers::work_through(options, days, &headquarters, seed, &watcher, &roads).await?
    } else {
        let codes = headquarters.codes(days.iter().map(|day| day.team.as_str()))?;
        work_through(options, days, codes, seed, &watcher).await?
    };
    let again = match team {
        Some(team) => again::send(&headquarters, &team, AGAIN, seed).await?,
        None => Again::default(),
    };
    let held = headquarters.export(&options.work.join("export")).await?;
    let figures = headquarters.ask("indicators").await?;
    headquarters.stop().await?;
    let reckoning = Reckoning::of(&sent, &held);
    Ok(Outcome::new(
        devices,
        reckoning,
        again,
        figures,
        &link.tally,
        &roads,
        started.elapsed(),
    ))
}

/// All teams' days, some at once.
async fn work_through(
    options: &Options,
    days: Vec<TeamDay>,
    codes: Vec<String>,
    seed: u64,
    watcher: &Arc<dyn Watcher>,
) -> Result<Vec<compare::SentReport>, RehearsalError> {
    let room = Arc::new(Semaphore::new(AT_ONCE));
    let mut tasks = tokio::task::JoinSet::new();
    for (number, (day, code)) in days.into_iter().zip(codes).enumerate() {
        let (room, watcher) = (Arc::clone(&room), Arc::clone(watcher));
        let folder = options.work.join("devices").join(day.team.as_str());
        tasks.spawn(async move {
            // The semaphore is never closed.
            let _turn = room.acquire_owned().await;
            day::work_through(
                &folder,
                &day,
                &code,
                seed.wrapping_add(number as u64),
                &*watcher,
            )
            .await
        });
    }
    let mut sent = Vec::new();
    while let Some(done) = tasks.join_next().await {
        let team = done.map_err(|error| RehearsalError::Plan {
            what: error.to_string(),
        })?;
        sent.extend(team?);
    }
    Ok(sent)
}

impl Alteration {
    fn apply(&self, days: &mut [TeamDay]) -> Result<(), RehearsalError> {
        use baqylau_domain::Value;
        let is_meant = |visit: &crate::device::Visit| {
            visit.form.as_str() == self.form
                && visit.slip.is_none()
                && visit.settled.get(&self.question) == Some(&Value::Choice(self.from.clone()))
        };
        let visit = days
            .iter_mut()
            .flat_map(|day| &mut day.visits)
            .find(|visit| is_meant(visit));
        let visit = visit.ok_or_else(|| RehearsalError::Plan {
            what: format!("no report to alter: {self:?}"),
        })?;
        visit
            .settled
            .insert(self.question.clone(), Value::Choice(self.to.clone()));
        Ok(())
    }
}
