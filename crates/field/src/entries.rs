//! Journal entries for what happens to a report.

use crate::failure::StepError;
use baqylau_domain::{Moment, ObserverCode, PhotoRef};
use baqylau_forms::{Form, WireError};
use baqylau_protocol::{Entry, EntryKind, Place};
use baqylau_store::{EntryRole, Finishing, NewEntry, Note, Numbering};

/// Everything finishing appends: the opening (once), the changed answers, notes, pictures, the confirmation.
pub(crate) fn finishing(
    form: &Form,
    finishing: &Finishing<'_>,
    at: Moment,
    confirmed_by: &[ObserverCode],
) -> Result<Vec<NewEntry>, StepError> {
    let numbering = finishing.numbering;
    let report = numbering.open_seq.unwrap_or(numbering.first_seq);
    let mut entries = Vec::new();
    if numbering.open_seq.is_none() {
        let kind = EntryKind::Open {
            form: form.hash().short(),
            place: place(&finishing.report.place),
            visit: finishing.report.visit,
        };
        entries.push(entry(EntryRole::Open, finishing.report.begun_at, kind));
    }
    let kind = EntryKind::Revision {
        report,
        number: numbering.revision,
        changes: form.encode_changes(finishing.before, finishing.answers)?,
        reason: finishing.report.correction_reason.clone(),
        supersedes: numbering.supersedes,
    };
    entries.push(entry(EntryRole::Revision, at, kind));
    entries.extend(notes(form, report, finishing.notes)?);
    for attachment in finishing.attachments {
        let photo = PhotoRef {
            hash: attachment.hash,
            media_type: attachment.media_type.clone(),
            bytes: attachment.bytes,
        };
        let kind = EntryKind::Attachment {
            report,
            question: index(form, &attachment.question)?,
            photo,
        };
        entries.push(entry(
            EntryRole::Attachment(attachment.hash),
            attachment.at,
            kind,
        ));
    }
    let kind = EntryKind::Finalise {
        report,
        revision: numbering.revision,
        confirmed_by: confirmed_by.to_vec(),
    };
    entries.push(entry(EntryRole::Finalise, at, kind));
    Ok(entries)
}

/// An entry for each note.
pub(crate) fn notes(form: &Form, report: u64, notes: &[Note]) -> Result<Vec<NewEntry>, StepError> {
    let write = |note: &Note| {
        let question = note
            .question
            .as_deref()
            .map(|name| index(form, name))
            .transpose()?;
        let kind = EntryKind::Note {
            report,
            question,
            text: note.text.clone(),
        };
        Ok(entry(EntryRole::Note(note.id), note.at, kind))
    };
    notes.iter().map(write).collect()
}

/// The entry that takes a report back.
pub(crate) fn withdrawal(numbering: &Numbering, at: Moment, reason: &str) -> NewEntry {
    let report = numbering.open_seq.unwrap_or(numbering.first_seq);
    entry(
        EntryRole::Withdraw,
        at,
        EntryKind::Withdraw {
            report,
            reason: reason.to_owned(),
        },
    )
}

fn entry(role: EntryRole, at: Moment, kind: EntryKind) -> NewEntry {
    NewEntry {
        role,
        bytes: Entry::new(at, kind).encode(),
    }
}

fn index(form: &Form, question: &str) -> Result<u16, WireError> {
    let found = form.question(question).map(|(index, _)| index);
    found.ok_or_else(|| WireError::UnknownQuestion {
        name: question.to_owned(),
    })
}

fn place(place: &baqylau_store::Place) -> Place {
    match place {
        baqylau_store::Place::Station(code) => Place::Station(code.clone()),
        baqylau_store::Place::Commission(code) => Place::Commission(code.clone()),
        baqylau_store::Place::Free(text) => Place::Free(text.clone()),
        baqylau_store::Place::Anywhere => Place::None,
    }
}
