//! The repository's own commands. `cargo xtask help` lists them; `docs/ARCHITECTURE.md` says which invariant
//! each check holds.
//!
//! This crate stays light (a command-line parser, JSON, TOML) so that `cargo xtask` answers within seconds in
//! a fresh clone, before anything heavy has been compiled.

// A terminal is this program's only interface: results go to standard output, progress to standard error.
#![allow(clippy::print_stdout)]

mod binaries;
mod check;
mod ci;
mod cli;
mod companion;
mod demo;
mod desktop;
mod e2e;
mod fuzz;
mod generate;
mod loopback;
mod mutants;
mod process;
mod rehearsal;
mod repository;
mod reproducible;
mod sbom;
mod setup;
mod steps;
mod supply;
mod trouble;

use clap::Parser;
use cli::{Cli, Command};
use repository::Repository;
use std::process::ExitCode;

fn main() -> ExitCode {
    let repository = Repository::here();
    let outcome = match Cli::parse().command {
        Command::Check(options) => check::run(&repository, &options),
        Command::Gen(options) => generate::run(&repository, &options),
        Command::Ci(options) => ci::run(&repository, &options),
        Command::Demo(options) => demo::run(&repository, &options),
        Command::E2e(options) => e2e::run(&repository, &options),
        Command::Desktop(options) => desktop::run(&repository, &options),
        Command::Replay(forwarded) => rehearsal::run(&repository, "replay", &forwarded),
        Command::Crash(forwarded) => rehearsal::run(&repository, "crash", &forwarded),
        Command::BadRoad(forwarded) => rehearsal::run(&repository, "bad-road", &forwarded),
        Command::Wire(forwarded) => rehearsal::run(&repository, "wire", &forwarded),
        Command::Cuts(forwarded) => rehearsal::run(&repository, "cuts", &forwarded),
        Command::Powercut(forwarded) => rehearsal::disk(&repository, "powercut", &forwarded),
        Command::Damage(forwarded) => rehearsal::disk(&repository, "damage", &forwarded),
        Command::Diskerrors(forwarded) => rehearsal::disk(&repository, "diskerrors", &forwarded),
        Command::Alter(forwarded) => rehearsal::run(&repository, "alter", &forwarded),
        Command::Faults(forwarded) => rehearsal::faults(&repository, &forwarded),
        Command::Fuzz(options) => fuzz::run(&repository, &options),
        Command::Mutants(options) => mutants::run(&repository, &options),
        Command::Sbom => sbom::run(&repository),
        Command::Reproducible => reproducible::run(&repository),
        Command::Vetted => supply::vetted(&repository),
        Command::Advisories(options) => supply::advisories(&repository, &options),
        Command::Bench(forwarded) => rehearsal::bench(&repository, &forwarded),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(trouble) => {
            eprintln!("xtask: {trouble}");
            trouble.exit_code()
        }
    }
}
