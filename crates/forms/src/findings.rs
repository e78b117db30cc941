//! The checks on a set of answers.

use crate::QuestionKind;
use crate::compiled::Rule;
use crate::convert::fits;
use crate::evaluate::{Run, args_of, sort_findings};
use baqylau_domain::{Finding, FindingLevel, Value};
use std::collections::BTreeMap;

/// All findings, worst first, then in the form's order.
pub(crate) fn findings(run: &Run<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (at, _) in (0_u16..)
        .zip(run.form.questions())
        .filter(|(at, _)| run.is_relevant(*at))
    {
        check_answer(run, at, &mut found);
        check_rules(run, at, &mut found);
    }
    sort_findings(&mut found);
    found
}

fn finding(run: &Run<'_>, at: u16, code: &str, level: FindingLevel) -> Finding {
    let fields = run
        .form
        .question_at(at)
        .map(|question| question.name.clone())
        .into_iter()
        .collect();
    Finding {
        code: code.to_owned(),
        level,
        fields,
        args: BTreeMap::new(),
    }
}

/// What is wrong with the answer itself, whatever the form's own rules say.
fn check_answer(run: &Run<'_>, at: u16, found: &mut Vec<Finding>) {
    let parts = run.parts(at);
    let Some(value) = run.value(at) else {
        let wrong_kind = run.given[usize::from(at)].is_some_and(|value| !fits(parts.kind, value));
        if wrong_kind && parts.calculation.is_none() {
            found.push(finding(run, at, "wrong_kind", FindingLevel::Block));
        } else if parts.takes_answer() && run.is_required(at) {
            found.push(finding(
                run,
                at,
                run.form.required_code(at),
                FindingLevel::Block,
            ));
        }
        return;
    };
    let codes: &[String] = match value {
        Value::Choice(code) if parts.kind == QuestionKind::SelectOne => std::slice::from_ref(code),
        Value::Choices(codes) if parts.kind == QuestionKind::SelectMultiple => codes,
        _ => return,
    };
    let register = run
        .form
        .question_at(at)
        .and_then(|question| question.register.as_deref());
    match register {
        Some(file) => check_register_codes(run, at, file, codes, found),
        None => check_list_codes(run, at, codes, found),
    }
}

fn check_list_codes(run: &Run<'_>, at: u16, codes: &[String], found: &mut Vec<Finding>) {
    let Some(list) = run.parts(at).list.map(|list| run.form.list(list)) else {
        return;
    };
    let offered = run.offered(at);
    let mut exclusive = false;
    for code in codes {
        let Some(choice) = list.choices.iter().find(|choice| choice.code == *code) else {
            found.push(with_code(
                finding(run, at, "not_a_choice", FindingLevel::Block),
                code,
            ));
            continue;
        };
        exclusive |= choice.exclusive;
        if offered
            .as_ref()
            .is_some_and(|offered| !offered.contains(&code.as_str()))
        {
            found.push(with_code(
                finding(run, at, "choice_filtered", FindingLevel::Warn),
                code,
            ));
        }
    }
    if exclusive && codes.len() > 1 {
        found.push(finding(run, at, "exclusive_choice", FindingLevel::Warn));
    }
}

fn check_register_codes(
    run: &Run<'_>,
    at: u16,
    file: &str,
    codes: &[String],
    found: &mut Vec<Finding>,
) {
    let filter = run.register_filter(at).unwrap_or_default();
    for code in codes {
        let code_of_finding = if !run.env.register.contains(file, code, &[]) {
            "not_in_register"
        } else if !filter.is_empty() && !run.env.register.contains(file, code, &filter) {
            "choice_filtered"
        } else {
            continue;
        };
        found.push(with_code(
            finding(run, at, code_of_finding, FindingLevel::Warn),
            code,
        ));
    }
}

fn with_code(mut finding: Finding, code: &str) -> Finding {
    finding.args.insert("code".to_owned(), code.to_owned());
    finding
}

fn check_rules(run: &Run<'_>, at: u16, found: &mut Vec<Finding>) {
    let mut struck: Vec<&str> = Vec::new();
    for rule in &run.parts(at).rules {
        if struck.contains(&rule.code.as_str()) || !may_run(run, rule) {
            continue;
        }
        if run.holds(&rule.test, at) == rule.strikes_when {
            struck.push(&rule.code);
            found.push(of_rule(run, rule));
        }
    }
}

fn may_run(run: &Run<'_>, rule: &Rule) -> bool {
    rule.needs.iter().all(|needed| run.value(*needed).is_some())
}

fn of_rule(run: &Run<'_>, rule: &Rule) -> Finding {
    let name = |at: &u16| {
        run.form
            .question_at(*at)
            .map(|question| question.name.clone())
    };
    Finding {
        code: rule.code.clone(),
        level: rule.level,
        fields: rule.fields.iter().filter_map(name).collect(),
        args: args_of(run, &rule.args),
    }
}
