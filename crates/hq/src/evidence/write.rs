//! The evidence files out of a ledger. The same ledger gives the same bytes, and so does one that was sent everything
//! once more.

use super::lines::{
    ConfigLine, DeviceLine, EntryLine, ReceiptLine, SegmentLine, SegmentState, SetAsideLine,
    SignedPart, to_text,
};
use crate::headquarters::Headquarters;
use crate::ledger::{LedgerError, Read, SegmentRow, Standing};
use baqylau_domain::DeviceId;
use baqylau_protocol::{DevicePublic, InnerHeader, OpenedSegment, open};
use serde::Serialize;
use std::collections::HashMap;

/// The files, each from one snapshot of the ledger.
pub(crate) struct EvidenceFiles;

impl EvidenceFiles {
    pub(crate) fn config(_: &Headquarters, read: &Read<'_>) -> Result<Vec<u8>, LedgerError> {
        let configs = read.configs()?.into_iter();
        Ok(file(
            configs.map(|(version, config)| ConfigLine { version, config }),
        ))
    }

    pub(crate) fn devices(_: &Headquarters, read: &Read<'_>) -> Result<Vec<u8>, LedgerError> {
        let mut devices = read.devices()?;
        devices.sort_by_key(|row| row.id);
        Ok(file(devices.into_iter().map(|row| DeviceLine {
            device: row.id,
            team: row.team,
            revoked: row.revoked,
            key: row.public_key,
            certificate: row.certificate,
        })))
    }

    pub(crate) fn entries(_: &Headquarters, read: &Read<'_>) -> Result<Vec<u8>, LedgerError> {
        of_each_device(read, |device| {
            let rows = read.entries(device)?.into_iter();
            Ok(file(rows.map(|row| EntryLine {
                device: row.device,
                seq: row.seq,
                hash: row.hash,
                entry: row.bytes,
            })))
        })
    }

    pub(crate) fn receipts(
        headquarters: &Headquarters,
        read: &Read<'_>,
    ) -> Result<Vec<u8>, LedgerError> {
        of_each_device(read, |device| {
            let rows = read.receipts(device)?.into_iter();
            Ok(file(rows.map(|row| {
                let signed = headquarters.receipt(&row).sign(&headquarters.keys.hq);
                ReceiptLine {
                    device,
                    seq: row.upto_seq,
                    epoch: row.epoch,
                    receipt: signed.as_bytes().to_vec(),
                }
            })))
        })
    }

    pub(crate) fn segments(
        headquarters: &Headquarters,
        read: &Read<'_>,
    ) -> Result<Vec<u8>, LedgerError> {
        let mut bytes = Vec::new();
        each_segment(headquarters, read, |row, opened| {
            let signed = opened.map(|(opened, header)| SignedPart {
                header: header.as_bytes().to_vec(),
                signature: opened.signature.0,
            });
            let (state, code, device) = match &row.standing {
                Standing::Accepted => (SegmentState::Accepted, None, None),
                Standing::Parked => (SegmentState::Parked, None, None),
                Standing::SetAside { device, code } => {
                    (SegmentState::SetAside, Some(code.clone()), *device)
                }
            };
            let line = SegmentLine {
                segment: row.id.cast_unsigned(),
                hash: row.hash,
                state,
                code,
                device: opened.map_or(device, |(opened, _)| Some(opened.body.device)),
                signed,
            };
            append(&mut bytes, &line);
        })?;
        Ok(bytes)
    }

    pub(crate) fn set_aside(
        headquarters: &Headquarters,
        read: &Read<'_>,
    ) -> Result<Vec<u8>, LedgerError> {
        let mut bytes = Vec::new();
        each_segment(headquarters, read, |row, opened| {
            let Some((opened, _)) = opened.filter(|_| row.standing != Standing::Accepted) else {
                return;
            };
            let mut chain = opened.body.start();
            for entry in &opened.body.entries {
                chain = chain.next(entry);
                let line = SetAsideLine {
                    segment: row.id.cast_unsigned(),
                    seq: chain.seq,
                    hash: chain.hash.0,
                    entry: entry.clone(),
                };
                append(&mut bytes, &line);
            }
        })?;
        Ok(bytes)
    }

    pub(crate) fn checkpoint(
        headquarters: &Headquarters,
        read: &Read<'_>,
    ) -> Result<Vec<u8>, LedgerError> {
        Ok(headquarters.sign_log(&read.log()?).into_bytes())
    }
}

/// Shows every segment; with what is inside where it opens and its device has signed it.
fn each_segment(
    headquarters: &Headquarters,
    read: &Read<'_>,
    mut see: impl FnMut(&SegmentRow, Option<(&OpenedSegment, &InnerHeader)>),
) -> Result<(), LedgerError> {
    let keys: HashMap<_, _> = read
        .devices()?
        .into_iter()
        .map(|row| (row.id, DevicePublic(row.public_key)))
        .collect();
    let intake = &headquarters.intake;
    read.each_segment(|row| {
        let opened = open(
            &row.sealed,
            &intake.secrets.read(),
            intake.plan.dictionaries(),
        )
        .ok();
        let opened = opened
            .filter(|opened| {
                keys.get(&opened.body.device)
                    .is_some_and(|key| opened.verify(key).is_ok())
            })
            .and_then(|opened| InnerHeader::of(&opened).ok().map(|header| (opened, header)));
        see(
            &row,
            opened.as_ref().map(|(opened, header)| (opened, header)),
        );
        Ok(())
    })
}

/// The order of enrolment differs between ledgers that hold the same; ids do not.
fn of_each_device(
    read: &Read<'_>,
    make: impl Fn(DeviceId) -> Result<Vec<u8>, LedgerError>,
) -> Result<Vec<u8>, LedgerError> {
    let mut devices: Vec<_> = read.devices()?.into_iter().map(|row| row.id).collect();
    devices.sort_unstable();
    let files: Result<Vec<_>, _> = devices.into_iter().map(make).collect();
    Ok(files?.concat())
}

fn file<T: Serialize>(lines: impl Iterator<Item = T>) -> Vec<u8> {
    let mut bytes = Vec::new();
    lines.for_each(|line| append(&mut bytes, &line));
    bytes
}

pub(super) fn append<T: Serialize>(bytes: &mut Vec<u8>, line: &T) {
    bytes.extend_from_slice(to_text(line).as_bytes());
    bytes.push(b'\n');
}
