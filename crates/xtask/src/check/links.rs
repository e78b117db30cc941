//! Every relative link in a document leads somewhere.

use super::Complaint;
use super::tree::Tree;
use crate::repository::Repository;

/// Follows the links of every Markdown file.
pub(super) fn check(tree: &Tree) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for (path, text) in tree.all().filter(|(path, _)| path.ends_with(".md")) {
        for (index, line) in text.lines().enumerate() {
            for target in targets(line) {
                let place = resolve(path, target);
                // Pictures are not text, so the tree does not hold them.
                if !tree.has(&place) && !Repository::here().at(&place).exists() {
                    complaints.push(Complaint::on(
                        path,
                        index + 1,
                        format!("{target} leads nowhere"),
                    ));
                }
            }
        }
    }
    complaints
}

/// Relative targets of `[words](target)` and `src="target"`, without what follows a `#`.
fn targets(line: &str) -> impl Iterator<Item = &str> {
    let links = line
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split(')').next());
    let pictures = line
        .split("src=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next());
    links.chain(pictures).filter_map(|target| {
        let target = target.split(['#', ' ']).next().unwrap_or_default();
        let is_relative =
            !target.is_empty() && !target.contains("://") && !target.starts_with("mailto:");
        is_relative.then_some(target)
    })
}

fn resolve(from: &str, target: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                parts.pop();
            }
            name => parts.push(name),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::super::real;
    use super::*;

    #[test]
    fn a_link_to_nothing_is_named() {
        let mut tree = real::tree();
        let before = check(&tree);
        tree.put(
            "docs/adr/9999-broken.md",
            "See [the picture](../img/none.png) and [the house](../../Cargo.toml#x).\n",
        );
        let news = real::newly(&before, &check(&tree));
        assert_eq!(
            news,
            ["docs/adr/9999-broken.md:1: ../img/none.png leads nowhere"]
        );
    }
}
