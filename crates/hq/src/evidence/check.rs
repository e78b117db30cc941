//! Checking an export as an outsider: no server, no mission folder, no secret; nothing but its files and what was
//! known from elsewhere.

use super::journals::{Journals, Log, check_receipts};
use super::lines::ConfigLine;
use super::sheet::{Line, Place, Sheet};
use super::{EvidenceFault, Export, manifest, names, pictures};
use baqylau_domain::DeviceId;
use baqylau_protocol::{
    BlobHash, Checkpoint, EventId, HqPublic, Manifest, RootPublic, SignedConfig,
};
use data_encoding::HEXLOWER;
use serde::Serialize;
use std::collections::BTreeSet;
use std::str;

/// What the auditor knows from elsewhere.
#[derive(Debug, Clone, Default)]
pub struct Expected {
    /// SHA-256 over the event's root key, in hexadecimal digits; spaces, colons and hyphens do not count.
    pub root: Option<String>,
    /// A checkpoint of the same log, kept from an earlier day.
    pub checkpoint: Option<String>,
}

/// What was checked, and what does not hold.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Findings {
    /// The event.
    pub event: String,
    /// SHA-256 over the root key that the export states.
    pub root: String,
    /// Whether that is the root key that was expected; `false` too when none was.
    pub is_root_known: bool,
    /// Files.
    pub files: u64,
    /// Devices with a certificate.
    pub devices: u64,
    /// Entries whose chain was computed again.
    pub entries: u64,
    /// Leaves of the log.
    pub segments: u64,
    /// Those of them that are in no journal.
    pub set_aside: u64,
    /// Receipts held against journals and log.
    pub receipts: u64,
    /// Pictures held against the entries that name them.
    pub pictures: u64,
    /// The log's root.
    pub log_root: String,
    /// What does not hold, the deepest first.
    pub faults: Vec<EvidenceFault>,
}

/// Under whose keys an export stands.
pub(super) struct Authority {
    pub(super) event: EventId,
    /// Headquarters' keys that the root key named.
    pub(super) keys: Vec<HqPublic>,
    pub(super) revoked: BTreeSet<DeviceId>,
}

/// Checks an export.
#[must_use]
pub fn verify(export: &Export, expected: &Expected) -> Findings {
    let mut sheet = Sheet::default();
    let mut findings = Findings {
        files: export.len() as u64,
        ..Findings::default()
    };
    let text = export.get(names::MANIFEST).map(|it| str::from_utf8(it));
    match text {
        None => sheet.altered(names::MANIFEST, None, "missing"),
        Some(text) => match text.ok().and_then(|text| Manifest::read(text).ok()) {
            None => sheet.altered(names::MANIFEST, None, "unreadable"),
            Some((stated, is_signed)) => {
                if !is_signed {
                    sheet.altered(names::MANIFEST, None, "manifest_signature");
                }
                check_root(&stated.root, expected, &mut findings, &mut sheet);
                check_evidence(export, &stated, expected, &mut findings, &mut sheet);
                manifest::compare(export, &stated, &mut sheet);
            }
        },
    }
    sheet.faults.sort();
    sheet.faults.dedup();
    findings.faults = sheet.faults;
    findings
}

fn check_root(
    stated: &RootPublic,
    expected: &Expected,
    findings: &mut Findings,
    sheet: &mut Sheet,
) {
    findings.root = fingerprint(stated);
    if let Some(root) = &expected.root {
        let root = root.replace([' ', ':', '-'], "").to_lowercase();
        findings.is_root_known = root == findings.root;
        if !findings.is_root_known {
            sheet.fault(Place::file(names::MANIFEST), "root");
        }
    }
}

/// SHA-256 over a root key: what an auditor compares with what was published elsewhere.
#[must_use]
pub(crate) fn fingerprint(root: &RootPublic) -> String {
    BlobHash::of(&root.0).to_string()
}

fn check_evidence(
    export: &Export,
    stated: &Manifest,
    expected: &Expected,
    findings: &mut Findings,
    sheet: &mut Sheet,
) {
    let by = authority(export, stated, sheet);
    let mut journals = Journals::default();
    journals.read_devices(export, &by, sheet);
    journals.read_entries(export, sheet);
    let log = Log::read(export, &by, &mut journals, sheet);
    journals.find_unsigned(sheet);
    findings.receipts = check_receipts(export, &by, &journals, &log, sheet);
    findings.pictures = pictures::check(export, &by, &journals, sheet);
    let note = export.get(names::CHECKPOINT);
    let note = note.and_then(|bytes| str::from_utf8(bytes).ok());
    let is_whole = note
        .and_then(|note| checkpoint(note, &by))
        .is_some_and(|it| it.size == log.tree.size() && it.root == log.tree.root());
    if !is_whole {
        sheet.fault(Place::file(names::CHECKPOINT), "checkpoint");
    }
    if let Some(note) = &expected.checkpoint {
        let is_continued =
            checkpoint(note, &by).is_some_and(|earlier| log.had(earlier.size, &earlier.root));
        if !is_continued {
            sheet.fault(Place::file(names::SEGMENTS), "earlier_checkpoint");
        }
    }
    by.event.0.clone_into(&mut findings.event);
    (findings.devices, findings.entries) = (journals.devices(), journals.entries());
    (findings.segments, findings.set_aside) = (log.tree.size(), log.aside);
    findings.log_root = HEXLOWER.encode(&log.tree.root());
}

fn checkpoint(note: &str, by: &Authority) -> Option<Checkpoint> {
    by.keys
        .iter()
        .find_map(|hq| Checkpoint::verify(note, &by.event, hq).ok())
}

/// Reads the configurations: all under the root key, their versions rising (by random steps).
fn authority(export: &Export, stated: &Manifest, sheet: &mut Sheet) -> Authority {
    let mut by = Authority {
        event: stated.event.clone(),
        keys: Vec::new(),
        revoked: BTreeSet::new(),
    };
    let mut version = 0;
    for Line { number, says } in sheet.read::<ConfigLine>(export, names::CONFIG) {
        let place = Place::line(names::CONFIG, number);
        let signed = SignedConfig::from_bytes(says.config);
        let config = signed.verify(&stated.root).ok();
        let config = config.filter(|it| it.event == stated.event && it.version == says.version);
        match config {
            Some(config) if config.version > version => {
                version = config.version;
                by.keys.push(config.hq);
                by.revoked = config.revoked.into_iter().collect();
            }
            _ => sheet.fault(place, "config"),
        }
    }
    if by.keys.last() != Some(&stated.hq) {
        sheet.fault(Place::file(names::CONFIG), "other_key");
    }
    by.keys.dedup();
    // With no configuration left to believe, what headquarters signed can still be told apart.
    if by.keys.is_empty() {
        by.keys.push(stated.hq);
    }
    by
}
