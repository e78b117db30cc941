//! `baqylau-hq verify EXPORT`: an export checked by whoever received it.

use super::Verify;
use super::output::Output;
use crate::error::HqError;
use crate::evidence::{self, EvidenceFault, Expected, Findings};
use crate::export;
use std::path::Path;
use std::process::ExitCode;

pub(super) fn run(folder: &Path, asked: &Verify, output: &mut Output) -> Result<ExitCode, HqError> {
    let read = |file: &Path| {
        std::fs::read_to_string(file).map_err(|error| HqError::File {
            file: file.to_owned(),
            error,
        })
    };
    let expected = Expected {
        root: asked.root.clone(),
        checkpoint: asked.checkpoint.as_deref().map(read).transpose()?,
    };
    let found = evidence::verify(&export::read(folder)?, &expected);
    if asked.json {
        output.print(&serde_json::to_string(&found).unwrap_or_default());
    } else {
        say(&found, output);
    }
    Ok(if found.faults.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn say(found: &Findings, output: &mut Output) {
    let counts = [
        found.files,
        found.devices,
        found.entries,
        found.segments,
        found.set_aside,
        found.receipts,
        found.pictures,
    ]
    .map(|count| count.to_string());
    let [files, devices, entries, segments, aside, receipts, pictures] = &counts;
    let args = [
        ("files", &**files),
        ("devices", devices),
        ("entries", entries),
        ("segments", segments),
        ("aside", aside),
        ("receipts", receipts),
        ("pictures", pictures),
    ];
    output.say("evidence-counts", &args);
    for fault in &found.faults {
        let text = sentence(fault, output);
        output.print(&text);
    }
    if !found.log_root.is_empty() {
        output.say("evidence-log", &[("root", &found.log_root)]);
    }
    if found.is_root_known {
        output.say("evidence-root-known", &[]);
    } else if !found.root.is_empty() {
        output.say("evidence-root-unknown", &[("root", &found.root)]);
    }
    match found.faults.len() {
        0 => output.say("evidence-good", &[]),
        count => output.say("evidence-bad", &[("count", &count.to_string())]),
    }
}

/// `entries.jsonl, line 12: what does not hold.`
fn sentence(fault: &EvidenceFault, output: &Output) -> String {
    let text = |number: Option<u64>| number.map_or_else(String::new, |it| it.to_string());
    let (line, seq) = (text(fault.line), text(fault.seq));
    let device = fault.device.map_or_else(String::new, |it| it.to_string());
    let place = if line.is_empty() {
        fault.file.clone()
    } else {
        output.text("evidence-line", &[("file", &fault.file), ("line", &line)])
    };
    let line = match (fault.code, fault.line) {
        ("altered", Some(_)) => "-line",
        _ => "",
    };
    let id = format!("evidence-{}{line}", fault.code.replace('_', "-"));
    let said = output.text(&id, &[("device", &device), ("seq", &seq)]);
    format!("{place}: {said}")
}
