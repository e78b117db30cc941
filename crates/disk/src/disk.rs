//! A model of a disk whose power can fail: what is on it as a running system sees it, what of that is durable,
//! and which changes lie between.
//!
//! It promises no more than POSIX does. A file's content is durable after a sync of the file, a name after a sync
//! of the folder it is in (not after a sync of the file, as most file systems would have it); a rename is one
//! step, durable with the folder of its new name. Everything else may survive or not, each change for itself.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use thiserror::Error;

/// A file or folder, whatever its names.
pub(crate) type Node = usize;

/// The folder that everything lies in; durable from the beginning.
pub(crate) const ROOT: Node = 0;

/// An operation that changes the disk. Paths are relative to the root, with `/` between names; the root is "".
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Operation {
    /// A new, empty file.
    Create(String),
    /// Bytes at a place in a file; beyond its end the file grows.
    Write {
        /// The file.
        path: String,
        /// The place of the first byte.
        offset: usize,
        /// The bytes.
        bytes: Vec<u8>,
    },
    /// Another length.
    Truncate {
        /// The file.
        path: String,
        /// The length in bytes.
        size: usize,
    },
    /// Another name; what had the new one before loses it.
    Rename {
        /// The name before.
        from: String,
        /// The name after.
        to: String,
    },
    /// A file or an empty folder loses its name.
    Remove(String),
    /// A new, empty folder.
    MakeFolder(String),
    /// A file's content, or a folder's names, become durable.
    Sync(String),
}

impl fmt::Display for Operation {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Create(path) => write!(to, "create {path}"),
            Self::Write {
                path,
                offset,
                bytes,
            } => write!(to, "write {path} {} bytes at {offset}", bytes.len()),
            Self::Truncate { path, size } => write!(to, "truncate {path} to {size}"),
            Self::Rename { from, to: new } => write!(to, "rename {from} to {new}"),
            Self::Remove(path) => write!(to, "remove {path}"),
            Self::MakeFolder(path) => write!(to, "make folder {path}"),
            Self::Sync(path) => write!(to, "sync {path}"),
        }
    }
}

/// An operation that the model cannot follow: the record is not complete.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("the record is not complete: nothing is known of `{0}`")]
pub struct Unknown(pub String);

/// A change of a file that is not durable yet.
#[derive(Debug, Clone)]
pub(crate) struct Change {
    /// The number of the operation, from 1.
    pub(crate) operation: u64,
    pub(crate) what: What,
}

#[derive(Debug, Clone)]
pub(crate) enum What {
    Write { offset: usize, bytes: Vec<u8> },
    Truncate(usize),
}

/// A name: the folder it is in, the name, what has it.
pub(crate) type Name = (Node, String, Node);

/// A change of names that is not durable yet. One with both is a rename.
#[derive(Debug, Clone)]
pub(crate) struct NameChange {
    pub(crate) operation: u64,
    pub(crate) lost: Option<Name>,
    pub(crate) made: Option<Name>,
}

/// The names in each folder.
pub(crate) type Names = BTreeMap<Node, BTreeMap<String, Node>>;

#[derive(Debug, Default, Clone)]
pub(crate) struct File {
    pub(crate) durable: Arc<Vec<u8>>,
    pub(crate) pending: Vec<Change>,
    now: Vec<u8>,
}

/// The disk.
#[derive(Debug, Clone)]
pub struct Disk {
    pub(crate) files: BTreeMap<Node, File>,
    pub(crate) durable_names: Names,
    pub(crate) pending_names: Vec<NameChange>,
    /// Rises whenever something becomes durable, so that two disks with the same number hold the same.
    pub(crate) generation: u64,
    names: Names,
    operations: u64,
    nodes: Node,
}

impl Default for Disk {
    fn default() -> Self {
        let names = Names::from([(ROOT, BTreeMap::new())]);
        Self {
            files: BTreeMap::new(),
            durable_names: names.clone(),
            pending_names: Vec::new(),
            generation: 0,
            names,
            operations: 0,
            nodes: ROOT,
        }
    }
}

impl Disk {
    /// Operations so far.
    #[must_use]
    pub fn operations(&self) -> u64 {
        self.operations
    }

    /// Whether something has this name, as a running system sees it.
    #[must_use]
    pub fn has(&self, path: &str) -> bool {
        self.find(path).is_ok()
    }

    /// A file's length as a running system sees it.
    #[must_use]
    pub fn length(&self, path: &str) -> Option<usize> {
        let node = self.find(path).ok()?;
        Some(self.files.get(&node)?.now.len())
    }

    /// Every file as a running system sees it.
    #[must_use]
    pub fn seen(&self) -> BTreeMap<String, &[u8]> {
        let named = walk(&self.names);
        let files = named.into_iter().filter_map(|(path, node)| {
            let file = self.files.get(&node)?;
            Some((path, file.now.as_slice()))
        });
        files.collect()
    }

    /// Does the next operation.
    ///
    /// # Errors
    /// When it names what is not there.
    pub fn act(&mut self, operation: &Operation) -> Result<(), Unknown> {
        self.operations += 1;
        match operation {
            Operation::Create(path) => {
                let node = self.new_node();
                self.files.insert(node, File::default());
                self.name(path, node)
            }
            Operation::MakeFolder(path) => {
                let node = self.new_node();
                self.names.insert(node, BTreeMap::new());
                self.durable_names.insert(node, BTreeMap::new());
                self.name(path, node)
            }
            Operation::Write {
                path,
                offset,
                bytes,
            } => self.change(
                path,
                What::Write {
                    offset: *offset,
                    bytes: bytes.clone(),
                },
            ),
            Operation::Truncate { path, size } => self.change(path, What::Truncate(*size)),
            Operation::Rename { from, to } => {
                let lost = self.forget(from)?;
                let (folder, name) = self.place(to)?;
                self.note(Some(lost.clone()), Some((folder, name, lost.2)));
                Ok(())
            }
            Operation::Remove(path) => {
                let lost = self.forget(path)?;
                self.note(Some(lost), None);
                Ok(())
            }
            Operation::Sync(path) => self.sync(path),
        }
    }

    /// Counts an operation that had no effect.
    pub fn skip(&mut self) {
        self.operations += 1;
    }

    fn new_node(&mut self) -> Node {
        self.nodes += 1;
        self.nodes
    }

    fn name(&mut self, path: &str, node: Node) -> Result<(), Unknown> {
        let (folder, name) = self.place(path)?;
        self.note(None, Some((folder, name, node)));
        Ok(())
    }

    fn note(&mut self, lost: Option<Name>, made: Option<Name>) {
        if let Some((folder, name, node)) = &made {
            let names = self.names.entry(*folder).or_default();
            names.insert(name.clone(), *node);
        }
        self.pending_names.push(NameChange {
            operation: self.operations,
            lost,
            made,
        });
    }

    fn forget(&mut self, path: &str) -> Result<Name, Unknown> {
        let node = self.find(path)?;
        let (folder, name) = self.place(path)?;
        self.names.entry(folder).or_default().remove(&name);
        Ok((folder, name, node))
    }

    fn change(&mut self, path: &str, what: What) -> Result<(), Unknown> {
        let node = self.find(path)?;
        let operation = self.operations;
        let file = self.files.get_mut(&node);
        let file = file.ok_or_else(|| Unknown(path.to_owned()))?;
        what.apply(&mut file.now, 0..usize::MAX);
        file.pending.push(Change { operation, what });
        Ok(())
    }

    fn sync(&mut self, path: &str) -> Result<(), Unknown> {
        let node = self.find(path)?;
        if let Some(file) = self.files.get_mut(&node) {
            if !file.pending.is_empty() {
                let durable = Arc::make_mut(&mut file.durable);
                for change in file.pending.drain(..) {
                    change.what.apply(durable, 0..usize::MAX);
                }
                self.generation += 1;
            }
            return Ok(());
        }
        let (synced, rest) = std::mem::take(&mut self.pending_names)
            .into_iter()
            .partition(|change| change.folder() == Some(node));
        self.pending_names = rest;
        let synced: Vec<NameChange> = synced;
        for change in &synced {
            change.apply(&mut self.durable_names);
        }
        self.generation += u64::from(!synced.is_empty());
        Ok(())
    }

    fn find(&self, path: &str) -> Result<Node, Unknown> {
        let mut parts = path.split('/').filter(|part| !part.is_empty());
        parts
            .try_fold(ROOT, |folder, name| {
                self.names.get(&folder)?.get(name).copied()
            })
            .ok_or_else(|| Unknown(path.to_owned()))
    }

    /// The folder a path lies in, and its last name.
    fn place(&self, path: &str) -> Result<(Node, String), Unknown> {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        Ok((self.find(folder)?, name.to_owned()))
    }
}

impl NameChange {
    /// The folder whose sync makes it durable.
    fn folder(&self) -> Option<Node> {
        let name = self.made.as_ref().or(self.lost.as_ref())?;
        Some(name.0)
    }

    pub(crate) fn apply(&self, names: &mut Names) {
        if let Some((folder, name, node)) = &self.lost {
            let names = names.entry(*folder).or_default();
            // Somebody else may have the name by now.
            if names.get(name) == Some(node) {
                names.remove(name);
            }
        }
        if let Some((folder, name, node)) = &self.made {
            let names = names.entry(*folder).or_default();
            names.insert(name.clone(), *node);
        }
    }
}

impl What {
    /// Does it, or only the part of a write that lies in `part` of its bytes.
    pub(crate) fn apply(&self, file: &mut Vec<u8>, part: std::ops::Range<usize>) {
        match self {
            Self::Truncate(size) => file.resize(*size, 0),
            Self::Write { offset, bytes } => {
                let (from, upto) = (part.start.min(bytes.len()), part.end.min(bytes.len()));
                if from >= upto {
                    return;
                }
                if file.len() < offset + upto {
                    file.resize(offset + upto, 0);
                }
                file[offset + from..offset + upto].copy_from_slice(&bytes[from..upto]);
            }
        }
    }
}

/// Everything that can be reached from the root: files and folders by path, folders before what is in them.
pub(crate) fn walk(names: &Names) -> Vec<(String, Node)> {
    let mut found = Vec::new();
    let mut open = vec![(String::new(), ROOT)];
    while let Some((path, folder)) = open.pop() {
        for (name, node) in names.get(&folder).into_iter().flatten() {
            let path = if path.is_empty() {
                name.clone()
            } else {
                format!("{path}/{name}")
            };
            found.push((path.clone(), *node));
            open.push((path, *node));
        }
    }
    found
}
