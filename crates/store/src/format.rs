//! The backup's file: a magic number, a list of the files in it with their hashes, the files, and a hash over all.
//!
//! Nothing in it is readable but names and lengths: the database is encrypted as it lies on the device, sealed
//! segments are sealed, and the key slots open with the PIN they were made with.

use crate::files::{ASIDE, DATABASE, KEY_SLOTS, OUTBOX, WAL};
use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, BufReader, Read, Write};
use std::path::{Path, PathBuf};

/// `BQLUBAK` and the major version.
const MAGIC: [u8; 8] = *b"BQLUBAK1";
/// A list longer than this is no list of ours.
const MOST_LIST_BYTES: u32 = 16 * 1024 * 1024;
const PIECE: usize = 256 * 1024;

/// What is in a backup.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Contents {
    pub(crate) files: Vec<Member>,
}

/// One file of it.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Member {
    /// Its path below the store's folder, with `/`.
    pub(crate) name: String,
    /// Its length.
    pub(crate) bytes: u64,
    /// SHA-256 of it, in hexadecimal.
    pub(crate) sha256: String,
}

/// Where a member's bytes are while a backup is written.
pub(crate) enum Bytes {
    /// In a file on the disk.
    In(PathBuf),
    /// In memory.
    Here(Vec<u8>),
}

impl Bytes {
    fn open(&self) -> io::Result<Box<dyn Read + '_>> {
        Ok(match self {
            Self::In(path) => Box::new(File::open(path)?),
            Self::Here(bytes) => Box::new(bytes.as_slice()),
        })
    }
}

/// Why a file is no backup that can be used.
#[derive(Debug)]
pub(crate) enum Unfit {
    NotABackup,
    TooNew,
    Damaged,
    Io(io::Error),
}

impl From<io::Error> for Unfit {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::UnexpectedEof {
            Self::Damaged
        } else {
            Self::Io(error)
        }
    }
}

/// Writes, and hashes what it writes.
struct Hashing<W> {
    inner: W,
    hash: Sha256,
}

impl<W: Write> Hashing<W> {
    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.hash.update(bytes);
        self.inner.write_all(bytes)
    }
}

/// The member that these bytes become.
pub(crate) fn member(name: String, from: &Bytes) -> io::Result<Member> {
    let mut hash = Sha256::new();
    let mut bytes = 0;
    pieces(from.open()?, u64::MAX, |piece| {
        bytes += piece.len() as u64;
        hash.update(piece);
        Ok(())
    })?;
    Ok(Member {
        name,
        bytes,
        sha256: HEXLOWER.encode(&hash.finalize()),
    })
}

/// Writes a backup; `sources` are the bytes of the files of `contents`, in their order. Synced when it returns.
pub(crate) fn write(
    to: File,
    contents: &Contents,
    sources: &[&Bytes],
    mut told: impl FnMut(u64),
) -> io::Result<()> {
    let list = serde_json::to_vec(contents)?;
    let length = u32::try_from(list.len()).map_err(io::Error::other)?;
    let mut out = Hashing {
        inner: to,
        hash: Sha256::new(),
    };
    out.put(&MAGIC)?;
    out.put(&length.to_be_bytes())?;
    out.put(&list)?;
    let mut done = 0;
    for (member, source) in contents.files.iter().zip(sources) {
        let mut copied = 0;
        pieces(source.open()?, member.bytes, |piece| {
            copied += piece.len() as u64;
            done += piece.len() as u64;
            told(done);
            out.put(piece)
        })?;
        if copied != member.bytes {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
    let Hashing { mut inner, hash } = out;
    inner.write_all(&hash.finalize())?;
    inner.sync_all()?;
    forget(&inner);
    Ok(())
}

/// Reads a backup from end to end, holding every hash against what is there. Of each file, `take` hears first that it
/// begins (no bytes), then its bytes. Returns the hash over all, which names the backup.
pub(crate) fn read(
    path: &Path,
    mut take: impl FnMut(&Member, &[u8]) -> io::Result<()>,
    mut told: impl FnMut(u64, u64),
) -> Result<[u8; 32], Unfit> {
    let file = File::open(path).map_err(Unfit::Io)?;
    let total = file.metadata().map_err(Unfit::Io)?.len();
    let mut input = BufReader::with_capacity(PIECE, file);
    let mut hash = Sha256::new();
    let contents = list(&mut input, &mut hash)?;
    let mut done = 0;
    for member in &contents.files {
        take(member, &[]).map_err(Unfit::Io)?;
        let mut own = Sha256::new();
        let mut here = 0;
        pieces(&mut input, member.bytes, |piece| {
            hash.update(piece);
            own.update(piece);
            here += piece.len() as u64;
            told(done + here, total);
            take(member, piece)
        })
        .map_err(Unfit::Io)?;
        done += here;
        if here != member.bytes || HEXLOWER.encode(&own.finalize()) != member.sha256 {
            return Err(Unfit::Damaged);
        }
    }
    let mut said = [0; 32];
    input.read_exact(&mut said)?;
    let is_over = input.read(&mut [0])? == 0;
    let found: [u8; 32] = hash.finalize().into();
    if is_over && found == said {
        Ok(found)
    } else {
        Err(Unfit::Damaged)
    }
}

fn list(input: &mut impl Read, hash: &mut Sha256) -> Result<Contents, Unfit> {
    let mut magic = [0; MAGIC.len()];
    input.read_exact(&mut magic).map_err(|error| {
        if error.kind() == io::ErrorKind::UnexpectedEof {
            Unfit::NotABackup
        } else {
            Unfit::Io(error)
        }
    })?;
    if magic[..7] != MAGIC[..7] {
        return Err(Unfit::NotABackup);
    }
    if magic != MAGIC {
        return Err(Unfit::TooNew);
    }
    let mut length = [0; 4];
    input.read_exact(&mut length)?;
    let count = u32::from_be_bytes(length);
    if count > MOST_LIST_BYTES {
        return Err(Unfit::Damaged);
    }
    let mut bytes = Vec::new();
    input.take(u64::from(count)).read_to_end(&mut bytes)?;
    for part in [&magic[..], &length, &bytes] {
        hash.update(part);
    }
    let contents: Contents = serde_json::from_slice(&bytes).map_err(|_| Unfit::Damaged)?;
    let names: BTreeSet<&str> = contents.files.iter().map(|it| it.name.as_str()).collect();
    let is_fit = names.len() == contents.files.len()
        && names.iter().all(|name| is_name(name))
        && [DATABASE, KEY_SLOTS]
            .iter()
            .all(|name| names.contains(name));
    if is_fit {
        Ok(contents)
    } else {
        Err(Unfit::Damaged)
    }
}

/// Whether a name stays below the folder it is unpacked into, and is one that a backup has.
fn is_name(name: &str) -> bool {
    let plain = |part: &str| {
        !part.is_empty()
            && part != "."
            && part != ".."
            && part
                .bytes()
                .all(|it| it.is_ascii_alphanumeric() || b"._-".contains(&it))
    };
    let parts: Vec<&str> = name.split('/').collect();
    let is_file = match parts.as_slice() {
        [.., OUTBOX, segment] => is_segment(segment),
        [.., file] => [DATABASE, WAL, KEY_SLOTS].contains(file),
        [] => false,
    };
    let below_aside = matches!(parts.as_slice(), [ASIDE, _, _, ..])
        || matches!(parts.as_slice(), [_] | [OUTBOX, _]);
    is_file && below_aside && parts.iter().all(|part| plain(part))
}

pub(crate) fn is_segment(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|it| it == "seg")
}

/// At most `limit` bytes of `input`, piece by piece.
fn pieces(
    input: impl Read,
    limit: u64,
    mut take: impl FnMut(&[u8]) -> io::Result<()>,
) -> io::Result<()> {
    let mut input = input.take(limit);
    let mut piece = vec![0; PIECE];
    loop {
        match input.read(&mut piece) {
            Ok(0) => return Ok(()),
            Ok(count) => take(&piece[..count])?,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// Asks the system to read from the medium next time and not from its memory. Only Linux can be asked.
#[cfg(target_os = "linux")]
fn forget(file: &File) {
    let _ = rustix::fs::fadvise(file, 0, None, rustix::fs::Advice::DontNeed);
}

#[cfg(not(target_os = "linux"))]
fn forget(_: &File) {}

#[cfg(test)]
mod tests {
    use super::is_name;

    #[test]
    fn a_name_in_a_backup_stays_below_the_folder_and_is_one_of_the_store() {
        for good in [
            "baqylau.db",
            "keyslots.json",
            "outbox/00000001-004-ab.seg",
            "aside/20110403T010000Z-corrupt/baqylau.db-wal",
            "aside/a/aside/b/outbox/00000001-004-ab.seg",
        ] {
            assert!(is_name(good), "{good}");
        }
        for bad in [
            "",
            "/baqylau.db",
            "../baqylau.db",
            "aside/../baqylau.db",
            "aside/baqylau.db",
            "outbox/../../x.seg",
            "other/baqylau.db",
            "attempts.json",
            "outbox/a\\b.seg",
            "aside//baqylau.db",
        ] {
            assert!(!is_name(bad), "{bad}");
        }
    }
}
