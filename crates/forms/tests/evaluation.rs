//! What a screen is told, by example.

mod common;

use baqylau_domain::{Answers, FindingLevel, Value};
use baqylau_forms::{Env, Nothing, QuestionKind, evaluate};
use common::{NOW, Stations, VISIT, answers, choice, choices, codes, date, env, form, time, view};

fn observed(more: &[(&str, Value)]) -> Vec<(&'static str, Value)> {
    let mut pairs = vec![
        ("H08", choice("R1")),
        ("H10", choice("S1")),
        ("H18", choice("yes")),
    ];
    let known = [
        "B07", "B09", "B37", "B43", "B44", "B59", "B60", "H14", "H15", "H08", "H10", "H18",
    ];
    for (name, value) in more {
        let name = known
            .into_iter()
            .find(|known| known == name)
            .unwrap_or_default();
        pairs.retain(|(present, _)| *present != name);
        pairs.push((name, value.clone()));
    }
    pairs
}

#[test]
fn a_group_that_does_not_apply_hides_everything_inside_and_keeps_the_answers() {
    let form = form(VISIT);
    let denied = observed(&[
        ("H18", choice("no")),
        ("B07", Value::Integer(900)),
        ("B37", choice("no")),
    ]);
    let view_denied = view(&form, &denied);
    assert!(!view_denied.questions["B07"].relevant);
    assert!(
        !view_denied.questions["B37"].relevant,
        "the inner group inherits"
    );
    assert_eq!(view_denied.questions["B37"].value, None);
    assert!(!view_denied.sections[1].relevant);
    assert_eq!(
        codes(&view_denied.findings),
        Vec::<&str>::new(),
        "rules of hidden questions are silent"
    );
    let admitted = observed(&[("B07", Value::Integer(900)), ("B37", choice("no"))]);
    let view_admitted = view(&form, &admitted);
    assert_eq!(
        view_admitted.questions["B37"].value,
        Some(choice("no")),
        "the answer was kept by the caller"
    );
    assert_eq!(codes(&view_admitted.findings), ["B37.unsealed"]);
}

#[test]
fn required_answers_block_and_say_so_with_the_forms_own_words() {
    let form = form(VISIT);
    let empty = view(&form, &[]);
    assert_eq!(codes(&empty.findings), ["H10.required", "required"]);
    assert!(!empty.can_finish);
    assert_eq!(form.sheet("en").findings["H10.required"], "Which station?");
    assert!(view(&form, &observed(&[])).can_finish);
}

#[test]
fn a_constraint_waits_for_the_figure_it_compares_with() {
    let form = form(VISIT);
    assert_eq!(
        codes(&view(&form, &observed(&[("B09", Value::Integer(5))])).findings),
        Vec::<&str>::new()
    );
    let more = observed(&[("B07", Value::Integer(9)), ("B09", Value::Integer(10))]);
    let found = view(&form, &more).findings;
    assert_eq!(
        (codes(&found), found[0].level),
        (vec!["constraint"], FindingLevel::Block)
    );
    assert_eq!(found[0].fields, ["B09", "B07"]);
    let fewer = observed(&[("B07", Value::Integer(10)), ("B09", Value::Integer(9))]);
    assert!(
        view(&form, &fewer).can_finish,
        "9 is less than 10 as a number"
    );
}

#[test]
fn times_compare_as_times() {
    let form = form(VISIT);
    let backwards = observed(&[("H14", time(10, 0)), ("H15", time(9, 30))]);
    assert_eq!(codes(&view(&form, &backwards).findings)[0], "constraint");
    let hurried = observed(&[("H14", time(9, 45)), ("H15", time(10, 5))]);
    assert_eq!(codes(&view(&form, &hurried).findings), ["short_stay"]);
    let patient = observed(&[("H14", time(9, 45)), ("H15", time(10, 15))]);
    assert_eq!(codes(&view(&form, &patient).findings), Vec::<&str>::new());
}

#[test]
fn blankness_can_be_the_point_of_a_rule() {
    let form = form(VISIT);
    let bad = observed(&[("B59", choice("2"))]);
    let found = view(&form, &bad).findings;
    assert_eq!(codes(&found), ["B59.comment"]);
    assert_eq!(found[0].fields, ["B59", "B60"]);
    let explained = observed(&[("B59", choice("2")), ("B60", Value::Text("Crowded".into()))]);
    assert_eq!(codes(&view(&form, &explained).findings), Vec::<&str>::new());
    let blank = observed(&[("B59", choice("2")), ("B60", Value::Text(String::new()))]);
    assert_eq!(
        codes(&view(&form, &blank).findings),
        ["B59.comment"],
        "an empty text is no answer"
    );
}

#[test]
fn calculations_follow_their_inputs() {
    let form = form(VISIT);
    let counted = view(
        &form,
        &observed(&[("B07", Value::Integer(300)), ("B09", Value::Integer(100))]),
    );
    assert_eq!(counted.questions["share"].value, Some(Value::Decimal(33.3)));
    assert_eq!(
        counted.questions["shown"].value,
        Some(Value::Text("33.3 %".into()))
    );
    assert_eq!(
        counted.questions["bye"].label.as_deref(),
        Some("You counted 100 at School 1.")
    );
    let missing = view(&form, &observed(&[("B09", Value::Integer(100))]));
    assert_eq!(
        missing.questions["share"].value, None,
        "no number comes of a blank"
    );
}

#[test]
fn defaults_hold_until_answered() {
    let form = form(VISIT);
    assert_eq!(
        view(&form, &[]).questions["H07"].value,
        Some(date(2011, 4, 3))
    );
    assert_eq!(
        view(&form, &[("H07", date(2011, 4, 4))]).questions["H07"].value,
        Some(date(2011, 4, 4))
    );
    assert_eq!(
        form.initial_answers(&env()),
        answers(&[("H07", date(2011, 4, 3))])
    );
}

#[test]
fn lists_are_narrowed_by_other_answers() {
    let form = form(VISIT);
    let base = [("B07", Value::Integer(9)), ("B37", choice("no"))];
    let narrowed = view(&form, &observed(&base));
    assert_eq!(
        narrowed.questions["B44"].choices,
        Some(vec!["wall".to_owned()])
    );
    let mut wrong = base.to_vec();
    wrong.push(("B44", choice("door")));
    assert!(codes(&view(&form, &observed(&wrong)).findings).contains(&"choice_filtered"));
    wrong.push(("B44", choice("roof")));
    let refused = view(&form, &observed(&wrong));
    assert!(codes(&refused.findings).contains(&"not_a_choice"));
    assert!(!refused.can_finish);
}

#[test]
fn register_selects_are_checked_against_the_register_and_never_block() {
    let form = form(VISIT);
    let filter = form.register_filter("H10", &answers(&[("H08", choice("R2"))]), &env());
    assert_eq!(filter, Some(vec![("region".to_owned(), "R2".to_owned())]));
    assert_eq!(form.register_filter("H10", &Answers::new(), &env()), None);
    let elsewhere = view(&form, &observed(&[("H08", choice("R2"))]));
    assert_eq!(codes(&elsewhere.findings), ["choice_filtered"]);
    let unknown = view(&form, &observed(&[("H10", choice("S9"))]));
    assert_eq!(
        (codes(&unknown.findings), unknown.can_finish),
        (vec!["not_in_register"], true)
    );
}

#[test]
fn an_exclusive_choice_stands_alone() {
    let form = form(VISIT);
    let both = [
        ("B07", Value::Integer(9)),
        ("B37", choice("no")),
        ("B43", choices(&["none", "stack"])),
    ];
    assert!(codes(&view(&form, &observed(&both)).findings).contains(&"exclusive_choice"));
    let sheet = form.sheet("kk");
    assert!(sheet.choices["problem"][0].exclusive);
}

#[test]
fn an_answer_of_the_wrong_kind_is_reported_and_counts_as_absent() {
    let form = form(VISIT);
    let wrong = view(&form, &observed(&[("B07", Value::Text("many".into()))]));
    assert_eq!(codes(&wrong.findings), ["wrong_kind"]);
    assert_eq!(wrong.questions["B07"].value, None);
}

#[test]
fn progress_counts_what_can_be_answered() {
    let form = form(VISIT);
    let blank = view(&form, &[]);
    assert_eq!(
        (blank.progress.answered, blank.progress.applicable),
        (1, 6),
        "the date has a default"
    );
    let begun = view(&form, &observed(&[("B07", Value::Integer(9))]));
    let sum: u32 = begun
        .sections
        .iter()
        .map(|section| section.progress.applicable)
        .sum();
    assert_eq!(begun.progress.applicable, sum);
    assert_eq!(begun.progress.answered, 5);
}

#[test]
fn a_sheet_speaks_its_language() {
    let form = form(VISIT);
    let (en, kk) = (form.sheet("en"), form.sheet("kk"));
    assert_eq!(
        (en.title.as_str(), kk.title.as_str()),
        ("Voting", "Дауыс беру")
    );
    assert_eq!(kk.questions["B59"].label, "Жалпы баға");
    assert!(kk.questions["B59"].doubtful && !en.questions["B59"].doubtful);
    assert_eq!(
        kk.questions["B37"].hint, "All of them",
        "a missing translation falls back"
    );
    assert_eq!(en.findings["B59.comment"], "Please say why.");
    assert_eq!(en.questions["share"].kind, QuestionKind::Calculate);
    assert!(en.questions["share"].hidden && en.questions["shown"].read_only);
    assert!(en.questions["H10"].prefilled);
    assert_eq!(en.questions["H10"].register.as_deref(), Some("stations"));
    assert_eq!(form.sheet("xx").language, "en");
}

#[test]
fn labels_speak_the_language_of_the_evaluation() {
    let form = form(VISIT);
    let rated = answers(&observed(&[("B59", choice("2"))]));
    let env = Env {
        now: NOW,
        language: "ru",
        register: &Stations,
        prior: &Nothing,
    };
    let label = evaluate(&form, &rated, &env).questions["B60"].label.clone();
    assert_eq!(label.as_deref(), Some("Comment on Плохо (ru)"));
}

#[test]
fn the_form_says_what_serves_indicators_and_what_is_prefilled() {
    let form = form(VISIT);
    assert_eq!(
        form.prefill().collect::<Vec<_>>(),
        [("H08", "station.region"), ("H10", "station.code")]
    );
    let (index, overall) = form.question("B59").unwrap_or_else(|| panic!("B59"));
    assert_eq!(overall.indicators, ["I02", "I03"]);
    assert_eq!(form.question_at(index), Some(overall));
    assert_eq!(
        form.question("B09")
            .and_then(|(_, found)| found.seed.clone())
            .as_deref(),
        Some("90 % turnout")
    );
    assert_eq!(form.summary().questions, 19);
}
