//! Headquarters without its network: opening, enrolment codes, sign-in links.

use crate::dictionary;
use crate::error::HqError;
use crate::figures::Figures;
use crate::intake::Intake;
use crate::keys::{Keys, make_private_folder};
use crate::ledger::{
    AuditEvent, EnrolmentGrant, Ledger, LedgerError, Read, ReceiptRow, StoredBundle,
};
use crate::limiter::Limiter;
use crate::plan::Plan;
use baqylau_domain::{Clock, IdSource};
use baqylau_mission::Mission;
use baqylau_protocol::{
    BlobHash, ChainHash, Checkpoint, Config, EnrolCode, EnrolSecret, Entropy, EventId, LogTree,
    Receipt, SignedConfig,
};
use parking_lot::RwLock;
use sha2::{Digest as _, Sha256};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::sync::broadcast;

/// How long an enrolment code may be used.
pub const ENROLMENT_MS: i64 = 72 * 60 * 60 * 1000;
/// How long a sign-in link may be used.
pub const SIGN_IN_LINK_MS: i64 = 24 * 60 * 60 * 1000;
/// How long a browser stays signed in.
pub const SESSION_MS: i64 = 12 * 60 * 60 * 1000;
/// Wrong enrolment codes and sign-in tokens that are looked at in a minute.
const ATTEMPTS_A_MINUTE: u32 = 30;
/// Waiting pages' events that may pile up before a slow page is told to reload.
const CHANGES_WAITING: usize = 16;

/// Settings by which the command line finds what the server was started with.
pub(crate) mod settings {
    pub(crate) const MISSION: &str = "mission";
    /// What was packed, from which mission and by which version, so that it need not be packed at every start.
    pub(crate) const PACKED: &str = "packed";
}

/// Actions on the audit trail whose detail is headquarters' own affair.
pub(crate) mod audit {
    /// The detail is what headquarters will call the device.
    pub(crate) const ENROLMENT_MADE: &str = "enrolment.made";
}

/// Headquarters: ledger, mission, keys.
pub struct Headquarters {
    /// The ledger.
    pub ledger: Ledger,
    /// Figures kept ready for the pages.
    pub figures: Figures,
    pub(crate) intake: Arc<Intake>,
    pub(crate) keys: Keys,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) ids: Arc<dyn IdSource>,
    pub(crate) enrolments: Limiter,
    pub(crate) sign_ins: Limiter,
    pub(crate) changes: broadcast::Sender<()>,
    pub(crate) published: RwLock<Option<Published>>,
}

/// The configuration in force.
#[derive(Clone)]
pub(crate) struct Published {
    pub(crate) config: Arc<Config>,
    pub(crate) signed: SignedConfig,
}

/// An enrolment code that was just made.
pub struct MadeCode {
    /// `BQ1-…`.
    pub text: String,
    /// When it ends, UTC milliseconds.
    pub expires_at_ms: i64,
}

/// File of the embedded ledger within the data folder.
#[must_use]
pub fn ledger_file(data: &Path) -> PathBuf {
    data.join("ledger.db")
}

impl Headquarters {
    /// Opens (at first start: makes) headquarters in `data` for the mission in `folder`.
    ///
    /// # Errors
    /// [`HqError`] when the mission has problems, or keys or ledger cannot be opened.
    pub fn open(
        folder: &Path,
        data: &Path,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn IdSource>,
    ) -> Result<Self, HqError> {
        let mission = Mission::load(folder).map_err(HqError::Mission)?;
        make_private_folder(data)?;
        let keys = Keys::open(data, &*ids)?;
        let ledger = Ledger::open(&ledger_file(data))?;
        let mut plan = Plan::new(mission);
        begin(&ledger, &plan, folder, clock.now().utc_ms)?;
        for form in ledger.read(|read| read.bundles("form"))? {
            plan.add_form(&form.bytes);
        }
        for bundle in ledger.read(|read| read.bundles(dictionary::KIND))? {
            plan.add_dictionary(bundle.bytes);
        }
        Ok(Self::of(Arc::new(plan), keys, ledger, clock, ids))
    }

    /// Headquarters of a ledger that was begun for the plan's mission, see [`begin`].
    #[must_use]
    pub fn of(
        plan: Arc<Plan>,
        mut keys: Keys,
        ledger: Ledger,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn IdSource>,
    ) -> Self {
        let secrets = RwLock::new(std::mem::take(&mut keys.seals));
        Self {
            ledger,
            figures: Figures::default(),
            intake: Arc::new(Intake {
                event: EventId(plan.mission.about.event.clone()),
                plan,
                secrets,
            }),
            keys,
            clock,
            ids,
            enrolments: Limiter::new(ATTEMPTS_A_MINUTE),
            sign_ins: Limiter::new(ATTEMPTS_A_MINUTE),
            changes: broadcast::channel(CHANGES_WAITING).0,
            published: RwLock::new(None),
        }
    }

    /// Opens headquarters with the mission folder it was last served with.
    ///
    /// # Errors
    /// [`HqError::NotBegun`] when it was never served from `data`; otherwise as [`Headquarters::open`].
    pub fn reopen(
        data: &Path,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn IdSource>,
    ) -> Result<Self, HqError> {
        let file = ledger_file(data);
        if !file.exists() {
            return Err(HqError::NotBegun(data.to_owned()));
        }
        let folder = Ledger::open(&file)?.read(|read| read.setting(settings::MISSION))?;
        let folder = folder.ok_or_else(|| HqError::NotBegun(data.to_owned()))?;
        let headquarters = Self::open(Path::new(&folder), data, clock, ids)?;
        headquarters.load_published()?;
        Ok(headquarters)
    }

    /// The mission and its forms.
    #[must_use]
    pub fn plan(&self) -> &Plan {
        &self.intake.plan
    }

    pub(crate) fn now_ms(&self) -> i64 {
        self.clock.now().utc_ms
    }

    pub(crate) fn published(&self) -> Option<Published> {
        self.published.read().clone()
    }

    /// What a stored receipt says.
    #[must_use]
    pub fn receipt(&self, row: &ReceiptRow) -> Receipt {
        Receipt {
            event: self.intake.event.clone(),
            server_epoch: row.epoch,
            device: row.device,
            upto_seq: row.upto_seq,
            head: ChainHash(row.upto_hash),
            received_at_ms: row.received_at_ms,
            log_size: row.log_size,
            log_root: row.log_root,
        }
    }

    /// The log as it stands, signed: a note for whoever wants to hold headquarters to it later.
    ///
    /// # Errors
    /// [`LedgerError`] from the database.
    pub fn checkpoint(&self) -> Result<String, LedgerError> {
        self.ledger.read(|read| Ok(self.sign_log(&read.log()?)))
    }

    pub(crate) fn sign_log(&self, tree: &LogTree) -> String {
        Checkpoint {
            event: self.intake.event.clone(),
            size: tree.size(),
            root: tree.root(),
        }
        .sign(&self.keys.hq)
    }

    /// Makes an enrolment code for a device of `team`.
    ///
    /// # Errors
    /// [`HqError::UnknownTeam`]; [`HqError::NotBegun`] before the first [`Headquarters::publish`].
    pub fn make_code(&self, team: &str, label: &str, actor: &str) -> Result<MadeCode, HqError> {
        if self.plan().team(team).is_none() {
            return Err(HqError::UnknownTeam(team.to_owned()));
        }
        if self.published().is_none() {
            return Err(HqError::NotBegun(PathBuf::new()));
        }
        let endpoints = self.endpoints();
        let secret = EnrolSecret::generate(&mut Entropy(&*self.ids));
        let now_ms = self.now_ms();
        let expires_at_ms = now_ms + ENROLMENT_MS;
        let hash: [u8; 32] = Sha256::digest(secret.as_bytes()).into();
        let grant = EnrolmentGrant {
            team: team.to_owned(),
            label: label.to_owned(),
        };
        let actor = actor.to_owned();
        self.ledger.write_now(move |write| {
            write.add_enrolment(&hash, &grant, now_ms, expires_at_ms)?;
            write.audit(
                &AuditEvent::new(now_ms, &actor, audit::ENROLMENT_MADE, &grant.team)
                    .with(&grant.label),
            )
        })?;
        let (spki, root) = (self.keys.tls.spki, self.keys.root.public());
        Ok(MadeCode {
            text: EnrolCode {
                endpoints,
                spki,
                root,
                secret,
            }
            .to_text(),
            expires_at_ms,
        })
    }

    /// Makes a one-time sign-in token for the pages.
    ///
    /// # Errors
    /// [`HqError`] from the ledger.
    pub fn make_sign_in_token(&self) -> Result<String, HqError> {
        let token = self.token();
        let (hash, now_ms) = (token_hash(&token), self.now_ms());
        self.ledger.write_now(move |write| {
            write.add_sign_in_link(&hash, now_ms, now_ms + SIGN_IN_LINK_MS)?;
            write.audit(&AuditEvent::new(
                now_ms,
                "headquarters",
                "sign_in_link.made",
                "",
            ))
        })?;
        Ok(token)
    }

    /// Spends a sign-in token; `false` when it is none, or was spent, or is too old.
    ///
    /// # Errors
    /// [`HqError`] from the ledger.
    pub fn spend_sign_in_token(&self, token: &str, purpose: &str) -> Result<bool, HqError> {
        let (hash, now_ms, purpose) = (token_hash(token), self.now_ms(), purpose.to_owned());
        let spent = self
            .ledger
            .write_now(move |write| -> Result<bool, LedgerError> {
                let spent = write.use_sign_in_link(&hash, now_ms)?;
                if spent {
                    write.audit(&AuditEvent::new(now_ms, "admin", &purpose, ""))?;
                }
                Ok(spent)
            })?;
        Ok(spent)
    }

    /// How much the epoch or the configuration's version goes up. A random step: a headquarters that is restored from a
    /// backup must not give two different pasts the same number.
    pub(crate) fn step(&self) -> u64 {
        let mut bytes = [0; 2];
        self.ids.fill(&mut bytes);
        u64::from(u16::from_be_bytes(bytes)) + 1
    }

    /// 32 random bytes as text.
    pub(crate) fn token(&self) -> String {
        let mut bytes = [0; 32];
        self.ids.fill(&mut bytes);
        data_encoding::BASE64URL_NOPAD.encode(&bytes)
    }

    /// Folds and checks everything again from the entries.
    ///
    /// # Errors
    /// [`HqError`] from the ledger; then everything is as it was.
    pub fn rebuild(&self) -> Result<(), HqError> {
        let intake = Arc::clone(&self.intake);
        self.ledger
            .write_now(move |write| crate::reports::rebuild(write, &intake.plan))?;
        self.changed();
        Ok(())
    }

    /// Tells figures and pages that something has changed.
    pub(crate) fn changed(&self) {
        self.figures.forget();
        // Nobody may be listening.
        let _ = self.changes.send(());
    }
}

/// Only the hash of a token is ever kept.
pub(crate) fn token_hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// Begins a ledger for a mission, or checks that it was begun for it.
///
/// # Errors
/// [`HqError`] from the ledger, above all [`LedgerError::OtherEvent`].
pub fn begin(ledger: &Ledger, plan: &Plan, folder: &Path, now_ms: i64) -> Result<(), HqError> {
    let event = plan.mission.about.event.clone();
    let folder = folder
        .canonicalize()
        .unwrap_or_else(|_| folder.to_owned())
        .to_string_lossy()
        .into_owned();
    let made_from = made_from(plan)?;
    if let Some(packed) = ledger.read(|read| packed_before(read, &made_from))? {
        plan.adopt(packed);
    }
    let bundles = plan.bundles()?;
    ledger.write_now(move |write| -> Result<(), LedgerError> {
        write.begin(&event, now_ms)?;
        write.set(settings::MISSION, &folder)?;
        let hashes = bundles
            .iter()
            .map(|bundle| BlobHash(bundle.hash).to_string());
        let packed: Vec<String> = std::iter::once(made_from).chain(hashes).collect();
        write.set(settings::PACKED, &packed.join(" "))?;
        bundles
            .iter()
            .try_for_each(|bundle| write.add_bundle(bundle, now_ms))
    })?;
    Ok(())
}

/// The same for the same mission and the same program.
fn made_from(plan: &Plan) -> Result<String, HqError> {
    let fingerprint = BlobHash(plan.mission.fingerprint()?);
    Ok(format!("{}:{fingerprint}", env!("CARGO_PKG_VERSION")))
}

/// The bundles of an earlier start, unless they were made from something else or are not what they were.
fn packed_before(
    read: &Read<'_>,
    made_from: &str,
) -> Result<Option<Vec<StoredBundle>>, LedgerError> {
    let packed = read.setting(settings::PACKED)?.unwrap_or_default();
    let mut parts = packed.split(' ');
    if parts.next() != Some(made_from) {
        return Ok(None);
    }
    let mut bundles = Vec::new();
    for text in parts {
        let hash = BlobHash::from_hex(text);
        let bundle = match hash {
            Some(hash) => read.bundle(&hash.0)?,
            None => None,
        };
        match bundle {
            Some(bundle) if hash == Some(BlobHash::of(&bundle.bytes)) => bundles.push(bundle),
            _ => return Ok(None),
        }
    }
    Ok(Some(bundles))
}
