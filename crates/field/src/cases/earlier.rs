//! Journals that came before this one: taking over what goes on, bringing the rest to headquarters, showing both.

use crate::books::Books;
use crate::commands::{EarlierReportArgs, Nothing, OpenEarlierArgs};
use crate::core::Opened;
use crate::error::ErrorCode;
use crate::session::{Earlier, Session};
use crate::view::{
    EarlierJournal, EarlierJournals, EndReason, Event, Failure, Origin, ReportPage, ReportRow,
};
use baqylau_domain::DeliveryState;
use baqylau_protocol::{Receipt, SignedEnvelope, SignedReceipt, SyncApi, segment_hash};
use baqylau_store::{Report, UnlockError};
use baqylau_sync::{Journal as _, Silent, SyncError};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Headquarters' verdicts that say that it has a segment.
const HAS_IT: [&str; 2] = ["accepted", "duplicate"];

/// All journals that came before this one.
pub(crate) fn earlier(opened: &Opened, _: Nothing) -> Result<EarlierJournals, Failure> {
    let store = &opened.session.store;
    let known = store.earlier_journals()?;
    let sessions = opened.session.earlier();
    let mut folders = store.unopened()?;
    folders.extend(sessions.iter().map(|it| it.folder.clone()));
    let mut journals = Vec::new();
    for folder in folders {
        let row = known.iter().find(|row| row.folder == folder);
        let session = sessions.iter().find(|it| it.folder == folder);
        let reports = session.map_or(Ok(Vec::new()), |it| opened.earlier_rows(it))?;
        let is_held = |row: &&ReportRow| matches!(row.delivery, DeliveryState::Held { .. });
        journals.push(EarlierJournal {
            reason: end_reason(&folder),
            device: row.and_then(|row| row.device),
            at: row.map(|row| row.at),
            opened: session.is_some(),
            held: count(reports.iter().filter(is_held).count()),
            reports,
            drafts: store.drafts_from(&folder)?,
            journal: folder,
        });
    }
    // Their names begin with the time at which they ended.
    journals.sort_by(|a, b| b.journal.cmp(&a.journal));
    Ok(EarlierJournals {
        device: opened.session.keys.device,
        journals,
    })
}

/// A finished report of an earlier journal; it can only be read.
pub(crate) fn earlier_report(
    opened: &Opened,
    args: EarlierReportArgs,
) -> Result<ReportPage, Failure> {
    let sessions = opened.session.earlier();
    let earlier = sessions
        .iter()
        .find(|it| it.folder == args.journal)
        .ok_or_else(|| ErrorCode::UnknownJournal.failure())?;
    let report = earlier.session.find(&args.id)?;
    let mut page = opened.of(earlier).page(&report)?;
    page.row.delivery = opened.earlier_delivery(earlier, &report, &opened.said_of(earlier)?)?;
    Ok(page)
}

/// Opens an earlier journal with the PIN it had, and takes over what goes on.
pub(crate) fn open_earlier(
    opened: &Opened,
    args: OpenEarlierArgs,
) -> Result<EarlierJournals, Failure> {
    if !opened.session.store.unopened()?.contains(&args.journal) {
        return Err(ErrorCode::UnknownJournal.failure());
    }
    opened.take_over(&args.journal, &args.pin)?;
    opened.core.emit(Event::ReportsChanged);
    opened.core.emit(Event::CarriersChanged);
    earlier(opened, Nothing {})
}

/// Why the journal in this folder ended, by the name it was given then.
pub(crate) fn end_reason(folder: &str) -> EndReason {
    let name = folder.rsplit('/').next().unwrap_or_default();
    let reasons = [
        ("-restored", EndReason::Restored),
        ("-forked", EndReason::Forked),
        ("-corrupt", EndReason::Corrupt),
        ("-too-new", EndReason::TooNew),
    ];
    let found = reasons.iter().find(|(word, _)| name.contains(word));
    found.map_or(EndReason::Incomplete, |(_, reason)| *reason)
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

type Verdicts = BTreeMap<[u8; 32], String>;

/// What headquarters has said of an earlier journal, as far as it came back.
struct Said {
    verdicts: Verdicts,
    receipt: Option<Receipt>,
}

impl Opened {
    /// This app looking at an earlier journal.
    pub(crate) fn of(&self, earlier: &Earlier) -> Self {
        Self {
            core: self.core.clone(),
            session: Arc::clone(&earlier.session),
        }
    }

    pub(crate) fn books_of(&self, earlier: &Arc<Session>) -> Books {
        let clock = Arc::clone(&self.core.0.clock);
        Books::of_earlier(Arc::clone(earlier), Arc::clone(&self.session), clock)
    }

    /// After opening the store: what lies in stores set aside goes on to headquarters. With `pin`, stores that it
    /// opens are taken over too. Nothing that fails here keeps anybody from working.
    pub(crate) fn look_back(&self, pin: Option<&str>) {
        let folders = match self.session.store.unopened() {
            Ok(folders) => folders,
            Err(error) => {
                tracing::error!(?error, "earlier journals could not be listed");
                return;
            }
        };
        for folder in folders {
            if let Some(pin) = pin
                && let Err(failure) = self.take_over(&folder, pin)
            {
                tracing::info!(
                    folder,
                    code = failure.code,
                    "an earlier journal stays closed"
                );
            }
            // For those that stay closed; for the others it changes nothing.
            let now = self.core.now();
            if let Err(error) = self.session.store.take_over_outbox(&folder, now) {
                tracing::error!(folder, ?error, "sealed segments could not be taken over");
            }
        }
        self.keep_earlier_current();
    }

    /// Opens the store in this folder with the PIN it had. Its segments come first: whatever interrupts this, the
    /// journal stays "not opened", and doing it again changes nothing that was done.
    fn take_over(&self, folder: &str, pin: &str) -> Result<(), Failure> {
        let inner = &self.core.0;
        let opened = inner.vault.unlock_aside(folder, pin, &*inner.clock);
        let store = opened.map_err(|error| match error {
            UnlockError::None => ErrorCode::UnknownJournal.failure(),
            error => error.into(),
        })?;
        let event = Session::event_of(&store)?;
        if event != self.session.library().config.event {
            return Err(ErrorCode::BackupOtherEvent.failure());
        }
        let ended = Arc::new(Session::ended(store, self.session.library())?);
        self.carry(folder, &ended)?;
        let taken = self
            .session
            .store
            .take_over(folder, &ended.store, self.core.now())?;
        tracing::info!(
            folder,
            drafts = taken.drafts,
            "an earlier journal was taken over"
        );
        drop(ended);
        self.session.open_earlier();
        Ok(())
    }

    /// Seals what headquarters has not signed for, as its device wrote it and under its key, and carries it there.
    /// The entries are those of the copy, which every copy has the same, so this forks nothing.
    fn carry(&self, folder: &str, ended: &Arc<Session>) -> Result<(), Failure> {
        let inner = &self.core.0;
        let epoch = self.session.store.cursor()?.server_epoch;
        let mut cursor = ended.store.cursor()?;
        if cursor.server_epoch != epoch {
            // Headquarters was restored since: what it then signed for may be gone.
            (cursor.server_epoch, cursor.next_seq) = (epoch, 1);
            ended.store.set_cursor(cursor)?;
        }
        let books = self.books_of(ended);
        let pieces = baqylau_sync::pack(&books, &*inner.ids)?;
        let sealed: Vec<Vec<u8>> = pieces.into_iter().map(|piece| piece.bytes).collect();
        let team = self.session.library().team.code.0.clone();
        let now = self.core.now();
        self.session
            .store
            .take_over_segments(folder, &sealed, Some(&team), now)?;
        Ok(())
    }

    /// Hands receipts that came for earlier journals to them, and carries everything again when headquarters was
    /// restored since.
    pub(crate) fn keep_earlier_current(&self) {
        for earlier in self.session.earlier() {
            if let Err(failure) = self.keep_current(&earlier) {
                let (folder, code) = (&earlier.folder, failure.code);
                tracing::error!(
                    folder,
                    code,
                    "an earlier journal could not be brought up to date"
                );
            }
        }
    }

    fn keep_current(&self, earlier: &Earlier) -> Result<(), Failure> {
        let store = &self.session.store;
        let epoch = store.cursor()?.server_epoch;
        if earlier.session.store.cursor()?.server_epoch != epoch {
            self.carry(&earlier.folder, &earlier.session)?;
        }
        let pictures = self.brought_back_pictures(earlier)?;
        if !pictures.is_empty() {
            let books = self.books_of(&earlier.session);
            for received in baqylau_sync::receive_envelopes(&books, &pictures)? {
                if let Err(error) = received {
                    tracing::warn!(%error, "a picture's receipt for an earlier journal does not fit it");
                }
            }
        }
        let Some((receipt, signed)) = self.brought_back(earlier)? else {
            return Ok(());
        };
        if receipt.upto_seq < earlier.session.store.head()?.next_seq {
            // One that says nothing new, or is of an epoch that is over, changes nothing.
            if let Err(error) = baqylau_sync::receive(&self.books_of(&earlier.session), &signed) {
                tracing::warn!(%error, "a receipt for an earlier journal does not fit it");
            }
        }
        Ok(())
    }

    /// The newest receipt that somebody brought back for an earlier journal. It may speak of later entries than are
    /// known here.
    fn brought_back(&self, earlier: &Earlier) -> Result<Option<(Receipt, SignedReceipt)>, Failure> {
        let library = self.session.library();
        let (hq, event) = (&library.config.hq, &library.config.event);
        let Some(pair) = earlier.session.keys.key.pair(hq, event) else {
            return Ok(None);
        };
        let Some(bytes) = self.session.store.carried_envelope(&pair.addressee())? else {
            return Ok(None);
        };
        let opened = SignedEnvelope::from_bytes(bytes)
            .verify(hq, event)
            .and_then(|envelope| envelope.open(&pair))
            .and_then(|signed| Ok((signed.carried(hq, event)?, signed)));
        match opened {
            Ok(opened) => Ok(Some(opened)),
            Err(error) => {
                tracing::warn!(%error, "an envelope for an earlier journal does not open");
                Ok(None)
            }
        }
    }

    /// Envelopes that somebody brought back for pictures of an earlier journal that wait.
    fn brought_back_pictures(&self, earlier: &Earlier) -> Result<Vec<SignedEnvelope>, Failure> {
        let config = self.session.library().config.clone();
        let Some(pair) = earlier.session.keys.key.pair(&config.hq, &config.event) else {
            return Ok(Vec::new());
        };
        let books = self.books_of(&earlier.session);
        let mut found = Vec::new();
        for pending in books.pending_pictures().map_err(SyncError::from)? {
            let addressee = pair.addressee_for(&pending.photo.hash);
            let bytes = self.session.store.carried_envelope(&addressee)?;
            found.extend(bytes.map(SignedEnvelope::from_bytes));
        }
        Ok(found)
    }

    /// Whether pictures of earlier journals wait.
    pub(crate) fn earlier_pictures_wait(&self) -> bool {
        let waits = |it: &Arc<Earlier>| {
            let books = self.books_of(&it.session);
            books
                .pending_pictures()
                .is_ok_and(|pictures| !pictures.is_empty())
        };
        self.session.earlier().iter().any(waits)
    }

    /// Sends pictures that entries of earlier journals name, under the keys of those. A picture is named by what is
    /// in it, so this forks nothing either.
    pub(crate) async fn send_earlier_pictures(&self, api: &dyn SyncApi) {
        let inner = &self.core.0;
        for earlier in self.session.earlier() {
            let books = self.books_of(&earlier.session);
            let sent = baqylau_sync::send_pictures(&books, api, &*inner.ids, &Silent).await;
            if let Some(error) = sent.stopped_by {
                tracing::info!(%error, "pictures of an earlier journal wait");
            }
        }
    }

    /// Finished reports of an earlier journal, latest begun first.
    fn earlier_rows(&self, earlier: &Earlier) -> Result<Vec<ReportRow>, Failure> {
        let mut reports = earlier.session.store.reports()?;
        reports.retain(|report| report.revision > 0);
        let mut rows = self.of(earlier).rows(&reports)?;
        let said = self.said_of(earlier)?;
        for (row, report) in rows.iter_mut().zip(&reports) {
            row.delivery = self.earlier_delivery(earlier, report, &said)?;
        }
        Ok(rows)
    }

    fn said_of(&self, earlier: &Earlier) -> Result<Said, Failure> {
        Ok(Said {
            verdicts: self.session.store.earlier_verdicts(&earlier.folder)?,
            receipt: self.brought_back(earlier)?.map(|(receipt, _)| receipt),
        })
    }

    /// How far a report of an earlier journal has travelled. Its device may have gone on after the backup: then
    /// headquarters' receipt speaks of later entries than are known here, and its word that it has the very segment
    /// that this report lies in says the rest.
    fn earlier_delivery(
        &self,
        earlier: &Earlier,
        report: &Report,
        said: &Said,
    ) -> Result<DeliveryState, Failure> {
        let store = &earlier.session.store;
        let own = store.delivery(report)?;
        let Some(last_seq) = report.last_seq else {
            return Ok(own);
        };
        if matches!(
            own,
            DeliveryState::Held { .. } | DeliveryState::Quarantined { .. }
        ) {
            return Ok(own);
        }
        let covers = |it: &&baqylau_store::Segment| {
            (it.first_seq..it.first_seq + u64::from(it.count)).contains(&last_seq)
        };
        let segments = store.segments(1)?;
        let verdict = segments
            .iter()
            .filter(covers)
            .find_map(|it| said.verdicts.get(&segment_hash(&it.sealed)));
        let Some(code) = verdict else { return Ok(own) };
        if !HAS_IT.contains(&code.as_str()) {
            let waits = code == "parked";
            return Ok(if waits {
                DeliveryState::Sent
            } else {
                DeliveryState::Quarantined { code: code.clone() }
            });
        }
        let covering = said.receipt.as_ref().filter(|it| it.upto_seq >= last_seq);
        Ok(
            covering.map_or(DeliveryState::Sent, |receipt| DeliveryState::Held {
                received_at_ms: receipt.received_at_ms,
            }),
        )
    }

    /// Where a draft came from, if not from this journal.
    pub(crate) fn origin(&self, report: &Report) -> Result<Option<Origin>, Failure> {
        let origin = self.session.store.draft_origin(report.id)?;
        Ok(origin.map(|origin| Origin {
            reason: end_reason(&origin.folder),
            journal: origin.folder,
            revision: origin.revision,
        }))
    }
}
