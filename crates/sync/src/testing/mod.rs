//! For tests: a reference headquarters in memory, a device in memory, a faulty road between them, and
//! the contract suite that every headquarters passes ([`contract::suite`]).

mod attached;
pub mod contract;
pub mod contract_pictures;
mod device;
mod faulty;
mod headquarters;
mod intake;
mod machine;
mod patient;
mod pictures;

pub use device::TestDevice;
pub use faulty::{Fault, Faulty};
pub use headquarters::{ReferenceHq, Snapshot};
pub use machine::SeededRandom;
