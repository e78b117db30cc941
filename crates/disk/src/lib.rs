//! The disk under the field database: what a power cut leaves of it, what an error at any operation does to it.
//!
//! A scripted [`session`] works on the real store while every file system call of it is [`recorded`](record). A
//! pure model of a [`disk`] replays the record and says what a power cut may leave; the real store opens that
//! ([`look`]), and what it finds is held against what had been acknowledged ([`promise`]). The product carries no
//! switch for any of this: what is tested is what is shipped.

pub mod damage;
pub mod disk;
pub mod errors;
pub mod look;
mod material;
pub mod powercut;
pub mod promise;
pub mod record;
pub mod say;
pub mod session;
mod strace;
pub mod stubborn;
pub mod survival;
