//! Evidence through other hands: packed, delivered in another's name, and receipts that somebody brings back.

use crate::delivery::{FORM, enrolled, run};
use async_trait::async_trait;
use baqylau_protocol::{
    ApiError, BlobHash, BlobProgress, EnrolReply, EnrolRequest, ReceiptError, SignedEnvelope,
    SignedReceipt, SyncApi, SyncReply, SyncRequest, Verdict, limits,
};
use baqylau_sync::testing::contract::entries;
use baqylau_sync::testing::{ReferenceHq, SeededRandom, TestDevice};
use baqylau_sync::{
    Brought, Budget, Cursor, Delivered, Journal, KeptSegment, SyncError, deliver, keep_sealed,
    pack, receive, receive_envelopes,
};
use parking_lot::Mutex;

/// A road that notes what each request weighs, and adds receipts for others to each answer.
struct Noting<'a> {
    hq: &'a ReferenceHq,
    envelopes: Vec<SignedEnvelope>,
    drops_a_verdict: bool,
    requests: Mutex<Vec<(usize, usize)>>,
}

impl<'a> Noting<'a> {
    fn of(hq: &'a ReferenceHq) -> Self {
        Self {
            hq,
            envelopes: Vec::new(),
            drops_a_verdict: false,
            requests: Mutex::default(),
        }
    }
}

#[async_trait]
impl SyncApi for Noting<'_> {
    async fn enrol(&self, request: EnrolRequest) -> Result<EnrolReply, ApiError> {
        self.hq.enrol(request).await
    }

    async fn sync(&self, request: SyncRequest) -> Result<SyncReply, ApiError> {
        let bytes = request.segments.iter().map(Vec::len).sum();
        self.requests.lock().push((request.segments.len(), bytes));
        let mut reply = self.hq.sync(request).await?;
        reply.envelopes.clone_from(&self.envelopes);
        if self.drops_a_verdict {
            reply.verdicts.pop();
        }
        Ok(reply)
    }

    async fn blob(&self, hash: BlobHash, progress: &BlobProgress<'_>) -> Result<Vec<u8>, ApiError> {
        self.hq.blob(hash, progress).await
    }
}

fn packed(device: &TestDevice) -> Vec<KeptSegment> {
    pack(device, &SeededRandom::new(7)).expect("it can be packed")
}

/// First and last entry of each segment.
fn ranges(segments: &[KeptSegment]) -> Vec<(u64, u64)> {
    let range = |it: &KeptSegment| (it.first_seq, it.last_seq);
    segments.iter().map(range).collect()
}

/// Delivers everything on a good road: the verdicts, and the envelopes that came back.
async fn delivered(
    carrier: &TestDevice,
    road: &Noting<'_>,
    segments: &[Vec<u8>],
) -> (Vec<Verdict>, Vec<SignedEnvelope>) {
    let (mut verdicts, mut envelopes, mut budget) = (Vec::new(), Vec::new(), Budget::FULL);
    while verdicts.len() < segments.len() {
        let rest = &segments[verdicts.len()..];
        let some = deliver(carrier, road, rest, &mut budget).await;
        let some = some.expect("answered");
        assert!(!some.verdicts.is_empty(), "it never comes to its end");
        verdicts.extend(some.verdicts);
        envelopes.extend(some.envelopes);
    }
    (verdicts, envelopes)
}

fn cut_small(hq: &ReferenceHq) {
    hq.reconfigure(|config| config.limits.segment_entries = 4);
}

#[test]
fn everything_that_headquarters_has_not_signed_for_is_packed() {
    run(async {
        let hq = ReferenceHq::new(1);
        cut_small(&hq);
        let device = enrolled(2, &hq).await;
        assert_eq!(packed(&device), []);
        device.append(entries(FORM, 1, 10));
        assert_eq!(ranges(&packed(&device)), [(1, 4), (5, 8), (9, 10)]);
        assert_eq!(device.exchange(&hq).await.held_seq, 10);
        assert_eq!(packed(&device), [], "nothing is left to carry");
        device.append(entries(FORM, 11, 1));
        assert_eq!(ranges(&packed(&device)), [(11, 11)]);
    });
}

#[test]
fn a_carrier_delivers_what_others_wrote() {
    run(async {
        let hq = ReferenceHq::new(1);
        cut_small(&hq);
        let (author, carrier) = (enrolled(2, &hq).await, enrolled(3, &hq).await);
        author.append(entries(FORM, 1, 70));
        let segments: Vec<Vec<u8>> = packed(&author).into_iter().map(|it| it.bytes).collect();
        assert_eq!(segments.len(), 18);
        let copy = author.cloned(70);
        assert_eq!(copy.exchange(&hq).await.held_seq, 70);
        let envelope = SignedEnvelope::from_bytes(vec![7; 90]);
        let road = Noting {
            envelopes: vec![envelope.clone()],
            ..Noting::of(&hq)
        };
        let (verdicts, envelopes) = delivered(&carrier, &road, &segments).await;
        assert_eq!(verdicts, vec![Verdict::Duplicate; 18]);
        assert_eq!(envelopes, vec![envelope; 2], "as they came");
        let counts: Vec<usize> = road.requests.lock().iter().map(|it| it.0).collect();
        assert_eq!(counts, [16, 2]);
        assert_eq!(hq.journal(&author.id()), author.journal());

        let nothing = Noting::of(&hq);
        let mut budget = Budget::FULL;
        let asked = deliver(&carrier, &nothing, &[], &mut budget).await;
        assert_eq!(asked, Ok(Delivered::default()));
        assert_eq!(nothing.requests.lock().len(), 0, "nothing to ask");
        let short = Noting {
            drops_a_verdict: true,
            ..Noting::of(&hq)
        };
        let refused = deliver(&carrier, &short, &segments, &mut budget).await;
        assert_eq!(refused, Err(SyncError::Contradiction));
    });
}

#[test]
fn a_request_for_others_is_filled_and_not_overfilled() {
    run(async {
        let hq = ReferenceHq::new(1);
        let carrier = enrolled(2, &hq).await;
        let most = limits::REQUEST_CONTENT_BYTES;
        for (weights, requests) in [
            (vec![most / 2, most / 2, 1], vec![(2, most), (1, 1)]),
            (vec![most - 1, 2], vec![(1, most - 1), (1, 2)]),
            (vec![most / 4; 5], vec![(4, most), (1, most / 4)]),
            (vec![1; 33], vec![(16, 16), (16, 16), (1, 1)]),
        ] {
            let segments: Vec<Vec<u8>> = weights.into_iter().map(|it| vec![0; it]).collect();
            let road = Noting::of(&hq);
            let (verdicts, _) = delivered(&carrier, &road, &segments).await;
            assert_eq!(verdicts.len(), segments.len());
            assert_eq!(*road.requests.lock(), requests);
        }
    });
}

/// What headquarters signs for a device of which it has come to know so many entries by another road.
async fn signed_elsewhere(device: &TestDevice, count: usize, hq: &ReferenceHq) -> SignedReceipt {
    signed_for(&device.cloned(count), hq).await
}

async fn signed_for(copy: &TestDevice, hq: &ReferenceHq) -> SignedReceipt {
    let outcome = copy.exchange(hq).await;
    assert_eq!(outcome.stopped_by, None);
    copy.receipt().expect("held").signed().clone()
}

fn held(device: &TestDevice) -> (u64, u64) {
    let Cursor {
        server_epoch,
        held_seq,
    } = device.cursor().expect("in memory");
    (server_epoch, held_seq)
}

#[test]
fn a_receipt_that_somebody_brought_counts_once() {
    run(async {
        let hq = ReferenceHq::new(1);
        let (device, other) = (enrolled(2, &hq).await, enrolled(3, &hq).await);
        device.append(entries(FORM, 1, 9));
        let early = signed_elsewhere(&device, 4, &hq).await;
        let late = signed_elsewhere(&device, 9, &hq).await;
        assert_eq!(receive(&device, &early), Ok(Some(4)));
        assert_eq!(held(&device), (1, 4));
        assert_eq!(receive(&device, &early), Ok(None), "nothing new");
        assert_eq!(receive(&device, &late), Ok(Some(9)));
        assert_eq!(receive(&device, &early), Ok(None), "less than is known");
        assert_eq!(held(&device), (1, 9));
        other.append(entries(FORM, 1, 9));
        let foreign = receive(&other, &late);
        assert!(matches!(foreign, Err(SyncError::Receipt(_))));
        assert_eq!(held(&other), (1, 0));
    });
}

/// What becomes of one envelope.
fn one(device: &TestDevice, envelope: &SignedEnvelope) -> Result<Brought, SyncError> {
    let mut received = receive_envelopes(device, std::slice::from_ref(envelope))?;
    received.remove(0)
}

#[test]
fn an_envelope_is_opened_by_its_device_and_carried_on_by_all_others() {
    run(async {
        let hq = ReferenceHq::new(1);
        let (device, other) = (enrolled(2, &hq).await, enrolled(3, &hq).await);
        device.append(entries(FORM, 1, 9));
        let receipt = device.cloned(9);
        assert_eq!(receipt.exchange(&hq).await.held_seq, 9);
        let receipt = receipt.receipt().expect("held").receipt().clone();
        let enclosed = |receipt: &_| hq.enclose(receipt, &device.key().public());
        let envelope = enclosed(&receipt);
        let Ok(Brought::Others(carried)) = one(&other, &envelope) else {
            panic!("it is for somebody else");
        };
        assert_eq!(carried.log_size, receipt.log_size);
        assert_eq!(held(&other), (1, 0));
        assert_eq!(held(&device), (1, 0));
        let own = |envelope: &_| one(&device, envelope);
        assert_eq!(own(&envelope), Ok(Brought::Own(Some(9))));
        assert_eq!(own(&envelope), Ok(Brought::Own(None)), "nothing new");
        assert_eq!(held(&device), (1, 9));

        let mut beyond = receipt;
        beyond.upto_seq = 12;
        let unknown = SyncError::Receipt(ReceiptError::UnknownEntry(12));
        assert_eq!(own(&enclosed(&beyond)), Err(unknown));
        let damaged = SignedEnvelope::from_bytes(envelope.as_bytes()[1..].to_vec());
        let unsigned = SyncError::Receipt(ReceiptError::BadSignature);
        assert_eq!(own(&damaged), Err(unsigned.clone()));
        assert_eq!(held(&device), (1, 9));
        let both = receive_envelopes(&other, &[damaged, envelope]).expect("enrolled");
        assert_eq!(both, [Err(unsigned), Ok(Brought::Others(carried))]);
    });
}

#[test]
fn a_receipt_of_a_restored_headquarters_goes_before_all_older_ones() {
    run(async {
        let hq = ReferenceHq::new(1);
        let device = enrolled(2, &hq).await;
        device.append(entries(FORM, 1, 9));
        let before = hq.snapshot();
        let old = signed_elsewhere(&device, 9, &hq).await;
        hq.restore(&before);
        let new = signed_elsewhere(&device, 3, &hq).await;
        assert_eq!(receive(&device, &old), Ok(Some(9)));
        assert_eq!(receive(&device, &new), Ok(Some(3)), "it holds less now");
        assert_eq!(held(&device), (2, 3));
        assert_eq!(
            receive(&device, &old),
            Ok(None),
            "what it covers may be gone"
        );
        assert_eq!(held(&device), (2, 3));
    });
}

#[test]
fn what_a_revoked_device_was_told_with_its_revocation_is_the_last_that_it_believes() {
    run(async {
        let hq = ReferenceHq::new(1);
        let device = enrolled(2, &hq).await;
        let id = device.id();
        device.append(entries(FORM, 1, 9));
        let before = hq.snapshot();
        let early = signed_elsewhere(&device, 4, &hq).await;
        let late = signed_elsewhere(&device, 7, &hq).await;
        // Copies that have not heard of it.
        let (one, other) = (device.cloned(9), device.cloned(8));
        assert_eq!(receive(&device, &early), Ok(Some(4)));
        assert_eq!(device.revoked_in(), Ok(None));
        hq.reconfigure(|config| config.revoked.push(id));
        assert!(device.exchange(&hq).await.revoked);
        assert_eq!(device.revoked_in(), Ok(Some(1)));
        assert_eq!(held(&device), (1, 7), "what it was told with it");
        assert_eq!(receive(&device, &late), Ok(None), "known");

        hq.reconfigure(|config| config.revoked.clear());
        let more = signed_for(&one, &hq).await;
        assert_eq!(receive(&device, &more), Err(SyncError::Revoked));
        let outcome = device.exchange(&hq).await;
        assert_eq!(outcome.stopped_by, Some(SyncError::Revoked));
        assert_eq!(held(&device), (1, 7));

        hq.restore(&before);
        let anew = signed_for(&other, &hq).await;
        assert_eq!(receive(&device, &anew), Ok(Some(8)), "in another epoch");
        assert_eq!(held(&device), (2, 8));
    });
}

#[test]
fn each_entry_that_is_to_be_given_up_lies_in_a_kept_segment_under_the_key_in_force() {
    run(async {
        let hq = ReferenceHq::new(1);
        let device = enrolled(2, &hq).await;
        device.append(entries(FORM, 1, 6));
        let keep = |entries: &[u64]| {
            keep_sealed(&device, &SeededRandom::new(5), entries).expect("sealed");
        };
        let kept = |seq| device.kept_segment(seq).expect("in memory");
        keep(&[2, 3]);
        let first = kept(2).expect("it begins at the entry");
        assert_eq!((first.first_seq, first.last_seq), (2, 6));
        assert_eq!((kept(1), kept(3)), (None, None), "one segment holds both");
        keep(&[2, 6]);
        assert_eq!(kept(2), Some(first.clone()), "it is sealed once");
        hq.replace_seal_key();
        assert_eq!(device.exchange(&hq).await.stopped_by, None);
        keep(&[3]);
        let anew = kept(3).expect("the old key is not in force any more");
        assert_ne!(anew.seal_key, first.seal_key);
    });
}
