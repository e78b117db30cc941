//! What everybody may rely on: bytes there and back, nothing tampered with is believed, nothing makes a reader panic.

use baqylau_domain::{
    AttachmentHash, FormRef, Location, Moment, ObserverCode, PhotoRef, StationCode, WireChange,
    WireValue,
};
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

fn finite() -> impl Strategy<Value = f64> {
    any::<f64>().prop_filter("finite", |number| number.is_finite())
}

fn moment() -> impl Strategy<Value = Moment> {
    (any::<i64>(), any::<i16>()).prop_map(|(utc_ms, offset_min)| Moment { utc_ms, offset_min })
}

fn photo() -> impl Strategy<Value = PhotoRef> {
    (any::<[u8; 32]>(), "[a-z/]{0,12}", any::<u64>()).prop_map(|(hash, media_type, bytes)| {
        PhotoRef {
            hash: AttachmentHash(hash),
            media_type,
            bytes,
        }
    })
}

fn wire_value() -> impl Strategy<Value = WireValue> {
    prop_oneof![
        4 => any::<u16>().prop_map(WireValue::Choice),
        1 => ".{0,40}".prop_map(WireValue::Text),
        1 => any::<i64>().prop_map(WireValue::Integer),
        1 => finite().prop_map(WireValue::Decimal),
        1 => any::<i32>().prop_map(WireValue::Date),
        1 => any::<u32>().prop_map(WireValue::Time),
        1 => moment().prop_map(WireValue::DateTime),
        1 => prop::collection::vec(any::<u16>(), 0..8).prop_map(WireValue::Choices),
        1 => (finite(), finite(), prop::option::of(finite())).prop_map(|(latitude, longitude, accuracy_m)| {
            WireValue::Location(Location { latitude, longitude, accuracy_m })
        }),
        1 => photo().prop_map(WireValue::Photo),
        1 => Just(WireValue::Acknowledged),
    ]
}

fn changes() -> impl Strategy<Value = Vec<WireChange>> {
    prop::collection::btree_map(0_u16..200, prop::option::of(wire_value()), 0..120)
        .prop_map(|changes| changes.into_iter().collect())
}

fn kind() -> impl Strategy<Value = EntryKind> {
    let place = prop_oneof![
        "[0-9]{1,6}".prop_map(|code| Place::Station(StationCode(code))),
        "[A-Z0-9]{1,6}".prop_map(|code| Place::Commission(StationCode(code))),
        ".{0,40}".prop_map(Place::Free),
        Just(Place::None),
    ];
    prop_oneof![
        (any::<[u8; 4]>(), place, any::<u16>()).prop_map(|(form, place, visit)| EntryKind::Open {
            form: FormRef(form),
            place,
            visit
        }),
        (
            any::<u64>(),
            any::<u32>(),
            changes(),
            prop::option::of(".{0,30}"),
            prop::option::of(any::<u64>())
        )
            .prop_map(|(report, number, changes, reason, supersedes)| {
                EntryKind::Revision {
                    report,
                    number,
                    changes,
                    reason,
                    supersedes,
                }
            }),
        (
            any::<u64>(),
            any::<u32>(),
            prop::collection::vec("[A-Z0-9]{1,8}", 0..4)
        )
            .prop_map(|(report, revision, codes)| EntryKind::Finalise {
                report,
                revision,
                confirmed_by: codes.into_iter().map(ObserverCode).collect()
            }),
        (any::<u64>(), ".{0,30}")
            .prop_map(|(report, reason)| EntryKind::Withdraw { report, reason }),
        (any::<u64>(), prop::option::of(any::<u16>()), ".{0,60}").prop_map(
            |(report, question, text)| EntryKind::Note {
                report,
                question,
                text
            }
        ),
        (any::<u64>(), any::<u16>(), photo()).prop_map(|(report, question, photo)| {
            EntryKind::Attachment {
                report,
                question,
                photo,
            }
        }),
    ]
}

fn entry() -> impl Strategy<Value = Entry> {
    (moment(), kind()).prop_map(|(at, kind)| Entry::new(at, kind))
}

struct Sealed {
    key: DeviceKey,
    secret: SealSecret,
    body: SegmentBody,
    bytes: Vec<u8>,
}

fn sealed(seed: u64, first_seq: u64, entries: Vec<Vec<u8>>) -> Sealed {
    let mut rng = rng(seed);
    let key = DeviceKey::generate(&mut rng);
    let secret = SealSecret::generate(7, &mut rng);
    let before = Chain::start(&key.public(), &event()).hash;
    let body = SegmentBody {
        event: event(),
        device: key.public().id(),
        first_seq,
        before,
        entries,
    };
    let bytes =
        seal(&body, &key, &secret.public(), Packing::default(), &mut rng).expect("within limits");
    Sealed {
        key,
        secret,
        body,
        bytes,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn an_entry_goes_there_and_back(entry in entry()) {
        let bytes = entry.encode();
        prop_assert_eq!(Entry::decode(&bytes), Ok(entry));
    }

    #[test]
    fn whatever_is_read_as_an_entry_is_written_the_same(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        if let Ok(entry) = Entry::decode(&bytes) {
            prop_assert_eq!(entry.encode(), bytes);
        }
    }

    #[test]
    fn a_damaged_entry_never_panics_and_never_has_two_spellings(entry in entry(), at: prop::sample::Index, byte: u8) {
        let mut bytes = entry.encode();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        if let Ok(entry) = Entry::decode(&bytes) {
            prop_assert_eq!(entry.encode(), bytes);
        }
    }

    #[test]
    fn keys_of_a_newer_version_are_kept(entry in entry(), key in 20_u64..1000, text in ".{0,20}") {
        let mut bytes = entry.encode();
        prop_assume!(bytes[0] < 0xb7);
        bytes[0] += 1;
        let mut extra = minicbor::Encoder::new(Vec::new());
        extra.u64(key).and_then(|e| e.array(2)).and_then(|e| e.str(&text)).and_then(|e| e.null()).expect("a vector");
        bytes.extend(extra.into_writer());
        let read = Entry::decode(&bytes).expect("unknown keys are no error");
        prop_assert_eq!(&read.kind, &entry.kind);
        prop_assert_eq!(read.encode(), bytes);
    }

    #[test]
    fn any_bytes_are_read_without_panic(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let mut rng = rng(1);
        let secrets = [SealSecret::generate(0, &mut rng)];
        let hq = HqKey::generate(&mut rng).public();
        let root = RootKey::generate(&mut rng).public();
        prop_assert!(open(&bytes, &secrets, &[]).is_err());
        let _ = (SyncRequest::decode(&bytes), SyncReply::decode(&bytes), EnrolReply::decode(&bytes));
        let _ = EnrolRequest::decode(&bytes).map(|request| request.is_proven());
        prop_assert!(SignedConfig::from_bytes(bytes.clone()).verify(&root).is_err());
        prop_assert!(SignedCertificate::from_bytes(bytes.clone()).verify(&hq).is_err());
        let device = DeviceKey::generate(&mut rng).public().id();
        let receipt = SignedReceipt::from_bytes(bytes).verify(&hq, &event(), &device, |_| None);
        prop_assert!(receipt.is_err());
    }

    #[test]
    fn a_damaged_message_never_panics(at: prop::sample::Index, byte: u8, cut: prop::sample::Index) {
        let key = DeviceKey::generate(&mut rng(3));
        let request = request(&key, vec![vec![1; 600], vec![2; 20]]);
        let mut bytes = request.encode();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        let _ = SyncRequest::decode(&bytes).map(|request| request.is_by(&key.public()));
        prop_assert!(SyncRequest::decode(&request.encode()[..cut.index(bytes.len())]).is_err());
    }

    #[test]
    fn a_segment_goes_there_and_back(entries in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..300), 1..40), first in 1_u64..1 << 40, seed: u64) {
        let Sealed { key, secret, body, bytes } = sealed(seed, first, entries);
        let opened = open(&bytes, &[secret], &[]).expect("its own key");
        prop_assert_eq!(opened.verify(&key.public()), Ok(body.end()));
        prop_assert_eq!(opened.body, body);
        prop_assert_eq!(padme(bytes.len()), bytes.len());
        prop_assert!(bytes.len() >= limits::PADDING_FLOOR_BYTES);
    }

    #[test]
    fn one_changed_bit_anywhere_is_noticed(bit: prop::sample::Index, seed: u64) {
        let Sealed { secret, mut bytes, .. } = sealed(seed, 1, vec![vec![7; 40]]);
        let bit = bit.index(bytes.len() * 8);
        bytes[bit / 8] ^= 1 << (bit % 8);
        prop_assert!(open(&bytes, &[secret], &[]).is_err());
    }

    #[test]
    fn a_cut_or_lengthened_segment_is_refused(cut: prop::sample::Index, more in 1_usize..40) {
        let Sealed { secret, bytes, .. } = sealed(5, 1, vec![vec![7; 400]]);
        let secrets = [secret];
        prop_assert!(open(&bytes[..cut.index(bytes.len())], &secrets, &[]).is_err());
        prop_assert!(open(&[bytes, vec![0; more]].concat(), &secrets, &[]).is_err());
    }

    #[test]
    fn padding_costs_at_most_twelve_per_cent(length in 512_usize..1 << 20) {
        let padded = padme(length);
        prop_assert!(padded >= length && (padded - length) * 100 <= length * 12);
        prop_assert_eq!(padme(padded), padded);
    }

    #[test]
    fn padded_messages_have_few_sizes(segment in prop::collection::vec(any::<u8>(), 0..3000)) {
        let key = DeviceKey::generate(&mut rng(3));
        let bytes = request(&key, vec![segment]).encode();
        prop_assert_eq!(padme(bytes.len()), bytes.len());
        let read = SyncRequest::decode(&bytes).expect("what was written");
        prop_assert!(read.is_by(&key.public()));
    }

    #[test]
    fn the_chain_tells_every_difference(a in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..6), 0..5), b in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..6), 0..5)) {
        let start = Chain::start(&DeviceKey::generate(&mut rng(9)).public(), &event());
        let end = |entries: &[Vec<u8>]| entries.iter().fold(start, |chain, entry| chain.next(entry));
        prop_assert_eq!(end(&a) == end(&b), a == b);
    }

    #[test]
    fn a_receipt_holds_for_one_journal_and_one_key_only(upto in 1_u64..1000, epoch: u64) {
        let mut rng = rng(epoch);
        let (hq, other) = (HqKey::generate(&mut rng), HqKey::generate(&mut rng));
        let device = DeviceKey::generate(&mut rng).public().id();
        let head = ChainHash([4; 32]);
        let receipt = Receipt { event: event(), server_epoch: epoch, device, upto_seq: upto, head, received_at_ms: 1, log_size: 9, log_root: [1; 32] };
        let signed = receipt.sign(&hq);
        let at = |hash| move |seq| (seq == upto).then_some(hash);
        let verified = signed.verify(&hq.public(), &event(), &device, at(head));
        prop_assert_eq!(verified.map(|verified| verified.receipt().clone()), Ok(receipt));
        prop_assert_eq!(signed.verify(&other.public(), &event(), &device, at(head)), Err(ReceiptError::BadSignature));
        prop_assert_eq!(signed.verify(&hq.public(), &EventId("x".into()), &device, at(head)), Err(ReceiptError::WrongJournal));
        prop_assert_eq!(signed.verify(&hq.public(), &event(), &device, at(ChainHash([5; 32]))), Err(ReceiptError::HashMismatch(upto)));
        prop_assert_eq!(signed.verify(&hq.public(), &event(), &device, |_| None), Err(ReceiptError::UnknownEntry(upto)));
    }
}

fn request(key: &DeviceKey, segments: Vec<Vec<u8>>) -> SyncRequest {
    SyncRequest {
        protocol: PROTOCOL,
        capabilities: 0,
        device: key.public().id(),
        server_epoch: 1,
        cursor: 1,
        config_version: 1,
        segments,
        certificate: None,
        config: None,
        proof: Signature([0; 64]),
    }
    .signed(key)
}

#[test]
fn between_512_bytes_and_64_kib_there_are_at_most_120_sizes() {
    let sizes: std::collections::BTreeSet<usize> = (512..=64 * 1024).map(padme).collect();
    assert!(sizes.len() <= 120, "{} sizes", sizes.len());
    assert_eq!(sizes.last(), Some(&(64 * 1024)));
}

#[test]
fn a_kind_of_a_newer_version_is_kept_byte_for_byte() {
    let mut encoder = minicbor::Encoder::new(Vec::new());
    encoder
        .map(4)
        .and_then(|e| {
            e.u8(0)?
                .u8(99)?
                .u8(1)?
                .u64(1_301_800_000_000)?
                .u8(2)?
                .i16(360)?
                .u8(3)?
                .str("later")
        })
        .expect("a vector");
    let bytes = encoder.into_writer();
    let entry = Entry::decode(&bytes).expect("an unknown kind is no error");
    assert_eq!(
        entry.kind,
        EntryKind::Unknown {
            kind: 99,
            raw: bytes.clone()
        }
    );
    assert_eq!(
        entry.at,
        Moment {
            utc_ms: 1_301_800_000_000,
            offset_min: 360
        }
    );
    assert_eq!(entry.encode(), bytes);
    let whole = Entry::new(entry.at, entry.kind.clone());
    assert_eq!(entry, whole, "its keys are kept once, as bytes");
}

#[test]
fn a_request_that_was_altered_is_not_by_the_device() {
    let key = DeviceKey::generate(&mut rng(3));
    let good = request(&key, vec![vec![1, 2], vec![3]]);
    assert!(good.is_by(&key.public()));
    let moved = SyncRequest {
        segments: vec![vec![1], vec![2, 3]],
        ..good.clone()
    };
    let fewer = SyncRequest {
        segments: vec![vec![1, 2]],
        ..good.clone()
    };
    let later = SyncRequest {
        cursor: 2,
        ..good.clone()
    };
    let of_another = SyncRequest {
        device: DeviceKey::generate(&mut rng(4)).public().id(),
        ..good.clone()
    }
    .signed(&key);
    for altered in [moved, fewer, later, of_another] {
        assert!(!altered.is_by(&key.public()));
    }
    assert!(!good.is_by(&DeviceKey::generate(&mut rng(4)).public()));
}

#[test]
fn tags_of_two_segments_or_two_devices_have_nothing_in_common() {
    let (a, b) = (
        DeviceKey::generate(&mut rng(1)).mailbox(),
        DeviceKey::generate(&mut rng(2)).mailbox(),
    );
    let one = a.tag(&[1; 32]);
    assert_eq!(one, Mailbox::from_bytes(*a.to_bytes()).tag(&[1; 32]));
    for other in [a.tag(&[2; 32]), b.tag(&[1; 32])] {
        let equal = one.0.iter().zip(other.0).filter(|(x, y)| **x == *y);
        assert!(equal.count() < 4, "bytes equal by chance alone");
    }
}
