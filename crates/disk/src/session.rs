//! The scripted session: a day on the real store, in several processes, every kind of write in it.

mod copies;
mod found;

pub(crate) use copies::{BACKUP, OLD_ANSWERS};

use crate::material::{Still, config, entries, identity, ids, picture, register};
use crate::promise::Said;
use baqylau_domain::{Answers, FormHash, FormId, Moment, ObserverCode, StationCode, Value};
use baqylau_store::{
    BackupError, ChangePinError, CreateError, Kdf, NewReport, Place, Receipt, RestoreError,
    Segment, Store, StoreError, Tally, UnlockError, Vault,
};
use clap::ValueEnum;
use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use thiserror::Error;
use uuid::Uuid;

/// The PIN at first, and the one it is changed to.
pub(crate) const PINS: [&str; 2] = ["204011", "112044"];
/// The store's folder below the session's own. Neither it nor the one above it is there at first.
pub(crate) const STORE: &str = "app/store";
const QUESTIONS: u64 = 12;
const PICTURE: &str = "picture";
/// Answers of the second store; the 29th finishes a report.
const FEW: u64 = 31;
/// The place of the byte that is damaged.
const DAMAGED: u64 = 3 * 4096 + 100;
pub(crate) const AT: Moment = Moment {
    utc_ms: 1_301_799_600_000,
    offset_min: 360,
};

/// One process of the session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// Makes the store (which migrates it from nothing to the newest schema), enrols, loads a register, works;
    /// ends without closing anything.
    Begin,
    /// Opens what that left, changes the PIN, works, closes.
    Change,
    /// Mistypes the PIN, opens, and ends without closing, before anything is written.
    Leave,
    /// Opens, works, ends without closing.
    Again,
    /// Wipes.
    Wipe,
    /// Makes another store where the wiped one was, and works a little.
    Fresh,
    /// Opens it and writes a backup to a stick.
    Backup,
    /// Restores that backup, makes another store, and takes over what goes on.
    Restore,
    /// Makes a store as the program with the first schema left it.
    Old,
    /// Opens that, which migrates it, and works.
    Migrate,
    /// Closes it, damages one byte of its database, and opens it: it is set aside.
    Damage,
}

impl Part {
    /// In this order.
    pub const ALL: [Self; 15] = [
        Self::Begin,
        Self::Change,
        Self::Leave,
        Self::Again,
        Self::Wipe,
        Self::Fresh,
        Self::Damage,
        Self::Wipe,
        Self::Fresh,
        Self::Backup,
        Self::Wipe,
        Self::Restore,
        Self::Wipe,
        Self::Old,
        Self::Migrate,
    ];

    /// As the command line has it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Begin => "begin",
            Self::Change => "change",
            Self::Leave => "leave",
            Self::Again => "again",
            Self::Wipe => "wipe",
            Self::Fresh => "fresh",
            Self::Damage => "damage",
            Self::Backup => "backup",
            Self::Restore => "restore",
            Self::Old => "old",
            Self::Migrate => "migrate",
        }
    }
}

/// After how many answers there is a note, a picture, a finished report.
#[derive(Debug, Clone, Copy)]
struct Rhythm {
    note: u64,
    picture: u64,
    finish: u64,
}

impl Rhythm {
    const LONG: Self = Self {
        note: 17,
        picture: 23,
        finish: 29,
    };
    const SHORT: Self = Self {
        note: 2,
        picture: 5,
        finish: 4,
    };
}

/// Why a session stopped.
#[derive(Debug, Error)]
pub enum SessionError {
    /// The store could not be made.
    #[error(transparent)]
    Create(#[from] CreateError),
    /// It could not be opened.
    #[error(transparent)]
    Unlock(#[from] UnlockError),
    /// The PIN could not be changed.
    #[error(transparent)]
    ChangePin(#[from] ChangePinError),
    /// A write or a look failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The backup could not be made.
    #[error(transparent)]
    Backup(#[from] BackupError),
    /// It could not be restored.
    #[error(transparent)]
    Restore(#[from] RestoreError),
    /// The wipe failed.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// A wrong PIN opened the store, or it opened in spite of its damage.
    #[error("a store opened that should not")]
    Opened,
}

/// The vault of a session in `folder`. Its PINs are cheap to try.
pub(crate) fn vault(folder: &Path) -> Vault {
    let cheap = Kdf {
        memory_kib: 8,
        passes: 1,
        lanes: 1,
    };
    Vault::with_kdf(folder.join(STORE), cheap)
}

/// A session on the store in a folder.
pub struct Session<'a> {
    folder: PathBuf,
    answers: u64,
    rhythm: Rhythm,
    say: Box<dyn FnMut(Said) -> io::Result<()> + 'a>,
}

impl<'a> Session<'a> {
    /// A session of so many answers in all its parts; `say` hears of everything as soon as it is acknowledged.
    pub fn new(folder: &Path, answers: u64, say: impl FnMut(Said) -> io::Result<()> + 'a) -> Self {
        Self {
            folder: folder.to_owned(),
            answers,
            rhythm: Rhythm::LONG,
            say: Box::new(say),
        }
    }

    /// The same with more of everything among fewer answers.
    #[must_use]
    pub(crate) fn dense(self) -> Self {
        Self {
            rhythm: Rhythm::SHORT,
            ..self
        }
    }

    /// Does one part. A store that comes back is still open: forget it to end without closing it.
    ///
    /// # Errors
    /// See [`SessionError`]; none is expected on a disk that works.
    pub fn run(&mut self, part: Part) -> Result<Option<Store>, SessionError> {
        let vault = vault(&self.folder);
        let (first, second) = (self.answers * 6 / 10, self.answers * 9 / 10);
        match part {
            Part::Begin => self.begin(&vault, first).map(Some),
            Part::Fresh => self.begin(&vault, first.min(FEW)).map(Some),
            Part::Change => {
                let store = vault.unlock(PINS[0], &Still)?;
                self.change_pin(&vault)?;
                self.work(&store, first + 1, second)?;
                Ok(None)
            }
            Part::Leave => match vault.unlock("000000", &Still) {
                Err(UnlockError::WrongPin { .. }) => Ok(Some(vault.unlock(PINS[1], &Still)?)),
                Err(error) => Err(error.into()),
                Ok(_) => Err(SessionError::Opened),
            },
            Part::Again => {
                let store = vault.unlock(PINS[1], &Still)?;
                self.work(&store, second + 1, self.answers)?;
                Ok(Some(store))
            }
            Part::Wipe => self.wipe(&vault).map(|()| None),
            Part::Backup => {
                let store = vault.unlock(PINS[0], &Still)?;
                self.back_up(&store)?;
                Ok(Some(store))
            }
            Part::Restore => self.restore(&vault).map(Some),
            Part::Old => self.old(&vault).map(|()| None),
            Part::Migrate => {
                let store = vault.unlock(PINS[0], &Still)?;
                self.work(&store, OLD_ANSWERS + 1, OLD_ANSWERS + FEW)?;
                Ok(Some(store))
            }
            Part::Damage => {
                drop(vault.unlock(PINS[0], &Still)?);
                self.say(Said::Damaging)?;
                damage(&self.folder)?;
                match vault.unlock(PINS[0], &Still) {
                    Err(UnlockError::SetAside { .. }) => self.say(Said::Aside)?,
                    Err(error) => return Err(error.into()),
                    Ok(_) => return Err(SessionError::Opened),
                }
                Ok(None)
            }
        }
    }

    /// Makes a store and gives the first answers.
    fn begin(&mut self, vault: &Vault, answers: u64) -> Result<Store, SessionError> {
        self.say(Said::Beginning)?;
        let store = self.create(vault)?;
        self.enrol(&store)?;
        self.load(&store)?;
        self.work(&store, 1, answers)?;
        Ok(store)
    }

    pub(crate) fn create(&mut self, vault: &Vault) -> Result<Store, SessionError> {
        let store = vault.create(PINS[0], &ids(1), &Still)?;
        self.say(Said::Pin(PINS[0].to_owned()))?;
        Ok(store)
    }

    /// Makes the device somebody, unless it is.
    pub(crate) fn enrol(&mut self, store: &Store) -> Result<(), SessionError> {
        if store.identity()?.is_none() {
            store.enrol(&identity(), &config(), AT)?;
        }
        self.say(Said::Enrolled)
    }

    pub(crate) fn load(&mut self, store: &Store) -> Result<(), SessionError> {
        store.load_register(&register(), AT)?;
        self.say(Said::Register)
    }

    pub(crate) fn change_pin(&mut self, vault: &Vault) -> Result<(), SessionError> {
        self.say(Said::Trying(PINS[1].to_owned()))?;
        vault.change_pin(PINS[0], PINS[1], &ids(2), &Still)?;
        self.say(Said::Pin(PINS[1].to_owned()))
    }

    pub(crate) fn wipe(&mut self, vault: &Vault) -> Result<(), SessionError> {
        self.say(Said::Wiping)?;
        vault.wipe()?;
        self.say(Said::Wiped)
    }

    /// Says that a store is about to be made.
    pub(crate) fn announce(&mut self) -> io::Result<()> {
        (self.say)(Said::Beginning)
    }

    fn say(&mut self, said: Said) -> Result<(), SessionError> {
        Ok((self.say)(said)?)
    }

    fn work(&mut self, store: &Store, from: u64, upto: u64) -> Result<(), SessionError> {
        for number in from..=upto {
            self.answer(store, number)?;
            self.extras(store, number)?;
        }
        Ok(())
    }

    /// Saves the answer with this number in the report that is being filled in.
    pub(crate) fn answer(&mut self, store: &Store, number: u64) -> Result<(), SessionError> {
        let report = match under_way(store)? {
            Some(report) => report,
            None => begin(store, number)?,
        };
        let question = self.question(number);
        if question == PICTURE {
            let bytes = picture(number);
            store.put_photo(report, PICTURE, "image/jpeg", &bytes, AT, None)?;
        } else {
            let value = Value::Text(text(number));
            store.save_answer(report, &question, Some(&value), AT, None)?;
        }
        self.say(Said::Answer {
            report,
            question,
            number,
        })
    }

    fn question(&self, number: u64) -> String {
        if number.is_multiple_of(self.rhythm.picture) {
            PICTURE.to_owned()
        } else {
            format!("question_{}", number % QUESTIONS)
        }
    }

    /// After some answers a note, a finish with a sealed segment and a receipt, a correction, or sealing the report.
    pub(crate) fn extras(&mut self, store: &Store, number: u64) -> Result<(), SessionError> {
        let Some(report) = under_way(store)? else {
            return Ok(());
        };
        if number.is_multiple_of(self.rhythm.note) {
            let note = Uuid::from_u128(u128::from(number) << 64);
            store.add_note(report, note, None, "a note", AT)?;
            self.say(Said::Note { report, note })?;
        }
        if number.is_multiple_of(self.rhythm.finish) {
            self.finish(store, report, number)?;
        }
        if number.is_multiple_of(3 * self.rhythm.finish) {
            self.say(Said::Sealing { report })?;
            match store.seal_report(report, AT) {
                // An error of the disk has kept a segment out of the outbox: nothing may be removed.
                Err(StoreError::NotInOutbox { .. }) => {}
                sealed => {
                    sealed?;
                    self.say(Said::Sealed { report })?;
                }
            }
        } else if number.is_multiple_of(2 * self.rhythm.finish) {
            store.correct(report, "a slip", AT)?;
        }
        Ok(())
    }

    fn finish(&mut self, store: &Store, report: Uuid, number: u64) -> Result<(), SessionError> {
        let observers = [ObserverCode::from("O-1"), ObserverCode::from("O-2")];
        let first_seq = store.head()?.next_seq;
        let finished = store.finish::<StoreError>(report, AT, &observers, None, entries)?;
        let last_seq = finished.last_seq.unwrap_or_default();
        self.say(Said::Finished {
            report,
            revision: finished.revision,
            last_seq,
        })?;
        let segment = Segment {
            first_seq,
            count: u32::try_from(last_seq + 1 - first_seq).unwrap_or(1),
            sealed: picture(number)[..700].to_vec(),
        };
        store.put_segment(&segment, AT)?;
        self.say(Said::Segment { first_seq, number })?;
        let receipt = Receipt {
            server_epoch: 1,
            upto_seq: last_seq,
            hash: store.head()?.hash,
            received_at_ms: AT.utc_ms,
            bytes: vec![1; 200],
        };
        store.record_receipt(&receipt, AT)?;
        self.say(Said::Receipt { upto_seq: last_seq })
    }
}

/// Changes one byte of the database, or changes it back.
pub(crate) fn damage(folder: &Path) -> io::Result<()> {
    let path = folder.join(STORE).join("baqylau.db");
    let file = File::options().read(true).write(true).open(path)?;
    let mut byte = [0];
    file.read_exact_at(&mut byte, DAMAGED)?;
    file.write_all_at(&[byte[0] ^ 1], DAMAGED)?;
    file.sync_all()
}

/// The report that takes answers, if there is one.
fn under_way(store: &Store) -> Result<Option<Uuid>, StoreError> {
    let mut reports = store.reports()?.into_iter();
    Ok(reports
        .find(|report| report.state.is_editable())
        .map(|report| report.id))
}

fn text(number: u64) -> String {
    let words = usize::try_from(number % 40).unwrap_or_default();
    format!("{} {number}", "long ".repeat(words))
}

fn begin(store: &Store, number: u64) -> Result<Uuid, StoreError> {
    let form = FormId::from("voting");
    let new = NewReport {
        id: Uuid::from_u128(u128::from(number) << 32),
        visit: store.next_visit(&form)?,
        form,
        form_hash: FormHash([5; 32]),
        place: Place::Station(StationCode::from("KZ-01-001")),
        at: AT,
    };
    Ok(store.begin(&new, &Answers::new(), Tally::default())?.id)
}
