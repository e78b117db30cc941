//! What becomes evidence: finishing, correcting, withdrawing. And the draft that never does.

use crate::check;
use crate::commands::{FinishArgs, Nothing, ReasonArgs, ReportArgs};
use crate::core::Opened;
use crate::entries;
use crate::error::ErrorCode;
use crate::failure::{StepError, wrong_state};
use crate::session::tally;
use crate::view::{Event, Failure, FinishOutcome, ReportPage};
use baqylau_domain::{Answers, ObserverCode, ReportState, Transition};
use baqylau_store::Report;

/// Finishes a draft or a correction: all its entries in one transaction. Only a finding that makes the
/// report unusable stops it.
pub(crate) fn finish(opened: &Opened, args: FinishArgs) -> Result<FinishOutcome, Failure> {
    let id = args.id.clone();
    let outcome = append(opened, args)?;
    let FinishOutcome::Finished { .. } = outcome else {
        return Ok(outcome);
    };
    // Where there is no edit window, this is when the answers go.
    opened.seal_beside_exchanges();
    let report = opened.session.find(&id)?;
    let view = opened.view(&report)?;
    let row = opened.row(&report, &view, &opened.session.store.reports_by_place()?)?;
    Ok(FinishOutcome::Finished { row })
}

fn append(opened: &Opened, args: FinishArgs) -> Result<FinishOutcome, Failure> {
    let session = &opened.session;
    let _writing = session.writing();
    let report = session.find(&args.id)?;
    report
        .state
        .after(Transition::Finish)
        .map_err(|refused| wrong_state(refused.from))?;
    let confirmed_by = confirmation(opened, args.confirmed_by)?;
    let answers = session.store.answers(report.id)?;
    let view = opened.evaluate(&report, &answers)?;
    if !view.can_finish {
        return Ok(FinishOutcome::Blocked { view });
    }
    if report.state == ReportState::Correcting && !is_changed(opened, &report, &answers)? {
        return Err(ErrorCode::NothingChanged.failure());
    }
    let form = session.form(&report)?;
    let at = opened.core.now();
    let finished = session.store.finish::<StepError>(
        report.id,
        at,
        &confirmed_by,
        Some(tally(&view)),
        |finishing| entries::finishing(&form, finishing, at, &confirmed_by),
    )?;
    opened.core.emit(Event::ReportsChanged);
    let row = opened.row(&finished, &view, &session.store.reports_by_place()?)?;
    Ok(FinishOutcome::Finished { row })
}

/// Every observer of the team stands behind the report, each once, in the team's order.
fn confirmation(opened: &Opened, given: Vec<ObserverCode>) -> Result<Vec<ObserverCode>, Failure> {
    let library = opened.session.library();
    let team: Vec<_> = library
        .team
        .observers
        .iter()
        .map(|observer| &observer.code)
        .collect();
    if let Some(stranger) = given.iter().find(|code| !team.contains(code)) {
        return Err(ErrorCode::UnknownObserver.with("observer", stranger));
    }
    let missing: Vec<_> = team
        .iter()
        .filter(|code| !given.contains(code))
        .map(|code| code.as_str())
        .collect();
    if !missing.is_empty() {
        return Err(ErrorCode::ConfirmationNeeded.with("missing", missing.join(", ")));
    }
    Ok(team.into_iter().cloned().collect())
}

fn is_changed(opened: &Opened, report: &Report, answers: &Answers) -> Result<bool, Failure> {
    let pictures = opened.session.store.pictures(Some(report.id))?;
    if pictures.iter().any(|it| it.beside && it.seq.is_none()) {
        return Ok(true);
    }
    let revisions = opened.session.store.revisions(report.id)?;
    Ok(revisions
        .last()
        .is_none_or(|latest| &latest.answers != answers))
}

/// Begins a correction.
pub(crate) fn correct(opened: &Opened, args: ReasonArgs) -> Result<ReportPage, Failure> {
    let reason = check::reason(&args.reason)?;
    let _writing = opened.session.writing();
    let report = may(opened, &args.id, Transition::Correct)?;
    let report = opened
        .session
        .store
        .correct(report.id, &reason, opened.core.now())?;
    opened.core.emit(Event::ReportsChanged);
    opened.page(&report)
}

/// Gives a correction up.
pub(crate) fn drop_correction(opened: &Opened, args: ReportArgs) -> Result<ReportPage, Failure> {
    let _writing = opened.session.writing();
    let report = may(opened, &args.id, Transition::DropCorrection)?;
    let report = opened
        .session
        .store
        .drop_correction(report.id, opened.core.now())?;
    // Notes written during the correction are remarks on what stands: they are kept and go in.
    opened.append_notes(&report)?;
    opened.core.emit(Event::ReportsChanged);
    opened.page(&opened.session.find(&args.id)?)
}

/// Takes a finished report back.
pub(crate) fn withdraw(opened: &Opened, args: ReasonArgs) -> Result<ReportPage, Failure> {
    let reason = check::reason(&args.reason)?;
    let _writing = opened.session.writing();
    let report = may(opened, &args.id, Transition::Withdraw)?;
    let at = opened.core.now();
    let report = opened
        .session
        .store
        .withdraw::<StepError>(report.id, at, |numbering| {
            Ok(entries::withdrawal(numbering, at, &reason))
        })?;
    opened.core.emit(Event::ReportsChanged);
    opened.page(&report)
}

/// Throws away a draft that was never finished.
pub(crate) fn discard(opened: &Opened, args: ReportArgs) -> Result<Nothing, Failure> {
    let _writing = opened.session.writing();
    let report = opened.session.find(&args.id)?;
    if report.state != ReportState::Draft {
        return Err(wrong_state(report.state));
    }
    opened.session.store.discard(report.id)?;
    opened.core.emit(Event::ReportsChanged);
    Ok(Nothing {})
}

fn may(opened: &Opened, id: &str, transition: Transition) -> Result<Report, Failure> {
    let report = opened.session.find(id)?;
    if report.sealed_at.is_some() {
        return Err(ErrorCode::Sealed.failure());
    }
    match report.state.after(transition) {
        Ok(_) => Ok(report),
        Err(refused) => Err(wrong_state(refused.from)),
    }
}
