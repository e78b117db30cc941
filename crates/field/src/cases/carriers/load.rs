//! Making a bundle.

use super::photos;
use crate::books::Books;
use crate::core::Opened;
use crate::error::ErrorCode;
use crate::view::{Failure, Holds, Load};
use baqylau_domain::Road;
use baqylau_protocol::{
    Bundle, Custody, CustodyReceipt, SegmentHash, Signed, SignedCertificate, SignedConfig,
    in_no_order, limits, segment_hash,
};
use std::sync::Arc;

/// A list's key and the head of its length in CBOR, at most.
const LIST_HEAD_BYTES: usize = 6;
/// The head of a byte string in CBOR, at most.
const ITEM_HEAD_BYTES: usize = 5;

/// A bundle, and what is in it.
pub(crate) struct Packed {
    pub(crate) bytes: Vec<u8>,
    pub(crate) own: Vec<SegmentHash>,
    pub(crate) carried: Vec<SegmentHash>,
    /// Names of this device's own pictures in it.
    pub(crate) own_pictures: Vec<SegmentHash>,
    /// Names of others' pictures in it.
    pub(crate) carried_pictures: Vec<SegmentHash>,
    pub(crate) holds: Holds,
}

/// Makes a bundle for a road. Codes leave the configuration and all pictures out, and the receipts that came first if there
/// are many: they have no room for all of it.
pub(crate) fn pack(opened: &Opened, load: Load, road: Road) -> Result<Packed, Failure> {
    let store = &opened.session.store;
    let mut bundle = Bundle::of(opened.session.library().config.event.clone());
    let mut own = Vec::new();
    if load != Load::Back {
        let books = Books::of(
            Arc::clone(&opened.session),
            Arc::clone(&opened.core.0.clock),
        );
        for piece in baqylau_sync::pack(&books, &*opened.core.0.ids)? {
            own.push(segment_hash(&piece.bytes));
            bundle.segments.push(piece.bytes);
        }
    }
    let mut carried = Vec::new();
    if load == Load::All {
        for segment in store.carried_segments()? {
            carried.push(segment.hash);
            bundle.segments.push(segment.sealed);
        }
    }
    if load != Load::Own {
        let envelopes = store.carried_envelopes()?;
        bundle.envelopes = envelopes.into_iter().map(Signed::from_bytes).collect();
        let mut taken = store.carried_hashes()?;
        if road != Road::Codes {
            // Codes keep their room for receipts.
            taken.extend(store.carried_picture_names()?);
        }
        bundle.custody = words(opened, &taken)?;
    }
    let receipts_left = match road {
        Road::Codes => leave_what_codes_cannot_hold(&mut bundle)?,
        Road::File | Road::Network => 0,
    };
    in_no_order(&mut bundle.envelopes);
    if road != Road::Codes && load != Load::Own {
        bundle.config = store
            .config()?
            .map(|config| SignedConfig::from_bytes(config.bytes));
    }
    let photos = photos::load(opened, load, road, &mut bundle)?;
    if bundle.is_empty() {
        return Err(ErrorCode::NothingToCarry.failure());
    }
    let bytes = bundle.encode()?;
    let count = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
    let reports = match load {
        Load::Back => 0,
        Load::Own | Load::All => opened.evidence()?.waiting,
    };
    Ok(Packed {
        holds: Holds {
            bytes: bytes.len() as u64,
            reports,
            own: count(own.len()),
            carried: count(carried.len()),
            receipts: count(bundle.envelopes.len()),
            receipts_left: count(receipts_left),
            pictures: count(bundle.pictures.len()),
            pictures_left: photos.left,
        },
        bytes,
        own,
        carried,
        own_pictures: photos.own,
        carried_pictures: photos.carried,
    })
}

/// What goes back over the network to whoever has just handed `taken` over.
pub(crate) fn answer(opened: &Opened, taken: &[SegmentHash]) -> Result<Vec<u8>, Failure> {
    let store = &opened.session.store;
    let mut bundle = Bundle::of(opened.session.library().config.event.clone());
    let envelopes = store.carried_envelopes()?;
    bundle.envelopes = envelopes.into_iter().map(Signed::from_bytes).collect();
    bundle.custody = words(opened, taken)?;
    if bundle.custody.is_empty() {
        // Whoever brought only what there is no room for learns who said so.
        bundle.custody.push(word(opened, &[])?);
    }
    in_no_order(&mut bundle.envelopes);
    bundle.config = store
        .config()?
        .map(|config| SignedConfig::from_bytes(config.bytes));
    Ok(bundle.encode()?)
}

/// Takes out the receipts that came first, until codes can hold the rest; returns how many they are. When they cannot hold
/// the rest without any receipts either, that is said later, of the whole.
fn leave_what_codes_cannot_hold(bundle: &mut Bundle) -> Result<usize, Failure> {
    let envelopes = std::mem::take(&mut bundle.envelopes);
    let mut bytes = bundle.encode()?.len() + LIST_HEAD_BYTES;
    let fit = envelopes.iter().take_while(|envelope| {
        bytes += ITEM_HEAD_BYTES + envelope.as_bytes().len();
        bytes <= limits::FRAMED_BYTES
    });
    let fit = fit.count();
    let left = envelopes.len() - fit;
    bundle.envelopes = envelopes;
    bundle.envelopes.truncate(fit);
    Ok(left)
}

/// This device's word that it has taken these segments and pictures over, in as many pieces as it takes.
fn words(opened: &Opened, taken: &[SegmentHash]) -> Result<Vec<CustodyReceipt>, Failure> {
    let pieces = taken.chunks(limits::CUSTODY_SEGMENTS);
    pieces.map(|some| word(opened, some)).collect()
}

fn word(opened: &Opened, segments: &[SegmentHash]) -> Result<CustodyReceipt, Failure> {
    let session = &opened.session;
    let identity = session
        .store
        .identity()?
        .ok_or_else(|| ErrorCode::NotEnrolled.failure())?;
    Ok(CustodyReceipt {
        statement: Custody {
            event: session.library().config.event.clone(),
            at_ms: opened.core.now().utc_ms,
            segments: segments.to_vec(),
        }
        .sign(&session.keys.key),
        certificate: SignedCertificate::from_bytes(identity.certificate),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use baqylau_protocol::EventId;

    fn with_receipts(count: usize) -> Bundle {
        let mut bundle = Bundle::of(EventId("KZ-2011".into()));
        bundle.envelopes = vec![Signed::from_bytes(vec![7; 390]); count];
        bundle.segments = vec![vec![1; 512]];
        bundle
    }

    #[test]
    fn codes_take_as_many_receipts_as_they_can_hold_and_say_how_many_stay() {
        let mut few = with_receipts(10);
        assert_eq!(leave_what_codes_cannot_hold(&mut few).expect("encoded"), 0);
        assert_eq!(few, with_receipts(10));

        let mut many = with_receipts(100);
        let left = leave_what_codes_cannot_hold(&mut many).expect("encoded");
        assert_eq!(many, with_receipts(100 - left));
        let bytes = many.encode().expect("within limits").len();
        let spare = limits::FRAMED_BYTES.checked_sub(bytes);
        assert!(
            spare.is_some_and(|spare| spare < 500),
            "{left} left, {bytes} bytes"
        );

        // The rest alone is too large: the codes say that, not this.
        let mut heavy = with_receipts(3);
        heavy.segments = vec![vec![1; limits::FRAMED_BYTES]];
        assert_eq!(
            leave_what_codes_cannot_hold(&mut heavy).expect("encoded"),
            3
        );
    }
}
