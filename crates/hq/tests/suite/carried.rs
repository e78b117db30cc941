//! A bundle that somebody carried to headquarters.

use crate::device::Device;
use crate::office::Office;
use baqylau_domain::AttachmentHash;
use baqylau_hq::HqError;
use baqylau_protocol::{Bundle, BundleError, EventId};
use baqylau_sync::testing::contract_pictures::picture;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;

fn hash_of(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

fn bundle(event: &EventId, segments: Vec<Vec<u8>>) -> Vec<u8> {
    let mut bundle = Bundle::of(event.clone());
    bundle.segments = segments;
    bundle.encode().unwrap()
}

fn counts(counts: &[(&str, u64)]) -> BTreeMap<String, u64> {
    counts
        .iter()
        .map(|(code, count)| ((*code).to_owned(), *count))
        .collect()
}

#[tokio::test]
async fn a_carried_bundle_is_taken_like_a_request_and_the_receipts_go_back() {
    let office = Office::open();
    let mut one = Device::enrol(&office, "T1").await;
    let mut two = Device::enrol(&office, "T2").await;
    one.visit("S1", "4");
    two.visit("S2", "3");
    let mut stranger = Device::enrol(&Office::open(), "T1").await;
    stranger.seal_key = one.seal_key;
    stranger.visit("S3", "2");
    let segments = vec![
        one.segment(2, 3),
        one.segment(1, 1),
        two.segment(1, 3),
        stranger.segment(1, 3),
        b"OBS\x01 and then nothing".to_vec(),
    ];
    let carried = bundle(&one.event, segments);
    let taken = office.headquarters.take_bundle(&carried).unwrap();
    let wanted = [
        ("accepted", 2),
        ("malformed", 1),
        ("parked", 1),
        ("unknown_device", 1),
    ];
    assert_eq!(taken.verdicts, counts(&wanted));
    assert_eq!((taken.segments, taken.receipts), (5, 2));

    let bytes = taken.back.unwrap();
    let names = |device: &Device| bytes.windows(16).any(|window| *window == device.id().0);
    assert!(!names(&one) && !names(&two), "a carrier reads no name");
    let back = Bundle::decode(&bytes).unwrap();
    let in_order = back.envelopes.is_sorted_by_key(|it| it.as_bytes().to_vec());
    assert!(
        in_order,
        "by what is random: places tell nothing of devices"
    );
    let config = back.config.as_ref().unwrap();
    let code = office.headquarters.make_code("T1", "", "test").unwrap();
    let root = baqylau_protocol::EnrolCode::from_text(&code.text)
        .unwrap()
        .root;
    let hq = config.verify(&root).unwrap().hq;
    assert_eq!(hq, one.hq);
    for device in [&one, &two] {
        let pair = device.key.pair(&hq, &device.event).unwrap();
        let held = back.envelopes.iter().any(|signed| {
            let hash_at = |_| Some(device.body(1, 3).end().hash);
            let envelope = signed.verify(&hq, &device.event).unwrap();
            let receipt = envelope.open(&pair);
            receipt
                .and_then(|it| it.verify(&hq, &device.event, &device.id(), hash_at))
                .is_ok_and(|receipt| receipt.receipt().upto_seq == 3)
        });
        assert!(
            held,
            "each author gets its receipt, also over a gap that has closed"
        );
    }
    let before = office.export("entries.jsonl");
    let again = office.headquarters.take_bundle(&carried).unwrap();
    assert_eq!(again.receipts, 2);
    assert_eq!(again.verdicts.get("accepted"), None);
    assert_eq!(office.export("entries.jsonl"), before);
}

#[tokio::test]
async fn what_is_no_bundle_of_this_event_is_refused_whole() {
    let office = Office::open();
    let device = Device::enrol(&office, "T1").await;
    let other = bundle(&EventId("another".into()), Vec::new());
    let refused = office.headquarters.take_bundle(&other);
    assert!(matches!(refused, Err(HqError::BundleOfAnother(event)) if event == "another"));
    let mut damaged = bundle(&device.event, vec![vec![1; 600]]);
    damaged[40] ^= 1;
    let refused = office.headquarters.take_bundle(&damaged);
    assert!(matches!(
        refused,
        Err(HqError::Bundle(BundleError::Damaged))
    ));
}

#[tokio::test]
async fn carried_pictures_are_taken_when_their_entries_are_there_and_their_receipts_go_back() {
    let office = Office::open();
    let mut one = Device::enrol(&office, "T1").await;
    let report = one.visit("S1", "4");
    let bytes = picture(5, 40_000);
    let sealed = one.attach(report, &bytes);
    let last = one.entries.len() as u64;
    let segment = one.segment(1, last);
    let bring = |segments: Vec<Vec<u8>>, pictures: Vec<Vec<u8>>| {
        let mut bundle = Bundle::of(one.event.clone());
        (bundle.segments, bundle.pictures) = (segments, pictures);
        let bytes = bundle.encode().unwrap();
        office.headquarters.take_bundle(&bytes).unwrap()
    };
    let early = bring(Vec::new(), vec![sealed.clone()]);
    assert_eq!(early.picture_verdicts, counts(&[("waits", 1)]));
    assert_eq!((early.receipts, early.back), (0, None));

    let mut damaged = sealed.clone();
    damaged[300] ^= 1;
    let taken = bring(vec![segment], vec![sealed.clone(), damaged]);
    assert_eq!(taken.pictures, 2);
    assert_eq!(
        taken.picture_verdicts,
        counts(&[("held", 1), ("malformed", 1)])
    );
    assert_eq!(
        taken.receipts, 2,
        "one for the entries, one for the picture"
    );
    let hash = AttachmentHash(hash_of(&bytes));
    let pair = one.key.pair(&one.hq, &one.event).unwrap();
    let back = Bundle::decode(&taken.back.unwrap()).unwrap();
    let opened = back.envelopes.iter().filter_map(|signed| {
        let envelope = signed.verify(&one.hq, &one.event).unwrap();
        envelope.open_picture(&pair, &hash).ok()
    });
    let receipts: Vec<_> = opened.collect();
    assert_eq!(receipts.len(), 1);
    let verified = receipts[0].verify(&one.hq, &one.event, &one.id(), &hash);
    assert_eq!(verified.unwrap().receipt().bytes, 40_000);

    let again = bring(Vec::new(), vec![sealed]);
    assert_eq!(again.picture_verdicts, counts(&[("held", 1)]));
    assert_eq!(again.receipts, 1);
    assert_eq!(office.headquarters.verify().unwrap().faults, []);
}
