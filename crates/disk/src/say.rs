//! How a session speaks: with one `writev` a line, which nothing else of it uses. So its lines are told from what
//! it writes, stand in one order with that, and never fail when writes are made to fail.

use std::fs::File;
use std::io::{self, IoSlice, Write};
use std::os::fd::AsFd;
use std::path::Path;

/// Where the lines go: standard output.
#[derive(Debug)]
pub struct Mouth(File);

impl Mouth {
    /// Opens it.
    ///
    /// # Errors
    /// When there is no standard output.
    pub fn open() -> io::Result<Self> {
        Ok(Self(File::from(io::stdout().as_fd().try_clone_to_owned()?)))
    }

    /// Says a line.
    ///
    /// # Errors
    /// When nobody listens any more.
    pub fn say(&mut self, line: &str) -> io::Result<()> {
        let line = format!("{line}\n");
        let written = self.0.write_vectored(&[IoSlice::new(line.as_bytes())])?;
        if written == line.len() {
            Ok(())
        } else {
            Err(io::ErrorKind::WriteZero.into())
        }
    }
}

/// An empty folder, in memory where there is one: nothing in it has to outlast anything, and memory is quicker.
///
/// # Errors
/// When it cannot be made.
pub fn work_folder() -> io::Result<tempfile::TempDir> {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() {
        tempfile::tempdir_in(memory)
    } else {
        tempfile::tempdir()
    }
}
