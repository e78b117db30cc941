//! What happens to pictures that devices send, their own and others': runs are put together, and what is whole is opened,
//! held against the entry that names it, and kept. What arrives whole over the network is not thrown away but beyond
//! [`APART_LIMIT`]; what comes in a bundle and does not fit stays in that bundle alone.

use crate::headquarters::Headquarters;
use crate::intake::Intake;
use crate::ledger::{AuditEvent, LedgerError, PictureBrief, PictureRow, Read, Upload, Write};
use baqylau_domain::{AttachmentHash, DeviceId, PhotoRef};
use baqylau_protocol::{
    Entry, EntryKind, OpenedPicture, PictureError, PictureHead, PictureReceipt, PictureRun,
    PictureVerdict, QuarantineCode, SealedHash, SignedEnvelope, SignedPictureReceipt, limits,
    open_picture,
};
use sha2::{Digest as _, Sha256};
use std::sync::Arc;

/// Pictures of one device that are kept apart; what comes beyond gets its verdict and is not kept.
const APART_LIMIT: u64 = 64;

/// What a run came to.
pub(crate) enum Received {
    /// There is no more to do.
    Judged(Judged),
    /// All of it is here and has to be looked at.
    Whole(Upload),
}

/// A verdict and, of a picture that is held, what its receipt will say.
pub(crate) struct Judged {
    pub(crate) verdict: PictureVerdict,
    pub(crate) held: Option<PictureBrief>,
    /// Whether anything changed that pages show.
    pub(crate) changed: bool,
}

/// A whole sealed picture with everything worked out that needs no transaction.
pub(crate) struct PreparedPicture {
    /// Where its runs lie; none of what came whole in a bundle.
    upload: Option<Upload>,
    name: SealedHash,
    sealed: Vec<u8>,
    /// Whether the bytes are those that were announced.
    is_true: bool,
    content: Result<OpenedPicture, PictureError>,
}

impl Judged {
    fn of(verdict: PictureVerdict) -> Self {
        Self {
            verdict,
            held: None,
            changed: false,
        }
    }

    fn held(picture: PictureBrief) -> Self {
        Self {
            held: Some(picture),
            ..Self::of(PictureVerdict::Held)
        }
    }

    fn more(upload: Upload) -> Self {
        Self::of(PictureVerdict::More { held: upload.held })
    }

    fn apart(code: QuarantineCode) -> Self {
        Self::of(PictureVerdict::Quarantined { code })
    }
}

/// Takes in what is new of a run, in one transaction.
pub(crate) fn receive(
    write: &Write<'_>,
    run: &PictureRun,
    now_ms: i64,
) -> Result<Received, LedgerError> {
    let (device, name) = (run.device, &run.picture.0);
    write.heard(device, now_ms)?;
    if let Some(known) = write.read().held_by_name(name)? {
        // Whoever brought it first: none of it need come again, and what was begun here is of no use.
        forget(write, write.read().upload(device, name)?)?;
        return Ok(Received::Judged(Judged::held(known)));
    }
    if let Some(known) = write.read().picture_named(device, name)? {
        // Asking again gives what was said before: same time, same bytes.
        let code = QuarantineCode::of(&known.code);
        return Ok(Received::Judged(Judged::apart(code)));
    }
    let judged = |verdict| Ok(Received::Judged(Judged::of(verdict)));
    if run.total == 0 || run.total > limits::PICTURE_WIRE_BYTES as u64 {
        return judged(PictureVerdict::TooLarge);
    }
    let upload = match write.read().upload(device, name)? {
        Some(upload) if upload.total == run.total => upload,
        Some(_) => return judged(PictureVerdict::OtherBytes),
        None => write.begin_upload(device, name, run.total, now_ms)?,
    };
    let end = run.offset.saturating_add(run.bytes.len() as u64);
    if run.offset > upload.held {
        return Ok(Received::Judged(Judged::more(upload)));
    }
    if end > run.total || !repeats(write, upload, run)? {
        return judged(PictureVerdict::OtherBytes);
    }
    let known = usize::try_from(upload.held - run.offset).unwrap_or(usize::MAX);
    let new = run.bytes.get(known..).unwrap_or_default();
    let upload = if new.is_empty() {
        upload
    } else {
        write.add_run(upload, new, now_ms)?
    };
    Ok(if upload.held == upload.total {
        Received::Whole(upload)
    } else {
        Received::Judged(Judged::more(upload))
    })
}

/// Whether what a run has in common with what is held is the same.
fn repeats(write: &Write<'_>, upload: Upload, run: &PictureRun) -> Result<bool, LedgerError> {
    if run.offset == upload.held || run.bytes.is_empty() {
        return Ok(true);
    }
    let held = write.read().upload_bytes(upload)?;
    let from = usize::try_from(run.offset).unwrap_or(usize::MAX);
    let held = held.get(from..).unwrap_or_default();
    Ok(held.iter().zip(&run.bytes).all(|(held, sent)| held == sent))
}

/// Opens a whole upload away from the runtime's threads, and judges it. With the verdict, the ledger's epoch.
pub(crate) async fn judge(
    headquarters: &Arc<Headquarters>,
    device: DeviceId,
    name: SealedHash,
    upload: Upload,
    now_ms: i64,
) -> Result<(Judged, u64), LedgerError> {
    let opening = Arc::clone(headquarters);
    let prepared = tokio::task::spawn_blocking(move || prepare(&opening, name, upload)).await;
    let prepared = prepared.unwrap_or(Err(LedgerError::Stopped))?;
    let taking = Arc::clone(headquarters);
    let judged = headquarters.ledger.write(move |write| {
        let judged = taking
            .intake
            .take_picture(write, Some(device), prepared, now_ms)?;
        Ok::<_, LedgerError>((judged, write.read().epoch()?))
    });
    judged.await
}

/// Puts a whole upload together and opens it.
fn prepare(
    headquarters: &Headquarters,
    name: SealedHash,
    upload: Upload,
) -> Result<PreparedPicture, LedgerError> {
    let sealed = headquarters.ledger.read(|read| read.upload_bytes(upload))?;
    let content = open_picture(&sealed, &headquarters.intake.secrets.read());
    Ok(PreparedPicture {
        upload: Some(upload),
        name,
        is_true: SealedHash::of(&sealed) == name,
        sealed,
        content,
    })
}

impl Intake {
    /// Opens a sealed picture that came whole.
    pub(crate) fn prepare_picture(&self, sealed: Vec<u8>) -> PreparedPicture {
        PreparedPicture {
            upload: None,
            name: SealedHash::of(&sealed),
            content: open_picture(&sealed, &self.secrets.read()),
            is_true: true,
            sealed,
        }
    }

    /// Judges a whole picture, in one transaction. `bringer` is the device that sent it; none for what lay in a bundle.
    pub(crate) fn take_picture(
        &self,
        write: &Write<'_>,
        bringer: Option<DeviceId>,
        picture: PreparedPicture,
        now_ms: i64,
    ) -> Result<Judged, LedgerError> {
        if !picture.is_true {
            // Damaged on its way: it begins again.
            forget(write, picture.upload)?;
            return Ok(Judged::of(PictureVerdict::More { held: 0 }));
        }
        let row = |device, seq, photo: &PhotoRef, body| PictureRow {
            device,
            seq,
            hash: photo.hash.0,
            media_type: photo.media_type.clone(),
            code: String::new(),
            body,
            received_at_ms: now_ms,
        };
        let opened = match &picture.content {
            Ok(opened) => opened,
            Err(PictureError::UnknownKey(_)) => {
                forget(write, picture.upload)?;
                return Ok(Judged::of(PictureVerdict::UnknownKey));
            }
            Err(_) => {
                let sealed = PhotoRef {
                    hash: AttachmentHash(picture.name.0),
                    media_type: String::new(),
                    bytes: picture.sealed.len() as u64,
                };
                let body = picture.sealed.clone();
                let kept = bringer.map(|bringer| row(bringer, None, &sealed, body));
                return keep_apart(write, &picture, kept, QuarantineCode::Malformed);
            }
        };
        let PictureHead {
            device, seq, photo, ..
        } = &opened.head;
        let body = || opened.bytes.clone();
        let refusal = if bringer == Some(*device) {
            self.refusal(write, opened)?
        } else {
            self.refusal_of_brought(write, opened)?
        };
        match refusal {
            Some(Refusal::NotYet) => Ok(Judged::of(PictureVerdict::Waits)),
            Some(Refusal::Apart(code)) => {
                // What is brought for somebody else proves nothing about them: it stands with whoever brought it.
                let seq = bringer.filter(|by| by == device).map(|_| *seq);
                let kept = bringer.map(|bringer| row(bringer, seq, photo, body()));
                keep_apart(write, &picture, kept, code)
            }
            None => {
                let row = row(*device, Some(*seq), photo, body());
                write.add_picture(&picture.name.0, &row)?;
                forget(write, picture.upload)?;
                let held = write.read().picture_named(*device, &picture.name.0)?;
                let held = held.ok_or(LedgerError::Damaged("picture"))?;
                Ok(Judged {
                    changed: true,
                    ..Judged::held(held)
                })
            }
        }
    }

    /// Why a device's own picture is not taken: for good, or because its entry has not come.
    fn refusal(
        &self,
        write: &Write<'_>,
        opened: &OpenedPicture,
    ) -> Result<Option<Refusal>, LedgerError> {
        if let Some(code) = self.refusal_whoever(write, opened)? {
            return Ok(Some(Refusal::Apart(code)));
        }
        Ok(match entry_names(write, opened)? {
            None => Some(Refusal::NotYet),
            Some(true) if is_picture(&opened.head.photo.media_type, &opened.bytes) => None,
            Some(_) => Some(Refusal::Apart(QuarantineCode::Malformed)),
        })
    }

    /// The same of a picture that somebody else brings. Whoever brings it learns nothing of the journal that it is said to
    /// belong to: "not yet" and "never" sound alike.
    fn refusal_of_brought(
        &self,
        write: &Write<'_>,
        opened: &OpenedPicture,
    ) -> Result<Option<Refusal>, LedgerError> {
        if opened.head.event != self.event {
            return Ok(Some(Refusal::Apart(QuarantineCode::WrongEvent)));
        }
        let is_known = write.read().device(opened.head.device)?.is_some();
        if is_known && let Some(code) = self.refusal_whoever(write, opened)? {
            return Ok(Some(Refusal::Apart(code)));
        }
        let is_named = is_known && entry_names(write, opened)? == Some(true);
        Ok(if !is_named {
            Some(Refusal::NotYet)
        } else if is_picture(&opened.head.photo.media_type, &opened.bytes) {
            None
        } else {
            Some(Refusal::Apart(QuarantineCode::Malformed))
        })
    }

    /// What keeps a picture out before its entry is looked for.
    fn refusal_whoever(
        &self,
        write: &Write<'_>,
        opened: &OpenedPicture,
    ) -> Result<Option<QuarantineCode>, LedgerError> {
        let PictureHead {
            event,
            device,
            photo,
            ..
        } = &opened.head;
        if *event != self.event {
            return Ok(Some(QuarantineCode::WrongEvent));
        }
        let row = write.read().device(*device)?;
        let known = write.read().picture_briefs(*device, &photo.hash.0)?;
        let is_held = known.iter().any(|known| known.code.is_empty());
        let is_revoked = row.is_none_or(|row| row.revoked) && !is_held;
        Ok(is_revoked.then_some(QuarantineCode::Revoked))
    }
}

enum Refusal {
    NotYet,
    Apart(QuarantineCode),
}

/// Whether the entry that a picture speaks of names it; `None` when the entry has not come.
fn entry_names(write: &Write<'_>, opened: &OpenedPicture) -> Result<Option<bool>, LedgerError> {
    let PictureHead {
        device, seq, photo, ..
    } = &opened.head;
    let entry = write.read().entry(*device, *seq)?;
    let names = |entry: Vec<u8>| {
        matches!(
            Entry::decode(&entry).map(|entry| entry.kind),
            Ok(EntryKind::Attachment { photo: named, .. }) if named == *photo
        )
    };
    Ok(entry.map(names))
}

fn forget(write: &Write<'_>, upload: Option<Upload>) -> Result<(), LedgerError> {
    upload.map_or(Ok(()), |upload| write.drop_upload(upload.id))
}

/// Keeps what does not fit, if there is a device whose it is. What lay in a bundle stays with whoever has the bundle.
fn keep_apart(
    write: &Write<'_>,
    picture: &PreparedPicture,
    row: Option<PictureRow>,
    code: QuarantineCode,
) -> Result<Judged, LedgerError> {
    forget(write, picture.upload)?;
    let Some(row) = row else {
        return Ok(Judged::apart(code));
    };
    if write.read().pictures_apart(row.device)? >= APART_LIMIT {
        return Ok(Judged::apart(code));
    }
    let row = PictureRow {
        code: code.as_str().to_owned(),
        ..row
    };
    write.add_picture(&picture.name.0, &row)?;
    let (at, actor) = (row.received_at_ms, row.device.to_string());
    let subject = data_encoding::HEXLOWER.encode(&row.hash);
    write.audit(&AuditEvent::new(at, &actor, "picture.quarantined", subject).with(&row.code))?;
    Ok(Judged {
        changed: true,
        ..Judged::apart(code)
    })
}

/// Whether bytes begin as a picture of this kind does: nothing else is ever given to a browser as one.
pub(crate) fn is_picture(media_type: &str, bytes: &[u8]) -> bool {
    match media_type {
        "image/jpeg" => bytes.starts_with(&[0xff, 0xd8, 0xff]),
        "image/png" => bytes.starts_with(b"\x89PNG\r\n\x1a\n"),
        _ => false,
    }
}

impl Headquarters {
    /// Headquarters' word for a picture, after it was made durable.
    fn picture_word(&self, epoch: u64, held: &PictureBrief) -> PictureReceipt {
        PictureReceipt {
            event: self.intake.event.clone(),
            server_epoch: epoch,
            device: held.device,
            picture: AttachmentHash(held.hash),
            bytes: held.bytes,
            received_at_ms: held.received_at_ms,
        }
    }

    /// That word for the device whose journal names the picture.
    pub(crate) fn sign_picture(&self, epoch: u64, held: &PictureBrief) -> SignedPictureReceipt {
        self.picture_word(epoch, held).sign(&self.keys.hq)
    }

    /// The same for whoever brought it: in an envelope.
    ///
    /// # Errors
    /// [`LedgerError`] from the database.
    pub(crate) fn enclose_picture(
        &self,
        read: &Read<'_>,
        epoch: u64,
        held: &PictureBrief,
    ) -> Result<Option<SignedEnvelope>, LedgerError> {
        let pair = self.pair_of(read, held.device)?;
        let word = self.picture_word(epoch, held);
        Ok(pair.map(|pair| pair.enclose_picture(&word, &self.keys.hq)))
    }

    /// The receipt for a picture that is held, as of the ledger's epoch.
    pub(crate) fn picture_receipt(&self, epoch: u64, row: &PictureRow) -> SignedPictureReceipt {
        self.sign_picture(epoch, &row.brief())
    }
}

/// SHA-256 of a picture's bytes.
pub(crate) fn hash_of(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}
