//! Letting go of what a finished report says, where the settings ask for it: `docs/adr/0011-sealing-finished-reports.md`.

use crate::books::Books;
use crate::core::{Core, Opened, blocking};
use crate::view::{Event, Failure, FinishedAnswers, Sealing, Settings};
use baqylau_domain::{Moment, ReportState};
use baqylau_store::{Place, Report};
use std::sync::Arc;

const MS_A_MINUTE: i64 = 60_000;

/// What the settings make of a report whose answers are still here; `None`: they stay.
fn sealing(report: &Report, settings: &Settings, now: Moment, held_upto: u64) -> Option<Sealing> {
    let is_settled = matches!(report.state, ReportState::Finished | ReportState::Withdrawn);
    let waits_for_receipt = match settings.finished_answers {
        FinishedAnswers::Kept => return None,
        FinishedAnswers::RemovedWhenHeld => true,
        FinishedAnswers::Sealed => false,
    };
    let finished = report.finished_at.filter(|_| is_settled)?;
    let window_ms = i64::from(settings.edit_window_min) * MS_A_MINUTE;
    let until = Moment {
        utc_ms: finished.utc_ms.saturating_add(window_ms),
        ..finished
    };
    // A clock that jumped further back than the window is long must not keep it open for as long as it jumped.
    let is_over = now.utc_ms.abs_diff(finished.utc_ms) >= window_ms.unsigned_abs();
    let is_held = report
        .last_seq
        .is_some_and(|last_seq| last_seq <= held_upto);
    Some(match (is_over, waits_for_receipt && !is_held) {
        (false, _) => Sealing::Open {
            until,
            waits_for_receipt,
        },
        (true, true) => Sealing::WaitsForReceipt,
        (true, false) => Sealing::Due,
    })
}

/// Seals what is due, unless the store is locked or an exchange is under way, which ends with the same.
pub(crate) async fn seal_when_due(core: &Core) {
    let Ok(opened) = core.opened() else { return };
    let sealed = blocking(move || {
        opened.seal_beside_exchanges();
        Ok(())
    });
    if let Err(failure) = sealed.await {
        tracing::error!(code = failure.code, "sealing was stopped");
    }
}

impl Opened {
    /// Seals what is due. An exchange packs what may be removed here, so it goes first; it ends with the same.
    pub(crate) fn seal_beside_exchanges(&self) {
        if let Some(_alone) = self.core.0.road.try_alone() {
            self.seal_due();
        }
    }

    /// Seals what is due, for whoever has the road alone. What could not be sealed is tried again, and shown meanwhile.
    pub(crate) fn seal_due(&self) {
        let own = Books::of(Arc::clone(&self.session), Arc::clone(&self.core.0.clock));
        let mut journals = vec![(self.clone(), own, true)];
        for earlier in self.session.earlier() {
            let books = self.books_of(&earlier.session);
            journals.push((self.of(&earlier), books, false));
        }
        for (of_journal, books, goes_on) in journals {
            match of_journal.seal_journal(&books, goes_on) {
                Ok(false) => {}
                Ok(true) => self.core.emit(Event::ReportsChanged),
                Err(failure) => {
                    tracing::error!(code = failure.code, "what is due could not be sealed");
                    self.core.emit(Event::ReportsChanged);
                }
            }
        }
    }

    /// Whether anything went. To a journal that ended nothing is appended, so a report there keeps its words as long as
    /// it has notes that no entry carries.
    fn seal_journal(&self, books: &Books, goes_on: bool) -> Result<bool, Failure> {
        let _writing = self.session.writing();
        let sealed = self.seal_all(books, goes_on)?;
        // Pictures of what was sealed earlier go when their receipts come, whatever the settings say by then.
        let pictures = self.session.store.remove_held_pictures()?;
        self.session.store.complete_removal()?;
        Ok(sealed || pictures > 0)
    }

    /// Whether anything was sealed. One report that cannot be keeps no other from it.
    fn seal_all(&self, books: &Books, goes_on: bool) -> Result<bool, Failure> {
        let settings = self.core.settings();
        if settings.finished_answers == FinishedAnswers::Kept {
            return Ok(false);
        }
        let (mut has_sealed, mut failure) = (false, None);
        for report in self.session.store.reports()? {
            match self.seal(&report, &settings, books, goes_on) {
                Ok(sealed) => has_sealed |= sealed,
                Err(error) => failure = Some(error),
            }
        }
        failure.map_or(Ok(has_sealed), Err)
    }

    fn seal(
        &self,
        report: &Report,
        settings: &Settings,
        books: &Books,
        goes_on: bool,
    ) -> Result<bool, Failure> {
        let store = &self.session.store;
        let now = self.core.now();
        let is_due = |report: &Report| {
            let held_upto = store.held_upto()?;
            let due = sealing(report, settings, now, held_upto) == Some(Sealing::Due);
            Ok::<_, Failure>(report.sealed_at.is_none() && due)
        };
        if !is_due(report)? {
            return Ok(false);
        }
        // A note that a kill kept out of the journal goes in first, and may have to wait for a receipt of its own.
        if goes_on {
            self.append_notes(report)?;
        } else if store
            .notes(report.id)?
            .iter()
            .any(|note| note.seq.is_none())
        {
            return Ok(false);
        }
        if !is_due(&self.session.find(&report.id.to_string())?)? {
            return Ok(false);
        }
        let inner = &self.core.0;
        let entries = store.entries_of(report.id)?;
        baqylau_sync::keep_sealed(books, &*inner.ids, &entries)?;
        store.seal_report(report.id, now)?;
        Ok(true)
    }

    /// What becomes of a report's plain answers.
    pub(crate) fn sealing(&self, report: &Report) -> Result<Option<Sealing>, Failure> {
        let store = &self.session.store;
        let Some(at) = report.sealed_at else {
            let now = self.core.now();
            return Ok(sealing(
                report,
                &self.core.settings(),
                now,
                store.held_upto()?,
            ));
        };
        if store.lost_reports()?.contains(&report.id) {
            return Ok(Some(Sealing::Lost { at }));
        }
        let pictures = store.pictures(Some(report.id))?;
        let here = pictures.iter().filter(|picture| picture.is_here).count();
        Ok(Some(Sealing::Sealed {
            at,
            pictures_here: u32::try_from(here).unwrap_or(u32::MAX),
        }))
    }

    /// How many sealed reports about the same place were finished before this one was begun or finished.
    pub(crate) fn sealed_before(&self, report: &Report) -> Result<u32, Failure> {
        if report.place == Place::Anywhere {
            return Ok(0);
        }
        let before = self
            .session
            .store
            .finished_before(&report.place, Some(report))?;
        let sealed = before.iter().filter(|(other, _)| other.sealed_at.is_some());
        Ok(u32::try_from(sealed.count()).unwrap_or(u32::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use baqylau_domain::{FormHash, FormId};
    use baqylau_store::Tally;

    const FINISHED: Moment = Moment {
        utc_ms: 1_301_799_600_000,
        offset_min: 360,
    };

    fn report() -> Report {
        Report {
            id: uuid::Uuid::from_u128(1),
            form: FormId::from("voting"),
            form_hash: FormHash([5; 32]),
            place: Place::Anywhere,
            visit: 1,
            state: ReportState::Finished,
            begun_at: FINISHED,
            saved_at: FINISHED,
            revision: 1,
            correction_reason: None,
            open_seq: Some(1),
            last_seq: Some(3),
            finished_at: Some(FINISHED),
            sealed_at: None,
            answered: 1,
            tally: Tally::default(),
        }
    }

    fn asked(finished_answers: FinishedAnswers) -> Settings {
        Settings {
            finished_answers,
            edit_window_min: 60,
            ..Settings::default()
        }
    }

    fn after_min(minutes: i64) -> Moment {
        Moment {
            utc_ms: FINISHED.utc_ms + minutes * MS_A_MINUTE,
            ..FINISHED
        }
    }

    #[test]
    fn nothing_goes_unless_it_was_asked_for_and_never_what_is_being_written() {
        let late = after_min(10_000);
        let kept = asked(FinishedAnswers::Kept);
        assert_eq!(sealing(&report(), &kept, late, 3), None);
        let correcting = Report {
            state: ReportState::Correcting,
            ..report()
        };
        let sealed = asked(FinishedAnswers::Sealed);
        assert_eq!(sealing(&correcting, &sealed, late, 3), None);
    }

    #[test]
    fn the_edit_window_ends_by_the_clock_also_by_one_that_jumped_back() {
        let settings = asked(FinishedAnswers::Sealed);
        let at = |minutes| sealing(&report(), &settings, after_min(minutes), 0);
        for minutes in [0, 59, -59] {
            assert!(
                matches!(at(minutes), Some(Sealing::Open { .. })),
                "{minutes}"
            );
        }
        for minutes in [60, 5_000_000, -60, -5_000_000] {
            assert_eq!(at(minutes), Some(Sealing::Due), "{minutes}");
        }
    }

    #[test]
    fn where_it_was_asked_for_they_stay_until_a_receipt_covers_all_of_the_report() {
        let settings = asked(FinishedAnswers::RemovedWhenHeld);
        let late = after_min(60);
        assert_eq!(
            sealing(&report(), &settings, late, 2),
            Some(Sealing::WaitsForReceipt)
        );
        assert_eq!(sealing(&report(), &settings, late, 3), Some(Sealing::Due));
        assert!(matches!(
            sealing(&report(), &settings, after_min(59), 3),
            Some(Sealing::Open { .. })
        ));
    }
}
