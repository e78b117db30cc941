//! Folding a report's entries into the report as its author sees it. Pure; nothing is ever overwritten:
//! every revision stays beside the one that superseded it.

use baqylau_domain::{Answers, FormRef, Moment, ObserverCode, PhotoRef};
use baqylau_forms::Form;
use baqylau_protocol::{Entry, EntryKind, Place};
use std::collections::BTreeMap;

/// A report with everything that was ever said about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// Number of its `Open` entry.
    pub seq: u64,
    /// The form definition it is filled in with.
    pub form: FormRef,
    /// Where.
    pub place: Place,
    /// Which visit of the team.
    pub visit: u16,
    /// When it was begun, as claimed.
    pub opened_at: Moment,
    /// Revisions by number.
    pub revisions: BTreeMap<u32, Revision>,
    /// Confirmations, in order.
    pub finalised: Vec<Finalised>,
    /// Taken back by its author.
    pub withdrawn: Option<Withdrawn>,
    /// Remarks, in order.
    pub notes: Vec<Note>,
    /// Pictures announced, in order.
    pub photos: Vec<Photo>,
}

/// One state of a report's answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Revision {
    /// Its entry.
    pub seq: u64,
    /// When, as claimed.
    pub at: Moment,
    /// The answers, or why they cannot be read.
    pub answers: Result<Answers, Problem>,
    /// Why a finished report was corrected.
    pub reason: Option<String>,
    /// The entry of the revision that this one supersedes.
    pub supersedes: Option<u64>,
}

/// The observers confirmed a revision.
#[derive(Debug, Clone, PartialEq)]
pub struct Finalised {
    /// Its entry.
    pub seq: u64,
    /// When, as claimed.
    pub at: Moment,
    /// The revision.
    pub revision: u32,
    /// Who confirmed it.
    pub confirmed_by: Vec<ObserverCode>,
}

/// The author took the report back.
#[derive(Debug, Clone, PartialEq)]
pub struct Withdrawn {
    /// Its entry.
    pub seq: u64,
    /// When, as claimed.
    pub at: Moment,
    /// Why.
    pub reason: String,
}

/// A remark.
#[derive(Debug, Clone, PartialEq)]
pub struct Note {
    /// When, as claimed.
    pub at: Moment,
    /// The question's index, if it is about one.
    pub question: Option<u16>,
    /// The remark.
    pub text: String,
}

/// A picture of a question.
#[derive(Debug, Clone, PartialEq)]
pub struct Photo {
    /// When it was attached, as claimed.
    pub at: Moment,
    /// The question's index.
    pub question: u16,
    /// The picture.
    pub photo: PhotoRef,
}

/// What an entry changed about a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Nothing that headquarters' figures depend on.
    Noted,
    /// A revision was confirmed.
    Finalised(u32),
    /// The report was taken back.
    Withdrawn,
}

/// Why an entry says nothing headquarters can use. It stays in the ledger all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    /// The form definition is not known here.
    UnknownForm,
    /// An answer does not fit the form.
    UnreadableAnswers,
    /// A revision before it is missing, or its number is taken.
    RevisionOrder,
    /// It confirms a revision that is not there.
    RevisionMissing,
    /// It belongs to a report that was never opened.
    UnknownReport,
    /// It changes a report that was taken back.
    Withdrawn,
    /// Its bytes are no entry.
    Malformed,
}

impl Problem {
    /// The stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::UnknownForm => "unknown_form",
            Self::UnreadableAnswers => "unreadable_answers",
            Self::RevisionOrder => "revision_order",
            Self::RevisionMissing => "revision_missing",
            Self::UnknownReport => "unknown_report",
            Self::Withdrawn => "withdrawn",
            Self::Malformed => "malformed",
        }
    }
}

impl Report {
    /// A report from its `Open` entry; `None` when the entry is none.
    #[must_use]
    pub fn begin(seq: u64, entry: &Entry) -> Option<Self> {
        let EntryKind::Open { form, place, visit } = &entry.kind else {
            return None;
        };
        Some(Self {
            seq,
            form: *form,
            place: place.clone(),
            visit: *visit,
            opened_at: entry.at,
            revisions: BTreeMap::new(),
            finalised: Vec::new(),
            withdrawn: None,
            notes: Vec::new(),
            photos: Vec::new(),
        })
    }

    /// Folds the next entry of this report in. `form` is the definition it names, if headquarters has it.
    ///
    /// # Errors
    /// [`Problem`] when the entry cannot be used; the report stays as it was.
    pub fn apply(&mut self, seq: u64, entry: &Entry, form: Option<&Form>) -> Result<Step, Problem> {
        if self.withdrawn.is_some() {
            return Err(Problem::Withdrawn);
        }
        let at = entry.at;
        match &entry.kind {
            EntryKind::Revision {
                number,
                changes,
                reason,
                supersedes,
                ..
            } => {
                let answers = self.next_answers(*number, changes, form)?;
                let (reason, supersedes) = (reason.clone(), *supersedes);
                self.revisions.insert(
                    *number,
                    Revision {
                        seq,
                        at,
                        answers,
                        reason,
                        supersedes,
                    },
                );
                Ok(Step::Noted)
            }
            EntryKind::Finalise {
                revision,
                confirmed_by,
                ..
            } => {
                if !self.revisions.contains_key(revision) {
                    return Err(Problem::RevisionMissing);
                }
                let (revision, confirmed_by) = (*revision, confirmed_by.clone());
                self.finalised.push(Finalised {
                    seq,
                    at,
                    revision,
                    confirmed_by,
                });
                Ok(Step::Finalised(revision))
            }
            EntryKind::Withdraw { reason, .. } => {
                self.withdrawn = Some(Withdrawn {
                    seq,
                    at,
                    reason: reason.clone(),
                });
                Ok(Step::Withdrawn)
            }
            EntryKind::Note { question, text, .. } => {
                self.notes.push(Note {
                    at,
                    question: *question,
                    text: text.clone(),
                });
                Ok(Step::Noted)
            }
            EntryKind::Attachment {
                question, photo, ..
            } => {
                self.photos.push(Photo {
                    at,
                    question: *question,
                    photo: photo.clone(),
                });
                Ok(Step::Noted)
            }
            EntryKind::Open { .. } | EntryKind::Unknown { .. } => Ok(Step::Noted),
        }
    }

    /// A revision is a change from the one before, so one unreadable revision spoils those after it.
    fn next_answers(
        &self,
        number: u32,
        changes: &[baqylau_domain::WireChange],
        form: Option<&Form>,
    ) -> Result<Result<Answers, Problem>, Problem> {
        let last = self.revisions.last_key_value();
        if number != last.map_or(1, |(number, _)| number.saturating_add(1)) {
            return Err(Problem::RevisionOrder);
        }
        let Some(form) = form else {
            return Ok(Err(Problem::UnknownForm));
        };
        let before = last.map_or_else(
            || Ok(Answers::new()),
            |(_, revision)| revision.answers.clone(),
        );
        Ok(before.and_then(
            |mut answers| match form.apply_changes(&mut answers, changes) {
                Ok(()) => Ok(answers),
                Err(_) => Err(Problem::UnreadableAnswers),
            },
        ))
    }
}
