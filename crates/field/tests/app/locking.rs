//! The lock: what works behind it, when it falls shut, what opens it.

use crate::device::{Device, PIN, integer};
use baqylau_field::commands::COMMANDS;
use baqylau_field::view::{Event, Phase, Status};
use serde_json::json;

#[tokio::test]
async fn nothing_but_the_lock_works_behind_the_lock() {
    let device = Device::new();
    let allowed = [
        "status",
        "enrol",
        "unlock",
        "begin_anew",
        "lock",
        "wipe",
        "recovery_request",
        "recover",
        "set_settings",
        "backup_places",
        "restore",
        "leave",
        "touch",
    ];
    let args = |name: &str| match name {
        "change_pin" => json!({ "old": PIN, "new": "999999" }),
        "stations" => json!({ "query": "", "place": "station", "limit": 1 }),
        "start_visit" => json!({ "form": "voting", "station": "11-001", "place": null }),
        "report" | "drop_correction" | "discard" => json!({ "id": "x" }),
        "answer" => json!({ "id": "x", "question": "B03", "value": null }),
        "note" => json!({ "id": "x", "question": null, "text": "x" }),
        "photo" => json!({ "id": "x", "question": "B06", "media_type": "image/png", "base64": "" }),
        "picture" => json!({ "hash": "00".repeat(32) }),
        "remove_picture" => json!({ "id": "x", "question": "B06", "hash": "00".repeat(32) }),
        "finish" => json!({ "id": "x", "confirmed_by": [] }),
        "correct" | "withdraw" => json!({ "id": "x", "reason": "x" }),
        "make_file" => json!({ "folder": "x", "load": "own" }),
        "allow_recovery" => json!({ "allowed": true }),
        "bind" => json!({ "pin": PIN }),
        "back_up" => json!({ "folder": "x" }),
        "open_earlier" => json!({ "journal": "x", "pin": PIN }),
        "earlier_report" => json!({ "journal": "x", "id": "x" }),
        "make_codes" => json!({ "load": "own" }),
        "take_file" => json!({ "path": "x", "label": null }),
        "take_bytes" | "take_picture" => json!({ "base64": "", "label": null }),
        "take_code" => json!({ "text": "x", "label": null }),
        "code_frame" => json!({ "set": "x", "number": 0 }),
        "listen" => json!({ "label": null }),
        "hand_over" => json!({ "code": "x" }),
        _ => json!({}),
    };
    for command in COMMANDS
        .iter()
        .filter(|command| !allowed.contains(&command.name))
    {
        assert_eq!(
            device.refusal(command.name, args(command.name)).await,
            "not_enrolled",
            "{}",
            command.name
        );
    }
    device.enrol().await.expect("enrolled");
    let _: Status = device.call("lock", json!({})).await.expect("locked");
    for command in COMMANDS
        .iter()
        .filter(|command| !allowed.contains(&command.name))
    {
        assert_eq!(
            device.refusal(command.name, args(command.name)).await,
            "locked",
            "{}",
            command.name
        );
    }
    let status: Status = device.call("status", json!({})).await.expect("a status");
    assert_eq!(
        (status.phase, status.holder.is_some()),
        (Phase::Locked, false)
    );
}

#[tokio::test]
async fn a_wrong_pin_opens_nothing_and_costs_time() {
    let device = Device::enrolled().await;
    let _: Status = device.call("lock", json!({})).await.expect("locked");
    let mut codes = Vec::new();
    for _ in 0..12 {
        codes.push(device.refusal("unlock", json!({ "pin": "000000" })).await);
    }
    assert_eq!(codes[0], "wrong_pin");
    assert_eq!(codes[11], "pin_delay", "guessing becomes slow");
    assert_eq!(
        device.refusal("unlock", json!({ "pin": PIN })).await,
        "pin_delay",
        "also for the right one"
    );
    let status: Status = device.call("status", json!({})).await.expect("a status");
    assert!(status.retry_in_s > 0);
    device.pass_ms(24 * 3_600_000);
    let status: Status = device
        .call("unlock", json!({ "pin": PIN }))
        .await
        .expect("unlocked");
    assert_eq!(status.phase, Phase::Open);
}

#[tokio::test]
async fn a_new_pin_replaces_the_old_one() {
    let mut device = Device::enrolled().await;
    assert_eq!(
        device
            .refusal("change_pin", json!({ "old": PIN, "new": "1" }))
            .await,
        "weak_pin"
    );
    assert_eq!(
        device
            .refusal("change_pin", json!({ "old": "000000", "new": "135791" }))
            .await,
        "wrong_pin"
    );
    let _: Status = device
        .call("change_pin", json!({ "old": PIN, "new": "135791" }))
        .await
        .expect("changed");
    device.restart();
    assert_eq!(
        device.refusal("unlock", json!({ "pin": PIN })).await,
        "wrong_pin"
    );
    device.pass_ms(24 * 3_600_000);
    let _: Status = device
        .call("unlock", json!({ "pin": "135791" }))
        .await
        .expect("unlocked");
}

#[tokio::test]
async fn an_app_left_alone_locks_itself() {
    let device = Device::enrolled().await;
    let mut events = device.core.subscribe();
    let phase = async || {
        device
            .call::<Status>("status", json!({}))
            .await
            .expect("a status")
            .phase
    };
    device.pass_ms(4 * 60_000);
    let _: serde_json::Value = device.call("touch", json!({})).await.expect("touched");
    device.pass_ms(4 * 60_000);
    // A page that asks by itself is nobody's hand.
    let _: serde_json::Value = device.call("today", json!({})).await.expect("today");
    assert_eq!(phase().await, Phase::Open);
    device.pass_ms(60_000);
    device.core.lock_when_idle();
    assert_eq!(phase().await, Phase::Locked);
    assert!(std::iter::from_fn(|| events.try_recv().ok()).any(|event| event == Event::Locked));
}

#[tokio::test]
async fn a_clock_that_jumps_back_does_not_keep_the_app_open() {
    let device = Device::enrolled().await;
    device.pass_ms(-48 * 3_600_000);
    device.core.lock_when_idle();
    device.pass_ms(5 * 60_000);
    device.core.lock_when_idle();
    let status: Status = device.call("status", json!({})).await.expect("a status");
    assert_eq!(status.phase, Phase::Locked);
}

#[tokio::test]
async fn settings_are_there_before_the_pin_is() {
    let mut device = Device::enrolled().await;
    let settings = json!({ "language": "kk", "theme": "dark", "lock_after_min": 2 });
    let _: Status = device
        .call("set_settings", json!({ "settings": settings }))
        .await
        .expect("set");
    device.restart();
    let status: Status = device.call("status", json!({})).await.expect("a status");
    assert_eq!(
        (
            status.settings.language.as_str(),
            status.settings.lock_after_min
        ),
        ("kk", 2)
    );
    let odd = json!({ "settings": { "language": "kk", "theme": "dark", "lock_after_min": 0 } });
    assert_eq!(device.refusal("set_settings", odd).await, "bad_settings");
}

#[tokio::test]
async fn a_proxy_is_kept_as_it_is_meant_and_is_not_for_who_finds_the_device() {
    let device = Device::enrolled().await;
    let with = |proxy: &str| {
        json!({ "settings": {
            "language": "en", "theme": "system", "lock_after_min": 5, "proxy": proxy,
        } })
    };
    for odd in ["http://", "ftp://a:1", "anna:secret@proxy.example:3128", ""] {
        assert_eq!(device.refusal("set_settings", with(odd)).await, "bad_proxy");
    }
    let status: Status = device
        .call("set_settings", with(" proxy.example:3128 "))
        .await
        .expect("set");
    let kept = status.settings.proxy.as_deref();
    assert_eq!(kept, Some("http://proxy.example:3128"));
    let _: Status = device.call("lock", json!({})).await.expect("locked");
    let other = with("other.example:3128");
    assert_eq!(device.refusal("set_settings", other).await, "locked");
}

#[tokio::test]
async fn the_language_changes_in_the_middle_of_a_form_and_the_answers_stay() {
    let device = Device::enrolled().await;
    let id = device.start("voting", "11-001").await.row.id;
    device.answer(&id, "B03", integer(2104)).await;
    assert_eq!(
        device.report(&id).await.sheet.questions["B03"].label,
        "Voters on the list"
    );
    let settings = json!({ "language": "ru", "theme": "system", "lock_after_min": 5 });
    let _: Status = device
        .call("set_settings", json!({ "settings": settings }))
        .await
        .expect("set");
    let page = device.report(&id).await;
    assert_eq!(page.sheet.questions["B03"].label, "Избирателей в списке");
    assert_eq!(
        page.view.questions["B03"].value,
        Some(baqylau_domain::Value::Integer(2104))
    );
}
