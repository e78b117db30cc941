//! Building the programs a command needs, once and with one set of features.

use crate::process;
use crate::repository::Repository;
use crate::trouble::{Outcome, Trouble};
use std::path::{Path, PathBuf};

/// How much to build.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    /// The packages named, and what they stand on.
    Needed,
    /// Every target of the workspace. CI uses this throughout: building packages one by one would choose other
    /// features for shared dependencies, and compile them a second time.
    Whole,
}

impl Scope {
    /// The scope behind a `--whole` flag.
    pub(crate) fn whole(flag: bool) -> Self {
        if flag { Self::Whole } else { Self::Needed }
    }
}

/// Programs that have been built.
#[derive(Debug, Clone)]
pub(crate) struct Binaries {
    folder: PathBuf,
}

impl Binaries {
    /// Builds, without optimisation of our own code: it is what tests and the demonstration run.
    pub(crate) fn build(repository: &Repository, scope: Scope, packages: &[&str]) -> Outcome<Self> {
        let mut command = repository.cargo();
        command.arg("build");
        match scope {
            Scope::Whole => {
                command.args(["--workspace", "--all-targets"]);
            }
            Scope::Needed => {
                for package in packages {
                    command.args(["--package", package]);
                }
                command.arg("--bins");
            }
        }
        process::run(&mut command)?;
        Ok(Self {
            folder: repository.target()?.join("debug"),
        })
    }

    /// The folder they are in.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// One of them.
    pub(crate) fn path(&self, name: &str) -> Outcome<PathBuf> {
        let path = self.folder.join(name);
        if path.is_file() {
            return Ok(path);
        }
        Err(Trouble::Missing {
            what: path.display().to_string(),
            remedy: "The build ended well without producing it; does a crate still declare it?"
                .to_owned(),
        })
    }
}
