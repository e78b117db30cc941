//! What is in this hand, and what is under way in memory: it ends when the store is locked.

use crate::cases::exchange::next_bytes;
use crate::commands::Nothing;
use crate::core::Opened;
use crate::error::ErrorCode;
use crate::view::{Carried, Carriers, Failure, HandedNote, Listening, Reading, TakenIn};
use baqylau_protocol::{Fountain, FrameCollector, FrameSet, SegmentHash, limits};
use baqylau_store::{CARRIED_SEGMENTS, Carrying};
use parking_lot::Mutex;
use std::collections::BTreeSet;
use tokio::task::AbortHandle;

/// Characters of a label at most.
const LABEL: usize = 40;

/// What is under way. Nothing of it outlives a lock.
#[derive(Default)]
pub(crate) struct Hands {
    /// The series of codes that is being shown, and what it holds.
    pub(crate) showing: Mutex<Option<Showing>>,
    pub(crate) reading: Mutex<Readings>,
    pub(crate) listening: Mutex<Option<Waiting>>,
    pub(crate) arrived: Mutex<Option<TakenIn>>,
    /// Carried pictures that headquarters has said to wait.
    pub(crate) waited: Mutex<BTreeSet<SegmentHash>>,
}

pub(crate) struct Showing {
    pub(crate) set: String,
    pub(crate) fountain: Fountain,
}

/// Series of codes that are being read, and those that were read whole.
#[derive(Default)]
pub(crate) struct Readings {
    pub(crate) open: Vec<(FrameSet, FrameCollector)>,
    pub(crate) complete: Vec<FrameSet>,
}

/// A hand-over that is waited for.
pub(crate) struct Waiting {
    pub(crate) shown: Listening,
    pub(crate) task: AbortHandle,
}

impl Hands {
    /// The store is being locked.
    pub(crate) fn let_go(&self) {
        self.showing.lock().take();
        *self.reading.lock() = Readings::default();
        self.arrived.lock().take();
        self.waited.lock().clear();
        if let Some(waiting) = self.listening.lock().take() {
            waiting.task.abort();
        }
    }
}

/// Everything about evidence that goes by hand.
pub(crate) fn carriers(opened: &Opened, _: Nothing) -> Result<Carriers, Failure> {
    let store = &opened.session.store;
    let hands = &opened.core.0.hands;
    let handed = store.custody_notes()?.into_iter().map(|note| HandedNote {
        by: note.carrier,
        road: note.road,
        segments: note.segments,
        entries: note.entries,
        pictures: note.pictures,
        at: note.at,
    });
    let reading = hands.reading.lock();
    Ok(Carriers {
        evidence: opened.evidence()?,
        own_bytes: next_bytes(opened)?,
        carried: carried(&store.carrying()?),
        handed: handed.collect(),
        listening: hands
            .listening
            .lock()
            .as_ref()
            .map(|waiting| waiting.shown.clone()),
        arrived: hands.arrived.lock().clone(),
        reading: reading
            .open
            .iter()
            .map(|(set, codes)| progress(*set, codes))
            .collect(),
        most_code_bytes: u32::try_from(limits::FRAMED_BYTES).unwrap_or(u32::MAX),
    })
}

pub(crate) fn progress(set: FrameSet, codes: &FrameCollector) -> Reading {
    Reading {
        set: set.to_string(),
        have: codes.have(),
        needed: codes.needed(),
    }
}

pub(crate) fn carried(now: &Carrying) -> Carried {
    let room = CARRIED_SEGMENTS.saturating_sub(u64::from(now.waiting));
    Carried {
        waiting: now.waiting,
        waiting_pictures: now.waiting_pictures,
        waiting_bytes: now.waiting_bytes,
        waiting_picture_bytes: now.waiting_picture_bytes,
        handed_on: now.handed_on,
        delivered: now.delivered,
        delivered_pictures: now.delivered_pictures,
        receipts: now.receipts,
        room: u32::try_from(room).unwrap_or(u32::MAX),
    }
}

/// What the holder calls whoever brought something.
pub(crate) fn label(given: Option<&str>) -> Result<Option<String>, Failure> {
    let Some(label) = given.map(str::trim).filter(|label| !label.is_empty()) else {
        return Ok(None);
    };
    if label.chars().count() > LABEL {
        return Err(ErrorCode::BadLabel.with("most", LABEL));
    }
    Ok(Some(label.to_owned()))
}
