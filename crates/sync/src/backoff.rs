//! When to try again: full jitter, and never before headquarters said.

use baqylau_domain::IdSource;
use std::time::Duration;

/// The longest and the shortest ceiling of a pause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backoff {
    /// The ceiling after the first failure.
    pub base: Duration,
    /// The ceiling that is never passed.
    pub cap: Duration,
}

impl Default for Backoff {
    fn default() -> Self {
        Self {
            base: Duration::from_secs(2),
            cap: Duration::from_secs(300),
        }
    }
}

/// The pause after `failures` failures in a row (from 1): random between nothing and
/// `min(cap, base · 2^(failures-1))`, on top of what headquarters asked for.
#[must_use]
pub fn backoff(
    backoff: Backoff,
    failures: u32,
    retry_after_s: Option<u32>,
    random: &dyn IdSource,
) -> Duration {
    let doublings = failures.saturating_sub(1).min(31);
    let ceiling = backoff.base.saturating_mul(1 << doublings).min(backoff.cap);
    let mut bytes = [0; 8];
    random.fill(&mut bytes);
    // Among this many milliseconds the bias of a remainder is far below what a pause could show.
    let ceiling_ms = u64::try_from(ceiling.as_millis()).unwrap_or(u64::MAX - 1);
    let jitter = Duration::from_millis(u64::from_le_bytes(bytes) % (ceiling_ms + 1));
    Duration::from_secs(u64::from(retry_after_s.unwrap_or(0))) + jitter
}
