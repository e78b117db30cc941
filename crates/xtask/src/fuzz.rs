//! Fuzzing: libFuzzer on everything that reads bytes from outside, compiled by the stable toolchain.
//!
//! Rust's own checks of bounds and overflows stand in for the sanitizers of nightly toolchains: our crates hold no
//! `unsafe` code. What is looked for is a broken property, a panic, an endless loop, and memory without bounds.

use crate::cli::FuzzOptions;
use crate::process;
use crate::repository::Repository;
use crate::setup::{self, Need};
use crate::trouble::{Outcome, Trouble};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

/// The fuzzer's own workspace.
pub(crate) const MANIFEST: &str = "fuzz/Cargo.toml";

/// Committed inputs to begin with.
const CORPUS: &str = "fuzz/corpus";

/// Examples (of `baqylau-protocol` and `baqylau-forms`) that write them.
const GENERATORS: [&str; 2] = ["wire-seeds", "form-seeds"];

/// A target, and the longest input that is tried.
const TARGETS: [(&str, usize); 10] = [
    ("outer_message", 16_384),
    ("segment", 16_384),
    ("entry", 4_096),
    ("bundle", 16_384),
    ("configuration", 8_192),
    ("receipt", 1_024),
    ("picture", 16_384),
    ("typed_code", 2_048),
    ("form_file", 16_384),
    ("expression", 2_048),
];

/// Memory that a process may take, MiB (goal X14); `fuzz/src/lib.rs` bounds its heap besides.
const MEMORY_MB: u32 = 64;

/// Seconds for a single input.
const INPUT_SECONDS: u32 = 5;

/// What became of a target.
struct Fuzzed {
    target: &'static str,
    executions: u64,
    seconds: f64,
    crashed: bool,
    peak_mb: u64,
    log: PathBuf,
}

/// Where fuzzing puts its things, all below the target folder.
struct Place {
    programs: PathBuf,
    found: PathBuf,
    crashes: PathBuf,
    folder: PathBuf,
}

/// Compiles the targets, and fuzzes each for some time, or writes their seeds again.
pub(crate) fn run(repository: &Repository, options: &FuzzOptions) -> Outcome {
    let wanted = wanted(&options.targets)?;
    let place = build(repository, &wanted)?;
    if options.seeds {
        return seeds(repository, &place, &wanted);
    }
    let fuzzed = fuzz(repository, &place, &wanted, options.seconds)?;
    if options.json {
        println!("{}", as_json(&fuzzed));
    } else {
        fuzzed.iter().for_each(|one| println!("{}", one.line()));
    }
    match fuzzed.iter().filter(|one| one.crashed).count() {
        0 => Ok(()),
        count => Err(Trouble::Complaints { count }),
    }
}

fn wanted(names: &[String]) -> Outcome<Vec<(&'static str, usize)>> {
    let known = |name: &String| TARGETS.iter().any(|(target, _)| target == name);
    if let Some(unknown) = names.iter().find(|name| !known(name)) {
        return Err(Trouble::Missing {
            what: format!("The target {unknown}"),
            remedy: format!(
                "There are: {}.",
                TARGETS.map(|(target, _)| target).join(", ")
            ),
        });
    }
    let is_wanted = |target: &str| names.is_empty() || names.iter().any(|name| name == target);
    Ok(TARGETS
        .into_iter()
        .filter(|(target, _)| is_wanted(target))
        .collect())
}

fn build(repository: &Repository, wanted: &[(&str, usize)]) -> Outcome<Place> {
    setup::system(&[Need::Core])?;
    let cargo_fuzz = setup::fuzzer(repository)?;
    let folder = repository.target()?.join("fuzz");
    let mut command = Command::new(cargo_fuzz);
    command
        .current_dir(repository.root())
        .env_remove("CARGO_MANIFEST_DIR")
        // The sanitizers need a nightly compiler; coverage does not.
        .args(["build", "--sanitizer", "none", "--fuzz-dir", "fuzz"])
        .arg("--target-dir")
        .arg(&folder);
    if let [(only, _)] = wanted {
        command.arg(only);
    }
    process::run_aside(&mut command)?;
    Ok(Place {
        programs: folder.join(triple()?).join("release"),
        found: folder.join("found"),
        crashes: folder.join("crashes"),
        folder,
    })
}

/// The name of this machine's kind, as the compiler calls it.
fn triple() -> Outcome<String> {
    let text = process::output(Command::new("rustc").arg("-vV"))?;
    text.lines()
        .find_map(|line| line.strip_prefix("host: "))
        .map(str::to_owned)
        .ok_or_else(|| Trouble::Unreadable {
            what: "rustc -vV".to_owned(),
            reason: "it names no host".to_owned(),
        })
}

/// As many targets side by side as there are cores.
fn fuzz(
    repository: &Repository,
    place: &Place,
    wanted: &[(&'static str, usize)],
    seconds: u64,
) -> Outcome<Vec<Fuzzed>> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::new());
    let work = || {
        while let Some((target, longest)) = wanted.get(next.fetch_add(1, Ordering::SeqCst)) {
            eprintln!("{target}: {seconds} s …");
            let fuzzed = fuzz_one(repository, place, target, *longest, seconds);
            if let Ok(fuzzed) = &fuzzed {
                eprintln!("{}", fuzzed.line());
            }
            if let Ok(mut done) = done.lock() {
                done.push(fuzzed);
            }
        }
    };
    std::thread::scope(|scope| {
        (0..cores).for_each(|_| drop(scope.spawn(work)));
    });
    let fuzzed: Outcome<Vec<Fuzzed>> = done.into_inner().unwrap_or_default().into_iter().collect();
    let mut fuzzed = fuzzed?;
    let rank = |one: &Fuzzed| wanted.iter().position(|(target, _)| *target == one.target);
    fuzzed.sort_by_key(rank);
    Ok(fuzzed)
}

fn fuzz_one(
    repository: &Repository,
    place: &Place,
    target: &'static str,
    longest: usize,
    seconds: u64,
) -> Outcome<Fuzzed> {
    let found = place.found.join(target);
    let log = place.folder.join(format!("{target}.log"));
    for folder in [&found, &place.crashes] {
        fs::create_dir_all(folder).map_err(Trouble::file(folder))?;
    }
    let output = fs::File::create(&log).map_err(Trouble::file(&log))?;
    let prefix = place.crashes.join(format!("{target}-"));
    let begun = Instant::now();
    let mut command = Command::new(place.programs.join(target));
    command
        .arg(&found)
        .arg(repository.at(CORPUS).join(target))
        .arg(format!("-max_total_time={seconds}"))
        .arg(format!("-max_len={longest}"))
        .arg(format!("-rss_limit_mb={MEMORY_MB}"))
        .arg(format!("-timeout={INPUT_SECONDS}"))
        .arg(format!("-artifact_prefix={}", prefix.display()))
        .args(["-print_final_stats=1", "-reload=0"])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(output);
    let status = command.status().map_err(|source| Trouble::Unstartable {
        program: target.to_owned(),
        source,
    })?;
    let text = fs::read(&log).map_err(Trouble::file(&log))?;
    let text = String::from_utf8_lossy(&text);
    Ok(Fuzzed {
        target,
        executions: statistic(&text, "number_of_executed_units"),
        seconds: begun.elapsed().as_secs_f64(),
        crashed: !status.success(),
        peak_mb: statistic(&text, "peak_rss_mb"),
        log,
    })
}

/// A line of libFuzzer's own statistics.
fn statistic(log: &str, name: &str) -> u64 {
    let wanted = format!("stat::{name}:");
    log.lines()
        .find_map(|line| line.strip_prefix(&wanted))
        .and_then(|number| number.trim().parse().ok())
        .unwrap_or(0)
}

impl Fuzzed {
    fn line(&self) -> String {
        let Self {
            target,
            executions,
            seconds,
            peak_mb,
            ..
        } = self;
        let end = if self.crashed {
            format!("CRASHED, see {}", self.log.display())
        } else {
            "nothing found".to_owned()
        };
        format!(
            "{target:<14} {executions:>10} executions in {seconds:>4.0} s, {peak_mb} MiB at most: {end}"
        )
    }
}

fn as_json(fuzzed: &[Fuzzed]) -> Value {
    let each: Vec<Value> = fuzzed
        .iter()
        .map(|one| {
            json!({
                "target": one.target,
                "executions": one.executions,
                "seconds": (one.seconds * 10.0).round() / 10.0,
                "crashes": u8::from(one.crashed),
                "peak_mb": one.peak_mb,
            })
        })
        .collect();
    json!({
        "targets": each,
        "executions": fuzzed.iter().map(|one| one.executions).sum::<u64>(),
        "crashes": fuzzed.iter().filter(|one| one.crashed).count(),
    })
}

/// Writes the seeds and keeps those of each target that together show it everything that all of them show.
fn seeds(repository: &Repository, place: &Place, wanted: &[(&str, usize)]) -> Outcome {
    let made = place.folder.join("seeds");
    empty(&made)?;
    let mut command = repository.cargo();
    command.args(["build", "--quiet", "--workspace"]);
    for generator in GENERATORS {
        command.args(["--example", generator]);
    }
    process::run_aside(&mut command)?;
    let built = repository.target()?.join("debug/examples");
    for generator in GENERATORS {
        process::run_aside(Command::new(built.join(generator)).arg(&made))?;
    }
    for (target, _) in wanted {
        let (merged, kept) = (
            place.folder.join("merged"),
            repository.at(CORPUS).join(target),
        );
        empty(&merged)?;
        empty(&kept)?;
        process::run_aside(
            Command::new(place.programs.join(target))
                .arg("-merge=1")
                .args([&merged, &made.join(target)])
                .stderr(Stdio::null()),
        )?;
        let needed: Vec<Vec<u8>> = files(&merged)?
            .into_iter()
            .map(|(_, bytes)| bytes)
            .collect();
        let all = files(&made.join(target))?;
        let (count, of) = (needed.len(), all.len());
        for (name, bytes) in all {
            if needed.contains(&bytes) {
                let path = kept.join(name);
                fs::write(&path, bytes).map_err(Trouble::file(&path))?;
            }
        }
        println!("{target}: {count} of {of} seeds kept");
    }
    Ok(())
}

fn empty(folder: &Path) -> Outcome {
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(Trouble::file(folder))?;
    }
    fs::create_dir_all(folder).map_err(Trouble::file(folder))
}

/// The files of a folder by name, with what is in them.
fn files(folder: &Path) -> Outcome<Vec<(String, Vec<u8>)>> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).map_err(Trouble::file(folder))? {
        let path = entry.map_err(Trouble::file(folder))?.path();
        let bytes = fs::read(&path).map_err(Trouble::file(&path))?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        all.push((name.into_owned(), bytes));
    }
    all.sort();
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fuzzers_statistics_are_read() {
        let log = "INFO: Seed: 1\nDone 9 runs in 2 second(s)\nstat::number_of_executed_units: 9\nstat::peak_rss_mb:              43\n";
        assert_eq!(statistic(log, "number_of_executed_units"), 9);
        assert_eq!(statistic(log, "peak_rss_mb"), 43);
        assert_eq!(statistic(log, "new_units_added"), 0);
    }

    #[test]
    fn a_target_that_is_none_is_named() {
        assert!(wanted(&["entry".to_owned()]).is_ok_and(|all| all == [("entry", 4_096)]));
        assert!(wanted(&[]).is_ok_and(|all| all.len() == TARGETS.len()));
        let unknown = wanted(&["entries".to_owned()]).expect_err("there is none");
        assert!(unknown.to_string().contains("entries"));
    }
}
