//! What a replay came to, as people and programs read it.

use super::{Again, Reckoning, Roads};
use crate::link::Tally;
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::atomic::Ordering;
use std::time::Duration;

/// One indicator beside what was published.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Figure {
    /// `I02`.
    pub id: String,
    /// What is counted.
    pub unit: String,
    /// Numerator.
    pub numerator: Json,
    /// Denominator.
    pub denominator: Json,
    /// What is shown; a share is a fraction of one.
    pub value: Option<f64>,
    /// The printed figure; empty when the documents give none.
    pub published: String,
    /// Where it is printed.
    pub source: String,
    /// Whether the figure was invented for the rehearsal.
    pub invented: bool,
    /// Whether the figure rounds to the printed one.
    #[serde(alias = "matches", rename(serialize = "match"))]
    pub matches: Option<bool>,
    /// The statement's sentence, by language.
    #[serde(skip_serializing, default)]
    pub label: BTreeMap<String, String>,
}

/// What `baqylau-hq indicators --json` prints.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Figures {
    indicators: Vec<Figure>,
}

/// What a replay came to.
#[derive(Debug)]
pub struct Outcome {
    /// Devices that took part.
    pub devices: usize,
    /// Both sides compared.
    pub reckoning: Reckoning,
    /// Everything sent again.
    pub again: Again,
    /// The indicators.
    pub figures: Vec<Figure>,
    /// Connections, cut ones, swallowed replies.
    pub network: (u64, u64, u64),
    /// Hand-overs by file, by codes, by the network in the room.
    pub carried: (u64, u64, u64),
    /// How long it took.
    pub took: Duration,
}

impl Outcome {
    pub(super) fn new(
        devices: usize,
        reckoning: Reckoning,
        again: Again,
        figures: Figures,
        tally: &Tally,
        roads: &Roads,
        took: Duration,
    ) -> Self {
        let count = |counter: &std::sync::atomic::AtomicU64| counter.load(Ordering::Relaxed);
        let network = (
            count(&tally.connections),
            count(&tally.cut),
            count(&tally.replies_lost),
        );
        Self {
            devices,
            reckoning,
            again,
            figures: figures.indicators,
            network,
            carried: (
                count(&roads.files),
                count(&roads.codes),
                count(&roads.network),
            ),
            took,
        }
    }

    /// Whether nothing was lost, doubled or altered, also not by sending it again.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.reckoning.is_clean() && self.again.is_clean()
    }

    /// Whether nothing was lost, doubled or altered and every published figure came out.
    #[must_use]
    pub fn is_good(&self) -> bool {
        self.is_clean()
            && self
                .figures
                .iter()
                .all(|figure| figure.matches != Some(false))
    }

    /// For programs.
    #[must_use]
    pub fn json(&self) -> Json {
        let Reckoning {
            reports,
            lost,
            doubled,
            altered,
            altered_questions,
            corrected,
            set_aside,
        } = &self.reckoning;
        let (connections, cut, replies_lost) = self.network;
        let (files, codes, network) = self.carried;
        json!({
            "reports": reports,
            "devices": self.devices,
            "lost": lost,
            "doubled": doubled,
            "altered": altered,
            "altered_questions": altered_questions,
            "corrected": corrected,
            "set_aside": set_aside,
            "again": self.again,
            "network": { "connections": connections, "cut": cut, "replies_lost": replies_lost },
            "carried": { "files": files, "codes": codes, "network": network },
            "seconds": self.took.as_secs_f64(),
            "indicators": self.figures,
        })
    }

    /// For people.
    #[must_use]
    pub fn table(&self) -> String {
        let mut text = String::new();
        let Reckoning {
            reports,
            lost,
            doubled,
            altered,
            corrected,
            ..
        } = &self.reckoning;
        let (connections, cut, replies_lost) = self.network;
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "{:<5}{:>9}{:>12}{:>12}  {:<11}{:<10}{:<9}",
            "", "value", "", "of", "unit", "published", "source"
        );
        for figure in &self.figures {
            let value = match figure.value {
                Some(value) if figure.denominator != Json::Null && value <= 1.0 => {
                    format!("{:.1} %", value * 100.0)
                }
                Some(value) => format!("{}", (value * 10.0).round() / 10.0),
                None => "–".to_owned(),
            };
            let verdict = match (figure.invented, figure.matches) {
                (true, _) => "invented",
                (false, Some(true)) => "matches",
                (false, Some(false)) => "DIFFERS",
                (false, None) => "",
            };
            let (numerator, denominator) =
                (figure.numerator.to_string(), figure.denominator.to_string());
            let Figure {
                id,
                unit,
                published,
                source,
                ..
            } = figure;
            let _ = writeln!(
                text,
                "{id:<5}{value:>9}{numerator:>12} {denominator:>11}  {unit:<11}{published:<10}{source:<9}{verdict}"
            );
        }
        let reports: Vec<String> = reports
            .iter()
            .map(|(form, count)| format!("{count} {form}"))
            .collect();
        let _ = writeln!(
            text,
            "\n{} from {} devices ({corrected} corrected)",
            reports.join(", "),
            self.devices
        );
        let _ = writeln!(
            text,
            "{connections} connections, {cut} cut, {replies_lost} replies swallowed"
        );
        let (files, codes, network) = self.carried;
        if files + codes + network > 0 {
            let _ = writeln!(
                text,
                "handed over: {files} by file, {codes} by codes, {network} by the network in the room"
            );
        }
        let _ = writeln!(
            text,
            "lost {lost}, doubled {doubled}, altered {altered}; {:.0} s",
            self.took.as_secs_f64()
        );
        let Again {
            times,
            segments,
            new_rows,
            changed_files,
            ..
        } = &self.again;
        let _ = writeln!(
            text,
            "{segments} segments sent again {times} times: {new_rows} new rows, {} files of the export changed",
            changed_files.len()
        );
        for (question, count) in &self.reckoning.altered_questions {
            let _ = writeln!(text, "altered: {question} in {count} reports");
        }
        text
    }
}
