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
use std::path::PathBuf;
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

/// Runs both halves side by side, and then the wipes, which are timed. `progress` hears after every kill.
///
/// # Errors
/// When a program cannot be started at all.
pub async fn crash(options: &Options, progress: impl Fn()) -> Result<Outcome, RehearsalError> {
    let started = Instant::now();
    let of_server = options.kills / 2;
    let (app, server) = tokio::join!(
        app::crash(options, options.kills - of_server, |_| progress()),
        server::crash(options, of_server, &progress)
    );
    let beside = Options {
        work: options.work.join("wipes"),
        ..options.clone()
    };
    Ok(Outcome {
        wipes: wipes::wipes(&beside, options.wipes, progress).await?,
        app: app?,
        server: server?,
        took: started.elapsed(),
    })
}
