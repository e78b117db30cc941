//! Pure crates do no input or output, read no clock, make no ids and no random numbers (invariant 4).

use super::Complaint;
use super::tree::Tree;
use serde_json::Value;

const PURE: &[&str] = &["domain", "forms", "protocol", "indicators"];

/// Crates that reach outside.
const REACHING: &[&str] = &[
    "tokio",
    "reqwest",
    "rusqlite",
    "axum",
    "hyper",
    "getrandom",
    "rand",
    "tempfile",
    "memmap2",
    "socket2",
];

/// Calls that reach outside.
const CALLS: &[&str] = &[
    "std::fs",
    "std::net",
    "std::env",
    "std::process",
    "std::thread",
    "std::io::std",
    "SystemTime::now",
    "Instant::now",
    "Utc::now",
    "Local::now",
    "Uuid::now_v7",
    "Uuid::new_v4",
    "OsRng",
    "SysRng",
    "println!",
];

/// Holds the pure crates' dependencies and source against both lists.
pub(super) fn check(tree: &Tree, members: &Value) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for package in members["packages"].as_array().into_iter().flatten() {
        let name = package["name"].as_str().unwrap_or_default();
        if !PURE
            .iter()
            .any(|pure| name.strip_prefix("baqylau-") == Some(*pure))
        {
            continue;
        }
        for dependency in package["dependencies"].as_array().into_iter().flatten() {
            let target = dependency["name"].as_str().unwrap_or_default();
            if dependency["kind"].is_null() && REACHING.contains(&target) {
                complaints.push(Complaint::at(
                    name,
                    format!("is pure and must not depend on {target}"),
                ));
            }
        }
    }
    for pure in PURE {
        let folder = format!("crates/{pure}/src/");
        for (path, text) in tree
            .below(&folder)
            .filter(|(path, _)| path.ends_with(".rs"))
        {
            for (number, line) in outside_tests(text) {
                if let Some(call) = CALLS.iter().find(|call| line.contains(**call)) {
                    complaints.push(Complaint::on(
                        path,
                        number,
                        format!("a pure crate must not use {call}"),
                    ));
                }
            }
        }
    }
    complaints
}

/// Numbered lines of code: without comments, and without what follows the file's test module.
pub(super) fn outside_tests(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines()
        .enumerate()
        .map(|(index, line)| (index + 1, line.trim()))
        .take_while(|(_, line)| *line != "#[cfg(test)]")
        .filter(|(_, line)| !line.starts_with("//"))
}

#[cfg(test)]
mod tests {
    use super::super::real;
    use super::*;
    use serde_json::json;

    #[test]
    fn a_clock_in_a_pure_crate_is_refused() {
        let (mut tree, members) = (real::tree(), real::members());
        let before = check(&tree, &members);
        tree.put(
            "crates/forms/src/today.rs",
            "/// When.\npub fn today() -> DateTime<Utc> {\n    Utc::now()\n}\n",
        );
        let news = real::newly(&before, &check(&tree, &members));
        assert_eq!(
            news,
            ["crates/forms/src/today.rs:3: a pure crate must not use Utc::now"]
        );
    }

    #[test]
    fn a_test_of_a_pure_crate_may_read_a_file() {
        let mut tree = Tree::default();
        tree.put(
            "crates/forms/src/read.rs",
            "#[cfg(test)]\nmod tests { use std::fs; }\n",
        );
        assert_eq!(check(&tree, &json!({ "packages": [] })), []);
    }

    #[test]
    fn a_network_under_a_pure_crate_is_refused() {
        let members = json!({ "packages": [
            { "name": "baqylau-protocol", "dependencies": [{ "name": "tokio", "kind": null }] },
            { "name": "baqylau-sync", "dependencies": [{ "name": "tokio", "kind": null }] },
        ]});
        assert_eq!(check(&Tree::default(), &members).len(), 1);
    }
}
