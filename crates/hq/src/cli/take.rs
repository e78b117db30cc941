//! Taking in a bundle that somebody carried to headquarters.

use super::Take;
use super::output::Output;
use crate::error::HqError;
use crate::headquarters::Headquarters;
use crate::system::{SystemClock, SystemIds};
use baqylau_protocol::limits;
use serde_json::json;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

pub(super) fn run(take: &Take, output: &mut Output) -> Result<ExitCode, HqError> {
    let headquarters =
        Headquarters::reopen(&take.data, Arc::new(SystemClock), Arc::new(SystemIds))?;
    let bytes = read(&take.file).map_err(|error| failed(&take.file, error))?;
    let taken = headquarters.take_bundle(&bytes)?;
    let out = take
        .out
        .clone()
        .unwrap_or_else(|| take.file.with_extension("receipts.obsb"));
    if let Some(back) = &taken.back {
        write(&out, back).map_err(|error| failed(&out, error))?;
    }
    let written = taken.back.as_ref().map(|_| out.display().to_string());
    if take.json {
        output.print(
            &json!({
                "segments": taken.segments, "verdicts": taken.verdicts, "pictures": taken.pictures,
                "picture_verdicts": taken.picture_verdicts, "receipts": taken.receipts, "out": written,
            })
            .to_string(),
        );
        return Ok(ExitCode::SUCCESS);
    }
    output.say(
        "take-segments",
        &[("segments", &taken.segments.to_string())],
    );
    say_verdicts(&taken.verdicts, output);
    if taken.pictures > 0 {
        output.say(
            "take-pictures",
            &[("pictures", &taken.pictures.to_string())],
        );
    }
    say_verdicts(&taken.picture_verdicts, output);
    if taken.picture_verdicts.contains_key("waits") {
        output.say("take-pictures-wait", &[]);
    }
    match written {
        Some(file) => {
            let receipts = taken.receipts.to_string();
            output.say("take-receipts", &[("receipts", &receipts), ("file", &file)]);
        }
        None => output.say("take-no-receipts", &[]),
    }
    Ok(ExitCode::SUCCESS)
}

fn say_verdicts(verdicts: &BTreeMap<String, u64>, output: &mut Output) {
    for (code, count) in verdicts {
        output.say(
            "take-verdict",
            &[("code", code), ("count", &count.to_string())],
        );
    }
}

/// A whole file, never more than a bundle may have; one byte past the limit shows that it has more.
fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?
        .take(limits::BUNDLE_BYTES as u64 + 1)
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

fn failed(file: &Path, error: io::Error) -> HqError {
    HqError::File {
        file: PathBuf::from(file),
        error,
    }
}
