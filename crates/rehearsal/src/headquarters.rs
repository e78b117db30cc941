//! The real headquarters program as a child process.

use crate::error::RehearsalError;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Arc;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

/// What `baqylau-hq serve --json` says when it listens.
#[derive(Debug, Deserialize)]
struct Listening {
    address: String,
}

/// A running headquarters; it ends with this value.
pub struct Headquarters {
    program: PathBuf,
    mission: PathBuf,
    data: PathBuf,
    /// Where it listens.
    pub address: SocketAddr,
    child: Child,
}

impl Headquarters {
    /// Starts `program serve` on a free loopback port, telling devices to come by `advertised`.
    ///
    /// # Errors
    /// When the program cannot be started or does not say that it listens.
    pub async fn start(
        program: &Path,
        mission: &Path,
        data: &Path,
        address: SocketAddr,
        advertised: SocketAddr,
    ) -> Result<Self, RehearsalError> {
        let mut child = Command::new(program)
            .arg("serve")
            .arg("--mission")
            .arg(mission)
            .arg("--data")
            .arg(data)
            .args([
                "--listen",
                &address.to_string(),
                "--endpoint",
                &format!("https://{advertised}"),
                "--json",
            ])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        let out = child
            .stdout
            .take()
            .ok_or_else(|| failed("no standard output"))?;
        let line = BufReader::new(out).lines().next_line().await?;
        let line = line.ok_or_else(|| failed("it ended before it listened"))?;
        let said: Listening = serde_json::from_str(&line).map_err(|_| failed(&line))?;
        let listens = said.address.trim_start_matches("https://").parse();
        let (program, mission, data) = (program.to_owned(), mission.to_owned(), data.to_owned());
        Ok(Self {
            program,
            mission,
            data,
            address: listens.map_err(|_| failed(&line))?,
            child,
        })
    }

    /// The folder of its keys and its ledger.
    #[must_use]
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// The mission folder it serves.
    #[must_use]
    pub fn mission(&self) -> &Path {
        &self.mission
    }

    /// Enrolment codes for `teams`, made beside the running server, as its operator would.
    ///
    /// # Errors
    /// When the ledger cannot be opened or a team is unknown.
    pub fn codes<'a>(
        &self,
        teams: impl Iterator<Item = &'a str>,
    ) -> Result<Vec<String>, RehearsalError> {
        use baqylau_hq::system::{SystemClock, SystemIds};
        let desk = baqylau_hq::Headquarters::reopen(
            &self.data,
            Arc::new(SystemClock),
            Arc::new(SystemIds),
        )
        .map_err(|error| failed(&error.to_string()))?;
        teams
            .map(|team| desk.make_code(team, "", "rehearsal").map(|made| made.text))
            .collect::<Result<_, _>>()
            .map_err(|error| failed(&error.to_string()))
    }

    /// What `program <command> --data … --json` prints.
    ///
    /// # Errors
    /// When it fails or prints something else.
    pub async fn ask<T: DeserializeOwned>(&self, command: &str) -> Result<T, RehearsalError> {
        let output = self.command(command).arg("--json").output().await?;
        if !output.status.success() {
            return Err(failed(&String::from_utf8_lossy(&output.stderr)));
        }
        serde_json::from_slice(&output.stdout).map_err(|error| failed(&error.to_string()))
    }

    /// Every report that headquarters holds, as its export tells them.
    ///
    /// # Errors
    /// When the export fails.
    pub async fn export(&self, folder: &Path) -> Result<Vec<HeldReport>, RehearsalError> {
        let link = self.command("link").output().await?;
        let token = String::from_utf8_lossy(&link.stdout).trim().to_owned();
        let output = self
            .command("export")
            .arg("--out")
            .arg(folder)
            .args(["--token", &token])
            .output()
            .await?;
        if !output.status.success() {
            return Err(failed(&String::from_utf8_lossy(&output.stderr)));
        }
        let text = std::fs::read_to_string(folder.join("reports.jsonl"))?;
        text.lines()
            .map(|line| serde_json::from_str(line).map_err(|error| failed(&error.to_string())))
            .collect()
    }

    /// Whether the ledger finds itself whole.
    ///
    /// # Errors
    /// When the program cannot be started.
    pub async fn verify(&self) -> Result<bool, RehearsalError> {
        Ok(self.command("verify").output().await?.status.success())
    }

    /// Takes a carried bundle in, and says where the bundle with the receipts lies.
    ///
    /// # Errors
    /// When it is refused, or there is no receipt.
    pub async fn take(&self, bundle: &Path) -> Result<PathBuf, RehearsalError> {
        let receipts = bundle.with_extension("receipts.obsb");
        let output = self
            .command("take")
            .arg("--out")
            .arg(&receipts)
            .arg(bundle)
            .output()
            .await?;
        if !output.status.success() || !receipts.is_file() {
            return Err(failed(&String::from_utf8_lossy(&output.stderr)));
        }
        Ok(receipts)
    }

    fn command(&self, name: &str) -> Command {
        let mut command = Command::new(&self.program);
        command
            .arg(name)
            .arg("--data")
            .arg(&self.data)
            .stdin(Stdio::null());
        command
    }

    /// Stops it as an operator would, and waits until it has ended.
    ///
    /// # Errors
    /// When it cannot be stopped.
    pub async fn stop(mut self) -> Result<(), RehearsalError> {
        self.child.kill().await?;
        Ok(())
    }
}

/// A report as headquarters' export tells it.
#[derive(Debug, Clone, Deserialize)]
pub struct HeldReport {
    /// Its id.
    pub report: String,
    /// The form.
    pub form: String,
    /// `accepted`, `quarantined`, `withdrawn`, `open`.
    pub state: String,
    /// Why it is set aside.
    pub code: String,
    /// The revision that counts.
    pub revision: u32,
    /// All finished revisions.
    pub revisions: Vec<HeldRevision>,
}

/// One finished revision.
#[derive(Debug, Clone, Deserialize)]
pub struct HeldRevision {
    /// Its number.
    pub number: u32,
    /// Its answers in force.
    pub answers: baqylau_domain::Answers,
}

/// A loopback port that is free right now.
///
/// # Errors
/// When none can be bound.
pub fn free_address() -> std::io::Result<SocketAddr> {
    TcpListener::bind(("127.0.0.1", 0))?.local_addr()
}

fn failed(what: &str) -> RehearsalError {
    RehearsalError::Headquarters {
        what: what.to_owned(),
    }
}
