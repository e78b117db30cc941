//! Enrolment: everything is fetched and checked first; only then is a store made. What fails leaves nothing.

use crate::check;
use crate::commands::EnrolArgs;
use crate::core::{Core, Enrolling, blocking};
use crate::error::ErrorCode;
use crate::library::{Library, kind_name, wanted};
use crate::session::{Keys, Session};
use crate::view::{Event, Failure, Status, SyncProgress};
use baqylau_protocol::{BlobHash, BlobKind, Chain, DeviceKey, EnrolCode, Entropy, SyncApi};
use baqylau_store::register::{DistrictRow, RegionRow, RegisterRows, StationRow};
use baqylau_store::{Identity, SignedBlob, Store, VaultState};
use baqylau_sync::Enrolment;
use std::collections::BTreeMap;
use tokio::sync::watch;

/// What enrolment brought, before anything is written.
struct Arrived {
    key: DeviceKey,
    code: EnrolCode,
    enrolment: Enrolment,
    blobs: BTreeMap<[u8; 32], (BlobKind, Vec<u8>)>,
}

/// Enrols a new device.
pub(crate) async fn enrol(core: &Core, args: EnrolArgs) -> Result<Status, Failure> {
    let mut wiped = core.wipes();
    let _door = core.0.door.lock().await;
    if core.session().is_some() || core.0.vault.state(&*core.0.clock) != VaultState::None {
        return Err(ErrorCode::AlreadyEnrolled.failure());
    }
    check::pin(&args.pin)?;
    let arrived = fetched(core, &args.code, &mut wiped).await?;
    core.wait_until_closed().await;
    begin(core, args.pin, arrived, false).await
}

/// Begins a new journal where the present one forked. Everything is fetched first; then the old store is set aside,
/// complete, and the new one takes over what goes on. What fails in between leaves the old one set aside, and the same
/// code enrols.
pub(crate) async fn begin_anew(core: &Core, args: EnrolArgs) -> Result<Status, Failure> {
    let mut wiped = core.wipes();
    let _door = core.0.door.lock().await;
    if core.opened()?.session.store.fork()?.is_none() {
        return Err(ErrorCode::JournalWhole.failure());
    }
    let (guarded, pin) = (core.clone(), args.pin.clone());
    blocking(move || {
        // As when the PIN is changed: the last try is left for the lock.
        if guarded.is_last_try(guarded.settings().wipe_after)? {
            return Err(ErrorCode::LastTry.failure());
        }
        Ok(guarded.0.vault.check_pin(&pin, &*guarded.0.clock)?)
    })
    .await?;
    let arrived = fetched(core, &args.code, &mut wiped).await?;
    core.lock();
    core.wait_until_closed().await;
    let ending = core.clone();
    let was_bound = blocking(move || {
        let vault = &ending.0.vault;
        let was_bound = vault.is_bound().unwrap_or(false);
        vault.end_journal(&*ending.0.clock)?;
        Ok(was_bound)
    })
    .await?;
    begin(core, args.pin, arrived, was_bound).await
}

async fn fetched(
    core: &Core,
    code: &str,
    wiped: &mut watch::Receiver<u64>,
) -> Result<Arrived, Failure> {
    let code = EnrolCode::from_text(code)?;
    tokio::select! {
        arrived = fetch(core, code) => arrived,
        _ = wiped.changed() => Err(ErrorCode::Wiped.failure()),
    }
}

/// Makes the store, and takes over from those that lie aside what this PIN opens. A key that takes the place of a bound
/// one is bound too, unless the key store has fallen silent: then the PIN opens it alone, and the settings say so.
async fn begin(
    core: &Core,
    pin: String,
    arrived: Arrived,
    is_to_be_bound: bool,
) -> Result<Status, Failure> {
    let core = core.clone();
    blocking(move || {
        // Read everything once before a store exists: a mission that cannot be opened is refused here.
        open_library(&arrived)?;
        let store = core.0.vault.create(&pin, &*core.0.ids, &*core.0.clock)?;
        match furnish(&core, store, &arrived) {
            Ok(session) => {
                core.0.enrolling.lock().take();
                core.open(session);
                core.opened()?.look_back(Some(&pin));
                let inner = &core.0;
                if is_to_be_bound
                    && let Err(error) = inner.vault.bind(&pin, &*inner.ids, &*inner.clock)
                {
                    tracing::error!(%error, "the new store's key could not be bound");
                }
                Ok(core.status())
            }
            Err(failure) => {
                // Nobody has worked in this store yet, so nothing is lost with it.
                if let Err(error) = core.0.vault.unmake() {
                    tracing::error!(%error, "a store that was never finished could not be removed");
                }
                Err(failure)
            }
        }
    })
    .await
}

async fn fetch(core: &Core, code: EnrolCode) -> Result<Arrived, Failure> {
    core.emit(Event::EnrolMoved(step("connect", 0, 0)));
    let api = core.connect(&code.pinned_endpoints())?;
    let key = core.enrolling_key(&code);
    let enrolment = baqylau_sync::enrol(&*api, &code, &key).await?;
    let blobs = fetch_blobs(core, &*api, &enrolment).await?;
    Ok(Arrived {
        key,
        code,
        enrolment,
        blobs,
    })
}

impl Core {
    /// The key that this code was tried with before, or a new one.
    fn enrolling_key(&self, code: &EnrolCode) -> DeviceKey {
        let mut enrolling = self.0.enrolling.lock();
        if let Some(before) = &*enrolling
            && before.secret.as_bytes() == code.secret.as_bytes()
        {
            return DeviceKey::from_bytes(&before.key);
        }
        let key = DeviceKey::generate(&mut Entropy(&*self.0.ids));
        *enrolling = Some(Enrolling {
            secret: code.secret.clone(),
            key: key.to_bytes(),
        });
        key
    }
}

async fn fetch_blobs(
    core: &Core,
    api: &dyn SyncApi,
    enrolment: &Enrolment,
) -> Result<BTreeMap<[u8; 32], (BlobKind, Vec<u8>)>, Failure> {
    let config = &enrolment.parsed_config;
    let total: u64 = wanted(config).map(|blob| blob.bytes).sum();
    let mut done = 0;
    let mut blobs = BTreeMap::new();
    for blob in wanted(config) {
        let report = |bytes: u64, _: Option<u64>| {
            core.emit(Event::EnrolMoved(step("fetch", done + bytes, total)));
        };
        let bytes = api.blob(blob.hash, &report).await?;
        if BlobHash::of(&bytes) != blob.hash {
            return Err(ErrorCode::BadReply.with("detail", kind_name(blob.kind)));
        }
        done += blob.bytes;
        blobs.insert(blob.hash.0, (blob.kind, bytes));
    }
    core.emit(Event::EnrolMoved(step("fetch", total, total)));
    Ok(blobs)
}

fn open_library(arrived: &Arrived) -> Result<Library, Failure> {
    let enrolment = &arrived.enrolment;
    let blob = |address: &[u8; 32]| Ok(arrived.blobs.get(address).map(|(_, bytes)| bytes.clone()));
    Library::open(
        enrolment.parsed_config.clone(),
        enrolment.parsed_certificate.clone(),
        &blob,
    )
}

fn furnish(core: &Core, store: Store, arrived: &Arrived) -> Result<Session, Failure> {
    let now = core.now();
    let enrolment = &arrived.enrolment;
    let public = arrived.key.public();
    for (hash, (kind, bytes)) in &arrived.blobs {
        store.put_blob(kind_name(*kind), *hash, bytes, now)?;
    }
    load_register(&store, &open_library(arrived)?, now)?;
    let keys = Keys {
        device: public.id(),
        key: DeviceKey::from_bytes(&arrived.key.to_bytes()),
        root: arrived.code.root,
    };
    let identity = Identity {
        device: public.id(),
        genesis: Chain::start(&public, &enrolment.parsed_config.event).hash.0,
        device_key: keys.to_bytes(),
        certificate: enrolment.certificate.as_bytes().to_vec(),
    };
    let config = SignedBlob {
        version: enrolment.parsed_config.version,
        bytes: enrolment.config.as_bytes().to_vec(),
    };
    store.enrol(&identity, &config, now)?;
    let mut cursor = store.cursor()?;
    cursor.server_epoch = enrolment.server_epoch;
    store.set_cursor(cursor)?;
    store.note_told_epoch()?;
    Session::start(store)
}

/// Puts the register's rows where the search finds them, unless they are there already.
pub(crate) fn load_register(
    store: &Store,
    library: &Library,
    now: baqylau_domain::Moment,
) -> Result<(), Failure> {
    if store.register_hash()? == Some(library.register_address) {
        return Ok(());
    }
    let text = crate::library::localised;
    let register = &library.register;
    let rows = RegisterRows {
        hash: library.register_address,
        regions: register
            .regions()
            .iter()
            .map(|row| RegionRow {
                code: row.code.clone(),
                level: row.level.clone(),
                name: text(&row.name),
                utc_offset_min: row.utc_offset_min,
            })
            .collect(),
        districts: register
            .districts()
            .iter()
            .map(|row| DistrictRow {
                code: row.code.clone(),
                region: row.region.clone(),
                kind: row.kind.clone(),
                name: text(&row.name),
            })
            .collect(),
        stations: register
            .stations()
            .iter()
            .map(|row| StationRow {
                code: row.code.0.clone(),
                number: row.number.to_string(),
                region: row.region.clone(),
                district: row.district.clone(),
                name: text(&row.name),
                address: text(&row.address),
                kind: row.kind.clone(),
                area: row.area.clone(),
                voters: row.voters,
                position: row.location,
            })
            .collect(),
    };
    Ok(store.load_register(&rows, now)?)
}

fn step(step: &str, done: u64, total: u64) -> SyncProgress {
    SyncProgress {
        step: step.to_owned(),
        done,
        total,
    }
}
