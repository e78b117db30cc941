//! The loop, the reference headquarters and the pinned road, together.

mod answers;
mod carry;
mod contract;
mod cutting;
mod delivery;
mod dictionary;
mod enrolment;
mod handover;
mod interception;
mod least;
mod loopback;
mod pictures;
mod proxy;
mod runs;
mod sealed;
mod short_road;
mod verdicts;
