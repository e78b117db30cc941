//! Cutting a stretch of the journal into sealed segments that fit one request.

use crate::{Budget, Credentials, Journal, JournalError, KeptSegment, SyncError};
use baqylau_domain::IdSource;
use baqylau_protocol::seeded::{Bug, is_planted};
use baqylau_protocol::{
    BlobKind, ChainHash, Config, Dictionary, Entropy, Packing, SealError, SealKey, SegmentBody,
    limits, seal,
};

/// A sealed segment with the entries in it.
pub(crate) type Piece = KeptSegment;

/// What segments are made with.
pub(crate) struct Sealing<'a> {
    pub(crate) credentials: &'a Credentials,
    pub(crate) config: &'a Config,
    pub(crate) segment_entries: usize,
    pub(crate) budget: Budget,
    pub(crate) day: u32,
    pub(crate) dictionary: Option<Dictionary>,
    /// Whether segments that were kept are left alone, because headquarters cannot open them.
    pub(crate) seals_anew: bool,
}

/// The dictionary that the configuration names, if it is here.
pub(crate) fn dictionary(
    journal: &dyn Journal,
    config: &Config,
) -> Result<Option<Dictionary>, JournalError> {
    let named = config
        .blobs
        .iter()
        .find(|blob| blob.kind == BlobKind::Dictionary);
    let bytes = named.map_or(Ok(None), |blob| journal.blob(&blob.hash))?;
    Ok(bytes.map(|bytes| Dictionary { bytes }))
}

/// Leaves room beside the entries for their lengths.
const UNPACKED_ENTRIES_BYTES: usize = limits::SEGMENT_UNPACKED_BYTES - 8 * limits::SEGMENT_ENTRIES;

/// Segments from `from_seq` on, as many as one request takes, at least one.
///
/// A segment that was kept is sent again as it is: the bytes that headquarters may have logged stay the same.
pub(crate) fn batch(
    journal: &dyn Journal,
    sealing: &Sealing<'_>,
    random: &dyn IdSource,
    from_seq: u64,
    upto_seq: u64,
) -> Result<Vec<Piece>, SyncError> {
    let limits = sealing.config.limits;
    let most_segments = usize::from(limits.request_segments).clamp(1, limits::REQUEST_SEGMENTS);
    let most_bytes = usize::try_from(limits.request_bytes)
        .unwrap_or(usize::MAX)
        .min(sealing.budget.bytes());
    let mut pieces: Vec<Piece> = Vec::new();
    let mut total = 0;
    let mut next_seq = from_seq;
    while next_seq <= upto_seq && pieces.len() < most_segments {
        let piece = piece(journal, sealing, random, next_seq, upto_seq)?;
        total += piece.bytes.len();
        if total > most_bytes && !pieces.is_empty() {
            break;
        }
        next_seq = piece.last_seq + 1;
        pieces.push(piece);
    }
    Ok(pieces)
}

fn piece(
    journal: &dyn Journal,
    sealing: &Sealing<'_>,
    random: &dyn IdSource,
    first_seq: u64,
    upto_seq: u64,
) -> Result<Piece, SyncError> {
    let to = sealing.config.seal_key()?;
    let most = sealing
        .segment_entries
        .min(usize::from(sealing.config.limits.segment_entries))
        .clamp(1, limits::SEGMENT_ENTRIES);
    let may_resend = |kept: &KeptSegment| {
        let entries = (kept.last_seq + 1).saturating_sub(kept.first_seq);
        kept.first_seq == first_seq
            && kept.last_seq <= upto_seq
            && (kept.seal_key == to.id || is_planted(Bug::OldSealKept))
            && (1..=most as u64).contains(&entries)
            && (entries == 1 || kept.bytes.len() <= sealing.budget.bytes())
    };
    if !sealing.seals_anew
        && let Some(kept) = journal.kept_segment(first_seq)?.filter(may_resend)
    {
        return Ok(kept);
    }
    let wanted = usize::try_from(upto_seq + 1 - first_seq)
        .unwrap_or(most)
        .min(most);
    let mut entries = journal.entries(first_seq, wanted)?;
    let before = journal
        .hash_at(first_seq - 1)?
        .ok_or(JournalError::Damaged)?;
    if entries.is_empty() {
        return Err(JournalError::Damaged.into());
    }
    entries.truncate(fitting(&entries));
    let piece = seal_some(sealing, random, &to, first_seq, before, entries)?;
    journal.keep_segment(&piece)?;
    Ok(piece)
}

/// How many of the entries fit the limit on unpacked bytes; at least one.
fn fitting(entries: &[Vec<u8>]) -> usize {
    let mut bytes = 0;
    let fits = entries.iter().take_while(|entry| {
        bytes += entry.len();
        bytes <= UNPACKED_ENTRIES_BYTES
    });
    fits.count().max(1)
}

/// Seals the entries, or as many halves fewer as the wire limit and the budget ask for.
fn seal_some(
    sealing: &Sealing<'_>,
    random: &dyn IdSource,
    to: &SealKey,
    first_seq: u64,
    before: ChainHash,
    entries: Vec<Vec<u8>>,
) -> Result<Piece, SyncError> {
    let key = &sealing.credentials.key;
    let event = sealing.credentials.event.clone();
    let mut body = SegmentBody {
        event,
        device: key.public().id(),
        first_seq,
        before,
        entries,
    };
    let tag = key.mailbox().tag(sealing.day);
    let packing = Packing {
        dictionary: sealing.dictionary.as_ref(),
        ..Packing::default()
    };
    loop {
        match seal(&body, key, to, tag, packing, &mut Entropy(random)) {
            Ok(bytes) if bytes.len() > sealing.budget.bytes() && body.entries.len() > 1 => {
                body.entries.truncate(body.entries.len() / 2);
            }
            Ok(bytes) => {
                return Ok(KeptSegment {
                    first_seq,
                    last_seq: body.last_seq(),
                    seal_key: to.id,
                    bytes,
                });
            }
            Err(SealError::TooLarge) if body.entries.len() > 1 => {
                body.entries.truncate(body.entries.len() / 2);
            }
            Err(SealError::TooLarge) => return Err(SyncError::EntryTooLarge(first_seq)),
            Err(error) => return Err(error.into()),
        }
    }
}
