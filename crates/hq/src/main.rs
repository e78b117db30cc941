//! `baqylau-hq`: see [`baqylau_hq::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    baqylau_hq::cli::run(std::env::args_os())
}
