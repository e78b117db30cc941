//! `cargo xtask cuts`: an exchange with headquarters cut at every byte. See `docs/SYNC.md`.

use baqylau_rehearsal::cuts::{Options, cuts};
use clap::Parser;
use indicatif::{ProgressBar, ProgressStyle};
use std::path::PathBuf;
use std::process::ExitCode;

/// Cuts the connection after every byte of an exchange, in both directions, and looks for what headquarters lacks.
#[derive(Parser)]
struct Arguments {
    /// Only after every so many bytes.
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u64).range(1..))]
    every: u64,
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
        program: std::env::current_exe()?.with_file_name("baqylau-hq"),
        work: work.path().to_owned(),
        every: arguments.every,
    };
    let bar = ProgressBar::new_spinner();
    bar.set_style(ProgressStyle::with_template(
        "{spinner} {pos} exchanges cut  {elapsed}",
    )?);
    let outcome = cuts(&options, |done| bar.set_position(done)).await?;
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
