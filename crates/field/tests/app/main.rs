//! The core as a host drives it: commands by name, on a real encrypted store, with the reference
//! headquarters in the same process.

mod binding;
mod by_itself;
mod carrying;
mod carrying_pictures;
mod device;
mod enrolling;
mod errors;
mod evidence;
mod generated;
mod locking;
mod losing;
mod office;
mod pictures;
mod recovering;
mod restoring;
mod sealing;
mod sending;
mod visiting;
