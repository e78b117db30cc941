//! `cargo xtask diskerrors`: lets every disk operation of a scripted session fail. See `docs/THREATS.md`.

use baqylau_disk::errors::{Options, fail, faults, places};
use baqylau_disk::say::Mouth;
use baqylau_disk::stubborn::Stubborn;
use clap::Parser;
use indicatif::{ProgressBar, ProgressStyle};
use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// How many failures are printed.
const SHOWN: usize = 20;

/// Lets every disk operation of a scripted session of the store fail, once and from then on.
#[derive(Parser)]
struct Arguments {
    /// Answers in the session.
    #[arg(long, default_value_t = 8)]
    answers: u64,
    /// Only every so many operations.
    #[arg(long, default_value_t = 1)]
    every: usize,
    /// Prints only JSON on standard output.
    #[arg(long)]
    json: bool,
    /// Does the session itself, with whatever fails.
    #[arg(long, hide = true, requires = "folder")]
    session: bool,
    /// The session's folder.
    #[arg(long, hide = true)]
    folder: Option<PathBuf>,
}

#[allow(clippy::print_stdout, clippy::print_stderr)] // A command line's answer.
fn main() -> Result<ExitCode, Box<dyn std::error::Error>> {
    let arguments = Arguments::parse();
    if let (true, Some(folder)) = (arguments.session, &arguments.folder) {
        session(folder, arguments.answers)?;
        return Ok(ExitCode::SUCCESS);
    }
    let work = baqylau_disk::say::work_folder()?;
    let options = Options {
        program: std::env::current_exe()?,
        work: work.path().to_owned(),
        answers: arguments.answers,
        every: arguments.every,
        workers: std::thread::available_parallelism().map_or(2, usize::from),
    };
    let places = places(&options)?;
    let faults = faults(&places, options.every);
    let bar = ProgressBar::new(faults.len() as u64);
    bar.set_style(ProgressStyle::with_template(
        "{bar:40} {pos}/{len} runs  {elapsed}",
    )?);
    let mut outcome = fail(&faults, &options, |done| bar.set_position(done))?;
    bar.finish_and_clear();
    outcome.operations = places.len().div_ceil(options.every.max(1));
    for failure in outcome.failures.iter().take(SHOWN) {
        let fault = &failure.fault;
        let more = if fault.lasts {
            " and all later ones"
        } else {
            ""
        };
        let (call, when) = (&fault.place.call, fault.place.when);
        eprintln!("{call} {when}{more}, {}: {}", fault.error, failure.what);
    }
    if outcome.failures.len() > SHOWN {
        eprintln!("and {} more", outcome.failures.len() - SHOWN);
    }
    if arguments.json {
        println!("{}", outcome.json());
    } else {
        println!("{:#}", outcome.json());
    }
    Ok(if outcome.is_good() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn session(folder: &Path, answers: u64) -> std::io::Result<()> {
    let mouth = RefCell::new(Mouth::open()?);
    let mut session = Stubborn::new(
        folder,
        answers,
        |said| mouth.borrow_mut().say(&said.to_string()),
        |trouble| mouth.borrow_mut().say(&trouble),
    );
    session.run()
}
