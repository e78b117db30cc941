//! Backups, restoring one, and a store as the program with the first schema left it.

use super::{AT, PINS, Session, SessionError, text};
use crate::material::{Still, config, ids, other_identity};
use crate::promise::Said;
use baqylau_domain::Value;
use baqylau_store::{Store, Vault};
use uuid::Uuid;

/// The backup, below the session's folder.
pub(crate) const BACKUP: &str = "stick/copy.bqbak";
/// Answers in the store of the first schema; fewer than questions, so that each is one row.
pub(crate) const OLD_ANSWERS: u64 = 11;

impl Session<'_> {
    /// Writes a backup to the stick, in place of none.
    pub(crate) fn back_up(&mut self, store: &Store) -> Result<(), SessionError> {
        std::fs::create_dir_all(self.folder.join("stick"))?;
        std::fs::File::open(&self.folder)?.sync_all()?;
        store.back_up(&self.folder.join(BACKUP), &mut |_, _, _| {})?;
        self.say(Said::BackedUp)
    }

    /// Restores that where no store is, and begins another journal that takes over what goes on.
    pub(crate) fn restore(&mut self, vault: &Vault) -> Result<Store, SessionError> {
        self.say(Said::Beginning)?;
        self.put_back(vault)?;
        let store = vault.create(PINS[0], &ids(4), &Still)?;
        self.take_over(vault, &store)?;
        Ok(store)
    }

    /// Restores the backup, unless an earlier try has.
    pub(crate) fn put_back(&mut self, vault: &Vault) -> Result<(), SessionError> {
        if vault.aside()?.is_empty() {
            let from = self.folder.join(BACKUP);
            vault.restore(&from, PINS[0], &Still, None, &mut |_, _, _| {})?;
        }
        self.say(Said::Restored)
    }

    /// Makes the new store somebody else, and takes over.
    pub(crate) fn take_over(&mut self, vault: &Vault, store: &Store) -> Result<(), SessionError> {
        if store.identity()?.is_none() {
            store.enrol(&other_identity(), &config(), AT)?;
        }
        for folder in vault.aside()? {
            let earlier = vault.unlock_aside(&folder, PINS[0], &Still)?;
            store.take_over(&folder, &earlier, AT)?;
        }
        self.say(Said::TakenOver)
    }

    /// The fixture of the first schema, with text answers in its draft that can be told apart.
    pub(super) fn old(&mut self, vault: &Vault) -> Result<(), SessionError> {
        self.say(Said::Beginning)?;
        let report = Uuid::from_u128(2);
        let dump = include_str!("../../../store/tests/fixtures/schema-1.sql");
        let answers: Vec<_> = (1..=OLD_ANSWERS)
            .map(|number| (report, self.question(number), Value::Text(text(number))))
            .collect();
        vault.create_from_dump(PINS[0], dump, &answers, AT, &ids(5))?;
        self.say(Said::Pin(PINS[0].to_owned()))?;
        self.say(Said::Enrolled)?;
        for number in 1..=OLD_ANSWERS {
            let question = self.question(number);
            self.say(Said::Answer {
                report,
                question,
                number,
            })?;
        }
        Ok(())
    }
}
