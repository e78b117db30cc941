//! What a heading means.

use super::problem;
use crate::{Problem, Severity};

/// A heading that is understood: the field, and the language of its texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Known {
    pub(super) field: String,
    /// `None`: not translated. An empty text: translated, in the default language.
    pub(super) language: Option<String>,
}

/// The headings of one sheet.
#[derive(Debug, Default)]
pub(super) struct Columns {
    headings: Vec<String>,
    known: Vec<Option<Known>>,
}

/// Headings of `survey` by what they are called here; each translated one is marked.
const SURVEY: [(&str, &str, bool); 33] = [
    ("type", "type", false),
    ("command", "type", false),
    ("name", "name", false),
    ("tag", "name", false),
    ("label", "label", true),
    ("caption", "label", true),
    ("hint", "hint", true),
    ("relevant", "relevant", false),
    ("relevance", "relevant", false),
    ("required", "required", false),
    ("required_message", "required_message", true),
    ("requiredmsg", "required_message", true),
    ("constraint", "constraint", false),
    ("constraint_message", "constraint_message", true),
    ("constraining_message", "constraint_message", true),
    ("read_only", "read_only", false),
    ("readonly", "read_only", false),
    ("default", "default", false),
    ("calculation", "calculation", false),
    ("calculate", "calculation", false),
    ("choice_filter", "choice_filter", false),
    ("appearance", "appearance", false),
    ("parameters", "parameters", false),
    ("bind::baqylau:number", "bind::baqylau:number", false),
    ("bind::baqylau:warning", "bind::baqylau:warning", false),
    (
        "bind::baqylau:warning_code",
        "bind::baqylau:warning_code",
        false,
    ),
    ("bind::baqylau:alert", "bind::baqylau:alert", false),
    (
        "bind::baqylau:alert_code",
        "bind::baqylau:alert_code",
        false,
    ),
    ("bind::baqylau:prefill", "bind::baqylau:prefill", false),
    ("bind::baqylau:indicator", "bind::baqylau:indicator", false),
    ("bind::baqylau:seed", "bind::baqylau:seed", false),
    ("guidance_hint", "", true),
    ("note", "", false),
];

const CHOICES: [(&str, &str, bool); 7] = [
    ("list_name", "list_name", false),
    ("list", "list_name", false),
    ("name", "name", false),
    ("value", "name", false),
    ("label", "label", true),
    ("caption", "label", true),
    ("exclusive", "exclusive", false),
];

const SETTINGS: [(&str, &str, bool); 12] = [
    ("form_title", "form_title", false),
    ("set_form_title", "form_title", false),
    ("title", "form_title", false),
    ("form_id", "form_id", false),
    ("set_form_id", "form_id", false),
    ("id_string", "form_id", false),
    ("version", "version", false),
    ("default_language", "default_language", false),
    ("namespaces", "namespaces", false),
    ("style", "", false),
    ("instance_name", "", false),
    ("allow_choice_duplicates", "", false),
];

const OWN_PREFIX: &str = "bind::baqylau:";

impl Columns {
    /// Understands the headings of a sheet; says which it does not.
    pub(super) fn of(sheet: &'static str, headings: &[String]) -> (Self, Vec<Problem>) {
        let mut columns = Self {
            headings: headings.to_vec(),
            known: Vec::new(),
        };
        let mut problems = Vec::new();
        for heading in headings {
            let known = understand(sheet, heading);
            if known.is_none() {
                let own = heading.to_lowercase().contains("baqylau");
                let code = if own {
                    "unknown_own_column"
                } else {
                    "unknown_column"
                };
                let severity = if own {
                    Severity::Error
                } else {
                    Severity::Warning
                };
                problems.push(Problem {
                    severity,
                    ..problem(sheet, None, heading, code)
                });
            }
            if known.as_ref().is_some_and(|known| {
                !known.field.is_empty() && columns.known.contains(&Some(known.clone()))
            }) {
                problems.push(problem(sheet, None, heading, "duplicate_column"));
            }
            columns.known.push(known);
        }
        (columns, problems)
    }

    /// Texts without a language are in the form's default one.
    pub(super) fn settle_default(&mut self, default_language: &str) {
        for known in self.known.iter_mut().flatten() {
            if known.language.as_deref() == Some("") {
                known.language = Some(default_language.to_owned());
            }
        }
    }

    pub(super) fn known(&self, at: usize) -> Option<&Known> {
        self.known
            .get(at)?
            .as_ref()
            .filter(|known| !known.field.is_empty())
    }

    /// Languages in the order of the headings.
    pub(super) fn languages(&self) -> Vec<String> {
        let used = self
            .known
            .iter()
            .flatten()
            .filter(|known| !known.field.is_empty());
        used.filter_map(|known| known.language.clone()).collect()
    }

    /// The heading as written, of a field in a language, or the nearest there is.
    pub(super) fn heading(&self, field: &str, language: Option<&str>) -> String {
        let of_field = |known: &&Known| known.field == field;
        let exact = |known: &&Known| of_field(known) && known.language.as_deref() == language;
        let place = |wanted: &dyn Fn(&&Known) -> bool| {
            self.known
                .iter()
                .position(|known| known.as_ref().is_some_and(|known| wanted(&known)))
        };
        let at = place(&exact).or_else(|| place(&of_field));
        at.and_then(|at| self.headings.get(at))
            .cloned()
            .unwrap_or_else(|| field.to_owned())
    }

    pub(super) fn has_own(&self) -> bool {
        self.headings
            .iter()
            .any(|heading| heading.starts_with(OWN_PREFIX))
    }
}

fn understand(sheet: &str, heading: &str) -> Option<Known> {
    let table: &[(&str, &str, bool)] = match sheet {
        "survey" => &SURVEY,
        "choices" => &CHOICES,
        _ => &SETTINGS,
    };
    let find = |base: &str| table.iter().find(|(name, ..)| *name == base);
    let plain = normal(heading);
    if let Some((_, field, translated)) = find(&plain) {
        return Some(Known {
            field: (*field).to_owned(),
            language: translated.then(String::new),
        });
    }
    if let Some((base, language)) = heading.split_once("::") {
        if normal(base) == "media"
            || (sheet == "survey"
                && ["bind", "body", "control", "instance"].contains(&&*normal(base)))
        {
            // ODK's own attributes and media: carried by its tools, not shown here.
            let is_ours = heading.contains("baqylau");
            return (!is_ours).then(|| Known {
                field: String::new(),
                language: None,
            });
        }
        let (_, field, _) = find(&normal(base)).filter(|(.., translated)| *translated)?;
        return Some(Known {
            field: (*field).to_owned(),
            language: Some(language_code(language)),
        });
    }
    // Further columns of a choice list are what filters ask about.
    (sheet == "choices").then(|| Known {
        field: format!("column {heading}"),
        language: None,
    })
}

fn normal(heading: &str) -> String {
    heading.trim().to_lowercase().replace(' ', "_")
}

/// `English (en)` → `en`; a name without a code stands for itself.
pub(super) fn language_code(name: &str) -> String {
    let name = name.trim();
    let code = name
        .rsplit_once('(')
        .and_then(|(_, rest)| rest.strip_suffix(')'));
    code.map_or(name, str::trim).to_owned()
}
