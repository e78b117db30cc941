//! What a headquarters does with a segment, as the specification says it, without any database.

use super::pictures::Pictures;
use baqylau_domain::DeviceId;
use baqylau_protocol::{
    Chain, Config, DevicePublic, Dictionary, EventId, OpenError, OpenedSegment, QuarantineCode,
    SealSecret, SegmentBody, Verdict, open,
};
use std::collections::BTreeMap;

/// Segments that wait for a gap before them, for each device.
const PARKED: usize = 64;

/// Everything that a backup of headquarters holds.
#[derive(Debug, Clone, Default)]
pub(super) struct Ledger {
    pub(super) devices: BTreeMap<DeviceId, Device>,
    pub(super) quarantined: Vec<(DeviceId, QuarantineCode, SegmentBody)>,
    pub(super) log_size: u64,
    pub(super) pictures: Pictures,
}

/// One device's journal as headquarters holds it.
#[derive(Debug, Clone)]
pub(super) struct Device {
    pub(super) public: DevicePublic,
    pub(super) entries: Vec<Vec<u8>>,
    pub(super) chain: Vec<Chain>,
    pub(super) parked: BTreeMap<u64, SegmentBody>,
}

impl Device {
    pub(super) fn new(public: DevicePublic, event: &EventId) -> Self {
        let chain = vec![Chain::start(&public, event)];
        Self {
            public,
            entries: Vec::new(),
            chain,
            parked: BTreeMap::new(),
        }
    }

    pub(super) fn head(&self) -> Chain {
        *self.chain.last().expect("the chain has a start")
    }

    fn append(&mut self, entry: Vec<u8>) {
        self.chain.push(self.head().next(&entry));
        self.entries.push(entry);
    }

    fn place(&mut self, body: SegmentBody) -> Verdict {
        let next_seq = self.head().seq + 1;
        if body.first_seq > next_seq {
            if self.parked.len() < PARKED {
                self.parked.insert(body.first_seq, body);
            }
            return Verdict::Parked {
                need_from: next_seq,
            };
        }
        let first = usize::try_from(body.first_seq - 1).expect("below the journal's length");
        if self.chain[first].hash != body.before {
            return Verdict::Quarantined {
                code: QuarantineCode::Fork,
            };
        }
        let (held, new) = body
            .entries
            .split_at((self.entries.len() - first).min(body.entries.len()));
        if self.entries[first..first + held.len()] != *held {
            return Verdict::Quarantined {
                code: QuarantineCode::Fork,
            };
        }
        if new.is_empty() {
            return Verdict::Duplicate;
        }
        new.iter().for_each(|entry| self.append(entry.clone()));
        Verdict::Accepted
    }
}

impl Ledger {
    /// Takes one sealed segment, whoever brings it.
    pub(super) fn take(
        &mut self,
        bytes: &[u8],
        secrets: &[SealSecret],
        dictionaries: &[Dictionary],
        config: &Config,
    ) -> Verdict {
        let opened = match open(bytes, secrets, dictionaries) {
            Ok(opened) => opened,
            Err(OpenError::UnknownKey(_) | OpenError::UnknownDictionary) => {
                return Verdict::UnknownKey;
            }
            Err(OpenError::TooLarge) => return Verdict::TooLarge,
            Err(_) => {
                return Verdict::Quarantined {
                    code: QuarantineCode::Malformed,
                };
            }
        };
        self.log_size += 1;
        let device = opened.body.device;
        let body = opened.body.clone();
        let verdict = self.judge(&opened, config);
        if let Verdict::Quarantined { code } = &verdict {
            self.quarantined.push((device, code.clone(), body));
        }
        verdict
    }

    fn judge(&mut self, opened: &OpenedSegment, config: &Config) -> Verdict {
        let quarantined = |code| Verdict::Quarantined { code };
        let body = &opened.body;
        if body.event != config.event {
            return quarantined(QuarantineCode::WrongEvent);
        }
        let Some(device) = self.devices.get_mut(&body.device) else {
            return quarantined(QuarantineCode::UnknownDevice);
        };
        if opened.verify(&device.public).is_err() {
            return quarantined(QuarantineCode::BadSignature);
        }
        if config.revoked.contains(&body.device) {
            return quarantined(QuarantineCode::Revoked);
        }
        let verdict = device.place(body.clone());
        // What was parked may follow now; a parked fork is kept like any other.
        while let Some(parked) = device
            .parked
            .first_entry()
            .filter(|parked| *parked.key() <= device.chain.len() as u64)
        {
            let parked = parked.remove();
            if let Verdict::Quarantined { code } = device.place(parked.clone()) {
                self.quarantined.push((parked.device, code, parked));
            }
        }
        verdict
    }
}
