//! The loop, the reference headquarters and the pinned road, together.

mod answers;
mod carry;
mod contract;
mod delivery;
mod dictionary;
mod enrolment;
mod handover;
mod interception;
mod loopback;
mod pictures;
mod proxy;
mod sealed;
mod short_road;
