//! XLSForm in, a form out; its expressions; [`evaluate`], which says what a screen shows and what
//! headquarters re-checks.
//!
//! Pure: no I/O, no clock, no random numbers. The workbook comes as bytes, the world as [`Env`].

mod check;
mod compiled;
mod convert;
mod definition;
mod env;
mod evaluate;
pub mod expr;
mod filter;
mod findings;
mod flaw;
mod form;
mod label;
mod order;
mod problem;
mod read;
mod sheet;
mod summary;
mod view;
mod wire;
mod workbook;

pub use env::{Env, Nothing, Prior, Register};
pub use evaluate::evaluate;
pub use form::{Form, FormatError, Question};
pub use problem::{Problem, Severity, Source};
pub use read::{read, read_with_warnings};
pub use summary::Summary;
pub use view::{
    ChoiceSheet, FormSheet, FormView, Progress, QuestionKind, QuestionSheet, QuestionView,
    SectionSheet, SectionView,
};
pub use wire::WireError;
