//! The day without a network: no observer ever has one. Bundles go by file, by the network in the room and by codes on
//! a screen, from the observers to their leaders, from leader to leader for days, and in the end to headquarters' own
//! take-in. The receipts come back the whole way.

use super::compare::SentReport;
use super::{AT_ONCE, Options, Watcher};
use crate::device::{Device, Visit};
use crate::error::RehearsalError;
use crate::headquarters::Headquarters;
use crate::plan::TeamDay;
use baqylau_domain::Moment;
use baqylau_field::view::{
    CodePicture, CodeTaken, Codes, Failure, HandedOver, Listening, MadeFile, TakenIn,
};
use baqylau_field::{Connector, HttpsConnector};
use baqylau_protocol::{Endpoint, SyncApi};
use baqylau_sync::http::Proxy;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde::de::DeserializeOwned;
use serde_json::{Value as Json, json};
use std::net::{IpAddr, Ipv4Addr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use tokio::sync::{Mutex, Semaphore};

/// Leaders between the first observer and headquarters.
const HOPS: usize = 5;
/// Chance that a team meets its leader after a visit, in per cent.
const MEETING_PERCENT: u32 = 15;
/// Days that a bundle lies with each leader.
const DAYS_A_HOP: i64 = 4;
const DAY_MS: i64 = 86_400_000;
/// Codes shown beyond the least that can be enough before a reader gives up; every third is missed.
const CODES_TOO_MANY: u32 = 200;

/// How often each road was taken.
#[derive(Debug, Default)]
pub struct Roads {
    /// Files written, carried and taken in.
    pub files: AtomicU64,
    /// Series of codes shown and read.
    pub codes: AtomicU64,
    /// Hand-overs by the network in the room.
    pub network: AtomicU64,
}

/// Everybody's network, which is pulled out after enrolment and never put back.
struct Plug(AtomicBool);

struct PluggedIn(Arc<Plug>);

impl Connector for PluggedIn {
    fn connect(
        &self,
        endpoints: &[Endpoint],
        proxy: Option<&Proxy>,
    ) -> Result<Arc<dyn SyncApi>, Failure> {
        if self.0.0.load(Ordering::SeqCst) {
            HttpsConnector.connect(endpoints, proxy)
        } else {
            Err(Failure {
                code: "unreachable".to_owned(),
                args: std::collections::BTreeMap::new(),
            })
        }
    }

    fn addresses(&self) -> Vec<IpAddr> {
        vec![Ipv4Addr::LOCALHOST.into()]
    }
}

/// A leader, who deals with one device at a time.
struct Leader {
    device: Device,
    alone: Mutex<()>,
}

/// What all hand-overs share.
struct Hands {
    stick: PathBuf,
    roads: Arc<Roads>,
    leaders: Vec<Leader>,
}

/// An observer's device after the day, and what it finished.
struct Observer {
    device: Device,
    team: String,
    leader: usize,
    finished: Vec<String>,
}

/// The whole day and the days after it.
pub(super) async fn work_through(
    options: &Options,
    days: Vec<TeamDay>,
    headquarters: &Headquarters,
    seed: u64,
    watcher: &Arc<dyn Watcher>,
    roads: &Arc<Roads>,
) -> Result<Vec<SentReport>, RehearsalError> {
    let plug = Arc::new(Plug(AtomicBool::new(true)));
    let starts = days.first().map_or_else(no_team, |day| Ok(day.starts))?;
    let leaders = enrol_leaders(options, headquarters, starts, seed, &plug).await?;
    let codes = headquarters.codes(days.iter().map(|day| day.team.as_str()))?;
    let stick = options.work.join("stick");
    std::fs::create_dir_all(&stick)?;
    let hands = Arc::new(Hands {
        stick,
        roads: Arc::clone(roads),
        leaders,
    });
    let devices = enrol_observers(options, &days, codes, seed, &plug).await?;
    plug.0.store(false, Ordering::SeqCst);

    let observers = visit_and_meet(&hands, days, devices, seed, watcher).await?;
    carry_on(&hands, headquarters, seed).await?;
    bring_back(&hands, observers).await
}

fn no_team<T>() -> Result<T, RehearsalError> {
    Err(RehearsalError::Plan {
        what: "no team takes part".to_owned(),
    })
}

async fn enrol_leaders(
    options: &Options,
    headquarters: &Headquarters,
    starts: Moment,
    seed: u64,
    plug: &Arc<Plug>,
) -> Result<Vec<Leader>, RehearsalError> {
    let (mission, _) = crate::plan::load(&options.mission)?;
    let mut leaders: Vec<String> = mission
        .teams
        .iter()
        .filter(|team| team.role != baqylau_domain::Role::Observer)
        .map(|team| team.code.0.clone())
        .collect();
    leaders.truncate(HOPS);
    let codes = headquarters.codes(leaders.iter().map(String::as_str))?;
    let mut enrolled = Vec::with_capacity(leaders.len());
    for ((number, team), code) in (1_u64..).zip(&leaders).zip(codes) {
        let folder = options.work.join("leaders").join(team);
        let road = Arc::new(PluggedIn(Arc::clone(plug)));
        let seed = seed.wrapping_sub(number);
        let device = Device::enrol_over(&folder, &code, starts, seed, road).await?;
        enrolled.push(Leader {
            device,
            alone: Mutex::new(()),
        });
    }
    Ok(enrolled)
}

async fn enrol_observers(
    options: &Options,
    days: &[TeamDay],
    codes: Vec<String>,
    seed: u64,
    plug: &Arc<Plug>,
) -> Result<Vec<Device>, RehearsalError> {
    let mut devices = Vec::with_capacity(days.len());
    for ((number, day), code) in (0_u64..).zip(days).zip(codes) {
        let folder = options.work.join("devices").join(day.team.as_str());
        let road = Arc::new(PluggedIn(Arc::clone(plug)));
        let seed = seed.wrapping_add(number);
        let device = Device::enrol_over(&folder, &code, day.starts, seed, road).await?;
        device.lock().await?;
        devices.push(device);
    }
    Ok(devices)
}

/// All teams' days, some at once, each meeting its leader now and then and once at the end.
async fn visit_and_meet(
    hands: &Arc<Hands>,
    days: Vec<TeamDay>,
    devices: Vec<Device>,
    seed: u64,
    watcher: &Arc<dyn Watcher>,
) -> Result<Vec<Observer>, RehearsalError> {
    let room = Arc::new(Semaphore::new(AT_ONCE));
    let mut tasks = tokio::task::JoinSet::new();
    for (number, (day, device)) in days.into_iter().zip(devices).enumerate() {
        let (room, watcher) = (Arc::clone(&room), Arc::clone(watcher));
        let hands = Arc::clone(hands);
        tasks.spawn(async move {
            // The semaphore is never closed.
            let _turn = room.acquire_owned().await;
            let rng = ChaCha8Rng::seed_from_u64(seed.wrapping_add(number as u64));
            let leader = number % hands.leaders.len().max(1);
            one_day(&hands, day, device, leader, rng, &*watcher).await
        });
    }
    let mut observers = Vec::new();
    while let Some(done) = tasks.join_next().await {
        observers.push(done.map_err(|error| RehearsalError::Plan {
            what: error.to_string(),
        })??);
    }
    Ok(observers)
}

async fn one_day(
    hands: &Hands,
    day: TeamDay,
    device: Device,
    leader: usize,
    mut rng: ChaCha8Rng,
    watcher: &dyn Watcher,
) -> Result<Observer, RehearsalError> {
    let mut finished = Vec::new();
    let mut to_correct: Vec<(String, &Visit)> = Vec::new();
    for visit in &day.visits {
        for (id, slipped) in to_correct.drain(..) {
            device.correct(&id, slipped).await?;
        }
        let row = device.work_through(visit).await?;
        finished.push(row.id.clone());
        watcher.visited();
        if visit.slip.is_some() {
            to_correct.push((row.id, visit));
        }
        if rng.random_range(0..100) < MEETING_PERCENT {
            hands
                .meet(&device, leader, day.team.as_str(), &mut rng)
                .await?;
        }
    }
    for (id, slipped) in to_correct {
        device.correct(&id, slipped).await?;
    }
    hands
        .meet(&device, leader, day.team.as_str(), &mut rng)
        .await?;
    device.lock().await?;
    Ok(Observer {
        device,
        team: day.team.0,
        leader,
        finished,
    })
}

/// From leader to leader, days apart, and from the last one to headquarters; what it signs goes to the last leader.
async fn carry_on(
    hands: &Hands,
    headquarters: &Headquarters,
    seed: u64,
) -> Result<(), RehearsalError> {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let Some(last) = hands.leaders.len().checked_sub(1) else {
        return no_team();
    };
    for hop in 0..last {
        let device = &hands.leaders[hop].device;
        device.clock.pass(DAYS_A_HOP * DAY_MS);
        hands.meet(device, hop + 1, "", &mut rng).await?;
    }
    let device = &hands.leaders[last].device;
    device.clock.pass(DAYS_A_HOP * DAY_MS);
    let made: MadeFile = device
        .call("make_file", json!({ "folder": hands.stick, "load": "all" }))
        .await?;
    let receipts = headquarters.take(Path::new(&made.path)).await?;
    let _: TakenIn = device
        .call("take_file", json!({ "path": receipts, "label": null }))
        .await?;
    Ok(())
}

/// The receipts go back from leader to leader and to every observer.
async fn bring_back(
    hands: &Hands,
    observers: Vec<Observer>,
) -> Result<Vec<SentReport>, RehearsalError> {
    for hop in (1..hands.leaders.len()).rev() {
        let (from, to) = (&hands.leaders[hop].device, &hands.leaders[hop - 1].device);
        from.clock.pass(DAY_MS);
        hands.by_file(from, "back", to, "").await?;
    }
    let mut sent = Vec::new();
    for observer in observers {
        let device = &observer.device;
        let leader = &hands.leaders[observer.leader].device;
        hands.by_file(leader, "back", device, "").await?;
        let waiting = device.waiting().await?;
        if waiting > 0 {
            return Err(RehearsalError::Undelivered {
                team: observer.team,
                waiting,
                attempts: 1,
            });
        }
        for id in observer.finished {
            sent.push(SentReport::of(&device.page(&id).await?)?);
        }
        device.lock().await?;
    }
    Ok(sent)
}

impl Hands {
    /// Hands everything over to a leader by one of the three roads.
    async fn meet(
        &self,
        from: &Device,
        leader: usize,
        label: &str,
        rng: &mut ChaCha8Rng,
    ) -> Result<(), RehearsalError> {
        let Some(leader) = self.leaders.get(leader) else {
            return no_team();
        };
        let _alone = leader.alone.lock().await;
        let road = rng.random_range(0..3_u32);
        let done = match road {
            0 => self.by_network(from, &leader.device, label).await,
            1 => self.by_codes(from, &leader.device, label).await,
            _ => self.by_file(from, "all", &leader.device, label).await,
        };
        match done {
            // Too much for a screen: the other roads are there.
            Err(RehearsalError::Refused { code, .. }) if code == "codes_too_large" => {
                self.by_file(from, "all", &leader.device, label).await
            }
            // A team that has seen nothing yet meets its leader all the same.
            Err(RehearsalError::Refused { code, .. }) if code == "nothing_to_carry" => Ok(()),
            other => other,
        }
    }

    async fn by_file(
        &self,
        from: &Device,
        load: &str,
        to: &Device,
        label: &str,
    ) -> Result<(), RehearsalError> {
        let made: MadeFile = from
            .call("make_file", json!({ "folder": self.stick, "load": load }))
            .await?;
        let _: TakenIn = to
            .call(
                "take_file",
                json!({ "path": made.path, "label": named(label) }),
            )
            .await?;
        std::fs::remove_file(made.path)?;
        self.roads.files.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }

    async fn by_network(
        &self,
        from: &Device,
        to: &Device,
        label: &str,
    ) -> Result<(), RehearsalError> {
        // A device that was left alone has locked itself, and with it what it waits for.
        let listening: Listening = to.call("listen", json!({ "label": named(label) })).await?;
        let over: Result<HandedOver, _> = from
            .call("hand_over", json!({ "code": listening.code.text }))
            .await;
        let _: Json = to.call("stop_listening", json!({})).await?;
        over?;
        self.roads.network.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }

    async fn by_codes(
        &self,
        from: &Device,
        to: &Device,
        label: &str,
    ) -> Result<(), RehearsalError> {
        let codes: Codes = from.call("make_codes", json!({ "load": "all" })).await?;
        for number in (0..codes.needed + CODES_TOO_MANY).filter(|number| number % 3 != 2) {
            let shown: CodePicture = show(from, &codes.set, number).await?;
            let taken: CodeTaken = to
                .call(
                    "take_code",
                    json!({ "text": shown.text, "label": named(label) }),
                )
                .await?;
            if taken.complete {
                self.roads.codes.fetch_add(1, Ordering::Relaxed);
                return Ok(());
            }
        }
        Err(RehearsalError::Plan {
            what: format!("the codes of {label} never came together"),
        })
    }
}

async fn show<T: DeserializeOwned>(
    from: &Device,
    set: &str,
    number: u32,
) -> Result<T, RehearsalError> {
    from.call("code_frame", json!({ "set": set, "number": number }))
        .await
}

fn named(label: &str) -> Option<&str> {
    Some(label).filter(|label| !label.is_empty())
}
