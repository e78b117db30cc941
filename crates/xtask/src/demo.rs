//! The product from nothing to an enrolled app, in plain words.

use crate::binaries::{Binaries, Scope};
use crate::cli::DemoOptions;
use crate::companion::{Companion, answers, free_port};
use crate::repository::Repository;
use crate::setup::{self, Need};
use crate::trouble::{Outcome, Trouble};
use crate::{loopback, process};
use serde_json::json;
use std::fs;
use std::io::{self, BufRead as _};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

/// The demonstration device's PIN. Nothing real is ever kept behind it.
const PIN: &str = "204811";
const MISSION: &str = "assets/missions/kz-2011";
/// Reading the register into a new ledger takes a while on a slow machine.
const PATIENCE: Duration = Duration::from_secs(120);

/// The demonstration's folders, programs and headquarters' address.
struct Stage {
    root: PathBuf,
    data: PathBuf,
    binaries: Binaries,
    port: u16,
}

/// Sets up, enrols, opens, and waits for the end.
pub(crate) fn run(repository: &Repository, options: &DemoOptions) -> Outcome {
    let has_display = ["DISPLAY", "WAYLAND_DISPLAY"]
        .iter()
        .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()));
    let in_window = has_display && !options.browser;
    let stage = prepare(repository, options, in_window)?;
    let stopping = on_interrupt()?;

    let mut headquarters = Some(stage.headquarters()?);
    if stage.device_is_new() {
        stage.enrol(&options.team)?;
    }
    if options.hq_stopped {
        drop(headquarters.take());
        eprintln!("Headquarters is stopped: the day begins offline.");
    }
    let mut app = if in_window {
        stage.window()?
    } else {
        stage.page()?
    };
    stage.explain(in_window, headquarters.as_ref());
    let keys = keyboard();
    while !stopping.load(Ordering::Relaxed) && !app.has_ended() {
        match keys.recv_timeout(Duration::from_millis(200)) {
            Ok(line) => match line.trim() {
                "h" => headquarters = stage.turn(headquarters)?,
                "q" => break,
                _ => eprintln!("h: stop or start headquarters · q: end"),
            },
            // Without a keyboard the demonstration runs until it is interrupted.
            Err(mpsc::RecvTimeoutError::Disconnected) => thread::sleep(Duration::from_millis(200)),
            Err(mpsc::RecvTimeoutError::Timeout) => {}
        }
    }
    eprintln!(
        "\nThe demonstration ends. Its data stays in {}.",
        stage.data.display()
    );
    Ok(())
}

fn prepare(repository: &Repository, options: &DemoOptions, in_window: bool) -> Outcome<Stage> {
    eprintln!("1 of 4  System packages");
    setup::system(if in_window {
        &[Need::Core, Need::Window]
    } else {
        &[Need::Core]
    })?;
    eprintln!("2 of 4  The interface");
    setup::interface(repository)?;
    eprintln!(
        "3 of 4  The core, headquarters{} (minutes the first time)",
        if in_window { " and the window" } else { "" }
    );
    let mut packages = vec!["baqylau-hq", "baqylau-field"];
    if in_window {
        packages.push("baqylau-app");
    }
    let binaries = Binaries::build(repository, Scope::Needed, &packages)?;
    eprintln!("4 of 4  Headquarters and a team's device");
    let data = repository.target()?.join("demo");
    if options.fresh {
        put_aside(&data)?;
    }
    fs::create_dir_all(&data).map_err(Trouble::file(&data))?;
    let port = remembered_port(&data.join("port"), options.port)?;
    Ok(Stage {
        root: repository.root().to_owned(),
        data,
        binaries,
        port,
    })
}

/// Old data is renamed, not deleted.
fn put_aside(data: &Path) -> Outcome {
    let mut number = 1;
    let mut aside = data.with_extension("old-1");
    while aside.exists() {
        number += 1;
        aside = data.with_extension(format!("old-{number}"));
    }
    if data.exists() {
        fs::rename(data, &aside).map_err(Trouble::file(data))?;
    }
    Ok(())
}

/// The enrolled device knows headquarters by this port, so it stays the same from one run to the next.
fn remembered_port(file: &Path, wished: u16) -> Outcome<u16> {
    if let Some(port) = fs::read_to_string(file)
        .ok()
        .and_then(|text| text.trim().parse().ok())
    {
        return Ok(port);
    }
    let port = free_port(wished)?;
    fs::write(file, port.to_string()).map_err(Trouble::file(file))?;
    Ok(port)
}

impl Stage {
    fn command(&self, program: &str) -> Outcome<Command> {
        let mut command = Command::new(self.binaries.path(program)?);
        command.current_dir(&self.root);
        Ok(command)
    }

    fn device(&self) -> PathBuf {
        self.data.join("device")
    }

    fn device_is_new(&self) -> bool {
        !self.data.join("enrolled").exists()
    }

    fn headquarters(&self) -> Outcome<Companion> {
        // Whoever answers there would be taken for ours.
        if answers(self.port) {
            return Err(Trouble::Occupied { port: self.port });
        }
        let mut command = self.command("baqylau-hq")?;
        command
            .args(["serve", "--mission", MISSION, "--data"])
            .arg(self.data.join("headquarters"));
        command.args([
            "--listen",
            &format!("127.0.0.1:{}", self.port),
            "--ui",
            "ui/dist",
        ]);
        let mut companion = Companion::start("headquarters", &mut command)?;
        companion.await_port(self.port, PATIENCE)?;
        Ok(companion)
    }

    /// Starts what was stopped and stops what ran.
    fn turn(&self, headquarters: Option<Companion>) -> Outcome<Option<Companion>> {
        if let Some(running) = headquarters {
            running.stop();
            eprintln!("Headquarters is stopped. The app goes on without it; h starts it again.");
            return Ok(None);
        }
        eprintln!("Headquarters is starting …");
        let started = self.headquarters()?;
        eprintln!("Headquarters runs again.");
        Ok(Some(started))
    }

    fn host(&self) -> Outcome<(Companion, u16)> {
        let port = free_port(4173)?;
        let mut command = self.command("field-host")?;
        command.arg("--data").arg(self.device()).args([
            "--ui",
            "ui/dist",
            "--port",
            &port.to_string(),
        ]);
        let mut companion = Companion::start("device", &mut command)?;
        companion.await_port(port, PATIENCE)?;
        Ok((companion, port))
    }

    /// Enrols the device through the same command that its Enrol screen calls.
    fn enrol(&self, team: &str) -> Outcome {
        let mut command = self.command("baqylau-hq")?;
        command
            .arg("enrol")
            .arg("--data")
            .arg(self.data.join("headquarters"));
        command.args(["--team", team, "--device", "Demonstration"]);
        let said = process::output(&mut command)?;
        let code = said
            .split_whitespace()
            .find(|word| word.starts_with("BQ1-"))
            .ok_or_else(|| Trouble::Unreadable {
                what: "the enrolment code".to_owned(),
                reason: said.clone(),
            })?;
        eprintln!("Enrolling team {team} …");
        let (host, port) = self.host()?;
        loopback::call(port, "enrol", &json!({ "code": code, "pin": PIN }))?;
        loopback::call(port, "lock", &json!({}))?;
        host.stop();
        let mark = self.data.join("enrolled");
        fs::write(&mark, team).map_err(Trouble::file(&mark))
    }

    fn window(&self) -> Outcome<Companion> {
        Companion::start(
            "app",
            self.command("baqylau-app")?
                .env("BAQYLAU_DATA", self.device()),
        )
    }

    fn page(&self) -> Outcome<Companion> {
        let (host, port) = self.host()?;
        eprintln!("\nField app      http://127.0.0.1:{port}/field.html");
        Ok(host)
    }

    fn explain(&self, in_window: bool, headquarters: Option<&Companion>) {
        if in_window {
            eprintln!("\nField app      in its window");
        }
        eprintln!("               PIN {PIN}");
        let link = headquarters.and_then(|running| running.said_soon("#/sign-in"));
        let link = link.as_deref().and_then(|line| {
            line.split_whitespace()
                .find(|word| word.starts_with("https://"))
        });
        match link {
            Some(link) => eprintln!("Headquarters   {link}"),
            None => eprintln!("Headquarters   https://127.0.0.1:{}/", self.port),
        }
        eprintln!("               (its key is its own: the browser will ask whether to go on)");
        eprintln!(
            "\nType h and Enter to stop or start headquarters, q and Enter or Ctrl-C to end."
        );
    }
}

fn on_interrupt() -> Outcome<Arc<AtomicBool>> {
    let stopping = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&stopping);
    ctrlc::set_handler(move || flag.store(true, Ordering::Relaxed))
        .map_err(|_| Trouble::Stopped)?;
    Ok(stopping)
}

/// Lines typed, as they come.
fn keyboard() -> mpsc::Receiver<String> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        for line in io::stdin().lock().lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                return;
            }
        }
    });
    receiver
}
