//! Expressions that mean harm: what they may cost.
#![allow(missing_docs, clippy::panic)]

use baqylau_domain::{Answers, Moment};
use baqylau_forms::Env;
use baqylau_forms::expr::{Outcome, parse};

fn outcome(text: &str) -> Outcome {
    let noon = Moment {
        utc_ms: 1_301_810_400_000,
        offset_min: 360,
    };
    let expression = parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    expression.evaluate(&Answers::new(), &Env::bare(noon))
}

#[test]
fn no_expression_makes_much_text_of_little() {
    let nothings = ", ''".repeat(60);
    let joined = (0..4).fold("'a long text'".to_owned(), |separator, _| {
        format!("join({separator}{nothings})")
    });
    assert_eq!(outcome(&joined), Outcome::Blank);
    let many = format!(
        "concat({})",
        vec![format!("join('{}'{nothings})", "x".repeat(90)); 20].join(", ")
    );
    assert_eq!(outcome(&many), Outcome::Blank);
    let few = format!("join('ab'{nothings})");
    assert_eq!(outcome(&few), Outcome::Text("ab".repeat(59)));
}

#[test]
fn a_long_translation_takes_no_longer_for_each_letter() {
    let letters: String = ('а'..='я').chain('a'..='z').collect();
    let shifted: String = letters.chars().rev().collect();
    let there = format!("translate('сайлау', '{letters}', '{shifted}')");
    let back = format!("translate({there}, '{shifted}', '{letters}')");
    assert_eq!(outcome(&back), Outcome::Text("сайлау".into()));
    assert_eq!(
        outcome("translate('abcabc', 'aab', 'xyz')"),
        Outcome::Text("xzcxzc".into())
    );
}

#[test]
fn an_expression_holds_few_patterns() {
    let patterns = |count| vec!["regex('a', '[a-z]{1,20}')"; count].join(" and ");
    assert_eq!(outcome(&patterns(16)), Outcome::Boolean(true));
    let many = parse(&patterns(17)).map(drop);
    assert_eq!(many.map_err(|error| error.code), Err("too_many_patterns"));
    // Letters of every script, a thousand times, would be megabytes.
    let large = parse(r"regex('a', '\w{1000}')").map(drop);
    assert_eq!(large.map_err(|error| error.code), Err("bad_pattern"));
}
