//! Segments that do not simply continue a journal: compared, parked, or set aside. Nothing is thrown away.

use super::{Opened, PARKED_LIMIT, Raw};
use crate::ledger::{AuditEvent, EntryRow, Head, LedgerError, Write};
use baqylau_domain::DeviceId;
use baqylau_protocol::seeded::{Bug, is_planted};
use baqylau_protocol::{ChainHash, QuarantineCode, SegmentBody, Verdict};

/// Holds a segment against the journal: `Some` when it does not continue it. The other branch of a fork is kept.
pub(super) fn compare(
    write: &Write<'_>,
    opened: &Opened,
    head: Head,
    segment: i64,
    now_ms: i64,
) -> Result<Option<QuarantineCode>, LedgerError> {
    let body = &opened.body;
    let mut forked = false;
    for (offset, (after, _)) in opened.entries.iter().enumerate() {
        let seq = body.first_seq + offset as u64;
        if seq < head.next_seq && write.read().entry_hash(body.device, seq)? != Some(after.0) {
            if !is_planted(Bug::ForkDropped) {
                write.add_fork(
                    &entry_row(body.device, seq, *after, &body.entries[offset], now_ms),
                    segment,
                )?;
            }
            forked = true;
        }
    }
    if is_planted(Bug::ForkIsDuplicate) {
        return Ok(None);
    }
    if forked || write.read().has_fork(body.device)? && !continues(write, body, head)? {
        return Ok(Some(QuarantineCode::Fork));
    }
    Ok((!continues(write, body, head)?).then_some(QuarantineCode::BadChain))
}

fn continues(write: &Write<'_>, body: &SegmentBody, head: Head) -> Result<bool, LedgerError> {
    if is_planted(Bug::ChainUnchecked) {
        return Ok(true);
    }
    if body.first_seq == head.next_seq {
        return Ok(body.before.0 == head.hash);
    }
    if body.first_seq == 1 {
        // The entries were compared one by one, and each hash covers what came before it.
        return Ok(true);
    }
    Ok(write.read().entry_hash(body.device, body.first_seq - 1)? == Some(body.before.0))
}

pub(super) fn park(
    write: &Write<'_>,
    body: &SegmentBody,
    head: Head,
    raw: &Raw,
    now_ms: i64,
) -> Result<Verdict, LedgerError> {
    if write.read().parked_count(body.device)? < PARKED_LIMIT {
        let segment = raw.keep(write, now_ms)?;
        write.park(body.device, body.first_seq, segment)?;
    }
    Ok(Verdict::Parked {
        need_from: head.next_seq,
    })
}

pub(super) fn set_aside(
    write: &Write<'_>,
    segment: i64,
    device: Option<DeviceId>,
    code: QuarantineCode,
    now_ms: i64,
) -> Result<Verdict, LedgerError> {
    write.quarantine(segment, device, code.as_str(), now_ms)?;
    let actor = device.map_or_else(String::new, |id| id.to_string());
    write.audit(
        &AuditEvent::new(now_ms, &actor, "segment.quarantined", segment.to_string())
            .with(code.as_str()),
    )?;
    Ok(Verdict::Quarantined { code })
}

pub(super) fn entry_row(
    device: DeviceId,
    seq: u64,
    after: ChainHash,
    bytes: &[u8],
    now_ms: i64,
) -> EntryRow {
    EntryRow {
        device,
        seq,
        hash: after.0,
        bytes: bytes.to_vec(),
        received_at_ms: now_ms,
    }
}
