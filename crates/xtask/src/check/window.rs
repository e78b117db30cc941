//! The walls of the window: what a page in it may load, call and show.

use super::Complaint;
use super::tree::Tree;
use serde_json::Value;

const CONFIGURATION: &str = "src-tauri/tauri.conf.json";
const CAPABILITIES: &str = "src-tauri/capabilities/";

/// The only policy. Styles come from files, never from attributes that a text could smuggle in.
const POLICY: &[(&str, &str)] = &[
    ("default-src", "'none'"),
    ("script-src", "'self'"),
    ("style-src", "'self'"),
    ("img-src", "'self' blob:"),
    ("font-src", "'self'"),
    ("connect-src", "ipc: http://ipc.localhost"),
    ("frame-src", "'none'"),
    ("object-src", "'none'"),
    ("base-uri", "'none'"),
    ("form-action", "'none'"),
];

/// Permissions a capability may give: listening to the core's one event and calling our one command.
const PERMISSIONS: &[&str] = &[
    "core:event:allow-listen",
    "core:event:allow-unlisten",
    "allow-call",
];

/// Reads the window's configuration.
pub(super) fn check(tree: &Tree) -> Vec<Complaint> {
    let Some(text) = tree.text(CONFIGURATION) else {
        return vec![Complaint::at(CONFIGURATION, "is missing")];
    };
    let configuration: Value = match serde_json::from_str(text) {
        Ok(configuration) => configuration,
        Err(reason) => return vec![Complaint::at(CONFIGURATION, reason.to_string())],
    };
    let mut faults = Vec::new();
    let security = &configuration["app"]["security"];
    faults.extend(policy_faults(&security["csp"]));
    let expected = [
        (
            "freezePrototype must be on",
            security["freezePrototype"] == true,
        ),
        (
            "the asset protocol must be off",
            security["assetProtocol"]["enable"] != true,
        ),
        (
            "no policy of its own for development",
            security["devCsp"].is_null(),
        ),
        (
            "no exception from changing the policy",
            security["dangerousDisableAssetCspModification"] != true,
        ),
        (
            "the global object must be off",
            configuration["app"]["withGlobalTauri"] != true,
        ),
        (
            "no page from a server",
            configuration["build"]["devUrl"].is_null(),
        ),
    ];
    faults.extend(
        expected
            .into_iter()
            .filter(|(_, holds)| !holds)
            .map(|(says, _)| says.to_owned()),
    );
    for window in configuration["app"]["windows"]
        .as_array()
        .into_iter()
        .flatten()
    {
        if window["title"] != "Baqylau" {
            faults.push("the window's title must say nothing of its content".to_owned());
        }
        if window["devtools"] == true {
            faults.push("developer tools must not be switched on".to_owned());
        }
    }
    let mut complaints: Vec<_> = faults
        .into_iter()
        .map(|says| Complaint::at(CONFIGURATION, says))
        .collect();
    complaints.extend(capability_faults(tree));
    complaints
}

fn policy_faults(policy: &Value) -> Vec<String> {
    let Some(policy) = policy.as_object() else {
        return vec!["the content security policy must be a table of directives".to_owned()];
    };
    let missing = POLICY
        .iter()
        .filter(|(directive, value)| policy.get(*directive).and_then(Value::as_str) != Some(*value))
        .map(|(directive, value)| {
            format!("the content security policy must say {directive} {value}")
        });
    let more = policy
        .keys()
        .filter(|key| !POLICY.iter().any(|(directive, _)| directive == key))
        .map(|key| format!("{key} is not in the agreed content security policy"));
    missing.chain(more).collect()
}

fn capability_faults(tree: &Tree) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    let files: Vec<_> = tree.below(CAPABILITIES).collect();
    if files.len() != 1 {
        complaints.push(Complaint::at(
            CAPABILITIES,
            "must hold exactly one capability",
        ));
    }
    for (path, text) in files {
        let capability: Value = serde_json::from_str(text).unwrap_or_default();
        if !capability["remote"].is_null() {
            complaints.push(Complaint::at(path, "no remote page may call the core"));
        }
        for permission in capability["permissions"].as_array().into_iter().flatten() {
            if !permission
                .as_str()
                .is_some_and(|one| PERMISSIONS.contains(&one))
            {
                complaints.push(Complaint::at(
                    path,
                    format!("gives {permission}, which no screen needs"),
                ));
            }
        }
    }
    complaints
}

#[cfg(test)]
mod tests {
    use super::super::real;
    use super::*;

    fn news(break_it: impl FnOnce(&mut Tree)) -> Vec<String> {
        let mut tree = real::tree();
        assert_eq!(check(&tree), []);
        break_it(&mut tree);
        check(&tree).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_wider_policy_is_refused() {
        let said = news(|tree| {
            tree.replace(
                CONFIGURATION,
                "\"script-src\": \"'self'\"",
                "\"script-src\": \"'self' 'unsafe-inline'\"",
            );
        });
        assert_eq!(
            said,
            ["src-tauri/tauri.conf.json: the content security policy must say script-src 'self'"]
        );
    }

    #[test]
    fn a_thawed_prototype_or_a_telling_title_is_refused() {
        assert_eq!(
            news(|tree| tree.replace(
                CONFIGURATION,
                "\"freezePrototype\": true",
                "\"freezePrototype\": false"
            ))
            .len(),
            1
        );
        assert_eq!(
            news(|tree| tree.replace(
                CONFIGURATION,
                "\"title\": \"Baqylau\"",
                "\"title\": \"Station 218\""
            ))
            .len(),
            1
        );
    }

    #[test]
    fn another_permission_or_capability_is_refused() {
        let said = news(|tree| {
            tree.replace(
                "src-tauri/capabilities/window.json",
                "\"allow-call\"",
                "\"fs:default\"",
            );
        });
        assert_eq!(
            said,
            ["src-tauri/capabilities/window.json: gives \"fs:default\", which no screen needs"]
        );
        assert_eq!(
            news(|tree| tree.put("src-tauri/capabilities/more.json", "{}")).len(),
            1
        );
    }
}
