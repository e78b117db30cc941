//! Teams and observers: codes, never names.

use crate::Problem;
use crate::tables::Table;
use baqylau_domain::{ObserverCode, Role, StationCode, TeamCode};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Who sent a team (code of the forms' list `team_kind`): `sto`, `pa`, `lto` …
pub type TeamKind = String;

/// A team of observers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Team {
    /// Its code, `T001`.
    pub code: TeamCode,
    /// Its number, as the forms ask for it.
    pub number: u32,
    /// Who sent it.
    pub kind: TeamKind,
    /// What its devices may do.
    pub role: Role,
    /// Codes of the regions it works in, its own region first.
    pub areas: Vec<String>,
    /// The long-term team that co-ordinates it.
    pub leader: Option<TeamCode>,
    /// Where it is suggested to begin.
    pub first_station: Option<StationCode>,
    /// Its members.
    pub observers: Vec<Observer>,
}

/// An observer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Observer {
    /// Their code, `O0001`.
    pub code: ObserverCode,
    /// State that seconded them, ISO 3166-1 alpha-2.
    pub nationality: String,
    /// Whether they are a member of a parliament.
    pub parliamentarian: bool,
}

pub(crate) fn read(teams: &[u8], observers: &[u8]) -> Result<Vec<Team>, Vec<Problem>> {
    const TEAMS: &str = "teams.csv";
    const OBSERVERS: &str = "observers.csv";
    let teams = Table::read(
        TEAMS,
        teams,
        &[
            "code",
            "number",
            "kind",
            "role",
            "areas",
            "leader",
            "first_station",
        ],
    )?;
    let observers = Table::read(
        OBSERVERS,
        observers,
        &["code", "team", "nationality", "parliamentarian"],
    )?;
    let mut problems = Vec::new();
    let mut members: HashMap<&str, Vec<Observer>> = HashMap::new();
    let mut seen = HashSet::new();
    for row in observers.rows() {
        if !seen.insert(row.get("code")) {
            problems.push(
                row.problem("duplicate", "code")
                    .with("value", row.get("code")),
            );
        }
        members.entry(row.get("team")).or_default().push(Observer {
            code: row.get("code").into(),
            nationality: row.get("nationality").to_owned(),
            parliamentarian: row.get("parliamentarian") == "yes",
        });
    }
    let mut all = Vec::new();
    for row in teams.rows() {
        match team(row, &mut members) {
            Ok(team) => all.push(team),
            Err(problem) => problems.push(problem),
        }
    }
    problems.extend(
        members
            .keys()
            .map(|team| Problem::in_file("unknown_team", OBSERVERS).with("value", *team)),
    );
    check(&teams, &all, &mut problems);
    if problems.is_empty() {
        Ok(all)
    } else {
        Err(problems)
    }
}

fn team(
    row: crate::tables::Row<'_>,
    members: &mut HashMap<&str, Vec<Observer>>,
) -> Result<Team, Problem> {
    let role = match row.get("role") {
        "observer" => Role::Observer,
        "long_term_observer" => Role::LongTermObserver,
        "team_leader" => Role::TeamLeader,
        other => return Err(row.problem("unknown_role", "role").with("value", other)),
    };
    let optional = |column: &str| Some(row.get(column)).filter(|cell| !cell.is_empty());
    Ok(Team {
        code: row.get("code").into(),
        number: row.number("number")?,
        kind: row.get("kind").to_owned(),
        role,
        areas: row
            .get("areas")
            .split_whitespace()
            .map(str::to_owned)
            .collect(),
        leader: optional("leader").map(TeamCode::from),
        first_station: optional("first_station").map(StationCode::from),
        observers: members.remove(row.get("code")).unwrap_or_default(),
    })
}

fn check(table: &Table, teams: &[Team], problems: &mut Vec<Problem>) {
    let by_code: BTreeMap<&str, &Team> = teams
        .iter()
        .map(|team| (team.code.as_str(), team))
        .collect();
    let mut seen = HashSet::new();
    for row in table.rows() {
        if !seen.insert(row.get("code")) {
            problems.push(
                row.problem("duplicate", "code")
                    .with("value", row.get("code")),
            );
        }
        let Some(team) = by_code.get(row.get("code")) else {
            continue;
        };
        if team.observers.is_empty() {
            problems.push(
                row.problem("team_empty", "code")
                    .with("value", team.code.as_str()),
            );
        }
        if let Some(leader) = &team.leader
            && !by_code.contains_key(leader.as_str())
        {
            problems.push(
                row.problem("unknown_team", "leader")
                    .with("value", leader.as_str()),
            );
        }
    }
}
