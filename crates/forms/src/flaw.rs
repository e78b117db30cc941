//! What is wrong with a definition, before anybody knows which row of which sheet it came from.

use crate::Severity;
use std::collections::BTreeMap;

/// The part of a definition that a flaw is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// The form as a whole.
    Form,
    /// A question by index.
    Question(usize),
    /// A group by index.
    Group(usize),
    /// A choice by list and index.
    Choice(usize, usize),
    /// A sentence of a finding by index.
    Sentence(usize),
}

/// One flaw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Flaw {
    pub(crate) severity: Severity,
    pub(crate) place: Place,
    /// The field of the definition, by the name of its column.
    pub(crate) field: &'static str,
    pub(crate) code: &'static str,
    pub(crate) args: BTreeMap<String, String>,
}

impl Flaw {
    pub(crate) fn error(place: Place, field: &'static str, code: &'static str) -> Self {
        Self {
            severity: Severity::Error,
            place,
            field,
            code,
            args: BTreeMap::new(),
        }
    }

    pub(crate) fn warning(place: Place, field: &'static str, code: &'static str) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(place, field, code)
        }
    }

    pub(crate) fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.args.insert(name.to_owned(), value.into());
        self
    }
}
