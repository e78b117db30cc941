//! Every code has a sentence in every language, and a way to happen.

use crate::device::{Device, PIN, Weather, integer};
use baqylau_domain::ReportState;
use baqylau_field::error::ErrorCode;
use baqylau_field::view::Failure;
use baqylau_protocol::{
    ApiError, Bundle, BundleError, CustodyError, EventId, FrameError, QuarantineCode, Refusal,
    SealError,
};
use baqylau_store::{
    AsideReason, BackupError, KeyStoreError, RecoverError, RestoreError, StoreError, UnlockError,
};
use baqylau_sync::http::HttpError;
use baqylau_sync::{HandoverError, SyncError};
use base64::Engine as _;
use serde_json::json;
use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::path::Path;

fn sentences(language: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join(format!("../../assets/locales/{language}/errors.ftl"));
    std::fs::read_to_string(path).expect("the sentences")
}

/// The lines of one message.
fn message(text: &str, id: &str) -> Option<String> {
    let mut lines = text
        .lines()
        .skip_while(|line| !line.starts_with(&format!("{id} =")));
    let first = lines.next()?;
    let rest = lines.take_while(|line| line.starts_with(' ') || line.starts_with('}'));
    Some(
        std::iter::once(first)
            .chain(rest)
            .collect::<Vec<_>>()
            .join("\n"),
    )
}

#[test]
fn every_code_has_a_sentence_in_every_language() {
    for language in ["en", "ru", "kk"] {
        let text = sentences(language);
        for code in ErrorCode::ALL {
            let id = format!("error-{}", code.as_str());
            let sentence =
                message(&text, &id).unwrap_or_else(|| panic!("{language}: {id} is missing"));
            for used in sentence.split('$').skip(1) {
                let name: String = used
                    .chars()
                    .take_while(|c| c.is_ascii_alphanumeric() || *c == '_')
                    .collect();
                assert!(
                    code.args().contains(&name.as_str()),
                    "{language}: {id} uses ${name}, which never comes"
                );
            }
        }
        let known: BTreeSet<_> = ErrorCode::ALL
            .iter()
            .map(|code| format!("error-{}", code.as_str()))
            .collect();
        for line in text.lines().filter(|line| line.starts_with("error-")) {
            let id = line.split(' ').next().unwrap_or_default();
            assert!(known.contains(id), "{language}: {id} is no code");
        }
    }
}

/// What a disk or a network does that no test can wait for.
fn faults() -> Vec<Failure> {
    vec![
        StoreError::DiskFull.into(),
        RecoverError::Unfit.into(),
        RecoverError::OtherKey.into(),
        RecoverError::NotAllowed.into(),
        StoreError::Reopen.into(),
        StoreError::Corrupt.into(),
        UnlockError::SetAside {
            reason: AsideReason::TooNew,
            kept: "kept".into(),
        }
        .into(),
        UnlockError::InUse.into(),
        UnlockError::KeyStore(KeyStoreError::Silent).into(),
        UnlockError::KeyStore(KeyStoreError::Missing).into(),
        ApiError::Intercepted.into(),
        ApiError::Busy {
            retry_after_s: Some(9),
        }
        .into(),
        ApiError::Unreadable.into(),
        ApiError::Refused(Refusal::Version).into(),
        ApiError::Refused(Refusal::NotEnrolled).into(),
        SyncError::Quarantined(QuarantineCode::Fork).into(),
        SyncError::Quarantined(QuarantineCode::Revoked).into(),
        BackupError::Write(ErrorKind::StorageFull.into()).into(),
        BackupError::Differs.into(),
        RestoreError::Exists.into(),
        RestoreError::Already.into(),
        RestoreError::NotABackup.into(),
        RestoreError::TooNew.into(),
        RestoreError::Damaged.into(),
        SyncError::Seal(SealError::Key).into(),
        StoreError::NotEditable(ReportState::Withdrawn).into(),
        StoreError::CarriedFull.into(),
        StoreError::Sealed.into(),
        SyncError::SealedNotOpened(1).into(),
        SyncError::SealedLost(1).into(),
        BundleError::UnknownMajor(9).into(),
        BundleError::TooLarge.into(),
        FrameError::Inconsistent.into(),
        CustodyError::NotCertified.into(),
        ApiError::Interrupted.into(),
        ApiError::CaptivePortal.into(),
        ApiError::Proxy.into(),
        HttpError::Proxy.into(),
        HandoverError::Unreachable.into(),
        HandoverError::OtherKey.into(),
        HandoverError::BadToken.into(),
        HandoverError::Refused("carry_full".to_owned()).into(),
        HandoverError::Broken.into(),
        HandoverError::NoNetwork.into(),
    ]
}

#[tokio::test]
async fn every_code_can_happen() {
    let mut happened: BTreeSet<String> = faults().into_iter().map(|failure| failure.code).collect();
    let new = Device::new();
    new.set_weather(Weather::Down(ApiError::Unreachable));
    happened.insert(new.enrol().await.expect_err("no road").code);
    new.set_weather(Weather::Clear);
    happened.insert(
        new.refusal("enrol", json!({ "code": Device::new_code(), "pin": PIN }))
            .await,
    );
    happened.insert(new.refusal("today", json!({})).await);
    happened.insert(
        new.refusal("enrol", json!({ "code": "x", "pin": PIN }))
            .await,
    );
    happened.insert(
        new.refusal("enrol", json!({ "code": "x", "pin": "1" }))
            .await,
    );
    let device = Device::enrolled().await;
    happened.insert(
        device
            .refusal("enrol", json!({ "code": "x", "pin": PIN }))
            .await,
    );
    let draft = device.start("voting", "11-001").await.row.id;
    let finished = device.opening("11-001", 7).await;
    let answer =
        |id: &str, question: &str, value| json!({ "id": id, "question": question, "value": value });
    let begin = |form: &str, station: Option<&str>| json!({ "form": form, "station": station, "place": null });
    let confirm = |id: &str, by: &[&str]| json!({ "id": id, "confirmed_by": by });
    let photo = |base64: String| json!({ "id": draft, "question": "B06", "media_type": "image/png", "base64": base64 });
    let settings = json!({ "settings": { "language": "", "theme": "sun", "lock_after_min": 5 } });
    for (name, args) in [
        ("nonsense", json!({})),
        ("answer", json!({})),
        ("start_visit", begin("nothing", None)),
        ("start_visit", begin("voting", None)),
        ("start_visit", begin("voting", Some("nowhere"))),
        ("report", json!({ "id": "x" })),
        ("answer", answer(&draft, "Z9", integer(1))),
        ("answer", answer(&draft, "H01", integer(1))),
        ("answer", answer(&draft, "B01", integer(1))),
        (
            "answer",
            answer(&draft, "B01", json!({ "t": "choice", "v": "x" })),
        ),
        (
            "answer",
            answer(
                &draft,
                "H11",
                json!({ "t": "text", "v": "x".repeat(9_000) }),
            ),
        ),
        ("answer", answer(&finished, "A18", integer(1))),
        ("withdraw", json!({ "id": draft, "reason": "x" })),
        ("correct", json!({ "id": finished, "reason": "" })),
        ("finish", confirm(&draft, &["O0001"])),
        ("finish", confirm(&draft, &["O9"])),
        ("note", json!({ "id": draft, "question": null, "text": "" })),
        ("photo", photo("AAAA".to_owned())),
        ("photo", photo("AAAA".repeat(3 * 1024 * 1024))),
        ("picture", json!({ "hash": "00".repeat(32) })),
        ("set_settings", settings),
    ] {
        happened.insert(device.refusal(name, args).await);
    }
    let _: serde_json::Value = device
        .call("correct", json!({ "id": finished, "reason": "x" }))
        .await
        .expect("begun");
    happened.insert(
        device
            .refusal("finish", confirm(&finished, &["O0001", "O0002"]))
            .await,
    );
    let another = device.opening("11-002", 5).await;
    happened.extend(carrying(&device, &another).await);
    happened.extend(guarded().await);
    happened.extend(locked_and_syncing(&device).await);
    let anew = json!({ "code": "x", "pin": PIN });
    happened.insert(Device::enrolled().await.refusal("begin_anew", anew).await);
    let unknown = json!({ "journal": "aside/x", "pin": PIN });
    happened.insert(
        Device::enrolled()
            .await
            .refusal("open_earlier", unknown)
            .await,
    );
    // It takes a backup of a second mission, which there is not.
    happened.insert(ErrorCode::BackupOtherEvent.as_str().to_owned());
    let all: BTreeSet<String> = ErrorCode::ALL
        .iter()
        .map(|code| code.as_str().to_owned())
        .collect();
    assert_eq!(
        all.difference(&happened).collect::<Vec<_>>(),
        Vec::<&String>::new(),
        "codes that nothing produces"
    );
}

async fn carrying(device: &Device, report: &str) -> Vec<String> {
    let encode = |bytes: &[u8]| base64::engine::general_purpose::STANDARD.encode(bytes);
    let bytes = |bytes: &[u8]| json!({ "base64": encode(bytes), "label": null });
    let other = Bundle::of(EventId("another".to_owned()));
    let mut blank = std::io::Cursor::new(Vec::new());
    image::GrayImage::new(8, 8)
        .write_to(&mut blank, image::ImageFormat::Png)
        .expect("written");
    let nowhere = device.folder().join("nowhere");
    let long = "x".repeat(41);
    let mut happened = Vec::new();
    for (name, args) in [
        ("team", json!({})),
        ("make_codes", json!({ "load": "back" })),
        ("make_file", json!({ "folder": nowhere, "load": "own" })),
        ("take_file", json!({ "path": nowhere, "label": null })),
        ("take_file", json!({ "path": nowhere, "label": long })),
        ("take_bytes", bytes(b"x")),
        ("take_bytes", bytes(b"OBSB\x01")),
        ("take_bytes", bytes(&other.encode().expect("small"))),
        ("take_code", json!({ "text": "x", "label": null })),
        ("code_frame", json!({ "set": "x", "number": 0 })),
        ("take_picture", bytes(blank.get_ref())),
        ("hand_over", json!({ "code": "x" })),
        ("recover", json!({ "answer": "x", "pin": PIN })),
    ] {
        happened.push(device.refusal(name, args).await);
    }
    let listen = json!({ "label": null });
    let _: serde_json::Value = device.call("listen", listen.clone()).await.expect("begun");
    happened.push(device.refusal("listen", listen).await);
    // Words that cannot be packed small.
    for number in 0..60_u64 {
        let words: String = (0..90)
            .map(|word| {
                format!(
                    "{:016x}",
                    (number * 97 + word).wrapping_mul(0x9e37_79b9_7f4a_7c15)
                )
            })
            .collect();
        let note = json!({ "id": report, "question": null, "text": words });
        let _: serde_json::Value = device.call("note", note).await.expect("noted");
    }
    happened.push(device.refusal("make_codes", json!({ "load": "own" })).await);
    happened
}

/// The last try is kept for the lock, and there it destroys everything.
async fn guarded() -> Vec<String> {
    let device = Device::enrolled().await;
    let strict = json!({ "settings": {
        "language": "en", "theme": "sun", "lock_after_min": 5, "wipe_after": 5,
    } });
    let _: serde_json::Value = device.call("set_settings", strict).await.expect("set");
    let slip = json!({ "old": "000000", "new": "135791" });
    let mut happened = Vec::new();
    for _ in 0..5 {
        happened.push(device.refusal("change_pin", slip.clone()).await);
    }
    let _: serde_json::Value = device.call("lock", json!({})).await.expect("locked");
    device.pass_ms(3_600_000);
    happened.push(device.refusal("unlock", json!({ "pin": "000000" })).await);
    happened
}

async fn locked_and_syncing(device: &Device) -> Vec<String> {
    let closed = device.road.gate.acquire().await.expect("the gate");
    let core = device.core.clone();
    let under_way = tokio::spawn(async move { core.call("sync", json!({})).await });
    device
        .road
        .waiting
        .acquire()
        .await
        .expect("on the road")
        .forget();
    let mut happened = vec![device.refusal("sync", json!({})).await];
    drop(closed);
    under_way.await.expect("ends").expect("sent");
    device
        .call::<serde_json::Value>("lock", json!({}))
        .await
        .expect("locked");
    happened.push(device.refusal("today", json!({})).await);
    for _ in 0..12 {
        happened.push(device.refusal("unlock", json!({ "pin": "000000" })).await);
    }
    happened
}
