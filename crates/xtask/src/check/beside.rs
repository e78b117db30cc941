//! The fuzzer's own workspace: held against the same lists, and built of the very packages that are shipped.

use super::tree::Tree;
use super::{Complaint, licences};
use serde_json::Value;
use std::collections::BTreeSet;

const LOCK: &str = "fuzz/Cargo.lock";

/// Licences and sources of what the fuzzer is built of; and of what it shares with the product, the same versions.
pub(super) fn check(tree: &Tree, shipped: &Value, fuzzed: &Value) -> Vec<Complaint> {
    let ours = versions(shipped);
    let names: BTreeSet<&str> = ours.iter().map(|(name, _)| *name).collect();
    let others = versions(fuzzed)
        .into_iter()
        .filter(|one| names.contains(one.0) && !ours.contains(one))
        .map(|(name, version)| {
            let says = format!(
                "{name} {version} is not what Cargo.lock says: cargo update --manifest-path fuzz/Cargo.toml {name} --precise VERSION"
            );
            Complaint::at(LOCK, says)
        });
    let mut complaints = licences::check_beside(tree, LOCK, fuzzed);
    complaints.extend(others);
    complaints
}

fn versions(packages: &Value) -> BTreeSet<(&str, &str)> {
    let all = packages["packages"].as_array().into_iter().flatten();
    all.filter_map(|package| Some((package["name"].as_str()?, package["version"].as_str()?)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::real;
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_fuzzed_is_what_is_shipped() {
        let tree = real::tree();
        let shipped =
            json!({ "packages": [{ "name": "zip", "version": "2.0.0", "license": "MIT" }] });
        let package = |version, licence| json!({ "packages": [{ "name": "zip", "version": version, "license": licence }] });
        assert_eq!(check(&tree, &shipped, &package("2.0.0", "MIT")), []);
        let older = check(&tree, &shipped, &package("1.0.0", "MIT"));
        assert!(
            older[0]
                .to_string()
                .starts_with("fuzz/Cargo.lock: zip 1.0.0 is not")
        );
        assert_eq!(older.len(), 1);
        assert_eq!(
            check(&tree, &shipped, &package("2.0.0", "SSPL-1.0")).len(),
            1
        );
    }
}
