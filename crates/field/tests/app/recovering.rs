//! A forgotten PIN: replaced with headquarters' help where that was allowed, and by nobody else.

use crate::device::PIN;
use crate::office::{Holder, Office};
use baqylau_field::commands::Reports;
use baqylau_field::view::{CodePicture, Phase, Status};
use baqylau_protocol::{Entropy, Recoverable, RecoveryRequest};
use baqylau_sync::testing::SeededRandom;
use serde_json::{Value, json};
use std::fs;
use zeroize::Zeroizing;

const NEW_PIN: &str = "731904";

async fn allow(holder: &Holder, allowed: bool) -> Status {
    holder
        .call("allow_recovery", json!({ "allowed": allowed }))
        .await
}

async fn lock(holder: &Holder) -> Status {
    holder.call("lock", json!({})).await
}

async fn unlock(holder: &Holder, pin: &str) -> Status {
    holder.call("unlock", json!({ "pin": pin })).await
}

async fn request(holder: &Holder, pin: &str) -> String {
    let code: CodePicture = holder.call("recovery_request", json!({ "pin": pin })).await;
    assert!(code.size > 0 && !code.path.is_empty(), "a camera reads it");
    code.text
}

async fn recover(holder: &Holder, answer: &str, pin: &str) -> Status {
    let args = json!({ "answer": answer, "pin": pin });
    holder.call("recover", args).await
}

async fn refusal(holder: &Holder, answer: &str, pin: &str) -> String {
    let args = json!({ "answer": answer, "pin": pin });
    holder.refusal("recover", args).await
}

async fn reports(holder: &Holder) -> usize {
    let reports: Reports = holder.call("reports", json!({})).await;
    reports.rows.len()
}

fn answer(office: &Office, request: &str) -> String {
    let answer = office.headquarters.answer_recovery(request, "test");
    answer.unwrap_or_else(|error| panic!("{error}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forgotten_pin_is_replaced_without_losing_anything() {
    let office = Office::open();
    let mut holder = office.holder("T001").await;
    holder.opening("11-001").await;
    assert!(allow(&holder, true).await.recoverable);
    lock(&holder).await;
    for _ in 0..3 {
        holder.refusal("unlock", json!({ "pin": "000000" })).await;
    }

    let asked = request(&holder, NEW_PIN).await;
    let about = office.headquarters.recovery_asked(&asked, "test");
    let about = about.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!((about.team.as_str(), about.revoked), ("T001", false));
    // Hours go by, and the app is closed meanwhile: nothing of the request is kept.
    let folder = holder.folder;
    drop(holder.core);
    holder = office.device_in(folder);
    let answer = answer(&office, &asked);
    let status = recover(&holder, &answer.to_lowercase(), NEW_PIN).await;
    assert_eq!((status.phase, status.recoverable), (Phase::Open, true));
    assert_eq!(reports(&holder).await, 1);

    assert_eq!(
        lock(&holder).await.retry_in_s,
        0,
        "wrong PINs are forgotten"
    );
    assert_eq!(
        holder.refusal("unlock", json!({ "pin": PIN })).await,
        "wrong_pin"
    );
    assert_eq!(unlock(&holder, NEW_PIN).await.phase, Phase::Open);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_has_request_and_answer_opens_nothing_without_the_new_pin() {
    let office = Office::open();
    let holder = office.holder("T001").await;
    let other = office.holder("T001").await;
    for device in [&holder, &other] {
        allow(device, true).await;
        lock(device).await;
    }
    let asked = request(&holder, NEW_PIN).await;
    let given = answer(&office, &asked);
    assert_eq!(refusal(&holder, &given, "111111").await, "recovery_unfit");
    let for_other = answer(&office, &request(&other, NEW_PIN).await);
    assert_eq!(
        refusal(&holder, &for_other, NEW_PIN).await,
        "recovery_unfit"
    );
    let mistyped = format!("{}0", &given[..given.len() - 1]);
    let mistyped = if mistyped == given {
        format!("{}1", &given[..given.len() - 1])
    } else {
        mistyped
    };
    assert_eq!(
        refusal(&holder, &mistyped, NEW_PIN).await,
        "bad_recovery_answer"
    );
    // A headquarters that is wrong, or lies, cannot lock anybody out.
    let parsed = RecoveryRequest::from_text(&asked).expect("a request");
    let lie = Recoverable {
        event: baqylau_protocol::EventId("kz-2011".to_owned()),
        device: baqylau_domain::DeviceId([0; 16]),
        key: Zeroizing::new([9; 32]),
    };
    let ids = SeededRandom::new(7);
    let lie = parsed.answer(&lie, &mut Entropy(&ids)).expect("sealed");
    assert_eq!(
        refusal(&holder, &lie.to_text(), NEW_PIN).await,
        "recovery_other_key"
    );
    assert_eq!(unlock(&holder, PIN).await.phase, Phase::Open, "as before");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_helps_where_it_was_not_allowed_or_is_allowed_no_longer() {
    let office = Office::open();
    let holder = office.holder("T001").await;
    let pin = json!({ "pin": NEW_PIN });
    assert_eq!(
        holder.refusal("recovery_request", pin.clone()).await,
        "recovery_not_allowed"
    );
    allow(&holder, true).await;
    let changed: Status = holder
        .call("change_pin", json!({ "old": PIN, "new": "864209" }))
        .await;
    assert!(changed.recoverable, "another PIN changes nothing in it");
    let asked = request(&holder, NEW_PIN).await;
    assert!(!allow(&holder, false).await.recoverable);
    lock(&holder).await;
    let given = answer(&office, &asked);
    assert_eq!(
        refusal(&holder, &given, NEW_PIN).await,
        "recovery_not_allowed"
    );
    let slots = fs::read_to_string(holder.folder.path().join("store/keyslots.json"));
    let slots = slots.expect("the slots");
    assert!(!slots.contains("recovery"), "{slots}");
    let wiped: Status = holder.call("wipe", json!({})).await;
    assert!(!wiped.recoverable);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_device_is_not_opened_and_every_step_is_on_the_audit_trail() {
    let office = Office::open();
    let holder = office.holder("T001").await;
    allow(&holder, true).await;
    let asked = request(&holder, NEW_PIN).await;
    answer(&office, &asked);
    let device = office
        .headquarters
        .recovery_asked(&asked, "test")
        .unwrap_or_else(|error| panic!("{error}"))
        .device;
    office
        .headquarters
        .revoke(device, "stolen", "test")
        .unwrap_or_else(|error| panic!("{error}"));
    assert!(office.headquarters.answer_recovery(&asked, "test").is_err());
    let trail = office
        .headquarters
        .ledger
        .read(|read| read.audit_trail())
        .unwrap_or_else(|error| panic!("{error}"));
    let steps: Vec<&str> = trail
        .iter()
        .filter(|event| event.action.starts_with("recovery."))
        .map(|event| event.action.as_str())
        .collect();
    assert_eq!(steps, ["recovery.answered", "recovery.asked"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_key_is_sealed_again_when_headquarters_changes_its_own() {
    let office = Office::open();
    let holder = office.holder("T001").await;
    allow(&holder, true).await;
    office
        .headquarters
        .rotate_seal_key("test")
        .unwrap_or_else(|error| panic!("{error}"));
    holder.set_online(true);
    let _: Value = holder.call("sync", json!({})).await;
    office
        .headquarters
        .forget_older_seal_keys("test")
        .unwrap_or_else(|error| panic!("{error}"));
    lock(&holder).await;
    let given = answer(&office, &request(&holder, NEW_PIN).await);
    assert_eq!(recover(&holder, &given, NEW_PIN).await.phase, Phase::Open);
}
