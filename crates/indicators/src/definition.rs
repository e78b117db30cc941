//! Rows of `indicators.csv`.

use crate::printed::Printed;
use baqylau_forms::expr::{self, Expr};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The pseudo-form whose "reports" are the deployed observers.
pub const ROSTER: &str = "@observers";

/// How reports become a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Gather {
    /// Every report counts.
    Reports,
    /// Reports with the same key count as one: yes when any of them says yes.
    Distinct,
    /// Numbers are added up.
    Sum,
}

/// What is shown of numerator and denominator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Show {
    /// The numerator.
    Number,
    /// Numerator over denominator, as a share.
    Share,
    /// Numerator over denominator, as a mean.
    Mean,
}

/// A numerator or denominator.
#[derive(Debug, Clone)]
pub enum Quantity {
    /// Worked out from each report.
    Expression(Expr),
    /// One of the mission's totals (`@stations`).
    Total(String),
}

/// One indicator.
#[derive(Debug, Clone)]
pub struct Definition {
    /// Row of the file as a spreadsheet counts it.
    pub row: usize,
    /// `I02`.
    pub id: String,
    /// The form it is worked out from, or [`ROSTER`].
    pub form: String,
    /// What is counted, in the trade's word: `form`, `station`, `team`, `box`, `person`, `commission`, `protocol`, `state`, `voter`.
    pub unit: String,
    /// How reports become a figure.
    pub gather: Gather,
    /// What makes two reports the same, for [`Gather::Distinct`], or which reports stand for one
    /// (the latest visit) for [`Gather::Sum`]: `station`, `commission`, `team`, or a question.
    pub per: Option<String>,
    /// What is shown.
    pub show: Show,
    /// What is counted.
    pub numerator: Expr,
    /// Out of what. A report for which it is blank, false or 0 is left out altogether.
    pub denominator: Quantity,
    /// Dimensions: `region`, `area`, `kind`, `time_band`, `team_kind`, or a question's name.
    pub breakdowns: Vec<String>,
    /// The figure as the documents print it; empty when they give none.
    pub published: String,
    /// How the printed figure is matched; `None` when there is none to match.
    pub printed: Option<Printed>,
    /// Where it is printed (`ST:233`).
    pub source: String,
    /// Whether the replay's figure is invented because the documents give none.
    pub invented: bool,
    /// The statement's sentence, by language.
    pub label: BTreeMap<String, String>,
}

/// All indicators of a mission.
#[derive(Debug, Clone, Default)]
pub struct Definitions {
    /// In the file's order.
    pub rows: Vec<Definition>,
}

/// What is wrong with `indicators.csv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DefinitionProblem {
    /// Stable code.
    pub code: &'static str,
    /// Row as a spreadsheet counts it.
    pub row: usize,
    /// Column.
    pub column: String,
    /// What was met.
    pub value: String,
}

impl Definition {
    /// Whether it is worked out from the deployed observers instead of reports.
    #[must_use]
    pub fn is_of_roster(&self) -> bool {
        self.form == ROSTER
    }

    /// The mission total it divides by, if it does.
    #[must_use]
    pub fn total(&self) -> Option<&str> {
        match &self.denominator {
            Quantity::Total(name) => Some(name),
            Quantity::Expression(_) => None,
        }
    }

    /// Every question it looks at: in its expressions, as key, and to break down by.
    #[must_use]
    pub fn questions(&self) -> BTreeSet<String> {
        let mut names: BTreeSet<String> = self.numerator.references().iter().cloned().collect();
        if let Quantity::Expression(denominator) = &self.denominator {
            names.extend(denominator.references().iter().cloned());
        }
        let named = self.per.iter().filter(|key| !KEYS.contains(&key.as_str()));
        let broken_down = self
            .breakdowns
            .iter()
            .filter(|name| !DIMENSIONS.contains(&name.as_str()));
        names.extend(named.chain(broken_down).cloned());
        names
    }
}

/// Keys that every report has.
pub(crate) const KEYS: [&str; 3] = ["station", "commission", "team"];
/// Dimensions that every report has.
pub(crate) const DIMENSIONS: [&str; 5] = ["region", "area", "kind", "time_band", "team_kind"];

const COLUMNS: [&str; 12] = [
    "id",
    "form",
    "unit",
    "gather",
    "per",
    "show",
    "numerator",
    "denominator",
    "breakdowns",
    "published",
    "match",
    "published_source",
];

impl Definitions {
    /// Reads `indicators.csv`. `label_<language>` columns hold the sentences.
    ///
    /// # Errors
    /// Every problem found, located.
    pub fn from_csv(bytes: &[u8]) -> Result<Self, Vec<DefinitionProblem>> {
        let problem = |code, row, column: &str, value: String| DefinitionProblem {
            code,
            row,
            column: column.to_owned(),
            value,
        };
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let mut reader = csv::ReaderBuilder::new()
            .trim(csv::Trim::All)
            .from_reader(bytes);
        let headings: Vec<String> = match reader.headers() {
            Ok(headings) => headings.iter().map(str::to_owned).collect(),
            Err(error) => return Err(vec![problem("csv_unreadable", 1, "", error.to_string())]),
        };
        let missing = COLUMNS
            .iter()
            .filter(|name| !headings.iter().any(|heading| heading == *name));
        let mut problems: Vec<_> = missing
            .map(|name| problem("column_missing", 1, name, String::new()))
            .collect();
        if !problems.is_empty() {
            return Err(problems);
        }
        let mut rows: Vec<Definition> = Vec::new();
        for (index, record) in reader.records().enumerate() {
            let row = index + 2;
            match record {
                Err(error) => problems.push(problem("csv_unreadable", row, "", error.to_string())),
                Ok(record) => {
                    let cells = headings
                        .iter()
                        .map(String::as_str)
                        .zip(record.iter())
                        .collect();
                    match read_row(row, &cells) {
                        Ok(definition) if rows.iter().any(|other| other.id == definition.id) => {
                            problems.push(problem("duplicate", row, "id", definition.id));
                        }
                        Ok(definition) => rows.push(definition),
                        Err(found) => problems.push(found),
                    }
                }
            }
        }
        if problems.is_empty() {
            Ok(Self { rows })
        } else {
            Err(problems)
        }
    }

    /// An indicator by id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Definition> {
        self.rows.iter().find(|definition| definition.id == id)
    }
}

fn read_row(row: usize, cells: &HashMap<&str, &str>) -> Result<Definition, DefinitionProblem> {
    let cell = |column: &str| cells.get(column).copied().unwrap_or("");
    let wrong = |code: &'static str, column: &str| DefinitionProblem {
        code,
        row,
        column: column.to_owned(),
        value: cell(column).to_owned(),
    };
    let parse = |column: &'static str| {
        expr::parse(cell(column)).map_err(|_| wrong("not_an_expression", column))
    };
    if cell("id").is_empty() {
        return Err(wrong("text_missing", "id"));
    }
    let gather = match cell("gather") {
        "reports" => Gather::Reports,
        "distinct" => Gather::Distinct,
        "sum" => Gather::Sum,
        _ => return Err(wrong("not_a_choice", "gather")),
    };
    let show = match cell("show") {
        "number" => Show::Number,
        "share" => Show::Share,
        "mean" => Show::Mean,
        _ => return Err(wrong("not_a_choice", "show")),
    };
    let per = Some(cell("per").to_owned()).filter(|key| !key.is_empty());
    if gather == Gather::Distinct && per.is_none() {
        return Err(wrong("text_missing", "per"));
    }
    let denominator = match cell("denominator").strip_prefix('@') {
        Some(name) => Quantity::Total(name.to_owned()),
        None => Quantity::Expression(parse("denominator")?),
    };
    let printed = match cell("match") {
        "" => None,
        text => Some(Printed::parse(text).ok_or_else(|| wrong("not_a_figure", "match"))?),
    };
    Ok(Definition {
        row,
        id: cell("id").to_owned(),
        form: cell("form").to_owned(),
        unit: cell("unit").to_owned(),
        gather,
        per,
        show,
        numerator: parse("numerator")?,
        denominator,
        breakdowns: cell("breakdowns")
            .split_whitespace()
            .map(str::to_owned)
            .collect(),
        published: cell("published").to_owned(),
        printed,
        source: cell("published_source").to_owned(),
        invented: cell("invented") == "yes",
        label: cells
            .iter()
            .filter_map(|(heading, text)| {
                Some((
                    heading.strip_prefix("label_")?.to_owned(),
                    (*text).to_owned(),
                ))
            })
            .collect(),
    })
}
