//! Re-checking a finished revision with the same forms code that the device used (invariant 7).

use crate::fold::{Finalised, Problem, Report};
use crate::plan::Plan;
use baqylau_domain::{Answers, Finding, FindingLevel, ReportId, Value};
use baqylau_forms::{Env, Form, Prior};
use baqylau_indicators::{Contribution, Keys, in_force};
use baqylau_mission::{FormEntry, Team};
use baqylau_protocol::Place;
use chrono::Timelike as _;

/// What the check came to.
#[derive(Debug, Clone, PartialEq)]
pub struct Checked {
    /// Why the revision is set aside; `None`: accepted.
    pub code: Option<String>,
    /// Everything the form's rules noticed.
    pub findings: Vec<Finding>,
    /// The answers in force (those given, when the form is unknown).
    pub answers: Answers,
    /// What an accepted revision adds to the figures.
    pub contributions: Vec<Contribution>,
}

/// Who wrote a report, and its name.
#[derive(Debug, Clone, Copy)]
pub struct Author<'a> {
    /// The report.
    pub report: ReportId,
    /// The team's code in the device's certificate.
    pub team: &'a str,
}

/// Latest finished answers of the same device about the same place, by form.
#[derive(Debug, Default)]
pub struct PriorAnswers(pub Vec<(String, Answers)>);

impl Prior for PriorAnswers {
    fn value(&self, key: &str) -> Option<Value> {
        let (form, question) = key.split_once('/')?;
        self.0
            .iter()
            .filter(|(of, _)| of == form)
            .find_map(|(_, answers)| answers.get(question).cloned())
    }
}

/// Codes that headquarters itself sets a report aside with; the others are [`Problem::code`]s.
pub mod codes {
    /// A rule of the form makes the report unusable as it stands.
    pub const BLOCKED: &str = "blocked";
    /// What the device filled in by itself is not what headquarters gave it.
    pub const PREFILL_DIFFERS: &str = "prefill_differs";
    /// The place is not in the register.
    pub const UNKNOWN_PLACE: &str = "unknown_place";
    /// The form is not one that this mission files any more, and its figures are unknown.
    pub const NOT_OF_MISSION: &str = "not_of_mission";
}

/// Checks one finished revision.
#[must_use]
pub fn recheck(
    plan: &Plan,
    report: &Report,
    finalised: &Finalised,
    author: Author<'_>,
    prior: &PriorAnswers,
) -> Checked {
    let answers = match report.revisions.get(&finalised.revision) {
        Some(revision) => match &revision.answers {
            Ok(answers) => answers,
            Err(problem) => return set_aside(problem.code()),
        },
        None => return set_aside(Problem::RevisionMissing.code()),
    };
    let Some(form) = plan.form(report.form) else {
        return set_aside(Problem::UnknownForm.code());
    };
    let register = &*plan.mission.register;
    let language = plan
        .mission
        .about
        .languages
        .first()
        .map_or("en", String::as_str);
    let env = Env {
        now: finalised.at,
        language,
        register,
        prior,
    };
    let view = baqylau_forms::evaluate(form, answers, &env);
    let code = if !view.can_finish
        || view
            .findings
            .iter()
            .any(|finding| finding.level == FindingLevel::Block)
    {
        Some(codes::BLOCKED)
    } else if !is_known(plan, &report.place) {
        Some(codes::UNKNOWN_PLACE)
    } else if differs_from_prefill(plan, form, report, author.team, answers) {
        Some(codes::PREFILL_DIFFERS)
    } else {
        None
    };
    let answers = in_force(&view);
    let contributions = match (code, plan.entry(form.id())) {
        (None, Some(entry)) => {
            let keys = keys(plan, report, author, entry, &answers);
            plan.mission
                .indicators
                .contributions(form.id().as_str(), &answers, &keys)
        }
        _ => Vec::new(),
    };
    let code = code.or_else(|| {
        plan.entry(form.id())
            .is_none()
            .then_some(codes::NOT_OF_MISSION)
    });
    Checked {
        code: code.map(str::to_owned),
        findings: view.findings,
        answers,
        contributions,
    }
}

fn set_aside(code: &str) -> Checked {
    Checked {
        code: Some(code.to_owned()),
        findings: Vec::new(),
        answers: Answers::new(),
        contributions: Vec::new(),
    }
}

fn is_known(plan: &Plan, place: &Place) -> bool {
    match place {
        Place::Station(code) => plan.mission.register.station(code.as_str()).is_some(),
        Place::Commission(code) => plan.mission.register.district(code.as_str()).is_some(),
        Place::Free(_) | Place::None => true,
    }
}

/// Whether a question that nobody may answer by hand says something else than the certificate and the journal do.
fn differs_from_prefill(
    plan: &Plan,
    form: &Form,
    report: &Report,
    team: &str,
    answers: &Answers,
) -> bool {
    let Some(team) = plan.team(team) else {
        return false;
    };
    form.questions()
        .filter(|question| !question.takes_answer)
        .filter_map(|question| Some((answers.get(&question.name)?, question.prefill.as_deref()?)))
        .any(|(given, source)| {
            expected(plan, report, team, source).is_some_and(|wanted| text(given) != Some(wanted))
        })
}

/// What the device must have filled in from `source`, where headquarters knows it.
fn expected(plan: &Plan, report: &Report, team: &Team, source: &str) -> Option<String> {
    let place = match &report.place {
        Place::Station(code) | Place::Commission(code) => Some(code.0.clone()),
        Place::Free(_) | Place::None => None,
    };
    match (source, &report.place) {
        ("mission.event", _) => Some(plan.mission.about.event.clone()),
        ("team.number", _) => Some(team.number.to_string()),
        ("team.code", _) => Some(team.code.0.clone()),
        ("team.kind", _) => Some(team.kind.clone()),
        ("station.code", Place::Station(_)) | ("commission.code", Place::Commission(_)) => place,
        _ => None,
    }
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) | Value::Choice(text) => Some(text.clone()),
        Value::Integer(number) => Some(number.to_string()),
        _ => None,
    }
}

/// What the figures are broken down by, beyond the answers.
fn keys(
    plan: &Plan,
    report: &Report,
    author: Author<'_>,
    entry: &FormEntry,
    answers: &Answers,
) -> Keys {
    let register = &plan.mission.register;
    let arrival_min = entry
        .arrival
        .as_ref()
        .and_then(|question| minute_of_day(answers.get(question)?));
    let mut keys = Keys {
        report: author.report.to_string(),
        team: author.team.to_owned(),
        team_kind: plan.team(author.team).map(|team| team.kind.clone()),
        arrival_min,
        time_band: arrival_min
            .and_then(|minute| plan.mission.about.time_band(minute))
            .map(|band| band.code.clone()),
        ..Keys::default()
    };
    match &report.place {
        Place::Station(code) => {
            keys.station = Some(code.0.clone());
            if let Some(station) = register.station(code.as_str()) {
                keys.commission = Some(station.district.clone());
                keys.region = Some(station.region.clone());
                keys.area = Some(station.area.clone());
                keys.kind = Some(station.kind.clone());
            }
        }
        Place::Commission(code) => {
            keys.commission = Some(code.0.clone());
            keys.region = register
                .district(code.as_str())
                .map(|district| district.region.clone());
        }
        Place::Free(_) | Place::None => {}
    }
    keys
}

/// Code of the region a place lies in, where the register tells.
#[must_use]
pub fn region_of(plan: &Plan, place: &Place) -> Option<String> {
    let register = &plan.mission.register;
    match place {
        Place::Station(code) => register
            .station(code.as_str())
            .map(|station| station.region.clone()),
        Place::Commission(code) => register
            .district(code.as_str())
            .map(|district| district.region.clone()),
        Place::Free(_) | Place::None => None,
    }
}

fn minute_of_day(value: &Value) -> Option<u16> {
    let time = match value {
        Value::Time(time) => *time,
        Value::DateTime(moment) => moment.local()?.time(),
        _ => return None,
    };
    u16::try_from(time.hour() * 60 + time.minute()).ok()
}
