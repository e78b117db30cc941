//! The loop, the reference headquarters and the pinned road, together.

mod contract;
mod delivery;
mod dictionary;
mod handover;
mod interception;
mod loopback;
mod pictures;
mod proxy;
mod short_road;
