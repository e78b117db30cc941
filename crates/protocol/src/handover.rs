//! The code by which a device finds a carrier's in the same room: addresses, the TLS key shown there, a token that is
//! good once. It is shown on a screen and read by a camera; nothing of it is ever announced on the network.

use crate::{EnrolCodeError, SpkiHash, grouped};
use core::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use rand_core::CryptoRng;
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

/// The token of one hand-over.
#[derive(Clone, PartialEq, Eq)]
pub struct HandoverToken(Zeroizing<[u8; 16]>);

/// Where a carrier listens, and how to know it.
#[derive(Clone, PartialEq, Eq)]
pub struct HandoverCode {
    /// The token.
    pub token: HandoverToken,
    /// The TLS key accepted there.
    pub spki: SpkiHash,
    /// Its addresses, in the order to try; no more than [`HandoverCode::ADDRESSES`].
    pub addresses: Vec<SocketAddr>,
}

const PREFIX: &str = "BH";
const VERSION: char = '1';
const CHECKSUM_BYTES: usize = 4;

impl HandoverToken {
    /// A fresh token.
    pub fn generate(rng: &mut impl CryptoRng) -> Self {
        let mut bytes = Zeroizing::new([0; 16]);
        rng.fill_bytes(bytes.as_mut());
        Self(bytes)
    }

    /// The token's bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// A token from its bytes.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(Zeroizing::new(bytes))
    }
}

impl HandoverCode {
    /// Addresses that one code holds: more would only make it harder to read.
    pub const ADDRESSES: usize = 4;

    /// `BH1-…` in groups.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut payload = [self.token.as_bytes().as_slice(), &self.spki.0].concat();
        let addresses = self.addresses.iter().take(Self::ADDRESSES);
        payload.extend(u8::try_from(addresses.len()));
        for address in addresses {
            match address.ip() {
                IpAddr::V4(ip) => {
                    payload.push(4);
                    payload.extend_from_slice(&ip.octets());
                }
                IpAddr::V6(ip) => {
                    payload.push(6);
                    payload.extend_from_slice(&ip.octets());
                }
            }
            payload.extend_from_slice(&address.port().to_be_bytes());
        }
        let check = checksum(&payload);
        payload.extend_from_slice(&check);
        grouped::write(PREFIX, VERSION, &payload)
    }

    /// Reads a code, as people type it or as a camera reads it.
    ///
    /// # Errors
    /// [`EnrolCodeError`]: the same slips are possible as in an enrolment code.
    pub fn from_text(text: &str) -> Result<Self, EnrolCodeError> {
        const SHORT: EnrolCodeError = EnrolCodeError::Incomplete;
        let payload = grouped::read(PREFIX, VERSION, text)?;
        let (token, rest) = payload.split_first_chunk().ok_or(SHORT)?;
        let (spki, rest) = rest.split_first_chunk().ok_or(SHORT)?;
        let (count, mut rest) = rest.split_first().ok_or(SHORT)?;
        if usize::from(*count) > Self::ADDRESSES {
            return Err(EnrolCodeError::Checksum);
        }
        let mut addresses = Vec::new();
        for _ in 0..*count {
            let (address, after) = read_address(rest)?;
            addresses.push(address);
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
            token: HandoverToken::from_bytes(*token),
            spki: SpkiHash(*spki),
            addresses,
        })
    }
}

fn read_address(bytes: &[u8]) -> Result<(SocketAddr, &[u8]), EnrolCodeError> {
    const SHORT: EnrolCodeError = EnrolCodeError::Incomplete;
    let (kind, rest) = bytes.split_first().ok_or(SHORT)?;
    let (ip, rest) = match kind {
        4 => {
            let (ip, rest) = rest.split_first_chunk::<4>().ok_or(SHORT)?;
            (IpAddr::from(Ipv4Addr::from(*ip)), rest)
        }
        6 => {
            let (ip, rest) = rest.split_first_chunk::<16>().ok_or(SHORT)?;
            (IpAddr::from(Ipv6Addr::from(*ip)), rest)
        }
        _ => return Err(EnrolCodeError::Checksum),
    };
    let (port, rest) = rest.split_first_chunk::<2>().ok_or(SHORT)?;
    Ok((SocketAddr::new(ip, u16::from_be_bytes(*port)), rest))
}

fn checksum(payload: &[u8]) -> [u8; CHECKSUM_BYTES] {
    let [a, b, c, d, ..] = <[u8; 32]>::from(
        Sha256::new()
            .chain_update(b"obs-handover-v1")
            .chain_update(payload)
            .finalize(),
    );
    [a, b, c, d]
}
