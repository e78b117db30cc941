//! What the model of a disk promises, and what it does not.

use baqylau_disk::disk::{Disk, Operation, Unknown};
use baqylau_disk::survival::Fates;
use std::collections::BTreeMap;
use std::sync::Arc;

fn disk(operations: &[Operation]) -> Disk {
    let mut disk = Disk::default();
    for operation in operations {
        disk.act(operation).expect("a complete record");
    }
    disk
}

fn write(path: &str, bytes: &[u8]) -> Operation {
    Operation::Write {
        path: path.to_owned(),
        offset: 0,
        bytes: bytes.to_vec(),
    }
}

fn create(path: &str) -> Operation {
    Operation::Create(path.to_owned())
}

fn sync(path: &str) -> Operation {
    Operation::Sync(path.to_owned())
}

/// What is left when nothing unsynced survives.
fn least(disk: &Disk) -> BTreeMap<String, Arc<Vec<u8>>> {
    disk.image(&Fates::nothing(disk)).files
}

#[test]
fn a_synced_file_without_a_synced_name_is_gone() {
    let disk = disk(&[create("a"), write("a", b"x"), sync("a")]);
    assert!(least(&disk).is_empty());
}

#[test]
fn a_synced_name_without_synced_content_is_empty() {
    let disk = disk(&[create("a"), write("a", b"x"), sync("")]);
    assert!(least(&disk)["a"].is_empty());
}

#[test]
fn a_file_replaced_in_one_step_is_the_old_one_or_the_new_one() {
    let replace = Operation::Rename {
        from: "b".to_owned(),
        to: "a".to_owned(),
    };
    let mut disk = disk(&[
        create("a"),
        write("a", b"old"),
        sync("a"),
        sync(""),
        create("b"),
        write("b", b"new"),
        sync("b"),
        replace,
    ]);
    assert_eq!(least(&disk)["a"].as_slice(), b"old");
    let all = disk.image(&Fates::everything(&disk)).files;
    assert_eq!(all["a"].as_slice(), b"new");
    assert_eq!(all.len(), 1, "the name beside it is gone");
    disk.act(&sync("")).expect("the root is there");
    assert_eq!(least(&disk)["a"].as_slice(), b"new");
}

#[test]
fn files_in_a_folder_whose_own_name_is_not_durable_are_gone() {
    let disk = disk(&[
        Operation::MakeFolder("f".to_owned()),
        create("f/a"),
        write("f/a", b"x"),
        sync("f/a"),
        sync("f"),
    ]);
    assert!(least(&disk).is_empty());
    assert_eq!(
        disk.image(&Fates::everything(&disk)).files["f/a"].as_slice(),
        b"x"
    );
}

#[test]
fn a_removed_file_may_come_back_until_its_folder_is_synced() {
    let mut disk = disk(&[
        create("a"),
        write("a", b"x"),
        sync("a"),
        sync(""),
        Operation::Remove("a".to_owned()),
    ]);
    assert_eq!(least(&disk)["a"].as_slice(), b"x");
    disk.act(&sync("")).expect("the root is there");
    assert!(least(&disk).is_empty());
}

#[test]
fn what_is_not_in_the_record_is_not_guessed() {
    let mut disk = Disk::default();
    assert_eq!(disk.act(&write("a", b"x")), Err(Unknown("a".to_owned())));
}
