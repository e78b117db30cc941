//! A day at headquarters with everything in it that an auditor may meet.

use crate::device::{Device, visit_answers};
use crate::office::Office;
use baqylau_hq::evidence::{self, Export, names};
use baqylau_hq::{Headquarters, export};
use baqylau_protocol::{HqKey, Manifest, QuarantineCode, SegmentBody, Verdict};

/// A ledger with everything in it that an auditor may meet, and everything that was sent to it.
pub(crate) struct Day {
    pub(crate) office: Office,
    pub(crate) devices: Vec<Device>,
    pub(crate) sent: Vec<(usize, Vec<u8>)>,
}

impl Day {
    pub(crate) async fn begin() -> Self {
        let office = Office::open();
        let mut devices = Vec::new();
        for team in ["T1", "T2", "L1", "T1"] {
            devices.push(Device::enrol(&office, team).await);
        }
        Self {
            office,
            devices,
            sent: Vec::new(),
        }
    }

    pub(crate) async fn send(&mut self, by: usize, segment: Vec<u8>) -> Verdict {
        self.sent.push((by, segment.clone()));
        let reply = self.devices[by]
            .send(&self.office.api(), vec![segment])
            .await;
        reply.verdicts[0].clone()
    }

    pub(crate) async fn send_run(&mut self, by: usize, first: u64, last: u64) -> Verdict {
        let segment = self.devices[by].segment(first, last);
        self.send(by, segment).await
    }

    /// Visits and corrections, a carrier, a gap that stays, a fork, a broken chain, damage, a theft.
    pub(crate) async fn whole() -> Self {
        let mut day = Self::begin().await;
        for (index, device) in day.devices.iter_mut().enumerate() {
            for number in 0..3 {
                let station = ["S1", "S2", "S3"][(number + index) % 3];
                device.visit(station, ["4", "2"][number % 2]);
            }
            device.finish(1, visit_answers("T1", "1", 900));
        }
        assert_eq!(day.send_run(0, 1, 3).await, Verdict::Accepted);
        assert_eq!(day.send_run(0, 4, 11).await, Verdict::Accepted);
        assert_eq!(day.send_run(1, 1, 6).await, Verdict::Accepted);
        let carried = day.devices[1].segment(7, 11);
        assert_eq!(day.send(2, carried).await, Verdict::Accepted);
        let parked = Verdict::Parked { need_from: 4 };
        assert_eq!(day.send_run(2, 1, 3).await, Verdict::Accepted);
        assert_eq!(day.send_run(2, 7, 9).await, parked);
        day.fork().await;
        day.damage().await;
        assert_eq!(day.send_run(3, 1, 3).await, Verdict::Accepted);
        assert_eq!(
            day.send_run(3, 7, 9).await,
            Verdict::Parked { need_from: 4 }
        );
        let id = day.devices[3].id();
        day.office
            .headquarters
            .revoke(id, "stolen", "test")
            .unwrap();
        let revoked = quarantined(QuarantineCode::Revoked);
        assert_eq!(day.send_run(3, 4, 6).await, revoked);
        assert_eq!(day.office.headquarters.verify().unwrap().faults, []);
        day
    }

    /// The first device comes back from an old backup and goes on from there.
    async fn fork(&mut self) {
        let whole = self.devices[0].entries.clone();
        self.devices[0].entries.truncate(4);
        self.devices[0].finish(4, visit_answers("T1", "1", 5));
        let fork = quarantined(QuarantineCode::Fork);
        assert_eq!(self.send_run(0, 4, 6).await, fork);
        self.devices[0].visit("S3", "1");
        assert_eq!(self.send_run(0, 7, 9).await, fork);
        self.devices[0].entries = whole;
    }

    async fn damage(&mut self) {
        let mut damaged = self.devices[2].segment(4, 6);
        *damaged.last_mut().unwrap() ^= 1;
        let malformed = quarantined(QuarantineCode::Malformed);
        assert_eq!(self.send(2, damaged).await, malformed);
        let mut body: SegmentBody = self.devices[2].body(4, 6);
        body.before.0[0] ^= 1;
        let broken = self.devices[2].sealed(&body);
        let bad_chain = quarantined(QuarantineCode::BadChain);
        assert_eq!(self.send(2, broken).await, bad_chain);
        let mut forged = self.devices[1].body(4, 6);
        forged.device = self.devices[0].id();
        let forged = self.devices[1].sealed(&forged);
        let bad_signature = quarantined(QuarantineCode::BadSignature);
        assert_eq!(self.send(1, forged).await, bad_signature);
    }

    pub(crate) fn headquarters(&self) -> &Headquarters {
        &self.office.headquarters
    }

    pub(crate) fn export(&self) -> Export {
        export::whole(self.headquarters()).unwrap()
    }

    fn hq_key(&self) -> HqKey {
        let file = self.office.data.path().join("keys/headquarters.key");
        HqKey::from_bytes(&std::fs::read(file).unwrap().try_into().unwrap())
    }

    /// What somebody with headquarters' own key makes of an altered export.
    pub(crate) fn resign(&self, export: &mut Export) {
        let manifest = String::from_utf8(export[names::MANIFEST].clone()).unwrap();
        let (manifest, _) = Manifest::read(&manifest).unwrap();
        evidence::sign(export, &manifest.event, manifest.root, &self.hq_key());
    }
}

fn quarantined(code: QuarantineCode) -> Verdict {
    Verdict::Quarantined { code }
}
