//! Time and randomness of a test.

use baqylau_domain::{Clock, IdSource, Moment};
use parking_lot::Mutex;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// A clock that stands still.
pub struct FixedClock(pub Moment);

/// Randomness that is the same in every run.
pub struct SeededRandom(Mutex<ChaCha20Rng>);

impl Default for FixedClock {
    /// The morning of 3 April 2011 in Astana.
    fn default() -> Self {
        Self(Moment {
            utc_ms: 1_301_792_400_000,
            offset_min: 360,
        })
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Moment {
        self.0
    }
}

impl SeededRandom {
    /// The randomness of a seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(Mutex::new(ChaCha20Rng::seed_from_u64(seed)))
    }

    /// A number below `limit`, which is not 0.
    pub fn below(&self, limit: u64) -> u64 {
        self.0.lock().next_u64() % limit
    }
}

impl IdSource for SeededRandom {
    fn fill(&self, buffer: &mut [u8]) {
        self.0.lock().fill_bytes(buffer);
    }
}
