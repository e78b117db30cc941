//! A device that writes a journal by hand, so that a test can also write what no honest device would.

use crate::office::{NOON_MS, Office};
use baqylau_domain::{Answers, DeviceId, IdSource, Moment, ObserverCode, StationCode, Value};
use baqylau_forms::Form;
use baqylau_hq::Headquarters;
use baqylau_hq::system::SystemIds;
use baqylau_protocol::{
    Chain, DeviceKey, EnrolCode, EnrolRequest, Entropy, Entry, EntryKind, EventId, HqPublic,
    Packing, Place, SealKey, SegmentBody, Signature, SyncApi, SyncReply, SyncRequest, Verdict,
    seal,
};
use std::collections::HashMap;
use std::sync::Arc;

pub(crate) struct Device {
    pub(crate) key: DeviceKey,
    pub(crate) event: EventId,
    pub(crate) hq: HqPublic,
    pub(crate) seal_key: SealKey,
    pub(crate) entries: Vec<Vec<u8>>,
    forms: HashMap<String, Arc<Form>>,
    latest: HashMap<u64, (u32, Answers, String)>,
    pub(crate) clock_ms: i64,
}

pub(crate) fn request(headquarters: &Headquarters, team: &str, key: &DeviceKey) -> EnrolRequest {
    let code = headquarters.make_code(team, "test", "test").unwrap();
    EnrolRequest::new(EnrolCode::from_text(&code.text).unwrap().secret, key)
}

pub(crate) fn fresh_key() -> DeviceKey {
    let mut bytes = [0; 32];
    SystemIds.fill(&mut bytes);
    DeviceKey::from_bytes(&bytes)
}

impl Device {
    pub(crate) async fn enrol(office: &Office, team: &str) -> Self {
        Self::enrol_with(&office.headquarters, &office.api(), team).await
    }

    pub(crate) async fn enrol_with(
        headquarters: &Headquarters,
        api: &impl SyncApi,
        team: &str,
    ) -> Self {
        let key = fresh_key();
        let reply = api.enrol(request(headquarters, team, &key)).await.unwrap();
        let code = headquarters.make_code(team, "", "test").unwrap();
        let root = EnrolCode::from_text(&code.text).unwrap().root;
        let config = reply.config.verify(&root).unwrap();
        reply.certificate.verify(&config.hq).unwrap();
        let forms = headquarters.plan().mission.forms.iter();
        Self {
            key,
            event: config.event.clone(),
            hq: config.hq,
            seal_key: config.seal_key().unwrap(),
            entries: Vec::new(),
            forms: forms
                .map(|form| (form.entry.id.0.clone(), Arc::clone(&form.form)))
                .collect(),
            latest: HashMap::new(),
            clock_ms: NOON_MS,
        }
    }

    pub(crate) fn id(&self) -> DeviceId {
        self.key.public().id()
    }

    pub(crate) fn append(&mut self, kind: EntryKind) -> u64 {
        self.clock_ms += 60_000;
        let at = Moment {
            utc_ms: self.clock_ms,
            offset_min: 360,
        };
        self.entries.push(Entry::new(at, kind).encode());
        self.entries.len() as u64
    }

    pub(crate) fn begin(&mut self, form: &str, place: Place) -> u64 {
        let definition = Arc::clone(&self.forms[form]);
        let report = self.append(EntryKind::Open {
            form: definition.hash().short(),
            place,
            visit: 1,
        });
        self.latest
            .insert(report, (0, Answers::new(), form.to_owned()));
        report
    }

    /// Writes the next revision of a report and confirms it; returns the confirming entry.
    pub(crate) fn finish(&mut self, report: u64, answers: Answers) -> u64 {
        let (number, before, form) = self.latest[&report].clone();
        let changes = self.forms[&form].encode_changes(&before, &answers).unwrap();
        let reason = (number > 0).then(|| "a slip".to_owned());
        let number = number + 1;
        self.append(EntryKind::Revision {
            report,
            number,
            changes,
            reason,
            supersedes: None,
        });
        self.latest.insert(report, (number, answers, form));
        let confirmed_by = vec![ObserverCode::from("O1"), ObserverCode::from("O2")];
        self.append(EntryKind::Finalise {
            report,
            revision: number,
            confirmed_by,
        })
    }

    /// A whole visit to a station.
    pub(crate) fn visit(&mut self, station: &str, rating: &str) -> u64 {
        let report = self.begin("visit", Place::Station(StationCode::from(station)));
        self.finish(report, visit_answers("T1", rating, 100));
        report
    }

    pub(crate) fn body(&self, first: u64, last: u64) -> SegmentBody {
        let start = Chain::start(&self.key.public(), &self.event);
        let before = self.entries[..first as usize - 1]
            .iter()
            .fold(start, |chain, entry| chain.next(entry));
        SegmentBody {
            event: self.event.clone(),
            device: self.id(),
            first_seq: first,
            before: before.hash,
            entries: self.entries[first as usize - 1..last as usize].to_vec(),
        }
    }

    pub(crate) fn segment(&self, first: u64, last: u64) -> Vec<u8> {
        self.sealed(&self.body(first, last))
    }

    pub(crate) fn sealed(&self, body: &SegmentBody) -> Vec<u8> {
        seal(
            body,
            &self.key,
            &self.seal_key,
            Packing::default(),
            &mut Entropy(&SystemIds),
        )
        .unwrap()
    }

    pub(crate) fn request(&self, segments: Vec<Vec<u8>>) -> SyncRequest {
        SyncRequest {
            protocol: (1, 1),
            capabilities: 0,
            device: self.id(),
            server_epoch: 1,
            cursor: 1,
            config_version: 1,
            segments,
            certificate: None,
            config: None,
            proof: Signature([0; 64]),
        }
        .signed(&self.key)
    }

    pub(crate) async fn send(&self, api: &impl SyncApi, segments: Vec<Vec<u8>>) -> SyncReply {
        api.sync(self.request(segments)).await.unwrap()
    }

    /// Sends the whole journal as one segment.
    pub(crate) async fn send_all(&self, api: &impl SyncApi) -> Verdict {
        let reply = self
            .send(api, vec![self.segment(1, self.entries.len() as u64)])
            .await;
        reply.verdicts[0].clone()
    }
}

pub(crate) fn visit_answers(team: &str, rating: &str, voted: i64) -> Answers {
    [
        ("team", Value::Text(team.to_owned())),
        ("arrived", Value::Time("09:30:00".parse().unwrap())),
        ("area", Value::Choice("urban".to_owned())),
        ("listed", Value::Integer(1000)),
        ("voted", Value::Integer(voted)),
        ("stuffing", Value::Choice("no".to_owned())),
        ("rating", Value::Choice(rating.to_owned())),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into()
}
