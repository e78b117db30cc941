//! The shipped mission, held against the figures of the documents.

use baqylau_domain::{Answers, Role};
use baqylau_forms::Register as _;
use baqylau_mission::{
    BundleKind, Mission, MissionPack, RegisterTables, rehearsal::Rehearsal, synthetic,
};
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

#[test]
fn the_register_has_the_documents_totals() {
    let register = &MISSION.register;
    let at = |level: &str| {
        register
            .regions()
            .iter()
            .filter(|region| region.level == level)
            .count()
    };
    assert_eq!(
        (at("cec"), at("tec"), register.districts().len()),
        (1, 16, 207)
    );
    assert_eq!(register.stations().len(), 9_725);
    assert_eq!(
        register
            .stations()
            .iter()
            .filter(|station| station.kind != "regular")
            .count(),
        525
    );
    assert_eq!(
        register
            .stations()
            .iter()
            .map(|station| u64::from(station.voters))
            .sum::<u64>(),
        9_181_700
    );
    assert!(
        register
            .stations()
            .iter()
            .all(|station| (1..=3_000).contains(&station.voters))
    );
    assert!(
        register
            .districts()
            .iter()
            .all(|district| register.stations_of(&district.code) > 0)
    );
}

#[test]
fn four_western_regions_are_an_hour_behind() {
    let behind: BTreeSet<_> = MISSION
        .register
        .regions()
        .iter()
        .filter(|region| region.utc_offset_min == 300)
        .map(|region| region.name.get("en").to_owned())
        .collect();
    assert_eq!(
        behind,
        ["Aktobe", "Atyrau", "Mangystau", "West Kazakhstan"]
            .map(str::to_owned)
            .into()
    );
    assert!(
        MISSION
            .register
            .regions()
            .iter()
            .all(|region| [300, 360].contains(&region.utc_offset_min))
    );
}

#[test]
fn the_teams_are_those_that_were_deployed() {
    let short: Vec<_> = MISSION
        .teams
        .iter()
        .filter(|team| team.role == Role::Observer)
        .collect();
    let long: Vec<_> = MISSION
        .teams
        .iter()
        .filter(|team| team.role == Role::LongTermObserver)
        .collect();
    let observers: Vec<_> = short.iter().flat_map(|team| &team.observers).collect();
    assert_eq!((short.len(), observers.len()), (175, 350));
    assert_eq!(
        observers
            .iter()
            .filter(|observer| observer.parliamentarian)
            .count(),
        79
    );
    assert_eq!(
        observers
            .iter()
            .map(|observer| &observer.nationality)
            .collect::<BTreeSet<_>>()
            .len(),
        43
    );
    assert_eq!(
        (
            long.len(),
            long.iter().map(|team| team.observers.len()).sum::<usize>()
        ),
        (14, 28)
    );
    for team in &MISSION.teams {
        assert_eq!(team.observers.len(), 2, "{}", team.code);
        assert_ne!(
            team.observers[0].nationality, team.observers[1].nationality,
            "{}",
            team.code
        );
    }
}

#[test]
fn every_short_term_team_is_led_by_the_long_term_team_of_its_region() {
    let led: BTreeSet<_> = MISSION.teams.iter().flat_map(|team| &team.areas).collect();
    assert_eq!(led.len(), 16);
    for team in MISSION
        .teams
        .iter()
        .filter(|team| team.role == Role::Observer)
    {
        let leader = team
            .leader
            .as_ref()
            .and_then(|leader| MISSION.team(leader))
            .expect("a leader");
        assert!(
            team.areas.iter().all(|area| leader.areas.contains(area)),
            "{}",
            team.code
        );
        let first = team
            .first_station
            .as_ref()
            .and_then(|code| MISSION.register.station(code.as_str()));
        assert!(
            first.is_some_and(|station| team.areas.contains(&station.region)),
            "{}",
            team.code
        );
    }
}

#[test]
fn the_generated_tables_are_those_that_are_committed() {
    for (name, bytes) in synthetic::generate(&FOLDER).expect("generated") {
        let committed = std::fs::read(FOLDER.join(name)).expect("committed");
        assert!(committed == bytes, "{name} is stale: run `cargo xtask gen`");
    }
}

#[test]
fn a_device_gets_the_same_register_and_teams() {
    for bundle in MISSION.bundles().expect("bundles") {
        match bundle.kind {
            BundleKind::Register => {
                let register = RegisterTables::from_bytes(&bundle.bytes).expect("a register");
                assert_eq!(register.stations(), MISSION.register.stations());
                assert!(bundle.bytes.len() < 400_000, "{} bytes", bundle.bytes.len());
            }
            BundleKind::Mission => {
                let pack = MissionPack::from_bytes(&bundle.bytes).expect("a mission");
                assert_eq!((&pack.about, &pack.teams), (&MISSION.about, &MISSION.teams));
            }
            BundleKind::Form => {
                let form = baqylau_forms::Form::from_bytes(&bundle.bytes).expect("a form");
                assert_eq!(form.hash().0, bundle.hash);
            }
        }
    }
}

#[test]
fn a_damaged_bundle_is_refused() {
    assert!(MissionPack::from_bytes(b"not a blob").is_err());
    assert!(RegisterTables::from_bytes(&[]).is_err());
}

#[test]
fn forms_look_stations_up_in_the_register() {
    let station = &MISSION.register.stations()[0];
    let (code, register) = (station.code.as_str(), &MISSION.register);
    assert_eq!(
        register.label("stations", code, "kk").as_deref(),
        Some(station.name.get("kk"))
    );
    assert_eq!(
        register.value("stations", "code", code, "voters"),
        Some(station.voters.to_string())
    );
    let of = |district: &str| [("district".to_owned(), district.to_owned())];
    assert!(register.contains("stations", code, &of(&station.district)));
    assert!(!register.contains("stations", code, &of("elsewhere")));
    assert_eq!(register.label("stations", "no such", "en"), None);
}

#[test]
fn expected_reports_are_those_of_the_day() {
    let expected: Vec<_> = MISSION
        .expected()
        .into_iter()
        .map(|form| (form.form.0, form.reports))
        .collect();
    let counted: Vec<_> = expected
        .iter()
        .map(|(form, reports)| (form.as_str(), *reports))
        .collect();
    assert_eq!(
        counted,
        [
            ("opening", 150),
            ("voting", 1445),
            ("counting", 138),
            ("tabulation", 115),
            ("incident", 0)
        ]
    );
}

#[test]
fn the_day_is_parted_into_four_bands() {
    let band = |minute| {
        MISSION
            .about
            .time_band(minute)
            .map(|band| band.code.as_str())
    };
    assert_eq!(band(0), Some("before_10"));
    assert_eq!((band(599), band(600)), (Some("before_10"), Some("10_13")));
    assert_eq!((band(959), band(960)), (Some("13_16"), Some("after_16")));
}

#[test]
fn there_are_forty_indicators_with_a_sentence_in_every_language() {
    let ids: Vec<_> = MISSION
        .indicators
        .rows
        .iter()
        .map(|row| row.id.clone())
        .collect();
    assert_eq!(
        ids,
        (1..=40)
            .map(|number| format!("I{number:02}"))
            .collect::<Vec<_>>()
    );
    for row in &MISSION.indicators.rows {
        assert!(
            MISSION
                .about
                .languages
                .iter()
                .all(|language| !row.label[language].is_empty()),
            "{}",
            row.id
        );
        assert_eq!(
            row.published.is_empty(),
            row.printed.is_none() && !["several", "many"].contains(&row.published.as_str()),
            "{}",
            row.id
        );
    }
}

#[test]
fn the_rehearsal_fits_the_mission() {
    let rehearsal =
        Rehearsal::load(&FOLDER, &MISSION).unwrap_or_else(|problems| panic!("{problems:#?}"));
    let reports: BTreeMap<_, _> = rehearsal
        .forms
        .iter()
        .map(|form| (form.id.as_str(), form.reports))
        .collect();
    assert_eq!(
        (
            reports["voting"],
            reports["counting"],
            reports["tabulation"]
        ),
        (1_445, 138, 115)
    );
}

#[test]
fn a_broken_folder_is_refused_with_every_problem_located() {
    let folder = tempfile::tempdir().expect("a folder");
    copy(&FOLDER, folder.path());
    let edit = |name: &str, from: &str, to: &str| {
        let path = folder.path().join(name);
        let text = std::fs::read_to_string(&path).expect("a file");
        assert!(text.contains(from), "{name} has no {from}");
        std::fs::write(path, text.replacen(from, to, 1)).expect("written");
    };
    edit("indicators.csv", "${B59} >= 3", "${B99} >= 3");
    edit(
        "register/stations.csv",
        "11-0002,2,11,1101",
        "11-0002,2,11,9999",
    );
    edit("register/districts.csv", "1102,11,city", "1101,11,city");
    edit("teams.csv", "L01", "L99");
    let problems = Mission::load(folder.path()).expect_err("problems");
    let found: BTreeSet<_> = problems
        .iter()
        .map(|problem| (problem.code.as_str(), problem.file.as_str()))
        .collect();
    assert!(
        found.contains(&("unknown_code", "stations.csv")),
        "{problems:?}"
    );
    assert!(
        found.contains(&("duplicate", "districts.csv")),
        "{problems:?}"
    );
    assert!(
        found.contains(&("unknown_team", "teams.csv")),
        "{problems:?}"
    );
    let row = problems
        .iter()
        .find(|problem| problem.file == "stations.csv")
        .expect("located");
    assert_eq!((row.row, row.column.as_deref()), (3, Some("district")));
}

#[test]
fn an_indicator_about_a_question_that_is_not_there_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    copy(&FOLDER, folder.path());
    let path = folder.path().join("indicators.csv");
    let text = std::fs::read_to_string(&path).expect("a file");
    std::fs::write(path, text.replacen("${B59} >= 3", "${B99} >= 3", 1)).expect("written");
    let problems = Mission::load(folder.path()).expect_err("problems");
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert_eq!(
        (problems[0].code.as_str(), problems[0].row),
        ("unknown_question", 3)
    );
}

#[test]
fn answers_left_blank_leave_every_figure_alone() {
    let keys = baqylau_indicators::Keys::default();
    for row in MISSION
        .indicators
        .rows
        .iter()
        .filter(|row| !["I33", "I34", "I35", "I38"].contains(&row.id.as_str()))
    {
        if !row.is_of_roster() {
            assert_eq!(
                baqylau_indicators::contribution(row, &row.form, &Answers::new(), &keys),
                None,
                "{}",
                row.id
            );
        }
    }
}

fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            std::fs::create_dir_all(&target).expect("created");
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("copied");
        }
    }
}
