//! Bundles at the edge of what is allowed, and what is said of those beyond it.

use baqylau_protocol::*;

fn event() -> EventId {
    EventId("kz-2011".into())
}

#[test]
fn a_bundle_may_be_as_large_as_its_limits_and_no_larger() {
    let signed = |length: usize| Signed::from_bytes(vec![7; length]);
    let full = Bundle {
        receipts: vec![signed(1); limits::BUNDLE_RECEIPTS],
        custody: vec![
            CustodyReceipt {
                statement: Signed::from_bytes(vec![8; 9]),
                certificate: Signed::from_bytes(vec![9; 9]),
            };
            limits::BUNDLE_CUSTODY
        ],
        segments: vec![vec![1]; limits::BUNDLE_SEGMENTS],
        envelopes: vec![Signed::from_bytes(vec![7]); limits::BUNDLE_RECEIPTS],
        pictures: vec![vec![1]; limits::BUNDLE_PICTURES],
        ..Bundle::of(event())
    };
    let bytes = full.encode().expect("exactly as many as are allowed");
    assert_eq!(Bundle::decode(&bytes).as_ref(), Ok(&full));
    let mut more_receipts = full.clone();
    more_receipts.receipts.push(signed(1));
    let mut more_envelopes = full.clone();
    more_envelopes.envelopes.push(Signed::from_bytes(vec![7]));
    let mut more_custody = full.clone();
    more_custody.custody.push(full.custody[0].clone());
    let mut more_segments = full.clone();
    more_segments.segments.push(vec![1]);
    let mut more_pictures = full;
    more_pictures.pictures.push(vec![1]);
    for more in [
        more_receipts,
        more_envelopes,
        more_custody,
        more_segments,
        more_pictures,
    ] {
        assert_eq!(more.encode(), Err(BundleError::TooLarge));
    }
}

#[test]
fn a_bundle_of_64_mib_is_the_largest() {
    let piece = vec![0; limits::SEGMENT_WIRE_BYTES];
    let with_last = |length: usize| {
        let mut segments = vec![piece.clone(); 1_023];
        segments.push(vec![0; length]);
        Bundle {
            segments,
            ..Bundle::of(event())
        }
        .encode()
    };
    let guess = 60_000;
    let beside = with_last(guess).expect("smaller").len() - guess;
    let largest = with_last(limits::BUNDLE_BYTES - beside).expect("exactly as large as allowed");
    assert_eq!(largest.len(), limits::BUNDLE_BYTES);
    assert!(Bundle::decode(&largest).is_ok());
    let beyond = with_last(limits::BUNDLE_BYTES - beside + 1);
    assert_eq!(beyond, Err(BundleError::TooLarge));
    let zeros = vec![0; limits::BUNDLE_BYTES + 1];
    assert_eq!(Bundle::decode(&zeros), Err(BundleError::TooLarge));
    let zeros = &zeros[1..];
    assert_eq!(Bundle::decode(zeros), Err(BundleError::NotABundle));
}

#[test]
fn each_part_of_a_bundle_has_its_own_limit() {
    let with_receipt = |length: usize| Bundle {
        receipts: vec![Signed::from_bytes(vec![0; length])],
        ..Bundle::of(event())
    };
    let with_envelope = |length: usize| Bundle {
        envelopes: vec![Signed::from_bytes(vec![0; length])],
        ..Bundle::of(event())
    };
    let with_segment = |length: usize| Bundle {
        segments: vec![vec![0; length]],
        ..Bundle::of(event())
    };
    let with_picture = |length: usize| Bundle {
        pictures: vec![vec![0; length]],
        ..Bundle::of(event())
    };
    let with_custody = |statement: usize, certificate: usize| Bundle {
        custody: vec![CustodyReceipt {
            statement: Signed::from_bytes(vec![0; statement]),
            certificate: Signed::from_bytes(vec![0; certificate]),
        }],
        ..Bundle::of(event())
    };
    let (custody, certificate) = (limits::CUSTODY_BYTES, limits::CERTIFICATE_BYTES);
    for (largest, too_large) in [
        (
            with_receipt(limits::RECEIPT_BYTES),
            with_receipt(limits::RECEIPT_BYTES + 1),
        ),
        (
            with_envelope(limits::ENVELOPE_BYTES),
            with_envelope(limits::ENVELOPE_BYTES + 1),
        ),
        (
            with_segment(limits::SEGMENT_WIRE_BYTES),
            with_segment(limits::SEGMENT_WIRE_BYTES + 1),
        ),
        (
            with_picture(limits::PICTURE_WIRE_BYTES),
            with_picture(limits::PICTURE_WIRE_BYTES + 1),
        ),
        (
            with_custody(custody, certificate),
            with_custody(custody + 1, certificate),
        ),
        (
            with_custody(custody, certificate),
            with_custody(custody, certificate + 1),
        ),
    ] {
        let bytes = largest.encode().expect("the whole is small enough");
        assert_eq!(Bundle::decode(&bytes), Ok(largest));
        let bytes = too_large.encode().expect("the whole is small enough");
        let refused = Bundle::decode(&bytes).expect_err("a part is too large");
        assert_eq!(refused, BundleError::Decode(DecodeError::TooLarge));
        assert_eq!(refused.code(), "bundle_too_large");
    }
}

#[test]
fn what_is_wrong_with_a_bundle_has_a_code() {
    for (error, code) in [
        (BundleError::NotABundle, "not_a_bundle"),
        (BundleError::UnknownMajor(2), "bundle_too_new"),
        (BundleError::Damaged, "bundle_damaged"),
        (BundleError::TooLarge, "bundle_too_large"),
        (
            BundleError::Decode(DecodeError::Malformed),
            "bundle_unreadable",
        ),
    ] {
        assert_eq!(error.code(), code);
    }
}

#[test]
fn a_bundle_is_empty_when_it_brings_nobody_anything() {
    let mut bundle = Bundle::of(event());
    assert!(bundle.is_empty());
    bundle.config = Some(Signed::from_bytes(Vec::new()));
    assert!(
        bundle.is_empty(),
        "a configuration comes along and is no reason"
    );
    let with_receipt = Bundle {
        receipts: vec![Signed::from_bytes(Vec::new())],
        ..bundle.clone()
    };
    let with_envelope = Bundle {
        envelopes: vec![Signed::from_bytes(Vec::new())],
        ..bundle.clone()
    };
    let with_custody = Bundle {
        custody: vec![CustodyReceipt {
            statement: Signed::from_bytes(Vec::new()),
            certificate: Signed::from_bytes(Vec::new()),
        }],
        ..bundle.clone()
    };
    let with_picture = Bundle {
        pictures: vec![Vec::new()],
        ..bundle.clone()
    };
    let with_segment = Bundle {
        segments: vec![Vec::new()],
        ..bundle
    };
    for brings in [
        with_receipt,
        with_envelope,
        with_custody,
        with_picture,
        with_segment,
    ] {
        assert!(!brings.is_empty());
    }
}
