//! The `type` column.

use crate::definition::KindDef;

/// What a row of `survey` is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum RowType {
    BeginGroup,
    EndGroup,
    Question {
        kind: KindDef,
        list: Option<String>,
        register: Option<String>,
    },
    /// Known to ODK and without meaning here: the journal already holds device and times.
    Metadata,
}

/// Why a type is refused.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum TypeError {
    /// Known to ODK and not to this engine.
    Unsupported,
    /// Known to nobody.
    Unknown,
    /// A select without the name of its list.
    MissingList,
    /// A file that is no `.csv`.
    BadFile,
}

const SIMPLE: [(&str, KindDef); 17] = [
    ("integer", KindDef::Integer),
    ("int", KindDef::Integer),
    ("decimal", KindDef::Decimal),
    ("text", KindDef::Text),
    ("string", KindDef::Text),
    ("date", KindDef::Date),
    ("time", KindDef::Time),
    ("datetime", KindDef::DateTime),
    ("date_time", KindDef::DateTime),
    ("note", KindDef::Note),
    ("calculate", KindDef::Calculate),
    ("image", KindDef::Image),
    ("photo", KindDef::Image),
    ("geopoint", KindDef::Location),
    ("location", KindDef::Location),
    ("acknowledge", KindDef::Acknowledge),
    ("trigger", KindDef::Acknowledge),
];

const METADATA: [&str; 11] = [
    "start",
    "end",
    "today",
    "deviceid",
    "phonenumber",
    "username",
    "email",
    "audit",
    "subscriberid",
    "simserial",
    "start-geopoint",
];

const UNSUPPORTED: [&str; 14] = [
    "begin_repeat",
    "end_repeat",
    "audio",
    "video",
    "file",
    "barcode",
    "geotrace",
    "geoshape",
    "range",
    "rank",
    "hidden",
    "csv-external",
    "xml-external",
    "background-audio",
];

/// Understands the text of a `type` cell.
pub(super) fn row_type(text: &str) -> Result<RowType, TypeError> {
    let lower = text.trim().to_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    let joined = words.join("_");
    match joined.as_str() {
        "begin_group" => return Ok(RowType::BeginGroup),
        "end_group" => return Ok(RowType::EndGroup),
        other if METADATA.contains(&other) => return Ok(RowType::Metadata),
        other if UNSUPPORTED.contains(&other) => return Err(TypeError::Unsupported),
        _ => {}
    }
    if let Some((_, kind)) = SIMPLE.iter().find(|(name, _)| *name == joined) {
        return Ok(RowType::Question {
            kind: *kind,
            list: None,
            register: None,
        });
    }
    let original: Vec<&str> = text.split_whitespace().collect();
    select(&words, &original)
}

fn select(words: &[&str], original: &[&str]) -> Result<RowType, TypeError> {
    let (kind, from_file, rest) = match words {
        ["select_one_from_file", ..] => (KindDef::SelectOne, true, original.get(1..)),
        ["select_multiple_from_file", ..] => (KindDef::SelectMultiple, true, original.get(1..)),
        ["select_one" | "select1", ..] => (KindDef::SelectOne, false, original.get(1..)),
        ["select_multiple", ..] => (KindDef::SelectMultiple, false, original.get(1..)),
        ["select", "one", ..] => (KindDef::SelectOne, false, original.get(2..)),
        ["select", "multiple", ..] => (KindDef::SelectMultiple, false, original.get(2..)),
        ["rank" | "select_one_external", ..] => return Err(TypeError::Unsupported),
        _ => return Err(TypeError::Unknown),
    };
    match (rest.unwrap_or_default(), from_file) {
        ([], _) => Err(TypeError::MissingList),
        ([file], true) => match file.strip_suffix(".csv").filter(|name| !name.is_empty()) {
            Some(name) => Ok(RowType::Question {
                kind,
                list: None,
                register: Some(name.to_owned()),
            }),
            None => Err(TypeError::BadFile),
        },
        ([list], false) => Ok(RowType::Question {
            kind,
            list: Some((*list).to_owned()),
            register: None,
        }),
        // `or_other` adds a choice that has no translation.
        _ => Err(TypeError::Unsupported),
    }
}
