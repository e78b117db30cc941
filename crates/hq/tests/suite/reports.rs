//! From a confirmed revision to a figure: re-checked, counted, corrected, withdrawn.

use crate::device::{Device, visit_answers};
use crate::office::{Office, mission_copy};
use baqylau_domain::{Answers, StationCode, Value};
use baqylau_protocol::{EntryKind, Place, SetAside, Verdict};
use tempfile::TempDir;

fn station(code: &str) -> Place {
    Place::Station(StationCode::from(code))
}

async fn set_aside(office: &Office, device: &Device) -> Vec<SetAside> {
    device
        .send(
            &office.api(),
            vec![device.segment(1, device.entries.len() as u64)],
        )
        .await
        .set_aside
}

#[tokio::test]
async fn changing_one_answer_changes_the_figure() {
    let office = Office::open();
    let mut device = Device::enrol(&office, "T1").await;
    device.visit("S1", "4");
    let second = device.visit("S2", "4");
    device.send_all(&office.api()).await;
    assert_eq!(office.indicator("I1"), (2.0, 2.0));
    device.finish(second, visit_answers("T1", "1", 100));
    device.send_all(&office.api()).await;
    assert_eq!(
        office.indicator("I1"),
        (1.0, 2.0),
        "the correction replaces what the first revision added"
    );
}

#[tokio::test]
async fn every_revision_stays_beside_the_one_that_superseded_it() {
    let office = Office::open();
    let mut device = Device::enrol(&office, "T1").await;
    let report = device.visit("S1", "4");
    device.finish(report, visit_answers("T1", "2", 100));
    device.send_all(&office.api()).await;
    let lines = String::from_utf8(office.export("reports.jsonl")).unwrap();
    let report: serde_json::Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
    let ratings: Vec<_> = report["revisions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| &it["answers"]["rating"]["v"])
        .collect();
    assert_eq!(ratings, ["4", "2"]);
    assert_eq!(
        (&report["state"], &report["revision"]),
        (&"accepted".into(), &2.into())
    );
}

#[tokio::test]
async fn a_withdrawn_report_leaves_the_figures_and_stays_in_the_ledger() {
    let office = Office::open();
    let mut device = Device::enrol(&office, "T1").await;
    device.visit("S1", "4");
    let second = device.visit("S2", "1");
    device.append(EntryKind::Withdraw {
        report: second,
        reason: "wrong station".to_owned(),
    });
    device.send_all(&office.api()).await;
    assert_eq!(office.indicator("I1"), (1.0, 1.0));
    assert!(
        String::from_utf8(office.export("reports.jsonl"))
            .unwrap()
            .contains("withdrawn")
    );
}

#[tokio::test]
async fn an_answer_that_breaks_a_rule_sets_the_report_aside() {
    let office = Office::open();
    let mut device = Device::enrol(&office, "T1").await;
    device.visit("S1", "4");
    let report = device.begin("visit", station("S2"));
    let mut answers = visit_answers("T1", "4", 100);
    answers.insert("voted".to_owned(), Value::Integer(4000));
    let seq = device.finish(report, answers);
    assert_eq!(
        set_aside(&office, &device).await,
        [SetAside {
            seq,
            code: "blocked".to_owned()
        }]
    );
    assert_eq!(office.indicator("I1"), (1.0, 1.0), "kept, and not counted");
    device.finish(report, visit_answers("T1", "4", 100));
    assert_eq!(
        set_aside(&office, &device).await,
        [],
        "the correction is accepted"
    );
    assert_eq!(office.indicator("I1"), (2.0, 2.0));
}

#[tokio::test]
async fn a_required_answer_that_is_missing_sets_the_report_aside() {
    let office = Office::open();
    let mut device = Device::enrol(&office, "T1").await;
    let report = device.begin("visit", station("S1"));
    let mut answers = visit_answers("T1", "4", 100);
    answers.remove("rating");
    device.finish(report, answers);
    assert_eq!(set_aside(&office, &device).await[0].code, "blocked");
}

#[tokio::test]
async fn a_report_in_another_teams_name_is_set_aside() {
    let office = Office::open();
    let mut device = Device::enrol(&office, "T1").await;
    let report = device.begin("visit", station("S1"));
    device.finish(report, visit_answers("T2", "4", 100));
    assert_eq!(set_aside(&office, &device).await[0].code, "prefill_differs");
}

#[tokio::test]
async fn a_station_that_does_not_exist_sets_the_report_aside() {
    let office = Office::open();
    let mut device = Device::enrol(&office, "T1").await;
    device.visit("S9", "4");
    assert_eq!(set_aside(&office, &device).await[0].code, "unknown_place");
}

#[tokio::test]
async fn answers_that_do_not_fit_the_form_set_the_report_aside() {
    let office = Office::open();
    let mut device = Device::enrol(&office, "T1").await;
    let report = device.begin("visit", station("S1"));
    let changes = vec![(999, Some(baqylau_domain::WireValue::Integer(1)))];
    device.append(EntryKind::Revision {
        report,
        number: 1,
        changes,
        reason: None,
        supersedes: None,
    });
    device.append(EntryKind::Finalise {
        report,
        revision: 1,
        confirmed_by: vec![],
    });
    assert_eq!(
        set_aside(&office, &device).await[0].code,
        "unreadable_answers"
    );
}

#[tokio::test]
async fn a_blank_answer_is_not_a_no() {
    let office = Office::open();
    let mut device = Device::enrol(&office, "T1").await;
    for (place, stuffing) in [("S1", Some("yes")), ("S2", Some("no")), ("S3", None)] {
        let report = device.begin("visit", station(place));
        let mut answers = visit_answers("T1", "3", 100);
        answers.remove("stuffing");
        answers
            .extend(stuffing.map(|code| ("stuffing".to_owned(), Value::Choice(code.to_owned()))));
        device.finish(report, answers);
    }
    device.send_all(&office.api()).await;
    let values = office.headquarters.indicators().unwrap();
    let stuffing = values.iter().find(|value| value.id == "I2").unwrap();
    assert_eq!(
        (stuffing.numerator.number(), stuffing.forms_denominator),
        (1.0, 2)
    );
}

#[tokio::test]
async fn headquarters_knows_what_the_device_found_at_the_same_place_before() {
    let office = Office::open();
    let mut device = Device::enrol(&office, "T1").await;
    device.visit("S1", "4");
    let again = device.begin("visit", station("S1"));
    let mut answers = visit_answers("T1", "4", 200);
    answers.insert("listed".to_owned(), Value::Integer(1200));
    device.finish(again, answers);
    device.send_all(&office.api()).await;
    let lines = String::from_utf8(office.export("reports.jsonl")).unwrap();
    assert!(lines.contains("list_changed"), "{lines}");
}

#[tokio::test]
async fn reports_in_an_older_version_of_a_form_are_still_taken() {
    let office = Office::open();
    let mut device = Device::enrol(&office, "T1").await;
    device.visit("S1", "4");
    let changed = mission_copy(|name, text| {
        if name == "forms/visit.csv" {
            text.replace("Overall,", "Overall assessment,")
        } else {
            text
        }
    });
    let Office {
        data, headquarters, ..
    } = office;
    drop(headquarters);
    let office = Office::open_in(data, changed.path());
    assert_eq!(device.send_all(&office.api()).await, Verdict::Accepted);
    assert_eq!(office.indicator("I1"), (1.0, 1.0));
    assert_eq!(
        device.send(&office.api(), vec![]).await.config.map(|_| ()),
        Some(()),
        "and the newer one is offered"
    );
}

/// Whether devices are offered another configuration after headquarters was started again with this mission.
async fn offers_news(mission: &std::path::Path) -> bool {
    let office = Office::open();
    let device = Device::enrol(&office, "T1").await;
    let Office {
        data, headquarters, ..
    } = office;
    drop(headquarters);
    let office = Office::open_in(data, mission);
    device.send(&office.api(), vec![]).await.config.is_some()
}

#[tokio::test]
async fn a_mission_that_changed_is_offered_and_one_that_did_not_is_not() {
    assert!(
        !offers_news(&crate::office::mission()).await,
        "nothing changed"
    );
    for (file, from, to) in [
        ("register/stations.csv", "School 1", "School No. 1"),
        ("teams.csv", "L1,101", "L1,102"),
        ("forms/incident.csv", "What happened", "What has happened"),
    ] {
        let changed = mission_copy(|name, text| {
            let replaced = text.replace(from, to);
            assert!(name != file || replaced != text, "{file} lacks {from:?}");
            if name == file { replaced } else { text }
        });
        assert!(offers_news(changed.path()).await, "{file} changed");
    }
}

#[tokio::test]
async fn a_rebuilt_ledger_says_what_intake_said() {
    let office = Office::open();
    for team in ["T1", "T2"] {
        let mut device = Device::enrol(&office, team).await;
        let first = device.begin("visit", station("S1"));
        device.finish(first, visit_answers(team, "4", 100));
        device.finish(first, visit_answers(team, "2", 150));
        let second = device.begin("visit", station("S2"));
        device.finish(second, Answers::new());
        let third = device.begin("visit", station("S3"));
        device.finish(third, visit_answers(team, "3", 7));
        device.append(EntryKind::Withdraw {
            report: third,
            reason: "twice".to_owned(),
        });
        device.send_all(&office.api()).await;
    }
    let files = [
        "reports.jsonl",
        "contributions.jsonl",
        "indicators.csv",
        "reports-visit.csv",
        "audit.jsonl",
    ];
    let before = files.map(|file| office.export(file));
    office.headquarters.rebuild().unwrap();
    assert_eq!(files.map(|file| office.export(file)), before);
}

#[tokio::test]
async fn a_ledger_of_another_event_is_refused() {
    let data = TempDir::new().unwrap();
    let office = Office::open_in(data, &crate::office::mission());
    let Office {
        data,
        headquarters,
        clock,
    } = office;
    drop(headquarters);
    let other = mission_copy(|_, text| text.replace("TEST-1", "TEST-2"));
    let ids = std::sync::Arc::new(baqylau_hq::system::SystemIds);
    let refused = baqylau_hq::Headquarters::open(other.path(), data.path(), clock, ids);
    assert_eq!(refused.err().map(|error| error.code()), Some("other-event"));
}

/// The codes noticed in the revision of a report that is in force.
fn noticed(office: &Office, number: usize) -> Vec<String> {
    let lines = String::from_utf8(office.export("reports.jsonl")).unwrap();
    let report: serde_json::Value =
        serde_json::from_str(lines.lines().nth(number).unwrap()).unwrap();
    let revision = report["revisions"].as_array().unwrap().last().unwrap();
    let findings = revision["findings"].as_array().unwrap();
    findings
        .iter()
        .map(|it| it["code"].as_str().unwrap().to_owned())
        .collect()
}

/// A visit where so many were on the list.
fn listing(voters: i64) -> Answers {
    let mut answers = visit_answers("T1", "4", 90);
    answers.insert("listed".to_owned(), Value::Integer(voters));
    answers
}

#[tokio::test]
async fn a_report_is_held_against_earlier_visits_and_never_against_itself_or_later_ones() {
    let office = Office::open();
    let mut device = Device::enrol(&office, "T1").await;
    let first = device.begin("visit", station("S1"));
    device.finish(first, listing(100));
    let second = device.begin("visit", station("S1"));
    device.finish(second, listing(120));
    device.send_all(&office.api()).await;
    assert_eq!(noticed(&office, 0), [""; 0]);
    assert_eq!(
        noticed(&office, 1),
        ["list_changed"],
        "at the first visit there were 100"
    );
    device.finish(first, listing(130));
    device.send_all(&office.api()).await;
    assert_eq!(
        noticed(&office, 0),
        [""; 0],
        "neither its own 100 nor the later 120 came before it"
    );
    device.finish(second, listing(130));
    device.send_all(&office.api()).await;
    assert_eq!(noticed(&office, 1), [""; 0], "the first visit now says 130");
}
