//! Bills of materials: what is built into what people are given, in CycloneDX, for whoever has to know whether the package
//! of today's warning is in it.

use crate::process;
use crate::repository::Repository;
use crate::setup;
use crate::trouble::{Outcome, Trouble};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

/// What people are given, by the package that it is built from.
const PRODUCTS: [&str; 2] = ["baqylau-hq", "baqylau-app"];
/// What a bill is called beside its manifest, where the tool writes it.
const BESIDE: &str = "bill.cdx";
/// The pages, which both come with.
const INTERFACE: &str = "ui";

/// A package's name and version.
type Package = (String, String);

/// Writes the bills into the target folder, and complains when one of them leaves out a package that is built in.
pub(crate) fn run(repository: &Repository) -> Outcome {
    let lister = setup::lister(repository)?;
    let folder = repository.target()?.join("sbom");
    fs::create_dir_all(&folder).map_err(Trouble::file(&folder))?;
    let mut left_out = 0;
    for (product, bill) in bills(repository, &lister)? {
        let built_in = built_in(repository, &product)?;
        left_out += keep(&folder, &product, narrowed(bill, &built_in), &built_in)?;
    }
    // Also what only builds the pages: Svelte's runtime, which is among that, ends up in them.
    let bill = process::output(
        Command::new("npm")
            .current_dir(repository.at(INTERFACE))
            .args(["sbom", "--sbom-format", "cyclonedx", "--package-lock-only"]),
    )?;
    let path = repository.at(INTERFACE).join("package-lock.json");
    let lock = fs::read_to_string(&path).map_err(Trouble::file(&path))?;
    let locked = locked(&parsed(&path, &lock)?);
    let bill = parsed(Path::new("npm sbom"), &bill)?;
    left_out += keep(&folder, "interface", bill, &locked)?;
    match left_out {
        0 => Ok(()),
        count => Err(Trouble::Complaints { count }),
    }
}

/// The bills of the products. The tool writes one for every crate of the workspace, beside its manifest; from there they
/// are taken away.
fn bills(repository: &Repository, lister: &Path) -> Outcome<Vec<(String, Value)>> {
    process::run_aside(
        Command::new(lister)
            .arg("cyclonedx")
            .args(["--format", "json", "--spec-version", "1.5"])
            .args(["--all", "--target", "all", "--override-filename", BESIDE])
            .arg("--manifest-path")
            .arg(repository.at("Cargo.toml")),
    )?;
    let here = format!("path+file://{}", repository.root().display());
    let metadata = repository.metadata(false)?;
    let mut bills = Vec::new();
    for package in metadata["packages"].as_array().into_iter().flatten() {
        let (Some(name), Some(manifest)) =
            (package["name"].as_str(), package["manifest_path"].as_str())
        else {
            continue;
        };
        let path = Path::new(manifest).with_file_name(format!("{BESIDE}.json"));
        let bill = fs::read_to_string(&path).map_err(Trouble::file(&path))?;
        fs::remove_file(&path).map_err(Trouble::file(&path))?;
        if PRODUCTS.contains(&name) {
            // Where it was made is nobody's business.
            let bill = parsed(&path, &bill.replace(&here, "path+file://."))?;
            bills.push((name.to_owned(), bill));
        }
    }
    Ok(bills)
}

/// Writes a bill and says what it leaves out; returns how many that are.
fn keep(folder: &Path, name: &str, bill: Value, wanted: &BTreeSet<Package>) -> Outcome<usize> {
    let path = folder.join(format!("{name}.cdx.json"));
    fs::write(&path, format!("{bill:#}")).map_err(Trouble::file(&path))?;
    let (count, left_out) = (listed(&bill).len(), left_out(&bill, wanted));
    println!("{name}: {count} packages, {}", path.display());
    for (package, version) in &left_out {
        println!("{name}: {package} {version} is left out");
    }
    Ok(left_out.len())
}

/// Without what is not built in: the tool goes by the features of the whole workspace, and a product may take fewer.
fn narrowed(mut bill: Value, built_in: &BTreeSet<Package>) -> Value {
    let is_in = |part: &Value| package_of(part).is_none_or(|package| built_in.contains(&package));
    let mut gone = BTreeSet::new();
    if let Some(parts) = bill["components"].as_array_mut() {
        parts.retain(|part| {
            let stays = is_in(part);
            if !stays {
                gone.extend(part["bom-ref"].as_str().map(str::to_owned));
            }
            stays
        });
    }
    let is_gone = |name: &Value| name.as_str().is_some_and(|name| gone.contains(name));
    if let Some(arrows) = bill["dependencies"].as_array_mut() {
        arrows.retain(|arrow| !is_gone(&arrow["ref"]));
        for arrow in arrows {
            if let Some(onto) = arrow["dependsOn"].as_array_mut() {
                onto.retain(|name| !is_gone(name));
            }
        }
    }
    bill
}

fn left_out(bill: &Value, wanted: &BTreeSet<Package>) -> Vec<Package> {
    wanted.difference(&listed(bill)).cloned().collect()
}

fn parsed(path: &Path, text: &str) -> Outcome<Value> {
    serde_json::from_str(text).map_err(|reason| Trouble::Unreadable {
        what: path.display().to_string(),
        reason: reason.to_string(),
    })
}

/// The packages of a bill. The product itself stands apart from its parts.
fn listed(bill: &Value) -> BTreeSet<Package> {
    let parts = bill["components"].as_array().into_iter().flatten();
    let whole = &bill["metadata"]["component"];
    parts.chain([whole]).filter_map(package_of).collect()
}

fn package_of(part: &Value) -> Option<Package> {
    // npm keeps an organisation's name apart in some versions of its format.
    let name = match part["group"].as_str() {
        Some(group) => format!("{group}/{}", part["name"].as_str()?),
        None => part["name"].as_str()?.to_owned(),
    };
    Some((name, part["version"].as_str()?.to_owned()))
}

/// What is compiled into a product on any system, its build programs included.
fn built_in(repository: &Repository, product: &str) -> Outcome<BTreeSet<Package>> {
    let tree = process::output(repository.cargo().args([
        "tree",
        "--locked",
        "--package",
        product,
        "--edges",
        "normal,build",
        "--target",
        "all",
        "--prefix",
        "none",
        "--format",
        "{p}",
    ]))?;
    Ok(tree.lines().filter_map(package).collect())
}

/// `name v1.2.3 (where from)`.
fn package(line: &str) -> Option<Package> {
    let mut words = line.split_whitespace();
    let (name, version) = (words.next()?, words.next()?.strip_prefix('v')?);
    Some((name.to_owned(), version.to_owned()))
}

/// What an npm lock file names.
fn locked(lock: &Value) -> BTreeSet<Package> {
    let packages = lock["packages"].as_object().into_iter().flatten();
    packages
        .filter_map(|(place, package)| {
            let (_, name) = place.rsplit_once("node_modules/")?;
            // What fits other systems only is not on this one, and npm does not list it.
            let is_for_all = package["os"].is_null() && package["cpu"].is_null();
            let version = package["version"].as_str()?;
            is_for_all.then(|| (name.to_owned(), version.to_owned()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_package_that_a_bill_leaves_out_is_noticed() {
        let bill = json!({
            "metadata": { "component": { "name": "ours", "version": "0.1.0" } },
            "components": [
                { "name": "one", "version": "1.0.0" },
                { "group": "@some", "name": "two", "version": "2.0.0" },
            ],
        });
        let wanted = |lines: &[&str]| lines.iter().filter_map(|line| package(line)).collect();
        let left_out = |lines: &[&str]| left_out(&bill, &wanted(lines));
        let all = ["ours v0.1.0 (a folder)", "one v1.0.0", "@some/two v2.0.0"];
        assert_eq!(left_out(&all), []);
        let one = ("one".to_owned(), "1.0.1".to_owned());
        assert_eq!(left_out(&["one v1.0.1", "ours v0.1.0"]), [one]);
    }

    #[test]
    fn what_is_not_built_in_goes_with_every_arrow_to_it() {
        let bill = json!({
            "components": [
                { "bom-ref": "1", "name": "one", "version": "1.0.0" },
                { "bom-ref": "2", "name": "two", "version": "2.0.0" },
            ],
            "dependencies": [
                { "ref": "1", "dependsOn": ["2"] },
                { "ref": "2", "dependsOn": [] },
            ],
        });
        let built_in = package("one v1.0.0").into_iter().collect();
        let narrowed = narrowed(bill, &built_in);
        assert_eq!(listed(&narrowed), built_in);
        assert_eq!(
            narrowed["dependencies"],
            json!([{ "ref": "1", "dependsOn": [] }])
        );
    }

    #[test]
    fn a_lock_file_says_what_every_system_gets() {
        let lock = json!({ "packages": {
            "": { "version": "0.1.0" },
            "node_modules/@some/one": { "version": "1.0.0" },
            "node_modules/two/node_modules/three": { "version": "3.0.0" },
            "node_modules/elsewhere": { "version": "4.0.0", "os": ["win32"] },
        }});
        let names: Vec<String> = locked(&lock).into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["@some/one", "three"]);
    }
}
