//! From the store's rows to what a screen shows.

use crate::core::Opened;
use crate::session::tally;
use crate::view::{Evidence, Failure, Note, ReportPage, ReportRow, Revision, StationHit};
use baqylau_domain::{Answers, EntryRef, StationCode};
use baqylau_forms::FormView;
use baqylau_store::register::Hit;
use baqylau_store::{Place, Report};
use std::collections::BTreeMap;

/// Reports this device has at each place.
pub(crate) type Visited = BTreeMap<StationCode, u32>;

impl Opened {
    /// A report with everything its screen shows.
    pub(crate) fn page(&self, report: &Report) -> Result<ReportPage, Failure> {
        let language = self.language();
        let view = self.view(report)?;
        Ok(ReportPage {
            row: self.row(report, &view, &self.session.store.reports_by_place()?)?,
            sheet: self.session.form(report)?.sheet(&language),
            view,
            notes: self.notes(report)?,
            pictures: self.pictures(Some(report))?,
            revisions: self.revisions(report)?,
            sealed_before: self.sealed_before(report)?,
        })
    }

    /// A report's answers as they are now, evaluated.
    pub(crate) fn view(&self, report: &Report) -> Result<FormView, Failure> {
        let answers = self.session.store.answers(report.id)?;
        self.evaluate(report, &answers)
    }

    /// These answers to a report's form, evaluated.
    pub(crate) fn evaluate(&self, report: &Report, answers: &Answers) -> Result<FormView, Failure> {
        self.session
            .evaluate(report, answers, &self.language(), self.core.now())
    }

    /// Reports as rows.
    pub(crate) fn rows(&self, reports: &[Report]) -> Result<Vec<ReportRow>, Failure> {
        let visited = self.session.store.reports_by_place()?;
        reports
            .iter()
            .map(|report| self.row(report, &self.view(report)?, &visited))
            .collect()
    }

    pub(crate) fn row(
        &self,
        report: &Report,
        view: &FormView,
        visited: &Visited,
    ) -> Result<ReportRow, Failure> {
        let (station, place) = self.place(&report.place, visited)?;
        // Nothing is left of a sealed report's answers but how many there were.
        let (answered, tally) = match report.sealed_at {
            Some(_) => (report.answered, report.tally),
            None => (view.progress.answered, tally(view)),
        };
        Ok(ReportRow {
            id: report.id.to_string(),
            spoken_id: self.spoken_id(report),
            form: report.form.clone(),
            station,
            place,
            state: report.state,
            delivery: self.session.store.delivery(report)?,
            revision: report.revision,
            begun_at: report.begun_at,
            saved_at: report.saved_at,
            answered,
            applicable: tally.applicable,
            findings: tally.findings,
            entry: report.open_seq.map(|seq| EntryRef {
                device: self.session.keys.device,
                seq,
            }),
            sealing: self.sealing(report)?,
            origin: self.origin(report)?,
        })
    }

    /// What to say on the phone: team, form's letter, number.
    pub(crate) fn spoken_id(&self, report: &Report) -> String {
        let library = self.session.library();
        let letter = library
            .entry(&report.form)
            .map_or("?", |(entry, _)| entry.letter.as_str());
        format!("{}-{letter}-{:02}", library.team.code, report.visit)
    }

    fn place(
        &self,
        place: &Place,
        visited: &Visited,
    ) -> Result<(Option<StationHit>, Option<String>), Failure> {
        Ok(match place {
            Place::Station(code) | Place::Commission(code) => {
                match self.session.store.place(code.as_str())? {
                    Some(hit) => (Some(self.hit(hit, visited)), None),
                    // A newer register dropped it: its code still says where the observers were.
                    None => (None, Some(code.0.clone())),
                }
            }
            Place::Free(text) => (None, Some(text.clone())),
            Place::Anywhere => (None, None),
        })
    }

    pub(crate) fn hit(&self, hit: Hit, visited: &Visited) -> StationHit {
        let code = StationCode(hit.code);
        let reports_here = visited.get(&code).copied().unwrap_or(0);
        StationHit {
            code,
            number: hit.number,
            name: hit.name,
            within: hit.within,
            kind: hit.kind,
            in_area: hit.in_area,
            reports_here,
        }
    }

    fn notes(&self, report: &Report) -> Result<Vec<Note>, Failure> {
        let notes = self.session.store.notes(report.id)?;
        Ok(notes
            .into_iter()
            .map(|note| Note {
                question: note.question,
                text: note.text,
                at: note.at,
            })
            .collect())
    }

    fn revisions(&self, report: &Report) -> Result<Vec<Revision>, Failure> {
        let revisions = self.session.store.revisions(report.id)?;
        let view = |revision: baqylau_store::Revision| Revision {
            number: revision.number,
            reason: revision.reason,
            at: revision.at,
            confirmed_by: revision.confirmed_by,
            changed: revision.changed,
        };
        Ok(revisions.into_iter().map(view).collect())
    }

    /// The state of the evidence.
    pub(crate) fn evidence(&self) -> Result<Evidence, Failure> {
        let evidence = self.session.store.evidence()?;
        Ok(Evidence {
            saved_at: evidence.saved_at,
            finished: evidence.finished,
            held: evidence.held,
            waiting: evidence.waiting,
            carried: evidence.carried,
            last_exchange: evidence.exchange.succeeded_at,
            last_error: evidence.exchange.error,
        })
    }
}
