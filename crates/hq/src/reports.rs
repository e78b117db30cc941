//! Filing entries under their reports: fold, re-check what is finished, write what pages and figures need.

use crate::fold::{Finalised, Problem, Report, Step};
use crate::ledger::{AuditEvent, LedgerError, ReportRow, ReportState, RevisionRow, Write};
use crate::plan::Plan;
use crate::recheck::{Author, Checked, PriorAnswers, recheck, region_of};
use baqylau_domain::{DeviceId, EntryRef, Moment, ReportId};
use baqylau_protocol::{Entry, Place};
use std::collections::HashMap;

/// The report an entry belongs to and what it changed, if it belongs to one; or why it cannot be used.
type Folded = Result<Option<(u64, Step)>, Problem>;

/// Files one device's entries, in order.
pub struct Filing<'a> {
    plan: &'a Plan,
    device: DeviceId,
    team: &'a str,
    /// When headquarters received the entries now being filed.
    pub received_at_ms: i64,
    /// Rebuilding files everything again; what happened is on the audit trail already.
    audited: bool,
    /// Reports met in this run, folded so far.
    reports: HashMap<u64, Report>,
}

/// Folds every entry of the ledger anew. Uses no keys: the entries are held opened.
///
/// # Errors
/// [`LedgerError`]; then everything is as it was.
pub fn rebuild(write: &Write<'_>, plan: &Plan) -> Result<(), LedgerError> {
    write.clear_rebuildable()?;
    for device in write.read().devices()? {
        let mut filing = Filing::again(plan, device.id, &device.team);
        for row in write.read().entries(device.id)? {
            filing.received_at_ms = row.received_at_ms;
            let entry = Entry::decode(&row.bytes).map_err(|_| Problem::Malformed);
            filing.file(write, row.seq, entry.as_ref().map_err(|problem| *problem))?;
        }
    }
    Ok(())
}

impl<'a> Filing<'a> {
    /// Begins with nothing filed.
    #[must_use]
    pub fn new(plan: &'a Plan, device: DeviceId, team: &'a str, received_at_ms: i64) -> Self {
        Self {
            plan,
            device,
            team,
            received_at_ms,
            audited: true,
            reports: HashMap::new(),
        }
    }

    /// The same, for filing again what was filed before.
    #[must_use]
    pub fn again(plan: &'a Plan, device: DeviceId, team: &'a str) -> Self {
        Self {
            audited: false,
            ..Self::new(plan, device, team, 0)
        }
    }

    /// Files the entry under `seq`, which must be in the ledger already.
    ///
    /// # Errors
    /// [`LedgerError`] from the database. An entry that says nothing usable is no error: it is noted.
    pub fn file(
        &mut self,
        write: &Write<'_>,
        seq: u64,
        entry: Result<&Entry, Problem>,
    ) -> Result<(), LedgerError> {
        let step = match entry {
            Err(problem) => Err(problem),
            Ok(entry) => self.fold(write, seq, entry)?,
        };
        match step {
            Err(problem) => write.put_entry_problem(self.device, seq, problem.code()),
            Ok(None) => Ok(()),
            Ok(Some((report, step))) => self.carry_out(write, report, step),
        }
    }

    fn fold(&mut self, write: &Write<'_>, seq: u64, entry: &Entry) -> Result<Folded, LedgerError> {
        let Some(number) = entry.report(seq) else {
            return Ok(Ok(None));
        };
        if number == seq {
            return Ok(match Report::begin(seq, entry) {
                None => Err(Problem::Malformed),
                Some(report) => {
                    write.put_report(&self.row(&report))?;
                    self.reports.insert(seq, report);
                    Ok(None)
                }
            });
        }
        if !self.reports.contains_key(&number) {
            match read_report(write, self.plan, self.device, number, seq)? {
                None => return Ok(Err(Problem::UnknownReport)),
                Some(report) => {
                    self.reports.insert(number, report);
                }
            }
        }
        let Some(report) = self.reports.get_mut(&number) else {
            return Ok(Err(Problem::UnknownReport));
        };
        let form = self.plan.form(report.form).map(AsRef::as_ref);
        Ok(report
            .apply(seq, entry, form)
            .map(|step| Some((number, step))))
    }

    fn carry_out(&self, write: &Write<'_>, number: u64, step: Step) -> Result<(), LedgerError> {
        let Some(report) = self.reports.get(&number) else {
            return Ok(());
        };
        match step {
            Step::Noted => Ok(()),
            Step::Withdrawn => self.withdraw(write, report),
            Step::Finalised(_) => match report.finalised.last() {
                Some(finalised) => self.finish(write, report, finalised),
                None => Ok(()),
            },
        }
    }

    fn finish(
        &self,
        write: &Write<'_>,
        report: &Report,
        finalised: &Finalised,
    ) -> Result<(), LedgerError> {
        let id = self.id(report.seq);
        let prior = self.prior(write, report, finalised.seq)?;
        let checked = recheck(
            self.plan,
            report,
            finalised,
            Author {
                report: id,
                team: self.team,
            },
            &prior,
        );
        let mut row = self.row(report);
        let code = checked.code.clone().unwrap_or_default();
        row.state = if checked.code.is_none() {
            ReportState::Accepted
        } else {
            ReportState::Quarantined
        };
        (row.code, row.current) = (code.clone(), finalised.revision);
        (row.finalise_seq, row.at) = (finalised.seq, finalised.at);
        write.put_report(&row)?;
        write.put_revision(
            &row.id,
            &revision_row(finalised, &checked, self.received_at_ms),
        )?;
        let body = json(&checked.contributions)?;
        write.put_contributions(
            &row.id,
            Some(body.as_str()).filter(|_| checked.code.is_none()),
        )?;
        self.audit(
            write,
            &format!("report.{}", row.state.as_str()),
            &row.id,
            &code,
        )
    }

    fn withdraw(&self, write: &Write<'_>, report: &Report) -> Result<(), LedgerError> {
        let mut row = write
            .read()
            .report(&self.id(report.seq).to_string())?
            .ok_or(LedgerError::Damaged("report"))?;
        row.state = ReportState::Withdrawn;
        write.put_report(&row)?;
        write.put_contributions(&row.id, None)?;
        self.audit(write, "report.withdrawn", &row.id, "")
    }

    fn audit(
        &self,
        write: &Write<'_>,
        action: &str,
        report: &str,
        code: &str,
    ) -> Result<(), LedgerError> {
        if !self.audited {
            return Ok(());
        }
        write.audit(
            &AuditEvent::new(
                self.received_at_ms,
                &self.device.to_string(),
                action,
                report,
            )
            .with(code),
        )
    }

    fn id(&self, seq: u64) -> ReportId {
        ReportId::of(EntryRef {
            device: self.device,
            seq,
        })
    }

    /// A report's row while nothing of it is finished.
    pub(crate) fn row(&self, report: &Report) -> ReportRow {
        let (place_kind, place) = place_words(&report.place);
        let form = self
            .plan
            .form(report.form)
            .map_or_else(|| report.form.to_string(), |form| form.id().0.clone());
        ReportRow {
            id: self.id(report.seq).to_string(),
            device: self.device,
            seq: report.seq,
            form,
            form_ref: report.form.0,
            place_kind: place_kind.to_owned(),
            place: place.to_owned(),
            region: region_of(self.plan, &report.place).unwrap_or_default(),
            team: self.team.to_owned(),
            visit: report.visit,
            state: ReportState::Open,
            code: String::new(),
            current: 0,
            finalise_seq: 0,
            at: Moment {
                utc_ms: report.opened_at.utc_ms,
                offset_min: report.opened_at.offset_min,
            },
            received_at_ms: self.received_at_ms,
        }
    }

    fn prior(
        &self,
        write: &Write<'_>,
        report: &Report,
        as_of: u64,
    ) -> Result<PriorAnswers, LedgerError> {
        let (kind, place) = place_words(&report.place);
        if kind == "none" || kind == "free" {
            return Ok(PriorAnswers::default());
        }
        let rows = write
            .read()
            .prior_answers(self.device, place, report.seq, as_of)?;
        let read =
            |(form, answers): (String, String)| Some((form, serde_json::from_str(&answers).ok()?));
        Ok(PriorAnswers(rows.into_iter().filter_map(read).collect()))
    }
}

/// Folds a report from its entries before `before`.
///
/// # Errors
/// [`LedgerError`] from the database.
pub fn read_report(
    write: &Write<'_>,
    plan: &Plan,
    device: DeviceId,
    number: u64,
    before: u64,
) -> Result<Option<Report>, LedgerError> {
    let rows = write.read().report_entries(device, number)?;
    Ok(fold_rows(
        plan,
        rows.into_iter()
            .filter(|row| row.seq < before)
            .map(|row| (row.seq, row.bytes)),
    ))
}

/// Folds entries (number and bytes, in order) of one report.
#[must_use]
pub fn fold_rows(plan: &Plan, rows: impl Iterator<Item = (u64, Vec<u8>)>) -> Option<Report> {
    let mut report: Option<Report> = None;
    for (seq, bytes) in rows {
        let Ok(entry) = Entry::decode(&bytes) else {
            continue;
        };
        match &mut report {
            None => report = Report::begin(seq, &entry),
            Some(report) => {
                let form = plan.form(report.form).map(AsRef::as_ref);
                // What an entry could not say was noted when it was filed.
                let _ = report.apply(seq, &entry, form);
            }
        }
    }
    report
}

/// Kind and name of a place, as the ledger and the pages write them.
#[must_use]
pub fn place_words(place: &Place) -> (&'static str, &str) {
    match place {
        Place::Station(code) => ("station", code.as_str()),
        Place::Commission(code) => ("commission", code.as_str()),
        Place::Free(words) => ("free", words),
        Place::None => ("none", ""),
    }
}

fn revision_row(finalised: &Finalised, checked: &Checked, received_at_ms: i64) -> RevisionRow {
    RevisionRow {
        number: finalised.revision,
        finalise_seq: finalised.seq,
        answers: json(&checked.answers).unwrap_or_default(),
        code: checked.code.clone().unwrap_or_default(),
        findings: json(&checked.findings).unwrap_or_default(),
        at: finalised.at,
        received_at_ms,
    }
}

fn json<T: serde::Serialize>(value: &T) -> Result<String, LedgerError> {
    serde_json::to_string(value).map_err(|_| LedgerError::Damaged("a value that is no JSON"))
}
