//! The devices' journals as an export tells them, held against their own chains and their devices' signatures.

use super::check::Authority;
use super::lines::{
    DeviceLine, EntryLine, ReceiptLine, SegmentLine, SegmentState, SetAsideLine, SignedPart,
};
use super::sheet::{Line, Place, Sheet};
use super::{Export, names};
use crate::ledger::NO_LOG_ROOT;
use baqylau_domain::{DeviceId, PhotoRef};
use baqylau_protocol::{
    Chain, ChainHash, DevicePublic, Entry, EntryKind, InnerHeader, LogHash, LogTree, ReceiptError,
    Signature, SignedCertificate, SignedReceipt,
};
use std::collections::BTreeMap;

/// One device's journal.
struct Journal {
    key: DevicePublic,
    start: ChainHash,
    /// Each entry's hash and the line it stands on.
    entries: BTreeMap<u64, (ChainHash, u64)>,
    /// Pictures that entries name.
    attachments: BTreeMap<u64, PhotoRef>,
    /// The device signed everything up to here: its last hash covers what came before.
    signed_upto: u64,
}

/// Every journal of an export, by its device.
#[derive(Default)]
pub(super) struct Journals(BTreeMap<DeviceId, Journal>);

impl Journal {
    fn hash_at(&self, seq: u64) -> Option<ChainHash> {
        if seq == 0 {
            return Some(self.start);
        }
        self.entries.get(&seq).map(|(hash, _)| *hash)
    }
}

impl Journals {
    pub(super) fn entries(&self) -> u64 {
        self.0.values().map(|it| it.entries.len() as u64).sum()
    }

    /// The picture that an entry names.
    pub(super) fn attachment(&self, device: DeviceId, seq: u64) -> Option<&PhotoRef> {
        self.0.get(&device)?.attachments.get(&seq)
    }

    pub(super) fn devices(&self) -> u64 {
        self.0.len() as u64
    }

    /// Reads the devices: each must show headquarters' certificate for its key and team.
    pub(super) fn read_devices(&mut self, export: &Export, by: &Authority, sheet: &mut Sheet) {
        let mut last = None;
        for Line { number, says } in sheet.read::<DeviceLine>(export, names::DEVICES) {
            let place = Place::line(names::DEVICES, number).of(says.device);
            if last.replace(says.device) >= Some(says.device) {
                sheet.fault(place, "order");
                continue;
            }
            let key = DevicePublic(says.key);
            let certificate = SignedCertificate::from_bytes(says.certificate);
            let is_certified = by.keys.iter().any(|hq| {
                certificate.verify(hq).is_ok_and(|it| {
                    it.public == key && it.team.0 == says.team && it.event == by.event
                })
            });
            if !is_certified || key.id() != says.device {
                sheet.fault(place, "certificate");
            }
            if by.revoked.contains(&says.device) && !says.revoked {
                sheet.fault(place, "revoked");
            }
            let journal = Journal {
                key,
                start: Chain::start(&key, &by.event).hash,
                entries: BTreeMap::new(),
                attachments: BTreeMap::new(),
                signed_upto: 0,
            };
            self.0.insert(says.device, journal);
        }
    }

    /// Reads the entries: numbers without gaps, and every hash follows from the one before. After a broken link the
    /// chain is followed from what the line says, so that each fault is named where it is.
    pub(super) fn read_entries(&mut self, export: &Export, sheet: &mut Sheet) {
        let mut last = (DeviceId([0; 16]), 0);
        for Line { number, says } in sheet.read::<EntryLine>(export, names::ENTRIES) {
            let place = Place::line(names::ENTRIES, number)
                .of(says.device)
                .at(says.seq);
            let before = last;
            last = (says.device, says.seq);
            if last <= before {
                sheet.fault(place, "order");
                continue;
            }
            let Some(journal) = self.0.get_mut(&says.device) else {
                sheet.fault(place, "unknown_device");
                continue;
            };
            let seq = says.seq.saturating_sub(1);
            match journal.hash_at(seq) {
                None => sheet.fault(place, "gap"),
                Some(hash) => {
                    let after = Chain { seq, hash }.next(&says.entry);
                    if after.hash.0 != says.hash {
                        sheet.fault(place, "chain");
                    }
                }
            }
            let held = (ChainHash(says.hash), number);
            journal.entries.insert(says.seq, held);
            if let Ok(EntryKind::Attachment { photo, .. }) =
                Entry::decode(&says.entry).map(|entry| entry.kind)
            {
                journal.attachments.insert(says.seq, photo);
            }
        }
    }

    /// Names the first entry of each device that no signature of it covers.
    pub(super) fn find_unsigned(&self, sheet: &mut Sheet) {
        for (device, journal) in &self.0 {
            let beyond = journal.entries.range(journal.signed_upto + 1..).next();
            if let Some((seq, (_, line))) = beyond {
                let place = Place::line(names::ENTRIES, *line).of(*device).at(*seq);
                sheet.fault(place, "unsigned");
            }
        }
    }
}

/// The log as an export tells it.
#[derive(Default)]
pub(super) struct Log {
    pub(super) tree: LogTree,
    /// The root after each leaf.
    roots: Vec<LogHash>,
    /// Segments that are in no journal.
    pub(super) aside: u64,
}

impl Log {
    /// Whether the log had this root when it had `size` leaves.
    pub(super) fn had(&self, size: u64, root: &LogHash) -> bool {
        if size == 0 {
            return *root == LogTree::default().root();
        }
        let index = usize::try_from(size - 1).ok();
        index.and_then(|index| self.roots.get(index)) == Some(root)
    }

    /// Reads the log in its order and checks what devices signed of it.
    pub(super) fn read(
        export: &Export,
        by: &Authority,
        journals: &mut Journals,
        sheet: &mut Sheet,
    ) -> Self {
        let mut log = Self::default();
        let mut aside = read_set_aside(export, sheet);
        for Line { number, says } in sheet.read::<SegmentLine>(export, names::SEGMENTS) {
            let place = Place::line(names::SEGMENTS, number);
            log.tree.push(&says.hash);
            log.roots.push(log.tree.root());
            log.aside += u64::from(says.state != SegmentState::Accepted);
            if says.segment != log.tree.size() {
                sheet.fault(place, "order");
            }
            if says.code.is_some() != (says.state == SegmentState::SetAside) {
                sheet.fault(place, "unreadable");
            }
            let Some(signed) = &says.signed else { continue };
            let lines = match says.state {
                SegmentState::Accepted => None,
                _ => Some(aside.remove(&says.segment).unwrap_or_default()),
            };
            if let Err((place, code)) = check_segment(&says, signed, lines, by, journals, place) {
                sheet.fault(place, code);
            }
        }
        // What is left belongs to no segment that holds it.
        for line in aside.into_values().flatten() {
            let place = Place::line(names::SET_ASIDE, line.number).at(line.says.seq);
            sheet.fault(place, "segment_entries");
        }
        log
    }
}

fn read_set_aside(export: &Export, sheet: &mut Sheet) -> BTreeMap<u64, Vec<Line<SetAsideLine>>> {
    let mut last = (0, 0);
    let mut all: BTreeMap<u64, Vec<_>> = BTreeMap::new();
    for line in sheet.read::<SetAsideLine>(export, names::SET_ASIDE) {
        let before = last;
        last = (line.says.segment, line.says.seq);
        if last <= before {
            let place = Place::line(names::SET_ASIDE, line.number).at(line.says.seq);
            sheet.fault(place, "order");
        }
        all.entry(line.says.segment).or_default().push(line);
    }
    all
}

/// Checks a device's signature over a run of its journal, or over the entries of a segment that is in none.
fn check_segment(
    says: &SegmentLine,
    signed: &SignedPart,
    lines: Option<Vec<Line<SetAsideLine>>>,
    by: &Authority,
    journals: &mut Journals,
    place: Place,
) -> Result<(), (Place, &'static str)> {
    let bad_signature = (place, "segment_signature");
    let header = InnerHeader::read(&signed.header).map_err(|_| bad_signature)?;
    if says.device != Some(header.device) {
        return Err(bad_signature);
    }
    let place = place.of(header.device).at(header.first_seq);
    let journal = journals.0.get_mut(&header.device);
    let journal = journal.ok_or((place, "unknown_device"))?;
    let signature = Signature(signed.signature);
    let after = match &lines {
        None => {
            let before = journal.hash_at(header.first_seq - 1);
            let after = journal.hash_at(header.last_seq());
            after
                .filter(|_| before == Some(header.before) && header.event == by.event)
                .ok_or((place, "segment_entries"))?
        }
        Some(lines) => follow(&header, lines, place)?,
    };
    if !header.is_signed(&journal.key, &signature, &after) {
        return Err((place, "segment_signature"));
    }
    if lines.is_none() {
        journal.signed_upto = journal.signed_upto.max(header.last_seq());
    }
    Ok(())
}

/// The chain after the entries of a segment that is in no journal.
fn follow(
    header: &InnerHeader,
    lines: &[Line<SetAsideLine>],
    place: Place,
) -> Result<ChainHash, (Place, &'static str)> {
    let mut chain = Chain {
        seq: header.first_seq - 1,
        hash: header.before,
    };
    for Line { number, says } in lines {
        chain = chain.next(&says.entry);
        if chain.seq != says.seq || chain.hash.0 != says.hash {
            let place = Place::line(names::SET_ASIDE, *number);
            return Err((place.of(header.device).at(says.seq), "chain"));
        }
    }
    if chain.seq == header.last_seq() {
        Ok(chain.hash)
    } else {
        Err((place, "segment_entries"))
    }
}

/// Holds headquarters' receipts against the journals and the log.
pub(super) fn check_receipts(
    export: &Export,
    by: &Authority,
    journals: &Journals,
    log: &Log,
    sheet: &mut Sheet,
) -> u64 {
    let mut last = (DeviceId([0; 16]), 0, 0);
    let lines = sheet.read::<ReceiptLine>(export, names::RECEIPTS);
    let count = lines.len() as u64;
    for Line { number, says } in lines {
        let place = Place::line(names::RECEIPTS, number)
            .of(says.device)
            .at(says.seq);
        let before = last;
        last = (says.device, says.seq, says.epoch);
        if last <= before {
            sheet.fault(place, "order");
        }
        let Some(journal) = journals.0.get(&says.device) else {
            sheet.fault(place, "unknown_device");
            continue;
        };
        let signed = SignedReceipt::from_bytes(says.receipt);
        let mut checked = by.keys.iter().map(|hq| {
            signed.verify(hq, &by.event, &says.device, |seq| {
                journal.hash_at(seq).filter(|_| seq == says.seq)
            })
        });
        let is_theirs = |it: &Result<_, _>| !matches!(it, Err(ReceiptError::BadSignature));
        let checked = checked
            .find(is_theirs)
            .unwrap_or(Err(ReceiptError::BadSignature));
        match checked {
            Err(ReceiptError::BadSignature | ReceiptError::Decode(_)) => {
                sheet.fault(place, "receipt_signature");
            }
            Err(_) => sheet.fault(place, "receipt"),
            Ok(verified) => {
                let receipt = verified.receipt();
                let is_old = receipt.log_root == NO_LOG_ROOT;
                if receipt.server_epoch != says.epoch {
                    sheet.fault(place, "receipt");
                }
                let is_there = receipt.log_size <= log.tree.size();
                if !is_there || !is_old && !log.had(receipt.log_size, &receipt.log_root) {
                    sheet.fault(place, "receipt_log");
                }
            }
        }
    }
    count
}
