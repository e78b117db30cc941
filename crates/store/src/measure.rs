//! What a durable answer costs, beside what the disk itself costs: for the benchmark.

use crate::{Kdf, NewReport, Place, StoreError, Tally, Vault};
use baqylau_domain::{Answers, Clock, FormHash, FormId, IdSource, Moment, Value};
use rusqlite::{Connection, named_params};
use std::path::Path;
use std::time::{Duration, Instant};
use uuid::Uuid;

/// Durations of single commits, in the order they were made.
#[derive(Debug, Clone, Default)]
pub struct AnswerTimings {
    /// [`crate::Store::save_answer`], from the call to its return.
    pub answers: Vec<Duration>,
    /// The smallest durable commit SQLite itself can make on this disk: one row, no encryption, WAL and FULL.
    pub bare: Vec<Duration>,
}

/// The `percent`-th percentile of some durations; zero for none.
#[must_use]
pub fn percentile(durations: &[Duration], percent: usize) -> Duration {
    let mut sorted = durations.to_vec();
    sorted.sort_unstable();
    let index = (sorted.len() * percent / 100).min(sorted.len().saturating_sub(1));
    sorted.get(index).copied().unwrap_or_default()
}

/// Saves `rounds` answers in a new store in `dir` and makes as many bare commits beside it, taking turns so
/// that both meet the same disk.
///
/// # Errors
/// When the store or the bare database cannot be made or written.
pub fn answer_commits(
    dir: &Path,
    rounds: u32,
    ids: &dyn IdSource,
    clock: &dyn Clock,
) -> Result<AnswerTimings, crate::CreateError> {
    let vault = Vault::with_kdf(
        dir.join("store"),
        Kdf {
            memory_kib: 64,
            passes: 1,
            lanes: 1,
        },
    );
    let store = vault.create("measure", ids, clock)?;
    let bare = bare_database(&dir.join("bare.db")).map_err(StoreError::from)?;
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
    let mut timings = AnswerTimings::default();
    for round in 0..rounds {
        // A form has about a hundred questions, most of them answered with a choice.
        let question = format!("question_{}", round % 100);
        let value = Value::Choice(format!("choice_{}", round % 7));
        let at: Moment = clock.now();
        let begun = Instant::now();
        store.save_answer(report, &question, Some(&value), at, None)?;
        timings.answers.push(begun.elapsed());
        let begun = Instant::now();
        // Another value each time: SQLite writes and syncs nothing for a row that stays as it was.
        bare.prepare_cached("INSERT OR REPLACE INTO answer (id, value) VALUES (:id, :value)")
            .and_then(|mut statement| {
                statement.execute(
                    named_params! {":id": round % 100, ":value": format!("choice_{round}")},
                )
            })
            .map_err(StoreError::from)?;
        timings.bare.push(begun.elapsed());
    }
    Ok(timings)
}

fn bare_database(path: &Path) -> rusqlite::Result<Connection> {
    let bare = Connection::open(path)?;
    bare.pragma_update(None, "journal_mode", "WAL")?;
    bare.pragma_update(None, "synchronous", "FULL")?;
    bare.execute_batch("CREATE TABLE answer (id INTEGER PRIMARY KEY, value TEXT NOT NULL) STRICT")?;
    Ok(bare)
}
