//! Other people's code: whether somebody has looked at every package, and whether any of them is known to be unsafe.

use crate::cli::AdvisoriesOptions;
use crate::fuzz;
use crate::process;
use crate::repository::Repository;
use crate::setup;
use crate::trouble::Outcome;
use std::path::Path;
use std::process::Command;

/// Holds every Rust package against `supply-chain`: audited by somebody whose lists we take, or named there as one that
/// nobody has audited. A package that came new, or in another version, is a complaint; the lists are as they were taken.
pub(crate) fn vetted(repository: &Repository) -> Outcome {
    let vetter = setup::vetter(repository)?;
    process::run(
        Command::new(vetter)
            .current_dir(repository.root())
            .env_remove("CARGO_MANIFEST_DIR")
            .args(["vet", "--locked"]),
    )
}

/// Holds the locked Rust packages, and those of the fuzz targets, against the RustSec database: fetched, unless a copy of
/// it is named. What is known and cannot be helped stands in `.cargo/audit.toml` with its reason; all else is a complaint.
pub(crate) fn advisories(repository: &Repository, options: &AdvisoriesOptions) -> Outcome {
    let warner = setup::warner(repository)?;
    let fetched = repository.target()?.join("advisories");
    let beside = repository.at(fuzz::MANIFEST).with_file_name("Cargo.lock");
    for lock in [repository.at("Cargo.lock"), beside] {
        process::run(&mut audit(
            repository,
            &warner,
            &lock,
            options.database.as_deref(),
            &fetched,
        ))?;
    }
    Ok(())
}

/// The call that looks at one lock file.
fn audit(
    repository: &Repository,
    warner: &Path,
    lock: &Path,
    copy: Option<&Path>,
    fetched: &Path,
) -> Command {
    let mut command = Command::new(warner);
    command
        .current_dir(repository.root())
        .args(["audit", "--file"])
        .arg(lock)
        .arg("--db");
    match copy {
        // Which packages were taken back by their authors only the registry's own index tells, so nobody asks for that here.
        Some(copy) => command.arg(copy).arg("--no-fetch"),
        None => command.arg(fetched),
    };
    command
}
