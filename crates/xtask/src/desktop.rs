//! The same visit in the real window, on a virtual display.

use crate::binaries::{Binaries, Scope};
use crate::cli::DesktopOptions;
use crate::process;
use crate::repository::Repository;
use crate::setup::{self, Need};
use crate::trouble::Outcome;
use std::process::Command;

/// Packages whose programs the visit starts, the visitor among them.
const PACKAGES: &[&str] = &[
    "baqylau-app",
    "baqylau-hq",
    "baqylau-field",
    "baqylau-tests",
];

/// Builds the window and its driver, and makes the visit.
pub(crate) fn run(repository: &Repository, options: &DesktopOptions) -> Outcome {
    setup::system(&[Need::Core, Need::Window, Need::Screens])?;
    let driver = setup::window_driver(repository)?;
    // The whole workspace's build stands on an interface that is there already; another would make the window anew.
    if !options.whole {
        setup::interface(repository)?;
    }
    let binaries = Binaries::build(repository, Scope::whole(options.whole), PACKAGES)?;
    let visitor = binaries.path("window-visit")?;
    let mut command = if options.here {
        Command::new(visitor)
    } else {
        let mut command = Command::new("xvfb-run");
        command
            .args(["--auto-servernum", "--server-args=-screen 0 1280x900x24"])
            .arg(visitor);
        command
    };
    command
        .current_dir(repository.root())
        .env("BAQYLAU_PROGRAMS", binaries.folder())
        .env("BAQYLAU_DRIVER", driver);
    process::run(without_graphics_card(&mut command))
}

/// A virtual display has no graphics card, and a sandbox in a container has no user namespaces.
pub(crate) fn without_graphics_card(command: &mut Command) -> &mut Command {
    command
        .env("WEBKIT_DISABLE_COMPOSITING_MODE", "1")
        .env("LIBGL_ALWAYS_SOFTWARE", "1")
}
