//! How many reports headquarters takes in a second: many devices at once, over real TLS.

use super::error::BenchError;
use super::fieldwork::{Day, REPORTS};
use super::figures::median;
use crate::headquarters::Headquarters;
use crate::stage::renumbered;
use baqylau_field::SystemIds;
use baqylau_mission::Mission;
use baqylau_protocol::{
    Chain, DeviceKey, Endpoint, EnrolCode, Entropy, Entry, PROTOCOL, Packing, SegmentBody,
    Signature, SyncApi as _, SyncReply, SyncRequest, Verdict, seal,
};
use baqylau_sync::Enrolment;
use baqylau_sync::http::HttpApi;
use std::sync::Arc;
use std::time::Instant;
use tokio::sync::Barrier;
use tokio::task::JoinSet;

/// Devices that send at the same moment.
const DEVICES: usize = 8;
/// Requests of each, one after another as a device sends them.
const BATCHES: usize = 12;
/// Reports in each request.
const REPORTS_A_BATCH: usize = 20;

/// A device with everything written, signed and sealed beforehand.
struct Sender {
    key: DeviceKey,
    enrolment: Enrolment,
    endpoints: Vec<Endpoint>,
    requests: Vec<SyncRequest>,
    /// The journal's end after the last request.
    end: Chain,
}

/// Sends prepared batches from new devices and counts from the first byte to the last receipt. A connection is
/// opened and its TLS agreed within that time; writing, sealing and checking receipts is not.
pub(super) async fn measure(
    headquarters: &Headquarters,
    mission: &Mission,
    day: &Day,
    runs: u32,
) -> Result<f64, BenchError> {
    let entries_a_report = day.entries.len() / REPORTS;
    let entries: Result<Vec<Entry>, _> = day
        .entries
        .iter()
        .map(|bytes| Entry::decode(bytes))
        .collect();
    let entries = entries?;
    let reports: Vec<&[Entry]> = entries.chunks(entries_a_report.max(1)).collect();
    let mut rates = Vec::new();
    for run in 0..runs as usize {
        let teams = mission.teams.iter().map(|team| team.code.as_str()).cycle();
        // The first team's device has been at work already.
        let teams = teams.skip(1 + run * DEVICES).take(DEVICES);
        let mut senders = Vec::new();
        for code in headquarters.codes(teams)? {
            senders.push(Sender::enrol(&code, &reports).await?);
        }
        rates.push(send(senders).await?);
    }
    Ok(median(rates.into_iter()))
}

/// Reports a second.
async fn send(senders: Vec<Sender>) -> Result<f64, BenchError> {
    let start = Arc::new(Barrier::new(senders.len() + 1));
    let mut tasks = JoinSet::new();
    let count = senders.len() * BATCHES * REPORTS_A_BATCH;
    for sender in senders {
        let start = Arc::clone(&start);
        tasks.spawn(async move { sender.send(&start).await });
    }
    start.wait().await;
    let begun = Instant::now();
    let mut done = Vec::new();
    while let Some(sender) = tasks.join_next().await {
        done.push(sender??);
    }
    let took = begun.elapsed();
    for (sender, replies) in &done {
        sender.check(replies)?;
    }
    Ok(count as f64 / took.as_secs_f64())
}

impl Sender {
    async fn enrol(code: &str, reports: &[&[Entry]]) -> Result<Self, BenchError> {
        let code = EnrolCode::from_text(code)
            .map_err(|error| BenchError::NotAccepted(error.to_string()))?;
        let endpoints = code.pinned_endpoints();
        let key = DeviceKey::generate(&mut Entropy(&SystemIds));
        let api = HttpApi::new(endpoints.clone())?;
        let enrolment = baqylau_sync::enrol(&api, &code, &key).await?;
        let mut sender = Self {
            end: Chain::start(&key.public(), &enrolment.parsed_config.event),
            key,
            enrolment,
            endpoints,
            requests: Vec::new(),
        };
        let mut cycle = reports.iter().cycle();
        for _ in 0..BATCHES {
            let batch: Vec<&[Entry]> = cycle.by_ref().take(REPORTS_A_BATCH).copied().collect();
            sender.write(&batch)?;
        }
        Ok(sender)
    }

    /// Puts reports into the journal and a request that carries them.
    fn write(&mut self, reports: &[&[Entry]]) -> Result<(), BenchError> {
        let start = self.end;
        let mut entries = Vec::new();
        for report in reports {
            let open = self.end.seq + 1;
            for entry in *report {
                let bytes = renumbered(entry, open).encode();
                self.end = self.end.next(&bytes);
                entries.push(bytes);
            }
        }
        let config = &self.enrolment.parsed_config;
        let body = SegmentBody {
            event: config.event.clone(),
            device: self.key.public().id(),
            first_seq: start.seq + 1,
            before: start.hash,
            entries,
        };
        let segment = seal(
            &body,
            &self.key,
            &config.seal_key()?,
            Packing::default(),
            &mut Entropy(&SystemIds),
        )?;
        let request = SyncRequest {
            protocol: PROTOCOL,
            capabilities: 0,
            device: self.key.public().id(),
            server_epoch: self.enrolment.server_epoch,
            cursor: body.first_seq,
            config_version: config.version,
            segments: vec![segment],
            certificate: None,
            config: None,
            proof: Signature([0; 64]),
        };
        self.requests.push(request.signed(&self.key));
        Ok(())
    }

    async fn send(mut self, start: &Barrier) -> Result<(Self, Vec<SyncReply>), BenchError> {
        let api = HttpApi::new(self.endpoints.clone())?;
        let requests = std::mem::take(&mut self.requests);
        let mut replies = Vec::with_capacity(requests.len());
        start.wait().await;
        for request in requests {
            replies.push(api.sync(request).await?);
        }
        Ok((self, replies))
    }

    /// Headquarters must have taken everything and signed for it, or its speed means nothing.
    fn check(&self, replies: &[SyncReply]) -> Result<(), BenchError> {
        for reply in replies {
            let is_whole = reply
                .verdicts
                .iter()
                .all(|verdict| *verdict == Verdict::Accepted);
            if !is_whole || !reply.set_aside.is_empty() {
                let said = format!("{:?} {:?}", reply.verdicts, reply.set_aside);
                return Err(BenchError::NotAccepted(said));
            }
        }
        let receipt = replies.last().and_then(|reply| reply.receipt.as_ref());
        let receipt = receipt.ok_or_else(|| BenchError::NotAccepted("no receipt".to_owned()))?;
        let config = &self.enrolment.parsed_config;
        let device = self.key.public().id();
        let hash_at = |seq| (seq == self.end.seq).then_some(self.end.hash);
        receipt.verify(&config.hq, &config.event, &device, hash_at)?;
        Ok(())
    }
}
