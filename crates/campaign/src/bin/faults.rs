//! `cargo xtask faults`: random schedules of faults, and the bugs they must find. See `docs/ARCHITECTURE.md`.

use baqylau_campaign::campaign::{Options, Report, campaign, replay};
use baqylau_protocol::seeded::{Bug, plant};
use clap::Parser;
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;
use std::path::PathBuf;
use std::process::ExitCode;

/// Runs schedules of faults against the real protocol, sync loop, intake and ledger.
#[derive(Parser)]
struct Arguments {
    /// How many schedules; with --seeded-bugs, how many at most for each bug.
    #[arg(long)]
    schedules: Option<u64>,
    /// Where the schedules' seeds begin.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The first schedule's number: a long campaign may be run in parts.
    #[arg(long, default_value_t = 0)]
    first: u64,
    /// Plants every known bug, one after the other, and looks whether the campaign finds it.
    #[arg(long)]
    seeded_bugs: bool,
    /// Replays one schedule by the seed that a failure names, and makes it short.
    #[arg(long)]
    only: Option<u64>,
    /// The mission folder: a small one, made for tests.
    #[arg(long, default_value = "crates/hq/tests/mission")]
    mission: PathBuf,
    /// Side by side; as many as there are cores unless said.
    #[arg(long)]
    threads: Option<usize>,
    /// Prints only JSON on standard output.
    #[arg(long)]
    json: bool,
}

/// What became of a planted bug.
#[derive(Serialize)]
struct Caught {
    bug: String,
    caught: bool,
    /// Schedules it took.
    schedules: u64,
    /// How it showed.
    by: Option<String>,
}

const SCHEDULES: u64 = 10_000;
const SCHEDULES_FOR_A_BUG: u64 = 1_000;

#[allow(clippy::print_stdout)] // A command line's answer.
fn main() -> anyhow::Result<ExitCode> {
    let arguments = Arguments::parse();
    if let Some(seed) = arguments.only {
        let failure = replay(&arguments.mission, seed)?;
        println!("{}", serde_json::to_string_pretty(&failure)?);
        return Ok(exit(failure.is_none()));
    }
    if arguments.seeded_bugs {
        return seeded_bugs(&arguments);
    }
    let report = run(&arguments, arguments.schedules.unwrap_or(SCHEDULES), false)?;
    if arguments.json {
        println!("{}", serde_json::to_string(&report)?);
    } else {
        println!("{}", serde_json::to_string_pretty(&report)?);
    }
    Ok(exit(report.is_good()))
}

fn exit(is_good: bool) -> ExitCode {
    if is_good {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn run(arguments: &Arguments, schedules: u64, stops_early: bool) -> anyhow::Result<Report> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let bar = ProgressBar::new(schedules);
    bar.set_style(ProgressStyle::with_template(
        "{bar:40} {pos}/{len} schedules  {elapsed}  {eta} left",
    )?);
    let options = Options {
        mission: &arguments.mission,
        schedules,
        seed: arguments.seed,
        first: arguments.first,
        threads: arguments.threads.unwrap_or(cores),
        stops_early,
    };
    let report = campaign(&options, |done| bar.set_position(done));
    bar.finish_and_clear();
    report
}

#[allow(clippy::print_stdout)] // A command line's answer.
fn seeded_bugs(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let most = arguments.schedules.unwrap_or(SCHEDULES_FOR_A_BUG);
    let mut all = Vec::new();
    for bug in Bug::ALL {
        plant(Some(bug));
        let report = run(arguments, most, true);
        plant(None);
        let report = report?;
        let caught = Caught {
            bug: format!("{bug:?}"),
            caught: !report.is_good(),
            schedules: report.schedules,
            by: report
                .failures
                .first()
                .map(|failure| failure.broken.to_string()),
        };
        eprintln!(
            "{:<20} {} after {} schedules{}",
            caught.bug,
            if caught.caught {
                "caught"
            } else {
                "NOT CAUGHT"
            },
            caught.schedules,
            caught
                .by
                .as_ref()
                .map_or_else(String::new, |by| format!(": {by}")),
        );
        all.push(caught);
    }
    let missed = all.iter().filter(|one| !one.caught).count();
    println!(
        "{}",
        serde_json::json!({"bugs": all.len(), "caught": all.len() - missed, "missed": missed, "each": all})
    );
    Ok(exit(missed == 0))
}
