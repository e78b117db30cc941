//! `cargo xtask bad-road`: how long evidence takes over 20 kbit/s, a second there and back, one connection in twenty cut.

use baqylau_rehearsal::bad_road::{MANY, Options, bad_road};
use baqylau_rehearsal::stage::Scene;
use clap::Parser;
use serde_json::json;
use std::path::PathBuf;
use std::process::ExitCode;

/// Delivers one report, and two hundred, over a very bad road; posts as many forms one by one over the same road.
#[derive(Parser)]
struct Arguments {
    /// Deliveries of each size.
    #[arg(long, default_value_t = 41)]
    runs: usize,
    /// Forms posted one by one; each takes seconds.
    #[arg(long, default_value_t = MANY)]
    posts: usize,
    /// Which connections are cut follows from this.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The mission folder.
    #[arg(long, default_value = "assets/missions/kz-2011")]
    mission: PathBuf,
    /// Prints only JSON on standard output.
    #[arg(long)]
    json: bool,
}

#[tokio::main]
#[allow(clippy::print_stdout, clippy::print_stderr)] // A command line's answer.
async fn main() -> anyhow::Result<ExitCode> {
    let arguments = Arguments::parse();
    let work = tempfile::tempdir()?;
    let options = Options {
        scene: Scene {
            mission: arguments.mission,
            program: std::env::current_exe()?.with_file_name("baqylau-hq"),
            work: work.path().to_owned(),
            seed: arguments.seed,
        },
        runs: arguments.runs.max(1),
        posts: arguments.posts,
    };
    eprintln!("Filling in {MANY} reports, then waiting for a very slow road: some minutes.");
    let outcome = bad_road(&options).await?;
    if arguments.json {
        println!("{}", json!(outcome));
    } else {
        println!("{outcome:#?}");
    }
    Ok(if outcome.is_good() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
