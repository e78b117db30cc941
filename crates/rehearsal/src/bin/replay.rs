//! `cargo xtask replay`: 3 April 2011 once more. See `docs/MISSIONS.md`.

use baqylau_rehearsal::replay::{BAD_NETWORK, Options, Watcher, replay};
use clap::Parser;
use indicatif::{ProgressBar, ProgressStyle};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

/// Replays the mission's day: every team a real device, headquarters a real process, the network bad.
#[derive(Parser)]
struct Arguments {
    /// The mission folder.
    #[arg(long, default_value = "assets/missions/kz-2011")]
    mission: PathBuf,
    /// The headquarters program. Looked for beside this one unless given.
    #[arg(long)]
    hq: Option<PathBuf>,
    /// Another seed than the mission's.
    #[arg(long)]
    seed: Option<u64>,
    /// Only so many teams take part: a short rehearsal of the road, not of the figures.
    #[arg(long)]
    teams: Option<usize>,
    /// No observer ever has a network: everything goes through leaders' hands, by file, codes and the network in the room.
    #[arg(long)]
    carriers_only: bool,
    /// Keeps headquarters' data and the devices' stores in this folder, which must not exist yet.
    #[arg(long)]
    keep: Option<PathBuf>,
    /// Prints only JSON on standard output.
    #[arg(long)]
    json: bool,
}

struct Bar(ProgressBar);

impl Watcher for Bar {
    fn planned(&self, visits: u64) {
        self.0.set_length(visits);
    }

    fn visited(&self) {
        self.0.inc(1);
    }
}

#[tokio::main]
#[allow(clippy::print_stdout)] // A command line's answer.
async fn main() -> anyhow::Result<ExitCode> {
    let arguments = Arguments::parse();
    let scratch = tempfile::tempdir()?;
    let work = arguments.keep.unwrap_or_else(|| scratch.path().to_owned());
    std::fs::create_dir_all(&work)?;
    let beside = std::env::current_exe()?.with_file_name("baqylau-hq");
    let options = Options {
        mission: arguments.mission,
        program: arguments.hq.unwrap_or(beside),
        work,
        shape: BAD_NETWORK,
        seed: arguments.seed,
        teams: arguments.teams,
        carriers_only: arguments.carriers_only,
        alter: None,
    };
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} reports  {elapsed}")?;
    let bar = Arc::new(Bar(ProgressBar::new(0).with_style(style)));
    let outcome = replay(&options, Arc::clone(&bar) as _).await?;
    bar.0.finish_and_clear();
    if arguments.json {
        println!("{}", outcome.json());
    } else {
        println!("{}", outcome.table());
    }
    let is_good = match arguments.teams {
        Some(_) => outcome.is_clean(),
        None => outcome.is_good(),
    };
    Ok(if is_good {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
