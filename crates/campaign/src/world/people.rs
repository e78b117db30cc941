//! Who is in a world: devices with what they have truly written, and what others carry.

use super::device::Device;
use baqylau_domain::{DeviceId, FormRef, Moment, WireValue};
use baqylau_protocol::{Entry, EntryKind, Place, SignedEnvelope};
use baqylau_sync::Budget;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A device and what nobody but the world knows: every entry whose writer was told "saved".
pub struct Member {
    /// The device.
    pub device: Arc<Device>,
    /// Entries acknowledged as saved, in order.
    pub truth: Vec<Vec<u8>>,
    /// Revoked: nothing of it has to arrive any more.
    pub is_revoked: bool,
    /// Its clock, against headquarters', milliseconds.
    pub clock_off_ms: i64,
    /// The highest version of a configuration that it has held.
    pub config_version: u64,
    /// Receipts that a restored backup has made untrue before the device could know.
    pub forgiven: usize,
    /// Headquarters was restored, and the device has not spoken to it since.
    pub is_unaware: bool,
    /// What a request of its may weigh.
    pub budget: Budget,
}

/// Sealed segments in somebody's pocket.
#[derive(Clone)]
pub struct Bag {
    /// What is in it.
    pub segments: Vec<Vec<u8>>,
}

/// Everybody.
#[derive(Default)]
pub struct People {
    /// Devices in use.
    pub members: Vec<Member>,
    /// Devices whose journal was given up after a fork: both branches are evidence.
    pub retired: Vec<Member>,
    /// Bags on their way.
    pub bags: Vec<Bag>,
    /// Receipts on their way back.
    pub receipts: Vec<SignedEnvelope>,
    /// Devices that headquarters knows to be revoked, and how many entries it held of each by then.
    pub revoked: BTreeMap<DeviceId, usize>,
    /// Devices that were copied: only their journals can have two branches.
    pub copied: BTreeSet<DeviceId>,
}

/// The next entry of a journal: a report is opened, answered, noted upon and finished, and then the next. Times are by
/// the writer's clock, which is so far off.
#[must_use]
pub fn next_entry(form: FormRef, written: usize, clock_off_ms: i64, flavour: u64) -> Vec<u8> {
    let seq = written as u64 + 1;
    let report = written as u64 / 4 * 4 + 1;
    let at = Moment {
        utc_ms: super::server::MORNING_MS + clock_off_ms + i64::try_from(seq).unwrap_or(0) * 60_000,
        offset_min: 360,
    };
    let kind = match written % 4 {
        0 => EntryKind::Open {
            form,
            place: Place::Free(format!("place {flavour:x}")),
            visit: 1,
        },
        1 => EntryKind::Revision {
            report,
            number: 1,
            changes: vec![(0, Some(WireValue::Text(answer(flavour))))],
            reason: None,
            supersedes: None,
        },
        2 => EntryKind::Note {
            report,
            question: None,
            text: format!("note {flavour:x}"),
        },
        _ => EntryKind::Finalise {
            report,
            revision: 1,
            confirmed_by: Vec::new(),
        },
    };
    Entry::new(at, kind).encode()
}

/// Some observers write a lot: then a journal no longer fits what a bad road bears, and what is urgent goes ahead of it.
fn answer(flavour: u64) -> String {
    let words = if flavour.is_multiple_of(3) { 700 } else { 1 };
    let word = |n: u64| format!("{:x}", (flavour ^ n).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    (0..words).map(word).collect()
}

/// Every second report of a journal tells of an incident.
#[must_use]
pub fn is_urgent(seq: u64) -> bool {
    (seq - 1) / 4 % 2 == 1
}

impl People {
    /// A member by any number.
    #[must_use]
    pub fn place(&self, number: usize) -> usize {
        number % self.members.len().max(1)
    }

    /// Every entry that was truly written under a key and a number: one, or several after a fork.
    #[must_use]
    pub fn written(&self, device: &Device, place: usize) -> BTreeSet<&[u8]> {
        self.members
            .iter()
            .chain(&self.retired)
            .filter(|member| member.device.is_same_as(device))
            .filter_map(|member| member.truth.get(place).map(Vec::as_slice))
            .collect()
    }
}
