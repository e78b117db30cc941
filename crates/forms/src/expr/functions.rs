//! ODK's functions by name, with how many arguments they take.

/// A function of the language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Function {
    Abs,
    Boolean,
    BooleanFromString,
    Ceiling,
    Checklist,
    Coalesce,
    Concat,
    Contains,
    CountNonEmpty,
    CountSelected,
    Date,
    DateTime,
    DecimalDateTime,
    DecimalTime,
    EndsWith,
    Exp,
    False,
    Floor,
    FormatDate,
    If,
    Int,
    Join,
    Log,
    Log10,
    Max,
    Min,
    NormalizeSpace,
    Not,
    Now,
    Number,
    Once,
    Pow,
    Regex,
    Round,
    Selected,
    SelectedAt,
    Sqrt,
    StartsWith,
    String,
    StringLength,
    Substr,
    Substring,
    SubstringAfter,
    SubstringBefore,
    Sum,
    Today,
    Translate,
    True,
    WeightedChecklist,
}

const MANY: usize = 64;

/// Name, function, fewest and most arguments; sorted by name.
const FUNCTIONS: [(&str, Function, usize, usize); 50] = [
    ("abs", Function::Abs, 1, 1),
    ("boolean", Function::Boolean, 1, 1),
    ("boolean-from-string", Function::BooleanFromString, 1, 1),
    ("ceiling", Function::Ceiling, 1, 1),
    ("checklist", Function::Checklist, 3, MANY),
    ("coalesce", Function::Coalesce, 1, MANY),
    ("concat", Function::Concat, 0, MANY),
    ("contains", Function::Contains, 2, 2),
    ("count-non-empty", Function::CountNonEmpty, 1, MANY),
    ("count-selected", Function::CountSelected, 1, 1),
    ("date", Function::Date, 1, 1),
    ("date-time", Function::DateTime, 1, 1),
    ("decimal-date-time", Function::DecimalDateTime, 1, 1),
    ("decimal-time", Function::DecimalTime, 1, 1),
    ("ends-with", Function::EndsWith, 2, 2),
    ("exp", Function::Exp, 1, 1),
    ("false", Function::False, 0, 0),
    ("floor", Function::Floor, 1, 1),
    ("format-date", Function::FormatDate, 2, 2),
    ("format-date-time", Function::FormatDate, 2, 2),
    ("if", Function::If, 3, 3),
    ("int", Function::Int, 1, 1),
    ("join", Function::Join, 1, MANY),
    ("log", Function::Log, 1, 1),
    ("log10", Function::Log10, 1, 1),
    ("max", Function::Max, 1, MANY),
    ("min", Function::Min, 1, MANY),
    ("normalize-space", Function::NormalizeSpace, 0, 1),
    ("not", Function::Not, 1, 1),
    ("now", Function::Now, 0, 0),
    ("number", Function::Number, 1, 1),
    ("once", Function::Once, 1, 1),
    ("pow", Function::Pow, 2, 2),
    ("regex", Function::Regex, 2, 2),
    ("round", Function::Round, 1, 2),
    ("selected", Function::Selected, 2, 2),
    ("selected-at", Function::SelectedAt, 2, 2),
    ("sqrt", Function::Sqrt, 1, 1),
    ("starts-with", Function::StartsWith, 2, 2),
    ("string", Function::String, 1, 1),
    ("string-length", Function::StringLength, 0, 1),
    ("substr", Function::Substr, 2, 3),
    ("substring", Function::Substring, 2, 3),
    ("substring-after", Function::SubstringAfter, 2, 2),
    ("substring-before", Function::SubstringBefore, 2, 2),
    ("sum", Function::Sum, 1, MANY),
    ("today", Function::Today, 0, 0),
    ("translate", Function::Translate, 3, 3),
    ("true", Function::True, 0, 0),
    ("weighted-checklist", Function::WeightedChecklist, 4, MANY),
];

/// Functions that ODK has and that make no sense here: they need repeats, shapes, or chance.
const UNSUPPORTED: [&str; 14] = [
    "area",
    "base64-decode",
    "count",
    "current",
    "digest",
    "distance",
    "geofence",
    "indexed-repeat",
    "last",
    "pi",
    "position",
    "random",
    "randomize",
    "uuid",
];

impl Function {
    /// The function called `name`, with the fewest and most arguments it takes.
    pub(super) fn named(name: &str) -> Option<(Self, usize, usize)> {
        let index = FUNCTIONS.binary_search_by(|row| row.0.cmp(name)).ok()?;
        let (_, function, fewest, most) = FUNCTIONS[index];
        Some((function, fewest, most))
    }

    /// Whether ODK knows `name` and this engine does not.
    pub(super) fn is_unsupported(name: &str) -> bool {
        UNSUPPORTED.contains(&name)
    }

    /// Whether a blank argument is an answer to this function and no lack of one.
    pub(super) fn asks_about_blankness(self) -> bool {
        matches!(
            self,
            Self::Coalesce | Self::StringLength | Self::CountSelected | Self::CountNonEmpty
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_function_is_found_by_its_name() {
        for (name, function, ..) in FUNCTIONS {
            assert_eq!(
                Function::named(name).map(|found| found.0),
                Some(function),
                "{name}"
            );
        }
    }
}
