//! Writes the interface's types: `cargo run -p baqylau-field --example typescript -- ui/src/generated`.

use crate::commands::{
    AllowRecoveryArgs, AnswerArgs, BackUpArgs, ChangePinArgs, CodeFrameArgs, EarlierReportArgs,
    EnrolArgs, FinishArgs, HandOverArgs, ListenArgs, LoadArgs, MakeFileArgs, NoteArgs, Nothing,
    OpenEarlierArgs, PhotoArgs, PictureArgs, PinArgs, ReasonArgs, RecoverArgs, RemovePictureArgs,
    ReportArgs, Reports, RestoreArgs, SettingsArgs, StartVisitArgs, StationsArgs, TakeBytesArgs,
    TakeCodeArgs, TakeFileArgs, TakePictureArgs, for_each_command,
};
use crate::view::{
    AtStake, Carriers, CarryPlaces, CodePicture, CodeTaken, Codes, EarlierJournals, Event, Failure,
    FinishOutcome, HandedOver, KeyStoreState, Listening, MadeBackup, MadeFile, Outbox,
    PictureBytes, PictureTaken, Pictures, ReportPage, Saved, StationHits, Status, SyncOutcome,
    TakenIn, TeamPage, Today,
};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;
use std::{fs, io};
use thiserror::Error;
use ts_rs::{Config, TS};

const HEADER: &str = "// Generated from crates/field by `cargo xtask gen`. Do not edit.\n";

/// Why the types were not written.
#[derive(Debug, Error)]
pub enum ExportError {
    /// A type cannot be said in TypeScript.
    #[error(transparent)]
    Type(#[from] ts_rs::ExportError),
    /// The folder cannot be written.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// One command as the interface sees it.
struct CommandType {
    name: &'static str,
    doc: &'static str,
    args: String,
    result: String,
}

macro_rules! command_types {
    ($(#[doc = $doc:literal] $name:ident: $args:ident => $result:ident, $roles:ident, $when:ident, $by:ident = $module:ident::$function:ident;)*) => {
        fn export_types(config: &Config) -> Result<Vec<CommandType>, ts_rs::ExportError> {
            Ok(vec![$({
                <$args as TS>::export_all(config)?;
                <$result as TS>::export_all(config)?;
                CommandType {
                    name: stringify!($name),
                    doc: $doc,
                    args: <$args as TS>::name(config),
                    result: <$result as TS>::name(config),
                }
            }),*])
        }
    };
}
for_each_command!(command_types);

/// Writes one file a type, `commands.ts` and `index.ts` into `dir`, and removes what is there no longer.
///
/// # Errors
/// When a type cannot be said in TypeScript, or `dir` cannot be written.
pub fn export(dir: &Path) -> Result<(), ExportError> {
    fs::create_dir_all(dir)?;
    let scratch = dir.join(".next");
    if scratch.exists() {
        fs::remove_dir_all(&scratch)?;
    }
    let config = Config::new()
        .with_out_dir(&scratch)
        .with_large_int("number");
    let commands = export_types(&config)?;
    Event::export_all(&config)?;
    Failure::export_all(&config)?;
    let names = type_names(&scratch)?;
    fs::write(scratch.join("commands.ts"), command_map(&commands))?;
    fs::write(scratch.join("errors.ts"), error_codes())?;
    fs::write(scratch.join("index.ts"), index(&names))?;
    replace(dir, &scratch)
}

/// The closed list of error codes, so that the interface can be checked against it.
fn error_codes() -> String {
    let mut text = format!(
        "{HEADER}\n/** The codes a `Failure` may carry. */\nexport const ERROR_CODES = [\n"
    );
    for code in crate::error::ErrorCode::ALL {
        let _ = writeln!(text, "  \"{}\",", code.as_str());
    }
    text.push_str("] as const;\nexport type ErrorCode = (typeof ERROR_CODES)[number];\n");
    text
}

fn type_names(dir: &Path) -> io::Result<BTreeSet<String>> {
    let mut names = BTreeSet::new();
    for entry in fs::read_dir(dir)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if let Some(stem) = name.strip_suffix(".ts") {
            names.insert(stem.to_owned());
        }
    }
    Ok(names)
}

fn command_map(commands: &[CommandType]) -> String {
    let types: BTreeSet<&str> = commands
        .iter()
        .flat_map(|command| [command.args.as_str(), command.result.as_str()])
        .collect();
    let mut text = String::from(HEADER);
    for name in types {
        let _ = writeln!(text, "import type {{ {name} }} from \"./{name}\";");
    }
    text.push_str("\n/** Every command of the core: what it takes and what it gives. */\nexport type Commands = {\n");
    for command in commands {
        let _ = writeln!(text, "  /** {} */", command.doc.trim());
        let _ = writeln!(
            text,
            "  {}: {{ args: {}; result: {} }};",
            command.name, command.args, command.result
        );
    }
    text.push_str("};\n\nexport type CommandName = keyof Commands;\n");
    text
}

fn index(names: &BTreeSet<String>) -> String {
    let mut text = String::from(HEADER);
    for name in names {
        let _ = writeln!(text, "export type {{ {name} }} from \"./{name}\";");
    }
    text.push_str("export type { CommandName, Commands } from \"./commands\";\n");
    text.push_str(
        "export { ERROR_CODES } from \"./errors\";\nexport type { ErrorCode } from \"./errors\";\n",
    );
    text
}

/// Puts the new files where the old were; a file that is no longer generated goes.
///
/// Only files that carry a generator's header are touched: the folder also holds types of the locales.
fn replace(dir: &Path, scratch: &Path) -> Result<(), ExportError> {
    let fresh = type_names(scratch)?;
    for name in type_names(dir)? {
        let path = dir.join(format!("{name}.ts"));
        let ours = fs::read_to_string(&path)?.starts_with(HEADER);
        if ours && !fresh.contains(&name) {
            fs::remove_file(path)?;
        }
    }
    for name in fresh {
        let from = scratch.join(format!("{name}.ts"));
        let body = fs::read_to_string(&from)?;
        fs::write(dir.join(format!("{name}.ts")), with_header(&body))?;
    }
    fs::remove_dir_all(scratch)?;
    Ok(())
}

fn with_header(body: &str) -> String {
    if body.starts_with(HEADER) {
        return body.to_owned();
    }
    let rest = match body.split_once('\n') {
        Some((first, rest)) if first.starts_with("// This file was generated") => rest,
        _ => body,
    };
    format!("{HEADER}{rest}")
}
