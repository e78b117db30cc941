//! The figures, as JSON and as a table.

use serde::Serialize;
use std::fmt::Write as _;
use std::time::Duration;

pub(super) use baqylau_store::measure::percentile;

/// Everything measured. Durations and sizes are in the units of their names; each is the median of the runs.
#[derive(Debug, Clone, Serialize)]
pub struct Figures {
    /// What it was measured on.
    pub machine: Machine,
    /// How often.
    pub runs: u32,
    /// From a choice on a screen until it is on disk and the form has answered.
    pub answer_durable_ms: AnswerDurable,
    /// One answer changed, the whole form worked out anew.
    pub engine_step_us: EngineStep,
    /// Finding a station.
    pub search_ms: Search,
    /// What a batch weighs.
    pub wire: Wire,
    /// Reports that headquarters takes in a second, from the first byte to the last receipt.
    pub intake_per_s: f64,
    /// From starting the app to its first screen.
    pub start_ms: Option<f64>,
    /// Why that was not measured.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start_skipped: Option<String>,
    /// Scripts and styles that the app's page names, compressed one by one.
    pub bundle_gzip_kb: f64,
    /// Scripts that are loaded when they are needed: three languages, the way to the core.
    pub later_gzip_kb: f64,
    /// The typeface, which is compressed already; a browser loads the alphabets that a screen shows.
    pub fonts_kb: f64,
}

/// The machine.
#[derive(Debug, Clone, Serialize)]
pub struct Machine {
    /// The processor's name.
    pub cpu: String,
    /// Cores that this process may use.
    pub cores: usize,
    /// Memory, in millions of bytes.
    pub memory_mb: u64,
    /// The operating system.
    pub os: String,
    /// The compiler.
    pub rust: String,
    /// Processes that wanted a core at the beginning, one minute's mean: what else was going on.
    pub load: Option<f64>,
}

/// An answer, in milliseconds.
#[derive(Debug, Clone, Serialize)]
pub struct AnswerDurable {
    /// The median of what a screen waits for.
    pub p50: f64,
    /// The slowest of a hundred.
    pub p99: f64,
    /// The median of the smallest durable commit of plain SQLite, taking turns with the answers.
    pub bare_p50: f64,
    /// `p50` over `bare_p50`.
    pub ratio: f64,
    /// The median of the encrypted store's part of it.
    pub store_p50: f64,
    /// Answers timed, all runs together.
    pub answers: usize,
}

/// A form engine's step, in microseconds.
#[derive(Debug, Clone, Serialize)]
pub struct EngineStep {
    /// Ours: the whole form worked out anew, with all findings.
    pub ours: f64,
    /// The slowest of a hundred of them.
    pub ours_p99: f64,
    /// ODK's engine on the same form and the same answers: it works out what hangs on the answer.
    pub xforms_engine: Option<f64>,
    /// The slowest of a hundred of them.
    pub xforms_engine_p99: Option<f64>,
    /// `xforms_engine` over `ours`: above 1, ours is quicker.
    pub ratio: Option<f64>,
    /// Theirs with reading of every question what our view tells a screen.
    pub xforms_engine_whole: Option<f64>,
    /// `xforms_engine_whole` over `ours`.
    pub ratio_whole: Option<f64>,
    /// Why theirs was not measured.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub xforms_engine_skipped: Option<String>,
    /// Steps timed, all runs together.
    pub steps: usize,
}

/// Searches, in milliseconds.
#[derive(Debug, Clone, Serialize)]
pub struct Search {
    /// The median.
    pub p50: f64,
    /// The slowest of a hundred.
    pub p99: f64,
    /// Stations searched.
    pub stations: usize,
}

/// One batch on the wire.
#[derive(Debug, Clone, Serialize)]
pub struct Wire {
    /// Reports in the batch.
    pub reports: usize,
    /// Sealed bytes over reports.
    pub bytes_per_report: f64,
    /// Sealed bytes over what zstd level 19 makes of the same entries.
    pub ratio_zstd19: f64,
    /// Bytes of the whole request over reports.
    pub request_bytes_per_report: f64,
    /// Entries as they are written, before anything is compressed, over reports.
    pub entry_bytes_per_report: f64,
}

/// A duration in milliseconds.
pub(super) fn ms(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e3
}

/// A duration in microseconds.
pub(super) fn us(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e6
}

/// The middle of some figures; 0 of none.
pub(super) fn median(figures: impl Iterator<Item = f64>) -> f64 {
    let mut sorted: Vec<f64> = figures.collect();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    match sorted.get(middle) {
        None => 0.0,
        Some(upper) if sorted.len() % 2 == 1 => *upper,
        Some(upper) => f64::midpoint(sorted[middle - 1], *upper),
    }
}

impl Figures {
    /// The figures as JSON, to four places.
    #[must_use]
    pub fn json(&self) -> serde_json::Value {
        let mut value = serde_json::to_value(self).unwrap_or_default();
        round(&mut value);
        value
    }

    /// The figures for reading.
    #[must_use]
    pub fn table(&self) -> String {
        let mut text = String::new();
        let machine = &self.machine;
        let _ = writeln!(
            text,
            "{}, {} cores, {} MB, {}, {}; medians of {} runs",
            machine.cpu, machine.cores, machine.memory_mb, machine.os, machine.rust, self.runs
        );
        for (what, figure, beside) in self.rows() {
            let _ = writeln!(text, "{what:34} {figure:>16}   {beside}");
        }
        text
    }

    fn rows(&self) -> Vec<(&'static str, String, String)> {
        let answer = &self.answer_durable_ms;
        let engine = &self.engine_step_us;
        let theirs = match (engine.xforms_engine, engine.xforms_engine_whole) {
            (Some(theirs), Some(whole)) => {
                format!("ODK's engine {theirs:.0} µs; with reading all of it {whole:.0} µs")
            }
            _ => engine.xforms_engine_skipped.clone().unwrap_or_default(),
        };
        let start = self
            .start_ms
            .map_or("—".to_owned(), |ms| format!("{ms:.0} ms"));
        vec![
            (
                "an answer, until it is on disk",
                format!("{:.2} ms", answer.p50),
                format!(
                    "p99 {:.2} ms; the store {:.2} ms; bare SQLite {:.2} ms, × {:.1}",
                    answer.p99, answer.store_p50, answer.bare_p50, answer.ratio
                ),
            ),
            (
                "the form worked out anew",
                format!("{:.0} µs", engine.ours),
                theirs,
            ),
            (
                "finding a station, p99",
                format!("{:.2} ms", self.search_ms.p99),
                format!("of {} stations", self.search_ms.stations),
            ),
            (
                "a report on the wire",
                format!("{:.0} bytes", self.wire.bytes_per_report),
                format!("× {:.3} of zstd -19", self.wire.ratio_zstd19),
            ),
            (
                "headquarters takes in",
                format!("{:.0} a second", self.intake_per_s),
                "reports, over TLS, each opened, checked and signed for".to_owned(),
            ),
            (
                "the app's first screen",
                start,
                self.start_skipped.clone().unwrap_or_default(),
            ),
            (
                "scripts and styles, gzip",
                format!("{:.1} kB", self.bundle_gzip_kb),
                format!(
                    "later {:.1} kB; fonts {:.0} kB",
                    self.later_gzip_kb, self.fonts_kb
                ),
            ),
        ]
    }
}

/// Four places are more than any of this can be measured to.
fn round(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::Object(fields) => fields.values_mut().for_each(round),
        serde_json::Value::Number(number) => {
            let fraction = number.as_f64().filter(|_| number.is_f64());
            if let Some(fraction) = fraction {
                *value = ((fraction * 1e4).round() / 1e4).into();
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_middle_or_between_the_two_middles() {
        assert_eq!(median([3.0, 1.0, 2.0].into_iter()), 2.0);
        assert_eq!(median([4.0, 1.0, 2.0, 3.0].into_iter()), 2.5);
        assert_eq!(median(std::iter::empty()), 0.0);
    }
}
