//! `cargo xtask powercut`: cuts the power after every operation of a scripted session. See `docs/THREATS.md`.

use baqylau_disk::powercut::{Options, cut, script};
use baqylau_disk::say::{Mouth, work_folder};
use baqylau_disk::session::{Part, Session};
use clap::Parser;
use indicatif::{ProgressBar, ProgressStyle};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// How many failures are printed.
const SHOWN: usize = 20;

/// Cuts the power after every operation of a scripted session of the store and opens what may be left.
#[derive(Parser)]
struct Arguments {
    /// Answers in the session.
    #[arg(long, default_value_t = 200)]
    answers: u64,
    /// How often after each operation.
    #[arg(long, default_value_t = 50)]
    survivals: u32,
    /// Where the random choices begin.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Only the cut after this operation; needs --survival.
    #[arg(long, requires = "survival")]
    operation: Option<u64>,
    /// Only this draw of it; what is left is kept, and its folder named.
    #[arg(long, requires = "operation")]
    survival: Option<u32>,
    /// Takes every sync for nothing: losses must be found.
    #[arg(long)]
    without_syncs: bool,
    /// Prints only JSON on standard output.
    #[arg(long)]
    json: bool,
    /// Does one part of the session itself, to be recorded.
    #[arg(long, hide = true, requires = "folder")]
    session: Option<Part>,
    /// The session's folder.
    #[arg(long, hide = true)]
    folder: Option<PathBuf>,
}

#[allow(clippy::print_stdout, clippy::print_stderr)] // A command line's answer.
fn main() -> Result<ExitCode, Box<dyn std::error::Error>> {
    let arguments = Arguments::parse();
    if let (Some(part), Some(folder)) = (arguments.session, &arguments.folder) {
        session(part, folder, arguments.answers)?;
        return Ok(ExitCode::SUCCESS);
    }
    let work = work_folder()?;
    let steps = script(&std::env::current_exe()?, work.path(), arguments.answers)?;
    let options = Options {
        work: work.path().to_owned(),
        survivals: arguments.survivals,
        seed: arguments.seed,
        workers: std::thread::available_parallelism().map_or(2, usize::from),
        only: arguments.operation.zip(arguments.survival),
        ignores_syncs: arguments.without_syncs,
    };
    let bar = ProgressBar::new(0);
    bar.set_style(ProgressStyle::with_template(
        "{bar:40} {pos}/{len} operations  {elapsed}",
    )?);
    let outcome = cut(&steps, &options, |done, all| {
        bar.set_length(all);
        bar.set_position(done);
    })?;
    bar.finish_and_clear();
    for failure in outcome.failures.iter().take(SHOWN) {
        eprintln!(
            "--operation {} --survival {} (after: {}): {:?} {}",
            failure.operation, failure.survival, failure.after, failure.broken, failure.found
        );
    }
    if outcome.failures.len() > SHOWN {
        eprintln!("and {} more", outcome.failures.len() - SHOWN);
    }
    if options.only.is_some() {
        eprintln!("What was left: {}", work.keep().join("0").display());
    }
    if arguments.json {
        println!("{}", outcome.json());
    } else {
        println!("{:#}", outcome.json());
    }
    Ok(if outcome.is_good() != arguments.without_syncs {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Does a part, and says what is acknowledged.
fn session(part: Part, folder: &Path, answers: u64) -> Result<(), Box<dyn std::error::Error>> {
    let mut mouth = Mouth::open()?;
    let mut session = Session::new(folder, answers, |said| mouth.say(&said.to_string()));
    // An open store is left as a killed process leaves it: nothing is closed.
    std::mem::forget(session.run(part)?);
    Ok(())
}
