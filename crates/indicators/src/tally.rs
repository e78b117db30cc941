//! Gathering contributions, in any order and in any partition.

use crate::amount::Amount;
use crate::contribution::Contribution;
use crate::definition::{Definition, Gather};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Whole numbers of the mission that figures may be held against (`stations`, `teams` …).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Totals(pub BTreeMap<String, i64>);

/// A figure half-way: what some of the contributions come to. Merging is associative and
/// commutative, so shards may be tallied apart.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tally {
    /// Amounts of reports that stand for themselves.
    numerator: Amount,
    denominator: Amount,
    /// Amounts of reports that stand together under one key.
    by_key: BTreeMap<String, Standing>,
    pub(crate) reports: u64,
    pub(crate) reports_in: u64,
    pub(crate) stations: BTreeSet<String>,
    pub(crate) stations_in: BTreeSet<String>,
}

/// What stands for a key: of sums the latest visit, of yes and no any yes.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Standing {
    order: (Option<u16>, Reverse<String>),
    numerator: Amount,
    denominator: Amount,
}

impl Tally {
    /// Takes a contribution in.
    pub fn add(&mut self, gather: Gather, contribution: &Contribution) {
        self.reports += 1;
        self.stations.extend(contribution.station.clone());
        if contribution.numerator != Amount::ZERO {
            self.reports_in += 1;
            self.stations_in.extend(contribution.station.clone());
        }
        match &contribution.key {
            None => {
                self.numerator += contribution.numerator;
                self.denominator += contribution.denominator;
            }
            Some(key) => {
                let standing = Standing {
                    // Two reports of one minute: the smaller id, so that no order of arrival decides.
                    order: (
                        contribution.arrival_min,
                        Reverse(contribution.report.clone()),
                    ),
                    numerator: contribution.numerator,
                    denominator: contribution.denominator,
                };
                self.stand(gather, key.clone(), standing);
            }
        }
    }

    /// Takes another tally of the same indicator in.
    pub fn merge(&mut self, gather: Gather, other: Self) {
        self.numerator += other.numerator;
        self.denominator += other.denominator;
        self.reports += other.reports;
        self.reports_in += other.reports_in;
        self.stations.extend(other.stations);
        self.stations_in.extend(other.stations_in);
        for (key, standing) in other.by_key {
            self.stand(gather, key, standing);
        }
    }

    fn stand(&mut self, gather: Gather, key: String, new: Standing) {
        let Some(old) = self.by_key.get_mut(&key) else {
            self.by_key.insert(key, new);
            return;
        };
        if gather == Gather::Distinct {
            old.numerator = old.numerator.max(new.numerator);
            old.denominator = old.denominator.max(new.denominator);
            old.order = old.order.clone().max(new.order);
        } else if new.order > old.order {
            *old = new;
        }
    }

    /// Numerator and denominator.
    #[must_use]
    pub fn amounts(&self, definition: &Definition, totals: &Totals) -> (Amount, Amount) {
        let numerator = self.numerator
            + self
                .by_key
                .values()
                .map(|standing| standing.numerator)
                .sum();
        let denominator = match definition.total() {
            Some(name) => Amount::whole(totals.0.get(name).copied().unwrap_or(0)),
            None => {
                self.denominator
                    + self
                        .by_key
                        .values()
                        .map(|standing| standing.denominator)
                        .sum()
            }
        };
        (numerator, denominator)
    }
}
