//! A simulated world: devices, carriers, headquarters, and what befalls them.

pub mod act;
pub mod clock;
pub mod device;
pub mod judge;
pub mod network;
pub mod people;
pub mod server;
mod suffer;

use crate::disk::{Bay, Image};
use crate::random::Random;
use act::{Act, Deed, Fault};
use baqylau_protocol::{DeviceKey, Entropy, QuarantineCode, RootPublic};
use baqylau_sync::{
    Budget, JournalError, Silent, SyncError, deliver, enrol, exchange, pack, receive_envelopes,
};
use device::{Device, DiskFault};
use judge::Broken;
use network::{Road, Roads, arrive_late};
use parking_lot::Mutex;
use people::{Bag, Member, People, next_entry};
use server::{Beginning, Server};
use std::sync::Arc;

/// Devices at most, clones included.
const MOST_DEVICES: usize = 5;
/// Exchanges after which everything must have arrived once nothing fails any more.
const HEALING: u32 = 3;

/// A world.
pub struct World {
    server: Server,
    people: People,
    roads: Mutex<Roads>,
    backups: Vec<Backup>,
    random: Arc<Random>,
    root: RootPublic,
    /// Faults that have happened, and how often.
    pub faults: std::collections::BTreeMap<Fault, u64>,
}

/// A copy of headquarters' disk, and what headquarters had promised by then.
struct Backup {
    image: Image,
    promised: Vec<[u8; 32]>,
}

impl World {
    /// A world with some devices enrolled.
    ///
    /// # Errors
    /// [`Broken::Stuck`] when headquarters does not start or enrol.
    pub async fn begin(beginning: &Beginning, bay: &Bay, seed: u64) -> Result<Self, Broken> {
        let random = Arc::new(Random::new(seed));
        let server = Server::new(beginning, bay, Arc::clone(&random))?;
        let root = server.code()?.root;
        let mut world = Self {
            server,
            people: People::default(),
            roads: Mutex::default(),
            backups: Vec::new(),
            random,
            root,
            faults: std::collections::BTreeMap::new(),
        };
        for _ in 0..2 + world.random.below(2) {
            let member = world.newcomer().await?;
            world.people.members.push(member);
        }
        world.back_up();
        Ok(world)
    }

    async fn newcomer(&self) -> Result<Member, Broken> {
        let key = DeviceKey::generate(&mut Entropy(&*self.random));
        let code = self.server.code()?;
        let enrolment = enrol(self.server.api(), &code, &key)
            .await
            .map_err(|error| Broken::Stuck(format!("enrolling: {error}")))?;
        Ok(Member::new(Device::new(key, self.root, enrolment)))
    }

    fn back_up(&mut self) {
        let roads = self.roads.lock();
        self.backups.push(Backup {
            image: self.server.backup(),
            promised: roads.promised.clone(),
        });
    }

    fn is_full(&self) -> bool {
        self.people.members.len() >= MOST_DEVICES
    }

    fn happened(&mut self, fault: Fault) {
        *self.faults.entry(fault).or_default() += 1;
    }

    /// Does one act and looks whether every promise still holds.
    ///
    /// # Errors
    /// The promise that was [`Broken`].
    pub async fn perform(&mut self, act: &Act) -> Result<(), Broken> {
        let random = Random::new(act.seed);
        match act.deed {
            Deed::Write { device, entries } => self.write(device, entries, &random),
            Deed::Exchange { device, trouble } => {
                let place = self.people.place(device);
                self.exchange(place, trouble, &random).await?;
            }
            Deed::Pack { device } => self.pack(device, &random),
            Deed::Deliver {
                carrier,
                bag,
                trouble,
            } => self.deliver(carrier, bag, trouble, &random).await?,
            Deed::Bring { receipt } => self.bring(receipt, &random),
            Deed::Arrive => self.arrive(&random).await,
            Deed::Backup => self.back_up(),
            Deed::Suffer { device, fault } => self.suffer(device, fault, &random).await?,
        }
        self.judge_devices()?;
        if matches!(act.deed, Deed::Write { .. } | Deed::Pack { .. }) {
            // Headquarters had no part in it.
            return Ok(());
        }
        self.judge_server()
    }

    fn judge_server(&mut self) -> Result<(), Broken> {
        let epoch = self
            .server
            .headquarters()
            .ledger
            .read(|read| read.epoch())?;
        for member in &mut self.people.members {
            // A receipt of a later epoch than headquarters is in is of a past that is gone: no answer since can have told the
            // device so, since the numbers of two pasts are in no order.
            let newest = member.device.receipts().last().cloned();
            if newest.is_some_and(|it| it.receipt().server_epoch > epoch) {
                member.forgiven = member.device.receipt_count();
            }
        }
        judge::server(&self.server, &self.people, &self.roads.lock())
    }

    fn judge_devices(&mut self) -> Result<(), Broken> {
        for member in &mut self.people.members {
            if member.is_unaware {
                member.forgiven = member.device.receipt_count();
            }
            judge::device(member)?;
        }
        Ok(())
    }

    fn write(&mut self, device: usize, entries: u64, random: &Random) {
        let place = self.people.place(device);
        let form = self.server.form();
        let member = &mut self.people.members[place];
        for _ in 0..entries {
            let entry = next_entry(
                form,
                member.truth.len(),
                member.clock_off_ms,
                random.number(),
            );
            if member.device.append(entry.clone()).is_ok() {
                member.truth.push(entry);
            }
        }
    }

    /// One exchange; a device whose journal forked begins anew afterwards. Returns what stopped it.
    async fn exchange(
        &mut self,
        place: usize,
        trouble: Option<Fault>,
        random: &Random,
    ) -> Result<Option<SyncError>, Broken> {
        if let Some(fault) = trouble {
            self.happened(fault);
        }
        let member = &self.people.members[place];
        let device = Arc::clone(&member.device);
        if trouble == Some(Fault::AppKilled) {
            device.fail(Some(DiskFault {
                after: u32::try_from(random.below(5)).unwrap_or(0),
                error: JournalError::Storage,
            }));
        }
        let road = Road {
            server: &self.server,
            roads: &self.roads,
            trouble,
            random,
        };
        self.roads.lock().set_out();
        let budget = self.people.members[place].budget;
        let outcome = exchange(&*device, &road, random, &Silent, budget).await;
        if trouble == Some(Fault::AppKilled) {
            device.restart();
        }
        let member = &mut self.people.members[place];
        member.budget = outcome.budget;
        let is_fresh = !self.roads.lock().was_stale;
        // An answer from before a restore tells nobody that there was one.
        if is_fresh && (outcome.rewound || outcome.stopped_by.is_none()) {
            member.is_unaware = false;
        }
        self.recover(trouble, random)?;
        let is_forked = matches!(
            outcome.stopped_by,
            Some(SyncError::Quarantined(
                QuarantineCode::Fork | QuarantineCode::BadChain
            ))
        );
        if is_forked {
            self.begin_anew(place).await?;
        }
        Ok(outcome.stopped_by)
    }

    /// Headquarters comes back after what befell it during a request.
    fn recover(&mut self, trouble: Option<Fault>, random: &Random) -> Result<(), Broken> {
        match trouble {
            Some(Fault::ServerPowerLost) => Ok(self.server.lose_power(random)?),
            Some(Fault::ServerKilled | Fault::ServerDiskFull | Fault::ServerDiskError) => {
                Ok(self.server.kill()?)
            }
            _ => Ok(()),
        }
    }

    /// The rule of forks: a new key and a new journal, never going on with the old one.
    async fn begin_anew(&mut self, place: usize) -> Result<(), Broken> {
        let newcomer = self.newcomer().await?;
        let old = std::mem::replace(&mut self.people.members[place], newcomer);
        self.people.retired.push(old);
        Ok(())
    }

    fn pack(&mut self, device: usize, random: &Random) {
        let place = self.people.place(device);
        let member = &self.people.members[place];
        // A device whose disk is full packs nothing.
        let packed = pack(&*member.device, random).unwrap_or_default();
        if !packed.is_empty() {
            self.people.bags.push(Bag {
                segments: packed.into_iter().map(|segment| segment.bytes).collect(),
            });
        }
    }

    async fn deliver(
        &mut self,
        carrier: usize,
        bag: usize,
        trouble: Option<Fault>,
        random: &Random,
    ) -> Result<(), Broken> {
        let Some(bag) = newest_first(&self.people.bags, bag).cloned() else {
            return Ok(());
        };
        if let Some(fault) = trouble {
            self.happened(fault);
        }
        let carrier = Arc::clone(&self.people.members[self.people.place(carrier)].device);
        let road = Road {
            server: &self.server,
            roads: &self.roads,
            trouble,
            random,
        };
        self.roads.lock().set_out();
        let (mut rest, mut budget) = (bag.segments.as_slice(), Budget::FULL);
        while !rest.is_empty() {
            let Ok(delivered) = deliver(&*carrier, &road, rest, &mut budget).await else {
                break;
            };
            rest = &rest[delivered.verdicts.len()..];
            self.people.receipts.extend(delivered.envelopes);
        }
        self.recover(trouble, random)
    }

    /// One receipt that is on its way, or all of them.
    fn bring(&self, receipt: usize, random: &Random) {
        let receipts = &self.people.receipts;
        let some = if random.chance(50) {
            receipts.as_slice()
        } else {
            newest_first(receipts, receipt).map_or(&[][..], std::slice::from_ref)
        };
        for member in &self.people.members {
            // Whom one is not for finds that out, and nothing happens.
            let _ = receive_envelopes(&*member.device, some);
        }
    }

    async fn arrive(&mut self, random: &Random) {
        let delayed = std::mem::take(&mut self.roads.lock().delayed);
        for bytes in delayed {
            arrive_late(&self.server, &self.roads, random, &bytes).await;
        }
    }

    /// Nothing fails any more: everything arrives within few exchanges.
    ///
    /// # Errors
    /// The promise that was [`Broken`].
    pub async fn heal(&mut self) -> Result<(), Broken> {
        let random = Random::new(self.random.number());
        self.server.kill()?;
        self.arrive(&random).await;
        for member in &self.people.members {
            member.device.restart();
        }
        // A copy may have spoken in a device's name after the device did: the second round tells it.
        for place in (0..self.people.members.len()).chain(0..self.people.members.len()) {
            self.settle(place, &random).await?;
        }
        self.judge_devices()?;
        self.judge_server()?;
        judge::end(&self.server, &self.people)
    }

    async fn settle(&mut self, place: usize, random: &Random) -> Result<(), Broken> {
        let (mut exchanges, mut stopped_by) = (0, None);
        let mut key = self.people.members[place].device.id();
        while exchanges < HEALING {
            stopped_by = self.exchange(place, None, random).await?;
            exchanges += 1;
            let now = self.people.members[place].device.id();
            if now != key {
                (key, exchanges) = (now, 0);
                continue;
            }
            if stopped_by.is_none() || self.people.members[place].is_revoked {
                return Ok(());
            }
        }
        let why = stopped_by.map_or_else(String::new, |error| error.to_string());
        Err(Broken::Unconverged(format!(
            "a device is not done after {HEALING} exchanges: {why}"
        )))
    }
}

fn newest_first<T>(things: &[T], number: usize) -> Option<&T> {
    things.iter().rev().nth(number % things.len().max(1))
}

impl Member {
    fn new(device: Device) -> Self {
        Self {
            config_version: device.config_version(),
            device: Arc::new(device),
            truth: Vec::new(),
            is_revoked: false,
            clock_off_ms: 0,
            forgiven: 0,
            is_unaware: false,
            budget: Budget::FULL,
        }
    }
}
