//! Old and new versions at headquarters: older forms, later messages, ledgers of earlier schemas.

use crate::device::{Device, visit_answers};
use crate::office::{Office, mission_copy};
use baqylau_domain::{Answers, StationCode};
use baqylau_protocol::{
    ApiError, Entry, EntryKind, Place, QuarantineCode, Refusal, SyncApi as _, SyncReply,
    SyncRequest, Verdict, segment_hash,
};
use tempfile::TempDir;

/// The mission with another version of its form: a question more at the front, two exchanged, a choice more, so that
/// every index on the wire means something else.
fn moved() -> TempDir {
    mission_copy(|name, text| {
        if name != "forms/visit.csv" {
            return text;
        }
        let mut lines: Vec<&str> = text.lines().collect();
        let place = |lines: &[&str], name: &str| {
            lines
                .iter()
                .position(|line| line.contains(&format!(",{name},")))
        };
        let team = place(&lines, "team").unwrap();
        lines.insert(team, ",text,weather,Weather,Погода,,,,,,,,V 0,,,,");
        let stuffing = place(&lines, "stuffing").unwrap();
        let rating = place(&lines, "select_one rating,rating").unwrap();
        lines.swap(stuffing, rating);
        let best = lines
            .iter()
            .position(|line| line.starts_with(",rating,4"))
            .unwrap();
        lines.insert(best, ",rating,5,Perfect,Безупречно");
        lines
            .join("\n")
            .replace(",Visit,visit,1,", ",Visit,visit,2,")
            + "\n"
    })
}

fn begin_again(office: Office, mission: &TempDir) -> Office {
    let Office {
        data, headquarters, ..
    } = office;
    drop(headquarters);
    Office::open_in(data, mission.path())
}

#[tokio::test]
async fn reports_in_two_versions_of_a_form_are_taken_and_counted_each_by_its_own() {
    let office = Office::open();
    let mut old = Device::enrol(&office, "T1").await;
    old.visit("S1", "4");
    let mission = moved();
    let office = begin_again(office, &mission);
    let mut new = Device::enrol(&office, "T2").await;
    let answers = |team, rating| -> Answers { visit_answers(team, rating, 100) };
    let report = new.begin("visit", Place::Station(StationCode::from("S2")));
    new.finish(report, answers("T2", "1"));
    let report = new.begin("visit", Place::Station(StationCode::from("S3")));
    new.finish(report, answers("T2", "5"));
    assert_eq!(old.send_all(&office.api()).await, Verdict::Accepted);
    assert_eq!(new.send_all(&office.api()).await, Verdict::Accepted);
    let set_aside = |reply: SyncReply| reply.set_aside;
    assert_eq!(set_aside(old.send(&office.api(), vec![]).await), []);
    assert_eq!(set_aside(new.send(&office.api(), vec![]).await), []);
    assert_eq!(office.indicator("I1").1, 3.0, "all three are counted");

    // The old device goes on with the form it has, after a day's work of headquarters with the new one.
    old.finish(1, answers("T1", "2"));
    old.visit("S3", "4");
    assert_eq!(old.send_all(&office.api()).await, Verdict::Accepted);
    assert_eq!(set_aside(old.send(&office.api(), vec![]).await), []);
    let lines = String::from_utf8(office.export("reports.jsonl")).unwrap();
    let ratings: Vec<Vec<String>> = lines
        .lines()
        .map(|line| {
            let report: serde_json::Value = serde_json::from_str(line).unwrap();
            let revisions = report["revisions"].as_array().unwrap().iter();
            revisions
                .map(|one| one["answers"]["rating"]["v"].as_str().unwrap().to_owned())
                .collect()
        })
        .collect();
    let mut ratings = ratings;
    ratings.sort();
    assert_eq!(ratings, [vec!["1"], vec!["4"], vec!["4", "2"], vec!["5"]]);
}

#[tokio::test]
async fn what_a_later_minor_version_adds_is_kept_chained_and_exported() {
    let office = Office::open();
    let mut device = Device::enrol(&office, "T1").await;
    device.visit("S1", "4");
    // {0: 99, 1: 1, 2: 360, 3: "later"}: a kind that this version does not know.
    let kind = [
        &[0xa4, 0, 24, 99, 1, 1, 2, 0x19, 1, 104, 3, 0x65],
        b"later".as_slice(),
    ]
    .concat();
    device.entries.push(kind.clone());
    // And a known kind with a key 40 that it does not know.
    let note = Entry::decode(device.entries.first().unwrap()).unwrap();
    let note = Entry::new(
        note.at,
        EntryKind::Note {
            report: 1,
            question: None,
            text: "later".to_owned(),
        },
    );
    let note = note.encode();
    let note = [&[note[0] + 1], &note[1..], &[0x18, 40, 0xf6]].concat();
    device.entries.push(note.clone());
    assert_eq!(device.send_all(&office.api()).await, Verdict::Accepted);
    assert_eq!(office.indicator("I1"), (1.0, 1.0));
    assert_eq!(office.headquarters.verify().unwrap().faults, []);
    let entries = String::from_utf8(office.export("entries.jsonl")).unwrap();
    for bytes in [kind, note] {
        let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        assert!(entries.contains(&hex), "{hex}");
    }
}

#[tokio::test]
async fn a_segment_of_a_later_major_version_is_kept_and_answered_with_a_code() {
    let office = Office::open();
    let mut device = Device::enrol(&office, "T1").await;
    device.visit("S1", "4");
    let good = device.segment(1, 3);
    let mut later = good.clone();
    assert_eq!(later[3], 1);
    later[3] = 2;
    let reply = device.send(&office.api(), vec![later.clone(), good]).await;
    let aside = Verdict::Quarantined {
        code: QuarantineCode::Malformed,
    };
    assert_eq!(reply.verdicts, [aside, Verdict::Accepted]);
    let hash = segment_hash(&later);
    let is_kept = office
        .headquarters
        .ledger
        .read(|read| read.has_segment(&hash));
    assert!(
        is_kept.unwrap(),
        "for a headquarters that can read it one day"
    );
}

#[tokio::test]
async fn a_device_of_a_later_protocol_is_told_so_and_nothing_is_taken() {
    let office = Office::open();
    let device = Device::enrol(&office, "T1").await;
    let request = SyncRequest {
        protocol: (2, 3),
        ..device.request(vec![])
    };
    let refused = office.api().sync(request).await;
    assert!(matches!(refused, Err(ApiError::Refused(Refusal::Version))));
}
