//! One team's device: a real core with its own encrypted store, worked through the command table
//! exactly as a screen would.

use crate::clock::{DayClock, SeededIds};
use crate::error::RehearsalError;
use baqylau_domain::{Answers, FindingLevel, FormId, Moment, ObserverCode, StationCode, Value};
use baqylau_field::view::{
    Failure, FinishOutcome, Outbox, ReportPage, ReportRow, Saved, Status, SyncOutcome,
};
use baqylau_field::{Connector, Core, HttpsConnector, Kdf};
use baqylau_forms::{FormSheet, FormView, QuestionKind};
use serde::de::DeserializeOwned;
use serde_json::{Value as Json, json};
use std::path::Path;
use std::sync::Arc;

/// The PIN of every rehearsed device.
pub(crate) const PIN: &str = "204011";
/// Two hundred devices unlock on two cores here; what a PIN really costs is measured in the store's benchmark.
const CHEAP: Kdf = Kdf {
    memory_kib: 1024,
    passes: 1,
    lanes: 1,
};
/// Observers think and write; so much of the day passes with an answer.
const ANSWER_MS: i64 = 9_000;

/// A rehearsed device.
pub struct Device {
    core: Core,
    /// The device's time of day.
    pub clock: Arc<DayClock>,
    observers: Vec<ObserverCode>,
}

/// A visit to work through.
#[derive(Debug, Clone)]
pub struct Visit {
    /// The form to fill in.
    pub form: FormId,
    /// Where.
    pub place: Option<StationCode>,
    /// When the team begins.
    pub begins: Moment,
    /// Answers that are settled beforehand.
    pub settled: Answers,
    /// A slip: this question is first answered wrongly and corrected after finishing.
    pub slip: Option<(String, Value)>,
    /// The reason given for the correction.
    pub reason: String,
}

impl Device {
    /// Enrols a fresh device in `dir` with `code`.
    ///
    /// # Errors
    /// What the core refused.
    pub async fn enrol(
        dir: &Path,
        code: &str,
        start: Moment,
        seed: u64,
    ) -> Result<Self, RehearsalError> {
        Self::enrol_over(dir, code, start, seed, Arc::new(HttpsConnector)).await
    }

    /// The same over another road to headquarters.
    ///
    /// # Errors
    /// What the core refused.
    pub async fn enrol_over(
        dir: &Path,
        code: &str,
        start: Moment,
        seed: u64,
        road: Arc<dyn Connector>,
    ) -> Result<Self, RehearsalError> {
        let clock = Arc::new(DayClock::at(start));
        let ids = Arc::new(SeededIds::new(seed));
        let core = Core::with_kdf(dir, CHEAP, Arc::clone(&clock) as _, ids, road);
        let mut device = Self {
            core,
            clock,
            observers: Vec::new(),
        };
        let status: Status = device
            .call("enrol", json!({ "code": code, "pin": PIN }))
            .await?;
        device.observers = observers(status);
        Ok(device)
    }

    /// Opens the device that was enrolled in `dir`.
    ///
    /// # Errors
    /// What the core refused.
    pub async fn open(dir: &Path, start: Moment, seed: u64) -> Result<Self, RehearsalError> {
        let clock = Arc::new(DayClock::at(start));
        let ids = Arc::new(SeededIds::new(seed));
        let road = Arc::new(HttpsConnector);
        let mut device = Self {
            core: Core::with_kdf(dir, CHEAP, Arc::clone(&clock) as _, ids, road),
            clock,
            observers: Vec::new(),
        };
        let status: Status = device.call("unlock", json!({ "pin": PIN })).await?;
        device.observers = observers(status);
        Ok(device)
    }

    /// The core itself, for what is measured to the microsecond.
    pub(crate) fn core(&self) -> &Core {
        &self.core
    }

    pub(crate) async fn call<T: DeserializeOwned>(
        &self,
        name: &str,
        args: Json,
    ) -> Result<T, RehearsalError> {
        let mut answer = self.core.call(name, args.clone()).await;
        if matches!(&answer, Err(failure) if failure.code == "locked") {
            // Left alone on the road, the app has locked itself.
            let unlocked = self.core.call("unlock", json!({ "pin": PIN })).await;
            answer = match unlocked {
                Ok(_) => self.core.call(name, args).await,
                Err(failure) => Err(failure),
            };
        }
        read(name, answer)
    }

    /// Works through a visit: begins it, answers question by question, finishes. A slip is answered wrongly.
    ///
    /// # Errors
    /// What the core refused, or the findings that block the report.
    pub async fn work_through(&self, visit: &Visit) -> Result<ReportRow, RehearsalError> {
        let id = self.begin(visit).await?;
        self.finish(&id).await
    }

    /// Likewise for more visits than one team makes in a day.
    ///
    /// # Errors
    /// As for [`Self::work_through`].
    pub(crate) async fn work_through_beyond(
        &self,
        visit: &Visit,
    ) -> Result<ReportRow, RehearsalError> {
        let id = self.begin(visit).await?;
        self.finish_leaving_out(&id).await
    }

    /// Finishes a report. Where the form does not take what the device filled in by itself, such as the visit's number,
    /// that question is left blank.
    pub(crate) async fn finish_leaving_out(&self, id: &str) -> Result<ReportRow, RehearsalError> {
        let findings = match self.finish(id).await {
            Err(RehearsalError::Blocked { findings }) => findings,
            other => return other,
        };
        let blocking = findings
            .iter()
            .filter(|finding| finding.level == FindingLevel::Block);
        for question in blocking.flat_map(|finding| &finding.fields) {
            self.answer(id, question, None).await?;
        }
        self.finish(id).await
    }

    /// Begins a visit and answers question by question; a slip is answered wrongly.
    async fn begin(&self, visit: &Visit) -> Result<String, RehearsalError> {
        self.clock.reach(visit.begins);
        let page: ReportPage = self
            .call(
                "start_visit",
                json!({ "form": visit.form, "station": visit.place, "place": null }),
            )
            .await?;
        let id = page.row.id.clone();
        let mut settled = visit.settled.clone();
        settled.extend(visit.slip.clone());
        self.fill_in(&id, &page.sheet, page.view, &settled).await?;
        Ok(id)
    }

    /// Answers every question that shows and that the plan answers, in the order of the form.
    async fn fill_in(
        &self,
        id: &str,
        sheet: &FormSheet,
        mut view: FormView,
        settled: &Answers,
    ) -> Result<(), RehearsalError> {
        for question in sheet.sections.iter().flat_map(|section| &section.questions) {
            let Some(value) = to_answer(sheet, &view, settled, question) else {
                continue;
            };
            let saved: Saved = self.answer(id, question, Some(value)).await?;
            view = saved.view;
        }
        Ok(())
    }

    async fn answer(
        &self,
        id: &str,
        question: &str,
        value: Option<&Value>,
    ) -> Result<Saved, RehearsalError> {
        self.clock.pass(ANSWER_MS);
        self.call(
            "answer",
            json!({ "id": id, "question": question, "value": value }),
        )
        .await
    }

    pub(crate) async fn finish(&self, id: &str) -> Result<ReportRow, RehearsalError> {
        match self
            .call(
                "finish",
                json!({ "id": id, "confirmed_by": self.observers }),
            )
            .await?
        {
            FinishOutcome::Finished { row } => Ok(row),
            FinishOutcome::Blocked { view } => Err(RehearsalError::Blocked {
                findings: view.findings,
            }),
        }
    }

    /// Corrects the slip of a finished report: a new revision with the right answer.
    ///
    /// # Errors
    /// What the core refused.
    pub async fn correct(&self, id: &str, visit: &Visit) -> Result<(), RehearsalError> {
        let Some((question, _)) = &visit.slip else {
            return Ok(());
        };
        let _: ReportPage = self
            .call("correct", json!({ "id": id, "reason": visit.reason }))
            .await?;
        self.answer(id, question, visit.settled.get(question))
            .await?;
        self.finish(id).await?;
        Ok(())
    }

    /// One exchange with headquarters.
    ///
    /// # Errors
    /// Whatever the network or headquarters did.
    pub async fn sync(&self) -> Result<SyncOutcome, RehearsalError> {
        self.call("sync", json!({})).await
    }

    /// How many finished reports headquarters has not yet signed for.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn waiting(&self) -> Result<u32, RehearsalError> {
        let outbox: Outbox = self.call("outbox", json!({})).await?;
        Ok(outbox.evidence.waiting)
    }

    /// Everything the device says about one report, for the comparison with headquarters.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn page(&self, id: &str) -> Result<ReportPage, RehearsalError> {
        self.call("report", json!({ "id": id })).await
    }

    /// Locks the store and lets go of its memory.
    ///
    /// # Errors
    /// When the core refuses.
    pub async fn lock(&self) -> Result<(), RehearsalError> {
        let _: Status = self.call("lock", json!({})).await?;
        Ok(())
    }
}

fn observers(status: Status) -> Vec<ObserverCode> {
    status
        .holder
        .map(|holder| holder.observers)
        .unwrap_or_default()
}

/// What a command answered, as its view type.
pub(crate) fn read<T: DeserializeOwned>(
    command: &str,
    answer: Result<Json, Failure>,
) -> Result<T, RehearsalError> {
    let answer = answer.map_err(|failure| RehearsalError::refused(command, failure))?;
    serde_json::from_value(answer).map_err(|error| RehearsalError::Shape {
        command: command.to_owned(),
        error,
    })
}

/// The planned answer to a question that is asked now and has another answer, or none, so far.
pub(crate) fn to_answer<'a>(
    sheet: &FormSheet,
    view: &FormView,
    settled: &'a Answers,
    question: &str,
) -> Option<&'a Value> {
    let value = settled.get(question)?;
    let given = view.questions.get(question)?.value.as_ref();
    (is_asked(sheet, view, question) && given != Some(value)).then_some(value)
}

/// Whether a person would be asked this question now.
fn is_asked(sheet: &FormSheet, view: &FormView, question: &str) -> bool {
    let (Some(face), Some(state)) = (sheet.questions.get(question), view.questions.get(question))
    else {
        return false;
    };
    let takes_an_answer = !matches!(face.kind, QuestionKind::Note | QuestionKind::Calculate);
    takes_an_answer && state.relevant && !face.hidden && !face.read_only
}
