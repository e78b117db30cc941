//! Files stay short enough to be read in one sitting. (Functions are clippy's: `too_many_lines` in clippy.toml.)

use super::Complaint;
use super::tree::{Tree, extension};

/// About four hundred lines is the rule; this is where the rule ends.
const LIMIT: usize = 440;

const KINDS: &[&str] = &["rs", "ts", "svelte", "css", "sql", "mjs", "js", "sh", "py"];

/// Written by a program, and read by one.
const GENERATED: &[&str] = &["ui/src/generated/", "ui/src/text/ids.ts"];

/// Measures every source file.
pub(super) fn check(tree: &Tree) -> Vec<Complaint> {
    tree.all()
        .filter(|(path, _)| KINDS.contains(&extension(path)))
        .filter(|(path, _)| !GENERATED.iter().any(|folder| path.starts_with(folder)))
        .map(|(path, text)| (path, text.lines().count()))
        .filter(|(_, lines)| *lines > LIMIT)
        .map(|(path, lines)| {
            Complaint::at(
                path,
                format!("{lines} lines; part it, {LIMIT} is the limit"),
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::real;
    use super::*;

    #[test]
    fn a_file_that_grew_too_long_is_named() {
        let mut tree = real::tree();
        let before = check(&tree);
        tree.put(
            "crates/forms/src/everything.rs",
            &"// a line\n".repeat(LIMIT + 1),
        );
        tree.put(
            "ui/src/generated/everything.ts",
            &"// a line\n".repeat(LIMIT + 1),
        );
        let news = real::newly(&before, &check(&tree));
        assert_eq!(
            news,
            ["crates/forms/src/everything.rs: 441 lines; part it, 440 is the limit"]
        );
    }
}
