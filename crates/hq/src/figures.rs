//! What every report in force adds to the figures, read once and kept until something changes.

use crate::headquarters::Headquarters;
use crate::ledger::{LedgerError, Read};
use baqylau_indicators::{Contribution, IndicatorValue, aggregate, roster_contributions};
use parking_lot::Mutex;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// The contributions of a moment.
pub struct Ready {
    /// All of them, those of the roster included.
    pub contributions: Vec<Contribution>,
    by_indicator: BTreeMap<String, Vec<usize>>,
}

/// Keeps [`Ready`] until it is told to forget it.
#[derive(Default)]
pub struct Figures {
    generation: AtomicU64,
    kept: Mutex<Option<(u64, Arc<Ready>)>>,
}

impl Figures {
    pub(crate) fn forget(&self) {
        self.generation.fetch_add(1, Ordering::Release);
    }

    /// The contributions as they stand.
    ///
    /// # Errors
    /// [`LedgerError`] from the database.
    pub fn ready(&self, headquarters: &Headquarters) -> Result<Arc<Ready>, LedgerError> {
        // Another process (the command line) never writes contributions, so this process's own changes are all.
        let mut kept = self.kept.lock();
        let generation = self.generation.load(Ordering::Acquire);
        if let Some((of, ready)) = &*kept
            && *of == generation
        {
            return Ok(Arc::clone(ready));
        }
        let ready = Arc::new(headquarters.ledger.read(|it| read(headquarters, it))?);
        *kept = Some((generation, Arc::clone(&ready)));
        Ok(ready)
    }
}

impl Ready {
    /// What there is of one indicator.
    pub fn of<'a>(&'a self, indicator: &str) -> impl Iterator<Item = &'a Contribution> + use<'a> {
        self.by_indicator
            .get(indicator)
            .into_iter()
            .flatten()
            .map(|index| &self.contributions[*index])
    }
}

impl Headquarters {
    /// All indicators as they stand.
    ///
    /// # Errors
    /// [`LedgerError`] from the database.
    pub fn indicators(&self) -> Result<Vec<IndicatorValue>, LedgerError> {
        Ok(self.aggregated(&*self.figures.ready(self)?))
    }

    /// All indicators as they stand in a snapshot of the ledger.
    pub(crate) fn indicators_in(
        &self,
        ledger: &Read<'_>,
    ) -> Result<Vec<IndicatorValue>, LedgerError> {
        Ok(self.aggregated(&read(self, ledger)?))
    }

    fn aggregated(&self, ready: &Ready) -> Vec<IndicatorValue> {
        let mission = &self.plan().mission;
        aggregate(&mission.indicators, &ready.contributions, &mission.totals())
    }
}

fn read(headquarters: &Headquarters, ledger: &Read<'_>) -> Result<Ready, LedgerError> {
    let mission = &headquarters.plan().mission;
    let mut contributions = roster_contributions(&mission.indicators, &mission.roster());
    for row in ledger.contributions()? {
        let read: Vec<Contribution> =
            serde_json::from_str(&row.body).map_err(|_| LedgerError::Damaged("a contribution"))?;
        contributions.extend(read);
    }
    let mut by_indicator: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, contribution) in contributions.iter().enumerate() {
        by_indicator
            .entry(contribution.indicator.clone())
            .or_default()
            .push(index);
    }
    Ok(Ready {
        contributions,
        by_indicator,
    })
}
