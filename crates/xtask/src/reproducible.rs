//! Whether the server is the same program when it is built again: two builds from nothing of what is committed, one after
//! the other in the same folder. Whoever wants the same program again needs the same compiler, the same folder, the same
//! home of Cargo, and the commit's time in `SOURCE_DATE_EPOCH`: OpenSSL, which is inside, notes where and when it was built.

use crate::process;
use crate::repository::Repository;
use crate::setup::{self, Need};
use crate::trouble::{Outcome, Trouble};
use std::fs;
use std::path::Path;
use std::process::Command;

const SERVER: &str = "baqylau-hq";

/// Builds the server twice and compares the programs byte by byte.
pub(crate) fn run(repository: &Repository) -> Outcome {
    setup::system(&[Need::Core])?;
    let folder = repository.target()?.join("reproducible");
    let mut programs = Vec::new();
    for which in ["first", "second"] {
        eprintln!("Building the server from nothing: {which} …");
        let kept = folder.join(which);
        build(repository, &folder.join("place"), &kept)?;
        programs.push(fs::read(&kept).map_err(Trouble::file(&kept))?);
        process::run(Command::new("sha256sum").arg(&kept))?;
    }
    if programs[0] == programs[1] {
        println!("The two programs are the same, byte for byte.");
        return Ok(());
    }
    println!("The two programs differ.");
    Err(Trouble::Complaints { count: 1 })
}

/// Builds the newest commit in `place`, which is emptied before, and keeps the program.
fn build(repository: &Repository, place: &Path, kept: &Path) -> Outcome {
    if place.exists() {
        fs::remove_dir_all(place).map_err(Trouble::file(place))?;
    }
    fs::create_dir_all(place).map_err(Trouble::file(place))?;
    let git = || {
        let mut command = Command::new("git");
        command.current_dir(repository.root());
        command
    };
    process::run_aside(git().args(["clone", "--quiet", "--shared", "."]).arg(place))?;
    let committed_at = process::output(git().args(["log", "-1", "--format=%ct"]))?;
    process::run_aside(
        Command::new("cargo")
            .current_dir(place)
            .env_remove("CARGO_MANIFEST_DIR")
            .env_remove("CARGO_TARGET_DIR")
            // A cache would give back the first program.
            .env_remove("RUSTC_WRAPPER")
            // What asks for the time of the build gets that of the commit.
            .env("SOURCE_DATE_EPOCH", committed_at.trim())
            .args(["build", "--release", "--locked", "--package", SERVER])
            .args(["--bin", SERVER]),
    )?;
    let built = place.join("target/release").join(SERVER);
    fs::copy(&built, kept).map_err(Trouble::file(&built))?;
    Ok(())
}
