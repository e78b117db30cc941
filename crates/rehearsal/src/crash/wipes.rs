//! The app is killed with -9 while it destroys what it keeps. Afterwards either everything opens with the PIN, or the
//! app is as at its first start; nothing in between. Wipes that nobody disturbs are timed.

use super::Options;
use super::app::{Answer, PIN, enrol, host, lost, parse, renew};
use crate::error::RehearsalError;
use crate::seizure::Search;
use baqylau_field::view::{Phase, Status};
use baqylau_field::{Core, HttpsConnector, SystemClock, SystemIds};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::{Value as Json, json};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::process::{Child, ChildStdout};

/// Wipes that are left alone and timed, before those that are killed.
const TIMED: u32 = 5;
/// The last instants lie a little after the end.
const BEYOND: f64 = 1.15;
/// From the command until no key is left, at most.
const KEYS_GONE_MS: f64 = 1000.0;
/// Words of the script, on lines of their own.
const WIPING: &str = "wiping";
const WIPED: &str = "wiped";

/// What killing wipes came to.
#[derive(Debug, Default)]
pub struct WipeOutcome {
    /// Wipes that were killed.
    pub kills: u32,
    /// Kills after which the store opened with the PIN, whole.
    pub opened: u32,
    /// Kills after which the app was as at its first start.
    pub new: u32,
    /// Of those, kills that a wipe not yet completed was found after.
    pub amid: u32,
    /// Kills that left something that is neither.
    pub half_readable: u32,
    /// Files that were left where nothing should be.
    pub left: Vec<PathBuf>,
    /// Acknowledged answers that were gone or other in a store that opened.
    pub lost: u64,
    /// Milliseconds from the command until no key was left, of each wipe that was left alone.
    pub keys_gone_ms: Vec<f64>,
    /// Milliseconds until the app said that all of it was done.
    pub done_ms: Vec<f64>,
}

impl WipeOutcome {
    /// Whether every kill left all or nothing, the keys were gone in time, and the campaign tested anything at all.
    #[must_use]
    pub fn is_good(&self) -> bool {
        let is_in_time = |ms: &f64| *ms <= KEYS_GONE_MS;
        self.half_readable == 0
            && self.lost == 0
            && self.opened + self.new == self.kills
            && (self.kills == 0 || self.amid > 0)
            && self.keys_gone_ms.iter().all(is_in_time)
    }

    pub(super) fn json(&self) -> Json {
        json!({
            "kills": self.kills,
            "opened": self.opened,
            "new": self.new,
            "amid": self.amid,
            "half_readable": self.half_readable,
            "left": self.left,
            "lost": self.lost,
            "keys_gone_ms": self.keys_gone_ms,
            "done_ms": self.done_ms,
        })
    }
}

/// Runs the campaign. `progress` hears after every kill.
///
/// # Errors
/// When a program cannot be started at all.
pub(super) async fn wipes(
    options: &Options,
    kills: u32,
    progress: impl Fn(),
) -> Result<WipeOutcome, RehearsalError> {
    let mut outcome = WipeOutcome::default();
    if kills == 0 {
        return Ok(outcome);
    }
    std::fs::create_dir_all(options.work.join(super::app::TEMPORARY))?;
    let enrolled = options.work.join("enrolled");
    let data = options.work.join("device");
    let search = enrol(options, &enrolled).await?;
    for _ in 0..TIMED {
        renew(&enrolled, &data)?;
        time(options, &data, &mut outcome).await?;
    }
    let whole_ms = outcome.done_ms.iter().copied().fold(0.0, f64::max) * BEYOND;
    let mut rng = ChaCha8Rng::seed_from_u64(options.seed);
    for kill in 0..kills {
        renew(&enrolled, &data)?;
        // One instant in each part of the wipe, so that few kills find all parts of it too. The keys go in its first
        // tenth: the parts there are the smallest.
        let part: f64 = (f64::from(kill) + rng.random_range(0.0..1.0)) / f64::from(kills);
        let said = kill_after(options, &data, whole_ms * part.powi(3)).await?;
        judge(&data, &said, &search, &mut outcome).await?;
        progress();
    }
    Ok(outcome)
}

/// Lets a wipe come to its end and notes how long it took.
async fn time(
    options: &Options,
    data: &Path,
    outcome: &mut WipeOutcome,
) -> Result<(), RehearsalError> {
    let (mut child, mut lines) = start(options, data)?;
    until(&mut lines, WIPING).await?;
    let begun = Instant::now();
    let slots = data.join("store/keyslots.json");
    let watch = tokio::task::spawn_blocking(move || {
        while slots.exists() && begun.elapsed() < Duration::from_secs(30) {
            std::thread::sleep(Duration::from_micros(50));
        }
        begun.elapsed()
    });
    until(&mut lines, WIPED).await?;
    outcome.done_ms.push(begun.elapsed().as_secs_f64() * 1000.0);
    let gone = watch.await.map_err(|error| RehearsalError::Plan {
        what: error.to_string(),
    })?;
    outcome.keys_gone_ms.push(gone.as_secs_f64() * 1000.0);
    child.wait().await?;
    Ok(())
}

/// Kills the app so long after it began to wipe; what it had acknowledged before.
async fn kill_after(
    options: &Options,
    data: &Path,
    ms: f64,
) -> Result<Vec<Answer>, RehearsalError> {
    let (mut child, mut lines) = start(options, data)?;
    let said = until(&mut lines, WIPING).await?;
    let at = Instant::now() + Duration::from_secs_f64(ms / 1000.0);
    // A timer is too coarse: a whole wipe takes some milliseconds.
    while Instant::now() < at {
        std::hint::spin_loop();
    }
    child.kill().await?;
    Ok(said)
}

/// Looks at what is left as the app does at its start.
async fn judge(
    data: &Path,
    said: &[Answer],
    search: &Search,
    outcome: &mut WipeOutcome,
) -> Result<(), RehearsalError> {
    outcome.kills += 1;
    let was_begun = data.join("store/wiping").exists();
    let is_readable = !search.run(data)?.readable.is_empty();
    let core = Core::new(
        data,
        Arc::new(SystemClock),
        Arc::new(SystemIds),
        Arc::new(HttpsConnector),
    );
    let status = phase(&core, "status", json!({})).await;
    let is_whole = match status {
        Some(Phase::New) => {
            outcome.new += 1;
            outcome.amid += u32::from(was_begun);
            let left = remains(data)?;
            let is_empty = left.is_empty();
            outcome.left.extend(left);
            is_empty
        }
        Some(Phase::Locked) => {
            outcome.opened += 1;
            let opened = phase(&core, "unlock", json!({ "pin": PIN })).await;
            outcome.lost += lost(&[], said, &answers(&core).await);
            opened == Some(Phase::Open)
        }
        _ => false,
    };
    outcome.half_readable += u32::from(!is_whole || is_readable);
    Ok(())
}

async fn phase(core: &Core, command: &str, args: Json) -> Option<Phase> {
    let status = core.call(command, args).await.ok()?;
    let status: Status = serde_json::from_value(status).ok()?;
    Some(status.phase)
}

/// What a store that opened holds; nothing when it cannot be read, so that all of it counts as lost.
async fn answers(core: &Core) -> Vec<Answer> {
    let mut found = Vec::new();
    for (report, answers) in core.saved_answers().await.unwrap_or_default() {
        for (question, value) in answers {
            found.push(Answer {
                report: report.to_string(),
                question,
                value: serde_json::to_value(value).unwrap_or_default(),
            });
        }
    }
    found
}

/// Files that a first start does not have, nor a first start after a wipe.
fn remains(data: &Path) -> Result<Vec<PathBuf>, RehearsalError> {
    let mut found = Vec::new();
    let mut folders = vec![data.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if !path.ends_with("store/store.lock") && !path.ends_with("settings.json") {
                found.push(path);
            }
        }
    }
    Ok(found)
}

fn start(
    options: &Options,
    data: &Path,
) -> Result<(Child, Lines<BufReader<ChildStdout>>), RehearsalError> {
    let mut child = host(options, data)
        .arg("--wipe")
        .stdout(Stdio::piped())
        .spawn()?;
    let out = child.stdout.take().ok_or_else(silent)?;
    Ok((child, BufReader::new(out).lines()))
}

/// Reads until the script says `word`; the answers acknowledged so far.
async fn until(
    lines: &mut Lines<BufReader<ChildStdout>>,
    word: &str,
) -> Result<Vec<Answer>, RehearsalError> {
    let mut said = String::new();
    while let Some(line) = lines.next_line().await? {
        if line == word {
            return Ok(parse(said.as_bytes()));
        }
        said.push_str(&line);
        said.push('\n');
    }
    Err(silent())
}

fn silent() -> RehearsalError {
    RehearsalError::Plan {
        what: "the app ended before it wiped".to_owned(),
    }
}
