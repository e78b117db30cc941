//! One owner each (invariant 5): SQL, the window's toolkit, the interface's door to the host.

use super::Complaint;
use super::purity::outside_tests;
use super::tree::{Tree, extension};
use serde_json::Value;

/// Crates that may hold a database driver.
const DRIVERS: &[&str] = &["baqylau-store", "baqylau-hq"];

/// Folders that may hold SQL.
const SQL_FOLDERS: &[&str] = &["crates/store/", "crates/hq/"];

/// Beginnings of statements; each needs its second word too, so that prose is left alone.
const STATEMENTS: &[(&str, &str)] = &[
    ("SELECT ", " FROM "),
    ("INSERT ", "INTO "),
    ("UPDATE ", " SET "),
    ("DELETE ", "FROM "),
    ("CREATE ", "TABLE "),
    ("CREATE ", "TRIGGER "),
    ("PRAGMA ", ""),
];

const DOOR: &str = "ui/src/host/tauri.ts";

/// Looks for guests in other people's rooms.
pub(super) fn check(tree: &Tree, members: &Value) -> Vec<Complaint> {
    let mut complaints = drivers(members);
    complaints.extend(statements(tree));
    complaints.extend(doors(tree));
    complaints
}

fn drivers(members: &Value) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for package in members["packages"].as_array().into_iter().flatten() {
        let name = package["name"].as_str().unwrap_or_default();
        for dependency in package["dependencies"].as_array().into_iter().flatten() {
            let target = dependency["name"].as_str().unwrap_or_default();
            if (target == "tauri" || target.starts_with("tauri-")) && name != "baqylau-app" {
                complaints.push(Complaint::at(
                    name,
                    format!("only src-tauri may depend on {target}"),
                ));
            }
            let is_driver = target.starts_with("rusqlite")
                || target.starts_with("tokio-postgres")
                || target == "sqlx";
            if is_driver && !DRIVERS.contains(&name) {
                complaints.push(Complaint::at(
                    name,
                    format!("only store and hq may depend on {target}"),
                ));
            }
        }
    }
    complaints
}

fn statements(tree: &Tree) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for (path, text) in tree.all() {
        let is_at_home = SQL_FOLDERS.iter().any(|folder| path.starts_with(folder));
        // This crate names the statements in order to look for them.
        if is_at_home || path.starts_with("crates/xtask/") {
            continue;
        }
        match extension(path) {
            "sql" => complaints.push(Complaint::at(path, "SQL lives in store and hq")),
            "rs" => {
                for (number, line) in outside_tests(text) {
                    if STATEMENTS
                        .iter()
                        .any(|(first, then)| holds(line, first, then))
                    {
                        complaints.push(Complaint::on(path, number, "SQL lives in store and hq"));
                    }
                }
            }
            _ => {}
        }
    }
    complaints
}

fn holds(line: &str, first: &str, then: &str) -> bool {
    line.split_once(first)
        .is_some_and(|(_, rest)| rest.contains(then))
}

fn doors(tree: &Tree) -> Vec<Complaint> {
    tree.below("ui/src/")
        .filter(|(path, _)| *path != DOOR)
        .flat_map(|(path, text)| {
            text.lines()
                .enumerate()
                .filter(|(_, line)| line.contains("@tauri-apps/"))
                .map(move |(index, _)| {
                    Complaint::on(
                        path,
                        index + 1,
                        format!("only {DOOR} may import @tauri-apps"),
                    )
                })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::real;
    use super::*;
    use serde_json::json;

    #[test]
    fn sql_outside_its_rooms_is_refused() {
        let (mut tree, members) = (real::tree(), real::members());
        let before = check(&tree, &members);
        tree.put(
            "crates/field/src/shortcut.rs",
            "const Q: &str = \"SELECT seq FROM entry\";\n",
        );
        tree.put("crates/field/sql/report.sql", "SELECT 1;\n");
        tree.put(
            "crates/store/src/at_home.rs",
            "const Q: &str = \"SELECT seq FROM entry\";\n",
        );
        assert_eq!(
            real::newly(&before, &check(&tree, &members)),
            [
                "crates/field/sql/report.sql: SQL lives in store and hq",
                "crates/field/src/shortcut.rs:1: SQL lives in store and hq",
            ]
        );
    }

    #[test]
    fn a_second_door_to_the_host_is_refused() {
        let (mut tree, members) = (real::tree(), real::members());
        let before = check(&tree, &members);
        tree.put(
            "ui/src/field/today/Today.ts",
            "import { invoke } from '@tauri-apps/api/core';\n",
        );
        let news = real::newly(&before, &check(&tree, &members));
        assert_eq!(
            news,
            ["ui/src/field/today/Today.ts:1: only ui/src/host/tauri.ts may import @tauri-apps"]
        );
    }

    #[test]
    fn the_window_toolkit_and_the_database_stay_where_they_belong() {
        let members = json!({ "packages": [
            { "name": "baqylau-field", "dependencies": [{ "name": "tauri" }, { "name": "rusqlite" }] },
            { "name": "baqylau-app", "dependencies": [{ "name": "tauri" }] },
            { "name": "baqylau-store", "dependencies": [{ "name": "rusqlite" }] },
        ]});
        let complaints = check(&Tree::default(), &members);
        assert_eq!(complaints.len(), 2);
        assert!(
            complaints
                .iter()
                .all(|one| one.to_string().starts_with("baqylau-field: only"))
        );
    }
}
