//! The enrolment code: what a QR code or a sheet of paper carries to a new device.

use crate::{Endpoint, RootPublic, SpkiHash};
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

/// Crockford's base 32: no I, L, O or U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Characters of a group without its check character.
const GROUP: usize = 7;
const PREFIX: &str = "BQ";
const VERSION: char = '1';
const CHECKSUM_BYTES: usize = 4;
const SCHEME: &str = "https://";
/// No code of this version is as long as this many characters.
const LONGEST: usize = 4096;

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
        let mut symbols = to_symbols(&self.payload());
        symbols.resize(symbols.len().next_multiple_of(GROUP), 0);
        let mut text = format!("{PREFIX}{VERSION}");
        for (index, group) in symbols.chunks(GROUP).enumerate() {
            text.push('-');
            let check = check_symbol(index, group);
            text.extend(
                group
                    .iter()
                    .chain([&check])
                    .map(|symbol| char::from(ALPHABET[usize::from(*symbol)])),
            );
        }
        text
    }

    /// Reads a code as people type it: any case, spaces or hyphens anywhere, O for 0, I and L for 1,
    /// and Cyrillic letters that look like Latin ones.
    ///
    /// # Errors
    /// [`EnrolCodeError`] tells what to correct.
    pub fn from_text(text: &str) -> Result<Self, EnrolCodeError> {
        let typed: Vec<char> = text
            .chars()
            .filter(|c| !is_separator(*c))
            .map(normal)
            .take(LONGEST)
            .collect();
        if typed.is_empty() {
            return Err(EnrolCodeError::Empty);
        }
        let rest = typed
            .strip_prefix(&['B', 'Q'])
            .ok_or(EnrolCodeError::NotACode)?;
        let (version, rest) = rest.split_first().ok_or(EnrolCodeError::Incomplete)?;
        if *version != VERSION {
            return Err(EnrolCodeError::UnknownVersion);
        }
        let mut symbols = Vec::new();
        for (index, group) in rest.chunks(GROUP + 1).enumerate() {
            symbols.extend_from_slice(&read_group(index, group)?);
        }
        Self::from_payload(&to_bytes(&symbols))
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

fn read_group(index: usize, group: &[char]) -> Result<Vec<u8>, EnrolCodeError> {
    let number = index + 1;
    let mut symbols = Vec::with_capacity(GROUP + 1);
    for character in group {
        let found = ALPHABET
            .iter()
            .zip(0_u8..)
            .find(|(letter, _)| char::from(**letter) == *character);
        let bad = EnrolCodeError::BadCharacter {
            group: number,
            character: *character,
        };
        symbols.push(found.ok_or(bad)?.1);
    }
    let (check, data) = symbols.split_last().ok_or(EnrolCodeError::Incomplete)?;
    if data.len() < GROUP {
        return Err(EnrolCodeError::Incomplete);
    }
    if check_symbol(index, data) != *check {
        return Err(EnrolCodeError::Mistyped { group: number });
    }
    Ok(data.to_vec())
}

/// Odd weights: every single slip shows, nearly every swap of neighbours, and every swap of two groups.
fn check_symbol(index: usize, group: &[u8]) -> u8 {
    let sum: usize = group
        .iter()
        .enumerate()
        .map(|(place, symbol)| (2 * place + 1) * usize::from(*symbol))
        .sum();
    u8::try_from((sum + index) % ALPHABET.len()).unwrap_or_default()
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

fn is_separator(character: char) -> bool {
    character.is_whitespace()
        || matches!(
            character,
            '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '_' | '.'
        )
}

/// One character for all that look or are typed like it.
fn normal(character: char) -> char {
    match character.to_uppercase().next().unwrap_or(character) {
        'O' | 'О' => '0',
        'I' | 'L' | 'І' => '1',
        'А' => 'A',
        'В' => 'B',
        'С' => 'C',
        'Е' => 'E',
        'Н' => 'H',
        'К' => 'K',
        'М' => 'M',
        'Р' => 'P',
        'Т' => 'T',
        'Х' => 'X',
        'У' => 'Y',
        other => other,
    }
}

fn to_symbols(bytes: &[u8]) -> Vec<u8> {
    let mut symbols = Vec::new();
    let (mut held, mut bits) = (0_u16, 0_u32);
    for byte in bytes {
        held = held << 8 | u16::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            symbols.push((held >> bits & 31).to_be_bytes()[1]);
        }
        held &= (1 << bits) - 1;
    }
    if bits > 0 {
        symbols.push((held << (5 - bits) & 31).to_be_bytes()[1]);
    }
    symbols
}

/// Whole bytes only; what is left over is padding.
fn to_bytes(symbols: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let (mut held, mut bits) = (0_u16, 0_u32);
    for symbol in symbols {
        held = held << 5 | u16::from(*symbol);
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits).to_be_bytes()[1]);
            held &= (1 << bits) - 1;
        }
    }
    bytes
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
