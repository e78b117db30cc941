//! Cuts the power after every operation of a session, many times each, and opens what is left with the real store.

use crate::disk::{Disk, Operation};
use crate::look::{Facts, lay_out, look};
use crate::promise::{Broken, Promise, Said};
use crate::record::{RecordError, Step, compare, record};
use crate::session::Part;
use crate::survival::{Fates, Image};
use parking_lot::Mutex;
use serde_json::{Value as Json, json};
use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::{Duration, Instant};

/// How to cut.
#[derive(Debug, Clone)]
pub struct Options {
    /// An empty folder, best in memory: what is written there need not last.
    pub work: PathBuf,
    /// How many draws for each cut.
    pub survivals: u32,
    /// Where the random choices begin.
    pub seed: u64,
    /// How many stores are opened side by side.
    pub workers: usize,
    /// Only this cut (after so many operations) and this draw; what is left stays in `work/0`.
    pub only: Option<(u64, u32)>,
    /// Takes every sync for nothing, as a store that syncs nothing would: the campaign must then find losses.
    pub ignores_syncs: bool,
}

/// A promise that a cut broke.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The power went after this operation, counted from 1.
    pub operation: u64,
    /// The number of the draw.
    pub survival: u32,
    /// The operation.
    pub after: String,
    /// How it was broken.
    pub broken: Broken,
    /// What was found instead, when it is no open store.
    pub found: String,
}

/// What the campaign came to.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Operations of the session.
    pub operations: u64,
    /// Power cuts drawn.
    pub survivals: u64,
    /// How many different states they left; each was opened once.
    pub states: u64,
    /// Answers that the session acknowledged.
    pub acknowledged: u64,
    /// Acknowledged things that were gone or other after a cut, over all cuts.
    pub lost: u64,
    /// Cuts after which the store did not open as a whole.
    pub corrupt: u64,
    /// Cuts of a wipe that left neither everything nor nothing.
    pub half_wiped: u64,
    /// The cuts behind these figures.
    pub failures: Vec<Failure>,
    /// How long it took.
    pub took: Duration,
}

impl Outcome {
    /// Whether nothing was broken and anything was tested at all.
    #[must_use]
    pub fn is_good(&self) -> bool {
        self.failures.is_empty() && self.survivals > 0 && self.acknowledged > 0
    }

    /// For programs.
    #[must_use]
    pub fn json(&self) -> Json {
        json!({
            "operations": self.operations,
            "survivals": self.survivals,
            "states": self.states,
            "acknowledged": self.acknowledged,
            "lost": self.lost,
            "corrupt": self.corrupt,
            "half_wiped": self.half_wiped,
            "seconds": self.took.as_secs_f64(),
        })
    }
}

/// Records the whole session: `program` does one part when it is called with `--session PART --folder FOLDER`.
///
/// # Errors
/// See [`RecordError`].
pub fn script(program: &Path, work: &Path, answers: u64) -> Result<Vec<Step>, RecordError> {
    let root = work.join("session");
    fs::create_dir_all(&root)?;
    let mut disk = Disk::default();
    let mut steps = Vec::new();
    for part in Part::ALL {
        let mut command = Command::new(program);
        command.args(["--session", part.name(), "--answers", &answers.to_string()]);
        command.arg("--folder").arg(&root);
        let log = work.join("strace");
        steps.extend(record(&command, &root, &log, &mut disk)?);
        compare(&disk, &root)?;
    }
    Ok(steps)
}

/// A power cut: after which operation, which draw, and which of the states it left.
struct Cut {
    operation: u64,
    survival: u32,
    state: usize,
}

/// Cuts the power after every operation of a record. `progress` hears of operations done, and of all there are.
///
/// # Errors
/// When the record is not complete, or a state cannot be written.
pub fn cut(
    steps: &[Step],
    options: &Options,
    progress: impl Fn(u64, u64),
) -> Result<Outcome, RecordError> {
    let started = Instant::now();
    let looks = Looks::default();
    let (sender, receiver) = sync_channel(options.workers * 4);
    let receiver = Arc::new(Mutex::new(receiver));
    let cuts = std::thread::scope(|scope| {
        for worker in 0..options.workers {
            let folder = options.work.join(worker.to_string());
            let (looks, receiver) = (&looks, Arc::clone(&receiver));
            scope.spawn(move || looks.work(&folder, &receiver));
        }
        drop(receiver);
        let cuts = draw(steps, options, &sender, &looks, progress);
        // The workers end when nobody can send any more.
        drop(sender);
        cuts
    })?;
    let facts = looks.facts.into_inner();
    if let Some(error) = looks.error.into_inner() {
        return Err(error.into());
    }
    let mut outcome = judge(steps, &cuts, &facts);
    outcome.states = facts.len() as u64;
    outcome.took = started.elapsed();
    Ok(outcome)
}

/// What the workers have found. Few of the many states differ in what the store finds in them.
#[derive(Default)]
struct Looks {
    facts: Mutex<HashMap<usize, Arc<Facts>>>,
    known: Mutex<BTreeSet<Arc<Facts>>>,
    error: Mutex<Option<io::Error>>,
    has_failed: AtomicBool,
}

impl Looks {
    fn work(&self, folder: &Path, states: &Mutex<Receiver<(usize, Image)>>) {
        loop {
            let next = states.lock().recv();
            let Ok((state, image)) = next else {
                return;
            };
            if self.has_failed.load(Ordering::Relaxed) {
                continue;
            }
            if let Err(error) = lay_out(&image, folder) {
                *self.error.lock() = Some(error);
                self.has_failed.store(true, Ordering::Relaxed);
                continue;
            }
            let facts = Arc::new(look(folder));
            let mut known = self.known.lock();
            let facts = known.get(&facts).map(Arc::clone).unwrap_or(facts);
            known.insert(Arc::clone(&facts));
            drop(known);
            self.facts.lock().insert(state, facts);
        }
    }
}

/// Replays the record and sends every state that is not known yet to be looked at.
fn draw(
    steps: &[Step],
    options: &Options,
    states: &SyncSender<(usize, Image)>,
    looks: &Looks,
    progress: impl Fn(u64, u64),
) -> Result<Vec<Cut>, RecordError> {
    let all = operations(steps).count() as u64;
    let mut disk = Disk::default();
    let mut known: HashMap<Fates, usize> = HashMap::new();
    let mut cuts = Vec::new();
    for operation in operations(steps) {
        if options.ignores_syncs && matches!(operation, Operation::Sync(_)) {
            disk.skip();
        } else {
            disk.act(operation)?;
        }
        for survival in 0..options.survivals {
            let here = (disk.operations(), survival);
            if options.only.is_some_and(|only| only != here) {
                continue;
            }
            let fates = Fates::draw(&disk, options.seed, survival);
            let next = known.len();
            let state = *known.entry(fates.clone()).or_insert(next);
            if state == next && states.send((state, disk.image(&fates))).is_err() {
                break;
            }
            cuts.push(Cut {
                operation: here.0,
                survival,
                state,
            });
        }
        if looks.has_failed.load(Ordering::Relaxed) {
            break;
        }
        progress(disk.operations(), all);
    }
    Ok(cuts)
}

fn operations(steps: &[Step]) -> impl Iterator<Item = &Operation> {
    steps.iter().filter_map(|step| match step {
        Step::Disk(operation) => Some(operation),
        Step::Said(_) => None,
    })
}

/// Holds what was found against what had been said. What was said between two operations counts for a cut after
/// the first: the power may well go just before the second.
fn judge(steps: &[Step], cuts: &[Cut], facts: &HashMap<usize, Arc<Facts>>) -> Outcome {
    let mut outcome = Outcome {
        survivals: cuts.len() as u64,
        ..Outcome::default()
    };
    let mut promise = Promise::default();
    let mut cuts = cuts;
    let mut last = String::new();
    for step in steps.iter().map(Some).chain([None]) {
        if let Some(Step::Said(line)) = step {
            let Some(said) = Said::read(line) else {
                continue;
            };
            if said == Said::Beginning {
                // What counted until now will not count any more.
                let now = until(cuts, outcome.operations).0;
                hold(now, facts, &promise, &last, &mut outcome);
            }
            outcome.acknowledged += u64::from(matches!(said, Said::Answer { .. }));
            promise.hear(&said);
            continue;
        }
        let (now, rest) = until(cuts, outcome.operations);
        hold(now, facts, &promise, &last, &mut outcome);
        cuts = rest;
        if let Some(Step::Disk(operation)) = step {
            outcome.operations += 1;
            last = operation.to_string();
        }
    }
    outcome
}

/// Cuts after this operation or an earlier one, and the others.
fn until(cuts: &[Cut], operation: u64) -> (&[Cut], &[Cut]) {
    cuts.split_at(cuts.partition_point(|cut| cut.operation <= operation))
}

/// Holds what these cuts left against one promise.
fn hold(
    cuts: &[Cut],
    facts: &HashMap<usize, Arc<Facts>>,
    promise: &Promise,
    after: &str,
    outcome: &mut Outcome,
) {
    for cut in cuts {
        let Some(facts) = facts.get(&cut.state) else {
            continue;
        };
        let Some(broken) = promise.judge(facts) else {
            continue;
        };
        match broken {
            Broken::Lost(things) => outcome.lost += things,
            Broken::Corrupt => outcome.corrupt += 1,
            Broken::HalfWiped => outcome.half_wiped += 1,
        }
        outcome.failures.push(Failure {
            operation: cut.operation,
            survival: cut.survival,
            after: after.to_owned(),
            broken,
            found: match facts.as_ref() {
                Facts::Open(_) => String::new(),
                other => format!("{other:.200?}"),
            },
        });
    }
}
