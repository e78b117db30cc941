//! Sealing, where a backup comes in between.

use super::{back_up, earlier, restored, sync};
use crate::office::{Holder, Office};
use baqylau_field::view::{ReportPage, Sealing, Status};
use serde_json::json;
use tempfile::TempDir;

/// Finished answers go at once.
async fn seal_at_once(holder: &Holder) {
    let settings = json!({
        "language": "en", "theme": "system", "lock_after_min": 60, "lock_on_leave_s": null,
        "wipe_after": null, "finished_answers": "sealed", "edit_window_min": 0,
    });
    let args = json!({ "settings": settings });
    let _: Status = holder.call("set_settings", args).await;
    holder.core.seal_when_due().await;
}

/// The only report of the only earlier journal.
async fn earlier_report(holder: &Holder) -> ReportPage {
    let journals = earlier(holder).await.journals;
    let args = json!({ "journal": journals[0].journal, "id": journals[0].reports[0].id });
    holder.call("earlier_report", args).await
}

fn is_sealed(page: &ReportPage) -> bool {
    matches!(page.row.sealing, Some(Sealing::Sealed { .. }))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sealed_report_arrives_from_the_backup_of_a_lost_device() {
    let office = Office::open();
    let old = office.holder("T001").await;
    let stick = TempDir::new().expect("a folder");
    old.opening("11-001").await;
    seal_at_once(&old).await;
    let path = back_up(&old, &stick).await;

    let new = restored(&office, &path, &old).await;
    let page = earlier_report(&new).await;
    assert!(is_sealed(&page) && page.row.answered > 0, "{:?}", page.row);
    sync(&new).await;
    assert_eq!(office.reports(), 1);
    assert_eq!(earlier(&new).await.journals[0].held, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_backup_brings_back_is_sealed_where_that_is_asked_for() {
    let office = Office::open();
    let old = office.holder("T001").await;
    let stick = TempDir::new().expect("a folder");
    old.opening("11-001").await;
    let path = back_up(&old, &stick).await;

    let new = restored(&office, &path, &old).await;
    assert!(!is_sealed(&earlier_report(&new).await));
    new.set_online(false);
    seal_at_once(&new).await;
    assert!(is_sealed(&earlier_report(&new).await));
    let words = new.core.saved_answers().await.expect("open");
    assert!(words.is_empty(), "{words:?}");
    sync(&new).await;
    assert_eq!(office.reports(), 1, "it arrives all the same");
    assert_eq!(earlier(&new).await.journals[0].held, 1);
}
