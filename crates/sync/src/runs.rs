//! A sealed picture on its way: which bytes go next.

use crate::SyncError;
use baqylau_protocol::{DeviceKey, PROTOCOL, PictureRun, SealedHash, Signature, limits};

/// How often headquarters may name another place than the one that was sent to, before this exchange leaves the picture.
const CORRECTIONS: u32 = 3;

/// The runs of one sealed picture.
pub(crate) struct Runs {
    sealed: Vec<u8>,
    name: SealedHash,
    /// Where the next run begins.
    offset: usize,
    /// Whether headquarters was asked, or need not be, how many bytes it has.
    knows_offset: bool,
    corrections: u32,
}

impl Runs {
    /// From the start when nobody can have sent any of it; otherwise from where headquarters says it is.
    pub(crate) fn of(sealed: Vec<u8>, is_fresh: bool) -> Self {
        Self {
            name: SealedHash::of(&sealed),
            sealed,
            offset: 0,
            knows_offset: is_fresh,
            corrections: 0,
        }
    }

    /// The next run, in the name of whoever sends it; an empty one asks.
    pub(crate) fn next(&self, key: &DeviceKey) -> PictureRun {
        let upto = if self.knows_offset {
            (self.offset + limits::PICTURE_RUN_BYTES).min(self.sealed.len())
        } else {
            self.offset
        };
        PictureRun {
            protocol: PROTOCOL,
            device: key.public().id(),
            picture: self.name,
            total: self.sealed.len() as u64,
            offset: self.offset as u64,
            proof: Signature([0; 64]),
            bytes: self.sealed[self.offset..upto].to_vec(),
        }
        .signed(key)
    }

    /// Goes on from where headquarters has come to; `false` when it contradicts itself too often.
    pub(crate) fn is_at(&mut self, held: u64, sent: usize) -> Result<bool, SyncError> {
        let held = usize::try_from(held).map_err(|_| SyncError::Contradiction)?;
        if held > self.sealed.len() {
            return Err(SyncError::Contradiction);
        }
        let was_asked = !self.knows_offset;
        let is_expected = sent > 0 && held == self.offset + sent;
        self.corrections += u32::from(!was_asked && !is_expected);
        (self.offset, self.knows_offset) = (held, true);
        Ok(self.corrections <= CORRECTIONS)
    }

    /// Bytes that headquarters has, and of how many.
    pub(crate) fn position(&self) -> (u64, u64) {
        (self.offset as u64, self.sealed.len() as u64)
    }
}
