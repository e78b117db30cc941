//! XLSForm in, a form out; its expressions; `evaluate(form, answers)` out comes what a screen shows
//! and what headquarters re-checks.
//!
//! Pure: no I/O, no clock, no random numbers. The workbook comes as bytes, the world as [`Env`].

mod definition;
mod env;
pub mod expr;
mod form;
mod problem;
mod view;

pub use env::{Env, Nothing, Prior, Register};
pub use form::{Form, FormatError, Question, Summary};
pub use problem::{Problem, Severity};
pub use view::{
    ChoiceSheet, FormSheet, FormView, Progress, QuestionKind, QuestionSheet, QuestionView, SectionSheet,
    SectionView,
};

use baqylau_domain::{Answers, WireChange};
use thiserror::Error;

/// Where a workbook's bytes come from.
#[derive(Debug, Clone, Copy)]
pub enum Source<'a> {
    /// The single-file CSV layout that pyxform reads: the first column names the sheet.
    Csv {
        /// The file.
        survey: &'a [u8],
    },
    /// A workbook of Excel's.
    Xlsx(&'a [u8]),
}

/// Why changes cannot travel, or cannot be taken in.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum WireError {
    /// The form has no such question.
    #[error("the form has no question {name}")]
    UnknownQuestion {
        /// Name, or index, of the question.
        name: String,
    },
    /// The value is not of the question's kind.
    #[error("{name} does not take such a value")]
    WrongKind {
        /// The question.
        name: String,
    },
    /// The list has no such choice.
    #[error("{name} has no such choice")]
    UnknownChoice {
        /// The question.
        name: String,
    },
}

/// Reads a workbook. Warnings are dropped; see [`read_with_warnings`].
///
/// # Errors
/// Everything that is wrong with the workbook, in its order.
pub fn read(source: Source<'_>) -> Result<Form, Vec<Problem>> {
    read_with_warnings(source).map(|(form, _)| form)
}

/// Reads a workbook and says also what is only worth a look.
///
/// # Errors
/// Everything that is wrong with the workbook, warnings included, in its order.
pub fn read_with_warnings(_source: Source<'_>) -> Result<(Form, Vec<Problem>), Vec<Problem>> {
    Err(Vec::new())
}

/// Works out everything that follows from `answers`: what applies, what is missing, what to say.
#[must_use]
pub fn evaluate(_form: &Form, _answers: &Answers, _env: &Env<'_>) -> FormView {
    FormView {
        sections: Vec::new(),
        questions: std::collections::BTreeMap::new(),
        findings: Vec::new(),
        progress: Progress::default(),
        can_finish: true,
    }
}

impl Form {
    /// The defaults of the form as answers, to start a report with: dynamic ones (`now()`) stand still
    /// from then on.
    #[must_use]
    pub fn initial_answers(&self, _env: &Env<'_>) -> Answers {
        Answers::new()
    }

    /// The columns and values a register select is narrowed to by its `choice_filter`, for `question`.
    /// `None`: no such question, no register, or the filter's inputs are still blank.
    #[must_use]
    pub fn register_filter(&self, _question: &str, _answers: &Answers, _env: &Env<'_>) -> Option<Vec<(String, String)>> {
        None
    }

    /// What changed between two sets of answers, as it travels, in the order of the questions.
    ///
    /// # Errors
    /// [`WireError`] when an answer does not fit the form.
    pub fn encode_changes(&self, _before: &Answers, _after: &Answers) -> Result<Vec<WireChange>, WireError> {
        Ok(Vec::new())
    }

    /// Puts changes that travelled into `answers`. Nothing is changed when one does not fit.
    ///
    /// # Errors
    /// [`WireError`] when a change does not fit the form.
    pub fn apply_changes(&self, _answers: &mut Answers, _changes: &[WireChange]) -> Result<(), WireError> {
        Ok(())
    }
}
