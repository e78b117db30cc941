//! A mission folder, read and checked: what is observed, with which forms, where, by whom,
//! and which figures come of it. The format is described in `docs/MISSIONS.md`.
//!
//! [`Mission::load`] reads a folder whole (headquarters, tools, tests); a device gets the same
//! content as [`Bundle`]s and opens them with [`MissionPack::from_bytes`],
//! [`RegisterTables::from_bytes`] and `baqylau_forms::Form::from_bytes`.

mod about;
mod bundle;
mod load;
mod problem;
mod register;
pub mod rehearsal;
pub mod synthetic;
mod tables;
mod teams;
mod text;

pub use about::{
    About, Candidate, CommissionLevel, Dates, Endpoint, FormEntry, PlaceKind, TimeBand, VotingHours,
};
pub use bundle::{Bundle, BundleKind, MissionPack, PackError};
pub use load::{ExpectedReports, Mission, MissionForm};
pub use problem::Problem;
pub use register::{District, Region, RegisterTables, Station};
pub use tables::Table;
pub use teams::{Observer, Team, TeamKind};
pub use text::Text;
