//! What counts as a broken promise.

use super::*;

#[test]
fn what_a_session_says_reads_back() {
    let (report, note) = (Uuid::from_u128(1), Uuid::from_u128(2));
    for said in [
        Said::Beginning,
        Said::Damaging,
        Said::Aside,
        Said::BackedUp,
        Said::Restored,
        Said::TakenOver,
        Said::Trying("1".to_owned()),
        Said::Pin("2".to_owned()),
        Said::Enrolled,
        Said::Register,
        Said::Answer {
            report,
            question: "q".to_owned(),
            number: 7,
        },
        Said::Note { report, note },
        Said::Finished {
            report,
            revision: 1,
            last_seq: 4,
        },
        Said::Segment {
            first_seq: 1,
            number: 29,
        },
        Said::Receipt { upto_seq: 4 },
        Said::Sealing { report },
        Said::Sealed { report },
        Said::Wiping,
        Said::Wiped,
    ] {
        assert_eq!(Said::read(&said.to_string()), Some(said));
    }
    assert_eq!(Said::read("answer 7"), None);
}

fn answered(number: u64) -> (Promise, Found) {
    let report = Uuid::from_u128(1);
    let mut promise = Promise::default();
    promise.hear(&Said::Answer {
        report,
        question: "q".to_owned(),
        number: 7,
    });
    let mut found = Found {
        next_seq: 1,
        ..Found::default()
    };
    let answers = &mut found.reports.entry(report).or_default().answers;
    answers.insert("q".to_owned(), number);
    (promise, found)
}

#[test]
fn an_answer_may_be_the_next_one_and_no_other() {
    for (number, broken) in [
        (7, None),
        (8, None),
        (6, Some(Broken::Lost(1))),
        (9, Some(Broken::Lost(1))),
    ] {
        let (promise, found) = answered(number);
        assert_eq!(promise.judge(&Facts::Open(found)), broken, "{number}");
    }
}

#[test]
fn a_report_is_whole_or_sealed_and_never_half() {
    let report = Uuid::from_u128(1);
    let (mut promise, whole) = answered(7);
    let mut half = whole.clone();
    half.reports.entry(report).or_default().is_sealed = true;
    let mut sealed = half.clone();
    sealed.reports.entry(report).or_default().answers.clear();
    let mut lost = sealed.clone();
    lost.reports.entry(report).or_default().is_lost = true;
    let judge = |promise: &Promise, found: &Found| promise.judge(&Facts::Open(found.clone()));
    assert_eq!(
        judge(&promise, &sealed),
        Some(Broken::Lost(1)),
        "nobody asked"
    );
    promise.hear(&Said::Sealing { report });
    assert_eq!(judge(&promise, &whole), None);
    assert_eq!(judge(&promise, &sealed), None);
    assert_eq!(judge(&promise, &half), Some(Broken::Lost(1)));
    assert_eq!(judge(&promise, &lost), Some(Broken::Lost(1)));
    promise.hear(&Said::Sealed { report });
    assert_eq!(judge(&promise, &whole), Some(Broken::Lost(1)));
    assert_eq!(judge(&promise, &sealed), None);
}

#[test]
fn an_answer_that_nobody_gave_is_noticed() {
    let (promise, found) = answered(7);
    assert!(promise.has_given_all_of(&found));
    let (_, found) = answered(8);
    assert!(!promise.has_given_all_of(&found));
}

#[test]
fn a_store_that_is_gone_has_lost_everything() {
    let (promise, _) = answered(7);
    let nothing = Facts::Nothing {
        left: Vec::new(),
        begins_anew: true,
    };
    assert_eq!(promise.judge(&nothing), Some(Broken::Lost(1)));
    assert_eq!(Promise::default().judge(&nothing), None);
}

#[test]
fn only_a_damaged_store_may_be_set_aside_and_all_of_it_is_kept() {
    let (mut promise, found) = answered(7);
    let aside = Facts::Aside(found.clone());
    assert_eq!(promise.judge(&aside), Some(Broken::Corrupt));
    promise.hear(&Said::Damaging);
    assert_eq!(promise.judge(&aside), None);
    assert_eq!(promise.judge(&Facts::Open(found.clone())), None);
    let empty = Facts::Aside(Found {
        next_seq: 1,
        ..Found::default()
    });
    assert_eq!(promise.judge(&empty), Some(Broken::Lost(1)));
    promise.hear(&Said::Aside);
    assert_eq!(promise.judge(&Facts::Open(found)), Some(Broken::Corrupt));
}

#[test]
fn a_wipe_leaves_all_or_nothing() {
    let (mut promise, found) = answered(7);
    promise.hear(&Said::Wiping);
    let left = |left: &[&str]| Facts::Nothing {
        left: left.iter().map(|name| (*name).to_owned()).collect(),
        begins_anew: true,
    };
    assert_eq!(promise.judge(&Facts::Open(found.clone())), None);
    assert_eq!(promise.judge(&left(&[])), None);
    assert_eq!(promise.judge(&left(&["x"])), Some(Broken::HalfWiped));
    promise.hear(&Said::Wiped);
    assert_eq!(promise.judge(&Facts::Open(found)), Some(Broken::HalfWiped));
    assert_eq!(promise.judge(&left(&[])), None);
}
