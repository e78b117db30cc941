//! Headquarters: takes in what devices send, keeps it append-only, re-checks it, counts it, shows it.
//!
//! [`Server::start`] is the whole program without its command line. `docs/ARCHITECTURE.md` has the map.

pub mod ahead;
pub mod api;
pub mod carried;
pub mod cli;
mod dictionary;
pub mod error;
pub mod evidence;
pub mod export;
pub mod figures;
pub mod fold;
pub mod headquarters;
pub mod intake;
pub mod keys;
mod labels;
pub mod ledger;
mod limiter;
mod pictures;
pub mod plan;
pub mod publishing;
mod qr;
pub mod recheck;
pub mod recovery;
pub mod reports;
pub mod server;
pub mod system;
#[cfg(feature = "testing")]
pub mod testing;
pub mod verify;

pub use api::Api;
pub use error::HqError;
pub use headquarters::{Headquarters, MadeCode};
pub use server::{Options, Running, Server};
