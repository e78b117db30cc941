//! Headquarters is killed while devices send. A receipt that a device believed before a kill must be backed by data after
//! it: its device is never asked for those entries again, and in the end the ledger holds every entry as it was written.

use super::Options;
use crate::error::RehearsalError;
use crate::headquarters::{Headquarters, free_address};
use crate::plan::load;
use baqylau_domain::{FormRef, Moment};
use baqylau_protocol::{EnrolCode, Entry, EntryKind, Place};
use baqylau_sync::Journal as _;
use baqylau_sync::http::HttpApi;
use baqylau_sync::testing::TestDevice;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;

/// Devices that send at the same time.
const DEVICES: usize = 4;
/// Headquarters works for at most this long after everybody has reached it.
const LONGEST_MS: u64 = 250;
/// A report is opened, remarked upon, and followed by the next.
const ENTRIES_A_REPORT: u64 = 30;
/// Exchanges after a kill within which everything must have arrived.
const PATIENCE: u32 = 3;
/// A ledger that has been killed so often gives way to a fresh one: it is searched whole at its end.
const KILLS_A_LEDGER: u32 = 250;

/// What killing headquarters came to.
#[derive(Debug, Default)]
pub struct ServerOutcome {
    /// Kills.
    pub kills: u32,
    /// Kills in the middle of at least one exchange.
    pub amid_exchanges: u32,
    /// Entries that devices had receipts for.
    pub receipted: u64,
    /// Times that headquarters asked again for entries it had given a receipt for.
    pub without_data: u64,
    /// Entries that were not there in the end.
    pub lost: u64,
    /// Entries that were there and nobody wrote, or not as they were written.
    pub altered: u64,
    /// Devices that were not done after some exchanges in peace.
    pub stuck: u64,
    /// Ledgers that their own checks found damaged.
    pub corrupt: u32,
}

impl ServerOutcome {
    /// Whether every receipt was backed and nothing is damaged.
    #[must_use]
    pub fn is_good(&self) -> bool {
        let bad = self.without_data + self.lost + self.altered + self.stuck;
        bad == 0 && self.corrupt == 0 && self.amid_exchanges > 0 && self.receipted > 0
    }

    /// Both together.
    pub(super) fn add(&mut self, other: Self) {
        self.kills += other.kills;
        self.amid_exchanges += other.amid_exchanges;
        self.receipted += other.receipted;
        self.without_data += other.without_data;
        self.lost += other.lost;
        self.altered += other.altered;
        self.stuck += other.stuck;
        self.corrupt += other.corrupt;
    }

    pub(super) fn json(&self) -> Json {
        json!({
            "kills": self.kills,
            "amid_exchanges": self.amid_exchanges,
            "receipted": self.receipted,
            "receipts_without_data": self.without_data,
            "lost": self.lost,
            "altered": self.altered,
            "stuck": self.stuck,
            "corrupt": self.corrupt,
        })
    }
}

/// Kills headquarters so many times.
pub(super) async fn crash(
    options: &Options,
    kills: u32,
    progress: impl Fn(),
) -> Result<ServerOutcome, RehearsalError> {
    let mut outcome = ServerOutcome::default();
    let mut rng = ChaCha8Rng::seed_from_u64(options.seed);
    let mut left = kills;
    while left > 0 {
        let some = left.min(KILLS_A_LEDGER);
        let data = options.work.join(format!("headquarters-{left}"));
        let mut siege = Siege::begin(options, data).await?;
        for _ in 0..some {
            let instant = Duration::from_millis(rng.random_range(1..=LONGEST_MS));
            siege.kill(instant, &mut outcome).await?;
            progress();
        }
        siege.end(&mut outcome).await?;
        left -= some;
    }
    Ok(outcome)
}

struct Siege<'a> {
    options: &'a Options,
    data: PathBuf,
    address: SocketAddr,
    devices: Vec<Arc<Sender>>,
}

/// A device that writes and sends as long as anybody answers.
struct Sender {
    device: TestDevice,
    api: HttpApi,
    form: FormRef,
}

impl<'a> Siege<'a> {
    async fn begin(options: &'a Options, data: PathBuf) -> Result<Self, RehearsalError> {
        let (mission, _) = load(&options.mission)?;
        let form = mission.forms.first().map(|form| form.form.hash().short());
        let form = form.ok_or_else(|| failed("no form"))?;
        let mut siege = Self {
            options,
            data,
            address: free_address()?,
            devices: Vec::new(),
        };
        let headquarters = siege.start().await?;
        let teams = mission.teams.iter().map(|team| team.code.as_str());
        for (code, seed) in headquarters
            .codes(teams.take(DEVICES))?
            .iter()
            .zip(options.seed..)
        {
            let code = EnrolCode::from_text(code).map_err(failed)?;
            let api = HttpApi::new(code.pinned_endpoints()).map_err(failed)?;
            let device = TestDevice::enrolled(seed, &api, &code)
                .await
                .map_err(failed)?;
            siege.devices.push(Arc::new(Sender { device, api, form }));
        }
        headquarters.stop().await?;
        Ok(siege)
    }

    async fn start(&self) -> Result<Headquarters, RehearsalError> {
        Headquarters::start(
            &self.options.headquarters,
            &self.options.mission,
            &self.data,
            self.address,
            self.address,
        )
        .await
    }

    /// Everybody is done in peace; then everybody sends, and headquarters is killed.
    async fn kill(
        &mut self,
        instant: Duration,
        outcome: &mut ServerOutcome,
    ) -> Result<(), RehearsalError> {
        let headquarters = self.start().await?;
        self.settle(outcome).await;
        let mut sending = JoinSet::new();
        for device in &self.devices {
            let device = Arc::clone(device);
            sending.spawn(async move { device.send_until_nobody_answers().await });
        }
        tokio::time::sleep(instant).await;
        headquarters.stop().await?;
        let mut was_amid = false;
        while let Some(amid) = sending.join_next().await {
            was_amid |= amid.map_err(failed)?;
        }
        outcome.kills += 1;
        outcome.amid_exchanges += u32::from(was_amid);
        Ok(())
    }

    /// What was receipted before is never asked for again, and the rest arrives within a few exchanges.
    async fn settle(&self, outcome: &mut ServerOutcome) {
        for sender in &self.devices {
            let mut is_done = false;
            for _ in 0..PATIENCE {
                let exchange = sender.device.exchange(&sender.api).await;
                outcome.without_data += u64::from(exchange.rewound);
                is_done = exchange.stopped_by.is_none();
                if is_done {
                    break;
                }
            }
            outcome.stuck += u64::from(!is_done);
        }
    }

    /// Compares the whole ledger with what was written, and lets it check itself.
    async fn end(&self, outcome: &mut ServerOutcome) -> Result<(), RehearsalError> {
        let headquarters = self.start().await?;
        self.settle(outcome).await;
        outcome.corrupt += u32::from(!headquarters.verify().await?);
        headquarters.stop().await?;
        let desk = baqylau_hq::Headquarters::reopen(
            &self.data,
            Arc::new(baqylau_hq::system::SystemClock),
            Arc::new(baqylau_hq::system::SystemIds),
        )
        .map_err(failed)?;
        for sender in &self.devices {
            let id = sender.device.id();
            let rows = desk.ledger.read(|read| read.entries(id)).map_err(failed)?;
            let rows = rows.into_iter().map(|row| (row.seq, row.bytes));
            let mut held: BTreeMap<u64, Vec<u8>> = rows.collect();
            let written = sender.device.journal();
            for (entry, seq) in written.iter().zip(1_u64..) {
                match held.remove(&seq) {
                    Some(bytes) if bytes == *entry => {}
                    Some(_) => outcome.altered += 1,
                    None => outcome.lost += 1,
                }
            }
            outcome.altered += held.len() as u64;
            let cursor = sender.device.cursor().map_err(failed)?;
            outcome.receipted += cursor.held_seq;
        }
        Ok(())
    }
}

impl Sender {
    /// Returns whether the last exchange was cut in the middle.
    async fn send_until_nobody_answers(&self) -> bool {
        loop {
            let written = self.device.journal().len() as u64;
            self.device
                .append((1..=3).map(|next| self.entry(written + next)));
            let exchange = self.device.exchange(&self.api).await;
            if exchange.stopped_by.is_some() {
                return exchange.requests > 0;
            }
        }
    }

    /// Reports with remarks upon each.
    fn entry(&self, seq: u64) -> Vec<u8> {
        let at = Moment {
            utc_ms: 1_301_799_600_000 + i64::try_from(seq).unwrap_or(0) * 1_000,
            offset_min: 360,
        };
        let report = (seq - 1) / ENTRIES_A_REPORT * ENTRIES_A_REPORT + 1;
        let kind = if seq == report {
            EntryKind::Open {
                form: self.form,
                place: Place::Free("a tent".to_owned()),
                visit: 1,
            }
        } else {
            EntryKind::Note {
                report,
                question: None,
                text: format!("remark {seq}"),
            }
        };
        Entry::new(at, kind).encode()
    }
}

fn failed(error: impl std::fmt::Display) -> RehearsalError {
    RehearsalError::Headquarters {
        what: error.to_string(),
    }
}
