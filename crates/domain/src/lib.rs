//! The words every other crate speaks: ids, answers, report states, findings, and the
//! traits through which time and randomness come in.
//!
//! Pure: no I/O, no clock, no random numbers (see invariant 4 in `docs/ARCHITECTURE.md`).

mod answer;
mod finding;
mod ids;
mod report;
mod time;

pub use answer::{Answers, Location, PhotoRef, Value, WireChange, WireValue};
pub use finding::{Finding, FindingLevel};
pub use ids::{
    AttachmentHash, DeviceId, EntryRef, FormHash, FormId, FormRef, IdError, ObserverCode, ReportId,
    StationCode, TeamCode,
};
pub use report::{DeliveryState, ReportState, Road, Role, Transition, TransitionError};
pub use time::{Clock, IdSource, Moment};
