//! Old and new versions side by side: what was stored once is read for ever, and what a later version adds is kept.

#[path = "fixtures/content.rs"]
mod content;

use baqylau_protocol::{
    Bundle, BundleError, Checkpoint, Config, EnrolCode, EnrolReply, EnrolRequest, Entry, EntryKind,
    InnerHeader, OpenError, OpenedSegment, PictureReply, SignedCertificate, SignedConfig,
    SignedEnvelope, SignedReceipt, SyncReply, SyncRequest, is_sealed_picture, open, open_picture,
};
use content::LATER_KEY;

fn stored(name: &str) -> Vec<u8> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/obs1/");
    std::fs::read(format!("{folder}{name}")).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn opened(name: &str) -> OpenedSegment {
    let (secrets, dictionaries) = ([content::seal_secret()], [content::dictionary()]);
    let opened = open(&stored(name), &secrets, &dictionaries);
    opened.unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[test]
fn stored_segments_open_and_verify() {
    let note = vec![content::entry_bytes()[7].clone()];
    for (name, entries) in [
        ("segment.bin", content::entry_bytes()),
        ("segment-dictionary.bin", note),
        ("segment-lengths.bin", content::odd_entries()),
        ("segment-before-0008.bin", content::entry_bytes()),
    ] {
        let (opened, body) = (opened(name), content::body(entries));
        assert_eq!(
            opened.verify(&content::device().public()),
            Ok(body.end()),
            "{name}"
        );
        assert_eq!(opened.body, body, "{name}");
    }
    let without = open(
        &stored("segment-dictionary.bin"),
        &[content::seal_secret()],
        &[],
    );
    assert_eq!(
        without,
        Err(OpenError::UnknownDictionary),
        "it is packed with one"
    );
}

#[test]
fn stored_entries_say_what_was_written_and_have_the_same_spelling() {
    for (number, entry) in content::entries().into_iter().enumerate() {
        let bytes = stored(&format!("entry-{number}.bin"));
        assert_eq!(entry.encode(), bytes, "entry {number}");
        assert_eq!(Entry::decode(&bytes), Ok(entry));
    }
}

#[test]
fn stored_signed_messages_verify() {
    let (root, hq) = (content::root().public(), content::hq().public());
    let config = SignedConfig::from_bytes(stored("configuration.bin")).verify(&root);
    assert_eq!(config, Ok(content::config()));
    let certificate = SignedCertificate::from_bytes(stored("certificate.bin")).verify(&hq);
    assert_eq!(certificate, Ok(content::certificate()));
    let receipt = SignedReceipt::from_bytes(stored("receipt.bin"));
    let receipt = receipt.carried(&hq, &content::event());
    assert_eq!(receipt, Ok(content::receipt()));
    let envelope = SignedEnvelope::from_bytes(stored("envelope.bin"));
    let pair = content::device().pair(&hq, &content::event());
    let opened = envelope
        .verify(&hq, &content::event())
        .and_then(|it| it.open(&pair.expect("a key")));
    assert_eq!(opened, Ok(content::receipt().sign(&content::hq())));
    let note = String::from_utf8(stored("checkpoint.txt")).expect("a text");
    let checkpoint = Checkpoint::verify(&note, &content::event(), &hq);
    assert_eq!(checkpoint.ok(), Some(content::checkpoint()));
}

#[test]
fn stored_messages_and_bundles_are_read() {
    let request = SyncRequest::decode(&stored("request.bin")).expect("a request");
    assert!(request.is_by(&content::device().public()));
    assert_eq!(request, content::request(stored("segment.bin")));
    assert_eq!(
        SyncReply::decode(&stored("reply.bin")),
        Ok(content::reply())
    );
    assert_eq!(
        SyncReply::decode(&stored("reply-to-carrier.bin")),
        Ok(content::reply_to_carrier())
    );
    let enrol = EnrolRequest::decode(&stored("enrol-request.bin")).expect("a request");
    assert!(enrol.is_proven());
    assert_eq!(enrol.encode(), content::enrol_request().encode());
    let enrolled = EnrolReply::decode(&stored("enrol-reply.bin"));
    assert_eq!(enrolled, Ok(content::enrol_reply()));
    let bundle = Bundle::decode(&stored("bundle.obsb")).expect("a bundle");
    assert_eq!(bundle, content::bundle(stored("segment.bin")));
    let back = Bundle::decode(&stored("bundle-back.obsb"));
    assert_eq!(back, Ok(content::bundle_back()));
    let (certificate, custody) = bundle.custody[0]
        .verify(&Config {
            revoked: Vec::new(),
            ..content::config()
        })
        .expect("a carrier's word");
    assert_eq!(
        (certificate, custody),
        (content::certificate(), content::custody())
    );
    let code = String::from_utf8(stored("enrolment-code.txt")).expect("a text");
    assert!(EnrolCode::from_text(&code).is_ok_and(|code| code == content::enrol_code()));
}

#[test]
fn stored_pictures_on_their_way_through_hands_are_read() {
    let hq = content::hq().public();
    let bundle = Bundle::decode(&stored("bundle-pictures.obsb"));
    let picture = stored("picture.bin");
    assert!(is_sealed_picture(&picture));
    assert_eq!(bundle, Ok(content::bundle_of_pictures(picture.clone())));
    assert_eq!(picture, content::sealed_picture(), "the seed's own bytes");
    let opened = open_picture(&picture, &[content::seal_secret()]).expect("a picture");
    assert_eq!(opened.head, content::picture_head());
    assert_eq!(opened.bytes, content::PICTURE);
    let reply = PictureReply::decode(&stored("picture-reply.bin"));
    assert_eq!(reply, Ok(content::picture_reply()));
    let envelope = content::picture_reply().envelope.expect("one");
    let pair = content::device().pair(&hq, &content::event());
    let receipt = envelope.verify(&hq, &content::event()).and_then(|it| {
        let picture = content::picture_head().photo.hash;
        it.open_picture(&pair.expect("a key"), &picture)
    });
    let signed = content::picture_receipt().sign(&content::hq());
    assert_eq!(receipt, Ok(signed));
}

#[test]
fn keys_of_a_later_minor_version_stay_in_an_entry() {
    for (number, entry) in content::entries().into_iter().enumerate() {
        let bytes = stored(&format!("later-entry-{number}.bin"));
        let read = Entry::decode(&bytes).unwrap_or_else(|error| panic!("{number}: {error}"));
        assert_eq!((read.at, &read.kind), (entry.at, &entry.kind));
        assert_ne!(
            read, entry,
            "the unknown key {LATER_KEY} is no part of this version"
        );
        assert_eq!(read.encode(), bytes, "and it is written again");
    }
}

#[test]
fn messages_of_a_later_minor_version_say_what_this_one_knows() {
    let (root, hq) = (content::root().public(), content::hq().public());
    let config = SignedConfig::from_bytes(stored("later-configuration.bin")).verify(&root);
    assert_eq!(config, Ok(content::config()));
    let receipt = SignedReceipt::from_bytes(stored("later-receipt.bin"));
    let receipt = receipt.carried(&hq, &content::event());
    assert_eq!(receipt, Ok(content::receipt()));
    let request = SyncRequest::decode(&stored("later-request.bin")).expect("a request");
    assert_eq!(request, content::request(stored("segment.bin")));
    assert!(
        request.is_by(&content::device().public()),
        "what is proven has a fixed layout"
    );
    assert_eq!(
        SyncReply::decode(&stored("later-reply.bin")),
        Ok(content::reply())
    );
    let bundle = Bundle::decode(&stored("later-bundle.obsb"));
    assert_eq!(bundle, Ok(content::bundle(stored("segment.bin"))));
}

#[test]
fn a_segment_of_a_later_minor_version_opens_with_all_that_its_device_signed() {
    let opened = opened("later-segment.bin");
    let device = content::device().public();
    assert_eq!(opened.verify(&device), Ok(opened.body.end()));
    let header = InnerHeader::of(&opened).expect("a header");
    let end = opened.body.end().hash;
    assert!(
        header.is_signed(&device, &opened.signature, &end),
        "also by an auditor"
    );
    for bytes in &opened.body.entries {
        let entry = Entry::decode(bytes).expect("unknown keys and kinds are no error");
        assert_eq!(&entry.encode(), bytes);
    }
    let last = opened.body.entries.last().map(|bytes| Entry::decode(bytes));
    let is_unknown = |entry: &Entry| matches!(entry.kind, EntryKind::Unknown { kind: 99, .. });
    assert!(last.is_some_and(|entry| entry.as_ref().is_ok_and(is_unknown)));
}

#[test]
fn a_later_major_version_is_refused_with_a_code() {
    let segment = open(
        &stored("major-2-segment.bin"),
        &[content::seal_secret()],
        &[],
    );
    assert_eq!(segment, Err(OpenError::NotASegment));
    let bundle = Bundle::decode(&stored("major-2-bundle.obsb"));
    assert_eq!(bundle, Err(BundleError::UnknownMajor(2)));
    assert_eq!(BundleError::UnknownMajor(2).code(), "bundle_too_new");
}
