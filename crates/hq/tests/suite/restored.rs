//! A headquarters that was restored from a backup learns from devices what it has lost.

use crate::office::{Office, mission};
use baqylau_hq::evidence::{Expected, verify};
use baqylau_hq::export;
use baqylau_protocol::EnrolCode;
use baqylau_sync::testing::TestDevice;
use baqylau_sync::testing::contract::entries;
use baqylau_sync::{Cursor, Journal as _, SyncError, receive};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

fn copy_ledger(from: &Path, to: &Path) {
    for name in ["ledger.db", "ledger.db-wal", "ledger.db-shm"] {
        let _ = fs::remove_file(to.join(name));
        if from.join(name).exists() {
            fs::copy(from.join(name), to.join(name)).unwrap();
        }
    }
}

/// Stops headquarters, does something to its folder, and starts it again.
fn reopened(office: Office, meanwhile: impl FnOnce(&Path)) -> Office {
    let Office {
        data, headquarters, ..
    } = office;
    drop(headquarters);
    meanwhile(data.path());
    Office::open_in(data, &mission())
}

async fn device(office: &Office, seed: u64, count: u64) -> TestDevice {
    let made = office.headquarters.make_code("T1", "", "test").unwrap();
    let code = EnrolCode::from_text(&made.text).unwrap();
    let device = TestDevice::enrolled(seed, &office.api(), &code)
        .await
        .unwrap();
    device.append(written(office, 1, count));
    device
}

fn written(office: &Office, first_seq: u64, count: u64) -> Vec<Vec<u8>> {
    let form = &office.headquarters.plan().mission.forms[0].form;
    entries(form.hash().short(), first_seq, count)
}

fn run(work: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap()
        .block_on(work);
}

#[test]
fn whom_it_had_revoked_stays_revoked() {
    run(async {
        let backup = TempDir::new().unwrap();
        let office = Office::open();
        let (stolen, other) = (device(&office, 1, 3).await, device(&office, 2, 3).await);
        let office = reopened(office, |data| copy_ledger(data, backup.path()));
        let headquarters = &office.headquarters;
        headquarters.revoke(stolen.id(), "stolen", "test").unwrap();
        assert_eq!(other.exchange(&office.api()).await.stopped_by, None);

        let office = reopened(office, |data| copy_ledger(backup.path(), data));
        assert_eq!(other.exchange(&office.api()).await.stopped_by, None);
        assert!(stolen.exchange(&office.api()).await.revoked);
        assert_eq!(office.headquarters.rotate_seal_key("test").unwrap(), 2);
        office.headquarters.forget_older_seal_keys("test").unwrap();
        other.append(written(&office, 4, 2));
        let outcome = other.exchange(&office.api()).await;
        assert_eq!((outcome.stopped_by, outcome.held_seq), (None, 5));
    });
}

#[test]
fn what_it_still_holds_is_promised_anew_in_the_new_epoch() {
    run(async {
        let backup = TempDir::new().unwrap();
        let office = Office::open();
        let (early, late) = (device(&office, 1, 3).await, device(&office, 2, 3).await);
        // Headquarters holds all of it, and the device has not heard so: its copy is behind.
        let copy = early.cloned(3);
        assert_eq!(copy.exchange(&office.api()).await.held_seq, 3);
        let office = reopened(office, |data| copy_ledger(data, backup.path()));
        assert_eq!(late.exchange(&office.api()).await.held_seq, 3);

        let office = reopened(office, |data| copy_ledger(backup.path(), data));
        let epoch = late.cursor().unwrap().server_epoch;
        assert_eq!(late.exchange(&office.api()).await.stopped_by, None);
        assert!(
            late.cursor().unwrap().server_epoch > epoch,
            "it was restored"
        );
        let outcome = early.exchange(&office.api()).await;
        assert_eq!((outcome.stopped_by, outcome.held_seq), (None, 3));
        let receipts = office
            .headquarters
            .ledger
            .read(|read| read.receipts(early.id()));
        assert_eq!(receipts.unwrap().len(), 2, "one for each epoch");
        let export = export::whole(&office.headquarters).unwrap();
        assert_eq!(verify(&export, &Expected::default()).faults, []);
    });
}

/// Headquarters raises its epoch on no revoked device's word: nothing tells a receipt from before the restored backup
/// from one after it.
#[test]
fn a_device_revoked_after_a_restore_does_not_believe_what_was_signed_before_it() {
    run(async {
        let backup = TempDir::new().unwrap();
        let office = Office::open();
        let stolen = device(&office, 1, 3).await;
        let office = reopened(office, |data| copy_ledger(data, backup.path()));
        assert_eq!(stolen.exchange(&office.api()).await.held_seq, 3);
        let Cursor { server_epoch, .. } = stolen.cursor().unwrap();
        let before = stolen.receipt().unwrap().signed().clone();

        let office = reopened(office, |data| copy_ledger(backup.path(), data));
        let headquarters = &office.headquarters;
        headquarters.revoke(stolen.id(), "stolen", "test").unwrap();
        assert!(stolen.exchange(&office.api()).await.revoked);
        let gone_back = Cursor {
            server_epoch,
            held_seq: 0,
        };
        assert_eq!(stolen.cursor().unwrap(), gone_back);
        assert_eq!(receive(&stolen, &before), Err(SyncError::Revoked));
        assert_eq!(stolen.cursor().unwrap(), gone_back);
    });
}
