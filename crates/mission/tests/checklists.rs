//! The shipped checklists: complete, in three languages, and with rules that notice what they should.

use baqylau_domain::{Answers, FormId, Moment, Value};
use baqylau_forms::{Env, Nothing, evaluate};
use baqylau_mission::Mission;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

static FOLDER: LazyLock<PathBuf> =
    LazyLock::new(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/missions/kz-2011"));

static MISSION: LazyLock<Mission> = LazyLock::new(|| {
    Mission::load(&FOLDER).unwrap_or_else(|problems| {
        let lines: Vec<_> = problems.iter().map(ToString::to_string).collect();
        panic!("{}", lines.join("\n"))
    })
});

/// Questions by the letter of their id: the forms' own numbering, helpers apart.
fn numbered(form: &str) -> BTreeMap<char, usize> {
    let form = MISSION.form(&FormId::from(form)).expect("a form");
    let mut counts = BTreeMap::new();
    for question in form.form.questions() {
        let (letter, digits) = question.name.split_at(1);
        if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
            *counts
                .entry(letter.chars().next().expect("a letter"))
                .or_default() += 1;
        }
    }
    counts
}

#[test]
fn every_checklist_has_all_of_its_questions() {
    assert_eq!(numbered("opening"), [('H', 18), ('A', 38)].into());
    assert_eq!(numbered("voting"), [('H', 18), ('B', 60)].into());
    assert_eq!(
        numbered("counting"),
        [('H', 18), ('C', 40), ('R', 15)].into()
    );
    // The three questions about the station do not apply at a commission.
    assert_eq!(numbered("tabulation"), [('H', 15), ('D', 30)].into());
    assert_eq!(numbered("incident"), [('L', 11)].into());
}

#[test]
fn every_checklist_speaks_three_languages() {
    for form in &MISSION.forms {
        for language in &MISSION.about.languages {
            let sheet = form.form.sheet(language);
            assert_eq!(&sheet.language, language);
            assert!(!sheet.title.is_empty());
            for question in sheet.questions.values().filter(|question| !question.hidden) {
                assert!(!question.label.is_empty(), "{} {}", question.name, language);
            }
            assert!(
                sheet
                    .choices
                    .values()
                    .flatten()
                    .all(|choice| !choice.label.is_empty())
            );
            assert!(sheet.findings.values().all(|sentence| !sentence.is_empty()));
        }
    }
}

#[test]
fn what_awaits_a_native_speaker_is_marked() {
    let form = MISSION.form(&FormId::from("counting")).expect("counting");
    assert!(form.form.sheet("kk").questions["C11"].doubtful);
    assert!(!form.form.sheet("en").questions["C11"].doubtful);
}

#[test]
fn an_empty_report_hides_and_shows_without_a_finding_that_alarms() {
    let env = Env {
        language: "en",
        register: &*MISSION.register,
        prior: &Nothing,
        now: Moment {
            utc_ms: 1_301_794_000_000,
            offset_min: 360,
        },
    };
    for form in &MISSION.forms {
        let view = evaluate(&form.form, &form.form.initial_answers(&env), &env);
        assert!(view.progress.applicable > 0, "{}", form.entry.id);
        assert!(
            view.findings
                .iter()
                .all(|finding| finding.code == "required"),
            "{:?}",
            view.findings
        );
    }
}

fn figures(values: [i64; 15]) -> Answers {
    let named = values
        .into_iter()
        .enumerate()
        .map(|(index, value)| (format!("R{:02}", index + 1), Value::Integer(value)));
    named
        .chain([("H18".to_owned(), Value::Choice("observed".to_owned()))])
        .collect()
}

const PROTOCOL: [i64; 15] = [
    1_200, 12, 1_212, 118, 2, 1_060, 32, 1_058, 32, 10, 1_080, 15, 12, 21, 1_032,
];

fn reconciliation(values: [i64; 15]) -> (BTreeSet<String>, Option<Value>) {
    let env = Env {
        language: "en",
        register: &*MISSION.register,
        prior: &Nothing,
        now: Moment {
            utc_ms: 0,
            offset_min: 360,
        },
    };
    let form = &MISSION
        .form(&FormId::from("counting"))
        .expect("counting")
        .form;
    let view = evaluate(form, &figures(values), &env);
    let broken = view
        .findings
        .into_iter()
        .filter(|finding| finding.code.starts_with('Q'));
    (
        broken.map(|finding| finding.code).collect(),
        view.questions["C29"].value.clone(),
    )
}

#[test]
fn a_protocol_that_adds_up_reconciles() {
    assert_eq!(
        reconciliation(PROTOCOL),
        (BTreeSet::new(), Some(Value::Choice("yes".to_owned())))
    );
}

#[test]
fn every_rule_of_the_protocol_notices_its_own_mistake() {
    // Position of the figure that is wrong, what it is instead, and the rules it breaks.
    let mistakes: [(usize, i64, &[&str]); 9] = [
        (3, 119, &["Q1"]),
        (7, 1_061, &["Q2", "Q4"]),
        (10, 1_081, &["Q4", "Q5"]),
        (14, 1_033, &["Q5"]),
        (1, 0, &[]),
        (1, 130, &["Q10"]),
        (2, 1_300, &["Q1", "Q7"]),
        (5, 1_170, &["Q1", "Q11"]),
        (5, 1_190, &["Q1", "Q6", "Q11"]),
    ];
    for (position, wrong, rules) in mistakes {
        let mut values = PROTOCOL;
        values[position] = wrong;
        let (broken, reconciles) = reconciliation(values);
        assert_eq!(
            broken,
            rules.iter().map(|rule| (*rule).to_owned()).collect(),
            "figure {}",
            position + 1
        );
        let expected = if broken.is_empty() || broken.contains("Q10") {
            "yes"
        } else {
            "no"
        };
        assert_eq!(
            reconciles,
            Some(Value::Choice(expected.to_owned())),
            "figure {}",
            position + 1
        );
    }
}
