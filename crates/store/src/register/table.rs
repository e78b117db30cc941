//! The register's tables, and the index over them, built when it is first needed.

use super::{DistrictRow, Hit, Hits, Index, Localised, Query, RegionRow, RegisterRows, StationRow};
use crate::{Store, StoreError};
use baqylau_domain::Moment;
use rusqlite::{Connection, OptionalExtension, Row, Rows, named_params, params};
use std::sync::Arc;

impl Store {
    /// Replaces the register in one transaction (hundreds of milliseconds). The index over it follows with the
    /// next search.
    ///
    /// # Errors
    /// When it could not be made durable; the register before then still stands.
    pub fn load_register(&self, rows: &RegisterRows, at: Moment) -> Result<(), StoreError> {
        // Held throughout, so that nobody builds the old register's index after the new one is loaded.
        let mut index = self.index.lock();
        self.write(|tx| {
            for table in ["station", "district", "region", "register"] {
                tx.execute(&format!("DELETE FROM {table}"), [])?;
            }
            insert(tx, rows)?;
            tx.execute(
                "INSERT INTO register (id, hash, at_ms, at_offset_min) VALUES (1, :hash, :at_ms, :at_offset_min)",
                named_params! {":hash": rows.hash, ":at_ms": at.utc_ms, ":at_offset_min": at.offset_min},
            )?;
            Ok(())
        })?;
        *index = None;
        Ok(())
    }

    /// The content address of the register loaded.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn register_hash(&self) -> Result<Option<[u8; 32]>, StoreError> {
        self.read(|tx| {
            Ok(tx
                .query_row("SELECT hash FROM register", [], |row| row.get(0))
                .optional()?)
        })
    }

    /// Searches the register. The first search after unlocking builds the index, unless
    /// [`Store::index_register`] was called before.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn search(&self, query: &Query<'_>) -> Result<Hits, StoreError> {
        Ok(self.index_register()?.search(query))
    }

    /// One station or commission by code: read from its row, so that a report's page needs no index.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn place(&self, code: &str) -> Result<Option<Hit>, StoreError> {
        let rows = self.read(|tx| rows_about(tx, code))?;
        Ok(Index::build(&rows).place(code))
    }

    /// The register's index, built now if it was not; worth a thread of its own after unlocking.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn index_register(&self) -> Result<Arc<Index>, StoreError> {
        let mut index = self.index.lock();
        if let Some(built) = &*index {
            return Ok(Arc::clone(built));
        }
        let built = Arc::new(Index::build(&self.read(|tx| rows(tx))?));
        *index = Some(Arc::clone(&built));
        Ok(built)
    }
}

/// The rows that say everything about one place: itself, its district, its region.
fn rows_about(connection: &Connection, code: &str) -> Result<RegisterRows, StoreError> {
    let stations = by_code(
        connection,
        include_str!("../../sql/station/get.sql"),
        code,
        station,
    )?;
    let district_code = stations.first().map_or(code, |row| row.district.as_str());
    let sql = include_str!("../../sql/district/get.sql");
    let districts = by_code(connection, sql, district_code, district)?;
    let region_code = districts.first().map_or(code, |row| row.region.as_str());
    let regions = by_code(
        connection,
        include_str!("../../sql/region/get.sql"),
        region_code,
        region,
    )?;
    Ok(RegisterRows {
        regions,
        districts,
        stations,
        ..RegisterRows::default()
    })
}

fn by_code<T>(
    connection: &Connection,
    sql: &str,
    code: &str,
    read: impl Fn(&Row<'_>) -> Result<T, StoreError>,
) -> Result<Vec<T>, StoreError> {
    let mut statement = connection.prepare_cached(sql)?;
    collect(statement.query(named_params! {":code": code})?, read)
}

fn insert(connection: &Connection, rows: &RegisterRows) -> Result<(), StoreError> {
    let mut statement = connection.prepare(include_str!("../../sql/region/insert.sql"))?;
    for region in &rows.regions {
        statement.execute(named_params! {
            ":code": region.code, ":level": region.level, ":name": serde_json::to_string(&region.name)?,
            ":utc_offset_min": region.utc_offset_min,
        })?;
    }
    let mut statement = connection.prepare(include_str!("../../sql/district/insert.sql"))?;
    for district in &rows.districts {
        statement.execute(named_params! {
            ":code": district.code, ":region": district.region, ":kind": district.kind,
            ":name": serde_json::to_string(&district.name)?,
        })?;
    }
    let mut statement = connection.prepare(include_str!("../../sql/station/insert.sql"))?;
    for station in &rows.stations {
        let position = station.position;
        // By position and not by name: looking names up takes longer than ten thousand inserts.
        statement.execute(params![
            station.code,
            station.number,
            station.region,
            station.district,
            serde_json::to_string(&station.name)?,
            serde_json::to_string(&station.address)?,
            station.kind,
            station.area,
            station.voters,
            position.map(|(latitude, _)| latitude),
            position.map(|(_, longitude)| longitude),
        ])?;
    }
    Ok(())
}

fn rows(connection: &Connection) -> Result<RegisterRows, StoreError> {
    let hash = connection
        .query_row("SELECT hash FROM register", [], |row| row.get(0))
        .optional()?;
    Ok(RegisterRows {
        hash: hash.unwrap_or_default(),
        regions: list(
            connection,
            include_str!("../../sql/region/list.sql"),
            region,
        )?,
        districts: list(
            connection,
            include_str!("../../sql/district/list.sql"),
            district,
        )?,
        stations: list(
            connection,
            include_str!("../../sql/station/list.sql"),
            station,
        )?,
    })
}

fn list<T>(
    connection: &Connection,
    sql: &str,
    read: impl Fn(&Row<'_>) -> Result<T, StoreError>,
) -> Result<Vec<T>, StoreError> {
    let mut statement = connection.prepare(sql)?;
    collect(statement.query([])?, read)
}

fn collect<T>(
    mut rows: Rows<'_>,
    read: impl Fn(&Row<'_>) -> Result<T, StoreError>,
) -> Result<Vec<T>, StoreError> {
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(read(row)?);
    }
    Ok(found)
}

fn localised(row: &Row<'_>, column: &str) -> Result<Localised, StoreError> {
    Ok(serde_json::from_str(
        row.get_ref(column)?
            .as_str()
            .map_err(rusqlite::Error::from)?,
    )?)
}

fn region(row: &Row<'_>) -> Result<RegionRow, StoreError> {
    Ok(RegionRow {
        code: row.get("code")?,
        level: row.get("level")?,
        name: localised(row, "name")?,
        utc_offset_min: row.get("utc_offset_min")?,
    })
}

fn district(row: &Row<'_>) -> Result<DistrictRow, StoreError> {
    Ok(DistrictRow {
        code: row.get("code")?,
        region: row.get("region")?,
        kind: row.get("kind")?,
        name: localised(row, "name")?,
    })
}

fn station(row: &Row<'_>) -> Result<StationRow, StoreError> {
    let position = row
        .get::<_, Option<f64>>("latitude")?
        .zip(row.get("longitude")?);
    Ok(StationRow {
        code: row.get("code")?,
        number: row.get("number")?,
        region: row.get("region")?,
        district: row.get("district")?,
        name: localised(row, "name")?,
        address: localised(row, "address")?,
        kind: row.get("kind")?,
        area: row.get("area")?,
        voters: row.get("voters")?,
        position,
    })
}
