//! Clocks that somebody turns.

use baqylau_domain::{Clock, Moment};
use std::sync::atomic::{AtomicI64, Ordering};

/// A clock that stands still until it is turned.
pub struct TurnedClock(AtomicI64);

impl TurnedClock {
    /// A clock that shows this moment, UTC milliseconds.
    #[must_use]
    pub fn at(utc_ms: i64) -> Self {
        Self(AtomicI64::new(utc_ms))
    }

    /// Turns it forwards or backwards.
    pub fn turn(&self, ms: i64) {
        self.0.fetch_add(ms, Ordering::SeqCst);
    }
}

impl Clock for TurnedClock {
    fn now(&self) -> Moment {
        Moment {
            utc_ms: self.0.load(Ordering::SeqCst),
            offset_min: 360,
        }
    }
}
