//! The disk as a file system that SQLite can use.

use super::locks::Holder;
use super::{Disk, Failure};
use parking_lot::Mutex;
use sqlite_plugin::flags::{AccessFlags, LockLevel, OpenMode, OpenOpts, ShmLockMode};
use sqlite_plugin::vars;
use sqlite_plugin::vfs::{RegisterOpts, Vfs, VfsHandle, VfsResult, register_static};
use std::ffi::CString;
use std::ptr::NonNull;
use std::sync::Arc;
use thiserror::Error;

/// A name under which SQLite finds whatever disk stands in it. Names cannot be given back, disks can be exchanged.
#[derive(Clone)]
pub struct Bay {
    name: String,
    disk: Arc<Mutex<Disk>>,
}

/// SQLite refused the file system.
#[derive(Debug, Error)]
#[error("SQLite refused the file system (code {0})")]
pub struct Unregistered(i32);

impl Bay {
    /// Registers a bay with SQLite, for as long as the process lives.
    ///
    /// # Errors
    /// [`Unregistered`].
    pub fn register(name: &str) -> Result<Self, Unregistered> {
        let bay = Self {
            name: name.to_owned(),
            disk: Arc::default(),
        };
        let c_name = CString::new(name).map_err(|_| Unregistered(vars::SQLITE_MISUSE))?;
        let opts = RegisterOpts {
            make_default: false,
        };
        register_static(c_name, bay.clone(), opts).map_err(Unregistered)?;
        Ok(bay)
    }

    /// The name to open databases with.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Puts another disk in. Connections opened before keep the one they were opened on.
    pub fn insert(&self, disk: &Disk) {
        *self.disk.lock() = disk.clone();
    }
}

/// An open file.
pub struct Handle {
    disk: Disk,
    name: String,
    holder: Holder,
    is_deleted_on_close: bool,
}

impl VfsHandle for Handle {
    fn readonly(&self) -> bool {
        false
    }

    fn in_memory(&self) -> bool {
        false
    }
}

fn code(failure: Failure) -> i32 {
    match failure {
        Failure::Io => vars::SQLITE_IOERR,
        Failure::Full => vars::SQLITE_FULL,
        Failure::Missing => vars::SQLITE_CANTOPEN,
    }
}

impl Vfs for Bay {
    type Handle = Handle;

    fn open(&self, path: Option<&str>, opts: OpenOpts) -> VfsResult<Handle> {
        let disk = self.disk.lock().clone();
        let name = path.map_or_else(|| format!("temporary-{}", disk.operations()), str::to_owned);
        let may_create = matches!(opts.mode(), OpenMode::ReadWrite { create } if create != sqlite_plugin::flags::CreateMode::None);
        if !disk.exists(&name) {
            if !may_create {
                return Err(vars::SQLITE_CANTOPEN);
            }
            disk.create(&name).map_err(code)?;
        }
        let holder = disk.0.lock().locks.open(&name);
        Ok(Handle {
            disk,
            name,
            holder,
            is_deleted_on_close: opts.delete_on_close(),
        })
    }

    fn delete(&self, path: &str) -> VfsResult<()> {
        match self.disk.lock().delete(path) {
            Err(Failure::Missing) => Err(vars::SQLITE_IOERR_DELETE_NOENT),
            other => other.map_err(code),
        }
    }

    fn access(&self, path: &str, _flags: AccessFlags) -> VfsResult<bool> {
        Ok(self.disk.lock().exists(path))
    }

    fn file_size(&self, handle: &mut Handle) -> VfsResult<usize> {
        handle.disk.size(&handle.name).map_err(code)
    }

    fn truncate(&self, handle: &mut Handle, size: usize) -> VfsResult<()> {
        handle.disk.truncate(&handle.name, size).map_err(code)
    }

    fn write(&self, handle: &mut Handle, offset: usize, data: &[u8]) -> VfsResult<usize> {
        handle
            .disk
            .write(&handle.name, offset, data)
            .map_err(code)?;
        Ok(data.len())
    }

    fn read(&self, handle: &mut Handle, offset: usize, data: &mut [u8]) -> VfsResult<usize> {
        handle.disk.read(&handle.name, offset, data).map_err(code)
    }

    fn lock(&self, handle: &mut Handle, level: LockLevel) -> VfsResult<()> {
        let mut state = handle.disk.0.lock();
        if state.locks.lock(&handle.name, handle.holder, level) {
            Ok(())
        } else {
            Err(vars::SQLITE_BUSY)
        }
    }

    fn unlock(&self, handle: &mut Handle, level: LockLevel) -> VfsResult<()> {
        let mut state = handle.disk.0.lock();
        state.locks.unlock(&handle.name, handle.holder, level);
        Ok(())
    }

    fn check_reserved_lock(&self, handle: &mut Handle) -> VfsResult<bool> {
        Ok(handle.disk.0.lock().locks.is_reserved(&handle.name))
    }

    fn sync(&self, handle: &mut Handle) -> VfsResult<()> {
        handle
            .disk
            .sync(&handle.name)
            .map_err(|failure| match failure {
                Failure::Io => vars::SQLITE_IOERR_FSYNC,
                other => code(other),
            })
    }

    fn close(&self, handle: Handle) -> VfsResult<()> {
        handle
            .disk
            .0
            .lock()
            .locks
            .close(&handle.name, handle.holder);
        if handle.is_deleted_on_close {
            // A temporary file that cannot be removed any more lies on a disk without power.
            let _ = handle.disk.delete(&handle.name);
        }
        Ok(())
    }

    fn sector_size(&self, _handle: &mut Handle) -> VfsResult<i32> {
        Ok(4096)
    }

    /// Nothing is promised but what every drive keeps: bytes beside the written ones stay as they are.
    fn device_characteristics(&self, _handle: &mut Handle) -> VfsResult<i32> {
        Ok(vars::SQLITE_IOCAP_POWERSAFE_OVERWRITE)
    }

    fn shm_map(
        &self,
        handle: &mut Handle,
        region_idx: usize,
        region_size: usize,
        extend: bool,
    ) -> VfsResult<Option<NonNull<u8>>> {
        let mut state = handle.disk.0.lock();
        let region = state
            .locks
            .region(&handle.name, region_idx, region_size, extend);
        Ok(region.and_then(|region| NonNull::new(region.as_mut_ptr().cast::<u8>())))
    }

    fn shm_lock(
        &self,
        handle: &mut Handle,
        offset: u32,
        count: u32,
        mode: ShmLockMode,
    ) -> VfsResult<()> {
        let mut state = handle.disk.0.lock();
        let places = offset..offset + count;
        if state
            .locks
            .shared_memory(&handle.name, handle.holder, places, mode)
        {
            Ok(())
        } else {
            Err(vars::SQLITE_BUSY)
        }
    }

    fn shm_barrier(&self, _handle: &mut Handle) {
        std::sync::atomic::fence(std::sync::atomic::Ordering::SeqCst);
    }

    /// The memory goes with the last open handle, see [`super::locks::Locks::close`].
    fn shm_unmap(&self, _handle: &mut Handle, _delete: bool) -> VfsResult<()> {
        Ok(())
    }
}
