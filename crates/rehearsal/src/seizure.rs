//! What somebody who holds the device, and not its PIN, finds by reading every file of the app's folder.

use crate::error::RehearsalError;
use aho_corasick::AhoCorasick;
use baqylau_mission::Mission;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Shorter words occur in any few megabytes of noise by chance.
const SHORTEST_BYTES: usize = 8;

/// Secrets to look for.
#[derive(Debug, Default)]
pub struct Secrets(BTreeSet<Vec<u8>>);

impl Secrets {
    /// What any device of a mission knows: names of stations, districts and regions in every language, and how an
    /// answer and its question look when they are written down.
    #[must_use]
    pub fn of(mission: &Mission) -> Self {
        let mut secrets = Self::default();
        let register = &mission.register;
        let stations = register
            .stations()
            .iter()
            .flat_map(|row| [&row.name, &row.address]);
        let districts = register.districts().iter().map(|row| &row.name);
        let regions = register.regions().iter().map(|row| &row.name);
        for (_, name) in stations
            .chain(districts)
            .chain(regions)
            .flat_map(|name| name.iter())
        {
            secrets.add(name.as_bytes());
        }
        for shape in [
            r#""t":"choice""#,
            r#""t":"integer""#,
            r#""t":"text""#,
            r#""question":"#,
        ] {
            secrets.add(shape.as_bytes());
        }
        secrets
    }

    /// A word, unless it is too short to mean anything.
    pub fn add(&mut self, word: &[u8]) {
        if word.len() >= SHORTEST_BYTES {
            self.0.insert(word.to_vec());
        }
    }

    /// A key: as it is, its halves, and the texts it might be written as.
    pub fn add_key(&mut self, key: &[u8]) {
        for part in std::iter::once(key).chain(key.chunks(32)) {
            self.add(part);
            let hex: String = part.iter().map(|byte| format!("{byte:02x}")).collect();
            self.add(hex.to_uppercase().as_bytes());
            self.add(hex.as_bytes());
        }
    }

    /// Ready to search.
    ///
    /// # Errors
    /// When there are too many for one search.
    pub fn search(self) -> Result<Search, RehearsalError> {
        let automaton = AhoCorasick::new(&self.0).map_err(|error| RehearsalError::Plan {
            what: error.to_string(),
        })?;
        Ok(Search {
            automaton,
            words: self.0.into_iter().collect(),
        })
    }
}

/// A search for secrets.
#[derive(Debug)]
pub struct Search {
    automaton: AhoCorasick,
    words: Vec<Vec<u8>>,
}

/// What a search read and found.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Files read.
    pub files: u64,
    /// Bytes read.
    pub bytes: u64,
    /// Files with a secret in them, and the secret.
    pub readable: Vec<(PathBuf, String)>,
}

impl Search {
    /// Reads every file below a folder. A file may vanish between listing and reading: the app is at work.
    ///
    /// # Errors
    /// When the folder cannot be listed.
    pub fn run(&self, folder: &Path) -> Result<Found, RehearsalError> {
        let mut found = Found::default();
        self.read_folder(folder, &mut found)?;
        Ok(found)
    }

    fn read_folder(&self, folder: &Path, found: &mut Found) -> Result<(), RehearsalError> {
        for entry in std::fs::read_dir(folder)? {
            let entry = entry?;
            if entry.file_type()?.is_dir() {
                self.read_folder(&entry.path(), found)?;
                continue;
            }
            let Ok(bytes) = std::fs::read(entry.path()) else {
                continue;
            };
            found.files += 1;
            found.bytes += bytes.len() as u64;
            for hit in self.automaton.find_iter(&bytes) {
                let word = &self.words[hit.pattern().as_usize()];
                let word = String::from_utf8_lossy(word).into_owned();
                found.readable.push((entry.path(), word));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_and_a_key_in_any_file_are_found_and_noise_is_not() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::create_dir(folder.path().join("deep")).expect("made");
        let key: Vec<u8> = (1..=64).collect();
        let mut secrets = Secrets::default();
        secrets.add("Абай мектебі".as_bytes());
        secrets.add(b"yes");
        secrets.add_key(&key);
        let search = secrets.search().expect("ready");
        let write = |name: &str, bytes: &[u8]| {
            std::fs::write(folder.path().join(name), bytes).expect("written");
        };
        write("noise", &[7; 4096]);
        write("short", b"yes, a word that occurs anywhere");
        let before = search.run(folder.path()).expect("read");
        assert_eq!((before.files, before.readable.len()), (2, 0));
        write("deep/name", "…Абай мектебі…".as_bytes());
        write("half", &key[32..]);
        write("hex", format!("{:02x}", 1).repeat(3).as_bytes());
        let after = search.run(folder.path()).expect("read");
        let mut files: Vec<_> = after
            .readable
            .iter()
            .map(|(path, _)| path.clone())
            .collect();
        files.sort();
        assert_eq!(
            files,
            [folder.path().join("deep/name"), folder.path().join("half")]
        );
    }
}
