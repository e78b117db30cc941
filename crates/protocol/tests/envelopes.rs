//! Receipts on their way back through hands: whom they open for, and what everybody else sees.

use baqylau_domain::{AttachmentHash, DeviceId};
use baqylau_protocol::*;
use proptest::prelude::*;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use std::collections::BTreeSet;

fn rng(seed: u64) -> ChaCha20Rng {
    ChaCha20Rng::seed_from_u64(seed)
}

fn event() -> EventId {
    EventId("kz-2011".into())
}

fn hq() -> HqKey {
    HqKey::generate(&mut rng(1))
}

fn device(seed: u64) -> DeviceKey {
    DeviceKey::generate(&mut rng(seed))
}

fn receipt(of: &DeviceKey, upto_seq: u64) -> Receipt {
    Receipt {
        event: event(),
        server_epoch: 2,
        device: of.public().id(),
        upto_seq,
        head: ChainHash([5; 32]),
        received_at_ms: 1_301_788_800_000,
        log_size: 40,
        log_root: [8; 32],
    }
}

/// The receipt, enclosed by headquarters for its device.
fn enclosed(of: &DeviceKey, upto_seq: u64) -> SignedEnvelope {
    let pair = hq().pair(&of.public(), &event()).expect("a key");
    pair.enclose(&receipt(of, upto_seq), &hq())
}

/// What a device makes of it.
fn opened_by(device: &DeviceKey, signed: &SignedEnvelope) -> Result<SignedReceipt, ReceiptError> {
    let pair = device.pair(&hq().public(), &event()).expect("a key");
    signed.verify(&hq().public(), &event())?.open(&pair)
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[test]
fn an_envelope_opens_for_its_device_and_for_nobody_else() {
    let (author, other) = (device(2), device(3));
    let signed = enclosed(&author, 9);
    let receipt = receipt(&author, 9).sign(&hq());
    assert_eq!(opened_by(&author, &signed), Ok(receipt));
    assert_eq!(opened_by(&other, &signed), Err(ReceiptError::WrongJournal));
    let elsewhere = EventId("kz-2015".into());
    assert_eq!(
        signed.verify(&hq().public(), &elsewhere),
        Err(ReceiptError::WrongJournal)
    );
    let pair = author.pair(&hq().public(), &elsewhere).expect("a key");
    let envelope = signed.verify(&hq().public(), &event()).expect("signed");
    assert_eq!(envelope.open(&pair), Err(ReceiptError::WrongJournal));
}

#[test]
fn a_carrier_sees_an_epoch_a_size_of_the_log_and_a_name_that_is_nobodys() {
    let author = device(2);
    let signed = enclosed(&author, 9);
    let envelope = signed.verify(&hq().public(), &event()).expect("signed");
    assert_eq!((envelope.server_epoch, envelope.log_size), (2, 40));
    let DeviceId(id) = author.public().id();
    for told in [
        id.as_slice(),
        &author.public().0,
        &[5; 32],
        author.mailbox().to_bytes().as_slice(),
        &envelope.addressee.0,
    ] {
        let is_the_name = told == envelope.addressee.0;
        assert_eq!(holds(signed.as_bytes(), told), is_the_name);
    }
    let name = |of: &DeviceKey, event: &str| {
        let pair = hq().pair(&of.public(), &EventId(event.into()));
        pair.expect("a key").addressee()
    };
    let names: BTreeSet<Addressee> = [
        name(&author, "kz-2011"),
        name(&author, "kz-2015"),
        name(&device(3), "kz-2011"),
    ]
    .into();
    assert_eq!(names.len(), 3, "of each event and each device another");
}

fn picture_receipt(of: &DeviceKey, picture: u8, bytes: u64) -> PictureReceipt {
    PictureReceipt {
        event: event(),
        server_epoch: 2,
        device: of.public().id(),
        picture: AttachmentHash([picture; 32]),
        bytes,
        received_at_ms: 1_301_788_800_000,
    }
}

#[test]
fn a_pictures_envelope_opens_for_its_device_and_that_picture_alone() {
    let author = device(2);
    let said = picture_receipt(&author, 6, 90_000);
    let pair = hq().pair(&author.public(), &event()).expect("a key");
    let signed = pair.enclose_picture(&said, &hq());
    let envelope = signed.verify(&hq().public(), &event()).expect("signed");
    let by = |device: &DeviceKey, picture: u8| {
        let pair = device.pair(&hq().public(), &event()).expect("a key");
        envelope.open_picture(&pair, &AttachmentHash([picture; 32]))
    };
    assert_eq!(by(&author, 6), Ok(said.sign(&hq())));
    for other in [by(&author, 7), by(&device(3), 6)] {
        assert_eq!(other, Err(ReceiptError::WrongJournal));
    }
    assert_eq!(envelope.open(&pair), Err(ReceiptError::WrongJournal));
    for told in [author.public().id().0.as_slice(), &[6; 32]] {
        assert!(!holds(signed.as_bytes(), told), "nothing of whom or what");
    }
    let report = enclosed(&author, 9);
    let report = report.verify(&hq().public(), &event()).expect("signed");
    assert_ne!(report.addressee, envelope.addressee, "two names, nobody's");
    let long = picture_receipt(&author, 6, u64::MAX);
    let long = pair.enclose_picture(&long, &hq());
    let long = long.verify(&hq().public(), &event()).expect("signed");
    let lengths = [&report, &envelope, &long].map(|it| it.sealed.len());
    assert_eq!(lengths, [lengths[0]; 3]);
}

#[test]
fn numbers_do_not_show_in_an_envelopes_length() {
    let author = device(2);
    // Around the lengths at which a step more is needed.
    for letters in (1..8).chain(50..80).chain(170..200) {
        let event = EventId("e".repeat(letters));
        let pair = hq().pair(&author.public(), &event).expect("a key");
        let sealed = |number: u64| {
            let receipt = Receipt {
                event: event.clone(),
                upto_seq: number,
                received_at_ms: i64::try_from(number).unwrap_or(i64::MIN),
                // Both are told to everybody.
                server_epoch: 1,
                log_size: 1,
                ..receipt(&author, 1)
            };
            let signed = pair.enclose(&receipt, &hq());
            let envelope = signed.verify(&hq().public(), &event).expect("signed");
            let opened = envelope.open(&pair).expect("its own");
            assert_eq!(opened.carried(&hq().public(), &event), Ok(receipt));
            envelope.sealed.len()
        };
        assert_eq!(sealed(0), sealed(u64::MAX), "{letters}");
    }
}

#[test]
fn the_same_receipt_makes_the_same_envelope_and_another_one_shares_nothing() {
    let author = device(2);
    let sealed = |upto_seq| {
        let signed = enclosed(&author, upto_seq);
        let envelope = signed.verify(&hq().public(), &event());
        envelope.expect("signed").sealed
    };
    assert_eq!(sealed(9), sealed(9));
    let (one, other) = (sealed(9), sealed(10));
    let equal = one.iter().zip(&other).filter(|(x, y)| x == y).count();
    assert!(equal < 16, "bytes equal by chance alone: {equal}");
}

#[test]
fn headquarters_that_kept_nothing_but_its_key_makes_the_same_envelopes() {
    let author = device(2);
    let again = HqKey::from_bytes(&hq().to_bytes());
    let public = DevicePublic(author.public().0);
    let pair = again.pair(&public, &event()).expect("a key");
    assert_eq!(
        pair.enclose(&receipt(&author, 9), &again),
        enclosed(&author, 9)
    );
}

#[test]
fn another_headquarters_encloses_nothing_that_is_believed() {
    let (author, impostor) = (device(2), HqKey::generate(&mut rng(9)));
    let pair = impostor.pair(&author.public(), &event()).expect("a key");
    let forged = pair.enclose(&receipt(&author, 9), &impostor);
    assert_eq!(opened_by(&author, &forged), Err(ReceiptError::BadSignature));
}

#[test]
fn what_is_no_key_has_nothing_in_common_with_anybody() {
    // The neutral point, a point of small order, and no point at all.
    let mut neutral = [0; 32];
    neutral[0] = 1;
    let mut none = [0xff; 32];
    none[0] = 2;
    for bytes in [neutral, [0; 32], none] {
        assert!(hq().pair(&DevicePublic(bytes), &event()).is_none());
        assert!(device(2).pair(&HqPublic(bytes), &event()).is_none());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn an_envelope_changed_anywhere_is_refused(at in any::<prop::sample::Index>(), by in 1_u8..) {
        let author = device(2);
        let mut bytes = enclosed(&author, 9).as_bytes().to_vec();
        let at = at.index(bytes.len());
        bytes[at] ^= by;
        prop_assert!(opened_by(&author, &Signed::from_bytes(bytes)).is_err());
    }

    /// Headquarters would have to sign it; a device reads it without harm all the same.
    #[test]
    fn anything_sealed_otherwise_does_not_open(sealed in prop::collection::vec(any::<u8>(), 0..400)) {
        let pair = device(2).pair(&hq().public(), &event()).expect("a key");
        let envelope = Envelope {
            event: event(),
            server_epoch: 1,
            log_size: 1,
            addressee: pair.addressee(),
            sealed,
        };
        let malformed = Err(ReceiptError::Decode(DecodeError::Malformed));
        prop_assert_eq!(envelope.open(&pair), malformed);
    }
}
