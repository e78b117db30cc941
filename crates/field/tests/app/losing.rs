//! A device that can be lost: wiping, the last wrong PIN, leaving.

use crate::device::{Device, PIN, Weather, integer};
use baqylau_field::view::{AtStake, Event, Phase, ReportPage, Status};
use baqylau_protocol::ApiError;
use baqylau_store::Vault;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::sync::Arc;

const HOUR_MS: i64 = 3_600_000;

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        if entry.path().is_dir() {
            found.extend(files(&entry.path()));
        } else {
            found.push(entry.path());
        }
    }
    found.sort();
    found
}

/// The app is as at its first start, on the screen and on the disk.
async fn assert_new(device: &Device) {
    let status: Status = device.call("status", json!({})).await.expect("a status");
    assert_eq!((status.phase, status.holder.is_some()), (Phase::New, false));
    let folder = device.folder();
    let left = [
        folder.join("settings.json"),
        folder.join("store/store.lock"),
    ];
    assert_eq!(files(folder), left, "the lock file is empty");
}

async fn guard(device: &Device, lock_on_leave_s: Option<u16>, wipe_after: Option<u32>) {
    let settings = json!({
        "language": "kk", "theme": "sun", "lock_after_min": 60,
        "lock_on_leave_s": lock_on_leave_s, "wipe_after": wipe_after,
    });
    let _: Status = device
        .call("set_settings", json!({ "settings": settings }))
        .await
        .expect("set");
}

async fn phase(device: &Device) -> Phase {
    let status: Status = device.call("status", json!({})).await.expect("a status");
    status.phase
}

#[tokio::test]
async fn a_wipe_of_an_open_device_leaves_nothing_and_it_can_be_enrolled_again() {
    let device = Device::enrolled().await;
    device.opening("11-001", 2104).await;
    let mut events = device.core.subscribe();
    let status: Status = device.call("wipe", json!({})).await.expect("wiped");
    assert_eq!(status.phase, Phase::New);
    assert!(std::iter::from_fn(|| events.try_recv().ok()).any(|event| event == Event::Locked));
    assert_new(&device).await;
    assert_eq!(device.refusal("reports", json!({})).await, "not_enrolled");
    let status = device.enrol().await.expect("enrolled again");
    assert_eq!(status.phase, Phase::Open);
}

#[tokio::test]
async fn a_wipe_that_a_kill_interrupted_takes_the_settings_along() {
    let mut device = Device::enrolled().await;
    let settings = json!({
        "language": "kk", "theme": "sun", "lock_after_min": 60,
        "wipe_after": 10, "proxy": "http://proxy.invalid:3128",
    });
    let _: Status = device
        .call("set_settings", json!({ "settings": settings }))
        .await
        .expect("set");
    // The keys are gone, other settings are being saved, and the app is killed.
    let vault = Vault::at(device.folder().join("store"));
    vault.destroy_keys().expect("no keys any more");
    std::fs::write(device.folder().join("settings.json.next"), b"{").expect("half of it");
    device.restart();
    assert_new(&device).await;
    let status: Status = device.call("status", json!({})).await.expect("a status");
    let left = status.settings;
    assert_eq!((left.proxy, left.wipe_after), (None, None));
    assert_eq!(left.language, "kk", "whoever stands there can read it");
}

#[tokio::test]
async fn a_wipe_needs_no_pin_and_does_not_wait_for_one() {
    let device = Device::enrolled().await;
    let _: Status = device.call("lock", json!({})).await.expect("locked");
    for _ in 0..8 {
        device.refusal("unlock", json!({ "pin": "000000" })).await;
    }
    let _: Status = device.call("wipe", json!({})).await.expect("wiped");
    assert_new(&device).await;
}

#[tokio::test]
async fn a_wipe_in_the_middle_of_an_exchange_ends_both() {
    let device = Arc::new(Device::enrolled().await);
    device.opening("11-001", 2104).await;
    let closed = device.road.gate.acquire().await.expect("a permit");
    let sending = Arc::clone(&device);
    let exchange = tokio::spawn(async move { sending.core.call("sync", json!({})).await });
    device
        .road
        .waiting
        .acquire()
        .await
        .expect("on the road")
        .forget();
    let _: Status = device.call("wipe", json!({})).await.expect("wiped");
    drop(closed);
    assert!(exchange.await.expect("it ends").is_err());
    assert_new(&device).await;
}

#[tokio::test]
async fn the_last_wrong_pin_destroys_everything_where_that_was_asked_for() {
    let mut device = Device::enrolled().await;
    guard(&device, None, Some(5)).await;
    let _: Status = device.call("lock", json!({})).await.expect("locked");
    for left in (1..=5).rev() {
        let status: Status = device.call("status", json!({})).await.expect("a status");
        assert_eq!(status.tries_left, Some(left), "a restart forgets no try");
        let code = device.refusal("unlock", json!({ "pin": "000000" })).await;
        assert_eq!(code, if left == 1 { "wiped" } else { "wrong_pin" });
        device.pass_ms(HOUR_MS);
        device.restart();
    }
    assert_new(&device).await;
    let status: Status = device.call("status", json!({})).await.expect("a status");
    assert_eq!(
        (
            status.settings.language.as_str(),
            status.settings.wipe_after
        ),
        ("kk", None),
        "the next holder reads the screen, and asks for a wipe anew"
    );
}

#[tokio::test]
async fn the_right_pin_starts_the_count_anew() {
    let device = Device::enrolled().await;
    guard(&device, None, Some(5)).await;
    for _ in 0..3 {
        let _: Status = device.call("lock", json!({})).await.expect("locked");
        for _ in 0..4 {
            assert_eq!(
                device.refusal("unlock", json!({ "pin": "000000" })).await,
                "wrong_pin"
            );
            device.pass_ms(HOUR_MS);
        }
        let status: Status = device
            .call("unlock", json!({ "pin": PIN }))
            .await
            .expect("unlocked");
        assert_eq!(status.phase, Phase::Open);
    }
}

#[tokio::test]
async fn a_slip_while_the_device_is_open_destroys_nothing() {
    let device = Device::enrolled().await;
    guard(&device, None, Some(5)).await;
    let slip = json!({ "old": "000000", "new": "135791" });
    let mut codes = Vec::new();
    for _ in 0..6 {
        codes.push(device.refusal("change_pin", slip.clone()).await);
        device.pass_ms(60_000);
    }
    assert_eq!(codes[..4], ["wrong_pin"; 4]);
    assert_eq!(codes[4..], ["last_try"; 2]);
    assert_eq!(phase(&device).await, Phase::Open);
    // Nor does asking for the wipe after so many slips.
    guard(&device, None, None).await;
    let strict = json!({ "settings": {
        "language": "en", "theme": "system", "lock_after_min": 5, "wipe_after": 5,
    } });
    assert_eq!(device.refusal("set_settings", strict).await, "last_try");
}

#[tokio::test]
async fn whoever_finds_the_device_locked_cannot_take_its_guards_away() {
    let device = Device::enrolled().await;
    guard(&device, Some(30), Some(10)).await;
    let _: Status = device.call("lock", json!({})).await.expect("locked");
    let settings = |language: &str, wipe_after: Value| {
        json!({ "settings": {
            "language": language, "theme": "sun", "lock_after_min": 60,
            "lock_on_leave_s": 30, "wipe_after": wipe_after,
        } })
    };
    assert_eq!(
        device
            .refusal("set_settings", settings("kk", Value::Null))
            .await,
        "locked"
    );
    let status: Status = device
        .call("set_settings", settings("ru", json!(10)))
        .await
        .expect("the language is everybody's");
    assert_eq!(status.settings.language, "ru");
}

#[tokio::test]
async fn an_app_that_was_left_locks_itself_after_the_time_that_was_chosen() {
    let device = Device::enrolled().await;
    guard(&device, Some(30), None).await;
    let leave = async || {
        device
            .call::<Value>("leave", json!({}))
            .await
            .expect("left")
    };
    leave().await;
    device.pass_ms(29_000);
    device.core.lock_when_idle();
    assert_eq!(phase(&device).await, Phase::Open);
    let _: Value = device.call("touch", json!({})).await.expect("back");
    device.pass_ms(60_000);
    assert_eq!(phase(&device).await, Phase::Open, "back in time");

    leave().await;
    device.pass_ms(20_000);
    // What the page still does in the background is nobody's return.
    let _: Value = device.call("today", json!({})).await.expect("today");
    device.pass_ms(10_000);
    assert_eq!(phase(&device).await, Phase::Locked);
}

#[tokio::test]
async fn leaving_locks_at_once_or_never_where_that_was_chosen() {
    let device = Device::enrolled().await;
    guard(&device, None, None).await;
    let _: Value = device.call("leave", json!({})).await.expect("left");
    device.pass_ms(600_000);
    device.core.lock_when_idle();
    assert_eq!(phase(&device).await, Phase::Open);
    guard(&device, Some(0), None).await;
    let _: Value = device.call("leave", json!({})).await.expect("left");
    assert_eq!(phase(&device).await, Phase::Locked);
}

#[tokio::test]
async fn what_only_this_device_holds_is_said_in_figures() {
    let device = Device::enrolled().await;
    let at_stake = async || {
        device
            .call::<AtStake>("at_stake", json!({}))
            .await
            .expect("figures")
    };
    let nothing = AtStake {
        reports: 0,
        in_other_hands: 0,
        drafts: 0,
        notes: 0,
        carried: 0,
    };
    assert_eq!(at_stake().await, nothing);
    device.set_weather(Weather::Down(ApiError::Unreachable));
    let finished = device.opening("11-001", 2104).await;
    let draft = device.start("voting", "11-001").await.row.id;
    device.answer(&draft, "B03", integer(2104)).await;
    for id in [&finished, &draft] {
        let note = json!({ "id": id, "question": null, "text": "a queue" });
        let _: ReportPage = device.call("note", note).await.expect("noted");
    }
    let said = at_stake().await;
    assert_eq!((said.reports, said.drafts, said.notes), (1, 1, 2));
    device.set_weather(Weather::Clear);
    let _: Value = device.call("sync", json!({})).await.expect("sent");
    let said = at_stake().await;
    assert_eq!((said.reports, said.drafts, said.notes), (0, 1, 1));
}
