//! The store as its users notice it, on real databases in temporary folders.

mod backups;
mod carried_pictures;
mod carriers;
mod common;
mod crash;
mod damage;
mod days;
mod ended;
mod evidence;
mod keystore;
mod life;
mod pictures;
mod reports;
mod sealing;
mod search;
mod vault;
