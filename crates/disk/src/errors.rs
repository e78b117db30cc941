//! Lets every operation of a session on the disk fail, once or from then on, and looks what was said and what is left.

use crate::look::look;
use crate::promise::{Broken, Promise, Said};
use crate::record::RecordError;
use crate::strace::{self, CALLS};
use crate::stubborn::Trouble;
use parking_lot::Mutex;
use serde_json::{Value as Json, json};
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// Calls that read. Their errors say nothing about what is on the disk.
const READS: &[&str] = &["read", "pread64"];

/// How to let the disk fail.
#[derive(Debug, Clone)]
pub struct Options {
    /// The program that does the session when it is called with `--session --folder FOLDER`.
    pub program: PathBuf,
    /// An empty folder.
    pub work: PathBuf,
    /// Answers in the session.
    pub answers: u64,
    /// Only every so many operations fail, each in a run of its own; 1: every one.
    pub every: usize,
    /// How many runs side by side.
    pub workers: usize,
}

/// An operation that can fail: a system call, by its number among calls of its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The call.
    pub call: String,
    /// Which of them, from 1.
    pub when: u32,
}

/// One way for one operation to fail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The operation.
    pub place: Place,
    /// The error's name.
    pub error: &'static str,
    /// Whether all later calls of that name fail, too.
    pub lasts: bool,
}

/// What went wrong in a run besides the disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The fault.
    pub fault: Fault,
    /// What.
    pub what: String,
}

/// What the campaign came to.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Operations that were made to fail.
    pub operations: usize,
    /// Runs: each operation fails in several ways.
    pub runs: u64,
    /// Runs in which the session was told that something was not saved.
    pub reported: u64,
    /// Acknowledged things that were gone or other in the end, over all runs.
    pub lost: u64,
    /// Runs after which the store did not open as a whole.
    pub corrupt: u64,
    /// Runs after which a wipe had left something.
    pub half_wiped: u64,
    /// Runs in which a store was set aside for a passing error.
    pub set_aside: u64,
    /// Runs in which an act that had failed with an error of the disk succeeded when it was merely repeated.
    pub repeated: u64,
    /// Runs with an error that is none of the disk's, or that ended otherwise than by themselves.
    pub other: u64,
    /// The runs behind these figures.
    pub failures: Vec<Failure>,
    /// How long it took.
    pub took: Duration,
}

impl Outcome {
    /// Whether nothing went wrong and anything was tested at all.
    #[must_use]
    pub fn is_good(&self) -> bool {
        self.failures.is_empty() && self.reported > 0
    }

    /// For programs.
    #[must_use]
    pub fn json(&self) -> Json {
        json!({
            "operations": self.operations,
            "runs": self.runs,
            "reported": self.reported,
            "lost": self.lost,
            "corrupt": self.corrupt,
            "half_wiped": self.half_wiped,
            "set_aside": self.set_aside,
            "repeated": self.repeated,
            "other": self.other,
            "seconds": self.took.as_secs_f64(),
        })
    }

    fn take(&mut self, fault: &Fault, run: &Run) {
        self.runs += 1;
        self.reported += u64::from(!run.troubles.is_empty());
        let mut wrong = Vec::new();
        match run.broken {
            Some(Broken::Lost(things)) => self.lost += things,
            Some(Broken::Corrupt) => self.corrupt += 1,
            Some(Broken::HalfWiped) => self.half_wiped += 1,
            None => {}
        }
        wrong.extend(run.broken.as_ref().map(|broken| format!("{broken:?}")));
        let mut count = |kind: Trouble, figure: &mut u64| {
            let mut of_kind = run.troubles.iter().filter(|(it, _)| *it == kind);
            if let Some((_, line)) = of_kind.next() {
                *figure += 1;
                wrong.push(line.clone());
            }
        };
        count(Trouble::SetAside, &mut self.set_aside);
        count(Trouble::Repeated, &mut self.repeated);
        count(Trouble::Other, &mut self.other);
        if let Some(end) = &run.bad_end {
            self.other += 1;
            wrong.push(end.clone());
        }
        self.failures.extend(wrong.into_iter().map(|what| Failure {
            fault: fault.clone(),
            what,
        }));
    }
}

/// What a run came to.
struct Run {
    troubles: Vec<(Trouble, String)>,
    broken: Option<Broken>,
    bad_end: Option<String>,
}

/// Runs the session once without faults and lists its operations below the folder.
///
/// # Errors
/// When the session cannot be run, or has trouble without any fault.
pub fn places(options: &Options) -> Result<Vec<Place>, RecordError> {
    let folder = options.work.join("clean");
    let log = options.work.join("calls");
    fs::create_dir_all(&folder)?;
    let calls = format!("trace={CALLS},{}", READS.join(","));
    let mut traced = strace(&log);
    traced.args(["-y", "-xx", "-s", "0", "-e", &calls]);
    let output = session(&mut traced, options, &folder).output()?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    if !output.status.success() || said.lines().any(|line| Trouble::read(line).is_some()) {
        return Err(RecordError::Failed(said));
    }
    let root = fs::canonicalize(&folder)?;
    let root: String = root
        .to_string_lossy()
        .bytes()
        .map(|byte| format!("\\x{byte:02x}"))
        .collect();
    let mut counts: HashMap<String, u32> = HashMap::new();
    let mut places = Vec::new();
    for line in fs::read_to_string(log)?.lines() {
        let Some(call) = strace::call(line)? else {
            continue;
        };
        let when = counts.entry(call.name.to_owned()).or_default();
        *when += 1;
        if line.contains(&root) && call.result.is_some() && !errors(call.name).is_empty() {
            places.push(Place {
                call: call.name.to_owned(),
                when: *when,
            });
        }
    }
    Ok(places)
}

/// Errors that a call is made to end with.
fn errors(call: &str) -> &'static [&'static str] {
    match call {
        "write" | "pwrite64" | "ftruncate" | "mkdir" | "rename" => &["EIO", "ENOSPC"],
        "openat" | "read" | "pread64" | "unlink" | "unlinkat" | "rmdir" | "fsync" | "fdatasync" => {
            &["EIO"]
        }
        _ => &[],
    }
}

/// Every way for every operation to fail.
#[must_use]
pub fn faults(places: &[Place], every: usize) -> Vec<Fault> {
    let mut faults = Vec::new();
    for place in places.iter().step_by(every.max(1)) {
        for error in errors(&place.call) {
            // A file that can never be read again is another test: the damaged one.
            let is_read = READS.contains(&place.call.as_str());
            for lasts in [false, true].into_iter().take(if is_read { 1 } else { 2 }) {
                faults.push(Fault {
                    place: place.clone(),
                    error,
                    lasts,
                });
            }
        }
    }
    faults
}

/// Runs the session once for every fault. `progress` hears of runs done.
///
/// # Errors
/// When a session cannot be run at all.
pub fn fail(
    faults: &[Fault],
    options: &Options,
    progress: impl Fn(u64) + Sync,
) -> Result<Outcome, RecordError> {
    let started = Instant::now();
    let next = AtomicUsize::new(0);
    let outcome = Mutex::new(Outcome::default());
    let error = Mutex::new(None);
    std::thread::scope(|scope| {
        for worker in 0..options.workers {
            let folder = options.work.join(worker.to_string());
            let (next, outcome, error, progress) = (&next, &outcome, &error, &progress);
            scope.spawn(move || {
                while let Some(fault) = faults.get(next.fetch_add(1, Ordering::Relaxed)) {
                    match run(fault, options, &folder) {
                        Ok(run) => {
                            let mut outcome = outcome.lock();
                            outcome.take(fault, &run);
                            progress(outcome.runs);
                        }
                        Err(failed) => {
                            *error.lock() = Some(failed);
                            return;
                        }
                    }
                }
            });
        }
    });
    if let Some(error) = error.into_inner() {
        return Err(error);
    }
    let mut outcome = outcome.into_inner();
    outcome.took = started.elapsed();
    Ok(outcome)
}

fn run(fault: &Fault, options: &Options, folder: &Path) -> Result<Run, RecordError> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;
    let Fault {
        place,
        error,
        lasts,
    } = fault;
    let more = if *lasts { "+" } else { "" };
    let inject = format!(
        "inject={}:error={error}:when={}{more}",
        place.call, place.when
    );
    let mut traced = strace(Path::new("/dev/null"));
    let trace = format!("trace={}", place.call);
    traced.args(["-e", &trace, "-e", &inject]);
    let output = session(&mut traced, options, folder).output()?;
    let mut promise = Promise::default();
    let mut troubles = Vec::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        match Said::read(line) {
            Some(said) => promise.hear(&said),
            None => troubles.extend(Trouble::read(line).map(|it| (it, line.to_owned()))),
        }
    }
    let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
    let bad_end = (!output.status.success()).then(|| format!("{} {complaint}", output.status));
    Ok(Run {
        troubles,
        broken: promise.judge(&look(folder)),
        bad_end,
    })
}

fn strace(log: &Path) -> Command {
    let mut command = Command::new("strace");
    command
        .args(["-f", "--seccomp-bpf", "-e", "signal=none", "-o"])
        .arg(log);
    command
}

fn session<'a>(traced: &'a mut Command, options: &Options, folder: &Path) -> &'a mut Command {
    traced
        .arg(&options.program)
        .arg("--session")
        .arg("--folder")
        .arg(folder);
    traced.args(["--answers", &options.answers.to_string()])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(call: &str) -> Place {
        Place {
            call: call.to_owned(),
            when: 3,
        }
    }

    #[test]
    fn a_write_fails_in_four_ways_and_a_read_in_one() {
        assert_eq!(faults(&[place("pwrite64")], 1).len(), 4);
        assert_eq!(faults(&[place("fdatasync")], 1).len(), 2);
        assert_eq!(faults(&[place("pread64")], 1).len(), 1);
    }

    #[test]
    fn every_kind_of_wrong_is_counted_and_named() {
        let fault = faults(&[place("fsync")], 1).remove(0);
        let mut outcome = Outcome::default();
        outcome.take(
            &fault,
            &Run {
                troubles: vec![
                    (Trouble::Disk, "trouble disk".to_owned()),
                    (Trouble::Repeated, "trouble repeated".to_owned()),
                ],
                broken: Some(Broken::Lost(2)),
                bad_end: Some("exit status: 101".to_owned()),
            },
        );
        assert_eq!((outcome.lost, outcome.repeated, outcome.other), (2, 1, 1));
        assert_eq!(outcome.failures.len(), 3);
        assert!(!outcome.is_good());
    }

    #[test]
    fn trouble_that_was_told_is_not_wrong() {
        let fault = faults(&[place("fsync")], 1).remove(0);
        let mut outcome = Outcome::default();
        let troubles = vec![(Trouble::Full, "trouble full".to_owned())];
        outcome.take(
            &fault,
            &Run {
                troubles,
                broken: None,
                bad_end: None,
            },
        );
        assert!(outcome.is_good());
    }
}
