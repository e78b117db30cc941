//! Runs, answers and receipts of pictures there and back, and at the edge of what is allowed.

use super::*;

fn run(length: usize) -> PictureRun {
    let key = DeviceKey::from_bytes(&[5; 32]);
    PictureRun {
        protocol: (1, 2),
        device: key.public().id(),
        picture: SealedHash([4; 32]),
        total: 900_000,
        offset: 1_000,
        proof: Signature([0; 64]),
        bytes: vec![7; length],
    }
    .signed(&key)
}

fn receipt() -> PictureReceipt {
    PictureReceipt {
        event: EventId("kz-2011".into()),
        server_epoch: 3,
        device: DeviceId([3; 16]),
        picture: AttachmentHash([4; 32]),
        bytes: 120_000,
        received_at_ms: -5,
    }
}

#[test]
fn a_run_may_be_as_long_as_its_limit_and_no_longer() {
    let longest = run(limits::PICTURE_RUN_BYTES);
    assert_eq!(PictureRun::decode(&longest.encode()), Ok(longest));
    let too_long = run(limits::PICTURE_RUN_BYTES + 1).encode();
    assert_eq!(PictureRun::decode(&too_long), Err(DecodeError::TooLarge));
    let zeros = |length| PictureRun::decode(&vec![0; length]);
    let beyond = limits::PICTURE_REQUEST_BYTES + 1;
    assert_eq!(zeros(beyond), Err(DecodeError::TooLarge));
    // A head of a later version may take all the room beside a run.
    let head = limits::PICTURE_REQUEST_BYTES - limits::PICTURE_RUN_BYTES - 2;
    let head = u16::try_from(head).expect("small").to_be_bytes();
    let mut full = vec![0; limits::PICTURE_REQUEST_BYTES];
    full[..2].copy_from_slice(&head);
    assert_eq!(PictureRun::decode(&full), Err(DecodeError::Malformed));
}

#[test]
fn a_run_is_by_the_device_it_names_alone() {
    let key = DeviceKey::from_bytes(&[5; 32]);
    assert!(run(9).is_by(&key.public()));
    let stranger = DeviceKey::from_bytes(&[6; 32]);
    assert!(!run(9).is_by(&stranger.public()));
    let named_otherwise = PictureRun {
        device: DeviceId([1; 16]),
        ..run(9)
    }
    .signed(&key);
    assert!(!named_otherwise.is_by(&key.public()));
}

#[test]
fn every_verdict_travels_and_has_a_code() {
    let aside = QuarantineCode::Revoked;
    for (verdict, code) in [
        (PictureVerdict::More { held: 70_000 }, "more"),
        (PictureVerdict::Waits, "waits"),
        (PictureVerdict::Held, "held"),
        (PictureVerdict::Quarantined { code: aside }, "revoked"),
        (PictureVerdict::UnknownKey, "unknown_key"),
        (PictureVerdict::TooLarge, "too_large"),
        (PictureVerdict::OtherBytes, "other_bytes"),
    ] {
        assert_eq!(verdict.code(), code);
        let reply = PictureReply {
            server_epoch: 3,
            verdict,
            receipt: Some(receipt().sign(&HqKey::from_bytes(&[2; 32]))),
            envelope: Some(Signed::from_bytes(vec![3; 70])),
        };
        assert_eq!(PictureReply::decode(&reply.encode()), Ok(reply));
    }
    for bytes in [&[0x81, 0][..], &[0x82, 1, 1], &[0x81, 3], &[0x81, 7]] {
        let read = PictureVerdict::decode(bytes);
        assert_eq!(read, Err(DecodeError::Malformed));
    }
}

#[test]
fn an_answer_may_be_as_long_as_its_limit_and_no_longer() {
    let zeros = |length| PictureReply::decode(&vec![0; length]);
    assert_eq!(zeros(limits::REPLY_BYTES), Err(DecodeError::Malformed));
    assert_eq!(zeros(limits::REPLY_BYTES + 1), Err(DecodeError::TooLarge));
}

#[test]
fn a_receipt_holds_for_one_picture_of_one_device_and_one_event() {
    let hq = HqKey::from_bytes(&[2; 32]);
    let (said, signed) = (receipt(), receipt().sign(&hq));
    let verify = |hq: &HqKey, event: &EventId, device: &DeviceId, picture: &AttachmentHash| {
        signed.verify(&hq.public(), event, device, picture)
    };
    let verified = verify(&hq, &said.event, &said.device, &said.picture).expect("all fits");
    assert_eq!((verified.receipt(), verified.signed()), (&said, &signed));
    let stranger = HqKey::from_bytes(&[9; 32]);
    let refused = verify(&stranger, &said.event, &said.device, &said.picture);
    assert_eq!(refused, Err(ReceiptError::BadSignature));
    let elsewhere = EventId("kz-2012".into());
    for refused in [
        verify(&hq, &elsewhere, &said.device, &said.picture),
        verify(&hq, &said.event, &DeviceId([0; 16]), &said.picture),
        verify(&hq, &said.event, &said.device, &AttachmentHash([0; 32])),
    ] {
        assert_eq!(refused, Err(ReceiptError::WrongJournal));
    }
}
