//! What must not wait behind the rest of a journal goes ahead of it, once in an exchange. Headquarters shows it as soon as it
//! arrives, and counts it when what comes before it has arrived too.

use super::Run;
use super::push::weight;
use crate::batch::{Batch, Piece, Sealing, batch};
use crate::{Step, SyncError};
use baqylau_protocol::seeded::{Bug, is_planted};
use std::ops::RangeInclusive;

/// What an incident may wait behind, bytes: some three seconds at 20 kbit/s.
const WORTH_BYTES: u64 = 8 * 1024;

impl Run<'_> {
    /// The urgent entries that would wait behind `made`, which begins at `from_seq`: as many as one request takes, and
    /// none once they went in this exchange.
    pub(super) fn ahead(
        &self,
        sealing: &Sealing<'_>,
        made: &Batch,
        from_seq: u64,
    ) -> Result<Vec<Piece>, SyncError> {
        if self.has_hurried || self.stuck.is_some() {
            return Ok(Vec::new());
        }
        let journal = self.road.journal;
        let from_seq = if weight(&made.pieces) > WORTH_BYTES {
            from_seq
        } else {
            made.next_seq
        };
        let (most_segments, most_bytes) = sealing.room();
        let (mut pieces, mut bytes, mut next_seq): (Vec<Piece>, _, _) = (Vec::new(), 0, from_seq);
        for run in runs(&journal.urgent(from_seq)?) {
            let first_seq = next_seq.max(*run.start());
            if first_seq > *run.end() {
                continue;
            }
            let made = batch(journal, sealing, self.road.random, first_seq, *run.end())?;
            next_seq = made.next_seq;
            for piece in made.pieces {
                bytes += piece.bytes.len();
                let is_full = pieces.len() == most_segments || bytes > most_bytes;
                if is_full && !pieces.is_empty() {
                    return Ok(pieces);
                }
                pieces.push(piece);
            }
        }
        Ok(pieces)
    }

    /// Sends them. What headquarters says of them matters when their turn comes: it hears of them again then.
    pub(super) async fn hurry(
        &mut self,
        urgent: &[Piece],
        from_seq: u64,
        upto_seq: u64,
    ) -> Result<(), SyncError> {
        self.has_hurried = true;
        let entries = urgent
            .iter()
            .map(|piece| piece.last_seq + 1 - piece.first_seq);
        self.road.progress.step(Step::Sending {
            entries: entries.sum(),
            of: upto_seq + 1 - from_seq,
            bytes: weight(urgent),
        });
        self.hand_in(urgent).await?;
        if is_planted(Bug::AheadIsHeld) {
            self.call_held(urgent.last().map_or(0, |piece| piece.last_seq))?;
        }
        Ok(())
    }
}

/// Ascending numbers as stretches without gaps.
fn runs(seqs: &[u64]) -> Vec<RangeInclusive<u64>> {
    seqs.chunk_by(|one, next| one + 1 == *next)
        .filter_map(|run| Some(*run.first()?..=*run.last()?))
        .collect()
}
