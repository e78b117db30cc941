//! What a headquarters does with runs of pictures, as the specification says it, without any database.

use super::intake::Device;
use baqylau_domain::{AttachmentHash, DeviceId, PhotoRef};
use baqylau_protocol::{
    Config, Entry, EntryKind, PictureError, PictureRun, PictureVerdict, QuarantineCode, SealSecret,
    SealedHash, limits, open_picture,
};
use std::collections::BTreeMap;

/// Everything that a backup of headquarters holds of pictures.
#[derive(Debug, Clone, Default)]
pub(super) struct Pictures {
    /// Bytes of those that are not complete, or whose entry has not come.
    uploads: BTreeMap<(DeviceId, SealedHash), Vec<u8>>,
    /// What became of the others, by the name on the road.
    judged: BTreeMap<(DeviceId, SealedHash), (PictureVerdict, Option<PhotoRef>)>,
    pub(super) held: BTreeMap<(DeviceId, AttachmentHash), Vec<u8>>,
}

impl Pictures {
    /// Takes one run; with [`PictureVerdict::Held`], the picture that is held.
    pub(super) fn take(
        &mut self,
        run: &PictureRun,
        device: &Device,
        secrets: &[SealSecret],
        config: &Config,
    ) -> (PictureVerdict, Option<PhotoRef>) {
        let key = (run.device, run.picture);
        if let Some(judged) = self.judged.get(&key) {
            return judged.clone();
        }
        if run.total > limits::PICTURE_WIRE_BYTES as u64 {
            return (PictureVerdict::TooLarge, None);
        }
        let upload = self.uploads.entry(key).or_default();
        if let Some(verdict) = append(upload, run) {
            return (verdict, None);
        }
        if SealedHash::of(upload) != run.picture {
            self.uploads.remove(&key);
            return (PictureVerdict::More { held: 0 }, None);
        }
        let (verdict, opened) = judge(upload, device, secrets, config);
        match verdict {
            PictureVerdict::Waits => return (verdict, None),
            PictureVerdict::UnknownKey => {
                self.uploads.remove(&key);
                return (verdict, None);
            }
            _ => {}
        }
        self.uploads.remove(&key);
        let photo = opened.map(|(photo, bytes)| {
            self.held.insert((run.device, photo.hash), bytes);
            photo
        });
        self.judged.insert(key, (verdict.clone(), photo.clone()));
        (verdict, photo)
    }
}

/// Adds what is new of a run; a verdict as long as bytes are missing or do not fit.
fn append(upload: &mut Vec<u8>, run: &PictureRun) -> Option<PictureVerdict> {
    let more = |upload: &Vec<u8>| PictureVerdict::More {
        held: upload.len() as u64,
    };
    let Some(offset) = usize::try_from(run.offset)
        .ok()
        .filter(|offset| *offset <= upload.len())
    else {
        return Some(more(upload));
    };
    let end = run.offset + run.bytes.len() as u64;
    let known = (upload.len() - offset).min(run.bytes.len());
    if end > run.total || upload[offset..offset + known] != run.bytes[..known] {
        return Some(PictureVerdict::OtherBytes);
    }
    upload.extend_from_slice(&run.bytes[known..]);
    (upload.len() as u64 != run.total).then(|| more(upload))
}

fn judge(
    sealed: &[u8],
    device: &Device,
    secrets: &[SealSecret],
    config: &Config,
) -> (PictureVerdict, Option<(PhotoRef, Vec<u8>)>) {
    let apart = |code| (PictureVerdict::Quarantined { code }, None);
    let opened = match open_picture(sealed, secrets) {
        Ok(opened) => opened,
        Err(PictureError::UnknownKey(_)) => return (PictureVerdict::UnknownKey, None),
        Err(_) => return apart(QuarantineCode::Malformed),
    };
    let head = opened.head;
    if head.event != config.event {
        return apart(QuarantineCode::WrongEvent);
    }
    if head.device != device.public.id() {
        return apart(QuarantineCode::UnknownDevice);
    }
    if config.revoked.contains(&head.device) {
        return apart(QuarantineCode::Revoked);
    }
    let place = usize::try_from(head.seq)
        .ok()
        .and_then(|seq| seq.checked_sub(1));
    let Some(entry) = place.and_then(|place| device.entries.get(place)) else {
        return (PictureVerdict::Waits, None);
    };
    match Entry::decode(entry).map(|entry| entry.kind) {
        Ok(EntryKind::Attachment { photo, .. }) if photo == head.photo => {
            (PictureVerdict::Held, Some((photo, opened.bytes)))
        }
        _ => apart(QuarantineCode::Malformed),
    }
}
