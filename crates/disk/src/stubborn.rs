//! A session on a disk that fails: like the app, it says what was not saved, opens the store again and goes on.

use crate::material::{Still, ids};
use crate::promise::Said;
use crate::session::{AT, PINS, Session, SessionError, vault};
use baqylau_domain::Value;
use baqylau_store::{
    BackupError, ChangePinError, CreateError, RestoreError, Store, StoreError, UnlockError, Vault,
    VaultState,
};
use std::io;
use std::path::Path;
use uuid::Uuid;

/// An act that must be done is tried so often; after that the session gives up.
const TRIES: u32 = 3;

/// What the session does, one after the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Act {
    Create,
    Enrol,
    Register,
    Answer(u64),
    Extras(u64),
    BackUp,
    ChangePin,
    Close,
    Wipe,
    PutBack,
    TakeOver,
}

impl Act {
    /// Whether the rest makes no sense without it.
    fn must_be_done(self) -> bool {
        matches!(
            self,
            Self::Create | Self::Enrol | Self::Wipe | Self::PutBack | Self::TakeOver
        )
    }
}

/// What a failing session says besides [`Said`]; a promise is not concerned with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// The disk is full: not saved.
    Full,
    /// An error of the disk: not saved.
    Disk,
    /// What was read contradicts itself: not saved, and to be looked at when the store is opened again.
    Damage,
    /// The store wants to be opened again first: not saved.
    Reopen,
    /// PINs have to wait: each try is counted before it is made, and the disk would not forget the count.
    Wait,
    /// The store was set aside, for an error that says nothing about its content.
    SetAside,
    /// An act succeeded that had just failed with an error of the disk, on the same open store.
    Repeated,
    /// Anything else; never expected.
    Other,
}

impl Trouble {
    const ALL: [(Self, &'static str); 8] = [
        (Self::Full, "full"),
        (Self::Disk, "disk"),
        (Self::Damage, "damage"),
        (Self::Reopen, "reopen"),
        (Self::Wait, "wait"),
        (Self::SetAside, "set-aside"),
        (Self::Repeated, "repeated"),
        (Self::Other, "other"),
    ];

    /// Reads a line that tells of trouble.
    #[must_use]
    pub fn read(line: &str) -> Option<Self> {
        let word = line.strip_prefix("trouble ")?.split_whitespace().next()?;
        let mut all = Self::ALL.iter();
        all.find(|(_, name)| *name == word).map(|(it, _)| *it)
    }

    fn name(self) -> &'static str {
        let mut all = Self::ALL.iter();
        all.find(|(it, _)| *it == self)
            .map_or("other", |(_, it)| it)
    }

    fn of(error: &SessionError) -> Self {
        match error {
            SessionError::Backup(BackupError::Write(error))
            | SessionError::Restore(RestoreError::Read(error))
                if error.kind() == io::ErrorKind::StorageFull =>
            {
                Self::Full
            }
            SessionError::Backup(BackupError::Write(_))
            | SessionError::Restore(RestoreError::Read(_)) => Self::Disk,
            SessionError::Backup(BackupError::Differs)
            | SessionError::Restore(RestoreError::Damaged) => Self::Damage,
            SessionError::Restore(RestoreError::Pin(UnlockError::Wait { .. })) => Self::Wait,
            SessionError::Backup(BackupError::Store(error))
            | SessionError::Restore(
                RestoreError::Store(error) | RestoreError::Pin(UnlockError::Store(error)),
            )
            | SessionError::Create(CreateError::Store(error))
            | SessionError::Unlock(UnlockError::Store(error))
            | SessionError::ChangePin(
                ChangePinError::Store(error) | ChangePinError::Old(UnlockError::Store(error)),
            )
            | SessionError::Store(error) => match error {
                StoreError::DiskFull => Self::Full,
                StoreError::Io(_) => Self::Disk,
                StoreError::Corrupt => Self::Damage,
                StoreError::Reopen => Self::Reopen,
                _ => Self::Other,
            },
            SessionError::Io(error) if error.kind() == io::ErrorKind::StorageFull => Self::Full,
            SessionError::Io(_) => Self::Disk,
            SessionError::Unlock(UnlockError::Wait { .. }) => Self::Wait,
            SessionError::Unlock(UnlockError::SetAside { .. }) => Self::SetAside,
            _ => Self::Other,
        }
    }
}

/// The session, and the line it says next.
pub struct Stubborn<'a> {
    vault: Vault,
    session: Session<'a>,
    grumble: Box<dyn FnMut(String) -> io::Result<()> + 'a>,
    answers: u64,
}

impl<'a> Stubborn<'a> {
    /// A session of so many answers; `say` hears what is acknowledged, `grumble` whole lines about trouble.
    pub fn new(
        folder: &Path,
        answers: u64,
        say: impl FnMut(Said) -> io::Result<()> + 'a,
        grumble: impl FnMut(String) -> io::Result<()> + 'a,
    ) -> Self {
        Self {
            vault: vault(folder),
            session: Session::new(folder, answers, say).dense(),
            grumble: Box::new(grumble),
            answers,
        }
    }

    /// Works to the end, or until an act that must be done has failed too often.
    ///
    /// # Errors
    /// Only when it cannot say anything any more.
    pub fn run(&mut self) -> io::Result<()> {
        self.session.announce()?;
        let (half, all) = (self.answers / 2, self.answers);
        let answering =
            |from, upto| (from..=upto).flat_map(|it| [Act::Answer(it), Act::Extras(it)]);
        let acts = [Act::Create, Act::Enrol, Act::Register].into_iter();
        let acts = acts.chain(answering(1, half));
        let acts = acts.chain([Act::BackUp, Act::ChangePin, Act::Close]);
        let acts = acts.chain(answering(half + 1, all)).chain([Act::Wipe]);
        let acts = acts.chain([Act::PutBack, Act::TakeOver]);
        let mut store = None;
        let mut has_backup = true;
        for act in acts {
            // What could not be backed up is not put back.
            if !has_backup && matches!(act, Act::PutBack | Act::TakeOver) {
                continue;
            }
            if act == Act::PutBack {
                self.session.announce()?;
            }
            let mut tries = 0;
            while let Err(error) = self.attempt(act, &mut store) {
                self.tell(act, Trouble::of(&error), &error)?;
                if let (Act::Answer(number), Some(store)) = (act, &store) {
                    self.repeat(store, number, &error)?;
                }
                store = None;
                has_backup &= act != Act::BackUp;
                tries += 1;
                if tries == TRIES {
                    return Ok(());
                }
                if !act.must_be_done() && self.is_open_again(&mut store, act)? {
                    break;
                }
            }
        }
        Ok(())
    }

    fn tell(&mut self, act: Act, trouble: Trouble, why: &dyn std::fmt::Display) -> io::Result<()> {
        let name = trouble.name();
        (self.grumble)(format!("trouble {name} {act:?}: {why}").replace('\n', " "))
    }

    /// Opens the store again; what is in it then counts, as the app shows it from then on.
    fn is_open_again(&mut self, store: &mut Option<Store>, act: Act) -> io::Result<bool> {
        match self.open() {
            Ok(opened) => {
                if let Act::Answer(number) = act {
                    let found = self.session.acknowledge_found(&opened, number);
                    if let Err(error) = found {
                        self.tell(act, Trouble::of(&error), &error)?;
                        return Ok(false);
                    }
                }
                *store = Some(opened);
                Ok(true)
            }
            Err(error) => {
                self.tell(act, Trouble::of(&error), &error)?;
                Ok(false)
            }
        }
    }

    /// After an error of the disk the open store must take nothing any more, however often it is asked.
    fn repeat(&mut self, store: &Store, number: u64, error: &SessionError) -> io::Result<()> {
        let is_of_disk = matches!(Trouble::of(error), Trouble::Disk | Trouble::Damage);
        let report = store.reports().ok().and_then(|reports| {
            let mut reports = reports.into_iter();
            reports.find(|report| report.state.is_editable())
        });
        let id = report.map_or(Uuid::nil(), |report| report.id);
        let value = Value::Text(format!("repeated {number}"));
        match store.save_answer(id, "repeated", Some(&value), AT, None) {
            Ok(()) if is_of_disk => self.tell(Act::Answer(number), Trouble::Repeated, &"saved"),
            // A disk that was full may have room again: then it is an answer like any other.
            Ok(()) => self.session.acknowledge(id, "repeated", number),
            Err(_) => Ok(()),
        }
    }

    fn attempt(&mut self, act: Act, store: &mut Option<Store>) -> Result<(), SessionError> {
        if act == Act::Wipe {
            *store = None;
            return self.session.wipe(&self.vault);
        }
        if act == Act::PutBack {
            *store = None;
            return self.session.put_back(&self.vault);
        }
        if act == Act::TakeOver && self.vault.state(&Still) == VaultState::None {
            *store = Some(self.vault.create(PINS[0], &ids(4), &Still)?);
        }
        if act == Act::Close {
            *store = None;
        }
        if act == Act::Create && self.vault.state(&Still) == VaultState::None {
            *store = Some(self.session.create(&self.vault)?);
            return Ok(());
        }
        let store = match store {
            Some(store) => store,
            None => store.insert(self.open()?),
        };
        match act {
            Act::Enrol => self.session.enrol(store),
            Act::Register => self.session.load(store),
            Act::Answer(number) => self.session.answer(store, number),
            Act::Extras(number) => self.session.extras(store, number),
            Act::BackUp => self.session.back_up(store),
            Act::TakeOver => self.session.take_over(&self.vault, store),
            Act::ChangePin => self.session.change_pin(&self.vault),
            // A store that was made although its making failed is as good as another.
            Act::Create | Act::Close | Act::Wipe | Act::PutBack => Ok(()),
        }
    }

    /// Opens the store by whichever PIN it has.
    fn open(&self) -> Result<Store, SessionError> {
        match self.vault.unlock(PINS[0], &Still) {
            Err(UnlockError::WrongPin { .. }) => Ok(self.vault.unlock(PINS[1], &Still)?),
            other => Ok(other?),
        }
    }
}
