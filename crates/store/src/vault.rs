//! The folder, the PIN and the key.

use crate::aside::{complete_aside, set_aside};
use crate::attempts::Attempts;
use crate::database::{self, Unusable};
use crate::earlier::is_aside;
use crate::error::AsideReason;
use crate::files::{
    ATTEMPTS, DATABASE, KEY_SLOTS, LOCK, OUTBOX, WAL, make_folder, remove_if_there,
};
use crate::keyslots::{DatabaseKey, Kdf, KeySlots};
use crate::keystore::{KeyStore, NoKeyStore};
use crate::pins::NoKey;
use crate::restore::open_ended;
use crate::rows::put_answer;
use crate::{CreateError, Store, StoreError, UnlockError};
use baqylau_domain::{Clock, IdSource, Moment, Value};
use parking_lot::Mutex;
use std::fs::{File, TryLockError};
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;
use zeroize::Zeroizing;

/// A process that is just starting another one shares the lock with it for an instant, also after it
/// let go of the store. Only a lock that outlasts this is somebody else's.
const LOCK_TRIES: u32 = 20;
const LOCK_PAUSE: Duration = Duration::from_millis(15);

/// What the folder holds, without any PIN.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VaultState {
    /// Nothing: never enrolled, or wiped.
    None,
    /// A store; a PIN may be tried in so many seconds.
    Locked {
        /// 0: at once.
        retry_in_s: u64,
    },
}

/// A folder that holds, or will hold, one store.
#[derive(Debug, Clone)]
pub struct Vault {
    pub(crate) dir: PathBuf,
    pub(crate) kdf: Kdf,
    /// Held over every change of the key slots: a PIN that is being changed must not bring back slots that a wipe has
    /// just destroyed.
    pub(crate) slots: Arc<Mutex<()>>,
    /// Of the operating system, for those slots that need a secret of it.
    pub(crate) key_store: Arc<dyn KeyStore>,
}

impl Vault {
    /// The vault in `dir` (made when missing).
    pub fn at(dir: impl Into<PathBuf>) -> Self {
        Self::with_kdf(dir, Kdf::default())
    }

    /// The same with another cost for PINs set from now on. For tests and rehearsals only:
    /// a weak cost makes a seized device's PIN guessable.
    pub fn with_kdf(dir: impl Into<PathBuf>, kdf: Kdf) -> Self {
        Self {
            dir: dir.into(),
            kdf,
            slots: Arc::default(),
            key_store: Arc::new(NoKeyStore),
        }
    }

    /// The same with a key store, for keys that are bound to it ([`Vault::bind`]).
    #[must_use]
    pub fn with_key_store(self, key_store: Arc<dyn KeyStore>) -> Self {
        Self { key_store, ..self }
    }

    /// Completes what was interrupted: a wipe, or setting a store aside.
    pub(crate) fn settle(&self) -> io::Result<()> {
        self.complete_wipe()?;
        let _alone = self.slots.lock();
        complete_aside(&self.dir)
    }

    /// What is here. Completes a wipe or a setting aside that was interrupted. A folder that cannot be read counts as
    /// locked; unlocking then says what is wrong.
    pub fn state(&self, clock: &dyn Clock) -> VaultState {
        let settled = self.settle().is_ok();
        if settled && matches!(self.path(KEY_SLOTS).try_exists(), Ok(false)) {
            return VaultState::None;
        }
        let wait = Attempts::load(&self.path(ATTEMPTS))
            .and_then(|mut attempts| attempts.retry_in_s(clock.now().utc_ms));
        VaultState::Locked {
            retry_in_s: wait.unwrap_or(0),
        }
    }

    /// Wrong PINs in a row. A counter that cannot be read counts as five.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn failures(&self) -> io::Result<u32> {
        Ok(Attempts::load(&self.path(ATTEMPTS))?.failures())
    }

    /// Makes a new, empty store with a fresh random key.
    ///
    /// The key slots are written last: a store interrupted while it is made is no store, and what
    /// is left of it is set aside.
    ///
    /// # Errors
    /// See [`CreateError`].
    pub fn create(
        &self,
        pin: &str,
        ids: &dyn IdSource,
        clock: &dyn Clock,
    ) -> Result<Store, CreateError> {
        if pin.is_empty() {
            return Err(CreateError::EmptyPin);
        }
        make_folder(&self.dir).map_err(StoreError::from)?;
        self.settle().map_err(StoreError::from)?;
        let lock = self.lock()?.ok_or(CreateError::InUse)?;
        if self
            .path(KEY_SLOTS)
            .try_exists()
            .map_err(StoreError::from)?
        {
            return Err(CreateError::Exists);
        }
        if self.has_remains().map_err(StoreError::from)? {
            set_aside(&self.dir, AsideReason::Incomplete, clock.now()).map_err(StoreError::from)?;
        }
        remove_if_there(&self.path(ATTEMPTS)).map_err(StoreError::from)?;
        let mut key: DatabaseKey = Zeroizing::new([0_u8; 32]);
        ids.fill(key.as_mut_slice());
        let writer = database::create(&self.path(DATABASE), &key)?;
        let reader = database::open_reader(&self.path(DATABASE), &key)?;
        KeySlots::seal(&key, pin, None, self.kdf, ids)?.write(&self.path(KEY_SLOTS))?;
        Ok(Store::new(self.dir.clone(), writer, reader, lock, key))
    }

    /// Makes a store as an earlier program left it, out of a dump of its database, with these answers added to its
    /// drafts. For tests and rehearsals of what migrates it.
    ///
    /// # Errors
    /// As [`Vault::create`].
    pub fn create_from_dump(
        &self,
        pin: &str,
        dump: &str,
        answers: &[(Uuid, String, Value)],
        at: Moment,
        ids: &dyn IdSource,
    ) -> Result<(), CreateError> {
        make_folder(&self.dir).map_err(StoreError::from)?;
        let mut key: DatabaseKey = Zeroizing::new([0_u8; 32]);
        ids.fill(key.as_mut_slice());
        let connection = database::create_from_dump(&self.path(DATABASE), &key, dump)?;
        for (report, question, value) in answers {
            put_answer(&connection, *report, question, Some(value), at)?;
        }
        drop(connection);
        KeySlots::seal(&key, pin, None, self.kdf, ids)?.write(&self.path(KEY_SLOTS))?;
        Ok(())
    }

    /// Opens the store. Takes a fifth of a second on purpose; not for an async thread.
    ///
    /// # Errors
    /// See [`UnlockError`]; [`UnlockError::SetAside`] is an answer the user must be shown.
    pub fn unlock(&self, pin: &str, clock: &dyn Clock) -> Result<Store, UnlockError> {
        self.unlock_within(pin, clock, None)
    }

    /// The same; the wrong PIN that makes it `most_failures` in a row destroys everything.
    ///
    /// Each try is counted durably before it is made. Killing the app between the two therefore wins no further try:
    /// what is used up is used up, and the next call, or [`Vault::wipe_if_used_up`], acts on it.
    ///
    /// # Errors
    /// See [`UnlockError`]; [`UnlockError::Wiped`] when nothing is left.
    pub fn unlock_within(
        &self,
        pin: &str,
        clock: &dyn Clock,
        most_failures: Option<u32>,
    ) -> Result<Store, UnlockError> {
        self.settle().map_err(StoreError::from)?;
        if !self
            .path(KEY_SLOTS)
            .try_exists()
            .map_err(StoreError::from)?
        {
            return Err(UnlockError::None);
        }
        let lock = self.lock()?.ok_or(UnlockError::InUse)?;
        let most_failures = most_failures.unwrap_or(u32::MAX);
        if self
            .wipe_what_is_used_up(most_failures)
            .map_err(StoreError::from)?
        {
            return Err(UnlockError::Wiped);
        }
        let key = match self.turn(pin, clock) {
            Ok(turned) => turned.key,
            Err(NoKey::Refused(UnlockError::WrongPin { failures, .. }))
                if failures >= most_failures =>
            {
                self.wipe().map_err(StoreError::from)?;
                return Err(UnlockError::Wiped);
            }
            Err(NoKey::Refused(refusal)) => return Err(refusal),
            Err(NoKey::Slots(reason)) => return Err(self.set_aside(reason, clock)),
        };
        if !self.path(DATABASE).try_exists().map_err(StoreError::from)? {
            return Err(self.set_aside(AsideReason::Incomplete, clock));
        }
        let again = lock.try_clone().map_err(StoreError::from)?;
        let opened = match self.open(&key, lock) {
            // A passing error of the drive reads like damage: only what is damaged twice is set aside.
            Err(Unusable::Aside(AsideReason::Corrupt)) => self.open(&key, again),
            other => other,
        };
        opened.map_err(|unusable| match unusable {
            Unusable::Aside(reason) => self.set_aside(reason, clock),
            Unusable::Failed(error) => error.into(),
        })
    }

    /// Opens the database and checks all of it.
    fn open(&self, key: &DatabaseKey, lock: File) -> Result<Store, Unusable> {
        let path = self.path(DATABASE);
        let writer = database::open(&path, key)?;
        let reader = database::open_reader(&path, key)?;
        let store = Store::new(self.dir.clone(), writer, reader, lock, key.clone());
        store.verify_journal()?;
        store.verify_outbox()?;
        store.look_for_lost_segments()?;
        Ok(store)
    }

    /// Opens a store that was set aside or restored, whole and checked, with the PIN it had. Wrong PINs are counted
    /// in its own folder; nothing is destroyed for them.
    ///
    /// # Errors
    /// [`UnlockError::None`] when there is none of this name; [`UnlockError::SetAside`] when it stays as it is because
    /// it is damaged or incomplete.
    pub fn unlock_aside(
        &self,
        folder: &str,
        pin: &str,
        clock: &dyn Clock,
    ) -> Result<Store, UnlockError> {
        let kept = self.path(folder);
        if !is_aside(folder) || !kept.is_dir() {
            return Err(UnlockError::None);
        }
        let apart = Self::with_kdf(&kept, self.kdf).with_key_store(Arc::clone(&self.key_store));
        let stays = |reason| UnlockError::SetAside {
            reason,
            kept: kept.clone(),
        };
        let lock = apart.lock()?.ok_or(UnlockError::InUse)?;
        let key = match apart.turn(pin, clock) {
            Ok(turned) => turned.key,
            Err(NoKey::Refused(refusal)) => return Err(refusal),
            Err(NoKey::Slots(reason)) => return Err(stays(reason)),
        };
        if !apart
            .path(DATABASE)
            .try_exists()
            .map_err(StoreError::from)?
        {
            return Err(stays(AsideReason::Incomplete));
        }
        let again = lock.try_clone().map_err(StoreError::from)?;
        let opened = match open_ended(&kept, &key, lock, true) {
            // As at the lock: a passing error of the drive reads like damage.
            Err(Unusable::Aside(AsideReason::Corrupt)) => open_ended(&kept, &key, again, true),
            other => other,
        };
        opened.map_err(|unusable| match unusable {
            Unusable::Aside(reason) => stays(reason),
            Unusable::Failed(error) => error.into(),
        })
    }

    /// Ends the journal that is here: its store is set aside, complete, so that another can begin. The store must be
    /// closed. Names the folder as a path below the vault's own.
    ///
    /// # Errors
    /// [`UnlockError::InUse`] while it is open; a failure of the disk: the next look at the vault completes it.
    pub fn end_journal(&self, clock: &dyn Clock) -> Result<String, UnlockError> {
        let _lock = self.lock()?.ok_or(UnlockError::InUse)?;
        let kept =
            set_aside(&self.dir, AsideReason::Forked, clock.now()).map_err(StoreError::from)?;
        let name = kept.file_name().and_then(|name| name.to_str());
        Ok(format!(
            "{}/{}",
            crate::files::ASIDE,
            name.unwrap_or_default()
        ))
    }

    /// Whether anything is left of a store without key slots: one that was never made whole, or that a power cut
    /// has moved aside in part.
    fn has_remains(&self) -> io::Result<bool> {
        for name in [DATABASE, WAL, OUTBOX] {
            if self.path(name).try_exists()? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn set_aside(&self, reason: AsideReason, clock: &dyn Clock) -> UnlockError {
        match set_aside(&self.dir, reason, clock.now()) {
            Ok(kept) => UnlockError::SetAside { reason, kept },
            Err(error) => UnlockError::Store(error.into()),
        }
    }

    /// Two processes on one store would each believe they are the journal's one writer.
    pub(crate) fn lock(&self) -> Result<Option<File>, StoreError> {
        let file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(self.path(LOCK))?;
        for _ in 0..LOCK_TRIES {
            match file.try_lock() {
                Ok(()) => return Ok(Some(file)),
                Err(TryLockError::WouldBlock) => std::thread::sleep(LOCK_PAUSE),
                Err(TryLockError::Error(error)) => return Err(error.into()),
            }
        }
        Ok(None)
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.dir.join(name)
    }
}
