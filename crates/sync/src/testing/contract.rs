//! What every headquarters does, whichever road leads to it.

use super::TestDevice;
use crate::{Journal, SyncError};
use async_trait::async_trait;
use baqylau_domain::{AttachmentHash, DeviceId, FormRef, Moment, WireValue};
use baqylau_protocol::{
    ApiError, BlobHash, ChainHash, EnrolCode, Entry, EntryKind, PROTOCOL, Packing, Place,
    QuarantineCode, ReceiptError, Refusal, SegmentBody, Signature, SyncApi, SyncReply, SyncRequest,
    Verdict, seal,
};

/// A headquarters under test.
#[async_trait]
pub trait Headquarters: Send + Sync {
    /// The road to it.
    fn api(&self) -> &dyn SyncApi;
    /// A fresh enrolment code.
    async fn code(&self) -> EnrolCode;
    /// The form that reports are written with.
    fn form(&self) -> FormRef;
    /// What it holds of a device, in order, as bytes.
    async fn journal(&self, device: &DeviceId) -> Vec<Vec<u8>>;
    /// A picture of a device that it holds and does not keep apart.
    async fn picture(&self, device: &DeviceId, picture: &AttachmentHash) -> Option<Vec<u8>>;
    /// Revokes a device.
    async fn revoke(&self, device: &DeviceId);
}

/// Runs every case, each on a new device.
///
/// # Panics
/// When headquarters breaks a rule; the message says which.
pub async fn suite(hq: &dyn Headquarters) {
    a_batch_is_held_and_receipted(hq).await;
    a_repeated_request_adds_nothing(hq).await;
    a_gap_is_parked_and_filled(hq).await;
    a_code_serves_one_device(hq).await;
    an_altered_segment_is_kept_apart(hq).await;
    a_strangers_request_is_refused(hq).await;
    a_clone_is_noticed(hq).await;
    a_revoked_device_is_told(hq).await;
    a_carrier_learns_nothing_of_whom_it_serves(hq).await;
    blobs_come_by_content_address(hq).await;
    super::contract_pictures::suite(hq).await;
}

/// `count` small entries: a report is opened, and notes follow.
#[must_use]
pub fn entries(form: FormRef, first_seq: u64, count: u64) -> Vec<Vec<u8>> {
    let at = |seq: u64| Moment {
        utc_ms: 1_301_790_000_000 + i64::try_from(seq).unwrap_or(0),
        offset_min: 360,
    };
    let entry = |seq: u64| {
        let kind = if seq == 1 {
            EntryKind::Open {
                form,
                place: Place::Free("somewhere".into()),
                visit: 1,
            }
        } else if seq == 2 {
            let changes = vec![(0, Some(WireValue::Text("first".into())))];
            EntryKind::Revision {
                report: 1,
                number: 1,
                changes,
                reason: None,
                supersedes: None,
            }
        } else {
            EntryKind::Note {
                report: 1,
                question: None,
                text: format!("note {seq}"),
            }
        };
        Entry::new(at(seq), kind).encode()
    };
    (first_seq..first_seq + count).map(entry).collect()
}

pub(super) async fn device(hq: &dyn Headquarters, seed: u64, count: u64) -> TestDevice {
    let device = TestDevice::enrolled(seed, hq.api(), &hq.code().await)
        .await
        .expect("a fresh code enrols");
    device.append(entries(hq.form(), 1, count));
    device
}

/// A request with these ranges of the device's journal, each a segment.
fn request(device: &TestDevice, ranges: &[(u64, usize)]) -> SyncRequest {
    let random = super::SeededRandom::new(ranges.first().map_or(0, |range| range.0));
    let root = device.credentials().expect("in memory").root;
    let config = device
        .config()
        .expect("in memory")
        .expect("enrolled")
        .verify(&root)
        .expect("by its root");
    let segment = |(first_seq, count): &(u64, usize)| {
        let body = SegmentBody {
            event: device.event().clone(),
            device: device.id(),
            first_seq: *first_seq,
            before: device
                .hash_at(first_seq - 1)
                .expect("in memory")
                .unwrap_or(ChainHash([0; 32])),
            entries: device.entries(*first_seq, *count).expect("in memory"),
        };
        let key = config.seal_key().expect("a usable key");
        seal(
            &body,
            device.key(),
            &key,
            Packing::default(),
            &mut baqylau_protocol::Entropy(&random),
        )
        .expect("within limits")
    };
    let request = SyncRequest {
        protocol: PROTOCOL,
        capabilities: 0,
        device: device.id(),
        server_epoch: 0,
        cursor: 1,
        config_version: config.version,
        segments: ranges.iter().map(segment).collect(),
        certificate: None,
        config: None,
        proof: Signature([0; 64]),
    };
    request.signed(device.key())
}

async fn send(hq: &dyn Headquarters, request: SyncRequest) -> SyncReply {
    hq.api()
        .sync(request)
        .await
        .expect("content never makes a request fail")
}

async fn a_batch_is_held_and_receipted(hq: &dyn Headquarters) {
    let device = device(hq, 101, 40).await;
    let outcome = device.exchange(hq.api()).await;
    assert_eq!(outcome.stopped_by, None, "a first batch");
    assert_eq!(
        (outcome.held_seq, outcome.requests),
        (40, 1),
        "one request, all held"
    );
    assert_eq!(
        hq.journal(&device.id()).await,
        device.journal(),
        "byte for byte"
    );
    let again = device.exchange(hq.api()).await;
    assert_eq!(
        (again.stopped_by, again.sent_entries),
        (None, 0),
        "nothing to send is a good exchange"
    );
}

async fn a_repeated_request_adds_nothing(hq: &dyn Headquarters) {
    let device = device(hq, 102, 12).await;
    let request = request(&device, &[(1, 12)]);
    assert_eq!(
        send(hq, request.clone()).await.verdicts,
        [Verdict::Accepted]
    );
    let reply = send(hq, request).await;
    assert_eq!(
        (reply.verdicts, reply.next_seq),
        (vec![Verdict::Duplicate], 13)
    );
    assert_eq!(hq.journal(&device.id()).await.len(), 12);
    let overlap = send(hq, self::request(&device, &[(4, 5)])).await;
    assert_eq!(
        overlap.verdicts,
        [Verdict::Duplicate],
        "cut differently, still the same entries"
    );
}

async fn a_gap_is_parked_and_filled(hq: &dyn Headquarters) {
    let device = device(hq, 103, 15).await;
    let reply = send(hq, request(&device, &[(6, 10)])).await;
    assert_eq!(reply.verdicts, [Verdict::Parked { need_from: 1 }]);
    assert_eq!(
        (reply.next_seq, reply.receipt),
        (1, None),
        "nothing is receipted across a gap"
    );
    let reply = send(hq, request(&device, &[(1, 5)])).await;
    assert_eq!(
        (reply.verdicts, reply.next_seq),
        (vec![Verdict::Accepted], 16),
        "the parked part follows"
    );
    assert_eq!(hq.journal(&device.id()).await, device.journal());
}

async fn a_code_serves_one_device(hq: &dyn Headquarters) {
    let code = hq.code().await;
    let first = TestDevice::enrolled(104, hq.api(), &code)
        .await
        .expect("a fresh code enrols");
    let same = TestDevice::enrolled(104, hq.api(), &code)
        .await
        .expect("its own device may ask again");
    assert_eq!(first.id(), same.id());
    let other = TestDevice::enrolled(105, hq.api(), &code).await.err();
    assert_eq!(other, Some(ApiError::Refused(Refusal::CodeUsed).into()));
}

async fn an_altered_segment_is_kept_apart(hq: &dyn Headquarters) {
    let device = device(hq, 106, 5).await;
    let mut altered = request(&device, &[(1, 5)]);
    let end = altered.segments[0].len() - 1;
    altered.segments[0][end] ^= 1;
    let reply = send(hq, altered.signed(device.key())).await;
    assert_eq!(
        reply.verdicts,
        [Verdict::Quarantined {
            code: QuarantineCode::Malformed
        }]
    );
    assert_eq!(
        device.exchange(hq.api()).await.held_seq,
        5,
        "the true one is taken afterwards"
    );
}

async fn a_strangers_request_is_refused(hq: &dyn Headquarters) {
    let (device, stranger) = (device(hq, 107, 3).await, device(hq, 108, 3).await);
    let forged = request(&device, &[]).signed(stranger.key());
    assert_eq!(
        hq.api().sync(forged).await,
        Err(ApiError::Refused(Refusal::NotEnrolled))
    );
}

async fn a_clone_is_noticed(hq: &dyn Headquarters) {
    let device = device(hq, 109, 10).await;
    assert_eq!(device.exchange(hq.api()).await.held_seq, 10);
    let clone = device.cloned(6);
    clone.append([Entry::new(
        Moment {
            utc_ms: 1,
            offset_min: 0,
        },
        EntryKind::Note {
            report: 1,
            question: None,
            text: "another hand".into(),
        },
    )
    .encode()]);
    let outcome = clone.exchange(hq.api()).await;
    assert_eq!(
        outcome.stopped_by,
        Some(SyncError::Quarantined(QuarantineCode::Fork))
    );
    assert_eq!(
        hq.journal(&device.id()).await,
        device.journal(),
        "the first branch stands"
    );
    let forked = send(hq, request(&clone, &[(7, 1)])).await;
    assert_eq!(
        forked.verdicts,
        [Verdict::Quarantined {
            code: QuarantineCode::Fork
        }]
    );
}

async fn a_revoked_device_is_told(hq: &dyn Headquarters) {
    let device = device(hq, 110, 4).await;
    assert_eq!(device.exchange(hq.api()).await.held_seq, 4);
    hq.revoke(&device.id()).await;
    device.append(entries(hq.form(), 5, 2));
    let outcome = device.exchange(hq.api()).await;
    assert!(outcome.revoked);
    assert_eq!(
        outcome.stopped_by,
        Some(SyncError::Quarantined(QuarantineCode::Revoked))
    );
    assert_eq!(outcome.held_seq, 4, "what was held stays held");
}

async fn a_carrier_learns_nothing_of_whom_it_serves(hq: &dyn Headquarters) {
    let (author, carrier) = (device(hq, 112, 6).await, device(hq, 113, 2).await);
    let config = author.config().expect("in memory").expect("enrolled");
    let root = author.credentials().expect("in memory").root;
    let config = config.verify(&root).expect("by its root");
    let brought = |ranges: &[(u64, usize)]| {
        let segments = request(&author, ranges).segments;
        let mut request = request(&carrier, &[(1, 2)]);
        request.segments.extend(segments);
        send(hq, request.signed(carrier.key()))
    };
    let reply = brought(&[(1, 2), (5, 2)]).await;
    assert_eq!(
        reply.verdicts[1..],
        [Verdict::Accepted, Verdict::Parked { need_from: 0 }],
        "how far another's journal is here is nothing for a carrier"
    );
    let opened = |reply: &SyncReply, device: &TestDevice| {
        let signed = reply.envelopes.first().expect("for the author");
        let envelope = signed.verify(&config.hq, &config.event).expect("signed");
        let pair = device.key().pair(&config.hq, &config.event);
        envelope.open(&pair.expect("a key"))
    };
    assert_eq!(reply.envelopes.len(), 1, "its own comes without one");
    assert_eq!(
        opened(&reply, &carrier),
        Err(ReceiptError::WrongJournal),
        "it is for the author alone"
    );
    let reply = brought(&[(3, 2)]).await;
    let receipt = opened(&reply, &author).expect("for the author");
    assert_eq!(crate::receive(&author, &receipt), Ok(Some(6)));
}

async fn blobs_come_by_content_address(hq: &dyn Headquarters) {
    let device = device(hq, 111, 1).await;
    let outcome = device.exchange(hq.api()).await;
    assert_eq!(outcome.stopped_by, None);
    let root = device.credentials().expect("in memory").root;
    let config = device
        .config()
        .expect("in memory")
        .expect("enrolled")
        .verify(&root)
        .expect("by its root");
    for blob in &config.blobs {
        let bytes = device
            .blob(&blob.hash)
            .expect("every blob of the configuration was brought");
        assert_eq!(BlobHash::of(&bytes), blob.hash);
    }
    let missing = hq.api().blob(BlobHash([9; 32]), &|_, _| ()).await;
    assert_eq!(missing, Err(ApiError::Refused(Refusal::NoSuchBlob)));
}
