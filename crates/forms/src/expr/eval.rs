//! Working a tree out.

use super::functions::Function;
use super::node::{Node, Operator};
use super::parse::whole_match;
use super::value::{Term, compare, day_part};
use crate::Env;
use baqylau_domain::Moment;
use chrono::{DateTime, NaiveDate};
use std::borrow::Cow;
use std::collections::HashMap;

/// Longest text that `join()` and `concat()` make, bytes.
const LONGEST_TEXT: usize = 64 * 1024;

/// Where a tree's names find their values.
pub(crate) trait Scope<'a, R> {
    /// The answer to a question; blank when absent.
    fn answer(&self, reference: &R) -> Term<'a>;
    /// The answer of the question that the expression belongs to.
    fn this(&self) -> Term<'a>;
    /// A column of the choice that a filter is asked about.
    fn column(&self, name: &str) -> Term<'a>;
    /// A choice's label in the language of the evaluation.
    fn choice_label(&self, question: &R, code: &str) -> Option<String>;
    /// A cell of an external list.
    fn cell(&self, file: &str, key_column: &str, key: &str, column: &str) -> Term<'a>;
    /// The world.
    fn env(&self) -> &Env<'a>;
}

/// Works out `node`. Recursion is bounded by the parser's limit on nesting.
pub(crate) fn eval<'a, R>(node: &'a Node<R>, scope: &impl Scope<'a, R>) -> Term<'a> {
    match node {
        Node::Number(value) => Term::Number(*value),
        Node::Text(text) => Term::Text(Cow::Borrowed(text)),
        Node::Reference(reference) => scope.answer(reference),
        Node::This => scope.this(),
        Node::Column(name) => scope.column(name),
        Node::Negate(inner) => Term::Number(-eval(inner, scope).number()),
        Node::Chain(first, rest) => {
            let first = eval(first, scope);
            rest.iter().fold(first, |left, (operator, right)| {
                apply(&left, *operator, &eval(right, scope))
            })
        }
        Node::All(parts) => Term::Boolean(parts.iter().all(|part| eval(part, scope).is_true())),
        Node::Any(parts) => Term::Boolean(parts.iter().any(|part| eval(part, scope).is_true())),
        Node::Call(function, arguments) => call(*function, arguments, scope),
        Node::Matches(text, pattern) => Term::Boolean(pattern.is_match(&eval(text, scope).text())),
        Node::ChoiceName(code, question) => {
            let code = eval(code, scope).text();
            let label = scope
                .choice_label(question, &code)
                .unwrap_or_else(|| code.into_owned());
            Term::Text(Cow::Owned(label))
        }
        Node::Lookup(lookup) => {
            let key = eval(&lookup.key, scope);
            if key.is_blank() {
                return Term::BLANK;
            }
            scope.cell(
                &lookup.file,
                &lookup.key_column,
                &key.text(),
                &lookup.column,
            )
        }
    }
}

fn apply<'a>(left: &Term<'a>, operator: Operator, right: &Term<'a>) -> Term<'a> {
    let number =
        |combine: fn(f64, f64) -> f64| Term::Number(combine(left.number(), right.number()));
    match operator {
        Operator::Add => number(|a, b| a + b),
        Operator::Subtract => number(|a, b| a - b),
        Operator::Multiply => number(|a, b| a * b),
        Operator::Divide => number(|a, b| a / b),
        Operator::Modulo => number(|a, b| a % b),
        _ => Term::Boolean(compare(left, operator, right)),
    }
}

fn call<'a, R>(
    function: Function,
    arguments: &'a [Node<R>],
    scope: &impl Scope<'a, R>,
) -> Term<'a> {
    let nth = |index: usize| {
        arguments
            .get(index)
            .map_or_else(|| scope.this(), |node| eval(node, scope))
    };
    let text = |index: usize| nth(index).text();
    let number = |index: usize| nth(index).number();
    match function {
        Function::If => nth(if nth(0).is_true() { 1 } else { 2 }),
        Function::Coalesce => arguments
            .iter()
            .map(|node| eval(node, scope))
            .find(|term| !term.is_blank())
            .unwrap_or(Term::BLANK),
        Function::Once => Some(scope.this())
            .filter(|term| !term.is_blank())
            .unwrap_or_else(|| nth(0)),
        Function::Not => Term::Boolean(!nth(0).is_true()),
        Function::True => Term::Boolean(true),
        Function::False => Term::Boolean(false),
        Function::Boolean => Term::Boolean(nth(0).is_true()),
        Function::BooleanFromString => Term::Boolean(matches!(&*text(0), "true" | "1")),
        Function::Selected => Term::Boolean(is_selected(&nth(0), &text(1))),
        Function::SelectedAt => selected_at(&nth(0), number(1)),
        Function::CountSelected => Term::Number(count(codes_of(&nth(0)).len())),
        Function::CountNonEmpty => Term::Number(count(
            arguments
                .iter()
                .filter(|node| !eval(*node, scope).is_blank())
                .count(),
        )),
        Function::Checklist => within(arguments, scope, 1),
        Function::WeightedChecklist => within(arguments, scope, 2),
        Function::Number => Term::Number(number(0)),
        Function::Int => Term::Number(number(0).trunc()),
        Function::Round => round(
            number(0),
            arguments.get(1).map(|node| eval(node, scope).number()),
        ),
        Function::Abs => Term::Number(number(0).abs()),
        Function::Floor => Term::Number(number(0).floor()),
        Function::Ceiling => Term::Number(number(0).ceil()),
        Function::Sqrt => Term::Number(number(0).sqrt()),
        Function::Exp => Term::Number(number(0).exp()),
        Function::Log => Term::Number(number(0).ln()),
        Function::Log10 => Term::Number(number(0).log10()),
        Function::Pow => Term::Number(number(0).powf(number(1))),
        Function::Sum => fold(arguments, scope, |a, b| a + b),
        Function::Min => fold(arguments, scope, f64::min),
        Function::Max => fold(arguments, scope, f64::max),
        Function::Today => scope
            .env()
            .now
            .local()
            .map_or(Term::BLANK, |local| Term::Date(local.date_naive())),
        Function::Now => Term::DateTime(scope.env().now),
        Function::Date => nth(0).date().map_or(Term::BLANK, Term::Date),
        Function::DateTime => date_time(&nth(0)),
        Function::DecimalDateTime => Term::Number(decimal_date_time(&nth(0))),
        Function::DecimalTime => Term::Number(nth(0).time().map_or(f64::NAN, day_part)),
        Function::FormatDate => Term::Text(Cow::Owned(format_date(&nth(0), &text(1)))),
        Function::Regex => {
            Term::Boolean(whole_match(&text(1)).is_some_and(|pattern| pattern.is_match(&text(0))))
        }
        _ => of_text(function, arguments, scope),
    }
}

fn of_text<'a, R>(
    function: Function,
    arguments: &'a [Node<R>],
    scope: &impl Scope<'a, R>,
) -> Term<'a> {
    let text = |index: usize| {
        arguments
            .get(index)
            .map_or_else(|| scope.this(), |node| eval(node, scope))
            .text()
    };
    let number = |index: usize| arguments.get(index).map(|node| eval(node, scope).number());
    let owned = |value: String| Term::Text(Cow::Owned(value));
    match function {
        Function::Contains => Term::Boolean(text(0).contains(&*text(1))),
        Function::StartsWith => Term::Boolean(text(0).starts_with(&*text(1))),
        Function::EndsWith => Term::Boolean(text(0).ends_with(&*text(1))),
        Function::StringLength => Term::Number(count(text(0).chars().count())),
        Function::NormalizeSpace => owned(text(0).split_whitespace().collect::<Vec<_>>().join(" ")),
        Function::Concat => join("", (0..arguments.len()).map(text)),
        Function::Join => join(&text(0), (1..arguments.len()).map(text)),
        Function::Translate => owned(translate(&text(0), &text(1), &text(2))),
        Function::Substr => owned(slice(&text(0), number(1).unwrap_or(0.0), number(2))),
        Function::Substring => {
            // XPath counts from 1 and gives a length; `substr` counts from 0 and gives an end.
            let start = number(1).unwrap_or(1.0) - 1.0;
            owned(slice(
                &text(0),
                start.max(0.0),
                number(2).map(|length| start + length),
            ))
        }
        Function::SubstringBefore => owned(
            text(0)
                .split_once(&*text(1))
                .map(|(before, _)| before.to_owned())
                .unwrap_or_default(),
        ),
        Function::SubstringAfter => owned(
            text(0)
                .split_once(&*text(1))
                .map(|(_, after)| after.to_owned())
                .unwrap_or_default(),
        ),
        _ => owned(text(0).into_owned()),
    }
}

fn codes_of<'t>(term: &'t Term<'_>) -> Vec<&'t str> {
    match term {
        Term::Codes(codes) => codes.iter().map(String::as_str).collect(),
        Term::Text(text) => text.split_whitespace().collect(),
        _ => Vec::new(),
    }
}

fn is_selected(term: &Term<'_>, code: &str) -> bool {
    let code = code.trim();
    match term {
        Term::Codes(codes) => codes.iter().any(|chosen| chosen == code),
        other => other.text().split_whitespace().any(|chosen| chosen == code),
    }
}

fn selected_at<'a>(term: &Term<'a>, index: f64) -> Term<'a> {
    let codes = codes_of(term);
    let found = codes
        .iter()
        .enumerate()
        .find(|(at, _)| (count(*at) - index).abs() < 0.5);
    found.map_or(Term::BLANK, |(_, code)| {
        Term::Text(Cow::Owned((*code).to_owned()))
    })
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of an expression's parts are small"
)]
fn count(items: usize) -> f64 {
    items as f64
}

/// Blanks do not count; without a single number the result is none.
fn fold<'a, R>(
    arguments: &'a [Node<R>],
    scope: &impl Scope<'a, R>,
    combine: fn(f64, f64) -> f64,
) -> Term<'a> {
    let terms = arguments
        .iter()
        .map(|node| eval(node, scope))
        .filter(|term| !term.is_blank());
    Term::Number(
        terms
            .map(|term| term.number())
            .reduce(combine)
            .unwrap_or(f64::NAN),
    )
}

/// `checklist(min, max, v…)` and `weighted-checklist(min, max, v, w…)`; -1 is no limit.
fn within<'a, R>(arguments: &'a [Node<R>], scope: &impl Scope<'a, R>, step: usize) -> Term<'a> {
    let number =
        |node: Option<&'a Node<R>>| node.map_or(f64::NAN, |node| eval(node, scope).number());
    let (fewest, most) = (number(arguments.first()), number(arguments.get(1)));
    let items = arguments.get(2..).unwrap_or_default().chunks(step);
    let weight = |item: &'a [Node<R>]| if step == 1 { 1.0 } else { number(item.get(1)) };
    let total: f64 = items
        .filter(|item| item.first().is_some_and(|node| eval(node, scope).is_true()))
        .map(weight)
        .sum();
    Term::Boolean((fewest < 0.0 || total >= fewest) && (most < 0.0 || total <= most))
}

/// Halves go up, as XPath says; `places` as ODK adds.
fn round<'a>(value: f64, places: Option<f64>) -> Term<'a> {
    let scale = 10_f64.powf(places.unwrap_or(0.0).trunc().clamp(-300.0, 300.0));
    Term::Number((value * scale + 0.5).floor() / scale)
}

/// Nested joins of short texts would make any amount of text: one that would be longer than [`LONGEST_TEXT`] is blank.
fn join<'a>(separator: &str, mut parts: impl Iterator<Item = Cow<'a, str>>) -> Term<'static> {
    let mut joined = parts.next().unwrap_or_default().into_owned();
    for part in parts {
        joined.push_str(separator);
        joined.push_str(&part);
        if joined.len() > LONGEST_TEXT {
            return Term::BLANK;
        }
    }
    Term::Text(Cow::Owned(joined))
}

/// Of a character that `from` holds twice, the first place counts.
fn translate(text: &str, from: &str, to: &str) -> String {
    let mut to = to.chars();
    let mut swaps: HashMap<char, Option<char>> = HashMap::new();
    for wanted in from.chars() {
        let swap = to.next();
        swaps.entry(wanted).or_insert(swap);
    }
    let swap = |c: char| swaps.get(&c).copied().unwrap_or(Some(c));
    text.chars().filter_map(swap).collect()
}

/// Characters from `start` up to `end`, which lies behind the last one when negative or absent.
fn slice(text: &str, start: f64, end: Option<f64>) -> String {
    let length = count(text.chars().count());
    let from_end = |at: f64| if at < 0.0 { length + at } else { at };
    let (start, end) = (from_end(start), end.map_or(length, from_end));
    let inside = |at: &usize| count(*at) >= start.round() && count(*at) < end.round();
    text.chars()
        .enumerate()
        .filter(|(at, _)| inside(at))
        .map(|(_, c)| c)
        .collect()
}

fn date_time<'a>(term: &Term<'a>) -> Term<'a> {
    match term {
        Term::DateTime(_) => term.clone(),
        other => DateTime::parse_from_rfc3339(&other.text()).map_or(Term::BLANK, |at| {
            let offset_min = i16::try_from(at.offset().local_minus_utc() / 60).unwrap_or(0);
            Term::DateTime(Moment {
                utc_ms: at.timestamp_millis(),
                offset_min,
            })
        }),
    }
}

fn decimal_date_time(term: &Term<'_>) -> f64 {
    match date_time(term) {
        moment @ Term::DateTime(_) => moment.number(),
        _ => term
            .date()
            .map_or(f64::NAN, |date: NaiveDate| Term::Date(date).number()),
    }
}

/// ODK's letters: `%Y %y %m %n %b %d %e %H %h %M %S %3 %a`; months and days stay numbers or English.
fn format_date(term: &Term<'_>, format: &str) -> String {
    let date = term.date();
    let time = term.time().unwrap_or_default();
    let Some(date) = date else {
        return if term.time().is_some() {
            format_parts(NaiveDate::default().and_time(time), format)
        } else {
            String::new()
        };
    };
    format_parts(date.and_time(time), format)
}

fn format_parts(at: chrono::NaiveDateTime, format: &str) -> String {
    let mut result = String::new();
    let mut chars = format.chars();
    while let Some(c) = chars.next() {
        if c != '%' {
            result.push(c);
            continue;
        }
        let pattern = match chars.next() {
            Some('Y') => "%Y",
            Some('y') => "%y",
            Some('m') => "%m",
            Some('n') => "%-m",
            Some('b') => "%b",
            Some('d') => "%d",
            Some('e') => "%-d",
            Some('H') => "%H",
            Some('h') => "%-H",
            Some('M') => "%M",
            Some('S') => "%S",
            Some('3') => "%3f",
            Some('a') => "%a",
            Some(other) => {
                result.push(other);
                continue;
            }
            None => break,
        };
        result.push_str(&at.format(pattern).to_string());
    }
    result
}
