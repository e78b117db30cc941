//! The loop, the reference headquarters and the pinned road, together.

mod contract;
mod delivery;
mod interception;
mod loopback;
