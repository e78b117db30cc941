//! Reads workbooks named on the command line and prints what is wrong with them, or a summary.
//!
//! `cargo run -p baqylau-forms --example check -- FILE…`

use baqylau_forms::{Problem, Source, read_with_warnings};
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut failed = false;
    for path in std::env::args().skip(1) {
        let bytes = match std::fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) => {
                print(&format!("{path}: {error}"));
                failed = true;
                continue;
            }
        };
        let source = if path.ends_with(".xlsx") {
            Source::Xlsx(&bytes)
        } else {
            Source::Csv { survey: &bytes }
        };
        match read_with_warnings(source) {
            Ok((form, warnings)) => {
                warnings.iter().for_each(|problem| tell(&path, problem));
                print(&format!("{path}: {:?}", form.summary()));
            }
            Err(problems) => {
                problems.iter().for_each(|problem| tell(&path, problem));
                failed = true;
            }
        }
    }
    if failed {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    }
}

fn tell(path: &str, problem: &Problem) {
    let row = problem.row.map(|row| row.to_string()).unwrap_or_default();
    let Problem {
        severity,
        sheet,
        column,
        code,
        args,
        ..
    } = problem;
    print(&format!(
        "{path}: {severity:?} {sheet}:{row}:{column} {code} {args:?}"
    ));
}

#[expect(clippy::print_stdout, reason = "a command's output")]
fn print(text: &str) {
    println!("{text}");
}
