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

#[cfg(test)]
mod tests {
    use super::*;

    fn code(addresses: u8) -> HandoverCode {
        HandoverCode {
            token: HandoverToken::from_bytes([1; 16]),
            spki: SpkiHash([2; 32]),
            addresses: (0..addresses)
                .map(|last| SocketAddr::from(([192, 0, 2, last], 9_000)))
                .collect(),
        }
    }

    /// What a code's text holds without its checksum, and the text of such bytes with one.
    fn payload(code: &HandoverCode) -> Vec<u8> {
        let bytes = grouped::read(PREFIX, VERSION, &code.to_text()).expect("its own");
        bytes[..16 + 32 + 1 + 7 * code.addresses.len()].to_vec()
    }

    fn read(payload: &[u8]) -> Option<EnrolCodeError> {
        let whole = [payload, &checksum(payload)].concat();
        HandoverCode::from_text(&grouped::write(PREFIX, VERSION, &whole)).err()
    }

    #[test]
    fn a_code_holds_four_addresses_at_most() {
        let read_again = |code: &HandoverCode| {
            let read = HandoverCode::from_text(&code.to_text());
            read.map(|code| code.addresses)
        };
        assert_eq!(read_again(&code(4)), Ok(code(4).addresses));
        assert_eq!(read_again(&code(6)), Ok(code(4).addresses));
        let mut five = payload(&code(4));
        five[48] = 5;
        five.extend_from_slice(&[4, 192, 0, 2, 9, 0x23, 0x28]);
        assert_eq!(read(&five), Some(EnrolCodeError::Checksum));
    }

    #[test]
    fn a_code_of_right_groups_that_is_not_whole_is_refused() {
        let good = payload(&code(2));
        assert_eq!(read(&good), None);
        let mut changed = [good.as_slice(), &checksum(&good)].concat();
        changed[3] ^= 1;
        let text = grouped::write(PREFIX, VERSION, &changed);
        let refused = HandoverCode::from_text(&text).err();
        assert_eq!(refused, Some(EnrolCodeError::Checksum));
        let padded = |last: u8| {
            let bytes = [good.as_slice(), &checksum(&good), &[0, 0, last]].concat();
            HandoverCode::from_text(&grouped::write(PREFIX, VERSION, &bytes)).err()
        };
        assert_eq!(padded(0), None);
        assert_eq!(padded(1), Some(EnrolCodeError::Checksum));
        let mut kind = good;
        kind[49] = 5;
        assert_eq!(read(&kind), Some(EnrolCodeError::Checksum));
    }
}
