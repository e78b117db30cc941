//! What a process did to the disk, and what it said meanwhile, in order.

use crate::disk::{Disk, Operation, Unknown};
use crate::strace::{self, CALLS, Call, Unreadable};
use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};
use thiserror::Error;

/// One step of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// It changed the disk.
    Disk(Operation),
    /// It said a line.
    Said(String),
}

/// Why there is no record.
#[derive(Debug, Error)]
pub enum RecordError {
    /// The program or `strace` could not be started, or a file not be read.
    #[error("the session could not be recorded")]
    Io(#[from] io::Error),
    /// The program failed.
    #[error("the session failed: {0}")]
    Failed(String),
    /// `strace` wrote something unexpected.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    /// A call that the model does not know, on a file of the session.
    #[error("the session did what the model of the disk does not know: {0}")]
    NotModelled(String),
    /// The record lacks something.
    #[error(transparent)]
    Unknown(#[from] Unknown),
    /// The folder after the session is not what the record says.
    #[error("the record does not lead to the folder that the session left: {0}")]
    Differs(String),
}

/// Runs a command under `strace` and reads what it did below `root`, which `disk` holds before and after.
///
/// The command says its lines with `writev` on a pipe, one call a line: no other call is taken for speech.
///
/// # Errors
/// See [`RecordError`]; above all when anything happened that the model does not know.
pub fn record(
    command: &Command,
    root: &Path,
    log: &Path,
    disk: &mut Disk,
) -> Result<Vec<Step>, RecordError> {
    let mut traced = Command::new("strace");
    traced
        .args(["-f", "-y", "-xx", "-s", "16777216", "-o"])
        .arg(log)
        .args(["-e", &format!("trace={CALLS}"), "-e", "signal=none"])
        .arg(command.get_program())
        .args(command.get_args())
        .stdin(Stdio::null());
    let output = traced.output()?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(RecordError::Failed(said.trim().to_owned()));
    }
    let root = fs::canonicalize(root)?;
    let root = root.to_string_lossy();
    let mut reader = Reader {
        root: &root,
        disk,
        places: HashMap::new(),
        steps: Vec::new(),
    };
    for line in fs::read_to_string(log)?.lines() {
        if let Some(call) = strace::call(line)? {
            reader.read(&call)?;
        }
    }
    Ok(reader.steps)
}

/// Holds the model against the folder that a session has left, byte by byte.
///
/// # Errors
/// [`RecordError::Differs`] with the first file that is not the same.
pub fn compare(disk: &Disk, root: &Path) -> Result<(), RecordError> {
    let mut found = Vec::new();
    files(root, root, &mut found)?;
    let seen = disk.seen();
    for path in &found {
        let bytes = fs::read(root.join(path))?;
        if seen.get(path).copied() != Some(bytes.as_slice()) {
            return Err(RecordError::Differs(path.clone()));
        }
    }
    match seen.keys().find(|path| !found.contains(path)) {
        Some(path) => Err(RecordError::Differs(path.clone())),
        None => Ok(()),
    }
}

fn files(root: &Path, folder: &Path, found: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy();
        if path.is_dir() {
            files(root, &path, found)?;
        } else if !is_memory(&name) {
            found.push(name.into_owned());
        }
    }
    Ok(())
}

/// The index of the write-ahead log lies in shared memory behind a file. Whoever opens the database first after
/// everybody let go of it makes it anew, so nothing in it outlives a power cut, whatever the disk has kept.
fn is_memory(path: &str) -> bool {
    path.ends_with("-shm")
}

/// Turns calls into steps.
struct Reader<'a> {
    root: &'a str,
    disk: &'a mut Disk,
    /// The place of the next `write` in a file that is open for nothing but writing.
    places: HashMap<i64, usize>,
    steps: Vec<Step>,
}

impl Reader<'_> {
    fn read(&mut self, call: &Call<'_>) -> Result<(), RecordError> {
        if call.name == "writev" && call.path_of(0)?.starts_with("pipe:") {
            let said = String::from_utf8_lossy(&call.gathered(1)?).into_owned();
            self.steps.push(Step::Said(said.trim_end().to_owned()));
            return Ok(());
        }
        let Some(result) = call.result else {
            return Ok(());
        };
        match call.name {
            "openat" => self.open(call, result)?,
            "close" => {
                self.places.remove(&call.descriptor(0)?);
            }
            "write" => self.write(call, result)?,
            "pwrite64" => {
                let offset = call.number(3)?;
                self.put(call, result, offset)?;
            }
            "ftruncate" => {
                let size = call.number(1)?;
                let path = self.inside(call.path_of(0)?);
                self.act(path.map(|path| Operation::Truncate { path, size }))?;
            }
            "rename" => self.rename(call)?,
            "unlink" | "rmdir" => {
                let path = self.inside(call.path(0, None)?);
                self.act(path.map(Operation::Remove))?;
            }
            "unlinkat" => {
                let path = self.inside(call.path(1, Some(0))?);
                self.act(path.map(Operation::Remove))?;
            }
            "mkdir" => {
                let path = self.inside(call.path(0, None)?);
                self.act(path.map(Operation::MakeFolder))?;
            }
            "fsync" | "fdatasync" => {
                let path = self.inside(call.path_of(0)?);
                self.act(path.map(Operation::Sync))?;
            }
            "mmap" => self.map(call)?,
            _ => return Err(not_modelled(call)),
        }
        Ok(())
    }

    fn open(&mut self, call: &Call<'_>, result: i64) -> Result<(), RecordError> {
        let Some(path) = self.inside(call.path(1, Some(0))?) else {
            return Ok(());
        };
        if call.has_flag(2, "O_APPEND") || call.has_flag(2, "O_TMPFILE") {
            return Err(not_modelled(call));
        }
        if call.has_flag(2, "O_WRONLY") {
            self.places.insert(result, 0);
        }
        if call.has_flag(2, "O_CREAT") && !self.disk.has(&path) {
            self.act(Some(Operation::Create(path)))
        } else if call.has_flag(2, "O_TRUNC") && self.disk.length(&path) > Some(0) {
            self.act(Some(Operation::Truncate { path, size: 0 }))
        } else {
            Ok(())
        }
    }

    fn write(&mut self, call: &Call<'_>, result: i64) -> Result<(), RecordError> {
        let path = call.path_of(0)?;
        // What goes to standard error and to eventfds is not on the disk.
        if self.inside(path).is_none() {
            return Ok(());
        }
        let descriptor = call.descriptor(0)?;
        let place = self.places.get(&descriptor).copied();
        let place = place.ok_or_else(|| not_modelled(call))?;
        self.put(call, result, place)?;
        let written = usize::try_from(result).unwrap_or_default();
        self.places.insert(descriptor, place + written);
        Ok(())
    }

    fn put(&mut self, call: &Call<'_>, result: i64, offset: usize) -> Result<(), RecordError> {
        let Some(path) = self.inside(call.path_of(0)?) else {
            return Ok(());
        };
        let mut bytes = call.bytes(1)?;
        bytes.truncate(usize::try_from(result).unwrap_or_default());
        self.act(Some(Operation::Write {
            path,
            offset,
            bytes,
        }))
    }

    fn rename(&mut self, call: &Call<'_>) -> Result<(), RecordError> {
        let from = self.inside(call.path(0, None)?);
        let to = self.inside(call.path(1, None)?);
        match (from, to) {
            (Some(from), Some(to)) => self.act(Some(Operation::Rename { from, to })),
            (None, None) => Ok(()),
            _ => Err(not_modelled(call)),
        }
    }

    /// A file that is written through memory would not show in the record.
    fn map(&self, call: &Call<'_>) -> Result<(), RecordError> {
        let is_written = call.has_flag(2, "PROT_WRITE") && call.has_flag(3, "MAP_SHARED");
        if is_written
            && !call.has_flag(3, "MAP_ANONYMOUS")
            && self.inside(call.path_of(4)?).is_some()
        {
            return Err(not_modelled(call));
        }
        Ok(())
    }

    /// A path relative to the root; `None` for one outside, or for one that is only memory.
    fn inside(&self, path: String) -> Option<String> {
        let rest = path.strip_prefix(self.root)?;
        let is_below = rest.is_empty() || rest.starts_with('/');
        (is_below && !is_memory(rest)).then(|| rest.trim_start_matches('/').to_owned())
    }

    fn act(&mut self, operation: Option<Operation>) -> Result<(), RecordError> {
        if let Some(operation) = operation {
            self.disk.act(&operation)?;
            self.steps.push(Step::Disk(operation));
        }
        Ok(())
    }
}

fn not_modelled(call: &Call<'_>) -> RecordError {
    RecordError::NotModelled(format!("{} {:.200}", call.name, call.arguments.join(", ")))
}
