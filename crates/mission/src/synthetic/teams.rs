//! Invented teams and observers: codes, never names.

use super::SyntheticError;
use super::dice::{Dice, share_out};
use super::plan::Plan;
use crate::Station;
use crate::register::RegisterTables;
use std::collections::BTreeSet;

/// Long-term teams are numbered from here, so that numbers alone tell the two apart.
const FIRST_LONG_TERM: u32 = 901;

/// Two tables being written.
struct Tables {
    teams: csv::Writer<Vec<u8>>,
    observers: csv::Writer<Vec<u8>>,
    observer: u32,
}

impl Tables {
    fn new() -> Result<Self, csv::Error> {
        let mut tables = Self {
            teams: csv::Writer::from_writer(Vec::new()),
            observers: csv::Writer::from_writer(Vec::new()),
            observer: 0,
        };
        tables.teams.write_record([
            "code",
            "number",
            "kind",
            "role",
            "areas",
            "leader",
            "first_station",
        ])?;
        tables
            .observers
            .write_record(["code", "team", "nationality", "parliamentarian"])?;
        Ok(tables)
    }

    fn team(&mut self, row: [&str; 7], members: [(&str, bool); 2]) -> Result<(), csv::Error> {
        self.teams.write_record(row)?;
        for (state, parliamentarian) in members {
            self.observer += 1;
            let code = format!("O{:04}", self.observer);
            let parliamentarian = if parliamentarian { "yes" } else { "no" };
            self.observers
                .write_record([code.as_str(), row[0], state, parliamentarian])?;
        }
        Ok(())
    }

    fn finish(self) -> Result<(Vec<u8>, Vec<u8>), SyntheticError> {
        let bytes = |writer: csv::Writer<Vec<u8>>| {
            writer
                .into_inner()
                .map_err(|error| SyntheticError::Csv(error.into_error().into()))
        };
        Ok((bytes(self.teams)?, bytes(self.observers)?))
    }
}

pub(super) fn generate(
    plan: &Plan,
    places: &RegisterTables,
    stations: &[Station],
) -> Result<(Vec<u8>, Vec<u8>), SyntheticError> {
    let mut dice = Dice::seeded(plan.seed ^ 1);
    let mut states = plan.teams.states.clone();
    if states.len() < 2 {
        return Err(SyntheticError::Impossible("states"));
    }
    dice.shuffle(&mut states);
    let mut tables = Tables::new()?;
    let mut first_stations = BTreeSet::new();
    let mut parliamentarians = plan.teams.parliamentarians;
    let delegations = parliamentarians.div_ceil(2);
    for (index, region) in regions_of_teams(plan, places, stations)
        .into_iter()
        .enumerate()
    {
        let number = index as u32 + 1;
        // Delegations are spread evenly over the country's list of teams.
        let is_delegation = (number * delegations) / plan.teams.short_term
            > ((number - 1) * delegations) / plan.teams.short_term;
        let seats = if is_delegation {
            parliamentarians.min(2)
        } else {
            0
        };
        parliamentarians -= seats;
        let of_region: Vec<&Station> = stations
            .iter()
            .filter(|station| station.region == region)
            .collect();
        let first = loop {
            let station = of_region[dice.below(of_region.len())];
            if first_stations.insert(&station.code) {
                break station.code.as_str();
            }
        };
        let leader = plan
            .teams
            .long_term
            .iter()
            .position(|areas| areas.contains(&region));
        let leader = leader.map_or(String::new(), |index| format!("L{:02}", index + 1));
        let kind = if seats > 0 { "pa" } else { "sto" };
        let code = format!("T{number:03}");
        let pair = pair(index, &states);
        tables.team(
            [
                &code,
                &number.to_string(),
                kind,
                "observer",
                &region,
                &leader,
                first,
            ],
            [(pair.0, seats > 0), (pair.1, seats > 1)],
        )?;
    }
    for (index, areas) in plan.teams.long_term.iter().enumerate() {
        let code = format!("L{:02}", index + 1);
        let number = (FIRST_LONG_TERM + index as u32).to_string();
        let pair = pair(index + plan.teams.short_term as usize, &states);
        tables.team(
            [
                &code,
                &number,
                "lto",
                "long_term_observer",
                &areas.join(" "),
                "",
                "",
            ],
            [(pair.0, false), (pair.1, false)],
        )?;
    }
    tables.finish()
}

/// The region of every short-term team, in the order of the regions, by their stations.
fn regions_of_teams(plan: &Plan, places: &RegisterTables, stations: &[Station]) -> Vec<String> {
    let regions: Vec<&str> = places
        .regions()
        .iter()
        .map(|region| region.code.as_str())
        .filter(|code| stations.iter().any(|station| station.region == *code))
        .collect();
    let weights: Vec<u64> = regions
        .iter()
        .map(|code| {
            stations
                .iter()
                .filter(|station| station.region == *code)
                .count() as u64
        })
        .collect();
    let shares = share_out(u64::from(plan.teams.short_term), &weights);
    regions
        .into_iter()
        .zip(shares)
        .flat_map(|(code, count)| std::iter::repeat_n(code.to_owned(), count as usize))
        .collect()
}

/// Two different States; every State comes up before one repeats with the same partner.
fn pair(index: usize, states: &[String]) -> (&str, &str) {
    let first = index % states.len();
    let step = 1 + (index / states.len()) % (states.len() - 1);
    (&states[first], &states[(first + step) % states.len()])
}
