//! Who goes where and when.

use super::{Stop, TeamDay, misfit};
use crate::error::RehearsalError;
use baqylau_domain::{Moment, Role, StationCode};
use baqylau_mission::rehearsal::{Rehearsal, RehearsedForm, RehearsedPlace};
use baqylau_mission::{Mission, Team};
use chrono::{NaiveDate, NaiveTime, TimeDelta, Timelike};
use rand::RngExt;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;
use std::collections::{HashMap, HashSet};

/// Minutes on the road between two places, at least.
const ROAD_MIN: i64 = 5;
/// Devices are switched on this long before the first visit, to enrol where there still is a network.
const BEFORE_MIN: i64 = 30;

struct Ground<'a> {
    mission: &'a Mission,
    teams: Vec<&'a Team>,
    day: NaiveDate,
    /// Stations and commissions that somebody has been to.
    seen: HashSet<String>,
    /// Unseen places by region, shuffled once.
    stations: HashMap<&'a str, Vec<&'a StationCode>>,
    commissions: HashMap<&'a str, Vec<&'a str>>,
    /// Stations each team has been to.
    visited: Vec<Vec<StationCode>>,
}

/// Places and times of all visits.
pub(super) fn schedule(
    mission: &Mission,
    rehearsal: &Rehearsal,
    rng: &mut ChaCha8Rng,
) -> Result<(Vec<TeamDay>, Vec<Stop>), RehearsalError> {
    let mut ground = Ground::new(mission, rng)?;
    let mut stops = Vec::new();
    for form in &rehearsal.forms {
        let turns = ground.turns(form, &stops, rng);
        for (team, nth, of) in turns {
            let place = ground.place(form, team)?;
            let begins = ground.arrival(form, team, nth, of, rng)?;
            let stay_min = rng.random_range(form.stay_min[0]..=form.stay_min[1]);
            stops.push(Stop {
                team,
                form: form.id.clone(),
                place,
                begins,
                stay_min,
            });
        }
    }
    put_in_order(&mut stops);
    let days = ground.days(&stops);
    Ok((days, stops))
}

/// Nobody is in two places at once: who stayed longer arrives later at the next.
fn put_in_order(stops: &mut [Stop]) {
    let mut order: Vec<usize> = (0..stops.len()).collect();
    order.sort_by_key(|index| (stops[*index].team, stops[*index].begins));
    let mut free: HashMap<usize, i64> = HashMap::new();
    for index in order {
        let stop = &mut stops[index];
        let earliest = free.get(&stop.team).copied().unwrap_or(i64::MIN);
        stop.begins.utc_ms = stop.begins.utc_ms.max(earliest);
        if stop.stay_min > 0 {
            let away = i64::from(stop.stay_min) + ROAD_MIN;
            free.insert(stop.team, stop.begins.utc_ms + away * 60_000);
        }
    }
}

impl<'a> Ground<'a> {
    fn new(mission: &'a Mission, rng: &mut ChaCha8Rng) -> Result<Self, RehearsalError> {
        let teams: Vec<&Team> = mission
            .teams
            .iter()
            .filter(|team| team.role == Role::Observer)
            .collect();
        let seen: HashSet<String> = teams
            .iter()
            .filter_map(|team| team.first_station.as_ref())
            .map(|code| code.0.clone())
            .collect();
        let mut stations: HashMap<&str, Vec<&StationCode>> = HashMap::new();
        for station in mission
            .register
            .stations()
            .iter()
            .filter(|station| !seen.contains(station.code.as_str()))
        {
            stations
                .entry(&station.region)
                .or_default()
                .push(&station.code);
        }
        let mut commissions: HashMap<&str, Vec<&str>> = HashMap::new();
        for district in mission.register.districts() {
            commissions
                .entry(&district.region)
                .or_default()
                .push(&district.code);
        }
        for region in mission.register.regions() {
            if let Some(places) = stations.get_mut(region.code.as_str()) {
                places.shuffle(rng);
            }
            if let Some(places) = commissions.get_mut(region.code.as_str()) {
                places.shuffle(rng);
            }
        }
        let day = mission.about.dates.election;
        let visited = vec![Vec::new(); teams.len()];
        Ok(Self {
            mission,
            teams,
            day,
            seen,
            stations,
            commissions,
            visited,
        })
    }

    /// Which team makes a report, as its how-manieth of how many.
    fn turns(
        &self,
        form: &RehearsedForm,
        stops: &[Stop],
        rng: &mut ChaCha8Rng,
    ) -> Vec<(usize, u32, u32)> {
        let mut order: Vec<usize> = (0..self.teams.len()).collect();
        order.shuffle(rng);
        // Who has the least to do late in the day goes first; sorting is stable, so chance decides among equals.
        let busy = |team: usize| {
            stops
                .iter()
                .filter(|stop| stop.team == team && stop.stay_min > 100)
                .count()
        };
        order.sort_by_key(|team| busy(*team));
        if form.place == RehearsedPlace::OtherCommission {
            self.let_regions_take_turns(&mut order);
        }
        let reports = form.reports as usize;
        let share = |position: usize| {
            (reports / order.len() + usize::from(position < reports % order.len())) as u32
        };
        order
            .iter()
            .enumerate()
            .flat_map(|(position, team)| {
                (0..share(position)).map(move |nth| (*team, nth, share(position)))
            })
            .collect()
    }

    /// A region has fewer commissions than teams: only as many teams of it as there are commissions come first.
    fn let_regions_take_turns(&self, order: &mut [usize]) {
        let mut taken: HashMap<&str, usize> = HashMap::new();
        let mut rank: HashMap<usize, bool> = HashMap::new();
        for team in order.iter() {
            let region = self.region(*team);
            let so_far = taken.entry(region).or_default();
            rank.insert(
                *team,
                *so_far >= self.commissions.get(region).map_or(0, Vec::len),
            );
            *so_far += 1;
        }
        order.sort_by_key(|team| rank[team]);
    }

    fn region(&self, team: usize) -> &'a str {
        self.teams[team].areas.first().map_or("", String::as_str)
    }

    fn place(
        &mut self,
        form: &RehearsedForm,
        team: usize,
    ) -> Result<Option<StationCode>, RehearsalError> {
        let region = self.region(team);
        let none_left = || misfit(format!("{}: no place left in region {region}", form.id));
        let place = match form.place {
            RehearsedPlace::Anywhere => return Ok(None),
            RehearsedPlace::FirstStation => self.teams[team]
                .first_station
                .clone()
                .ok_or_else(none_left)?,
            RehearsedPlace::OtherStation => self
                .stations
                .get_mut(region)
                .and_then(Vec::pop)
                .cloned()
                .ok_or_else(none_left)?,
            RehearsedPlace::VisitedStation => {
                self.visited[team].last().cloned().ok_or_else(none_left)?
            }
            RehearsedPlace::OtherCommission => {
                let code = self
                    .commissions
                    .get_mut(region)
                    .and_then(Vec::pop)
                    .ok_or_else(none_left)?;
                return Ok(Some(StationCode::from(code)));
            }
        };
        self.seen.insert(place.0.clone());
        self.visited[team].push(place.clone());
        Ok(Some(place))
    }

    /// The `nth` of `of` arrivals, each in its own slice of the window.
    fn arrival(
        &self,
        form: &RehearsedForm,
        team: usize,
        nth: u32,
        of: u32,
        rng: &mut ChaCha8Rng,
    ) -> Result<Moment, RehearsalError> {
        let [first, last] = form.arrivals.map(|time| time.num_seconds_from_midnight());
        let slice = last.saturating_sub(first) / of.max(1);
        let room = slice
            .saturating_sub((form.stay_min[1] + ROAD_MIN as u32) * 60)
            .max(60);
        let minute = (first + nth * slice + rng.random_range(0..room)) / 60;
        let time = NaiveTime::from_num_seconds_from_midnight_opt(minute * 60, 0)
            .ok_or_else(|| misfit(format!("{}: arrivals", form.id)))?;
        let offset_min = self.offset(team);
        let utc_ms =
            self.day.and_time(time).and_utc().timestamp_millis() - i64::from(offset_min) * 60_000;
        Ok(Moment { utc_ms, offset_min })
    }

    fn offset(&self, team: usize) -> i16 {
        let region = self.mission.register.region(self.region(team));
        region.map_or(self.mission.about.utc_offset_min, |region| {
            region.utc_offset_min
        })
    }

    fn days(&self, stops: &[Stop]) -> Vec<TeamDay> {
        self.teams
            .iter()
            .enumerate()
            .map(|(index, team)| {
                let first = stops
                    .iter()
                    .filter(|stop| stop.team == index)
                    .map(|stop| stop.begins)
                    .min();
                let midnight = self.day.and_time(NaiveTime::MIN).and_utc() + TimeDelta::hours(6);
                let offset_min = self.offset(index);
                let mut starts = first.unwrap_or(Moment {
                    utc_ms: midnight.timestamp_millis(),
                    offset_min,
                });
                starts.utc_ms -= BEFORE_MIN * 60_000;
                TeamDay {
                    team: team.code.clone(),
                    starts,
                    visits: Vec::new(),
                }
            })
            .collect()
    }
}
