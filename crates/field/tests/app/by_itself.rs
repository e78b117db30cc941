//! What goes to headquarters by itself, as soon as there is a network.

use crate::carrying::{Stick, is_held};
use crate::carrying_pictures::with_photos;
use crate::office::Office;
use baqylau_field::view::SyncOutcome;
use serde_json::json;

#[tokio::test]
async fn others_photos_go_by_themselves_and_after_a_failure_not_at_once() {
    let office = Office::open();
    let one = with_photos(&office).await;
    let leader = office.holder("T101").await;
    Stick::new().carry(&one, "own", &leader, None).await;
    leader.set_online(true);
    leader.set_bears(10_000);
    leader.core.send_when_due().await;
    assert_eq!((office.reports(), office.pictures()), (1, 0));
    leader.set_bears(usize::MAX);
    leader.core.send_when_due().await;
    assert_eq!(office.pictures(), 0, "the road is left alone for a while");
    office.pass_ms(6 * 60 * 1000);
    leader.core.send_when_due().await;
    assert_eq!(office.pictures(), 2);
}

#[tokio::test]
async fn whoever_hears_of_a_restored_headquarters_by_hand_alone_asks_it_as_soon_as_it_can() {
    let office = Office::open();
    let (one, leader) = (office.holder("T001").await, office.holder("T101").await);
    let report = one.opening("11-001").await;
    let stick = Stick::new();
    stick.carry(&one, "own", &leader, None).await;
    leader.set_online(true);
    office.raise_epoch(9);
    let _: SyncOutcome = leader.call("sync", json!({})).await;
    stick.carry(&leader, "back", &one, None).await;
    assert!(is_held(&one.delivery(&report).await));
    assert_eq!(one.evidence().await.last_exchange, None);
    one.set_online(true);
    one.core.send_when_due().await;
    let asked = one.evidence().await.last_exchange;
    assert!(asked.is_some(), "nothing waits, and still it asks");
    office.pass_ms(60_000);
    one.core.send_when_due().await;
    assert_eq!(one.evidence().await.last_exchange, asked, "once");
}
