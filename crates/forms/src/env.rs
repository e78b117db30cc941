//! What an evaluation needs to know of the world, handed in so that the engine itself stays pure.

use baqylau_domain::{Moment, Value};

/// External lists: `select_one_from_file`, `pulldata()` and `instance()`.
pub trait Register: Send + Sync {
    /// The label of `code` in `file` (without its extension), in `language` or the nearest there is.
    fn label(&self, file: &str, code: &str, language: &str) -> Option<String>;
    /// The cell in `column` of the row of `file` whose `key_column` holds `key`.
    fn value(&self, file: &str, key_column: &str, key: &str, column: &str) -> Option<String>;
    /// Whether `file` has `code` in a row whose columns hold what `filter` says.
    fn contains(&self, file: &str, code: &str, filter: &[(String, String)]) -> bool;
}

/// Earlier answers about the same place: the pseudo-file `prior` of
/// `pulldata('prior', 'value', 'key', 'opening/A18')`.
pub trait Prior: Send + Sync {
    /// The latest finished answer to `key` (`<form>/<question>`) about the place of this report.
    fn value(&self, key: &str) -> Option<Value>;
}

/// The world around one evaluation.
#[derive(Clone, Copy)]
pub struct Env<'a> {
    /// What `today()` and `now()` say.
    pub now: Moment,
    /// The language of labels that hold other answers, and of `jr:choice-name()`.
    pub language: &'a str,
    /// External lists.
    pub register: &'a dyn Register,
    /// Earlier answers about the same place.
    pub prior: &'a dyn Prior,
}

impl Env<'static> {
    /// A world with no register and no earlier reports.
    #[must_use]
    pub fn bare(now: Moment) -> Self {
        Self {
            now,
            language: "en",
            register: &Nothing,
            prior: &Nothing,
        }
    }
}

/// A register that knows no file, and a place with no earlier report.
#[derive(Debug, Clone, Copy, Default)]
pub struct Nothing;

impl Register for Nothing {
    fn label(&self, _: &str, _: &str, _: &str) -> Option<String> {
        None
    }

    fn value(&self, _: &str, _: &str, _: &str, _: &str) -> Option<String> {
        None
    }

    fn contains(&self, _: &str, _: &str, _: &[(String, String)]) -> bool {
        false
    }
}

impl Prior for Nothing {
    fn value(&self, _: &str) -> Option<Value> {
        None
    }
}
