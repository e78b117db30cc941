//! `cargo xtask wire`: what batches weigh on the wire. See `docs/SYNC.md`.

use baqylau_rehearsal::stage::Scene;
use baqylau_rehearsal::wire::{Options, wire};
use clap::Parser;
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;
use std::path::PathBuf;
use std::process::ExitCode;

/// Weighs random batches of the day's reports against zstd alone, and counts the sizes that padding leaves.
#[derive(Parser)]
struct Arguments {
    /// Batches of each size that a median is taken of.
    #[arg(long, default_value_t = 501)]
    batches: usize,
    /// Batches of any size that different sizes are counted over.
    #[arg(long, default_value_t = 10_000)]
    sizes_over: usize,
    /// What is drawn follows from this.
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
        scene: Scene {
            mission: arguments.mission,
            program: std::env::current_exe()?.with_file_name("baqylau-hq"),
            work: work.path().to_owned(),
            seed: arguments.seed,
        },
        batches: arguments.batches.max(1),
        sizes_over: arguments.sizes_over,
    };
    let bar = ProgressBar::new(arguments.sizes_over as u64);
    bar.set_style(ProgressStyle::with_template(
        "{bar:40} {pos}/{len} batches  {elapsed}",
    )?);
    let outcome = wire(&options, |done| bar.set_position(done as u64)).await?;
    bar.finish_and_clear();
    println!(
        "{}",
        if arguments.json {
            json!(outcome).to_string()
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
