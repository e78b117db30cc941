//! Making a bundle.

use crate::books::Books;
use crate::core::Opened;
use crate::error::ErrorCode;
use crate::view::{Failure, Holds, Load};
use baqylau_protocol::{
    Bundle, Custody, CustodyReceipt, SegmentHash, Signed, SignedCertificate, SignedConfig, limits,
    segment_hash,
};
use std::sync::Arc;

/// A bundle, and what is in it.
pub(crate) struct Packed {
    pub(crate) bytes: Vec<u8>,
    pub(crate) own: Vec<SegmentHash>,
    pub(crate) carried: Vec<SegmentHash>,
    pub(crate) holds: Holds,
}

/// Makes a bundle. Codes leave the configuration out: they have no room for it.
pub(crate) fn pack(opened: &Opened, load: Load, with_config: bool) -> Result<Packed, Failure> {
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
        bundle.custody = words(opened, &store.carried_hashes()?)?;
    }
    if bundle.is_empty() {
        return Err(ErrorCode::NothingToCarry.failure());
    }
    if with_config && load != Load::Own {
        bundle.config = store
            .config()?
            .map(|config| SignedConfig::from_bytes(config.bytes));
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
        },
        bytes,
        own,
        carried,
    })
}

/// What goes back over the network to whoever has just handed `taken` over.
pub(crate) fn answer(opened: &Opened, taken: &[SegmentHash]) -> Result<Vec<u8>, Failure> {
    let store = &opened.session.store;
    let mut bundle = Bundle::of(opened.session.library().config.event.clone());
    let envelopes = store.carried_envelopes()?;
    bundle.envelopes = envelopes.into_iter().map(Signed::from_bytes).collect();
    bundle.custody = words(opened, taken)?;
    bundle.config = store
        .config()?
        .map(|config| SignedConfig::from_bytes(config.bytes));
    Ok(bundle.encode()?)
}

/// This device's word that it has taken these segments over, in as many pieces as it takes.
fn words(opened: &Opened, taken: &[SegmentHash]) -> Result<Vec<CustodyReceipt>, Failure> {
    let session = &opened.session;
    let identity = session
        .store
        .identity()?
        .ok_or_else(|| ErrorCode::NotEnrolled.failure())?;
    let word = |segments: &[SegmentHash]| CustodyReceipt {
        statement: Custody {
            event: session.library().config.event.clone(),
            at_ms: opened.core.now().utc_ms,
            segments: segments.to_vec(),
        }
        .sign(&session.keys.key),
        certificate: SignedCertificate::from_bytes(identity.certificate.clone()),
    };
    Ok(taken.chunks(limits::CUSTODY_SEGMENTS).map(word).collect())
}
