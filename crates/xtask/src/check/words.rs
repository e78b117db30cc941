//! Words that a finished repository does not hold: reminders, one machine's paths, hosts nobody vouched for.

use super::Complaint;
use super::tree::{Tree, extension};

/// Reminders to oneself. Written in halves so that this file does not complain of itself.
const REMINDERS: &[&str] = &[
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("XX", "X:"),
    concat!("HACK", ":"),
];

/// Paths that exist on one machine only.
const PATHS: &[&str] = &[
    concat!("/ro", "ot/"),
    concat!("/ho", "me/"),
    concat!("/Us", "ers/"),
    concat!("/wo", "rk/"),
];

/// Hosts that documents, namespaces and licences may name. Reserved names (`*.example`, `*.invalid`) always may.
const HOSTS: &[&str] = &[
    "127.0.0.1",
    "localhost",
    "::1",
    "ipc.localhost",
    "tauri.localhost",
    "schema.tauri.app",
    "www.w3.org",
    "www.apache.org",
    "getodk.org",
    "docs.getodk.org",
    "getodk.github.io",
    "xlsform.org",
    "openrosa.org",
    "www.opendatakit.org",
    "odihr.osce.org",
    "www.osce.org",
    "osce.org",
    "nodejs.org",
    "crates.io",
    "docs.rs",
    "github.com",
    "raw.githubusercontent.com",
    "opensource.org",
    "www.rfc-editor.org",
    "datatracker.ietf.org",
    "registry.npmjs.org",
    "json-schema.org",
    "schemas.openxmlformats.org",
    "schemas.microsoft.com",
    "keepachangelog.com",
    "projectfluent.org",
    "svelte.dev",
    "vite.dev",
    "tauri.app",
    "v2.tauri.app",
    "example.org",
    "example.com",
];

/// Kinds of file in which words are ours. Lock files are read by the check of lock files.
const KINDS: &[&str] = &[
    "rs", "ts", "svelte", "css", "html", "sql", "md", "toml", "ftl", "sh", "py", "mjs", "js",
    "json", "yml", "svg", "txt", "",
];

/// Reads every text.
pub(super) fn check(tree: &Tree) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for (path, text) in tree.all() {
        let is_lock = path.ends_with("package-lock.json") || path.ends_with("Cargo.lock");
        if is_lock || !KINDS.contains(&extension(path)) {
            continue;
        }
        for (index, line) in text.lines().enumerate() {
            let reminders = REMINDERS.iter().filter(|word| line.contains(**word));
            for word in reminders.chain(PATHS.iter().filter(|path| begins(line, path))) {
                complaints.push(Complaint::on(path, index + 1, format!("holds {word}")));
            }
            for host in hosts(line).filter(|host| !is_known(host)) {
                complaints.push(Complaint::on(
                    path,
                    index + 1,
                    format!("names the host {host}"),
                ));
            }
        }
    }
    complaints
}

/// Whether a path from the root of a machine stands in a line; `instance('x')/root/item` is none.
fn begins(line: &str, path: &str) -> bool {
    line.match_indices(path).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        !before.is_some_and(|letter| letter.is_alphanumeric() || ")].}*'~-_".contains(letter))
    })
}

/// Hosts of the addresses in a line.
fn hosts(line: &str) -> impl Iterator<Item = &str> {
    line.split("://")
        .skip(1)
        .zip(line.split("://"))
        .filter_map(|(rest, before)| {
            let is_web = ["http", "https", "ws", "wss", "git", "ssh"]
                .iter()
                .any(|scheme| before.ends_with(scheme));
            let end =
                rest.find(|letter: char| !(letter.is_alphanumeric() || "-._:[]".contains(letter)));
            let authority = &rest[..end.unwrap_or(rest.len())];
            let host = match authority.strip_prefix('[') {
                Some(bracketed) => bracketed.split(']').next().unwrap_or_default(),
                None => authority.split(':').next().unwrap_or_default(),
            };
            (is_web && host.contains(['.', ':'])).then_some(host.trim_end_matches('.'))
        })
}

fn is_known(host: &str) -> bool {
    // Names and numbers that standards keep for examples.
    let is_example = [".example", ".invalid", ".example.org", ".example.com"]
        .iter()
        .any(|end| host.ends_with(end))
        || ["192.0.2.", "198.51.100.", "203.0.113."]
            .iter()
            .any(|start| host.starts_with(start));
    HOSTS.contains(&host) || is_example || host.starts_with("127.")
}

#[cfg(test)]
mod tests {
    use super::super::real;
    use super::*;

    #[test]
    fn reminders_machine_paths_and_strange_hosts_are_named() {
        let mut tree = real::tree();
        let before = check(&tree);
        let text = format!(
            "// {}: later\nlet a = \"{}me/x\";\nlet b = \"https:{}cdn.tracker.net/x.js\";\n",
            REMINDERS[0], PATHS[0], "//"
        );
        tree.put("crates/forms/src/left.rs", &text);
        let news = real::newly(&before, &check(&tree));
        assert_eq!(news.len(), 3, "{news:?}");
        assert_eq!(
            news[2],
            "crates/forms/src/left.rs:3: names the host cdn.tracker.net"
        );
    }

    #[test]
    fn hosts_are_found_with_ports_brackets_and_templates() {
        let found = |line| hosts(line).collect::<Vec<_>>();
        assert_eq!(
            found("see https://getodk.org/x and http://[::1]:80/"),
            ["getodk.org", "::1"]
        );
        assert_eq!(
            found("format!(\"https://{address}/v1\")"),
            Vec::<&str>::new()
        );
        assert_eq!(found("https://127.0.0.1:8443"), ["127.0.0.1"]);
    }
}
