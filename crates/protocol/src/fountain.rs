//! A bundle as a series of codes on a screen. Any few more frames than the bundle has pieces are enough, whichever
//! they are and in whatever order they were read: RaptorQ (RFC 6330) over pieces of one size.

use crate::limits;
use data_encoding::BASE32_NOPAD;
use raptorq::{
    Decoder, EncodingPacket, ObjectTransmissionInformation, PayloadId, SourceBlockEncoder,
};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeSet;
use std::fmt;
use thiserror::Error;

/// Which bundle a frame is of: the first 8 bytes of its SHA-256.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FrameSet(pub [u8; 8]);

/// One frame as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    set: FrameSet,
    length: u32,
    number: u32,
    piece: Vec<u8>,
}

/// Makes frames of one bundle, as many as anybody wants to see.
pub struct Fountain {
    set: FrameSet,
    length: u32,
    needed: u32,
    encoder: SourceBlockEncoder,
}

/// Puts a bundle together from frames.
pub struct FrameCollector {
    set: FrameSet,
    length: u32,
    seen: BTreeSet<u32>,
    decoder: Decoder,
}

/// Why frames cannot be made or used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum FrameError {
    /// More bytes than codes on a screen are good for: [`limits::FRAMED_BYTES`].
    #[error("too large")]
    TooLarge,
    /// Not one of our codes, or of a newer version.
    #[error("not a frame")]
    NotAFrame,
    /// One of ours, read wrongly.
    #[error("damaged")]
    Damaged,
    /// Of another bundle than the one being put together.
    #[error("of another bundle")]
    OtherSet,
    /// Every frame was right in itself, and together they are not the bundle they name.
    #[error("the frames do not belong together")]
    Inconsistent,
}

const PREFIX: &str = "BQF1";
/// Bytes of a piece: with everything around it a code of version 17, which a camera still reads from a screen.
const PIECE_BYTES: u16 = 400;
const CHECK_BYTES: usize = 4;
/// Set, length and number of the piece.
const HEAD_BYTES: usize = 16;
/// RaptorQ numbers pieces with 24 bits.
const NUMBERS: u32 = 1 << 24;

impl FrameSet {
    fn of(bytes: &[u8]) -> Self {
        let [a, b, c, d, e, f, g, h, ..] = <[u8; 32]>::from(Sha256::digest(bytes));
        Self([a, b, c, d, e, f, g, h])
    }
}

impl fmt::Display for FrameSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for FrameSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FrameSet({self})")
    }
}

fn layout(length: u32) -> ObjectTransmissionInformation {
    ObjectTransmissionInformation::new(u64::from(length), PIECE_BYTES, 1, 1, 1)
}

fn pieces(length: u32) -> u32 {
    length.div_ceil(u32::from(PIECE_BYTES))
}

impl Fountain {
    /// Frames of these bytes.
    ///
    /// # Errors
    /// [`FrameError::TooLarge`] above [`limits::FRAMED_BYTES`], and for nothing at all.
    pub fn of(bytes: &[u8]) -> Result<Self, FrameError> {
        let length = u32::try_from(bytes.len()).map_err(|_| FrameError::TooLarge)?;
        if bytes.is_empty() || bytes.len() > limits::FRAMED_BYTES {
            return Err(FrameError::TooLarge);
        }
        let needed = pieces(length);
        let mut whole = bytes.to_vec();
        whole.resize(needed as usize * usize::from(PIECE_BYTES), 0);
        Ok(Self {
            set: FrameSet::of(bytes),
            length,
            needed,
            encoder: SourceBlockEncoder::new(0, &layout(length), &whole),
        })
    }

    /// Which bundle these frames are of.
    #[must_use]
    pub fn set(&self) -> FrameSet {
        self.set
    }

    /// The least number of frames that can be enough; now and then one or two more are needed.
    #[must_use]
    pub fn needed(&self) -> u32 {
        self.needed
    }

    /// A frame's text, for the alphanumeric mode of QR codes. The first [`Self::needed`] are the bundle itself; those
    /// after them, without end, repair what was missed.
    #[must_use]
    pub fn frame(&self, number: u32) -> String {
        let number = number % NUMBERS;
        let packet = match number.checked_sub(self.needed) {
            None => self
                .encoder
                .source_packets()
                .into_iter()
                .nth(number as usize),
            Some(repair) => self.encoder.repair_packets(repair, 1).pop(),
        };
        let mut bytes = [
            self.set.0.as_slice(),
            &self.length.to_be_bytes(),
            &number.to_be_bytes(),
            packet.as_ref().map_or(&[][..], EncodingPacket::data),
        ]
        .concat();
        let check = check(&bytes);
        bytes.extend_from_slice(&check);
        format!("{PREFIX}{}", BASE32_NOPAD.encode(&bytes))
    }
}

impl Frame {
    /// Reads a frame's text.
    ///
    /// # Errors
    /// [`FrameError::NotAFrame`], [`FrameError::Damaged`], [`FrameError::TooLarge`].
    pub fn from_text(text: &str) -> Result<Self, FrameError> {
        let digits = text
            .trim()
            .strip_prefix(PREFIX)
            .ok_or(FrameError::NotAFrame)?;
        let wanted = HEAD_BYTES + usize::from(PIECE_BYTES) + CHECK_BYTES;
        if digits.len() != BASE32_NOPAD.encode_len(wanted) {
            return Err(FrameError::Damaged);
        }
        let bytes = BASE32_NOPAD
            .decode(digits.as_bytes())
            .map_err(|_| FrameError::Damaged)?;
        let (covered, stated) = bytes.split_last_chunk().ok_or(FrameError::Damaged)?;
        if check(covered) != *stated {
            return Err(FrameError::Damaged);
        }
        let (set, rest) = covered.split_first_chunk().ok_or(FrameError::Damaged)?;
        let (length, rest) = rest.split_first_chunk().ok_or(FrameError::Damaged)?;
        let (number, piece) = rest.split_first_chunk().ok_or(FrameError::Damaged)?;
        let (length, number) = (u32::from_be_bytes(*length), u32::from_be_bytes(*number));
        if length == 0 || length as usize > limits::FRAMED_BYTES {
            return Err(FrameError::TooLarge);
        }
        if number >= NUMBERS {
            return Err(FrameError::NotAFrame);
        }
        Ok(Self {
            set: FrameSet(*set),
            length,
            number,
            piece: piece.to_vec(),
        })
    }

    /// Which bundle it is of.
    #[must_use]
    pub fn set(&self) -> FrameSet {
        self.set
    }
}

impl FrameCollector {
    /// Begins with what a frame says of its bundle; the frame itself is still to be taken in.
    #[must_use]
    pub fn of(frame: &Frame) -> Self {
        Self {
            set: frame.set,
            length: frame.length,
            seen: BTreeSet::new(),
            decoder: Decoder::new(layout(frame.length)),
        }
    }

    /// Different frames taken in so far.
    #[must_use]
    pub fn have(&self) -> u32 {
        u32::try_from(self.seen.len()).unwrap_or(u32::MAX)
    }

    /// The least number that can be enough.
    #[must_use]
    pub fn needed(&self) -> u32 {
        pieces(self.length)
    }

    /// Takes a frame in; a bundle's bytes once there are enough. The same frame again changes nothing.
    ///
    /// # Errors
    /// [`FrameError::OtherSet`]; [`FrameError::Inconsistent`], after which everything is to be read anew.
    pub fn take(&mut self, frame: &Frame) -> Result<Option<Vec<u8>>, FrameError> {
        if frame.set != self.set || frame.length != self.length {
            return Err(FrameError::OtherSet);
        }
        // Enough frames always fit: beyond that somebody shows codes that never come together.
        if self.seen.len() > 2 * limits::FRAMED_BYTES / usize::from(PIECE_BYTES) {
            return Err(FrameError::Inconsistent);
        }
        if !self.seen.insert(frame.number) {
            return Ok(None);
        }
        let packet = EncodingPacket::new(PayloadId::new(0, frame.number), frame.piece.clone());
        match self.decoder.decode(packet) {
            None => Ok(None),
            Some(bytes) if FrameSet::of(&bytes) == self.set => Ok(Some(bytes)),
            Some(_) => Err(FrameError::Inconsistent),
        }
    }
}

fn check(bytes: &[u8]) -> [u8; CHECK_BYTES] {
    let [a, b, c, d, ..] = <[u8; 32]>::from(
        Sha256::new()
            .chain_update(b"obs-frame-v1")
            .chain_update(bytes)
            .finalize(),
    );
    [a, b, c, d]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A frame's text with other numbers in it and a right check.
    fn forged(length: u32, number: u32) -> Result<Frame, FrameError> {
        let piece = [7; PIECE_BYTES as usize];
        let (length, number) = (length.to_be_bytes(), number.to_be_bytes());
        let mut bytes = [&[1; 8][..], &length, &number, &piece].concat();
        let check = check(&bytes);
        bytes.extend_from_slice(&check);
        Frame::from_text(&format!("{PREFIX}{}", BASE32_NOPAD.encode(&bytes)))
    }

    #[test]
    fn a_frame_of_an_impossible_bundle_is_refused() {
        let largest = u32::try_from(limits::FRAMED_BYTES).expect("small");
        assert!(forged(1, 0).is_ok() && forged(largest, NUMBERS - 1).is_ok());
        assert_eq!(forged(0, 0), Err(FrameError::TooLarge));
        assert_eq!(forged(largest + 1, 0), Err(FrameError::TooLarge));
        assert_eq!(forged(1, NUMBERS), Err(FrameError::NotAFrame));
        assert_eq!(Fountain::of(&[]).err(), Some(FrameError::TooLarge));
    }

    #[test]
    fn a_bundle_is_named_in_sixteen_digits_and_its_frames_are_counted() {
        let fountain = Fountain::of(&[7; 900]).expect("small");
        let first = Frame::from_text(&fountain.frame(0)).expect("a frame");
        assert_eq!(FrameSet([0xab; 8]).to_string(), "ab".repeat(8));
        let mut collector = FrameCollector::of(&first);
        assert_eq!((collector.have(), collector.needed()), (0, 3));
        assert_eq!(collector.take(&first), Ok(None));
        let second = Frame::from_text(&fountain.frame(1)).expect("a frame");
        assert_eq!(collector.take(&second), Ok(None));
        assert_eq!((collector.have(), fountain.needed()), (2, 3));
    }

    #[test]
    fn frames_of_one_name_and_another_length_do_not_belong_together() {
        let (short, long) = (forged(1, 0), forged(2, 0));
        let (short, long) = (short.expect("possible"), long.expect("possible"));
        let refused = FrameCollector::of(&short).take(&long);
        assert_eq!(refused, Err(FrameError::OtherSet));
    }

    #[test]
    fn whoever_shows_frames_for_ever_is_not_followed_for_ever() {
        let fountain = Fountain::of(b"one").expect("small");
        let frame = |number| Frame::from_text(&fountain.frame(number)).expect("a frame");
        let mut collector = FrameCollector::of(&frame(0));
        let taken = (0..400).take_while(|number| collector.take(&frame(*number)).is_ok());
        // Twice the frames of the largest bundle, and one.
        assert_eq!(taken.count(), 151);
        assert_eq!(collector.take(&frame(400)), Err(FrameError::Inconsistent));
    }
}
