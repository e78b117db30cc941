//! Every message is there in every language, with the same arguments.

use super::Complaint;
use super::tree::Tree;
use std::collections::{BTreeMap, BTreeSet};

const FOLDER: &str = "assets/locales/";

/// The language that the others are held against.
const FIRST: &str = "en";
const OTHERS: &[&str] = &["ru", "kk"];

/// Message ids (attributes as `id.attribute`) with the arguments they use.
type Messages = BTreeMap<String, BTreeSet<String>>;

/// Compares the languages file by file.
pub(super) fn check(tree: &Tree) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    let mut files: BTreeSet<&str> = BTreeSet::new();
    for (path, _) in tree
        .below(FOLDER)
        .filter(|(path, _)| path.ends_with(".ftl"))
    {
        if let Some((_, file)) = path.trim_start_matches(FOLDER).split_once('/') {
            files.insert(file);
        }
    }
    if files.is_empty() {
        complaints.push(Complaint::at(FOLDER, "holds no messages"));
    }
    for file in files {
        let first = messages(
            tree.text(&format!("{FOLDER}{FIRST}/{file}"))
                .unwrap_or_default(),
        );
        for other in OTHERS {
            let path = format!("{FOLDER}{other}/{file}");
            let there = messages(tree.text(&path).unwrap_or_default());
            complaints.extend(differences(&path, &first, &there));
        }
    }
    complaints
}

fn differences(path: &str, first: &Messages, there: &Messages) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for (id, arguments) in first {
        match there.get(id) {
            None => complaints.push(Complaint::at(path, format!("lacks {id}"))),
            Some(others) if others != arguments => {
                complaints.push(Complaint::at(
                    path,
                    format!("{id} uses other arguments than in {FIRST}"),
                ));
            }
            Some(_) => {}
        }
    }
    let more = there.keys().filter(|id| !first.contains_key(*id));
    complaints.extend(more.map(|id| Complaint::at(path, format!("{id} is not in {FIRST}"))));
    complaints
}

/// Reads the few parts of Fluent's grammar that matter here: ids, attributes, `$arguments`.
fn messages(text: &str) -> Messages {
    let mut messages = Messages::new();
    let mut message = String::new();
    let mut part = String::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let begins = line
            .chars()
            .next()
            .is_some_and(|first| first.is_ascii_alphabetic() || first == '-');
        let head = line.split_once('=').map(|(head, _)| head.trim());
        match head {
            Some(id) if begins && is_id(id.trim_start_matches('-')) => {
                message = id.to_owned();
                part.clone_from(&message);
            }
            Some(attribute) if attribute.strip_prefix('.').is_some_and(is_id) => {
                part = format!("{message}{attribute}");
            }
            _ => {}
        }
        if !part.is_empty() {
            messages
                .entry(part.clone())
                .or_default()
                .extend(arguments(line));
        }
    }
    messages
}

fn is_id(word: &str) -> bool {
    !word.is_empty()
        && word
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || "-_".contains(letter))
}

fn arguments(line: &str) -> impl Iterator<Item = String> {
    line.split('$').skip(1).map(|rest| {
        rest.chars()
            .take_while(|letter| letter.is_ascii_alphanumeric() || "-_".contains(*letter))
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use super::super::real;
    use super::*;

    fn tree(en: &str, ru: &str, kk: &str) -> Tree {
        let mut tree = Tree::default();
        for (language, text) in [("en", en), ("ru", ru), ("kk", kk)] {
            tree.put(&format!("assets/locales/{language}/field.ftl"), text);
        }
        tree
    }

    fn said(tree: &Tree) -> Vec<String> {
        check(tree).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_message_missing_in_one_language_is_named() {
        let mut tree = real::tree();
        let before = check(&tree);
        let mut text = tree
            .text("assets/locales/en/field.ftl")
            .unwrap_or_default()
            .to_owned();
        text.push_str("\nbroken-on-purpose = Only here\n");
        tree.put("assets/locales/en/field.ftl", &text);
        let news = real::newly(&before, &check(&tree));
        assert_eq!(
            news,
            [
                "assets/locales/ru/field.ftl: lacks broken-on-purpose",
                "assets/locales/kk/field.ftl: lacks broken-on-purpose"
            ]
        );
    }

    #[test]
    fn arguments_attributes_and_leftovers_are_compared() {
        let en = "saved = Saved { $time }\nopen =\n    .label = Open\n";
        assert_eq!(said(&tree(en, en, en)), Vec::<String>::new());
        let ru = "saved = Сохранено\nopen =\n    .title = Открыть\n";
        assert_eq!(
            said(&tree(en, ru, en)),
            [
                "assets/locales/ru/field.ftl: lacks open.label",
                "assets/locales/ru/field.ftl: saved uses other arguments than in en",
                "assets/locales/ru/field.ftl: open.title is not in en"
            ]
        );
    }
}
