//! Finding a place in the register.

use crate::commands::StationsArgs;
use crate::core::Opened;
use crate::view::{Failure, PlaceKind, StationHits};
use baqylau_store::register::{Among, Query};

/// Hits sent to a screen at most: nobody reads more, and typing another letter is quicker.
const MOST: u32 = 100;

/// Stations or commissions by number or name; without a query, the team's own area first.
pub(crate) fn stations(opened: &Opened, args: StationsArgs) -> Result<StationHits, Failure> {
    let library = opened.session.library();
    let among = match args.place {
        PlaceKind::Commission => Among::Commissions,
        PlaceKind::Station | PlaceKind::Anywhere => Among::Stations,
    };
    let query = Query {
        text: args.query.trim(),
        among,
        area: library.area(),
        near: None,
        limit: args.limit.min(MOST) as usize,
    };
    let found = opened.session.store.search(&query)?;
    let visited = opened.session.store.reports_by_place()?;
    Ok(StationHits {
        hits: found
            .hits
            .into_iter()
            .map(|hit| opened.hit(hit, &visited))
            .collect(),
        matched: found.matched,
        total: found.total,
    })
}
