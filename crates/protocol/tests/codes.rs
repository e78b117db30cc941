//! Enrolment codes as people type them.

use baqylau_protocol::*;
use proptest::prelude::*;

fn code(endpoints: &[&str]) -> EnrolCode {
    EnrolCode {
        endpoints: endpoints
            .iter()
            .map(|endpoint| (*endpoint).to_owned())
            .collect(),
        spki: SpkiHash([0xab; 32]),
        root: RootPublic([0x17; 32]),
        secret: EnrolSecret::from_bytes(*b"sixteen bytes ok"),
    }
}

fn typical() -> String {
    code(&["https://hq.example.org:8443", "https://203.0.113.7"]).to_text()
}

fn error(text: &str) -> Option<EnrolCodeError> {
    EnrolCode::from_text(text).err()
}

#[test]
fn a_code_survives_how_people_type() {
    let text = typical();
    assert!(text.starts_with("BQ1-"));
    let variants = [
        text.clone(),
        text.to_lowercase(),
        text.replace('-', " "),
        text.replace('-', ""),
        text.replace('-', "\n"),
        text.replace('0', "O").replace('1', "l"),
        text.replace('A', "А").replace('H', "Н").replace('0', "о"),
        format!("  {text}\n"),
    ];
    for variant in variants {
        let read =
            EnrolCode::from_text(&variant).unwrap_or_else(|error| panic!("{error} in {variant}"));
        assert_eq!(read.to_text(), text);
    }
}

#[test]
fn what_is_wrong_is_said() {
    let text = typical();
    assert_eq!(error(" \n-"), Some(EnrolCodeError::Empty));
    assert_eq!(error("https://example.org"), Some(EnrolCodeError::NotACode));
    assert_eq!(
        error(&text.replacen("BQ1", "BQ2", 1)),
        Some(EnrolCodeError::UnknownVersion)
    );
    assert_eq!(error("BQ"), Some(EnrolCodeError::Incomplete));
    assert_eq!(error("BQ1"), Some(EnrolCodeError::Incomplete));
    assert_eq!(
        error(&text[..text.len() - 9]),
        Some(EnrolCodeError::Incomplete)
    );
    assert_eq!(
        error(&text[..text.len() - 2]),
        Some(EnrolCodeError::Incomplete)
    );
    let mut odd: Vec<char> = text.chars().collect();
    odd[14] = '!';
    let odd: String = odd.into_iter().collect();
    assert_eq!(
        error(&odd),
        Some(EnrolCodeError::BadCharacter {
            group: 2,
            character: '!'
        })
    );
}

/// A code in which every letter stands that codes have.
fn of_all_letters() -> EnrolCode {
    EnrolCode {
        spki: SpkiHash(std::array::from_fn(|at| {
            u8::try_from(at * 37 % 251).unwrap_or(0)
        })),
        root: RootPublic(std::array::from_fn(|at| {
            u8::try_from(at * 91 % 253).unwrap_or(0)
        })),
        ..code(&["https://hq.example.org:8443"])
    }
}

#[test]
fn cyrillic_letters_that_look_like_latin_ones_are_taken_for_them() {
    let text = of_all_letters().to_text();
    for (latin, cyrillic) in [
        ('0', 'О'),
        ('1', 'І'),
        ('1', 'I'),
        ('1', 'L'),
        ('0', 'O'),
        ('A', 'А'),
        ('B', 'В'),
        ('C', 'С'),
        ('E', 'Е'),
        ('H', 'Н'),
        ('K', 'К'),
        ('M', 'М'),
        ('P', 'Р'),
        ('T', 'Т'),
        ('X', 'Х'),
        ('Y', 'У'),
    ] {
        assert!(text[4..].contains(latin), "{latin} is not in {text}");
        let typed = text.replace(latin, &cyrillic.to_string());
        for typed in [typed.to_lowercase(), typed] {
            let read = EnrolCode::from_text(&typed).map(|code| code.to_text());
            assert_eq!(read.as_ref(), Ok(&text), "{cyrillic} for {latin}");
        }
    }
}

#[test]
fn dashes_of_any_kind_and_dots_part_groups_too() {
    let text = typical();
    for dash in [
        '\u{2010}', '\u{2013}', '\u{2015}', '\u{2212}', '_', '.', '\t',
    ] {
        let typed = text.replace('-', &dash.to_string());
        assert!(EnrolCode::from_text(&typed).is_ok(), "{dash:?}");
    }
    assert_eq!(
        error(&text.replace('-', "+")),
        Some(EnrolCodeError::BadCharacter {
            group: 1,
            character: '+'
        })
    );
}

proptest! {
    #[test]
    fn every_single_slip_is_found_in_its_group(at: prop::sample::Index, to in "[0-9A-HJKMNP-TV-Z]") {
        let text = typical();
        let groups: Vec<&str> = text.split('-').skip(1).collect();
        let place = at.index(groups.len() * 8);
        let mut groups: Vec<String> = groups.into_iter().map(str::to_owned).collect();
        prop_assume!(groups[place / 8][place % 8..=place % 8] != to);
        groups[place / 8].replace_range(place % 8..=place % 8, &to);
        let typed = format!("BQ1-{}", groups.join("-"));
        prop_assert_eq!(error(&typed), Some(EnrolCodeError::Mistyped { group: place / 8 + 1 }));
    }

    #[test]
    fn two_groups_in_the_wrong_order_are_found(a: prop::sample::Index, b: prop::sample::Index) {
        let text = typical();
        let mut groups: Vec<&str> = text.split('-').skip(1).collect();
        let (a, b) = (a.index(groups.len()), b.index(groups.len()));
        prop_assume!(groups[a] != groups[b] && a % 32 != b % 32);
        groups.swap(a, b);
        let typed = format!("BQ1-{}", groups.join("-"));
        prop_assert!(error(&typed).is_some());
    }

    #[test]
    fn any_code_goes_there_and_back(secret: [u8; 16], spki: [u8; 32], root: [u8; 32], hosts in prop::collection::vec("[a-z.]{1,60}(:[0-9]{1,5})?", 0..5)) {
        let code = EnrolCode {
            endpoints: hosts.iter().map(|host| format!("https://{host}")).collect(),
            spki: SpkiHash(spki),
            root: RootPublic(root),
            secret: EnrolSecret::from_bytes(secret),
        };
        let read = EnrolCode::from_text(&code.to_text()).map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert!(read == code);
    }

    #[test]
    fn any_text_is_read_without_panic(text in ".{0,300}", tail in "[0-9A-Z -]{0,300}") {
        let _ = EnrolCode::from_text(&text);
        let _ = EnrolCode::from_text(&format!("BQ1{tail}"));
    }
}
