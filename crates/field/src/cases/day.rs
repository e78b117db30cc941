//! The day at a glance.

use crate::commands::Nothing;
use crate::core::Opened;
use crate::library::{Library, per_team};
use crate::view::{DayStep, Failure, Today};
use baqylau_domain::{Moment, ReportState};
use baqylau_store::Report;
use chrono::Timelike as _;

/// The day: its steps, what is open, and the state of the evidence.
pub(crate) fn today(opened: &Opened, _: Nothing) -> Result<Today, Failure> {
    let now = opened.core.now();
    let reports = opened.session.store.reports()?;
    let drafts: Vec<_> = reports
        .iter()
        .filter(|report| report.state.is_editable())
        .cloned()
        .collect();
    Ok(Today {
        date: now
            .local()
            .map(|local| local.date_naive().to_string())
            .unwrap_or_default(),
        steps: steps(&opened.session.library(), &reports, now),
        drafts: opened.rows(&drafts)?,
        evidence: opened.evidence()?,
    })
}

fn steps(library: &Library, reports: &[Report], now: Moment) -> Vec<DayStep> {
    let minute = now
        .local()
        .map_or(0, |local| local.hour() * 60 + local.minute());
    let forms = library
        .pack
        .about
        .forms
        .iter()
        .filter(|entry| entry.counts_as.is_some());
    let plan: Vec<_> = forms
        .map(|entry| {
            let count = |wanted: fn(&Report) -> bool| {
                let found = reports
                    .iter()
                    .filter(|report| report.form == entry.id && wanted(report))
                    .count();
                u32::try_from(found).unwrap_or(u32::MAX)
            };
            let step = Planned {
                from_min: entry.from_min().map_or(0, u32::from),
                most: per_team(entry).map(u32::from),
                finished: count(|report| {
                    matches!(
                        report.state,
                        ReportState::Finished | ReportState::Correcting
                    )
                }),
                drafts: count(|report| report.state == ReportState::Draft),
            };
            (entry.id.clone(), step)
        })
        .collect();
    let next = next(
        &plan.iter().map(|(_, step)| *step).collect::<Vec<_>>(),
        minute,
    );
    let step = |(index, (form, step)): (usize, (_, Planned))| DayStep {
        form,
        finished: step.finished,
        drafts: step.drafts,
        next: next == Some(index),
    };
    plan.into_iter().enumerate().map(step).collect()
}

/// One step as the plan and the reports have it.
#[derive(Debug, Clone, Copy)]
struct Planned {
    from_min: u32,
    most: Option<u32>,
    finished: u32,
    drafts: u32,
}

/// The step to do next: what is begun; otherwise the latest whose time has come and that is not done,
/// never one before a step already done; before the first one's time, the first.
fn next(steps: &[Planned], minute: u32) -> Option<usize> {
    if let Some(begun) = steps.iter().rposition(|step| step.drafts > 0) {
        return Some(begun);
    }
    let open = |step: &Planned| step.most.is_none_or(|most| step.finished < most);
    let earliest = steps
        .iter()
        .rposition(|step| step.finished > 0)
        .unwrap_or(0);
    let ahead = || {
        steps
            .iter()
            .enumerate()
            .skip(earliest)
            .filter(|(_, step)| open(step))
    };
    let due = ahead().rfind(|(_, step)| step.from_min <= minute);
    due.or_else(|| ahead().next()).map(|(index, _)| index)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(finished: [u32; 4]) -> Vec<Planned> {
        let plan = [
            (390, Some(1)),
            (420, None),
            (1200, Some(1)),
            (1290, Some(1)),
        ];
        plan.into_iter()
            .zip(finished)
            .map(|((from_min, most), finished)| Planned {
                from_min,
                most,
                finished,
                drafts: 0,
            })
            .collect()
    }

    #[test]
    fn the_day_goes_from_opening_to_tabulation() {
        assert_eq!(
            next(&day([0, 0, 0, 0]), 300),
            Some(0),
            "before dawn: the opening"
        );
        assert_eq!(next(&day([0, 0, 0, 0]), 400), Some(0));
        assert_eq!(
            next(&day([1, 0, 0, 0]), 405),
            Some(1),
            "the opening is done"
        );
        assert_eq!(next(&day([1, 7, 0, 0]), 900), Some(1), "visits have no end");
        assert_eq!(next(&day([1, 9, 0, 0]), 1210), Some(2), "polls closed");
        assert_eq!(next(&day([1, 9, 1, 0]), 1250), Some(3), "the count is done");
        assert_eq!(next(&day([1, 9, 1, 1]), 1400), None, "all done");
    }

    #[test]
    fn a_draft_comes_before_everything() {
        let mut day = day([1, 3, 0, 0]);
        day[1].drafts = 1;
        assert_eq!(next(&day, 1300), Some(1));
    }
}
