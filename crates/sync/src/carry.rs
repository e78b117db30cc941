//! Evidence through other hands: sealing it to be carried, delivering what others wrote, and taking in the receipts
//! that come back by the same roads.

use crate::batch::{Piece, Sealing, batch, dictionary, piece};
use crate::exchange::request;
use crate::pictures::receive_picture;
use crate::{Budget, Credentials, Cursor, Journal, SyncError};
use baqylau_domain::{IdSource, PhotoRef};
use baqylau_protocol::seeded::{Bug, is_planted};
use baqylau_protocol::{
    Addressee, Config, Envelope, SignedEnvelope, SignedReceipt, SyncApi, Verdict, limits,
};
use std::collections::BTreeMap;

/// What became of segments that this device delivered for others.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Delivered {
    /// One for each segment that went, in order.
    pub verdicts: Vec<Verdict>,
    /// Receipts to bring back to the devices that wrote them, each in its envelope.
    pub envelopes: Vec<SignedEnvelope>,
}

/// What became of an envelope that somebody brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Brought {
    /// It was for this device: the last entry that headquarters is now known to hold; `None` when it says nothing new.
    Own(Option<u64>),
    /// It was for this device and a picture that waits here: whether it says anything new.
    OwnPicture(bool),
    /// It is for somebody else, and may be carried on.
    Others(Envelope),
}

/// Seals everything that headquarters has not signed for, to be carried by anybody. Nothing in it can be read on the
/// way, and nothing changes here: the same entries may go by other roads at the same time.
///
/// # Errors
/// [`SyncError::NotEnrolled`], or what the store or the sealing could not do.
pub fn pack(journal: &dyn Journal, random: &dyn IdSource) -> Result<Vec<Piece>, SyncError> {
    let (credentials, config) = Credentials::of(journal)?;
    let sealing = whole(journal, &credentials, &config)?;
    let head_seq = journal.head()?.seq;
    let mut next_seq = journal.cursor()?.held_seq + 1;
    let mut packed = Vec::new();
    while next_seq <= head_seq {
        let made = batch(journal, &sealing, random, next_seq, head_seq)?;
        next_seq = made.next_seq;
        packed.extend(made.pieces);
    }
    Ok(packed)
}

/// Sees to it that each of these entries lies in a kept segment under the key in force, so that their bytes may be removed
/// from the journal. What comes after an entry goes into the same segment: it would travel in it anyway.
///
/// # Errors
/// As [`pack`].
pub fn keep_sealed(
    journal: &dyn Journal,
    random: &dyn IdSource,
    entries: &[u64],
) -> Result<(), SyncError> {
    let (credentials, config) = Credentials::of(journal)?;
    let sealing = whole(journal, &credentials, &config)?;
    let key = config.seal_key()?.id;
    let head_seq = journal.head()?.seq;
    for seq in entries {
        let kept = journal.kept_over(*seq)?;
        if kept.is_none_or(|kept| kept.seal_key != key) {
            piece(journal, &sealing, random, *seq, head_seq)?;
        }
    }
    Ok(())
}

/// Segments as large as they may be.
fn whole<'a>(
    journal: &dyn Journal,
    credentials: &'a Credentials,
    config: &'a Config,
) -> Result<Sealing<'a>, SyncError> {
    Ok(Sealing {
        credentials,
        config,
        segment_entries: limits::SEGMENT_ENTRIES,
        // What a hand carries is not cut short by a bad connection.
        budget: Budget::FULL,
        dictionary: dictionary(journal, config)?,
        seals_anew: false,
    })
}

/// Delivers the first of other devices' segments in this device's name: as many as one request on this road may carry, and
/// one at least. Headquarters judges each by its author's signature, not by who brought it. `budget` is what a request
/// may weigh, and is left as the next one should have it, whether this one was answered or not.
///
/// # Errors
/// [`SyncError::Api`] when the request got no answer: deliver the same again, repeated segments change nothing.
pub async fn deliver(
    journal: &dyn Journal,
    api: &dyn SyncApi,
    segments: &[Vec<u8>],
    budget: &mut Budget,
) -> Result<Delivered, SyncError> {
    let (credentials, config) = Credentials::of(journal)?;
    let some = first(segments, *budget);
    if some.is_empty() {
        return Ok(Delivered::default());
    }
    let cursor = journal.cursor()?;
    let answer = api
        .sync(request(&credentials, cursor, config.version, some.to_vec()))
        .await
        .map_err(SyncError::from);
    let sent = some.iter().map(Vec::len).sum();
    if answer.is_ok() || sent <= budget.bytes() {
        *budget = budget.after(sent, &answer);
    }
    let reply = answer?;
    if reply.verdicts.len() != some.len() {
        return Err(SyncError::Contradiction);
    }
    Ok(Delivered {
        verdicts: reply.verdicts,
        envelopes: reply.envelopes,
    })
}

/// What goes into one request.
fn first(segments: &[Vec<u8>], budget: Budget) -> &[Vec<u8>] {
    let most = &segments[..segments.len().min(limits::REQUEST_SEGMENTS)];
    let mut bytes = 0;
    let fit = most.iter().take_while(|segment| {
        bytes += segment.len();
        bytes <= budget.bytes()
    });
    &most[..fit.count().max(1).min(most.len())]
}

/// Takes in envelopes that somebody brought: opens those that are for this device. One outcome for each, in order; bad ones
/// never cost the rest.
///
/// An envelope's outcome is an error as in [`receive`], and [`SyncError::Receipt`] also when headquarters did not sign it
/// for this event.
///
/// # Errors
/// [`SyncError::NotEnrolled`], or what the store could not do.
pub fn receive_envelopes(
    journal: &dyn Journal,
    envelopes: &[SignedEnvelope],
) -> Result<Vec<Result<Brought, SyncError>>, SyncError> {
    let (credentials, config) = Credentials::of(journal)?;
    let event = &credentials.event;
    let Some(pair) = credentials.key.pair(&config.hq, event) else {
        let others =
            |signed: &SignedEnvelope| Ok(Brought::Others(signed.verify(&config.hq, event)?));
        return Ok(envelopes.iter().map(others).collect());
    };
    let own = |signed: &SignedEnvelope| {
        let envelope = signed.verify(&config.hq, event)?;
        if envelope.addressee == pair.addressee() {
            return receive(journal, &envelope.open(&pair)?).map(Brought::Own);
        }
        Ok(Brought::Others(envelope))
    };
    let received: Vec<_> = envelopes.iter().map(own).collect();
    // Only now: the journal's own receipt may tell of an epoch in which pictures wait again.
    let pictures: BTreeMap<Addressee, PhotoRef> = journal
        .pending_pictures()?
        .into_iter()
        .map(|it| (pair.addressee_for(&it.photo.hash), it.photo))
        .collect();
    let own_picture = |received| {
        let envelope = match received {
            Ok(Brought::Others(envelope)) => envelope,
            other => return other,
        };
        let Some(photo) = pictures.get(&envelope.addressee) else {
            return Ok(Brought::Others(envelope));
        };
        let receipt = envelope.open_picture(&pair, &photo.hash)?;
        receive_picture(journal, (&credentials, &config), &receipt, photo).map(Brought::OwnPicture)
    };
    Ok(received.into_iter().map(own_picture).collect())
}

/// Takes in a receipt that somebody brought. `Some` is the last entry that headquarters is now known to hold; `None`
/// when the receipt is good and says nothing new.
///
/// A receipt of an older epoch was signed before headquarters was restored from a backup: what it covers may be gone.
/// Headquarters raises its epoch on no revoked device's word, so such a device could not tell one from the other in the epoch
/// that it knows.
///
/// # Errors
/// [`SyncError::Receipt`] when it proves nothing about this journal, [`SyncError::Revoked`] when the device knows that it
/// is; nothing is recorded then.
pub fn receive(journal: &dyn Journal, signed: &SignedReceipt) -> Result<Option<u64>, SyncError> {
    let (credentials, config) = Credentials::of(journal)?;
    let verified = credentials.believe(journal, &config, signed)?;
    let Cursor {
        server_epoch,
        held_seq,
    } = journal.cursor()?;
    let said = verified.receipt();
    let is_newer = said.server_epoch > server_epoch
        || said.server_epoch == server_epoch && said.upto_seq > held_seq
        || said.upto_seq > held_seq && is_planted(Bug::ReceiptStale);
    if !is_newer {
        return Ok(None);
    }
    if journal.revoked_in()? == Some(said.server_epoch) {
        return Err(SyncError::Revoked);
    }
    let upto_seq = said.upto_seq;
    // It went through other hands, so nothing here has noted that it was sent.
    journal.record_sent(upto_seq)?;
    journal.record_receipt(&verified)?;
    Ok(Some(upto_seq))
}
