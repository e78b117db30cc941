//! Checking a ledger against itself: chains, signatures, receipts, and that the figures follow from the entries.

use crate::error::HqError;
use crate::headquarters::Headquarters;
use crate::ledger::{DeviceRow, LedgerError, NO_LOG_ROOT, Read};
use crate::pictures::hash_of;
use baqylau_domain::DeviceId;
use baqylau_protocol::{
    Chain, ChainHash, DevicePublic, Entry, EntryKind, LogHash, LogTree, SignedCertificate, open,
};
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, HashMap};

/// Something that does not hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// A stable code.
    pub code: &'static str,
    /// The device, if it is about one.
    pub device: Option<DeviceId>,
    /// The entry, if it is about one.
    pub seq: Option<u64>,
}

/// What was checked, and what does not hold.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Verification {
    /// Devices.
    pub devices: u64,
    /// Entries whose chain was computed again.
    pub entries: u64,
    /// Sealed segments opened again.
    pub segments: u64,
    /// Receipts held against the chain.
    pub receipts: u64,
    /// Pictures held against their hash and their entry.
    pub pictures: u64,
    /// What does not hold.
    pub faults: Vec<Fault>,
}

impl Headquarters {
    /// Checks the ledger against itself. Nothing is written.
    ///
    /// # Errors
    /// [`HqError`] when the ledger cannot be read; a fault is no error.
    pub fn verify(&self) -> Result<Verification, HqError> {
        let mut found = Verification::default();
        let hashes = self.ledger.read(|read| -> Result<_, LedgerError> {
            let mut hashes = HashMap::new();
            for device in read.devices()? {
                found.devices += 1;
                self.verify_device(read, &device, &mut found, &mut hashes)?;
            }
            Ok(hashes)
        })?;
        self.verify_segments(&mut found, &hashes)?;
        self.ledger.read(|read| verify_pictures(read, &mut found))?;
        Ok(found)
    }

    fn verify_device(
        &self,
        read: &Read<'_>,
        device: &DeviceRow,
        found: &mut Verification,
        hashes: &mut HashMap<(DeviceId, u64), [u8; 32]>,
    ) -> Result<(), LedgerError> {
        let mut fault = |code, seq| {
            found.faults.push(Fault {
                code,
                device: Some(device.id),
                seq,
            });
        };
        let public = DevicePublic(device.public_key);
        let certified = SignedCertificate::from_bytes(device.certificate.clone())
            .verify(&self.keys.hq.public())
            .is_ok_and(|it| {
                it.public == public && it.team.0 == device.team && it.event == self.intake.event
            });
        if !certified || public.id() != device.id {
            fault("certificate", None);
        }
        let mut chain = Chain::start(&public, &self.intake.event);
        let entries = read.entries(device.id)?;
        let mut at: BTreeMap<u64, ChainHash> = BTreeMap::new();
        for row in &entries {
            if row.seq != chain.seq + 1 {
                fault("gap", Some(row.seq));
            }
            chain = Chain {
                seq: row.seq - 1,
                hash: chain.hash,
            }
            .next(&row.bytes);
            if chain.hash.0 != row.hash {
                fault("chain", Some(row.seq));
            }
            at.insert(row.seq, chain.hash);
            hashes.insert((device.id, row.seq), chain.hash.0);
        }
        if read
            .head(device.id)?
            .is_none_or(|head| head.next_seq != chain.seq + 1 || head.hash != chain.hash.0)
        {
            fault("head", None);
        }
        let receipts = read.receipts(device.id)?;
        for receipt in &receipts {
            if at
                .get(&receipt.upto_seq)
                .is_none_or(|hash| hash.0 != receipt.upto_hash)
            {
                fault("receipt", Some(receipt.upto_seq));
            }
        }
        found.entries += entries.len() as u64;
        found.receipts += receipts.len() as u64;
        Ok(())
    }

    /// Every sealed segment still has its hash and its signature, and every entry is in one that was signed.
    fn verify_segments(
        &self,
        found: &mut Verification,
        hashes: &HashMap<(DeviceId, u64), [u8; 32]>,
    ) -> Result<(), LedgerError> {
        let mut signed: HashMap<(DeviceId, u64), [u8; 32]> = HashMap::new();
        let devices: HashMap<_, _> = self
            .ledger
            .read(|read| read.devices())?
            .into_iter()
            .map(|device| (device.id, DevicePublic(device.public_key)))
            .collect();
        let secrets = self.intake.secrets.read();
        let mut damaged = 0_u64;
        let mut log = LogTree::default();
        let mut roots = BTreeMap::new();
        self.ledger.read(|read| {
            read.each_segment(|row| -> Result<(), LedgerError> {
                found.segments += 1;
                let hash: [u8; 32] = Sha256::digest(&row.sealed).into();
                damaged += u64::from(hash != row.hash);
                log.push(&hash);
                roots.insert(log.size(), log.root());
                let Ok(opened) = open(&row.sealed, &secrets, self.plan().dictionaries()) else {
                    return Ok(());
                };
                let Some(public) = devices.get(&opened.body.device) else {
                    return Ok(());
                };
                if opened.verify(public).is_err() {
                    return Ok(());
                }
                let mut chain = opened.body.start();
                for bytes in &opened.body.entries {
                    chain = chain.next(bytes);
                    if hashes.get(&(opened.body.device, chain.seq)) == Some(&chain.hash.0) {
                        signed.insert((opened.body.device, chain.seq), chain.hash.0);
                    }
                }
                Ok(())
            })?;
            verify_log(read, &log, &roots, found)
        })?;
        for _ in 0..damaged {
            found.faults.push(Fault {
                code: "segment",
                device: None,
                seq: None,
            });
        }
        let mut unsigned: Vec<_> = hashes
            .keys()
            .filter(|key| !signed.contains_key(key))
            .collect();
        unsigned.sort();
        found
            .faults
            .extend(unsigned.into_iter().map(|(device, seq)| Fault {
                code: "unsigned",
                device: Some(*device),
                seq: Some(*seq),
            }));
        Ok(())
    }
}

/// Every picture still has its hash, and one that is not kept apart is the one that its entry names.
fn verify_pictures(read: &Read<'_>, found: &mut Verification) -> Result<(), LedgerError> {
    read.each_picture(|row| -> Result<(), LedgerError> {
        found.pictures += 1;
        let entry = match row.seq {
            Some(seq) => read.entry(row.device, seq)?,
            None => None,
        };
        let named = entry.and_then(|entry| match Entry::decode(&entry).ok()?.kind {
            EntryKind::Attachment { photo, .. } => Some((photo.hash.0, photo.bytes)),
            _ => None,
        });
        let is_named = named == Some((row.hash, row.body.len() as u64));
        if hash_of(&row.body) != row.hash || (row.code.is_empty() && !is_named) {
            found.faults.push(Fault {
                code: "picture",
                device: Some(row.device),
                seq: row.seq,
            });
        }
        Ok(())
    })
}

/// The tree that was kept is the one that the segments give, and every receipt names what the log was.
fn verify_log(
    read: &Read<'_>,
    log: &LogTree,
    roots: &BTreeMap<u64, LogHash>,
    found: &mut Verification,
) -> Result<(), LedgerError> {
    let mut fault = |device, seq| {
        found.faults.push(Fault {
            code: "log",
            device,
            seq,
        });
    };
    let is_kept = read.log().is_ok_and(|kept| kept == *log);
    if !is_kept {
        fault(None, None);
    }
    for device in read.devices()? {
        for receipt in read.receipts(device.id)? {
            let is_old = receipt.log_root == NO_LOG_ROOT;
            if !is_old && roots.get(&receipt.log_size) != Some(&receipt.log_root) {
                fault(Some(device.id), Some(receipt.upto_seq));
            }
        }
    }
    Ok(())
}
