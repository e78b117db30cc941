//! An export in the hands of somebody who has nothing else: untouched it holds, altered it does not.

use crate::day::Day;
use baqylau_hq::evidence::{Expected, Export, Layer, names, verify};
use baqylau_hq::testing::{Dice, alter};

/// Alterations of a test run; `cargo run -p baqylau-rehearsal --bin alter` tries ten thousand.
const ALTERATIONS: usize = 500;

fn untouched() -> Expected {
    Expected::default()
}

fn text(export: &Export, name: &str) -> String {
    String::from_utf8(export[name].clone()).unwrap()
}

/// Replaces the first occurrence.
fn replace(export: &mut Export, name: &str, from: &str, to: &str) {
    let before = text(export, name);
    let after = before.replacen(from, to, 1);
    assert_ne!(before, after);
    export.insert(name.to_owned(), after.into_bytes());
}

#[tokio::test]
async fn an_untouched_export_holds_and_says_how_much_it_is() {
    let day = Day::whole().await;
    let export = day.export();
    let found = verify(&export, &untouched());
    assert_eq!(found.faults, []);
    assert_eq!(
        (
            found.devices,
            found.entries,
            found.segments,
            found.set_aside
        ),
        (4, 28, 14, 8)
    );
    assert_eq!(found.receipts, 6);
    assert!(!found.is_root_known);
    let spaced = found.root.to_uppercase().replace("00", "00 ");
    let known = verify(
        &export,
        &Expected {
            root: Some(spaced),
            ..untouched()
        },
    );
    assert!(known.is_root_known && known.faults.is_empty());
    let states = text(&export, names::SEGMENTS);
    for word in [
        "fork",
        "bad_chain",
        "malformed",
        "bad_signature",
        "revoked",
        "parked",
    ] {
        assert!(states.contains(&format!("\"{word}\"")), "{word}");
    }
}

#[tokio::test]
async fn sending_everything_three_times_in_any_order_changes_no_byte_of_the_export() {
    let mut day = Day::whole().await;
    let before = day.export();
    let mut again: Vec<_> = (0..3).flat_map(|_| day.sent.clone()).collect();
    let mut dice = Dice::new(8);
    while !again.is_empty() {
        let (by, segment) = again.swap_remove(dice.below(again.len()));
        day.office.clock.turn(60_000);
        day.devices[by].send(&day.office.api(), vec![segment]).await;
    }
    let after = day.export();
    for (name, bytes) in &before {
        assert_eq!(
            text(&after, name),
            String::from_utf8(bytes.clone()).unwrap(),
            "{name}"
        );
    }
    day.sent.clear();
    assert_eq!(before.len(), after.len());
}

#[tokio::test]
async fn what_headquarters_calls_a_device_and_the_secrets_it_shares_with_it_stay_inside() {
    let day = Day::whole().await;
    let label = "the phone of A. Smith";
    day.headquarters().make_code("T1", label, "test").unwrap();
    let export = day.export();
    assert_eq!(verify(&export, &untouched()).faults, []);
    let secrets: Vec<_> = day.devices.iter().map(|it| it.key.mailbox()).collect();
    for name in export.keys() {
        let text = text(&export, name);
        assert!(!text.contains(label), "{name}");
        for secret in &secrets {
            let secret = data_encoding::HEXLOWER.encode(secret.to_bytes().as_slice());
            assert!(!text.contains(&secret), "{name}");
        }
    }
}

#[tokio::test]
async fn every_alteration_of_any_file_is_found() {
    let day = Day::whole().await;
    let export = day.export();
    let files: Vec<_> = export.keys().cloned().collect();
    let mut dice = Dice::new(1);
    for number in 0..ALTERATIONS {
        let mut altered = export.clone();
        let (file, kind) = alter(&mut altered, &files, &mut dice);
        let found = verify(&altered, &untouched());
        assert!(!found.faults.is_empty(), "{number}: {kind:?} {file}");
    }
}

#[tokio::test]
async fn what_devices_signed_cannot_be_altered_by_headquarters_either() {
    let day = Day::whole().await;
    let export = day.export();
    let files = [names::ENTRIES, names::SET_ASIDE].map(str::to_owned);
    let mut dice = Dice::new(2);
    for number in 0..ALTERATIONS / 2 {
        let mut altered = export.clone();
        let (file, kind) = alter(&mut altered, &files, &mut dice);
        day.resign(&mut altered);
        let found = verify(&altered, &untouched());
        let deep = found.faults.iter().all(|it| it.layer == Layer::Evidence);
        assert!(
            deep && !found.faults.is_empty(),
            "{number}: {kind:?} {file} {:?}",
            found.faults
        );
    }
}

#[tokio::test]
async fn a_fault_is_named_by_file_line_and_code() {
    let day = Day::whole().await;
    let export = day.export();
    let named = |altered: &Export| {
        let faults = verify(altered, &untouched()).faults;
        let first = faults.first().expect("found");
        (first.file.clone(), first.line, first.code)
    };
    let mut altered = export.clone();
    let lines = text(&export, names::ENTRIES);
    let second = lines.lines().nth(1).unwrap();
    let cut = &second[..second.len() - 4];
    replace(
        &mut altered,
        names::ENTRIES,
        second,
        &format!("{cut}f0\"}}"),
    );
    assert_eq!(named(&altered), ("entries.jsonl".into(), Some(2), "chain"));

    let mut altered = export.clone();
    replace(&mut altered, "audit.jsonl", "stolen", "broken");
    let (file, line, code) = named(&altered);
    assert_eq!((file.as_str(), code), ("audit.jsonl", "altered"));
    let at = text(&export, "audit.jsonl")
        .lines()
        .position(|it| it.contains("stolen"));
    assert_eq!(line, at.map(|at| at as u64 + 1));

    let mut altered = export.clone();
    altered.remove("indicators.csv");
    altered.insert("notes.txt".into(), b"mine".to_vec());
    let faults = verify(&altered, &untouched()).faults;
    let codes: Vec<_> = faults.iter().map(|it| (&*it.file, it.code)).collect();
    assert_eq!(
        codes,
        [("indicators.csv", "missing"), ("notes.txt", "extra")]
    );
}

#[tokio::test]
async fn a_headquarters_of_somebodys_own_has_another_root() {
    let (day, other) = (Day::whole().await, Day::whole().await);
    let root = verify(&day.export(), &untouched()).root;
    let expected = Expected {
        root: Some(root),
        ..untouched()
    };
    assert_eq!(verify(&day.export(), &expected).faults, []);
    let faults = verify(&other.export(), &expected).faults;
    assert_eq!(
        faults.iter().map(|it| it.code).collect::<Vec<_>>(),
        ["root"]
    );
    // Nor does a foreign root key stand behind this headquarters' configuration.
    let mut mixed = day.export();
    let text = text(&other.export(), names::MANIFEST);
    mixed.insert(names::MANIFEST.to_owned(), text.into_bytes());
    day.resign(&mut mixed);
    let faults = verify(&mixed, &untouched()).faults;
    assert!(faults.iter().any(|it| it.code == "config"), "{faults:?}");
}

#[tokio::test]
async fn a_log_that_was_cut_or_rewritten_does_not_continue_an_earlier_checkpoint() {
    let mut day = Day::begin().await;
    day.devices[0].visit("S1", "4");
    day.send_run(0, 1, 3).await;
    let earlier = day.headquarters().checkpoint().unwrap();
    day.devices[1].visit("S1", "4");
    day.send_run(1, 1, 3).await;
    let expected = |note: &str| Expected {
        checkpoint: Some(note.to_owned()),
        ..untouched()
    };
    let export = day.export();
    assert_eq!(verify(&export, &expected(&earlier)).faults, []);
    let newest = text(&export, names::CHECKPOINT);
    assert_eq!(newest, day.headquarters().checkpoint().unwrap());
    // Headquarters forgets the last segment and signs what is left: only who kept the newest checkpoint can tell.
    let mut cut = export.clone();
    let device = day.devices[1].id().to_string();
    for name in [names::ENTRIES, names::RECEIPTS, names::SEGMENTS] {
        let kept = text(&cut, name);
        let kept = kept.lines().filter(|line| !line.contains(&device));
        let kept: String = kept.map(|line| format!("{line}\n")).collect();
        cut.insert(name.to_owned(), kept.into_bytes());
    }
    cut.insert(names::CHECKPOINT.to_owned(), earlier.into_bytes());
    day.resign(&mut cut);
    assert_eq!(verify(&cut, &untouched()).faults, []);
    let codes: Vec<_> = verify(&cut, &expected(&newest)).faults;
    assert_eq!(codes[0].code, "earlier_checkpoint");
}
