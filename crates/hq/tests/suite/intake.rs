//! Segments in every order, twice, torn, forked, tampered with.

use crate::device::{Device, fresh_key, request, visit_answers};
use crate::office::Office;
use baqylau_domain::StationCode;
use baqylau_protocol::{
    ApiError, DeviceKey, EntryKind, Place, QuarantineCode, ReceiptError, Refusal, SyncApi as _,
    Verdict,
};
use proptest::prelude::*;

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
}

async fn with_visits(office: &Office, visits: usize) -> Device {
    let mut device = Device::enrol(office, "T1").await;
    for number in 0..visits {
        device.visit(["S1", "S2", "S3"][number % 3], "4");
    }
    device
}

#[tokio::test]
async fn a_segment_sent_again_changes_nothing() {
    let office = Office::open();
    let device = with_visits(&office, 2).await;
    assert_eq!(device.send_all(&office.api()).await, Verdict::Accepted);
    let before = office.export("entries.jsonl");
    for _ in 0..3 {
        assert_eq!(device.send_all(&office.api()).await, Verdict::Duplicate);
    }
    assert_eq!(office.export("entries.jsonl"), before);
}

#[tokio::test]
async fn the_receipt_proves_the_journal_up_to_the_last_entry_without_a_gap() {
    let office = Office::open();
    let device = with_visits(&office, 2).await;
    let api = office.api();
    let reply = device
        .send(&api, vec![device.segment(1, 3), device.segment(5, 6)])
        .await;
    assert_eq!(
        reply.verdicts,
        [Verdict::Accepted, Verdict::Parked { need_from: 4 }]
    );
    let end = device.body(1, 3).end();
    let hq = {
        let reply = api
            .enrol(request(&office.headquarters, "T2", &fresh_key()))
            .await
            .unwrap();
        let code = office.headquarters.make_code("T1", "", "test").unwrap();
        reply
            .config
            .verify(
                &baqylau_protocol::EnrolCode::from_text(&code.text)
                    .unwrap()
                    .root,
            )
            .unwrap()
            .hq
    };
    let receipt = reply
        .receipt
        .unwrap()
        .verify(&hq, &device.event, &device.id(), |seq| {
            (seq == 3).then_some(end.hash)
        });
    assert_eq!(receipt.unwrap().receipt().upto_seq, 3);
}

#[tokio::test]
async fn a_gap_parks_what_comes_behind_it_and_adopts_it_once_closed() {
    let office = Office::open();
    let device = with_visits(&office, 3).await;
    let api = office.api();
    let reply = device.send(&api, vec![device.segment(7, 9)]).await;
    assert_eq!(reply.verdicts, [Verdict::Parked { need_from: 1 }]);
    assert!(reply.receipt.is_none());
    let reply = device.send(&api, vec![device.segment(4, 6)]).await;
    assert_eq!(reply.verdicts, [Verdict::Parked { need_from: 1 }]);
    let reply = device.send(&api, vec![device.segment(1, 3)]).await;
    assert_eq!(
        (reply.verdicts.as_slice(), reply.next_seq),
        ([Verdict::Accepted].as_slice(), 10)
    );
    assert_eq!(office.indicator("I1"), (3.0, 3.0));
}

#[tokio::test]
async fn a_forked_journal_keeps_both_branches_and_counts_the_first() {
    let office = Office::open();
    let mut device = with_visits(&office, 1).await;
    let api = office.api();
    assert_eq!(device.send_all(&api).await, Verdict::Accepted);
    let figure = office.indicator("I1");
    // The device is restored from an old backup and writes something else under the same numbers.
    device.entries.truncate(1);
    device.finish(1, visit_answers("T1", "1", 5));
    let fork = Verdict::Quarantined {
        code: QuarantineCode::Fork,
    };
    assert_eq!(device.send_all(&api).await, fork);
    device.visit("S2", "1");
    let later = device.send(&api, vec![device.segment(4, 6)]).await;
    assert_eq!(later.verdicts, [fork]);
    assert_eq!(later.next_seq, 4);
    assert_eq!(office.indicator("I1"), figure);
    let quarantined = office
        .headquarters
        .ledger
        .read(|read| read.quarantined_segments())
        .unwrap();
    assert_eq!(quarantined.len(), 2);
}

#[tokio::test]
async fn a_segment_that_does_not_follow_the_chain_is_set_aside() {
    let office = Office::open();
    let device = with_visits(&office, 2).await;
    let api = office.api();
    device.send(&api, vec![device.segment(1, 3)]).await;
    let mut body = device.body(4, 6);
    body.before.0[0] ^= 1;
    let reply = device.send(&api, vec![device.sealed(&body)]).await;
    assert_eq!(
        reply.verdicts,
        [Verdict::Quarantined {
            code: QuarantineCode::BadChain
        }]
    );
    assert_eq!(reply.next_seq, 4);
}

#[tokio::test]
async fn a_segment_signed_by_another_key_is_set_aside() {
    let office = Office::open();
    let device = with_visits(&office, 1).await;
    let mut thief = Device::enrol(&office, "T2").await;
    thief.entries = device.entries.clone();
    let mut body = thief.body(1, 3);
    body.device = device.id();
    let reply = thief.send(&office.api(), vec![thief.sealed(&body)]).await;
    assert_eq!(
        reply.verdicts,
        [Verdict::Quarantined {
            code: QuarantineCode::BadSignature
        }]
    );
    assert_eq!(device.send_all(&office.api()).await, Verdict::Accepted);
}

#[tokio::test]
async fn damaged_bytes_are_set_aside_and_stop_nothing() {
    let office = Office::open();
    let device = with_visits(&office, 2).await;
    let mut damaged = device.segment(1, 3);
    let last = damaged.len() - 1;
    damaged[last] ^= 1;
    let reply = device
        .send(&office.api(), vec![damaged, device.segment(1, 6)])
        .await;
    assert_eq!(
        reply.verdicts[0],
        Verdict::Quarantined {
            code: QuarantineCode::Malformed
        }
    );
    assert_eq!(reply.verdicts[1], Verdict::Accepted);
}

#[tokio::test]
async fn a_carrier_may_bring_another_devices_segments() {
    let office = Office::open();
    let device = with_visits(&office, 1).await;
    let carrier = Device::enrol(&office, "L1").await;
    let reply = carrier
        .send(&office.api(), vec![device.segment(1, 3)])
        .await;
    assert_eq!(reply.verdicts, [Verdict::Accepted]);

    // The receipt goes with the carrier, who can tell neither whose it is nor what it says.
    let [signed] = reply.envelopes.as_slice() else {
        panic!("one device, one envelope: {}", reply.envelopes.len());
    };
    let (hq, event) = (&device.hq, &device.event);
    let envelope = signed.verify(hq, event).unwrap();
    let open = |key: &DeviceKey| envelope.open(&key.pair(hq, event).unwrap());
    assert_eq!(open(&carrier.key), Err(ReceiptError::WrongJournal));
    let receipt = open(&device.key).unwrap();
    let said = receipt.carried(hq, event).unwrap();
    assert_eq!((said.device, said.upto_seq), (device.id(), 3));
    let bytes = reply.encode();
    let holds = |part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
    assert!(!holds(&device.id().0) && !holds(&said.head.0));

    assert_eq!(device.send_all(&office.api()).await, Verdict::Duplicate);
}

#[tokio::test]
async fn nobody_syncs_in_another_devices_name() {
    let office = Office::open();
    let device = with_visits(&office, 1).await;
    let stranger = Device::enrol(&office, "T2").await;
    let mut forged = stranger.request(vec![]);
    forged.device = device.id();
    assert_eq!(
        office.api().sync(forged).await,
        Err(ApiError::Refused(Refusal::NotEnrolled))
    );
}

#[tokio::test]
async fn what_a_revoked_device_sends_is_kept_apart() {
    let office = Office::open();
    let device = with_visits(&office, 1).await;
    office
        .headquarters
        .revoke(device.id(), "stolen", "test")
        .unwrap();
    let reply = device.send(&office.api(), vec![device.segment(1, 3)]).await;
    assert_eq!(
        reply.verdicts,
        [Verdict::Quarantined {
            code: QuarantineCode::Revoked
        }]
    );
    assert!(reply.revoked && reply.receipt.is_none());
}

#[tokio::test]
async fn an_enrolment_code_is_good_for_one_device_and_for_its_time() {
    let office = Office::open();
    let api = office.api();
    let (first, second) = (fresh_key(), fresh_key());
    let code = office.headquarters.make_code("T1", "", "test").unwrap();
    let secret = || {
        baqylau_protocol::EnrolCode::from_text(&code.text)
            .unwrap()
            .secret
    };
    let enrol = |key| api.enrol(baqylau_protocol::EnrolRequest::new(secret(), key));
    let certificate = enrol(&first).await.unwrap().certificate;
    assert_eq!(
        enrol(&second).await,
        Err(ApiError::Refused(Refusal::CodeUsed))
    );
    // The first device lost the answer and asks again.
    assert_eq!(enrol(&first).await.unwrap().certificate, certificate);

    let late = request(&office.headquarters, "T1", &second);
    office.clock.turn(baqylau_hq::headquarters::ENROLMENT_MS);
    assert_eq!(
        api.enrol(late).await,
        Err(ApiError::Refused(Refusal::CodeExpired))
    );
}

#[tokio::test]
async fn guessing_enrolment_codes_is_slowed_down() {
    let office = Office::open();
    let api = office.api();
    let key = fresh_key();
    let mut answers = Vec::new();
    for guess in 0..40_u8 {
        let secret = baqylau_protocol::EnrolSecret::from_bytes([guess; 16]);
        answers.push(
            api.enrol(baqylau_protocol::EnrolRequest::new(secret, &key))
                .await,
        );
    }
    assert_eq!(answers[0], Err(ApiError::Refused(Refusal::CodeUnknown)));
    assert!(matches!(
        answers[39],
        Err(ApiError::Busy {
            retry_after_s: Some(_)
        })
    ));
}

#[tokio::test]
async fn a_device_that_has_seen_more_than_the_ledger_holds_raises_the_epoch() {
    let office = Office::open();
    let device = with_visits(&office, 2).await;
    let mut ask = device.request(vec![]);
    ask.cursor = 7;
    let reply = office.api().sync(ask.signed(&device.key)).await.unwrap();
    assert!(reply.server_epoch > 1);
    assert_eq!(reply.next_seq, 1);
    assert_eq!(device.send_all(&office.api()).await, Verdict::Accepted);
}

#[tokio::test]
async fn after_a_stop_between_commit_and_answer_nothing_is_lost_or_doubled() {
    let office = Office::open();
    let device = with_visits(&office, 2).await;
    // The answer is lost with the process: the device only knows that it must send again.
    device.send_all(&office.api()).await;
    let office = office.reopen();
    let reply = device.send(&office.api(), vec![device.segment(1, 6)]).await;
    assert_eq!(reply.verdicts, [Verdict::Duplicate]);
    assert_eq!(reply.next_seq, 7);
    assert!(reply.receipt.is_some());
    assert_eq!(office.indicator("I1"), (2.0, 2.0));
    assert_eq!(office.headquarters.verify().unwrap().faults, []);
}

#[tokio::test]
async fn evidence_can_be_neither_altered_nor_deleted() {
    let office = Office::open();
    let device = with_visits(&office, 1).await;
    device.send_all(&office.api()).await;
    let file = baqylau_hq::headquarters::ledger_file(office.data.path());
    let database = rusqlite::Connection::open(file).unwrap();
    database
        .pragma_update(None, "recursive_triggers", true)
        .unwrap();
    for statement in [
        "UPDATE entry SET bytes = x'00'",
        "DELETE FROM entry",
        "INSERT OR REPLACE INTO segment SELECT * FROM segment",
        "DELETE FROM receipt",
        "UPDATE audit SET actor = 'nobody'",
        "DELETE FROM device",
    ] {
        assert!(database.execute(statement, ()).is_err(), "{statement}");
    }
}

#[tokio::test]
async fn verify_finds_an_entry_that_was_altered_behind_the_triggers() {
    let office = Office::open();
    let device = with_visits(&office, 2).await;
    device.send_all(&office.api()).await;
    assert_eq!(office.headquarters.verify().unwrap().faults, []);
    let file = baqylau_hq::headquarters::ledger_file(office.data.path());
    let database = rusqlite::Connection::open(file).unwrap();
    database
        .execute_batch(
            "DROP TRIGGER entry_no_update; UPDATE entry SET bytes = x'a0' WHERE seq = 5;",
        )
        .unwrap();
    let faults = office.headquarters.verify().unwrap().faults;
    assert!(
        faults
            .iter()
            .any(|fault| fault.code == "chain" && fault.seq == Some(5)),
        "{faults:?}"
    );
}

#[tokio::test]
async fn entries_of_a_newer_version_stay_in_the_chain() {
    let office = Office::open();
    let mut device = Device::enrol(&office, "T1").await;
    device.append(EntryKind::Note {
        report: 9,
        question: None,
        text: "of no report".to_owned(),
    });
    device.entries.push(vec![0xff, 0x00]);
    let report = device.begin("visit", Place::Station(StationCode::from("S1")));
    device.finish(report, visit_answers("T1", "4", 1));
    assert_eq!(device.send_all(&office.api()).await, Verdict::Accepted);
    let problems = office
        .headquarters
        .ledger
        .read(|read| read.entry_problems())
        .unwrap();
    let codes: Vec<_> = problems
        .iter()
        .map(|(_, seq, code)| (*seq, code.as_str()))
        .collect();
    assert_eq!(codes, [(1, "unknown_report"), (2, "malformed")]);
    assert_eq!(office.indicator("I1"), (1.0, 1.0));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever way the journal is cut, and in whatever order and how often the pieces come, headquarters ends with
    /// the same entries, the same figures, and what a rebuild gives.
    #[test]
    fn every_order_of_arrival_ends_alike(
        cuts in proptest::collection::btree_set(2_u64..12, 0..5),
        order in proptest::collection::vec(0_usize..64, 12..40),
    ) {
        runtime().block_on(async {
            let office = Office::open();
            let mut device = with_visits(&office, 4).await;
            device.finish(1, visit_answers("T1", "1", 900));
            let last = device.entries.len() as u64;
            let starts: Vec<u64> = std::iter::once(1).chain(cuts.iter().copied()).collect();
            let ends: Vec<u64> = cuts.iter().map(|cut| cut - 1).chain([last]).collect();
            let pieces: Vec<_> = starts.iter().zip(&ends).map(|(first, last)| device.segment(*first, *last)).collect();
            for index in order {
                device.send(&office.api(), vec![pieces[index % pieces.len()].clone()]).await;
            }
            for piece in pieces {
                device.send(&office.api(), vec![piece]).await;
            }
            assert_eq!(device.send(&office.api(), vec![]).await.next_seq, last + 1);
            assert_eq!(office.indicator("I1"), (3.0, 4.0));
            assert_eq!(office.headquarters.verify().unwrap().faults, []);
            let before = (office.export("reports.jsonl"), office.export("contributions.jsonl"));
            office.headquarters.rebuild().unwrap();
            assert_eq!(before, (office.export("reports.jsonl"), office.export("contributions.jsonl")));
        });
    }
}
