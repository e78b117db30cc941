//! From starting the app to its first screen, several times: `window-start DATA RUNS` prints `{"ms": …}`, the median.
//!
//! The time begins when the driver is asked for a session, which is when it starts the app; it ends when the first
//! screen has something that a person can press or fill in. What WebDriver itself needs for starting a session and
//! for looking is in it, so that the app alone is somewhat quicker. `cargo xtask bench` runs this.

// A terminal is this program's only interface.
#![allow(clippy::print_stdout)]

#[expect(
    dead_code,
    reason = "the visit's programs; only the driver is started here"
)]
mod programs;

use anyhow::{Context as _, Result, bail};
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use programs::{Program, free_port, ours};
use serde_json::json;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

/// Whatever a person can use, on whichever screen comes first.
const USABLE: &str = "main input:enabled, main textarea:enabled, main button:enabled";
/// How long the first screen may take.
const PATIENCE: Duration = Duration::from_secs(60);
/// Between two looks: short beside what is measured.
const LOOK: Duration = Duration::from_millis(4);

#[tokio::main]
async fn main() -> Result<()> {
    let mut arguments = std::env::args_os().skip(1);
    let data = PathBuf::from(arguments.next().context("window-start DATA RUNS")?);
    let runs = arguments.next().context("window-start DATA RUNS")?;
    let runs: usize = runs.to_string_lossy().parse()?;
    // The first start reads everything from the disk; an app that is used every hour does not.
    start(&data).await?;
    let mut durations = Vec::new();
    for _ in 0..runs.max(1) {
        durations.push(start(&data).await?);
    }
    durations.sort_unstable();
    let median = durations[durations.len() / 2];
    println!("{}", json!({ "ms": median.as_secs_f64() * 1e3 }));
    Ok(())
}

/// Starts the app on a data folder, waits for its first screen and closes it.
async fn start(data: &Path) -> Result<Duration> {
    let (port, native) = (free_port()?, free_port()?);
    let driver = std::env::var_os("BAQYLAU_DRIVER").unwrap_or_else(|| "tauri-driver".into());
    let mut command = Command::new(driver);
    let ports = [
        "--port",
        &port.to_string(),
        "--native-port",
        &native.to_string(),
    ];
    command.args(ports).env("BAQYLAU_DATA", data);
    let _driver = Program::start(&mut command, &[port, native])?.ends_when_asked();
    let wanted = json!({
        "browserName": "wry",
        "tauri:options": { "application": ours("baqylau-app") },
    });
    let mut builder = ClientBuilder::new(HttpConnector::new());
    builder.capabilities(wanted.as_object().cloned().unwrap_or_default());
    let address = format!("http://127.0.0.1:{port}");
    let begun = Instant::now();
    let client = builder
        .connect(&address)
        .await
        .context("the window does not open")?;
    let shown = first_screen(&client, begun).await;
    client.close().await?;
    shown
}

async fn first_screen(client: &Client, begun: Instant) -> Result<Duration> {
    while begun.elapsed() < PATIENCE {
        let usable = client.find_all(Locator::Css(USABLE)).await?;
        if let Some(first) = usable.first()
            && first.is_displayed().await?
        {
            return Ok(begun.elapsed());
        }
        tokio::time::sleep(LOOK).await;
    }
    bail!("no screen after {PATIENCE:?}")
}
