//! The register: regions, districts and stations, as the forms look them up.

use crate::tables::{Row, Table};
use crate::{Problem, Text};
use baqylau_domain::StationCode;
use std::collections::{HashMap, HashSet};

/// File names within `register/`, in the order of the bundle.
pub(crate) const FILES: [&str; 3] = ["regions.csv", "districts.csv", "stations.csv"];

/// A region and its commission; the central commission is one of level `cec`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Region {
    /// Code.
    pub code: String,
    /// Level of its commission.
    pub level: String,
    /// Name.
    pub name: Text,
    /// Local time minus UTC in minutes.
    pub utc_offset_min: i16,
}

/// A district and its commission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct District {
    /// Code.
    pub code: String,
    /// Code of its region.
    pub region: String,
    /// `district`, `city` or `city_district`.
    pub kind: String,
    /// Name.
    pub name: Text,
}

/// A polling station and its commission.
#[derive(Debug, Clone, PartialEq)]
pub struct Station {
    /// Code, unique in the country.
    pub code: StationCode,
    /// Number, unique in its region.
    pub number: u32,
    /// Code of its region.
    pub region: String,
    /// Code of its district.
    pub district: String,
    /// Name of the building.
    pub name: Text,
    /// Street and locality.
    pub address: Text,
    /// Code of the forms' list `ps_type`: `regular`, `hospital` …
    pub kind: String,
    /// `urban` or `rural`.
    pub area: String,
    /// Voters on the list.
    pub voters: u32,
    /// Degrees north and east, where known.
    pub location: Option<(f64, f64)>,
}

/// The register in memory, with the look-ups that forms make.
#[derive(Debug, Clone, Default)]
pub struct RegisterTables {
    languages: Vec<String>,
    raw: [Vec<u8>; 3],
    regions: Vec<Region>,
    districts: Vec<District>,
    stations: Vec<Station>,
    by_code: [HashMap<String, usize>; 3],
    stations_of: HashMap<String, u32>,
}

impl RegisterTables {
    /// Reads the three files; `languages` says which `name_…` and `address_…` columns they have.
    ///
    /// # Errors
    /// Every problem found, located: missing columns or texts, numbers that are none, duplicate
    /// codes, districts of unknown regions, stations of unknown districts.
    pub fn read(
        languages: &[String],
        regions: &[u8],
        districts: &[u8],
        stations: &[u8],
    ) -> Result<Self, Vec<Problem>> {
        let mut problems = Vec::new();
        let regions_table = Table::read(FILES[0], regions, &["code", "level", "utc_offset_min"])?;
        let districts_table = Table::read(FILES[1], districts, &["code", "region", "kind"])?;
        let stations_table = Table::read(
            FILES[2],
            stations,
            &[
                "code", "number", "region", "district", "kind", "area", "voters",
            ],
        )?;
        let mut tables = Self {
            languages: languages.to_vec(),
            raw: [regions.to_vec(), districts.to_vec(), stations.to_vec()],
            regions: collect(&regions_table, &mut problems, |row| region(row, languages)),
            districts: collect(&districts_table, &mut problems, |row| {
                district(row, languages)
            }),
            stations: collect(&stations_table, &mut problems, |row| {
                station(row, languages)
            }),
            ..Self::default()
        };
        tables.by_code = [
            index(&regions_table, &mut problems),
            index(&districts_table, &mut problems),
            index(&stations_table, &mut problems),
        ];
        parents(
            &districts_table,
            "region",
            &tables.by_code[0],
            &mut problems,
        );
        parents(&stations_table, "region", &tables.by_code[0], &mut problems);
        parents(
            &stations_table,
            "district",
            &tables.by_code[1],
            &mut problems,
        );
        for station in &tables.stations {
            *tables
                .stations_of
                .entry(station.district.clone())
                .or_default() += 1;
        }
        if problems.is_empty() {
            Ok(tables)
        } else {
            Err(problems)
        }
    }

    /// All regions, the central commission among them.
    #[must_use]
    pub fn regions(&self) -> &[Region] {
        &self.regions
    }

    /// All districts.
    #[must_use]
    pub fn districts(&self) -> &[District] {
        &self.districts
    }

    /// All stations.
    #[must_use]
    pub fn stations(&self) -> &[Station] {
        &self.stations
    }

    /// A region by code.
    #[must_use]
    pub fn region(&self, code: &str) -> Option<&Region> {
        self.by_code[0].get(code).map(|index| &self.regions[*index])
    }

    /// A district by code.
    #[must_use]
    pub fn district(&self, code: &str) -> Option<&District> {
        self.by_code[1]
            .get(code)
            .map(|index| &self.districts[*index])
    }

    /// A station by code.
    #[must_use]
    pub fn station(&self, code: &str) -> Option<&Station> {
        self.by_code[2]
            .get(code)
            .map(|index| &self.stations[*index])
    }

    /// How many stations a district's commission is over.
    #[must_use]
    pub fn stations_of(&self, district: &str) -> u32 {
        self.stations_of.get(district).copied().unwrap_or(0)
    }

    /// Language codes of the names.
    #[must_use]
    pub fn languages(&self) -> &[String] {
        &self.languages
    }

    /// The three files' bytes as read, in the bundle's order.
    pub(crate) fn files(&self) -> &[Vec<u8>; 3] {
        &self.raw
    }

    /// Value of a column of the row with this code; `file` with or without `.csv`.
    fn column(&self, file: &str, code: &str, column: &str) -> Option<String> {
        match file_index(file)? {
            0 => self.region(code).and_then(|row| region_column(row, column)),
            1 => self
                .district(code)
                .and_then(|row| self.district_column(row, column)),
            _ => self
                .station(code)
                .and_then(|row| station_column(row, column)),
        }
    }

    fn district_column(&self, row: &District, column: &str) -> Option<String> {
        match column {
            "code" => Some(row.code.clone()),
            "region" => Some(row.region.clone()),
            "kind" => Some(row.kind.clone()),
            "stations" => Some(self.stations_of(&row.code).to_string()),
            _ => text_column(&row.name, "name", column),
        }
    }

    fn codes(&self, file: &str) -> Box<dyn Iterator<Item = &str> + '_> {
        match file_index(file) {
            Some(0) => Box::new(self.regions.iter().map(|row| row.code.as_str())),
            Some(1) => Box::new(self.districts.iter().map(|row| row.code.as_str())),
            Some(_) => Box::new(self.stations.iter().map(|row| row.code.as_str())),
            None => Box::new(std::iter::empty()),
        }
    }
}

impl baqylau_forms::Register for RegisterTables {
    fn label(&self, file: &str, code: &str, language: &str) -> Option<String> {
        match file_index(file)? {
            0 => self
                .region(code)
                .map(|row| row.name.get(language).to_owned()),
            1 => self
                .district(code)
                .map(|row| row.name.get(language).to_owned()),
            _ => self
                .station(code)
                .map(|row| row.name.get(language).to_owned()),
        }
    }

    fn value(&self, file: &str, key_column: &str, key: &str, column: &str) -> Option<String> {
        if key_column == "code" {
            return self.column(file, key, column);
        }
        let code = self
            .codes(file)
            .find(|code| self.column(file, code, key_column).as_deref() == Some(key))?;
        self.column(file, code, column)
    }

    fn contains(&self, file: &str, code: &str, filter: &[(String, String)]) -> bool {
        self.column(file, code, "code").is_some()
            && filter
                .iter()
                .all(|(column, value)| self.column(file, code, column).as_ref() == Some(value))
    }
}

fn file_index(file: &str) -> Option<usize> {
    let stem = file.strip_suffix(".csv").unwrap_or(file);
    FILES
        .iter()
        .position(|name| name.strip_suffix(".csv") == Some(stem))
}

fn text_column(text: &Text, prefix: &str, column: &str) -> Option<String> {
    let language = column.strip_prefix(prefix)?.strip_prefix('_')?;
    text.has(language).then(|| text.get(language).to_owned())
}

fn region_column(row: &Region, column: &str) -> Option<String> {
    match column {
        "code" => Some(row.code.clone()),
        "level" => Some(row.level.clone()),
        "utc_offset_min" => Some(row.utc_offset_min.to_string()),
        _ => text_column(&row.name, "name", column),
    }
}

fn station_column(row: &Station, column: &str) -> Option<String> {
    match column {
        "code" => Some(row.code.0.clone()),
        "number" => Some(row.number.to_string()),
        "region" => Some(row.region.clone()),
        "district" => Some(row.district.clone()),
        "kind" => Some(row.kind.clone()),
        "area" => Some(row.area.clone()),
        "voters" => Some(row.voters.to_string()),
        _ => text_column(&row.name, "name", column)
            .or_else(|| text_column(&row.address, "address", column)),
    }
}

fn region(row: Row<'_>, languages: &[String]) -> Result<Region, Problem> {
    Ok(Region {
        code: row.get("code").to_owned(),
        level: row.get("level").to_owned(),
        name: row.text("name", languages)?,
        utc_offset_min: row.number("utc_offset_min")?,
    })
}

fn district(row: Row<'_>, languages: &[String]) -> Result<District, Problem> {
    Ok(District {
        code: row.get("code").to_owned(),
        region: row.get("region").to_owned(),
        kind: row.get("kind").to_owned(),
        name: row.text("name", languages)?,
    })
}

fn station(row: Row<'_>, languages: &[String]) -> Result<Station, Problem> {
    let location = match (row.get("lat"), row.get("lon")) {
        ("", "") => None,
        _ => Some((row.number("lat")?, row.number("lon")?)),
    };
    Ok(Station {
        code: row.get("code").into(),
        number: row.number("number")?,
        region: row.get("region").to_owned(),
        district: row.get("district").to_owned(),
        name: row.text("name", languages)?,
        address: row.text("address", languages)?,
        kind: row.get("kind").to_owned(),
        area: row.get("area").to_owned(),
        voters: row.number("voters")?,
        location,
    })
}

fn collect<T>(
    table: &Table,
    problems: &mut Vec<Problem>,
    read: impl Fn(Row<'_>) -> Result<T, Problem>,
) -> Vec<T> {
    table
        .rows()
        .filter_map(|row| read(row).map_err(|problem| problems.push(problem)).ok())
        .collect()
}

fn index(table: &Table, problems: &mut Vec<Problem>) -> HashMap<String, usize> {
    let mut by_code = HashMap::with_capacity(table.len());
    for (position, row) in table.rows().enumerate() {
        let code = row.get("code");
        if code.is_empty() || by_code.insert(code.to_owned(), position).is_some() {
            problems.push(row.problem("duplicate", "code").with("value", code));
        }
    }
    by_code
}

fn parents(
    table: &Table,
    column: &str,
    known: &HashMap<String, usize>,
    problems: &mut Vec<Problem>,
) {
    let mut reported = HashSet::new();
    for row in table.rows() {
        let code = row.get(column);
        // One wrong code is one mistake, however many stations carry it.
        if !known.contains_key(code) && reported.insert(code) {
            problems.push(row.problem("unknown_code", column).with("value", code));
        }
    }
}
