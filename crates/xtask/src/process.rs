//! Running other programs to their end.

use crate::trouble::{Outcome, Trouble};
use std::path::PathBuf;
use std::process::{Command, ExitStatus, Stdio};

/// Runs to the end; output goes where ours goes.
pub(crate) fn run(command: &mut Command) -> Outcome {
    let status = command
        .stdin(Stdio::null())
        .status()
        .map_err(|source| unstartable(command, source))?;
    settle(command, status)
}

/// Runs to the end what is only a preparation: all its output goes to standard error, so that standard output
/// holds what was asked for and nothing else.
pub(crate) fn run_aside(command: &mut Command) -> Outcome {
    run(command.stdout(std::io::stderr()))
}

/// Runs to the end with the keyboard attached, for programs that may ask for a password.
pub(crate) fn run_asking(command: &mut Command) -> Outcome {
    let status = command
        .status()
        .map_err(|source| unstartable(command, source))?;
    settle(command, status)
}

/// Runs to the end and returns standard output; standard error goes where ours goes.
pub(crate) fn output(command: &mut Command) -> Outcome<String> {
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .map_err(|source| unstartable(command, source))?;
    settle(command, output.status)?;
    String::from_utf8(output.stdout).map_err(|reason| Trouble::Unreadable {
        what: shown(command),
        reason: reason.to_string(),
    })
}

/// Where a program is, if it is anywhere on the path.
pub(crate) fn found(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(program))
        .find(|candidate| candidate.is_file())
}

/// Tries whether this machine lets one program watch another's system calls; containers often do not.
pub(crate) fn may_trace() -> Outcome {
    run_aside(Command::new("strace").args(["-f", "-o", "/dev/null", "true"]))
}

/// The command as one would type it.
pub(crate) fn shown(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy().into_owned()];
    words.extend(
        command
            .get_args()
            .map(|word| word.to_string_lossy().into_owned()),
    );
    words.join(" ")
}

fn settle(command: &Command, status: ExitStatus) -> Outcome {
    if status.success() {
        return Ok(());
    }
    Err(Trouble::Failed {
        program: shown(command),
        status: status.to_string(),
        code: status.code(),
    })
}

fn unstartable(command: &Command, source: std::io::Error) -> Trouble {
    Trouble::Unstartable {
        program: shown(command),
        source,
    }
}
