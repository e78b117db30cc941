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

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives one number again and again.
    struct Always(u64);

    impl IdSource for Always {
        fn fill(&self, buffer: &mut [u8]) {
            buffer.copy_from_slice(&self.0.to_le_bytes()[..buffer.len()]);
        }
    }

    #[test]
    fn the_ceiling_doubles_with_every_failure_up_to_its_cap() {
        for (failures, ceiling_ms) in [
            (0, 2_000),
            (1, 2_000),
            (2, 4_000),
            (3, 8_000),
            (8, 256_000),
            (9, 300_000),
            (90, 300_000),
        ] {
            let pause = |number| backoff(Backoff::default(), failures, None, &Always(number));
            assert_eq!(pause(0), Duration::ZERO);
            assert_eq!(pause(ceiling_ms), Duration::from_millis(ceiling_ms));
            assert_eq!(pause(ceiling_ms + 1), Duration::ZERO, "{failures} failures");
        }
    }

    #[test]
    fn what_headquarters_asked_for_comes_on_top() {
        let pause = backoff(Backoff::default(), 1, Some(30), &Always(250));
        assert_eq!(pause, Duration::from_millis(30_250));
    }
}
