//! A device's day, worked through as a screen would, with every answer timed.

use super::error::BenchError;
use super::figures::{AnswerDurable, median, ms, percentile};
use crate::device::{Device, PIN, Visit, read, to_answer};
use crate::error::RehearsalError;
use crate::headquarters::Headquarters;
use crate::plan::TeamDay;
use async_trait::async_trait;
use baqylau_domain::{Answers, Clock as _, FormId, Moment, Value};
use baqylau_field::view::{Failure, ReportPage, Saved};
use baqylau_field::{Connector, HttpsConnector, SystemIds};
use baqylau_mission::Mission;
use baqylau_protocol::{
    ApiError, BlobHash, BlobProgress, Endpoint, EnrolReply, EnrolRequest, SyncApi, SyncReply,
    SyncRequest,
};
use baqylau_store::Vault;
use baqylau_store::measure::{Bare, Encrypted};
use baqylau_sync::http::Proxy;
use parking_lot::Mutex;
use serde_json::json;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Reports of the day: one batch of this size is what is weighed on the wire.
pub(super) const REPORTS: usize = 50;
/// Time of day that passes with an answer, so that fifty visits fit between opening and closing.
const ANSWER_MS: i64 = 6_000;

/// The day under way.
pub(super) struct Fieldwork {
    device: Device,
    visits: Vec<Visit>,
    filled: Vec<Filled>,
    sent: Arc<Mutex<Vec<SyncRequest>>>,
}

/// A report as it was filled in.
#[derive(Debug, Clone)]
pub(super) struct Filled {
    pub(super) visit: Visit,
    /// What the device had filled in by itself.
    pub(super) begun: Answers,
    /// What was answered, in order.
    pub(super) steps: Vec<(String, Value)>,
}

/// What the day left.
pub(super) struct Day {
    pub(super) filled: Vec<Filled>,
    /// The journal's entries, three a report.
    pub(super) entries: Vec<Vec<u8>>,
    /// The requests that carried them.
    pub(super) requests: Vec<SyncRequest>,
}

/// What one answer cost, beside what the disk asks for.
#[derive(Default)]
struct Timings {
    answers: Vec<Duration>,
    bare: Vec<Duration>,
    store: Vec<Duration>,
}

/// What takes turns with the answers.
struct Beside {
    bare: Bare,
    store: Encrypted,
    rounds: u32,
}

impl Beside {
    fn open(work: &Path, device: &Device) -> Result<Self, BenchError> {
        Ok(Self {
            bare: Bare::open(&work.join("bare.db"))?,
            store: Encrypted::create(&work.join("store"), &SystemIds, &*device.clock)?,
            rounds: 0,
        })
    }

    /// One commit of each, the one first and then the other: a disk may be slower after it has rested.
    fn commit(&mut self, timings: &mut Timings, at: Moment) -> Result<(), BenchError> {
        self.rounds += 1;
        let bare_goes_first = self.rounds.is_multiple_of(2);
        if bare_goes_first {
            timings.bare.push(self.bare.commit(self.rounds)?);
        }
        timings.store.push(self.store.commit(self.rounds, at)?);
        if !bare_goes_first {
            timings.bare.push(self.bare.commit(self.rounds)?);
        }
        Ok(())
    }
}

impl Fieldwork {
    /// Enrols a device in `folder` and picks its visits: those of the form that the mission fills in most.
    pub(super) async fn begin(
        headquarters: &Headquarters,
        folder: &Path,
        days: &[TeamDay],
    ) -> Result<Self, BenchError> {
        let first = days
            .first()
            .ok_or_else(|| BenchError::Unsuited("no team".to_owned()))?;
        let sent = Arc::default();
        let road = Arc::new(Recorder(Arc::clone(&sent)));
        let codes = headquarters.codes([first.team.as_str()].into_iter())?;
        let code = codes
            .first()
            .ok_or_else(|| BenchError::Unsuited("no enrolment code".to_owned()))?;
        Ok(Self {
            device: Device::enrol_over(folder, code, first.starts, 1, road).await?,
            visits: visits(days, first.starts.offset_min),
            filled: Vec::new(),
            sent,
        })
    }

    pub(super) fn device(&self) -> &Device {
        &self.device
    }

    /// Works through the day. Every answer takes turns with a bare commit and the store's own, so that
    /// all three meet the same disk.
    pub(super) async fn answer(
        &mut self,
        mission: &Mission,
        work: &Path,
        runs: u32,
    ) -> Result<AnswerDurable, BenchError> {
        let mut beside = Beside::open(work, &self.device)?;
        let mut all: Vec<Timings> = Vec::new();
        // Visits that the clock has passed already are left to another team.
        let mut queue = std::mem::take(&mut self.visits).into_iter();
        for run in 0..runs as usize {
            let until = REPORTS * (run + 1) / runs as usize;
            let mut timings = Timings::default();
            while self.filled.len() < until {
                let now = self.device.clock.now();
                let visit = queue
                    .find(|visit| visit.begins >= now)
                    .ok_or_else(|| too_few(self.filled.len()))?;
                self.work_through(visit, mission, &mut beside, &mut timings)
                    .await?;
            }
            all.push(timings);
        }
        let of_runs = |pick: &dyn Fn(&Timings) -> Duration| median(all.iter().map(pick).map(ms));
        let (p50, bare_p50) = (
            of_runs(&|run| percentile(&run.answers, 50)),
            of_runs(&|run| percentile(&run.bare, 50)),
        );
        Ok(AnswerDurable {
            p50,
            p99: of_runs(&|run| percentile(&run.answers, 99)),
            bare_p50,
            ratio: p50 / bare_p50,
            store_p50: of_runs(&|run| percentile(&run.store, 50)),
            answers: all.iter().map(|run| run.answers.len()).sum(),
        })
    }

    async fn work_through(
        &mut self,
        visit: Visit,
        mission: &Mission,
        beside: &mut Beside,
        timings: &mut Timings,
    ) -> Result<(), BenchError> {
        let device = &self.device;
        device.clock.reach(visit.begins);
        let page: ReportPage = device
            .call(
                "start_visit",
                json!({ "form": visit.form, "station": visit.place, "place": null }),
            )
            .await?;
        let begun = saved_answers(device, &page).await?;
        let mut steps = Vec::new();
        let mut view = page.view;
        let known = mission
            .form(&visit.form)
            .ok_or_else(|| BenchError::Unsuited(visit.form.to_string()))?;
        let sheet = known.form.sheet(&mission.about.languages[0]);
        for question in sheet.sections.iter().flat_map(|section| &section.questions) {
            let Some(value) = to_answer(&sheet, &view, &visit.settled, question) else {
                continue;
            };
            device.clock.pass(ANSWER_MS);
            let args = json!({ "id": page.row.id, "question": question, "value": value });
            let asked = Instant::now();
            let answer = device.core().call("answer", args).await;
            timings.answers.push(asked.elapsed());
            let saved: Saved = read("answer", answer)?;
            view = saved.view;
            steps.push((question.clone(), value.clone()));
            beside.commit(timings, device.clock.now())?;
        }
        device.finish_leaving_out(&page.row.id).await?;
        self.filled.push(Filled {
            visit,
            begun,
            steps,
        });
        Ok(())
    }

    /// Sends the day in one exchange, locks the device and reads what its journal holds.
    pub(super) async fn deliver(self, folder: &Path) -> Result<Day, BenchError> {
        self.device.sync().await?;
        let waiting = self.device.waiting().await?;
        if waiting > 0 {
            return Err(BenchError::NotAccepted(format!("{waiting} reports wait")));
        }
        let clock = Arc::clone(&self.device.clock);
        self.device.lock().await?;
        drop(self.device);
        let store = Vault::at(folder.join("store")).unlock(PIN, &*clock)?;
        let entries = store.entries(1, u32::MAX)?;
        let requests = std::mem::take(&mut *self.sent.lock());
        Ok(Day {
            filled: self.filled,
            entries: entries.into_iter().map(|entry| entry.bytes).collect(),
            requests,
        })
    }
}

/// All planned visits of the form with the most of them, in the order of the day. Only those of one zone: planned
/// answers hold times of day, and one device keeps one clock.
fn visits(days: &[TeamDay], offset_min: i16) -> Vec<Visit> {
    let all = || days.iter().flat_map(|day| &day.visits);
    let mut counts: BTreeMap<&FormId, usize> = BTreeMap::new();
    for visit in all() {
        *counts.entry(&visit.form).or_default() += 1;
    }
    let most = counts.into_iter().max_by_key(|(_, count)| *count);
    let is_meant = |visit: &&Visit| {
        visit.begins.offset_min == offset_min && most.is_some_and(|(form, _)| visit.form == *form)
    };
    let mut visits: Vec<Visit> = all().filter(is_meant).cloned().collect();
    visits.sort_by_key(|visit| visit.begins);
    visits
}

async fn saved_answers(device: &Device, page: &ReportPage) -> Result<Answers, BenchError> {
    let saved = device.core().saved_answers().await;
    let saved = saved.map_err(|failure| RehearsalError::refused("saved_answers", failure))?;
    let of_page = saved
        .into_iter()
        .find(|(id, _)| id.to_string() == page.row.id);
    Ok(of_page.map(|(_, answers)| answers).unwrap_or_default())
}

fn too_few(filled: usize) -> BenchError {
    BenchError::Unsuited(format!("only {filled} of {REPORTS} visits fit one day"))
}

/// The real road, which also keeps what was sent on it.
struct Recorder(Arc<Mutex<Vec<SyncRequest>>>);

struct Recorded {
    api: Arc<dyn SyncApi>,
    sent: Arc<Mutex<Vec<SyncRequest>>>,
}

impl Connector for Recorder {
    fn connect(
        &self,
        endpoints: &[Endpoint],
        proxy: Option<&Proxy>,
    ) -> Result<Arc<dyn SyncApi>, Failure> {
        let api = HttpsConnector.connect(endpoints, proxy)?;
        let sent = Arc::clone(&self.0);
        Ok(Arc::new(Recorded { api, sent }))
    }
}

#[async_trait]
impl SyncApi for Recorded {
    async fn enrol(&self, request: EnrolRequest) -> Result<EnrolReply, ApiError> {
        self.api.enrol(request).await
    }

    async fn sync(&self, request: SyncRequest) -> Result<SyncReply, ApiError> {
        self.sent.lock().push(request.clone());
        self.api.sync(request).await
    }

    async fn blob(&self, hash: BlobHash, progress: &BlobProgress<'_>) -> Result<Vec<u8>, ApiError> {
        self.api.blob(hash, progress).await
    }
}
