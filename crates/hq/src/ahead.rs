//! Urgent reports that came before what their journals hold in front of them. A device on a bad road sends an incident first;
//! its segment waits, sealed as it came, until the gap has closed. It is read here to be shown at once. Nothing is written, and
//! nothing of it counts before its turn.

use crate::fold::Report;
use crate::headquarters::Headquarters;
use crate::ledger::{LedgerError, Read, ReportRow};
use crate::reports::{Filing, fold_rows};
use baqylau_domain::DeviceId;
use baqylau_protocol::{Entry, open};
use std::collections::BTreeMap;

/// A finished report that is shown before its turn.
pub struct Ahead {
    /// Its row, as it stands when nothing of it is filed.
    pub row: ReportRow,
    /// The report.
    pub report: Report,
}

/// What waits of one report.
#[derive(Default)]
struct Waiting {
    entries: BTreeMap<u64, Vec<u8>>,
    received_at_ms: i64,
}

impl Headquarters {
    /// Urgent reports that are whole and wait for what comes before them, device by device.
    ///
    /// # Errors
    /// [`LedgerError`] from the database. A segment whose key has been destroyed since it came is passed over.
    pub fn ahead(&self) -> Result<Vec<Ahead>, LedgerError> {
        self.ledger.read(|read| {
            let mut ahead = Vec::new();
            for ((device, number), waiting) in self.waiting(read)? {
                ahead.extend(self.whole(read, device, number, waiting)?);
            }
            Ok(ahead)
        })
    }

    fn waiting(&self, read: &Read<'_>) -> Result<BTreeMap<(DeviceId, u64), Waiting>, LedgerError> {
        let mut all: BTreeMap<(DeviceId, u64), Waiting> = BTreeMap::new();
        let secrets = self.intake.secrets.read();
        for (device, sealed, received_at_ms) in read.parked()? {
            let Ok(opened) = open(&sealed, &secrets, self.plan().dictionaries()) else {
                continue;
            };
            for (seq, bytes) in (opened.body.first_seq..).zip(opened.body.entries) {
                let entry = Entry::decode(&bytes).ok();
                if let Some(number) = entry.and_then(|entry| entry.report(seq)) {
                    let waiting = all.entry((device, number)).or_default();
                    waiting.entries.insert(seq, bytes);
                    waiting.received_at_ms = waiting.received_at_ms.max(received_at_ms);
                }
            }
        }
        Ok(all)
    }

    /// The report, if it is urgent and finished; what the ledger holds of it already comes first.
    fn whole(
        &self,
        read: &Read<'_>,
        device: DeviceId,
        number: u64,
        waiting: Waiting,
    ) -> Result<Option<Ahead>, LedgerError> {
        let plan = self.plan();
        let held = read.report_entries(device, number)?;
        let mut entries: BTreeMap<u64, Vec<u8>> =
            held.into_iter().map(|row| (row.seq, row.bytes)).collect();
        entries.extend(waiting.entries.clone());
        let Some(report) = fold_rows(plan, entries.into_iter()) else {
            return Ok(None);
        };
        let form = plan.form(report.form);
        let is_urgent = form
            .and_then(|form| plan.entry(form.id()))
            .is_some_and(|entry| entry.urgent);
        // What is finished already, and waits for nothing but a part of its correction, is no news.
        let news = report.finalised.last();
        let news = news.filter(|it| is_urgent && waiting.entries.contains_key(&it.seq));
        let (Some(finished), Some(author)) = (news, read.device(device)?) else {
            return Ok(None);
        };
        let filing = Filing::new(plan, device, &author.team, waiting.received_at_ms);
        let row = ReportRow {
            at: finished.at,
            current: finished.revision,
            finalise_seq: finished.seq,
            ..filing.row(&report)
        };
        Ok(Some(Ahead { row, report }))
    }
}
