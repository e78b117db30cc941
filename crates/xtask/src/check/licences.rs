//! Licences of everything we build on, against the list in `deny.toml`; and where it all comes from.

use super::tree::Tree;
use super::{Complaint, spdx};
use serde_json::Value;

const RULES: &str = "deny.toml";

/// The only places packages may come from. Npm's lock files may leave the place out.
const CRATES: &str = "registry+https://github.com/rust-lang/crates.io-index";
const NPM: &str = "https://registry.npmjs.org/";

/// The list of `deny.toml`, which cargo-deny reads too.
struct Rules {
    allowed: Vec<String>,
    clarified: Vec<(String, String)>,
}

/// Every crate and every npm package against the list.
pub(super) fn check(tree: &Tree, packages: &Value) -> Vec<Complaint> {
    let rules = match rules(tree) {
        Ok(rules) => rules,
        Err(complaint) => return vec![complaint],
    };
    let crates = crates(&rules, "Cargo.lock", packages);
    let npm = npm_packages(tree).filter_map(|(lock, name, package)| {
        complaint(&rules, &lock, &name, package["license"].as_str())
    });
    crates.chain(npm).collect()
}

/// Likewise every crate of a workspace beside this one, and where it comes from.
pub(super) fn check_beside(tree: &Tree, lock: &str, packages: &Value) -> Vec<Complaint> {
    match rules(tree) {
        Ok(rules) => crates(&rules, lock, packages)
            .chain(from_elsewhere(lock, packages))
            .collect(),
        Err(complaint) => vec![complaint],
    }
}

fn crates<'a>(
    rules: &'a Rules,
    lock: &'a str,
    packages: &'a Value,
) -> impl Iterator<Item = Complaint> + 'a {
    let all = packages["packages"].as_array().into_iter().flatten();
    all.filter_map(move |package| {
        let name = package["name"].as_str()?;
        complaint(rules, lock, name, package["license"].as_str())
    })
}

fn from_elsewhere<'a>(lock: &'a str, packages: &'a Value) -> impl Iterator<Item = Complaint> + 'a {
    let all = packages["packages"].as_array().into_iter().flatten();
    let elsewhere = all.filter(|package| {
        package["source"]
            .as_str()
            .is_some_and(|source| source != CRATES)
    });
    elsewhere.map(move |package| {
        let name = package["name"].as_str().unwrap_or_default();
        Complaint::at(
            lock,
            format!("{name} comes from somewhere else than crates.io"),
        )
    })
}

fn rules(tree: &Tree) -> Result<Rules, Complaint> {
    let text = tree
        .text(RULES)
        .ok_or_else(|| Complaint::at(RULES, "is missing"))?;
    let table: toml::Table = text
        .parse()
        .map_err(|reason: toml::de::Error| Complaint::at(RULES, reason.to_string()))?;
    let licences = table.get("licenses");
    let list = |key| {
        licences
            .and_then(|part| part.get(key))
            .and_then(toml::Value::as_array)
            .into_iter()
            .flatten()
    };
    let allowed = list("allow")
        .filter_map(|one| one.as_str())
        .map(str::to_owned)
        .collect();
    let clarified = list("clarify")
        .filter_map(|one| {
            Some((
                one.get("crate")?.as_str()?.to_owned(),
                one.get("expression")?.as_str()?.to_owned(),
            ))
        })
        .collect();
    Ok(Rules { allowed, clarified })
}

fn complaint(rules: &Rules, place: &str, name: &str, licence: Option<&str>) -> Option<Complaint> {
    let clarified = rules
        .clarified
        .iter()
        .find(|(one, _)| one == name)
        .map(|(_, expression)| expression.as_str());
    let Some(expression) = clarified.or(licence) else {
        return Some(Complaint::at(place, format!("{name} names no licence")));
    };
    match spdx::is_met(expression, &|one| {
        rules.allowed.iter().any(|allowed| allowed == one)
    }) {
        Some(true) => None,
        Some(false) => Some(Complaint::at(
            place,
            format!("{name}: the licence {expression} is not in {RULES}"),
        )),
        None => Some(Complaint::at(
            place,
            format!("{name}: the licence {expression} cannot be read"),
        )),
    }
}

/// Packages of every npm lock file: the file, the package's name, and what is locked.
fn npm_packages(tree: &Tree) -> impl Iterator<Item = (String, String, Value)> {
    tree.all()
        .filter(|(path, _)| path.ends_with("package-lock.json"))
        .flat_map(|(path, text)| {
            let lock: Value = serde_json::from_str(text).unwrap_or_default();
            let packages = lock["packages"].as_object().cloned().unwrap_or_default();
            packages.into_iter().filter_map(move |(place, package)| {
                let name = place.rsplit("node_modules/").next()?.to_owned();
                let is_other = !name.is_empty() && package["link"] != true;
                is_other.then(|| (path.to_owned(), name, package))
            })
        })
}

/// Everything comes from the public registries, by name and with a checksum.
pub(super) fn check_sources(tree: &Tree, packages: &Value) -> Vec<Complaint> {
    let mut complaints: Vec<Complaint> = from_elsewhere("Cargo.lock", packages).collect();
    for (lock, name, package) in npm_packages(tree) {
        if package["resolved"]
            .as_str()
            .is_some_and(|from| !from.starts_with(NPM))
        {
            complaints.push(Complaint::at(
                &lock,
                format!("{name} comes from somewhere else than npm's registry"),
            ));
        }
        if package["integrity"].as_str().is_none() && package["inBundle"] != true {
            complaints.push(Complaint::at(&lock, format!("{name} has no checksum")));
        }
    }
    complaints
}

#[cfg(test)]
mod tests {
    use super::super::real;
    use super::*;
    use serde_json::json;

    fn package(licence: &str) -> Value {
        json!({ "packages": [{ "name": "newcomer", "license": licence, "source": CRATES }] })
    }

    #[test]
    fn a_licence_outside_the_list_is_refused() {
        let tree = real::tree();
        let before = check(&tree, &json!({}));
        let news = |licence| real::newly(&before, &check(&tree, &package(licence)));
        assert_eq!(news("MIT OR AGPL-3.0"), Vec::<String>::new());
        assert_eq!(
            news("AGPL-3.0"),
            ["Cargo.lock: newcomer: the licence AGPL-3.0 is not in deny.toml"]
        );
        let silent = json!({ "packages": [{ "name": "newcomer", "license": null }] });
        assert_eq!(
            real::newly(&before, &check(&tree, &silent)),
            ["Cargo.lock: newcomer names no licence"]
        );
    }

    #[test]
    fn an_npm_package_is_held_against_the_same_list() {
        let mut tree = real::tree();
        let before = check(&tree, &json!({}));
        let lock =
            json!({ "packages": { "": {}, "node_modules/@x/y": { "license": "SSPL-1.0" } } });
        tree.put("ui/other/package-lock.json", &lock.to_string());
        let news = real::newly(&before, &check(&tree, &json!({})));
        assert_eq!(
            news,
            ["ui/other/package-lock.json: @x/y: the licence SSPL-1.0 is not in deny.toml"]
        );
    }

    #[test]
    fn a_package_from_elsewhere_is_refused() {
        let mut tree = Tree::default();
        let lock = json!({ "packages": { "node_modules/y": { "resolved": "https://mirror.invalid/y.tgz", "integrity": "x" } } });
        tree.put("ui/package-lock.json", &lock.to_string());
        let packages = json!({ "packages": [{ "name": "forked", "source": "git+https://mirror.invalid/forked" }] });
        assert_eq!(check_sources(&tree, &packages).len(), 2);
        assert_eq!(check_sources(&real::tree(), &json!({})), []);
    }
}
