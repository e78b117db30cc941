//! Envelopes: receipts on their way back through hands. A carrier sees that headquarters has signed one, which of two for
//! the same device is newer, whether it is for a picture, and nothing else; whom it is for and what it says is between
//! headquarters and the device.

use crate::cbor::{MapReader, MapWriter};
use crate::keys::hmac;
use crate::receipt::signed_by;
use crate::{
    DecodeError, DeviceKey, DevicePublic, EventId, HqKey, HqPublic, PictureReceipt, Receipt,
    ReceiptError, Signed, SignedPictureReceipt, SignedReceipt, limits,
};
use baqylau_domain::AttachmentHash;
use chacha20poly1305::aead::Aead as _;
use chacha20poly1305::{ChaCha20Poly1305, KeyInit as _, Nonce};
use hkdf::Hkdf;
use sha2::Sha256;
use std::fmt;
use zeroize::Zeroizing;

/// By what a carrier knows one device's envelopes of one event from another's, and a picture's envelopes from all others.
/// Only headquarters and the device can tell whose it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Addressee(pub [u8; 16]);

/// What headquarters and one device have in common for one event: a secret that each finds from its own key and the
/// other's public one (X25519). It names and opens the envelopes between them, and nothing needs to be kept for it:
/// headquarters restored from before the device enrolled finds it, too.
pub struct Pair {
    addressee: Addressee,
    cipher: Zeroizing<[u8; 32]>,
    nonces: Zeroizing<[u8; 32]>,
    pictures: Zeroizing<[u8; 32]>,
}

/// What a carrier reads of a receipt on its way back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    /// The event.
    pub event: EventId,
    /// The epoch that the receipt is of.
    pub server_epoch: u64,
    /// Leaves in headquarters' log then, which anybody may know: of two envelopes of an epoch this tells the newer one. 0
    /// for a picture, of which there is only one an epoch.
    pub log_size: u64,
    /// Whom it is for.
    pub addressee: Addressee,
    /// The receipt, for the addressee alone.
    pub sealed: Vec<u8>,
}

/// An envelope under headquarters' key, as its bytes.
pub type SignedEnvelope = Signed<Envelope>;

const DOMAIN: &[u8] = b"obs-envelope-v1";
const NONCE_BYTES: usize = 12;
/// What a receipt weighs at most beside its event, with its length before it: every number as long as can be.
const LARGEST_BYTES: usize = 199;
/// The largest receipt of an event fills up to the next multiple, and every other one to the same: no number shows in a
/// length.
const STEP_BYTES: usize = 128;

impl DeviceKey {
    /// What this device and headquarters have in common; `None` when that is no key of anybody's.
    #[must_use]
    pub fn pair(&self, hq: &HqPublic, event: &EventId) -> Option<Pair> {
        let shared = self.agree(hq)?;
        Some(Pair::of(&shared, event, hq, &self.public()))
    }
}

impl HqKey {
    /// What headquarters and this device have in common; `None` when that is no key of anybody's.
    #[must_use]
    pub fn pair(&self, device: &DevicePublic, event: &EventId) -> Option<Pair> {
        let shared = self.agree(device)?;
        Some(Pair::of(&shared, event, &self.public(), device))
    }
}

impl Pair {
    fn of(shared: &[u8; 32], event: &EventId, hq: &HqPublic, device: &DevicePublic) -> Self {
        let mut drawn = Zeroizing::new([0; 16 + 32 + 32 + 32]);
        let info: &[&[u8]] = &[DOMAIN, &hq.0, &device.0, event.0.as_bytes()];
        if Hkdf::<Sha256>::new(None, shared)
            .expand_multi_info(info, drawn.as_mut_slice())
            .is_err()
        {
            unreachable!("112 bytes are within what HKDF-SHA256 gives");
        }
        let mut pair = Self {
            addressee: Addressee([0; 16]),
            cipher: Zeroizing::new([0; 32]),
            nonces: Zeroizing::new([0; 32]),
            pictures: Zeroizing::new([0; 32]),
        };
        pair.addressee.0.copy_from_slice(&drawn[..16]);
        pair.cipher.copy_from_slice(&drawn[16..48]);
        pair.nonces.copy_from_slice(&drawn[48..80]);
        pair.pictures.copy_from_slice(&drawn[80..]);
        pair
    }

    /// What carriers call this device.
    #[must_use]
    pub fn addressee(&self) -> Addressee {
        self.addressee
    }

    /// What carriers call the receipt for this picture of the device's.
    #[must_use]
    pub fn addressee_for(&self, picture: &AttachmentHash) -> Addressee {
        let mac = hmac(&self.pictures, &picture.0);
        let mut addressee = Addressee([0; 16]);
        addressee.0.copy_from_slice(&mac[..16]);
        addressee
    }

    /// Puts a receipt for this device into an envelope. The same receipt makes the same envelope.
    #[must_use]
    pub fn enclose(&self, receipt: &Receipt, hq: &HqKey) -> SignedEnvelope {
        Envelope {
            event: receipt.event.clone(),
            server_epoch: receipt.server_epoch,
            log_size: receipt.log_size,
            addressee: self.addressee,
            sealed: self.seal(receipt.sign(hq).as_bytes(), &receipt.event),
        }
        .sign(hq)
    }

    /// Puts a picture's receipt for this device into an envelope of its own.
    #[must_use]
    pub fn enclose_picture(&self, receipt: &PictureReceipt, hq: &HqKey) -> SignedEnvelope {
        Envelope {
            event: receipt.event.clone(),
            server_epoch: receipt.server_epoch,
            log_size: 0,
            addressee: self.addressee_for(&receipt.picture),
            sealed: self.seal(receipt.sign(hq).as_bytes(), &receipt.event),
        }
        .sign(hq)
    }

    /// `nonce ‖ ciphertext`. The nonce follows from the text, so that two texts never share one.
    fn seal(&self, receipt: &[u8], event: &EventId) -> Vec<u8> {
        let length = u16::try_from(receipt.len()).unwrap_or(u16::MAX);
        let mut text = [length.to_be_bytes().as_slice(), receipt].concat();
        let filled = text.len().max(LARGEST_BYTES + event.0.len());
        text.resize(filled.next_multiple_of(STEP_BYTES), 0);
        let nonce = self.nonce(&text);
        let Ok(sealed) = self.cipher().encrypt(&nonce, text.as_slice()) else {
            unreachable!("a receipt is far shorter than what the cipher takes");
        };
        [nonce.as_slice(), &sealed].concat()
    }

    fn nonce(&self, text: &[u8]) -> Nonce {
        let mac = hmac(&self.nonces, text);
        let mut nonce = [0; NONCE_BYTES];
        nonce.copy_from_slice(&mac[..NONCE_BYTES]);
        nonce.into()
    }

    fn cipher(&self) -> ChaCha20Poly1305 {
        ChaCha20Poly1305::new((&*self.cipher).into())
    }
}

impl Envelope {
    fn sign(&self, hq: &HqKey) -> SignedEnvelope {
        let payload = MapWriter::default()
            .text(0, &self.event.0)
            .uint(1, self.server_epoch)
            .uint(2, self.log_size)
            .bytes(3, &self.addressee.0)
            .bytes(4, &self.sealed)
            .finish();
        Signed::of(&hq.sign(DOMAIN, &payload), &payload)
    }

    fn decode(payload: &[u8]) -> Result<Self, DecodeError> {
        let mut map = MapReader::read(payload)?;
        Ok(Self {
            event: EventId(map.text(0)?),
            server_epoch: map.uint(1)?,
            log_size: map.uint(2)?,
            addressee: Addressee(map.array(3)?),
            sealed: map.bytes(4)?.to_vec(),
        })
    }

    /// Takes the receipt out, if the envelope is for this device. It proves nothing before it was verified.
    ///
    /// # Errors
    /// [`ReceiptError::WrongJournal`] when it is for somebody else, [`ReceiptError::Decode`] when it does not open.
    pub fn open(&self, pair: &Pair) -> Result<SignedReceipt, ReceiptError> {
        let text = self.text(pair, pair.addressee)?;
        Ok(Signed::from_bytes(text))
    }

    /// Takes the receipt for this picture out, if the envelope is that.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn open_picture(
        &self,
        pair: &Pair,
        picture: &AttachmentHash,
    ) -> Result<SignedPictureReceipt, ReceiptError> {
        let text = self.text(pair, pair.addressee_for(picture))?;
        Ok(Signed::from_bytes(text))
    }

    fn text(&self, pair: &Pair, addressee: Addressee) -> Result<Vec<u8>, ReceiptError> {
        if self.addressee != addressee {
            return Err(ReceiptError::WrongJournal);
        }
        let malformed = || ReceiptError::Decode(DecodeError::Malformed);
        let (nonce, sealed) = self
            .sealed
            .split_first_chunk::<NONCE_BYTES>()
            .ok_or_else(malformed)?;
        let text = pair
            .cipher()
            .decrypt(&Nonce::from(*nonce), sealed)
            .map_err(|_| malformed())?;
        let (length, rest) = text.split_first_chunk().ok_or_else(malformed)?;
        let receipt = rest.get(..usize::from(u16::from_be_bytes(*length)));
        Ok(receipt.ok_or_else(malformed)?.to_vec())
    }
}

impl SignedEnvelope {
    /// Checks that headquarters has signed it for this event: all that a carrier can check, and has to.
    ///
    /// # Errors
    /// [`ReceiptError`].
    pub fn verify(&self, hq: &HqPublic, event: &EventId) -> Result<Envelope, ReceiptError> {
        let envelope = Envelope::decode(signed_by(hq, DOMAIN, self, limits::ENVELOPE_BYTES)?)?;
        if envelope.event == *event {
            Ok(envelope)
        } else {
            Err(ReceiptError::WrongJournal)
        }
    }
}

/// Takes the order out of envelopes that travel together: by their places nobody finds out which belong to whom, or came
/// with which. They stand by their signatures, which are in no order.
pub fn in_no_order(envelopes: &mut [SignedEnvelope]) {
    envelopes.sort_unstable_by(|one, other| one.as_bytes().cmp(other.as_bytes()));
}

impl fmt::Debug for Pair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pair({:?})", self.addressee)
    }
}
