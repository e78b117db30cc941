//! How long the app takes to its first screen. The window belongs to `src-tauri` and its driver to the tests:
//! the program that opens it stands there, and is only asked here.

use super::Peer;
use serde::Deserialize;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What `window-start` prints.
#[derive(Deserialize)]
struct Started {
    /// The median, in milliseconds.
    ms: f64,
}

/// Opens the app on the locked device in `data`: the screen of every morning. Milliseconds, or why there are none.
pub(super) fn measure(window: &Peer<PathBuf>, data: &Path, runs: u32) -> Peer<f64> {
    let program = window.as_ref().map_err(Clone::clone)?;
    // A display of its own: what else is on the screen must not count, and a server has none.
    let output = Command::new("xvfb-run")
        .args(["--auto-servernum", "--server-args=-screen 0 1280x900x24"])
        .arg(program)
        .arg(data)
        .arg(runs.to_string())
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| format!("xvfb-run: {error}"))?;
    if !output.status.success() {
        return Err(format!("window-start ended with {}", output.status));
    }
    let started: Started = serde_json::from_slice(&output.stdout)
        .map_err(|error| format!("window-start said something else: {error}"))?;
    Ok(started.ms)
}
