//! Kills the app's core with -9 in the middle of answering, looks whether every answer that was shown as saved
//! is still there, and reads every file of the app's folder as somebody without the PIN would. Some of the kills are
//! crashes instead, of the kind that leaves a copy of a program's memory behind.

use super::Options;
use super::dumps::{crash_with_dump, leaves_dumps};
use crate::error::RehearsalError;
use crate::headquarters::{Headquarters, free_address};
use crate::seizure::{Found, Search, Secrets};
use crate::stage::copy;
use baqylau_field::SystemClock;
use baqylau_mission::Mission;
use baqylau_store::Vault;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde::Deserialize;
use serde_json::{Value as Json, json};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, BufReader};
use tokio::process::{Child, Command};

pub(super) const PIN: &str = "204011";
/// Where the core's temporary files go, so that they are searched too.
pub(super) const TEMPORARY: &str = "tmp";
/// A store that has been killed so often gives way to a fresh one, so that checking it stays quick.
const KILLS_A_STORE: u32 = 20;
/// The core goes on answering for at most this long: some two hundred answers.
const LONGEST_MS: u64 = 300;
/// What the core says when it has printed every answer it found.
const OPENED: &[u8] = b"opened\n";
/// Every so many kills the files are searched, while the core is at work and after it was killed; that kill is a crash.
const KILLS_A_SEARCH: u32 = 5;

/// What killing the app came to.
#[derive(Debug, Default)]
pub struct AppOutcome {
    /// Kills.
    pub kills: u32,
    /// Kills that came while answers were being acknowledged.
    pub amid_answers: u32,
    /// Answers acknowledged before a kill.
    pub acknowledged: u64,
    /// Acknowledged answers that were gone or other afterwards.
    pub lost: u64,
    /// Stores that could not be opened afterwards.
    pub corrupt: u32,
    /// Files read by somebody without the PIN, during work and after kills.
    pub files_searched: u64,
    /// Answers, names of places and keys that such a reader found, with the file.
    pub readable: Vec<(PathBuf, String)>,
    /// Crashes that the system would have answered with a dump of the memory, were it not forbidden.
    pub crashes: u32,
    /// Dumps that were left all the same.
    pub dumps: u32,
}

impl AppOutcome {
    /// Whether nothing was lost and the campaign tested anything at all.
    #[must_use]
    pub fn is_good(&self) -> bool {
        self.lost == 0
            && self.corrupt == 0
            && self.readable.is_empty()
            && self.dumps == 0
            && self.amid_answers > 0
            && self.files_searched > 0
    }

    /// Both together.
    pub(super) fn add(&mut self, other: Self) {
        self.kills += other.kills;
        self.amid_answers += other.amid_answers;
        self.acknowledged += other.acknowledged;
        self.lost += other.lost;
        self.corrupt += other.corrupt;
        self.files_searched += other.files_searched;
        self.readable.extend(other.readable);
        self.crashes += other.crashes;
        self.dumps += other.dumps;
    }

    fn note(&mut self, found: Found) {
        self.files_searched += found.files;
        self.readable.extend(found.readable);
    }

    /// For programs.
    #[must_use]
    pub fn json(&self) -> Json {
        json!({
            "kills": self.kills,
            "amid_answers": self.amid_answers,
            "acknowledged": self.acknowledged,
            "lost": self.lost,
            "corrupt": self.corrupt,
            "files_searched": self.files_searched,
            "readable": self.readable.len(),
            "crashes": self.crashes,
            "dumps": self.dumps,
        })
    }
}

/// An acknowledged answer as the core's host prints it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(super) struct Answer {
    pub(super) report: String,
    pub(super) question: String,
    pub(super) value: Json,
}

impl Answer {
    fn key(&self) -> (String, String) {
        (self.report.clone(), self.question.clone())
    }
}

/// The last answer to each question of each report.
fn by_question<'a>(
    answers: impl IntoIterator<Item = &'a Answer>,
) -> HashMap<(String, String), Json> {
    let answers = answers.into_iter();
    answers.map(|it| (it.key(), it.value.clone())).collect()
}

/// Runs the campaign. `progress` hears after every kill.
///
/// # Errors
/// When a program cannot be started at all.
pub(super) async fn crash(
    options: &Options,
    kills: u32,
    progress: impl Fn(),
) -> Result<AppOutcome, RehearsalError> {
    if kills == 0 {
        return Ok(AppOutcome::default());
    }
    let enrolled = options.work.join("enrolled");
    std::fs::create_dir_all(options.work.join(TEMPORARY))?;
    let mut campaign = Campaign {
        leaves_dumps: leaves_dumps(&options.work).await?,
        search: enrol(options, &enrolled).await?,
        data: options.work.join("device"),
        before: Vec::new(),
        acknowledged: Vec::new(),
        outcome: AppOutcome::default(),
        enrolled,
        options,
    };
    let mut rng = ChaCha8Rng::seed_from_u64(options.seed);
    for kill in 0..kills {
        if kill % KILLS_A_STORE == 0 {
            campaign.look().await?;
            campaign.renew()?;
        }
        let instant = Duration::from_millis(rng.random_range(1..=LONGEST_MS));
        campaign.kill(instant, kill % KILLS_A_SEARCH == 0).await?;
        progress();
    }
    campaign.look().await?;
    Ok(campaign.outcome)
}

/// A campaign under way.
struct Campaign<'a> {
    options: &'a Options,
    enrolled: PathBuf,
    data: PathBuf,
    search: Search,
    /// Whether this machine leaves a dump where a program crashes.
    leaves_dumps: bool,
    /// What the store held when it was opened last.
    before: Vec<Answer>,
    /// What was acknowledged since then, in order.
    acknowledged: Vec<Answer>,
    outcome: AppOutcome,
}

impl Campaign<'_> {
    /// A fresh store takes the place of one that was killed often.
    fn renew(&mut self) -> Result<(), RehearsalError> {
        self.before.clear();
        self.acknowledged.clear();
        Ok(renew(&self.enrolled, &self.data)?)
    }

    async fn kill(&mut self, instant: Duration, is_searched: bool) -> Result<(), RehearsalError> {
        let mut seen = Vec::new();
        let mut dumped = false;
        let ended = answer_until_killed(self.options, &self.data, instant, async |mut child| {
            if is_searched {
                seen.extend(self.read_files()?);
                dumped = crash_with_dump(&mut child).await?;
            } else {
                child.kill().await?;
            }
            Ok(())
        });
        let said = ended.await?;
        if is_searched {
            seen.extend(self.read_files()?);
            self.outcome.crashes += u32::from(self.leaves_dumps);
            self.outcome.dumps += u32::from(dumped);
        }
        seen.into_iter().for_each(|found| self.outcome.note(found));
        self.outcome.kills += 1;
        let Some((found, acknowledged)) = said else {
            self.outcome.corrupt += 1;
            return self.renew();
        };
        self.outcome.acknowledged += acknowledged.len() as u64;
        self.outcome.amid_answers += u32::from(!acknowledged.is_empty());
        self.outcome.lost += lost(&self.before, &self.acknowledged, &found);
        (self.before, self.acknowledged) = (found, acknowledged);
        Ok(())
    }

    /// Looks at a store that is not killed again.
    async fn look(&mut self) -> Result<(), RehearsalError> {
        if self.outcome.kills == 0 {
            return Ok(());
        }
        match read_answers(self.options, &self.data).await? {
            Some(found) => self.outcome.lost += lost(&self.before, &self.acknowledged, &found),
            None => self.outcome.corrupt += 1,
        }
        Ok(())
    }

    /// Reads the app's folder, and the folder where a program leaves temporary files.
    fn read_files(&self) -> Result<[Found; 2], RehearsalError> {
        let temporary = self.options.work.join(TEMPORARY);
        Ok([self.search.run(&self.data)?, self.search.run(&temporary)?])
    }
}

/// How many of the answers that were there before or were acknowledged since then, in order, are gone or other. Only
/// the answer in flight at the kill may have replaced another: one to the question acknowledged last.
pub(super) fn lost(before: &[Answer], acknowledged: &[Answer], found: &[Answer]) -> u64 {
    let last = acknowledged.last().map(Answer::key);
    let found = by_question(found);
    let is_there = |(key, value): (&(String, String), &Json)| match found.get(key) {
        None => false,
        Some(found) => found == value || last.as_ref() == Some(key),
    };
    by_question(before.iter().chain(acknowledged))
        .iter()
        .filter(|answer| !is_there(*answer))
        .count() as u64
}

/// Enrols the device once, at a real headquarters, and stops it while it answers. What must not be readable in its
/// files is known then.
pub(super) async fn enrol(options: &Options, data: &Path) -> Result<Search, RehearsalError> {
    let address = free_address()?;
    let folder = options.work.join("headquarters");
    let headquarters = Headquarters::start(
        &options.headquarters,
        &options.mission,
        &folder,
        address,
        address,
    )
    .await?;
    let mission = Mission::load(&options.mission).map_err(|problems| RehearsalError::Plan {
        what: format!("{problems:?}"),
    })?;
    let team = mission.teams.first().ok_or_else(|| RehearsalError::Plan {
        what: "no team".to_owned(),
    })?;
    let codes = headquarters.codes(std::iter::once(team.code.as_str()))?;
    let mut child = host(options, data)
        .args(["--code", &codes[0]])
        .stdout(Stdio::piped())
        .spawn()?;
    if let Some(out) = child.stdout.take() {
        let mut lines = BufReader::new(out).split(b'\n');
        // The first acknowledged answer says that enrolment is over and a report begun.
        while lines
            .next_segment()
            .await?
            .is_some_and(|line| parse(&line).is_empty())
        {}
    }
    child.kill().await?;
    headquarters.stop().await?;
    let mut secrets = Secrets::of(&mission);
    secrets.add(codes[0].as_bytes());
    secrets.add_key(&device_key(data)?);
    // What the script types into a text question.
    secrets.add(b"answer 1");
    secrets.search()
}

/// The secret key in the store, which only its PIN opens.
fn device_key(data: &Path) -> Result<Vec<u8>, RehearsalError> {
    let closed = |what: String| RehearsalError::Plan { what };
    let store = Vault::at(data.join("store"))
        .unlock(PIN, &SystemClock)
        .map_err(|error| closed(error.to_string()))?;
    let identity = store
        .identity()
        .map_err(|error| closed(error.to_string()))?;
    let identity = identity.ok_or_else(|| closed("the device is not enrolled".to_owned()))?;
    Ok(identity.device_key.to_vec())
}

/// Lets the core answer for so long, and leaves it to `end`. What it found when it opened the store and what it acknowledged then; `None` when
/// it could not open it.
async fn answer_until_killed(
    options: &Options,
    data: &Path,
    instant: Duration,
    end: impl AsyncFnOnce(Child) -> Result<(), RehearsalError>,
) -> Result<Option<(Vec<Answer>, Vec<Answer>)>, RehearsalError> {
    let mut child = host(options, data).stdout(Stdio::piped()).spawn()?;
    let out = child.stdout.take().ok_or_else(silent)?;
    let mut out = BufReader::new(out);
    let mut found = Vec::new();
    while !found.ends_with(OPENED) {
        if out.read_until(b'\n', &mut found).await? == 0 {
            child.wait().await?;
            return Ok(None);
        }
    }
    // Unlocking is slow on purpose, and a report must be begun: the instant counts from the first answer.
    let mut said = Vec::new();
    out.read_until(b'\n', &mut said).await?;
    let reader = tokio::spawn(async move {
        let read = out.read_to_end(&mut said).await;
        read.map(|_| said)
    });
    tokio::time::sleep(instant).await;
    end(child).await?;
    let said = reader.await.map_err(|_| silent())??;
    // A line cut short by the kill was never shown.
    let whole = said
        .rsplitn(2, |byte| *byte == b'\n')
        .nth(1)
        .unwrap_or_default();
    Ok(Some((parse(&found), parse(whole))))
}

/// Everything in the store after unlocking; `None` when it cannot be opened.
async fn read_answers(
    options: &Options,
    data: &Path,
) -> Result<Option<Vec<Answer>>, RehearsalError> {
    let output = host(options, data).arg("--print-answers").output().await?;
    let is_open = output.status.success() && output.stdout.ends_with(OPENED);
    Ok(is_open.then(|| parse(&output.stdout)))
}

fn silent() -> RehearsalError {
    RehearsalError::Plan {
        what: "the app's core said nothing".to_owned(),
    }
}

pub(super) fn parse(lines: &[u8]) -> Vec<Answer> {
    lines
        .split(|byte| *byte == b'\n')
        .filter_map(|line| serde_json::from_slice(line).ok())
        .collect()
}

pub(super) fn host(options: &Options, data: &Path) -> Command {
    let mut command = Command::new(&options.host);
    command
        .arg("--data")
        .arg(data)
        .args(["--crash-script", "--pin", PIN])
        // A dump would be left where it runs.
        .current_dir(options.work.join(TEMPORARY))
        .env("TMPDIR", options.work.join(TEMPORARY));
    command
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true);
    command
}

/// Puts a copy of the enrolled store in place.
pub(super) fn renew(from: &Path, to: &Path) -> std::io::Result<()> {
    if to.exists() {
        std::fs::remove_dir_all(to)?;
    }
    copy(from, to)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(question: &str, value: i64) -> Answer {
        Answer {
            report: "r".to_owned(),
            question: question.to_owned(),
            value: json!(value),
        }
    }

    #[test]
    fn an_acknowledged_answer_that_is_gone_is_lost() {
        let said = [answer("a", 1), answer("b", 1)];
        assert_eq!(lost(&[], &said, &said[1..]), 1);
        assert_eq!(lost(&[], &said, &said), 0);
    }

    #[test]
    fn only_the_answer_in_flight_may_have_replaced_the_one_before_it() {
        let said = [answer("a", 1), answer("b", 1)];
        assert_eq!(lost(&[], &said, &[answer("a", 1), answer("b", 2)]), 0);
        assert_eq!(lost(&[], &said, &[answer("a", 2), answer("b", 1)]), 1);
    }

    #[test]
    fn of_several_answers_to_a_question_the_last_one_counts() {
        let said = [answer("a", 1), answer("a", 2), answer("b", 1)];
        assert_eq!(lost(&[], &said, &[answer("a", 2), answer("b", 1)]), 0);
        assert_eq!(lost(&[], &said, &[answer("a", 1), answer("b", 1)]), 1);
    }

    #[test]
    fn answers_of_earlier_kills_must_still_be_there_as_they_were() {
        let before = [answer("a", 1)];
        assert_eq!(lost(&before, &[], &[answer("a", 2)]), 1);
        assert_eq!(lost(&[answer("a", 1), answer("b", 1)], &[], &[]), 2);
    }
}
