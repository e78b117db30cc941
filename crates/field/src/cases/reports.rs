//! Looking at reports and at the outbox.

use crate::cases::exchange::next_bytes;
use crate::commands::{Nothing, ReportArgs, Reports};
use crate::core::Opened;
use crate::view::{Failure, Outbox, ReportPage};
use baqylau_domain::DeliveryState;
use baqylau_store::Report;

/// One report.
pub(crate) fn report(opened: &Opened, args: ReportArgs) -> Result<ReportPage, Failure> {
    opened.page(&opened.session.find(&args.id)?)
}

/// All reports, latest begun first.
pub(crate) fn reports(opened: &Opened, _: Nothing) -> Result<Reports, Failure> {
    let reports = opened.session.store.reports()?;
    Ok(Reports {
        rows: opened.rows(&reports)?,
    })
}

/// What is in the journal and not yet held by headquarters, in the journal's order, which is the order it goes in.
pub(crate) fn outbox(opened: &Opened, _: Nothing) -> Result<Outbox, Failure> {
    let mut waiting: Vec<Report> = Vec::new();
    for report in opened.session.store.reports()? {
        let on_its_way = !matches!(
            opened.session.store.delivery(&report)?,
            DeliveryState::OnDevice
                | DeliveryState::Held { .. }
                | DeliveryState::Quarantined { .. }
        );
        if on_its_way {
            waiting.push(report);
        }
    }
    waiting.sort_by_key(|report| report.last_seq);
    Ok(Outbox {
        evidence: opened.evidence()?,
        waiting: opened.rows(&waiting)?,
        next_bytes: next_bytes(opened)?,
        sending: opened.core.0.road.moving(),
        pictures: opened.picture_counts()?,
    })
}
