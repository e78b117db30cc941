//! Evidence through other hands: two observers without a network, a leader, a real headquarters.

use crate::device::PIN;
use crate::office::{Holder, Office};
use baqylau_domain::{DeliveryState, Road};
use baqylau_field::view::{
    Carriers, CodePicture, CodeTaken, Codes, HandedOver, Listening, MadeFile, PictureTaken, Status,
    SyncOutcome, TakenIn, TeamPage,
};
use baqylau_protocol::{Bundle, EventId, HandoverCode, HandoverToken, Signed, SpkiHash};
use base64::Engine as _;
use data_encoding::HEXLOWER;
use image::{GrayImage, ImageFormat, Luma};
use serde_json::json;
use std::io::Cursor;

/// A stick that goes from device to device.
pub(crate) struct Stick(pub(crate) tempfile::TempDir);

impl Stick {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    pub(crate) async fn write(&self, from: &Holder, load: &str) -> MadeFile {
        from.call(
            "make_file",
            json!({ "folder": self.0.path(), "load": load }),
        )
        .await
    }

    pub(crate) async fn carry(
        &self,
        from: &Holder,
        load: &str,
        to: &Holder,
        label: Option<&str>,
    ) -> TakenIn {
        let made = self.write(from, load).await;
        to.call("take_file", json!({ "path": made.path, "label": label }))
            .await
    }
}

pub(crate) fn is_held(state: &DeliveryState) -> bool {
    matches!(state, DeliveryState::Held { .. })
}

/// The team in whose hands a report is.
fn carrier(state: &DeliveryState) -> Option<&str> {
    match state {
        DeliveryState::Carried { by, .. } => by.as_ref().map(|team| team.as_str()),
        _ => None,
    }
}

#[tokio::test]
async fn by_file_through_a_leader_and_the_receipt_comes_back_the_same_way() {
    let office = Office::open();
    let (one, two) = (office.holder("T001").await, office.holder("T001").await);
    let leader = office.holder("T101").await;
    let (first, second) = (one.opening("11-001").await, two.opening("11-002").await);
    let stick = Stick::new();

    let made = stick.write(&one, "own").await;
    assert_eq!(
        (made.holds.reports, made.holds.own, made.holds.carried),
        (1, 1, 0)
    );
    let on_file = one.delivery(&first).await;
    assert!(matches!(
        on_file,
        DeliveryState::Carried {
            by: None,
            road: Road::File,
            ..
        }
    ));
    let take = json!({ "path": made.path, "label": "t001" });
    let taken: TakenIn = leader.call("take_file", take.clone()).await;
    assert_eq!((taken.new, taken.known, taken.refused.len()), (1, 0, 0));
    let taken: TakenIn = leader.call("take_file", take).await;
    assert_eq!(
        (taken.new, taken.known),
        (0, 1),
        "the same by another road changes nothing"
    );
    let taken = stick.carry(&two, "all", &leader, Some("T001")).await;
    assert_eq!(taken.new, 1);

    let taken = stick.carry(&leader, "back", &one, None).await;
    assert_eq!((taken.in_custody, taken.confirmed), (1, 0));
    assert_eq!(taken.custody_by[0].as_str(), "T101");
    assert_eq!(carrier(&one.delivery(&first).await), Some("T101"));
    let evidence = one.evidence().await;
    assert_eq!(
        (evidence.held, evidence.waiting, evidence.carried),
        (0, 1, 1)
    );

    let team: TeamPage = leader.call("team", json!({})).await;
    let row = team
        .teams
        .iter()
        .find(|row| row.segments > 0)
        .expect("a row");
    assert_eq!(
        (row.team.as_ref().map(|team| team.as_str()), row.segments),
        (Some("T001"), 2)
    );
    assert_eq!((row.waiting, row.delivered), (2, 0));
    assert_eq!(one.refusal("team", json!({})).await, "not_allowed");

    leader.set_online(true);
    let outcome: SyncOutcome = leader.call("sync", json!({})).await;
    assert_eq!((outcome.delivered, office.reports()), (2, 2));
    assert_eq!(
        carrier(&one.delivery(&first).await),
        Some("T101"),
        "nobody here knows of it yet"
    );
    let taken = stick.carry(&leader, "back", &one, None).await;
    assert_eq!(
        (taken.confirmed, taken.receipts_new),
        (1, 1),
        "and one receipt for the other"
    );
    assert!(is_held(&one.delivery(&first).await));
    let taken = stick.carry(&one, "all", &two, None).await;
    assert_eq!(taken.confirmed, 1, "through another observer's hands");
    assert!(is_held(&two.delivery(&second).await));
    let now: Carriers = leader.call("carriers", json!({})).await;
    assert_eq!(
        (
            now.carried.waiting,
            now.carried.delivered,
            now.carried.receipts
        ),
        (0, 2, 2)
    );
}

#[tokio::test]
async fn on_a_bad_road_what_is_carried_goes_in_smaller_parts_until_all_of_it_has_arrived() {
    let office = Office::open();
    let leader = office.holder("T101").await;
    let stick = Stick::new();
    for station in ["11-001", "11-002", "11-003", "11-001", "11-002", "11-003"] {
        let one = office.holder("T001").await;
        one.opening(station).await;
        stick.carry(&one, "own", &leader, None).await;
    }
    leader.set_online(true);
    leader.set_bears(2_500);
    let mut broke = 0;
    while let Err(failure) = leader.core.call("sync", json!({})).await {
        assert_eq!(failure.code, "interrupted");
        broke += 1;
        assert!(broke < 9, "it never becomes short enough");
    }
    assert!(broke > 0, "the road never broke");
    assert_eq!(office.reports(), 6);
    let now: Carriers = leader.call("carriers", json!({})).await;
    assert_eq!((now.carried.waiting, now.carried.delivered), (0, 6));
}

#[tokio::test]
async fn the_same_by_two_roads_and_from_two_leaders_is_held_once() {
    let office = Office::open();
    let one = office.holder("T001").await;
    let (near, far) = (office.holder("T101").await, office.holder("T101").await);
    let first = one.opening("11-001").await;
    let stick = Stick::new();
    stick.carry(&one, "own", &near, Some("T001")).await;
    let taken = stick.carry(&near, "all", &far, None).await;
    assert_eq!(taken.new, 1, "leaders carry for leaders");
    for carrier in [&far, &near, &one] {
        carrier.set_online(true);
        let _: SyncOutcome = carrier.call("sync", json!({})).await;
    }
    assert_eq!(office.reports(), 1);
    assert!(is_held(&one.delivery(&first).await));
    let taken = stick.carry(&far, "back", &one, None).await;
    assert_eq!((taken.confirmed, taken.receipts_known), (0, 1));
}

#[tokio::test]
async fn by_codes_of_which_a_third_is_missed() {
    let office = Office::open();
    let one = office.holder("T001").await;
    let leader = office.holder("T101").await;
    for station in ["11-001", "11-002", "11-003"] {
        one.opening(station).await;
    }
    let codes: Codes = one.call("make_codes", json!({ "load": "own" })).await;
    assert_eq!(codes.holds.reports, 3);
    // The last shown first, every third missed.
    let mut done: Option<TakenIn> = None;
    for number in (0..codes.needed * 3 + 9)
        .rev()
        .filter(|number| number % 3 != 1)
    {
        let shown: CodePicture = one
            .call("code_frame", json!({ "set": codes.set, "number": number }))
            .await;
        let taken: CodeTaken = leader
            .call("take_code", json!({ "text": shown.text, "label": "T001" }))
            .await;
        assert_eq!(taken.complete, done.is_some() || taken.taken.is_some());
        done = done.or(taken.taken);
    }
    let done = done.expect("enough came through");
    assert_eq!((done.new, done.road), (1, Road::Codes));

    // Back as a photograph of the leader's screen.
    let codes: Codes = leader.call("make_codes", json!({ "load": "back" })).await;
    let mut taken = None;
    for number in 0..codes.needed {
        let shown: CodePicture = leader
            .call("code_frame", json!({ "set": codes.set, "number": number }))
            .await;
        let seen: PictureTaken = one
            .call(
                "take_picture",
                json!({ "base64": photograph(&shown), "label": null }),
            )
            .await;
        assert_eq!(seen.found, 1);
        taken = seen.code.and_then(|code| code.taken);
    }
    assert_eq!(taken.expect("whole").in_custody, 1);
    assert_eq!(one.evidence().await.carried, 3);
    let none = json!({ "text": "https://example.org", "label": null });
    assert_eq!(one.refusal("take_code", none).await, "not_a_code");
    let over = json!({ "set": "00", "number": 0 });
    assert_eq!(one.refusal("code_frame", over).await, "codes_ended");
}

/// A code as a camera sees it, as PNG in base64.
fn photograph(shown: &CodePicture) -> String {
    const SCALE: u32 = 4;
    let mut picture = GrayImage::from_pixel(shown.size * SCALE, shown.size * SCALE, Luma([235]));
    for run in shown.path.split('M').filter(|run| !run.is_empty()) {
        let (at, rest) = run.split_once('h').expect("a run");
        let (x, y) = at.split_once(',').expect("a place");
        let length = rest.split_once('v').expect("a run").0;
        let number = |text: &str| text.parse::<u32>().expect("a number");
        for dx in 0..number(length) * SCALE {
            for dy in 0..SCALE {
                picture.put_pixel(number(x) * SCALE + dx, number(y) * SCALE + dy, Luma([20]));
            }
        }
    }
    let mut bytes = Cursor::new(Vec::new());
    picture
        .write_to(&mut bytes, ImageFormat::Png)
        .expect("written");
    base64::engine::general_purpose::STANDARD.encode(bytes.into_inner())
}

#[tokio::test]
async fn by_the_network_in_the_room_with_the_carriers_word_at_once() {
    let office = Office::open();
    let one = office.holder("T001").await;
    let leader = office.holder("T101").await;
    let first = one.opening("11-001").await;
    let listening: Listening = leader.call("listen", json!({ "label": "T001" })).await;
    let code = listening.code.text;
    assert_eq!(
        leader.refusal("listen", json!({ "label": null })).await,
        "already_listening"
    );
    let said = HandoverCode::from_text(&code).unwrap_or_else(|error| panic!("{error}"));
    let stranger = HandoverCode {
        spki: SpkiHash([1; 32]),
        ..said.clone()
    };
    let guess = HandoverCode {
        token: HandoverToken::from_bytes([0; 16]),
        ..said
    };
    for (code, refusal) in [(stranger, "not_the_carrier"), (guess, "handover_over")] {
        let args = json!({ "code": code.to_text() });
        assert_eq!(one.refusal("hand_over", args).await, refusal);
    }
    assert_eq!(
        one.refusal("hand_over", json!({ "code": "BH1-" })).await,
        "bad_handover_code"
    );
    assert_eq!(
        one.delivery(&first).await,
        DeliveryState::Waiting,
        "nothing was handed over"
    );

    let over: HandedOver = one.call("hand_over", json!({ "code": code })).await;
    assert_eq!((over.by.as_str(), over.holds.reports), ("T101", 1));
    assert_eq!(over.taken.in_custody, 1);
    assert_eq!(carrier(&one.delivery(&first).await), Some("T101"));
    assert_eq!(
        one.refusal("hand_over", json!({ "code": code })).await,
        "carrier_unreachable",
        "the token was good once"
    );
    let now: Carriers = leader.call("carriers", json!({})).await;
    let arrived = now.arrived.expect("something arrived");
    assert_eq!((arrived.new, arrived.label.as_deref()), (1, Some("T001")));

    leader.set_online(true);
    let outcome: SyncOutcome = leader.call("sync", json!({})).await;
    assert_eq!(outcome.delivered, 1);
    one.opening("11-002").await;
    let listening: Listening = leader.call("listen", json!({ "label": "T001" })).await;
    let over: HandedOver = one
        .call("hand_over", json!({ "code": listening.code.text }))
        .await;
    assert_eq!(
        over.taken.confirmed, 1,
        "the receipt came back by the same road"
    );
    assert!(is_held(&one.delivery(&first).await));
}

#[tokio::test]
async fn a_lock_ends_what_is_under_way() {
    let office = Office::open();
    let leader = office.holder("T101").await;
    leader.opening("11-001").await;
    let listening: Listening = leader.call("listen", json!({ "label": null })).await;
    let codes: Codes = leader.call("make_codes", json!({ "load": "own" })).await;
    let _: Status = leader.call("lock", json!({})).await;
    let _: Status = leader.call("unlock", json!({ "pin": PIN })).await;
    let now: Carriers = leader.call("carriers", json!({})).await;
    assert!(now.listening.is_none());
    let shown = json!({ "set": codes.set, "number": 0 });
    assert_eq!(leader.refusal("code_frame", shown).await, "codes_ended");
    let one = office.holder("T001").await;
    one.opening("11-002").await;
    let late = json!({ "code": listening.code.text });
    assert_eq!(one.refusal("hand_over", late).await, "carrier_unreachable");
}

#[tokio::test]
async fn what_is_not_to_be_taken_is_named_and_changes_nothing() {
    let office = Office::open();
    let one = office.holder("T001").await;
    let leader = office.holder("T101").await;
    let nothing = json!({ "folder": one.folder.path(), "load": "all" });
    assert_eq!(one.refusal("make_file", nothing).await, "nothing_to_carry");
    one.opening("11-001").await;
    let nowhere = json!({ "folder": "/nowhere/at/all", "load": "own" });
    assert_eq!(one.refusal("make_file", nowhere).await, "file_not_written");
    let stick = Stick::new();
    let made = stick.write(&one, "own").await;
    let mut bytes = std::fs::read(&made.path).expect("the file");
    let last = bytes.len() - 40;
    bytes[last] ^= 1;
    let encoded = |bytes: &[u8]| base64::engine::general_purpose::STANDARD.encode(bytes);
    let take = |bytes: &[u8]| json!({ "base64": encoded(bytes), "label": null });
    assert_eq!(
        leader.refusal("take_bytes", take(&bytes)).await,
        "bundle_damaged"
    );
    assert_eq!(
        leader.refusal("take_bytes", take(b"PK")).await,
        "not_a_bundle"
    );
    let gone = json!({ "path": stick.0.path().join("gone.obsb"), "label": null });
    assert_eq!(leader.refusal("take_file", gone).await, "file_not_read");
    let long = json!({ "path": made.path, "label": "x".repeat(41) });
    assert_eq!(leader.refusal("take_file", long).await, "bad_label");
    let now: Carriers = leader.call("carriers", json!({})).await;
    assert_eq!(now.carried.waiting, 0);

    // Another headquarters' event has the same name here, and another key: its carriers are not believed.
    let elsewhere = Office::with_seed(2);
    let stranger = elsewhere.holder("T101").await;
    let taken = stick.carry(&one, "own", &stranger, None).await;
    assert_eq!(taken.new, 1);
    let taken = stick.carry(&stranger, "back", &one, None).await;
    assert_eq!(taken.in_custody, 0);
    assert_eq!(
        one.evidence().await.carried,
        1,
        "on a file, by nobody's word"
    );
    let why: Vec<_> = taken
        .refused
        .iter()
        .map(|part| (part.what.as_str(), part.code.as_str()))
        .collect();
    assert!(why.contains(&("custody", "not_certified")), "{why:?}");

    // And its leader cannot pass for ours in one room either.
    let listening: Listening = stranger.call("listen", json!({ "label": null })).await;
    let over = json!({ "code": listening.code.text });
    assert_eq!(one.refusal("hand_over", over).await, "carrier_not_believed");
    assert_eq!(one.evidence().await.carried, 1, "still nobody's word");
}

#[tokio::test]
async fn a_receipt_that_names_its_device_is_taken_by_it_and_carried_no_further() {
    let office = Office::open();
    let (one, other) = (office.holder("T001").await, office.holder("T101").await);
    one.opening("11-001").await;
    one.set_online(true);
    let _: SyncOutcome = one.call("sync", json!({})).await;
    let lines = baqylau_hq::export::file(&office.headquarters, "receipts.jsonl");
    let lines = lines.expect("a ledger").expect("part of an export");
    let line: serde_json::Value = serde_json::from_slice(&lines).expect("one line");
    let receipt = line["receipt"]
        .as_str()
        .map(|hex| HEXLOWER.decode(hex.as_bytes()));
    // As it travelled before there were envelopes.
    let mut bundle = Bundle::of(EventId(
        office.headquarters.plan().mission.about.event.clone(),
    ));
    bundle.receipts = vec![Signed::from_bytes(receipt.expect("hex").expect("hex"))];
    let bytes = bundle.encode().expect("within limits");
    let encoded = base64::engine::general_purpose::STANDARD.encode(bytes);
    let bytes = json!({ "base64": encoded, "label": null });
    let own: TakenIn = one.call("take_bytes", bytes.clone()).await;
    assert_eq!((own.receipts_known, own.refused.len()), (1, 0));
    let taken: TakenIn = other.call("take_bytes", bytes).await;
    let refused = &taken.refused[0];
    assert_eq!((refused.code.as_str(), refused.count), ("names_device", 1));
    let now: Carriers = other.call("carriers", json!({})).await;
    assert_eq!(now.carried.receipts, 0);
}
