//! Keys that open with the PIN and the computer's key store only.

use crate::backups::{begun_anew, busy, restore};
use crate::common::{PIN, Seeded, StillClock, begun, created, files, vault};
use baqylau_protocol::{Entropy, EventId, SealSecret};
use baqylau_store::testing::MemoryKeyStore;
use baqylau_store::{ChangePinError, KeyStore, KeyStoreError, Secret, Store, UnlockError, Vault};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex};
use tempfile::TempDir;

const NEW_PIN: &str = "73190";

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

fn computer(dir: &Path, key_store: &Arc<MemoryKeyStore>) -> Vault {
    vault(dir).with_key_store(Arc::clone(key_store) as _)
}

fn bind(vault: &Vault) -> Result<(), UnlockError> {
    vault.bind(PIN, &Seeded::new(11), &StillClock::new())
}

/// A store with a report in it, bound to a key store; closed.
fn bound(dir: &Path) -> Arc<MemoryKeyStore> {
    let key_store = Arc::new(MemoryKeyStore::default());
    let store = created(dir);
    begun(&store, 1);
    bind(&computer(dir, &key_store)).expect("bound while it is open");
    assert!(vault(dir).is_bound().expect("read"));
    key_store
}

fn unlock(vault: &Vault, pin: &str) -> Result<Store, UnlockError> {
    vault.unlock(pin, &StillClock::new())
}

fn assert_opens(vault: &Vault, pin: &str) {
    let store = unlock(vault, pin).expect("opens");
    assert_eq!(store.reports().expect("read").len(), 1);
}

fn refusal(vault: &Vault, pin: &str) -> KeyStoreError {
    match unlock(vault, pin) {
        Err(UnlockError::KeyStore(error)) => error,
        Err(other) => panic!("not a matter of the key store: {other}"),
        Ok(_) => panic!("it opened"),
    }
}

fn version(dir: &Path) -> serde_json::Value {
    let slots = fs::read(dir.join("keyslots.json")).expect("read");
    let slots: serde_json::Value = serde_json::from_slice(&slots).expect("JSON");
    slots["version"].clone()
}

fn copy(from: &Path, to: &Path) {
    for path in files(from) {
        let target = to.join(path.strip_prefix(from).expect("below"));
        fs::create_dir_all(target.parent().expect("a folder")).expect("made");
        fs::copy(&path, target).expect("copied");
    }
}

#[test]
fn a_seized_folder_opens_with_the_right_pin_on_its_own_computer_only() {
    let (dir, seized) = (folder(), folder());
    let own = bound(dir.path());
    copy(dir.path(), seized.path());
    let empty = Arc::default();
    assert_eq!(
        refusal(&computer(seized.path(), &empty), PIN),
        KeyStoreError::Missing
    );
    assert_eq!(refusal(&vault(seized.path()), PIN), KeyStoreError::Silent);
    // Neither does another computer's secret help that is put under the name that the slots ask for.
    let name = own.secrets().into_keys().next().expect("a secret");
    let other = Secret::new([7; 32]);
    let forged = Arc::new(MemoryKeyStore::with(BTreeMap::from([(name, other)])));
    assert_eq!(
        refusal(&computer(seized.path(), &forged), PIN),
        KeyStoreError::Missing
    );
    assert_opens(&computer(seized.path(), &own), PIN);
    // And the key store alone is not enough either.
    assert!(matches!(
        unlock(&computer(dir.path(), &own), "0000"),
        Err(UnlockError::WrongPin { .. })
    ));
}

#[test]
fn what_the_key_store_fails_at_costs_no_try_and_destroys_nothing() {
    let dir = folder();
    let own = bound(dir.path());
    let here = computer(dir.path(), &own);
    let clock = StillClock::new();
    own.silence(true);
    for _ in 0..20 {
        assert!(matches!(
            here.unlock_within("0000", &clock, Some(1)),
            Err(UnlockError::KeyStore(KeyStoreError::Silent))
        ));
    }
    assert_eq!(here.failures().expect("read"), 0);
    own.silence(false);
    assert_opens(&here, PIN);
    own.lose_everything();
    assert!(matches!(
        here.unlock_within(PIN, &clock, Some(1)),
        Err(UnlockError::KeyStore(KeyStoreError::Missing))
    ));
    assert_eq!(here.failures().expect("read"), 0);
}

/// Keeps what a kill would leave at every instant at which the key store is asked for something.
#[derive(Debug)]
struct Watched {
    dir: std::path::PathBuf,
    inner: MemoryKeyStore,
    seen: Mutex<Vec<(TempDir, BTreeMap<String, Secret>)>>,
}

impl Watched {
    fn note<T>(&self, call: impl FnOnce(&MemoryKeyStore) -> T) -> T {
        self.look();
        let done = call(&self.inner);
        self.look();
        done
    }

    fn look(&self) {
        let left = folder();
        copy(&self.dir, left.path());
        let mut seen = self.seen.lock().expect("not poisoned");
        seen.push((left, self.inner.secrets()));
    }
}

impl KeyStore for Watched {
    fn answers(&self) -> bool {
        self.inner.answers()
    }
    fn get(&self, name: &str) -> Result<Secret, KeyStoreError> {
        self.note(|inner| inner.get(name))
    }
    fn put(&self, name: &str, secret: &Secret) -> Result<(), KeyStoreError> {
        self.note(|inner| inner.put(name, secret))
    }
    fn remove(&self, name: &str) -> Result<(), KeyStoreError> {
        self.note(|inner| inner.remove(name))
    }
}

#[test]
fn killed_at_any_instant_of_binding_and_unbinding_the_pin_opens_what_is_left() {
    let dir = folder();
    let store = created(dir.path());
    begun(&store, 1);
    let watched = Arc::new(Watched {
        dir: dir.path().to_owned(),
        inner: MemoryKeyStore::default(),
        seen: Mutex::default(),
    });
    let here = vault(dir.path()).with_key_store(Arc::clone(&watched) as _);
    bind(&here).expect("bound");
    watched.look();
    // A second binding takes a fresh secret, and the one before is forgotten.
    here.bind(PIN, &Seeded::new(12), &StillClock::new())
        .expect("bound again");
    here.unbind(&store).expect("unbound");
    watched.look();
    let mut seen = watched.seen.lock().expect("not poisoned");
    let mut was_bound = Vec::new();
    for (left, secrets) in seen.drain(..) {
        was_bound.push(vault(left.path()).is_bound().expect("read"));
        let key_store = Arc::new(MemoryKeyStore::with(secrets));
        assert_opens(&computer(left.path(), &key_store), PIN);
    }
    assert!(!was_bound[0] && was_bound.contains(&true) && was_bound.last() == Some(&false));
    assert!(watched.inner.secrets().is_empty(), "no secret stays");
}

#[test]
fn a_key_store_that_keeps_nothing_binds_nothing() {
    let dir = folder();
    let key_store: Arc<MemoryKeyStore> = Arc::default();
    begun(&created(dir.path()), 1);
    let here = computer(dir.path(), &key_store);
    key_store.silence(true);
    assert!(!here.key_store_answers());
    assert!(matches!(
        bind(&here),
        Err(UnlockError::KeyStore(KeyStoreError::Silent))
    ));
    key_store.silence(false);
    let clock = StillClock::new();
    assert!(matches!(
        here.bind("0000", &Seeded::new(11), &clock),
        Err(UnlockError::WrongPin { failures: 1, .. })
    ));
    assert!(key_store.secrets().is_empty() && !here.is_bound().expect("read"));
    assert_opens(&vault(dir.path()), PIN);
}

#[test]
fn a_new_pin_stays_bound_and_unbinding_needs_no_key_store() {
    let dir = folder();
    let own = bound(dir.path());
    let here = computer(dir.path(), &own);
    let change = || here.change_pin(PIN, NEW_PIN, &Seeded::new(12), &StillClock::new());
    own.silence(true);
    assert!(matches!(
        change(),
        Err(ChangePinError::Old(UnlockError::KeyStore(_)))
    ));
    own.silence(false);
    change().expect("changed");
    assert!(here.is_bound().expect("read"));
    assert!(matches!(
        unlock(&here, PIN),
        Err(UnlockError::WrongPin { .. })
    ));
    assert_eq!(version(dir.path()), 3, "older versions must refuse it");
    let store = unlock(&here, NEW_PIN).expect("opens");
    own.lose_everything();
    own.silence(true);
    here.unbind(&store).expect("unbound");
    drop(store);
    assert_eq!(version(dir.path()), 1, "older versions read it again");
    assert_opens(&vault(dir.path()), NEW_PIN);
}

#[test]
fn a_backup_of_a_bound_device_opens_elsewhere_with_the_pin_alone() {
    let (dir, elsewhere, stick) = (folder(), folder(), folder());
    let key_store = Arc::new(MemoryKeyStore::default());
    let store = busy(dir.path());
    let here = computer(dir.path(), &key_store);
    bind(&here).expect("bound");
    here.change_pin(PIN, NEW_PIN, &Seeded::new(12), &StillClock::new())
        .expect("changed");
    // A key store that is lost while the device is open keeps nobody from a backup.
    key_store.lose_everything();
    let path = crate::backups::back_up(&store, stick.path());
    let kept = restore(elsewhere.path(), &path, NEW_PIN).expect("restored");
    let anew = begun_anew(elsewhere.path());
    let there = vault(elsewhere.path());
    let earlier = there.unlock_aside(&kept, NEW_PIN, &StillClock::new());
    let earlier = earlier.expect("the PIN alone opens it");
    let taken = anew.take_over(&kept, &earlier, crate::common::AT);
    assert_eq!(taken.expect("taken over").drafts, 2);
}

#[test]
fn a_store_set_aside_stays_bound_and_so_does_its_copy_in_a_backup_that_never_opened_it() {
    let dir = folder();
    let own = bound(dir.path());
    let here = computer(dir.path(), &own);
    let kept = here.end_journal(&StillClock::new()).expect("set aside");
    drop(begun_anew(dir.path()));
    let clock = StillClock::new();
    assert!(matches!(
        vault(dir.path()).unlock_aside(&kept, PIN, &clock),
        Err(UnlockError::KeyStore(_))
    ));
    let earlier = here.unlock_aside(&kept, PIN, &clock).expect("opens");
    // Once the new store has its key, a backup carries it in a form that the PIN opens anywhere.
    let store = unlock(&here, PIN).expect("the new one is not bound");
    let (elsewhere, stick) = (folder(), folder());
    store
        .take_over(&kept, &earlier, crate::common::AT)
        .expect("taken over");
    let path = crate::backups::back_up(&store, stick.path());
    let restored = restore(elsewhere.path(), &path, PIN).expect("restored");
    let there = vault(elsewhere.path());
    let nested = format!("{restored}/{kept}");
    assert!(there.unlock_aside(&nested, PIN, &clock).is_ok());
}

#[test]
fn headquarters_opens_a_device_whose_key_store_is_lost() {
    for lost in [true, false] {
        let dir = folder();
        let own = bound(dir.path());
        let here = computer(dir.path(), &own);
        let ids = Seeded::new(13);
        let headquarters = SealSecret::generate(1, &mut Entropy(&ids));
        let store = unlock(&here, PIN).expect("opens");
        let event = EventId("kz-2011".to_owned());
        let slot = store.recovery_slot(&event, &headquarters.public(), &ids);
        here.set_recovery(Some(&slot.expect("sealed")))
            .expect("written");
        drop(store);
        assert_eq!(version(dir.path()), 3);
        if lost {
            own.lose_everything();
        }
        let request = here.recovery_request(NEW_PIN).expect("asked");
        let whose = request.open(std::slice::from_ref(&headquarters));
        let answer = request.answer(&whose.expect("opened"), &mut Entropy(&ids));
        here.recover(&answer.expect("answered"), NEW_PIN, &ids)
            .expect("recovered");
        assert_eq!(here.is_bound().expect("read"), !lost);
        assert_opens(&here, NEW_PIN);
        assert!(here.recovery_slot().expect("read").is_some());
    }
}

#[test]
fn a_wipe_removes_the_secrets_and_does_not_wait_for_a_silent_key_store() {
    for silent in [false, true] {
        let dir = folder();
        let own = bound(dir.path());
        let here = computer(dir.path(), &own);
        here.end_journal(&StillClock::new()).expect("set aside");
        drop(begun_anew(dir.path()));
        here.bind(PIN, &Seeded::new(14), &StillClock::new())
            .expect("bound");
        assert_eq!(own.secrets().len(), 2, "one of each store");
        own.silence(silent);
        // Killed after the keys were destroyed: whoever looks next goes on, and still knows the names.
        here.destroy_keys().expect("destroyed");
        let next = computer(dir.path(), &own);
        next.destroy_keys().expect("again");
        next.wipe().expect("wiped");
        assert_eq!(own.secrets().is_empty(), !silent);
        let left = files(dir.path());
        assert!(left.iter().all(|path| path.ends_with("store.lock")));
    }
}
