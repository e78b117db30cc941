//! The enrolment code: what a QR code or a sheet of paper carries to a new device.

use crate::{Endpoint, RootPublic, SpkiHash, grouped};
use rand_core::CryptoRng;
use sha2::{Digest, Sha256};
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

const PREFIX: &str = "BQ";
const VERSION: char = '1';
const CHECKSUM_BYTES: usize = 4;
const SCHEME: &str = "https://";

impl EnrolCode {
    /// Its addresses, each with the TLS key accepted there, in the order to try.
    #[must_use]
    pub fn pinned_endpoints(&self) -> Vec<Endpoint> {
        let pinned = |url: &String| Endpoint {
            url: url.clone(),
            spki: self.spki,
        };
        self.endpoints.iter().map(pinned).collect()
    }

    /// `BQ1-…` in groups, as shown and typed.
    #[must_use]
    pub fn to_text(&self) -> String {
        grouped::write(PREFIX, VERSION, &self.payload())
    }

    /// Reads a code as people type it: any case, spaces or hyphens anywhere, O for 0, I and L for 1,
    /// and Cyrillic letters that look like Latin ones.
    ///
    /// # Errors
    /// [`EnrolCodeError`] tells what to correct.
    pub fn from_text(text: &str) -> Result<Self, EnrolCodeError> {
        Self::from_payload(&grouped::read(PREFIX, VERSION, text)?)
    }

    fn payload(&self) -> Vec<u8> {
        let mut payload = [
            self.secret.as_bytes().as_slice(),
            &self.spki.0,
            &self.root.0,
        ]
        .concat();
        let endpoints: Vec<&str> = self
            .endpoints
            .iter()
            .map(|endpoint| endpoint.strip_prefix(SCHEME).unwrap_or(endpoint))
            .filter(|endpoint| u8::try_from(endpoint.len()).is_ok())
            .take(usize::from(u8::MAX))
            .collect();
        payload.extend(u8::try_from(endpoints.len()));
        for endpoint in endpoints {
            payload.extend(u8::try_from(endpoint.len()));
            payload.extend_from_slice(endpoint.as_bytes());
        }
        let checksum = checksum(&payload);
        payload.extend_from_slice(&checksum);
        payload
    }

    fn from_payload(payload: &[u8]) -> Result<Self, EnrolCodeError> {
        const SHORT: EnrolCodeError = EnrolCodeError::Incomplete;
        let (secret, rest) = payload.split_first_chunk().ok_or(SHORT)?;
        let (spki, rest) = rest.split_first_chunk().ok_or(SHORT)?;
        let (root, rest) = rest.split_first_chunk().ok_or(SHORT)?;
        let (count, mut rest) = rest.split_first().ok_or(SHORT)?;
        let mut endpoints = Vec::new();
        for _ in 0..*count {
            let (length, after) = rest.split_first().ok_or(SHORT)?;
            let (endpoint, after) = after.split_at_checked(usize::from(*length)).ok_or(SHORT)?;
            let endpoint = std::str::from_utf8(endpoint).map_err(|_| EnrolCodeError::Checksum)?;
            endpoints.push(format!("{SCHEME}{endpoint}"));
            rest = after;
        }
        let (stated, padding) = rest.split_first_chunk::<CHECKSUM_BYTES>().ok_or(SHORT)?;
        let covered = payload.len() - rest.len();
        let is_whole = payload.get(..covered).map(checksum) == Some(*stated)
            && padding.iter().all(|byte| *byte == 0);
        if !is_whole {
            return Err(EnrolCodeError::Checksum);
        }
        Ok(Self {
            endpoints,
            spki: SpkiHash(*spki),
            root: RootPublic(*root),
            secret: EnrolSecret::from_bytes(*secret),
        })
    }
}

fn checksum(payload: &[u8]) -> [u8; CHECKSUM_BYTES] {
    let [a, b, c, d, ..] = <[u8; 32]>::from(
        Sha256::new()
            .chain_update(b"obs-code-v1")
            .chain_update(payload)
            .finalize(),
    );
    [a, b, c, d]
}

impl EnrolCodeError {
    /// The stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Empty => "enrol_code.empty",
            Self::NotACode => "enrol_code.not_a_code",
            Self::UnknownVersion => "enrol_code.unknown_version",
            Self::BadCharacter { .. } => "enrol_code.bad_character",
            Self::Mistyped { .. } => "enrol_code.mistyped",
            Self::Incomplete => "enrol_code.incomplete",
            Self::Checksum => "enrol_code.checksum",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code() -> EnrolCode {
        EnrolCode {
            endpoints: vec!["https://hq.example:8443".into(), "https://127.0.0.1".into()],
            spki: SpkiHash([1; 32]),
            root: RootPublic([2; 32]),
            secret: EnrolSecret::from_bytes([3; 16]),
        }
    }

    #[test]
    fn each_address_is_pinned_to_the_codes_key() {
        let pinned = code().pinned_endpoints();
        let urls: Vec<&str> = pinned
            .iter()
            .map(|endpoint| endpoint.url.as_str())
            .collect();
        assert_eq!(urls, ["https://hq.example:8443", "https://127.0.0.1"]);
        assert!(
            pinned
                .iter()
                .all(|endpoint| endpoint.spki == SpkiHash([1; 32]))
        );
    }

    #[test]
    fn a_code_of_right_groups_that_is_not_whole_is_refused() {
        let payload = code().payload();
        let read = |payload: &[u8]| EnrolCode::from_payload(payload).err();
        assert_eq!(read(&payload), None);
        assert_eq!(read(&[payload.as_slice(), &[0, 0]].concat()), None);
        assert_eq!(
            read(&[payload.as_slice(), &[0, 1]].concat()),
            Some(EnrolCodeError::Checksum)
        );
        for at in [0, 20, 60, payload.len() - 1] {
            let mut changed = payload.clone();
            changed[at] ^= 1;
            assert_eq!(read(&changed), Some(EnrolCodeError::Checksum), "{at}");
        }
        for cut in 0..payload.len() {
            assert_eq!(read(&payload[..cut]), Some(EnrolCodeError::Incomplete));
        }
    }

    #[test]
    fn an_address_too_long_for_a_code_is_left_out_of_it() {
        let long = |length: usize| format!("https://{}", "a".repeat(length));
        let with = |endpoints: Vec<String>| {
            let text = EnrolCode {
                endpoints,
                ..code()
            }
            .to_text();
            EnrolCode::from_text(&text).map(|code| code.endpoints)
        };
        assert_eq!(with(vec![long(255)]), Ok(vec![long(255)]));
        assert_eq!(with(vec![long(256), long(3)]), Ok(vec![long(3)]));
    }

    #[test]
    fn secrets_are_not_alike_and_slips_have_codes() {
        struct Counting(u8);
        impl rand_core::TryRng for Counting {
            type Error = rand_core::Infallible;
            fn try_next_u32(&mut self) -> Result<u32, Self::Error> {
                Ok(0)
            }
            fn try_next_u64(&mut self) -> Result<u64, Self::Error> {
                Ok(0)
            }
            fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Self::Error> {
                self.0 += 1;
                bytes.fill(self.0);
                Ok(())
            }
        }
        impl rand_core::TryCryptoRng for Counting {}
        let mut rng = Counting(0);
        let secrets = [(); 2].map(|()| *EnrolSecret::generate(&mut rng).as_bytes());
        assert_eq!(secrets, [[1; 16], [2; 16]]);

        let group = 3;
        for (error, code) in [
            (EnrolCodeError::Empty, "enrol_code.empty"),
            (EnrolCodeError::NotACode, "enrol_code.not_a_code"),
            (EnrolCodeError::UnknownVersion, "enrol_code.unknown_version"),
            (
                EnrolCodeError::BadCharacter {
                    group,
                    character: '!',
                },
                "enrol_code.bad_character",
            ),
            (EnrolCodeError::Mistyped { group }, "enrol_code.mistyped"),
            (EnrolCodeError::Incomplete, "enrol_code.incomplete"),
            (EnrolCodeError::Checksum, "enrol_code.checksum"),
        ] {
            assert_eq!(error.code(), code);
        }
    }
}
