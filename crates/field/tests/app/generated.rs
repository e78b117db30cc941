//! The interface's types in the repository are those of this core.

use std::collections::BTreeMap;
use std::path::Path;

fn files(dir: &Path) -> BTreeMap<String, String> {
    let read = |entry: std::fs::DirEntry| {
        let text = std::fs::read_to_string(entry.path()).expect("a file");
        (entry.file_name().to_string_lossy().into_owned(), text)
    };
    std::fs::read_dir(dir)
        .expect("a folder")
        .flatten()
        .map(read)
        .filter(|(name, _)| name.ends_with(".ts"))
        .collect()
}

#[test]
fn the_committed_types_are_not_stale() {
    let fresh = tempfile::tempdir().expect("a folder");
    baqylau_field::typescript::export(fresh.path()).expect("written");
    let committed = files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/src/generated"));
    for (name, text) in files(fresh.path()) {
        assert_eq!(
            committed.get(&name),
            Some(&text),
            "{name} is stale: run `cargo xtask gen`"
        );
    }
}
