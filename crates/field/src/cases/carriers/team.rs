//! The teams of a leader's area, as far as they went through the leader's hands.

use crate::cases::carriers::hand::carried;
use crate::commands::Nothing;
use crate::core::Opened;
use crate::view::{Failure, TeamPage, TeamRow};
use baqylau_domain::TeamCode;
use baqylau_mission::Team;
use baqylau_store::LabelRow;

/// For each team of the area what was taken over from it, by the labels that the leader gave.
pub(crate) fn team(opened: &Opened, _: Nothing) -> Result<TeamPage, Failure> {
    let store = &opened.session.store;
    let library = opened.session.library();
    let mine = &library.team;
    let mut labels = store.carried_by_label()?;
    let mut teams: Vec<&Team> = library
        .pack
        .teams
        .iter()
        .filter(|team| team.code != mine.code && is_of(team, mine))
        .collect();
    teams.sort_by(|a, b| a.code.cmp(&b.code));
    let teams = teams
        .into_iter()
        .map(|team| {
            let (own, others) = labels
                .drain(..)
                .partition(|row: &LabelRow| means(row, &team.code));
            labels = others;
            summed(&team.code, own)
        })
        .collect();
    Ok(TeamPage {
        teams,
        others: labels.into_iter().map(|row| view(None, row)).collect(),
        carried: carried(&store.carrying()?),
    })
}

fn is_of(team: &Team, leader: &Team) -> bool {
    let is_led = team.leader.as_ref() == Some(&leader.code);
    is_led || team.areas.iter().any(|area| leader.areas.contains(area))
}

fn means(row: &LabelRow, team: &TeamCode) -> bool {
    row.label
        .as_deref()
        .is_some_and(|label| label.eq_ignore_ascii_case(team.as_str()))
}

/// One row for a team, however its code was typed.
fn summed(team: &TeamCode, rows: Vec<LabelRow>) -> TeamRow {
    let mut sum = TeamRow {
        team: Some(team.clone()),
        label: None,
        segments: 0,
        pictures: 0,
        bytes: 0,
        waiting: 0,
        handed_on: 0,
        delivered: 0,
        waiting_pictures: 0,
        last_at: None,
    };
    for row in rows {
        let row = view(Some(team.clone()), row);
        sum.segments += row.segments;
        sum.pictures += row.pictures;
        sum.waiting_pictures += row.waiting_pictures;
        sum.bytes += row.bytes;
        sum.waiting += row.waiting;
        sum.handed_on += row.handed_on;
        sum.delivered += row.delivered;
        sum.last_at = sum
            .last_at
            .into_iter()
            .chain(row.last_at)
            .max_by_key(|at| at.utc_ms);
        sum.label = row.label;
    }
    sum
}

fn view(team: Option<TeamCode>, row: LabelRow) -> TeamRow {
    TeamRow {
        team,
        label: row.label,
        segments: row.segments,
        pictures: row.pictures,
        bytes: row.bytes,
        waiting: row.waiting,
        handed_on: row.handed_on,
        delivered: row.delivered,
        waiting_pictures: row.waiting_pictures,
        last_at: Some(row.last_at),
    }
}
