//! What happens to what devices send. Opening and signatures are worked out before the transaction; inside it a
//! segment is compared, appended, folded and checked, or parked, or set aside. Nothing is thrown away.

mod apart;

use crate::fold::Problem;
use crate::ledger::{DeviceRow, Head, LedgerError, ReceiptRow, Stored, Write};
use crate::plan::Plan;
use crate::reports::Filing;
use apart::{compare, entry_row, park, set_aside};
use baqylau_domain::DeviceId;
use baqylau_protocol::seeded::{Bug, is_planted};
use baqylau_protocol::{
    Chain, ChainHash, DevicePublic, Entry, EventId, OpenError, QuarantineCode, SealSecret,
    SegmentBody, Verdict, open,
};
use parking_lot::RwLock;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Segments of one device that may wait for the ones before them; beyond that the device keeps them itself.
const PARKED_LIMIT: u64 = 64;

/// A segment with everything worked out that needs no database transaction.
pub struct Prepared {
    raw: Raw,
    content: Result<Opened, OpenError>,
}

/// A segment as it came.
struct Raw {
    hash: [u8; 32],
    sealed: Vec<u8>,
}

struct Opened {
    body: SegmentBody,
    /// Hash after each entry, and the entry read.
    entries: Vec<(ChainHash, Result<Entry, Problem>)>,
    signed: bool,
    device: Option<DeviceRow>,
}

impl Prepared {
    /// The enrolled device that wrote and signed it; none for what cannot be read or believed.
    fn author(&self) -> Option<DeviceId> {
        let opened = self.content.as_ref().ok().filter(|opened| opened.signed)?;
        opened.device.as_ref().map(|device| device.id)
    }
}

impl Raw {
    fn keep(&self, write: &Write<'_>, now_ms: i64) -> Result<i64, LedgerError> {
        write.add_segment(&self.hash, &self.sealed, now_ms)
    }
}

/// What intake needs besides the ledger.
pub struct Intake {
    /// The mission.
    pub plan: Arc<Plan>,
    /// The event that segments must be of.
    pub event: EventId,
    /// Keys that segments are sealed to. They come and go while the server runs.
    pub secrets: RwLock<Vec<SealSecret>>,
}

/// Where a device's journal stands after its segments were taken.
pub struct Taken {
    /// One for each segment.
    pub verdicts: Vec<Verdict>,
    /// Where the journal stands.
    pub head: Head,
    /// What the receipt will say; none while nothing is held.
    pub receipt: Option<ReceiptRow>,
    /// What the receipts for devices will say whose segments this one carried.
    pub carried: Vec<ReceiptRow>,
    /// Reports of this device that are kept and not counted.
    pub set_aside: Vec<(u64, String)>,
    /// Whether anything changed that pages show.
    pub changed: bool,
}

impl Intake {
    /// Opens a segment, checks its signature and computes its chain.
    pub fn prepare<E: From<LedgerError>>(
        &self,
        sealed: Vec<u8>,
        device: impl FnOnce(DeviceId) -> Result<Option<DeviceRow>, E>,
    ) -> Result<Prepared, E> {
        let hash = Sha256::digest(&sealed).into();
        let content = match open(&sealed, &self.secrets.read(), self.plan.dictionaries()) {
            Err(error) => Err(error),
            Ok(opened) => {
                let device = device(opened.body.device)?;
                let signed = device
                    .as_ref()
                    .is_some_and(|row| opened.verify(&DevicePublic(row.public_key)).is_ok());
                let entries = read_entries(&opened.body);
                Ok(Opened {
                    body: opened.body,
                    entries,
                    signed,
                    device,
                })
            }
        };
        Ok(Prepared {
            raw: Raw { hash, sealed },
            content,
        })
    }

    /// Takes prepared segments of an exchange with `device`, in one transaction.
    ///
    /// # Errors
    /// [`LedgerError`]; then nothing of this exchange was kept.
    pub fn take(
        &self,
        write: &Write<'_>,
        device: DeviceId,
        segments: Vec<Prepared>,
        now_ms: i64,
    ) -> Result<Taken, LedgerError> {
        write.heard(device, now_ms)?;
        let is_own = |segment: &Prepared| segment.author() == Some(device);
        let own: Vec<bool> = segments.iter().map(is_own).collect();
        let (mut verdicts, authors) = self.judge(write, segments, now_ms)?;
        for (verdict, is_own) in verdicts.iter_mut().zip(own) {
            if let Verdict::Parked { need_from } = verdict
                && !is_own
            {
                // How much of its author's journal is here is nothing for a carrier.
                *need_from = 0;
            }
        }
        let changed = verdicts
            .iter()
            .any(|verdict| !matches!(verdict, Verdict::Duplicate));
        let head = write
            .read()
            .head(device)?
            .ok_or(LedgerError::Damaged("head"))?;
        let receipt = self.receipt(write, device, head, now_ms)?;
        // What is promised follows from what arrived, not from who asks for it first.
        let others = authors.into_iter().filter(|author| *author != device);
        let carried = self.receipts(write, others, now_ms)?;
        Ok(Taken {
            verdicts,
            head,
            receipt,
            carried,
            set_aside: write.read().set_aside(device)?,
            changed,
        })
    }

    /// Takes prepared segments that no device asked for, in one transaction: verdicts, and what the receipts for their
    /// authors will say.
    ///
    /// # Errors
    /// [`LedgerError`]; then none of them was kept.
    pub fn take_carried(
        &self,
        write: &Write<'_>,
        segments: Vec<Prepared>,
        now_ms: i64,
    ) -> Result<(Vec<Verdict>, Vec<ReceiptRow>), LedgerError> {
        let (verdicts, authors) = self.judge(write, segments, now_ms)?;
        let receipts = self.receipts(write, authors.into_iter(), now_ms)?;
        Ok((verdicts, receipts))
    }

    /// A verdict for each segment, and whose they are.
    fn judge(
        &self,
        write: &Write<'_>,
        segments: Vec<Prepared>,
        now_ms: i64,
    ) -> Result<(Vec<Verdict>, BTreeSet<DeviceId>), LedgerError> {
        let authors = segments.iter().filter_map(Prepared::author).collect();
        let verdicts = segments
            .into_iter()
            .map(|segment| self.take_segment(write, segment, now_ms))
            .collect::<Result<_, _>>()?;
        Ok((verdicts, authors))
    }

    fn receipts(
        &self,
        write: &Write<'_>,
        devices: impl Iterator<Item = DeviceId>,
        now_ms: i64,
    ) -> Result<Vec<ReceiptRow>, LedgerError> {
        let mut receipts = Vec::new();
        for device in devices {
            if let Some(head) = write.read().head(device)? {
                receipts.extend(self.receipt(write, device, head, now_ms)?);
            }
        }
        Ok(receipts)
    }

    fn receipt(
        &self,
        write: &Write<'_>,
        device: DeviceId,
        head: Head,
        now_ms: i64,
    ) -> Result<Option<ReceiptRow>, LedgerError> {
        let upto_seq = head.next_seq - 1 + u64::from(is_planted(Bug::ReceiptBeyond));
        if upto_seq == 0 {
            return Ok(None);
        }
        let read = write.read();
        let epoch = read.epoch()?;
        // Asking again gives the receipt that was given: same time, same bytes.
        if let Some(row) = read.receipt_at(device, upto_seq, epoch)? {
            return Ok(Some(row));
        }
        let log = read.log()?;
        let row = ReceiptRow {
            device,
            upto_seq,
            upto_hash: head.hash,
            epoch,
            received_at_ms: now_ms,
            log_size: log.size(),
            log_root: log.root(),
        };
        write.add_receipt(&row)?;
        Ok(Some(row))
    }

    fn take_segment(
        &self,
        write: &Write<'_>,
        segment: Prepared,
        now_ms: i64,
    ) -> Result<Verdict, LedgerError> {
        if let Some(code) = write.read().set_aside_code(&segment.raw.hash)? {
            // Whatever has arrived since, the same bytes stay where they were put.
            return Ok(Verdict::Quarantined {
                code: QuarantineCode::of(&code),
            });
        }
        let opened = match segment.content {
            Ok(opened) => opened,
            Err(OpenError::UnknownKey(_) | OpenError::UnknownDictionary) => {
                return Ok(if is_planted(Bug::UnknownKeyAccepted) {
                    Verdict::Accepted
                } else {
                    Verdict::UnknownKey
                });
            }
            Err(OpenError::TooLarge) => return Ok(Verdict::TooLarge),
            Err(_) => {
                let id = segment.raw.keep(write, now_ms)?;
                return set_aside(write, id, None, QuarantineCode::Malformed, now_ms);
            }
        };
        let Some(device) = &opened.device else {
            // Anybody can seal to headquarters' key; what no enrolled device brought is named, and not kept.
            return Ok(Verdict::Quarantined {
                code: QuarantineCode::UnknownDevice,
            });
        };
        let id = device.id;
        let refusal = if opened.body.event != self.event {
            Some(QuarantineCode::WrongEvent)
        } else if !opened.signed {
            Some(QuarantineCode::BadSignature)
        } else if device.revoked
            && !is_planted(Bug::RevokedAccepted)
            && !self.is_held(write, &segment.raw, &opened)?
        {
            Some(QuarantineCode::Revoked)
        } else {
            None
        };
        if let Some(code) = refusal {
            if is_planted(Bug::AsideDropped) {
                return Ok(Verdict::Quarantined { code });
            }
            let segment = segment.raw.keep(write, now_ms)?;
            return set_aside(write, segment, Some(id), code, now_ms);
        }
        let head = write.read().head(id)?.ok_or(LedgerError::Damaged("head"))?;
        if opened.body.first_seq > head.next_seq && !is_planted(Bug::GapAccepted) {
            return park(write, &opened.body, head, &segment.raw, now_ms);
        }
        let verdict = self.append(write, device, &opened, head, &segment.raw, now_ms)?;
        if verdict == Verdict::Accepted {
            self.adopt_parked(write, device, now_ms)?;
        }
        Ok(verdict)
    }

    /// Compares what is held already, appends what is new, folds it.
    fn append(
        &self,
        write: &Write<'_>,
        device: &DeviceRow,
        opened: &Opened,
        head: Head,
        raw: &Raw,
        now_ms: i64,
    ) -> Result<Verdict, LedgerError> {
        let body = &opened.body;
        if body.last_seq() < head.next_seq && self.all_held(write, opened)? {
            return Ok(Verdict::Duplicate);
        }
        let segment = raw.keep(write, now_ms)?;
        if let Some(code) = compare(write, opened, head, segment, now_ms)? {
            return set_aside(write, segment, Some(device.id), code, now_ms);
        }
        let mut filing = Filing::new(&self.plan, device.id, &device.team, now_ms);
        let mut end = head;
        for (offset, (after, entry)) in opened.entries.iter().enumerate() {
            let seq = body.first_seq + offset as u64;
            if seq < head.next_seq {
                continue;
            }
            let row = entry_row(device.id, seq, *after, &body.entries[offset], now_ms);
            let report = entry.as_ref().ok().and_then(|entry| entry.report(seq));
            if write.add_entry(&row, report, segment)? != Stored::New {
                return Err(LedgerError::Damaged(
                    "an entry lies beyond its journal's head",
                ));
            }
            filing.file(write, seq, entry.as_ref().map_err(|problem| *problem))?;
            end = Head {
                next_seq: seq + 1,
                hash: after.0,
            };
        }
        if !is_planted(Bug::HeadForgotten) {
            write.advance(device.id, end)?;
        }
        Ok(Verdict::Accepted)
    }

    /// Whether nothing in a segment is new: what came before a revocation stays as it was.
    fn is_held(&self, write: &Write<'_>, raw: &Raw, opened: &Opened) -> Result<bool, LedgerError> {
        Ok(write.read().has_segment(&raw.hash)? || self.all_held(write, opened)?)
    }

    fn all_held(&self, write: &Write<'_>, opened: &Opened) -> Result<bool, LedgerError> {
        for (offset, (after, _)) in opened.entries.iter().enumerate() {
            let seq = opened.body.first_seq + offset as u64;
            if write.read().entry_hash(opened.body.device, seq)? != Some(after.0) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// A gap has closed: takes in what waited behind it.
    fn adopt_parked(
        &self,
        write: &Write<'_>,
        device: &DeviceRow,
        now_ms: i64,
    ) -> Result<(), LedgerError> {
        loop {
            let head = write
                .read()
                .head(device.id)?
                .ok_or(LedgerError::Damaged("head"))?;
            let Some((segment, sealed)) = write.unpark(device.id, head.next_seq)? else {
                return Ok(());
            };
            let found = |_| Ok::<_, LedgerError>(Some(device.clone()));
            let prepared = self.prepare(sealed, found)?;
            match prepared.content {
                Ok(opened) => {
                    self.append(write, device, &opened, head, &prepared.raw, now_ms)?;
                }
                // It opened when it was parked; the key has been retired since.
                Err(_) => {
                    set_aside(
                        write,
                        segment,
                        Some(device.id),
                        QuarantineCode::Malformed,
                        now_ms,
                    )?;
                }
            }
        }
    }
}

fn read_entries(body: &SegmentBody) -> Vec<(ChainHash, Result<Entry, Problem>)> {
    let mut chain: Chain = body.start();
    body.entries
        .iter()
        .map(|bytes| {
            chain = chain.next(bytes);
            (
                chain.hash,
                Entry::decode(bytes).map_err(|_| Problem::Malformed),
            )
        })
        .collect()
}
