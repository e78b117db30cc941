//! How often a secret may be guessed.

use parking_lot::Mutex;

const MINUTE_MS: i64 = 60_000;

/// Counts failures by the minute.
pub(crate) struct Limiter {
    allowed: u32,
    state: Mutex<(i64, u32)>,
}

impl Limiter {
    /// Allows so many failures a minute.
    #[must_use]
    pub(crate) fn new(allowed: u32) -> Self {
        Self {
            allowed,
            state: Mutex::new((0, 0)),
        }
    }

    /// Whether another try may be looked at; otherwise the seconds to wait.
    ///
    /// # Errors
    /// Seconds until the next try is looked at.
    pub(crate) fn check(&self, now_ms: i64) -> Result<(), u32> {
        let (minute, failures) = *self.state.lock();
        if minute == now_ms.div_euclid(MINUTE_MS) && failures >= self.allowed {
            let wait_ms = MINUTE_MS - now_ms.rem_euclid(MINUTE_MS);
            return Err(u32::try_from(wait_ms / 1000 + 1).unwrap_or(60));
        }
        Ok(())
    }

    /// Notes a wrong guess.
    pub(crate) fn failed(&self, now_ms: i64) {
        let mut state = self.state.lock();
        let minute = now_ms.div_euclid(MINUTE_MS);
        *state = if state.0 == minute {
            (minute, state.1 + 1)
        } else {
            (minute, 1)
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_so_many_wrong_guesses_the_rest_of_the_minute_is_closed() {
        let limiter = Limiter::new(3);
        for _ in 0..3 {
            assert_eq!(limiter.check(10_000), Ok(()));
            limiter.failed(10_000);
        }
        assert_eq!(limiter.check(10_000), Err(51));
        assert_eq!(
            limiter.check(60_000),
            Ok(()),
            "the next minute is open again"
        );
    }
}
