//! The arithmetic of a results protocol, Q1 to Q12, written as rows of a workbook.

mod common;

use baqylau_domain::{Answers, Finding, FindingLevel, Value};
use baqylau_forms::{Env, evaluate};
use common::{Earlier, NOW, PROTOCOL, Stations, codes, form};

/// A protocol in which every rule is satisfied.
const SOUND: [i64; 15] = [
    1200, 12, 1212, 118, 2, 1060, 32, 1058, 32, 10, 1080, 15, 12, 21, 1032,
];

fn sound() -> Answers {
    let named = (1..)
        .zip(SOUND)
        .map(|(number, figure)| (format!("R{number:02}"), Value::Integer(figure)));
    named
        .chain([("R16".to_owned(), Value::Integer(1080))])
        .collect()
}

fn findings(changes: &[(&str, i64)], earlier: Vec<(&'static str, Value)>) -> Vec<Finding> {
    let mut answers = sound();
    for (name, figure) in changes {
        answers.insert((*name).to_owned(), Value::Integer(*figure));
    }
    let env = Env {
        now: NOW,
        language: "en",
        register: &Stations,
        prior: &Earlier(earlier),
    };
    evaluate(&form(PROTOCOL), &answers, &env).findings
}

/// Breaks one rule and expects that rule's finding, at its level, among whatever else follows.
#[track_caller]
fn breaks(code: &str, level: FindingLevel, changes: &[(&str, i64)]) -> Finding {
    let found = findings(changes, Vec::new());
    let finding = found.iter().find(|finding| finding.code == code);
    let finding = finding.unwrap_or_else(|| panic!("{code} not in {:?}", codes(&found)));
    assert_eq!(finding.level, level, "{code}");
    finding.clone()
}

#[test]
fn a_sound_protocol_raises_nothing() {
    assert_eq!(findings(&[], Vec::new()), []);
    let earlier = vec![
        ("opening/A18", Value::Integer(1200)),
        ("voting/B09", Value::Integer(900)),
    ];
    assert_eq!(findings(&[], earlier), []);
}

#[test]
fn q1_warns_of_a_small_gap_and_alerts_of_a_large_one() {
    let small = breaks("Q1", FindingLevel::Warn, &[("R04", 117)]);
    assert_eq!(small.args["q1_gap"], "1");
    assert_eq!(small.args["R03"], "1212");
    assert_eq!(small.fields, ["R03", "R04", "R05", "R06", "R07"]);
    breaks("Q1", FindingLevel::Warn, &[("R04", 115)]);
    let large = findings(&[("R04", 114)], Vec::new());
    assert_eq!(
        codes(&large),
        ["Q1"],
        "the alert silences the warning of the same rule"
    );
    assert_eq!(large[0].level, FindingLevel::Alert);
    // Half a percent of a small station is less than three ballots.
    breaks(
        "Q1",
        FindingLevel::Alert,
        &[
            ("R03", 200),
            ("R04", 0),
            ("R05", 2),
            ("R06", 190),
            ("R07", 6),
        ],
    );
}

#[test]
fn each_rule_broken_in_turn() {
    use FindingLevel::{Alert, Warn};
    breaks("Q2", Alert, &[("R08", 1061)]);
    breaks("Q2", Alert, &[("R09", 33)]);
    breaks("Q3", Warn, &[("R08", 1040)]);
    breaks("Q4", Alert, &[("R10", 11)]);
    breaks("Q5", Alert, &[("R15", 1031)]);
    breaks("Q6", Alert, &[("R06", 1190)]);
    breaks("Q7", Warn, &[("R03", 1300)]);
    breaks("Q10", Warn, &[("R02", 121)]);
    let turnout = breaks("Q11", Warn, &[("R06", 1170)]);
    assert_eq!(turnout.args["turnout"], "99.2");
    breaks("Q12", Alert, &[("R16", 1081)]);
}

#[test]
fn rules_across_reports_of_one_station() {
    let opening = findings(&[], vec![("opening/A18", Value::Integer(1150))]);
    assert_eq!(codes(&opening), ["Q8"]);
    assert_eq!(opening[0].args["q8_list"], "1150");
    assert_eq!(opening[0].fields, ["R01"]);
    let voting = findings(&[], vec![("voting/B09", Value::Integer(1100))]);
    assert_eq!(codes(&voting), ["Q9"]);
    assert_eq!(voting[0].fields, ["R06", "R07"]);
}

#[test]
fn a_figure_that_was_not_announced_stops_only_the_rules_that_need_it() {
    let form = form(PROTOCOL);
    for missing in ["R01", "R03", "R04", "R06", "R08", "R10", "R11", "R15"] {
        let mut answers = sound();
        answers.remove(missing);
        let view = evaluate(&form, &answers, &common::env());
        assert_eq!(
            codes(&view.findings),
            Vec::<&str>::new(),
            "without {missing}"
        );
    }
    let mut answers = sound();
    answers.remove("R04");
    answers.insert("R15".to_owned(), Value::Integer(1));
    assert_eq!(
        codes(&evaluate(&form, &answers, &common::env()).findings),
        ["Q5"]
    );
}

#[test]
fn no_rule_of_a_protocol_keeps_it_from_being_finished() {
    let zeroes: Answers = (1..=16)
        .map(|number| (format!("R{number:02}"), Value::Integer(number * 7)))
        .collect();
    let view = evaluate(&form(PROTOCOL), &zeroes, &common::env());
    assert!(!view.findings.is_empty());
    assert!(view.can_finish);
    let negative = findings(&[("R05", -1)], Vec::new());
    assert_eq!(
        (negative[0].code.as_str(), negative[0].level),
        ("R05.constraint", FindingLevel::Block)
    );
}
