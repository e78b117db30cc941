//! `cargo xtask damage`: damages a store's files at random. See `docs/THREATS.md`.

use baqylau_disk::damage::{Options, damage};
use baqylau_disk::say::work_folder;
use clap::Parser;
use indicatif::{ProgressBar, ProgressStyle};
use std::process::ExitCode;

/// Damages a store's files again and again, each time anew, and looks what opening it makes of that.
#[derive(Parser)]
struct Arguments {
    /// How often.
    #[arg(long, default_value_t = 1000)]
    damages: u64,
    /// Answers in the store, by half more than are given.
    #[arg(long, default_value_t = 150)]
    answers: u64,
    /// Where the random choices begin.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Prints only JSON on standard output.
    #[arg(long)]
    json: bool,
}

#[allow(clippy::print_stdout, clippy::print_stderr)] // A command line's answer.
fn main() -> Result<ExitCode, Box<dyn std::error::Error>> {
    let arguments = Arguments::parse();
    let work = work_folder()?;
    let options = Options {
        work: work.path().to_owned(),
        answers: arguments.answers,
        damages: arguments.damages,
        seed: arguments.seed,
        workers: std::thread::available_parallelism().map_or(2, usize::from),
    };
    let bar = ProgressBar::new(arguments.damages);
    bar.set_style(ProgressStyle::with_template(
        "{bar:40} {pos}/{len} damages  {elapsed}",
    )?);
    let outcome = damage(&options, |done| bar.set_position(done))?;
    bar.finish_and_clear();
    for (number, what) in &outcome.failures {
        eprintln!("damage {number}: {what}");
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
