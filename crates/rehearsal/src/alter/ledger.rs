//! A ledger worth altering: several devices, corrections, a carrier, and everything that is set aside.

use crate::error::RehearsalError;
use baqylau_domain::{
    Answers, Clock as _, IdSource as _, Moment, ObserverCode, StationCode, Value,
};
use baqylau_forms::Form;
use baqylau_hq::system::{SystemClock, SystemIds};
use baqylau_hq::{Api, Headquarters};
use baqylau_protocol::{
    Chain, DeviceKey, EnrolCode, EnrolRequest, Entropy, Entry, EntryKind, EventId, PROTOCOL,
    Packing, Place, SealKey, SegmentBody, Signature, SyncApi as _, SyncRequest, seal,
};
use std::path::Path;
use std::sync::Arc;

/// Devices that send.
const DEVICES: usize = 6;
/// Reports of each.
const REPORTS: usize = 6;
/// Minutes between two entries.
const PAUSE_MS: i64 = 60_000;

/// A device that writes its journal by hand, so that it can also write what no honest device would.
struct Device {
    key: DeviceKey,
    event: EventId,
    to: SealKey,
    entries: Vec<Vec<u8>>,
    at: Moment,
}

/// Fills a new headquarters in `data`.
///
/// # Errors
/// [`RehearsalError`] when headquarters cannot be opened or refuses a device.
pub(super) async fn fill(mission: &Path, data: &Path) -> Result<Arc<Headquarters>, RehearsalError> {
    let headquarters =
        Headquarters::open(mission, data, Arc::new(SystemClock), Arc::new(SystemIds))
            .map_err(refused)?;
    headquarters
        .publish(&["https://127.0.0.1:8443".to_owned()])
        .map_err(refused)?;
    let api = Api(Arc::new(headquarters));
    let mut devices = Vec::new();
    let teams = api.0.plan().mission.teams.iter().take(DEVICES);
    for team in teams {
        let mut device = Device::enrol(&api, team.code.as_str()).await?;
        device.write_day(&api.0)?;
        devices.push(device);
    }
    for device in &devices {
        send_day(&api, device).await?;
    }
    if let [first, second, third, ..] = devices.as_mut_slice() {
        set_aside(&api, first, second, third).await?;
    }
    Ok(api.0)
}

/// Sends a journal in runs.
async fn send_day(api: &Api, device: &Device) -> Result<(), RehearsalError> {
    let last = device.entries.len() as u64;
    for first in (1..=last).step_by(5) {
        let segment = device.segment(first, last.min(first + 4))?;
        device.send(api, segment).await?;
    }
    Ok(())
}

/// A fork, damage, a gap that stays, a theft.
async fn set_aside(
    api: &Api,
    first: &mut Device,
    second: &mut Device,
    third: &mut Device,
) -> Result<(), RehearsalError> {
    let whole = first.entries.clone();
    first.entries.truncate(4);
    first.note("written after an old backup was put back");
    let fork = first.segment(4, 5)?;
    first.send(api, fork).await?;
    first.entries = whole;
    let mut damaged = second.segment(1, 3)?;
    if let Some(byte) = damaged.last_mut() {
        *byte ^= 1;
    }
    second.send(api, damaged).await?;
    for device in [second, third] {
        device.note("of no report");
        device.note("sent without the one before");
        let last = device.entries.len() as u64;
        let behind_a_gap = device.segment(last, last)?;
        device.send(api, behind_a_gap).await?;
    }
    Ok(())
}

impl Device {
    async fn enrol(api: &Api, team: &str) -> Result<Self, RehearsalError> {
        let code = api.0.make_code(team, "rehearsal", "rehearsal");
        let code = EnrolCode::from_text(&code.map_err(refused)?.text).map_err(refused)?;
        let key = DeviceKey::generate(&mut Entropy(&SystemIds));
        let root = code.root;
        let request = EnrolRequest::new(code.secret, &key);
        let reply = api.enrol(request).await.map_err(refused)?;
        let config = reply.config.verify(&root).map_err(refused)?;
        Ok(Self {
            key,
            to: config.seal_key().map_err(refused)?,
            event: config.event,
            entries: Vec::new(),
            at: SystemClock.now(),
        })
    }

    /// Reports about stations of the register, the first of them corrected.
    fn write_day(&mut self, headquarters: &Headquarters) -> Result<(), RehearsalError> {
        let plan = headquarters.plan();
        let stations = plan.mission.register.stations().iter().cycle();
        let skip = usize::from(self.key.public().0[0]);
        for (number, station) in stations.skip(skip).take(REPORTS).enumerate() {
            let forms = &plan.mission.forms;
            let form = &forms[number % forms.len()].form;
            let answers = answers(headquarters, form);
            let report = self.append(EntryKind::Open {
                form: form.hash().short(),
                place: Place::Station(StationCode(station.code.as_str().to_owned())),
                visit: u16::try_from(number).unwrap_or_default() + 1,
            });
            self.finish(form, report, 1, (&Answers::new(), &answers))?;
            if number == 0 {
                let mut corrected = answers.clone();
                corrected.pop_last();
                self.finish(form, report, 2, (&answers, &corrected))?;
            }
        }
        Ok(())
    }

    fn finish(
        &mut self,
        form: &Form,
        report: u64,
        number: u32,
        (before, after): (&Answers, &Answers),
    ) -> Result<(), RehearsalError> {
        let changes = form.encode_changes(before, after).map_err(refused)?;
        self.append(EntryKind::Revision {
            report,
            number,
            changes,
            reason: (number > 1).then(|| "a slip".to_owned()),
            supersedes: None,
        });
        self.append(EntryKind::Finalise {
            report,
            revision: number,
            confirmed_by: ["O1", "O2"].map(ObserverCode::from).to_vec(),
        });
        Ok(())
    }

    fn note(&mut self, text: &str) {
        self.append(EntryKind::Note {
            report: 1,
            question: None,
            text: text.to_owned(),
        });
    }

    fn append(&mut self, kind: EntryKind) -> u64 {
        self.at.utc_ms += PAUSE_MS;
        self.entries.push(Entry::new(self.at, kind).encode());
        self.entries.len() as u64
    }

    fn segment(&self, first: u64, last: u64) -> Result<Vec<u8>, RehearsalError> {
        let (from, to) = (first as usize - 1, last as usize);
        let start = Chain::start(&self.key.public(), &self.event);
        let before = self.entries[..from]
            .iter()
            .fold(start, |chain, entry| chain.next(entry));
        let body = SegmentBody {
            event: self.event.clone(),
            device: self.key.public().id(),
            first_seq: first,
            before: before.hash,
            entries: self.entries[from..to].to_vec(),
        };
        let (packing, mut rng) = (Packing::default(), Entropy(&SystemIds));
        seal(&body, &self.key, &self.to, packing, &mut rng).map_err(refused)
    }

    async fn send(&self, api: &Api, segment: Vec<u8>) -> Result<(), RehearsalError> {
        let request = SyncRequest {
            protocol: PROTOCOL,
            capabilities: 0,
            device: self.key.public().id(),
            server_epoch: 1,
            cursor: 1,
            config_version: 1,
            segments: vec![segment],
            certificate: None,
            config: None,
            proof: Signature([0; 64]),
        };
        let reply = api.sync(request.signed(&self.key)).await;
        reply.map(drop).map_err(refused)
    }
}

/// Any choice of each list: what is filled in matters to nobody here.
fn answers(headquarters: &Headquarters, form: &Form) -> Answers {
    let sheets = headquarters.plan().sheets(form);
    let choices = sheets.first().map(|sheet| &sheet.choices);
    let mut pick = [0; 1];
    let asked = form.questions().filter(|question| question.takes_answer);
    asked
        .filter_map(|question| {
            let all = choices?.get(question.list.as_ref()?)?;
            SystemIds.fill(&mut pick);
            let choice = all.get(usize::from(pick[0]) % all.len().max(1))?;
            let value = Value::Choice(choice.code.clone());
            Some((question.name.clone(), value))
        })
        .filter(|(name, value)| {
            let one = Answers::from([(name.clone(), value.clone())]);
            form.encode_changes(&Answers::new(), &one).is_ok()
        })
        .collect()
}

fn refused(error: impl std::fmt::Debug) -> RehearsalError {
    RehearsalError::Headquarters {
        what: format!("{error:?}"),
    }
}
