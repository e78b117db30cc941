//! `register/synthetic.toml`.

use crate::Text;
use serde::Deserialize;
use std::collections::BTreeMap;

/// What the generator works from.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// Where the random numbers begin.
    pub seed: u64,
    /// Languages of names.
    pub languages: Vec<String>,
    /// Stations in all.
    pub stations: u32,
    /// Of them special.
    pub special: u32,
    /// Voters on all lists together.
    pub voters: u64,
    /// No list is longer.
    pub largest_list: u32,
    /// Inhabitants by region, in any unit.
    pub population: BTreeMap<String, u32>,
    /// Inhabitants of cities and city districts, in the same unit; the others share the rest.
    pub urban: BTreeMap<String, u32>,
    /// Kinds of special stations.
    pub special_kind: Vec<SpecialKind>,
    /// Buildings of ordinary stations.
    pub buildings: ByArea<Vec<Text>>,
    /// Addresses.
    pub streets: Streets,
    /// Who is deployed.
    pub teams: Deployment,
}

/// A kind of special station.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpecialKind {
    /// Code in the register.
    pub code: String,
    /// Share among the special stations.
    pub share: u32,
    /// Least and most voters.
    pub voters: [u32; 2],
    /// Only in these regions.
    #[serde(default)]
    pub regions: Vec<String>,
    /// Only in such districts.
    #[serde(default)]
    pub area: Option<String>,
    /// Names; `{n}` counts them, `{m}` is a four-digit number.
    pub names: Vec<Text>,
}

/// Something for town and country.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ByArea<T> {
    /// In town.
    pub urban: T,
    /// In the country.
    pub rural: T,
}

/// Addresses.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Streets {
    /// Names of streets.
    pub names: Vec<Text>,
    /// An address in town: `{s}` street, `{h}` house.
    pub urban: Text,
    /// An address in the country: `{v}` counts settlements.
    pub rural: Text,
}

/// Who is deployed.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deployment {
    /// Short-term teams of two.
    pub short_term: u32,
    /// Members of parliaments among the short-term observers.
    pub parliamentarians: u32,
    /// States that sent observers.
    pub states: Vec<String>,
    /// Regions of each long-term team.
    pub long_term: Vec<Vec<String>>,
}
