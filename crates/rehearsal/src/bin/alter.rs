//! `cargo xtask alter`: alters an export at random and looks whether its auditor notices. See `docs/THREATS.md`.

use baqylau_rehearsal::alter::{Options, alter};
use clap::Parser;
use indicatif::{ProgressBar, ProgressStyle};
use std::path::PathBuf;
use std::process::ExitCode;

/// Alters an export again and again, each time anew, and looks whether `baqylau-hq verify` would find it.
#[derive(Parser)]
struct Arguments {
    /// How often.
    #[arg(long, default_value_t = 10_000)]
    alterations: u32,
    /// Where the random choices begin.
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
#[allow(clippy::print_stdout)] // A command line's answer.
async fn main() -> anyhow::Result<ExitCode> {
    let arguments = Arguments::parse();
    let work = tempfile::tempdir()?;
    let options = Options {
        mission: arguments.mission,
        work: work.path().join("data"),
        alterations: arguments.alterations,
        seed: arguments.seed,
    };
    let bar = ProgressBar::new(u64::from(arguments.alterations));
    bar.set_style(ProgressStyle::with_template(
        "{bar:40} {pos}/{len} alterations  {elapsed}",
    )?);
    let outcome = alter(&options, |done| bar.set_position(u64::from(done))).await?;
    bar.finish_and_clear();
    println!(
        "{}",
        if arguments.json {
            outcome.json().to_string()
        } else {
            format!("{outcome:#?}")
        }
    );
    Ok(if outcome.is_good() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
