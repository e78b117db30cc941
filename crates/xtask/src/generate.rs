//! Files that are written by a program and committed: TypeScript types, message ids, the synthetic register.

use crate::binaries::Scope;
use crate::cli::GenOptions;
use crate::process;
use crate::repository::Repository;
use crate::trouble::{Outcome, Trouble};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

/// One writer of files.
struct Writer {
    /// What it writes.
    what: &'static str,
    /// Where the committed files are.
    folder: &'static str,
    /// Only files with these names or, when empty, all of them.
    only: &'static [&'static str],
    /// Writes into the given folder.
    write: fn(&Repository, Scope, &Path) -> Outcome,
}

const MISSION: &str = "assets/missions/kz-2011";

const WRITERS: &[Writer] = &[
    Writer {
        what: "TypeScript types",
        folder: "ui/src/generated",
        only: &[],
        write: types,
    },
    Writer {
        what: "the synthetic register and teams",
        folder: MISSION,
        only: &["register/stations.csv", "teams.csv", "observers.csv"],
        write: register,
    },
];

fn types(repository: &Repository, scope: Scope, folder: &Path) -> Outcome {
    example(repository, scope, "baqylau-field", "typescript", folder)
}

/// The register is drawn from the plan beside it, so a folder elsewhere gets a copy of the mission first.
fn register(repository: &Repository, scope: Scope, folder: &Path) -> Outcome {
    let mission = repository.at(MISSION);
    if folder != mission {
        copy(&mission, folder)?;
    }
    example(
        repository,
        scope,
        "baqylau-mission",
        "write_register",
        folder,
    )
}

fn copy(from: &Path, to: &Path) -> Outcome {
    fs::create_dir_all(to).map_err(Trouble::file(to))?;
    for entry in fs::read_dir(from).map_err(Trouble::file(from))? {
        let entry = entry.map_err(Trouble::file(from))?;
        let (source, target) = (entry.path(), to.join(entry.file_name()));
        if source.is_dir() {
            copy(&source, &target)?;
        } else {
            fs::copy(&source, &target).map_err(Trouble::file(&source))?;
        }
    }
    Ok(())
}

/// The ids of all sentences, which the interface's own script writes and compares.
fn messages(repository: &Repository, check: bool) -> Outcome {
    let mut command = Command::new("node");
    command
        .current_dir(repository.at("ui"))
        .arg("scripts/messages.mjs");
    if check {
        command.arg("--check");
    }
    process::run(&mut command)
}

/// Runs an example of a crate of ours.
fn example(
    repository: &Repository,
    scope: Scope,
    package: &str,
    name: &str,
    folder: &Path,
) -> Outcome {
    let mut command = match scope {
        Scope::Whole => Command::new(repository.target()?.join("debug/examples").join(name)),
        Scope::Needed => {
            let mut command = repository.cargo();
            command.args([
                "run",
                "--quiet",
                "--package",
                package,
                "--example",
                name,
                "--",
            ]);
            command
        }
    };
    process::run(command.current_dir(repository.root()).arg(folder))
}

/// Writes the files in place, or writes them aside and compares.
pub(crate) fn run(repository: &Repository, options: &GenOptions) -> Outcome {
    messages(repository, options.check)?;
    let aside = repository.target()?.join("generated");
    let scope = Scope::whole(options.whole);
    let mut stale = 0;
    for writer in WRITERS {
        let committed = repository.at(writer.folder);
        if !options.check {
            eprintln!("Writing {} …", writer.what);
            (writer.write)(repository, scope, &committed)?;
            continue;
        }
        let fresh = aside.join(writer.folder);
        if fresh.exists() {
            fs::remove_dir_all(&fresh).map_err(Trouble::file(&fresh))?;
        }
        fs::create_dir_all(&fresh).map_err(Trouble::file(&fresh))?;
        (writer.write)(repository, scope, &fresh)?;
        let differing = differences(&read(&committed, writer.only)?, &read(&fresh, writer.only)?);
        for name in &differing {
            println!(
                "      {}/{name}: stale; run `cargo xtask gen`",
                writer.folder
            );
        }
        stale += differing.len();
    }
    if stale > 0 {
        Err(Trouble::Complaints { count: stale })
    } else {
        Ok(())
    }
}

/// Names of files that are not the same on both sides.
fn differences(
    committed: &BTreeMap<String, Vec<u8>>,
    fresh: &BTreeMap<String, Vec<u8>>,
) -> Vec<String> {
    let mut names: Vec<String> = committed.keys().chain(fresh.keys()).cloned().collect();
    names.sort_unstable();
    names.dedup();
    names.retain(|name| committed.get(name) != fresh.get(name));
    names
}

/// Files of a folder by name: those of a list, or all.
fn read(folder: &Path, only: &[&str]) -> Outcome<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    let mut names: Vec<String> = only.iter().map(|name| (*name).to_owned()).collect();
    if only.is_empty() && folder.is_dir() {
        for entry in fs::read_dir(folder).map_err(Trouble::file(folder))? {
            let entry = entry.map_err(Trouble::file(folder))?;
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    for name in names {
        let path = folder.join(&name);
        if path.is_file() {
            files.insert(name, fs::read(&path).map_err(Trouble::file(&path))?);
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_a_missing_and_a_left_over_file_are_stale() {
        let repository = Repository::here();
        let committed =
            read(&repository.at("ui/src/generated"), &[]).expect("the folder is readable");
        assert_eq!(
            differences(&committed, &committed.clone()),
            Vec::<String>::new()
        );
        let mut broken = committed.clone();
        broken.insert(
            "Status.ts".to_owned(),
            b"export type Status = never".to_vec(),
        );
        broken.remove("Today.ts");
        broken.insert("Forgotten.ts".to_owned(), Vec::new());
        assert_eq!(
            differences(&broken, &committed),
            ["Forgotten.ts", "Status.ts", "Today.ts"]
        );
    }
}
