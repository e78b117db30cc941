//! The form engine's step beside ODK's: the same form, the same answers, taking turns in the same minutes.

use super::error::BenchError;
use super::fieldwork::{Day, Filled};
use super::figures::{EngineStep, median, percentile, us};
use super::{Options, Oracle};
use baqylau_domain::{Answers, Value};
use baqylau_forms::{Env, Form, evaluate};
use baqylau_mission::Mission;
use serde::{Deserialize, Serialize};
use std::hint::black_box;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

/// Reports in a round: beginning one takes ODK's engine more than a second with a register of this size.
const REPORTS: usize = 8;

/// Times both engines; theirs only where it is installed.
pub(super) fn measure(
    mission: &Mission,
    day: &Day,
    options: &Options,
    runs: u32,
) -> Result<EngineStep, BenchError> {
    let first = day
        .filled
        .first()
        .ok_or_else(|| BenchError::Unsuited("no report".to_owned()))?;
    let known = mission
        .form(&first.visit.form)
        .ok_or_else(|| BenchError::Unsuited(first.visit.form.to_string()))?;
    let mut peer = match &options.oracle {
        Ok(oracle) => Some(Peer::start(oracle, &known.entry.id.0, &options.mission)?),
        Err(_) => None,
    };
    let mut rounds = day.filled.chunks_exact(REPORTS).cycle();
    let (mut ours, mut theirs, mut steps) = (Vec::new(), Vec::new(), 0);
    // The first round warms up both: caches here, the just-in-time compiler there.
    for run in 0..=runs {
        let reports = rounds.next().unwrap_or(&day.filled);
        let own = own_steps(mission, &known.form, reports);
        let other = match &mut peer {
            Some(peer) => Some(peer.answer(reports, own.len())?),
            None => None,
        };
        if run > 0 {
            steps += own.len();
            ours.push(Round::of(&own, &own));
            theirs.extend(
                other.map(|other| Round::of(&durations(&other.us), &durations(&other.whole_us))),
            );
        }
    }
    let own = median(ours.iter().map(|round| round.p50));
    let of_theirs =
        |pick: fn(&Round) -> f64| (!theirs.is_empty()).then(|| median(theirs.iter().map(pick)));
    let xforms_engine = of_theirs(|round| round.p50);
    let xforms_engine_whole = of_theirs(|round| round.whole);
    Ok(EngineStep {
        ours: own,
        ours_p99: median(ours.iter().map(|round| round.p99)),
        xforms_engine,
        xforms_engine_p99: of_theirs(|round| round.p99),
        ratio: xforms_engine.map(|theirs| theirs / own),
        xforms_engine_whole,
        ratio_whole: xforms_engine_whole.map(|theirs| theirs / own),
        xforms_engine_skipped: options.oracle.as_ref().err().cloned(),
        steps,
    })
}

/// One round of an engine, in microseconds.
struct Round {
    p50: f64,
    p99: f64,
    /// The median with reading the whole form.
    whole: f64,
}

impl Round {
    fn of(steps: &[Duration], whole: &[Duration]) -> Self {
        Self {
            p50: us(percentile(steps, 50)),
            p99: us(percentile(steps, 99)),
            whole: us(percentile(whole, 50)),
        }
    }
}

fn durations(us: &[f64]) -> Vec<Duration> {
    us.iter()
        .map(|us| Duration::from_secs_f64(us.max(0.0) / 1e6))
        .collect()
}

fn own_steps(mission: &Mission, form: &Form, filled: &[Filled]) -> Vec<Duration> {
    let mut timings = Vec::new();
    for report in filled {
        let env = Env {
            register: &*mission.register,
            ..Env::bare(report.visit.begins)
        };
        let mut answers: Answers = report.begun.clone();
        for (question, value) in &report.steps {
            answers.insert(question.clone(), value.clone());
            let begun = Instant::now();
            black_box(evaluate(form, &answers, &env));
            timings.push(begun.elapsed());
        }
    }
    timings
}

/// A report as the peer's program reads it.
#[derive(Serialize)]
struct Typed {
    begun: Vec<(String, Words)>,
    steps: Vec<(String, Words)>,
}

/// An answer as an XForm holds it.
#[derive(Serialize)]
#[serde(untagged)]
enum Words {
    Text(String),
    Codes(Vec<String>),
}

/// What the peer's program says of one round.
#[derive(Deserialize)]
struct Timed {
    /// Microseconds of each step.
    us: Vec<f64>,
    /// The same with reading everything that our view tells a screen.
    whole_us: Vec<f64>,
    /// Questions that took no answer.
    refused: Vec<String>,
}

impl Typed {
    fn of(filled: &Filled) -> Self {
        let written =
            |(question, value): (&String, &Value)| Some((question.clone(), words(value)?));
        Self {
            begun: filled.begun.iter().filter_map(written).collect(),
            steps: filled
                .steps
                .iter()
                .filter_map(|(question, value)| written((question, value)))
                .collect(),
        }
    }
}

/// The answer in XForms' spelling; none for what no planned report holds.
fn words(value: &Value) -> Option<Words> {
    Some(match value {
        Value::Text(text) => Words::Text(text.clone()),
        Value::Integer(number) => Words::Text(number.to_string()),
        Value::Decimal(number) => Words::Text(number.to_string()),
        Value::Date(date) => Words::Text(date.format("%Y-%m-%d").to_string()),
        Value::Time(time) => Words::Text(time.format("%H:%M:%S.000").to_string()),
        Value::Choice(code) => Words::Codes(vec![code.clone()]),
        Value::Choices(codes) => Words::Codes(codes.clone()),
        Value::Acknowledged => Words::Text("OK".to_owned()),
        Value::DateTime(_) | Value::Location(_) | Value::Photo(_) => return None,
    })
}

/// The peer's program, waiting for reports.
struct Peer {
    child: Child,
    asks: ChildStdin,
    says: BufReader<ChildStdout>,
}

impl Peer {
    fn start(oracle: &Oracle, form: &str, mission: &Path) -> Result<Self, BenchError> {
        let mut child = Command::new("node")
            .arg(&oracle.program)
            .arg(oracle.forms.join(format!("{form}.xml")))
            .arg(mission.join("register"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        match (child.stdin.take(), child.stdout.take()) {
            (Some(asks), Some(out)) => Ok(Self {
                child,
                asks,
                says: BufReader::new(out),
            }),
            _ => Err(BenchError::Oracle("it has no pipes".to_owned())),
        }
    }

    /// Answers some reports; every one of the `steps` must be taken.
    fn answer(&mut self, reports: &[Filled], steps: usize) -> Result<Timed, BenchError> {
        let unreadable = |error: serde_json::Error| BenchError::Oracle(error.to_string());
        let typed: Vec<Typed> = reports.iter().map(Typed::of).collect();
        let line = serde_json::to_string(&typed).map_err(unreadable)?;
        writeln!(self.asks, "{line}")?;
        self.asks.flush()?;
        let mut said = String::new();
        self.says.read_line(&mut said)?;
        let timed: Timed = serde_json::from_str(&said).map_err(unreadable)?;
        if timed.us.len() == steps {
            Ok(timed)
        } else {
            let refused = timed.refused.join(", ");
            Err(BenchError::Oracle(format!("it could not answer {refused}")))
        }
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        // It has said all it will be asked; nothing of it is kept.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
