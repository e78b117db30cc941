//! The rehearsals live in their own crate; here they are built and handed their arguments.

use crate::binaries::{Binaries, Scope};
use crate::cli::Forwarded;
use crate::process;
use crate::repository::Repository;
use crate::setup::{self, Need};
use crate::trouble::Outcome;
use std::process::Command;

/// Packages whose programs a rehearsal starts.
const PACKAGES: &[&str] = &["baqylau-rehearsal", "baqylau-hq", "baqylau-field"];

/// Builds a rehearsal and runs it. Only the rehearsal itself writes to standard output.
pub(crate) fn run(repository: &Repository, name: &str, forwarded: &Forwarded) -> Outcome {
    setup::system(&[Need::Core])?;
    if name == "bench" {
        // What is measured must be what is shipped; and the interface's size is one of the figures.
        setup::interface(repository)?;
        let mut command = repository.cargo();
        command.args(["build", "--release", "--bins"]);
        command.args(PACKAGES.iter().flat_map(|package| ["--package", package]));
        process::run(&mut command)?;
        return start(
            repository,
            &repository.target()?.join("release").join(name),
            &forwarded.rest,
        );
    }
    let binaries = Binaries::build(repository, Scope::Needed, PACKAGES)?;
    start(repository, &binaries.path(name)?, &forwarded.rest)
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

fn start(repository: &Repository, program: &std::path::Path, arguments: &[String]) -> Outcome {
    process::run(
        Command::new(program)
            .current_dir(repository.root())
            .args(arguments),
    )
}
