//! What a durable answer costs, beside what the disk itself costs: for the benchmark.

use crate::{CreateError, Kdf, NewReport, Place, Store, StoreError, Tally, Vault};
use baqylau_domain::{Answers, Clock, FormHash, FormId, IdSource, Moment, Value};
use rusqlite::{Connection, named_params};
use std::path::Path;
use std::time::{Duration, Instant};
use uuid::Uuid;

/// A form has about a hundred questions, most of them answered with a choice.
const QUESTIONS: u32 = 100;

/// The `percent`-th percentile of some durations; zero for none.
#[must_use]
pub fn percentile(durations: &[Duration], percent: usize) -> Duration {
    let mut sorted = durations.to_vec();
    sorted.sort_unstable();
    let index = (sorted.len() * percent / 100).min(sorted.len().saturating_sub(1));
    sorted.get(index).copied().unwrap_or_default()
}

/// The cheapest durable commit there is: one row of plain SQLite in WAL mode with `synchronous` FULL.
#[derive(Debug)]
pub struct Bare(Connection);

impl Bare {
    /// Makes the database at `path`.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let bare = Connection::open(path)?;
        bare.pragma_update(None, "journal_mode", "WAL")?;
        bare.pragma_update(None, "synchronous", "FULL")?;
        bare.execute_batch(
            "CREATE TABLE answer (id INTEGER PRIMARY KEY, value TEXT NOT NULL) STRICT",
        )?;
        Ok(Self(bare))
    }

    /// Commits one row and says how long it took. Every `round` must be another: SQLite writes and syncs
    /// nothing for a row that stays as it was.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn commit(&self, round: u32) -> Result<Duration, StoreError> {
        let value = format!("choice_{round}");
        let begun = Instant::now();
        self.0
            .prepare_cached("INSERT OR REPLACE INTO answer (id, value) VALUES (:id, :value)")?
            .execute(named_params! {":id": round % QUESTIONS, ":value": value})?;
        Ok(begun.elapsed())
    }
}

/// The store's own commit of an answer, in an encrypted store that holds one draft.
pub struct Encrypted {
    store: Store,
    report: Uuid,
}

impl Encrypted {
    /// Makes the store in `dir`.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn create(dir: &Path, ids: &dyn IdSource, clock: &dyn Clock) -> Result<Self, CreateError> {
        let cheap = Kdf {
            memory_kib: 64,
            passes: 1,
            lanes: 1,
        };
        let store = Vault::with_kdf(dir, cheap).create("measure", ids, clock)?;
        let report = Uuid::from_u128(1);
        let new = NewReport {
            id: report,
            form: FormId::from("measure"),
            form_hash: FormHash([0; 32]),
            place: Place::Anywhere,
            visit: 1,
            at: clock.now(),
        };
        store.begin(&new, &Answers::new(), Tally::default())?;
        Ok(Self { store, report })
    }

    /// Saves one answer ([`Store::save_answer`]) and says how long it took. Every `round` must be another.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn commit(&self, round: u32, at: Moment) -> Result<Duration, StoreError> {
        let question = format!("question_{}", round % QUESTIONS);
        let value = Value::Choice(format!("choice_{round}"));
        let begun = Instant::now();
        self.store
            .save_answer(self.report, &question, Some(&value), at, None)?;
        Ok(begun.elapsed())
    }
}
