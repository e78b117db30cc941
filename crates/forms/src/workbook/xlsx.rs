//! Workbooks of Excel's: the first row of a sheet that holds anything is its heading.

use super::{Row, Sheet, Workbook, clean, unreadable};
use crate::Problem;
use calamine::{Data, Reader, Xlsx, XlsxCellReader};
use std::collections::BTreeMap;
use std::io::{Cursor, Read as _, copy, sink};
use zip::ZipArchive;

/// The sheets of an XLSForm that mean something here; notes to oneself in others are skipped.
const SHEETS: [&str; 3] = ["survey", "choices", "settings"];

/// Bytes that a workbook may unpack to, and of text in a sheet: a shared text may stand in any number of cells.
const LARGEST: u64 = 16 << 20;

/// Reads the file.
pub(super) fn read(bytes: &[u8]) -> Result<Workbook, Problem> {
    let bad = |error: calamine::XlsxError| unreadable("bad_xlsx", &error.to_string());
    measure(bytes)?;
    let mut file: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(bad)?;
    let mut workbook = Workbook::default();
    for name in file.sheet_names() {
        let lower = name.trim().to_lowercase();
        if SHEETS.contains(&lower.as_str()) {
            let cells = file.worksheet_cells_reader(&name).map_err(bad)?;
            workbook.sheets.push(sheet_of(lower, cells)?);
        }
    }
    Ok(workbook)
}

/// Unpacks every part to nowhere: the sizes that a file claims may be lies.
fn measure(bytes: &[u8]) -> Result<(), Problem> {
    let bad = |reason: &dyn ToString| unreadable("bad_xlsx", &reason.to_string());
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| bad(&error))?;
    let mut left = LARGEST;
    for place in 0..archive.len() {
        let part = archive.by_index(place).map_err(|error| bad(&error))?;
        let unpacked = copy(&mut part.take(left + 1), &mut sink());
        let unpacked = unpacked.map_err(|error| bad(&error))?;
        left = left.checked_sub(unpacked).ok_or_else(too_large)?;
    }
    Ok(())
}

fn too_large() -> Problem {
    unreadable("bad_xlsx", &format!("> {LARGEST} B"))
}

/// Only cells that hold something take memory: the last row and column of a sheet may be a million rows away.
fn sheet_of(name: String, mut cells: XlsxCellReader<'_, Cursor<&[u8]>>) -> Result<Sheet, Problem> {
    let mut rows: BTreeMap<u32, BTreeMap<u32, String>> = BTreeMap::new();
    let mut left = LARGEST;
    loop {
        let cell = cells.next_cell();
        let cell = cell.map_err(|error| unreadable("bad_xlsx", &error.to_string()))?;
        let Some(cell) = cell else { break };
        let text = text_of(&Data::from(cell.get_value().clone()));
        if !text.is_empty() {
            let bytes = text.len() as u64;
            left = left.checked_sub(bytes).ok_or_else(too_large)?;
            let (row, column) = cell.get_position();
            rows.entry(row).or_default().insert(column, text);
        }
    }
    let mut sheet = Sheet {
        name,
        ..Sheet::default()
    };
    let Some((_, heading)) = rows.pop_first() else {
        return Ok(sheet);
    };
    let columns: BTreeMap<u32, usize> = heading
        .into_iter()
        .map(|(column, heading)| (column, sheet.column(&heading)))
        .collect();
    for (row, cells) in rows {
        let known = cells
            .into_iter()
            .filter_map(|(column, text)| Some((*columns.get(&column)?, text)));
        sheet.rows.push(Row {
            line: row.saturating_add(1),
            cells: known.collect(),
        });
    }
    Ok(sheet)
}

fn text_of(cell: &Data) -> String {
    match cell {
        Data::Empty | Data::Error(_) => String::new(),
        Data::Bool(value) => if *value { "yes" } else { "no" }.to_owned(),
        other => clean(&other.to_string()),
    }
}
