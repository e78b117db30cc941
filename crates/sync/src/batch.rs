//! Cutting a stretch of the journal into sealed segments that fit one request.

use crate::{Budget, Bytes, Credentials, Journal, JournalError, KeptSegment, SyncError};
use baqylau_domain::IdSource;
use baqylau_protocol::seeded::{Bug, is_planted};
use baqylau_protocol::{
    BlobKind, ChainHash, Config, Dictionary, Entropy, Packing, SealError, SealKey, SegmentBody,
    limits, seal,
};
use std::collections::BTreeSet;

/// A sealed segment with the entries in it.
pub(crate) type Piece = KeptSegment;

/// What one request takes.
pub(crate) struct Batch {
    pub(crate) pieces: Vec<Piece>,
    /// First entries of those among the pieces that cannot be made anew: their entries' reports are sealed.
    pub(crate) only_copies: BTreeSet<u64>,
    /// The first entry on the way of which nothing is left to be sent.
    pub(crate) lost: Option<u64>,
    /// The entry after the last one that was looked at.
    pub(crate) next_seq: u64,
}

impl Batch {
    pub(crate) fn is_only_copy(&self, piece: &Piece) -> bool {
        self.only_copies.contains(&piece.first_seq)
    }
}

/// What segments are made with.
pub(crate) struct Sealing<'a> {
    pub(crate) credentials: &'a Credentials,
    pub(crate) config: &'a Config,
    pub(crate) segment_entries: usize,
    pub(crate) budget: Budget,
    pub(crate) dictionary: Option<Dictionary>,
    /// Whether segments that were kept are left alone, because headquarters cannot open them.
    pub(crate) seals_anew: bool,
}

impl Sealing<'_> {
    /// How many segments one request takes, and how many bytes of them.
    pub(crate) fn room(&self) -> (usize, usize) {
        let limits = self.config.limits;
        let bytes = usize::try_from(limits.request_bytes).unwrap_or(usize::MAX);
        (
            usize::from(limits.request_segments).clamp(1, limits::REQUEST_SEGMENTS),
            bytes.min(self.budget.bytes()),
        )
    }
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

/// Segments from `from_seq` on, as many as one request takes, at least one if anything is left of the entries.
///
/// A segment that was kept is sent again as it is: the bytes that headquarters may have logged stay the same. Where a
/// report is sealed there is nothing but the segment that was kept, whatever it is sealed to; entries around it that
/// come along for the second time change nothing. Entries of which nothing is left are passed over.
pub(crate) fn batch(
    journal: &dyn Journal,
    sealing: &Sealing<'_>,
    random: &dyn IdSource,
    from_seq: u64,
    upto_seq: u64,
) -> Result<Batch, SyncError> {
    let (most_segments, most_bytes) = sealing.room();
    let mut made = Batch {
        pieces: Vec::new(),
        only_copies: BTreeSet::new(),
        lost: None,
        next_seq: from_seq,
    };
    let mut total = 0;
    while made.next_seq <= upto_seq && made.pieces.len() < most_segments {
        let (piece, is_only_copy) = match next(journal, sealing, random, made.next_seq, upto_seq)? {
            Next::Piece(piece) => (piece, false),
            Next::OnlyCopy(piece) => (piece, true),
            Next::Lost => {
                made.lost.get_or_insert(made.next_seq);
                made.next_seq += 1;
                continue;
            }
        };
        total += piece.bytes.len();
        if total > most_bytes && !made.pieces.is_empty() {
            break;
        }
        made.next_seq = piece.last_seq + 1;
        if is_only_copy {
            made.only_copies.insert(piece.first_seq);
        }
        made.pieces.push(piece);
    }
    Ok(made)
}

/// What there is to send of an entry and those after it.
enum Next {
    Piece(Piece),
    OnlyCopy(Piece),
    Lost,
}

fn next(
    journal: &dyn Journal,
    sealing: &Sealing<'_>,
    random: &dyn IdSource,
    seq: u64,
    upto_seq: u64,
) -> Result<Next, SyncError> {
    let left = |bytes| match bytes {
        Bytes::Here => None,
        Bytes::Sealed(kept) => Some(Next::OnlyCopy(kept)),
        Bytes::Lost => Some(Next::Lost),
    };
    if let Some(left) = left(journal.bytes(seq)?) {
        return Ok(left);
    }
    match piece(journal, sealing, random, seq, upto_seq) {
        Ok(piece) => Ok(Next::Piece(piece)),
        // Its report may have been sealed since the first look.
        Err(error) => left(journal.bytes(seq)?).ok_or(error),
    }
}

/// A segment that begins at an entry whose bytes are in the journal.
pub(crate) fn piece(
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
    let packing = Packing {
        dictionary: sealing.dictionary.as_ref(),
        ..Packing::default()
    };
    loop {
        match seal(&body, key, to, packing, &mut Entropy(random)) {
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
