//! What befalls somebody between exchanges.

use super::act::Fault;
use super::device::DiskFault;
use super::judge::Broken;
use super::people::{Bag, Member, next_entry};
use super::server::Server;
use super::{World, clock};
use crate::random::Random;
use baqylau_domain::Clock as _;
use baqylau_protocol::{
    ChainHash, DeviceKey, Entropy, EventId, Packing, Receipt, SegmentBody, seal,
};
use baqylau_sync::{Journal as _, JournalError, receive, receive_envelopes};
use std::sync::Arc;

/// Ten years, milliseconds.
const DECADE_MS: i64 = 10 * 365 * 24 * 60 * 60 * 1000;

impl World {
    pub(super) async fn suffer(
        &mut self,
        device: usize,
        fault: Fault,
        random: &Random,
    ) -> Result<(), Broken> {
        let place = self.people.place(device);
        self.happened(fault);
        match fault {
            Fault::ServerKilled => self.server.kill()?,
            Fault::ServerPowerLost => self.server.lose_power(random)?,
            Fault::ServerRestored => self.restore(random)?,
            Fault::ServerClockJumped => self.server.clock.turn(jump(random)),
            Fault::DeviceClockJumped => self.people.members[place].clock_off_ms = jump(random),
            Fault::KeyRotated | Fault::KeyDestroyed => self.rotate(fault)?,
            Fault::Revoked => self.revoke(place)?,
            Fault::Cloned if !self.is_full() => self.copy(place, 100, random),
            Fault::DeviceRestored if !self.is_full() => {
                self.copy(place, random.index(100), random);
            }
            Fault::DeviceDiskFull => self.people.members[place].device.fail(Some(DiskFault {
                after: u32::try_from(random.below(4)).unwrap_or(0),
                error: JournalError::DiskFull,
            })),
            Fault::AppKilled => self.people.members[place].device.restart(),
            Fault::SegmentForged => self.forge_segment(place, random),
            Fault::ReceiptForged => self.forge_receipt(place, random),
            Fault::DeliveredTwice => {
                let bag = random.index(16);
                self.deliver(device, bag, None, random).await?;
                self.deliver(device, bag, None, random).await?;
            }
            Fault::NeverDelivered => drop(self.people.bags.pop()),
            _ => {}
        }
        Ok(())
    }

    fn restore(&mut self, random: &Random) -> Result<(), Broken> {
        let backup = &self.backups[random.index(self.backups.len())];
        self.server.restore(&backup.image)?;
        let mut roads = self.roads.lock();
        roads.promised.clone_from(&backup.promised);
        drop(roads);
        // The backup may be older than a revocation.
        self.people.revoked.clear();
        let everybody = self.people.members.iter_mut();
        for member in everybody.chain(&mut self.people.retired) {
            member.is_unaware = true;
        }
        // Newer backups are of a past that headquarters no longer has; they may still be restored, later.
        Ok(())
    }

    fn rotate(&mut self, fault: Fault) -> Result<(), Broken> {
        let headquarters = self.server.headquarters();
        let failed = |error| Broken::Stuck(format!("a new seal key: {error}"));
        headquarters.rotate_seal_key("campaign").map_err(failed)?;
        if fault == Fault::KeyDestroyed {
            headquarters
                .forget_older_seal_keys("campaign")
                .map_err(failed)?;
        }
        Ok(())
    }

    fn revoke(&mut self, place: usize) -> Result<(), Broken> {
        let id = self.people.members[place].device.id();
        // A headquarters that was restored from before the enrolment does not know the device yet.
        let is_known = self
            .server
            .headquarters()
            .ledger
            .read(|read| read.device(id))?
            .is_some();
        if !is_known {
            return Ok(());
        }
        self.server
            .headquarters()
            .revoke(id, "stolen", "campaign")
            .map_err(|error| Broken::Stuck(format!("revoking: {error}")))?;
        let held = self.server.journal(id)?.len();
        self.people.revoked.entry(id).or_insert(held);
        for member in &mut self.people.members {
            member.is_revoked |= member.device.id() == id;
        }
        Ok(())
    }

    /// The same key twice: a copy of the device, now or as it was.
    fn copy(&mut self, place: usize, percent: usize, random: &Random) {
        let member = &self.people.members[place];
        let device = member.device.copied(percent);
        let truth = device.entries_held();
        // A copy from before its original heard of a restored headquarters has not heard of it. A revoked one hears of it
        // with the revocation, and in the same epoch.
        let is_older = device.place().server_epoch < member.device.place().server_epoch
            || device.revoked_in() != member.device.revoked_in();
        let copy = Member {
            truth,
            is_revoked: member.is_revoked,
            clock_off_ms: member.clock_off_ms,
            config_version: device.config_version(),
            forgiven: member.forgiven.min(device.receipt_count()),
            is_unaware: member.is_unaware || is_older,
            device: Arc::new(device),
            budget: member.budget,
        };
        self.people.copied.insert(copy.device.id());
        self.people.members.push(copy);
        let newest = self.people.members.len() - 1;
        self.write(newest, 1 + random.below(3), random);
    }

    /// Somebody who knows only what is public seals something under another's name.
    fn forge_segment(&mut self, place: usize, random: &Random) {
        let Some(to) = self.server.seal_key() else {
            return;
        };
        let device = &self.people.members[place].device;
        let forger = DeviceKey::generate(&mut Entropy(random));
        let cursor = device.place();
        let before = device.hash_at(cursor.held_seq).ok().flatten();
        let written = usize::try_from(cursor.held_seq).unwrap_or(0);
        let body = SegmentBody {
            event: EventId(self.event()),
            device: device.id(),
            first_seq: cursor.held_seq + 1,
            before: before.unwrap_or(ChainHash([0; 32])),
            entries: vec![next_entry(self.server.form(), written, 0, random.number())],
        };
        let packing = Packing::default();
        if let Ok(segment) = seal(&body, &forger, &to, packing, &mut Entropy(random)) {
            self.people.bags.push(Bag {
                segments: vec![segment],
            });
        }
    }

    /// Somebody hands a device a receipt that headquarters never signed.
    fn forge_receipt(&mut self, place: usize, random: &Random) {
        let device = &self.people.members[place].device;
        let Ok(head) = device.head() else { return };
        let receipt = Receipt {
            event: EventId(self.event()),
            server_epoch: device.place().server_epoch,
            device: device.id(),
            upto_seq: head.seq,
            head: head.hash,
            received_at_ms: clock::TurnedClock::at(0).now().utc_ms,
            log_size: 1,
            log_root: [0; 32],
        };
        let impostor = Server::impostor(random);
        // The device refuses both; the judge looks whether it did.
        let _ = receive(&**device, &receipt.sign(&impostor));
        let pair = impostor.pair(&device.public(), &receipt.event);
        let enclosed = pair.map(|pair| pair.enclose(&receipt, &impostor));
        let _ = receive_envelopes(&**device, enclosed.as_slice());
    }

    fn event(&self) -> String {
        self.server
            .headquarters()
            .plan()
            .mission
            .about
            .event
            .clone()
    }
}

fn jump(random: &Random) -> i64 {
    let ms = i64::try_from(random.below(DECADE_MS.unsigned_abs())).unwrap_or(0);
    if random.chance(50) { ms } else { -ms }
}
