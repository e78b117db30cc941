//! Invented stations.

use super::SyntheticError;
use super::dice::{Dice, share_out};
use super::plan::{Plan, SpecialKind};
use crate::register::{District, RegisterTables};
use crate::{Station, Text};
use std::collections::BTreeMap;

/// Country stations are smaller, so there are more of them for as many people.
const RURAL_STATIONS: u64 = 16;
const URBAN_STATIONS: u64 = 10;
/// Share of a country district's stations that stand in its town, in per cent.
const TOWN_SHARE: usize = 20;
/// Stations of one settlement.
const SETTLEMENT: usize = 2;

struct Weighed<'a> {
    district: &'a District,
    people: u64,
}

impl Weighed<'_> {
    fn is_urban(&self) -> bool {
        self.district.kind != "district"
    }

    fn area(&self) -> &'static str {
        if self.is_urban() { "urban" } else { "rural" }
    }
}

pub(super) fn generate(
    plan: &Plan,
    places: &RegisterTables,
) -> Result<Vec<Station>, SyntheticError> {
    let mut dice = Dice::seeded(plan.seed);
    let districts = weigh(plan, places, &mut dice)?;
    let regular = plan
        .stations
        .checked_sub(plan.special)
        .ok_or(SyntheticError::Impossible("special"))?;
    let weights: Vec<u64> = districts
        .iter()
        .map(|place| {
            place.people
                * if place.is_urban() {
                    URBAN_STATIONS
                } else {
                    RURAL_STATIONS
                }
        })
        .collect();
    let counts = share_out(u64::from(regular), &weights);
    let mut special = special_stations(plan, &districts, &mut dice)?;
    let special_voters: u64 = special
        .values()
        .flatten()
        .map(|station| u64::from(station.voters))
        .sum();
    let left = plan
        .voters
        .checked_sub(special_voters)
        .ok_or(SyntheticError::Impossible("voters"))?;
    let people: Vec<u64> = districts.iter().map(|place| place.people).collect();
    let voters = share_out(left, &people);
    let mut stations = Vec::with_capacity(plan.stations as usize);
    for ((place, count), voters) in districts.iter().zip(counts).zip(voters) {
        stations.extend(regular_stations(
            plan,
            place,
            count as usize,
            voters,
            &mut dice,
        )?);
        stations.extend(special.remove(&place.district.code).unwrap_or_default());
    }
    number(&mut stations);
    Ok(stations)
}

fn weigh<'a>(
    plan: &Plan,
    places: &'a RegisterTables,
    dice: &mut Dice,
) -> Result<Vec<Weighed<'a>>, SyntheticError> {
    let mut rural: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
    for district in places.districts() {
        let population = *plan
            .population
            .get(&district.region)
            .ok_or(SyntheticError::Impossible("population"))?;
        let entry = rural
            .entry(&district.region)
            .or_insert((u64::from(population), 0));
        match plan.urban.get(&district.code) {
            Some(people) => {
                entry.0 = entry
                    .0
                    .checked_sub(u64::from(*people))
                    .ok_or(SyntheticError::Impossible("urban"))?;
            }
            None => entry.1 += 1,
        }
    }
    let weigh = |district: &'a District| {
        let people = match plan.urban.get(&district.code) {
            Some(people) => u64::from(*people) * 100_000,
            None => {
                let (people, districts) = rural[district.region.as_str()];
                dice.vary(people * 1_000 / districts.max(1))
            }
        };
        Weighed { district, people }
    };
    Ok(places.districts().iter().map(weigh).collect())
}

fn special_stations(
    plan: &Plan,
    districts: &[Weighed<'_>],
    dice: &mut Dice,
) -> Result<BTreeMap<String, Vec<Station>>, SyntheticError> {
    let shares: Vec<u64> = plan
        .special_kind
        .iter()
        .map(|kind| u64::from(kind.share))
        .collect();
    let mut all: BTreeMap<String, Vec<Station>> = BTreeMap::new();
    for (kind, count) in plan
        .special_kind
        .iter()
        .zip(share_out(u64::from(plan.special), &shares))
    {
        let open: Vec<&Weighed<'_>> = districts
            .iter()
            .filter(|place| kind.allows(place))
            .collect();
        if open.is_empty() || kind.names.is_empty() {
            return Err(SyntheticError::Impossible("special_kind"));
        }
        let weights: Vec<u64> = open.iter().map(|place| dice.vary(place.people)).collect();
        for (place, count) in open.iter().zip(share_out(count, &weights)) {
            for n in 1..=count as usize {
                let name = &kind.names[dice.below(kind.names.len())];
                let military = dice.between(1_000, 9_999).to_string();
                let station = Station {
                    name: fill(name, &[("{n}", &n.to_string()), ("{m}", &military)]),
                    address: address(plan, place.area(), n, dice),
                    kind: kind.code.clone(),
                    voters: dice.between(kind.voters[0], kind.voters[1]),
                    ..blank(place.district, place.area())
                };
                all.entry(place.district.code.clone())
                    .or_default()
                    .push(station);
            }
        }
    }
    Ok(all)
}

impl SpecialKind {
    fn allows(&self, place: &Weighed<'_>) -> bool {
        (self.regions.is_empty() || self.regions.contains(&place.district.region))
            && self.area.as_deref().is_none_or(|area| area == place.area())
    }
}

fn regular_stations(
    plan: &Plan,
    place: &Weighed<'_>,
    count: usize,
    voters: u64,
    dice: &mut Dice,
) -> Result<Vec<Station>, SyntheticError> {
    let weights: Vec<u64> = (0..count).map(|_| dice.vary(1)).collect();
    let mut built: BTreeMap<String, usize> = BTreeMap::new();
    let mut stations = Vec::with_capacity(count);
    for (position, voters) in share_out(voters, &weights).into_iter().enumerate() {
        if voters > u64::from(plan.largest_list) {
            return Err(SyntheticError::Impossible("largest_list"));
        }
        let in_town = place.is_urban() || position * 100 < count * TOWN_SHARE;
        let (area, buildings) = if in_town {
            ("urban", &plan.buildings.urban)
        } else {
            ("rural", &plan.buildings.rural)
        };
        let building = &buildings[dice.below(buildings.len())];
        let nth = built
            .entry(building.get(&plan.languages[0]).to_owned())
            .or_default();
        *nth += 1;
        stations.push(Station {
            name: fill(building, &[("{n}", &nth.to_string())]),
            address: address(plan, area, position, dice),
            kind: "regular".to_owned(),
            voters: voters as u32,
            ..blank(place.district, area)
        });
    }
    Ok(stations)
}

fn blank(district: &District, area: &str) -> Station {
    Station {
        code: "".into(),
        number: 0,
        region: district.region.clone(),
        district: district.code.clone(),
        name: Text::default(),
        address: Text::default(),
        kind: String::new(),
        area: area.to_owned(),
        voters: 0,
        location: None,
    }
}

fn address(plan: &Plan, area: &str, position: usize, dice: &mut Dice) -> Text {
    let pattern = if area == "urban" {
        &plan.streets.urban
    } else {
        &plan.streets.rural
    };
    let street = &plan.streets.names[dice.below(plan.streets.names.len())];
    let house = dice.between(1, 180).to_string();
    let settlement = (position / SETTLEMENT + 1).to_string();
    pattern
        .iter()
        .map(|(language, text)| {
            let text = text
                .replace("{s}", street.get(language))
                .replace("{h}", &house);
            (language, text.replace("{v}", &settlement))
        })
        .collect()
}

fn fill(pattern: &Text, values: &[(&str, &str)]) -> Text {
    let filled = |text: &str| {
        values.iter().fold(text.to_owned(), |text, (mark, value)| {
            text.replace(mark, value)
        })
    };
    pattern
        .iter()
        .map(|(language, text)| (language, filled(text)))
        .collect()
}

/// Numbers run through a region, as they do in the country.
fn number(stations: &mut [Station]) {
    let mut next: BTreeMap<String, u32> = BTreeMap::new();
    for station in stations {
        let number = next.entry(station.region.clone()).or_default();
        *number += 1;
        station.number = *number;
        station.code = format!("{}-{number:04}", station.region).as_str().into();
    }
}

pub(super) fn to_csv(plan: &Plan, stations: &[Station]) -> Result<Vec<u8>, SyntheticError> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let texts = |prefix: &str| {
        plan.languages
            .iter()
            .map(|language| format!("{prefix}_{language}"))
            .collect::<Vec<_>>()
    };
    let mut heading: Vec<String> = [
        "code", "number", "region", "district", "kind", "area", "voters",
    ]
    .map(str::to_owned)
    .into();
    heading.extend(texts("name"));
    heading.extend(texts("address"));
    writer.write_record(&heading)?;
    for station in stations {
        let (number, voters) = (station.number.to_string(), station.voters.to_string());
        let mut row = vec![
            station.code.as_str(),
            number.as_str(),
            station.region.as_str(),
            station.district.as_str(),
            station.kind.as_str(),
            station.area.as_str(),
            voters.as_str(),
        ];
        row.extend(
            plan.languages
                .iter()
                .map(|language| station.name.get(language)),
        );
        row.extend(
            plan.languages
                .iter()
                .map(|language| station.address.get(language)),
        );
        writer.write_record(&row)?;
    }
    writer
        .into_inner()
        .map_err(|error| SyntheticError::Csv(error.into_error().into()))
}
