//! Finished figures.

use crate::amount::Amount;
use crate::contribution::Contribution;
use crate::definition::{Definition, Definitions, Show};
use crate::tally::{Tally, Totals};
use serde::Serialize;
use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet};

/// A finished figure, beside what was published.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct IndicatorValue {
    /// `I02`.
    pub id: String,
    /// The form it comes from.
    pub form: String,
    /// What is counted.
    pub unit: String,
    /// Numerator.
    pub numerator: Amount,
    /// Denominator.
    pub denominator: Amount,
    /// Reports in the numerator.
    pub forms_numerator: u64,
    /// Reports that answered: in the denominator.
    pub forms_denominator: u64,
    /// Stations with a report in the numerator.
    pub stations_numerator: u64,
    /// Stations with a report in the denominator.
    pub stations_denominator: u64,
    /// What is shown; a share is a fraction of one. `None`: nothing reported yet.
    pub value: Option<f64>,
    /// Whether `value` is a share.
    pub is_share: bool,
    /// The printed figure, empty when the documents give none.
    pub published: String,
    /// Where it is printed.
    pub source: String,
    /// Whether the replay's figure is invented.
    pub invented: bool,
    /// Whether the figure rounds to the printed one; `None` when there is none to hold it against.
    pub matches: Option<bool>,
    /// The statement's sentence, by language.
    pub label: BTreeMap<String, String>,
}

/// A figure for one group.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BreakdownRow {
    /// The group's code.
    pub key: String,
    /// Numerator.
    pub numerator: Amount,
    /// Denominator.
    pub denominator: Amount,
    /// Reports in the denominator.
    pub forms_denominator: u64,
    /// What is shown.
    pub value: Option<f64>,
}

/// All figures, in the order of the definitions.
pub fn aggregate<C: Borrow<Contribution>>(
    definitions: &Definitions,
    contributions: impl IntoIterator<Item = C>,
    totals: &Totals,
) -> Vec<IndicatorValue> {
    let by_id: BTreeMap<&str, &Definition> = definitions
        .rows
        .iter()
        .map(|definition| (definition.id.as_str(), definition))
        .collect();
    let mut tallies: BTreeMap<&str, Tally> = BTreeMap::new();
    for contribution in contributions {
        let contribution = contribution.borrow();
        if let Some(definition) = by_id.get(contribution.indicator.as_str()) {
            tallies
                .entry(definition.id.as_str())
                .or_default()
                .add(definition.gather, contribution);
        }
    }
    let empty = Tally::default();
    let tally = |definition: &Definition| tallies.get(definition.id.as_str()).unwrap_or(&empty);
    definitions
        .rows
        .iter()
        .map(|definition| definition.finish(tally(definition), totals))
        .collect()
}

/// One figure by group of one dimension, in the order of the groups' codes. Reports that belong
/// to no group are not in it; a report may belong to several.
pub fn breakdown<C: Borrow<Contribution>>(
    definition: &Definition,
    dimension: &str,
    contributions: impl IntoIterator<Item = C>,
) -> Vec<BreakdownRow> {
    let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
    for contribution in contributions {
        let contribution = contribution.borrow();
        if contribution.indicator != definition.id {
            continue;
        }
        for group in contribution.groups.get(dimension).into_iter().flatten() {
            tallies
                .entry(group.clone())
                .or_default()
                .add(definition.gather, contribution);
        }
    }
    // A group's share of the country's total would say nothing, so totals are left out here.
    let totals = Totals::default();
    tallies
        .into_iter()
        .map(|(key, tally)| {
            let value = definition.finish(&tally, &totals);
            BreakdownRow {
                key,
                numerator: value.numerator,
                denominator: value.denominator,
                forms_denominator: value.forms_denominator,
                value: value.value,
            }
        })
        .collect()
}

/// Every dimension that some indicator is broken down by.
#[must_use]
pub fn dimensions(definitions: &Definitions) -> BTreeSet<String> {
    definitions
        .rows
        .iter()
        .flat_map(|definition| definition.breakdowns.iter().cloned())
        .collect()
}

impl Definition {
    /// Finishes a tally into a figure.
    #[must_use]
    pub fn finish(&self, tally: &Tally, totals: &Totals) -> IndicatorValue {
        let (numerator, denominator) = tally.amounts(self, totals);
        let share = numerator.share_of(denominator);
        let value = match self.show {
            Show::Number => Some(numerator.number()),
            Show::Share | Show::Mean => share,
        };
        // With nothing reported there is no figure to hold against the printed one.
        let compared = value.filter(|_| tally.reports > 0);
        IndicatorValue {
            id: self.id.clone(),
            form: self.form.clone(),
            unit: self.unit.clone(),
            numerator,
            denominator,
            forms_numerator: tally.reports_in,
            forms_denominator: tally.reports,
            stations_numerator: tally.stations_in.len() as u64,
            stations_denominator: tally.stations.len() as u64,
            value,
            is_share: self.show == Show::Share,
            published: self.published.clone(),
            source: self.source.clone(),
            invented: self.invented,
            matches: self
                .printed
                .map(|printed| compared.is_some_and(|value| printed.matches(value))),
            label: self.label.clone(),
        }
    }
}
