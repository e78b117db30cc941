//! How a sealed picture travels: in runs of bytes at an offset, until headquarters signs for it.

use crate::cbor::{MapReader, MapWriter, encode, items, whole};
use crate::receipt::signed_by;
use crate::{
    DecodeError, DeviceKey, DevicePublic, EventId, HqKey, HqPublic, QuarantineCode, ReceiptError,
    SealedHash, Signature, Signed, SignedEnvelope, limits,
};
use baqylau_domain::{AttachmentHash, DeviceId};
use minicbor::Decoder;

/// Some bytes of a sealed picture, and where they belong. An empty run asks how many headquarters has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureRun {
    /// Lowest and highest protocol version the device speaks.
    pub protocol: (u16, u16),
    /// The device that sends it: the one whose journal names it, or one that carries for others.
    pub device: DeviceId,
    /// The sealed picture.
    pub picture: SealedHash,
    /// Bytes of the whole sealed picture.
    pub total: u64,
    /// Where the run begins, bytes from the start of the sealed picture.
    pub offset: u64,
    /// The device's signature over all of the above. The bytes are bound by the picture's name, so that those which
    /// arrived before a cut are of use.
    pub proof: Signature,
    /// At most [`limits::PICTURE_RUN_BYTES`].
    pub bytes: Vec<u8>,
}

/// What headquarters says of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureReply {
    /// Headquarters' epoch.
    pub server_epoch: u64,
    /// What became of it.
    pub verdict: PictureVerdict,
    /// Headquarters' word, with [`PictureVerdict::Held`] alone, for the device whose journal names the picture.
    pub receipt: Option<SignedPictureReceipt>,
    /// The same in an envelope, for whoever has brought another device's picture.
    pub envelope: Option<SignedEnvelope>,
}

/// What became of a sealed picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PictureVerdict {
    /// Headquarters has so many bytes without a gap and wants the next.
    More {
        /// Bytes it has.
        held: u64,
    },
    /// It has all of them; the entry that names the picture has not come yet.
    Waits,
    /// It holds the picture.
    Held,
    /// It keeps the picture apart.
    Quarantined {
        /// Why.
        code: QuarantineCode,
    },
    /// Sealed to a key headquarters does not have (any more): pull the configuration and seal again.
    UnknownKey,
    /// Above a limit.
    TooLarge,
    /// Other bytes are held where this run overlaps them: nothing was taken.
    OtherBytes,
}

/// Headquarters' word that it holds a picture; signed only after the picture is durable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureReceipt {
    /// The event.
    pub event: EventId,
    /// Goes up whenever headquarters is restored from a backup.
    pub server_epoch: u64,
    /// Whose journal names it.
    pub device: DeviceId,
    /// SHA-256 of the picture's own bytes, as headquarters computed it.
    pub picture: AttachmentHash,
    /// The picture's length, bytes.
    pub bytes: u64,
    /// When headquarters received the last of it, UTC milliseconds.
    pub received_at_ms: i64,
}

/// A picture's receipt as its bytes.
pub type SignedPictureReceipt = Signed<PictureReceipt>;

/// A picture's receipt that the device has checked itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifiedPictureReceipt {
    receipt: PictureReceipt,
    signed: SignedPictureReceipt,
}

const RUN_DOMAIN: &[u8] = b"obs-picture-v1";
const RECEIPT_DOMAIN: &[u8] = b"obs-picture-receipt-v1";

impl PictureRun {
    /// Signs the run: fill every field, `proof` with anything.
    #[must_use]
    pub fn signed(self, key: &DeviceKey) -> Self {
        let proof = key.sign(RUN_DOMAIN, &self.proven());
        Self { proof, ..self }
    }

    /// Whether this device sends it.
    #[must_use]
    pub fn is_by(&self, device: &DevicePublic) -> bool {
        device.id() == self.device && device.verifies(RUN_DOMAIN, &self.proven(), &self.proof)
    }

    fn proven(&self) -> Vec<u8> {
        [
            self.protocol.0.to_be_bytes().as_slice(),
            &self.protocol.1.to_be_bytes(),
            &self.device.0,
            &self.picture.0,
            &self.total.to_be_bytes(),
            &self.offset.to_be_bytes(),
        ]
        .concat()
    }

    /// Its bytes: `length of the head (2) ‖ head ‖ run`.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let head = MapWriter::default()
            .uint(0, u64::from(self.protocol.0))
            .uint(1, u64::from(self.protocol.1))
            .bytes(2, &self.device.0)
            .bytes(3, &self.picture.0)
            .uint(4, self.total)
            .uint(5, self.offset)
            .bytes(6, &self.proof.0)
            .finish_padded(limits::PADDING_FLOOR_BYTES);
        let length = u16::try_from(head.len()).unwrap_or(u16::MAX);
        [length.to_be_bytes().as_slice(), &head, &self.bytes].concat()
    }

    /// Reads one, also one that was cut off within its run: what arrived is a shorter run.
    ///
    /// # Errors
    /// [`DecodeError`], above all when the head is not whole.
    pub fn decode(bytes: &[u8]) -> Result<Self, DecodeError> {
        if bytes.len() > limits::PICTURE_REQUEST_BYTES {
            return Err(DecodeError::TooLarge);
        }
        let (length, rest) = bytes
            .split_first_chunk::<2>()
            .ok_or(DecodeError::Malformed)?;
        let (head, run) = rest
            .split_at_checked(usize::from(u16::from_be_bytes(*length)))
            .ok_or(DecodeError::Malformed)?;
        if run.len() > limits::PICTURE_RUN_BYTES {
            return Err(DecodeError::TooLarge);
        }
        let mut map = MapReader::read(head)?;
        Ok(Self {
            protocol: (map.small(0)?, map.small(1)?),
            device: DeviceId(map.array(2)?),
            picture: SealedHash(map.array(3)?),
            total: map.uint(4)?,
            offset: map.uint(5)?,
            proof: Signature(map.array(6)?),
            bytes: run.to_vec(),
        })
    }
}

impl PictureVerdict {
    /// The stable code; of what is kept apart, the code of why.
    #[must_use]
    pub fn code(&self) -> &str {
        match self {
            Self::More { .. } => "more",
            Self::Waits => "waits",
            Self::Held => "held",
            Self::Quarantined { code } => code.as_str(),
            Self::UnknownKey => "unknown_key",
            Self::TooLarge => "too_large",
            Self::OtherBytes => "other_bytes",
        }
    }

    fn encode(&self) -> Vec<u8> {
        match self {
            Self::More { held } => encode(|e| e.array(2)?.u8(0)?.u64(*held)),
            Self::Waits => encode(|e| e.array(1)?.u8(1)),
            Self::Held => encode(|e| e.array(1)?.u8(2)),
            Self::Quarantined { code } => encode(|e| e.array(2)?.u8(3)?.str(code.as_str())),
            Self::UnknownKey => encode(|e| e.array(1)?.u8(4)),
            Self::TooLarge => encode(|e| e.array(1)?.u8(5)),
            Self::OtherBytes => encode(|e| e.array(1)?.u8(6)),
        }
    }

    fn decode(raw: &[u8]) -> Result<Self, DecodeError> {
        let parts = items(raw, 2)?;
        let (kind, argument) = parts.split_first().ok_or(DecodeError::Malformed)?;
        match (whole(kind, Decoder::u8)?, argument) {
            (0, [held]) => Ok(Self::More {
                held: whole(held, Decoder::u64)?,
            }),
            (1, []) => Ok(Self::Waits),
            (2, []) => Ok(Self::Held),
            (3, [code]) => Ok(Self::Quarantined {
                code: QuarantineCode::of(whole(code, Decoder::str)?),
            }),
            (4, []) => Ok(Self::UnknownKey),
            (5, []) => Ok(Self::TooLarge),
            (6, []) => Ok(Self::OtherBytes),
            _ => Err(DecodeError::Malformed),
        }
    }
}

impl PictureReply {
    /// Its bytes, padded.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        MapWriter::default()
            .uint(0, self.server_epoch)
            .raw(1, self.verdict.encode())
            .optional_bytes(2, self.receipt.as_ref().map(Signed::as_bytes))
            .optional_bytes(3, self.envelope.as_ref().map(Signed::as_bytes))
            .finish_padded(limits::PADDING_FLOOR_BYTES)
    }

    /// Reads one.
    ///
    /// # Errors
    /// [`DecodeError`].
    pub fn decode(bytes: &[u8]) -> Result<Self, DecodeError> {
        if bytes.len() > limits::REPLY_BYTES {
            return Err(DecodeError::TooLarge);
        }
        let mut map = MapReader::read(bytes)?;
        Ok(Self {
            server_epoch: map.uint(0)?,
            verdict: PictureVerdict::decode(map.take(1).ok_or(DecodeError::Missing(1))?)?,
            receipt: map
                .optional_bytes(2)?
                .map(|bytes| Signed::from_bytes(bytes.to_vec())),
            envelope: map
                .optional_bytes(3)?
                .map(|bytes| Signed::from_bytes(bytes.to_vec())),
        })
    }
}

impl PictureReceipt {
    /// Signs it. Only after the picture is durable.
    #[must_use]
    pub fn sign(&self, hq: &HqKey) -> SignedPictureReceipt {
        let payload = MapWriter::default()
            .text(0, &self.event.0)
            .uint(1, self.server_epoch)
            .bytes(2, &self.device.0)
            .bytes(3, &self.picture.0)
            .uint(4, self.bytes)
            .int(5, self.received_at_ms)
            .finish();
        Signed::of(&hq.sign(RECEIPT_DOMAIN, &payload), &payload)
    }

    fn decode(payload: &[u8]) -> Result<Self, DecodeError> {
        let mut map = MapReader::read(payload)?;
        Ok(Self {
            event: EventId(map.text(0)?),
            server_epoch: map.uint(1)?,
            device: DeviceId(map.array(2)?),
            picture: AttachmentHash(map.array(3)?),
            bytes: map.uint(4)?,
            received_at_ms: map.int(5)?,
        })
    }
}

impl SignedPictureReceipt {
    /// Checks signature, event, device and picture.
    ///
    /// # Errors
    /// [`ReceiptError`] for anything that does not prove that headquarters holds this very picture.
    pub fn verify(
        &self,
        hq: &HqPublic,
        event: &EventId,
        device: &DeviceId,
        picture: &AttachmentHash,
    ) -> Result<VerifiedPictureReceipt, ReceiptError> {
        let payload = signed_by(hq, RECEIPT_DOMAIN, self, limits::RECEIPT_BYTES)?;
        let receipt = PictureReceipt::decode(payload)?;
        let is_ours =
            receipt.event == *event && receipt.device == *device && receipt.picture == *picture;
        if !is_ours {
            return Err(ReceiptError::WrongJournal);
        }
        Ok(VerifiedPictureReceipt {
            receipt,
            signed: self.clone(),
        })
    }
}

impl VerifiedPictureReceipt {
    /// What it says.
    #[must_use]
    pub fn receipt(&self) -> &PictureReceipt {
        &self.receipt
    }

    /// Its bytes, to keep and to show to others.
    #[must_use]
    pub fn signed(&self) -> &SignedPictureReceipt {
        &self.signed
    }
}

#[cfg(test)]
mod tests;
