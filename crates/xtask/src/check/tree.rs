//! The repository's own files, in memory: what the checks read, and what their tests break copies of.

use crate::trouble::{Outcome, Trouble};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Folders that hold nothing of ours.
const NOT_OURS: &[&str] = &[
    ".git",
    "target",
    "node_modules",
    "dist",
    "results",
    "gen",
    ".venv",
    "__pycache__",
    ".svelte-kit",
];

/// Text files by path from the root, with `/` between folders.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tree {
    files: BTreeMap<String, String>,
}

impl Tree {
    /// Reads every text file below a root.
    pub(crate) fn read(root: &Path) -> Outcome<Self> {
        let mut tree = Self::default();
        tree.read_folder(root, "")?;
        Ok(tree)
    }

    fn read_folder(&mut self, folder: &Path, prefix: &str) -> Outcome {
        for entry in fs::read_dir(folder).map_err(Trouble::file(folder))? {
            let entry = entry.map_err(Trouble::file(folder))?;
            let path = entry.path();
            let name = entry.file_name().to_string_lossy().into_owned();
            let kind = entry.file_type().map_err(Trouble::file(&path))?;
            if kind.is_dir() {
                if !NOT_OURS.contains(&name.as_str()) {
                    self.read_folder(&path, &format!("{prefix}{name}/"))?;
                }
            } else if kind.is_file() {
                // A file that vanished between listing and reading is somebody's temporary file.
                if let Ok(Ok(text)) = fs::read(&path).map(String::from_utf8) {
                    self.files.insert(format!("{prefix}{name}"), text);
                }
            }
        }
        Ok(())
    }

    /// Files whose path begins so, with their text.
    pub(crate) fn below<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.files
            .range(prefix.to_owned()..)
            .take_while(move |(path, _)| path.starts_with(prefix))
            .map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// Every file.
    pub(crate) fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.below("")
    }

    /// One file.
    pub(crate) fn text(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// Whether anything, text or a folder of texts, is there.
    pub(crate) fn has(&self, path: &str) -> bool {
        self.files.contains_key(path)
            || self
                .below(&format!("{}/", path.trim_end_matches('/')))
                .next()
                .is_some()
    }

    /// Puts a file into this copy.
    #[cfg(test)]
    pub(crate) fn put(&mut self, path: &str, text: &str) {
        self.files.insert(path.to_owned(), text.to_owned());
    }

    /// Changes a file of this copy; it must be there and contain what is replaced.
    #[cfg(test)]
    pub(crate) fn replace(&mut self, path: &str, from: &str, to: &str) {
        let text = self.files.get_mut(path).expect("the file is there");
        assert!(text.contains(from), "{path} does not contain {from}");
        *text = text.replacen(from, to, 1);
    }
}

/// The last part of a file's name.
pub(crate) fn extension(path: &str) -> &str {
    path.rsplit('/')
        .next()
        .and_then(|name| name.rsplit_once('.'))
        .map_or("", |(_, extension)| extension)
}
