//! Bringing to headquarters what is carried for others, and keeping the receipts that come back.

use crate::books::Books;
use crate::core::{Opened, blocking};
use crate::view::{Event, Failure};
use baqylau_protocol::{Envelope, PictureVerdict, SegmentHash, SignedEnvelope, SyncApi, limits};
use baqylau_store::{CarriedEnvelope, Delivered, PictureDelivered};
use baqylau_sync::{Budget, DeliveredPicture};

/// Delivers everything carried, as much at a time as the road bears, each part noted before the next goes. Returns how many
/// segments headquarters has judged. `told` hears how many went and of how many.
pub(crate) async fn deliver(
    opened: &Opened,
    books: &Books,
    api: &dyn SyncApi,
    budget: &mut Budget,
    told: impl Fn(usize, usize),
) -> Result<u32, Failure> {
    let reading = opened.clone();
    let segments = blocking(move || Ok(reading.session.store.carried_segments()?)).await?;
    let mut delivered = 0;
    while delivered < segments.len() {
        told(delivered, segments.len());
        let some = segments[delivered..].iter().take(limits::REQUEST_SEGMENTS);
        let sealed: Vec<Vec<u8>> = some.map(|segment| segment.sealed.clone()).collect();
        let brought = baqylau_sync::deliver(books, api, &sealed, budget).await?;
        let upto = delivered + brought.verdicts.len();
        let went = &segments[delivered..upto];
        let hashes: Vec<[u8; 32]> = went.iter().map(|segment| segment.hash).collect();
        let noting = opened.clone();
        blocking(move || note(&noting, &hashes, &brought)).await?;
        delivered = upto;
    }
    if delivered > 0 {
        told(delivered, segments.len());
        opened.core.emit(Event::CarriersChanged);
    }
    Ok(u32::try_from(delivered).unwrap_or(u32::MAX))
}

/// Delivers every carried picture, each noted before the next goes. What headquarters cannot judge yet stays here for the
/// next exchange; it goes on at the byte. `told` hears how many went and of how many.
pub(crate) async fn deliver_pictures(
    opened: &Opened,
    books: &Books,
    api: &dyn SyncApi,
    told: impl Fn(usize, usize) + Sync,
) -> Result<(), Failure> {
    let reading = opened.clone();
    let waiting = blocking(move || Ok(reading.session.store.carried_pictures()?)).await?;
    for (done, picture) in waiting.iter().enumerate() {
        told(done, waiting.len());
        let (reading, name) = (opened.clone(), picture.name);
        let sealed = blocking(move || Ok(reading.session.store.carried_picture(&name)?)).await?;
        let Some(sealed) = sealed else { continue };
        let brought = baqylau_sync::deliver_picture(books, api, sealed, &|_, _| {}).await?;
        let noting = opened.clone();
        blocking(move || note_picture(&noting, name, &brought)).await?;
    }
    if !waiting.is_empty() {
        told(waiting.len(), waiting.len());
        opened.core.emit(Event::CarriersChanged);
    }
    Ok(())
}

fn note_picture(
    opened: &Opened,
    name: SegmentHash,
    brought: &DeliveredPicture,
) -> Result<(), Failure> {
    let verdict = match &brought.verdict {
        PictureVerdict::More { .. } | PictureVerdict::Waits | PictureVerdict::OtherBytes => {
            return Ok(());
        }
        said => said.code().to_owned(),
    };
    let now = opened.core.now();
    let store = &opened.session.store;
    let signed = brought.envelope.as_slice();
    store.carry_envelopes(&envelopes(opened, signed), None, now)?;
    store.note_picture_delivered(&PictureDelivered { name, verdict }, now)?;
    opened.keep_earlier_current();
    Ok(())
}

fn note(
    opened: &Opened,
    hashes: &[[u8; 32]],
    brought: &baqylau_sync::Delivered,
) -> Result<(), Failure> {
    let verdicts: Vec<Delivered> = hashes
        .iter()
        .zip(&brought.verdicts)
        .map(|(hash, verdict)| Delivered {
            hash: *hash,
            verdict: verdict.code().to_owned(),
        })
        .collect();
    let now = opened.core.now();
    let store = &opened.session.store;
    // The receipts first: what they are for must not be forgotten without them.
    store.carry_envelopes(&envelopes(opened, &brought.envelopes), None, now)?;
    store.note_delivered(&verdicts, now)?;
    opened.keep_earlier_current();
    Ok(())
}

/// The envelopes that headquarters signed, for whomever they are.
fn envelopes(opened: &Opened, signed: &[SignedEnvelope]) -> Vec<CarriedEnvelope> {
    let config = &opened.session.library().config;
    let of = |signed: &SignedEnvelope| {
        let envelope = signed.verify(&config.hq, &config.event).ok()?;
        Some(carried(envelope, signed))
    };
    signed.iter().filter_map(of).collect()
}

/// An envelope as it is kept to be brought back.
pub(super) fn carried(envelope: Envelope, signed: &SignedEnvelope) -> CarriedEnvelope {
    CarriedEnvelope {
        addressee: envelope.addressee,
        server_epoch: envelope.server_epoch,
        log_size: envelope.log_size,
        bytes: signed.as_bytes().to_vec(),
    }
}
