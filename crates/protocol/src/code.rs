//! The enrolment code: what a QR code or a sheet of paper carries to a new device.

use crate::{RootPublic, SpkiHash};
use rand_core::CryptoRng;
use thiserror::Error;
use zeroize::Zeroizing;

/// The single-use secret of an enrolment.
#[derive(Clone, PartialEq, Eq)]
pub struct EnrolSecret(Zeroizing<[u8; 16]>);

/// Everything a new device needs to find headquarters and to know that it is the right one.
#[derive(Clone, PartialEq, Eq)]
pub struct EnrolCode {
    /// Where headquarters listens (`https://host:port`), in the order to try.
    pub endpoints: Vec<String>,
    /// The TLS key accepted there.
    pub spki: SpkiHash,
    /// The event's root key.
    pub root: RootPublic,
    /// The single-use secret.
    pub secret: EnrolSecret,
}

/// What is wrong with a typed code. Positions count the code's characters without spaces and hyphens, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum EnrolCodeError {
    /// Nothing was typed.
    #[error("empty")]
    Empty,
    /// It does not begin with `BQ`.
    #[error("not an enrolment code")]
    NotACode,
    /// A code of a newer version.
    #[error("unknown version")]
    UnknownVersion,
    /// A character that no code has.
    #[error("bad character in group {group}")]
    BadCharacter {
        /// The group, from 1.
        group: usize,
        /// The character.
        character: char,
    },
    /// A slip inside this group.
    #[error("mistyped group {group}")]
    Mistyped {
        /// The group, from 1.
        group: usize,
    },
    /// The end is missing.
    #[error("incomplete")]
    Incomplete,
    /// Every group is right in itself, and the whole is not.
    #[error("checksum")]
    Checksum,
}

impl EnrolSecret {
    /// A fresh secret.
    pub fn generate(rng: &mut impl CryptoRng) -> Self {
        let mut bytes = Zeroizing::new([0; 16]);
        rng.fill_bytes(bytes.as_mut());
        Self(bytes)
    }

    /// The secret's bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// A secret from its bytes.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(Zeroizing::new(bytes))
    }
}

impl EnrolCode {
    /// `BQ1-…` in groups, as shown and typed.
    #[must_use]
    pub fn to_text(&self) -> String {
        unimplemented!()
    }

    /// Reads a code as people type it: any case, spaces or hyphens anywhere, O for 0, I and L for 1.
    ///
    /// # Errors
    /// [`EnrolCodeError`] tells what to correct.
    pub fn from_text(text: &str) -> Result<Self, EnrolCodeError> {
        unimplemented!("{text}")
    }
}

impl EnrolCodeError {
    /// The stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        unimplemented!()
    }
}
