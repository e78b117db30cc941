//! An exchange cut at every byte: after so many bytes from the device, and after so many from headquarters, TLS and all.
//!
//! After each cut the same device exchanges once more in peace. In the end headquarters must hold every entry once, as
//! it was written.

use crate::device::Device;
use crate::error::RehearsalError;
use crate::headquarters::{Headquarters, free_address};
use crate::link::{Cut, Knife, Link};
use crate::plan::{load, plan};
use baqylau_field::view::{ReportPage, ReportRow};
use baqylau_protocol::{Entry, EntryKind};
use data_encoding::HEXLOWER;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::Ordering;
use std::time::Instant;

/// What it needs.
#[derive(Debug, Clone)]
pub struct Options {
    /// The mission folder.
    pub mission: PathBuf,
    /// The headquarters program.
    pub program: PathBuf,
    /// An empty folder.
    pub work: PathBuf,
    /// Cuts at every so many bytes; 1 leaves none out.
    pub every: u64,
}

/// What became of it.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Bytes of an exchange from the device after which it was cut.
    pub up: u64,
    /// Bytes of an exchange from headquarters after which it was cut.
    pub down: u64,
    /// Connections that were cut.
    pub cut: u64,
    /// Remarks written, one before each exchange.
    pub written: u64,
    /// Remarks that headquarters does not hold.
    pub lost: u64,
    /// Remarks that headquarters holds more than once.
    pub doubled: u64,
    /// Remarks that headquarters holds and nobody wrote.
    pub altered: u64,
    /// Exchanges in peace after which something still waited.
    pub stuck: u64,
    /// How long it took.
    pub seconds: u64,
}

impl Outcome {
    /// Whether nothing was lost, doubled or altered.
    #[must_use]
    pub fn is_good(&self) -> bool {
        self.cut > 0 && self.lost + self.doubled + self.altered + self.stuck == 0
    }

    /// For programs.
    #[must_use]
    pub fn json(&self) -> Json {
        json!({
            "bytes_up": self.up, "bytes_down": self.down, "cut": self.cut, "written": self.written,
            "lost": self.lost, "doubled": self.doubled, "altered": self.altered, "stuck": self.stuck,
            "seconds": self.seconds,
        })
    }
}

/// Where the device stands while it is cut off again and again.
struct Station {
    device: Device,
    report: String,
    knife: Knife,
    link: Link,
    outcome: Outcome,
}

/// Exchanges that pass whole, one after the other, after which the end of an exchange has certainly been reached.
const WHOLE_IN_A_ROW: u32 = 4;

/// Cuts an exchange everywhere.
///
/// # Errors
/// Whatever stopped it; what headquarters then lacks is part of the outcome.
pub async fn cuts(options: &Options, told: impl Fn(u64)) -> Result<Outcome, RehearsalError> {
    let started = Instant::now();
    let knife = Knife::default();
    let address = free_address()?;
    let link = Link::under(address, &knife).await?;
    let data = options.work.join("headquarters");
    let headquarters = Headquarters::start(
        &options.program,
        &options.mission,
        &data,
        address,
        link.address,
    )
    .await?;
    let (device, report) = begin(options, &headquarters).await?;
    let mut station = Station {
        device,
        report,
        knife,
        link,
        outcome: Outcome::default(),
    };
    station.outcome.up = station.sweep(options.every, Cut::Up, &told).await?;
    station.outcome.down = station.sweep(options.every, Cut::Down, &told).await?;
    let mut outcome = station.outcome;
    outcome.cut = station.link.tally.cut.load(Ordering::Relaxed);
    headquarters.export(&options.work.join("export")).await?;
    reckon(options, &mut outcome)?;
    headquarters.stop().await?;
    outcome.seconds = started.elapsed().as_secs();
    Ok(outcome)
}

/// A device with a report on it, all of which headquarters holds.
async fn begin(
    options: &Options,
    headquarters: &Headquarters,
) -> Result<(Device, String), RehearsalError> {
    let (mission, rehearsal) = load(&options.mission)?;
    let day = plan(&mission, &rehearsal)?.into_iter().next();
    let visit = day.and_then(|day| Some((day.visits.first()?.clone(), day)));
    let (visit, day) = visit.ok_or_else(|| RehearsalError::Plan {
        what: "nobody visits anything".to_owned(),
    })?;
    let codes = headquarters.codes(std::iter::once(day.team.as_str()))?;
    let folder = options.work.join("device");
    let device = Device::enrol(&folder, &codes[0], day.starts, rehearsal.seed).await?;
    let row: ReportRow = device.work_through(&visit).await?;
    device.sync().await?;
    Ok((device, row.id))
}

impl Station {
    /// Cuts after 0 bytes, 1 byte and so on, until exchanges pass whole. Returns how many bytes an exchange has.
    async fn sweep(
        &mut self,
        every: u64,
        cut: fn(u64) -> Cut,
        told: &impl Fn(u64),
    ) -> Result<u64, RehearsalError> {
        let (mut bytes, mut whole, mut last) = (0, 0, 0);
        while whole < WHOLE_IN_A_ROW {
            let before = self.link.tally.cut.load(Ordering::Relaxed);
            self.write().await?;
            self.knife.set(Some(cut(bytes)));
            // Whether it says that it failed is its own affair; what matters is what is there in the end.
            let _ = self.device.sync().await;
            self.knife.set(None);
            let _ = self.device.sync().await;
            if self.device.waiting().await? > 0 {
                self.outcome.stuck += 1;
            }
            if self.link.tally.cut.load(Ordering::Relaxed) > before {
                (whole, last) = (0, bytes);
            } else {
                whole += 1;
            }
            told(self.outcome.written);
            bytes += every;
        }
        Ok(last)
    }

    async fn write(&mut self) -> Result<(), RehearsalError> {
        self.outcome.written += 1;
        let text = remark(self.outcome.written);
        let _: ReportPage = self
            .device
            .call(
                "note",
                json!({ "id": self.report, "question": null, "text": text }),
            )
            .await?;
        Ok(())
    }
}

fn remark(number: u64) -> String {
    format!("remark {number:06}")
}

/// Compares what was written with the entries in headquarters' export.
fn reckon(options: &Options, outcome: &mut Outcome) -> Result<(), RehearsalError> {
    #[derive(serde::Deserialize)]
    struct Line {
        entry: String,
    }
    let unreadable = |what: &dyn std::fmt::Display| RehearsalError::Headquarters {
        what: format!("entries.jsonl: {what}"),
    };
    let text = std::fs::read_to_string(options.work.join("export").join("entries.jsonl"))?;
    let mut held: BTreeMap<String, u64> = BTreeMap::new();
    for line in text.lines() {
        let line: Line = serde_json::from_str(line).map_err(|error| unreadable(&error))?;
        let bytes = HEXLOWER
            .decode(line.entry.as_bytes())
            .map_err(|error| unreadable(&error))?;
        let entry = Entry::decode(&bytes).map_err(|error| unreadable(&error))?;
        if let EntryKind::Note { text, .. } = entry.kind {
            *held.entry(text).or_default() += 1;
        }
    }
    for number in 1..=outcome.written {
        match held.remove(&remark(number)) {
            None => outcome.lost += 1,
            Some(1) => {}
            Some(_) => outcome.doubled += 1,
        }
    }
    outcome.altered = held.len() as u64;
    Ok(())
}
