//! Answers a form step by step and prints, after each step, which questions apply.
//!
//! `cargo run -p baqylau-forms --example relevance -- FORM.csv < steps.jsonl`: a line is an object of
//! answers as text by question; a printed line is an object of relevance by question. The time that
//! the steps took goes to standard error.

use baqylau_domain::{Answers, Moment, Value};
use baqylau_forms::{Env, Form, QuestionKind, Source, evaluate, read};
use std::collections::BTreeMap;
use std::error::Error;
use std::io::{BufRead, Write};
use std::time::{Duration, Instant};

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("which form?")?;
    let bytes = std::fs::read(&path)?;
    let form = read(Source::Csv { survey: &bytes }).map_err(|problems| format!("{problems:?}"))?;
    let env = Env::bare(Moment {
        utc_ms: 1_301_805_000_000,
        offset_min: 360,
    });
    let mut out = std::io::stdout().lock();
    let (mut spent, mut steps) = (Duration::ZERO, 0_u32);
    for line in std::io::stdin().lock().lines() {
        let texts: BTreeMap<String, String> = serde_json::from_str(&line?)?;
        let answers = answers_of(&form, &texts);
        let start = Instant::now();
        let view = evaluate(&form, &answers, &env);
        spent += start.elapsed();
        steps += 1;
        let relevance: BTreeMap<_, _> = view
            .questions
            .iter()
            .map(|(name, seen)| (name, seen.relevant))
            .collect();
        writeln!(out, "{}", serde_json::to_string(&relevance)?)?;
    }
    writeln!(
        std::io::stderr(),
        "{steps} steps, {:?} each",
        spent / steps.max(1)
    )?;
    Ok(())
}

fn answers_of(form: &Form, texts: &BTreeMap<String, String>) -> Answers {
    let value = |(name, text): (&String, &String)| {
        let (_, question) = form.question(name)?;
        Some((name.clone(), value_of(question.kind, text)?))
    };
    texts.iter().filter_map(value).collect()
}

fn value_of(kind: QuestionKind, text: &str) -> Option<Value> {
    if text.is_empty() {
        return None;
    }
    match kind {
        QuestionKind::Integer => text.parse().ok().map(Value::Integer),
        QuestionKind::Decimal => text.parse().ok().map(Value::Decimal),
        QuestionKind::Text => Some(Value::Text(text.to_owned())),
        QuestionKind::SelectOne => Some(Value::Choice(text.to_owned())),
        QuestionKind::SelectMultiple => {
            Some(Value::Choices(text.split(' ').map(str::to_owned).collect()))
        }
        QuestionKind::Date => text.parse().ok().map(Value::Date),
        QuestionKind::Time => text.get(..8)?.parse().ok().map(Value::Time),
        _ => None,
    }
}
