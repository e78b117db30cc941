//! The core: a data folder, a clock, randomness, a road to headquarters, and at most one unlocked store.

use crate::cases::carriers::hand::Hands;
use crate::cases::exchange::{self, Road};
use crate::cases::sealing;
use crate::cases::wipe::settings_at_start;
use crate::commands;
use crate::error::ErrorCode;
use crate::session::Session;
use crate::view::{Event, Failure, Settings};
use baqylau_domain::{Answers, Clock, IdSource, Moment, Role};
use baqylau_protocol::{Endpoint, EnrolSecret, SyncApi};
use baqylau_store::{Kdf, Vault};
use baqylau_sync::http::{HttpApi, Proxy};
use parking_lot::{Mutex, RwLock};
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;
use tokio::sync::{broadcast, watch};
use uuid::Uuid;
use zeroize::Zeroizing;

/// Events kept for a listener that is slow; one that misses some asks for everything again.
const EVENT_BACKLOG: usize = 256;
/// How often [`Core::keep_watch`] looks whether the app was left alone.
const WATCH_EVERY: Duration = Duration::from_secs(5);

/// Makes the road to headquarters, given its addresses and their pinned keys.
pub trait Connector: Send + Sync {
    /// A headquarters to talk to, through a proxy if there is to be one; connecting itself happens at the first request.
    ///
    /// # Errors
    /// A [`Failure`] when an address cannot be used at all.
    fn connect(
        &self,
        endpoints: &[Endpoint],
        proxy: Option<&Proxy>,
    ) -> Result<Arc<dyn SyncApi>, Failure>;

    /// Addresses under which another device in the room may find this one.
    fn addresses(&self) -> Vec<IpAddr> {
        crate::machine::addresses()
    }
}

/// The road over HTTPS with pinned keys.
#[derive(Debug, Clone, Copy, Default)]
pub struct HttpsConnector;

impl Connector for HttpsConnector {
    fn connect(
        &self,
        endpoints: &[Endpoint],
        proxy: Option<&Proxy>,
    ) -> Result<Arc<dyn SyncApi>, Failure> {
        let api = HttpApi::through(endpoints.to_vec(), proxy)?;
        Ok(Arc::new(api))
    }
}

/// The field app without a screen. Cheap to clone; all clones are one app.
#[derive(Clone)]
pub struct Core(pub(crate) Arc<Inner>);

pub(crate) struct Inner {
    pub(crate) dir: PathBuf,
    pub(crate) vault: Vault,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) ids: Arc<dyn IdSource>,
    pub(crate) connector: Arc<dyn Connector>,
    /// One at a time: whatever makes, opens or re-keys the store.
    pub(crate) door: tokio::sync::Mutex<()>,
    pub(crate) road: Road,
    pub(crate) hands: Hands,
    /// The key of an enrolment that has not come through yet.
    pub(crate) enrolling: Mutex<Option<Enrolling>>,
    session: RwLock<Option<Arc<Session>>>,
    /// Resolves when the session locked last has closed its files.
    closed: Mutex<Option<watch::Receiver<()>>>,
    settings: Mutex<Settings>,
    events: broadcast::Sender<Event>,
    touched_ms: AtomicI64,
    /// When the app was left; [`HERE`] while somebody looks at it.
    left_ms: AtomicI64,
    /// Counts wipes, so that an enrolment under way ends with one.
    wipes: watch::Sender<u64>,
}

/// Nobody has left the app.
const HERE: i64 = i64::MIN;

/// A code that headquarters may have used up for a key already: when its reply is lost on the road, only the same
/// key may try again. Kept until the app ends, since there is no store yet that could keep it.
pub(crate) struct Enrolling {
    pub(crate) secret: EnrolSecret,
    pub(crate) key: Zeroizing<[u8; 32]>,
}

/// An unlocked core, handed to the use cases that need the store.
#[derive(Clone)]
pub(crate) struct Opened {
    pub(crate) core: Core,
    pub(crate) session: Arc<Session>,
}

impl Core {
    /// The app whose data are in `dir` (made when missing).
    #[must_use]
    pub fn new(
        dir: &Path,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn IdSource>,
        connector: Arc<dyn Connector>,
    ) -> Self {
        let vault = crate::machine::vault(dir);
        Self::with_vault(dir, vault, clock, ids, connector)
    }

    /// The same with another cost of deriving a key from a PIN, and without a key store. For tests and rehearsals only.
    #[must_use]
    pub fn with_kdf(
        dir: &Path,
        kdf: Kdf,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn IdSource>,
        connector: Arc<dyn Connector>,
    ) -> Self {
        Self::with_vault(
            dir,
            Vault::with_kdf(dir.join("store"), kdf),
            clock,
            ids,
            connector,
        )
    }

    /// The same with a vault, which lies in `store` below the folder. For tests and rehearsals only.
    #[must_use]
    pub fn with_vault(
        dir: &Path,
        vault: Vault,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn IdSource>,
        connector: Arc<dyn Connector>,
    ) -> Self {
        let (events, _) = broadcast::channel(EVENT_BACKLOG);
        let settings = settings_at_start(dir, &vault);
        Self(Arc::new(Inner {
            dir: dir.to_owned(),
            vault,
            clock,
            ids,
            connector,
            door: tokio::sync::Mutex::new(()),
            road: Road::default(),
            hands: Hands::default(),
            enrolling: Mutex::new(None),
            session: RwLock::new(None),
            closed: Mutex::new(None),
            settings: Mutex::new(settings),
            events,
            touched_ms: AtomicI64::new(0),
            left_ms: AtomicI64::new(HERE),
            wipes: watch::Sender::new(0),
        }))
    }

    /// Runs a command of the table ([`commands::COMMANDS`]).
    ///
    /// # Errors
    /// A code of [`ErrorCode`] with its arguments.
    pub async fn call(
        &self,
        name: &str,
        args: serde_json::Value,
    ) -> Result<serde_json::Value, Failure> {
        commands::dispatch(self, name, args).await
    }

    /// Hears what changes from now on.
    #[must_use]
    pub fn subscribe(&self) -> broadcast::Receiver<Event> {
        self.0.events.subscribe()
    }

    /// Every answer as it was saved, by report, also to questions that no longer apply. For tools that
    /// prove that nothing saved was lost.
    ///
    /// # Errors
    /// When the store is locked, or cannot be read.
    pub async fn saved_answers(&self) -> Result<Vec<(Uuid, Answers)>, Failure> {
        let opened = self.opened()?;
        blocking(move || {
            let store = &opened.session.store;
            let answers = |report: baqylau_store::Report| {
                Ok::<_, Failure>((report.id, store.answers(report.id)?))
            };
            store.reports()?.into_iter().map(answers).collect()
        })
        .await
    }

    /// Locks the store when nobody has touched the app, or it was left, for as long as the settings allow.
    pub fn lock_when_idle(&self) {
        if self.0.session.read().is_none() {
            return;
        }
        let now = self.now().utc_ms;
        let idle_ms = now.saturating_sub(self.0.touched_ms.load(Ordering::Relaxed));
        if idle_ms < 0 {
            // The clock went back: count from here, or the app would stay open for as long as it jumped.
            self.touch();
        }
        let settings = self.settings();
        let is_idle = idle_ms >= i64::from(settings.lock_after_min) * 60_000;
        if is_idle || self.is_left_long(now, settings.lock_on_leave_s) {
            self.lock();
        }
    }

    /// Whether the app was left for so many seconds. A clock that went back since counts as long.
    fn is_left_long(&self, now_ms: i64, after_s: Option<u16>) -> bool {
        let left_ms = self.0.left_ms.load(Ordering::Relaxed);
        let Some(after_s) = after_s.filter(|_| left_ms != HERE) else {
            return false;
        };
        now_ms < left_ms || now_ms.saturating_sub(left_ms) >= i64::from(after_s) * 1000
    }

    /// Nobody looks at the app any more.
    pub(crate) fn leave(&self) {
        self.0.left_ms.store(self.now().utc_ms, Ordering::Relaxed);
        self.lock_when_idle();
    }

    /// Somebody is back. Commands alone do not say so: a page goes on with what it was asked before it was left.
    pub(crate) fn come_back(&self) {
        self.0.left_ms.store(HERE, Ordering::Relaxed);
    }

    /// Looks every few seconds whether the app was left alone and whether a report is to be sealed, until the core is
    /// gone. Run it as a task.
    pub async fn keep_watch(self) {
        let core = Arc::downgrade(&self.0);
        drop(self);
        loop {
            tokio::time::sleep(WATCH_EVERY).await;
            let Some(inner) = core.upgrade() else { return };
            let core = Self(inner);
            core.lock_when_idle();
            core.seal_when_due().await;
        }
    }

    /// Sends by itself whenever something waits, with the pauses that back-off and headquarters ask for,
    /// until the core is gone. Run it as a task.
    pub async fn keep_in_touch(self) {
        let core = Arc::downgrade(&self.0);
        drop(self);
        loop {
            tokio::time::sleep(WATCH_EVERY).await;
            let Some(inner) = core.upgrade() else { return };
            Self(inner).send_when_due().await;
        }
    }

    /// Sends if something waits and it is time.
    pub async fn send_when_due(&self) {
        exchange::sync_when_due(self).await;
    }

    /// Seals every finished report whose time has come, where the settings ask for it.
    pub async fn seal_when_due(&self) {
        sealing::seal_when_due(self).await;
    }

    pub(crate) fn touch(&self) {
        self.0
            .touched_ms
            .store(self.now().utc_ms, Ordering::Relaxed);
    }

    pub(crate) fn now(&self) -> Moment {
        self.0.clock.now()
    }

    pub(crate) fn emit(&self, event: Event) {
        // Nobody listening is fine: a screen asks for everything when it appears.
        let _ = self.0.events.send(event);
    }

    pub(crate) fn settings(&self) -> Settings {
        self.0.settings.lock().clone()
    }

    /// A headquarters to talk to, by the road that the settings name.
    pub(crate) fn connect(&self, endpoints: &[Endpoint]) -> Result<Arc<dyn SyncApi>, Failure> {
        let proxy = self.settings().proxy()?;
        self.0.connector.connect(endpoints, proxy.as_ref())
    }

    pub(crate) fn put_settings(&self, settings: Settings) {
        *self.0.settings.lock() = settings;
        self.emit(Event::SettingsChanged);
    }

    /// A fresh local id, ordered by time.
    pub(crate) fn fresh_id(&self) -> Uuid {
        let mut random = [0; 10];
        self.0.ids.fill(&mut random);
        let ms = u64::try_from(self.now().utc_ms).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(ms, &random).into_uuid()
    }

    /// The unlocked store, or why there is none.
    pub(crate) fn opened(&self) -> Result<Opened, Failure> {
        if let Some(session) = self.session() {
            return Ok(Opened {
                core: self.clone(),
                session,
            });
        }
        match self.0.vault.state(&*self.0.clock) {
            baqylau_store::VaultState::None => Err(ErrorCode::NotEnrolled.failure()),
            baqylau_store::VaultState::Locked { .. } => Err(ErrorCode::Locked.failure()),
        }
    }

    pub(crate) fn session(&self) -> Option<Arc<Session>> {
        self.0.session.read().clone()
    }

    /// Ends an enrolment that is under way, and forgets its key.
    pub(crate) fn abandon_enrolment(&self) {
        self.0.wipes.send_modify(|count| *count += 1);
        self.0.enrolling.lock().take();
    }

    /// Hears of wipes from now on.
    pub(crate) fn wipes(&self) -> watch::Receiver<u64> {
        self.0.wipes.subscribe()
    }

    pub(crate) fn open(&self, session: Session) {
        *self.0.closed.lock() = Some(session.closed());
        *self.0.session.write() = Some(Arc::new(session));
        self.touch();
        self.come_back();
    }

    /// Forgets the session. Its files close when the last command under way has returned.
    pub(crate) fn lock(&self) {
        if let Some(session) = self.0.session.write().take() {
            session.leave();
            self.0.hands.let_go();
            drop(session);
            self.emit(Event::Locked);
        }
    }

    /// Waits until the session locked last has closed its files.
    pub(crate) async fn wait_until_closed(&self) {
        let closed = self.0.closed.lock().clone();
        if let Some(mut closed) = closed {
            // The sender lives in the session: an error here is the session's end.
            while closed.changed().await.is_ok() {}
        }
    }
}

impl Opened {
    pub(crate) fn role(&self) -> Role {
        self.session.library().certificate.role
    }

    pub(crate) fn language(&self) -> String {
        self.core.settings().language
    }
}

/// Runs what blocks (a disk, a key derivation) beside the async threads.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Failure> + Send + 'static,
) -> Result<T, Failure> {
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => result,
        Err(error) => Err(ErrorCode::StorageFailed.with("detail", error)),
    }
}
