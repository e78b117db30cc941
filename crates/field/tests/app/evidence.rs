//! What becomes evidence stays as it was given.

use crate::device::{Device, integer, text};
use baqylau_domain::ReportState;
use baqylau_field::view::{FinishOutcome, ReportPage};
use baqylau_protocol::EntryKind;
use serde_json::json;

#[tokio::test]
async fn only_what_makes_a_report_unusable_stops_it() {
    let device = Device::enrolled().await;
    device.opening("11-001", 2104).await;
    let id = device.start("voting", "11-001").await.row.id;
    let FinishOutcome::Blocked { view } = device.finish(&id).await else {
        panic!("B03 is required")
    };
    assert!(
        view.findings
            .iter()
            .any(|finding| finding.fields == ["B03"])
    );
    assert_eq!(
        device.report(&id).await.row.state,
        ReportState::Draft,
        "nothing happened to it"
    );
    device.answer(&id, "B03", integer(9)).await;
    let FinishOutcome::Finished { row } = device.finish(&id).await else {
        panic!("a warning stops nobody")
    };
    assert_eq!((row.state, row.revision), (ReportState::Finished, 1));
    assert!(row.entry.is_some() && row.findings > 0);
}

#[tokio::test]
async fn both_observers_stand_behind_a_report() {
    let device = Device::enrolled().await;
    let id = device.start("opening", "11-001").await.row.id;
    device.answer(&id, "A18", integer(1)).await;
    for (by, code) in [
        (json!([]), "confirmation_needed"),
        (json!(["O0001"]), "confirmation_needed"),
        (json!(["O0001", "O0001"]), "confirmation_needed"),
        (json!(["O0001", "O0002", "O1001"]), "unknown_observer"),
    ] {
        assert_eq!(
            device
                .refusal("finish", json!({ "id": id, "confirmed_by": by }))
                .await,
            code,
            "{by}"
        );
    }
    assert!(matches!(
        device.finish(&id).await,
        FinishOutcome::Finished { .. }
    ));
}

#[tokio::test]
async fn a_finished_report_changes_only_through_a_correction() {
    let device = Device::enrolled().await;
    let id = device.opening("11-001", 2104).await;
    let answer = json!({ "id": id, "question": "A18", "value": integer(1) });
    assert_eq!(device.refusal("answer", answer.clone()).await, "finished");
    assert_eq!(
        device
            .refusal(
                "finish",
                json!({ "id": id, "confirmed_by": ["O0001", "O0002"] })
            )
            .await,
        "finished"
    );
    assert_eq!(
        device.refusal("drop_correction", json!({ "id": id })).await,
        "finished"
    );
    assert_eq!(
        device
            .refusal("correct", json!({ "id": id, "reason": "  " }))
            .await,
        "reason_needed"
    );

    let page: ReportPage = device
        .call("correct", json!({ "id": id, "reason": "a slip" }))
        .await
        .expect("begun");
    assert_eq!(page.row.state, ReportState::Correcting);
    assert_eq!(
        device
            .refusal("withdraw", json!({ "id": id, "reason": "x" }))
            .await,
        "wrong_state"
    );
    let unchanged = json!({ "id": id, "confirmed_by": ["O0001", "O0002"] });
    assert_eq!(device.refusal("finish", unchanged).await, "nothing_changed");
    device.answer(&id, "A18", integer(2014)).await;
    let page: ReportPage = device
        .call("drop_correction", json!({ "id": id }))
        .await
        .expect("dropped");
    assert_eq!(
        page.view.questions["A18"].value,
        Some(baqylau_domain::Value::Integer(2104)),
        "the finished one stands"
    );

    let _: ReportPage = device
        .call("correct", json!({ "id": id, "reason": "a slip" }))
        .await
        .expect("begun");
    device.answer(&id, "A18", integer(2014)).await;
    let FinishOutcome::Finished { row } = device.finish(&id).await else {
        panic!("finished")
    };
    assert_eq!(row.revision, 2);
    let revisions = device.report(&id).await.revisions;
    assert_eq!(revisions.len(), 2, "the earlier one is kept");
    assert_eq!(
        (revisions[1].reason.as_str(), &revisions[1].changed[..]),
        ("a slip", &["A18".to_owned()][..])
    );
    assert_eq!(revisions[1].confirmed_by.len(), 2);
}

#[tokio::test]
async fn a_withdrawn_report_stays_withdrawn_and_is_kept() {
    let device = Device::enrolled().await;
    let draft = device.start("opening", "11-002").await.row.id;
    assert_eq!(
        device
            .refusal("withdraw", json!({ "id": draft, "reason": "x" }))
            .await,
        "wrong_state"
    );
    let id = device.opening("11-001", 2104).await;
    let page: ReportPage = device
        .call("withdraw", json!({ "id": id, "reason": "wrong station" }))
        .await
        .expect("done");
    assert_eq!(page.row.state, ReportState::Withdrawn);
    assert_eq!(
        device
            .refusal("correct", json!({ "id": id, "reason": "x" }))
            .await,
        "wrong_state"
    );
    let answer = json!({ "id": id, "question": "A18", "value": integer(1) });
    assert_eq!(device.refusal("answer", answer).await, "wrong_state");
}

#[tokio::test]
async fn notes_travel_with_the_report_and_after_it() {
    let device = Device::enrolled().await;
    let id = device.start("opening", "11-001").await.row.id;
    device.answer(&id, "A18", integer(2104)).await;
    let note = |question: serde_json::Value, text: &str| json!({ "id": id, "question": question, "text": text });
    let _: ReportPage = device
        .call("note", note(json!("A18"), "counted twice"))
        .await
        .expect("noted");
    assert_eq!(
        device.refusal("note", note(json!("Z9"), "x")).await,
        "unknown_question"
    );
    assert_eq!(
        device.refusal("note", note(json!(null), "  ")).await,
        "empty_note"
    );
    device.finish(&id).await;
    let page: ReportPage = device
        .call("note", note(json!(null), "seen again at noon"))
        .await
        .expect("noted");
    assert_eq!(page.notes.len(), 2);
    let _: serde_json::Value = device.call("sync", json!({})).await.expect("sent");
    let notes: Vec<_> = device
        .held()
        .await
        .into_iter()
        .filter_map(|entry| match entry.kind {
            EntryKind::Note {
                report,
                question,
                text,
            } => Some((report, question.is_some(), text)),
            _ => None,
        })
        .collect();
    assert_eq!(
        notes,
        [
            (1, true, "counted twice".to_owned()),
            (1, false, "seen again at noon".to_owned())
        ]
    );
}

#[tokio::test]
async fn nothing_written_can_be_read_without_the_pin() {
    const CANARY: &str = "канарейка-7f3a9c-кенарка";
    let mut device = Device::enrolled().await;
    let id = device.start("voting", "11-001").await.row.id;
    device
        .answer(&id, "B01", json!({ "t": "choice", "v": "no" }))
        .await;
    device.answer(&id, "B02", text(CANARY)).await;
    let _: ReportPage = device
        .call(
            "note",
            json!({ "id": id, "question": null, "text": CANARY }),
        )
        .await
        .expect("noted");
    search(&device, "during work");
    device.opening("11-002", 77).await;
    let _: serde_json::Value = device.call("sync", json!({})).await.expect("sent");
    device.restart();
    search(&device, "after a kill");

    fn search(device: &Device, when: &str) {
        let mut folders = vec![device.folder().to_owned()];
        let mut files = 0;
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
                if entry.path().is_dir() {
                    folders.push(entry.path());
                    continue;
                }
                files += 1;
                let bytes = std::fs::read(entry.path()).expect("a file");
                for secret in [
                    CANARY,
                    "Abai school",
                    "Школа имени Абая",
                    "11-001",
                    "O0001",
                    "T001",
                    crate::device::PIN,
                ] {
                    let found = bytes
                        .windows(secret.len())
                        .any(|window| window == secret.as_bytes());
                    assert!(
                        !found,
                        "{when}: {secret} is readable in {}",
                        entry.path().display()
                    );
                }
            }
        }
        assert!(files >= 2, "there is something to search");
    }
}
