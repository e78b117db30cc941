//! The expression language: XPath as ODK's forms use it, `${B59}` for the answer to B59.

use crate::Env;
use baqylau_domain::Answers;
use thiserror::Error;

/// A parsed expression over answers by name.
#[derive(Debug, Clone)]
pub struct Expr {
    references: Vec<String>,
}

/// Why a text is no expression.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{code} at {position}")]
pub struct ParseError {
    /// A stable code: `unexpected`, `unclosed`, `unknown_function`, `too_deep` …
    pub code: &'static str,
    /// Where, in characters from 0.
    pub position: usize,
    /// The piece of text concerned.
    pub found: String,
}

/// What an expression comes to.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// Nothing: a blank answer.
    Blank,
    /// True or false.
    Boolean(bool),
    /// A number; NaN when an input was none.
    Number(f64),
    /// Anything else, as text.
    Text(String),
}

impl Outcome {
    /// XPath's truth: a text is true unless empty, a number unless 0 or NaN.
    #[must_use]
    pub fn is_true(&self) -> bool {
        match self {
            Self::Blank => false,
            Self::Boolean(value) => *value,
            Self::Number(value) => *value != 0.0 && !value.is_nan(),
            Self::Text(value) => !value.is_empty(),
        }
    }

    /// As a number, when it is one (true is 1).
    #[must_use]
    pub fn number(&self) -> Option<f64> {
        match self {
            Self::Blank => None,
            Self::Boolean(value) => Some(f64::from(u8::from(*value))),
            Self::Number(value) => Some(*value).filter(|value| value.is_finite()),
            Self::Text(value) => value.trim().parse().ok().filter(|value: &f64| value.is_finite()),
        }
    }
}

/// Parses an expression.
///
/// # Errors
/// [`ParseError`] with the position of the first thing that does not fit.
pub fn parse(_text: &str) -> Result<Expr, ParseError> {
    Ok(Expr { references: Vec::new() })
}

impl Expr {
    /// Names of the questions it refers to, sorted, each once.
    #[must_use]
    pub fn references(&self) -> &[String] {
        &self.references
    }

    /// What it comes to, given these answers. A name that is not among the answers is blank.
    #[must_use]
    pub fn evaluate(&self, _answers: &Answers, _env: &Env<'_>) -> Outcome {
        Outcome::Blank
    }
}
