//! The direction of dependencies: pure crates at the bottom, then machinery, applications, shells.

use super::Complaint;
use serde_json::Value;

/// What each crate of ours may stand on. `docs/ARCHITECTURE.md` draws this table.
const ARROWS: &[(&str, &[&str])] = &[
    ("baqylau-domain", &[]),
    ("baqylau-forms", &["baqylau-domain"]),
    ("baqylau-protocol", &["baqylau-domain"]),
    ("baqylau-indicators", &["baqylau-domain", "baqylau-forms"]),
    ("baqylau-sync", &["baqylau-domain", "baqylau-protocol"]),
    ("baqylau-store", &["baqylau-domain", "baqylau-protocol"]),
    (
        "baqylau-mission",
        &["baqylau-domain", "baqylau-forms", "baqylau-indicators"],
    ),
    (
        "baqylau-field",
        &[
            "baqylau-domain",
            "baqylau-forms",
            "baqylau-protocol",
            "baqylau-sync",
            "baqylau-store",
            "baqylau-mission",
        ],
    ),
    (
        "baqylau-hq",
        &[
            "baqylau-domain",
            "baqylau-forms",
            "baqylau-protocol",
            "baqylau-mission",
            "baqylau-indicators",
        ],
    ),
    ("baqylau-app", &["baqylau-field"]),
    (
        "baqylau-rehearsal",
        &[
            "baqylau-domain",
            "baqylau-forms",
            "baqylau-protocol",
            "baqylau-indicators",
            "baqylau-mission",
            "baqylau-sync",
            "baqylau-store",
            "baqylau-field",
            "baqylau-hq",
        ],
    ),
    (
        "baqylau-campaign",
        &[
            "baqylau-domain",
            "baqylau-protocol",
            "baqylau-mission",
            "baqylau-sync",
            "baqylau-hq",
        ],
    ),
    ("baqylau-disk", &["baqylau-domain", "baqylau-store"]),
    ("baqylau-tests", &[]),
    ("xtask", &[]),
];

/// Crates that no test may lean on either: the window is tested from outside, and commands are not a library.
const NOBODY_MAY: &[&str] = &["baqylau-app", "xtask"];

/// The one crate that may turn on the switches of known bugs.
const PLANTS_BUGS: &str = "baqylau-campaign";

/// Holds `cargo metadata --no-deps` against the table.
pub(super) fn check(members: &Value) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for package in members["packages"].as_array().into_iter().flatten() {
        let name = package["name"].as_str().unwrap_or_default();
        let Some((_, allowed)) = ARROWS.iter().find(|(one, _)| *one == name) else {
            complaints.push(Complaint::at(
                name,
                "is new: give it a place in check/arrows.rs and docs/ARCHITECTURE.md",
            ));
            continue;
        };
        if plants_bugs(package) && name != PLANTS_BUGS {
            complaints.push(Complaint::at(
                name,
                "must not turn on seeded-bugs: only the campaign may carry the switches",
            ));
        }
        for (target, is_for_tests) in ours(package) {
            if NOBODY_MAY.contains(&target) || !is_for_tests && !allowed.contains(&target) {
                complaints.push(Complaint::at(name, format!("must not depend on {target}")));
            }
        }
    }
    complaints
}

fn plants_bugs(package: &Value) -> bool {
    let dependencies = package["dependencies"].as_array().into_iter().flatten();
    dependencies
        .flat_map(|dependency| dependency["features"].as_array().into_iter().flatten())
        .any(|feature| feature == "seeded-bugs")
}

/// Dependencies of a package on crates of this workspace, and whether only its tests use them.
fn ours(package: &Value) -> impl Iterator<Item = (&str, bool)> {
    package["dependencies"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|dependency| {
            let name = dependency["name"].as_str()?;
            let is_ours = dependency["path"].is_string();
            is_ours.then_some((name, dependency["kind"] == "dev"))
        })
}

#[cfg(test)]
mod tests {
    use super::super::real;
    use super::*;
    use serde_json::json;

    fn with_arrow(from: &str, to: &str, kind: &Value) -> Value {
        let mut members = real::members();
        let package = members["packages"]
            .as_array_mut()
            .expect("packages")
            .iter_mut()
            .find(|package| package["name"] == from)
            .expect("the crate is a member");
        let arrow = json!({ "name": to, "path": "/anywhere", "kind": kind });
        package["dependencies"]
            .as_array_mut()
            .expect("dependencies")
            .push(arrow);
        members
    }

    #[test]
    fn the_arrows_as_they_are_hold() {
        assert_eq!(check(&real::members()), []);
    }

    #[test]
    fn planted_bugs_are_for_the_campaign_alone() {
        let mut members = with_arrow("baqylau-hq", "baqylau-protocol", &Value::Null);
        let packages = members["packages"].as_array_mut().expect("packages");
        let package = packages
            .iter_mut()
            .find(|package| package["name"] == "baqylau-hq")
            .expect("the crate is a member");
        let arrows = package["dependencies"]
            .as_array_mut()
            .expect("dependencies");
        arrows.last_mut().expect("the arrow")["features"] = json!(["seeded-bugs"]);
        assert_eq!(check(&members).len(), 1);
    }

    #[test]
    fn an_arrow_upward_is_refused() {
        for (from, to) in [
            ("baqylau-domain", "baqylau-forms"),
            ("baqylau-forms", "baqylau-store"),
            ("baqylau-hq", "baqylau-store"),
            ("baqylau-field", "baqylau-hq"),
            ("baqylau-app", "baqylau-store"),
        ] {
            let broken = with_arrow(from, to, &Value::Null);
            assert_eq!(
                check(&broken),
                [Complaint::at(from, format!("must not depend on {to}"))]
            );
        }
    }

    #[test]
    fn a_test_may_look_upward_but_never_at_the_window() {
        assert_eq!(
            check(&with_arrow("baqylau-domain", "baqylau-hq", &json!("dev"))),
            []
        );
        assert_eq!(
            check(&with_arrow("baqylau-field", "baqylau-app", &json!("dev"))).len(),
            1
        );
    }

    #[test]
    fn a_crate_without_a_place_is_noticed() {
        let mut members = real::members();
        members["packages"][0]["name"] = json!("baqylau-helpers");
        assert!(
            check(&members)
                .iter()
                .any(|one| one.to_string().contains("baqylau-helpers: is new"))
        );
    }
}
