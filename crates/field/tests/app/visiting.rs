//! A visit: what is filled in, what is taken, what follows from it.

use crate::device::{Device, PIN, choice, integer, text};
use baqylau_domain::{FindingLevel, Value};
use baqylau_field::view::{ReportPage, Saved, StationHits, Status, Today};
use serde_json::json;

fn value(page: &ReportPage, question: &str) -> Option<Value> {
    page.view.questions[question].value.clone()
}

#[tokio::test]
async fn a_visit_begins_with_all_that_the_device_knows() {
    let device = Device::enrolled().await;
    let page = device.start("voting", "11-003").await;
    let expected = [
        ("H01", Value::Text("1".into())),
        ("H02", Value::Text("TEST-2011".into())),
        ("H03", Value::Integer(1)),
        ("H04", Value::Text("O0001".into())),
        ("H05", Value::Text("O0002".into())),
        ("H07", Value::Date("2011-04-03".parse().expect("a date"))),
        ("H08", Value::Choice("11".into())),
        ("H10", Value::Choice("11-003".into())),
        ("H11", Value::Text("City hospital".into())),
        ("H12", Value::Choice("hospital".into())),
        ("H14", Value::Time("07:00:00".parse().expect("a time"))),
        ("H16", Value::Integer(1)),
    ];
    for (question, known) in expected {
        assert_eq!(value(&page, question), Some(known), "{question}");
    }
    assert_eq!(page.row.spoken_id, "T001-B-01");
    let second = device.start("voting", "11-001").await;
    assert_eq!(value(&second, "H16"), Some(Value::Integer(2)));
    assert_eq!(second.row.spoken_id, "T001-B-02");
    let commission = device.start("tabulation", "1101").await;
    assert_eq!(value(&commission, "D01"), Some(Value::Text("1101".into())));
    assert_eq!(value(&commission, "D02"), Some(Value::Integer(3)));
}

#[tokio::test]
async fn what_was_answered_is_there_after_the_power_failed() {
    let mut device = Device::enrolled().await;
    let id = device.start("voting", "11-001").await.row.id;
    device.answer(&id, "B03", integer(2104)).await;
    device
        .answer(&id, "B04", json!({ "t": "decimal", "v": 0.1 }))
        .await;
    device
        .answer(
            &id,
            "B05",
            json!({ "t": "choices", "v": ["queue", "crowd"] }),
        )
        .await;
    device.answer(&id, "B01", choice("no")).await;
    device.answer(&id, "B01", json!(null)).await;
    device.restart();
    let _: Status = device
        .call("unlock", json!({ "pin": PIN }))
        .await
        .expect("unlocked");
    let page = device.report(&id).await;
    assert_eq!(value(&page, "B03"), Some(Value::Integer(2104)));
    assert_eq!(value(&page, "B04"), Some(Value::Decimal(0.1)));
    assert_eq!(
        value(&page, "B05"),
        Some(Value::Choices(vec!["queue".into(), "crowd".into()]))
    );
    assert_eq!(value(&page, "B01"), None);
    let today: Today = device.call("today", json!({})).await.expect("today");
    assert_eq!(today.drafts.len(), 1);
    assert_eq!(today.date, "2011-04-03");
}

#[tokio::test]
async fn only_answers_that_fit_their_question_are_taken() {
    let device = Device::enrolled().await;
    let id = device.start("voting", "11-001").await.row.id;
    for (question, value, code) in [
        ("B03", text("many"), "wrong_kind"),
        ("B01", choice("perhaps"), "not_a_choice"),
        ("H08", choice("99"), "not_a_choice"),
        (
            "B05",
            json!({ "t": "choices", "v": ["queue", "queue"] }),
            "not_a_choice",
        ),
        ("H01", text("2"), "read_only"),
        ("q9_list", integer(1), "read_only"),
        ("Z99", integer(1), "unknown_question"),
        ("H11", text(&"ұ".repeat(8_001)), "too_long"),
        (
            "B06",
            json!({ "t": "photo", "v": { "hash": "00".repeat(32), "media_type": "image/png", "bytes": 1 } }),
            "wrong_kind",
        ),
        ("B03", json!({ "t": "number", "v": 1 }), "bad_arguments"),
    ] {
        let args = json!({ "id": id, "question": question, "value": value });
        assert_eq!(
            device.refusal("answer", args).await,
            code,
            "{question} {value}"
        );
    }
    let before = device.report(&id).await;
    let saved = device.answer(&id, "H11", text("  Абай мектебі ")).await;
    assert_eq!(
        saved.view.questions["H11"].value,
        Some(Value::Text("Абай мектебі".into()))
    );
    let cleared = device.answer(&id, "H11", text("  ")).await;
    assert_eq!(cleared.view.questions["H11"].value, None);
    assert_eq!(
        device.report(&id).await.view.questions.len(),
        before.view.questions.len()
    );
}

#[tokio::test]
async fn a_question_appears_when_it_begins_to_apply() {
    let device = Device::enrolled().await;
    let id = device.start("voting", "11-001").await.row.id;
    let saved = device.answer(&id, "B01", choice("yes")).await;
    assert!(!saved.view.questions["B02"].relevant);
    let saved = device.answer(&id, "B01", choice("no")).await;
    assert!(saved.view.questions["B02"].relevant);
}

#[tokio::test]
async fn the_list_of_the_morning_is_held_against_the_list_of_the_day() {
    let device = Device::enrolled().await;
    device.opening("11-001", 2104).await;
    let elsewhere = device.start("voting", "11-002").await.row.id;
    let saved = device.answer(&elsewhere, "B03", integer(1990)).await;
    assert!(
        !has(&saved, "Q9"),
        "another station's list says nothing here"
    );
    let here = device.start("voting", "11-001").await.row.id;
    assert!(!has(
        &device.answer(&here, "B03", integer(2104)).await,
        "Q9"
    ));
    assert!(has(&device.answer(&here, "B03", integer(2150)).await, "Q9"));
}

fn has(saved: &Saved, code: &str) -> bool {
    saved
        .view
        .findings
        .iter()
        .any(|finding| finding.code == code)
}

#[tokio::test]
async fn a_place_outside_the_register_is_taken_and_noted() {
    let device = Device::enrolled().await;
    let page: ReportPage = device
        .call(
            "start_visit",
            json!({ "form": "voting", "station": null, "place": " Барак № 7 " }),
        )
        .await
        .expect("begun");
    assert_eq!(page.row.place.as_deref(), Some("Барак № 7"));
    let finding = page
        .view
        .findings
        .iter()
        .find(|finding| finding.code == "place_not_in_register")
        .expect("a finding");
    assert_eq!(finding.level, FindingLevel::Warn);
    let incident: ReportPage = device
        .call(
            "start_visit",
            json!({ "form": "incident", "station": null, "place": null }),
        )
        .await
        .expect("an incident needs no place");
    assert!(incident.row.place.is_none() && incident.row.station.is_none());
    for (form, station, code) in [
        ("voting", json!(null), "place_needed"),
        ("voting", json!("99-999"), "unknown_place"),
        ("voting", json!("1101"), "unknown_place"),
        ("tabulation", json!("11-001"), "unknown_place"),
        ("nothing", json!("11-001"), "unknown_form"),
    ] {
        let args = json!({ "form": form, "station": station, "place": null });
        assert_eq!(
            device.refusal("start_visit", args).await,
            code,
            "{form} {station}"
        );
    }
}

#[tokio::test]
async fn stations_are_found_by_number_and_name_and_show_earlier_visits() {
    let device = Device::enrolled().await;
    device.start("voting", "11-001").await;
    let find = async |query: &str| -> StationHits {
        device
            .call(
                "stations",
                json!({ "query": query, "place": "station", "limit": 10 }),
            )
            .await
            .expect("hits")
    };
    let all = find("").await;
    assert_eq!(all.total, 6);
    assert!(all.hits[0].in_area, "the team's own area comes first");
    let named = find("абая").await;
    assert_eq!(named.hits[0].code.as_str(), "11-001");
    assert_eq!(named.hits[0].reports_here, 1);
}

#[tokio::test]
async fn a_picture_is_kept_with_the_answer_and_only_a_picture() {
    let mut device = Device::enrolled().await;
    let id = device.start("voting", "11-001").await.row.id;
    let send = |question: &str, media_type: &str, base64: &str| json!({ "id": id, "question": question, "media_type": media_type, "base64": base64 });
    let jpeg = &crate::pictures::jpeg(1);
    let saved: ReportPage = device
        .call("photo", send("B06", "image/jpeg", jpeg))
        .await
        .expect("taken");
    let Some(Value::Photo(photo)) = &saved.view.questions["B06"].value else {
        panic!("no picture")
    };
    assert!(photo.bytes > 100);
    for (args, code) in [
        (send("B06", "image/png", jpeg), "not_a_picture"),
        (send("B06", "image/jpeg", "PHN2Zy8+"), "not_a_picture"),
        (send("B06", "image/jpeg", "not base64"), "bad_arguments"),
        // FF D8 FF E0 00 FF D9: begins and ends as one, and is none.
        (send("B06", "image/jpeg", "/9j/4AD/2Q=="), "not_a_picture"),
        (send("Z99", "image/jpeg", jpeg), "unknown_question"),
    ] {
        assert_eq!(device.refusal("photo", args).await, code);
    }
    device.restart();
    let _: Status = device
        .call("unlock", json!({ "pin": PIN }))
        .await
        .expect("unlocked");
    assert!(
        matches!(value(&device.report(&id).await, "B06"), Some(Value::Photo(kept)) if kept == *photo)
    );
}

#[tokio::test]
async fn a_draft_may_be_discarded_and_is_gone() {
    let device = Device::enrolled().await;
    let id = device.start("voting", "11-001").await.row.id;
    let _: serde_json::Value = device
        .call("discard", json!({ "id": id }))
        .await
        .expect("discarded");
    assert_eq!(
        device.refusal("report", json!({ "id": id })).await,
        "unknown_report"
    );
    let finished = device.opening("11-001", 5).await;
    assert_eq!(
        device.refusal("discard", json!({ "id": finished })).await,
        "finished"
    );
}
