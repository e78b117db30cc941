//! Pictures at headquarters: put together from what cuts leave, kept, shown, exported.

use crate::device::Device;
use crate::office::{Office, serve};
use crate::pages::{Page, browser};
use baqylau_domain::{AttachmentHash, EntryRef, PhotoRef, ReportId};
use baqylau_hq::evidence::{Expected, verify};
use baqylau_hq::export;
use baqylau_protocol::{
    EnrolCode, EntryKind, PictureHead, PictureReply, PictureRun, PictureVerdict, QuarantineCode,
    SealedHash, Signature, SyncApi, Verdict, seal_picture,
};
use baqylau_sync::testing::contract::entries;
use baqylau_sync::testing::contract_pictures::picture;
use baqylau_sync::testing::{Faulty, SeededRandom, TestDevice};
use futures_util::{StreamExt as _, stream};
use reqwest::{Method, StatusCode};
use sha2::{Digest as _, Sha256};
use std::net::SocketAddr;
use std::sync::Arc;
use tempfile::TempDir;

fn photo(bytes: &[u8]) -> PhotoRef {
    PhotoRef {
        hash: AttachmentHash(Sha256::digest(bytes).into()),
        media_type: "image/jpeg".into(),
        bytes: bytes.len() as u64,
    }
}

impl Device {
    /// Names a picture in the journal, and seals it.
    pub(crate) fn attach(&mut self, report: u64, bytes: &[u8]) -> Vec<u8> {
        let photo = photo(bytes);
        let seq = self.append(EntryKind::Attachment {
            report,
            question: 0,
            photo: photo.clone(),
        });
        let head = PictureHead {
            event: self.event.clone(),
            device: self.id(),
            seq,
            photo,
        };
        seal_picture(&head, bytes, &[seq as u8; 32], &self.seal_key).unwrap()
    }

    fn run(&self, sealed: &[u8], offset: usize, bytes: &[u8]) -> PictureRun {
        PictureRun {
            protocol: (1, 1),
            device: self.id(),
            picture: SealedHash::of(sealed),
            total: sealed.len() as u64,
            offset: offset as u64,
            proof: Signature([0; 64]),
            bytes: bytes.to_vec(),
        }
        .signed(&self.key)
    }

    async fn send_picture(&self, api: &impl SyncApi, sealed: &[u8]) -> PictureReply {
        let mut last = None;
        for (index, bytes) in sealed.chunks(60_000).enumerate() {
            let run = self.run(sealed, index * 60_000, bytes);
            last = Some(api.picture(run).await.unwrap());
        }
        last.unwrap()
    }
}

/// A device with one report, a picture on it, and everything at headquarters.
async fn delivered(office: &Office, bytes: &[u8]) -> Device {
    let mut device = Device::enrol(office, "T1").await;
    let report = device.visit("S1", "4");
    let sealed = device.attach(report, bytes);
    assert_eq!(device.send_all(&office.api()).await, Verdict::Accepted);
    let reply = device.send_picture(&office.api(), &sealed).await;
    assert_eq!(reply.verdict, PictureVerdict::Held);
    device
}

#[tokio::test(flavor = "multi_thread")]
async fn cut_anywhere_and_restarted_between_cuts_every_picture_arrives_as_it_was() {
    for seed in 0..6_u64 {
        let random = SeededRandom::new(seed);
        let mut office = Office::open();
        let code = office.headquarters.make_code("T1", "", "test").unwrap();
        let code = EnrolCode::from_text(&code.text).unwrap();
        let device = TestDevice::enrolled(seed + 90, &office.api(), &code)
            .await
            .unwrap();
        let form = office.headquarters.plan().mission.forms[0].form.hash();
        device.append(entries(form.short(), 1, 3));
        let mut pictures = Vec::new();
        for step in 0..8 {
            if step % 3 == 0 {
                let length = usize::try_from(random.below(200_000) + 10).unwrap();
                let bytes = picture(seed * 100 + step, length);
                pictures.push((device.attach(&bytes), bytes));
            }
            // Each exchange is a device that was switched on anew.
            let api = office.api();
            device
                .exchange(&Faulty::new(&api, seed * 100 + step, 35))
                .await;
            drop(api);
            for (hash, bytes) in &pictures {
                let held = office
                    .headquarters
                    .ledger
                    .read(|read| read.picture(device.id(), hash.0))
                    .unwrap();
                assert!(held.is_some() || !device.is_picture_held(hash));
                assert!(held.is_none_or(|held| held.body == *bytes));
            }
            office = office.reopen();
        }
        for _ in 0..3 {
            device.exchange(&office.api()).await;
        }
        assert!(
            pictures
                .iter()
                .all(|(hash, _)| device.is_picture_held(hash))
        );
        assert_eq!(office.headquarters.verify().unwrap().faults, []);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_arrived_before_the_connection_was_cut_is_kept() {
    let data = TempDir::new().unwrap();
    let running = serve(data.path(), None).await;
    let api = baqylau_hq::Api(Arc::clone(&running.headquarters));
    let mut device = Device::enrol_with(&running.headquarters, &api, "T1").await;
    let sealed = device.attach(1, &picture(1, 100_000));
    let run = device.run(&sealed, 0, &sealed[..50_000]);
    let body = run.encode();
    let head_bytes = body.len() - run.bytes.len();
    post_and_hang_up(running.addr, body[..head_bytes + 12_345].to_vec()).await;
    // The server learns of the end of the connection in its own time; each question is one commit of its ledger.
    let mut verdict = PictureVerdict::More { held: 0 };
    for _ in 0..5_000 {
        let reply = api.picture(device.run(&sealed, 0, &[])).await.unwrap();
        verdict = reply.verdict;
        if verdict != (PictureVerdict::More { held: 0 }) {
            break;
        }
    }
    assert_eq!(verdict, PictureVerdict::More { held: 12_345 });
    running.stop().await;
}

/// Sends the first bytes of a request's body and hangs up.
async fn post_and_hang_up(address: SocketAddr, sent: Vec<u8>) {
    let cut = std::io::Error::from(std::io::ErrorKind::ConnectionAborted);
    // What was sent is on the road before the connection ends.
    let end = stream::once(async move {
        tokio::task::yield_now().await;
        Err(cut)
    });
    let body = stream::once(async move { Ok(sent) }).chain(end);
    let request = browser()
        .post(format!("https://{address}/v1/picture"))
        .header("content-type", "application/octet-stream")
        .body(reqwest::Body::wrap_stream(body));
    assert!(request.send().await.is_err());
}

#[tokio::test]
async fn of_many_unfinished_pictures_the_one_longest_without_news_begins_again() {
    let office = Office::open();
    let mut device = Device::enrol(&office, "T1").await;
    let sealed: Vec<_> = (0..5)
        .map(|seed| device.attach(1, &picture(seed, 40_000)))
        .collect();
    for sealed in &sealed {
        let run = device.run(sealed, 0, &sealed[..9_000]);
        let reply = office.api().picture(run).await;
        let more = PictureVerdict::More { held: 9_000 };
        assert_eq!(reply.unwrap().verdict, more);
        office.clock.turn(1_000);
    }
    for (sealed, held) in [(&sealed[4], 9_000), (&sealed[1], 9_000), (&sealed[0], 0)] {
        let reply = office.api().picture(device.run(sealed, 0, &[])).await;
        let more = PictureVerdict::More { held };
        assert_eq!(reply.unwrap().verdict, more);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_reports_page_shows_the_picture_and_nothing_else_can_be_made_of_it() {
    let data = TempDir::new().unwrap();
    let running = serve(data.path(), None).await;
    let api = baqylau_hq::Api(Arc::clone(&running.headquarters));
    let mut device = Device::enrol_with(&running.headquarters, &api, "T1").await;
    let report = device.visit("S1", "4");
    let bytes = picture(3, 30_000);
    let sealed = device.attach(report, &bytes);
    device.attach(report, &picture(4, 1_000));
    assert_eq!(device.send_all(&api).await, Verdict::Accepted);
    device.send_picture(&api, &sealed).await;

    let page = Page::signed_in(&running).await;
    let id = ReportId::of(EntryRef {
        device: device.id(),
        seq: report,
    });
    let (_, shown) = page.ask(Method::GET, &format!("/reports/{id}"), None).await;
    let states: Vec<_> = shown["pictures"].as_array().unwrap().iter().collect();
    assert_eq!(
        (&states[0]["state"], &states[1]["state"]),
        (&"held".into(), &"expected".into())
    );
    assert_eq!(states[1]["address"], serde_json::Value::Null);
    let address = states[0]["address"].as_str().unwrap();
    let reply = page.file(address, true).await;
    let header = |name: &str| reply.headers()[name].to_str().unwrap().to_owned();
    assert_eq!(header("content-type"), "image/jpeg");
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert_eq!(header("cache-control"), "no-store");
    assert!(header("content-security-policy").contains("sandbox"));
    assert!(header("content-disposition").starts_with("inline; filename=\"picture-"));
    assert_eq!(reply.bytes().await.unwrap(), bytes);
    let refused = page.file(address, false).await;
    assert_eq!(refused.status(), StatusCode::UNAUTHORIZED);
    running.stop().await;
}

#[tokio::test]
async fn an_export_shows_that_a_picture_is_the_one_that_its_device_signed_for() {
    let office = Office::open();
    let bytes = picture(5, 30_000);
    let device = delivered(&office, &bytes).await;
    let export = export::whole(&office.headquarters).unwrap();
    let found = verify(&export, &Expected::default());
    assert_eq!(
        (found.faults.as_slice(), found.pictures),
        ([].as_slice(), 1)
    );
    let file = export.keys().find(|name| name.starts_with("picture-"));
    let file = file.unwrap().clone();
    assert_eq!(export[&file], bytes);

    let mut altered = export.clone();
    altered.get_mut(&file).unwrap()[700] ^= 1;
    let codes: Vec<_> = verify(&altered, &Expected::default())
        .faults
        .into_iter()
        .map(|fault| (fault.code, fault.device))
        .collect();
    assert!(codes.contains(&("picture", Some(device.id()))), "{codes:?}");
    assert!(codes.contains(&("altered", None)), "{codes:?}");

    let mut without = export;
    without.remove(&file);
    let faults = verify(&without, &Expected::default()).faults;
    assert!(faults.iter().any(|fault| fault.code == "picture"));
    assert!(faults.iter().any(|fault| fault.code == "missing"));
    assert_eq!(office.headquarters.verify().unwrap().pictures, 1);
}

#[tokio::test]
async fn a_revoked_devices_picture_is_kept_apart_with_its_code_and_exported_so() {
    let office = Office::open();
    let mut device = delivered(&office, &picture(6, 5_000)).await;
    let id = device.id();
    office.headquarters.revoke(id, "stolen", "test").unwrap();
    let late = picture(7, 5_000);
    let sealed = device.attach(1, &late);
    let reply = device.send_picture(&office.api(), &sealed).await;
    let code = QuarantineCode::Revoked;
    assert_eq!(reply.verdict, PictureVerdict::Quarantined { code });
    assert_eq!(reply.receipt, None);
    let again = device.send_picture(&office.api(), &sealed).await;
    assert_eq!(again.verdict, reply.verdict);
    let read = |hash| {
        let ledger = &office.headquarters.ledger;
        ledger.read(|read| read.any_picture(id, hash)).unwrap()
    };
    assert_eq!(read(photo(&late).hash.0).unwrap().code, "revoked");
    let export = export::whole(&office.headquarters).unwrap();
    let lines = String::from_utf8(export["pictures.jsonl"].clone()).unwrap();
    assert!(lines.contains(r#""code":"revoked""#), "{lines}");
    assert_eq!(verify(&export, &Expected::default()).faults, []);
}
