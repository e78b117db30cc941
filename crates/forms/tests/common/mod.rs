//! What the tests share: fixtures, a small register, answers by name.
#![allow(dead_code, reason = "each test binary uses its own part")]

use baqylau_domain::{Answers, Finding, Moment, Value};
use baqylau_forms::{Env, Form, FormView, Nothing, Prior, Register, Source, evaluate, read};
use chrono::{NaiveDate, NaiveTime};

pub(crate) const PROTOCOL: &[u8] = include_bytes!("../fixtures/protocol.csv");
pub(crate) const VISIT: &[u8] = include_bytes!("../fixtures/visit.csv");

/// 3 April 2011, 10:30 in Astana.
pub(crate) const NOW: Moment = Moment {
    utc_ms: 1_301_805_000_000,
    offset_min: 360,
};

pub(crate) fn form(csv: &[u8]) -> Form {
    read(Source::Csv { survey: csv }).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

pub(crate) fn env() -> Env<'static> {
    Env {
        now: NOW,
        language: "en",
        register: &Stations,
        prior: &Nothing,
    }
}

pub(crate) fn answers(pairs: &[(&str, Value)]) -> Answers {
    pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), value.clone()))
        .collect()
}

pub(crate) fn choice(code: &str) -> Value {
    Value::Choice(code.to_owned())
}

pub(crate) fn choices(codes: &[&str]) -> Value {
    Value::Choices(codes.iter().map(|code| (*code).to_owned()).collect())
}

pub(crate) fn time(hour: u32, minute: u32) -> Value {
    Value::Time(NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default())
}

pub(crate) fn date(year: i32, month: u32, day: u32) -> Value {
    Value::Date(NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default())
}

pub(crate) fn view(form: &Form, pairs: &[(&str, Value)]) -> FormView {
    evaluate(form, &answers(pairs), &env())
}

pub(crate) fn codes(findings: &[Finding]) -> Vec<&str> {
    findings
        .iter()
        .map(|finding| finding.code.as_str())
        .collect()
}

/// Two regions and three stations.
pub(crate) struct Stations;

const STATIONS: [(&str, &str, &str); 3] = [
    ("S1", "R1", "School 1"),
    ("S2", "R1", "School 2"),
    ("S3", "R2", "Hospital"),
];

impl Register for Stations {
    fn label(&self, file: &str, code: &str, _language: &str) -> Option<String> {
        let row = STATIONS.iter().find(|row| row.0 == code)?;
        (file == "stations").then(|| row.2.to_owned())
    }

    fn value(&self, file: &str, key_column: &str, key: &str, column: &str) -> Option<String> {
        let row = STATIONS.iter().find(|row| row.0 == key)?;
        let known = file == "stations" && key_column == "code" && column == "region";
        known.then(|| row.1.to_owned())
    }

    fn contains(&self, file: &str, code: &str, filter: &[(String, String)]) -> bool {
        match file {
            "regions" => matches!(code, "R1" | "R2"),
            _ => STATIONS.iter().any(|row| {
                row.0 == code
                    && filter
                        .iter()
                        .all(|(column, value)| column == "region" && value == row.1)
            }),
        }
    }
}

/// Earlier reports about the same place.
pub(crate) struct Earlier(pub(crate) Vec<(&'static str, Value)>);

impl Prior for Earlier {
    fn value(&self, key: &str) -> Option<Value> {
        self.0
            .iter()
            .find(|(known, _)| *known == key)
            .map(|(_, value)| value.clone())
    }
}
