//! Searching a register of the country's size.

use crate::common::{AT, created, reopened};
use baqylau_store::Store;
use baqylau_store::register::{
    Among, DistrictRow, Hits, Localised, Query, RegionRow, RegisterRows, StationRow,
};

const STATIONS: u32 = 9_725;
const CITIES: [(&str, &str, &str); 8] = [
    ("Zhezkazgan", "Жезказган", "Жезқазған"),
    ("Kyzylorda", "Кызылорда", "Қызылорда"),
    ("Shymkent", "Шымкент", "Шымкент"),
    ("Ust-Kamenogorsk", "Усть-Каменогорск", "Өскемен"),
    ("Almaty", "Алматы", "Алматы"),
    ("Aktobe", "Актобе", "Ақтөбе"),
    ("Petropavlovsk", "Петропавловск", "Петропавл"),
    ("Semey", "Семей", "Семей"),
];
const PLACES: [(&str, &str, &str); 4] = [
    ("Secondary school", "Средняя школа", "Орта мектеп"),
    ("House of culture", "Дом культуры", "Мәдениет үйі"),
    ("Library", "Библиотека", "Кітапхана"),
    ("Hospital", "Больница", "Аурухана"),
];
const STREETS: [(&str, &str, &str); 5] = [
    ("Abay street", "улица Абая", "Абай көшесі"),
    ("Auezov street", "улица Ауэзова", "Әуезов көшесі"),
    ("Zheltoksan street", "улица Желтоксан", "Желтоқсан көшесі"),
    ("Lenin street", "улица Ленина", "Ленин көшесі"),
    ("Satpayev street", "улица Сатпаева", "Сәтбаев көшесі"),
];

fn named((en, ru, kk): (&str, &str, &str), more: &str) -> Localised {
    [("en", en), ("ru", ru), ("kk", kk)]
        .map(|(language, text)| (language.to_owned(), format!("{text}{more}")))
        .into()
}

/// As many stations as there were, over eight regions of one city each.
fn register() -> RegisterRows {
    let region = |number: usize| format!("R{number}");
    let of = |number: u32, count: usize| usize::try_from(number).expect("small") % count;
    RegisterRows {
        hash: [4; 32],
        regions: (0..8)
            .map(|number| RegionRow {
                code: region(number),
                level: "region".into(),
                name: named(CITIES[number], " region"),
                utc_offset_min: 360,
            })
            .collect(),
        districts: (0..8)
            .map(|number| DistrictRow {
                code: format!("D{number}"),
                region: region(number),
                kind: "city".into(),
                name: named(CITIES[number], ""),
            })
            .collect(),
        stations: (1..=STATIONS)
            .map(|number| StationRow {
                code: format!("KZ{number:05}"),
                number: number.to_string(),
                region: region(of(number, 8)),
                district: format!("D{}", of(number, 8)),
                name: named(PLACES[of(number / 8, 4)], &format!(" {}", number % 97)),
                address: named(STREETS[of(number / 3, 5)], &format!(", {}", number % 211)),
                kind: "regular".into(),
                area: "urban".into(),
                voters: 900,
                position: Some((50.0 + f64::from(number % 100) / 50.0, 70.0)),
            })
            .collect(),
    }
}

fn loaded(dir: &std::path::Path) -> Store {
    let store = created(dir);
    store.load_register(&register(), AT).expect("loaded");
    store
}

fn stations<'a>(text: &'a str, area: Option<&'a str>) -> Query<'a> {
    Query {
        text,
        among: Among::Stations,
        area,
        near: None,
        limit: 20,
    }
}

fn cities(hits: &Hits) -> Vec<&str> {
    let mut cities: Vec<&str> = hits
        .hits
        .iter()
        .map(|hit| hit.within["en"].as_str())
        .collect();
    cities.dedup();
    cities
}

#[test]
fn a_register_survives_reopening_and_is_found_by_number_name_and_typo() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = reopened(dir.path(), loaded(dir.path()));
    assert_eq!(store.register_hash().expect("read"), Some([4; 32]));
    let search = |text, area| store.search(&stations(text, area)).expect("searched");

    let hits = search("203", None);
    assert_eq!(
        (hits.hits[0].number.as_str(), hits.total),
        ("203", STATIONS),
        "the number itself comes first"
    );
    assert!(hits.matched > 1, "numbers that begin with it follow");
    assert_eq!(search("№ 0203", None).hits[0].number, "203");
    assert_eq!(
        search("kz00203", Some("R5")).hits[0].number,
        "203",
        "by code"
    );
    assert_eq!(
        search("мәдениет 203", Some("R1")).hits[0].number,
        "203",
        "even outside the area"
    );

    for spelling in [
        "Жезқазған",
        "жезказган",
        "Zhezkazgan",
        "JEZQAZĞAN",
        "Жезказгон",
        "Zhezkagzan",
        "жезказ",
    ] {
        let hits = search(spelling, None);
        assert_eq!(hits.hits.len(), 20, "{spelling}");
        assert_eq!(
            cities(&hits),
            ["Zhezkazgan, Zhezkazgan region"],
            "{spelling}"
        );
    }
    for (words, english) in [
        ("дом культуры шымкент", "House of culture"),
        ("shymkent мадениет уйи", "House of culture"),
        ("өскемен ауырухана", "Hospital"),
    ] {
        let hits = search(words, None);
        assert!(
            hits.hits
                .iter()
                .all(|hit| hit.name["en"].starts_with(english)),
            "{words}: {:?}",
            hits.hits.first()
        );
    }
    let inside = search("абая", Some("R3"));
    assert!(inside.hits.iter().all(|hit| hit.in_area), "the area first");
    let more = search("абая", None).matched;
    assert_eq!(inside.matched, more, "the area orders, it does not hide");
    assert_eq!(search("бвгдж", None).matched, 0);
}

#[test]
fn with_nothing_typed_the_area_comes_first_and_the_nearest_before_all() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = loaded(dir.path());
    let hits = store.search(&stations("", Some("R3"))).expect("searched");
    assert_eq!(hits.matched, STATIONS);
    assert!(hits.hits.iter().all(|hit| hit.in_area));
    assert_eq!(hits.hits[0].number, "3");
    let near = Query {
        near: Some((51.0, 70.0)),
        ..stations(" ", Some("R2"))
    };
    assert_eq!(store.search(&near).expect("searched").hits[0].number, "50");
}

#[test]
fn commissions_are_found_among_themselves() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = loaded(dir.path());
    let hits = store
        .search(&Query {
            among: Among::Commissions,
            ..stations("семей", None)
        })
        .expect("searched");
    assert_eq!(hits.matched, 2);
    assert_eq!(
        store.place("D7").expect("read").expect("there").kind,
        "city"
    );
    assert_eq!(
        store.place("KZ00203").expect("read").expect("there").number,
        "203"
    );
    assert!(store.place("nowhere").expect("read").is_none());
}

#[test]
fn a_new_register_replaces_the_old_one_whole() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = loaded(dir.path());
    let mut smaller = register();
    smaller.stations.truncate(10);
    store.load_register(&smaller, AT).expect("loaded");
    assert_eq!(
        store.search(&stations("", None)).expect("searched").total,
        10
    );
    let mut broken = register();
    broken.stations[5].district = "nowhere".into();
    assert!(store.load_register(&broken, AT).is_err());
    assert_eq!(
        store.search(&stations("", None)).expect("searched").total,
        10,
        "the one before still stands"
    );
}
