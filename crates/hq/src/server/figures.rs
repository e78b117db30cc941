//! `GET /api/indicators` and the reports behind each figure.

use super::answer::{Refused, apart};
use crate::headquarters::Headquarters;
use crate::labels::group_label;
use crate::ledger::{LedgerError, ReportRow};
use axum::Json;
use axum::extract::{Path, Query, State};
use baqylau_indicators::{Amount, Contribution, Definition, IndicatorValue, breakdown, dimensions};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Rows of a page of reports, unless asked for fewer; and at most.
const PAGE: usize = 100;
const LARGEST_PAGE: usize = 500;

#[derive(Deserialize)]
pub(super) struct By {
    #[serde(default)]
    by: String,
}

#[derive(Deserialize)]
pub(super) struct Page {
    #[serde(default)]
    offset: usize,
    limit: Option<usize>,
    #[serde(default)]
    by: String,
    #[serde(default)]
    key: String,
}

#[derive(Serialize)]
struct Line {
    report: String,
    form: String,
    team: String,
    station: Option<String>,
    station_name: BTreeMap<String, String>,
    region: Option<String>,
    at_ms: i64,
    received_at_ms: i64,
    revision: u32,
    in_numerator: bool,
    in_denominator: bool,
    contribution: Amount,
}

pub(super) async fn list(
    State(headquarters): State<Arc<Headquarters>>,
    Query(By { by }): Query<By>,
) -> Result<Json<Value>, Refused> {
    apart(move || {
        let definitions = &headquarters.plan().mission.indicators;
        let ready = headquarters.figures.ready(&headquarters)?;
        let rows: Vec<Value> = headquarters
            .indicators()?
            .iter()
            .zip(&definitions.rows)
            .map(|(value, definition)| {
                let groups = if by.is_empty() || !definition.breakdowns.contains(&by) {
                    Vec::new()
                } else {
                    groups(&headquarters, definition, &by, ready.of(&definition.id))
                };
                row(value, definition, groups)
            })
            .collect();
        let dimensions = dimensions(definitions);
        Ok(Json(json!({ "updated_at_ms": headquarters.now_ms(), "dimensions": dimensions, "indicators": rows })))
    })
    .await
}

fn row(value: &IndicatorValue, definition: &Definition, groups: Vec<Value>) -> Value {
    json!({
        "id": value.id,
        "label": value.label,
        "form": value.form,
        "unit": value.unit,
        "numerator": value.numerator,
        // A count is a count of something, not a share of the reports that could have said so.
        "denominator": (value.is_share || definition.total().is_some()).then_some(value.denominator),
        "value": value.value,
        "display": display(value),
        "forms": value.forms_denominator,
        "forms_numerator": value.forms_numerator,
        "stations": value.stations_denominator,
        "stations_numerator": value.stations_numerator,
        "published": (!value.published.is_empty()).then_some(&value.published),
        "published_text": value.published,
        "source": value.source,
        "invented": value.invented,
        "matches": value.matches,
        "breakdown": groups,
    })
}

/// The figure as it is printed: shares to one decimal of a per cent, means to one decimal, counts whole.
pub(crate) fn display(value: &IndicatorValue) -> String {
    match value.value {
        None => "–".to_owned(),
        Some(share) if value.is_share => format!("{:.1}%", share * 100.0),
        Some(number) if number.fract() == 0.0 => format!("{number:.0}"),
        Some(number) => format!("{number:.1}"),
    }
}

fn groups<'a>(
    headquarters: &Headquarters,
    definition: &Definition,
    by: &str,
    contributions: impl Iterator<Item = &'a Contribution>,
) -> Vec<Value> {
    breakdown(definition, by, contributions)
        .into_iter()
        .map(|group| {
            json!({
                "label": group_label(headquarters.plan(), &definition.form, by, &group.key),
                "key": group.key,
                "numerator": group.numerator,
                "denominator": group.denominator,
                "forms": group.forms_denominator,
                "value": group.value,
            })
        })
        .collect()
}

pub(super) async fn reports(
    State(headquarters): State<Arc<Headquarters>>,
    Path(id): Path<String>,
    Query(page): Query<Page>,
) -> Result<Json<Value>, Refused> {
    apart(move || {
        if headquarters.plan().mission.indicators.get(&id).is_none() {
            return Err(Refused::NotFound);
        }
        let ready = headquarters.figures.ready(&headquarters)?;
        let wanted: Vec<_> = ready
            .of(&id)
            .filter(|contribution| is_in_group(contribution, &page))
            .collect();
        let limit = page.limit.unwrap_or(PAGE).min(LARGEST_PAGE);
        let shown = wanted.iter().skip(page.offset).take(limit);
        let lines = headquarters
            .ledger
            .read(|read| -> Result<Vec<Line>, LedgerError> {
                let mut lines = Vec::new();
                for contribution in shown {
                    if let Some(report) = read.report(&contribution.report)? {
                        lines.push(line(&headquarters, contribution, report));
                    }
                }
                Ok(lines)
            })?;
        Ok(Json(json!({ "total": wanted.len(), "rows": lines })))
    })
    .await
}

fn is_in_group(contribution: &Contribution, page: &Page) -> bool {
    page.key.is_empty()
        || contribution
            .groups
            .iter()
            .filter(|(dimension, _)| page.by.is_empty() || **dimension == page.by)
            .any(|(_, keys)| keys.contains(&page.key))
}

fn line(headquarters: &Headquarters, contribution: &Contribution, report: ReportRow) -> Line {
    let station = (report.place_kind == "station").then(|| report.place.clone());
    Line {
        station_name: crate::labels::place_name(headquarters.plan(), &report),
        report: report.id,
        form: report.form,
        team: report.team,
        station: station.or_else(|| contribution.station.clone()),
        region: Some(report.region).filter(|region| !region.is_empty()),
        at_ms: report.at.utc_ms,
        received_at_ms: report.received_at_ms,
        revision: report.current,
        in_numerator: contribution.numerator != Amount::ZERO,
        in_denominator: contribution.denominator != Amount::ZERO,
        contribution: contribution.numerator,
    }
}
