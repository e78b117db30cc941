//! Photos through other hands: an observer without a network, carriers, a real headquarters.

use crate::carrying::Stick;
use crate::office::{Holder, Office};
use crate::pictures::{begun, finish, photo, states};
use baqylau_domain::Road;
use baqylau_field::view::{
    Carriers, Codes, HandedOver, Listening, Outbox, PictureState, ReportPage, SyncOutcome, TakenIn,
    TeamPage,
};
use baqylau_protocol::Bundle;
use serde_json::json;

/// An observer with a finished report and two photos, who never has a network.
pub(crate) async fn with_photos(office: &Office) -> Holder {
    let one = office.holder("T001").await;
    let id = begun(&one, "opening").await;
    for seed in [1, 2] {
        let _: ReportPage = one.call("photo", photo(&id, "A18", seed)).await;
    }
    finish(&one, &id).await;
    one
}

fn bundle(path: &str) -> Bundle {
    Bundle::decode(&std::fs::read(path).expect("a file")).expect("a bundle")
}

fn is_held(state: &PictureState) -> bool {
    matches!(state, PictureState::Held { .. })
}

fn carried(state: &PictureState) -> Option<(Option<&str>, Road)> {
    match state {
        PictureState::Carried { by, road, .. } => {
            Some((by.as_ref().map(|team| team.as_str()), *road))
        }
        _ => None,
    }
}

#[tokio::test]
async fn by_file_photos_reach_headquarters_through_two_carriers_and_the_receipts_come_back() {
    let office = Office::open();
    let one = with_photos(&office).await;
    let (near, far) = (office.holder("T001").await, office.holder("T101").await);
    let stick = Stick::new();
    let made = stick.write(&one, "own").await;
    assert_eq!((made.holds.pictures, made.holds.pictures_left), (2, 0));
    for state in states(&one).await {
        assert_eq!(carried(&state), Some((None, Road::File)));
    }
    let take = json!({ "path": made.path, "label": "T001" });
    let taken: TakenIn = near.call("take_file", take.clone()).await;
    assert_eq!((taken.pictures_new, taken.refused.len()), (2, 0));
    let taken: TakenIn = near.call("take_file", take).await;
    assert_eq!((taken.pictures_new, taken.pictures_known), (0, 2));
    let taken = stick.carry(&near, "all", &far, Some("T001")).await;
    assert_eq!(taken.pictures_new, 2, "carriers carry for carriers");
    let taken = stick.carry(&near, "all", &one, None).await;
    let own = (taken.own, taken.pictures_own, taken.pictures_new);
    assert_eq!(own, (1, 2, 0), "its own come back");
    let team: TeamPage = far.call("team", json!({})).await;
    let row = team.teams.iter().find(|row| row.pictures > 0);
    assert_eq!(
        row.map(|row| (row.pictures, row.waiting_pictures)),
        Some((2, 2))
    );
    assert_eq!(team.carried.waiting_pictures, 2);

    // Back with the carrier's word, which says nothing of headquarters.
    stick.carry(&far, "back", &one, None).await;
    for state in states(&one).await {
        assert_eq!(carried(&state), Some((Some("T101"), Road::File)));
    }
    let outbox: Outbox = one.call("outbox", json!({})).await;
    assert_eq!((outbox.pictures.waiting, outbox.pictures.carried), (2, 2));

    far.set_online(true);
    let outcome: SyncOutcome = far.call("sync", json!({})).await;
    assert_eq!((outcome.delivered, office.pictures()), (1, 2));
    let now: Carriers = far.call("carriers", json!({})).await;
    let pictures = (now.carried.waiting_pictures, now.carried.delivered_pictures);
    assert_eq!((pictures, now.carried.receipts), ((0, 2), 3));
    // Home through the one who knows nothing of it yet.
    let taken = stick.carry(&far, "back", &near, None).await;
    assert_eq!((taken.receipts_new, taken.pictures_confirmed), (3, 0));
    let taken = stick.carry(&near, "back", &one, None).await;
    assert_eq!((taken.confirmed, taken.pictures_confirmed), (1, 2));
    assert!(states(&one).await.iter().all(is_held));
    let outbox: Outbox = one.call("outbox", json!({})).await;
    assert_eq!((outbox.pictures.waiting, outbox.pictures.held), (0, 2));
}

#[tokio::test]
async fn by_the_network_in_the_room_with_the_carriers_word_for_each_photo() {
    let office = Office::open();
    let one = with_photos(&office).await;
    let leader = office.holder("T101").await;
    let listening: Listening = leader.call("listen", json!({ "label": "T001" })).await;
    let over: HandedOver = one
        .call("hand_over", json!({ "code": listening.code.text }))
        .await;
    assert_eq!((over.holds.pictures, over.holds.pictures_left), (2, 0));
    for state in states(&one).await {
        assert_eq!(carried(&state), Some((Some("T101"), Road::Network)));
    }
    leader.set_online(true);
    let _: SyncOutcome = leader.call("sync", json!({})).await;
    assert_eq!(office.pictures(), 2);

    // Its own network comes after all: headquarters has them, and not a byte is sent.
    one.set_online(true);
    let outcome: SyncOutcome = one.call("sync", json!({})).await;
    assert_eq!((outcome.pictures, office.pictures()), (2, 2));
    assert!(states(&one).await.iter().all(is_held));
}

#[tokio::test]
async fn a_road_that_breaks_in_a_carried_photo_costs_nothing_else() {
    let office = Office::open();
    let one = with_photos(&office).await;
    let leader = office.holder("T101").await;
    Stick::new().carry(&one, "own", &leader, None).await;
    leader.set_online(true);
    leader.set_bears(10_000);
    let outcome: SyncOutcome = leader.call("sync", json!({})).await;
    assert_eq!((outcome.delivered, office.reports()), (1, 1));
    assert_eq!(office.pictures(), 0);
    // What it has of its own goes meanwhile, and the photos go when the road bears them.
    leader.opening("11-002").await;
    let outcome: SyncOutcome = leader.call("sync", json!({})).await;
    assert!(outcome.confirmed > 0);
    assert_eq!(office.reports(), 2);
    leader.set_bears(usize::MAX);
    let _: SyncOutcome = leader.call("sync", json!({})).await;
    assert_eq!(office.pictures(), 2);
    let now: Carriers = leader.call("carriers", json!({})).await;
    assert_eq!(now.carried.waiting_pictures, 0);
}

#[tokio::test]
async fn what_is_in_nobodys_hands_goes_first_and_what_is_no_photo_costs_the_rest_nothing() {
    let office = Office::open();
    let (one, other) = (with_photos(&office).await, with_photos(&office).await);
    let stick = Stick::new();
    let own = bundle(&stick.write(&one, "own").await.path);
    let mut theirs = bundle(&stick.write(&other, "own").await.path);
    let good = theirs.pictures.clone();
    theirs
        .pictures
        .push(b"OBP\x01\x01\0\0\0\0\0\0\0\0".to_vec());
    let path = stick.0.path().join("theirs.obsb");
    std::fs::write(&path, theirs.encode().expect("within limits")).expect("written");
    let take = json!({ "path": path, "label": null });
    let taken: TakenIn = one.call("take_file", take).await;
    assert_eq!((taken.new, taken.pictures_new), (1, 2));
    let refused: Vec<_> = taken.refused.iter().map(|it| it.code.as_str()).collect();
    assert_eq!(refused, ["not_a_picture"]);
    // Its own lie on a file already.
    let all = bundle(&stick.write(&one, "all").await.path);
    assert_eq!(all.pictures, [good, own.pictures].concat());
}

#[tokio::test]
async fn codes_hold_no_photos_and_say_how_many_stay() {
    let office = Office::open();
    let one = with_photos(&office).await;
    let codes: Codes = one.call("make_codes", json!({ "load": "own" })).await;
    assert_eq!((codes.holds.pictures, codes.holds.pictures_left), (0, 2));
    for state in states(&one).await {
        assert_eq!(carried(&state), None);
    }
}

#[tokio::test]
async fn a_photo_whose_report_has_not_come_stays_with_its_carrier() {
    let office = Office::open();
    let one = with_photos(&office).await;
    let (with_all, photos_alone) = (office.holder("T001").await, office.holder("T101").await);
    let stick = Stick::new();
    let made = stick.write(&one, "own").await;
    let mut without = bundle(&made.path);
    without.segments.clear();
    std::fs::write(&made.path, without.encode().expect("within limits")).expect("written");
    let take = json!({ "path": made.path, "label": null });
    let _: TakenIn = photos_alone.call("take_file", take).await;
    photos_alone.set_online(true);
    let _: SyncOutcome = photos_alone.call("sync", json!({})).await;
    let now: Carriers = photos_alone.call("carriers", json!({})).await;
    assert_eq!((now.carried.waiting_pictures, office.pictures()), (2, 0));

    stick.carry(&one, "own", &with_all, None).await;
    with_all.set_online(true);
    let _: SyncOutcome = with_all.call("sync", json!({})).await;
    let _: SyncOutcome = photos_alone.call("sync", json!({})).await;
    let now: Carriers = photos_alone.call("carriers", json!({})).await;
    assert_eq!((now.carried.waiting_pictures, office.pictures()), (0, 2));
}
