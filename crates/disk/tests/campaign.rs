//! The campaign of power cuts is itself tested: a store that syncs nothing must be found to lose answers.
//!
//! The records here are not `strace`'s. The session's folder is compared with the model's after everything that is
//! acknowledged, and each difference counts as a write that was synced at once.

use baqylau_disk::disk::{Disk, Operation};
use baqylau_disk::powercut::{Options, Outcome, cut};
use baqylau_disk::record::Step;
use baqylau_disk::session::{Part, Session};
use std::cell::RefCell;
use std::fs;
use std::path::Path;

const ANSWERS: u64 = 20;
const SECTOR: usize = 512;

#[derive(Default)]
struct Watch {
    disk: Disk,
    steps: Vec<Step>,
}

impl Watch {
    fn act(&mut self, operation: Operation) {
        self.disk.act(&operation).expect("a complete record");
        self.steps.push(Step::Disk(operation));
    }

    fn changes(&mut self, root: &Path, folder: &Path) {
        let path = |path: &Path| {
            let inside = path.strip_prefix(root).expect("inside");
            inside.to_str().expect("a plain name").to_owned()
        };
        let mut entries: Vec<_> = fs::read_dir(folder)
            .expect("a folder")
            .map(|entry| entry.expect("an entry").path())
            .filter(|path| !path.to_string_lossy().ends_with("-shm"))
            .collect();
        entries.sort();
        for entry in entries {
            let name = path(&entry);
            let is_new = !self.disk.has(&name);
            if entry.is_dir() {
                if is_new {
                    self.act(Operation::MakeFolder(name));
                    self.act(Operation::Sync(path(folder)));
                }
                self.changes(root, &entry);
                continue;
            }
            let bytes = fs::read(&entry).expect("read");
            // The store replaces its small files in one step.
            let beside = format!("{name}.new");
            let is_small = name.ends_with(".json");
            if is_new {
                let first = if is_small { &beside } else { &name };
                self.act(Operation::Create(first.clone()));
                self.act(Operation::Sync(path(folder)));
                self.content(first, &bytes);
            } else {
                self.content(&name, &bytes);
            }
            if is_new && is_small {
                self.act(Operation::Rename {
                    from: beside,
                    to: name,
                });
                self.act(Operation::Sync(path(folder)));
            }
        }
    }

    fn content(&mut self, path: &str, bytes: &[u8]) {
        let before = self.disk.seen()[path].to_vec();
        assert!(bytes.len() >= before.len(), "{path} became shorter");
        let differs = |at: usize| {
            let part = at..(at + SECTOR).min(bytes.len());
            before.get(part.clone()) != Some(&bytes[part])
        };
        let mut at = 0;
        let mut is_changed = false;
        while at < bytes.len() {
            let begin = at;
            while at < bytes.len() && differs(at) {
                at += SECTOR;
            }
            if at > begin {
                is_changed = true;
                self.act(Operation::Write {
                    path: path.to_owned(),
                    offset: begin,
                    bytes: bytes[begin..at.min(bytes.len())].to_vec(),
                });
            }
            at += SECTOR;
        }
        if is_changed {
            self.act(Operation::Sync(path.to_owned()));
        }
    }
}

fn record() -> Vec<Step> {
    let folder = tempfile::tempdir().expect("a folder");
    let watch = RefCell::new(Watch::default());
    let mut session = Session::new(folder.path(), ANSWERS, |said| {
        let mut watch = watch.borrow_mut();
        watch.changes(folder.path(), folder.path());
        watch.steps.push(Step::Said(said.to_string()));
        Ok(())
    });
    drop(session.run(Part::Begin).expect("it works"));
    drop(session);
    watch.into_inner().steps
}

fn campaign(ignores_syncs: bool) -> Outcome {
    let work = tempfile::tempdir().expect("a folder");
    let options = Options {
        work: work.path().to_owned(),
        survivals: 4,
        seed: 1,
        workers: 2,
        only: None,
        ignores_syncs,
    };
    cut(&record(), &options, |_, _| ()).expect("it runs")
}

#[test]
fn a_store_that_syncs_loses_nothing() {
    let outcome = campaign(false);
    assert_eq!(outcome.failures, []);
    assert!(outcome.is_good());
    assert!(outcome.states > outcome.operations / 2, "states differ");
}

#[test]
fn a_store_that_does_not_sync_is_found_to_lose_answers() {
    let outcome = campaign(true);
    assert!(outcome.lost > 0 && !outcome.is_good());
}
