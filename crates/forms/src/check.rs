//! The checks on a definition that need no expression.

use crate::compiled::rule_codes;
use crate::definition::{Definition, KindDef, QuestionDef, Texts};
use crate::expr::is_name;
use crate::flaw::{Flaw, Place};
use std::collections::{BTreeSet, HashSet};

/// Most questions a form may have.
const MOST_QUESTIONS: usize = 4000;
/// Most languages a form may have: one bit each in [`Texts::doubtful`].
const MOST_LANGUAGES: usize = 16;

/// Every flaw in the definition's own structure. One at [`Place::Form`] means that indexes may lead nowhere.
pub(crate) fn check(definition: &Definition) -> Vec<Flaw> {
    let mut flaws = Vec::new();
    check_shape(definition, &mut flaws);
    check_names(definition, &mut flaws);
    for (at, question) in definition.questions.iter().enumerate() {
        check_question(definition, at, question, &mut flaws);
    }
    for (at, group) in definition.groups.iter().enumerate() {
        let labelled = !group.label.is_empty();
        if labelled {
            check_translations(definition, Place::Group(at), &group.label, &mut flaws);
        } else if group.parent.is_none() {
            flaws.push(
                Flaw::error(Place::Group(at), "label", "missing_label").with("name", &group.name),
            );
        }
    }
    check_choices(definition, &mut flaws);
    check_sentences(definition, &mut flaws);
    flaws
}

fn check_shape(definition: &Definition, flaws: &mut Vec<Flaw>) {
    let mut refuse = |field, code| flaws.push(Flaw::error(Place::Form, field, code));
    if !is_name(&definition.id) {
        refuse("form_id", "bad_form_id");
    }
    if definition.questions.is_empty() {
        refuse("type", "no_questions");
    }
    if definition.questions.len() > MOST_QUESTIONS || definition.groups.len() > MOST_QUESTIONS {
        refuse("type", "too_many_questions");
    }
    if definition.languages.is_empty() || definition.languages.len() > MOST_LANGUAGES {
        refuse("label", "languages");
    }
    let leads_nowhere =
        |group: Option<u16>, limit: usize| group.is_some_and(|group| usize::from(group) >= limit);
    let groups = definition
        .groups
        .iter()
        .enumerate()
        .any(|(at, group)| leads_nowhere(group.parent, at));
    let questions = &definition.questions;
    if groups
        || questions
            .iter()
            .any(|question| leads_nowhere(question.group, definition.groups.len()))
    {
        refuse("type", "group_unbalanced");
    }
    if definition.title.is_empty() {
        refuse("form_title", "missing_title");
    }
}

fn check_names(definition: &Definition, flaws: &mut Vec<Flaw>) {
    let mut seen = HashSet::new();
    let groups = definition
        .groups
        .iter()
        .enumerate()
        .map(|(at, group)| (Place::Group(at), &group.name));
    let questions = definition
        .questions
        .iter()
        .enumerate()
        .map(|(at, question)| (Place::Question(at), &question.name));
    for (place, name) in groups.chain(questions) {
        if name.is_empty() {
            flaws.push(Flaw::error(place, "name", "missing_name"));
        } else if !is_name(name) {
            flaws.push(Flaw::error(place, "name", "bad_name").with("name", name));
        } else if !seen.insert(name) {
            flaws.push(Flaw::error(place, "name", "duplicate_name").with("name", name));
        }
    }
}

fn check_question(
    definition: &Definition,
    at: usize,
    question: &QuestionDef,
    flaws: &mut Vec<Flaw>,
) {
    let place = Place::Question(at);
    let name = &question.name;
    if question.kind == KindDef::Calculate {
        if question.calculation.is_none() {
            flaws.push(Flaw::error(place, "calculation", "missing_calculation").with("name", name));
        }
    } else if question.label.is_empty() {
        flaws.push(Flaw::error(place, "label", "missing_label").with("name", name));
    } else {
        check_translations(definition, place, &question.label, flaws);
    }
    let is_select = matches!(question.kind, KindDef::SelectOne | KindDef::SelectMultiple);
    if is_select && question.list.is_none() && question.register.is_none() {
        flaws.push(Flaw::error(place, "type", "missing_list").with("name", name));
    }
    if question.choice_filter.is_some() && !is_select {
        flaws.push(Flaw::warning(place, "choice_filter", "filter_without_list").with("name", name));
    }
    for (field, code, rule) in [
        (
            "bind::baqylau:warning_code",
            &question.warning_code,
            &question.warning,
        ),
        (
            "bind::baqylau:alert_code",
            &question.alert_code,
            &question.alert,
        ),
    ] {
        if code.is_some() && rule.is_none() {
            flaws.push(Flaw::warning(place, field, "code_without_rule").with("name", name));
        }
    }
}

fn check_translations(definition: &Definition, place: Place, label: &Texts, flaws: &mut Vec<Flaw>) {
    for (language, text) in definition.languages.iter().zip(&label.by_language) {
        if text.is_empty() {
            flaws.push(
                Flaw::warning(place, "label", "missing_translation").with("language", language),
            );
        }
    }
}

fn check_choices(definition: &Definition, flaws: &mut Vec<Flaw>) {
    for (list_at, list) in definition.lists.iter().enumerate() {
        let mut seen = HashSet::new();
        for (at, choice) in list.choices.iter().enumerate() {
            let place = Place::Choice(list_at, at);
            let refuse = |code| {
                Flaw::error(place, "name", code)
                    .with("list", &list.name)
                    .with("name", &choice.code)
            };
            if choice.code.is_empty() {
                flaws.push(refuse("missing_name"));
            } else if choice.code.contains(char::is_whitespace) {
                flaws.push(refuse("bad_choice_name"));
            } else if !seen.insert(&choice.code) {
                flaws.push(refuse("duplicate_choice"));
            }
            if choice.label.is_empty() {
                flaws.push(Flaw::error(place, "label", "missing_label").with("name", &choice.code));
            } else {
                check_translations(definition, place, &choice.label, flaws);
            }
        }
    }
}

fn check_sentences(definition: &Definition, flaws: &mut Vec<Flaw>) {
    let mut known: BTreeSet<String> = BTreeSet::new();
    for (at, question) in definition.questions.iter().enumerate() {
        let [_, warning, alert] = rule_codes(definition, question);
        for (field, code, rule) in [
            ("bind::baqylau:warning", warning, &question.warning),
            ("bind::baqylau:alert", alert, &question.alert),
        ] {
            if rule.is_some() {
                if !definition.has_sentence(&code) {
                    flaws.push(
                        Flaw::warning(Place::Question(at), field, "missing_sentence")
                            .with("code", &code),
                    );
                }
                known.insert(code);
            }
        }
        known.insert(format!("{}.constraint", question.name));
        known.insert(format!("{}.required", question.name));
    }
    let mut seen = HashSet::new();
    for (at, sentence) in definition.sentences.iter().enumerate() {
        let place = Place::Sentence(at);
        if !seen.insert(&sentence.code) {
            flaws.push(Flaw::error(place, "name", "duplicate_choice").with("name", &sentence.code));
        }
        if !known.contains(&sentence.code) {
            flaws
                .push(Flaw::warning(place, "name", "unused_sentence").with("code", &sentence.code));
        }
        check_translations(definition, place, &sentence.text, flaws);
    }
}
