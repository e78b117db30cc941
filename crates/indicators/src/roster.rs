//! Figures about the mission itself: who was deployed.

use crate::contribution::{Contribution, Keys, contribution};
use crate::definition::{Definitions, ROSTER};
use baqylau_domain::{Answers, Value};

/// A deployed observer, as a "report" of the pseudo-form [`ROSTER`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RosterRow {
    /// The observer's code.
    pub code: String,
    /// The team's code.
    pub team: String,
    /// Who sent the team.
    pub team_kind: String,
    /// The team's region.
    pub region: String,
    /// The State that seconded them.
    pub nationality: String,
    /// Whether they are a member of a parliament.
    pub parliamentarian: bool,
}

/// What the deployed observers add. Expressions and breakdowns may name `code`, `team`,
/// `nationality` and `parliamentarian` (`yes` or `no`).
#[must_use]
pub fn roster_contributions(definitions: &Definitions, roster: &[RosterRow]) -> Vec<Contribution> {
    let mut contributions = Vec::new();
    for row in roster {
        let text = |name: &str, value: &str| (name.to_owned(), Value::Choice(value.to_owned()));
        let answers: Answers = [
            text("code", &row.code),
            text("nationality", &row.nationality),
            text(
                "parliamentarian",
                if row.parliamentarian { "yes" } else { "no" },
            ),
        ]
        .into();
        let keys = Keys {
            report: row.code.clone(),
            team: row.team.clone(),
            team_kind: Some(row.team_kind.clone()),
            region: Some(row.region.clone()),
            ..Keys::default()
        };
        contributions.extend(
            definitions
                .rows
                .iter()
                .filter_map(|definition| contribution(definition, ROSTER, &answers, &keys)),
        );
    }
    contributions
}
