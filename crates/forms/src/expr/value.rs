//! What a node comes to, and how two such values compare.

use super::node::Operator;
use baqylau_domain::{Moment, Value};
use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Timelike};
use std::borrow::Cow;
use std::cmp::Ordering;

/// A value while an expression is worked out. Blank is the empty text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Term<'a> {
    Text(Cow<'a, str>),
    Codes(&'a [String]),
    Number(f64),
    Boolean(bool),
    Date(NaiveDate),
    Time(NaiveTime),
    DateTime(Moment),
}

const MS_PER_DAY: f64 = 86_400_000.0;

impl<'a> Term<'a> {
    /// A blank.
    pub(crate) const BLANK: Self = Self::Text(Cow::Borrowed(""));

    /// An answer, or the lack of one.
    pub(crate) fn of(value: Option<&'a Value>) -> Self {
        match value {
            None => Self::BLANK,
            Some(Value::Text(text) | Value::Choice(text)) => Self::Text(Cow::Borrowed(text)),
            Some(Value::Choices(codes)) => Self::Codes(codes),
            #[expect(
                clippy::cast_precision_loss,
                reason = "XPath has no other numbers than these"
            )]
            Some(Value::Integer(number)) => Self::Number(*number as f64),
            Some(Value::Decimal(number)) => Self::Number(*number),
            Some(Value::Date(date)) => Self::Date(*date),
            Some(Value::Time(time)) => Self::Time(*time),
            Some(Value::DateTime(moment)) => Self::DateTime(*moment),
            Some(Value::Location(at)) => {
                let accuracy = at.accuracy_m.unwrap_or(0.0);
                Self::Text(Cow::Owned(format!(
                    "{} {} 0 {accuracy}",
                    at.latitude, at.longitude
                )))
            }
            Some(Value::Photo(photo)) => Self::Text(Cow::Owned(photo.hash.to_string())),
            Some(Value::Acknowledged) => Self::Text(Cow::Borrowed("OK")),
        }
    }

    pub(crate) fn is_blank(&self) -> bool {
        match self {
            Self::Text(text) => text.is_empty(),
            Self::Codes(codes) => codes.is_empty(),
            _ => false,
        }
    }

    pub(crate) fn is_true(&self) -> bool {
        match self {
            Self::Boolean(value) => *value,
            Self::Number(value) => *value != 0.0 && !value.is_nan(),
            other => !other.is_blank(),
        }
    }

    /// As a number; dates count in days since 1970, times as a part of a day.
    pub(crate) fn number(&self) -> f64 {
        match self {
            Self::Number(value) => *value,
            Self::Boolean(value) => f64::from(u8::from(*value)),
            Self::Text(text) => number_of(text),
            Self::Codes([code]) => number_of(code),
            Self::Codes(_) => f64::NAN,
            Self::Date(date) => f64::from(days_of(*date)),
            Self::Time(time) => day_part(*time),
            #[expect(
                clippy::cast_precision_loss,
                reason = "milliseconds of any calendar fit"
            )]
            Self::DateTime(moment) => moment.utc_ms as f64 / MS_PER_DAY,
        }
    }

    pub(crate) fn text(&self) -> Cow<'a, str> {
        match self {
            Self::Text(text) => text.clone(),
            Self::Codes(codes) => Cow::Owned(codes.join(" ")),
            Self::Number(value) => Cow::Owned(text_of_number(*value)),
            Self::Boolean(value) => Cow::Borrowed(if *value { "true" } else { "false" }),
            Self::Date(date) => Cow::Owned(date.to_string()),
            Self::Time(time) => Cow::Owned(time.format("%H:%M:%S%.3f").to_string()),
            Self::DateTime(moment) => Cow::Owned(
                moment
                    .local()
                    .map(|local| local.format("%Y-%m-%dT%H:%M:%S%.3f%:z").to_string())
                    .unwrap_or_default(),
            ),
        }
    }

    /// As people read a figure: `07:15` for a time, `12` for a count.
    pub(crate) fn display(&self) -> String {
        match self {
            Self::Time(time) => time.format("%H:%M").to_string(),
            Self::DateTime(moment) => moment
                .local()
                .map(|local| local.format("%Y-%m-%d %H:%M").to_string())
                .unwrap_or_default(),
            Self::Number(value) if value.fract() != 0.0 => {
                text_of_number((value * 1e4).round() / 1e4)
            }
            other => other.text().into_owned(),
        }
    }

    pub(crate) fn date(&self) -> Option<NaiveDate> {
        match self {
            Self::Date(date) => Some(*date),
            Self::DateTime(moment) => moment.local().map(|local| local.date_naive()),
            Self::Text(text) => date_of(text),
            #[expect(
                clippy::cast_possible_truncation,
                reason = "a float cast saturates, and the calendar then refuses"
            )]
            Self::Number(days) if days.is_finite() => {
                NaiveDate::from_epoch_days(days.floor() as i32)
            }
            _ => None,
        }
    }

    pub(crate) fn time(&self) -> Option<NaiveTime> {
        match self {
            Self::Time(time) => Some(*time),
            Self::DateTime(moment) => moment.local().map(|local| local.time()),
            Self::Text(text) => time_of(text),
            _ => None,
        }
    }

    /// As a local date and time, for comparing.
    fn date_time(&self) -> Option<NaiveDateTime> {
        match self {
            Self::Date(date) => Some(date.and_time(NaiveTime::MIN)),
            Self::DateTime(moment) => moment.local().map(|local| local.naive_local()),
            Self::Text(text) => date_time_of(text),
            _ => None,
        }
    }

    fn is_temporal(&self) -> bool {
        matches!(self, Self::Date(_) | Self::Time(_) | Self::DateTime(_))
    }
}

/// Compares as XPath does, and dates and times as such.
pub(crate) fn compare(left: &Term<'_>, operator: Operator, right: &Term<'_>) -> bool {
    let ordering = order(left, right, operator);
    match operator {
        Operator::Equal => ordering == Some(Ordering::Equal),
        Operator::NotEqual => ordering != Some(Ordering::Equal),
        Operator::Less => ordering == Some(Ordering::Less),
        Operator::LessOrEqual => matches!(ordering, Some(Ordering::Less | Ordering::Equal)),
        Operator::Greater => ordering == Some(Ordering::Greater),
        Operator::GreaterOrEqual => matches!(ordering, Some(Ordering::Greater | Ordering::Equal)),
        _ => false,
    }
}

fn order(left: &Term<'_>, right: &Term<'_>, operator: Operator) -> Option<Ordering> {
    let equality = matches!(operator, Operator::Equal | Operator::NotEqual);
    if equality && (matches!(left, Term::Boolean(_)) || matches!(right, Term::Boolean(_))) {
        return Some(left.is_true().cmp(&right.is_true()));
    }
    if left.is_temporal() || right.is_temporal() {
        return order_in_time(left, right);
    }
    if matches!(left, Term::Number(_)) || matches!(right, Term::Number(_)) {
        return left.number().partial_cmp(&right.number());
    }
    if equality {
        return Some(left.text().cmp(&right.text()));
    }
    left.number()
        .partial_cmp(&right.number())
        .or_else(|| order_in_time(left, right))
}

fn order_in_time(left: &Term<'_>, right: &Term<'_>) -> Option<Ordering> {
    if matches!(left, Term::Number(_)) || matches!(right, Term::Number(_)) {
        return left.number().partial_cmp(&right.number());
    }
    if matches!(left, Term::Time(_)) || matches!(right, Term::Time(_)) {
        return Some(left.time()?.cmp(&right.time()?));
    }
    if let (Some(left), Some(right)) = (left.date_time(), right.date_time()) {
        return Some(left.cmp(&right));
    }
    Some(left.time()?.cmp(&right.time()?))
}

/// XPath's number grammar: an optional minus, digits, at most one point; no exponent, no infinity.
fn number_of(text: &str) -> f64 {
    let text = text.trim();
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain = digits
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'.');
    if plain {
        text.parse().unwrap_or(f64::NAN)
    } else {
        f64::NAN
    }
}

fn text_of_number(value: f64) -> String {
    if value.is_nan() {
        "NaN".to_owned()
    } else if value.is_infinite() {
        if value > 0.0 { "Infinity" } else { "-Infinity" }.to_owned()
    } else if value == 0.0 {
        "0".to_owned()
    } else {
        value.to_string()
    }
}

pub(crate) fn days_of(date: NaiveDate) -> i32 {
    date.to_epoch_days()
}

pub(super) fn day_part(time: NaiveTime) -> f64 {
    f64::from(time.num_seconds_from_midnight()) / 86_400.0
        + f64::from(time.nanosecond() / 1_000_000) / MS_PER_DAY
}

fn date_of(text: &str) -> Option<NaiveDate> {
    text.get(..10).unwrap_or(text).parse().ok()
}

/// `07:15`, `07:15:00`, `07:15:00.000+06:00`: the wall clock counts, the offset does not.
fn time_of(text: &str) -> Option<NaiveTime> {
    let text = text.split(['+', 'Z']).next()?;
    let text = text.split_once('-').map_or(text, |(time, _)| time);
    NaiveTime::parse_from_str(text, "%H:%M:%S%.f")
        .or_else(|_| NaiveTime::parse_from_str(text, "%H:%M"))
        .ok()
}

fn date_time_of(text: &str) -> Option<NaiveDateTime> {
    match text.split_once('T') {
        None => Some(date_of(text)?.and_time(NaiveTime::MIN)),
        Some((date, time)) => Some(date.parse::<NaiveDate>().ok()?.and_time(time_of(time)?)),
    }
}
