//! `GET /api/overview`: what has come in against what the mission expects.

use super::answer::{Refused, apart};
use crate::ahead::Ahead;
use crate::headquarters::Headquarters;
use crate::labels::place_name;
use crate::ledger::{LedgerError, Read};
use crate::plan::Plan;
use axum::Json;
use axum::extract::State;
use baqylau_domain::{DeviceId, Moment, Role};
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A team of the day that has not been heard for so long is shown as silent.
const SILENT_AFTER_MS: i64 = 2 * 60 * 60 * 1000;

#[derive(Serialize)]
pub(super) struct Overview {
    updated_at_ms: i64,
    forms: Vec<FormCount>,
    by_hour: Vec<Hour>,
    teams: Vec<TeamRow>,
    devices: u64,
    incidents_open: u64,
    /// Urgent reports that wait for what comes before them; they are in no count.
    ahead: Vec<AheadRow>,
    quarantined: u64,
    entries: u64,
}

#[derive(Serialize)]
struct AheadRow {
    report: String,
    form: String,
    team: String,
    place: String,
    place_name: BTreeMap<String, String>,
    at: Moment,
    received_at_ms: i64,
}

#[derive(Serialize)]
struct FormCount {
    form: String,
    letter: String,
    title: BTreeMap<String, String>,
    accepted: u64,
    quarantined: u64,
    expected: Option<u32>,
}

#[derive(Serialize)]
struct Hour {
    hour: String,
    counts: BTreeMap<String, u64>,
}

#[derive(Serialize)]
struct TeamRow {
    team: String,
    kind: String,
    area: String,
    last_heard_ms: Option<i64>,
    reports: BTreeMap<String, u64>,
    silent: bool,
    /// In the order of enrolment; more than one when the team began anew, on this device or on another.
    journals: Vec<Journal>,
}

#[derive(Clone, Serialize)]
struct Journal {
    device: DeviceId,
    enrolled_at_ms: i64,
    last_heard_ms: i64,
}

pub(super) async fn show(
    State(headquarters): State<Arc<Headquarters>>,
) -> Result<Json<Value>, Refused> {
    apart(move || {
        let overview = headquarters.overview()?;
        Ok(Json(
            serde_json::to_value(overview).map_err(|_| Refused::Failed)?,
        ))
    })
    .await
}

impl Headquarters {
    fn overview(&self) -> Result<Overview, LedgerError> {
        let (plan, now_ms) = (self.plan(), self.now_ms());
        let ahead = self.ahead()?;
        self.ledger.read(|read| {
            let forms = forms(plan, read)?;
            let urgent = |form: &&FormCount| {
                plan.entry(&form.form.as_str().into())
                    .is_some_and(|entry| entry.urgent)
            };
            Ok(Overview {
                updated_at_ms: now_ms,
                incidents_open: forms.iter().filter(urgent).map(|form| form.accepted).sum(),
                ahead: ahead.iter().map(|it| ahead_row(plan, it)).collect(),
                quarantined: forms.iter().map(|form| form.quarantined).sum(),
                forms,
                by_hour: hours(read)?,
                teams: teams(plan, read, now_ms)?,
                devices: read.device_count()?,
                entries: read.entry_count()?,
            })
        })
    }
}

fn ahead_row(plan: &Plan, Ahead { row, .. }: &Ahead) -> AheadRow {
    AheadRow {
        report: row.id.clone(),
        form: row.form.clone(),
        team: row.team.clone(),
        place: row.place.clone(),
        place_name: place_name(plan, row),
        at: row.at,
        received_at_ms: row.received_at_ms,
    }
}

fn forms(plan: &Plan, read: &Read<'_>) -> Result<Vec<FormCount>, LedgerError> {
    let counts = read.counts_by_form()?;
    let count = |form: &str, state: &str| {
        counts
            .iter()
            .find(|(of, is, _)| of == form && is == state)
            .map_or(0, |(.., count)| *count)
    };
    let expected = plan.mission.expected();
    let languages = &plan.mission.about.languages;
    let mission_forms = plan.mission.forms.iter();
    Ok(mission_forms
        .map(|form| {
            let id = form.entry.id.as_str();
            FormCount {
                form: id.to_owned(),
                letter: form.entry.letter.clone(),
                title: languages
                    .iter()
                    .map(|code| (code.clone(), form.form.title(code).to_owned()))
                    .collect(),
                accepted: count(id, "accepted"),
                quarantined: count(id, "quarantined"),
                // Nobody plans incidents.
                expected: expected
                    .iter()
                    .find(|row| row.form == form.entry.id)
                    .map(|row| row.reports)
                    .filter(|reports| *reports > 0),
            }
        })
        .collect())
}

fn hours(read: &Read<'_>) -> Result<Vec<Hour>, LedgerError> {
    let mut hours: Vec<Hour> = Vec::new();
    for row in read.counts_by_hour()? {
        if hours.last().is_none_or(|last| last.hour != row.hour) {
            hours.push(Hour {
                hour: row.hour.clone(),
                counts: BTreeMap::new(),
            });
        }
        if let Some(last) = hours.last_mut() {
            last.counts.insert(row.form, row.count);
        }
    }
    Ok(hours)
}

/// Teams of the day, and every other team that was heard.
fn teams(plan: &Plan, read: &Read<'_>, now_ms: i64) -> Result<Vec<TeamRow>, LedgerError> {
    let mut journals: BTreeMap<String, Vec<Journal>> = BTreeMap::new();
    for row in read.team_journals()? {
        journals.entry(row.team).or_default().push(Journal {
            device: row.device,
            enrolled_at_ms: row.enrolled_at_ms,
            last_heard_ms: row.heard_at_ms,
        });
    }
    let mut reports: BTreeMap<String, BTreeMap<String, u64>> = BTreeMap::new();
    for row in read.counts_by_team()? {
        reports
            .entry(row.team)
            .or_default()
            .insert(row.form, row.count);
    }
    Ok(plan
        .mission
        .teams
        .iter()
        .filter(|team| team.role == Role::Observer || journals.contains_key(team.code.as_str()))
        .map(|team| {
            let journals = journals
                .get(team.code.as_str())
                .cloned()
                .unwrap_or_default();
            let last_heard_ms = journals.iter().map(|it| it.last_heard_ms).max();
            TeamRow {
                team: team.code.0.clone(),
                kind: team.kind.clone(),
                area: team.areas.first().cloned().unwrap_or_default(),
                last_heard_ms,
                reports: reports.remove(team.code.as_str()).unwrap_or_default(),
                silent: last_heard_ms.is_none_or(|heard| now_ms - heard > SILENT_AFTER_MS),
                journals,
            }
        })
        .collect())
}
