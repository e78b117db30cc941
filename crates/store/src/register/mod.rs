//! The register on the device: rows in, search by number and by name out.

mod fold;
mod index;
mod search;
mod table;

pub use index::Index;

use std::collections::BTreeMap;

/// Text by language code.
pub type Localised = BTreeMap<String, String>;

/// A region (or the country at the top): also the commission of that level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegionRow {
    /// Its code.
    pub code: String,
    /// Its commission's level as the mission names it.
    pub level: String,
    /// Its name.
    pub name: Localised,
    /// Local time minus UTC.
    pub utc_offset_min: i16,
}

/// A district: also the commission of that level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DistrictRow {
    /// Its code.
    pub code: String,
    /// The region it lies in.
    pub region: String,
    /// Its kind as the mission names it (`city`, `rural` …).
    pub kind: String,
    /// Its name.
    pub name: Localised,
}

/// A polling station.
#[derive(Debug, Clone, PartialEq)]
pub struct StationRow {
    /// Its code.
    pub code: String,
    /// Its number as painted on the door.
    pub number: String,
    /// The region's code.
    pub region: String,
    /// The district's code.
    pub district: String,
    /// Its name.
    pub name: Localised,
    /// Its address.
    pub address: Localised,
    /// Its type (`regular`, `hospital` …).
    pub kind: String,
    /// Its area type (`urban`, `rural` …).
    pub area: String,
    /// Voters on the list.
    pub voters: u32,
    /// Degrees north and east, when known.
    pub position: Option<(f64, f64)>,
}

/// A whole register.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RegisterRows {
    /// Content address of the bundle these rows came from.
    pub hash: [u8; 32],
    /// Regions.
    pub regions: Vec<RegionRow>,
    /// Districts.
    pub districts: Vec<DistrictRow>,
    /// Stations.
    pub stations: Vec<StationRow>,
}

/// Which places a search is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Among {
    /// Polling stations.
    Stations,
    /// Commissions above the stations: regions and districts.
    Commissions,
}

/// A search.
#[derive(Debug, Clone)]
pub struct Query<'a> {
    /// What was typed: a number, words of a name or an address in any script; empty: the area's places.
    pub text: &'a str,
    /// Which places.
    pub among: Among,
    /// The team's area: a region's code.
    pub area: Option<&'a str>,
    /// Where the device is, if known: nearest first within equal matches.
    pub near: Option<(f64, f64)>,
    /// How many hits to return at most.
    pub limit: usize,
}

/// A place found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Its code.
    pub code: String,
    /// Its number; the code for a commission.
    pub number: String,
    /// Name and address, by language.
    pub name: Localised,
    /// District and region, by language.
    pub within: Localised,
    /// Its type; the level or kind for a commission.
    pub kind: String,
    /// Whether it lies in the area asked for.
    pub in_area: bool,
}

/// What a search found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Hits {
    /// Best first.
    pub hits: Vec<Hit>,
    /// Places that matched, also those cut off by the limit.
    pub matched: u32,
    /// Places searched.
    pub total: u32,
}
