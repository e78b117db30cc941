//! The command line. Sentences come from `assets/locales/<language>/cli.ftl`; data goes to standard output, everything
//! else to standard error, so that `--json` prints only JSON.

mod audit;
mod check;
mod desk;
mod output;
mod serve;
mod take;
mod texts;

use crate::error::HqError;
use clap::{Args, Parser, Subcommand};
use output::Output;
use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use texts::Texts;

/// Baqylau headquarters: takes in observers' reports, keeps them, counts them, shows them.
#[derive(Parser)]
#[command(name = "baqylau-hq", version)]
struct Arguments {
    /// Language of the sentences: en, ru, kk. Taken from the environment unless given.
    #[arg(long, global = true)]
    lang: Option<String>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Listens for devices and serves the pages.
    Serve(Serve),
    /// Prints an enrolment code for a new device.
    Enrol(Enrol),
    /// Looks into a request about a forgotten PIN; answers it with --answer.
    Recover(Recover),
    /// Prints a new one-time sign-in link for the pages.
    Link(InData),
    /// Prints the figures as they stand.
    Indicators(Printed),
    /// Writes reports, figures and the evidence behind them as CSV and JSON lines, with a codebook.
    Export(Export),
    /// Takes in a bundle that was carried here, and writes the receipts that go back.
    Take(Take),
    /// Checks an export as an outsider, or chains, signatures and receipts of a whole ledger.
    Verify(Verify),
    /// Folds and checks every report again from the entries.
    Rebuild(InData),
    /// Works on form workbooks.
    #[command(subcommand)]
    Forms(Forms),
}

#[derive(Args)]
struct Serve {
    /// The mission folder.
    #[arg(long)]
    mission: PathBuf,
    /// The data folder: ledger and keys. Made when it is not there.
    #[arg(long)]
    data: PathBuf,
    /// Where to listen. Loopback unless told otherwise.
    #[arg(long, default_value = "127.0.0.1:8443")]
    listen: SocketAddr,
    /// An address that devices are told, when it differs from `--listen`. May be repeated.
    #[arg(long)]
    endpoint: Vec<String>,
    /// The folder of the built pages.
    #[arg(long)]
    ui: Option<PathBuf>,
    /// Prints address, key and sign-in link as one line of JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Args)]
struct Enrol {
    /// The data folder.
    #[arg(long)]
    data: PathBuf,
    /// The team's code.
    #[arg(long)]
    team: String,
    /// What headquarters calls the device.
    #[arg(long, default_value = "")]
    device: String,
    /// Prints JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Args)]
struct Recover {
    /// The request, as the device shows it: `BR1-…`.
    request: String,
    /// The data folder.
    #[arg(long)]
    data: PathBuf,
    /// Gives the answer. Only for whom you have recognised by voice or face: it opens the device.
    #[arg(long)]
    answer: bool,
    /// Prints JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Args)]
struct InData {
    /// The data folder.
    #[arg(long)]
    data: PathBuf,
}

#[derive(Args)]
struct Printed {
    /// The data folder.
    #[arg(long)]
    data: PathBuf,
    /// Prints JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Args)]
struct Export {
    /// The data folder.
    #[arg(long)]
    data: PathBuf,
    /// The folder to write into. Made when it is not there.
    #[arg(long)]
    out: PathBuf,
    /// The token of a one-time sign-in link (`baqylau-hq link`), or the whole link.
    #[arg(long, allow_hyphen_values = true)]
    token: Option<String>,
}

#[derive(Args)]
struct Take {
    /// The bundle.
    file: PathBuf,
    /// The data folder.
    #[arg(long)]
    data: PathBuf,
    /// Where to write the bundle with the receipts. Beside the one taken in unless given.
    #[arg(long)]
    out: Option<PathBuf>,
    /// Prints JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Args)]
struct Verify {
    /// The folder of an export. Neither a server nor a mission folder nor a secret is needed.
    #[arg(required_unless_present = "data", conflicts_with = "data")]
    export: Option<PathBuf>,
    /// The data folder of a headquarters, to check its ledger instead.
    #[arg(long)]
    data: Option<PathBuf>,
    /// Fingerprint of the event's root key (SHA-256), as it was told by another road.
    #[arg(long, requires = "export")]
    root: Option<String>,
    /// A checkpoint that was kept from an earlier day: the log must continue it.
    #[arg(long, requires = "export")]
    checkpoint: Option<PathBuf>,
    /// Prints JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Subcommand)]
enum Forms {
    /// Says whether a workbook (.xlsx or .csv) can be used, and what to correct.
    Check {
        /// The workbook.
        file: PathBuf,
        /// Prints JSON.
        #[arg(long)]
        json: bool,
    },
}

/// Runs the command line.
#[must_use]
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let Arguments { lang, command } = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version are printed to standard output, mistakes to standard error.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    let mut output = Output::new(Texts::of(lang.as_deref()));
    let result = match command {
        Command::Serve(serve) => serve::run(serve, &mut output),
        Command::Enrol(enrol) => desk::enrol(&enrol, &mut output),
        Command::Recover(recover) => desk::recover(&recover, &mut output),
        Command::Link(InData { data }) => desk::link(&data, &mut output),
        Command::Indicators(Printed { data, json }) => desk::indicators(&data, json, &mut output),
        Command::Export(Export { data, out, token }) => {
            desk::export(&data, &out, token.as_deref(), &mut output)
        }
        Command::Take(take) => take::run(&take, &mut output),
        Command::Verify(verify) => match (&verify.data, &verify.export) {
            (Some(data), _) => desk::verify(data, verify.json, &mut output),
            (None, Some(folder)) => audit::run(folder, &verify, &mut output),
            // The arguments ask for one of them.
            (None, None) => Ok(ExitCode::FAILURE),
        },
        Command::Rebuild(InData { data }) => desk::rebuild(&data, &mut output),
        Command::Forms(Forms::Check { file, json }) => check::run(&file, json, &mut output),
    };
    result.unwrap_or_else(|error| {
        say_error(&mut output, &error);
        ExitCode::FAILURE
    })
}

fn say_error(output: &mut Output, error: &HqError) {
    let detail = error.to_string();
    output.complain(&format!("error-{}", error.code()), &[("detail", &detail)]);
    if let HqError::Mission(problems) = error {
        for problem in problems {
            output.complain_plainly(&problem.to_string());
        }
    }
}
