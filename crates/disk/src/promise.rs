//! What had been acknowledged when the power went, and whether what is found afterwards keeps it.

use crate::look::{Copied, Facts, Found};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use uuid::Uuid;

/// What a session says: what it has done, and for a few acts what it is about to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// About to make a store; whatever was before does not count any more.
    Beginning,
    /// About to let another PIN open the store.
    Trying(String),
    /// This PIN opens it, and no other.
    Pin(String),
    /// The device is somebody.
    Enrolled,
    /// The register is loaded.
    Register,
    /// An answer is saved. Numbers only rise.
    Answer {
        /// Its report.
        report: Uuid,
        /// Its question.
        question: String,
        /// What tells it from every other answer.
        number: u64,
    },
    /// A note is saved.
    Note {
        /// Its report.
        report: Uuid,
        /// Its id.
        note: Uuid,
    },
    /// A report is finished.
    Finished {
        /// The report.
        report: Uuid,
        /// Its revision.
        revision: u32,
        /// Its last entry in the journal.
        last_seq: u64,
    },
    /// A sealed segment is kept.
    Segment {
        /// Its first entry.
        first_seq: u64,
        /// What its bytes follow from.
        number: u64,
    },
    /// A receipt is kept.
    Receipt {
        /// Headquarters holds the journal up to this entry.
        upto_seq: u64,
    },
    /// About to seal a report.
    Sealing {
        /// The report.
        report: Uuid,
    },
    /// It is sealed.
    Sealed {
        /// The report.
        report: Uuid,
    },
    /// A backup of everything is written.
    BackedUp,
    /// That backup lies where a new journal can take it over.
    Restored,
    /// A new journal has taken over what goes on: the drafts.
    TakenOver,
    /// About to damage the database.
    Damaging,
    /// The damaged store was set aside.
    Aside,
    /// About to wipe.
    Wiping,
    /// Wiped.
    Wiped,
}

impl fmt::Display for Said {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Beginning => write!(to, "beginning"),
            Self::Damaging => write!(to, "damaging"),
            Self::Aside => write!(to, "aside"),
            Self::BackedUp => write!(to, "backed-up"),
            Self::Restored => write!(to, "restored"),
            Self::TakenOver => write!(to, "taken-over"),
            Self::Trying(pin) => write!(to, "trying {pin}"),
            Self::Pin(pin) => write!(to, "pin {pin}"),
            Self::Enrolled => write!(to, "enrolled"),
            Self::Register => write!(to, "register"),
            Self::Answer {
                report,
                question,
                number,
            } => write!(to, "answer {report} {question} {number}"),
            Self::Note { report, note } => write!(to, "note {report} {note}"),
            Self::Finished {
                report,
                revision,
                last_seq,
            } => write!(to, "finished {report} {revision} {last_seq}"),
            Self::Segment { first_seq, number } => write!(to, "segment {first_seq} {number}"),
            Self::Receipt { upto_seq } => write!(to, "receipt {upto_seq}"),
            Self::Sealing { report } => write!(to, "sealing {report}"),
            Self::Sealed { report } => write!(to, "sealed {report}"),
            Self::Wiping => write!(to, "wiping"),
            Self::Wiped => write!(to, "wiped"),
        }
    }
}

impl Said {
    /// Reads what [`fmt::Display`] wrote; `None` for anything else.
    #[must_use]
    pub fn read(line: &str) -> Option<Self> {
        let words: Vec<&str> = line.split_whitespace().collect();
        Some(match words.as_slice() {
            ["beginning"] => Self::Beginning,
            ["damaging"] => Self::Damaging,
            ["aside"] => Self::Aside,
            ["backed-up"] => Self::BackedUp,
            ["restored"] => Self::Restored,
            ["taken-over"] => Self::TakenOver,
            ["trying", pin] => Self::Trying((*pin).to_owned()),
            ["pin", pin] => Self::Pin((*pin).to_owned()),
            ["enrolled"] => Self::Enrolled,
            ["register"] => Self::Register,
            ["answer", report, question, number] => Self::Answer {
                report: report.parse().ok()?,
                question: (*question).to_owned(),
                number: number.parse().ok()?,
            },
            ["note", report, note] => Self::Note {
                report: report.parse().ok()?,
                note: note.parse().ok()?,
            },
            ["finished", report, revision, last_seq] => Self::Finished {
                report: report.parse().ok()?,
                revision: revision.parse().ok()?,
                last_seq: last_seq.parse().ok()?,
            },
            ["segment", first_seq, number] => Self::Segment {
                first_seq: first_seq.parse().ok()?,
                number: number.parse().ok()?,
            },
            ["receipt", upto_seq] => Self::Receipt {
                upto_seq: upto_seq.parse().ok()?,
            },
            ["sealing", report] => Self::Sealing {
                report: report.parse().ok()?,
            },
            ["sealed", report] => Self::Sealed {
                report: report.parse().ok()?,
            },
            ["wiping"] => Self::Wiping,
            ["wiped"] => Self::Wiped,
            _ => return None,
        })
    }
}

/// How far a wipe has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Wipe {
    #[default]
    NotAsked,
    Asked,
    Done,
}

/// Everything acknowledged so far.
#[derive(Debug, Clone, Default)]
pub struct Promise {
    pins: BTreeSet<String>,
    is_enrolled: bool,
    has_register: bool,
    answers: BTreeMap<(Uuid, String), u64>,
    /// Every answer that was ever given.
    given: BTreeSet<(Uuid, String, u64)>,
    highest: u64,
    notes: BTreeSet<(Uuid, Uuid)>,
    /// Reports finished before that were answered again since.
    corrected: BTreeSet<Uuid>,
    /// Answers as they were when a revision was finished.
    revisions: BTreeMap<(Uuid, u32), BTreeMap<String, u64>>,
    last_seq: u64,
    segments: BTreeSet<(u64, u64)>,
    held_upto: u64,
    /// Reports that may be sealed by now.
    sealing: BTreeSet<Uuid>,
    /// Reports that are.
    sealed: BTreeSet<Uuid>,
    is_damaged: bool,
    is_aside: bool,
    wipe: Wipe,
    /// What the backup on the stick holds. It outlives the store.
    backup: Option<Box<Promise>>,
    /// What the restored journal holds, beside the new store or before there is one.
    restored: Option<Box<Promise>>,
}

/// How a promise was broken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Broken {
    /// So many acknowledged things are gone or other.
    Lost(u64),
    /// The store does not open as a whole.
    Corrupt,
    /// A wipe has left something of the store, or the app is not as at its first start.
    HalfWiped,
}

impl Promise {
    /// Takes in what was said.
    pub fn hear(&mut self, said: &Said) {
        match said {
            Said::Beginning => {
                *self = Self {
                    backup: self.backup.take(),
                    ..Self::default()
                }
            }
            Said::BackedUp => {
                let now = Self {
                    backup: None,
                    ..self.clone()
                };
                self.backup = Some(Box::new(now));
            }
            Said::Restored => self.restored.clone_from(&self.backup),
            Said::TakenOver => self.take_over(),
            Said::Damaging => self.is_damaged = true,
            Said::Aside => self.is_aside = true,
            Said::Trying(pin) => {
                self.pins.insert(pin.clone());
            }
            Said::Pin(pin) => self.pins = [pin.clone()].into(),
            Said::Enrolled => self.is_enrolled = true,
            Said::Register => self.has_register = true,
            Said::Answer {
                report,
                question,
                number,
            } => {
                self.highest = self.highest.max(*number);
                if self.revisions.keys().any(|(it, _)| it == report) {
                    self.corrected.insert(*report);
                }
                self.given.insert((*report, question.clone(), *number));
                self.answers.insert((*report, question.clone()), *number);
            }
            Said::Note { report, note } => {
                self.notes.insert((*report, *note));
            }
            Said::Finished {
                report,
                revision,
                last_seq,
            } => {
                self.last_seq = *last_seq;
                self.corrected.remove(report);
                let answers = self.answers.iter().filter(|((of, _), _)| of == report);
                let answers = answers.map(|((_, question), number)| (question.clone(), *number));
                self.revisions
                    .insert((*report, *revision), answers.collect());
            }
            Said::Segment { first_seq, number } => {
                self.segments.insert((*first_seq, *number));
            }
            Said::Receipt { upto_seq } => self.held_upto = *upto_seq,
            Said::Sealing { report } => {
                self.sealing.insert(*report);
            }
            Said::Sealed { report } => {
                self.sealed.insert(*report);
            }
            Said::Wiping => self.wipe = Wipe::Asked,
            Said::Wiped => self.wipe = Wipe::Done,
        }
    }

    /// What was unfinished in the restored journal is promised in the new store too.
    fn take_over(&mut self) {
        let Some(before) = &self.restored else { return };
        let is_draft = |report: &Uuid| {
            let mut finished = before.revisions.keys();
            !finished.any(|(it, _)| it == report) || before.corrected.contains(report)
        };
        let answers = before.answers.iter().filter(|((it, _), _)| is_draft(it));
        self.answers = answers
            .map(|(key, number)| (key.clone(), *number))
            .collect();
        self.given.clone_from(&before.given);
        self.highest = before.highest;
        self.is_enrolled = true;
        self.pins = [crate::session::PINS[0].to_owned()].into();
    }

    /// Holds what was found against it; `None`: kept.
    #[must_use]
    pub fn judge(&self, facts: &Facts) -> Option<Broken> {
        let beside = facts.beside();
        let backup = self.judge_copy(self.backup.as_deref(), &beside.backup);
        let restored = self.wipe == Wipe::NotAsked;
        let restored =
            restored.then(|| self.judge_copy(self.restored.as_deref(), &beside.restored));
        backup
            .or(restored.flatten())
            .or_else(|| self.judge_store(facts))
    }

    /// A backup, or the journal restored from one: whole, or not there at all, and there once that was said.
    fn judge_copy(&self, promised: Option<&Self>, found: &Copied) -> Option<Broken> {
        match (promised, found) {
            (_, Copied::Broken(_)) => Some(Broken::Corrupt),
            (Some(promised), Copied::None) => Some(Broken::Lost(promised.count())),
            (Some(promised), Copied::Whole(found)) => promised.judge_open(found),
            // It may have its name before that was said; then it holds what the store does.
            (None, Copied::Whole(_) | Copied::None) => None,
        }
    }

    fn judge_store(&self, facts: &Facts) -> Option<Broken> {
        if let Facts::With(both) = facts {
            return self.judge_store(&both.0);
        }
        match (self.wipe, facts) {
            (Wipe::Done, Facts::Open(_) | Facts::Aside(_)) => Some(Broken::HalfWiped),
            // What was set aside by mistake is corrupt; what was damaged must be kept there as it was.
            (Wipe::NotAsked, Facts::Aside(_)) if !self.is_damaged => Some(Broken::Corrupt),
            (Wipe::NotAsked, Facts::Open(_)) if self.is_aside => Some(Broken::Corrupt),
            (Wipe::NotAsked | Wipe::Asked, Facts::Open(found) | Facts::Aside(found)) => {
                self.judge_open(found)
            }
            (Wipe::NotAsked, Facts::Nothing { begins_anew, .. }) => {
                let lost = self.count();
                if lost > 0 {
                    Some(Broken::Lost(lost))
                } else {
                    (!begins_anew).then_some(Broken::Corrupt)
                }
            }
            (_, Facts::Nothing { left, begins_anew }) => {
                (!left.is_empty() || !begins_anew).then_some(Broken::HalfWiped)
            }
            (Wipe::NotAsked, Facts::Refused(_)) => Some(Broken::Corrupt),
            (_, Facts::Refused(_)) => Some(Broken::HalfWiped),
            // Seen to above.
            (_, Facts::With(_)) => None,
        }
    }

    /// Whether every answer found was given some time: a store may have forgotten, but must never invent.
    #[must_use]
    pub fn has_given_all_of(&self, found: &Found) -> bool {
        found.reports.iter().all(|(report, it)| {
            let answers = it.answers.iter();
            let mut all = answers.chain(it.revisions.values().flatten());
            all.all(|(question, number)| self.given.contains(&(*report, question.clone(), *number)))
        })
    }

    /// Everything acknowledged, counted. A PIN that is only being tried is no promise.
    fn count(&self) -> u64 {
        let things = self.answers.len()
            + self.notes.len()
            + self.revisions.len()
            + self.segments.len()
            + self.pins.len();
        things as u64
    }

    fn judge_open(&self, found: &Found) -> Option<Broken> {
        // Before the store's making was acknowledged any PIN of the session may open it.
        let is_pin_wrong = !self.pins.is_empty() && !self.pins.contains(&found.pin);
        let mut lost = u64::from(is_pin_wrong)
            + u64::from(self.is_enrolled && !found.is_enrolled)
            + u64::from(self.has_register && !found.has_register)
            + u64::from(found.next_seq <= self.last_seq)
            + u64::from(found.held_upto < self.held_upto);
        let is_sealed = |report: &Uuid| found.reports.get(report).is_some_and(|it| it.is_sealed);
        lost += self.judge_sealed(found);
        let still = self
            .answers
            .iter()
            .filter(|((report, _), _)| !is_sealed(report));
        for ((report, question), number) in still {
            let answers = found.reports.get(report).map(|report| &report.answers);
            let is = answers.and_then(|answers| answers.get(question));
            // One later answer may have been on its way.
            lost += u64::from(is.is_none_or(|is| is < number || *is > self.highest + 1));
        }
        let still = self
            .revisions
            .iter()
            .filter(|((report, _), _)| !is_sealed(report));
        for ((report, revision), answers) in still {
            let revisions = found.reports.get(report).map(|report| &report.revisions);
            let is = revisions.and_then(|revisions| revisions.get(revision));
            lost += u64::from(is != Some(answers));
        }
        for (report, note) in &self.notes {
            let notes = found.reports.get(report).map(|report| &report.notes);
            lost += u64::from(notes.is_none_or(|notes| !notes.contains(note)));
        }
        lost += self.segments.difference(&found.segments).count() as u64;
        (lost > 0).then_some(Broken::Lost(lost))
    }

    /// Breaches of what sealing promises: a report is whole or sealed and never half, and what is sealed lies in segments
    /// that are whole.
    fn judge_sealed(&self, found: &Found) -> u64 {
        let mut broken = 0;
        for (report, it) in &found.reports {
            let is_half = it.is_sealed
                && (!it.answers.is_empty()
                    || it.revisions.values().any(|answers| !answers.is_empty()));
            let is_too_early = it.is_sealed && !self.sealing.contains(report);
            let is_forgotten = !it.is_sealed && self.sealed.contains(report);
            broken += u64::from(is_half)
                + u64::from(is_too_early)
                + u64::from(is_forgotten)
                + u64::from(it.is_lost);
        }
        broken
    }
}

#[cfg(test)]
mod tests;
