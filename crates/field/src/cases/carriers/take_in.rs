//! Taking a bundle in: own receipts are recorded, others' are kept to be brought back, sealed segments and pictures are kept
//! to be brought on. One bad part never costs the rest, and every part that is not taken is counted with its reason.

use super::deliver::carried;
use crate::books::Books;
use crate::core::Opened;
use crate::error::ErrorCode;
use crate::view::{Event, Failure, RefusedPart, TakenIn};
use baqylau_domain::Road;
use baqylau_protocol::{
    Bundle, Config, CustodyError, CustodyReceipt, OuterHeader, ReceiptError, SegmentHash,
    SignedConfig, SignedEnvelope, SignedReceipt, is_sealed_picture, segment_hash,
};
use baqylau_store::{Concerned, Custody};
use baqylau_sync::{Brought, Journal as _, SyncError};
use std::sync::Arc;

/// What a bundle brought, and the segments and pictures of it that this device now answers for.
pub(crate) struct Taken {
    pub(crate) said: TakenIn,
    pub(crate) names: Vec<SegmentHash>,
}

/// Takes a bundle in.
pub(crate) fn take_in(
    opened: &Opened,
    bytes: &[u8],
    label: Option<String>,
    road: Road,
) -> Result<Taken, Failure> {
    let bundle = Bundle::decode(bytes)?;
    if bundle.event != opened.session.library().config.event {
        return Err(ErrorCode::BundleOtherEvent.failure());
    }
    // An exchange under way moves the same cursor as a receipt does.
    let _road = opened.core.0.road.alone();
    let held_before = opened.evidence()?.held;
    let mut taking = Taking::begin(opened, label, road);
    // The configuration may name the key that signed the rest.
    taking.config(bundle.config.as_ref())?;
    let config = opened.session.library().config.clone();
    taking.receipts(&config, &bundle.receipts)?;
    taking.envelopes(&bundle.envelopes)?;
    taking.custody(&config, &bundle.custody)?;
    taking.segments(bundle.segments)?;
    taking.pictures(bundle.pictures)?;
    let mut taken = taking.done();
    opened.keep_earlier_current();
    taken.said.confirmed = opened.evidence()?.held.saturating_sub(held_before);
    opened.core.emit(Event::ReportsChanged);
    opened.core.emit(Event::CarriersChanged);
    Ok(taken)
}

struct Taking<'a> {
    opened: &'a Opened,
    books: Books,
    said: TakenIn,
    taken: Vec<SegmentHash>,
}

impl<'a> Taking<'a> {
    fn begin(opened: &'a Opened, label: Option<String>, road: Road) -> Self {
        let clock = Arc::clone(&opened.core.0.clock);
        let said = TakenIn {
            road,
            label,
            at: opened.core.now(),
            confirmed: 0,
            new: 0,
            known: 0,
            own: 0,
            pictures_new: 0,
            pictures_known: 0,
            pictures_own: 0,
            pictures_confirmed: 0,
            receipts_new: 0,
            receipts_known: 0,
            in_custody: 0,
            pictures_in_custody: 0,
            custody_by: Vec::new(),
            updated: false,
            refused: Vec::new(),
        };
        Self {
            opened,
            books: Books::of(Arc::clone(&opened.session), clock),
            said,
            taken: Vec::new(),
        }
    }

    fn done(self) -> Taken {
        Taken {
            said: self.said,
            names: self.taken,
        }
    }

    fn refuse(&mut self, what: &str, code: &str) {
        let refused = &mut self.said.refused;
        match refused
            .iter_mut()
            .find(|part| part.what == what && part.code == code)
        {
            Some(part) => part.count += 1,
            None => refused.push(RefusedPart {
                what: what.to_owned(),
                code: code.to_owned(),
                count: 1,
            }),
        }
    }

    /// A newer configuration comes into force when everything it names is here already; otherwise it waits for a
    /// network, which brings it anyway.
    fn config(&mut self, signed: Option<&SignedConfig>) -> Result<(), Failure> {
        let Some(signed) = signed else { return Ok(()) };
        let session = &self.opened.session;
        let held = session.library().config.clone();
        let newer = match signed.verify(&session.keys.root) {
            Ok(config) if config.version <= held.version => return Ok(()),
            Ok(config) if config.may_replace(&held).is_err() || config.seal_key().is_err() => None,
            Ok(config) => Some(config),
            Err(_) => None,
        };
        let Some(config) = newer else {
            self.refuse("config", "bad_config");
            return Ok(());
        };
        self.books
            .record_config(signed, &config)
            .map_err(SyncError::from)?;
        let held = session.store.config()?.map(|held| held.version);
        if held == Some(config.version) {
            session.renew_library()?;
            self.said.updated = true;
        } else {
            self.refuse("config", "needs_network");
        }
        Ok(())
    }

    fn envelopes(&mut self, envelopes: &[SignedEnvelope]) -> Result<(), Failure> {
        let mut others = Vec::new();
        let received = baqylau_sync::receive_envelopes(&self.books, envelopes)?;
        for (signed, received) in envelopes.iter().zip(received) {
            match received {
                Ok(Brought::Others(envelope)) => others.push(carried(envelope, signed)),
                Ok(Brought::Own(news)) => self.own_receipt(Ok(news))?,
                Ok(Brought::OwnPicture(true)) => self.said.pictures_confirmed += 1,
                Ok(Brought::OwnPicture(false)) => self.said.receipts_known += 1,
                Err(error) => self.own_receipt(Err(error))?,
            }
        }
        let offered = u32::try_from(others.len()).unwrap_or(u32::MAX);
        let store = &self.opened.session.store;
        let new = store.carry_envelopes(&others, Some(self.said.road), self.said.at)?;
        self.said.receipts_new += new;
        self.said.receipts_known += offered - new;
        Ok(())
    }

    /// Receipts as they travelled before there were envelopes. Those for others say whom they are for, so they are carried
    /// no further.
    fn receipts(&mut self, config: &Config, receipts: &[SignedReceipt]) -> Result<(), Failure> {
        for signed in receipts {
            match signed.carried(&config.hq, &config.event) {
                Err(error) => self.refuse("receipt", receipt_code(error)),
                Ok(receipt) if receipt.device == self.opened.session.keys.device => {
                    self.own_receipt(baqylau_sync::receive(&self.books, signed))?;
                }
                Ok(_) => self.refuse("receipt", "names_device"),
            }
        }
        Ok(())
    }

    fn own_receipt(&mut self, received: Result<Option<u64>, SyncError>) -> Result<(), Failure> {
        match received {
            Ok(Some(_)) => {}
            Ok(None) => self.said.receipts_known += 1,
            Err(SyncError::Receipt(error)) => self.refuse("receipt", receipt_code(error)),
            Err(SyncError::Revoked) => self.refuse("receipt", "revoked"),
            Err(error) => return Err(error.into()),
        }
        Ok(())
    }

    fn custody(&mut self, config: &Config, words: &[CustodyReceipt]) -> Result<(), Failure> {
        for word in words {
            let (carrier, custody) = match word.verify(config) {
                Ok(believed) => believed,
                Err(error) => {
                    self.refuse("custody", custody_code(error));
                    continue;
                }
            };
            if carrier.public.id() == self.opened.session.keys.device {
                continue;
            }
            let kept = Custody {
                carrier: carrier.team.clone(),
                statement: word.statement.as_bytes().to_vec(),
                certificate: word.certificate.as_bytes().to_vec(),
                segments: custody.segments,
            };
            let store = &self.opened.session.store;
            let concerned = store.record_custody(&kept, self.said.road, self.said.at)?;
            self.said.in_custody += concerned.segments;
            self.said.pictures_in_custody += concerned.pictures;
            if concerned != Concerned::default() && !self.said.custody_by.contains(&carrier.team) {
                self.said.custody_by.push(carrier.team);
            }
        }
        Ok(())
    }

    fn segments(&mut self, sealed: Vec<Vec<u8>>) -> Result<(), Failure> {
        let mut good = Vec::with_capacity(sealed.len());
        for sealed in sealed {
            if OuterHeader::read(&sealed).is_ok() {
                good.push(sealed);
            } else {
                self.refuse("segment", "not_a_segment");
            }
        }
        let store = &self.opened.session.store;
        let label = self.said.label.as_deref();
        let kept = store.carry_segments(&good, label, self.said.road, self.said.at)?;
        (self.said.new, self.said.known, self.said.own) = (kept.new, kept.known, kept.own);
        self.taken = good.iter().map(|sealed| segment_hash(sealed)).collect();
        Ok(())
    }

    fn pictures(&mut self, sealed: Vec<Vec<u8>>) -> Result<(), Failure> {
        let (good, bad): (Vec<_>, Vec<_>) = sealed
            .into_iter()
            .partition(|sealed| is_sealed_picture(sealed));
        bad.iter()
            .for_each(|_| self.refuse("picture", "not_a_picture"));
        let store = &self.opened.session.store;
        let label = self.said.label.as_deref();
        let kept = match store.carry_pictures(&good, label, self.said.road, self.said.at) {
            Ok(kept) => kept,
            Err(error) => {
                // The reports beside them are taken all the same.
                tracing::error!(?error, "pictures could not be taken over");
                good.iter().for_each(|_| self.refuse("picture", "no_room"));
                return Ok(());
            }
        };
        (0..kept.no_room).for_each(|_| self.refuse("picture", "no_room"));
        (self.said.pictures_new, self.said.pictures_known) = (kept.new, kept.known);
        self.said.pictures_own = kept.own;
        self.taken.extend(kept.names);
        Ok(())
    }
}

fn receipt_code(error: ReceiptError) -> &'static str {
    match error {
        ReceiptError::Decode(_) => "unreadable",
        ReceiptError::BadSignature => "bad_signature",
        ReceiptError::WrongJournal => "wrong_event",
        ReceiptError::UnknownEntry(_) | ReceiptError::HashMismatch(_) => "another_journal",
    }
}

fn custody_code(error: CustodyError) -> &'static str {
    match error {
        CustodyError::Decode(_) => "unreadable",
        CustodyError::NotCertified => "not_certified",
        CustodyError::BadSignature => "bad_signature",
    }
}
