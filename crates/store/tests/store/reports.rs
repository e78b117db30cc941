//! Reports: answers of every kind, revisions, notes, pictures, places.

use crate::common::{AT, begun, created, draft, entries, finished, observers, reopened, text};
use baqylau_domain::{Answers, FormId, Location, Moment, ReportState, StationCode, Value};
use baqylau_store::{EntryRole, NewEntry, NewReport, Place, StoreError, Tally};
use uuid::Uuid;

#[test]
fn every_kind_of_answer_comes_back_as_it_was_given() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = created(dir.path());
    let report = begun(&store, 1);
    let date = chrono_date();
    let values = [
        Value::Text("Қазақша, 12 «жәшік»\n\0".to_owned()),
        Value::Integer(i64::MIN),
        Value::Decimal(0.1 + 0.2),
        Value::Decimal(f64::MIN_POSITIVE),
        Value::Date(date.date_naive()),
        Value::Time(date.time()),
        Value::DateTime(AT),
        Value::Choice("yes".to_owned()),
        Value::Choices(vec!["a".to_owned(), "b".to_owned()]),
        Value::Location(Location {
            latitude: 51.169_392_123_456_78,
            longitude: 71.449_1,
            accuracy_m: None,
        }),
        Value::Acknowledged,
    ];
    for (number, value) in values.iter().enumerate() {
        store
            .save_answer(report, &format!("Q{number}"), Some(value), AT, None)
            .expect("saved");
    }
    let store = reopened(dir.path(), store);
    let answers = store.answers(report).expect("read");
    for (number, value) in values.iter().enumerate() {
        assert_eq!(answers.get(&format!("Q{number}")), Some(value));
    }
    assert_eq!(
        store.report(report).expect("read").expect("there").answered as usize,
        values.len()
    );
}

fn chrono_date() -> chrono::DateTime<chrono::FixedOffset> {
    AT.local().expect("in the calendar")
}

#[test]
fn a_correction_names_what_it_changed_and_why_and_supersedes_the_revision_before() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = created(dir.path());
    let report = begun(&store, 1);
    store
        .save_answer(report, "A1", Some(&text("5")), AT, None)
        .expect("saved");
    store
        .save_answer(report, "A2", Some(&text("7")), AT, None)
        .expect("saved");
    let first = finished(&store, report);
    store.correct(report, "misread", AT).expect("corrected");
    store
        .save_answer(report, "A2", Some(&text("8")), AT, None)
        .expect("saved");
    let second = store
        .finish(report, AT, &observers(), None, |finishing| {
            assert_eq!(finishing.numbering.open_seq, first.open_seq);
            assert_eq!(finishing.numbering.revision, 2);
            assert_eq!(
                finishing.numbering.supersedes,
                Some(2),
                "the first revision's entry"
            );
            assert_eq!(finishing.before.get("A2"), Some(&text("7")));
            assert_eq!(
                finishing.report.correction_reason.as_deref(),
                Some("misread")
            );
            entries(finishing)
        })
        .expect("finished");
    assert_eq!(
        (second.revision, second.state, second.correction_reason),
        (2, ReportState::Finished, None)
    );
    let revisions = store.revisions(report).expect("read");
    assert_eq!(revisions[0].changed, ["A1", "A2"]);
    assert_eq!(revisions[1].changed, ["A2"]);
    assert_eq!(
        (revisions[0].reason.as_str(), revisions[1].reason.as_str()),
        ("", "misread")
    );
    assert_eq!(
        revisions[0].answers.get("A2"),
        Some(&text("7")),
        "the earlier value stays visible"
    );
    assert_eq!(revisions[1].confirmed_by, observers());
}

#[test]
fn a_finish_with_entries_that_do_not_fit_leaves_the_draft_as_it_was() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = created(dir.path());
    let report = begun(&store, 1);
    store
        .add_note(report, Uuid::from_u128(5), Some("A1"), "look here", AT)
        .expect("noted");
    let entry = |role| NewEntry {
        role,
        bytes: vec![1],
    };
    let (open, revision, finalise) = (
        entry(EntryRole::Open),
        entry(EntryRole::Revision),
        entry(EntryRole::Finalise),
    );
    let note = entry(EntryRole::Note(Uuid::from_u128(5)));
    let misfits = [
        vec![],
        vec![open.clone(), revision.clone(), finalise.clone()],
        vec![revision.clone(), note.clone(), finalise.clone()],
        vec![
            open.clone(),
            revision.clone(),
            revision.clone(),
            note.clone(),
            finalise.clone(),
        ],
        vec![
            open.clone(),
            revision.clone(),
            note.clone(),
            note.clone(),
            finalise.clone(),
        ],
        vec![open, revision, note, entry(EntryRole::Withdraw), finalise],
    ];
    for misfit in misfits {
        let refused = store.finish(report, AT, &observers(), None, |_| {
            Ok::<_, StoreError>(misfit.clone())
        });
        assert!(matches!(refused, Err(StoreError::BadEntries)), "{misfit:?}");
    }
    assert_eq!(store.head().expect("read").next_seq, 1);
    assert_eq!(
        store.report(report).expect("read").expect("there").state,
        ReportState::Draft
    );
    finished(&store, report);
    assert_eq!(store.notes(report).expect("read")[0].seq, Some(3));
}

#[test]
fn a_note_on_a_finished_report_gets_an_entry_of_its_own() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = created(dir.path());
    let report = begun(&store, 1);
    let finished = finished(&store, report);
    store
        .add_note(report, Uuid::from_u128(5), None, "later", AT)
        .expect("noted");
    let build = |numbering: &baqylau_store::Numbering, notes: &[baqylau_store::Note]| {
        assert_eq!((numbering.open_seq, notes.len()), (finished.open_seq, 1));
        Ok::<_, StoreError>(vec![NewEntry {
            role: EntryRole::Note(notes[0].id),
            bytes: b"note".to_vec(),
        }])
    };
    store.append_notes(report, AT, build).expect("appended");
    store
        .append_notes::<StoreError>(report, AT, |_, _| panic!("nothing is left"))
        .expect("nothing to do");
    assert_eq!(store.notes(report).expect("read")[0].seq, Some(4));
    assert_eq!(
        store.report(report).expect("read").expect("there").last_seq,
        Some(4)
    );
}

#[test]
fn only_a_draft_that_was_never_finished_can_be_discarded() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = created(dir.path());
    let (kept, gone) = (begun(&store, 1), begun(&store, 2));
    finished(&store, kept);
    store
        .put_photo(gone, "A9", "image/jpeg", b"picture", AT, None)
        .expect("kept");
    assert!(matches!(
        store.discard(kept),
        Err(StoreError::NotDiscardable)
    ));
    store.discard(gone).expect("discarded");
    assert_eq!(store.reports().expect("read").len(), 1);
    assert!(matches!(store.answers(gone), Err(StoreError::NoReport(_))));
}

#[test]
fn a_picture_is_kept_whole_and_goes_with_the_answer_that_names_it() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = created(dir.path());
    let report = begun(&store, 1);
    let large: Vec<u8> = (0..700_001_u32).map(|byte| byte.to_le_bytes()[0]).collect();
    let replaced = store
        .put_photo(report, "A9", "image/jpeg", b"first try", AT, None)
        .expect("kept");
    let photo = store
        .put_photo(report, "A9", "image/jpeg", &large, AT, None)
        .expect("kept");
    let store = reopened(dir.path(), store);
    assert_eq!(store.photo(&photo.hash).expect("read"), Some(large));
    assert_eq!(
        store.answers(report).expect("read").get("A9"),
        Some(&Value::Photo(photo.clone()))
    );
    store
        .finish(report, AT, &observers(), None, |finishing| {
            assert_eq!(finishing.attachments.len(), 1);
            assert_eq!(finishing.attachments[0].hash, photo.hash);
            assert_ne!(finishing.attachments[0].hash, replaced.hash);
            entries(finishing)
        })
        .expect("finished");
    store.correct(report, "again", AT).expect("corrected");
    store
        .finish(report, AT, &observers(), None, |finishing| {
            assert!(
                finishing.attachments.is_empty(),
                "it is in the journal already"
            );
            entries(finishing)
        })
        .expect("finished");
}

#[test]
fn reports_of_one_place_see_each_others_finished_answers() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = created(dir.path());
    let place = Place::Station(StationCode::from("KZ-01-001"));
    let (opening, voting) = (begun(&store, 1), begun(&store, 2));
    let elsewhere = NewReport {
        place: Place::Free("a bus stop".to_owned()),
        ..draft(3)
    };
    store
        .begin(&elsewhere, &Answers::new(), Tally::default())
        .expect("begun");
    store
        .save_answer(opening, "A18", Some(&text("1212")), AT, None)
        .expect("saved");
    finished(&store, opening);
    store.correct(opening, "typing", AT).expect("corrected");
    store
        .save_answer(opening, "A18", Some(&text("not finished yet")), AT, None)
        .expect("saved");
    assert_eq!(store.reports_at(&place).expect("read").len(), 2);
    let seen = store.finished_before(&place, None).expect("read");
    assert_eq!(seen.len(), 1, "{voting} is not finished");
    assert_eq!(seen[0].1.get("A18"), Some(&text("1212")));
    assert_eq!(
        store
            .reports_by_place()
            .expect("read")
            .get(&StationCode::from("KZ-01-001")),
        Some(&2)
    );
}

#[test]
fn a_report_sees_what_was_finished_before_it_and_as_it_stood_then() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = created(dir.path());
    let place = Place::Station(StationCode::from("KZ-01-001"));
    let (first, second) = (begun(&store, 1), begun(&store, 2));
    let seen = |of| {
        let of = store.report(of).expect("read");
        let seen = store.finished_before(&place, of.as_ref()).expect("read");
        seen.iter()
            .map(|(_, answers)| answers.get("B09").cloned())
            .collect::<Vec<_>>()
    };
    let say = |report, words| {
        store
            .save_answer(report, "B09", Some(&text(words)), AT, None)
            .expect("saved");
        finished(&store, report);
    };
    say(first, "100");
    assert_eq!(seen(first), [], "not itself");
    assert_eq!(seen(second), [Some(text("100"))]);
    say(second, "200");
    store.correct(first, "typing", AT).expect("corrected");
    assert_eq!(seen(first), [], "neither itself nor what came later");
    say(first, "150");
    assert_eq!(seen(first), []);
    assert_eq!(
        seen(second),
        [Some(text("100"))],
        "judged by what was known when it was finished"
    );
    store.correct(second, "once more", AT).expect("corrected");
    assert_eq!(seen(second), [Some(text("150"))]);
}

#[test]
fn visits_are_counted_by_form_and_lists_show_the_figures_last_given() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = created(dir.path());
    assert_eq!(store.next_visit(&FormId::from("voting")).expect("read"), 1);
    let report = begun(&store, 1);
    assert_eq!(store.next_visit(&FormId::from("voting")).expect("read"), 2);
    assert_eq!(store.next_visit(&FormId::from("opening")).expect("read"), 1);
    let later = Moment {
        utc_ms: AT.utc_ms + 5000,
        ..AT
    };
    let tally = Tally {
        applicable: 60,
        findings: 2,
    };
    store
        .save_answer(report, "A1", Some(&text("x")), later, Some(tally))
        .expect("saved");
    store
        .save_answer(report, "A2", Some(&text("x")), later, None)
        .expect("saved");
    let row = &store.reports().expect("read")[0];
    assert_eq!((row.tally, row.saved_at, row.answered), (tally, later, 2));
    assert!(matches!(
        store.begin(&draft(1), &Answers::new(), Tally::default()),
        Err(StoreError::ReportExists(_))
    ));
}
