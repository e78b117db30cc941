//! Backups, and journals that came before: nothing is lost, nothing is doubled, and no copy goes on with an old journal.

mod sealed;

use crate::device::{PIN, integer};
use crate::office::{Holder, Office};
use crate::pictures::jpeg;
use baqylau_domain::{DeliveryState, DeviceId};
use baqylau_field::commands::Reports;
use baqylau_field::view::{
    CarryPlaces, EarlierJournals, EndReason, MadeBackup, MadeFile, Phase, PictureState, ReportPage,
    Saved, Status, SyncOutcome, TakenIn,
};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

async fn back_up(holder: &Holder, stick: &TempDir) -> String {
    let folder = stick.path().to_string_lossy();
    let made: MadeBackup = holder.call("back_up", json!({ "folder": folder })).await;
    assert_eq!(
        fs::metadata(&made.path).expect("it is there").len(),
        made.bytes
    );
    made.path
}

async fn draft(holder: &Holder, station: &str, voters: i64) -> String {
    let args = json!({ "form": "opening", "station": station, "place": null });
    let page: ReportPage = holder.call("start_visit", args).await;
    let answer = json!({ "id": page.row.id, "question": "A18", "value": integer(voters) });
    let _: Saved = holder.call("answer", answer).await;
    page.row.id
}

async fn finish(holder: &Holder, id: &str) {
    let confirm = json!({ "id": id, "confirmed_by": holder.observers });
    let outcome: Value = holder.call("finish", confirm).await;
    assert_eq!(outcome["outcome"], "finished", "{outcome}");
}

async fn sync(holder: &Holder) -> SyncOutcome {
    holder.set_online(true);
    holder.call("sync", json!({})).await
}

async fn earlier(holder: &Holder) -> EarlierJournals {
    holder.call("earlier", json!({})).await
}

async fn status(holder: &Holder) -> Status {
    holder.call("status", json!({})).await
}

/// A newcomer who restores a backup and enrols with a fresh code.
async fn restored(office: &Office, path: &str, like: &Holder) -> Holder {
    let mut holder = office.newcomer();
    let status: Status = holder
        .call("restore", json!({ "path": path, "pin": PIN }))
        .await;
    assert_eq!((status.phase, status.earlier_closed), (Phase::New, 1));
    let status = holder.enrol(&office.code("T001")).await;
    assert_eq!(
        (status.phase, status.earlier_closed, status.forked),
        (Phase::Open, 0, false)
    );
    holder.observers.clone_from(&like.observers);
    holder
}

/// Whether headquarters keeps a segment of this device apart because its journal forked.
fn has_fork(office: &Office, device: DeviceId) -> bool {
    let lines = baqylau_hq::export::file(&office.headquarters, "segments.jsonl")
        .unwrap_or_else(|error| panic!("{error}"))
        .expect("the file is part of an export");
    let device = json!(device).to_string();
    let text = String::from_utf8(lines).expect("text");
    let mut lines = text.lines();
    lines.any(|line| line.contains(&device) && line.contains("\"fork\""))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restored_device_begins_a_new_journal_and_loses_and_doubles_nothing() {
    let office = Office::open();
    let old = office.holder("T001").await;
    let stick = TempDir::new().expect("a folder");
    old.opening("11-001").await;
    let unfinished = draft(&old, "11-002", 900).await;
    let path = back_up(&old, &stick).await;
    // The old device goes on, and sends everything.
    old.opening("11-003").await;
    sync(&old).await;
    assert_eq!(office.reports(), 2);

    let new = restored(&office, &path, &old).await;
    let listed = earlier(&new).await;
    let before = &listed.journals[0];
    assert_eq!(
        (before.reason, before.opened, before.drafts),
        (EndReason::Restored, true, 1)
    );
    assert_ne!(Some(listed.device), before.device, "a new device key");
    assert_eq!(before.reports.len(), 1, "as of the backup");
    assert_eq!(before.reports[0].delivery, DeliveryState::Waiting);

    let own: Reports = new.call("reports", json!({})).await;
    assert_eq!(own.rows.len(), 1, "the draft is there once");
    let origin = own.rows[0]
        .origin
        .clone()
        .expect("it says where it came from");
    assert_eq!(
        (own.rows[0].id.as_str(), origin.journal),
        (unfinished.as_str(), before.journal.clone())
    );

    sync(&new).await;
    assert_eq!(office.reports(), 2, "none came twice");
    let listed = earlier(&new).await;
    assert_eq!(listed.journals[0].held, 1, "headquarters has signed for it");
    let id = listed.journals[0].reports[0].id.clone();
    let args = json!({ "journal": listed.journals[0].journal, "id": id });
    let page: ReportPage = new.call("earlier_report", args).await;
    assert!(matches!(page.row.delivery, DeliveryState::Held { .. }));

    finish(&new, &unfinished).await;
    sync(&new).await;
    assert_eq!(office.reports(), 3);
    // The old device knows nothing of it, and is no fork.
    old.opening("11-001").await;
    sync(&old).await;
    assert_eq!(office.reports(), 4);
    for holder in [&old, &new] {
        assert!(!status(holder).await.forked);
        assert!(!has_fork(&office, earlier(holder).await.device));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_for_an_earlier_journal_comes_back_through_hands_and_is_opened() {
    let office = Office::open();
    let old = office.holder("T001").await;
    let stick = TempDir::new().expect("a folder");
    old.opening("11-001").await;
    let path = back_up(&old, &stick).await;
    let new = restored(&office, &path, &old).await;
    new.set_online(false);
    let leader = office.holder("T101").await;
    let folder = stick.path().to_string_lossy();
    let make = |load| json!({ "folder": folder, "load": load });
    let made: MadeFile = new.call("make_file", make("all")).await;
    let take = |path: String| json!({ "path": path, "label": null });
    let _: TakenIn = leader.call("take_file", take(made.path)).await;
    sync(&leader).await;
    assert_eq!(office.reports(), 1);
    let waits = &earlier(&new).await.journals[0].reports[0].delivery;
    assert!(!matches!(waits, DeliveryState::Held { .. }), "{waits:?}");

    let back: MadeFile = leader.call("make_file", make("back")).await;
    let taken: TakenIn = new.call("take_file", take(back.path)).await;
    assert_eq!(taken.refused, []);
    let held = &earlier(&new).await.journals[0].reports[0].delivery;
    assert!(matches!(held, DeliveryState::Held { .. }), "{held:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_lost_device_never_sent_comes_from_its_backup_with_its_pictures() {
    let office = Office::open();
    let lost = office.holder("T001").await;
    let stick = TempDir::new().expect("a folder");
    let id = draft(&lost, "11-001", 1212).await;
    let picture =
        json!({ "id": id, "question": "A18", "media_type": "image/jpeg", "base64": jpeg(1) });
    let _: ReportPage = lost.call("photo", picture).await;
    finish(&lost, &id).await;
    let path = back_up(&lost, &stick).await;
    assert_eq!(office.reports(), 0);

    let new = restored(&office, &path, &lost).await;
    sync(&new).await;
    assert_eq!(office.reports(), 1);
    // The picture waits for its entry; by the next exchange headquarters has it.
    sync(&new).await;
    let listed = earlier(&new).await;
    assert_eq!(listed.journals[0].held, 1);
    let args = json!({ "journal": listed.journals[0].journal, "id": id });
    let page: ReportPage = new.call("earlier_report", args).await;
    assert!(
        matches!(page.pictures[0].state, PictureState::Held { .. }),
        "{:?}",
        page.pictures[0].state
    );
    let picture = json!({ "hash": page.pictures[0].hash });
    let _: Value = new.call("picture", picture).await;
    // And the team's visits are numbered through.
    let next = draft(&new, "11-002", 3).await;
    let page: ReportPage = new.call("report", json!({ "id": next })).await;
    assert!(
        page.row.spoken_id.ends_with("-02"),
        "{}",
        page.row.spoken_id
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn restoring_is_refused_where_it_must_be() {
    let office = Office::open();
    let old = office.holder("T001").await;
    let stick = TempDir::new().expect("a folder");
    old.opening("11-001").await;
    let path = back_up(&old, &stick).await;
    let right = json!({ "path": path, "pin": PIN });
    assert_eq!(old.refusal("restore", right.clone()).await, "store_exists");

    let new = office.newcomer();
    let wrong = json!({ "path": path, "pin": "000000" });
    for _ in 0..4 {
        assert_eq!(new.refusal("restore", wrong.clone()).await, "wrong_pin");
    }
    assert_eq!(new.refusal("restore", right.clone()).await, "pin_delay");

    let new = office.newcomer();
    let gone = json!({ "path": stick.path().join("gone.bqbak"), "pin": PIN });
    assert_eq!(new.refusal("restore", gone).await, "file_not_read");
    let mut bytes = fs::read(&path).expect("read");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    for (name, bytes, code) in [
        ("damaged", bytes.as_slice(), "backup_damaged"),
        ("cut", &bytes[..middle], "backup_damaged"),
        ("other", b"something else".as_slice(), "not_a_backup"),
        ("later", b"BQLUBAK9 and more".as_slice(), "backup_too_new"),
    ] {
        let bad = stick.path().join(name);
        fs::write(&bad, bytes).expect("written");
        let args = json!({ "path": bad, "pin": PIN });
        assert_eq!(new.refusal("restore", args).await, code, "{name}");
        assert_eq!(status(&new).await.earlier_closed, 0);
    }
    let _: Status = new.call("restore", right.clone()).await;
    assert_eq!(
        new.refusal("restore", right.clone()).await,
        "already_restored"
    );
    new.enrol(&office.code("T001")).await;
    assert_eq!(new.refusal("restore", right).await, "store_exists");
    assert_eq!(
        new.refusal(
            "begin_anew",
            json!({ "code": office.code("T001"), "pin": PIN })
        )
        .await,
        "journal_whole"
    );
    let unknown = json!({ "journal": "aside/x", "pin": PIN });
    assert_eq!(
        new.refusal("open_earlier", unknown).await,
        "unknown_journal"
    );
    let _: CarryPlaces = new.call("backup_places", json!({})).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_of_another_pin_is_opened_when_that_is_known() {
    let office = Office::open();
    let old = office.holder("T001").await;
    let stick = TempDir::new().expect("a folder");
    draft(&old, "11-001", 5).await;
    let path = back_up(&old, &stick).await;
    let new = office.newcomer();
    let _: Status = new
        .call("restore", json!({ "path": path, "pin": PIN }))
        .await;
    let enrol = json!({ "code": office.code("T001"), "pin": "135791" });
    let status: Status = new.call("enrol", enrol).await;
    assert_eq!(status.earlier_closed, 1, "it waits for its own PIN");
    let listed = earlier(&new).await;
    let journal = listed.journals[0].journal.clone();
    assert!(!listed.journals[0].opened);
    let open = |pin: &str| json!({ "journal": journal, "pin": pin });
    assert_eq!(
        new.refusal("open_earlier", open("135791")).await,
        "wrong_pin"
    );
    let listed: EarlierJournals = new.call("open_earlier", open(PIN)).await;
    assert_eq!(
        (listed.journals[0].opened, listed.journals[0].drafts),
        (true, 1)
    );
    assert_eq!(
        new.refusal("open_earlier", open(PIN)).await,
        "unknown_journal"
    );
    // Locked and unlocked with this device's PIN, both are there.
    let _: Status = new.call("lock", json!({})).await;
    let _: Status = new.call("unlock", json!({ "pin": "135791" })).await;
    assert!(earlier(&new).await.journals[0].opened);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_that_was_cloned_is_told_and_begins_a_new_journal() {
    let office = Office::open();
    let one = office.holder("T001").await;
    one.opening("11-001").await;
    sync(&one).await;
    one.set_online(false);
    let _: Status = one.call("lock", json!({})).await;
    let copied = TempDir::new().expect("a folder");
    copy(one.folder.path(), copied.path());
    let mut two = office.device_in(copied);
    two.observers.clone_from(&one.observers);
    for holder in [&one, &two] {
        let _: Status = holder.call("unlock", json!({ "pin": PIN })).await;
    }
    let bound: Status = two.call("bind", json!({ "pin": PIN })).await;
    assert!(bound.bound);
    let device = earlier(&one).await.device;
    one.opening("11-002").await;
    two.opening("11-003").await;
    let unfinished = draft(&two, "11-001", 44).await;
    sync(&one).await;
    assert_eq!(office.reports(), 2);
    two.set_online(true);
    assert_eq!(two.refusal("sync", json!({})).await, "journal_forked");
    assert!(status(&two).await.forked);
    assert_eq!(office.reports(), 2);
    let _: Status = two.call("lock", json!({})).await;
    let _: Status = two.call("unlock", json!({ "pin": PIN })).await;
    assert!(status(&two).await.forked, "it is not forgotten");

    let wrong = json!({ "code": office.code("T001"), "pin": "000000" });
    assert_eq!(two.refusal("begin_anew", wrong).await, "wrong_pin");
    let anew = json!({ "code": office.code("T001"), "pin": PIN });
    let said: Status = two.call("begin_anew", anew).await;
    assert_eq!(
        (said.phase, said.forked, said.earlier_closed),
        (Phase::Open, false, 0)
    );
    assert!(said.bound, "the new store is guarded like the old one");
    let listed = earlier(&two).await;
    assert_ne!(listed.device, device);
    let before = &listed.journals[0];
    assert_eq!(
        (before.reason, before.device, before.drafts),
        (EndReason::Forked, Some(device), 1)
    );
    sync(&two).await;
    assert_eq!(office.reports(), 2, "the other branch is kept apart");
    let listed = earlier(&two).await;
    let branch = listed.journals[0].reports.iter();
    let apart = branch.filter(|row| matches!(row.delivery, DeliveryState::Quarantined { .. }));
    assert_eq!(apart.count(), 1, "{:?}", listed.journals[0].reports);
    finish(&two, &unfinished).await;
    sync(&two).await;
    assert_eq!(office.reports(), 3, "the new journal counts");
    assert!(!status(&one).await.forked);
    assert!(has_fork(&office, device));
}

#[tokio::test(flavor = "multi_thread")]
async fn sealed_segments_of_a_damaged_store_reach_headquarters_from_where_it_lies() {
    let office = Office::open();
    let holder = office.holder("T001").await;
    holder.opening("11-001").await;
    let stick = TempDir::new().expect("a folder");
    // Packed for a stick that got lost: sealed, and nowhere else.
    let folder = stick.path().to_string_lossy();
    let _: Value = holder
        .call("make_file", json!({ "folder": folder, "load": "own" }))
        .await;
    let _: Status = holder.call("lock", json!({})).await;
    let database = holder.folder.path().join("store/baqylau.db");
    let mut bytes = fs::read(&database).expect("read");
    bytes[9000] ^= 1;
    fs::write(&database, bytes).expect("written");
    assert_eq!(
        holder.refusal("unlock", json!({ "pin": PIN })).await,
        "store_damaged"
    );
    holder.set_online(true);
    let status = holder.enrol(&office.code("T001")).await;
    assert_eq!(status.earlier_closed, 1, "nothing opens it, and it is kept");
    assert_eq!(office.reports(), 0);
    let outcome = sync(&holder).await;
    assert_eq!((outcome.delivered, office.reports()), (1, 1));
    let listed = earlier(&holder).await;
    assert_eq!(
        (listed.journals[0].reason, listed.journals[0].opened),
        (EndReason::Corrupt, false)
    );
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).expect("a folder").flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            fs::create_dir_all(&target).expect("a folder");
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("copied");
        }
    }
}
