//! What every headquarters does with pictures.

use super::contract::{Headquarters, device};
use super::{SeededRandom, TestDevice};
use crate::{
    Brought, Budget, Journal as _, deliver, deliver_picture, pack, pack_pictures, receive_envelopes,
};
use baqylau_domain::{AttachmentHash, IdSource as _, PhotoRef};
use baqylau_protocol::{
    ApiError, PROTOCOL, PictureHead, PictureReply, PictureRun, PictureVerdict, QuarantineCode,
    Refusal, SealKey, SealedHash, Signature, Verdict, limits, seal_picture,
};
use sha2::{Digest as _, Sha256};

pub(super) async fn suite(hq: &dyn Headquarters) {
    a_picture_goes_after_the_entries(hq).await;
    a_run_goes_on_at_the_byte(hq).await;
    a_picture_waits_for_its_entry(hq).await;
    another_picture_than_the_entry_names_is_kept_apart(hq).await;
    a_strangers_run_is_refused(hq).await;
    a_revoked_devices_picture_is_kept_apart(hq).await;
    a_carrier_may_bring_another_devices_picture(hq).await;
    a_carrier_learns_nothing_of_the_journal_that_a_picture_is_said_to_be_of(hq).await;
}

/// Bytes of a picture that no compression makes smaller, as a JPEG without anything in it.
#[must_use]
pub fn picture(seed: u64, length: usize) -> Vec<u8> {
    let mut bytes = vec![0; length];
    SeededRandom::new(seed).fill(&mut bytes);
    bytes[..3].copy_from_slice(&[0xff, 0xd8, 0xff]);
    bytes[length - 2..].copy_from_slice(&[0xff, 0xd9]);
    bytes
}

fn seal_key(device: &TestDevice) -> SealKey {
    let root = device.credentials().expect("in memory").root;
    let config = device.config().expect("in memory").expect("enrolled");
    let config = config.verify(&root).expect("by its root");
    config.seal_key().expect("a usable key")
}

/// A picture sealed as if an entry named it.
fn sealed(device: &TestDevice, seq: u64, bytes: &[u8]) -> Vec<u8> {
    let photo = PhotoRef {
        hash: AttachmentHash(Sha256::digest(bytes).into()),
        media_type: "image/jpeg".into(),
        bytes: bytes.len() as u64,
    };
    let head = PictureHead {
        event: device.event().clone(),
        device: device.id(),
        seq,
        photo,
    };
    seal_picture(&head, bytes, &[7; 32], &seal_key(device)).expect("within limits")
}

fn run(device: &TestDevice, sealed: &[u8], offset: usize, length: usize) -> PictureRun {
    PictureRun {
        protocol: PROTOCOL,
        device: device.id(),
        picture: SealedHash::of(sealed),
        total: sealed.len() as u64,
        offset: offset as u64,
        proof: Signature([0; 64]),
        bytes: sealed[offset..offset + length].to_vec(),
    }
    .signed(device.key())
}

async fn send(hq: &dyn Headquarters, run: PictureRun) -> PictureReply {
    hq.api()
        .picture(run)
        .await
        .expect("content never makes a run fail")
}

/// Sends all of it and returns the last verdict.
async fn send_all(hq: &dyn Headquarters, device: &TestDevice, sealed: &[u8]) -> PictureVerdict {
    let mut verdict = PictureVerdict::More { held: 0 };
    for offset in (0..sealed.len()).step_by(limits::PICTURE_RUN_BYTES) {
        let length = (sealed.len() - offset).min(limits::PICTURE_RUN_BYTES);
        verdict = send(hq, run(device, sealed, offset, length)).await.verdict;
    }
    verdict
}

async fn a_picture_goes_after_the_entries(hq: &dyn Headquarters) {
    let device = device(hq, 201, 3).await;
    let bytes = picture(201, 200_000);
    let hash = device.attach(&bytes);
    let outcome = device.exchange(hq.api()).await;
    assert_eq!(outcome.stopped_by, None, "a picture and its entry");
    assert_eq!((outcome.held_seq, outcome.held_pictures), (4, 1));
    assert!(device.is_picture_held(&hash));
    assert_eq!(hq.picture(&device.id(), &hash).await, Some(bytes));
    let again = device.exchange(hq.api()).await;
    assert_eq!((again.stopped_by, again.picture_bytes), (None, 0));
}

async fn a_run_goes_on_at_the_byte(hq: &dyn Headquarters) {
    let device = device(hq, 202, 3).await;
    let bytes = picture(202, 100_000);
    let hash = device.attach(&bytes);
    let sealed = sealed(&device, 4, &bytes);
    let more = |held| PictureVerdict::More { held };
    assert_eq!(send(hq, run(&device, &sealed, 0, 0)).await.verdict, more(0));
    let reply = send(hq, run(&device, &sealed, 0, 10_001)).await;
    assert_eq!((reply.verdict, reply.receipt), (more(10_001), None));
    let reply = send(hq, run(&device, &sealed, 20_000, 5)).await;
    assert_eq!(reply.verdict, more(10_001), "a gap is not taken");
    let reply = send(hq, run(&device, &sealed, 9_000, 2_000)).await;
    assert_eq!(
        reply.verdict,
        more(11_000),
        "the same bytes twice are harmless"
    );
    let mut other = run(&device, &sealed, 10_000, 2_000);
    other.bytes[500] ^= 1;
    assert_eq!(send(hq, other).await.verdict, PictureVerdict::OtherBytes);
    let reply = send(hq, run(&device, &sealed, 0, 0)).await;
    assert_eq!(reply.verdict, more(11_000), "of other bytes none is taken");
    let outcome = device.exchange(hq.api()).await;
    assert_eq!((outcome.stopped_by, outcome.held_pictures), (None, 1));
    assert_eq!(hq.picture(&device.id(), &hash).await, Some(bytes));
}

async fn a_picture_waits_for_its_entry(hq: &dyn Headquarters) {
    let device = device(hq, 203, 3).await;
    let bytes = picture(203, 70_000);
    let hash = device.attach(&bytes);
    let sealed = sealed(&device, 4, &bytes);
    let verdict = send_all(hq, &device, &sealed).await;
    assert_eq!(verdict, PictureVerdict::Waits);
    assert_eq!(hq.picture(&device.id(), &hash).await, None);
    assert_eq!(device.exchange(hq.api()).await.held_seq, 4);
    let end = sealed.len();
    let reply = send(hq, run(&device, &sealed, end, 0)).await;
    assert_eq!(reply.verdict, PictureVerdict::Held, "the entry has come");
    assert_eq!(hq.picture(&device.id(), &hash).await, Some(bytes));
}

async fn another_picture_than_the_entry_names_is_kept_apart(hq: &dyn Headquarters) {
    let device = device(hq, 204, 3).await;
    device.attach(&picture(204, 50_000));
    assert_eq!(device.exchange(hq.api()).await.held_pictures, 1);
    let other = picture(2040, 50_000);
    let verdict = send_all(hq, &device, &sealed(&device, 4, &other)).await;
    let code = QuarantineCode::Malformed;
    assert_eq!(verdict, PictureVerdict::Quarantined { code });
    let hash = AttachmentHash(Sha256::digest(&other).into());
    assert_eq!(hq.picture(&device.id(), &hash).await, None);
}

async fn a_strangers_run_is_refused(hq: &dyn Headquarters) {
    let (device, stranger) = (device(hq, 205, 3).await, device(hq, 206, 3).await);
    let sealed = sealed(&device, 4, &picture(205, 1_000));
    let forged = run(&device, &sealed, 0, 100).signed(stranger.key());
    let refused = hq.api().picture(forged).await;
    assert_eq!(refused, Err(ApiError::Refused(Refusal::NotEnrolled)));
    let reply = send(hq, run(&device, &sealed, 0, 0)).await;
    assert_eq!(reply.verdict, PictureVerdict::More { held: 0 });
}

async fn a_revoked_devices_picture_is_kept_apart(hq: &dyn Headquarters) {
    let device = device(hq, 207, 3).await;
    let bytes = picture(207, 30_000);
    let hash = device.attach(&bytes);
    let sealed = sealed(&device, 4, &bytes);
    send(hq, run(&device, &sealed, 0, 20_000)).await;
    let held = picture(2070, 1_000);
    let earlier = device.attach(&held);
    // The second goes, the first is left half-way as another seed had begun it.
    assert_eq!(device.exchange(hq.api()).await.held_pictures, 2);
    hq.revoke(&device.id()).await;
    let late = picture(2071, 1_000);
    let verdict = send_all(hq, &device, &self::sealed(&device, 4, &late)).await;
    let code = QuarantineCode::Revoked;
    assert_eq!(verdict, PictureVerdict::Quarantined { code });
    for picture in [hash, earlier] {
        let kept = hq.picture(&device.id(), &picture).await;
        assert!(kept.is_some(), "what was held stays held");
    }
}

async fn a_carrier_may_bring_another_devices_picture(hq: &dyn Headquarters) {
    let (author, carrier) = (device(hq, 208, 3).await, device(hq, 209, 1).await);
    let bytes = picture(208, 150_000);
    let hash = author.attach(&bytes);
    let random = SeededRandom::new(208);
    let room = limits::BUNDLE_BYTES;
    let packed = pack_pictures(&author, &random, room, &|_| true).expect("sealed");
    let again = pack_pictures(&author, &random, room, &|_| true).expect("sealed");
    assert_eq!(packed, again, "the same bytes by every road");
    let [sealed] = packed.pictures.as_slice() else {
        panic!("one picture: {packed:?}");
    };
    let bring = || deliver_picture(&carrier, hq.api(), sealed.sealed.clone(), &|| true);
    let early = bring().await.expect("an answer");
    assert_eq!(early.verdict, PictureVerdict::Waits, "no entry names it");
    assert_eq!(early.envelope, None);

    // The entries come by another road, without their picture.
    for piece in pack(&author, &random).expect("sealed") {
        let mut budget = Budget::FULL;
        let segments = [piece.bytes];
        let delivered = deliver(&carrier, hq.api(), &segments, &mut budget).await;
        assert_eq!(delivered.expect("an answer").verdicts, [Verdict::Accepted]);
    }
    let brought = bring().await.expect("an answer");
    assert_eq!(brought.verdict, PictureVerdict::Held);
    assert_eq!(hq.picture(&author.id(), &hash).await, Some(bytes));
    assert_eq!(bring().await, Ok(brought.clone()), "and the same again");

    let envelopes = brought.envelope.as_slice();
    let others = receive_envelopes(&carrier, envelopes).expect("read");
    assert!(matches!(others.as_slice(), [Ok(Brought::Others(_))]));
    let own = receive_envelopes(&author, envelopes).expect("read");
    assert_eq!(own, [Ok(Brought::OwnPicture(true))]);
    assert!(author.is_picture_held(&hash));
    let outcome = author.exchange(hq.api()).await;
    assert_eq!((outcome.stopped_by, outcome.picture_bytes), (None, 0));
}

async fn a_carrier_learns_nothing_of_the_journal_that_a_picture_is_said_to_be_of(
    hq: &dyn Headquarters,
) {
    let (author, carrier) = (device(hq, 210, 3).await, device(hq, 211, 1).await);
    author.attach(&picture(210, 20_000));
    assert_eq!(author.exchange(hq.api()).await.held_pictures, 1);
    let other = picture(2100, 20_000);
    // An entry that is a picture's, one that is none, one that is not there, and a journal that is not there.
    let stranger = device(hq, 212, 1).await;
    let (named, plain) = (sealed(&author, 4, &other), sealed(&author, 1, &other));
    let beyond = sealed(&author, 99, &other);
    let of_none = sealed(&stranger, 1, &other);
    for forged in [named, plain, beyond, of_none] {
        let brought = deliver_picture(&carrier, hq.api(), forged, &|| true).await;
        let brought = brought.expect("an answer");
        assert_eq!(
            (brought.verdict, brought.envelope),
            (PictureVerdict::Waits, None)
        );
    }
    let hash = AttachmentHash(Sha256::digest(&other).into());
    assert_eq!(hq.picture(&author.id(), &hash).await, None);
}
