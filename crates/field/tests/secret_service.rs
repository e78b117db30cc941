//! The adapter against the key store that a Linux desktop has: GNOME's keyring on a bus of its own, with nobody there to
//! type a password. Needs `gnome-keyring-daemon`, `dbus-run-session` and `dbus-send`.
#![cfg(target_os = "linux")]

use baqylau_field::{SystemClock, SystemIds, SystemKeyStore};
use baqylau_store::{Kdf, KeyStore as _, KeyStoreError, UnlockError, Vault};
use std::env;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::Arc;

/// Set in the process that runs inside the bus; names the folder for its files.
const FOLDER: &str = "BAQYLAU_TEST_SESSION";
const PIN: &str = "201100";
const CHEAP: Kdf = Kdf {
    memory_kib: 8,
    passes: 1,
    lanes: 1,
};

/// The test of this name again, in a process that this command starts.
fn again(mut start: Command, name: &str) -> Output {
    let folder = tempfile::tempdir().expect("a folder");
    start
        .args(["--exact", name, "--nocapture"])
        .env(FOLDER, folder.path())
        .env("HOME", folder.path())
        .env("XDG_DATA_HOME", folder.path())
        .env("XDG_CONFIG_HOME", folder.path())
        .env("XDG_RUNTIME_DIR", folder.path())
        .output()
        .expect("starts; `dbus-run-session` comes with the package dbus-daemon")
}

fn assert_passed(output: &Output) {
    assert!(
        output.status.success(),
        "{}\n{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}

/// Starts the keyring with a collection that is open. The process it leaves behind ends with the bus.
fn open_keyring() {
    let mut keyring = Command::new("gnome-keyring-daemon")
        .args(["--unlock", "--components=secrets"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .expect("gnome-keyring-daemon is there; the package is gnome-keyring");
    let mut password = keyring.stdin.take().expect("its input");
    password.write_all(b"of the login").expect("told");
    drop(password);
    assert!(keyring.wait().expect("it starts").success());
}

fn lock_keyring() {
    let locked = Command::new("dbus-send")
        .args([
            "--session",
            "--print-reply",
            "--dest=org.freedesktop.secrets",
        ])
        .arg("/org/freedesktop/secrets")
        .arg("org.freedesktop.Secret.Service.Lock")
        .arg("array:objpath:/org/freedesktop/secrets/collection/login")
        .output()
        .expect("asked");
    assert_passed(&locked);
}

#[test]
fn a_real_secret_service_binds_a_device_and_its_loss_is_said() {
    if let Some(folder) = env::var_os(FOLDER) {
        return on_a_desktop(Path::new(&folder));
    }
    let mut bus = Command::new("dbus-run-session");
    bus.arg("--").arg(env::current_exe().expect("a program"));
    let name = "a_real_secret_service_binds_a_device_and_its_loss_is_said";
    assert_passed(&again(bus, name));
}

fn on_a_desktop(folder: &Path) {
    open_keyring();
    assert!(SystemKeyStore.answers());
    assert_eq!(SystemKeyStore.get("nothing"), Err(KeyStoreError::Missing));
    assert_eq!(SystemKeyStore.remove("nothing"), Ok(()));

    let vault = Vault::with_kdf(folder.join("store"), CHEAP);
    let here = vault.clone().with_key_store(Arc::new(SystemKeyStore));
    let store = vault.create(PIN, &SystemIds, &SystemClock).expect("made");
    here.bind(PIN, &SystemIds, &SystemClock).expect("bound");
    drop(store);
    let store = here.unlock(PIN, &SystemClock).expect("opens");
    here.change_pin(PIN, "731904", &SystemIds, &SystemClock)
        .expect("changed");
    here.unbind(&store).expect("unbound");
    drop(store);
    drop(vault.unlock("731904", &SystemClock).expect("opens alone"));

    // Locked, and nobody there to unlock it: that is said, and is no wrong PIN.
    here.bind("731904", &SystemIds, &SystemClock)
        .expect("bound");
    lock_keyring();
    assert!(
        SystemKeyStore.answers(),
        "asking whether it is there asks nobody"
    );
    let locked = here.unlock("731904", &SystemClock).map(drop);
    assert!(
        matches!(locked, Err(UnlockError::KeyStore(KeyStoreError::Silent))),
        "{locked:?}"
    );
    assert_eq!(here.failures().expect("read"), 0);
    here.wipe().expect("a wipe needs no key store");
}

#[test]
fn without_a_bus_there_is_no_key_store() {
    if env::var_os(FOLDER).is_some() {
        assert!(!SystemKeyStore.answers());
        assert_eq!(SystemKeyStore.get("x"), Err(KeyStoreError::Silent));
        return;
    }
    let mut alone = Command::new(env::current_exe().expect("a program"));
    alone.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
    assert_passed(&again(alone, "without_a_bus_there_is_no_key_store"));
}
