//! What the app's page brings with it.

use super::error::BenchError;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write as _;
use std::path::Path;

const PAGE: &str = "field.html";
const ASSETS: &str = "assets";

/// Sizes in thousands of bytes.
pub(super) struct Weight {
    /// Scripts and styles that the page names and those that these import: each compressed by itself with
    /// gzip, level 9, as a server would send it.
    pub(super) at_once_kb: f64,
    /// What those may load later. An upper bound: it holds every language, and whatever else they name.
    pub(super) later_kb: f64,
    /// The fonts that the styles name, as they are.
    pub(super) fonts_kb: f64,
}

/// Weighs the built interface in `folder`.
pub(super) fn weigh(folder: &Path) -> Result<Weight, BenchError> {
    let page = fs::read_to_string(folder.join(PAGE)).map_err(|error| BenchError::Unreadable {
        what: folder.join(PAGE).display().to_string(),
        reason: error.to_string(),
    })?;
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder.join(ASSETS))? {
        let entry = entry?;
        files.insert(
            entry.file_name().to_string_lossy().into_owned(),
            fs::read(entry.path())?,
        );
    }
    let named = |name: &str| page.contains(&format!("{ASSETS}/{name}"));
    let at_once = closure(&files, files.keys().filter(|name| named(name)), imports);
    let everything = closure(&files, at_once.iter(), mentions);
    let later: BTreeSet<String> = everything.difference(&at_once).cloned().collect();
    let (fonts, later): (BTreeSet<String>, BTreeSet<String>) =
        later.into_iter().partition(|name| is_font(name));
    Ok(Weight {
        at_once_kb: compressed(&files, &at_once)?,
        later_kb: compressed(&files, &later)?,
        fonts_kb: fonts.iter().map(|name| files[name].len()).sum::<usize>() as f64 / 1e3,
    })
}

/// What is reached from `first` by files that speak of one another.
fn closure<'a>(
    files: &BTreeMap<String, Vec<u8>>,
    first: impl Iterator<Item = &'a String>,
    speaks_of: fn(&str, &str) -> bool,
) -> BTreeSet<String> {
    let mut reached = BTreeSet::new();
    let mut open: Vec<String> = first.cloned().collect();
    while let Some(name) = open.pop() {
        let text = if is_font(&name) {
            String::new()
        } else {
            files
                .get(&name)
                .map(|bytes| String::from_utf8_lossy(bytes).into_owned())
                .unwrap_or_default()
        };
        if reached.insert(name) {
            open.extend(
                files
                    .keys()
                    .filter(|other| speaks_of(&text, other))
                    .cloned(),
            );
        }
    }
    reached
}

/// Whether a script cannot run without the other.
fn imports(script: &str, other: &str) -> bool {
    ["from", "import"].iter().any(|word| {
        script.contains(&format!("{word}\"./{other}\""))
            || script.contains(&format!("{word} './{other}'"))
    })
}

fn mentions(text: &str, other: &str) -> bool {
    text.contains(other)
}

fn is_font(name: &str) -> bool {
    Path::new(name)
        .extension()
        .is_some_and(|kind| kind == "woff2" || kind == "woff")
}

fn compressed(
    files: &BTreeMap<String, Vec<u8>>,
    names: &BTreeSet<String>,
) -> Result<f64, BenchError> {
    let mut bytes = 0;
    for name in names {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(&files[name])?;
        bytes += encoder.finish()?.len();
    }
    Ok(bytes as f64 / 1e3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_page_names_counts_at_once_and_the_rest_later() -> Result<(), BenchError> {
        let folder = tempfile::tempdir()?;
        let assets = folder.path().join(ASSETS);
        fs::create_dir(&assets)?;
        fs::write(
            folder.path().join(PAGE),
            r#"<script src="./assets/a.js"></script><link href="./assets/s.css">"#,
        )?;
        fs::write(
            assets.join("a.js"),
            r#"import{x}from"./b.js";import(`./c.js`)"#,
        )?;
        for (name, text) in [
            ("b.js", "b"),
            ("c.js", "c"),
            ("other.js", "o"),
            ("s.css", "url(./f.woff2)"),
        ] {
            fs::write(assets.join(name), text)?;
        }
        fs::write(assets.join("f.woff2"), [0; 3000])?;
        let weight = weigh(folder.path())?;
        // A gzip member of one byte is 21 bytes.
        assert_eq!(weight.later_kb, 0.021);
        assert!(weight.at_once_kb > weight.later_kb);
        assert_eq!(weight.fonts_kb, 3.0);
        Ok(())
    }
}
