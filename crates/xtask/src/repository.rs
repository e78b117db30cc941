//! Where things are.

use crate::process;
use crate::trouble::{Outcome, Trouble};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

/// This working copy.
#[derive(Debug, Clone)]
pub(crate) struct Repository {
    root: PathBuf,
}

impl Repository {
    /// The working copy this program was built from.
    pub(crate) fn here() -> Self {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        Self {
            root: here.ancestors().nth(2).unwrap_or(here).to_owned(),
        }
    }

    /// Its root.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// A path inside it.
    pub(crate) fn at(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// Cargo, run at the root.
    pub(crate) fn cargo(&self) -> Command {
        // `cargo run` leaves its own package's variables behind; a child must not take them for its own.
        let mut command = Command::new("cargo");
        command
            .current_dir(&self.root)
            .env_remove("CARGO_MANIFEST_DIR");
        command
    }

    /// What Cargo says of the workspace: its members only, or every package they stand on.
    pub(crate) fn metadata(&self, with_dependencies: bool) -> Outcome<Value> {
        let mut command = self.cargo();
        command.args(["metadata", "--format-version", "1"]);
        if !with_dependencies {
            command.args(["--no-deps", "--offline"]);
        }
        answer(&mut command)
    }

    /// What Cargo says of a workspace beside this one, exactly as it is locked.
    pub(crate) fn metadata_beside(&self, manifest: &str) -> Outcome<Value> {
        let mut command = self.cargo();
        command
            .args(["metadata", "--format-version", "1", "--locked"])
            .arg("--manifest-path")
            .arg(self.at(manifest));
        answer(&mut command)
    }

    /// The folder Cargo builds into.
    pub(crate) fn target(&self) -> Outcome<PathBuf> {
        let metadata = self.metadata(false)?;
        metadata["target_directory"]
            .as_str()
            .map(PathBuf::from)
            .ok_or_else(|| Trouble::Unreadable {
                what: "cargo metadata".to_owned(),
                reason: "it names no target directory".to_owned(),
            })
    }
}

fn answer(command: &mut Command) -> Outcome<Value> {
    let text = process::output(command)?;
    serde_json::from_str(&text).map_err(|reason| Trouble::Unreadable {
        what: "cargo metadata".to_owned(),
        reason: reason.to_string(),
    })
}
