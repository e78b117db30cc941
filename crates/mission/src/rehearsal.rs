//! `rehearsal.toml`: how many reports a replay makes and which answers they hold. Data only; the
//! planner that works it through is in the crate `rehearsal`.

use crate::{Mission, Problem};
use baqylau_domain::FormId;
use baqylau_forms::{FormSheet, expr};
use chrono::NaiveTime;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

const FILE: &str = "rehearsal.toml";

/// A replay's data.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rehearsal {
    /// Where the random numbers begin.
    pub seed: u64,
    /// Finished reports that are corrected once later, in per cent.
    #[serde(default)]
    pub corrected_percent: u32,
    /// The forms.
    #[serde(rename = "form")]
    pub forms: Vec<RehearsedForm>,
}

/// A form's reports.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RehearsedForm {
    /// The form.
    pub id: FormId,
    /// How many.
    pub reports: u32,
    /// Where they are made.
    pub place: RehearsedPlace,
    /// Earliest and latest arrival, local time.
    pub arrivals: [NaiveTime; 2],
    /// Shortest and longest stay in minutes.
    pub stay_min: [u32; 2],
    /// The question that holds the time of departure.
    #[serde(default)]
    pub departure: Option<String>,
    /// What is answered, in the order of working out; the first row of a question whose `within` holds is used.
    pub questions: Vec<RehearsedQuestion>,
}

/// Where reports are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RehearsedPlace {
    /// The team's first station; one report a team at most.
    FirstStation,
    /// A station of the team's area that nobody has been to.
    OtherStation,
    /// A station that the team has been to; one report a team at most.
    VisitedStation,
    /// A commission of the team's area that nobody has been to; one report a team at most.
    OtherCommission,
    /// Anywhere.
    Anywhere,
}

/// Answers of other questions: any of these values each.
pub type Within = BTreeMap<String, Vec<String>>;

/// Answers to one question.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RehearsedQuestion {
    /// The question.
    pub name: String,
    /// Only in reports with these answers.
    #[serde(default)]
    pub within: Within,
    /// Exactly so many reports get a value; no other report gets it by `rest`.
    #[serde(default)]
    pub quota: Vec<Quota>,
    /// Whole numbers that add up over all reports.
    #[serde(default)]
    pub spread: Option<Spread>,
    /// What the device knows (`station.voters`).
    #[serde(default)]
    pub from: Option<String>,
    /// Worked out from answers above; `${dice}` is a number from 0 to 999.
    #[serde(default)]
    pub expression: Option<String>,
    /// Values by weight; several choices are parted by spaces, the empty text leaves it blank.
    #[serde(default)]
    pub rest: BTreeMap<String, u32>,
}

/// Exactly so many reports.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quota {
    /// The value …
    #[serde(default)]
    pub value: Option<String>,
    /// … or what it is worked out from.
    #[serde(default)]
    pub expression: Option<String>,
    /// How many reports.
    pub count: u32,
    /// Chosen among reports with these answers.
    #[serde(default)]
    pub within: Within,
}

/// Whole numbers that add up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spread {
    /// To this, over all reports of the row.
    pub total: u32,
    /// None is smaller.
    pub least: u32,
    /// None is larger.
    pub most: u32,
}

impl Rehearsal {
    /// Reads `rehearsal.toml` and holds it against the mission.
    ///
    /// # Errors
    /// Every problem found, located as well as TOML allows (question names in `args`).
    pub fn load(folder: &Path, mission: &Mission) -> Result<Self, Vec<Problem>> {
        let bytes = crate::load::file(folder, FILE)?;
        let rehearsal: Self = crate::load::toml(FILE, &bytes)?;
        let mut problems = Vec::new();
        for form in &rehearsal.forms {
            match mission.form(&form.id) {
                Some(known) => form.check(
                    &known.form.sheet(&mission.about.languages[0]),
                    &mut problems,
                ),
                None => problems.push(problem("unknown_form", form.id.as_str(), "")),
            }
        }
        if problems.is_empty() {
            Ok(rehearsal)
        } else {
            Err(problems)
        }
    }
}

fn problem(code: &str, question: &str, value: &str) -> Problem {
    Problem::in_file(code, FILE)
        .with("question", question)
        .with("value", value)
}

impl RehearsedForm {
    fn check(&self, sheet: &FormSheet, problems: &mut Vec<Problem>) {
        let mut above: BTreeSet<&str> = BTreeSet::new();
        for row in &self.questions {
            if !sheet.questions.contains_key(&row.name) {
                problems.push(problem("unknown_question", &row.name, ""));
            }
            for name in row
                .quota
                .iter()
                .flat_map(|quota| quota.within.keys())
                .chain(row.within.keys())
            {
                if !above.contains(name.as_str()) {
                    problems.push(problem("not_above", &row.name, name));
                }
            }
            if row.quota.iter().map(|quota| quota.count).sum::<u32>() > self.reports {
                problems.push(problem("too_many", &row.name, ""));
            }
            for value in row.values() {
                if !is_answer(sheet, &row.name, value) {
                    problems.push(problem("not_a_choice", &row.name, value));
                }
            }
            for text in row.expressions() {
                if expr::parse(text).is_err() {
                    problems.push(problem("not_an_expression", &row.name, text));
                }
            }
            above.insert(&row.name);
        }
    }
}

impl RehearsedQuestion {
    fn values(&self) -> impl Iterator<Item = &str> {
        let quotas = self.quota.iter().filter_map(|quota| quota.value.as_deref());
        quotas
            .chain(self.rest.keys().map(String::as_str))
            .filter(|value| !value.is_empty())
    }

    fn expressions(&self) -> impl Iterator<Item = &str> {
        self.quota
            .iter()
            .filter_map(|quota| quota.expression.as_deref())
            .chain(self.expression.as_deref())
    }
}

/// Whether a value may be chosen, where the question has a list at all.
fn is_answer(sheet: &FormSheet, question: &str, value: &str) -> bool {
    let list = sheet
        .questions
        .get(question)
        .and_then(|question| question.list.as_ref());
    let Some(choices) = list.and_then(|list| sheet.choices.get(list)) else {
        return true;
    };
    value
        .split_whitespace()
        .all(|code| choices.iter().any(|choice| choice.code == code))
}
