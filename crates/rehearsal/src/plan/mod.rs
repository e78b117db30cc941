//! From `rehearsal.toml` to every team's day: where it goes, when, and what it will answer.
//!
//! Deterministic from the file's seed, and blind to what any question means: names come from the data.

mod answers;
mod schedule;
mod slips;

use crate::device::Visit;
use crate::error::RehearsalError;
use baqylau_domain::{FormId, Moment, StationCode, TeamCode};
use baqylau_mission::rehearsal::Rehearsal;
use baqylau_mission::{Mission, Problem};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use std::path::Path;

/// One team's day.
#[derive(Debug, Clone)]
pub struct TeamDay {
    /// The team.
    pub team: TeamCode,
    /// When its device is switched on.
    pub starts: Moment,
    /// Its visits in order.
    pub visits: Vec<Visit>,
}

/// A visit before its answers are settled.
#[derive(Debug, Clone)]
struct Stop {
    /// Index of the team among those that take part.
    team: usize,
    form: FormId,
    place: Option<StationCode>,
    begins: Moment,
    stay_min: u32,
}

/// Reads a mission folder and what its rehearsal is planned from.
pub(crate) fn load(folder: &Path) -> Result<(Mission, Rehearsal), RehearsalError> {
    let mission = Mission::load(folder).map_err(|problems| unsound(&problems))?;
    let rehearsal = Rehearsal::load(folder, &mission).map_err(|problems| unsound(&problems))?;
    Ok((mission, rehearsal))
}

fn unsound(problems: &[Problem]) -> RehearsalError {
    let problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
    RehearsalError::Plan {
        what: problems.join("; "),
    }
}

/// Plans the whole day of every short-term team.
///
/// # Errors
/// [`RehearsalError::Plan`] when the mission has not enough places, or a row cannot be satisfied.
pub fn plan(mission: &Mission, rehearsal: &Rehearsal) -> Result<Vec<TeamDay>, RehearsalError> {
    let mut rng = ChaCha8Rng::seed_from_u64(rehearsal.seed);
    let (mut days, stops) = schedule::schedule(mission, rehearsal, &mut rng)?;
    for form in &rehearsal.forms {
        let known = mission
            .form(&form.id)
            .ok_or_else(|| misfit(form.id.as_str()))?;
        let of_form: Vec<&Stop> = stops.iter().filter(|stop| stop.form == form.id).collect();
        let settled = answers::settle(mission, known, form, &of_form, &mut rng)?;
        let slips = slips::draw(
            mission,
            known,
            form,
            &settled,
            rehearsal.corrected_percent,
            &mut rng,
        );
        for ((stop, settled), slip) in of_form.into_iter().zip(settled).zip(slips) {
            days[stop.team].visits.push(Visit {
                form: stop.form.clone(),
                place: stop.place.clone(),
                begins: stop.begins,
                settled,
                slip,
                reason: "The partner saw it better.".to_owned(),
            });
        }
    }
    for day in &mut days {
        day.visits.sort_by_key(|visit| visit.begins);
    }
    Ok(days)
}

fn misfit(what: impl Into<String>) -> RehearsalError {
    RehearsalError::Plan { what: what.into() }
}
