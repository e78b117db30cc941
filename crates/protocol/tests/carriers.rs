//! What goes through hands: bundles, a carrier's word, codes on a screen, the code of a hand-over.

use baqylau_domain::{DeviceId, Role, TeamCode};
use baqylau_protocol::*;
use proptest::prelude::*;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

fn rng(seed: u64) -> ChaCha20Rng {
    ChaCha20Rng::seed_from_u64(seed)
}

fn event() -> EventId {
    EventId("kz-2011".into())
}

fn bytes(most: usize) -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(any::<u8>(), 0..most)
}

fn bundle() -> impl Strategy<Value = Bundle> {
    let some = |most| prop::collection::vec(bytes(300), 0..most);
    let custody = prop::collection::vec((bytes(200), bytes(200)), 0..4);
    (
        ".{0,12}",
        some(6),
        custody,
        some(6),
        prop::option::of(bytes(300)),
        some(6),
        some(4),
    )
        .prop_map(
            |(event, receipts, custody, segments, config, envelopes, pictures)| Bundle {
                event: EventId(event),
                receipts: receipts.into_iter().map(Signed::from_bytes).collect(),
                custody: custody
                    .into_iter()
                    .map(|(statement, certificate)| CustodyReceipt {
                        statement: Signed::from_bytes(statement),
                        certificate: Signed::from_bytes(certificate),
                    })
                    .collect(),
                segments,
                config: config.map(Signed::from_bytes),
                envelopes: envelopes.into_iter().map(Signed::from_bytes).collect(),
                pictures,
            },
        )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn a_bundle_comes_back_as_it_was(bundle in bundle()) {
        let bytes = bundle.encode().expect("it fits");
        prop_assert_eq!(Bundle::decode(&bytes), Ok(bundle));
    }

    #[test]
    fn a_damaged_byte_anywhere_is_noticed(bundle in bundle(), at in any::<prop::sample::Index>(), by in 1_u8..) {
        let mut bytes = bundle.encode().expect("it fits");
        let at = at.index(bytes.len());
        bytes[at] ^= by;
        prop_assert!(Bundle::decode(&bytes).is_err());
    }

    #[test]
    fn a_bundle_that_was_cut_off_or_grew_is_refused(bundle in bundle(), at in any::<prop::sample::Index>(), more in 1_usize..40) {
        let bytes = bundle.encode().expect("it fits");
        prop_assert!(Bundle::decode(&bytes[..at.index(bytes.len())]).is_err());
        let grown = [bytes.as_slice(), &vec![0; more]].concat();
        prop_assert_eq!(Bundle::decode(&grown), Err(BundleError::Damaged));
    }

    #[test]
    fn any_bytes_are_read_without_panic(bytes in bytes(600)) {
        prop_assert!(Bundle::decode(&bytes).is_err());
        let text = String::from_utf8_lossy(&bytes).into_owned();
        prop_assert!(Frame::from_text(&text).is_err());
        prop_assert!(HandoverCode::from_text(&text).is_err());
    }

    #[test]
    fn codes_come_together_whatever_is_missed_and_however_they_are_mixed(
        length in 1_usize..6_000, seed in any::<u64>(), order in any::<u64>()
    ) {
        let mut content = vec![0; length];
        rng(seed).fill_bytes(&mut content);
        let fountain = Fountain::of(&content).expect("it fits");
        // The bundle's own pieces are among them, so that they are enough whatever the order.
        let mut numbers: Vec<u32> = (0..fountain.needed() * 2).collect();
        let mut dice = rng(order);
        for at in (1..numbers.len()).rev() {
            numbers.swap(at, dice.next_u32() as usize % (at + 1));
        }
        let first = Frame::from_text(&fountain.frame(numbers[0])).expect("a frame");
        let mut collector = FrameCollector::of(&first);
        let found = numbers.into_iter().find_map(|number| {
            let frame = Frame::from_text(&fountain.frame(number)).expect("a frame");
            collector.take(&frame).expect("of this bundle")
        });
        prop_assert_eq!(found, Some(content));
        prop_assert!(collector.have() >= collector.needed());
    }

    #[test]
    fn a_hand_over_code_comes_back_also_as_it_is_typed(
        token in any::<[u8; 16]>(), spki in any::<[u8; 32]>(),
        v4 in prop::collection::vec((any::<[u8; 4]>(), any::<u16>()), 0..3),
        v6 in prop::option::of((any::<[u8; 16]>(), any::<u16>()))
    ) {
        let mut addresses: Vec<core::net::SocketAddr> = v4.into_iter().map(Into::into).collect();
        addresses.extend(v6.map(core::net::SocketAddr::from));
        let code = HandoverCode { token: HandoverToken::from_bytes(token), spki: SpkiHash(spki), addresses };
        let text = code.to_text();
        prop_assert!(HandoverCode::from_text(&text) == Ok(code.clone()));
        let typed = text.to_lowercase().replace('-', " ").replace('0', "o");
        prop_assert!(HandoverCode::from_text(&typed) == Ok(code));
        prop_assert!(EnrolCode::from_text(&text).is_err());
    }
}

#[test]
fn unknown_keys_of_a_newer_bundle_are_skipped() {
    let plain = Bundle::of(event()).encode().expect("it fits");
    // A map of one key becomes one of two: key 9 holds a number.
    let mut content = plain[9..plain.len() - 32].to_vec();
    content[0] += 1;
    content.extend_from_slice(&[0x09, 0x01]);
    let length = u32::try_from(content.len()).expect("small").to_be_bytes();
    let mut newer = [&plain[..5], &length, &content].concat();
    let hash = segment_hash(&newer);
    newer.extend_from_slice(&hash);
    assert_eq!(Bundle::decode(&newer), Ok(Bundle::of(event())));
    newer[4] = 2;
    assert_eq!(Bundle::decode(&newer), Err(BundleError::UnknownMajor(2)));
    assert_eq!(Bundle::decode(b"PK\x03\x04"), Err(BundleError::NotABundle));
}

#[test]
fn what_a_reader_would_refuse_is_not_written() {
    let mut bundle = Bundle::of(event());
    bundle.segments = vec![Vec::new(); limits::BUNDLE_SEGMENTS + 1];
    assert_eq!(bundle.encode(), Err(BundleError::TooLarge));
    bundle.segments = vec![vec![0; limits::SEGMENT_WIRE_BYTES]; 1_100];
    assert_eq!(bundle.encode(), Err(BundleError::TooLarge));
    bundle.segments = vec![vec![0; limits::SEGMENT_WIRE_BYTES + 1]];
    let bytes = bundle.encode().expect("the whole is small enough");
    assert_eq!(
        Bundle::decode(&bytes).map_err(BundleError::code),
        Err("bundle_too_large")
    );
}

/// A carrier with a certificate, and the configuration that names who certified it.
fn carrier(seed: u64) -> (DeviceKey, SignedCertificate, Config) {
    let mut rng = rng(seed);
    let (hq, key) = (HqKey::generate(&mut rng), DeviceKey::generate(&mut rng));
    let certificate = Certificate {
        event: event(),
        public: key.public(),
        pseudonym: String::new(),
        team: TeamCode("T101".into()),
        role: Role::TeamLeader,
        from_ms: 0,
        until_ms: 1,
    }
    .sign(&hq);
    let config = Config {
        version: 1,
        event: event(),
        issued_at_ms: 0,
        hq: hq.public(),
        seal_keys: Vec::new(),
        endpoints: Vec::new(),
        blobs: Vec::new(),
        limits: Limits::default(),
        min_protocol: 1,
        closed: false,
        revoked: Vec::new(),
    };
    (key, certificate, config)
}

#[test]
fn a_carriers_word_is_believed_only_under_headquarters_certificate() {
    let (key, certificate, mut config) = carrier(1);
    let custody = Custody {
        event: event(),
        at_ms: -7,
        segments: vec![segment_hash(b"one"), segment_hash(b"two")],
    };
    let receipt = CustodyReceipt {
        statement: custody.sign(&key),
        certificate,
    };
    let (who, said) = receipt.verify(&config).expect("it holds");
    assert_eq!((who.team.as_str(), said), ("T101", custody.clone()));

    let stranger = DeviceKey::generate(&mut rng(9));
    let forged = CustodyReceipt {
        statement: custody.sign(&stranger),
        ..receipt.clone()
    };
    assert_eq!(forged.verify(&config), Err(CustodyError::BadSignature));
    let (_, _, other) = carrier(2);
    assert_eq!(receipt.verify(&other), Err(CustodyError::NotCertified));
    config.revoked = vec![key.public().id()];
    assert_eq!(receipt.verify(&config), Err(CustodyError::NotCertified));
}

#[test]
fn a_third_of_the_codes_may_be_missed() {
    let mut content = vec![0; limits::FRAMED_BYTES];
    rng(3).fill_bytes(&mut content);
    let fountain = Fountain::of(&content).expect("just within the limit");
    assert_eq!(fountain.needed(), 75);
    let first = Frame::from_text(&fountain.frame(1)).expect("a frame");
    assert_eq!(first.set(), fountain.set());
    let mut collector = FrameCollector::of(&first);
    let mut found = None;
    for number in (1..).filter(|number| number % 3 != 0).take(85) {
        let frame = Frame::from_text(&fountain.frame(number)).expect("a frame");
        found = collector.take(&frame).expect("of this bundle");
        if found.is_some() {
            break;
        }
    }
    assert!(found == Some(content), "ten more than the least are plenty");
    let too_large = vec![0; limits::FRAMED_BYTES + 1];
    assert_eq!(Fountain::of(&too_large).err(), Some(FrameError::TooLarge));
}

#[test]
fn codes_of_another_bundle_and_damaged_ones_are_named() {
    let (one, two) = (Fountain::of(b"one"), Fountain::of(b"two"));
    let (one, two) = (one.expect("small"), two.expect("small"));
    let text = one.frame(0);
    assert!(
        text.bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
    );
    let frame = Frame::from_text(&text).expect("a frame");
    let mut collector = FrameCollector::of(&frame);
    let other = Frame::from_text(&two.frame(0)).expect("a frame");
    assert_eq!(collector.take(&other), Err(FrameError::OtherSet));
    assert_eq!(
        Frame::from_text("https://example.org"),
        Err(FrameError::NotAFrame)
    );
    let damaged = format!(
        "{}{}",
        &text[..20],
        if &text[20..21] == "A" { "B" } else { "A" }
    );
    let damaged = format!("{damaged}{}", &text[21..]);
    assert_eq!(Frame::from_text(&damaged), Err(FrameError::Damaged));
    assert_eq!(collector.take(&frame), Ok(Some(b"one".to_vec())));
    assert_eq!(
        collector.take(&frame),
        Ok(None),
        "the same again changes nothing"
    );
}

#[test]
fn frames_that_were_forged_to_fit_never_become_a_bundle() {
    let fountain = Fountain::of(&[7; 900]).expect("small");
    let forge = |number: u32| {
        let text = fountain.frame(number);
        let mut bytes = data_encoding::BASE32_NOPAD
            .decode(&text.as_bytes()[4..])
            .expect("our own");
        bytes.truncate(bytes.len() - 4);
        bytes[20] ^= 1;
        let check = segment_hash(&[b"obs-frame-v1", bytes.as_slice()].concat());
        bytes.extend_from_slice(&check[..4]);
        let text = format!("BQF1{}", data_encoding::BASE32_NOPAD.encode(&bytes));
        Frame::from_text(&text).expect("right in itself")
    };
    let mut collector = FrameCollector::of(&forge(0));
    assert_eq!(collector.take(&forge(0)), Ok(None));
    assert_eq!(collector.take(&forge(1)), Ok(None));
    assert_eq!(collector.take(&forge(2)), Err(FrameError::Inconsistent));
}

#[test]
fn a_receipt_can_be_carried_by_whoever_knows_headquarters() {
    let hq = HqKey::generate(&mut rng(4));
    let receipt = Receipt {
        event: event(),
        server_epoch: 1,
        device: DeviceId([7; 16]),
        upto_seq: 9,
        head: ChainHash([1; 32]),
        received_at_ms: 0,
        log_size: 1,
        log_root: [0; 32],
    };
    let signed = receipt.sign(&hq);
    assert_eq!(signed.carried(&hq.public(), &event()), Ok(receipt));
    let elsewhere = signed.carried(&hq.public(), &EventId("kz-2012".into()));
    assert_eq!(elsewhere, Err(ReceiptError::WrongJournal));
    let stranger = HqKey::generate(&mut rng(5)).public();
    assert_eq!(
        signed.carried(&stranger, &event()),
        Err(ReceiptError::BadSignature)
    );
}

#[test]
fn a_carriers_word_is_of_one_event_and_can_be_read() {
    let (key, certificate, config) = carrier(1);
    let word = |event: EventId| Custody {
        event,
        at_ms: 0,
        segments: Vec::new(),
    };
    let elsewhere = CustodyReceipt {
        statement: word(EventId("kz-2012".into())).sign(&key),
        certificate: certificate.clone(),
    };
    assert_eq!(elsewhere.verify(&config), Err(CustodyError::NotCertified));
    let another_event = Config {
        event: EventId("kz-2012".into()),
        ..config.clone()
    };
    assert_eq!(
        elsewhere.verify(&another_event),
        Err(CustodyError::NotCertified),
        "certified for the first event"
    );
    let malformed = Err(CustodyError::Decode(DecodeError::Malformed));
    let unreadable = CustodyReceipt {
        statement: word(event()).sign(&key),
        certificate: Signed::from_bytes(vec![0; 9]),
    };
    assert_eq!(unreadable.verify(&config), malformed);
    let unreadable = CustodyReceipt {
        statement: Signed::from_bytes(vec![0; 9]),
        certificate,
    };
    assert_eq!(unreadable.verify(&config), malformed);
}
