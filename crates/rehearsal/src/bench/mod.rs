//! What an observer and a headquarters feel, measured on the real parts and beside the nearest peers.
//!
//! One day of field work on one real device gives everything else its material: its answers are timed one by
//! one, handed to both form engines, weighed on the wire, and sent to headquarters many times over.
//! `docs/BENCH.md` says what each figure means.

mod engine;
mod error;
mod fieldwork;
mod figures;
mod intake;
mod interface;
mod machine;
mod search;
mod start;
mod wire;

pub use error::BenchError;
pub use figures::{AnswerDurable, EngineStep, Figures, Machine, Search, Wire};

use crate::headquarters::{Headquarters, free_address};
use crate::plan::plan;
use baqylau_mission::rehearsal::Rehearsal;
use baqylau_mission::{Mission, Problem};
use fieldwork::Fieldwork;
use std::path::PathBuf;

/// What a benchmark needs.
#[derive(Debug, Clone)]
pub struct Options {
    /// The mission folder.
    pub mission: PathBuf,
    /// The headquarters program.
    pub headquarters: PathBuf,
    /// The built interface.
    pub interface: PathBuf,
    /// The peer's form engine.
    pub oracle: Peer<Oracle>,
    /// The program that opens the app's window.
    pub window: Peer<PathBuf>,
    /// An empty folder, on the disk that is to be measured.
    pub work: PathBuf,
    /// How often everything is measured; the figures are medians.
    pub runs: u32,
}

/// Something outside this repository that a machine may lack: there, or why it is not.
pub type Peer<T> = Result<T, String>;

/// ODK's form engine.
#[derive(Debug, Clone)]
pub struct Oracle {
    /// The program that answers a form in it.
    pub program: PathBuf,
    /// The folder with the forms as pyxform converts them.
    pub forms: PathBuf,
}

/// Measures everything, and tells `said` what is under way.
///
/// # Errors
/// Whatever stopped it. A peer that this machine lacks is no error: its figure is left out, with the reason.
pub async fn bench(options: &Options, said: &dyn Fn(&str)) -> Result<Figures, BenchError> {
    let machine = machine::this();
    let mission = Mission::load(&options.mission).map_err(misfit)?;
    let rehearsal = Rehearsal::load(&options.mission, &mission).map_err(misfit)?;
    let days = plan(&mission, &rehearsal)?;
    let address = free_address()?;
    let headquarters = Headquarters::start(
        &options.headquarters,
        &options.mission,
        &options.work.join("headquarters"),
        address,
        address,
    )
    .await?;
    let runs = options.runs.max(1);

    said("a day of field work, answer by answer");
    let device = options.work.join("device");
    let mut work = Fieldwork::begin(&headquarters, &device, &days).await?;
    let answer_durable_ms = work.answer(&mission, &options.work, runs).await?;
    said("searching the register");
    let search_ms = search::measure(work.device(), &mission, runs).await?;
    let day = work.deliver(&device).await?;
    said("one batch on the wire");
    let wire = wire::measure(&day)?;
    said("both form engines");
    let engine_step_us = engine::measure(&mission, &day, options, runs)?;
    said("headquarters taking reports in");
    let intake_per_s = intake::measure(&headquarters, &mission, &day, runs).await?;
    headquarters.stop().await?;
    said("opening the window");
    let start = start::measure(&options.window, &device, runs);
    said("weighing the interface");
    let weight = interface::weigh(&options.interface)?;
    Ok(Figures {
        machine,
        runs,
        answer_durable_ms,
        engine_step_us,
        search_ms,
        wire,
        intake_per_s,
        start_ms: start.as_ref().ok().copied(),
        start_skipped: start.err(),
        bundle_gzip_kb: weight.at_once_kb,
        later_gzip_kb: weight.later_kb,
        fonts_kb: weight.fonts_kb,
    })
}

fn misfit(problems: Vec<Problem>) -> BenchError {
    let problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
    BenchError::Unsuited(problems.join("; "))
}
