//! Time and randomness come in through these traits; nothing pure asks the machine.

use chrono::{DateTime, FixedOffset, TimeZone, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// An instant as a device claimed it: UTC milliseconds and the local offset beside it.
///
/// Order never follows from a `Moment` (clocks jump); order follows from the journal's sequence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
pub struct Moment {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    #[ts(type = "number")]
    pub utc_ms: i64,
    /// Local time minus UTC, in minutes (`+360` in Astana in 2011).
    pub offset_min: i16,
}

impl Moment {
    /// The local date and time this moment was read as, or `None` when it lies outside the calendar.
    #[must_use]
    pub fn local(self) -> Option<DateTime<FixedOffset>> {
        let offset = FixedOffset::east_opt(i32::from(self.offset_min) * 60)?;
        let utc = Utc.timestamp_millis_opt(self.utc_ms).single()?;
        Some(utc.with_timezone(&offset))
    }
}

/// Where "now" comes from.
pub trait Clock: Send + Sync {
    /// The current moment, with the local offset.
    fn now(&self) -> Moment;
}

/// Where fresh random bytes come from: ids, keys, salts, jitter.
pub trait IdSource: Send + Sync {
    /// Fills `buffer` with random bytes.
    fn fill(&self, buffer: &mut [u8]);
}
