//! Kills with -9 at random instants: the app's core while it saves answers and while it destroys them, and headquarters
//! while devices send.

mod app;
mod dumps;
mod server;
mod wipes;

pub use app::AppOutcome;
pub use server::ServerOutcome;
pub use wipes::WipeOutcome;

use crate::error::RehearsalError;
use serde_json::{Value as Json, json};
use std::future::Future;
use std::path::PathBuf;
use std::thread::ScopedJoinHandle;
use std::time::{Duration, Instant};

/// What the campaign needs.
#[derive(Debug, Clone)]
pub struct Options {
    /// The mission folder.
    pub mission: PathBuf,
    /// The headquarters program.
    pub headquarters: PathBuf,
    /// The program that holds the core and answers without end (`field-host --crash-script`).
    pub host: PathBuf,
    /// An empty folder.
    pub work: PathBuf,
    /// How many kills, half of them of each.
    pub kills: u32,
    /// How many wipes are killed.
    pub wipes: u32,
    /// Where the random instants begin.
    pub seed: u64,
    /// How many stores and how many headquarters are killed side by side, each in a folder of its own.
    pub lanes: u32,
}

/// What the campaign came to.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The app's half.
    pub app: AppOutcome,
    /// Headquarters' half.
    pub server: ServerOutcome,
    /// Wipes that were killed.
    pub wipes: WipeOutcome,
    /// How long it took.
    pub took: Duration,
}

impl Outcome {
    /// Whether nothing was lost and the campaign tested anything at all.
    #[must_use]
    pub fn is_good(&self) -> bool {
        let is_asked = self.app.kills + self.server.kills > 0;
        let halves = !is_asked || (self.app.is_good() && self.server.is_good());
        halves && self.wipes.is_good()
    }

    /// For programs.
    #[must_use]
    pub fn json(&self) -> Json {
        json!({
            "kills": self.app.kills + self.server.kills,
            "app": self.app.json(),
            "server": self.server.json(),
            "wipes": self.wipes.json(),
            "seconds": self.took.as_secs_f64(),
        })
    }
}

/// Runs both halves of every lane side by side, and then the wipes, which are timed. `progress` hears after every kill.
///
/// # Errors
/// When a program cannot be started at all.
pub fn crash(options: &Options, progress: impl Fn() + Sync) -> Result<Outcome, RehearsalError> {
    let started = Instant::now();
    let progress = &progress;
    let mut outcome = Outcome::default();
    let of_server = options.kills / 2;
    let of_app = options.kills - of_server;
    std::thread::scope(|scope| {
        let mut lanes = Vec::new();
        for lane in 0..options.lanes.max(1) {
            let (app, server) = (options.lane(lane), options.lane(lane));
            let (app_kills, server_kills) =
                (options.share(of_app, lane), options.share(of_server, lane));
            lanes.push((
                scope.spawn(move || alone(app::crash(&app, app_kills, progress))),
                scope.spawn(move || alone(server::crash(&server, server_kills, progress))),
            ));
        }
        for (app, server) in lanes {
            outcome.app.add(ended(app)?);
            outcome.server.add(ended(server)?);
        }
        Ok::<_, RehearsalError>(())
    })?;
    let beside = Options {
        work: options.work.join("wipes"),
        ..options.clone()
    };
    outcome.wipes = alone(wipes::wipes(&beside, options.wipes, progress))?;
    outcome.took = started.elapsed();
    Ok(outcome)
}

impl Options {
    /// A lane's own folder and its own random instants.
    fn lane(&self, lane: u32) -> Self {
        Self {
            work: self.work.join(format!("lane-{lane}")),
            seed: self.seed.wrapping_add(u64::from(lane) << 32),
            ..self.clone()
        }
    }

    /// A lane's part of so many kills; all parts together are all of them.
    fn share(&self, kills: u32, lane: u32) -> u32 {
        let lanes = self.lanes.max(1);
        kills / lanes + u32::from(lane < kills % lanes)
    }
}

/// Runs one half of one lane: reading files in one must not move the instants of another.
fn alone<T>(work: impl Future<Output = Result<T, RehearsalError>>) -> Result<T, RehearsalError> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()?;
    runtime.block_on(work)
}

fn ended<T>(half: ScopedJoinHandle<'_, Result<T, RehearsalError>>) -> Result<T, RehearsalError> {
    half.join().unwrap_or_else(|_| {
        Err(RehearsalError::Plan {
            what: "a lane panicked".to_owned(),
        })
    })
}
