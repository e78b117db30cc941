//! Sending entries, and what the verdicts on them ask for.

use super::Run;
use crate::batch::{Batch, Piece, Sealing, batch, dictionary};
use crate::{Cursor, Quarantine, Step, SyncError};
use baqylau_protocol::Verdict;
use baqylau_protocol::seeded::{Bug, is_planted};

/// What headquarters does not get over, and how far what comes after it has been sent all the same: there it waits for
/// what is missing, and is not on this device alone any more.
pub(super) struct Stuck {
    error: SyncError,
    sent_upto: u64,
}

/// What the verdicts on a batch ask for.
#[derive(Default)]
struct Judged {
    /// The same entries may be sent again in another form.
    may_retry: bool,
    /// Headquarters could not open something that can be made anew.
    is_unopened: bool,
    /// The first entry of the first segment that it could not open, or did not take, and that cannot be made anew.
    not_taken: Option<u64>,
}

impl Run<'_> {
    pub(super) async fn push(&mut self, wanted_seq: u64, upto_seq: u64) -> Result<(), SyncError> {
        let from_seq = match &self.stuck {
            Some(stuck) if stuck.sent_upto >= upto_seq => return Err(stuck.error.clone()),
            Some(stuck) => wanted_seq.max(stuck.sent_upto + 1),
            None => wanted_seq,
        };
        let (journal, random) = (self.road.journal, self.road.random);
        let sealing = self.sealing()?;
        let has_dictionary = sealing.dictionary.is_some();
        let made = batch(journal, &sealing, random, from_seq, upto_seq)?;
        let urgent = self.ahead(&sealing, &made, from_seq)?;
        if !urgent.is_empty() {
            return self.hurry(&urgent, from_seq, upto_seq).await;
        }
        let config_version = self.config.version;
        let verdicts = self.send(&made, from_seq, upto_seq).await?;
        let mut judged = self.judge(&made, &verdicts, self.config.version > config_version)?;
        if !judged.may_retry && has_dictionary && judged.is_unopened {
            // A headquarters that lost the dictionary says the same as one that lost the key.
            (self.lacks_dictionary, judged.may_retry) = (true, true);
        }
        let has_moved = self
            .remote
            .is_some_and(|remote| remote.next_seq != wanted_seq);
        if has_moved || judged.may_retry {
            self.stuck = None;
            return Ok(());
        }
        let error = match (&self.stuck, made.lost, judged.not_taken) {
            (Some(stuck), ..) => stuck.error.clone(),
            (None, Some(seq), _) => SyncError::SealedLost(seq),
            (None, None, Some(seq)) => SyncError::SealedNotOpened(seq),
            (None, None, None) => return Err(SyncError::Contradiction),
        };
        self.stuck = Some(Stuck {
            error,
            sent_upto: made.next_seq - 1,
        });
        Ok(())
    }

    fn sealing(&self) -> Result<Sealing<'_>, SyncError> {
        let dictionary = if self.lacks_dictionary {
            None
        } else {
            dictionary(self.road.journal, &self.config)?
        };
        Ok(Sealing {
            credentials: &self.credentials,
            config: &self.config,
            segment_entries: self.segment_entries,
            budget: self.outcome.budget,
            dictionary,
            seals_anew: self.lacks_dictionary,
        })
    }

    /// Sends what was made of the entries from `from_seq` on; a verdict for each segment.
    async fn send(
        &mut self,
        made: &Batch,
        from_seq: u64,
        upto_seq: u64,
    ) -> Result<Vec<Verdict>, SyncError> {
        let pieces = &made.pieces;
        let last_seq = pieces.last().map_or(from_seq - 1, |piece| piece.last_seq);
        let bytes = weight(pieces);
        let entries = last_seq + 1 - from_seq;
        self.sending = Some(last_seq).filter(|_| !pieces.is_empty());
        if is_planted(Bug::SentIsHeld) {
            self.call_held(last_seq)?;
        }
        self.road.progress.step(Step::Sending {
            entries,
            of: upto_seq + 1 - from_seq,
            bytes,
        });
        self.outcome.sent_entries += entries;
        let verdicts = self.hand_in(pieces).await;
        self.sending = None;
        verdicts
    }

    /// Calls held what no receipt covers: a mistake, for the campaign of faults alone.
    pub(super) fn call_held(&self, held_seq: u64) -> Result<(), SyncError> {
        let server_epoch = self.road.journal.cursor()?.server_epoch;
        let cursor = Cursor {
            server_epoch,
            held_seq,
        };
        Ok(self.road.journal.record_rewind(cursor)?)
    }

    /// One request with these segments, and what the road is called good for after it.
    pub(super) async fn hand_in(&mut self, pieces: &[Piece]) -> Result<Vec<Verdict>, SyncError> {
        let bytes = weight(pieces);
        self.outcome.sent_bytes += bytes;
        let sealed = pieces.iter().map(|piece| piece.bytes.clone()).collect();
        let verdicts = self.ask(sealed).await;
        let sent = usize::try_from(bytes).unwrap_or(usize::MAX);
        self.outcome.budget = self.outcome.budget.after(sent, &verdicts);
        verdicts
    }

    /// What the verdicts ask for.
    fn judge(
        &mut self,
        made: &Batch,
        verdicts: &[Verdict],
        has_new_config: bool,
    ) -> Result<Judged, SyncError> {
        if made.pieces.len() != verdicts.len() {
            return Err(SyncError::Contradiction);
        }
        let mut judged = Judged::default();
        let mut kept_apart = None;
        for (piece, verdict) in made.pieces.iter().zip(verdicts) {
            match verdict {
                Verdict::Accepted | Verdict::Duplicate | Verdict::Parked { .. } => {}
                Verdict::UnknownKey | Verdict::TooLarge if made.is_only_copy(piece) => {
                    judged.not_taken.get_or_insert(piece.first_seq);
                }
                Verdict::UnknownKey => {
                    judged.is_unopened = true;
                    judged.may_retry |= has_new_config;
                }
                Verdict::TooLarge => {
                    let entries =
                        usize::try_from(piece.last_seq - piece.first_seq + 1).unwrap_or(usize::MAX);
                    if entries == 1 {
                        return Err(SyncError::EntryTooLarge(piece.first_seq));
                    }
                    self.segment_entries = self.segment_entries.min(entries / 2);
                    judged.may_retry = true;
                }
                Verdict::Quarantined { code } => {
                    let (first_seq, last_seq) = (piece.first_seq, piece.last_seq);
                    self.outcome.quarantined.push(Quarantine {
                        first_seq,
                        last_seq,
                        code: code.clone(),
                    });
                    kept_apart.get_or_insert(code.clone());
                }
            }
        }
        kept_apart.map_or(Ok(judged), |code| Err(SyncError::Quarantined(code)))
    }
}

/// Bytes of these segments.
pub(super) fn weight(pieces: &[Piece]) -> u64 {
    pieces.iter().map(|piece| piece.bytes.len() as u64).sum()
}
