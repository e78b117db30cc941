//! Workbooks of Excel's: the first row of a sheet that holds anything is its heading.

use super::{Row, Sheet, Workbook, clean, unreadable};
use crate::Problem;
use calamine::{Data, Range, Reader, Xlsx};
use std::io::Cursor;

/// The sheets of an XLSForm that mean something here; notes to oneself in others are skipped.
const SHEETS: [&str; 3] = ["survey", "choices", "settings"];

/// Reads the file.
pub(super) fn read(bytes: &[u8]) -> Result<Workbook, Problem> {
    let bad = |error: calamine::XlsxError| unreadable("bad_xlsx", &error.to_string());
    let mut file: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(bad)?;
    let mut workbook = Workbook::default();
    for name in file.sheet_names() {
        let lower = name.trim().to_lowercase();
        if SHEETS.contains(&lower.as_str()) {
            let range = file.worksheet_range(&name).map_err(bad)?;
            workbook.sheets.push(sheet_of(lower, &range));
        }
    }
    Ok(workbook)
}

fn sheet_of(name: String, range: &Range<Data>) -> Sheet {
    let mut sheet = Sheet {
        name,
        ..Sheet::default()
    };
    let first = range.start().map_or(0, |(row, _)| row);
    let mut heading: Option<Vec<Option<usize>>> = None;
    for (line, row) in (first + 1..).zip(range.rows()) {
        let cells: Vec<String> = row.iter().map(text_of).collect();
        if cells.iter().all(String::is_empty) {
            continue;
        }
        match &heading {
            None => {
                heading = Some(
                    cells
                        .iter()
                        .map(|cell| (!cell.is_empty()).then(|| sheet.column(cell)))
                        .collect(),
                );
            }
            Some(columns) => {
                let filled = columns
                    .iter()
                    .zip(cells)
                    .filter(|(_, cell)| !cell.is_empty());
                let cells = filled
                    .filter_map(|(column, cell)| Some(((*column)?, cell)))
                    .collect();
                sheet.rows.push(Row { line, cells });
            }
        }
    }
    sheet
}

fn text_of(cell: &Data) -> String {
    match cell {
        Data::Empty | Data::Error(_) => String::new(),
        Data::Bool(value) => if *value { "yes" } else { "no" }.to_owned(),
        other => clean(&other.to_string()),
    }
}
