//! Randomness that a seed repeats, bit for bit.

use baqylau_domain::IdSource;
use parking_lot::Mutex;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// A stream of random numbers that follows from a seed.
pub struct Random(Mutex<ChaCha8Rng>);

impl Random {
    /// The stream of a seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(Mutex::new(ChaCha8Rng::seed_from_u64(seed)))
    }

    /// Any number.
    pub fn number(&self) -> u64 {
        self.0.lock().next_u64()
    }

    /// A number below `limit`; 0 for a limit of 0.
    pub fn below(&self, limit: u64) -> u64 {
        self.number() % limit.max(1)
    }

    /// A place in a list of `length`.
    pub fn index(&self, length: usize) -> usize {
        usize::try_from(self.below(length as u64)).unwrap_or(0)
    }

    /// Whether something happens that happens so many times in a hundred.
    pub fn chance(&self, percent: u64) -> bool {
        self.below(100) < percent
    }
}

impl IdSource for Random {
    fn fill(&self, buffer: &mut [u8]) {
        self.0.lock().fill_bytes(buffer);
    }
}
