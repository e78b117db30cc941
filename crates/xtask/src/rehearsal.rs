//! The rehearsals live in their own crate; here they are built and handed their arguments.

use crate::binaries::{Binaries, Scope};
use crate::cli::Forwarded;
use crate::desktop::without_graphics_card;
use crate::process;
use crate::repository::Repository;
use crate::setup::{self, Need};
use crate::trouble::Outcome;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Packages whose programs a rehearsal starts.
const PACKAGES: &[&str] = &["baqylau-rehearsal", "baqylau-hq", "baqylau-field"];

/// The programs that the benchmark needs, with their packages. Others of the same packages would only be optimised for
/// nothing.
const BENCHED: &[(&str, &str)] = &[("baqylau-rehearsal", "bench"), ("baqylau-hq", "baqylau-hq")];

/// Those it needs besides, when the window can be opened here.
const BENCHED_WINDOW: &[(&str, &str)] = &[
    ("baqylau-app", "baqylau-app"),
    ("baqylau-tests", "window-start"),
];

/// Builds a rehearsal and runs it. Only the rehearsal itself writes to standard output.
pub(crate) fn run(repository: &Repository, name: &str, forwarded: &Forwarded) -> Outcome {
    setup::system(&[Need::Core])?;
    let binaries = Binaries::build(repository, Scope::Needed, PACKAGES)?;
    start(repository, &binaries.path(name)?, &forwarded.rest)
}

/// Builds the campaigns about the disk and runs one of them.
pub(crate) fn disk(repository: &Repository, name: &str, forwarded: &Forwarded) -> Outcome {
    setup::system(&[Need::Core, Need::Disk])?;
    let binaries = Binaries::build(repository, Scope::Needed, &["baqylau-disk"])?;
    start(repository, &binaries.path(name)?, &forwarded.rest)
}

/// Builds the campaign of faults and runs it.
pub(crate) fn faults(repository: &Repository, forwarded: &Forwarded) -> Outcome {
    setup::system(&[Need::Core, Need::Campaign])?;
    let binaries = Binaries::build(repository, Scope::Needed, &["baqylau-campaign"])?;
    start(repository, &binaries.path("faults")?, &forwarded.rest)
}

/// Builds everything as it is shipped, prepares the peers that this machine can run, and measures.
pub(crate) fn bench(repository: &Repository, forwarded: &Forwarded) -> Outcome {
    setup::system(&[Need::Core])?;
    let target = repository.target()?;
    let release = target.join("release");
    // The window carries the interface inside, so that comes before compiling.
    setup::interface(repository)?;
    let driver = window(repository);
    let forms = oracle(repository, &target.join("oracle"));
    let mut build = repository.cargo();
    build.args(["build", "--release"]);
    let in_window = driver.as_ref().map_or(&[][..], |_| BENCHED_WINDOW);
    for (package, program) in BENCHED.iter().chain(in_window) {
        build.args(["--package", package, "--bin", program]);
    }
    process::run(&mut build)?;

    let mut command = Command::new(release.join("bench"));
    command
        .current_dir(repository.root())
        .arg("--work")
        .arg(&target)
        .env("BAQYLAU_PROGRAMS", &release);
    without_graphics_card(&mut command);
    match &driver {
        Ok(driver) => command.env("BAQYLAU_DRIVER", driver),
        Err(trouble) => command.arg("--without-window").arg(trouble.to_string()),
    };
    match &forms {
        Ok(forms) => command.arg("--forms").arg(forms),
        Err(trouble) => command.arg("--without-oracle").arg(trouble.to_string()),
    };
    process::run(command.args(&forwarded.rest))
}

/// What drives the window, if it can be had here.
fn window(repository: &Repository) -> Outcome<PathBuf> {
    setup::system(&[Need::Window, Need::Screens])?;
    setup::window_driver(repository)
}

/// The forms as ODK's tools convert them, and its engine beside them, if they can be had here.
pub(crate) fn oracle(repository: &Repository, folder: &Path) -> Outcome<PathBuf> {
    setup::system(&[Need::Oracle])?;
    let mut command = Command::new("sh");
    command
        .arg(repository.at("tests/oracle/run.sh"))
        .arg(folder);
    process::run_aside(&mut command)?;
    Ok(folder.to_owned())
}

/// Runs a rehearsal that the whole workspace's build has left.
pub(crate) fn run_built(
    repository: &Repository,
    binaries: &Binaries,
    name: &str,
    arguments: &[&str],
) -> Outcome {
    let arguments: Vec<String> = arguments.iter().map(|one| (*one).to_owned()).collect();
    start(repository, &binaries.path(name)?, &arguments)
}

fn start(repository: &Repository, program: &Path, arguments: &[String]) -> Outcome {
    process::run(
        Command::new(program)
            .current_dir(repository.root())
            .args(arguments),
    )
}
