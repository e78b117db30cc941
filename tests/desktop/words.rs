//! The sentences that the interface says, so that the visit follows the words when somebody betters them.

use crate::programs::root;
use anyhow::{Context as _, Result};
use std::collections::BTreeMap;
use std::fs;

/// A language's messages. Of Fluent's grammar only `id = text` on one line is read: what a button says.
pub(crate) struct Words(BTreeMap<String, String>);

impl Words {
    /// Reads a language.
    pub(crate) fn of(language: &str) -> Result<Self> {
        let folder = root().join("assets/locales").join(language);
        let mut messages = BTreeMap::new();
        for entry in fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
            let text = fs::read_to_string(entry?.path())?;
            for (id, message) in text.lines().filter_map(|line| line.split_once(" = ")) {
                messages.insert(id.to_owned(), message.to_owned());
            }
        }
        Ok(Self(messages))
    }

    /// What it says, up to its first argument.
    pub(crate) fn say(&self, id: &str) -> Result<&str> {
        let message = self.0.get(id).with_context(|| format!("no message {id}"))?;
        Ok(message.split('{').next().unwrap_or_default().trim())
    }
}
