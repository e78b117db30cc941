//! Days of work, backups and losses in random order.

use crate::backups::{folder, restore, take_over};
use crate::common::{AT, PIN, Seeded, StillClock, created, draft, finished, text, vault};
use baqylau_domain::{Answers, DeviceId, ReportState};
use baqylau_store::{Identity, SignedBlob, Store, Tally};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::path::PathBuf;
use tempfile::TempDir;
use uuid::Uuid;

/// What a holder does in a day of backups.
#[derive(Debug, Clone, Copy)]
enum Act {
    Begin,
    Answer(u8),
    Finish(u8),
    Reopen,
    BackUp,
    /// The device is lost: the last backup is restored on another, and work goes on there.
    Restore,
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        2 => Just(Act::Begin),
        5 => any::<u8>().prop_map(Act::Answer),
        2 => any::<u8>().prop_map(Act::Finish),
        1 => Just(Act::Reopen),
        2 => Just(Act::BackUp),
        1 => Just(Act::Restore),
    ]
}

/// Reports by id: whether finished, and the number last answered with.
type Model = BTreeMap<u128, (bool, Option<u64>)>;

/// A device, its model, and the backup with the model of then.
struct World {
    dir: TempDir,
    store: Store,
    model: Model,
    stick: TempDir,
    backup: Option<(PathBuf, Model)>,
    count: u64,
}

impl World {
    fn new() -> Self {
        let dir = folder();
        let store = created(dir.path());
        Self {
            dir,
            store,
            model: Model::new(),
            stick: folder(),
            backup: None,
            count: 0,
        }
    }

    fn drafts(&self) -> Vec<u128> {
        let drafts = self.model.iter().filter(|(_, (done, _))| !done);
        drafts.map(|(id, _)| *id).collect()
    }

    fn act(&mut self, act: Act) {
        self.count += 1;
        let drafts = self.drafts();
        let chosen = |of: u8| drafts.get(usize::from(of) % drafts.len().max(1)).copied();
        match act {
            Act::Begin => {
                let id = u128::from(self.count);
                self.store
                    .begin(&draft(id), &Answers::new(), Tally::default())
                    .expect("begun");
                self.model.insert(id, (false, None));
            }
            Act::Answer(of) => {
                let Some(id) = chosen(of) else { return };
                let value = text(&self.count.to_string());
                let report = Uuid::from_u128(id);
                self.store
                    .save_answer(report, "A1", Some(&value), AT, None)
                    .expect("saved");
                self.model.insert(id, (false, Some(self.count)));
            }
            Act::Finish(of) => {
                let Some(id) = chosen(of) else { return };
                finished(&self.store, Uuid::from_u128(id));
                let said = self.model.get_mut(&id).expect("it is there");
                said.0 = true;
            }
            Act::Reopen => self.reopen(),
            Act::BackUp => {
                let path = self.stick.path().join(format!("{}.backup", self.count));
                self.store
                    .back_up(&path, &mut |_, _, _| {})
                    .expect("backed up");
                self.backup = Some((path, self.model.clone()));
            }
            Act::Restore => self.restore(),
        }
    }

    fn reopen(&mut self) {
        let elsewhere = folder();
        // Nothing may hold the lock while the store is opened again.
        self.store = created(elsewhere.path());
        self.store = vault(self.dir.path())
            .unlock(PIN, &StillClock::new())
            .expect("unlocked");
    }

    fn restore(&mut self) {
        let Some((path, then)) = self.backup.clone() else {
            return;
        };
        let dir = folder();
        let at = restore(dir.path(), &path, PIN).expect("restored");
        let store = vault(dir.path())
            .create(PIN, &Seeded::new(self.count), &StillClock::new())
            .expect("created");
        let device = u8::try_from(self.count % 251).expect("small") + 4;
        let identity = Identity {
            device: DeviceId([device; 16]),
            genesis: [device; 32],
            device_key: vec![device; 64].into(),
            certificate: b"another".to_vec(),
        };
        let config = SignedBlob {
            version: 1,
            bytes: b"config".to_vec(),
        };
        store.enrol(&identity, &config, AT).expect("enrolled");
        let taken = take_over(dir.path(), &store, &at);
        let drafts = then.values().filter(|(done, _)| !done).count();
        assert_eq!(usize::try_from(taken.drafts).expect("small"), drafts);
        let earlier = store.open_earlier(&at).expect("opens");
        same(&earlier, &then);
        drop(earlier);
        self.model = then.into_iter().filter(|(_, (done, _))| !done).collect();
        (self.store, self.dir) = (store, dir);
        self.check();
    }

    fn check(&self) {
        same(&self.store, &self.model);
        self.store.verify_journal().expect("the chain holds");
    }
}

/// Holds a store's reports against the model.
fn same(store: &Store, model: &Model) {
    let found: Model = store
        .reports()
        .expect("read")
        .into_iter()
        .map(|it| {
            let answers = store.answers(it.id).expect("read");
            let number = answers.get("A1").map(|value| match value {
                baqylau_domain::Value::Text(text) => text.parse().expect("a number"),
                other => panic!("{other:?}"),
            });
            (it.id.as_u128(), (it.state == ReportState::Finished, number))
        })
        .collect();
    assert_eq!(&found, model);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_done_a_restored_backup_gives_back_what_was_in_it(acts in prop::collection::vec(act(), 1..40)) {
        let mut world = World::new();
        for act in acts {
            world.act(act);
        }
        world.check();
    }
}
