//! Reports that the device itself can no longer open, and what becomes of them.

use crate::device::{Device, PIN, Weather, integer};
use crate::office::{Holder, Office};
use crate::pictures::jpeg;
use baqylau_domain::DeliveryState;
use baqylau_field::commands::Reports;
use baqylau_field::view::{
    FinishOutcome, PictureState, Pictures, ReportPage, Sealing, Status, SyncOutcome,
};
use baqylau_protocol::{ApiError, EntryKind};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

const MINUTE_MS: i64 = 60_000;

fn asked(finished_answers: &str, edit_window_min: u16) -> Value {
    json!({ "settings": {
        "language": "en", "theme": "system", "lock_after_min": 60, "lock_on_leave_s": null,
        "wipe_after": null, "finished_answers": finished_answers, "edit_window_min": edit_window_min,
    }})
}

async fn ask(device: &Device, finished_answers: &str, edit_window_min: u16) {
    let args = asked(finished_answers, edit_window_min);
    let _: Status = device.call("set_settings", args).await.expect("set");
}

async fn sealing(device: &Device, id: &str) -> Option<Sealing> {
    device.report(id).await.row.sealing
}

async fn is_sealed(device: &Device, id: &str) -> bool {
    matches!(sealing(device, id).await, Some(Sealing::Sealed { .. }))
}

async fn sync(device: &Device) {
    let _: SyncOutcome = device.call("sync", json!({})).await.expect("an exchange");
}

/// What this device could still show of its answers.
async fn saved(device: &Device) -> usize {
    let saved = device.core.saved_answers().await.expect("open");
    saved.iter().map(|(_, answers)| answers.len()).sum()
}

async fn delivered(device: &Device) -> usize {
    let held = device.held().await;
    let is_revision = |kind: &EntryKind| matches!(kind, EntryKind::Revision { .. });
    held.iter().filter(|entry| is_revision(&entry.kind)).count()
}

fn outbox(folder: &Path) -> Vec<std::path::PathBuf> {
    let kept = fs::read_dir(folder.join("store/outbox")).expect("an outbox");
    kept.map(|entry| entry.expect("a file").path()).collect()
}

#[tokio::test]
async fn answers_stay_until_the_edit_window_is_over_and_then_nothing_can_be_added() {
    let device = Device::enrolled().await;
    ask(&device, "sealed", 60).await;
    let id = device.opening("11-001", 2104).await;
    let Some(Sealing::Open {
        until,
        waits_for_receipt: false,
    }) = sealing(&device, &id).await
    else {
        panic!("the window is open");
    };
    let finished = device.report(&id).await.revisions[0].at;
    assert_eq!(until.utc_ms - finished.utc_ms, 60 * MINUTE_MS);
    device.pass_ms(59 * MINUTE_MS);
    device.core.seal_when_due().await;
    assert!(saved(&device).await > 0);
    let correcting: ReportPage = device
        .call("correct", json!({ "id": id, "reason": "a slip" }))
        .await
        .expect("still open");
    device.pass_ms(10 * MINUTE_MS);
    device.core.seal_when_due().await;
    assert!(
        saved(&device).await > 0,
        "what is being written is not taken away"
    );
    let _: ReportPage = device
        .call("drop_correction", json!({ "id": correcting.row.id }))
        .await
        .expect("dropped");
    device.core.seal_when_due().await;
    assert!(is_sealed(&device, &id).await);
    assert_eq!(saved(&device).await, 0);
    let reason = json!({ "id": id, "reason": "too late" });
    assert_eq!(device.refusal("correct", reason.clone()).await, "sealed");
    assert_eq!(device.refusal("withdraw", reason).await, "sealed");
    let note = json!({ "id": id, "question": null, "text": "too late" });
    assert_eq!(device.refusal("note", note).await, "sealed");
    let answer = json!({ "id": id, "question": "A18", "value": null });
    assert_eq!(device.refusal("answer", answer).await, "sealed");
    let page = device.report(&id).await;
    assert!(
        page.row.answered > 0 && page.row.applicable > 0,
        "figures stay"
    );
}

#[tokio::test]
async fn what_was_to_be_sealed_while_locked_is_sealed_by_unlocking_also_after_a_restart() {
    let mut device = Device::enrolled().await;
    ask(&device, "sealed", 15).await;
    let id = device.opening("11-001", 2104).await;
    let note = json!({ "id": id, "question": "A18", "text": "the lamp was broken" });
    let _: ReportPage = device.call("note", note).await.expect("noted");
    device.restart();
    device.pass_ms(15 * MINUTE_MS);
    let _: Status = device
        .call("unlock", json!({ "pin": PIN }))
        .await
        .expect("unlocked");
    assert!(is_sealed(&device, &id).await);
    assert_eq!(saved(&device).await, 0);
    device.restart();
    let _: Status = device
        .call("unlock", json!({ "pin": PIN }))
        .await
        .expect("unlocked");
    sync(&device).await;
    let noted = |kind: &EntryKind| matches!(kind, EntryKind::Note { text, .. } if text == "the lamp was broken");
    assert!(device.held().await.iter().any(|entry| noted(&entry.kind)));
    assert_eq!(delivered(&device).await, 1);
    assert!(matches!(
        device.report(&id).await.row.delivery,
        DeliveryState::Held { .. }
    ));
}

#[tokio::test]
async fn where_it_was_asked_for_answers_stay_until_headquarters_holds_the_report() {
    let device = Device::enrolled().await;
    ask(&device, "removed_when_held", 0).await;
    device.set_weather(Weather::Down(ApiError::Unreachable));
    let id = device.opening("11-001", 2104).await;
    device.pass_ms(MINUTE_MS);
    device.core.seal_when_due().await;
    assert_eq!(sealing(&device, &id).await, Some(Sealing::WaitsForReceipt));
    assert!(saved(&device).await > 0);
    device.set_weather(Weather::Clear);
    sync(&device).await;
    assert!(
        is_sealed(&device, &id).await,
        "the receipt came, and with it the removal"
    );
    assert_eq!(saved(&device).await, 0);
}

#[tokio::test]
async fn only_reports_whose_window_is_over_go_out_of_a_segment_of_several() {
    let device = Device::enrolled().await;
    ask(&device, "sealed", 60).await;
    let first = device.opening("11-001", 2104).await;
    device.pass_ms(40 * MINUTE_MS);
    let second = device.opening("11-002", 2105).await;
    sync(&device).await;
    assert_eq!(outbox(device.folder()).len(), 1, "one segment holds both");
    device.pass_ms(20 * MINUTE_MS);
    device.core.seal_when_due().await;
    assert!(is_sealed(&device, &first).await && !is_sealed(&device, &second).await);
    let _: ReportPage = device
        .call("correct", json!({ "id": second, "reason": "a slip" }))
        .await
        .expect("the other one is open");
}

#[tokio::test]
async fn a_restored_headquarters_gets_sealed_reports_again_out_of_the_outbox() {
    let device = Device::enrolled().await;
    let before = device.hq.snapshot();
    ask(&device, "sealed", 0).await;
    device.opening("11-001", 2104).await;
    sync(&device).await;
    ask(&device, "kept", 0).await;
    device.opening("11-002", 2105).await;
    sync(&device).await;
    let held = device.held().await;
    device.hq.restore(&before);
    sync(&device).await;
    assert_eq!(device.held().await, held);
}

#[tokio::test]
async fn a_headquarters_that_lost_its_key_is_told_of_plainly_and_nothing_gets_stuck() {
    let device = Device::enrolled().await;
    ask(&device, "sealed", 0).await;
    let id = device.opening("11-001", 2104).await;
    assert!(is_sealed(&device, &id).await);
    device.hq.replace_seal_key();
    ask(&device, "kept", 0).await;
    let other = device.opening("11-002", 2105).await;
    let files = outbox(device.folder()).len();
    for _ in 0..3 {
        assert_eq!(device.refusal("sync", json!({})).await, "sealed_not_opened");
        device.pass_ms(10 * MINUTE_MS);
    }
    assert!(
        outbox(device.folder()).len() <= files + 2,
        "nothing is sealed anew again and again"
    );
    assert!(matches!(
        device.report(&other).await.row.delivery,
        DeliveryState::Sent
    ));
    assert!(
        is_sealed(&device, &id).await,
        "it is still there, for the key that opens it"
    );
    device
        .answer(
            &device.start("opening", "11-001").await.row.id,
            "A18",
            integer(1),
        )
        .await;
}

#[tokio::test]
async fn a_damaged_packet_of_a_sealed_report_is_said_plainly_and_the_rest_goes_on() {
    let mut device = Device::enrolled().await;
    ask(&device, "sealed", 0).await;
    let id = device.opening("11-001", 2104).await;
    for path in outbox(device.folder()) {
        fs::write(path, b"damaged").expect("written");
    }
    device.restart();
    let _: Status = device
        .call("unlock", json!({ "pin": PIN }))
        .await
        .expect("it opens");
    assert!(matches!(
        sealing(&device, &id).await,
        Some(Sealing::Lost { .. })
    ));
    ask(&device, "kept", 0).await;
    device.opening("11-002", 2105).await;
    assert_eq!(device.refusal("sync", json!({})).await, "sealed_lost");
    let rows: Reports = device.call("reports", json!({})).await.expect("a list");
    assert_eq!(rows.rows.len(), 2);
}

#[tokio::test]
async fn an_exchange_under_way_is_waited_for_and_ends_with_sealing() {
    let device = std::sync::Arc::new(Device::enrolled().await);
    ask(&device, "sealed", 30).await;
    let id = device.opening("11-001", 2104).await;
    let closed = device.road.gate.acquire().await.expect("a permit");
    let sending = std::sync::Arc::clone(&device);
    let exchange = tokio::spawn(async move { sending.core.call("sync", json!({})).await });
    device
        .road
        .waiting
        .acquire()
        .await
        .expect("on the road")
        .forget();
    device.pass_ms(30 * MINUTE_MS);
    device.core.seal_when_due().await;
    assert_eq!(sealing(&device, &id).await, Some(Sealing::Due));
    drop(closed);
    exchange.await.expect("it ends").expect("it succeeds");
    assert!(is_sealed(&device, &id).await);
}

#[tokio::test]
async fn a_later_visit_says_that_it_cannot_be_held_against_what_is_sealed() {
    let device = Device::enrolled().await;
    ask(&device, "sealed", 0).await;
    device.opening("11-001", 2104).await;
    let page = device.start("voting", "11-001").await;
    assert_eq!(page.sealed_before, 1);
    assert_eq!(device.start("voting", "11-002").await.sealed_before, 0);
}

async fn observed(holder: &Holder, note: &str) -> String {
    let page: ReportPage = holder
        .call(
            "start_visit",
            json!({ "form": "opening", "station": "11-001", "place": null }),
        )
        .await;
    let id = page.row.id;
    let photo =
        json!({ "id": id, "question": "A18", "media_type": "image/jpeg", "base64": jpeg(3) });
    let _: ReportPage = holder.call("photo", photo).await;
    let answer = json!({ "id": id, "question": "A18", "value": { "t": "integer", "v": 1212 } });
    let _: Value = holder.call("answer", answer).await;
    let note = json!({ "id": id, "question": "A18", "text": note });
    let _: ReportPage = holder.call("note", note).await;
    let confirm = json!({ "id": id, "confirmed_by": holder.observers });
    let outcome: FinishOutcome = holder.call("finish", confirm).await;
    assert!(matches!(outcome, FinishOutcome::Finished { .. }));
    id
}

fn export(office: &Office, file: &str) -> String {
    let bytes = baqylau_hq::export::file(&office.headquarters, file)
        .unwrap_or_else(|error| panic!("{error}"))
        .expect("part of an export");
    String::from_utf8(bytes).expect("text")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sealed_report_arrives_whole_and_its_photo_goes_after_its_receipt() {
    let office = Office::open();
    let holder = office.holder("T001").await;
    let _: Status = holder.call("set_settings", asked("sealed", 0)).await;
    let id = observed(&holder, "the lamp was broken").await;
    let page: ReportPage = holder.call("report", json!({ "id": id })).await;
    assert!(matches!(
        page.row.sealing,
        Some(Sealing::Sealed {
            pictures_here: 1,
            ..
        })
    ));
    let shown = serde_json::to_string(&page).expect("json");
    assert!(
        !shown.contains("1212") && !shown.contains("lamp"),
        "{shown}"
    );
    let hash = page.pictures[0].hash;
    let _: Value = holder.call("picture", json!({ "hash": hash })).await;

    holder.set_online(true);
    let _: SyncOutcome = holder.call("sync", json!({})).await;
    assert!(matches!(
        holder.delivery(&id).await,
        DeliveryState::Held { .. }
    ));
    let there = export(&office, "reports.jsonl");
    assert!(there.contains("\"v\":1212"), "{there}");
    let page: ReportPage = holder.call("report", json!({ "id": id })).await;
    assert!(matches!(
        page.row.sealing,
        Some(Sealing::Sealed {
            pictures_here: 0,
            ..
        })
    ));
    assert_eq!(
        holder.refusal("picture", json!({ "hash": hash })).await,
        "unknown_picture"
    );
    let listed: Pictures = holder.call("pictures", json!({})).await;
    assert!(matches!(
        listed.pictures[0].state,
        PictureState::Held { .. }
    ));
    assert!(!listed.pictures[0].is_here);
}
