//! What can be asked for on the command line.

use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;

/// Baqylau's own commands.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// One command.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Set everything up, start headquarters with the Kazakhstan mission, enrol a team and open the app
    Demo(DemoOptions),
    /// Replay 3 April 2011 through the same code until headquarters' figures are the published ones
    Replay(Forwarded),
    /// Kill the app's core at random instants and look for lost answers
    Crash(Forwarded),
    /// Cut an exchange with headquarters at every byte, in both directions
    Cuts(Forwarded),
    /// Time deliveries over 20 kbit/s, a second there and back, one connection in twenty cut
    BadRoad(Forwarded),
    /// Weigh batches on the wire against compression alone
    Wire(Forwarded),
    /// Cut the power after every operation of a scripted session of the store and look for lost answers
    Powercut(Forwarded),
    /// Let every disk operation of a scripted session of the store fail and look what was said and what is left
    Diskerrors(Forwarded),
    /// Damage a store's files at random and look whether opening it notices and keeps everything
    Damage(Forwarded),
    /// Alter an export at random and look whether its auditor notices
    Alter(Forwarded),
    /// Run random schedules of faults against the real protocol, sync loop, intake and ledger
    Faults(Forwarded),
    /// Let a fuzzer look for bytes that break what has to hold of any bytes
    Fuzz(FuzzOptions),
    /// Change the protocol and the sync core in one place at a time and look whether their tests notice
    Mutants(MutantsOptions),
    /// Write bills of materials into the target folder, and look whether they leave anything out
    Sbom,
    /// Build the server twice from nothing and look whether it is the same program
    Reproducible,
    /// Look whether every Rust package was audited by somebody, or is named as one that nobody has
    Vetted,
    /// Look whether anything is known against the locked Rust packages
    Advisories(AdvisoriesOptions),
    /// Measure what an observer and a headquarters feel
    Bench(Forwarded),
    /// Everything that continuous integration runs
    Ci(CiOptions),
    /// Dependency arrows, owners, licences, lengths, words, locales, stale files
    Check(CheckOptions),
    /// Write the generated files again: TypeScript from Rust types, the synthetic register
    Gen(GenOptions),
    /// A real browser on the real interface, core and headquarters
    E2e(E2eOptions),
    /// The same visit in the real window, on a virtual display
    Desktop(DesktopOptions),
}

/// How to show the product.
#[derive(Debug, Args)]
pub(crate) struct DemoOptions {
    /// Serve the interface to a browser even though there is a display
    #[arg(long)]
    pub(crate) browser: bool,
    /// Stop headquarters as soon as the team is enrolled: the day begins offline
    #[arg(long)]
    pub(crate) hq_stopped: bool,
    /// Put the last demonstration's data aside and begin anew
    #[arg(long)]
    pub(crate) fresh: bool,
    /// The team to enrol
    #[arg(long, default_value = "T001")]
    pub(crate) team: String,
    /// Headquarters' port at the first start
    #[arg(long, default_value_t = 8443)]
    pub(crate) port: u16,
}

/// What to run, and how to go on.
#[derive(Debug, Args)]
pub(crate) struct CiOptions {
    /// Go on after a failed step
    #[arg(long)]
    pub(crate) keep_going: bool,
    /// Only the steps with these names, as the table at the end prints them
    #[arg(long, value_delimiter = ',')]
    pub(crate) only: Vec<String>,
}

/// Which checks to run.
#[derive(Debug, Args)]
pub(crate) struct CheckOptions {
    /// Leave out what has to compile the core first (stale generated files)
    #[arg(long)]
    pub(crate) quick: bool,
}

/// What to fuzz, and for how long.
#[derive(Debug, Args)]
pub(crate) struct FuzzOptions {
    /// Seconds for each target
    #[arg(long, default_value_t = 300)]
    pub(crate) seconds: u64,
    /// Only these targets
    #[arg(long = "target")]
    pub(crate) targets: Vec<String>,
    /// Write the committed inputs to begin with again, without those that show the fuzzer nothing new
    #[arg(long)]
    pub(crate) seeds: bool,
    /// Print only JSON on standard output
    #[arg(long)]
    pub(crate) json: bool,
}

/// Which changes to try.
#[derive(Debug, Args)]
pub(crate) struct MutantsOptions {
    /// Only the part K of N of all changes, counted from 0
    #[arg(long, value_name = "K/N")]
    pub(crate) shard: Option<String>,
    /// Only in these files (a path from the root, or a pattern)
    #[arg(long = "file")]
    pub(crate) files: Vec<String>,
}

/// What is known, and from where.
#[derive(Debug, Args)]
pub(crate) struct AdvisoriesOptions {
    /// A copy of the RustSec database to look into; without it the newest one is fetched
    #[arg(long, value_name = "FOLDER")]
    pub(crate) database: Option<PathBuf>,
}

/// Whether to write.
#[derive(Debug, Args)]
pub(crate) struct GenOptions {
    /// Write nothing; fail if a committed file differs
    #[arg(long)]
    pub(crate) check: bool,
    /// Use what the whole workspace's build left instead of building the needed parts
    #[arg(long, hide = true)]
    pub(crate) whole: bool,
}

/// How to run the browser tests.
#[derive(Debug, Args)]
pub(crate) struct E2eOptions {
    /// Take the pictures of every screen for docs/img
    #[arg(long)]
    pub(crate) screenshots: bool,
    /// Use what the whole workspace's build left instead of building the needed parts
    #[arg(long, hide = true)]
    pub(crate) whole: bool,
    /// Passed on to Playwright
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    pub(crate) rest: Vec<String>,
}

/// How to run the window test.
#[derive(Debug, Args)]
pub(crate) struct DesktopOptions {
    /// Use what the whole workspace's build left instead of building the needed parts
    #[arg(long, hide = true)]
    pub(crate) whole: bool,
    /// Use the display there is instead of a virtual one
    #[arg(long)]
    pub(crate) here: bool,
}

/// Arguments that another program reads.
#[derive(Debug, Args)]
pub(crate) struct Forwarded {
    /// Passed on; `--help` lists them
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    pub(crate) rest: Vec<String>,
}
