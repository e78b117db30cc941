//! What happens to pictures that devices send: runs are put together, and what is whole is opened, held against the entry
//! that names it, and kept. Nothing that arrived whole is thrown away.

use crate::headquarters::Headquarters;
use crate::intake::Intake;
use crate::ledger::{AuditEvent, LedgerError, PictureBrief, PictureRow, Upload, Write};
use baqylau_domain::DeviceId;
use baqylau_protocol::{
    Entry, EntryKind, OpenedPicture, PictureError, PictureHead, PictureReceipt, PictureRun,
    PictureVerdict, QuarantineCode, SealedHash, SignedPictureReceipt, limits, open_picture,
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
struct PreparedPicture {
    upload: Upload,
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
    if let Some(known) = write.read().picture_named(device, name)? {
        // Asking again gives what was said before: same time, same bytes.
        return Ok(Received::Judged(if known.code.is_empty() {
            Judged::held(known)
        } else {
            Judged::apart(QuarantineCode::of(&known.code))
        }));
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
            .take_picture(write, device, prepared, now_ms)?;
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
        upload,
        name,
        is_true: SealedHash::of(&sealed) == name,
        sealed,
        content,
    })
}

impl Intake {
    /// Judges a whole picture, in one transaction.
    fn take_picture(
        &self,
        write: &Write<'_>,
        device: DeviceId,
        picture: PreparedPicture,
        now_ms: i64,
    ) -> Result<Judged, LedgerError> {
        if !picture.is_true {
            // Damaged on its way: it begins again.
            write.drop_upload(picture.upload.id)?;
            return Ok(Judged::of(PictureVerdict::More { held: 0 }));
        }
        let opened = match picture.content {
            Ok(opened) => opened,
            Err(PictureError::UnknownKey(_)) => {
                write.drop_upload(picture.upload.id)?;
                return Ok(Judged::of(PictureVerdict::UnknownKey));
            }
            Err(_) => {
                let row = PictureRow {
                    device,
                    seq: None,
                    hash: picture.name.0,
                    media_type: String::new(),
                    code: QuarantineCode::Malformed.as_str().to_owned(),
                    body: picture.sealed,
                    received_at_ms: now_ms,
                };
                return keep_apart(write, picture.upload, picture.name, &row);
            }
        };
        let code = match self.refusal(write, device, &opened)? {
            Some(Refusal::NotYet) => return Ok(Judged::of(PictureVerdict::Waits)),
            Some(Refusal::Apart(code)) => code.as_str().to_owned(),
            None => String::new(),
        };
        let PictureHead { seq, photo, .. } = opened.head;
        let row = PictureRow {
            device,
            seq: Some(seq),
            hash: photo.hash.0,
            media_type: photo.media_type,
            code,
            body: opened.bytes,
            received_at_ms: now_ms,
        };
        if !row.code.is_empty() {
            return keep_apart(write, picture.upload, picture.name, &row);
        }
        write.add_picture(&picture.name.0, &row)?;
        write.drop_upload(picture.upload.id)?;
        let held = write.read().picture_named(device, &picture.name.0)?;
        let held = held.ok_or(LedgerError::Damaged("picture"))?;
        Ok(Judged {
            changed: true,
            ..Judged::held(held)
        })
    }

    /// Why a picture is not taken: for good, or because its entry has not come.
    fn refusal(
        &self,
        write: &Write<'_>,
        device: DeviceId,
        opened: &OpenedPicture,
    ) -> Result<Option<Refusal>, LedgerError> {
        let head = &opened.head;
        let apart = |code| Ok(Some(Refusal::Apart(code)));
        if head.event != self.event {
            return apart(QuarantineCode::WrongEvent);
        }
        if head.device != device {
            return apart(QuarantineCode::UnknownDevice);
        }
        let row = write.read().device(device)?;
        let known = write.read().picture_briefs(device, &head.photo.hash.0)?;
        let is_held = known.iter().any(|known| known.code.is_empty());
        if row.is_none_or(|row| row.revoked) && !is_held {
            return apart(QuarantineCode::Revoked);
        }
        let Some(entry) = write.read().entry(device, head.seq)? else {
            return Ok(Some(Refusal::NotYet));
        };
        let is_named = matches!(
            Entry::decode(&entry).map(|entry| entry.kind),
            Ok(EntryKind::Attachment { photo, .. }) if photo == head.photo
        );
        if is_named && is_picture(&head.photo.media_type, &opened.bytes) {
            Ok(None)
        } else {
            apart(QuarantineCode::Malformed)
        }
    }
}

enum Refusal {
    NotYet,
    Apart(QuarantineCode),
}

fn keep_apart(
    write: &Write<'_>,
    upload: Upload,
    name: SealedHash,
    row: &PictureRow,
) -> Result<Judged, LedgerError> {
    write.drop_upload(upload.id)?;
    let code = QuarantineCode::of(&row.code);
    if write.read().pictures_apart(row.device)? >= APART_LIMIT {
        return Ok(Judged::apart(code));
    }
    write.add_picture(&name.0, row)?;
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
    pub(crate) fn sign_picture(
        &self,
        device: DeviceId,
        epoch: u64,
        held: &PictureBrief,
    ) -> SignedPictureReceipt {
        PictureReceipt {
            event: self.intake.event.clone(),
            server_epoch: epoch,
            device,
            picture: baqylau_domain::AttachmentHash(held.hash),
            bytes: held.bytes,
            received_at_ms: held.received_at_ms,
        }
        .sign(&self.keys.hq)
    }

    /// The receipt for a picture that is held, as of the ledger's epoch.
    pub(crate) fn picture_receipt(&self, epoch: u64, row: &PictureRow) -> SignedPictureReceipt {
        self.sign_picture(row.device, epoch, &row.brief())
    }
}

/// SHA-256 of a picture's bytes.
pub(crate) fn hash_of(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}
