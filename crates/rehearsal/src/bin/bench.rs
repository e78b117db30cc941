//! `cargo xtask bench`: what an observer and a headquarters feel. See `docs/BENCH.md`.

use baqylau_rehearsal::bench::{Options, Oracle, Peer, bench};
use clap::Parser;
use std::path::PathBuf;
use std::process::ExitCode;

/// Measures answers, the form engine, search, the wire, headquarters' intake, the app's start and its size.
#[derive(Parser)]
struct Arguments {
    /// The mission folder.
    #[arg(long, default_value = "assets/missions/kz-2011")]
    mission: PathBuf,
    /// The built interface.
    #[arg(long, default_value = "ui/dist")]
    interface: PathBuf,
    /// The folder with the forms as ODK's tools convert them.
    #[arg(long)]
    forms: Option<PathBuf>,
    /// The program that answers a form in ODK's engine.
    #[arg(long, default_value = "tests/oracle/step.mjs")]
    oracle: PathBuf,
    /// The program that opens the app's window. Looked for beside this one unless given.
    #[arg(long)]
    window: Option<PathBuf>,
    /// Why ODK's engine is not measured.
    #[arg(long)]
    without_oracle: Option<String>,
    /// Why the window is not opened.
    #[arg(long)]
    without_window: Option<String>,
    /// The folder to work in, on the disk that is to be measured; it is emptied in the end.
    #[arg(long, default_value = "target")]
    work: PathBuf,
    /// How often everything is measured.
    #[arg(long, default_value_t = 5)]
    runs: u32,
    /// Prints only JSON on standard output.
    #[arg(long)]
    json: bool,
}

#[tokio::main]
#[allow(clippy::print_stdout)] // A command line's answer.
async fn main() -> anyhow::Result<ExitCode> {
    let arguments = Arguments::parse();
    let beside = |name: &str| std::env::current_exe().map(|path| path.with_file_name(name));
    let window = beside("window-start")?;
    let work = tempfile::tempdir_in(&arguments.work)?;
    let options = Options {
        headquarters: beside("baqylau-hq")?,
        oracle: oracle(&arguments),
        window: match arguments.without_window {
            Some(reason) => Err(reason),
            None => Ok(arguments.window.unwrap_or(window)),
        },
        mission: arguments.mission,
        interface: arguments.interface,
        work: work.path().canonicalize()?,
        runs: arguments.runs,
    };
    let figures = bench(&options, &|step| eprintln!("Measuring: {step} …")).await?;
    if arguments.json {
        println!("{}", serde_json::to_string_pretty(&figures.json())?);
    } else {
        println!("{}", figures.table());
    }
    Ok(ExitCode::SUCCESS)
}

fn oracle(arguments: &Arguments) -> Peer<Oracle> {
    match (&arguments.without_oracle, &arguments.forms) {
        (Some(reason), _) => Err(reason.clone()),
        (None, Some(forms)) => Ok(Oracle {
            program: arguments.oracle.clone(),
            forms: forms.clone(),
        }),
        (None, None) => Err("no folder with the forms was named (--forms)".to_owned()),
    }
}
