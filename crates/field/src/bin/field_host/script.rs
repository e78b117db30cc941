//! `--crash-script`: something for a kill -9 harness to kill.
//!
//! It enrols (`--code`) or unlocks with `--pin`, prints a line for every answer there is and the word
//! `opened`, then for ever: begins a report (of `--form`, or of the mission's first form about a
//! station), answers every question that takes an answer with changing values, and goes on with the
//! next. After each `answer` that returned, and not before, one line goes to standard output and is
//! flushed:
//!
//! ```json
//! {"report":"<local id>","question":"B07","value":{"t":"integer","v":3}}
//! ```
//!
//! `value` is `null` for an answer that was cleared. For each report and question the last line
//! printed before a kill must be among those that the next start prints before `opened`, or, when the
//! kill came between the disk and the line, the one answer that followed it. With `--print-answers`
//! that is where it ends.
//!
//! With `--wipe` it says nothing of what is there, answers one report, says `wiping`, and destroys everything while
//! it goes on answering; `wiped` is its last word.

use crate::Options;
use baqylau_domain::Value;
use baqylau_field::Core;
use baqylau_field::view::{PlaceKind, ReportPage, Saved, StationHits, Status};
use baqylau_forms::{FormSheet, QuestionKind, QuestionSheet};
use chrono::{NaiveDate, NaiveTime};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value as Json, json};
use std::error::Error;
use std::io::Write as _;

#[derive(Serialize)]
struct Line<'a> {
    report: &'a str,
    question: &'a str,
    value: Option<&'a Value>,
}

/// Answers without end, or prints what is there.
pub(crate) async fn run(core: &Core, options: &Options) -> Result<(), Box<dyn Error>> {
    let pin = options.pin.as_deref().unwrap_or_default();
    let status: Status = match &options.code {
        Some(code) => call(core, "enrol", json!({ "code": code, "pin": pin })).await?,
        None => call(core, "unlock", json!({ "pin": pin })).await?,
    };
    if !options.wipe {
        print_answers(core).await?;
        say("opened")?;
    }
    if options.print_answers {
        return Ok(());
    }
    let forms = status.holder.ok_or("no holder")?.forms;
    let form = match &options.form {
        Some(id) => forms.iter().find(|form| form.id.as_str() == id),
        None => forms.iter().find(|form| form.place == PlaceKind::Station),
    };
    let form = form.ok_or("the mission has no such form")?;
    let query = json!({ "query": "", "place": form.place, "limit": 1 });
    let places: StationHits = call(core, "stations", query).await?;
    let station = places
        .hits
        .first()
        .ok_or("the register is empty")?
        .code
        .clone();
    let visit = json!({ "form": form.id, "station": station, "place": null });
    if !options.wipe {
        return answer_without_end(core, &visit).await;
    }
    let page: ReportPage = call(core, "start_visit", visit.clone()).await?;
    answer_all(core, &page, 1).await?;
    let busy = async {
        // It is refused as soon as the store is locked; the wipe goes on.
        let _ = answer_without_end(core, &visit).await;
        std::future::pending::<()>().await;
    };
    tokio::select! {
        wiped = wipe(core) => wiped,
        () = busy => Ok(()),
    }
}

async fn answer_without_end(core: &Core, visit: &Json) -> Result<(), Box<dyn Error>> {
    let mut round = 0;
    loop {
        round += 1;
        let page: ReportPage = call(core, "start_visit", visit.clone()).await?;
        answer_all(core, &page, round).await?;
    }
}

async fn wipe(core: &Core) -> Result<(), Box<dyn Error>> {
    say("wiping")?;
    let _: Status = call(core, "wipe", json!({})).await?;
    say("wiped")
}

fn say(word: &str) -> Result<(), Box<dyn Error>> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{word}")?;
    out.flush()?;
    Ok(())
}

async fn answer_all(core: &Core, page: &ReportPage, round: i64) -> Result<(), Box<dyn Error>> {
    let names = page
        .sheet
        .sections
        .iter()
        .flat_map(|section| &section.questions);
    for name in names {
        let Some(question) = page.sheet.questions.get(name) else {
            continue;
        };
        for turn in 0..3 {
            let Some(value) = value(&page.sheet, question, round + turn) else {
                continue;
            };
            let args = json!({ "id": page.row.id, "question": name, "value": value });
            if call::<Saved>(core, "answer", args).await.is_ok() {
                acknowledge(&page.row.id, name, Some(&value))?;
            }
        }
    }
    Ok(())
}

fn value(sheet: &FormSheet, question: &QuestionSheet, turn: i64) -> Option<Value> {
    if question.read_only || question.hidden {
        return None;
    }
    let choice = || {
        let list = sheet.choices.get(question.list.as_ref()?)?;
        let index = usize::try_from(turn).ok()?.checked_rem(list.len())?;
        Some(list[index].code.clone())
    };
    Some(match question.kind {
        QuestionKind::Integer => Value::Integer(turn),
        QuestionKind::Decimal => Value::Decimal(f64::from(u32::try_from(turn).ok()?) + 0.5),
        QuestionKind::Text => Value::Text(format!("answer {turn}")),
        QuestionKind::SelectOne => Value::Choice(choice()?),
        QuestionKind::SelectMultiple => Value::Choices(vec![choice()?]),
        QuestionKind::Date => Value::Date(NaiveDate::from_ymd_opt(2011, 4, 3)?),
        QuestionKind::Time => Value::Time(NaiveTime::from_hms_opt(
            u32::try_from(turn % 24).ok()?,
            0,
            0,
        )?),
        QuestionKind::Acknowledge => Value::Acknowledged,
        QuestionKind::DateTime
        | QuestionKind::Note
        | QuestionKind::Calculate
        | QuestionKind::Image
        | QuestionKind::Location => return None,
    })
}

async fn print_answers(core: &Core) -> Result<(), Box<dyn Error>> {
    let saved = core
        .saved_answers()
        .await
        .map_err(|failure| format!("{} {:?}", failure.code, failure.args))?;
    for (report, answers) in saved {
        for (question, value) in &answers {
            acknowledge(&report.to_string(), question, Some(value))?;
        }
    }
    Ok(())
}

fn acknowledge(report: &str, question: &str, value: Option<&Value>) -> Result<(), Box<dyn Error>> {
    let mut out = std::io::stdout().lock();
    serde_json::to_writer(
        &mut out,
        &Line {
            report,
            question,
            value,
        },
    )?;
    writeln!(out)?;
    out.flush()?;
    Ok(())
}

async fn call<T: DeserializeOwned>(
    core: &Core,
    name: &str,
    args: Json,
) -> Result<T, Box<dyn Error>> {
    let result = core
        .call(name, args)
        .await
        .map_err(|failure| format!("{name}: {} {:?}", failure.code, failure.args))?;
    Ok(serde_json::from_value(result)?)
}
