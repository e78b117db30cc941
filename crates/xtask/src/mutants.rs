//! Mutation: the protocol and the sync core are changed in one small place at a time, and their tests have to notice.
//!
//! What is changed and what is left out stands in `.cargo/mutants.toml`; what came of it in `docs/MUTANTS.md`. Not a part
//! of CI: every change is a build and a run of a crate's tests, and there are more than a thousand.

use crate::cli::MutantsOptions;
use crate::process;
use crate::repository::Repository;
use crate::setup::{self, Need};
use crate::trouble::{Outcome, Trouble};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};

/// The crates whose tests are put to the test.
const PACKAGES: [&str; 2] = ["baqylau-protocol", "baqylau-sync"];

/// The part of the changes that can be built which the tests have to catch (goal of the campaign).
const LEAST_CAUGHT: f64 = 0.9;

/// Random cases of a property for each change.
const CASES: &str = "16";

/// Exit codes of cargo-mutants after which its results are there: all caught, some missed, some timed out.
const DONE: [i32; 3] = [0, 2, 3];

/// Changes the crates place by place, and prints how many changes their tests caught.
pub(crate) fn run(repository: &Repository, options: &MutantsOptions) -> Outcome {
    setup::system(&[Need::Core, Need::KeyStore])?;
    let cargo_mutants = setup::mutator(repository)?;
    let folder = repository.target()?.join("mutants");
    fs::create_dir_all(&folder).map_err(Trouble::file(&folder))?;
    let mut command = command(repository, options, &cargo_mutants, &folder);
    let status = command
        .stdin(Stdio::null())
        .stdout(std::io::stderr())
        .status()
        .map_err(|source| Trouble::Unstartable {
            program: "cargo-mutants".to_owned(),
            source,
        })?;
    if !is_done(status) {
        return Err(Trouble::Failed {
            program: process::shown(&command),
            status: status.to_string(),
            code: status.code(),
        });
    }
    let file = folder.join("mutants.out/outcomes.json");
    if !file.is_file() {
        return Err(Trouble::Missing {
            what: "Something to change in these files".to_owned(),
            remedy: "Name files of crates/protocol/src or crates/sync/src.".to_owned(),
        });
    }
    let text = fs::read_to_string(&file).map_err(Trouble::file(&file))?;
    let outcomes = serde_json::from_str(&text).map_err(|reason| Trouble::Unreadable {
        what: file.display().to_string(),
        reason: reason.to_string(),
    })?;
    let summary = summary(&outcomes);
    println!("{summary:#}");
    let is_enough = summary["caught_of_viable"]
        .as_f64()
        .is_none_or(|part| part >= LEAST_CAUGHT);
    if is_enough {
        return Ok(());
    }
    let survivors = summary["survivors"].as_array().map_or(0, Vec::len);
    Err(Trouble::Complaints { count: survivors })
}

/// The call of cargo-mutants, with its results in `folder`.
fn command(
    repository: &Repository,
    options: &MutantsOptions,
    cargo_mutants: &Path,
    folder: &Path,
) -> Command {
    let mut command = Command::new(cargo_mutants);
    command
        .current_dir(repository.root())
        .env_remove("CARGO_MANIFEST_DIR")
        // A copy of the working copy is changed, never the working copy itself; it is built in a folder of its own.
        .env("CARGO_TARGET_DIR", folder.join("build"))
        .env("CARGO_PROFILE_DEV_DEBUG", "false")
        // A case that a property failed on for one change must not be tried first for the next.
        .env("PROPTEST_DISABLE_FAILURE_PERSISTENCE", "true")
        // Every change meets the same few random cases.
        .env("PROPTEST_CASES", CASES)
        .env("PROPTEST_RNG_SEED", "1")
        .args(["mutants", "--no-shuffle", "--colors", "never"])
        .arg("--output")
        .arg(folder)
        .args(PACKAGES.iter().flat_map(|name| ["--package", name]))
        .args(options.files.iter().flat_map(|file| ["--file", file]));
    if let Some(shard) = &options.shard {
        command.args(["--shard", shard]);
    }
    if process::found("cargo-nextest").is_some() {
        // The first test that fails is enough, also when another one never ends.
        command.args(["--test-tool", "nextest", "--", "--max-fail", "1:immediate"]);
    }
    command
}

fn is_done(status: ExitStatus) -> bool {
    status.code().is_some_and(|code| DONE.contains(&code))
}

/// The counts, and every change that no test caught. A change that made the tests run for ever counts as one of them:
/// somebody would notice it, but no test said so; `noticed_of_viable` counts it the other way. Both parts are `null` when
/// nothing could be built.
fn summary(outcomes: &Value) -> Value {
    let count = |name: &str| outcomes[name].as_u64().unwrap_or(0);
    let viable = count("total_mutants").saturating_sub(count("unviable"));
    #[expect(
        clippy::cast_precision_loss,
        reason = "there are some thousand changes"
    )]
    let part = |count: u64| (viable > 0).then(|| count as f64 / viable as f64);
    let (caught, timeout) = (count("caught"), count("timeout"));
    let survivors: Vec<&Value> = outcomes["outcomes"]
        .as_array()
        .into_iter()
        .flatten()
        .filter(|one| one["summary"] == "MissedMutant" || one["summary"] == "Timeout")
        .map(|one| &one["scenario"]["Mutant"]["name"])
        .collect();
    json!({
        "mutants": count("total_mutants"),
        "caught": caught,
        "missed": count("missed"),
        "timeout": timeout,
        "unviable": count("unviable"),
        "caught_of_viable": part(caught),
        "noticed_of_viable": part(caught + timeout),
        "survivors": survivors,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_test_caught_is_counted_and_named() {
        let one = |summary: &str, name: &str| {
            let mutant = json!({ "Mutant": { "name": name } });
            json!({ "summary": summary, "scenario": mutant })
        };
        let outcomes = json!({
            "total_mutants": 5, "caught": 2, "missed": 1, "timeout": 1, "unviable": 1,
            "outcomes": [
                { "summary": "Success", "scenario": "Baseline" },
                one("CaughtMutant", "a"), one("MissedMutant", "b"), one("Timeout", "c"),
                one("CaughtMutant", "d"), one("Unviable", "e"),
            ],
        });
        let summary = summary(&outcomes);
        assert_eq!(summary["caught_of_viable"], 0.5);
        assert_eq!(summary["noticed_of_viable"], 0.75);
        assert_eq!(summary["survivors"], json!(["b", "c"]));
        assert_eq!(summary["mutants"], 5);
    }

    #[test]
    fn a_run_that_changed_nothing_has_no_part() {
        let nothing = json!({ "total_mutants": 1, "unviable": 1, "outcomes": [] });
        assert_eq!(summary(&nothing)["caught_of_viable"], Value::Null);
    }
}
