//! Searching the register, as an observer at the door of a station does.

use super::error::BenchError;
use super::figures::{Search, median, ms, percentile};
use crate::device::Device;
use crate::error::RehearsalError;
use baqylau_mission::{Mission, Station};
use serde_json::json;
use std::time::Instant;

/// Stations that queries are made from, spread over the whole register.
const STATIONS: usize = 60;
/// Hits that the screen asks for.
const LIMIT: u32 = 20;

/// Asks the core for stations, with a mix of what people type.
pub(super) async fn measure(
    device: &Device,
    mission: &Mission,
    runs: u32,
) -> Result<Search, BenchError> {
    let stations = mission.register.stations();
    let languages = mission.register.languages();
    let every = (stations.len() / STATIONS).max(1);
    let queries: Vec<String> = stations
        .iter()
        .step_by(every)
        .flat_map(|station| typed(station, languages))
        .collect();
    // The first search builds the index. The screen asks so when it opens, before anything is typed: not counted.
    ask(device, "").await?;
    let (mut p50, mut p99) = (Vec::new(), Vec::new());
    for _ in 0..runs {
        let mut timings = Vec::with_capacity(queries.len());
        for query in &queries {
            let begun = Instant::now();
            ask(device, query).await?;
            timings.push(begun.elapsed());
        }
        p50.push(ms(percentile(&timings, 50)));
        p99.push(ms(percentile(&timings, 99)));
    }
    Ok(Search {
        p50: median(p50.into_iter()),
        p99: median(p99.into_iter()),
        stations: stations.len(),
    })
}

async fn ask(device: &Device, query: &str) -> Result<(), BenchError> {
    let args = json!({ "query": query, "place": "station", "limit": LIMIT });
    let answer = device.core().call("stations", args).await;
    answer.map_err(|failure| RehearsalError::refused("stations", failure))?;
    Ok(())
}

/// What somebody looking for a station types: its number, a part of it, its name in each language, the name
/// begun, the name mistyped, its address, and at first nothing.
fn typed(station: &Station, languages: &[String]) -> Vec<String> {
    let number = station.number.to_string();
    let begun: String = number.chars().take(2).collect();
    let mut queries = vec![
        String::new(),
        begun,
        number,
        station.code.as_str().to_owned(),
    ];
    for language in languages {
        let name = station.name.get(language);
        let start: String = name.chars().take(4).collect();
        queries.extend([name.to_owned(), start, mistyped(name)]);
        queries.extend(
            station
                .address
                .get(language)
                .split(',')
                .next()
                .map(str::to_owned),
        );
    }
    queries
}

/// Two letters of the longest word changed places.
fn mistyped(name: &str) -> String {
    let word = name
        .split_whitespace()
        .max_by_key(|word| word.chars().count());
    let mut letters: Vec<char> = word.unwrap_or_default().chars().collect();
    if let Some(middle) = (letters.len() / 2).checked_sub(1) {
        letters.swap(middle, middle + 1);
    }
    letters.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistyped_name_has_two_letters_the_wrong_way_round() {
        assert_eq!(mistyped("School 12"), "Scohol");
        assert_eq!(mistyped(""), "");
        assert_eq!(mistyped("a"), "a");
    }
}
