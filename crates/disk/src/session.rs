//! The scripted session: a day on the real store, in several processes, every kind of write in it.

use crate::promise::Said;
use baqylau_domain::{
    Answers, Clock, DeviceId, FormHash, FormId, IdSource, Moment, ObserverCode, StationCode, Value,
};
use baqylau_store::register::{DistrictRow, RegionRow, RegisterRows, StationRow};
use baqylau_store::{
    ChangePinError, CreateError, EntryRole, Finishing, Identity, Kdf, NewEntry, NewReport, Place,
    Receipt, Segment, SignedBlob, Store, StoreError, Tally, UnlockError, Vault,
};
use clap::ValueEnum;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use thiserror::Error;
use uuid::Uuid;

/// The PIN at first, and the one it is changed to.
pub(crate) const PINS: [&str; 2] = ["204011", "112044"];
/// The store's folder below the session's own. Neither it nor the one above it is there at first.
pub(crate) const STORE: &str = "app/store";
const QUESTIONS: u64 = 12;
/// Answers of the second store; the 29th finishes a report.
const FEW: u64 = 31;
/// The place of the byte that is damaged.
const DAMAGED: u64 = 3 * 4096 + 100;
const AT: Moment = Moment {
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
    /// Closes it, damages one byte of its database, and opens it: it is set aside.
    Damage,
}

impl Part {
    /// In this order.
    pub const ALL: [Self; 8] = [
        Self::Begin,
        Self::Change,
        Self::Leave,
        Self::Again,
        Self::Wipe,
        Self::Fresh,
        Self::Damage,
        Self::Wipe,
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
        }
    }
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
    /// The wipe failed.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// A wrong PIN opened the store, or it opened in spite of its damage.
    #[error("a store opened that should not")]
    Opened,
}

/// A clock that stands still: a session is the same every time.
pub(crate) struct Still;

impl Clock for Still {
    fn now(&self) -> Moment {
        AT
    }
}

/// Bytes that follow from a number.
pub(crate) struct Seeded(pub(crate) u64, pub(crate) AtomicU64);

impl IdSource for Seeded {
    fn fill(&self, buffer: &mut [u8]) {
        for part in buffer.chunks_mut(32) {
            let count = self.1.fetch_add(1, Ordering::Relaxed);
            let bytes = digest(&[self.0.to_be_bytes(), count.to_be_bytes()].concat());
            part.copy_from_slice(&bytes[..part.len()]);
        }
    }
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
    say: Box<dyn FnMut(Said) -> io::Result<()> + 'a>,
}

impl<'a> Session<'a> {
    /// A session of so many answers in all its parts; `say` hears of everything as soon as it is acknowledged.
    pub fn new(folder: &Path, answers: u64, say: impl FnMut(Said) -> io::Result<()> + 'a) -> Self {
        Self {
            folder: folder.to_owned(),
            answers,
            say: Box::new(say),
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
                self.say(Said::Trying(PINS[1].to_owned()))?;
                vault.change_pin(PINS[0], PINS[1], &ids(2), &Still)?;
                self.say(Said::Pin(PINS[1].to_owned()))?;
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
            Part::Wipe => {
                self.say(Said::Wiping)?;
                vault.wipe()?;
                self.say(Said::Wiped)?;
                Ok(None)
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
        let store = vault.create(PINS[0], &ids(1), &Still)?;
        self.say(Said::Pin(PINS[0].to_owned()))?;
        store.enrol(&identity(), &config(), AT)?;
        self.say(Said::Enrolled)?;
        store.load_register(&register(), AT)?;
        self.say(Said::Register)?;
        self.work(&store, 1, answers)?;
        Ok(store)
    }

    fn say(&mut self, said: Said) -> Result<(), SessionError> {
        Ok((self.say)(said)?)
    }

    /// Answers with these numbers, and now and then a note, a picture, a finish, a correction, a sealed segment.
    fn work(&mut self, store: &Store, from: u64, upto: u64) -> Result<(), SessionError> {
        for number in from..=upto {
            let report = match under_way(store)? {
                Some(report) => report,
                None => begin(store, number)?,
            };
            self.answer(store, report, number)?;
            if number.is_multiple_of(17) {
                let note = Uuid::from_u128(u128::from(number) << 64);
                store.add_note(report, note, None, "a note", AT)?;
                self.say(Said::Note { report, note })?;
            }
            if number.is_multiple_of(29) {
                self.finish(store, report, number)?;
            }
            if number.is_multiple_of(58) {
                store.correct(report, "a slip", AT)?;
            }
        }
        Ok(())
    }

    fn answer(&mut self, store: &Store, report: Uuid, number: u64) -> Result<(), SessionError> {
        let question = if number.is_multiple_of(23) {
            let bytes = picture(number);
            store.put_photo(report, "picture", "image/jpeg", &bytes, AT, None)?;
            "picture".to_owned()
        } else {
            let question = format!("question_{}", number % QUESTIONS);
            let text = format!("{} {number}", "long ".repeat((number % 40) as usize));
            store.save_answer(report, &question, Some(&Value::Text(text)), AT, None)?;
            question
        };
        self.say(Said::Answer {
            report,
            question,
            number,
        })
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

/// The picture that answers with a number: the number, then bytes that follow from it.
pub(crate) fn picture(number: u64) -> Vec<u8> {
    let mut bytes = number.to_be_bytes().to_vec();
    for count in 0..200_u64 {
        bytes.extend(digest(
            &[number.to_be_bytes(), count.to_be_bytes()].concat(),
        ));
    }
    bytes
}

fn digest(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

fn ids(seed: u64) -> Seeded {
    Seeded(seed, AtomicU64::new(0))
}

fn identity() -> Identity {
    Identity {
        device: DeviceId([3; 16]),
        genesis: [9; 32],
        device_key: vec![7; 32].into(),
        certificate: b"certificate".to_vec(),
    }
}

fn config() -> SignedBlob {
    SignedBlob {
        version: 1,
        bytes: b"configuration".to_vec(),
    }
}

/// What a finish appends; the bytes only have to be different.
fn entries(finishing: &Finishing<'_>) -> Result<Vec<NewEntry>, StoreError> {
    let is_new = finishing.numbering.open_seq.is_none();
    let open = is_new.then_some(EntryRole::Open);
    let notes = finishing.notes.iter().map(|note| EntryRole::Note(note.id));
    let attachments = finishing.attachments.iter();
    let pictures = attachments.map(|picture| EntryRole::Attachment(picture.hash));
    let roles = open
        .into_iter()
        .chain([EntryRole::Revision])
        .chain(notes)
        .chain(pictures)
        .chain([EntryRole::Finalise]);
    let entry = |(seq, role)| NewEntry {
        role,
        bytes: format!("entry {seq} {role:?}").into_bytes(),
    };
    Ok((finishing.numbering.first_seq..)
        .zip(roles)
        .map(entry)
        .collect())
}

fn register() -> RegisterRows {
    let name = |text: &str| [("en".to_owned(), text.to_owned())].into();
    let station = |number: u32| StationRow {
        code: format!("KZ-01-{number:03}"),
        number: number.to_string(),
        region: "KZ-01".to_owned(),
        district: "KZ-01-D".to_owned(),
        name: name("A school"),
        address: name("A street"),
        kind: "regular".to_owned(),
        area: "urban".to_owned(),
        voters: 900,
        position: None,
    };
    RegisterRows {
        hash: [1; 32],
        regions: vec![RegionRow {
            code: "KZ-01".to_owned(),
            level: "region".to_owned(),
            name: name("A region"),
            utc_offset_min: 360,
        }],
        districts: vec![DistrictRow {
            code: "KZ-01-D".to_owned(),
            region: "KZ-01".to_owned(),
            kind: "city".to_owned(),
            name: name("A district"),
        }],
        stations: (0..60).map(station).collect(),
    }
}
