//! Writes what this version of headquarters makes of a day, for later versions to read:
//! `cargo run -p baqylau-hq --example store-day -- crates/hq/tests/stored/NAME`.
//!
//! Once written, such a folder stays as it is (`tests/stored/README.md`).
#![allow(clippy::unwrap_used, clippy::expect_used, dead_code, missing_docs)]

#[path = "../tests/suite/day.rs"]
mod day;
#[path = "../tests/suite/device.rs"]
mod device;
#[path = "../tests/suite/office.rs"]
mod office;

use std::fs;
use std::path::{Path, PathBuf};

#[tokio::main]
async fn main() {
    let to = PathBuf::from(std::env::args().nth(1).expect("where to?"));
    assert!(!to.exists(), "what is stored stays as it is");
    let day = day::Day::whole().await;
    baqylau_hq::export::write(&day.office.headquarters, &to.join("export")).unwrap();
    copy(&office::mission(), &to.join("mission"));
    let office::Office {
        data, headquarters, ..
    } = day.office;
    // The ledger is one file again when it has been closed.
    drop(headquarters);
    copy(data.path(), &to.join("data"));
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap();
        if path.is_dir() {
            copy(&path, &to.join(name));
        } else {
            fs::copy(&path, to.join(name)).unwrap();
        }
    }
}
