//! What a device signs of a segment, apart from the segment: enough to check the signature without any secret.

use crate::cbor::MapReader;
use crate::segment::DOMAIN;
use crate::{ChainHash, DecodeError, DevicePublic, EventId, OpenedSegment, Signature};
use baqylau_domain::DeviceId;

/// A segment's inner header, read from the bytes that were signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InnerHeader {
    /// The event.
    pub event: EventId,
    /// Whose journal.
    pub device: DeviceId,
    /// The first entry's number.
    pub first_seq: u64,
    /// How many entries.
    pub count: u64,
    /// The chain's hash before the first entry.
    pub before: ChainHash,
    bytes: Vec<u8>,
}

impl InnerHeader {
    /// The header of an opened segment, as it was signed.
    ///
    /// # Errors
    /// [`DecodeError`] as [`InnerHeader::read`].
    pub fn of(opened: &OpenedSegment) -> Result<Self, DecodeError> {
        Self::read(opened.signed_header())
    }

    /// Reads a header. Keys of a newer version stay in its bytes.
    ///
    /// # Errors
    /// [`DecodeError`] for anything but a header with entries.
    pub fn read(bytes: &[u8]) -> Result<Self, DecodeError> {
        let mut map = MapReader::read(bytes)?;
        let header = Self {
            event: EventId(map.text(0)?),
            device: DeviceId(map.array(1)?),
            first_seq: map.uint(2)?,
            count: map.uint(3)?,
            before: ChainHash(map.array(4)?),
            bytes: bytes.to_vec(),
        };
        let end = header.first_seq.checked_add(header.count);
        if header.first_seq == 0 || header.count == 0 || end.is_none() {
            return Err(DecodeError::Malformed);
        }
        Ok(header)
    }

    /// The bytes as signed.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The last entry's number.
    #[must_use]
    pub fn last_seq(&self) -> u64 {
        self.first_seq + self.count - 1
    }

    /// Whether the device signed this header for a run of entries that ends in `after`.
    #[must_use]
    pub fn is_signed(
        &self,
        device: &DevicePublic,
        signature: &Signature,
        after: &ChainHash,
    ) -> bool {
        let message = [self.bytes.as_slice(), &after.0].concat();
        device.id() == self.device && device.verifies(DOMAIN, &message, signature)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::DeviceKey;
    use crate::cbor::MapWriter;

    fn header(device: DeviceId, first_seq: u64, count: u64) -> Vec<u8> {
        MapWriter::default()
            .text(0, "kz-2011")
            .bytes(1, &device.0)
            .uint(2, first_seq)
            .uint(3, count)
            .bytes(4, &[2; 32])
            .finish()
    }

    #[test]
    fn impossible_numbers_are_refused() {
        let read = |first_seq, count| {
            let header = InnerHeader::read(&header(DeviceId([1; 16]), first_seq, count));
            header.map(|header| header.last_seq())
        };
        assert_eq!(read(1, 1), Ok(1));
        assert_eq!(read(5, 3), Ok(7));
        assert_eq!(read(u64::MAX - 1, 1), Ok(u64::MAX - 1));
        for (first_seq, count) in [(0, 1), (1, 0), (0, 0), (u64::MAX, 1), (2, u64::MAX)] {
            assert_eq!(read(first_seq, count), Err(DecodeError::Malformed));
        }
    }

    #[test]
    fn a_header_is_signed_by_the_device_it_names_for_one_end() {
        let key = DeviceKey::from_bytes(&[3; 32]);
        let end = ChainHash([7; 32]);
        let signed = |device: DeviceId| {
            let bytes = header(device, 1, 2);
            let signature = key.sign(DOMAIN, &[bytes.as_slice(), &end.0].concat());
            (InnerHeader::read(&bytes).expect("possible"), signature)
        };
        let (own, signature) = signed(key.public().id());
        assert!(own.is_signed(&key.public(), &signature, &end));
        assert!(!own.is_signed(&key.public(), &signature, &ChainHash([8; 32])));
        assert_eq!(own.as_bytes(), header(key.public().id(), 1, 2));
        let (lie, signature) = signed(DeviceId([1; 16]));
        assert!(!lie.is_signed(&key.public(), &signature, &end));
    }
}
