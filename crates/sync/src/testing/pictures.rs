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
    judged: BTreeMap<(DeviceId, SealedHash), PictureVerdict>,
    /// Whose pictures came under which names.
    names: BTreeMap<SealedHash, (DeviceId, PhotoRef)>,
    pub(super) held: BTreeMap<(DeviceId, AttachmentHash), Vec<u8>>,
}

impl Pictures {
    /// Takes one run; with [`PictureVerdict::Held`], the picture that is held and whose it is.
    pub(super) fn take(
        &mut self,
        run: &PictureRun,
        devices: &BTreeMap<DeviceId, Device>,
        secrets: &[SealSecret],
        config: &Config,
    ) -> (PictureVerdict, Option<(DeviceId, PhotoRef)>) {
        let key = (run.device, run.picture);
        if let Some(held) = self.names.get(&run.picture) {
            return (PictureVerdict::Held, Some(held.clone()));
        }
        if let Some(judged) = self.judged.get(&key) {
            return (judged.clone(), None);
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
        match judge(upload, run.device, devices, secrets, config) {
            Ok((author, photo, bytes)) => {
                self.uploads.remove(&key);
                self.held.insert((author, photo.hash), bytes);
                let held = (author, photo);
                self.names.insert(run.picture, held.clone());
                (PictureVerdict::Held, Some(held))
            }
            Err(PictureVerdict::Waits) => (PictureVerdict::Waits, None),
            Err(verdict) => {
                self.uploads.remove(&key);
                if verdict != PictureVerdict::UnknownKey {
                    self.judged.insert(key, verdict.clone());
                }
                (verdict, None)
            }
        }
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

/// The picture and its author, or what else is said to whoever brings it.
fn judge(
    sealed: &[u8],
    bringer: DeviceId,
    devices: &BTreeMap<DeviceId, Device>,
    secrets: &[SealSecret],
    config: &Config,
) -> Result<(DeviceId, PhotoRef, Vec<u8>), PictureVerdict> {
    let apart = |code| Err(PictureVerdict::Quarantined { code });
    let opened = match open_picture(sealed, secrets) {
        Ok(opened) => opened,
        Err(PictureError::UnknownKey(_)) => return Err(PictureVerdict::UnknownKey),
        Err(_) => return apart(QuarantineCode::Malformed),
    };
    let head = opened.head;
    if head.event != config.event {
        return apart(QuarantineCode::WrongEvent);
    }
    if config.revoked.contains(&head.device) {
        return apart(QuarantineCode::Revoked);
    }
    let place = usize::try_from(head.seq)
        .ok()
        .and_then(|seq| seq.checked_sub(1));
    let entries = devices.get(&head.device).map(|device| &device.entries);
    let entry = entries.zip(place).and_then(|(all, place)| all.get(place));
    let named = entry.map(|entry| Entry::decode(entry).map(|entry| entry.kind));
    match named {
        Some(Ok(EntryKind::Attachment { photo, .. })) if photo == head.photo => {
            Ok((head.device, photo, opened.bytes))
        }
        Some(_) if head.device == bringer => apart(QuarantineCode::Malformed),
        _ => Err(PictureVerdict::Waits),
    }
}
