//! What a mission's author writes.

use crate::mode;
use baqylau_domain::{Answers, Moment, Value};
use baqylau_forms::expr::{Outcome, parse};
use baqylau_forms::{
    Env, Form, Prior, Problem, Register, Severity, Source, evaluate, read_with_warnings,
};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Noon of 3 April 2011 in Astana.
const NOON: Moment = Moment {
    utc_ms: 1_301_810_400_000,
    offset_min: 360,
};

/// Problems of a file as a whole, of which no sheet was found.
const OF_THE_FILE: [&str; 4] = ["not_utf8", "bad_csv", "bad_xlsx", "no_sheet"];

const SHEETS: [&str; 3] = ["survey", "choices", "settings"];

/// The longest text that an expression comes to, bytes: what `docs/FORMS.md` promises of joined texts, as the format of
/// a date, of which two letters can become seven.
const LONGEST_TEXT: usize = 4 * 64 * 1024;

/// A form's file compiles, or what is wrong with it is said by sheet and row. What compiles has one spelling and one
/// address, and evaluates to the same twice.
pub fn form_file(bytes: &[u8]) {
    let Some((mode, rest)) = mode(bytes, 3) else {
        return;
    };
    let source = match mode {
        0 => Source::Csv { survey: rest },
        1 => Source::Xlsx(rest),
        _ => {
            if let Ok(form) = Form::from_bytes(rest) {
                assert_eq!(form.to_bytes(), rest);
                is_sound(&form);
            }
            return;
        }
    };
    match read_with_warnings(source) {
        Ok((form, warnings)) => {
            for warning in &warnings {
                assert_eq!(warning.severity, Severity::Warning, "{warning:?}");
                is_located(warning);
            }
            is_sound(&form);
        }
        Err(problems) => {
            let is_error = |problem: &Problem| problem.severity == Severity::Error;
            assert!(
                problems.iter().any(is_error),
                "refused, and nobody says why"
            );
            problems.iter().for_each(is_located);
        }
    }
}

fn is_located(problem: &Problem) {
    assert!(!problem.code.is_empty());
    let is_of_the_file = OF_THE_FILE.contains(&problem.code.as_str());
    let names_a_sheet = SHEETS.contains(&problem.sheet.as_str());
    assert!(is_of_the_file || names_a_sheet, "{problem:?}");
    assert!(problem.row != Some(0), "rows count from one: {problem:?}");
}

fn is_sound(form: &Form) {
    let bytes = form.to_bytes();
    let again = match Form::from_bytes(&bytes) {
        Ok(again) => again,
        Err(error) => panic!("a form that was compiled cannot be read: {error}"),
    };
    assert_eq!((again.to_bytes(), again.hash()), (bytes, form.hash()));
    for language in form.languages() {
        let _ = form.sheet(language);
    }
    let env = Env::bare(NOON);
    let none = Answers::new();
    let first = evaluate(form, &none, &env);
    assert_eq!(first, evaluate(&again, &none, &env));
    assert!(first.progress.answered <= first.progress.applicable);
}

/// An expression parses or names a place in its text. What parses comes to the same twice, to no more text than is
/// promised, and asks for no more cells of the register and earlier answers than it names: nothing in it is worked out
/// twice.
pub fn expression(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let expression = match parse(text) {
        Ok(expression) => expression,
        Err(error) => {
            assert!(!error.code.is_empty());
            return assert!(error.position <= text.chars().count());
        }
    };
    let answers: Answers = expression
        .references()
        .iter()
        .map(|name| (name.clone(), answer(name)))
        .collect();
    let asked = Asked::default();
    let env = Env {
        now: NOON,
        language: "en",
        register: &asked,
        prior: &asked,
    };
    let first = expression.evaluate(&answers, &env);
    let named = ["pulldata", "instance"].map(|word| text.matches(word).count());
    assert!(asked.0.load(Ordering::Relaxed) <= named.iter().sum());
    if let Outcome::Text(text) = &first {
        assert!(text.len() <= LONGEST_TEXT, "{} bytes", text.len());
    }
    let second = expression.evaluate(&answers, &env);
    // Not a number is no number, and so not itself.
    assert_eq!(format!("{first:?}"), format!("{second:?}"));
    let _ = (
        first.is_true(),
        first.number(),
        expression.has_inputs(&answers),
    );
}

/// An answer of a kind that follows from the question's name.
fn answer(name: &str) -> Value {
    let sum: usize = name.bytes().map(usize::from).sum();
    match sum % 6 {
        0 => Value::Integer(i64::try_from(sum).unwrap_or(0)),
        1 => Value::Text(name.repeat(3)),
        2 => Value::Choice(name.to_owned()),
        3 => Value::Choices(vec!["a".to_owned(), name.to_owned()]),
        4 => Value::Decimal(-0.5),
        _ => Value::DateTime(NOON),
    }
}

/// A register and earlier reports that know everything, and count how often they are asked.
#[derive(Default)]
struct Asked(AtomicUsize);

impl Asked {
    fn again(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

impl Register for Asked {
    fn label(&self, _: &str, code: &str, _: &str) -> Option<String> {
        Some(code.to_owned())
    }

    fn value(&self, _: &str, _: &str, key: &str, _: &str) -> Option<String> {
        self.again();
        Some(key.to_owned())
    }

    fn contains(&self, _: &str, _: &str, _: &[(String, String)]) -> bool {
        true
    }
}

impl Prior for Asked {
    fn value(&self, key: &str) -> Option<Value> {
        self.again();
        Some(answer(key))
    }
}
