//! Bundles that were carried to headquarters by hand: taken in without any device asking, and the receipts for their
//! authors made into a bundle that goes back.

use crate::error::HqError;
use crate::headquarters::Headquarters;
use crate::intake::Prepared;
use crate::ledger::{AuditEvent, LedgerError, PictureBrief, Read, ReceiptRow};
use baqylau_domain::DeviceId;
use baqylau_protocol::{Bundle, BundleError, DevicePublic, Pair, SignedEnvelope, in_no_order};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Segments of one transaction.
const AT_ONCE: usize = 64;

/// What a bundle brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenBundle {
    /// Segments in it.
    pub segments: u64,
    /// How many were judged how, by the verdict's stable code; set aside ones by the code of why.
    pub verdicts: BTreeMap<String, u64>,
    /// Pictures in it.
    pub pictures: u64,
    /// How many of those were judged how. Only those `held` are kept. What `waits` has no entry yet that names it, and its
    /// bundle is to be taken again when it has come.
    pub picture_verdicts: BTreeMap<String, u64>,
    /// Receipts for the devices that wrote the segments and took the pictures.
    pub receipts: u64,
    /// The bundle that carries the receipts back; none when there is no receipt.
    pub back: Option<Vec<u8>>,
}

impl Headquarters {
    /// Takes a carried bundle in. Each segment is judged by its author's signature, as if a device had brought it;
    /// taking the same bundle again changes nothing and gives the same receipts.
    ///
    /// # Errors
    /// [`HqError::Bundle`] when it is none or of another event; otherwise from the ledger. What was taken before stays.
    pub fn take_bundle(&self, bytes: &[u8]) -> Result<TakenBundle, HqError> {
        let bundle = Bundle::decode(bytes)?;
        if bundle.event != self.intake.event {
            return Err(HqError::BundleOfAnother(bundle.event.0));
        }
        if let Some(config) = &bundle.config {
            self.learn_config(config)?;
        }
        let mut verdicts = BTreeMap::new();
        let mut receipts = BTreeMap::new();
        let now_ms = self.now_ms();
        for some in bundle.segments.chunks(AT_ONCE) {
            let prepared = self.prepare_carried(some)?;
            let intake = Arc::clone(&self.intake);
            let (judged, rows) = self
                .ledger
                .write_now(move |write| intake.take_carried(write, prepared, now_ms))?;
            for verdict in &judged {
                *verdicts.entry(verdict.code().to_owned()).or_default() += 1;
            }
            for row in rows {
                // The last word about a device is the one that covers all of its segments.
                receipts.insert(row.device, row);
            }
        }
        let pictures = bundle.pictures.len();
        self.note_taken(bundle.segments.len(), pictures, now_ms)?;
        self.changed();
        let (picture_verdicts, held) = self.take_pictures(bundle.pictures, now_ms)?;
        self.changed();
        let rows: Vec<ReceiptRow> = receipts.into_values().collect();
        let envelopes = self.ledger.read(|read| {
            let mut envelopes = self.enclose(read, &rows)?;
            let epoch = read.epoch()?;
            for picture in &held {
                envelopes.extend(self.enclose_picture(read, epoch, picture)?);
            }
            in_no_order(&mut envelopes);
            Ok::<_, LedgerError>(envelopes)
        })?;
        Ok(TakenBundle {
            segments: bundle.segments.len() as u64,
            verdicts,
            pictures: pictures as u64,
            picture_verdicts,
            receipts: envelopes.len() as u64,
            back: self.back(envelopes)?,
        })
    }

    /// Takes carried pictures in, after the segments that may name them, each in a transaction of its own. Returns how many
    /// were judged how, and what is held of them.
    fn take_pictures(
        &self,
        pictures: Vec<Vec<u8>>,
        now_ms: i64,
    ) -> Result<(BTreeMap<String, u64>, Vec<PictureBrief>), LedgerError> {
        let mut verdicts = BTreeMap::new();
        let mut held = Vec::new();
        for sealed in pictures {
            let prepared = self.intake.prepare_picture(sealed);
            let intake = Arc::clone(&self.intake);
            let judged = self
                .ledger
                .write_now(move |write| intake.take_picture(write, None, prepared, now_ms))?;
            *verdicts
                .entry(judged.verdict.code().to_owned())
                .or_default() += 1;
            held.extend(judged.held);
        }
        Ok((verdicts, held))
    }

    /// As [`Self::enclose`], away from the runtime's own threads.
    ///
    /// # Errors
    /// [`LedgerError`] from the database.
    pub(crate) async fn enclosed(
        self: &Arc<Self>,
        rows: Vec<ReceiptRow>,
    ) -> Result<Vec<SignedEnvelope>, LedgerError> {
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let enclosing = Arc::clone(self);
        let reading = move |read: &Read<'_>| enclosing.enclose(read, &rows);
        self.ledger.read_apart(reading).await
    }

    /// Stored receipts in their envelopes, for whoever brings them to their devices.
    fn enclose(
        &self,
        read: &Read<'_>,
        rows: &[ReceiptRow],
    ) -> Result<Vec<SignedEnvelope>, LedgerError> {
        let enclosed = |row: &ReceiptRow| {
            let pair = self.pair_of(read, row.device)?;
            Ok(pair.map(|pair| pair.enclose(&self.receipt(row), &self.keys.hq)))
        };
        let all = rows.iter().map(enclosed);
        let mut envelopes: Vec<SignedEnvelope> = all
            .filter_map(Result::transpose)
            .collect::<Result<_, LedgerError>>()?;
        in_no_order(&mut envelopes);
        Ok(envelopes)
    }

    /// What headquarters has in common with an enrolled device, to which envelopes go. What was enrolled has signed with its
    /// key, so there is always something.
    pub(crate) fn pair_of(
        &self,
        read: &Read<'_>,
        device: DeviceId,
    ) -> Result<Option<Pair>, LedgerError> {
        let row = read.device(device)?.ok_or(LedgerError::Damaged("device"))?;
        let public = DevicePublic(row.public_key);
        Ok(self.keys.hq.pair(&public, &self.intake.event))
    }

    fn prepare_carried(&self, sealed: &[Vec<u8>]) -> Result<Vec<Prepared>, LedgerError> {
        self.ledger.read(|read| {
            sealed
                .iter()
                .map(|sealed| self.intake.prepare(sealed.clone(), |id| read.device(id)))
                .collect()
        })
    }

    /// On the trail before the pictures are looked at, one by one: what fails among them takes nothing back.
    fn note_taken(&self, segments: usize, pictures: usize, now_ms: i64) -> Result<(), LedgerError> {
        self.ledger.write_now(move |write| {
            let event = AuditEvent::new(now_ms, "headquarters", "bundle.taken", "");
            let what = match pictures {
                0 => segments.to_string(),
                some => format!("{segments}+{some}"),
            };
            write.audit(&event.with(what))
        })
    }

    /// A bundle with these envelopes, and the configuration for whoever never reaches headquarters.
    fn back(&self, envelopes: Vec<SignedEnvelope>) -> Result<Option<Vec<u8>>, BundleError> {
        if envelopes.is_empty() {
            return Ok(None);
        }
        let mut bundle = Bundle::of(self.intake.event.clone());
        bundle.envelopes = envelopes;
        bundle.config = self.published().map(|published| published.signed);
        bundle.encode().map(Some)
    }
}
