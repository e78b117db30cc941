//! Which answers the reports of a form hold, so that exactly so many of them say what was published.

use super::{Stop, misfit};
use crate::error::RehearsalError;
use baqylau_domain::{Answers, Moment, Value};
use baqylau_forms::expr::{self, Outcome};
use baqylau_forms::{Env, FormSheet, QuestionKind};
use baqylau_mission::rehearsal::{RehearsedForm, RehearsedQuestion, Spread, Within};
use baqylau_mission::{Mission, MissionForm};
use chrono::{NaiveDate, NaiveTime};
use rand::RngExt;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;
use std::collections::BTreeMap;

/// The pseudo-answer that expressions draw chance from.
const DICE: &str = "dice";

/// Answers of every report of a form, in the order of `stops`.
pub(super) fn settle(
    mission: &Mission,
    known: &MissionForm,
    form: &RehearsedForm,
    stops: &[&Stop],
    rng: &mut ChaCha8Rng,
) -> Result<Vec<Answers>, RehearsalError> {
    let sheet = known.form.sheet(&mission.about.languages[0]);
    let mut reports = Reports {
        mission,
        sheet: &sheet,
        stops,
        answers: stops.iter().map(|stop| arrival(known, stop)).collect(),
        settled: vec![Answers::new(); stops.len()],
        worked_out: vec![BTreeMap::new(); stops.len()],
    };
    for row in &form.questions {
        reports.settle_row(row, rng)?;
    }
    if let Some(question) = &form.departure {
        reports.settle_departure(question);
    }
    Ok(reports.settled)
}

/// What the device will have filled in by itself and expressions lean on: the time of arrival.
fn arrival(known: &MissionForm, stop: &Stop) -> Answers {
    let time = stop.begins.local().map(|local| local.time());
    known
        .entry
        .arrival
        .iter()
        .cloned()
        .zip(time.map(Value::Time))
        .collect()
}

struct Reports<'a> {
    mission: &'a Mission,
    sheet: &'a FormSheet,
    stops: &'a [&'a Stop],
    /// What expressions and conditions see.
    answers: Vec<Answers>,
    /// What the team will be told to answer.
    settled: Vec<Answers>,
    /// Questions that a row has decided, also those decided to stay blank.
    worked_out: Vec<BTreeMap<String, ()>>,
}

impl Reports<'_> {
    fn settle_row(
        &mut self,
        row: &RehearsedQuestion,
        rng: &mut ChaCha8Rng,
    ) -> Result<(), RehearsalError> {
        let open: Vec<usize> = (0..self.stops.len())
            .filter(|report| {
                !self.worked_out[*report].contains_key(&row.name)
                    && self.holds(*report, &row.within)
            })
            .collect();
        let mut left = open.clone();
        left.shuffle(rng);
        for quota in &row.quota {
            let (fits, rest): (Vec<usize>, Vec<usize>) = left
                .iter()
                .partition(|report| self.holds(**report, &quota.within));
            let count = quota.count as usize;
            if fits.len() < count {
                return Err(misfit(format!(
                    "{}: {count} wanted, {} reports fit",
                    row.name,
                    fits.len()
                )));
            }
            for report in &fits[..count] {
                match (&quota.value, &quota.expression) {
                    (Some(value), _) => self.put_text(*report, &row.name, value)?,
                    (None, Some(text)) => self.put_expression(*report, &row.name, text, rng)?,
                    (None, None) => {
                        return Err(misfit(format!("{}: a quota without a value", row.name)));
                    }
                }
            }
            left = fits[count..].iter().chain(&rest).copied().collect();
        }
        if let Some(spread) = row.spread {
            return self.spread(&row.name, spread, &left, rng);
        }
        left.sort_unstable();
        for report in left {
            self.settle_rest(report, row, rng)?;
        }
        Ok(())
    }

    fn settle_rest(
        &mut self,
        report: usize,
        row: &RehearsedQuestion,
        rng: &mut ChaCha8Rng,
    ) -> Result<(), RehearsalError> {
        if let Some(source) = &row.from {
            let known = self
                .known(report, source)
                .ok_or_else(|| misfit(format!("{}: {source}", row.name)))?;
            self.put(report, &row.name, Value::Integer(known));
            return Ok(());
        }
        if let Some(text) = &row.expression {
            return self.put_expression(report, &row.name, text, rng);
        }
        let total: u32 = row.rest.values().sum();
        if total == 0 {
            return Ok(());
        }
        let mut draw = rng.random_range(0..total);
        for (value, weight) in &row.rest {
            if draw < *weight {
                return self.put_text(report, &row.name, value);
            }
            draw -= weight;
        }
        Ok(())
    }

    /// Whole numbers that add up to the total, none outside its bounds.
    fn spread(
        &mut self,
        name: &str,
        spread: Spread,
        reports: &[usize],
        rng: &mut ChaCha8Rng,
    ) -> Result<(), RehearsalError> {
        let Spread { total, least, most } = spread;
        let count = reports.len() as u32;
        if total < least * count || total > most * count {
            return Err(misfit(format!(
                "{name}: {total} cannot be spread over {count} reports"
            )));
        }
        let mut values = vec![least; reports.len()];
        let mut open: Vec<usize> = (0..reports.len()).collect();
        for _ in 0..total - least * count {
            let at = rng.random_range(0..open.len());
            values[open[at]] += 1;
            if values[open[at]] == most {
                open.swap_remove(at);
            }
        }
        for (report, value) in reports.iter().zip(values) {
            self.put(*report, name, Value::Integer(i64::from(value)));
        }
        Ok(())
    }

    fn settle_departure(&mut self, question: &str) {
        for report in 0..self.stops.len() {
            let stop = self.stops[report];
            let leaves = Moment {
                utc_ms: stop.begins.utc_ms + i64::from(stop.stay_min) * 60_000,
                ..stop.begins
            };
            if let Some(local) = leaves.local() {
                self.put(report, question, Value::Time(local.time()));
            }
        }
    }

    fn holds(&self, report: usize, within: &Within) -> bool {
        within.iter().all(|(question, values)| {
            self.answers[report]
                .get(question)
                .is_some_and(|given| values.contains(&plain(given)))
        })
    }

    /// What the device knows of the place.
    fn known(&self, report: usize, source: &str) -> Option<i64> {
        let place = self.stops[report].place.as_ref()?;
        match source {
            "station.voters" => Some(i64::from(
                self.mission.register.station(place.as_str())?.voters,
            )),
            "commission.stations" => {
                Some(i64::from(self.mission.register.stations_of(place.as_str())))
            }
            _ => None,
        }
    }

    fn put_expression(
        &mut self,
        report: usize,
        name: &str,
        text: &str,
        rng: &mut ChaCha8Rng,
    ) -> Result<(), RehearsalError> {
        let expression = expr::parse(text).map_err(|error| misfit(format!("{name}: {error}")))?;
        let mut seen = self.answers[report].clone();
        seen.insert(DICE.to_owned(), Value::Integer(rng.random_range(0..1_000)));
        match expression.evaluate(&seen, &Env::bare(self.stops[report].begins)) {
            Outcome::Blank => self.put_text(report, name, ""),
            Outcome::Number(number) if number.is_finite() => {
                self.put_text(report, name, &number.to_string())
            }
            Outcome::Text(value) => self.put_text(report, name, &value),
            other => Err(misfit(format!("{name}: `{text}` comes to {other:?}"))),
        }
    }

    fn put_text(&mut self, report: usize, name: &str, text: &str) -> Result<(), RehearsalError> {
        if text.is_empty() {
            self.worked_out[report].insert(name.to_owned(), ());
            return Ok(());
        }
        let kind = self.sheet.questions.get(name).map(|question| question.kind);
        let value = kind.and_then(|kind| typed(kind, text));
        let value = value.ok_or_else(|| misfit(format!("{name}: `{text}` is no answer")))?;
        self.put(report, name, value);
        Ok(())
    }

    fn put(&mut self, report: usize, name: &str, value: Value) {
        self.worked_out[report].insert(name.to_owned(), ());
        self.answers[report].insert(name.to_owned(), value.clone());
        self.settled[report].insert(name.to_owned(), value);
    }
}

/// The text as an answer of this kind.
fn typed(kind: QuestionKind, text: &str) -> Option<Value> {
    match kind {
        QuestionKind::Integer => text
            .parse::<f64>()
            .ok()
            .map(|number| Value::Integer(number as i64)),
        QuestionKind::Decimal => text.parse().ok().map(Value::Decimal),
        QuestionKind::Text => Some(Value::Text(text.to_owned())),
        QuestionKind::SelectOne => Some(Value::Choice(text.to_owned())),
        QuestionKind::SelectMultiple => Some(Value::Choices(
            text.split_whitespace().map(str::to_owned).collect(),
        )),
        QuestionKind::Date => NaiveDate::parse_from_str(text, "%Y-%m-%d")
            .ok()
            .map(Value::Date),
        QuestionKind::Time => NaiveTime::parse_from_str(text, "%H:%M:%S")
            .ok()
            .map(Value::Time),
        QuestionKind::Acknowledge => Some(Value::Acknowledged),
        _ => None,
    }
}

/// An answer as `rehearsal.toml` writes it.
fn plain(value: &Value) -> String {
    match value {
        Value::Text(text) | Value::Choice(text) => text.clone(),
        Value::Integer(number) => number.to_string(),
        Value::Decimal(number) => number.to_string(),
        Value::Choices(codes) => codes.join(" "),
        Value::Time(time) => time.to_string(),
        Value::Date(date) => date.to_string(),
        _ => String::new(),
    }
}
