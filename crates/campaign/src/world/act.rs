//! What may happen in a world, one act after the other. Each carries its own seed, so that leaving one out of a
//! schedule changes nothing in the others.

use crate::random::Random;
use serde::{Deserialize, Serialize};

/// Something that happens.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub struct Act {
    /// What.
    pub deed: Deed,
    /// Where its own randomness begins.
    pub seed: u64,
}

/// What happens. Devices, bags and receipts are named by any number; what is there is counted round, bags and receipts
/// from the newest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Deed {
    /// Entries are written.
    Write {
        /// Where.
        device: usize,
        /// How many.
        entries: u64,
    },
    /// A device speaks to headquarters over a road that fails.
    Exchange {
        /// Which.
        device: usize,
        /// What goes wrong.
        trouble: Option<Fault>,
    },
    /// What headquarters has not signed for is sealed into a bag.
    Pack {
        /// Whose.
        device: usize,
    },
    /// Somebody delivers a bag.
    Deliver {
        /// Who.
        carrier: usize,
        /// Which.
        bag: usize,
        /// What goes wrong.
        trouble: Option<Fault>,
    },
    /// A receipt is brought to the device it is for.
    Bring {
        /// Which.
        receipt: usize,
    },
    /// Requests that were under way for weeks arrive.
    Arrive,
    /// Headquarters' disk is copied.
    Backup,
    /// Something befalls headquarters or a device between exchanges.
    Suffer {
        /// Whom, if a device.
        device: usize,
        /// What.
        fault: Fault,
    },
}

/// Every kind of fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// A request never arrives.
    RequestLost,
    /// The answer never arrives.
    ReplyLost,
    /// A request arrives twice.
    Duplicated,
    /// An older request arrives before this one.
    Reordered,
    /// A request arrives up to 28 days later.
    Delayed,
    /// No road for the whole exchange.
    Partitioned,
    /// A bit of the request is another one.
    RequestFlipped,
    /// A bit of the answer is another one.
    ReplyFlipped,
    /// The request is cut short.
    RequestTruncated,
    /// The answer is cut short.
    ReplyTruncated,
    /// An older answer comes instead of this one.
    ReplyStale,
    /// Headquarters is busy.
    Busy,
    /// The app is killed in the middle of an exchange, also between two of its writes.
    AppKilled,
    /// The device's disk is full.
    DeviceDiskFull,
    /// The server process is killed in the middle of its work.
    ServerKilled,
    /// The server's power goes in the middle of its work.
    ServerPowerLost,
    /// The server's disk is full.
    ServerDiskFull,
    /// The server's disk reports an error once.
    ServerDiskError,
    /// Headquarters is restored from an old backup.
    ServerRestored,
    /// Headquarters' clock jumps by years.
    ServerClockJumped,
    /// A device's clock jumps by years.
    DeviceClockJumped,
    /// A new seal key; the old one opens on.
    KeyRotated,
    /// A new seal key; the old one is destroyed.
    KeyDestroyed,
    /// A device is revoked.
    Revoked,
    /// A device is copied, and both copies go on.
    Cloned,
    /// A device is restored from its own old backup.
    DeviceRestored,
    /// A carrier brings what it forged under a device's name.
    SegmentForged,
    /// A carrier brings a receipt that headquarters never signed.
    ReceiptForged,
    /// A carrier delivers the same bag twice.
    DeliveredTwice,
    /// A carrier throws a bag away.
    NeverDelivered,
}

/// Faults of the road and of headquarters that befall one request.
const ON_THE_ROAD: [Fault; 17] = [
    Fault::RequestLost,
    Fault::ReplyLost,
    Fault::Duplicated,
    Fault::Reordered,
    Fault::Delayed,
    Fault::Partitioned,
    Fault::RequestFlipped,
    Fault::ReplyFlipped,
    Fault::RequestTruncated,
    Fault::ReplyTruncated,
    Fault::ReplyStale,
    Fault::Busy,
    Fault::ServerKilled,
    Fault::ServerPowerLost,
    Fault::ServerDiskFull,
    Fault::ServerDiskError,
    Fault::AppKilled,
];

/// Faults that befall somebody at any time, with how often in a hundred.
const AT_ANY_TIME: [(Fault, u64); 16] = [
    (Fault::ServerRestored, 14),
    (Fault::ServerKilled, 6),
    (Fault::ServerPowerLost, 8),
    (Fault::ServerClockJumped, 5),
    (Fault::DeviceClockJumped, 4),
    (Fault::KeyRotated, 9),
    (Fault::KeyDestroyed, 8),
    (Fault::Revoked, 5),
    (Fault::Cloned, 9),
    (Fault::DeviceRestored, 6),
    (Fault::SegmentForged, 8),
    (Fault::ReceiptForged, 8),
    (Fault::DeliveredTwice, 4),
    (Fault::NeverDelivered, 2),
    (Fault::DeviceDiskFull, 4),
    (Fault::AppKilled, 4),
];

/// How many schedules in a hundred hold a story.
const STORIES: u64 = 21;

/// Names the newest device, however many there are.
const NEWEST: usize = 59;

// Devices are counted round: one less than a multiple of every number of them is the last one.
const _: () = {
    let mut devices = 1;
    while devices <= super::MOST_DEVICES {
        assert!((NEWEST + 1).is_multiple_of(devices));
        devices += 1;
    }
};

/// Draws the acts of a schedule.
#[must_use]
pub fn schedule(random: &Random) -> Vec<Act> {
    let length = 8 + random.below(22);
    let mut deeds: Vec<Deed> = (0..length).map(|_| deed(random)).collect();
    if random.chance(STORIES) {
        let (place, device) = (random.index(deeds.len()), random.index(16));
        let story = match random.below(3) {
            0 => overtaken_receipt(device, random),
            1 => overtaken_configuration(device),
            _ => branch_behind_a_branch(device, random),
        };
        deeds.splice(place..place, story);
    }
    let acts = deeds.into_iter().map(|deed| Act {
        deed,
        seed: random.number(),
    });
    acts.collect()
}

/// What chance alone hardly ever puts in this order: a receipt is on its way through other hands, headquarters is
/// restored to a time before it, its device learns that and no more, and then the receipt comes.
fn overtaken_receipt(device: usize, random: &Random) -> Vec<Deed> {
    let write = Deed::Write {
        device,
        entries: 1 + random.below(6),
    };
    vec![
        write,
        Deed::Pack { device },
        Deed::Deliver {
            carrier: device + 1,
            bag: 0,
            trouble: None,
        },
        exchange(device, None),
        write,
        suffer(device, Fault::ServerRestored),
        exchange(device, Some(Fault::RequestLost)),
        Deed::Bring { receipt: 0 },
        exchange(device, Some(Fault::AppKilled)),
    ]
}

/// Likewise: a device learns one configuration after the other, and then an answer comes that holds an older one.
fn overtaken_configuration(device: usize) -> Vec<Deed> {
    vec![
        suffer(device, Fault::KeyRotated),
        exchange(device, None),
        suffer(device, Fault::KeyRotated),
        exchange(device, None),
        exchange(device, Some(Fault::ReplyStale)),
    ]
}

/// Likewise: a device is copied, and what the copy wrote comes by hand in two pieces. Headquarters has other entries
/// under the first one's numbers; the second begins where the journal ends, now or two entries later, and continues the
/// copy's branch.
fn branch_behind_a_branch(device: usize, random: &Random) -> Vec<Deed> {
    let write = |device, entries| Deed::Write { device, entries };
    vec![
        write(device, 1 + random.below(6)),
        exchange(device, None),
        // The copy writes up to three entries of its own.
        suffer(device, Fault::Cloned),
        Deed::Pack { device: NEWEST },
        write(NEWEST, 1),
        Deed::Pack { device: NEWEST },
        write(device, 1),
        exchange(device, None),
        Deed::Deliver {
            carrier: device,
            bag: 0,
            trouble: None,
        },
        write(device, 1),
        exchange(device, None),
        write(device, 1),
        exchange(device, None),
    ]
}

fn exchange(device: usize, trouble: Option<Fault>) -> Deed {
    Deed::Exchange { device, trouble }
}

fn suffer(device: usize, fault: Fault) -> Deed {
    Deed::Suffer { device, fault }
}

fn deed(random: &Random) -> Deed {
    let device = random.index(16);
    match random.below(100) {
        0..24 => Deed::Write {
            device,
            entries: 1 + random.below(6),
        },
        24..55 => Deed::Exchange {
            device,
            trouble: trouble(random, 65),
        },
        55..61 => Deed::Pack { device },
        61..70 => Deed::Deliver {
            carrier: device,
            bag: random.index(16),
            trouble: trouble(random, 40),
        },
        70..79 => Deed::Bring {
            receipt: random.index(16),
        },
        79..82 => Deed::Arrive,
        82..87 => Deed::Backup,
        _ => Deed::Suffer {
            device,
            fault: any(random),
        },
    }
}

fn trouble(random: &Random, percent: u64) -> Option<Fault> {
    random
        .chance(percent)
        .then(|| ON_THE_ROAD[random.index(ON_THE_ROAD.len())])
}

fn any(random: &Random) -> Fault {
    let whole: u64 = AT_ANY_TIME.iter().map(|(_, weight)| weight).sum();
    let mut drawn = random.below(whole);
    for (fault, weight) in AT_ANY_TIME {
        if drawn < weight {
            return fault;
        }
        drawn -= weight;
    }
    Fault::AppKilled
}
