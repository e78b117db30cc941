//! `mission.toml`: everything about a mission that is neither form nor table.

use crate::Text;
use baqylau_domain::FormId;
use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// `mission.toml` as written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct About {
    /// The folder's name, `kz-2011`.
    pub id: String,
    /// The election's code; it is signed into every journal.
    pub event: String,
    /// The mission's name.
    pub name: Text,
    /// Language codes, the statement's official one first.
    pub languages: Vec<String>,
    /// Whether register and teams are invented: every screen that shows them says so.
    pub synthetic: bool,
    /// The capital's local time minus UTC, in minutes; regions may differ (`regions.csv`).
    pub utc_offset_min: i16,
    /// The days that matter.
    pub dates: Dates,
    /// When stations are open by law.
    pub voting_hours: VotingHours,
    /// Candidates in ballot order.
    #[serde(default)]
    pub candidates: Vec<Candidate>,
    /// Levels of the election commissions, highest first.
    #[serde(default)]
    pub levels: Vec<CommissionLevel>,
    /// Bands of the day that figures are broken down by, in order.
    #[serde(default)]
    pub time_bands: Vec<TimeBand>,
    /// Whole numbers that indicators may divide by, besides those counted from the tables.
    #[serde(default)]
    pub totals: BTreeMap<String, i64>,
    /// Headquarters' addresses as the mission plans them; the enrolment code overrides them.
    #[serde(default)]
    pub endpoints: Vec<Endpoint>,
    /// The forms in the order of the day.
    #[serde(rename = "form")]
    pub forms: Vec<FormEntry>,
}

/// The days that matter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dates {
    /// The election was called.
    pub called: NaiveDate,
    /// Campaigning began.
    pub campaign: NaiveDate,
    /// Long-term observers went out.
    pub long_term: NaiveDate,
    /// Election day.
    pub election: NaiveDate,
    /// The preliminary statement.
    pub statement: NaiveDate,
}

/// When stations are open by law, local time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VotingHours {
    /// Voting begins.
    pub from: NaiveTime,
    /// Voting ends.
    pub to: NaiveTime,
}

/// A candidate and the party that stands behind them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Candidate {
    /// Code in the forms' lists.
    pub code: String,
    /// Name.
    pub name: Text,
    /// The party's code in the forms' lists.
    pub party: String,
    /// The party's name.
    pub party_name: Text,
}

/// A level of the commissions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CommissionLevel {
    /// `cec`, `tec`, `dec`, `pec`.
    pub code: String,
    /// Its name.
    pub name: Text,
    /// The abbreviation in use.
    pub short: Text,
    /// Members each commission has.
    pub members: u16,
}

/// A band of the day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TimeBand {
    /// Code in breakdowns.
    pub code: String,
    /// First local time inside.
    pub from: NaiveTime,
    /// Its name.
    pub name: Text,
}

/// An address headquarters may be reached at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Endpoint {
    /// `https://…`.
    pub url: String,
}

/// What kind of place a form is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlaceKind {
    /// A polling station.
    Station,
    /// A district commission.
    Commission,
    /// Anywhere; a station may be named but need not be.
    Anywhere,
}

/// One form of the mission.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormEntry {
    /// Its id; the form's own `form_id` must be the same.
    pub id: FormId,
    /// File within the mission folder.
    pub file: String,
    /// The letter people call it by.
    pub letter: String,
    /// Where it applies.
    pub place: PlaceKind,
    /// Whether it jumps the queue and may be sent alone.
    #[serde(default)]
    pub urgent: bool,
    /// From when on election day it is offered first, local time.
    #[serde(default)]
    pub from: Option<NaiveTime>,
    /// Reports expected of a short-term team in the day.
    #[serde(default)]
    pub per_team: f64,
    /// Reports expected of all teams together, where that is planned rather than multiplied.
    #[serde(default)]
    pub expected: Option<u32>,
    /// What a finished report counts as in the team's day: `opening`, `visit`, `count`, `tabulation`, or nothing.
    #[serde(default)]
    pub counts_as: Option<String>,
    /// The question that holds the time of arrival (for time bands and for the order of visits).
    #[serde(default)]
    pub arrival: Option<String>,
}

impl FormEntry {
    /// [`Self::from`] as minutes since midnight.
    #[must_use]
    pub fn from_min(&self) -> Option<u16> {
        self.from.map(minutes)
    }
}

impl About {
    /// The band that a local time of day, in minutes since midnight, falls into.
    #[must_use]
    pub fn time_band(&self, minute: u16) -> Option<&TimeBand> {
        self.time_bands
            .iter()
            .rev()
            .find(|band| minutes(band.from) <= minute)
    }
}

fn minutes(time: NaiveTime) -> u16 {
    use chrono::Timelike as _;
    u16::try_from(time.hour() * 60 + time.minute()).unwrap_or(u16::MAX)
}
