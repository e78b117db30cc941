//! A device whose PIN opens nothing without the computer's key store.

use crate::device::PIN;
use crate::office::{Holder, Office};
use baqylau_field::view::{KeyStoreState, Phase, Status};
use serde_json::{Value, json};
use std::sync::Arc;

const NEW_PIN: &str = "731904";

async fn status(holder: &Holder, name: &str, args: Value) -> Status {
    holder.call(name, args).await
}

async fn bind(holder: &Holder) -> Status {
    status(holder, "bind", json!({ "pin": PIN })).await
}

async fn lock(holder: &Holder) -> Status {
    status(holder, "lock", json!({})).await
}

async fn unlock(holder: &Holder, pin: &str) -> Status {
    status(holder, "unlock", json!({ "pin": pin })).await
}

async fn refused(holder: &Holder, name: &str, pin: &str) -> String {
    holder.refusal(name, json!({ "pin": pin })).await
}

async fn answers(holder: &Holder) -> bool {
    let state: KeyStoreState = holder.call("key_store", json!({})).await;
    state.answers
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bound_device_opens_on_its_computer_and_says_elsewhere_what_is_missing() {
    let office = Office::open();
    let holder = office.holder("T001").await;
    holder.opening("11-001").await;
    assert!(answers(&holder).await);
    assert_eq!(refused(&holder, "bind", "000000").await, "wrong_pin");
    assert!(bind(&holder).await.bound);
    let said = lock(&holder).await;
    assert!(said.bound, "the lock screen can say so");
    // The folder comes to a computer with another key store; only the right one's secret opens it.
    let (folder, own) = (holder.folder, Arc::clone(&holder.key_store));
    drop(holder.core);
    let elsewhere = office.device_in(folder);
    for _ in 0..12 {
        assert_eq!(
            refused(&elsewhere, "unlock", PIN).await,
            "key_store_missing"
        );
    }
    elsewhere.key_store.silence(true);
    assert_eq!(refused(&elsewhere, "unlock", PIN).await, "key_store_silent");
    let said = status(&elsewhere, "status", json!({})).await;
    assert_eq!(said.retry_in_s, 0, "none of it was a try");
    let folder = elsewhere.folder;
    drop(elsewhere.core);
    let holder = office.device_on(folder, own);
    assert_eq!(unlock(&holder, PIN).await.phase, Phase::Open);
    assert!(!status(&holder, "unbind", json!({})).await.bound);
    assert!(holder.key_store.secrets().is_empty());
    lock(&holder).await;
    holder.key_store.silence(true);
    assert_eq!(unlock(&holder, PIN).await.phase, Phase::Open);
}

#[tokio::test(flavor = "multi_thread")]
async fn where_no_key_store_answers_nothing_is_bound() {
    let office = Office::open();
    let holder = office.holder("T001").await;
    holder.key_store.silence(true);
    assert!(!answers(&holder).await);
    assert_eq!(refused(&holder, "bind", PIN).await, "key_store_silent");
    assert!(!lock(&holder).await.bound);
    assert_eq!(unlock(&holder, PIN).await.phase, Phase::Open);
}

#[tokio::test(flavor = "multi_thread")]
async fn headquarters_and_a_backup_help_when_the_key_store_is_lost() {
    let office = Office::open();
    let holder = office.holder("T001").await;
    holder.opening("11-001").await;
    status(&holder, "allow_recovery", json!({ "allowed": true })).await;
    assert!(
        bind(&holder).await.recoverable,
        "one changes nothing in the other"
    );
    let stick = tempfile::tempdir().expect("a folder");
    let made: Value = holder
        .call("back_up", json!({ "folder": stick.path() }))
        .await;
    lock(&holder).await;
    holder.key_store.lose_everything();
    assert_eq!(refused(&holder, "unlock", PIN).await, "key_store_missing");
    let code: Value = holder
        .call("recovery_request", json!({ "pin": NEW_PIN }))
        .await;
    let request = code["text"].as_str().expect("text");
    let answer = office.headquarters.answer_recovery(request, "test");
    let answer = answer.unwrap_or_else(|error| panic!("{error}"));
    let said = status(
        &holder,
        "recover",
        json!({ "answer": answer, "pin": NEW_PIN }),
    )
    .await;
    assert_eq!((said.phase, said.bound), (Phase::Open, false));

    let other = office.newcomer();
    let restored = status(
        &other,
        "restore",
        json!({ "path": made["path"], "pin": PIN }),
    )
    .await;
    assert_eq!(restored.earlier_closed, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wipe_takes_the_secret_too() {
    let office = Office::open();
    let holder = office.holder("T001").await;
    bind(&holder).await;
    lock(&holder).await;
    let said = status(&holder, "wipe", json!({})).await;
    assert_eq!((said.phase, said.bound), (Phase::New, false));
    assert!(holder.key_store.secrets().is_empty());
}
