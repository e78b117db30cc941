//! The log over all segments: receipts and checkpoints name it, and it can be had again from the segments.

use crate::device::Device;
use crate::office::{Office, serve};
use baqylau_domain::DeviceId;
use baqylau_hq::headquarters::ledger_file;
use baqylau_hq::ledger::{Ledger, LedgerError, NO_LOG_ROOT};
use baqylau_protocol::{Checkpoint, HqKey, HqPublic, LogTree, SignedReceipt, SyncApi as _};
use rusqlite::Connection;
use tempfile::TempDir;

fn hq(office: &Office) -> HqPublic {
    let key = std::fs::read(office.data.path().join("keys/headquarters.key")).unwrap();
    HqKey::from_bytes(&key.try_into().unwrap()).public()
}

async fn with_a_visit(office: &Office) -> Device {
    let mut device = Device::enrol(office, "T1").await;
    device.visit("S1", "4");
    device
}

#[tokio::test]
async fn a_receipt_names_the_log_as_of_its_own_transaction_and_says_so_again() {
    let office = Office::open();
    let (api, hq) = (office.api(), hq(&office));
    let (first, second) = (with_a_visit(&office).await, with_a_visit(&office).await);
    let signed = first.send(&api, vec![first.segment(1, 3)]).await.receipt;
    let signed: SignedReceipt = signed.unwrap();
    let end = first.body(1, 3).end();
    let verified = signed.verify(&hq, &first.event, &first.id(), |_| Some(end.hash));
    let receipt = verified.unwrap().receipt().clone();
    let note = office.headquarters.checkpoint().unwrap();
    let checkpoint = Checkpoint::verify(&note, &first.event, &hq).unwrap();
    assert_eq!(
        (receipt.log_size, receipt.log_root),
        (checkpoint.size, checkpoint.root)
    );
    assert_eq!(receipt.log_size, 1);
    second.send(&api, vec![second.segment(1, 3)]).await;
    assert_ne!(office.headquarters.checkpoint().unwrap(), note);
    let office = office.reopen();
    let again = office.api().sync(first.request(vec![])).await.unwrap();
    assert_eq!(again.receipt, Some(signed));
}

#[tokio::test]
async fn anybody_may_ask_a_server_for_the_newest_checkpoint() {
    let data = TempDir::new().unwrap();
    let running = serve(data.path(), None).await;
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::builder()
        .tls_danger_accept_invalid_certs(true)
        .build()
        .unwrap();
    let url = format!("https://{}/v1/checkpoint", running.addr);
    let reply = client.get(url).send().await.unwrap();
    let kind = reply.headers()["content-type"].to_str().unwrap().to_owned();
    assert!(kind.starts_with("text/plain"), "{kind}");
    let note = reply.text().await.unwrap();
    assert_eq!(note, running.headquarters.checkpoint().unwrap());
    assert!(note.contains("\n0\n"), "{note}");
    running.stop().await;
}

#[tokio::test]
async fn verify_finds_a_tree_that_is_not_of_its_segments() {
    let office = Office::open();
    let device = with_a_visit(&office).await;
    device.send_all(&office.api()).await;
    let database = Connection::open(ledger_file(office.data.path())).unwrap();
    let altered = "UPDATE log SET frontier = zeroblob(32)";
    assert_eq!(database.execute(altered, ()).unwrap(), 1);
    let faults = office.headquarters.verify().unwrap().faults;
    let codes: Vec<_> = faults.iter().map(|fault| fault.code).collect();
    assert_eq!(codes, ["log"]);
}

/// A ledger with three segments and a receipt, as it was before there was a tree.
fn old_ledger(file: &std::path::Path) {
    let database = Connection::open(file).unwrap();
    database
        .execute_batch(include_str!("../../sql/migrations/0001_ledger.sql"))
        .unwrap();
    database
        .execute_batch(
            "PRAGMA user_version = 1;
             INSERT INTO identity VALUES (1, 'old', 0);
             INSERT INTO epoch VALUES (1, 1);
             INSERT INTO device VALUES (zeroblob(16), zeroblob(32), zeroblob(32), x'', 'T1', '', 0);
             INSERT INTO head VALUES (zeroblob(16), 4, zeroblob(32), 0);
             INSERT INTO receipt VALUES (zeroblob(16), 3, zeroblob(32), 1, 5, 3);",
        )
        .unwrap();
    for number in 1..=3_u8 {
        database
            .execute(
                "INSERT INTO segment (hash, sealed, received_at) VALUES (?1, x'00', 0)",
                [[number; 32]],
            )
            .unwrap();
    }
}

#[test]
fn a_ledger_from_before_the_tree_keeps_its_receipts_and_gets_its_root() {
    let folder = TempDir::new().unwrap();
    let file = ledger_file(folder.path());
    old_ledger(&file);
    let mut tree = LogTree::default();
    (1..=3_u8).for_each(|number| tree.push(&[number; 32]));

    let ledger = Ledger::open(&file).unwrap();
    assert_eq!(ledger.read(|read| read.log()).unwrap(), tree);
    let receipts = ledger.read(|read| read.receipts(DeviceId([0; 16])));
    let receipts: Vec<_> = receipts.unwrap();
    assert_eq!(
        (receipts[0].log_size, receipts[0].log_root),
        (3, NO_LOG_ROOT)
    );
    ledger
        .write_now(|write| write.add_segment(&[4; 32], b"a segment", 1))
        .unwrap();
    tree.push(&[4; 32]);
    assert_eq!(ledger.read(|read| read.log()).unwrap(), tree);
    // What fails takes its leaf with it.
    let failed: Result<(), LedgerError> = ledger.write_now(|write| {
        write.add_segment(&[5; 32], b"another", 1)?;
        Err(LedgerError::Damaged("for a test"))
    });
    assert!(failed.is_err());
    assert_eq!(ledger.read(|read| read.log()).unwrap(), tree);
}
