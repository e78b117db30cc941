//! Wrong PINs in a row, and the growing wait they cost. Kept in a file of its own so that a
//! restart forgets nothing and the key slots are not rewritten at every slip.

use crate::files::{read_if_there, remove_if_there, write_atomically};
use serde::{Deserialize, Serialize};
use std::io;
use std::path::{Path, PathBuf};

/// Seconds to wait after so many wrong PINs in a row; the last stands for all that follow.
const WAITS_S: [u64; 10] = [0, 0, 0, 0, 5, 15, 60, 300, 900, 1800];

/// Before the first slip.
const NONE: Counter = Counter {
    failures: 0,
    since_ms: 0,
    is_guess: false,
};

/// A file that does not read counts as this many failures: removing knowledge must not pay.
const UNREADABLE: Counter = Counter {
    failures: 5,
    since_ms: i64::MAX,
    is_guess: true,
};

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Counter {
    failures: u32,
    since_ms: i64,
    /// Not counted but put in place of what could not be read; stays so until a try is counted.
    #[serde(default)]
    is_guess: bool,
}

/// The counter of one vault.
pub(crate) struct Attempts {
    path: PathBuf,
    counter: Counter,
}

impl Attempts {
    /// As the last run left it.
    pub(crate) fn load(path: &Path) -> io::Result<Self> {
        let counter = match read_if_there(path)? {
            None => NONE,
            Some(bytes) => serde_json::from_slice(&bytes).unwrap_or(UNREADABLE),
        };
        Ok(Self {
            path: path.to_owned(),
            counter,
        })
    }

    /// Seconds until another PIN may be tried. A clock set back starts the wait again.
    pub(crate) fn retry_in_s(&mut self, now_ms: i64) -> io::Result<u64> {
        let wait_ms = wait_s(self.counter.failures).saturating_mul(1000);
        if wait_ms == 0 {
            return Ok(0);
        }
        if now_ms < self.counter.since_ms {
            self.counter.since_ms = now_ms;
            self.save()?;
        }
        let passed_ms = now_ms.saturating_sub(self.counter.since_ms).unsigned_abs();
        Ok(wait_ms.saturating_sub(passed_ms).div_ceil(1000))
    }

    /// Counts a try as failed *before* it is made: killing the app in the middle gains nothing.
    pub(crate) fn begin(&mut self, now_ms: i64) -> io::Result<()> {
        self.counter = Counter {
            failures: self.counter.failures.saturating_add(1),
            since_ms: now_ms,
            is_guess: false,
        };
        self.save()
    }

    /// The try was right after all.
    pub(crate) fn succeeded(&mut self) -> io::Result<()> {
        self.counter = NONE;
        remove_if_there(&self.path)
    }

    /// Wrong PINs in a row.
    pub(crate) fn failures(&self) -> u32 {
        self.counter.failures
    }

    /// Whether `most` wrong PINs in a row were counted. Damage to the counter alone uses nothing up.
    pub(crate) fn are_used_up(&self, most: u32) -> bool {
        !self.counter.is_guess && self.counter.failures >= most
    }

    fn save(&self) -> io::Result<()> {
        write_atomically(&self.path, &serde_json::to_vec(&self.counter)?)
    }
}

fn wait_s(failures: u32) -> u64 {
    let index = usize::try_from(failures)
        .unwrap_or(usize::MAX)
        .min(WAITS_S.len() - 1);
    WAITS_S[index]
}
