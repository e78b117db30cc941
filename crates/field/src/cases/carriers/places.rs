//! Where a bundle's file may lie: sticks and cards that are plugged in, and the downloads of this machine.

use crate::view::{BundleFile, CarryPlace};
use baqylau_domain::Moment;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// How a bundle's file ends.
pub(crate) const ENDING: &str = "obsb";
/// Folders under which systems show what is plugged in.
const PLUGGED_IN: [&str; 4] = ["/media/", "/run/media/", "/mnt/", "/Volumes/"];

/// Folders to look at, and whether each is plugged in.
pub(crate) fn roots() -> Vec<(PathBuf, bool)> {
    let mut roots: Vec<_> = plugged_in().into_iter().map(|path| (path, true)).collect();
    let home = std::env::var_os(if cfg!(windows) { "USERPROFILE" } else { "HOME" });
    if let Some(home) = home.map(PathBuf::from) {
        roots.push((home.join("Downloads"), false));
    }
    roots
}

fn plugged_in() -> Vec<PathBuf> {
    if cfg!(windows) {
        let letters = ('D'..='Z').map(|letter| PathBuf::from(format!("{letter}:\\")));
        return letters.filter(|root| root.is_dir()).collect();
    }
    if cfg!(target_os = "macos") {
        let volumes = fs::read_dir("/Volumes").into_iter().flatten().flatten();
        return volumes.map(|entry| entry.path()).collect();
    }
    mounted(&fs::read_to_string("/proc/mounts").unwrap_or_default())
}

/// What Linux says is mounted where plugged-in things are.
fn mounted(mounts: &str) -> Vec<PathBuf> {
    mounts
        .lines()
        .filter_map(|line| line.split(' ').nth(1))
        .map(|place| place.replace("\\040", " "))
        .filter(|place| PLUGGED_IN.iter().any(|under| place.starts_with(under)))
        .map(PathBuf::from)
        .collect()
}

/// The folders that are there, with the files in them that end so. Their times are told with the offset of `now`.
pub(crate) fn look(roots: &[(PathBuf, bool)], ending: &str, now: Moment) -> Vec<CarryPlace> {
    let there = roots.iter().filter(|(path, _)| path.is_dir());
    there
        .map(|(path, removable)| CarryPlace {
            path: path.to_string_lossy().into_owned(),
            removable: *removable,
            bundles: files(path, ending, now),
        })
        .collect()
}

/// Files with this ending directly in a folder, the latest first. What cannot be read is not shown.
fn files(folder: &Path, ending: &str, now: Moment) -> Vec<BundleFile> {
    let mut found: Vec<BundleFile> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            let path = entry.path();
            let about = entry.metadata().ok().filter(fs::Metadata::is_file)?;
            let is_wanted = path.extension().is_some_and(|it| it == ending);
            let file = BundleFile {
                path: path.to_string_lossy().into_owned(),
                name: entry.file_name().to_string_lossy().into_owned(),
                bytes: about.len(),
                written_at: about.modified().ok().and_then(|at| told(at, now)),
            };
            is_wanted.then_some(file)
        })
        .collect();
    found.sort_by(|a, b| {
        let latest = b.written_at.cmp(&a.written_at);
        latest.then_with(|| a.name.cmp(&b.name))
    });
    found
}

fn told(at: SystemTime, now: Moment) -> Option<Moment> {
    let since = at.duration_since(SystemTime::UNIX_EPOCH).ok()?;
    let utc_ms = i64::try_from(since.as_millis()).ok()?;
    Some(Moment { utc_ms, ..now })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn what_is_plugged_in_is_found_among_what_is_mounted() {
        let mounts = "/dev/sda1 / ext4 rw 0 0\n\
                      /dev/sdb1 /media/a/MY\\040STICK vfat rw 0 0\n\
                      tmpfs /run tmpfs rw 0 0\n\
                      /dev/sdc1 /run/media/a/CARD vfat rw 0 0\n";
        let wanted = ["/media/a/MY STICK", "/run/media/a/CARD"].map(PathBuf::from);
        assert_eq!(mounted(mounts), wanted);
    }

    #[test]
    fn only_bundles_are_listed_and_only_folders_that_are_there() {
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["1.obsb", "2.txt", "3.part"] {
            fs::write(folder.path().join(name), b"x").expect("written");
        }
        let gone = folder.path().join("gone");
        let earlier = SystemTime::UNIX_EPOCH + Duration::from_secs(1_299_126_600);
        let file = fs::File::options()
            .write(true)
            .open(folder.path().join("1.obsb"));
        file.and_then(|it| it.set_modified(earlier)).expect("set");
        let now = Moment {
            utc_ms: 0,
            offset_min: 360,
        };
        let roots = [(folder.path().to_owned(), true), (gone, false)];
        let places = look(&roots, ENDING, now);
        assert_eq!(places.len(), 1);
        let names: Vec<_> = places[0]
            .bundles
            .iter()
            .map(|file| file.name.as_str())
            .collect();
        assert_eq!(names, ["1.obsb"]);
        let written = Moment {
            utc_ms: 1_299_126_600_000,
            ..now
        };
        assert_eq!(places[0].bundles[0].written_at, Some(written));
    }
}
