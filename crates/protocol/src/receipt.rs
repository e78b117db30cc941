//! Receipts: headquarters' word that it holds a journal up to an entry.

use crate::cbor::{MapReader, MapWriter};
use crate::seeded::{Bug, is_planted};
use crate::{ChainHash, DecodeError, EventId, HqKey, HqPublic, Signed, limits};
use baqylau_domain::DeviceId;
use thiserror::Error;

/// What headquarters signs after its commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The event.
    pub event: EventId,
    /// Goes up whenever headquarters is restored from a backup.
    pub server_epoch: u64,
    /// Whose journal.
    pub device: DeviceId,
    /// The last entry held without a gap.
    pub upto_seq: u64,
    /// The chain's hash at that entry, as headquarters computed it.
    pub head: ChainHash,
    /// When headquarters received it, UTC milliseconds.
    pub received_at_ms: i64,
    /// Leaves in headquarters' log.
    pub log_size: u64,
    /// The log's root.
    pub log_root: [u8; 32],
}

/// A receipt as its bytes.
pub type SignedReceipt = Signed<Receipt>;

/// A receipt whose signature and hash the device has checked itself: the only thing that may be recorded as "held".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifiedReceipt {
    receipt: Receipt,
    signed: SignedReceipt,
}

/// Why a receipt proves nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ReceiptError {
    /// Unreadable.
    #[error("unreadable: {0}")]
    Decode(#[from] DecodeError),
    /// Not signed by headquarters.
    #[error("bad signature")]
    BadSignature,
    /// For another event or device.
    #[error("for somebody else")]
    WrongJournal,
    /// It speaks of an entry that this journal does not have.
    #[error("entry {0} was never written here")]
    UnknownEntry(u64),
    /// Headquarters holds something else under that number: a fork or damage.
    #[error("another journal under entry {0}")]
    HashMismatch(u64),
}

const DOMAIN: &[u8] = b"obs-receipt-v1";

/// What headquarters has signed, unread.
pub(crate) fn signed_by<'a, T>(
    hq: &HqPublic,
    domain: &[u8],
    signed: &'a Signed<T>,
    limit: usize,
) -> Result<&'a [u8], ReceiptError> {
    let (signature, payload) = signed.parts(limit)?;
    if hq.verifies(domain, payload, &signature) {
        Ok(payload)
    } else {
        Err(ReceiptError::BadSignature)
    }
}

impl Receipt {
    /// Signs it. Only after the data is durable.
    #[must_use]
    pub fn sign(&self, hq: &HqKey) -> SignedReceipt {
        let payload = MapWriter::default()
            .text(0, &self.event.0)
            .uint(1, self.server_epoch)
            .bytes(2, &self.device.0)
            .uint(3, self.upto_seq)
            .bytes(4, &self.head.0)
            .int(5, self.received_at_ms)
            .uint(6, self.log_size)
            .bytes(7, &self.log_root)
            .finish();
        Signed::of(&hq.sign(DOMAIN, &payload), &payload)
    }

    fn decode(payload: &[u8]) -> Result<Self, DecodeError> {
        let mut map = MapReader::read(payload)?;
        Ok(Self {
            event: EventId(map.text(0)?),
            server_epoch: map.uint(1)?,
            device: DeviceId(map.array(2)?),
            upto_seq: map.uint(3)?,
            head: ChainHash(map.array(4)?),
            received_at_ms: map.int(5)?,
            log_size: map.uint(6)?,
            log_root: map.array(7)?,
        })
    }
}

impl SignedReceipt {
    /// Checks headquarters' signature alone: for whoever carries the receipt and has not the journal it speaks of. What
    /// it returns proves nothing about any journal.
    ///
    /// # Errors
    /// [`ReceiptError`] when headquarters did not sign it for this event.
    pub fn carried(&self, hq: &HqPublic, event: &EventId) -> Result<Receipt, ReceiptError> {
        let receipt = Receipt::decode(signed_by(hq, DOMAIN, self, limits::RECEIPT_BYTES)?)?;
        if receipt.event == *event {
            Ok(receipt)
        } else {
            Err(ReceiptError::WrongJournal)
        }
    }

    /// Checks signature, event, device and the chain's hash, which `hash_at` recomputes or looks up
    /// in the device's own journal.
    ///
    /// # Errors
    /// [`ReceiptError`] for anything that does not prove that headquarters holds this very journal.
    pub fn verify(
        &self,
        hq: &HqPublic,
        event: &EventId,
        device: &DeviceId,
        hash_at: impl FnOnce(u64) -> Option<ChainHash>,
    ) -> Result<VerifiedReceipt, ReceiptError> {
        let (signature, payload) = self.parts(limits::RECEIPT_BYTES)?;
        if !hq.verifies(DOMAIN, payload, &signature) && !is_planted(Bug::ReceiptUnsigned) {
            return Err(ReceiptError::BadSignature);
        }
        let receipt = Receipt::decode(payload)?;
        if receipt.event != *event || receipt.device != *device {
            return Err(ReceiptError::WrongJournal);
        }
        match hash_at(receipt.upto_seq) {
            None => Err(ReceiptError::UnknownEntry(receipt.upto_seq)),
            Some(hash) if hash != receipt.head && !is_planted(Bug::ReceiptOtherHash) => {
                Err(ReceiptError::HashMismatch(receipt.upto_seq))
            }
            Some(_) => Ok(VerifiedReceipt {
                receipt,
                signed: self.clone(),
            }),
        }
    }
}

impl VerifiedReceipt {
    /// What it says.
    #[must_use]
    pub fn receipt(&self) -> &Receipt {
        &self.receipt
    }

    /// Its bytes, to keep and to show to others.
    #[must_use]
    pub fn signed(&self) -> &SignedReceipt {
        &self.signed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_receipt_is_of_one_device_and_keeps_its_bytes() {
        let hq = HqKey::from_bytes(&[2; 32]);
        let device = DeviceId([3; 16]);
        let receipt = Receipt {
            event: EventId("kz-2011".into()),
            server_epoch: 1,
            device,
            upto_seq: 4,
            head: ChainHash([5; 32]),
            received_at_ms: 6,
            log_size: 7,
            log_root: [8; 32],
        };
        let signed = receipt.sign(&hq);
        let verify = |device: &DeviceId| {
            let at = |seq| (seq == 4).then_some(ChainHash([5; 32]));
            signed.verify(&hq.public(), &receipt.event, device, at)
        };
        let verified = verify(&device).expect("all fits");
        assert_eq!((verified.receipt(), verified.signed()), (&receipt, &signed));
        let foreign = verify(&DeviceId([0; 16]));
        assert_eq!(foreign, Err(ReceiptError::WrongJournal));
    }
}
