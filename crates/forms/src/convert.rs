//! Between answers, texts and what expressions come to.

use crate::QuestionKind;
use crate::definition::KindDef;
use crate::expr::Term;
use baqylau_domain::Value;

impl From<KindDef> for QuestionKind {
    fn from(kind: KindDef) -> Self {
        match kind {
            KindDef::Integer => Self::Integer,
            KindDef::Decimal => Self::Decimal,
            KindDef::Text => Self::Text,
            KindDef::SelectOne => Self::SelectOne,
            KindDef::SelectMultiple => Self::SelectMultiple,
            KindDef::Date => Self::Date,
            KindDef::Time => Self::Time,
            KindDef::DateTime => Self::DateTime,
            KindDef::Note => Self::Note,
            KindDef::Calculate => Self::Calculate,
            KindDef::Image => Self::Image,
            KindDef::Location => Self::Location,
            KindDef::Acknowledge => Self::Acknowledge,
        }
    }
}

/// Whether an answer is of the kind that a question takes.
pub(crate) fn fits(kind: QuestionKind, value: &Value) -> bool {
    use QuestionKind as K;
    match (kind, value) {
        (K::Decimal, Value::Decimal(number)) => number.is_finite(),
        (K::Integer | K::Decimal, Value::Integer(_))
        | (K::Text, Value::Text(_))
        | (K::SelectOne, Value::Choice(_))
        | (K::SelectMultiple, Value::Choices(_))
        | (K::Date, Value::Date(_))
        | (K::Time, Value::Time(_))
        | (K::DateTime, Value::DateTime(_))
        | (K::Image, Value::Photo(_))
        | (K::Acknowledge, Value::Acknowledged) => true,
        (K::Location, Value::Location(at)) => {
            at.latitude.abs() <= 90.0 && at.longitude.abs() <= 180.0
        }
        _ => false,
    }
}

/// Whether an answer says nothing: an empty text, no choice at all.
pub(crate) fn is_blank(value: &Value) -> bool {
    match value {
        Value::Text(text) | Value::Choice(text) => text.is_empty(),
        Value::Choices(codes) => codes.is_empty(),
        _ => false,
    }
}

/// What an expression came to, as an answer of `kind`; `None` when it is blank or does not fit.
pub(crate) fn value_of(kind: QuestionKind, term: &Term<'_>) -> Option<Value> {
    use QuestionKind as K;
    if term.is_blank() {
        return None;
    }
    match kind {
        K::Integer => whole(term.number().round()).map(Value::Integer),
        K::Decimal => Some(term.number())
            .filter(|number| number.is_finite())
            .map(Value::Decimal),
        K::Date => term.date().map(Value::Date),
        K::Time => term.time().map(Value::Time),
        K::DateTime => match term {
            Term::DateTime(moment) => Some(Value::DateTime(*moment)),
            _ => None,
        },
        K::SelectOne => Some(Value::Choice(term.text().into_owned())),
        K::SelectMultiple => Some(Value::Choices(
            term.text().split_whitespace().map(str::to_owned).collect(),
        )),
        K::Text | K::Calculate | K::Note => of_its_own_kind(term),
        K::Acknowledge => term.is_true().then_some(Value::Acknowledged),
        K::Image | K::Location => None,
    }
    .filter(|value| kind != K::Text || matches!(value, Value::Text(_)))
    .or_else(|| (kind == K::Text && !is_nan(term)).then(|| Value::Text(term.display())))
}

fn of_its_own_kind(term: &Term<'_>) -> Option<Value> {
    match term {
        Term::Number(number) if !number.is_finite() => None,
        Term::Number(number) => {
            let integer = whole(*number).filter(|_| number.fract() == 0.0);
            Some(integer.map_or(Value::Decimal(*number), Value::Integer))
        }
        Term::Date(date) => Some(Value::Date(*date)),
        Term::Time(time) => Some(Value::Time(*time)),
        Term::DateTime(moment) => Some(Value::DateTime(*moment)),
        other => Some(Value::Text(other.text().into_owned())),
    }
}

fn is_nan(term: &Term<'_>) -> bool {
    matches!(term, Term::Number(number) if !number.is_finite())
}

/// The integer a float stands for, within what floats hold exactly.
fn whole(number: f64) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    #[expect(
        clippy::cast_possible_truncation,
        reason = "checked against the exact range"
    )]
    (number.is_finite() && number.abs() <= EXACT).then_some(number as i64)
}
