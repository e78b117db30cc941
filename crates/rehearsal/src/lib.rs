//! The rehearsal: 3 April 2011 once more, with every part real except the election.
//!
//! Each short-term team is a `field` core with its own encrypted store; headquarters is the
//! `baqylau-hq` program; between them lies a [`link`] that delays, cuts and swallows. Answers come
//! from the mission folder's `rehearsal.toml`, so that this crate knows no question by name.

pub mod alter;
pub mod bad_road;
pub mod bench;
pub mod clock;
pub mod crash;
pub mod cuts;
pub mod device;
pub mod error;
pub mod headquarters;
pub mod link;
pub mod plan;
pub mod replay;
pub mod seizure;
pub mod stage;
pub mod wire;
