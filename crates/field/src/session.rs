//! An unlocked store and what goes with it. Dropping the session closes the files and wipes the keys.

use crate::error::ErrorCode;
use crate::library::Library;
use crate::view::Failure;
use baqylau_domain::{Answers, DeviceId, Finding, FindingLevel, Moment, Value};
use baqylau_forms::{Env, Form, FormView, Prior};
use baqylau_protocol::{DeviceKey, EventId, RootPublic, SignedCertificate, SignedConfig};
use baqylau_store::{Identity, Place, Report, Store, Tally};
use parking_lot::{Mutex, MutexGuard, RwLock};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use tokio::sync::watch;
use uuid::Uuid;
use zeroize::{Zeroize as _, Zeroizing};

/// Finding on every report about a place that the register does not have.
pub(crate) const NOT_IN_REGISTER: &str = "place_not_in_register";

/// An unlocked store.
pub(crate) struct Session {
    pub(crate) store: Store,
    pub(crate) keys: Keys,
    library: RwLock<Arc<Library>>,
    /// Held over "read, evaluate, save": two answers at once must not count each other wrong.
    writing: Mutex<()>,
    /// Journals that came before this one. Dropped with it.
    earlier: RwLock<Vec<Arc<Earlier>>>,
    left: watch::Sender<bool>,
    /// After the store, so that whoever waits for it finds the files closed.
    alive: watch::Sender<()>,
}

/// A journal that came before.
pub(crate) struct Earlier {
    /// Its folder, as the store calls it.
    pub(crate) folder: String,
    pub(crate) session: Arc<Session>,
}

/// What the device signs with and whom it believes.
pub(crate) struct Keys {
    pub(crate) device: DeviceId,
    pub(crate) key: DeviceKey,
    pub(crate) root: RootPublic,
}

impl Keys {
    const LENGTH: usize = 64;

    /// As they lie in the store: the device's secret key, then the public root key it enrolled under.
    pub(crate) fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        let mut bytes = Zeroizing::new(Vec::with_capacity(Self::LENGTH));
        bytes.extend_from_slice(&*self.key.to_bytes());
        bytes.extend_from_slice(&self.root.0);
        bytes
    }

    fn from_identity(identity: &Identity) -> Result<Self, Failure> {
        let damaged = || ErrorCode::StoreDamaged.failure();
        let (secret, root) = identity
            .device_key
            .split_at_checked(32)
            .ok_or_else(damaged)?;
        let mut secret: [u8; 32] = secret.try_into().map_err(|_| damaged())?;
        let key = DeviceKey::from_bytes(&secret);
        secret.zeroize();
        Ok(Self {
            device: identity.device,
            key,
            root: RootPublic(root.try_into().map_err(|_| damaged())?),
        })
    }
}

impl Session {
    /// The session of an enrolled store.
    pub(crate) fn start(store: Store) -> Result<Self, Failure> {
        let identity = store
            .identity()?
            .ok_or_else(|| ErrorCode::NotEnrolled.failure())?;
        let keys = Keys::from_identity(&identity)?;
        let library = Self::read_library(&store, &keys.root, &identity.certificate)?;
        let session = Self::of(store, keys, Arc::new(library));
        session.open_earlier();
        Ok(session)
    }

    /// A journal that ended, seen with the library of the one that goes on: its own may name content that is gone.
    pub(crate) fn ended(store: Store, library: Arc<Library>) -> Result<Self, Failure> {
        let identity = store
            .identity()?
            .ok_or_else(|| ErrorCode::StoreDamaged.failure())?;
        let keys = Keys::from_identity(&identity)?;
        Ok(Self::of(store, keys, library))
    }

    fn of(store: Store, keys: Keys, library: Arc<Library>) -> Self {
        Self {
            store,
            keys,
            library: RwLock::new(library),
            writing: Mutex::new(()),
            earlier: RwLock::default(),
            left: watch::Sender::new(false),
            alive: watch::Sender::new(()),
        }
    }

    /// Which event a store's journal is of, by the configuration it holds.
    pub(crate) fn event_of(store: &Store) -> Result<EventId, Failure> {
        let damaged = || ErrorCode::StoreDamaged.failure();
        let identity = store.identity()?.ok_or_else(damaged)?;
        let keys = Keys::from_identity(&identity)?;
        let config = store.config()?.ok_or_else(damaged)?;
        Ok(SignedConfig::from_bytes(config.bytes)
            .verify(&keys.root)?
            .event)
    }

    /// Opens the journals that were taken over and are not open yet. One that cannot be read keeps nobody from
    /// working.
    pub(crate) fn open_earlier(&self) {
        let mut open = self.earlier.write();
        let known = self.store.earlier_journals().unwrap_or_default();
        for row in known.into_iter().filter(|row| row.device.is_some()) {
            if open.iter().any(|it| it.folder == row.folder) {
                continue;
            }
            let session = self
                .store
                .open_earlier(&row.folder)
                .map_err(Failure::from)
                .and_then(|store| Self::ended(store, self.library()));
            match session {
                Ok(session) => open.push(Arc::new(Earlier {
                    folder: row.folder,
                    session: Arc::new(session),
                })),
                Err(failure) => {
                    let (folder, code) = (row.folder, failure.code);
                    tracing::error!(folder, code, "an earlier journal cannot be read");
                }
            }
        }
    }

    pub(crate) fn earlier(&self) -> Vec<Arc<Earlier>> {
        self.earlier.read().clone()
    }

    fn read_library(
        store: &Store,
        root: &RootPublic,
        certificate: &[u8],
    ) -> Result<Library, Failure> {
        let config = store
            .config()?
            .ok_or_else(|| ErrorCode::NotEnrolled.failure())?;
        let config = SignedConfig::from_bytes(config.bytes).verify(root)?;
        let certificate = SignedCertificate::from_bytes(certificate.to_vec()).verify(&config.hq)?;
        Library::open(config, certificate, &|address| Ok(store.blob(address)?))
    }

    /// Opens again what headquarters told, after a new configuration has arrived whole.
    pub(crate) fn renew_library(&self) -> Result<(), Failure> {
        let identity = self
            .store
            .identity()?
            .ok_or_else(|| ErrorCode::NotEnrolled.failure())?;
        let library = Self::read_library(&self.store, &self.keys.root, &identity.certificate)?;
        let library = Arc::new(library);
        for earlier in self.earlier() {
            *earlier.session.library.write() = Arc::clone(&library);
        }
        *self.library.write() = library;
        Ok(())
    }

    pub(crate) fn library(&self) -> Arc<Library> {
        Arc::clone(&self.library.read())
    }

    pub(crate) fn writing(&self) -> MutexGuard<'_, ()> {
        self.writing.lock()
    }

    /// Tells whatever waits for a network to stop: the store is being locked.
    pub(crate) fn leave(&self) {
        self.left.send_replace(true);
    }

    /// Resolves when the store is being locked.
    pub(crate) async fn left(&self) {
        let mut left = self.left.subscribe();
        // The sender lives in `self`, so waiting cannot fail while somebody waits.
        let _ = left.wait_for(|left| *left).await;
    }

    /// Ends with an error once the session is gone and its files are closed.
    pub(crate) fn closed(&self) -> watch::Receiver<()> {
        self.alive.subscribe()
    }

    /// A report by its local id.
    pub(crate) fn find(&self, id: &str) -> Result<Report, Failure> {
        let unknown = || ErrorCode::UnknownReport.failure();
        let id = Uuid::parse_str(id).map_err(|_| unknown())?;
        self.store.report(id)?.ok_or_else(unknown)
    }

    /// The definition a report is filled in with.
    pub(crate) fn form(&self, report: &Report) -> Result<Arc<Form>, Failure> {
        self.library()
            .form(report.form_hash, &|address| Ok(self.store.blob(address)?))
    }

    /// A report's answers, evaluated.
    pub(crate) fn evaluate(
        &self,
        report: &Report,
        answers: &Answers,
        language: &str,
        now: Moment,
    ) -> Result<FormView, Failure> {
        let form = self.form(report)?;
        let library = self.library();
        let prior = self.prior(&report.place, Some(report))?;
        // What is finished is judged as of when it was finished, not as of whenever it is looked at.
        let now = if report.state.is_editable() {
            now
        } else {
            report.saved_at
        };
        let env = Env {
            now,
            language,
            register: &*library.register,
            prior: &prior,
        };
        let mut view = baqylau_forms::evaluate(&form, answers, &env);
        if let Place::Free(text) = &report.place
            && library
                .entry(&report.form)
                .is_some_and(|(entry, _)| entry.place != baqylau_mission::PlaceKind::Anywhere)
        {
            view.findings.push(not_in_register(text));
        }
        Ok(view)
    }

    /// The answers of this device's reports about a place that were finished before `of`.
    pub(crate) fn prior(
        &self,
        place: &Place,
        of: Option<&Report>,
    ) -> Result<PriorAnswers, Failure> {
        if *place == Place::Anywhere {
            return Ok(PriorAnswers::default());
        }
        let library = self.library();
        let mut values = BTreeMap::new();
        let mut sealed = BTreeSet::new();
        for (report, answers) in self.store.finished_before(place, of)? {
            // What a sealed report said is not known, and an older one must not speak in its place.
            if report.sealed_at.is_some() {
                sealed.insert(report.form.clone());
            }
            if sealed.contains(&report.form) {
                continue;
            }
            let form = self.form(&report)?;
            let env = Env {
                now: report.saved_at,
                language: "",
                register: &*library.register,
                prior: &baqylau_forms::Nothing,
            };
            for (question, view) in baqylau_forms::evaluate(&form, &answers, &env).questions {
                if let (true, Some(value)) = (view.relevant, view.value) {
                    // The latest begun first: an older report must not speak over a newer one.
                    values
                        .entry(format!("{}/{question}", report.form))
                        .or_insert(value);
                }
            }
        }
        Ok(PriorAnswers(values))
    }
}

/// Figures for lists.
pub(crate) fn tally(view: &FormView) -> Tally {
    Tally {
        applicable: view.progress.applicable,
        findings: worth_a_look(view),
    }
}

/// Findings of level warn and worse.
pub(crate) fn worth_a_look(view: &FormView) -> u32 {
    let count = view
        .findings
        .iter()
        .filter(|finding| finding.level >= FindingLevel::Warn)
        .count();
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// Answers of earlier reports by `form/question`.
#[derive(Debug, Clone, Default)]
pub(crate) struct PriorAnswers(BTreeMap<String, Value>);

impl Prior for PriorAnswers {
    fn value(&self, key: &str) -> Option<Value> {
        self.0.get(key).cloned()
    }
}

fn not_in_register(place: &str) -> Finding {
    Finding {
        code: NOT_IN_REGISTER.to_owned(),
        level: FindingLevel::Warn,
        fields: Vec::new(),
        args: BTreeMap::from([("place".to_owned(), place.to_owned())]),
    }
}
