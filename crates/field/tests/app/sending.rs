//! From the journal to headquarters, over roads that fail.

use crate::device::{Device, PIN, Weather, integer, text};
use baqylau_domain::{DeliveryState, DeviceId};
use baqylau_field::view::{Event, Evidence, Outbox, ReportPage, Status, SyncOutcome, Today};
use baqylau_protocol::{ApiError, EntryKind};
use serde_json::json;

async fn evidence(device: &Device) -> Evidence {
    device
        .call::<Today>("today", json!({}))
        .await
        .expect("today")
        .evidence
}

async fn delivery(device: &Device, id: &str) -> DeliveryState {
    device.report(id).await.row.delivery
}

#[tokio::test]
async fn a_visit_goes_from_the_corridor_to_headquarters_and_is_corrected() {
    let device = Device::enrolled().await;
    device.set_weather(Weather::Down(ApiError::Unreachable));
    let id = device.opening("11-001", 2104).await;
    assert_eq!(device.refusal("sync", json!({})).await, "unreachable");
    assert_eq!(
        delivery(&device, &id).await,
        DeliveryState::Waiting,
        "what found no road was not sent"
    );
    let offline = evidence(&device).await;
    assert_eq!((offline.finished, offline.held, offline.waiting), (1, 0, 1));
    assert_eq!(offline.last_error.as_deref(), Some("unreachable"));
    let outbox: Outbox = device.call("outbox", json!({})).await.expect("an outbox");
    assert_eq!(outbox.waiting.len(), 1);
    assert!(outbox.next_bytes >= 512, "padding hides how little it is");

    device.set_weather(Weather::Clear);
    let outcome: SyncOutcome = device.call("sync", json!({})).await.expect("sent");
    assert_eq!(outcome.confirmed, 3, "open, revision, finalise");
    assert_eq!((outcome.evidence.held, outcome.evidence.waiting), (1, 0));
    assert_eq!(outcome.evidence.last_error, None);
    assert!(matches!(
        delivery(&device, &id).await,
        DeliveryState::Held { .. }
    ));
    let outbox: Outbox = device.call("outbox", json!({})).await.expect("an outbox");
    assert_eq!((outbox.waiting.len(), outbox.next_bytes), (0, 0));

    let _: ReportPage = device
        .call("correct", json!({ "id": id, "reason": "a slip" }))
        .await
        .expect("begun");
    device.answer(&id, "A18", integer(2014)).await;
    device.finish(&id).await;
    assert_eq!(delivery(&device, &id).await, DeliveryState::Waiting);
    let outcome: SyncOutcome = device.call("sync", json!({})).await.expect("sent");
    assert_eq!(outcome.confirmed, 2);
    let corrections: Vec<_> = device
        .held()
        .await
        .into_iter()
        .filter_map(|entry| match entry.kind {
            EntryKind::Revision {
                report,
                number,
                changes,
                reason,
                supersedes,
            } => Some((report, number, changes.len(), reason, supersedes)),
            _ => None,
        })
        .collect();
    // The second one holds what changed and nothing else.
    assert_eq!(
        corrections[1],
        (1, 2, 1, Some("a slip".to_owned()), Some(2))
    );
}

/// The device whose entries wait at headquarters, and how many.
fn ahead(device: &Device, id: DeviceId) -> (usize, usize) {
    (device.hq.waiting(&id).len(), device.hq.journal(&id).len())
}

#[tokio::test]
async fn an_incident_goes_before_the_day_that_was_not_sent() {
    let device = Device::new();
    device.hq.reconfigure(|config| {
        config.limits.request_segments = 1;
        config.limits.segment_entries = 3;
    });
    device.enrol().await.expect("enrolled");
    device.opening("11-001", 2104).await;
    device.opening("11-002", 1500).await;
    let incident: ReportPage = device
        .call(
            "start_visit",
            json!({ "form": "incident", "station": null, "place": null }),
        )
        .await
        .expect("begun");
    let incident = incident.row.id;
    device
        .answer(&incident, "I01", text("A box was carried out"))
        .await;
    device.finish(&incident).await;
    let id = device
        .report(&incident)
        .await
        .row
        .entry
        .expect("finished")
        .device;

    // The first request arrives; nobody hears of it.
    device.set_weather(Weather::RepliesLost);
    assert_eq!(device.refusal("sync", json!({})).await, "interrupted");
    assert_eq!(
        ahead(&device, id),
        (3, 0),
        "the incident waits, and nothing else came"
    );
    assert_eq!(delivery(&device, &incident).await, DeliveryState::Waiting);

    device.set_weather(Weather::Clear);
    let outcome: SyncOutcome = device.call("sync", json!({})).await.expect("sent");
    assert_eq!(outcome.confirmed, 9);
    assert_eq!(ahead(&device, id), (0, 9));
    assert!(matches!(
        delivery(&device, &incident).await,
        DeliveryState::Held { .. }
    ));
}

#[tokio::test]
async fn a_lost_answer_doubles_nothing_and_claims_nothing() {
    let device = Device::enrolled().await;
    let id = device.opening("11-001", 2104).await;
    device.set_weather(Weather::RepliesLost);
    assert_eq!(device.refusal("sync", json!({})).await, "interrupted");
    assert_eq!(
        delivery(&device, &id).await,
        DeliveryState::Sent,
        "sent is not held"
    );
    assert_eq!(evidence(&device).await.held, 0);
    device.set_weather(Weather::Clear);
    let _: SyncOutcome = device.call("sync", json!({})).await.expect("sent");
    assert_eq!(
        device.held().await.len(),
        3,
        "once, although it was sent twice"
    );
    assert!(matches!(
        delivery(&device, &id).await,
        DeliveryState::Held { .. }
    ));
}

#[tokio::test]
async fn headquarters_restored_from_a_backup_gets_everything_again() {
    let device = Device::enrolled().await;
    device.opening("11-001", 2104).await;
    let _: SyncOutcome = device.call("sync", json!({})).await.expect("sent");
    let backup = device.hq.snapshot();
    let later = device.opening("11-002", 1987).await;
    let _: SyncOutcome = device.call("sync", json!({})).await.expect("sent");
    device.hq.restore(&backup);
    let _: SyncOutcome = device.call("sync", json!({})).await.expect("sent again");
    assert_eq!(device.held().await.len(), 6);
    assert!(matches!(
        delivery(&device, &later).await,
        DeliveryState::Held { .. }
    ));
}

#[tokio::test]
async fn one_exchange_at_a_time_and_a_lock_ends_it() {
    let device = Device::enrolled().await;
    device.opening("11-001", 2104).await;
    let closed = device.road.gate.acquire().await.expect("the gate");
    let core = device.core.clone();
    let under_way = tokio::spawn(async move { core.call("sync", json!({})).await });
    device
        .road
        .waiting
        .acquire()
        .await
        .expect("the request is on the road")
        .forget();
    assert_eq!(device.refusal("sync", json!({})).await, "already_syncing");
    let outbox: Outbox = device.call("outbox", json!({})).await.expect("an outbox");
    assert!(outbox.sending.is_some());
    let _: Status = device.call("lock", json!({})).await.expect("locked");
    let ended = under_way
        .await
        .expect("it ends")
        .expect_err("without success");
    assert_eq!(ended.code, "locked");
    drop(closed);
    let _: Status = device
        .call("unlock", json!({ "pin": PIN }))
        .await
        .expect("the files were closed");
    let outcome: SyncOutcome = device.call("sync", json!({})).await.expect("sent");
    assert_eq!(outcome.evidence.waiting, 0);
}

#[tokio::test]
async fn progress_is_told_and_headquarters_wish_is_kept() {
    let device = Device::enrolled().await;
    device.opening("11-001", 2104).await;
    device.hq.ask_to_wait(Some(30));
    let mut events = device.core.subscribe();
    let _: SyncOutcome = device.call("sync", json!({})).await.expect("sent");
    let steps: Vec<_> = std::iter::from_fn(|| events.try_recv().ok())
        .filter_map(|event| match event {
            Event::SyncMoved(progress) => Some(progress.step),
            _ => None,
        })
        .collect();
    assert_eq!(steps.first().map(String::as_str), Some("connect"));
    assert!(steps.iter().any(|step| step == "send") && steps.iter().any(|step| step == "confirm"));
    assert_eq!(device.refusal("sync", json!({})).await, "busy");
    device.pass_ms(30_000);
    let _: SyncOutcome = device.call("sync", json!({})).await.expect("and now again");
}

#[tokio::test]
async fn a_revoked_device_is_told_so() {
    let device = Device::enrolled().await;
    device.opening("11-001", 2104).await;
    let _: SyncOutcome = device.call("sync", json!({})).await.expect("sent");
    let me = device
        .call::<baqylau_field::commands::Reports>("reports", json!({}))
        .await
        .expect("reports")
        .rows[0]
        .entry
        .expect("finished")
        .device;
    device.hq.reconfigure(|config| config.revoked.push(me));
    device.opening("11-002", 1).await;
    assert_eq!(device.refusal("sync", json!({})).await, "device_revoked");
}

/// A new version of the voting form: one label says something else.
fn reword_a_question(folder: &std::path::Path) {
    let form = folder.join("forms/voting.csv");
    let text = std::fs::read_to_string(&form).expect("the form");
    let reworded = text.replace("Voters on the list", "Voters on the list now");
    std::fs::write(form, reworded).expect("written");
}

#[tokio::test]
async fn new_content_that_came_only_by_half_does_not_lock_anybody_out() {
    let mut device = Device::enrolled().await;
    device.offer_mission(reword_a_question);
    device.set_weather(Weather::BlobsLost);
    assert_eq!(device.refusal("sync", json!({})).await, "unreachable");
    device.restart();
    let _: Status = device
        .call("unlock", json!({ "pin": PIN }))
        .await
        .expect("it opens offline");
    device.start("voting", "11-001").await;
    device.set_weather(Weather::Clear);
    let outcome: SyncOutcome = device
        .call("sync", json!({}))
        .await
        .expect("the rest comes");
    assert!(outcome.updated);
}

#[tokio::test]
async fn a_new_version_of_a_form_is_for_new_reports() {
    let device = Device::enrolled().await;
    let begun = device.start("voting", "11-001").await;
    device.offer_mission(reword_a_question);
    let outcome: SyncOutcome = device.call("sync", json!({})).await.expect("it comes");
    assert!(outcome.updated);
    let label = |page: &ReportPage| page.sheet.questions["B03"].label.clone();
    assert_eq!(
        label(&device.report(&begun.row.id).await),
        "Voters on the list",
        "a draft keeps its form"
    );
    let fresh = device.start("voting", "11-002").await;
    assert_eq!(label(&fresh), "Voters on the list now");
    assert_ne!(fresh.sheet.hash, begun.sheet.hash);
}
