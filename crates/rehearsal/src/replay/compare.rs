//! Nothing lost, nothing doubled, nothing altered: what the devices finished against what headquarters holds.

use crate::error::RehearsalError;
use crate::headquarters::HeldReport;
use baqylau_domain::{Answers, ReportId};
use baqylau_field::view::ReportPage;
use baqylau_indicators::in_force;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A report as its device shows it at the end of the day.
#[derive(Debug, Clone)]
pub struct SentReport {
    /// The id that both sides derive from device and entry.
    pub id: String,
    /// The form.
    pub form: String,
    /// Revisions finished.
    pub revision: u32,
    /// Answers in force.
    pub answers: Answers,
}

impl SentReport {
    /// From the page that the device's screen would show.
    ///
    /// # Errors
    /// When the report has no journal entry, and so was never finished.
    pub fn of(page: &ReportPage) -> Result<Self, RehearsalError> {
        let open = page.row.entry.ok_or_else(|| RehearsalError::Plan {
            what: format!("report {} was never finished", page.row.id),
        })?;
        Ok(Self {
            id: ReportId::of(open).to_string(),
            form: page.row.form.0.clone(),
            revision: page.row.revision,
            answers: in_force(&page.view),
        })
    }
}

/// The comparison of both sides.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reckoning {
    /// Reports in force at headquarters by form.
    pub reports: BTreeMap<String, u64>,
    /// Finished on a device, and not in force at headquarters.
    pub lost: u64,
    /// In headquarters' books more than once, or finished by nobody.
    pub doubled: u64,
    /// In force with another revision or other answers than the device shows.
    pub altered: u64,
    /// Questions whose answers differ in the altered reports, and in how many.
    pub altered_questions: BTreeMap<String, u64>,
    /// Reports that were corrected after finishing.
    pub corrected: u64,
    /// Codes of reports that headquarters set aside.
    pub set_aside: BTreeMap<String, u64>,
}

impl Reckoning {
    /// Compares what was sent with what is held.
    #[must_use]
    pub fn of(sent: &[SentReport], held: &[HeldReport]) -> Self {
        let mut reckoning = Self::default();
        let mut by_id: HashMap<&str, Vec<&HeldReport>> = HashMap::new();
        for report in held {
            by_id.entry(&report.report).or_default().push(report);
            if report.state == "accepted" {
                *reckoning.reports.entry(report.form.clone()).or_default() += 1;
            } else {
                *reckoning.set_aside.entry(report.code.clone()).or_default() += 1;
            }
        }
        for report in sent {
            reckoning.corrected += u64::from(report.revision > 1);
            let copies = by_id.remove(report.id.as_str()).unwrap_or_default();
            reckoning.doubled += copies.len().saturating_sub(1) as u64;
            match copies.iter().find(|copy| copy.state == "accepted") {
                None => reckoning.lost += 1,
                Some(copy) => reckoning.compare(report, copy),
            }
        }
        // What is left was finished by nobody.
        reckoning.doubled += by_id
            .values()
            .map(|copies| copies.len() as u64)
            .sum::<u64>();
        reckoning
    }

    fn compare(&mut self, sent: &SentReport, held: &HeldReport) {
        let nothing = Answers::new();
        let current = held.revisions.iter().find(|it| it.number == held.revision);
        let answers = current.map_or(&nothing, |revision| &revision.answers);
        let names: BTreeSet<&String> = sent.answers.keys().chain(answers.keys()).collect();
        let other: Vec<&String> = names
            .into_iter()
            .filter(|name| sent.answers.get(*name) != answers.get(*name))
            .collect();
        if held.revision != sent.revision || !other.is_empty() {
            self.altered += 1;
        }
        for name in other {
            *self
                .altered_questions
                .entry(format!("{}/{name}", sent.form))
                .or_default() += 1;
        }
    }

    /// Whether every report arrived once, as it was finished.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.lost == 0 && self.doubled == 0 && self.altered == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::headquarters::HeldRevision;
    use baqylau_domain::Value;

    fn answers(text: &str) -> Answers {
        Answers::from([("a".to_owned(), Value::Text(text.to_owned()))])
    }

    fn sent(id: &str) -> SentReport {
        SentReport {
            id: id.to_owned(),
            form: "f".to_owned(),
            revision: 1,
            answers: answers("yes"),
        }
    }

    fn held(id: &str, text: &str) -> HeldReport {
        HeldReport {
            report: id.to_owned(),
            form: "f".to_owned(),
            state: "accepted".to_owned(),
            code: String::new(),
            revision: 1,
            revisions: vec![HeldRevision {
                number: 1,
                answers: answers(text),
            }],
        }
    }

    #[test]
    fn the_same_on_both_sides_is_clean() {
        let reckoning = Reckoning::of(
            &[sent("1"), sent("2")],
            &[held("2", "yes"), held("1", "yes")],
        );
        assert!(reckoning.is_clean());
        assert_eq!(reckoning.reports["f"], 2);
    }

    #[test]
    fn what_headquarters_lacks_is_lost() {
        assert_eq!(
            Reckoning::of(&[sent("1"), sent("2")], &[held("1", "yes")]).lost,
            1
        );
    }

    #[test]
    fn what_nobody_finished_and_what_is_there_twice_is_doubled() {
        assert_eq!(
            Reckoning::of(&[sent("1")], &[held("1", "yes"), held("1", "yes")]).doubled,
            1
        );
        assert_eq!(
            Reckoning::of(&[sent("1")], &[held("1", "yes"), held("3", "yes")]).doubled,
            1
        );
    }

    #[test]
    fn another_answer_is_altered() {
        assert_eq!(Reckoning::of(&[sent("1")], &[held("1", "no")]).altered, 1);
    }

    #[test]
    fn a_report_that_was_set_aside_counts_as_lost() {
        let mut aside = held("1", "yes");
        aside.state = "quarantined".to_owned();
        aside.code = "blocked".to_owned();
        let reckoning = Reckoning::of(&[sent("1")], &[aside]);
        assert_eq!((reckoning.lost, reckoning.set_aside["blocked"]), (1, 1));
    }
}
