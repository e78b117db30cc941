//! A visit under way: beginning it, answers, notes.

use crate::check;
use crate::commands::{AnswerArgs, NoteArgs, StartVisitArgs};
use crate::core::Opened;
use crate::entries;
use crate::error::ErrorCode;
use crate::failure::wrong_state;
use crate::prefill::Beginning;
use crate::session::tally;
use crate::view::{Event, Failure, ReportPage, Saved};
use baqylau_domain::{Answers, ReportState, StationCode, Value};
use baqylau_forms::Env;
use baqylau_mission::PlaceKind;
use baqylau_store::{NewReport, Place, Report, Tally};

/// Begins a report, with everything filled in that the device knows.
pub(crate) fn start_visit(opened: &Opened, args: StartVisitArgs) -> Result<ReportPage, Failure> {
    let session = &opened.session;
    let library = session.library();
    let (entry, hash) = library
        .entry(&args.form)
        .ok_or_else(|| ErrorCode::UnknownForm.with("form", &args.form))?;
    let place = place(opened, entry.place, args.station, args.place.as_deref())?;
    let _writing = session.writing();
    let at = opened.core.now();
    let visit = session.store.next_visit(&args.form)?;
    let form = library.form(hash, &|address| Ok(session.store.blob(address)?))?;
    let prior = session.prior(&place, None)?;
    let language = opened.language();
    let env = Env {
        now: at,
        language: &language,
        register: &*library.register,
        prior: &prior,
    };
    let mut answers = form.initial_answers(&env);
    Beginning {
        library: &library,
        form: &form,
        place: &place,
        visit,
        at,
    }
    .fill(&mut answers);
    let new = NewReport {
        id: opened.core.fresh_id(),
        form: args.form,
        form_hash: hash,
        place,
        visit,
        at,
    };
    let progress = baqylau_forms::evaluate(&form, &answers, &env);
    let report = session.store.begin(&new, &answers, tally(&progress))?;
    opened.core.emit(Event::ReportsChanged);
    opened.page(&report)
}

/// The place a form is to be about: in the register if it is there, in words if it is not.
fn place(
    opened: &Opened,
    kind: PlaceKind,
    code: Option<StationCode>,
    words: Option<&str>,
) -> Result<Place, Failure> {
    let library = opened.session.library();
    if let Some(code) = code {
        let register = &library.register;
        let is_station = register.station(code.as_str()).is_some();
        let is_commission =
            register.district(code.as_str()).is_some() || register.region(code.as_str()).is_some();
        return match kind {
            PlaceKind::Station | PlaceKind::Anywhere if is_station => Ok(Place::Station(code)),
            PlaceKind::Commission | PlaceKind::Anywhere if is_commission => {
                Ok(Place::Commission(code))
            }
            _ => Err(ErrorCode::UnknownPlace.with("place", code)),
        };
    }
    match (check::place(words)?, kind) {
        (Some(words), _) => Ok(Place::Free(words)),
        (None, PlaceKind::Anywhere) => Ok(Place::Anywhere),
        (None, _) => Err(ErrorCode::PlaceNeeded.failure()),
    }
}

/// Saves one answer. It is on disk when this returns.
pub(crate) fn answer(opened: &Opened, args: AnswerArgs) -> Result<Saved, Failure> {
    let _writing = opened.session.writing();
    let report = editable(opened, &args.id)?;
    let form = opened.session.form(&report)?;
    let value = check::answer(
        &form,
        &opened.session.library().register,
        &args.question,
        args.value,
    )?;
    let store = &opened.session.store;
    save(
        opened,
        &report,
        &args.question,
        value,
        |value, at, tally| {
            store
                .save_answer(report.id, &args.question, value, at, Some(tally))
                .map_err(Failure::from)
        },
    )
}

/// Evaluates with the new answer, saves it with the figures for lists, and tells what follows from it.
pub(crate) fn save(
    opened: &Opened,
    report: &Report,
    question: &str,
    value: Option<Value>,
    keep: impl FnOnce(Option<&Value>, baqylau_domain::Moment, Tally) -> Result<(), Failure>,
) -> Result<Saved, Failure> {
    let mut answers: Answers = opened.session.store.answers(report.id)?;
    match &value {
        Some(value) => answers.insert(question.to_owned(), value.clone()),
        None => answers.remove(question),
    };
    let view = opened.evaluate(report, &answers)?;
    let saved_at = opened.core.now();
    keep(value.as_ref(), saved_at, tally(&view))?;
    Ok(Saved { saved_at, view })
}

/// Adds a note: to a draft, and also to what is finished, since a note changes no answer.
pub(crate) fn note(opened: &Opened, args: NoteArgs) -> Result<ReportPage, Failure> {
    let text = check::note(&args.text)?;
    let _writing = opened.session.writing();
    let report = opened.session.find(&args.id)?;
    let form = opened.session.form(&report)?;
    if let Some(question) = &args.question
        && form.question(question).is_none()
    {
        return Err(ErrorCode::UnknownQuestion.with("question", question));
    }
    let id = opened.core.fresh_id();
    opened.session.store.add_note(
        report.id,
        id,
        args.question.as_deref(),
        &text,
        opened.core.now(),
    )?;
    opened.append_notes(&report)?;
    opened.core.emit(Event::ReportsChanged);
    opened.page(&opened.session.find(&args.id)?)
}

impl Opened {
    /// Appends to the journal the notes of a finished report that no entry carries yet.
    pub(crate) fn append_notes(&self, report: &Report) -> Result<(), Failure> {
        let (true, Some(open_seq)) = (is_settled(report), report.open_seq) else {
            return Ok(());
        };
        if self
            .session
            .store
            .notes(report.id)?
            .iter()
            .all(|note| note.seq.is_some())
        {
            return Ok(());
        }
        let form = self.session.form(report)?;
        self.session
            .store
            .append_notes(report.id, self.core.now(), |_, notes| {
                entries::notes(&form, open_seq, notes)
            })?;
        Ok(())
    }

    /// The same for every finished report.
    pub(crate) fn append_waiting_notes(&self) -> Result<(), Failure> {
        self.session
            .store
            .reports()?
            .iter()
            .try_for_each(|report| self.append_notes(report))
    }
}

/// Nothing of the report is being written, so a note has no revision to travel with.
fn is_settled(report: &Report) -> bool {
    matches!(report.state, ReportState::Finished | ReportState::Withdrawn)
}

/// A report whose answers may change.
pub(crate) fn editable(opened: &Opened, id: &str) -> Result<Report, Failure> {
    let report = opened.session.find(id)?;
    if report.sealed_at.is_some() {
        return Err(ErrorCode::Sealed.failure());
    }
    if report.state.is_editable() {
        Ok(report)
    } else {
        Err(wrong_state(report.state))
    }
}
