//! What headquarters of earlier versions wrote, read by this one.

use crate::office::{NOON_MS, TurnedClock};
use baqylau_hq::evidence::{Expected, Export, verify};
use baqylau_hq::system::SystemIds;
use baqylau_hq::{Headquarters, export};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempDir;

/// One folder for each version.
fn stored() -> Vec<PathBuf> {
    let all = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stored");
    let entries = fs::read_dir(all)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let versions: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    assert!(!versions.is_empty());
    versions
}

/// A copy: headquarters writes into its folder.
fn copied(data: &Path) -> TempDir {
    let copy = TempDir::new().unwrap();
    let keys = copy.path().join("keys");
    fs::create_dir(&keys).unwrap();
    for entry in fs::read_dir(data.join("keys")).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, keys.join(path.file_name().unwrap())).unwrap();
    }
    fs::copy(data.join("ledger.db"), copy.path().join("ledger.db")).unwrap();
    copy
}

#[test]
fn an_export_of_any_earlier_version_passes_its_audit() {
    for folder in stored() {
        let found = verify(
            &export::read(&folder.join("export")).unwrap(),
            &Expected::default(),
        );
        assert_eq!(found.faults, [], "{}", folder.display());
        assert_eq!((found.devices, found.entries), (4, 28));
    }
}

#[test]
fn a_ledger_of_any_earlier_version_opens_and_exports_what_it_exported_then() {
    for folder in stored() {
        let data = copied(&folder.join("data"));
        let mission = folder.join("mission");
        let (clock, ids) = (TurnedClock::at(NOON_MS), Arc::new(SystemIds));
        let headquarters = Headquarters::open(&mission, data.path(), clock, ids).unwrap();
        assert_eq!(headquarters.verify().unwrap().faults, []);
        let (now, then) = (
            export::whole(&headquarters).unwrap(),
            export::read(&folder.join("export")).unwrap(),
        );
        let names = |export: &Export| export.keys().cloned().collect::<Vec<String>>();
        assert_eq!(names(&now), names(&then), "{}", folder.display());
        for (name, bytes) in then {
            assert!(now[&name] == bytes, "{name} of {}", folder.display());
        }
    }
}
