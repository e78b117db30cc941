//! Crashes that leave a copy of a program's memory behind, where that is not forbidden.

use crate::error::RehearsalError;
use rustix::process::{Pid, Resource, Rlimit, Signal, getrlimit, kill_process, setrlimit};
use std::os::unix::process::ExitStatusExt as _;
use std::path::Path;
use tokio::process::{Child, Command};

/// Lets programs leave dumps as large as the system allows. Whether one that forbids nothing leaves one: else nothing is
/// shown by a core that leaves none.
pub(super) async fn leaves_dumps(work: &Path) -> Result<bool, RehearsalError> {
    let most = getrlimit(Resource::Core).maximum;
    let limit = Rlimit {
        current: most,
        maximum: most,
    };
    setrlimit(Resource::Core, limit).map_err(std::io::Error::from)?;
    // A dump would be left where it runs.
    let folder = tempfile::tempdir_in(work)?;
    let status = Command::new("sh")
        .args(["-c", "kill -ABRT $$"])
        .current_dir(&folder)
        .status()
        .await?;
    Ok(status.core_dumped())
}

/// Ends it by a signal that leaves a dump where that is not forbidden. Whether it left one.
pub(super) async fn crash_with_dump(child: &mut Child) -> Result<bool, RehearsalError> {
    let id = child.id().and_then(|id| i32::try_from(id).ok());
    if let Some(id) = id.and_then(Pid::from_raw) {
        kill_process(id, Signal::ABORT).map_err(std::io::Error::from)?;
    }
    Ok(child.wait().await?.core_dumped())
}
