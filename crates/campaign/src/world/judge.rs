//! What must be true at every instant, and what must be true in the end.

use super::network::Roads;
use super::people::{Member, People};
use super::server::Server;
use baqylau_hq::ledger::{LedgerError, ReportFilter};
use baqylau_protocol::{Entry, EntryKind, QuarantineCode};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use thiserror::Error;

/// A promise that was broken.
#[derive(Debug, Clone, PartialEq, Eq, Error, Deserialize, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind", content = "what")]
pub enum Broken {
    /// Something saved or held is gone.
    #[error("lost: {0}")]
    Lost(String),
    /// Something is there twice.
    #[error("doubled: {0}")]
    Doubled(String),
    /// Something is there that nobody wrote, or not as it was written.
    #[error("altered: {0}")]
    Altered(String),
    /// A device believes that headquarters holds what it does not.
    #[error("receipted before durable: {0}")]
    ReceiptedBeforeDurable(String),
    /// Everything works again, and still not everything has arrived.
    #[error("unconverged: {0}")]
    Unconverged(String),
    /// Headquarters or a device stopped working.
    #[error("stuck: {0}")]
    Stuck(String),
}

impl From<LedgerError> for Broken {
    fn from(error: LedgerError) -> Self {
        Self::Stuck(error.to_string())
    }
}

impl From<anyhow::Error> for Broken {
    fn from(error: anyhow::Error) -> Self {
        Self::Stuck(format!("{error:#}"))
    }
}

/// What a device has must be what its writer was told is saved, and configurations never go back.
///
/// # Errors
/// [`Broken`].
pub fn device(member: &mut Member) -> Result<(), Broken> {
    let held = member.device.entries_held();
    if held != member.truth {
        let length = (held.len(), member.truth.len());
        return Err(Broken::Lost(format!("a device has {length:?} entries")));
    }
    let version = member.device.config_version();
    if version < member.config_version {
        return Err(Broken::Altered(format!(
            "a configuration went back to {version}"
        )));
    }
    member.config_version = version;
    proven(member)
}

/// Nothing is called held but by a receipt, and no receipt is believed that is older than what the device knows.
fn proven(member: &Member) -> Result<(), Broken> {
    let (cursor, receipts) = (member.device.place(), member.device.receipts());
    let covered = receipts.iter().map(|receipt| receipt.receipt().upto_seq);
    if cursor.held_seq > covered.max().unwrap_or(0) {
        return Err(Broken::ReceiptedBeforeDurable(
            "a device calls held what no receipt covers".to_owned(),
        ));
    }
    let epochs: Vec<u64> = receipts
        .iter()
        .map(|receipt| receipt.receipt().server_epoch)
        .collect();
    if !epochs.is_sorted() {
        return Err(Broken::ReceiptedBeforeDurable(
            "a device believes a receipt from before a restore that it knows of".to_owned(),
        ));
    }
    Ok(())
}

/// What headquarters has must be true, whatever is still on its way.
///
/// # Errors
/// [`Broken`].
pub fn server(server: &Server, people: &People, roads: &Roads) -> Result<(), Broken> {
    let mut seen = BTreeSet::new();
    for member in people.members.iter().chain(&people.retired) {
        let id = member.device.id();
        let held = server.journal(id)?;
        if seen.insert(id.0) {
            if people
                .revoked
                .get(&id)
                .is_some_and(|most| held.len() > *most)
            {
                return Err(Broken::Altered(format!("revoked {id} is counted on")));
            }
            for (place, bytes) in held.iter().enumerate() {
                if !people
                    .written(&member.device, place)
                    .contains(bytes.as_slice())
                {
                    return Err(Broken::Altered(format!("entry {} of {id}", place + 1)));
                }
            }
        }
        receipts(member, &held)?;
    }
    kept(server, people, roads)
}

/// Every receipt covers what is there, unless a restored backup has taken it away since.
fn receipts(member: &Member, held: &[Vec<u8>]) -> Result<(), Broken> {
    if member.is_unaware {
        return Ok(());
    }
    for receipt in member.device.receipts().iter().skip(member.forgiven) {
        let upto = usize::try_from(receipt.receipt().upto_seq).unwrap_or(usize::MAX);
        let is_backed = held.len() >= upto && held.get(..upto) == member.truth.get(..upto);
        if !is_backed {
            return Err(Broken::ReceiptedBeforeDurable(format!(
                "{upto} entries receipted, {} held",
                held.len()
            )));
        }
    }
    Ok(())
}

/// What headquarters said it keeps, it keeps, and the other branch of a fork is there to be looked at.
fn kept(server: &Server, people: &People, roads: &Roads) -> Result<(), Broken> {
    if roads.is_endless {
        return Err(Broken::Stuck("an exchange goes on for ever".to_owned()));
    }
    let ledger = &server.headquarters().ledger;
    ledger.read(|read| {
        for (device, code) in read.quarantined_segments()? {
            let is_branch = [QuarantineCode::Fork, QuarantineCode::BadChain]
                .iter()
                .any(|branch| branch.as_str() == code);
            if let Some(device) =
                device.filter(|device| is_branch && !people.copied.contains(device))
            {
                return Err(Broken::Altered(format!(
                    "the journal of {device} has one branch and is called forked"
                )));
            }
            let forked = device.filter(|_| code == QuarantineCode::Fork.as_str());
            if let Some(device) = forked
                && !read.has_fork(device)?
            {
                return Err(Broken::Lost(format!("the other branch of {device}")));
            }
        }
        for hash in &roads.promised {
            if !read.has_segment(hash)? {
                let what = "a segment that headquarters said it keeps";
                return Err(Broken::Lost(what.to_owned()));
            }
        }
        Ok(())
    })
}

/// In the end everything has arrived, once, as it was written.
///
/// # Errors
/// [`Broken`].
pub fn end(server: &Server, people: &People) -> Result<(), Broken> {
    let mut opened = BTreeMap::new();
    for member in people.members.iter().chain(&people.retired) {
        let id = member.device.id();
        let held = server.journal(id)?;
        let is_live = people
            .members
            .iter()
            .any(|other| std::ptr::eq(other, member));
        if is_live && !member.is_revoked && held != member.truth {
            return Err(Broken::Lost(format!(
                "headquarters holds {} of {} entries",
                held.len(),
                member.truth.len()
            )));
        }
        let reports = held.iter().filter(|bytes| {
            Entry::decode(bytes).is_ok_and(|entry| matches!(entry.kind, EntryKind::Open { .. }))
        });
        opened.insert(id.0, reports.count());
    }
    let ledger = &server.headquarters().ledger;
    let filed = ledger.read(|read| -> Result<usize, LedgerError> {
        Ok(read.reports(&ReportFilter::default())?.len())
    })?;
    let expected: usize = opened.values().sum();
    if filed != expected {
        return Err(Broken::Doubled(format!(
            "{filed} reports filed, {expected} opened"
        )));
    }
    let found = server
        .headquarters()
        .verify()
        .map_err(|error| Broken::Stuck(error.to_string()))?;
    // What was sealed to a destroyed key cannot be opened again to look at its signature.
    match found.faults.iter().find(|fault| fault.code != "unsigned") {
        Some(fault) => Err(Broken::Altered(format!("the ledger: {}", fault.code))),
        None => Ok(()),
    }
}
