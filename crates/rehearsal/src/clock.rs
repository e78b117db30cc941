//! The rehearsal's own time and randomness: a day that passes as fast as the work gets done.

use baqylau_domain::{Clock, IdSource, Moment};
use parking_lot::Mutex;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha20Rng;
use std::sync::atomic::{AtomicI64, Ordering};

/// A clock that stands still until it is moved.
#[derive(Debug)]
pub struct DayClock {
    utc_ms: AtomicI64,
    offset_min: i16,
}

impl DayClock {
    /// A clock at `start`, keeping its offset.
    #[must_use]
    pub fn at(start: Moment) -> Self {
        Self {
            utc_ms: AtomicI64::new(start.utc_ms),
            offset_min: start.offset_min,
        }
    }

    /// Lets `ms` milliseconds pass.
    pub fn pass(&self, ms: i64) {
        self.utc_ms.fetch_add(ms, Ordering::SeqCst);
    }

    /// Moves to `at`; a day never goes back.
    pub fn reach(&self, at: Moment) {
        self.utc_ms.fetch_max(at.utc_ms, Ordering::SeqCst);
    }
}

impl Clock for DayClock {
    fn now(&self) -> Moment {
        Moment {
            utc_ms: self.utc_ms.load(Ordering::SeqCst),
            offset_min: self.offset_min,
        }
    }
}

/// Randomness from a seed. Keys made from it are worth nothing outside a rehearsal.
#[derive(Debug)]
pub struct SeededIds(Mutex<ChaCha20Rng>);

impl SeededIds {
    /// The stream of `seed`.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(Mutex::new(ChaCha20Rng::seed_from_u64(seed)))
    }
}

impl IdSource for SeededIds {
    fn fill(&self, buffer: &mut [u8]) {
        self.0.lock().fill_bytes(buffer);
    }
}
