//! How much a request may weigh on a road that breaks.

use crate::SyncError;
use baqylau_protocol::{ApiError, limits};

/// A request on a bad road starts again from its first byte when the connection breaks, so on such a road it must be
/// short to arrive at all.
const LEAST_BYTES: usize = 2 * 1024;

/// How many bytes of segments a request may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget(usize);

impl Budget {
    /// As many as headquarters takes.
    pub const FULL: Self = Self(limits::REQUEST_CONTENT_BYTES);

    /// Bytes.
    #[must_use]
    pub fn bytes(self) -> usize {
        self.0
    }

    /// After a request of `sent` bytes. Only a connection that broke says anything about the road.
    #[must_use]
    pub fn after<T>(self, sent: usize, answer: &Result<T, SyncError>) -> Self {
        match answer {
            Ok(_) => self.after_answer(),
            Err(SyncError::Api(ApiError::Interrupted | ApiError::TimedOut)) => {
                self.after_break(sent)
            }
            Err(_) => self,
        }
    }

    /// After a request of `sent` bytes broke off: half of them next time.
    #[must_use]
    pub fn after_break(self, sent: usize) -> Self {
        Self((self.0.min(sent) / 2).max(LEAST_BYTES))
    }

    /// After a request was answered: a little more. Growing faster than that would break every second request where only
    /// short ones arrive.
    fn after_answer(self) -> Self {
        Self(self.0.saturating_add(LEAST_BYTES).min(Self::FULL.0))
    }
}

impl Default for Budget {
    fn default() -> Self {
        Self::FULL
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_break_halves_what_was_sent_and_never_goes_below_the_least() {
        let after = |budget: usize, sent: usize| Budget(budget).after_break(sent).bytes();
        assert_eq!(after(100_000, 60_000), 30_000, "half of what was sent");
        assert_eq!(after(40_000, 60_000), 20_000, "half of what was allowed");
        assert_eq!(after(100_000, 5_000), 2_500);
        assert_eq!(after(100_000, 4_000), 2_048);
        assert_eq!(after(2_048, 9), 2_048);
    }

    #[test]
    fn an_answer_adds_a_little_until_all_is_allowed() {
        assert_eq!(Budget(10_000).after_answer().bytes(), 12_048);
        assert_eq!(Budget::FULL.after_answer(), Budget::FULL);
        let nearly = Budget(Budget::FULL.bytes() - 1);
        assert_eq!(nearly.after_answer(), Budget::FULL);
        assert_eq!(Budget::default().bytes(), 1024 * 1024);
    }
}
