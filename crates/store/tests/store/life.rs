//! A report's life as a model in memory against the store, reopened at any point.

use crate::common::{AT, begun, created, entries, observers, reopened, text};
use baqylau_domain::{Answers, ReportState};
use baqylau_store::{EntryRole, NewEntry, StoreError};
use proptest::prelude::*;
use uuid::Uuid;

#[derive(Debug, Clone)]
enum Act {
    Answer(u8, u8),
    Clear(u8),
    Note,
    Finish,
    FailingFinish,
    Correct,
    Drop,
    Withdraw,
    Reopen,
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        6 => (0_u8..5, any::<u8>()).prop_map(|(question, value)| Act::Answer(question, value)),
        2 => (0_u8..5).prop_map(Act::Clear),
        1 => Just(Act::Note),
        3 => Just(Act::Finish),
        1 => Just(Act::FailingFinish),
        3 => Just(Act::Correct),
        2 => Just(Act::Drop),
        1 => Just(Act::Withdraw),
        2 => Just(Act::Reopen),
    ]
}

/// What the observer believes.
#[derive(Default)]
struct Model {
    withdrawn: bool,
    correcting: bool,
    answers: Answers,
    revisions: Vec<Answers>,
    notes: usize,
    entries: u64,
}

impl Model {
    fn state(&self) -> ReportState {
        match (self.withdrawn, self.correcting, self.revisions.len()) {
            (true, ..) => ReportState::Withdrawn,
            (_, true, _) => ReportState::Correcting,
            (.., 0) => ReportState::Draft,
            _ => ReportState::Finished,
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn the_store_remembers_what_the_observer_did(acts in proptest::collection::vec(act(), 1..40)) {
        let dir = tempfile::tempdir().expect("a folder");
        let mut store = created(dir.path());
        let report = begun(&store, 1);
        let mut model = Model::default();
        let mut unsent = 0_u64;
        for (number, act) in (1_u128..).zip(acts) {
            let state = model.state();
            match act {
                Act::Answer(question, value) => {
                    let (name, value) = (format!("A{question}"), text(&value.to_string()));
                    let saved = store.save_answer(report, &name, Some(&value), AT, None);
                    prop_assert_eq!(saved.is_ok(), state.is_editable());
                    if state.is_editable() {
                        model.answers.insert(name, value);
                    }
                }
                Act::Clear(question) => {
                    let name = format!("A{question}");
                    let saved = store.save_answer(report, &name, None, AT, None);
                    prop_assert_eq!(saved.is_ok(), state.is_editable());
                    if state.is_editable() {
                        model.answers.remove(&name);
                    }
                }
                Act::Note => {
                    store.add_note(report, Uuid::from_u128(number << 8), None, "note", AT).expect("noted");
                    model.notes += 1;
                    unsent += 1;
                }
                Act::Finish => {
                    let finished = store.finish(report, AT, &observers(), None, entries);
                    prop_assert_eq!(finished.is_ok(), state.is_editable());
                    if state.is_editable() {
                        model.entries += 2 + u64::from(model.revisions.is_empty()) + unsent;
                        unsent = 0;
                        model.revisions.push(model.answers.clone());
                        model.correcting = false;
                    }
                }
                Act::FailingFinish => {
                    let refused = store.finish(report, AT, &observers(), None, |_| Err(StoreError::BadEntries));
                    prop_assert!(refused.is_err());
                }
                Act::Correct => {
                    let corrected = store.correct(report, "reason", AT);
                    prop_assert_eq!(corrected.is_ok(), state == ReportState::Finished);
                    model.correcting |= state == ReportState::Finished;
                }
                Act::Drop => {
                    let dropped = store.drop_correction(report, AT);
                    prop_assert_eq!(dropped.is_ok(), state == ReportState::Correcting);
                    if state == ReportState::Correcting {
                        model.correcting = false;
                        model.answers = model.revisions.last().cloned().unwrap_or_default();
                    }
                }
                Act::Withdraw => {
                    let entry = NewEntry { role: EntryRole::Withdraw, bytes: b"withdraw".to_vec() };
                    let withdrawn = store.withdraw::<StoreError>(report, AT, |_| Ok(entry));
                    prop_assert_eq!(withdrawn.is_ok(), state == ReportState::Finished);
                    if state == ReportState::Finished {
                        model.withdrawn = true;
                        model.entries += 1;
                    }
                }
                Act::Reopen => store = reopened(dir.path(), store),
            }
            let held = store.report(report).expect("read").expect("there");
            prop_assert_eq!(held.state, model.state());
            prop_assert_eq!(held.revision as usize, model.revisions.len());
            prop_assert_eq!(store.answers(report).expect("read"), model.answers.clone());
            prop_assert_eq!(store.head().expect("read").next_seq, model.entries + 1);
        }
        let store = reopened(dir.path(), store);
        let revisions = store.revisions(report).expect("read");
        prop_assert_eq!(revisions.into_iter().map(|revision| revision.answers).collect::<Vec<_>>(), model.revisions);
        prop_assert_eq!(store.notes(report).expect("read").len(), model.notes);
        store.verify_journal().expect("the chain holds");
    }
}
