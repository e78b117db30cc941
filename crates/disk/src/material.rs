//! What the session writes: who the device is, a small register, pictures, entries. All of it synthetic.

use crate::session::AT;
use baqylau_domain::{Clock, DeviceId, IdSource, Moment};
use baqylau_store::register::{DistrictRow, RegionRow, RegisterRows, StationRow};
use baqylau_store::{EntryRole, Finishing, Identity, NewEntry, SignedBlob, StoreError};
use sha2::{Digest, Sha256};
use std::sync::atomic::{AtomicU64, Ordering};

/// A clock that stands still: a session is the same every time.
pub(crate) struct Still;

impl Clock for Still {
    fn now(&self) -> Moment {
        AT
    }
}

/// Bytes that follow from a number.
pub(crate) struct Seeded(pub(crate) u64, pub(crate) AtomicU64);

impl IdSource for Seeded {
    fn fill(&self, buffer: &mut [u8]) {
        for part in buffer.chunks_mut(32) {
            let count = self.1.fetch_add(1, Ordering::Relaxed);
            let bytes = digest(&[self.0.to_be_bytes(), count.to_be_bytes()].concat());
            part.copy_from_slice(&bytes[..part.len()]);
        }
    }
}

/// The picture that answers with a number: the number, then bytes that follow from it.
pub(crate) fn picture(number: u64) -> Vec<u8> {
    let mut bytes = number.to_be_bytes().to_vec();
    for count in 0..200_u64 {
        bytes.extend(digest(
            &[number.to_be_bytes(), count.to_be_bytes()].concat(),
        ));
    }
    bytes
}

fn digest(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

pub(crate) fn ids(seed: u64) -> Seeded {
    Seeded(seed, AtomicU64::new(0))
}

pub(crate) fn identity() -> Identity {
    Identity {
        device: DeviceId([3; 16]),
        genesis: [9; 32],
        device_key: vec![7; 32].into(),
        certificate: b"certificate".to_vec(),
    }
}

/// Who the device is after it was restored.
pub(crate) fn other_identity() -> Identity {
    Identity {
        device: DeviceId([4; 16]),
        genesis: [8; 32],
        device_key: vec![8; 32].into(),
        certificate: b"another certificate".to_vec(),
    }
}

pub(crate) fn config() -> SignedBlob {
    SignedBlob {
        version: 1,
        bytes: b"configuration".to_vec(),
    }
}

/// What a finish appends; the bytes only have to be different.
pub(crate) fn entries(finishing: &Finishing<'_>) -> Result<Vec<NewEntry>, StoreError> {
    let is_new = finishing.numbering.open_seq.is_none();
    let open = is_new.then_some(EntryRole::Open);
    let notes = finishing.notes.iter().map(|note| EntryRole::Note(note.id));
    let attachments = finishing.attachments.iter();
    let pictures = attachments.map(|picture| EntryRole::Attachment(picture.hash));
    let roles = open
        .into_iter()
        .chain([EntryRole::Revision])
        .chain(notes)
        .chain(pictures)
        .chain([EntryRole::Finalise]);
    let entry = |(seq, role)| NewEntry {
        role,
        bytes: format!("entry {seq} {role:?}").into_bytes(),
    };
    Ok((finishing.numbering.first_seq..)
        .zip(roles)
        .map(entry)
        .collect())
}

pub(crate) fn register() -> RegisterRows {
    let name = |text: &str| [("en".to_owned(), text.to_owned())].into();
    let station = |number: u32| StationRow {
        code: format!("KZ-01-{number:03}"),
        number: number.to_string(),
        region: "KZ-01".to_owned(),
        district: "KZ-01-D".to_owned(),
        name: name("A school"),
        address: name("A street"),
        kind: "regular".to_owned(),
        area: "urban".to_owned(),
        voters: 900,
        position: None,
    };
    RegisterRows {
        hash: [1; 32],
        regions: vec![RegionRow {
            code: "KZ-01".to_owned(),
            level: "region".to_owned(),
            name: name("A region"),
            utc_offset_min: 360,
        }],
        districts: vec![DistrictRow {
            code: "KZ-01-D".to_owned(),
            region: "KZ-01".to_owned(),
            kind: "city".to_owned(),
            name: name("A district"),
        }],
        stations: (0..60).map(station).collect(),
    }
}
