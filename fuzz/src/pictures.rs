//! Pictures and what is said of them on the road.

use crate::wire::{padded, there_and_back};
use crate::{keys, mode};
use baqylau_domain::AttachmentHash;
use baqylau_protocol::{
    PictureError, PictureReply, PictureRun, SignedPictureReceipt, limits, open_picture,
};
use sha2::{Digest as _, Sha256};

/// A run, a reply or a receipt reads the same when it is written again; a sealed picture does not open, with a code, or
/// what it holds has the hash that it names.
pub fn picture(bytes: &[u8]) {
    let Some((mode, rest)) = mode(bytes, 4) else {
        return;
    };
    match mode {
        0 => messages(rest),
        1 => opened(rest),
        2 => drop(keys::sealed_picture(rest).map(|sealed| opened(&sealed))),
        _ => receipt(rest),
    }
}

fn messages(bytes: &[u8]) {
    let device = keys::device().public();
    if let Some(run) = there_and_back(bytes, PictureRun::decode, PictureRun::encode) {
        assert!(run.bytes.len() <= limits::PICTURE_RUN_BYTES);
        assert!(!run.is_by(&device) || run.device == device.id());
    }
    if let Some(reply) = there_and_back(bytes, PictureReply::decode, PictureReply::encode) {
        padded(&reply.encode());
    }
}

fn opened(sealed: &[u8]) {
    match open_picture(sealed, &[keys::seal()]) {
        Ok(picture) => {
            let hash: [u8; 32] = Sha256::digest(&picture.bytes).into();
            assert_eq!(picture.head.photo.hash, AttachmentHash(hash));
            assert_eq!(picture.head.photo.bytes, picture.bytes.len() as u64);
        }
        Err(error) => assert!(error != PictureError::Key, "no key was asked for"),
    }
}

/// Headquarters' word is believed under its key alone, for one picture of one device.
fn receipt(payload: &[u8]) {
    let (hq, event, device) = (keys::hq(), keys::event(), keys::device().public().id());
    let by = |secret: &[u8; 32]| {
        let signed = keys::signed(secret, b"obs-picture-receipt-v1", payload);
        SignedPictureReceipt::from_bytes(signed)
    };
    let one = AttachmentHash([6; 32]);
    let believed = by(&hq.to_bytes()).verify(&hq.public(), &event, &device, &one);
    if let Ok(believed) = believed {
        let said = believed.receipt();
        assert_eq!(
            (&said.event, said.device, said.picture),
            (&event, device, one)
        );
        // Signed again it says the same; what a newer version wrote besides is left out.
        let again = said.sign(&hq).verify(&hq.public(), &event, &device, &one);
        assert_eq!(again.map(|again| again.receipt().clone()), Ok(said.clone()));
        let other = AttachmentHash([7; 32]);
        assert!(
            by(&hq.to_bytes())
                .verify(&hq.public(), &event, &device, &other)
                .is_err()
        );
    }
    let forged = by(&keys::root().to_bytes());
    assert!(forged.verify(&hq.public(), &event, &device, &one).is_err());
}
