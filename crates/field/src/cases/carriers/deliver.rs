//! Bringing to headquarters what is carried for others, and keeping the receipts that come back.

use crate::books::Books;
use crate::core::{Opened, blocking};
use crate::view::{Event, Failure};
use baqylau_protocol::{
    Envelope, PictureVerdict, QuarantineCode, SegmentHash, SignedEnvelope, SyncApi, limits,
};
use baqylau_store::{CarriedEnvelope, CarriedPicture, Delivered, StoreError};
use baqylau_sync::{Budget, DeliveredPicture, SyncError};

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

/// Pictures that headquarters could not judge, after which an exchange leaves the rest alone: of more than it keeps of one
/// device it would forget some again.
const MOST_WAITING: u32 = 4;

/// Delivers carried pictures, each noted before the next goes. What headquarters cannot judge yet stays here, and so does
/// everything from where `goes_on` says no; it goes on at the byte in another exchange. One bad picture never costs the rest.
/// `told` hears how many went and of how many. Returns how many stay here that were tried.
pub(crate) async fn deliver_pictures(
    opened: &Opened,
    books: &Books,
    api: &dyn SyncApi,
    told: impl Fn(usize, usize) + Sync,
    goes_on: &(dyn Fn() -> bool + Sync),
) -> Result<u32, Failure> {
    let reading = opened.clone();
    let waiting = blocking(move || Ok(in_turn(&reading)?)).await?;
    let mut left = 0;
    for (done, picture) in waiting.iter().enumerate() {
        if left >= MOST_WAITING || !goes_on() {
            break;
        }
        told(done, waiting.len());
        let (reading, name) = (opened.clone(), picture.name);
        let sealed = blocking(move || Ok(reading.session.store.carried_picture(&name)?)).await;
        let Ok(Some(sealed)) = sealed else {
            left += 1;
            continue;
        };
        let brought = match baqylau_sync::deliver_picture(books, api, sealed, goes_on).await {
            Ok(brought) => brought,
            Err(error @ SyncError::Api(_)) => return Err(error.into()),
            Err(error) => {
                tracing::warn!(%error, "a carried picture was not delivered");
                left += 1;
                continue;
            }
        };
        let noting = opened.clone();
        let is_done = blocking(move || note_picture(&noting, name, &brought)).await?;
        left += u32::from(!is_done);
        opened.core.emit(Event::CarriersChanged);
    }
    Ok(left)
}

/// Carried pictures in the order in which they are tried: those first that headquarters has not yet said to wait, then a few
/// of the others, by chance, so that none stands before another for ever.
fn in_turn(opened: &Opened) -> Result<Vec<CarriedPicture>, StoreError> {
    let waited = opened.core.0.hands.waited.lock();
    let (mut again, mut pictures): (Vec<_>, Vec<_>) = opened
        .session
        .store
        .carried_pictures()?
        .into_iter()
        .partition(|it| waited.contains(&it.name));
    let mut chance = [0; 8];
    opened.core.0.ids.fill(&mut chance);
    again.sort_by_key(|it| {
        let mixed = it.name.iter().zip(&chance).map(|(x, y)| x ^ y);
        mixed.collect::<Vec<u8>>()
    });
    pictures.extend(again.into_iter().take(MOST_WAITING as usize));
    Ok(pictures)
}

/// Writes down what became of a picture; `false` when that is not settled, and it stays here.
fn note_picture(
    opened: &Opened,
    name: SegmentHash,
    brought: &DeliveredPicture,
) -> Result<bool, Failure> {
    let receipts = envelopes(opened, brought.envelope.as_slice());
    let is_settled = match &brought.verdict {
        PictureVerdict::More { .. } | PictureVerdict::Waits | PictureVerdict::OtherBytes => false,
        // Of an older headquarters, which takes pictures of nobody but whoever sends them.
        PictureVerdict::Quarantined { code } => *code != QuarantineCode::UnknownDevice,
        // Nobody's word but headquarters' signature.
        PictureVerdict::Held => !receipts.is_empty(),
        PictureVerdict::UnknownKey | PictureVerdict::TooLarge => true,
    };
    if brought.verdict == PictureVerdict::Waits {
        opened.core.0.hands.waited.lock().insert(name);
    }
    if is_settled {
        let now = opened.core.now();
        let store = &opened.session.store;
        // The receipt first, as with segments.
        store.carry_envelopes(&receipts, None, now)?;
        store.note_picture_delivered(&name, brought.verdict.code(), now)?;
    }
    Ok(is_settled)
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
