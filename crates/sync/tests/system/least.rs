//! A store that keeps the journal and nothing else: no sealed segments, no certificate, no blobs, no pictures.

use crate::answers::{sending, told};
use crate::delivery::{FORM, enrolled, run};
use baqylau_domain::AttachmentHash;
use baqylau_protocol::{
    BlobHash, BlobRef, ChainHash, Config, SetAside, SignedConfig, VerifiedReceipt,
};
use baqylau_sync::testing::contract::entries;
use baqylau_sync::testing::{ReferenceHq, SeededRandom, TestDevice};
use baqylau_sync::{
    Budget, Bytes, Credentials, Cursor, Journal, JournalError, JournalHead, KeptSegment, Silent,
    SyncError, exchange,
};

/// What every store must do, done by a device in memory; the rest is left to the trait.
struct Least {
    device: TestDevice,
    /// Where the journal ended when it was looked at; entries have been written since.
    ended_at: Option<u64>,
    /// The disk is full where the cursor would be written.
    is_stuck: bool,
}

impl Least {
    async fn with_entries(count: u64, hq: &ReferenceHq) -> Self {
        let device = enrolled(2, hq).await;
        device.append(entries(FORM, 1, count));
        Self {
            device,
            ended_at: None,
            is_stuck: false,
        }
    }
}

impl Journal for Least {
    fn credentials(&self) -> Result<Credentials, JournalError> {
        self.device.credentials()
    }

    fn head(&self) -> Result<JournalHead, JournalError> {
        let Some(seq) = self.ended_at else {
            return self.device.head();
        };
        let hash = self.hash_at(seq)?.ok_or(JournalError::Damaged)?;
        Ok(JournalHead { seq, hash })
    }

    fn entries(&self, from_seq: u64, limit: usize) -> Result<Vec<Vec<u8>>, JournalError> {
        self.device.entries(from_seq, limit)
    }

    fn hash_at(&self, seq: u64) -> Result<Option<ChainHash>, JournalError> {
        self.device.hash_at(seq)
    }

    fn cursor(&self) -> Result<Cursor, JournalError> {
        self.device.cursor()
    }

    fn config(&self) -> Result<Option<SignedConfig>, JournalError> {
        self.device.config()
    }

    fn record_config(&self, config: &SignedConfig, parsed: &Config) -> Result<(), JournalError> {
        self.device.record_config(config, parsed)
    }

    fn has_blob(&self, hash: &BlobHash) -> Result<bool, JournalError> {
        self.device.has_blob(hash)
    }

    fn record_blob(&self, blob: &BlobRef, bytes: &[u8]) -> Result<(), JournalError> {
        self.device.record_blob(blob, bytes)
    }

    fn record_sent(&self, upto_seq: u64) -> Result<(), JournalError> {
        self.device.record_sent(upto_seq)
    }

    fn record_receipt(&self, receipt: &VerifiedReceipt) -> Result<(), JournalError> {
        if self.is_stuck {
            return Err(JournalError::DiskFull);
        }
        self.device.record_receipt(receipt)
    }

    fn record_rewind(&self, cursor: Cursor) -> Result<(), JournalError> {
        if self.is_stuck {
            return Err(JournalError::DiskFull);
        }
        self.device.record_rewind(cursor)
    }

    fn revoked_in(&self) -> Result<Option<u64>, JournalError> {
        self.device.revoked_in()
    }

    fn record_revoked(&self, server_epoch: u64) -> Result<(), JournalError> {
        self.device.record_revoked(server_epoch)
    }

    fn record_set_aside(&self, reports: &[SetAside]) -> Result<(), JournalError> {
        self.device.record_set_aside(reports)
    }
}

#[test]
fn a_store_that_keeps_nothing_else_says_that_it_has_nothing() {
    run(async {
        let hq = ReferenceHq::new(1);
        let least = Least::with_entries(3, &hq).await;
        let picture = least.device.attach(&[7; 900]);
        let segment = KeptSegment {
            first_seq: 1,
            last_seq: 3,
            seal_key: 1,
            bytes: vec![1],
        };
        assert_eq!(least.keep_segment(&segment), Ok(()));
        assert_eq!(least.kept_segment(1), Ok(None));
        assert_eq!(least.kept_over(1), Ok(None));
        assert_eq!(least.bytes(1), Ok(Bytes::Here));
        assert_eq!(least.certificate(), Ok(None));
        assert_eq!(least.blob(&BlobHash([0; 32])), Ok(None));
        assert_eq!(least.urgent(1), Ok(Vec::new()));
        assert_eq!(least.pending_pictures(), Ok(Vec::new()));
        assert_eq!(least.picture(&picture), Ok(None));
        assert_eq!(least.picture(&AttachmentHash([0; 32])), Ok(None));
    });
}

#[test]
fn such_a_store_sends_its_journal_all_the_same() {
    run(async {
        let hq = ReferenceHq::new(1);
        let least = Least::with_entries(9, &hq).await;
        hq.offer_dictionary(&crate::delivery::typical());
        let random = SeededRandom::new(4);
        for count in [9, 12] {
            let outcome = exchange(&least, &hq, &random, &Silent, Budget::FULL).await;
            assert_eq!((outcome.stopped_by, outcome.held_seq), (None, count));
            least.device.append(entries(FORM, count + 1, 3));
        }
    });
}

#[test]
fn what_is_written_after_the_journal_was_looked_at_goes_next_time() {
    run(async {
        let hq = ReferenceHq::new(1);
        let mut least = Least::with_entries(9, &hq).await;
        for (ended_at, begins_at) in [(Some(4), 1), (Some(6), 5), (None, 7)] {
            least.ended_at = ended_at;
            let ends_at = ended_at.unwrap_or(9);
            let (outcome, steps) = told(&least, &hq).await;
            assert_eq!((outcome.stopped_by, outcome.held_seq), (None, ends_at));
            let count = ends_at + 1 - begins_at;
            assert_eq!(sending(&steps), [(count, count)]);
        }
    });
}

#[test]
fn a_revocation_is_kept_before_the_cursor_goes_back_and_after_it_went_on() {
    run(async {
        let hq = ReferenceHq::new(1);
        let mut least = Least::with_entries(9, &hq).await;
        let before = hq.snapshot();
        // Headquarters holds all of it, and the device has not heard so.
        assert_eq!(least.device.cloned(9).exchange(&hq).await.held_seq, 9);
        let id = least.device.id();
        hq.reconfigure(|config| config.revoked.push(id));
        let full = Some(SyncError::Journal(JournalError::DiskFull));
        least.is_stuck = true;
        assert_eq!(told(&least, &hq).await.0.stopped_by, full);
        assert_eq!(least.revoked_in(), Ok(None), "the receipt came with it");
        least.is_stuck = false;
        for _ in 0..2 {
            let (outcome, _) = told(&least, &hq).await;
            assert_eq!((outcome.revoked, outcome.held_seq), (true, 9));
            assert_ne!(outcome.stopped_by, Some(SyncError::Revoked), "no gain");
            assert_eq!(least.revoked_in(), Ok(Some(1)));
        }

        hq.restore(&before);
        hq.reconfigure(|config| config.revoked = vec![id]);
        least.is_stuck = true;
        assert_eq!(told(&least, &hq).await.0.stopped_by, full);
        assert_eq!(least.revoked_in(), Ok(Some(2)), "it is about to go back");
    });
}
