//! Pictures: taking them in, taking them away, looking at them, and how far each has travelled.

use crate::cases::visit::{editable, save};
use crate::check;
use crate::commands::{Nothing, PhotoArgs, PictureArgs, RemovePictureArgs};
use crate::core::Opened;
use crate::error::ErrorCode;
use crate::strip::strip;
use crate::view::{
    Event, Failure, Picture, PictureBytes, PictureCounts, PictureState, Pictures, ReportPage,
};
use baqylau_domain::{AttachmentHash, PhotoRef, Value};
use baqylau_forms::QuestionKind;
use baqylau_store::Report;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// Takes a picture in, without what the camera wrote beside it: as the answer to a question that asks for one, beside the
/// answer to any other.
pub(crate) fn photo(opened: &Opened, args: PhotoArgs) -> Result<ReportPage, Failure> {
    let bytes = STANDARD
        .decode(&args.base64)
        .map_err(|error| ErrorCode::BadArguments.with("detail", error))?;
    check::picture(&bytes, &args.media_type)?;
    let bytes = strip(&bytes, &args.media_type)?;
    let _writing = opened.session.writing();
    let report = editable(opened, &args.id)?;
    let form = opened.session.form(&report)?;
    let (_, question) = form
        .question(&args.question)
        .ok_or_else(|| ErrorCode::UnknownQuestion.with("question", &args.question))?;
    let store = &opened.session.store;
    let (id, name, kind) = (report.id, &args.question, &args.media_type);
    if question.kind == QuestionKind::Image {
        let photo = PhotoRef {
            hash: AttachmentHash(Sha256::digest(&bytes).into()),
            media_type: kind.clone(),
            bytes: bytes.len() as u64,
        };
        let value = Some(Value::Photo(photo));
        save(opened, &report, name, value, |_, at, tally| {
            store.put_photo(id, name, kind, &bytes, at, Some(tally))?;
            Ok(())
        })?;
    } else {
        store.add_picture(id, name, kind, &bytes, opened.core.now())?;
    }
    changed(opened, &args.id)
}

/// Takes a picture away that stands beside an answer and is not in the journal.
pub(crate) fn remove_picture(
    opened: &Opened,
    args: RemovePictureArgs,
) -> Result<ReportPage, Failure> {
    let _writing = opened.session.writing();
    let report = editable(opened, &args.id)?;
    let at = opened.core.now();
    let store = &opened.session.store;
    if !store.remove_picture(report.id, &args.question, &args.hash, at)? {
        return Err(ErrorCode::UnknownPicture.failure());
    }
    changed(opened, &args.id)
}

fn changed(opened: &Opened, id: &str) -> Result<ReportPage, Failure> {
    opened.core.emit(Event::ReportsChanged);
    opened.page(&opened.session.find(id)?)
}

/// All pictures of this device, latest first.
pub(crate) fn pictures(opened: &Opened, _: Nothing) -> Result<Pictures, Failure> {
    let mut pictures = opened.pictures(None)?;
    pictures.reverse();
    Ok(Pictures {
        pictures,
        counts: opened.picture_counts()?,
    })
}

/// A picture's bytes.
pub(crate) fn picture(opened: &Opened, args: PictureArgs) -> Result<PictureBytes, Failure> {
    let unknown = || ErrorCode::UnknownPicture.failure();
    let earlier = opened.session.earlier();
    let sessions = std::iter::once(&opened.session).chain(earlier.iter().map(|it| &it.session));
    for session in sessions {
        let known = session.store.pictures(None)?;
        let found = known.into_iter().find(|it| it.photo.hash == args.hash);
        let bytes = session.store.photo(&args.hash)?;
        if let (Some(found), Some(bytes)) = (found, bytes) {
            return Ok(PictureBytes {
                media_type: found.photo.media_type,
                base64: STANDARD.encode(bytes),
            });
        }
    }
    Err(unknown())
}

impl Opened {
    /// Pictures of one report, or of all, oldest first.
    pub(crate) fn pictures(&self, report: Option<&Report>) -> Result<Vec<Picture>, Failure> {
        let rows = self.session.store.pictures(report.map(|it| it.id))?;
        let epoch = self.session.store.cursor()?.server_epoch;
        let is_moving = self
            .core
            .0
            .road
            .moving()
            .is_some_and(|moving| moving.step == "picture");
        let language = self.language();
        let mut known: BTreeMap<Uuid, (Report, baqylau_forms::FormSheet)> = BTreeMap::new();
        let mut pictures = Vec::with_capacity(rows.len());
        for row in rows {
            let (report, sheet) = match known.entry(row.report) {
                Entry::Occupied(place) => place.into_mut(),
                Entry::Vacant(place) => {
                    let report = self.session.find(&row.report.to_string())?;
                    let sheet = self.session.form(&report)?.sheet(&language);
                    place.insert((report, sheet))
                }
            };
            let question = sheet.questions.get(&row.question);
            pictures.push(Picture {
                report: report.id.to_string(),
                spoken_id: self.spoken_id(report),
                form: row.form.clone(),
                number: question.map_or_else(String::new, |it| it.number.clone()),
                label: question.map_or_else(String::new, |it| it.label.clone()),
                hash: row.photo.hash,
                bytes: row.photo.bytes,
                at: row.at,
                state: state(&row, epoch, is_moving),
                is_here: row.is_here,
                may_go: row.beside && row.seq.is_none() && report.state.is_editable(),
                question: row.question,
            });
        }
        Ok(pictures)
    }

    /// How many pictures there are, and how many headquarters has not signed for.
    pub(crate) fn picture_counts(&self) -> Result<PictureCounts, Failure> {
        let epoch = self.session.store.cursor()?.server_epoch;
        let mut seen = BTreeSet::new();
        let mut counts = PictureCounts::default();
        for row in self.session.store.pictures(None)? {
            if !seen.insert(row.photo.hash) {
                continue;
            }
            counts.total += 1;
            match state(&row, epoch, false) {
                PictureState::OnDevice | PictureState::Removed { .. } => {}
                PictureState::Held { .. } => counts.held += 1,
                PictureState::SetAside { .. } => counts.set_aside += 1,
                waits @ (PictureState::Waiting { .. }
                | PictureState::Carried { .. }
                | PictureState::Sending { .. }) => {
                    counts.waiting += 1;
                    counts.carried += u32::from(matches!(waits, PictureState::Carried { .. }));
                    counts.waiting_bytes += if row.total == 0 {
                        row.photo.bytes
                    } else {
                        row.total - row.sent
                    };
                }
            }
        }
        Ok(counts)
    }
}

/// Where a picture is, said of no more than is certain: "held" only by a receipt of the epoch that is believed.
fn state(row: &baqylau_store::Picture, epoch: u64, is_moving: bool) -> PictureState {
    let (done, total) = (row.sent, row.total);
    let receipt = row.receipt.filter(|it| it.server_epoch >= epoch);
    if row.seq.is_none() {
        PictureState::OnDevice
    } else if let Some(receipt) = receipt {
        PictureState::Held {
            received_at_ms: receipt.received_at_ms,
        }
    } else if let Some(receipt) = row.receipt.filter(|_| !row.is_here) {
        PictureState::Removed {
            received_at_ms: receipt.received_at_ms,
        }
    } else if let Some(code) = &row.code {
        PictureState::SetAside { code: code.clone() }
    } else if is_moving && 0 < done && done < total {
        PictureState::Sending { done, total }
    } else if let Some(hands) = row.in_hands.clone() {
        PictureState::Carried {
            by: hands.by,
            road: hands.road,
            at: hands.at,
        }
    } else {
        PictureState::Waiting { done, total }
    }
}
