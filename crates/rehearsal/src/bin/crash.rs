//! `cargo xtask crash`: kills the app's core and headquarters with -9 at random instants. See `docs/ARCHITECTURE.md`.

use baqylau_rehearsal::crash::{Options, crash};
use clap::Parser;
use indicatif::{ProgressBar, ProgressStyle};
use std::path::PathBuf;
use std::process::ExitCode;

/// Kills the app's core in the middle of answering, and headquarters in the middle of exchanges, and looks for every
/// answer that was shown as saved and every entry that was receipted. Then kills wipes, which must leave all or nothing.
#[derive(Parser)]
struct Arguments {
    /// How often; half of the kills are the app's, half are headquarters'.
    #[arg(long, default_value_t = 200)]
    kills: u32,
    /// How often the app is killed while it destroys what it keeps.
    #[arg(long, default_value_t = 50)]
    wipes: u32,
    /// Where the random instants begin.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many stores and how many headquarters are killed side by side.
    #[arg(long, default_value_t = 1)]
    lanes: u32,
    /// The mission folder.
    #[arg(long, default_value = "assets/missions/kz-2011")]
    mission: PathBuf,
    /// Prints only JSON on standard output.
    #[arg(long)]
    json: bool,
}

#[allow(clippy::print_stdout)] // A command line's answer.
fn main() -> anyhow::Result<ExitCode> {
    let arguments = Arguments::parse();
    let work = tempfile::tempdir()?;
    let beside = |name: &str| std::env::current_exe().map(|path| path.with_file_name(name));
    let options = Options {
        mission: arguments.mission,
        headquarters: beside("baqylau-hq")?,
        host: beside("field-host")?,
        work: work.path().to_owned(),
        kills: arguments.kills,
        wipes: arguments.wipes,
        seed: arguments.seed,
        lanes: arguments.lanes,
    };
    let all = u64::from(arguments.kills) + u64::from(arguments.wipes);
    let bar = ProgressBar::new(all);
    bar.set_style(ProgressStyle::with_template(
        "{bar:40} {pos}/{len} kills  {elapsed}",
    )?);
    let outcome = crash(&options, || bar.inc(1))?;
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
