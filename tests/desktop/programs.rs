//! Programs that run beside the visit and end with it.

use anyhow::{Context as _, Result, bail};
use std::env;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long a program may take to answer for the first time.
const PATIENCE: Duration = Duration::from_secs(120);

/// The repository's root, where programs find the mission and the built interface.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}

/// A program of ours that the workspace's build has left.
pub(crate) fn ours(name: &str) -> PathBuf {
    let folder =
        env::var_os("BAQYLAU_PROGRAMS").map_or_else(|| root().join("target/debug"), PathBuf::from);
    folder.join(name)
}

/// A running program. Dropping it kills it, as a dying battery would, unless it was said to end by itself.
pub(crate) struct Program {
    child: Child,
    ends_when_asked: bool,
}

impl Program {
    /// Starts it and waits until it, and what it starts itself, answer on these ports of this machine.
    pub(crate) fn start(command: &mut Command, ports: &[u16]) -> Result<Self> {
        let shown = format!("{command:?}");
        let child = command
            .current_dir(root())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn()
            .with_context(|| shown.clone())?;
        let mut program = Self {
            child,
            ends_when_asked: false,
        };
        let begun = Instant::now();
        for port in ports {
            while TcpStream::connect((Ipv4Addr::LOCALHOST, *port)).is_err() {
                if let Some(status) = program.child.try_wait()? {
                    bail!("{shown} ended with {status}");
                }
                if begun.elapsed() > PATIENCE {
                    bail!("{shown} does not answer on port {port}");
                }
                std::thread::sleep(Duration::from_millis(50));
            }
        }
        Ok(program)
    }
}

impl Program {
    /// It has programs of its own, which it ends when it is asked to, and leaves behind when it is killed.
    pub(crate) fn ends_when_asked(mut self) -> Self {
        self.ends_when_asked = true;
        self
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let asked = self.ends_when_asked
            && Command::new("kill")
                .args(["-TERM", &self.child.id().to_string()])
                .status()
                .is_ok_and(|status| status.success());
        if !asked {
            let _ = self.child.kill();
        }
        let _ = self.child.wait();
    }
}

/// A port of this machine that nobody uses.
pub(crate) fn free_port() -> Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?
        .local_addr()?
        .port())
}

/// A real headquarters with a ledger of its own.
pub(crate) struct Headquarters {
    data: PathBuf,
    port: u16,
    running: Option<Program>,
}

impl Headquarters {
    /// Starts one whose ledger is below `folder`.
    pub(crate) fn open(folder: &Path) -> Result<Self> {
        let mut headquarters = Self {
            data: folder.join("headquarters"),
            port: free_port()?,
            running: None,
        };
        headquarters.start()?;
        Ok(headquarters)
    }

    /// Starts it, on the port that enrolled devices know.
    pub(crate) fn start(&mut self) -> Result<()> {
        let mut command = Command::new(ours("baqylau-hq"));
        command
            .args(["serve", "--mission", "assets/missions/kz-2011", "--data"])
            .arg(&self.data);
        command.args(["--listen", &format!("127.0.0.1:{}", self.port)]);
        self.running = Some(Program::start(&mut command, &[self.port])?);
        Ok(())
    }

    /// Takes it off the network.
    pub(crate) fn stop(&mut self) {
        self.running = None;
    }

    /// An enrolment code for a team's device.
    pub(crate) fn enrolment_code(&self, team: &str) -> Result<String> {
        let mut command = Command::new(ours("baqylau-hq"));
        command
            .current_dir(root())
            .arg("enrol")
            .arg("--data")
            .arg(&self.data);
        let output = command
            .args(["--team", team, "--device", "window"])
            .output()?;
        let said = String::from_utf8(output.stdout)?;
        let code = said
            .split_whitespace()
            .find(|word| word.starts_with("BQ1-"));
        code.map(str::to_owned)
            .with_context(|| format!("no code: {said}{}", String::from_utf8_lossy(&output.stderr)))
    }
}
