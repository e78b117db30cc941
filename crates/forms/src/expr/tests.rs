//! The language by example.

use super::{Outcome, parse};
use crate::{Env, Nothing, Prior};
use baqylau_domain::{Answers, Moment, Value};
use proptest::prelude::*;

fn env() -> Env<'static> {
    // 3 April 2011, 07:30 in Astana.
    Env::bare(Moment {
        utc_ms: 1_301_794_200_000,
        offset_min: 360,
    })
}

fn answers() -> Answers {
    let time = |hour, minute| chrono::NaiveTime::from_hms_opt(hour, minute, 0).map(Value::Time);
    let date = chrono::NaiveDate::from_ymd_opt(2011, 4, 3).map(Value::Date);
    [
        ("nine", Some(Value::Integer(9))),
        ("ten", Some(Value::Integer(10))),
        ("half", Some(Value::Decimal(0.5))),
        ("nine_text", Some(Value::Text("9".into()))),
        ("choice", Some(Value::Choice("yes".into()))),
        ("rating", Some(Value::Choice("3".into()))),
        (
            "several",
            Some(Value::Choices(vec!["party".into(), "police".into()])),
        ),
        ("opened", time(7, 15)),
        ("day", date),
        ("word", Some(Value::Text("Қостанай".into()))),
    ]
    .into_iter()
    .filter_map(|(name, value)| Some((name.to_owned(), value?)))
    .collect()
}

fn outcome(text: &str) -> Outcome {
    parse(text)
        .map(|expr| expr.evaluate(&answers(), &env()))
        .unwrap_or_else(|error| panic!("{text}: {error}"))
}

#[track_caller]
fn holds(text: &str) {
    assert!(outcome(text).is_true(), "{text}");
}

#[track_caller]
fn fails(text: &str) {
    assert!(!outcome(text).is_true(), "{text}");
}

#[track_caller]
fn gives(text: &str, expected: &str) {
    assert_eq!(outcome(text), Outcome::Text(expected.to_owned()), "{text}");
}

#[track_caller]
fn counts(text: &str, expected: f64) {
    assert_eq!(outcome(text), Outcome::Number(expected), "{text}");
}

#[test]
fn numbers_compare_as_numbers() {
    holds("${ten} > ${nine}");
    holds("${ten} > ${nine_text}");
    holds("'10' > '9'");
    holds("${rating} >= 3");
    holds("${half} < 1");
    counts("1 + 2 * 3 - 4 div 2", 5.0);
    counts("-${nine} + 10", 1.0);
    counts("7 mod 4", 3.0);
    counts("(1 + 2) * 3", 9.0);
    counts("${ten}-${nine}", 1.0);
}

#[test]
fn dates_and_times_compare_as_such() {
    holds("${opened} > '07:00'");
    holds("${opened} <= '07:15'");
    holds("${opened} < '14:00:00.000+06:00'");
    fails("${opened} > '10:00'");
    holds("${day} = '2011-04-03'");
    holds("${day} < date('2011-04-04')");
    holds("${day} = today()");
    holds("now() > '2011-04-03'");
    holds("decimal-time(${opened}) > decimal-time('07:00')");
    holds("${day} + 1 = date('2011-04-04')");
    gives("format-date(${day}, '%d.%m.%Y')", "03.04.2011");
    gives("format-date-time(now(), '%H:%M')", "07:30");
    gives("substr(${opened}, 0, 5)", "07:15");
}

#[test]
fn a_blank_is_not_no_and_not_zero() {
    fails("${absent} = 'no'");
    fails("${absent} < 5");
    fails("${absent} >= 0");
    holds("${absent} = ''");
    holds("not(${absent} < 5)");
    fails("${absent} + 1 > 0");
    counts("coalesce(${absent}, 0) + 1", 1.0);
    counts("sum(${nine}, ${absent}, 1)", 10.0);
    assert_eq!(outcome("${absent}"), Outcome::Blank);
    assert_eq!(outcome("${absent} + 1").number(), None);
}

#[test]
fn choices() {
    holds("selected(${several}, 'police')");
    fails("selected(${several}, 'pol')");
    holds("selected(${choice}, 'yes')");
    counts("count-selected(${several})", 2.0);
    counts("count-selected(${absent})", 0.0);
    gives("selected-at(${several}, 1)", "police");
    holds("${choice} = 'yes' and not(${choice} = 'no')");
}

#[test]
fn texts() {
    counts("string-length(${word})", 8.0);
    gives("concat(${word}, '-', 1)", "Қостанай-1");
    gives("substring('abcdef', 2, 3)", "bcd");
    gives("substr('abcdef', 1, 3)", "bc");
    gives("substr('abcdef', -2)", "ef");
    gives("join(', ', 'a', 'b')", "a, b");
    gives("translate('abc', 'ab', 'x')", "xc");
    gives("normalize-space('  a   b ')", "a b");
    holds("regex('KZ-0123', 'KZ-[0-9]{4}')");
    fails("regex('KZ-01234', 'KZ-[0-9]{4}')");
    holds("starts-with(${word}, 'Қос') and ends-with(${word}, 'ай') and contains(${word}, 'тан')");
}

#[test]
fn functions_of_numbers() {
    counts("round(2.5)", 3.0);
    counts("round(-2.5)", -2.0);
    counts("round(90.0990, 1)", 90.1);
    counts("int(-1.7)", -1.0);
    counts("if(${choice} = 'yes', 1, 2)", 1.0);
    counts("max(1, ${ten}, 3) + min(4, 2)", 12.0);
    counts("number('12')", 12.0);
    assert!(matches!(outcome("number('1e3')"), Outcome::Number(value) if value.is_nan()));
    holds("checklist(1, 2, true(), false(), true())");
    fails("weighted-checklist(1, 2, true(), 3)");
    holds("boolean-from-string('1')");
}

#[test]
fn earlier_reports_answer_through_a_pseudo_file() {
    struct Opening;
    impl Prior for Opening {
        fn value(&self, key: &str) -> Option<Value> {
            (key == "opening/A18").then_some(Value::Integer(1200))
        }
    }
    let env = Env {
        prior: &Opening,
        register: &Nothing,
        ..env()
    };
    let ask = |text: &str| parse(text).map(|expr| expr.evaluate(&answers(), &env));
    assert_eq!(
        ask("pulldata('prior', 'value', 'key', 'opening/A18')"),
        Ok(Outcome::Number(1200.0))
    );
    assert_eq!(
        ask("pulldata('prior', 'value', 'key', 'opening/A19')"),
        Ok(Outcome::Blank)
    );
}

#[test]
fn errors_say_where() {
    let error = |text: &str| {
        parse(text)
            .map_err(|error| (error.code, error.position))
            .err()
    };
    assert_eq!(error("1 +"), Some(("unfinished", 3)));
    assert_eq!(error("(1"), Some(("unfinished", 2)));
    assert_eq!(error("${a} = 'yes"), Some(("unclosed_text", 7)));
    assert_eq!(error("1 = = 2"), Some(("unexpected", 4)));
    assert_eq!(error("selektd(${a}, 'x')"), Some(("unknown_function", 0)));
    assert_eq!(error("uuid()"), Some(("unsupported_function", 0)));
    assert_eq!(error("selected(${a})"), Some(("wrong_argument_count", 0)));
    assert_eq!(error("${a b}"), Some(("bad_reference", 0)));
    assert_eq!(error("/data/x"), Some(("unsupported_path", 0)));
    assert_eq!(error("regex(., '[')"), Some(("bad_pattern", 0)));
}

#[test]
fn hostile_nesting_is_refused_before_it_hurts() {
    for text in [
        "(".repeat(8000),
        "not(".repeat(2000),
        format!("{}1", "-".repeat(8000)),
        "1+".repeat(4000),
    ] {
        let _ = parse(&text);
    }
    assert_eq!(
        parse(&"(".repeat(200)).map_err(|error| error.code).err(),
        Some("too_deep")
    );
    let long_sum = format!("1{}", "+1".repeat(4000));
    assert_eq!(
        parse(&long_sum).map(|expr| expr.evaluate(&answers(), &env())),
        Ok(Outcome::Number(4001.0))
    );
}

proptest! {
    #[test]
    fn any_text_parses_or_is_refused(text in "\\PC{0,200}") {
        if let Ok(expr) = parse(&text) {
            let _ = expr.evaluate(&answers(), &env());
        }
    }

    #[test]
    fn any_heap_of_tokens_parses_or_is_refused(tokens in prop::collection::vec(
        prop::sample::select(vec![
            "(", ")", "+", "-", "*", "/", "div", "mod", "and", "or", "=", "!=", "<=", ">", ",", ".", "..", "[", "]",
            "1", "0.5", "'x'", "''", "${nine}", "${day}", "${opened}", "${several}", "${absent}", "if(", "selected(",
            "regex(", "substr(", "round(", "format-date(", "pulldata(", "instance('a')/root/item[", "name", "today()",
            "jr:choice-name(", "not(", "date(",
        ]), 0..40)
    ) {
        if let Ok(expr) = parse(&tokens.join(" ")) {
            let once = expr.evaluate(&answers(), &env());
            let again = expr.evaluate(&answers(), &env());
            prop_assert_eq!(format!("{once:?}"), format!("{again:?}"));
        }
    }
}
