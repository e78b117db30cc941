//! Figures out of reports.
//!
//! A [`Definition`] (a row of `indicators.csv`) says what one report adds to a figure; a
//! [`Contribution`] is what it added; a [`Tally`] gathers contributions in any order and in any
//! partition; [`aggregate`] and [`breakdown`] finish tallies into [`IndicatorValue`]s and hold
//! them against what the mission published.
//!
//! Pure: the same contributions give the same figures, whatever their order.

mod amount;
mod contribution;
mod definition;
mod printed;
mod roster;
mod tally;
mod value;

pub use amount::Amount;
pub use contribution::{Contribution, Keys, contribution, in_force};
pub use definition::{Definition, DefinitionProblem, Definitions, Gather, Quantity, ROSTER, Show};
pub use printed::Printed;
pub use roster::{RosterRow, roster_contributions};
pub use tally::{Tally, Totals};
pub use value::{BreakdownRow, IndicatorValue, aggregate, breakdown, dimensions};
