//! Pictures: on any question, without what a camera writes beside them, and to headquarters after everything else.

use crate::office::{Holder, Office};
use baqylau_field::view::{Outbox, PictureBytes, PictureState, Pictures, ReportPage, SyncOutcome};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use image::{ImageFormat, Rgb, RgbImage};
use serde_json::{Value, json};
use std::io::Cursor;

const CANARY: &[u8] = b"CANARY of a camera";

/// A JPEG with something in it that only a camera could know, as a page sends it.
pub(crate) fn jpeg(seed: u8) -> String {
    let drawn = RgbImage::from_fn(64, 48, |x, y| {
        let mixed = (x * 37 + y * 101 + u32::from(seed) * 7919) % 251;
        Rgb([u8::try_from(mixed).unwrap_or(0), seed, 120])
    });
    let mut bytes = Cursor::new(Vec::new());
    drawn
        .write_to(&mut bytes, ImageFormat::Jpeg)
        .expect("in memory");
    let plain = bytes.into_inner();
    let length = u16::try_from(CANARY.len() + 2)
        .expect("short")
        .to_be_bytes();
    let comment = [&[0xff, 0xfe], length.as_slice(), CANARY].concat();
    STANDARD.encode([&plain[..2], &comment, &plain[2..]].concat())
}

pub(crate) async fn begun(holder: &Holder, form: &str) -> String {
    let station = (form != "incident").then_some("11-001");
    let args = json!({ "form": form, "station": station, "place": null });
    let page: ReportPage = holder.call("start_visit", args).await;
    page.row.id
}

pub(crate) fn photo(id: &str, question: &str, seed: u8) -> Value {
    json!({ "id": id, "question": question, "media_type": "image/jpeg", "base64": jpeg(seed) })
}

pub(crate) async fn finish(holder: &Holder, id: &str) {
    let answer = json!({ "id": id, "question": "A18", "value": { "t": "integer", "v": 1212 } });
    let _: Value = holder.call("answer", answer).await;
    let confirm = json!({ "id": id, "confirmed_by": holder.observers });
    let outcome: Value = holder.call("finish", confirm).await;
    assert_eq!(outcome["outcome"], "finished", "{outcome}");
}

pub(crate) async fn states(holder: &Holder) -> Vec<PictureState> {
    let listed: Pictures = holder.call("pictures", json!({})).await;
    listed.pictures.into_iter().map(|it| it.state).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn pictures_of_any_question_travel_after_their_report_and_headquarters_signs_for_each() {
    let office = Office::open();
    let holder = office.holder("T001").await;
    let id = begun(&holder, "opening").await;
    let _: ReportPage = holder.call("photo", photo(&id, "A18", 1)).await;
    let page: ReportPage = holder.call("photo", photo(&id, "A18", 2)).await;
    assert_eq!(page.pictures.len(), 2);
    assert_eq!(page.pictures[0].state, PictureState::OnDevice);
    let outbox: Outbox = holder.call("outbox", json!({})).await;
    assert_eq!((outbox.pictures.total, outbox.pictures.waiting), (2, 0));

    let bytes: PictureBytes = holder
        .call("picture", json!({ "hash": page.pictures[0].hash }))
        .await;
    let bytes = STANDARD.decode(bytes.base64).expect("base64");
    assert!(!bytes.windows(CANARY.len()).any(|window| window == CANARY));

    finish(&holder, &id).await;
    let waiting = PictureState::Waiting { done: 0, total: 0 };
    assert_eq!(states(&holder).await, [waiting.clone(), waiting]);
    holder.set_online(true);
    let _: SyncOutcome = holder.call("sync", json!({})).await;
    let held = states(&holder).await;
    assert!(
        held.iter()
            .all(|it| matches!(it, PictureState::Held { .. })),
        "{held:?}"
    );
    let device = office.headquarters.ledger.read(|read| read.devices());
    let device = device.expect("read")[0].id;
    let hash = page.pictures[0].hash;
    let kept = office
        .headquarters
        .ledger
        .read(|read| read.picture(device, hash.0))
        .expect("read");
    assert_eq!(kept.expect("held").body, bytes);
    let outbox: Outbox = holder.call("outbox", json!({})).await;
    assert_eq!((outbox.pictures.held, outbox.pictures.waiting), (2, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_goes_away_while_the_draft_is_open_and_stays_once_it_is_finished() {
    let office = Office::open();
    let holder = office.holder("T001").await;
    let id = begun(&holder, "opening").await;
    let page: ReportPage = holder.call("photo", photo(&id, "A18", 1)).await;
    let first = page.pictures[0].hash;
    assert!(page.pictures[0].may_go);
    let page: ReportPage = holder.call("photo", photo(&id, "A18", 2)).await;
    let second = page.pictures.iter().find(|it| it.hash != first);
    let second = second.expect("two").hash;
    let remove = |hash| json!({ "id": id, "question": "A18", "hash": hash });
    let page: ReportPage = holder.call("remove_picture", remove(first)).await;
    assert_eq!(page.pictures.len(), 1);
    let gone = json!({ "hash": first });
    assert_eq!(holder.refusal("picture", gone).await, "unknown_picture");
    finish(&holder, &id).await;
    assert_eq!(
        holder.refusal("remove_picture", remove(second)).await,
        "finished"
    );

    // A correction that brings nothing but a picture is one.
    let _: Value = holder
        .call(
            "correct",
            json!({ "id": id, "reason": "the copy was handed out later" }),
        )
        .await;
    assert_eq!(
        holder.refusal("remove_picture", remove(second)).await,
        "unknown_picture"
    );
    let confirm = json!({ "id": id, "confirmed_by": holder.observers });
    assert_eq!(
        holder.refusal("finish", confirm.clone()).await,
        "nothing_changed"
    );
    let _: ReportPage = holder.call("photo", photo(&id, "A18", 3)).await;
    let outcome: Value = holder.call("finish", confirm).await;
    assert_eq!(outcome["outcome"], "finished");
    let page: ReportPage = holder.call("report", json!({ "id": id })).await;
    assert!(page.pictures.iter().all(|it| !it.may_go));
    assert_eq!(page.pictures.len(), 2);

    // What a correction brought goes with it when it is given up.
    let _: Value = holder
        .call("correct", json!({ "id": id, "reason": "again" }))
        .await;
    let _: ReportPage = holder.call("photo", photo(&id, "A18", 4)).await;
    let page: ReportPage = holder.call("drop_correction", json!({ "id": id })).await;
    assert_eq!(page.pictures.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_devices_screen_says_that_its_picture_does_not_go() {
    let office = Office::open();
    let holder = office.holder("T001").await;
    let id = begun(&holder, "opening").await;
    let _: ReportPage = holder.call("photo", photo(&id, "A18", 1)).await;
    finish(&holder, &id).await;
    let device = office.headquarters.ledger.read(|read| read.devices());
    let device = device.expect("read")[0].id;
    office
        .headquarters
        .revoke(device, "stolen", "test")
        .unwrap_or_else(|error| panic!("{error}"));
    holder.set_online(true);
    assert_eq!(holder.refusal("sync", json!({})).await, "device_revoked");
    assert!(matches!(
        states(&holder).await[..],
        [PictureState::Waiting { .. }]
    ));
}
