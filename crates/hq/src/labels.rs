//! Codes in the mission's languages: places, groups of a breakdown, questions and answers.

use crate::ledger::ReportRow;
use crate::plan::Plan;
use baqylau_domain::{FormId, Value};
use baqylau_forms::Form;
use baqylau_mission::Text;
use std::collections::BTreeMap;

/// A text by language code.
pub(crate) type Localised = BTreeMap<String, String>;

/// The name of a report's place; what the observer wrote when it is not in the register.
#[must_use]
pub(crate) fn place_name(plan: &Plan, report: &ReportRow) -> Localised {
    let register = &plan.mission.register;
    let found = match report.place_kind.as_str() {
        "station" => register.station(&report.place).map(|station| &station.name),
        "commission" => register
            .district(&report.place)
            .map(|district| &district.name),
        _ => None,
    };
    found.map_or_else(|| everywhere(plan, &report.place), localised)
}

/// The name of a breakdown's group: regions from the register, bands from the mission, everything else from the
/// choice list of the question that the dimension is filled from.
#[must_use]
pub(crate) fn group_label(plan: &Plan, form: &str, dimension: &str, key: &str) -> Localised {
    let source = match dimension {
        "region" => {
            return plan
                .mission
                .register
                .region(key)
                .map_or_else(Localised::new, |it| localised(&it.name));
        }
        "time_band" => {
            let bands = &plan.mission.about.time_bands;
            return bands
                .iter()
                .find(|it| it.code == key)
                .map_or_else(Localised::new, |it| localised(&it.name));
        }
        "area" => "station.area",
        "kind" => "station.kind",
        "team_kind" => "team.kind",
        _ => "",
    };
    let Some(form) = plan.mission.form(&FormId::from(form)).map(|it| &it.form) else {
        return Localised::new();
    };
    let question = form
        .questions()
        .find(|question| question.name == dimension || question.prefill.as_deref() == Some(source))
        .map(|question| question.name.clone());
    question.map_or_else(Localised::new, |name| choice_label(plan, form, &name, key))
}

/// A question in all languages.
#[must_use]
pub(crate) fn question_label(plan: &Plan, form: &Form, question: &str) -> Localised {
    sheets(plan, form, |sheet| {
        Some(sheet.questions.get(question)?.label.clone())
    })
}

/// An answer in all languages: choices by their labels, everything else as it is.
#[must_use]
pub(crate) fn answer_label(plan: &Plan, form: &Form, question: &str, value: &Value) -> Localised {
    match value {
        Value::Choice(code) => or_code(plan, choice_label(plan, form, question, code), code),
        Value::Choices(codes) => {
            let labels: Vec<_> = codes
                .iter()
                .map(|code| or_code(plan, choice_label(plan, form, question, code), code))
                .collect();
            let joined = |language: &String| {
                let words: Vec<_> = labels
                    .iter()
                    .filter_map(|label| label.get(language))
                    .cloned()
                    .collect();
                (language.clone(), words.join(", "))
            };
            plan.mission.about.languages.iter().map(joined).collect()
        }
        other => everywhere(plan, &plain(other)),
    }
}

/// A value without a language: what exports write.
#[must_use]
pub(crate) fn plain(value: &Value) -> String {
    match value {
        Value::Text(text) | Value::Choice(text) => text.clone(),
        Value::Integer(number) => number.to_string(),
        Value::Decimal(number) => number.to_string(),
        Value::Date(date) => date.to_string(),
        Value::Time(time) => time.format("%H:%M").to_string(),
        Value::DateTime(moment) => moment
            .local()
            .map_or_else(String::new, |local| local.to_rfc3339()),
        Value::Choices(codes) => codes.join(" "),
        Value::Location(place) => format!("{} {}", place.latitude, place.longitude),
        Value::Photo(photo) => photo.hash.to_string(),
        Value::Acknowledged => "OK".to_owned(),
    }
}

fn choice_label(plan: &Plan, form: &Form, question: &str, code: &str) -> Localised {
    let Some((_, found)) = form.question(question) else {
        return Localised::new();
    };
    if let Some(file) = &found.register {
        let label = |language: &String| {
            let label =
                baqylau_forms::Register::label(&*plan.mission.register, file, code, language)?;
            Some((language.clone(), label))
        };
        return plan
            .mission
            .about
            .languages
            .iter()
            .filter_map(label)
            .collect();
    }
    let Some(list) = found.list.as_ref() else {
        return Localised::new();
    };
    sheets(plan, form, |sheet| {
        Some(
            sheet
                .choices
                .get(list)?
                .iter()
                .find(|choice| choice.code == code)?
                .label
                .clone(),
        )
    })
}

fn sheets(
    plan: &Plan,
    form: &Form,
    text: impl Fn(&baqylau_forms::FormSheet) -> Option<String>,
) -> Localised {
    let sheets = plan.sheets(form);
    sheets
        .iter()
        .filter_map(|sheet| Some((sheet.language.clone(), text(sheet)?)))
        .collect()
}

fn or_code(plan: &Plan, label: Localised, code: &str) -> Localised {
    if label.is_empty() {
        everywhere(plan, code)
    } else {
        label
    }
}

fn everywhere(plan: &Plan, text: &str) -> Localised {
    plan.mission
        .about
        .languages
        .iter()
        .map(|language| (language.clone(), text.to_owned()))
        .collect()
}

fn localised(text: &Text) -> Localised {
    text.iter()
        .map(|(language, text)| (language.to_owned(), text.to_owned()))
        .collect()
}
