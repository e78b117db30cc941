//! A real browser on the real interface, the real core and a real headquarters.

use crate::binaries::{Binaries, Scope};
use crate::cli::E2eOptions;
use crate::process;
use crate::repository::Repository;
use crate::setup::{self, Need};
use crate::trouble::{Outcome, Trouble};
use std::process::Command;

/// Where the browser tests are.
pub(crate) const FOLDER: &str = "tests/e2e";

/// Builds what is needed and runs Playwright.
pub(crate) fn run(repository: &Repository, options: &E2eOptions) -> Outcome {
    setup::system(&[Need::Core, Need::Browser, Need::KeyStore])?;
    setup::npm(repository, FOLDER)?;
    setup::interface(repository)?;
    let binaries = Binaries::build(
        repository,
        Scope::whole(options.whole),
        &["baqylau-hq", "baqylau-field"],
    )?;
    let chromium = setup::chromium().ok_or_else(|| Trouble::Missing {
        what: "Chromium".to_owned(),
        remedy: "Install it from your system, then run this again.".to_owned(),
    })?;
    let mut command = Command::new("npx");
    command
        .current_dir(repository.at(FOLDER))
        .args(["--no-install", "playwright", "test"])
        .args(&options.rest)
        .env("BAQYLAU_PROGRAMS", binaries.folder())
        .env("BAQYLAU_CHROMIUM", chromium);
    if options.screenshots {
        command.arg("--project=pictures");
        command.env("BAQYLAU_PICTURES", repository.at("docs/img"));
    } else {
        command.arg("--project=visits");
    }
    process::run(&mut command)
}
