//! What the pages count: contributions, reports by form and hour, teams heard.

use super::{LedgerError, Read, Write};
use baqylau_domain::DeviceId;

/// What one report adds to the figures, as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContributionRow {
    /// The report.
    pub report: String,
    /// Its contributions, as a JSON list.
    pub body: String,
}

/// Reports of a form finished in one local hour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HourRow {
    /// `2011-04-03 08:00`.
    pub hour: String,
    /// The form's id.
    pub form: String,
    /// How many.
    pub count: u64,
}

/// Reports of a form by one team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamFormRow {
    /// The team's code.
    pub team: String,
    /// The form's id.
    pub form: String,
    /// How many.
    pub count: u64,
}

/// A journal of a team: each of its devices writes one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamJournalRow {
    /// The team's code.
    pub team: String,
    /// The device that writes it.
    pub device: DeviceId,
    /// When the device was enrolled, UTC milliseconds.
    pub enrolled_at_ms: i64,
    /// When it was last heard, UTC milliseconds.
    pub heard_at_ms: i64,
}

impl Write<'_> {
    /// Replaces what a report adds to the figures; nothing of it is left when `body` is `None`.
    pub fn put_contributions(&self, report: &str, body: Option<&str>) -> Result<(), LedgerError> {
        const PUT: &str = "INSERT INTO contribution (report, body) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET body = ?2";
        match body {
            Some(body) => self.execute(PUT, (report, body)).map(drop),
            None => self
                .execute("DELETE FROM contribution WHERE report = ?1", [report])
                .map(drop),
        }
    }
}

impl Read<'_> {
    /// What every report in force adds.
    pub fn contributions(&self) -> Result<Vec<ContributionRow>, LedgerError> {
        self.all(
            "SELECT report, body FROM contribution ORDER BY report",
            (),
            |row| {
                Ok(ContributionRow {
                    report: row.get(0)?,
                    body: row.get(1)?,
                })
            },
        )
    }

    /// Reports by form and state: `(form, state, count)`.
    pub fn counts_by_form(&self) -> Result<Vec<(String, String, u64)>, LedgerError> {
        self.all(
            "SELECT form, state, count(*) FROM report GROUP BY form, state",
            (),
            |row| {
                Ok((
                    row.get(0)?,
                    row.get(1)?,
                    row.get::<_, i64>(2)?.cast_unsigned(),
                ))
            },
        )
    }

    /// Accepted reports by local hour of finishing and form.
    pub fn counts_by_hour(&self) -> Result<Vec<HourRow>, LedgerError> {
        const SQL: &str = "SELECT strftime('%Y-%m-%d %H:00', at / 1000 + offset_min * 60, 'unixepoch'), form, count(*)
                           FROM report WHERE state = 'accepted' GROUP BY 1, 2 ORDER BY 1, 2";
        self.all(SQL, (), |row| {
            let hour: Option<String> = row.get(0)?;
            let count = row.get::<_, i64>(2)?.cast_unsigned();
            Ok(HourRow {
                hour: hour.unwrap_or_default(),
                form: row.get(1)?,
                count,
            })
        })
    }

    /// Accepted reports by team and form.
    pub fn counts_by_team(&self) -> Result<Vec<TeamFormRow>, LedgerError> {
        const SQL: &str = "SELECT team, form, count(*) FROM report WHERE state = 'accepted' GROUP BY team, form ORDER BY team, form";
        self.all(SQL, (), |row| {
            Ok(TeamFormRow {
                team: row.get(0)?,
                form: row.get(1)?,
                count: row.get::<_, i64>(2)?.cast_unsigned(),
            })
        })
    }

    /// Every journal, in the order in which the devices were enrolled.
    pub fn team_journals(&self) -> Result<Vec<TeamJournalRow>, LedgerError> {
        const SQL: &str = "SELECT team, device.id, enrolled_at, heard_at
                           FROM device JOIN head ON head.device = device.id ORDER BY enrolled_at, device.id";
        self.all(SQL, (), |row| {
            Ok(TeamJournalRow {
                team: row.get(0)?,
                device: DeviceId(row.get(1)?),
                enrolled_at_ms: row.get(2)?,
                heard_at_ms: row.get(3)?,
            })
        })
    }

    /// Enrolled devices.
    pub fn device_count(&self) -> Result<u64, LedgerError> {
        self.count("SELECT count(*) FROM device", ())
    }
}
