//! What somebody reads in the files that the app and its web view leave, without the PIN.

use crate::programs::root;
use crate::window::WEB_VIEW;
use aho_corasick::AhoCorasick;
use anyhow::{Context as _, Result, bail, ensure};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Shorter words occur in any few megabytes of noise by chance.
const SHORTEST_BYTES: usize = 8;
/// How answers look when they are written down.
const SHAPES: [&str; 3] = [r#""t":"choice""#, r#""t":"integer""#, r#""t":"text""#];

/// Reads every file below the app's folder for names of the register, for `typed`, and for answers. How many there were.
pub(crate) fn search(device: &Path, typed: &str) -> Result<u64> {
    let mut words: BTreeSet<String> = SHAPES.map(str::to_owned).into();
    words.insert(typed.to_owned());
    for name in ["regions.csv", "districts.csv", "stations.csv"] {
        let file = root().join("assets/missions/kz-2011/register").join(name);
        let mut rows = csv::Reader::from_path(&file).with_context(|| file.display().to_string())?;
        let heads = rows.headers()?.clone();
        for row in rows.records() {
            let row = row?;
            let cells = heads.iter().zip(row.iter());
            let names = cells.filter(|(head, cell)| is_name(head) && cell.len() >= SHORTEST_BYTES);
            words.extend(names.map(|(_, cell)| cell.to_owned()));
        }
    }
    ensure!(words.len() > 100, "hardly anything to look for");
    let words: Vec<String> = words.into_iter().collect();
    let automaton = AhoCorasick::new(&words)?;
    let kept = files_below(&device.join(WEB_VIEW))?;
    ensure!(
        !kept.is_empty(),
        "the web view keeps nothing where it was told to"
    );
    let files = files_below(device)?;
    for file in &files {
        // One may vanish between listing and reading: the app is at work.
        let Ok(bytes) = fs::read(file) else { continue };
        if let Some(hit) = automaton.find(&bytes) {
            let word = &words[hit.pattern().as_usize()];
            bail!("{} says {word:?}", file.display());
        }
    }
    Ok(files.len() as u64)
}

/// Kinds and codes are words of any program.
fn is_name(head: &str) -> bool {
    head.starts_with("name_") || head.starts_with("address_")
}

fn files_below(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            found.extend(files_below(&entry.path())?);
        } else {
            found.push(entry.path());
        }
    }
    Ok(found)
}
