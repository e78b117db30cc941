//! Reading a mission folder whole, and holding its parts against each other.

use crate::{About, FormEntry, Problem, RegisterTables, Team};
use baqylau_domain::{FormId, Role, TeamCode};
use baqylau_forms::Form;
use baqylau_indicators::{Definitions, Totals};
use std::collections::HashSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;

/// A mission folder, read and checked.
#[derive(Debug, Clone)]
pub struct Mission {
    /// `mission.toml`.
    pub about: About,
    /// The forms in the order of the day.
    pub forms: Vec<MissionForm>,
    /// Regions, districts, stations.
    pub register: Arc<RegisterTables>,
    /// All teams with their observers.
    pub teams: Vec<Team>,
    /// What headquarters computes.
    pub indicators: Definitions,
}

/// A form and its place in the mission.
#[derive(Debug, Clone)]
pub struct MissionForm {
    /// Its row in `mission.toml`.
    pub entry: FormEntry,
    /// The form itself.
    pub form: Arc<Form>,
}

/// How many reports of a form the mission expects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpectedReports {
    /// The form.
    pub form: FormId,
    /// Of all teams together.
    pub reports: u32,
    /// Teams that are to send them.
    pub teams: u32,
}

impl Mission {
    /// Reads and checks a mission folder.
    ///
    /// # Errors
    /// Every problem found, located; never only the first.
    pub fn load(folder: &Path) -> Result<Self, Vec<Problem>> {
        let about = about(folder)?;
        let mut problems = Vec::new();
        let forms = forms(folder, &about, &mut problems);
        let register = register(folder, &about)
            .map_err(|found| problems.extend(found))
            .ok();
        let teams = teams(folder).map_err(|found| problems.extend(found)).ok();
        let indicators = indicators(folder)
            .map_err(|found| problems.extend(found))
            .ok();
        let (Some(register), Some(teams), Some(indicators)) = (register, teams, indicators) else {
            return Err(problems);
        };
        let mission = Self {
            about,
            forms,
            register: Arc::new(register),
            teams,
            indicators,
        };
        mission.check_teams(&mut problems);
        mission.check_indicators(&mut problems);
        if problems.is_empty() {
            Ok(mission)
        } else {
            Err(problems)
        }
    }

    /// A form by id.
    #[must_use]
    pub fn form(&self, id: &FormId) -> Option<&MissionForm> {
        self.forms.iter().find(|form| &form.entry.id == id)
    }

    /// A team by code.
    #[must_use]
    pub fn team(&self, code: &TeamCode) -> Option<&Team> {
        self.teams.iter().find(|team| &team.code == code)
    }

    /// Reports expected by form: the planned number, or so many a team times the short-term teams.
    #[must_use]
    pub fn expected(&self) -> Vec<ExpectedReports> {
        let teams = self
            .teams
            .iter()
            .filter(|team| team.role == Role::Observer)
            .count() as u32;
        let of = |entry: &FormEntry| {
            entry
                .expected
                .unwrap_or((entry.per_team * f64::from(teams)).round() as u32)
        };
        self.forms
            .iter()
            .map(|form| ExpectedReports {
                form: form.entry.id.clone(),
                reports: of(&form.entry),
                teams,
            })
            .collect()
    }

    /// Whole numbers that indicators may refer to: counted from the tables, and those of `mission.toml`.
    #[must_use]
    pub fn totals(&self) -> Totals {
        let short_term = || self.teams.iter().filter(|team| team.role == Role::Observer);
        let mut totals = self.about.totals.clone();
        totals.insert("stations".into(), self.register.stations().len() as i64);
        totals.insert("commissions".into(), self.register.districts().len() as i64);
        totals.insert("teams".into(), short_term().count() as i64);
        Totals(totals)
    }

    /// The deployed short-term observers as answers to the pseudo-form `@observers`: `code`,
    /// `nationality`, `parliamentarian`, `team`, `kind`.
    #[must_use]
    pub fn roster(&self) -> Vec<baqylau_indicators::RosterRow> {
        self.teams
            .iter()
            .filter(|team| team.role == Role::Observer)
            .flat_map(|team| team.observers.iter().map(move |observer| (team, observer)))
            .map(|(team, observer)| baqylau_indicators::RosterRow {
                code: observer.code.0.clone(),
                team: team.code.0.clone(),
                team_kind: team.kind.clone(),
                region: team.areas.first().cloned().unwrap_or_default(),
                nationality: observer.nationality.clone(),
                parliamentarian: observer.parliamentarian,
            })
            .collect()
    }

    fn check_teams(&self, problems: &mut Vec<Problem>) {
        const FILE: &str = "teams.csv";
        for team in &self.teams {
            for area in &team.areas {
                if self.register.region(area).is_none() {
                    problems.push(
                        Problem::at("unknown_code", FILE, 0, "areas").with("value", area.clone()),
                    );
                }
            }
            if let Some(station) = &team.first_station
                && self.register.station(station.as_str()).is_none()
            {
                problems.push(
                    Problem::at("unknown_code", FILE, 0, "first_station")
                        .with("value", station.as_str()),
                );
            }
        }
    }

    fn check_indicators(&self, problems: &mut Vec<Problem>) {
        let totals = self.totals();
        for definition in &self.indicators.rows {
            let report = |code: &str, column: &str, value: &str| {
                Problem::at(code, INDICATORS, definition.row, column).with("value", value)
            };
            if !definition.is_of_roster() {
                match self.form(&FormId::from(definition.form.as_str())) {
                    None => problems.push(report("unknown_form", "form", &definition.form)),
                    Some(form) => {
                        let known: HashSet<_> = form
                            .form
                            .questions()
                            .map(|question| question.name.as_str())
                            .collect();
                        let unknown = definition
                            .questions()
                            .into_iter()
                            .filter(|name| !known.contains(name.as_str()));
                        problems.extend(
                            unknown.map(|name| report("unknown_question", "numerator", &name)),
                        );
                    }
                }
            }
            if let Some(name) = definition
                .total()
                .filter(|name| !totals.0.contains_key(*name))
            {
                problems.push(report("unknown_total", "denominator", name));
            }
        }
    }
}

const ABOUT: &str = "mission.toml";
const INDICATORS: &str = "indicators.csv";

pub(crate) fn file(folder: &Path, name: &str) -> Result<Vec<u8>, Vec<Problem>> {
    fs::read(folder.join(name)).map_err(|error| {
        vec![Problem::in_file("file_unreadable", name).with("error", error.to_string())]
    })
}

fn about(folder: &Path) -> Result<About, Vec<Problem>> {
    toml(ABOUT, &file(folder, ABOUT)?)
}

pub(crate) fn toml<T: serde::de::DeserializeOwned>(
    name: &str,
    bytes: &[u8],
) -> Result<T, Vec<Problem>> {
    let text = String::from_utf8_lossy(bytes);
    ::toml::from_str(&text).map_err(|error| {
        let line = error
            .span()
            .map_or(0, |span| 1 + text[..span.start].matches('\n').count());
        vec![Problem::at("toml_unreadable", name, line, "").with("error", error.message())]
    })
}

fn forms(folder: &Path, about: &About, problems: &mut Vec<Problem>) -> Vec<MissionForm> {
    let mut forms = Vec::new();
    for entry in &about.forms {
        match form(folder, entry) {
            Ok(form) => forms.push(MissionForm {
                entry: entry.clone(),
                form: Arc::new(form),
            }),
            Err(found) => problems.extend(found),
        }
    }
    forms
}

fn form(folder: &Path, entry: &FormEntry) -> Result<Form, Vec<Problem>> {
    let bytes = file(folder, &entry.file)?;
    let source = if entry.file.ends_with(".csv") {
        baqylau_forms::Source::Csv { survey: &bytes }
    } else {
        baqylau_forms::Source::Xlsx(&bytes)
    };
    let form = baqylau_forms::read(source).map_err(|found| {
        found
            .into_iter()
            .map(|problem| located(&entry.file, problem))
            .collect::<Vec<_>>()
    })?;
    if form.id() != &entry.id {
        return Err(vec![
            Problem::in_file("form_id_differs", &entry.file).with("value", form.id().as_str()),
        ]);
    }
    if let Some(name) = &entry.arrival
        && !form.questions().any(|question| &question.name == name)
    {
        return Err(vec![
            Problem::in_file("unknown_question", ABOUT).with("value", name.as_str()),
        ]);
    }
    Ok(form)
}

fn located(file: &str, problem: baqylau_forms::Problem) -> Problem {
    Problem {
        code: problem.code,
        file: file.to_owned(),
        sheet: Some(Box::from(problem.sheet)),
        row: problem.row.unwrap_or(0),
        column: (!problem.column.is_empty()).then(|| problem.column.into()),
        args: problem.args,
    }
}

fn register(folder: &Path, about: &About) -> Result<RegisterTables, Vec<Problem>> {
    let [regions, districts, stations] =
        crate::register::FILES.map(|name| file(folder, &format!("register/{name}")));
    RegisterTables::read(&about.languages, &regions?, &districts?, &stations?)
}

fn teams(folder: &Path) -> Result<Vec<Team>, Vec<Problem>> {
    crate::teams::read(&file(folder, "teams.csv")?, &file(folder, "observers.csv")?)
}

fn indicators(folder: &Path) -> Result<Definitions, Vec<Problem>> {
    Definitions::from_csv(&file(folder, INDICATORS)?).map_err(|found| {
        found
            .into_iter()
            .map(|problem| {
                Problem::at(problem.code, INDICATORS, problem.row, &problem.column)
                    .with("value", problem.value)
            })
            .collect()
    })
}
