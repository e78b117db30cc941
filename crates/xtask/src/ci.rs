//! Everything that continuous integration runs, in one list, on a machine that had only Rust and Node.

use crate::binaries::{Binaries, Scope};
use crate::cli::{CheckOptions, CiOptions, DesktopOptions, E2eOptions, FuzzOptions, GenOptions};
use crate::repository::Repository;
use crate::setup::{self, Need};
use crate::steps::Steps;
use crate::trouble::Outcome;
use crate::{check, desktop, e2e, fuzz, generate, process, rehearsal, sbom, supply};

/// Teams whose day goes through leaders' hands alone; the whole day of them takes too long here.
const TEAMS: &str = "8";

/// A campaign of thousands of kills is a command of its own; so many find a coarse mistake at every change.
const KILLS: &str = "40";

/// Two hundred instants of a wipe likewise.
const WIPES: &str = "12";

/// Likewise of two hundred answers with fifty draws for each power cut.
const POWER_CUTS: &[&str] = &["--answers", "40", "--survivals", "5", "--json"];

/// Likewise of every operation that can fail.
const DISK_ERRORS: &[&str] = &["--every", "6", "--json"];

/// Likewise of ten thousand alterations of an export.
const ALTERATIONS: &str = "1000";

/// And a cut at every single byte.
const CUTS: &str = "61";

/// And the sizes of ten thousand batches.
const SIZES_OVER: &str = "300";

/// Ten thousand schedules are a command of its own, too.
const SCHEDULES: &str = "1500";

/// Seconds of fuzzing for each target; five minutes each are a command of its own.
const FUZZING: u64 = 10;

/// Takes the steps in order and prints the table.
pub(crate) fn run(repository: &Repository, options: &CiOptions) -> Outcome {
    let mut steps = Steps::new(options.only.clone(), options.keep_going);
    steps.take("system", || {
        setup::system(&[
            Need::Core,
            Need::Campaign,
            Need::Disk,
            Need::Window,
            Need::Screens,
            Need::KeyStore,
            Need::Oracle,
        ])
    });
    steps.take("format", || {
        cargo(repository, &["fmt", "--all", "--check"])?;
        cargo(
            repository,
            &["fmt", "--manifest-path", fuzz::MANIFEST, "--check"],
        )
    });
    steps.take("check", || {
        check::run(repository, &CheckOptions { quick: true })
    });
    interface(repository, &mut steps);
    // One build with every target and one set of features; the steps after it only run what it left.
    steps.take("build", || {
        Binaries::build(repository, Scope::Whole, &[]).map(drop)
    });
    steps.take("generated", || {
        generate::run(
            repository,
            &GenOptions {
                check: true,
                whole: true,
            },
        )
    });
    steps.take("clippy", || {
        cargo(
            repository,
            &[
                "clippy",
                "--workspace",
                "--all-targets",
                "--quiet",
                "--",
                "--deny",
                "warnings",
            ],
        )
    });
    steps.take("sbom", || sbom::run(repository));
    steps.take("vetted", || supply::vetted(repository));
    steps.take("tests", || tests(repository));
    steps.take("oracle", || {
        rehearsal::oracle(repository, &repository.target()?.join("oracle")).map(drop)
    });
    steps.take("e2e", || {
        e2e::run(
            repository,
            &E2eOptions {
                screenshots: false,
                whole: true,
                rest: Vec::new(),
            },
        )
    });
    rehearsals(repository, &mut steps);
    steps.finish()
}

fn interface(repository: &Repository, steps: &mut Steps) {
    steps.take("npm", || {
        setup::npm(repository, "ui").and_then(|()| setup::npm(repository, e2e::FOLDER))
    });
    for (name, script) in [
        ("interface types", "check"),
        ("interface lint", "lint"),
        ("interface tests", "test"),
        ("interface build", "build"),
    ] {
        steps.take(name, || setup::npm_script(repository, "ui", script));
    }
}

/// Nextest runs the tests of all crates side by side; without it Cargo runs them crate by crate.
fn tests(repository: &Repository) -> Outcome {
    if process::found("cargo-nextest").is_none() {
        return cargo(repository, &["test", "--workspace", "--quiet"]);
    }
    cargo(
        repository,
        &[
            "nextest",
            "run",
            "--workspace",
            "--status-level",
            "slow",
            "--final-status-level",
            "fail",
            "--no-fail-fast",
        ],
    )
}

fn rehearsals(repository: &Repository, steps: &mut Steps) {
    let rehearse = |name: &str, arguments: &[&str]| -> Outcome {
        let built = Binaries::build(repository, Scope::Whole, &[])?;
        rehearsal::run_built(repository, &built, name, arguments)
    };
    steps.take("desktop", || {
        desktop::run(
            repository,
            &DesktopOptions {
                whole: true,
                here: false,
            },
        )
    });
    steps.take("faults", || {
        rehearse("faults", &["--schedules", SCHEDULES, "--json"])
    });
    steps.take("cuts", || rehearse("cuts", &["--every", CUTS, "--json"]));
    steps.take("wire", || {
        rehearse(
            "wire",
            &["--batches", "201", "--sizes-over", SIZES_OVER, "--json"],
        )
    });
    steps.take("crash", || {
        rehearse("crash", &["--kills", KILLS, "--wipes", WIPES, "--json"])
    });
    let forbidden = process::may_trace()
        .err()
        .map(|trouble| format!("a program may not be watched at its work: {trouble}"));
    let forbidden = forbidden.as_deref();
    steps.take_if_allowed("powercut", forbidden, || rehearse("powercut", POWER_CUTS));
    steps.take_if_allowed("diskerrors", forbidden, || {
        rehearse("diskerrors", DISK_ERRORS)
    });
    steps.take("damage", || {
        rehearse("damage", &["--damages", "300", "--json"])
    });
    steps.take("alter", || {
        rehearse("alter", &["--alterations", ALTERATIONS, "--json"])
    });
    steps.take("fuzz", || {
        fuzz::run(
            repository,
            &FuzzOptions {
                seconds: FUZZING,
                targets: Vec::new(),
                seeds: false,
                json: true,
            },
        )
    });
    steps.take("replay", || rehearse("replay", &["--json"]));
    steps.take("carriers", || {
        rehearse("replay", &["--carriers-only", "--teams", TEAMS, "--json"])
    });
}

fn cargo(repository: &Repository, arguments: &[&str]) -> Outcome {
    process::run(repository.cargo().args(arguments))
}
