//! The manifest of an export and the hashes of its lines: made at headquarters, held against the files outside.

use super::pictures::is_picture_file;
use super::sheet::Sheet;
use super::{Export, names};
use baqylau_protocol::{BlobHash, EventId, HqKey, Manifest, RootPublic};
use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Bytes of a line's hash: enough to find the line; that the file was altered is shown by the whole hash.
const LINE_HASH_BYTES: usize = 8;

/// Adds the hashes of lines and the signed manifest, in place of those that are there.
pub fn sign(export: &mut Export, event: &EventId, root: RootPublic, hq: &HqKey) {
    export.remove(names::MANIFEST);
    export.remove(names::LINES);
    let lines = line_hashes(export);
    export.insert(names::LINES.to_owned(), lines.into_bytes());
    let files = export
        .iter()
        .map(|(name, bytes)| (name.clone(), BlobHash::of(bytes)));
    let manifest = Manifest {
        event: event.clone(),
        root,
        hq: hq.public(),
        files: files.collect(),
    };
    let text = manifest.sign(hq).into_bytes();
    export.insert(names::MANIFEST.to_owned(), text);
}

fn line_hashes(export: &Export) -> String {
    let mut text = String::new();
    for (name, bytes) in export.iter().filter(|(name, _)| !is_picture_file(name)) {
        for line in bytes.split_inclusive(|byte| *byte == b'\n') {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{} {name}", line_hash(line));
        }
    }
    text
}

fn line_hash(line: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(line)[..LINE_HASH_BYTES])
}

/// Holds every file against the manifest.
pub(super) fn compare(export: &Export, manifest: &Manifest, sheet: &mut Sheet) {
    let is_true = |name: &str| {
        let bytes = export.get(name)?;
        (manifest.files.get(name) == Some(&BlobHash::of(bytes))).then_some(bytes)
    };
    let hashes = is_true(names::LINES).map(|bytes| as_exported(bytes));
    for name in manifest.files.keys() {
        let Some(bytes) = export.get(name) else {
            sheet.altered(name, None, "missing");
            continue;
        };
        if is_true(name).is_none() {
            let was = hashes.as_ref().map(|all| all.get(name));
            let line = was
                .filter(|_| !is_picture_file(name))
                .map(|was| first_difference(bytes, was.map_or(&[], Vec::as_slice)));
            sheet.altered(name, line, "altered");
        }
    }
    for name in export.keys() {
        if !manifest.files.contains_key(name) && name != names::MANIFEST {
            sheet.altered(name, None, "extra");
        }
    }
}

/// The hashes of each file's lines.
fn as_exported(lines: &[u8]) -> BTreeMap<String, Vec<String>> {
    let mut files: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in String::from_utf8_lossy(lines).lines() {
        if let Some((hash, name)) = line.split_once(' ') {
            files
                .entry(name.to_owned())
                .or_default()
                .push(hash.to_owned());
        }
    }
    files
}

/// The first line that is not what it was, or not there.
fn first_difference(bytes: &[u8], was: &[String]) -> u64 {
    let lines = bytes.split_inclusive(|byte| *byte == b'\n');
    let alike = lines
        .zip(was)
        .take_while(|(line, was)| line_hash(line) == **was)
        .count();
    alike as u64 + 1
}
