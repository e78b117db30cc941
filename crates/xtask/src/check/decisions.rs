//! Every decision record is in the index, and says what a record has to say.

use super::Complaint;
use super::tree::Tree;

const FOLDER: &str = "docs/adr/";
const INDEX: &str = "docs/adr/README.md";

/// Parts that a record must have.
const PARTS: &[&str] = &["## Situation", "## Decision", "## Consequences"];

/// Reads the records.
pub(super) fn check(tree: &Tree) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    let index = tree.text(INDEX).unwrap_or_default();
    let records: Vec<_> = tree
        .below(FOLDER)
        .filter(|(path, _)| path.ends_with(".md") && *path != INDEX)
        .collect();
    if records.is_empty() {
        complaints.push(Complaint::at(FOLDER, "holds no record"));
    }
    for (path, text) in records {
        let name = path.trim_start_matches(FOLDER);
        if !index.contains(&format!("({name})")) {
            complaints.push(Complaint::at(INDEX, format!("does not list {name}")));
        }
        let missing = PARTS
            .iter()
            .filter(|part| !text.lines().any(|line| line == **part));
        complaints
            .extend(missing.map(|part| Complaint::at(path, format!("has no part \"{part}\""))));
    }
    complaints
}

#[cfg(test)]
mod tests {
    use super::super::real;
    use super::*;

    #[test]
    fn a_record_outside_the_index_is_named() {
        let mut tree = real::tree();
        let before = check(&tree);
        tree.put(
            "docs/adr/9999-forgotten.md",
            "# Forgotten\n\n## Situation\n\n## Decision\n",
        );
        assert_eq!(
            real::newly(&before, &check(&tree)),
            [
                "docs/adr/README.md: does not list 9999-forgotten.md",
                "docs/adr/9999-forgotten.md: has no part \"## Consequences\""
            ]
        );
    }
}
