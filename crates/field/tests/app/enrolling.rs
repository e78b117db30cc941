//! Enrolment: all or nothing.

use crate::device::{Device, PIN, Weather};
use baqylau_field::view::{Event, Phase, Status};
use baqylau_protocol::ApiError;
use serde_json::json;

#[tokio::test]
async fn an_enrolled_device_knows_its_team_and_its_forms() {
    let device = Device::new();
    let mut events = device.core.subscribe();
    let status = device.enrol().await.expect("enrolled");
    assert_eq!(status.phase, Phase::Open);
    let holder = status.holder.expect("a holder");
    assert_eq!(holder.team.as_str(), "T001");
    assert_eq!(holder.observers.len(), 2);
    assert_eq!(holder.area["en"], "North");
    assert!(holder.synthetic);
    let letters: Vec<_> = holder
        .forms
        .iter()
        .map(|form| form.letter.as_str())
        .collect();
    assert_eq!(letters, ["A", "B", "D", "I"]);
    assert_eq!(holder.forms[1].title["kk"], "Дауыс беру");
    let mut last = 0;
    while let Ok(event) = events.try_recv() {
        if let Event::EnrolMoved(progress) = event {
            assert!(
                progress.step != "fetch" || progress.done >= last,
                "progress never goes back"
            );
            last = progress.done;
        }
    }
    assert!(last > 0, "the download was seen to move");
}

#[tokio::test]
async fn an_enrolment_that_fails_leaves_nothing_and_can_be_tried_again() {
    let device = Device::new();
    for (weather, code) in [
        (Weather::Down(ApiError::Unreachable), "unreachable"),
        (Weather::Down(ApiError::Intercepted), "not_headquarters"),
        (Weather::Down(ApiError::CaptivePortal), "captive_portal"),
        (Weather::Down(ApiError::Proxy), "proxy_failed"),
        (Weather::BlobsLost, "unreachable"),
    ] {
        device.set_weather(weather);
        assert_eq!(device.enrol().await.expect_err("refused").code, code);
        let status: Status = device.call("status", json!({})).await.expect("a status");
        assert_eq!(status.phase, Phase::New);
        assert!(!device.folder().join("store").join("keyslots.json").exists());
    }
    device.set_weather(Weather::Clear);
    assert_eq!(
        device
            .refusal("enrol", json!({ "code": "BQ1-NOPE", "pin": PIN }))
            .await,
        "bad_enrol_code"
    );
    let code = device.hq.code().to_text();
    assert_eq!(
        device
            .refusal("enrol", json!({ "code": code, "pin": "12345" }))
            .await,
        "weak_pin"
    );
    device.enrol().await.expect("now it enrols");
    assert_eq!(
        device
            .refusal("enrol", json!({ "code": code, "pin": PIN }))
            .await,
        "already_enrolled"
    );
}

#[tokio::test]
async fn a_code_that_headquarters_used_before_the_road_broke_still_enrols_this_device() {
    let device = Device::new();
    let args = json!({ "code": device.hq.code().to_text(), "pin": PIN });
    device.set_weather(Weather::BlobsLost);
    assert_eq!(device.refusal("enrol", args.clone()).await, "unreachable");
    device.set_weather(Weather::Clear);
    let status: Status = device
        .call("enrol", args)
        .await
        .expect("the same key again");
    assert_eq!(status.phase, Phase::Open);
}

#[tokio::test]
async fn a_code_enrols_one_device_only() {
    let device = Device::enrolled().await;
    let other = Device::new();
    let used = device.hq.code().to_text();
    let _: Status = {
        let fresh = Device::new();
        fresh.road_to(&device);
        fresh
            .call("enrol", json!({ "code": used, "pin": PIN }))
            .await
            .expect("the first")
    };
    other.road_to(&device);
    let failure = other
        .call::<Status>("enrol", json!({ "code": used, "pin": PIN }))
        .await
        .expect_err("the second");
    assert_eq!(
        (failure.code.as_str(), failure.args["reason"].as_str()),
        ("enrol_refused", "code_used")
    );
}
