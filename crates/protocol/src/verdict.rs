//! What headquarters says of a segment.

use crate::DecodeError;
use crate::cbor::{encode, items, whole};
use minicbor::Decoder;

/// What became of one segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Stored and chained.
    Accepted,
    /// Everything in it was there already, with the same hashes.
    Duplicate,
    /// Kept, but entries before it are missing.
    Parked {
        /// The first missing entry.
        need_from: u64,
    },
    /// Kept apart and not counted.
    Quarantined {
        /// Why.
        code: QuarantineCode,
    },
    /// Sealed to a key headquarters does not have (any more): pull the configuration and seal again.
    UnknownKey,
    /// Above a limit: send less in one segment.
    TooLarge,
}

/// Why a segment is kept apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QuarantineCode {
    /// Another entry under the same number is held already: a clone or a restored backup.
    Fork,
    /// The device is revoked.
    Revoked,
    /// The signature does not fit.
    BadSignature,
    /// It does not follow the chain held.
    BadChain,
    /// It does not open or cannot be read.
    Malformed,
    /// For another event.
    WrongEvent,
    /// Of a device that was never enrolled here.
    UnknownDevice,
    /// A code of a newer version.
    Other(String),
}

impl Verdict {
    /// The stable code; of what is kept apart, the code of why.
    #[must_use]
    pub fn code(&self) -> &str {
        match self {
            Self::Accepted => "accepted",
            Self::Duplicate => "duplicate",
            Self::Parked { .. } => "parked",
            Self::Quarantined { code } => code.as_str(),
            Self::UnknownKey => "unknown_key",
            Self::TooLarge => "too_large",
        }
    }

    pub(crate) fn encode(&self) -> Vec<u8> {
        match self {
            Self::Accepted => encode(|e| e.array(1)?.u8(0)),
            Self::Duplicate => encode(|e| e.array(1)?.u8(1)),
            Self::Parked { need_from } => encode(|e| e.array(2)?.u8(2)?.u64(*need_from)),
            Self::Quarantined { code } => encode(|e| e.array(2)?.u8(3)?.str(code.as_str())),
            Self::UnknownKey => encode(|e| e.array(1)?.u8(4)),
            Self::TooLarge => encode(|e| e.array(1)?.u8(5)),
        }
    }

    pub(crate) fn decode(raw: &[u8]) -> Result<Self, DecodeError> {
        let parts = items(raw, 2)?;
        let (kind, argument) = parts.split_first().ok_or(DecodeError::Malformed)?;
        match (whole(kind, Decoder::u8)?, argument) {
            (0, []) => Ok(Self::Accepted),
            (1, []) => Ok(Self::Duplicate),
            (2, [need_from]) => Ok(Self::Parked {
                need_from: whole(need_from, Decoder::u64)?,
            }),
            (3, [code]) => Ok(Self::Quarantined {
                code: QuarantineCode::of(whole(code, Decoder::str)?),
            }),
            (4, []) => Ok(Self::UnknownKey),
            (5, []) => Ok(Self::TooLarge),
            _ => Err(DecodeError::Malformed),
        }
    }
}

impl QuarantineCode {
    const KNOWN: [Self; 7] = [
        Self::Fork,
        Self::Revoked,
        Self::BadSignature,
        Self::BadChain,
        Self::Malformed,
        Self::WrongEvent,
        Self::UnknownDevice,
    ];

    /// The stable code.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Fork => "fork",
            Self::Revoked => "revoked",
            Self::BadSignature => "bad_signature",
            Self::BadChain => "bad_chain",
            Self::Malformed => "malformed",
            Self::WrongEvent => "wrong_event",
            Self::UnknownDevice => "unknown_device",
            Self::Other(code) => code,
        }
    }

    /// The code that [`QuarantineCode::as_str`] gave.
    #[must_use]
    pub fn of(code: &str) -> Self {
        Self::KNOWN
            .into_iter()
            .find(|known| known.as_str() == code)
            .unwrap_or_else(|| Self::Other(code.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_verdict_travels_and_has_a_code() {
        let quarantined = |code| Verdict::Quarantined { code };
        for (verdict, code) in [
            (Verdict::Accepted, "accepted"),
            (Verdict::Duplicate, "duplicate"),
            (Verdict::Parked { need_from: 4 }, "parked"),
            (Verdict::UnknownKey, "unknown_key"),
            (Verdict::TooLarge, "too_large"),
            (quarantined(QuarantineCode::Fork), "fork"),
            (quarantined(QuarantineCode::Revoked), "revoked"),
            (quarantined(QuarantineCode::BadSignature), "bad_signature"),
            (quarantined(QuarantineCode::BadChain), "bad_chain"),
            (quarantined(QuarantineCode::Malformed), "malformed"),
            (quarantined(QuarantineCode::WrongEvent), "wrong_event"),
            (quarantined(QuarantineCode::UnknownDevice), "unknown_device"),
            (quarantined(QuarantineCode::Other("later".into())), "later"),
        ] {
            assert_eq!(verdict.code(), code);
            assert_eq!(Verdict::decode(&verdict.encode()), Ok(verdict));
        }
    }

    #[test]
    fn a_verdict_with_more_or_less_than_belongs_to_it_is_none() {
        for bytes in [
            &[0x80][..],
            &[0x82, 0, 1],
            &[0x81, 2],
            &[0x81, 3],
            &[0x82, 4, 1],
            &[0x81, 6],
        ] {
            assert_eq!(Verdict::decode(bytes), Err(DecodeError::Malformed));
        }
    }
}
