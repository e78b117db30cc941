//! What holds the house together, held by a machine. Each check reads a [`Tree`] (or what Cargo says) and
//! returns complaints; each has a test that breaks a copy of this very repository and sees it complain.

mod arrows;
mod beside;
mod decisions;
mod lengths;
mod licences;
mod links;
mod locales;
mod owners;
mod purity;
mod spdx;
mod tree;
mod window;
mod words;

use crate::cli::{CheckOptions, GenOptions};
use crate::repository::Repository;
use crate::trouble::{Outcome, Trouble};
use crate::{fuzz, generate};
use std::fmt;
use tree::Tree;

/// Something to put right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Complaint {
    place: String,
    line: Option<usize>,
    says: String,
}

impl Complaint {
    fn at(place: &str, says: impl Into<String>) -> Self {
        Self {
            place: place.to_owned(),
            line: None,
            says: says.into(),
        }
    }

    fn on(place: &str, line: usize, says: impl Into<String>) -> Self {
        Self {
            place: place.to_owned(),
            line: Some(line),
            says: says.into(),
        }
    }
}

impl fmt::Display for Complaint {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(out, "{}:{line}: {}", self.place, self.says),
            None => write!(out, "{}: {}", self.place, self.says),
        }
    }
}

/// Every check, one after the other; all complaints are printed before it fails.
pub(crate) fn run(repository: &Repository, options: &CheckOptions) -> Outcome {
    let tree = Tree::read(repository.root())?;
    let members = repository.metadata(false)?;
    let packages = repository.metadata(true)?;
    let fuzzed = repository.metadata_beside(fuzz::MANIFEST)?;
    let checks: [(&str, Vec<Complaint>); 12] = [
        ("dependency arrows", arrows::check(&members)),
        ("pure crates", purity::check(&tree, &members)),
        ("one owner each", owners::check(&tree, &members)),
        ("licences", licences::check(&tree, &packages)),
        ("lengths of files", lengths::check(&tree)),
        ("words and hosts", words::check(&tree)),
        ("locales", locales::check(&tree)),
        ("the window's walls", window::check(&tree)),
        ("links in documents", links::check(&tree)),
        ("decisions", decisions::check(&tree)),
        ("lock files", licences::check_sources(&tree, &packages)),
        (
            "the fuzzer's packages",
            beside::check(&tree, &packages, &fuzzed),
        ),
    ];
    let mut count = 0;
    for (name, complaints) in &checks {
        println!(
            "{:>4}  {name}",
            if complaints.is_empty() {
                "ok".to_owned()
            } else {
                complaints.len().to_string()
            }
        );
        for complaint in complaints {
            println!("      {complaint}");
        }
        count += complaints.len();
    }
    if count > 0 {
        return Err(Trouble::Complaints { count });
    }
    if options.quick {
        Ok(())
    } else {
        generate::run(
            repository,
            &GenOptions {
                check: true,
                whole: false,
            },
        )
    }
}

/// The real repository, for the tests to break copies of.
#[cfg(test)]
pub(crate) mod real {
    use super::tree::Tree;
    use crate::repository::Repository;
    use serde_json::Value;

    pub(crate) fn tree() -> Tree {
        Tree::read(Repository::here().root()).expect("the working copy is readable")
    }

    pub(crate) fn members() -> Value {
        Repository::here()
            .metadata(false)
            .expect("cargo metadata answers")
    }

    /// What a check says of a broken copy and did not say of the whole one.
    pub(crate) fn newly(before: &[super::Complaint], after: &[super::Complaint]) -> Vec<String> {
        after
            .iter()
            .filter(|one| !before.contains(one))
            .map(ToString::to_string)
            .collect()
    }
}
