//! The expression language: XPath as ODK's forms use it, `${B59}` for the answer to B59.

mod eval;
mod functions;
mod node;
mod parse;
#[cfg(test)]
mod tests;
mod token;
mod value;

pub(crate) use eval::{Scope, eval};
pub(crate) use node::{Needs, Node, Operator};
pub(crate) use parse::parse as parse_node;
pub(crate) use token::is_name;
pub(crate) use value::{Term, days_of};

use crate::Env;
use baqylau_domain::Answers;
use thiserror::Error;

/// A parsed expression over answers by name.
#[derive(Debug, Clone)]
pub struct Expr {
    node: Node<String>,
    references: Vec<String>,
}

/// Why a text is no expression.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{code} at {position}")]
pub struct ParseError {
    /// A stable code: `unexpected`, `unfinished`, `unknown_function`, `too_deep` …
    pub code: &'static str,
    /// Where, in characters from 0.
    pub position: usize,
    /// The piece of text concerned.
    pub found: String,
}

impl ParseError {
    pub(crate) fn new(code: &'static str, position: usize, found: &str) -> Self {
        Self {
            code,
            position,
            found: found.to_owned(),
        }
    }
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
        let number = match self {
            Self::Blank => return None,
            Self::Boolean(value) => f64::from(u8::from(*value)),
            Self::Number(value) => *value,
            Self::Text(value) => Term::Text(value.as_str().into()).number(),
        };
        Some(number).filter(|number| number.is_finite())
    }
}

/// Parses an expression.
///
/// # Errors
/// [`ParseError`] with the position of the first thing that does not fit.
pub fn parse(text: &str) -> Result<Expr, ParseError> {
    let node = parse_node(text)?;
    let references = node.references();
    Ok(Expr { node, references })
}

impl Expr {
    /// Names of the questions it refers to, sorted, each once.
    #[must_use]
    pub fn references(&self) -> &[String] {
        &self.references
    }

    /// What it comes to, given these answers. A name that is not among the answers is blank.
    #[must_use]
    pub fn evaluate(&self, answers: &Answers, env: &Env<'_>) -> Outcome {
        match eval(&self.node, &ByName { answers, env }) {
            term if term.is_blank() => Outcome::Blank,
            Term::Boolean(value) => Outcome::Boolean(value),
            Term::Number(value) => Outcome::Number(value),
            term => Outcome::Text(term.text().into_owned()),
        }
    }

    /// Whether every question it refers to is answered, but for those whose blankness it asks about.
    #[must_use]
    pub fn has_inputs(&self, answers: &Answers) -> bool {
        self.node
            .needs()
            .references
            .iter()
            .all(|name| answers.contains_key(name))
    }
}

/// Answers by name, outside a form: no choices, no own question.
struct ByName<'a> {
    answers: &'a Answers,
    env: &'a Env<'a>,
}

impl<'a> Scope<'a, String> for ByName<'a> {
    fn answer(&self, reference: &String) -> Term<'a> {
        Term::of(self.answers.get(reference))
    }

    fn this(&self) -> Term<'a> {
        Term::BLANK
    }

    fn column(&self, _name: &str) -> Term<'a> {
        Term::BLANK
    }

    fn choice_label(&self, _question: &String, _code: &str) -> Option<String> {
        None
    }

    fn cell(&self, file: &str, key_column: &str, key: &str, column: &str) -> Term<'a> {
        external_cell(self.env, file, key_column, key, column)
    }

    fn env(&self) -> &Env<'a> {
        self.env
    }
}

/// The pseudo-file that stands for this device's earlier reports about the same place.
const PRIOR: &str = "prior";

/// A cell of a register file, or an earlier answer.
pub(crate) fn external_cell<'a>(
    env: &Env<'_>,
    file: &str,
    key_column: &str,
    key: &str,
    column: &str,
) -> Term<'a> {
    if file == PRIOR {
        return match env.prior.value(key) {
            None => Term::BLANK,
            Some(value) => match Term::of(Some(&value)) {
                Term::Text(text) => Term::Text(text.into_owned().into()),
                Term::Codes(codes) => Term::Text(codes.join(" ").into()),
                Term::Number(number) => Term::Number(number),
                Term::Boolean(flag) => Term::Boolean(flag),
                Term::Date(date) => Term::Date(date),
                Term::Time(time) => Term::Time(time),
                Term::DateTime(moment) => Term::DateTime(moment),
            },
        };
    }
    env.register
        .value(file, key_column, key, column)
        .map_or(Term::BLANK, |text| Term::Text(text.into()))
}
