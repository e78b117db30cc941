//! Writes the forms and expressions that fuzzing begins with: `cargo xtask fuzz --seeds` runs this.
#![allow(missing_docs)]

use baqylau_forms::{Source, expr, read};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

type Done<T = ()> = Result<T, Box<dyn std::error::Error>>;

struct Seeds(PathBuf);

impl Seeds {
    fn put(&self, target: &str, name: &str, bytes: &[u8]) -> Done {
        let folder = self.0.join(target);
        fs::create_dir_all(&folder)?;
        Ok(fs::write(folder.join(format!("{name}.seed")), bytes)?)
    }

    fn put_mode(&self, target: &str, name: &str, mode: u8, bytes: &[u8]) -> Done {
        self.put(target, name, &[&[mode], bytes].concat())
    }
}

fn main() -> Done {
    let folder = std::env::args().nth(1).ok_or("where to?")?;
    write(&Seeds(folder.into()))
}

/// The checklists of the mission that is shipped, those of the tests, and every expression in them.
fn write(seeds: &Seeds) -> Done {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folders = [
        "assets/missions/kz-2011/forms",
        "crates/forms/tests/fixtures",
        "crates/hq/tests/mission/forms",
    ];
    let mut expressions = BTreeSet::new();
    for folder in folders {
        let mut files: Vec<PathBuf> = fs::read_dir(root.join(folder))?
            .map(|file| file.map(|file| file.path()))
            .collect::<Result<_, _>>()?;
        files.sort();
        for file in files {
            let bytes = fs::read(&file)?;
            let name = file.file_stem().unwrap_or_default().to_string_lossy();
            let form = read(Source::Csv { survey: &bytes });
            let form = form.map_err(|problems| format!("{}: {problems:?}", file.display()))?;
            let rows = rows(&bytes)?;
            let cells = rows
                .iter()
                .flatten()
                .skip(1)
                .filter(|cell| cell.contains(['$', '(', '=']) && expr::parse(cell).is_ok());
            expressions.extend(cells.cloned());
            // A fuzzer learns from small inputs: the long checklists go in compiled only once, the short ones whole.
            if bytes.len() < 7_000 {
                let name = format!("{name}-{}", bytes.len());
                seeds.put_mode("form_file", &format!("{name}-csv"), 0, &bytes)?;
                seeds.put_mode("form_file", &format!("{name}-xlsx"), 1, &workbook(&rows)?)?;
                seeds.put_mode(
                    "form_file",
                    &format!("{name}-compiled"),
                    2,
                    &form.to_bytes(),
                )?;
            }
        }
    }
    for (number, expression) in expressions.iter().enumerate() {
        seeds.put("expression", &format!("{number:03}"), expression.as_bytes())?;
    }
    Ok(())
}

fn rows(bytes: &[u8]) -> Done<Vec<Vec<String>>> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(bytes);
    let rows = reader.records().map(|row| {
        let row = row?;
        Ok(row.iter().map(str::to_owned).collect())
    });
    rows.collect()
}

/// The same rows as a workbook of Excel's.
fn workbook(rows: &[Vec<String>]) -> Done<Vec<u8>> {
    let mut workbook = Workbook::new();
    // Not today's date, so that the same rows are the same bytes.
    let election = ExcelDateTime::from_ymd(2011, 4, 3)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&election));
    let mut line = 0;
    for row in rows {
        let name = row.first().map_or("", |name| name.trim());
        if !name.is_empty() {
            workbook.add_worksheet().set_name(name)?;
            line = 0;
        }
        let last = workbook
            .worksheets()
            .len()
            .checked_sub(1)
            .ok_or("no sheet")?;
        let sheet = workbook.worksheet_from_index(last)?;
        if row.iter().skip(1).all(String::is_empty) {
            continue;
        }
        for (column, cell) in (0..).zip(row.iter().skip(1)) {
            if !cell.is_empty() {
                sheet.write(line, column, cell)?;
            }
        }
        line += 1;
    }
    Ok(workbook.save_to_buffer()?)
}
