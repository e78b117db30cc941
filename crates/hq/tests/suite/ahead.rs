//! An incident that came before what its journal holds in front of it is read at once and counts later.

use crate::device::Device;
use crate::office::{Office, serve};
use crate::pages::Page;
use baqylau_domain::{Answers, Value};
use baqylau_hq::Api;
use baqylau_protocol::{Place, Verdict};
use reqwest::{Method, StatusCode};
use serde_json::json;
use std::sync::Arc;
use tempfile::TempDir;

const WHAT: &str = "A box was carried out";

/// Two visits, an incident, and a visit.
fn with_an_incident(device: &mut Device) -> u64 {
    device.visit("S1", "4");
    device.visit("S2", "4");
    let incident = device.begin("incident", Place::Free("the yard".to_owned()));
    let answers = [("what".to_owned(), Value::Text(WHAT.to_owned()))];
    device.finish(incident, Answers::from_iter(answers));
    device.visit("S3", "4");
    incident
}

#[tokio::test]
async fn an_incident_is_shown_before_its_turn_and_counted_in_its_turn() {
    let data = TempDir::new().unwrap();
    let running = serve(data.path(), None).await;
    let api = Api(Arc::clone(&running.headquarters));
    let mut device = Device::enrol_with(&running.headquarters, &api, "T1").await;
    let first = with_an_incident(&mut device);
    let reply = device
        .send(&api, vec![device.segment(first, first + 2)])
        .await;
    assert_eq!(reply.verdicts, [Verdict::Parked { need_from: 1 }]);

    let page = Page::signed_in(&running).await;
    let (_, overview) = page.ask(Method::GET, "/overview", None).await;
    let row = &overview["ahead"][0];
    assert_eq!(row["team"], "T1");
    assert_eq!(row["place"], "the yard");
    assert_eq!(row["form"], "incident");
    assert_eq!(overview["incidents_open"], 0);
    assert_eq!(overview["entries"], 0);
    let path = format!("/reports/{}", row["report"].as_str().unwrap());
    let (_, report) = page.ask(Method::GET, &path, None).await;
    assert_eq!(report["verdict"], "ahead");
    assert_eq!(
        report["revisions"][0]["received_at_ms"],
        row["received_at_ms"]
    );
    assert_eq!(
        report["revisions"][0]["answers"]["what"]["value"],
        json!({"t": "text", "v": WHAT})
    );

    device.send(&api, vec![device.segment(1, first - 1)]).await;
    let (_, overview) = page.ask(Method::GET, "/overview", None).await;
    assert_eq!(overview["ahead"], json!([]));
    assert_eq!(overview["incidents_open"], 1);
    let (status, report) = page.ask(Method::GET, &path, None).await;
    assert_eq!(
        (status, &report["verdict"]),
        (StatusCode::OK, &json!("accepted"))
    );
}

#[tokio::test]
async fn nothing_else_is_shown_before_its_turn() {
    let office = Office::open();
    let api = office.api();
    let mut device = Device::enrol(&office, "T1").await;
    let incident = with_an_incident(&mut device);
    let last = device.entries.len() as u64;
    // A visit, and an incident without its end.
    device
        .send(&api, vec![device.segment(incident + 3, last)])
        .await;
    device
        .send(&api, vec![device.segment(incident, incident + 1)])
        .await;
    assert!(office.headquarters.ahead().unwrap().is_empty());
    // Its end comes in another segment.
    device
        .send(&api, vec![device.segment(incident + 2, incident + 2)])
        .await;
    let ahead = office.headquarters.ahead().unwrap();
    assert_eq!(ahead.len(), 1);
    assert_eq!(ahead[0].row.team, "T1");
    assert_eq!(ahead[0].report.seq, incident);
    // A second correction, of which the first has not come: nothing of it can be read yet.
    let answers = [("what".to_owned(), Value::Text("It was returned".to_owned()))];
    device.finish(incident, Answers::from_iter(answers));
    device
        .send(&api, vec![device.segment(1, incident + 2)])
        .await;
    assert!(office.headquarters.ahead().unwrap().is_empty());
    let corrected = device.entries.len() as u64;
    device.visit("S1", "4");
    let answers = [("what".to_owned(), Value::Text("It was not".to_owned()))];
    let end = device.finish(incident, Answers::from_iter(answers));
    device.send(&api, vec![device.segment(end - 1, end)]).await;
    assert!(office.headquarters.ahead().unwrap().is_empty());
    // With the first, the second is shown.
    device
        .send(&api, vec![device.segment(corrected - 1, corrected)])
        .await;
    let ahead = office.headquarters.ahead().unwrap();
    assert_eq!(ahead.len(), 1);
    assert_eq!(ahead[0].row.current, 3);
}
