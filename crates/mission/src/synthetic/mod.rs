//! Invented stations, teams and observers for a rehearsal: the same plan and seed always give the
//! same bytes, so that the files can be committed and checked for staleness.
//!
//! Regions and districts are written by hand; `register/synthetic.toml` holds the proportions, the
//! words that names are made of, and the seed.

mod dice;
mod plan;
mod stations;
mod teams;

pub use plan::Plan;

use crate::{Problem, RegisterTables};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use thiserror::Error;

/// Why nothing was generated.
#[derive(Debug, Error)]
pub enum SyntheticError {
    /// A file cannot be read or written.
    #[error("{}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The plan is not what this version understands.
    #[error("the plan cannot be read")]
    Plan(#[from] toml::de::Error),
    /// Regions or districts have problems.
    #[error("{} problems in regions or districts, the first: {}", .0.len(), .0[0])]
    Register(Vec<Problem>),
    /// The plan asks for what cannot be (more special stations than stations, no district for a kind …).
    #[error("the plan contradicts itself at {0}")]
    Impossible(&'static str),
    /// A table cannot be written.
    #[error("a table cannot be written")]
    Csv(#[from] csv::Error),
}

/// The generated files, by their path within the mission folder.
///
/// # Errors
/// [`SyntheticError`] when the plan or the regions and districts cannot be used.
pub fn generate(mission: &Path) -> Result<Vec<(&'static str, Vec<u8>)>, SyntheticError> {
    let read = |name: &str| {
        let path = mission.join("register").join(name);
        fs::read(&path).map_err(|source| SyntheticError::File { path, source })
    };
    let plan: Plan = toml::from_str(&String::from_utf8_lossy(&read("synthetic.toml")?))?;
    let no_stations = b"code,number,region,district,kind,area,voters\n";
    let places = RegisterTables::read(
        &plan.languages,
        &read("regions.csv")?,
        &read("districts.csv")?,
        no_stations,
    )
    .map_err(SyntheticError::Register)?;
    let stations = stations::generate(&plan, &places)?;
    let (teams, observers) = teams::generate(&plan, &places, &stations)?;
    Ok(vec![
        ("register/stations.csv", stations::to_csv(&plan, &stations)?),
        ("teams.csv", teams),
        ("observers.csv", observers),
    ])
}

/// Generates and writes stations, teams and observers into a mission folder.
///
/// # Errors
/// [`SyntheticError`] when that is impossible.
pub fn write_register(mission: &Path) -> Result<(), SyntheticError> {
    for (name, bytes) in generate(mission)? {
        let path = mission.join(name);
        fs::write(&path, bytes).map_err(|source| SyntheticError::File { path, source })?;
    }
    Ok(())
}
