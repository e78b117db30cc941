//! One team's day: offline most of the time, a network at odd moments, everything delivered in the end.

use super::Watcher;
use super::compare::SentReport;
use crate::device::{Device, Visit};
use crate::error::RehearsalError;
use crate::plan::TeamDay;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::path::Path;

/// Chance of a network after a visit, in per cent.
const NETWORK_PERCENT: u32 = 30;
/// Exchanges tried at the end of the day before a team gives up; the link fails one in five.
const PATIENCE: u32 = 60;
/// Enrolment is tried so often: it happens over the same bad link.
const ENROL_PATIENCE: u32 = 20;
/// Minutes that pass between two attempts.
const BETWEEN_MS: i64 = 3 * 60_000;

pub(super) async fn work_through(
    folder: &Path,
    day: &TeamDay,
    code: &str,
    seed: u64,
    watcher: &dyn Watcher,
) -> Result<Vec<SentReport>, RehearsalError> {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let device = enrol(folder, day, code, seed).await?;
    let mut finished: Vec<String> = Vec::new();
    let mut to_correct: Vec<(String, &Visit)> = Vec::new();
    for visit in &day.visits {
        // A slip is noticed on the road, often after the report has been sent.
        for (id, slipped) in to_correct.drain(..) {
            device.correct(&id, slipped).await?;
        }
        let row = device.work_through(visit).await?;
        finished.push(row.id.clone());
        watcher.visited();
        if visit.slip.is_some() {
            to_correct.push((row.id, visit));
        }
        if rng.random_range(0..100) < NETWORK_PERCENT {
            // It may fail: that is what the link is for. What matters is the end of the day.
            let _ = device.sync().await;
        }
    }
    for (id, slipped) in to_correct {
        device.correct(&id, slipped).await?;
    }
    deliver(&device, day).await?;
    let mut sent = Vec::with_capacity(finished.len());
    for id in finished {
        sent.push(SentReport::of(&device.page(&id).await?)?);
    }
    device.lock().await?;
    Ok(sent)
}

/// Tries until a reply comes through. The same seed makes the same key, so that headquarters knows the device
/// whose first reply was swallowed.
async fn enrol(
    folder: &Path,
    day: &TeamDay,
    code: &str,
    seed: u64,
) -> Result<Device, RehearsalError> {
    let mut attempt = 1;
    loop {
        match Device::enrol(folder, code, day.starts, seed).await {
            Ok(device) => return Ok(device),
            Err(error) if attempt == ENROL_PATIENCE => return Err(error),
            Err(_) => attempt += 1,
        }
    }
}

async fn deliver(device: &Device, day: &TeamDay) -> Result<(), RehearsalError> {
    for _ in 0..PATIENCE {
        if device.waiting().await? == 0 {
            return Ok(());
        }
        device.clock.pass(BETWEEN_MS);
        let _ = device.sync().await;
    }
    match device.waiting().await? {
        0 => Ok(()),
        waiting => Err(RehearsalError::Undelivered {
            team: day.team.0.clone(),
            waiting,
            attempts: PATIENCE,
        }),
    }
}
