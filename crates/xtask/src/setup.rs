//! Bringing what a fresh machine lacks: system packages, npm packages, the window's driver.

use crate::process::{self, found};
use crate::repository::Repository;
use crate::trouble::{Outcome, Trouble};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Packages that compiling the core needs: a C compiler and make for the database, Perl for its cryptography.
const CORE: &[&str] = &["build-essential", "pkg-config", "perl"];
/// Packages that compiling the campaign of faults needs besides: its disk reads SQLite's headers with Clang's library.
const CAMPAIGN: &[&str] = &["libclang-dev"];
/// Packages that the campaigns about the disk need: what a program does to it is recorded, or made to fail.
const DISK: &[&str] = &["strace"];
/// Packages that the window stands on.
const WINDOW: &[&str] = &[
    "libwebkit2gtk-4.1-dev",
    "libsoup-3.0-dev",
    "librsvg2-dev",
    "fonts-noto-core",
];
/// Packages that drive a browser and a window on a virtual display.
const SCREENS: &[&str] = &[
    "xvfb",
    "xauth",
    "webkit2gtk-driver",
    "dbus",
    "fonts-noto-core",
];
/// Packages that give a test the key store that a Linux desktop has, on a bus of its own.
const KEY_STORE: &[&str] = &["dbus", "gnome-keyring"];
/// Packages that the form language's reference tools run on.
const ORACLE: &[&str] = &["python3", "python3-venv"];
/// The driver between a test and the window; the next major version is unfinished.
const DRIVER: &str = "2.1.0";
/// The driver of the fuzzer.
const FUZZER: &str = "0.13.2";
/// What changes a program in one place at a time.
const MUTATOR: &str = "27.1.0";
/// What lists the packages that a product is built of.
const LISTER: &str = "0.5.9";
/// What holds packages against the lists of those who audited them.
const VETTER: &str = "0.10.3";
/// What holds packages against what is known of them.
const WARNER: &str = "0.22.2";
/// The oldest Node that the interface's tools accept.
const NODE_MAJOR: u32 = 20;

/// What a command is about to do, and so what it needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Need {
    /// Compile everything without a window.
    Core,
    /// Compile the campaign of faults.
    Campaign,
    /// Record what a program does to the disk, and let it fail.
    Disk,
    /// Compile and show the window.
    Window,
    /// Drive a window and a browser.
    Screens,
    /// Drive a browser only.
    Browser,
    /// Run tests that ask a real key store.
    KeyStore,
    /// Run the form language's reference tools.
    Oracle,
}

impl Need {
    fn packages(self) -> &'static [&'static str] {
        match self {
            Self::Core => CORE,
            Self::Campaign => CAMPAIGN,
            Self::Disk => DISK,
            Self::Window => WINDOW,
            Self::Screens => SCREENS,
            Self::Browser => &["fonts-noto-core"],
            Self::KeyStore => KEY_STORE,
            Self::Oracle => ORACLE,
        }
    }

    fn needs_chromium(self) -> bool {
        matches!(self, Self::Screens | Self::Browser)
    }
}

/// Brings the system packages that are missing, or names them and stops.
pub(crate) fn system(needs: &[Need]) -> Outcome {
    let node = node_major();
    if node.is_none_or(|major| major < NODE_MAJOR) || found("npm").is_none() {
        return Err(Trouble::Missing {
            what: format!("Node {NODE_MAJOR} or newer, with npm"),
            remedy: "Install it from your system or from nodejs.org, then run this again."
                .to_owned(),
        });
    }
    let mut wanted: Vec<&str> = needs
        .iter()
        .flat_map(|need| need.packages())
        .copied()
        .collect();
    if needs.iter().any(|need| need.needs_chromium()) && chromium().is_none() {
        wanted.push("chromium");
    }
    wanted.sort_unstable();
    wanted.dedup();
    if !is_debian_like(&fs::read_to_string("/etc/os-release").unwrap_or_default()) {
        return elsewhere(&wanted);
    }
    let missing: Vec<&str> = wanted
        .into_iter()
        .filter(|package| !is_installed(package))
        .collect();
    if missing.is_empty() {
        eprintln!("System packages: all there.");
        return Ok(());
    }
    eprintln!("System packages to install: {}", missing.join(" "));
    install(&missing)
}

/// On a system whose packages we do not know: go on if the tools are there, else say what they are.
fn elsewhere(wanted: &[&str]) -> Outcome {
    let compiler = found("cc").or_else(|| found("clang"));
    if compiler.is_some() && found("perl").is_some() && found("make").is_some() {
        eprintln!(
            "This is neither Debian nor Ubuntu. Going on with the tools found; if the build stops,"
        );
        eprintln!("install your system's names for: {}", wanted.join(" "));
        return Ok(());
    }
    Err(Trouble::Missing {
        what: "A C compiler, make or Perl".to_owned(),
        remedy: format!(
            "Install your system's names for: {}; then run this again.",
            wanted.join(" ")
        ),
    })
}

fn install(missing: &[&str]) -> Outcome {
    let by_hand = format!("sudo apt-get install {}", missing.join(" "));
    let prefix: &[&str] = if is_root() {
        &[]
    } else if found("sudo").is_some() {
        eprintln!("Installing needs the administrator's rights; sudo may ask for your password.");
        &["sudo"]
    } else {
        return Err(Trouble::Missing {
            what: missing.join(", "),
            remedy: format!("As an administrator run: {by_hand}"),
        });
    };
    let apt = |arguments: &[&str]| {
        let mut words: Vec<&str> = prefix.to_vec();
        words.extend(["apt-get", "-q"]);
        words.extend(arguments);
        let mut command = Command::new(words[0]);
        command
            .args(&words[1..])
            .env("DEBIAN_FRONTEND", "noninteractive")
            .stdout(std::io::stderr());
        process::run_asking(&mut command)
    };
    apt(&["update"])?;
    let mut arguments = vec!["install", "--yes", "--no-install-recommends"];
    arguments.extend(missing);
    apt(&arguments)
}

/// Debian, or a system that says it is like it.
fn is_debian_like(os_release: &str) -> bool {
    os_release
        .lines()
        .filter_map(|line| {
            line.strip_prefix("ID=")
                .or_else(|| line.strip_prefix("ID_LIKE="))
        })
        .flat_map(|value| value.trim_matches('"').split_whitespace())
        .any(|id| id == "debian" || id == "ubuntu")
}

fn is_installed(package: &str) -> bool {
    Command::new("dpkg-query")
        .args(["--show", "--showformat=${db:Status-Status}", package])
        .output()
        .is_ok_and(|output| output.status.success() && output.stdout == b"installed")
}

fn is_root() -> bool {
    process::output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

fn node_major() -> Option<u32> {
    let version = process::output(Command::new("node").arg("--version")).ok()?;
    version
        .trim()
        .strip_prefix('v')?
        .split('.')
        .next()?
        .parse()
        .ok()
}

/// The browser that tests drive.
pub(crate) fn chromium() -> Option<PathBuf> {
    ["chromium", "chromium-browser", "google-chrome"]
        .into_iter()
        .find_map(found)
}

/// Installs a folder's npm packages exactly as locked, unless that has been done for this lock file.
pub(crate) fn npm(repository: &Repository, folder: &str) -> Outcome {
    let folder = repository.at(folder);
    let lock = folder.join("package-lock.json");
    let stamp = folder.join("node_modules/.package-lock.json");
    if is_newer(&stamp, &lock) {
        return Ok(());
    }
    eprintln!("Installing the npm packages of {} …", folder.display());
    let mut command = Command::new("npm");
    command
        .current_dir(&folder)
        .args(["ci", "--no-audit", "--no-fund", "--loglevel=error"])
        // Browsers come from the system; a test tool's own copy is neither wanted nor always reachable.
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    process::run_aside(&mut command)
}

/// Runs one of a folder's npm scripts.
pub(crate) fn npm_script(repository: &Repository, folder: &str, script: &str) -> Outcome {
    process::run(&mut npm_run(repository, folder, script))
}

fn npm_run(repository: &Repository, folder: &str, script: &str) -> Command {
    let mut command = Command::new("npm");
    command
        .current_dir(repository.at(folder))
        .args(["run", "--silent", script]);
    command
}

/// Installs the interface's packages and builds it.
pub(crate) fn interface(repository: &Repository) -> Outcome {
    npm(repository, "ui")?;
    eprintln!("Building the interface …");
    process::run_aside(&mut npm_run(repository, "ui", "build"))
}

/// The window's driver, built into the target folder if it is not on this machine.
pub(crate) fn window_driver(repository: &Repository) -> Outcome<PathBuf> {
    let purpose = "which passes a test's clicks to the window";
    tool(repository, "tauri-driver", DRIVER, purpose)
}

/// What compiles and drives fuzz targets, likewise.
pub(crate) fn fuzzer(repository: &Repository) -> Outcome<PathBuf> {
    let purpose = "which compiles programs so that a fuzzer sees their paths";
    tool(repository, "cargo-fuzz", FUZZER, purpose)
}

/// What changes a program so that its tests can be tested, likewise.
pub(crate) fn mutator(repository: &Repository) -> Outcome<PathBuf> {
    let purpose = "which changes a program in one place at a time";
    tool(repository, "cargo-mutants", MUTATOR, purpose)
}

/// What lists the packages that a product is built of, likewise.
pub(crate) fn lister(repository: &Repository) -> Outcome<PathBuf> {
    let purpose = "which lists what a product is built of";
    tool(repository, "cargo-cyclonedx", LISTER, purpose)
}

/// What holds packages against the lists of those who audited them, likewise.
pub(crate) fn vetter(repository: &Repository) -> Outcome<PathBuf> {
    let purpose = "which holds packages against lists of audits";
    tool(repository, "cargo-vet", VETTER, purpose)
}

/// What holds packages against what is known of them, likewise.
pub(crate) fn warner(repository: &Repository) -> Outcome<PathBuf> {
    let purpose = "which holds packages against known advisories";
    tool(repository, "cargo-audit", WARNER, purpose)
}

/// A program from the registry, built into the target folder if it is not there.
fn tool(repository: &Repository, name: &str, version: &str, purpose: &str) -> Outcome<PathBuf> {
    let tools = repository.target()?.join("tools");
    let program = tools.join("bin").join(name);
    if program.is_file() {
        return Ok(program);
    }
    eprintln!("Building {name} {version}, {purpose} …");
    let mut command = repository.cargo();
    command
        .args(["install", name, "--version", version])
        .args(["--locked", "--debug", "--root"])
        .arg(&tools)
        // A target folder of its own: its dependencies differ from the workspace's.
        .env("CARGO_TARGET_DIR", tools.join("build"));
    process::run_aside(&mut command)?;
    Ok(program)
}

fn is_newer(one: &Path, other: &Path) -> bool {
    let changed = |path: &Path| {
        fs::metadata(path)
            .and_then(|metadata| metadata.modified())
            .ok()
    };
    match (changed(one), changed(other)) {
        (Some(one), Some(other)) => one >= other,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debian_and_its_children_are_known_and_others_are_not() {
        assert!(is_debian_like("NAME=\"Debian GNU/Linux\"\nID=debian\n"));
        assert!(is_debian_like("ID=ubuntu\nID_LIKE=debian\n"));
        assert!(is_debian_like("ID=linuxmint\nID_LIKE=\"ubuntu debian\"\n"));
        assert!(!is_debian_like("ID=fedora\nID_LIKE=\"rhel centos\"\n"));
        assert!(!is_debian_like(""));
    }
}
