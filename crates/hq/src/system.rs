//! The machine's clock and randomness, behind the domain's traits.

use baqylau_domain::{Clock, IdSource, Moment};
use chrono::{Local, Offset as _};

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

/// The operating system's random numbers.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemIds;

impl Clock for SystemClock {
    fn now(&self) -> Moment {
        let now = Local::now();
        let offset_min = i16::try_from(now.offset().fix().local_minus_utc() / 60).unwrap_or(0);
        Moment {
            utc_ms: now.timestamp_millis(),
            offset_min,
        }
    }
}

impl IdSource for SystemIds {
    /// # Panics
    /// When the operating system has no random numbers: going on without them would forge keys.
    fn fill(&self, buffer: &mut [u8]) {
        #[allow(clippy::expect_used)]
        getrandom::fill(buffer).expect("the operating system has random numbers");
    }
}
