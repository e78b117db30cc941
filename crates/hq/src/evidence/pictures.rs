//! Pictures in an export: a line for each, and a file of its bytes named by their hash.

use super::check::Authority;
use super::journals::Journals;
use super::lines::PictureLine;
use super::sheet::{Line, Place, Sheet};
use super::write::append;
use super::{Export, names};
use crate::headquarters::Headquarters;
use crate::ledger::{LedgerError, PictureRow, Read};
use crate::pictures::hash_of;
use baqylau_domain::{AttachmentHash, PhotoRef};
use baqylau_protocol::SignedPictureReceipt;
use data_encoding::HEXLOWER;

/// How the name of every picture's file begins.
const FILE: &str = "picture-";

/// The file of a picture.
fn file_name(hash: &[u8; 32], media_type: &str) -> String {
    let end = match media_type {
        "image/jpeg" => "jpg",
        "image/png" => "png",
        _ => "bin",
    };
    format!("{FILE}{}.{end}", HEXLOWER.encode(hash))
}

/// Whether a file is a picture: it has no lines.
pub(super) fn is_picture_file(name: &str) -> bool {
    name.starts_with(FILE)
}

/// The lines.
pub(crate) fn pictures(
    headquarters: &Headquarters,
    read: &Read<'_>,
) -> Result<Vec<u8>, LedgerError> {
    let epoch = read.epoch()?;
    let mut bytes = Vec::new();
    read.each_picture(|row| -> Result<(), LedgerError> {
        let is_held = row.code.is_empty();
        let receipt = is_held.then(|| headquarters.picture_receipt(epoch, &row));
        let line = PictureLine {
            device: row.device,
            picture: row.hash,
            seq: row.seq,
            media_type: row.media_type,
            bytes: row.body.len() as u64,
            code: (!is_held).then_some(row.code),
            receipt: receipt.map_or_else(String::new, |it| HEXLOWER.encode(it.as_bytes())),
        };
        append(&mut bytes, &line);
        Ok(())
    })?;
    Ok(bytes)
}

/// The files.
pub(crate) fn picture_files(
    read: &Read<'_>,
    mut see: impl FnMut(String, Vec<u8>),
) -> Result<(), LedgerError> {
    read.each_picture(|row: PictureRow| -> Result<(), LedgerError> {
        see(file_name(&row.hash, &row.media_type), row.body);
        Ok(())
    })
}

/// Holds every picture against its file, against the entry that names it, which its device has signed, and against
/// headquarters' receipt. Returns how many there are.
pub(super) fn check(
    export: &Export,
    by: &Authority,
    journals: &Journals,
    sheet: &mut Sheet,
) -> u64 {
    let mut last = None;
    let mut count = 0;
    for Line { number, says } in sheet.read::<PictureLine>(export, names::PICTURES) {
        count += 1;
        let mut place = Place::line(names::PICTURES, number).of(says.device);
        if let Some(seq) = says.seq {
            place = place.at(seq);
        }
        let now = (says.device, says.picture, says.code.clone());
        if last.as_ref() >= Some(&now) {
            sheet.fault(place, "order");
        }
        last = Some(now);
        let body = export.get(&file_name(&says.picture, &says.media_type));
        let is_whole = body
            .is_some_and(|body| hash_of(body) == says.picture && body.len() as u64 == says.bytes);
        if !is_whole {
            sheet.fault(place, "picture");
        }
        if says.code.is_some() {
            continue;
        }
        let photo = PhotoRef {
            hash: AttachmentHash(says.picture),
            media_type: says.media_type,
            bytes: says.bytes,
        };
        let named = says
            .seq
            .and_then(|seq| journals.attachment(says.device, seq));
        if named != Some(&photo) {
            sheet.fault(place, "picture");
        }
        let receipt = HEXLOWER.decode(says.receipt.as_bytes()).unwrap_or_default();
        let receipt = SignedPictureReceipt::from_bytes(receipt);
        let is_signed = by.keys.iter().any(|hq| {
            receipt
                .verify(hq, &by.event, &says.device, &photo.hash)
                .is_ok_and(|it| it.receipt().bytes == photo.bytes)
        });
        if !is_signed {
            sheet.fault(place, "picture_receipt");
        }
    }
    count
}
