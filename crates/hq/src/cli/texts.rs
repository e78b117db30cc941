//! Sentences in the reader's language.

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

/// Language codes and their embedded files, the one everything falls back to first.
const LANGUAGES: [(&str, &str); 3] = [
    ("en", include_str!("../../../../assets/locales/en/cli.ftl")),
    ("ru", include_str!("../../../../assets/locales/ru/cli.ftl")),
    ("kk", include_str!("../../../../assets/locales/kk/cli.ftl")),
];

/// One language's sentences.
pub(super) struct Texts {
    bundle: FluentBundle<FluentResource>,
}

impl Texts {
    /// The sentences in `asked`, or in the environment's language, or in English.
    pub(super) fn of(asked: Option<&str>) -> Self {
        let environment = ["LC_ALL", "LC_MESSAGES", "LANG"]
            .iter()
            .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
        let wanted = asked.map(str::to_owned).or(environment).unwrap_or_default();
        let found = LANGUAGES
            .iter()
            .find(|(code, _)| wanted.get(..2) == Some(*code));
        let (code, source) = found.unwrap_or(&LANGUAGES[0]);
        Self {
            bundle: bundle(code, source),
        }
    }

    pub(super) fn has(&self, id: &str) -> bool {
        self.bundle.has_message(id)
    }

    pub(super) fn text(&self, id: &str, args: &[(&str, &str)]) -> String {
        let Some(pattern) = self
            .bundle
            .get_message(id)
            .and_then(|message| message.value())
        else {
            return id.to_owned();
        };
        self.bundle
            .format_pattern(pattern, Some(&arguments(args)), &mut Vec::new())
            .into_owned()
    }

    pub(super) fn attribute(
        &self,
        id: &str,
        attribute: &str,
        args: &[(&str, &str)],
    ) -> Option<String> {
        let pattern = self
            .bundle
            .get_message(id)?
            .get_attribute(attribute)?
            .value();
        Some(
            self.bundle
                .format_pattern(pattern, Some(&arguments(args)), &mut Vec::new())
                .into_owned(),
        )
    }
}

fn arguments<'a>(args: &[(&'a str, &'a str)]) -> FluentArgs<'a> {
    args.iter()
        .map(|(name, value)| (*name, argument(value)))
        .collect()
}

/// Whole numbers choose plural forms; everything else is text.
fn argument(value: &str) -> FluentValue<'_> {
    match value.parse::<u32>() {
        Ok(number) => FluentValue::from(number),
        Err(_) => FluentValue::from(value),
    }
}

fn bundle(code: &str, source: &str) -> FluentBundle<FluentResource> {
    let language: LanguageIdentifier = code.parse().unwrap_or_default();
    let mut bundle = FluentBundle::new(vec![language]);
    // Terminals show the invisible marks around arguments as rubbish.
    bundle.set_use_isolating(false);
    // The files are embedded, and a test reads all of them: what is in error here is left out there already.
    let resource =
        FluentResource::try_new(source.to_owned()).unwrap_or_else(|(resource, _)| resource);
    bundle.add_resource_overriding(resource);
    bundle
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// Ids of messages and of their attributes.
    fn messages(source: &str) -> BTreeSet<String> {
        assert!(FluentResource::try_new(source.to_owned()).is_ok());
        let mut message = String::new();
        let mut ids = BTreeSet::new();
        for (name, _) in source.lines().filter_map(|line| line.split_once(" =")) {
            match name.trim_start().strip_prefix('.') {
                Some(attribute) => ids.insert(format!("{message}.{attribute}")),
                None => {
                    name.clone_into(&mut message);
                    ids.insert(message.clone())
                }
            };
        }
        ids
    }

    #[test]
    fn every_sentence_is_there_in_every_language() {
        let english = messages(LANGUAGES[0].1);
        for (code, source) in LANGUAGES {
            assert_eq!(messages(source), english, "{code}");
        }
    }

    #[test]
    fn every_error_has_a_sentence() {
        let english = messages(LANGUAGES[0].1);
        for code in [
            "other-event",
            "ledger",
            "keys",
            "mission",
            "pack",
            "config",
            "file",
            "listen",
            "tls",
            "not-begun",
            "unknown-team",
            "not-signed-in",
        ] {
            assert!(english.contains(&format!("error-{code}")), "{code}");
        }
    }

    #[test]
    fn every_fault_of_an_export_has_a_sentence() {
        let english = messages(LANGUAGES[0].1);
        for code in crate::evidence::FAULTS {
            let id = format!("evidence-{}", code.replace('_', "-"));
            assert!(english.contains(&id), "{id}");
        }
    }

    #[test]
    fn every_problem_of_a_workbook_has_a_sentence_and_a_way_out() {
        let described = include_str!("../../../../docs/FORMS.md")
            .split("## Problems of a workbook")
            .nth(1);
        let table = described
            .and_then(|text| text.split("\n## ").next())
            .expect("the table");
        let cells = table
            .lines()
            .filter_map(|line| line.strip_prefix("| `")?.split(" |").next());
        let codes: Vec<_> = cells
            .flat_map(|cell| cell.split('`'))
            .filter(|it| it.len() > 2 && !it.contains(' '))
            .collect();
        assert!(codes.len() > 30, "{codes:?}");
        let english = messages(LANGUAGES[0].1);
        for code in codes {
            let id = format!("problem-{}", code.replace('_', "-"));
            assert!(
                english.contains(&id) && english.contains(&format!("{id}.fix")),
                "{id}"
            );
        }
    }

    #[test]
    fn the_language_asked_for_wins() {
        assert_ne!(
            Texts::of(Some("ru")).text("serve-stopped", &[]),
            Texts::of(Some("en")).text("serve-stopped", &[])
        );
        assert_eq!(
            Texts::of(Some("xx")).text("serve-stopped", &[]),
            Texts::of(Some("en")).text("serve-stopped", &[])
        );
    }
}
