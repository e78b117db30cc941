//! What holds for any answers and any bytes.

mod common;

use baqylau_domain::{Answers, Location, Moment, Value, WireChange, WireValue};
use baqylau_forms::{Form, FormatError, QuestionKind, Source, evaluate, read_with_warnings};
use chrono::{NaiveDate, NaiveTime};
use common::{PROTOCOL, VISIT, env, form};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::subsequence;
use std::sync::LazyLock;

static FORM: LazyLock<Form> = LazyLock::new(|| form(VISIT));

/// An answer that fits the question, or `None` for kinds that take none.
fn value_for(form: &Form, name: &str) -> Option<BoxedStrategy<Value>> {
    let (_, question) = form.question(name)?;
    let codes = |list: &Option<String>| -> Vec<String> {
        let sheet = form.sheet("en");
        let list = list
            .as_ref()
            .and_then(|list| sheet.choices.get(list).cloned())
            .unwrap_or_default();
        list.into_iter().map(|choice| choice.code).collect()
    };
    Some(match question.kind {
        QuestionKind::Integer => any::<i64>().prop_map(Value::Integer).boxed(),
        QuestionKind::Decimal => (-1e12..1e12).prop_map(Value::Decimal).boxed(),
        QuestionKind::Text => "\\PC{1,20}".prop_map(Value::Text).boxed(),
        QuestionKind::SelectOne if question.register.is_some() => {
            "[RS][1-4]".prop_map(Value::Choice).boxed()
        }
        QuestionKind::SelectOne => prop::sample::select(codes(&question.list))
            .prop_map(Value::Choice)
            .boxed(),
        QuestionKind::SelectMultiple => {
            let codes = codes(&question.list);
            let most = codes.len();
            subsequence(codes, 1..=most)
                .prop_map(Value::Choices)
                .boxed()
        }
        QuestionKind::Date => (-700_000..700_000)
            .prop_filter_map("calendar", NaiveDate::from_epoch_days)
            .prop_map(Value::Date)
            .boxed(),
        QuestionKind::Time => (0..86_400_u32, 0..1000_u32)
            .prop_filter_map("clock", |(s, ms)| {
                NaiveTime::from_num_seconds_from_midnight_opt(s, ms * 1_000_000)
            })
            .prop_map(Value::Time)
            .boxed(),
        QuestionKind::DateTime => (any::<i64>(), -720..840_i16)
            .prop_map(|(utc_ms, offset_min)| Value::DateTime(Moment { utc_ms, offset_min }))
            .boxed(),
        QuestionKind::Location => (-90.0..90.0, -180.0..180.0, prop::option::of(0.0..1e4))
            .prop_map(|(latitude, longitude, accuracy_m)| {
                Value::Location(Location {
                    latitude,
                    longitude,
                    accuracy_m,
                })
            })
            .boxed(),
        QuestionKind::Acknowledge => Just(Value::Acknowledged).boxed(),
        QuestionKind::Note | QuestionKind::Calculate | QuestionKind::Image => return None,
    })
}

/// Any set of answers that fits the form.
fn any_answers() -> impl Strategy<Value = Answers> {
    let names: Vec<String> = FORM
        .questions()
        .map(|question| question.name.clone())
        .collect();
    let each = names.into_iter().filter_map(|name| {
        let value = value_for(&FORM, &name)?;
        Some((Just(name), prop::option::of(value)))
    });
    each.collect::<Vec<_>>().prop_map(|pairs| {
        pairs
            .into_iter()
            .filter_map(|(name, value)| Some((name, value?)))
            .collect()
    })
}

fn any_wire_value() -> impl Strategy<Value = Option<WireValue>> {
    prop_oneof![
        Just(None),
        "\\PC{0,10}".prop_map(|text| Some(WireValue::Text(text))),
        any::<i64>().prop_map(|number| Some(WireValue::Integer(number))),
        any::<f64>().prop_map(|number| Some(WireValue::Decimal(number))),
        any::<i32>().prop_map(|days| Some(WireValue::Date(days))),
        any::<u32>().prop_map(|ms| Some(WireValue::Time(ms))),
        any::<u16>().prop_map(|at| Some(WireValue::Choice(at))),
        vec(0..4_u16, 0..5).prop_map(|at| Some(WireValue::Choices(at))),
        Just(Some(WireValue::Acknowledged)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn what_travels_arrives(before in any_answers(), after in any_answers()) {
        let changes = FORM.encode_changes(&before, &after);
        let changes = changes.map_err(|error| TestCaseError::fail(error.to_string()))?;
        let mut arrived = before.clone();
        prop_assert_eq!(FORM.apply_changes(&mut arrived, &changes), Ok(()));
        prop_assert_eq!(&arrived, &after);
        prop_assert!(FORM.encode_changes(&arrived, &after).is_ok_and(|rest| rest.is_empty()));
    }

    #[test]
    fn hostile_changes_are_refused_whole(before in any_answers(), changes in vec((0..40_u16, any_wire_value()), 0..20)) {
        let changes: Vec<WireChange> = changes;
        let mut answers = before.clone();
        if FORM.apply_changes(&mut answers, &changes).is_err() {
            prop_assert_eq!(answers, before);
        } else {
            let view = evaluate(&FORM, &answers, &env());
            prop_assert!(view.findings.iter().all(|finding| finding.code != "wrong_kind"));
        }
    }

    #[test]
    fn evaluation_depends_on_nothing_but_its_inputs(answers in any_answers()) {
        let kept = answers.clone();
        let (first, second) = (evaluate(&FORM, &answers, &env()), evaluate(&FORM, &answers, &env()));
        prop_assert_eq!(&first, &second);
        prop_assert_eq!(answers, kept, "answers that do not apply are not lost");
    }

    #[test]
    fn what_is_in_force_evaluates_to_itself(answers in any_answers()) {
        let first = evaluate(&FORM, &answers, &env());
        let in_force = first.questions.iter().filter_map(|(name, view)| Some((name.clone(), view.value.clone()?)));
        let second = evaluate(&FORM, &in_force.collect(), &env());
        prop_assert_eq!(first, second);
    }

    #[test]
    fn nothing_that_is_hidden_speaks(answers in any_answers()) {
        let view = evaluate(&FORM, &answers, &env());
        for finding in &view.findings {
            prop_assert!(view.questions[&finding.fields[0]].relevant, "{}", finding.code);
        }
        prop_assert!(view.progress.answered <= view.progress.applicable);
    }

    #[test]
    fn any_file_is_read_or_refused(bytes in vec(any::<u8>(), 0..400)) {
        let _ = read_with_warnings(Source::Csv { survey: &bytes });
        let _ = read_with_warnings(Source::Xlsx(&bytes));
    }

    #[test]
    fn a_workbook_with_any_cell_replaced_is_read_or_refused(at in any::<prop::sample::Index>(), cell in "\\PC{0,30}") {
        let text = String::from_utf8_lossy(PROTOCOL).into_owned();
        let mut cells: Vec<&str> = text.split(',').collect();
        let index = at.index(cells.len());
        cells[index] = &cell;
        if let Ok((form, _)) = read_with_warnings(Source::Csv { survey: cells.join(",").as_bytes() }) {
            let _ = evaluate(&form, &Answers::new(), &env());
        }
    }

    #[test]
    fn a_damaged_definition_is_refused_or_is_another_sound_form(at in any::<prop::sample::Index>(), byte: u8) {
        let mut bytes = FORM.to_bytes();
        let index = at.index(bytes.len());
        bytes[index] = byte;
        if let Ok(form) = Form::from_bytes(&bytes) {
            prop_assert_eq!(form.to_bytes(), bytes);
            let _ = (form.sheet("kk"), evaluate(&form, &Answers::new(), &env()));
        }
    }
}

#[test]
fn a_definition_goes_there_and_back_under_one_address() {
    let bytes = FORM.to_bytes();
    let copy = Form::from_bytes(&bytes).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!((copy.to_bytes(), copy.hash()), (bytes.clone(), FORM.hash()));
    assert_eq!(copy.sheet("ru"), FORM.sheet("ru"));
    assert_eq!(
        form(VISIT).hash(),
        FORM.hash(),
        "reading twice gives one address"
    );
    assert_ne!(form(PROTOCOL).hash(), FORM.hash());
    assert_eq!(
        Form::from_bytes(b"nonsense").err(),
        Some(FormatError::NotAForm)
    );
    assert_eq!(
        Form::from_bytes(&bytes[..bytes.len() - 1]).err(),
        Some(FormatError::Damaged)
    );
}
