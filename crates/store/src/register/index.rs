//! The index of a register: its places, and the words they are found by.
//!
//! A register has tens of thousands of places but only thousands of different words. So a query
//! word is compared with every word once, typos and all, and places come from the words' lists.

use super::fold::{without_zeros, words};
use super::{Among, DistrictRow, Hit, Localised, RegionRow, RegisterRows, StationRow};
use std::collections::HashMap;

/// Places and words, ready to search.
#[derive(Debug, Default)]
pub struct Index {
    pub(super) stations: Section,
    pub(super) commissions: Section,
    within: HashMap<String, Localised>,
}

/// One kind of place with its words.
#[derive(Debug, Default)]
pub(super) struct Section {
    pub(super) places: Vec<Indexed>,
    pub(super) vocabulary: Vec<Word>,
    by_code: HashMap<String, u32>,
    /// Places in the order of their numbers.
    pub(super) in_order: Vec<u32>,
}

/// A place with what ranking needs.
#[derive(Debug)]
pub(super) struct Indexed {
    pub(super) code: String,
    pub(super) number: String,
    name: Localised,
    within: String,
    pub(super) region: String,
    kind: String,
    pub(super) position: Option<(f64, f64)>,
    /// The number's parts without leading zeros: what an exact match compares.
    pub(super) number_words: Vec<String>,
    /// The number as a number, for order.
    pub(super) numeric: u64,
}

/// One folded word and the places that have it.
#[derive(Debug)]
pub(super) struct Word {
    pub(super) text: String,
    /// Which letters it has: words that differ in too many need no closer look.
    pub(super) letters: u64,
    pub(super) places: Vec<u32>,
}

impl Index {
    /// Builds the index of a register.
    #[must_use]
    pub fn build(rows: &RegisterRows) -> Self {
        let regions: HashMap<&str, &RegionRow> = rows
            .regions
            .iter()
            .map(|row| (row.code.as_str(), row))
            .collect();
        let mut within = HashMap::new();
        for district in &rows.districts {
            let region = regions
                .get(district.region.as_str())
                .map(|region| &region.name);
            within.insert(district.code.clone(), join(&district.name, region));
        }
        for region in &rows.regions {
            within.insert(region.code.clone(), region.name.clone());
        }
        let commissions = rows
            .regions
            .iter()
            .map(Indexed::region)
            .chain(rows.districts.iter().map(Indexed::district))
            .collect();
        let stations: Vec<Indexed> = rows.stations.iter().map(Indexed::station).collect();
        Self {
            stations: Section::build(stations, &within),
            commissions: Section::build(commissions, &within),
            within,
        }
    }

    /// A station or commission by code.
    #[must_use]
    pub fn place(&self, code: &str) -> Option<Hit> {
        [&self.stations, &self.commissions]
            .into_iter()
            .find_map(|section| {
                let number = *section.by_code.get(code)?;
                Some(self.hit(&section.places[number as usize], false))
            })
    }

    pub(super) fn section(&self, among: Among) -> &Section {
        match among {
            Among::Stations => &self.stations,
            Among::Commissions => &self.commissions,
        }
    }

    pub(super) fn hit(&self, place: &Indexed, in_area: bool) -> Hit {
        Hit {
            code: place.code.clone(),
            number: place.number.clone(),
            name: place.name.clone(),
            within: self.within.get(&place.within).cloned().unwrap_or_default(),
            kind: place.kind.clone(),
            in_area,
        }
    }
}

impl Indexed {
    fn new(
        code: &str,
        number: &str,
        name: Localised,
        within: &str,
        region: &str,
        kind: &str,
    ) -> Self {
        let number_words: Vec<String> = words(number);
        let digits: String = number.chars().filter(char::is_ascii_digit).collect();
        let numeric = without_zeros(&digits).parse().unwrap_or(u64::MAX);
        Self {
            code: code.to_owned(),
            number: number.to_owned(),
            name,
            within: within.to_owned(),
            region: region.to_owned(),
            kind: kind.to_owned(),
            position: None,
            number_words,
            numeric,
        }
    }

    fn region(row: &RegionRow) -> Self {
        Self::new(
            &row.code,
            &row.code,
            row.name.clone(),
            "",
            &row.code,
            &row.level,
        )
    }

    fn district(row: &DistrictRow) -> Self {
        Self::new(
            &row.code,
            &row.code,
            row.name.clone(),
            &row.region,
            &row.region,
            &row.kind,
        )
    }

    fn station(row: &StationRow) -> Self {
        let name = join(&row.name, Some(&row.address));
        let place = Self::new(
            &row.code,
            &row.number,
            name,
            &row.district,
            &row.region,
            &row.kind,
        );
        Self {
            position: row.position,
            ..place
        }
    }
}

impl Section {
    fn build(places: Vec<Indexed>, within: &HashMap<String, Localised>) -> Self {
        let mut vocabulary = Vocabulary::default();
        let mut areas: HashMap<&str, Vec<usize>> = HashMap::new();
        for (index, place) in (0_u32..).zip(&places) {
            let area = areas.entry(&place.within).or_insert_with(|| {
                let names = within
                    .get(&place.within)
                    .into_iter()
                    .flat_map(Localised::values);
                names.flat_map(|text| vocabulary.read(text)).collect()
            });
            area.iter().for_each(|word| vocabulary.add(*word, index));
            for text in place.name.values().chain([&place.code, &place.number]) {
                for word in vocabulary.read(text) {
                    vocabulary.add(word, index);
                }
            }
        }
        let by_code = (0_u32..)
            .zip(&places)
            .map(|(index, place)| (place.code.clone(), index))
            .collect();
        let mut in_order: Vec<u32> = (0_u32..).zip(&places).map(|(index, _)| index).collect();
        in_order.sort_by_key(|index| (places[*index as usize].numeric, *index));
        Self {
            places,
            vocabulary: vocabulary.words,
            by_code,
            in_order,
        }
    }
}

/// Words while a section is being built. Each written form is folded once, however often it occurs.
#[derive(Default)]
struct Vocabulary {
    words: Vec<Word>,
    by_text: HashMap<String, usize>,
    by_written: HashMap<String, Vec<usize>>,
}

impl Vocabulary {
    /// The words of a text.
    fn read(&mut self, text: &str) -> Vec<usize> {
        let mut found = Vec::new();
        for written in text.split_whitespace() {
            if let Some(known) = self.by_written.get(written) {
                found.extend_from_slice(known);
                continue;
            }
            let new: Vec<usize> = words(written)
                .into_iter()
                .map(|word| self.word(word))
                .collect();
            found.extend_from_slice(&new);
            self.by_written.insert(written.to_owned(), new);
        }
        found
    }

    fn word(&mut self, text: String) -> usize {
        let next = self.words.len();
        let number = *self.by_text.entry(text.clone()).or_insert(next);
        if number == next {
            self.words.push(Word {
                letters: letters(&text),
                text,
                places: Vec::new(),
            });
        }
        number
    }

    /// Places come in order, so a repetition can only be the last one.
    fn add(&mut self, word: usize, place: u32) {
        let places = &mut self.words[word].places;
        if places.last() != Some(&place) {
            places.push(place);
        }
    }
}

/// A set of the letters of a folded word.
pub(super) fn letters(word: &str) -> u64 {
    word.bytes().fold(0, |set, byte| set | 1 << (byte & 63))
}

/// Two texts in each language: "name, address" or "district, region".
fn join(first: &Localised, second: Option<&Localised>) -> Localised {
    let Some(second) = second else {
        return first.clone();
    };
    first
        .iter()
        .map(
            |(language, text)| match second.get(language).filter(|more| !more.is_empty()) {
                Some(more) => (language.clone(), format!("{text}, {more}")),
                None => (language.clone(), text.clone()),
            },
        )
        .collect()
}
