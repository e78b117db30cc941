//! Headquarters as devices, pages and the command line meet it.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod ahead;
mod audit;
mod carried;
mod cli;
mod contract;
mod day;
mod device;
mod intake;
mod log;
mod office;
mod pages;
mod pictures;
mod reports;
mod restored;
mod stored;
mod versions;
