//! Many schedules, one after the other on every core, and the shortest schedule that fails.

use crate::disk::Bay;
use crate::random::Random;
use crate::world::World;
use crate::world::act::{Act, Fault, schedule};
use crate::world::judge::Broken;
use crate::world::server::Beginning;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Instant;

/// What a campaign is to do.
#[derive(Debug, Clone)]
pub struct Options<'a> {
    /// The mission folder.
    pub mission: &'a Path,
    /// How many schedules.
    pub schedules: u64,
    /// Every schedule's own seed follows from this and its number.
    pub seed: u64,
    /// The first schedule's number, for a campaign that is run in parts.
    pub first: u64,
    /// Side by side.
    pub threads: usize,
    /// Whether to end at the first failure.
    pub stops_early: bool,
}

/// A schedule that broke a promise, made as short as it gets.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub struct Failure {
    /// The seed that replays it.
    pub seed: u64,
    /// Which promise.
    pub broken: Broken,
    /// What is left of it after leaving out whatever does not matter.
    pub acts: Vec<Act>,
}

/// What became of all schedules.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Report {
    /// Schedules run.
    pub schedules: u64,
    /// Faults that happened.
    pub faults: u64,
    /// Different kinds of them.
    pub kinds: usize,
    /// Something saved or held was gone.
    pub lost: u64,
    /// Something was there twice.
    pub doubled: u64,
    /// Something was not as it was written.
    pub altered: u64,
    /// A device believed what was not durable.
    pub receipted_before_durable: u64,
    /// Not everything arrived within three exchanges after everything worked again.
    pub unconverged: u64,
    /// Somebody stopped working.
    pub stuck: u64,
    /// How long it took.
    pub seconds: f64,
    /// How often each kind of fault happened.
    pub by_kind: BTreeMap<Fault, u64>,
    /// The first failures, as short as they get.
    pub failures: Vec<Failure>,
}

/// Failures that are made short and shown; more are only counted.
const SHOWN: usize = 3;

impl Report {
    /// Whether every promise held in every schedule.
    #[must_use]
    pub fn is_good(&self) -> bool {
        self.broken() == 0
    }

    /// Schedules that broke a promise.
    #[must_use]
    pub fn broken(&self) -> u64 {
        self.lost
            + self.doubled
            + self.altered
            + self.receipted_before_durable
            + self.unconverged
            + self.stuck
    }

    fn count(&mut self, broken: &Broken) {
        *match broken {
            Broken::Lost(_) => &mut self.lost,
            Broken::Doubled(_) => &mut self.doubled,
            Broken::Altered(_) => &mut self.altered,
            Broken::ReceiptedBeforeDurable(_) => &mut self.receipted_before_durable,
            Broken::Unconverged(_) => &mut self.unconverged,
            Broken::Stuck(_) => &mut self.stuck,
        } += 1;
    }

    fn add(&mut self, other: Self) {
        self.schedules += other.schedules;
        self.lost += other.lost;
        self.doubled += other.doubled;
        self.altered += other.altered;
        self.receipted_before_durable += other.receipted_before_durable;
        self.unconverged += other.unconverged;
        self.stuck += other.stuck;
        for (fault, times) in other.by_kind {
            *self.by_kind.entry(fault).or_default() += times;
        }
        self.failures.extend(other.failures);
    }
}

/// One thread's place to run schedules in.
struct Stage {
    bay: Bay,
    beginning: Beginning,
    runtime: tokio::runtime::Runtime,
}

impl Stage {
    fn new(mission: &Path, number: usize) -> anyhow::Result<Self> {
        let bay = Bay::register(&format!("campaign-{}-{number}", next_bay()))?;
        let beginning = Beginning::of(mission, &bay)?;
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        Ok(Self {
            bay,
            beginning,
            runtime,
        })
    }

    /// Runs acts in the world of a seed.
    fn run(&self, seed: u64, acts: &[Act]) -> (Result<(), Broken>, BTreeMap<Fault, u64>) {
        self.runtime.block_on(async {
            let mut world = match World::begin(&self.beginning, &self.bay, seed).await {
                Ok(world) => world,
                Err(broken) => return (Err(broken), BTreeMap::new()),
            };
            let mut result = Ok(());
            for act in acts {
                result = world.perform(act).await;
                if result.is_err() {
                    break;
                }
            }
            if result.is_ok() {
                result = world.heal().await;
            }
            (result, std::mem::take(&mut world.faults))
        })
    }

    /// Leaves out act after act as long as some promise still breaks.
    fn shortest(&self, seed: u64, mut acts: Vec<Act>, mut broken: Broken) -> Failure {
        let mut step = acts.len().div_ceil(2);
        while step > 0 {
            let mut from = 0;
            while from < acts.len() {
                let mut fewer = acts.clone();
                fewer.drain(from..(from + step).min(acts.len()));
                match self.run(seed, &fewer).0 {
                    Err(still) => (acts, broken) = (fewer, still),
                    Ok(()) => from += step,
                }
            }
            step /= 2;
        }
        Failure { seed, broken, acts }
    }
}

/// Names given to SQLite cannot be given back, so each campaign in a process takes new ones.
fn next_bay() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    NEXT.fetch_add(1, Ordering::SeqCst)
}

/// Runs a campaign. `told` is called with the number of schedules done.
///
/// # Errors
/// When a world cannot be set up; a broken promise is no error.
pub fn campaign(options: &Options<'_>, told: impl Fn(u64) + Sync) -> anyhow::Result<Report> {
    let started = Instant::now();
    let (next, done, stop) = (AtomicU64::new(0), AtomicU64::new(0), AtomicBool::new(false));
    let work = |number: usize| -> anyhow::Result<Report> {
        let stage = Stage::new(options.mission, number)?;
        let mut report = Report::default();
        loop {
            let begun = next.fetch_add(1, Ordering::SeqCst);
            if begun >= options.schedules || stop.load(Ordering::SeqCst) {
                return Ok(report);
            }
            let seed = mixed(options.seed, options.first + begun);
            let acts = schedule(&Random::new(seed));
            let (result, faults) = stage.run(seed, &acts);
            report.schedules += 1;
            for (fault, times) in faults {
                *report.by_kind.entry(fault).or_default() += times;
            }
            if let Err(broken) = result {
                report.count(&broken);
                if options.stops_early {
                    stop.store(true, Ordering::SeqCst);
                }
                if options.stops_early {
                    // Only whether it is found is asked.
                    report.failures.push(Failure { seed, broken, acts });
                } else if report.failures.len() < SHOWN {
                    report.failures.push(stage.shortest(seed, acts, broken));
                }
            }
            told(done.fetch_add(1, Ordering::SeqCst) + 1);
        }
    };
    let reports = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..options.threads.max(1))
            .map(|number| scope.spawn(move || work(number)))
            .collect();
        threads
            .into_iter()
            .map(|thread| {
                thread
                    .join()
                    .unwrap_or_else(|_| Err(anyhow::anyhow!("a schedule panicked")))
            })
            .collect::<anyhow::Result<Vec<_>>>()
    })?;
    let mut whole = Report::default();
    reports.into_iter().for_each(|report| whole.add(report));
    whole.faults = whole.by_kind.values().sum();
    whole.kinds = whole.by_kind.len();
    whole.seconds = started.elapsed().as_secs_f64();
    Ok(whole)
}

/// Runs one schedule by its own seed, as a failure names it.
///
/// # Errors
/// When the world cannot be set up.
pub fn replay(mission: &Path, seed: u64) -> anyhow::Result<Option<Failure>> {
    let stage = Stage::new(mission, 0)?;
    let acts = schedule(&Random::new(seed));
    let (result, _) = stage.run(seed, &acts);
    Ok(result
        .err()
        .map(|broken| stage.shortest(seed, acts, broken)))
}

/// Runs these acts in the world of a seed, as a failure holds them; the promise that breaks, if one does.
///
/// # Errors
/// When the world cannot be set up.
pub fn rerun(mission: &Path, seed: u64, acts: &[Act]) -> anyhow::Result<Option<Broken>> {
    let stage = Stage::new(mission, 0)?;
    Ok(stage.run(seed, acts).0.err())
}

/// A seed for each schedule of a campaign; neighbouring campaigns share none.
fn mixed(seed: u64, number: u64) -> u64 {
    Random::new(seed ^ number.rotate_left(32)).number()
}
