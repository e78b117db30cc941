//! The store as its users notice it, on real databases in temporary folders.

mod carriers;
mod common;
mod crash;
mod damage;
mod evidence;
mod life;
mod pictures;
mod reports;
mod sealing;
mod search;
mod vault;
