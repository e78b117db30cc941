//! Signed messages: 64 bytes of Ed25519, then the CBOR they sign.

use crate::{DecodeError, Signature};
use std::marker::PhantomData;

/// A signed message as its bytes; read only through its `verify`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed<T> {
    bytes: Vec<u8>,
    of: PhantomData<fn() -> T>,
}

impl<T> Signed<T> {
    /// Bytes that somebody sent or kept; nothing is checked yet.
    #[must_use]
    pub fn from_bytes(bytes: Vec<u8>) -> Self {
        Self {
            bytes,
            of: PhantomData,
        }
    }

    /// The bytes to send or keep.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub(crate) fn of(signature: &Signature, payload: &[u8]) -> Self {
        Self::from_bytes([&signature.0, payload].concat())
    }

    /// Signature and payload, unread.
    pub(crate) fn parts(&self, limit: usize) -> Result<(Signature, &[u8]), DecodeError> {
        if self.bytes.len() > limit {
            return Err(DecodeError::TooLarge);
        }
        let (signature, payload) = self
            .bytes
            .split_first_chunk()
            .ok_or(DecodeError::Malformed)?;
        Ok((Signature(*signature), payload))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_may_be_as_long_as_its_limit_and_holds_a_signature() {
        let parts = |length: usize, limit: usize| {
            let signed = Signed::<()>::from_bytes(vec![7; length]);
            signed
                .parts(limit)
                .map(|(signature, payload)| (signature.0, payload.len()))
        };
        assert_eq!(parts(100, 100), Ok(([7; 64], 36)));
        assert_eq!(parts(100, 200), Ok(([7; 64], 36)));
        assert_eq!(parts(100, 99), Err(DecodeError::TooLarge));
        assert_eq!(parts(63, 99), Err(DecodeError::Malformed));
    }
}
