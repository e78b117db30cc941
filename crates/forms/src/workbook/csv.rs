//! The single-file CSV layout: a text in the first column names the sheet, the next row is its heading.

use super::{Row, Sheet, Workbook, clean, unreadable};
use crate::Problem;

/// Reads the file.
pub(super) fn read(bytes: &[u8]) -> Result<Workbook, Problem> {
    let text = std::str::from_utf8(bytes)
        .map_err(|error| unreadable("not_utf8", &error.valid_up_to().to_string()))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut workbook = Workbook::default();
    let mut current: Option<usize> = None;
    let mut heading: Option<Vec<Option<usize>>> = None;
    for record in reader.records() {
        let record = record.map_err(|error| unreadable("bad_csv", &error.to_string()))?;
        let line = record.position().map_or(0, csv::Position::line);
        let name = record.get(0).map(clean).unwrap_or_default();
        if !name.is_empty() {
            current = Some(open(&mut workbook, &name.to_lowercase()));
            heading = None;
        }
        let cells: Vec<String> = record.iter().skip(1).map(clean).collect();
        if cells.iter().all(String::is_empty) {
            continue;
        }
        let Some(sheet) = current.and_then(|at| workbook.sheets.get_mut(at)) else {
            return Err(unreadable("no_sheet", &line.to_string()));
        };
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
                sheet.rows.push(Row {
                    line: u32::try_from(line).unwrap_or(u32::MAX),
                    cells,
                });
            }
        }
    }
    Ok(workbook)
}

fn open(workbook: &mut Workbook, name: &str) -> usize {
    workbook
        .sheets
        .iter()
        .position(|sheet| sheet.name == name)
        .unwrap_or_else(|| {
            workbook.sheets.push(Sheet {
                name: name.to_owned(),
                ..Sheet::default()
            });
            workbook.sheets.len() - 1
        })
}
