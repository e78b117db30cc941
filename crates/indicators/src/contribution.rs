//! What one report adds to one figure.

use crate::amount::Amount;
use crate::definition::{Definition, Definitions, Gather, Quantity};
use baqylau_domain::{Answers, Moment, Value};
use baqylau_forms::expr::Outcome;
use baqylau_forms::{Env, FormView};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What headquarters knows of a report besides its answers.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Keys {
    /// The report's id.
    pub report: String,
    /// Code of the station, if it is about one.
    pub station: Option<String>,
    /// Code of the district commission, if it is about one.
    pub commission: Option<String>,
    /// The team's code.
    pub team: String,
    /// Code of the region of the place.
    pub region: Option<String>,
    /// `urban` or `rural`.
    pub area: Option<String>,
    /// The station's kind.
    pub kind: Option<String>,
    /// Who sent the team.
    pub team_kind: Option<String>,
    /// Local time of arrival in minutes since midnight.
    pub arrival_min: Option<u16>,
    /// Band of the day that the arrival falls into (`About::time_band`).
    pub time_band: Option<String>,
}

/// What one report adds to one figure. Stored beside the ledger and rebuilt from it at will.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contribution {
    /// The indicator.
    pub indicator: String,
    /// The report.
    pub report: String,
    /// Its station, for the second denominator.
    pub station: Option<String>,
    /// What makes it the same as others (see [`Definition::per`]).
    pub key: Option<String>,
    /// Its time of arrival: of several visits to one place the latest stands.
    pub arrival_min: Option<u16>,
    /// Into the numerator.
    pub numerator: Amount,
    /// Into the denominator.
    pub denominator: Amount,
    /// Groups it belongs to, by dimension.
    pub groups: BTreeMap<String, Vec<String>>,
}

/// The answers that count: those of questions that apply, computed ones included.
#[must_use]
pub fn in_force(view: &FormView) -> Answers {
    view.questions
        .iter()
        .filter(|(_, question)| question.relevant)
        .filter_map(|(name, question)| Some((name.clone(), question.value.clone()?)))
        .collect()
}

/// What a report of `form` adds to `definition`; nothing when it is of another form, or when
/// the question it turns on was left blank or answered "don't know".
///
/// `answers` are those [`in_force`].
#[must_use]
pub fn contribution(
    definition: &Definition,
    form: &str,
    answers: &Answers,
    keys: &Keys,
) -> Option<Contribution> {
    if definition.form != form {
        return None;
    }
    // Figures never depend on the time of computing, so the clock stands still.
    let env = Env::bare(Moment {
        utc_ms: 0,
        offset_min: 0,
    });
    let denominator = match &definition.denominator {
        Quantity::Total(_) => Amount::ONE,
        Quantity::Expression(expression) => {
            amount(definition, &expression.evaluate(answers, &env))?
        }
    };
    if denominator == Amount::ZERO && definition.gather != Gather::Sum {
        return None;
    }
    let numerator = amount(definition, &definition.numerator.evaluate(answers, &env))?;
    let key = match definition.per.as_deref() {
        None => None,
        Some(name) => Some(key(name, answers, keys)?),
    };
    let groups = definition
        .breakdowns
        .iter()
        .map(|name| (name.clone(), groups(name, answers, keys)))
        .filter(|(_, groups)| !groups.is_empty())
        .collect();
    Some(Contribution {
        indicator: definition.id.clone(),
        report: keys.report.clone(),
        station: keys.station.clone(),
        key,
        arrival_min: keys.arrival_min,
        numerator,
        denominator,
        groups,
    })
}

impl Definitions {
    /// Everything one report adds.
    #[must_use]
    pub fn contributions(&self, form: &str, answers: &Answers, keys: &Keys) -> Vec<Contribution> {
        self.rows
            .iter()
            .filter_map(|definition| contribution(definition, form, answers, keys))
            .collect()
    }
}

/// Sums take numbers and nothing else; everything else asks yes or no.
fn amount(definition: &Definition, outcome: &Outcome) -> Option<Amount> {
    if definition.gather == Gather::Sum {
        return outcome.number().map(Amount::of);
    }
    match outcome {
        Outcome::Blank => None,
        other => Some(if other.is_true() {
            Amount::ONE
        } else {
            Amount::ZERO
        }),
    }
}

fn key(name: &str, answers: &Answers, keys: &Keys) -> Option<String> {
    match name {
        "station" => keys.station.clone(),
        "commission" => keys.commission.clone(),
        "team" => Some(keys.team.clone()),
        question => texts(answers.get(question)).into_iter().next(),
    }
}

fn groups(name: &str, answers: &Answers, keys: &Keys) -> Vec<String> {
    let one = |group: &Option<String>| group.iter().cloned().collect();
    match name {
        "region" => one(&keys.region),
        "area" => one(&keys.area),
        "kind" => one(&keys.kind),
        "time_band" => one(&keys.time_band),
        "team_kind" => one(&keys.team_kind),
        question => texts(answers.get(question)),
    }
}

fn texts(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::Choice(code) | Value::Text(code)) => vec![code.clone()],
        Some(Value::Choices(codes)) => codes.clone(),
        Some(Value::Integer(number)) => vec![number.to_string()],
        _ => Vec::new(),
    }
}
