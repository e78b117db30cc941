//! Commands that work on a data folder, whether a server runs on it or not.

use super::output::Output;
use super::{Enrol, Recover};
use crate::error::HqError;
use crate::evidence::fingerprint;
use crate::export;
use crate::headquarters::Headquarters;
use crate::qr;
use crate::server::{admin_link, display};
use crate::system::{SystemClock, SystemIds};
use baqylau_indicators::IndicatorValue;
use serde_json::json;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

fn open(data: &Path) -> Result<Headquarters, HqError> {
    Headquarters::reopen(data, Arc::new(SystemClock), Arc::new(SystemIds))
}

pub(super) fn enrol(enrol: &Enrol, output: &mut Output) -> Result<ExitCode, HqError> {
    let made = open(&enrol.data)?.make_code(&enrol.team, &enrol.device, "cli")?;
    if enrol.json {
        let (team, code, until) = (&enrol.team, &made.text, made.expires_at_ms);
        output.print(&json!({ "team": team, "code": code, "expires_at_ms": until }).to_string());
        return Ok(ExitCode::SUCCESS);
    }
    output.print(&made.text);
    if let Some(picture) = qr::terminal(&made.text) {
        output.print(&picture);
    }
    let until = baqylau_domain::Moment {
        utc_ms: made.expires_at_ms,
        offset_min: 0,
    };
    let until = until.local().map_or_else(String::new, |local| {
        local.format("%Y-%m-%d %H:%M UTC").to_string()
    });
    output.complain("enrol-made", &[("team", &enrol.team), ("until", &until)]);
    Ok(ExitCode::SUCCESS)
}

pub(super) fn recover(recover: &Recover, output: &mut Output) -> Result<ExitCode, HqError> {
    let headquarters = open(&recover.data)?;
    let asked = headquarters.recovery_asked(&recover.request, "cli")?;
    let answered = || headquarters.answer_recovery(&recover.request, "cli");
    let answer = recover.answer.then(answered).transpose()?;
    if recover.json {
        output.print(&json!({ "asked": asked, "answer": answer }).to_string());
        return Ok(ExitCode::SUCCESS);
    }
    let device = asked.device.to_string();
    let about = [("team", &*asked.team), ("device", &*device)];
    match answer {
        Some(answer) => {
            output.print(&answer);
            output.complain("recover-answered", &about);
        }
        None if asked.revoked => output.complain("recover-revoked", &about),
        None => output.complain("recover-asked", &about),
    }
    Ok(ExitCode::SUCCESS)
}

pub(super) fn link(data: &Path, output: &mut Output) -> Result<ExitCode, HqError> {
    let headquarters = open(data)?;
    let token = headquarters.make_sign_in_token()?;
    let address = headquarters
        .published()
        .and_then(|it| it.config.endpoints.first().map(|it| it.url.clone()));
    output.print(&admin_link(&address.unwrap_or_default(), &token));
    Ok(ExitCode::SUCCESS)
}

pub(super) fn indicators(
    data: &Path,
    as_json: bool,
    output: &mut Output,
) -> Result<ExitCode, HqError> {
    let values = open(data)?.indicators()?;
    if as_json {
        output.print(&json!({ "indicators": values }).to_string());
        return Ok(ExitCode::SUCCESS);
    }
    for value in &values {
        let verdict = verdict(value, output);
        let (numerator, denominator) = (value.numerator.number(), value.denominator.number());
        let shown = display(value);
        let published = &value.published;
        output.print(&format!(
            "{:<4} {shown:>9}  {numerator:>9} / {denominator:<9} {:<11} {published:<10} {:<8} {verdict}",
            value.id, value.unit, value.source
        ));
    }
    Ok(ExitCode::SUCCESS)
}

fn verdict(value: &IndicatorValue, output: &Output) -> String {
    let id = match value.matches {
        _ if value.invented => "indicators-invented",
        Some(true) => "indicators-match",
        Some(false) => "indicators-differ",
        None => "indicators-none",
    };
    output.text(id, &[])
}

/// Taking data out wants the same one-time token as the pages: each export is on the audit trail.
pub(super) fn export(
    data: &Path,
    folder: &Path,
    token: Option<&str>,
    output: &mut Output,
) -> Result<ExitCode, HqError> {
    let headquarters = open(data)?;
    let token = token.map(|token| token.rsplit("token=").next().unwrap_or(token));
    match token {
        Some(token) if headquarters.spend_sign_in_token(token, "exported")? => {}
        _ => return Err(HqError::NotSignedIn),
    }
    for file in export::write(&headquarters, folder)? {
        output.print(&file.display().to_string());
    }
    let root = fingerprint(&headquarters.keys.root.public());
    output.complain("export-root", &[("root", &root)]);
    Ok(ExitCode::SUCCESS)
}

pub(super) fn verify(data: &Path, as_json: bool, output: &mut Output) -> Result<ExitCode, HqError> {
    let found = open(data)?.verify()?;
    if as_json {
        output.print(&serde_json::to_string(&found).unwrap_or_default());
    } else {
        let counts = [
            found.devices,
            found.entries,
            found.segments,
            found.receipts,
            found.pictures,
        ]
        .map(|count| count.to_string());
        let [devices, entries, segments, receipts, pictures] = &counts;
        let args = [
            ("devices", &**devices),
            ("entries", entries),
            ("segments", segments),
            ("receipts", receipts),
            ("pictures", pictures),
        ];
        output.say("verify-counts", &args);
        for fault in &found.faults {
            let device = fault.device.map_or_else(String::new, |it| it.to_string());
            let seq = fault.seq.map_or_else(String::new, |it| it.to_string());
            output.say(
                &format!("verify-fault-{}", fault.code),
                &[("device", &device), ("seq", &seq)],
            );
        }
        if found.faults.is_empty() {
            output.say("verify-good", &[]);
        }
    }
    Ok(if found.faults.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

pub(super) fn rebuild(data: &Path, output: &mut Output) -> Result<ExitCode, HqError> {
    open(data)?.rebuild()?;
    output.say("rebuild-done", &[]);
    Ok(ExitCode::SUCCESS)
}
