//! Workbooks that are refused, and where they say it hurts.

mod common;

use baqylau_forms::{Form, Problem, Severity, Source, read, read_with_warnings};
use common::{VISIT, form};
use rust_xlsxwriter::{Workbook, XlsxError};

const HEADING: &str = "survey\n,type,name,label::English (en),relevant,calculation,constraint,choice_filter,required\n";
const REST: &str = "choices\n,list_name,name,label::English (en)\n,yn,yes,Yes\n,yn,no,No\n\
                    settings\n,form_title,form_id,version\n,Test,test,1\n";

/// Problems of a workbook whose survey has these rows, from row 3 on.
fn problems(rows: &str) -> Vec<Problem> {
    let text = format!("{HEADING}{rows}{REST}");
    match read_with_warnings(Source::Csv {
        survey: text.as_bytes(),
    }) {
        Ok((_, warnings)) => warnings,
        Err(problems) => problems,
    }
}

#[track_caller]
fn refused(rows: &str, row: u32, column: &str, code: &str) -> Problem {
    let found = problems(rows);
    let problem = found.iter().find(|problem| problem.code == code);
    let problem = problem.unwrap_or_else(|| panic!("no {code} in {found:#?}"));
    assert_eq!(
        (problem.sheet.as_str(), problem.row, problem.column.as_str()),
        ("survey", Some(row), column),
        "{code}"
    );
    assert_eq!(problem.severity, Severity::Error);
    problem.clone()
}

#[test]
fn a_good_workbook_has_no_problem() {
    assert_eq!(
        problems(
            ",select_one yn,A1,Opened?,,,,,yes\n,integer,A2,How many?,${A1} = 'yes',,. > 0,,\n"
        ),
        []
    );
}

#[test]
fn every_problem_says_where_it_is() {
    refused(",intger,A1,One\n", 3, "type", "unknown_type");
    refused(
        ",begin_repeat,A1,One\n,end_repeat\n",
        3,
        "type",
        "unsupported_type",
    );
    refused(",select_one nosuch,A1,One\n", 3, "type", "unknown_list");
    refused(",select_one,A1,One\n", 3, "type", "missing_list");
    refused(
        ",select_one_from_file stations.xml,A1,One\n",
        3,
        "type",
        "bad_file",
    );
    refused(",text,A1,One\n,text,A1,Two\n", 4, "name", "duplicate_name");
    refused(",text,A 1,One\n", 3, "name", "bad_name");
    refused(",text,,One\n", 3, "name", "missing_name");
    refused(",text,A1,\n", 3, "label::English (en)", "missing_label");
    refused(
        ",text,A1,See ${A9}\n",
        3,
        "label::English (en)",
        "unknown_reference",
    );
    refused(",calculate,A1,\n", 3, "calculation", "missing_calculation");
    refused(",,A1,One\n", 3, "type", "missing_type");
    refused(
        ",begin_group,g,Group\n,text,A1,One\n",
        3,
        "type",
        "group_unbalanced",
    );
    refused(
        ",text,A1,One\n,end_group,,\n",
        4,
        "type",
        "group_unbalanced",
    );
    refused(
        ",begin_group,g,\n,text,A1,One\n,end_group,,\n",
        3,
        "label::English (en)",
        "missing_label",
    );
    refused(
        ",select_one yn,A1,One,,,,colour = 'red'\n",
        3,
        "choice_filter",
        "unknown_list_column",
    );
    refused(
        ",select_one_from_file s.csv,A1,One,,,,region != 'x'\n",
        3,
        "choice_filter",
        "unsupported_filter",
    );
    refused(
        ",text,A1,One,A2 = 'yes'\n,text,A2,Two\n",
        3,
        "relevant",
        "bare_name",
    );
}

#[test]
fn a_bad_expression_says_at_which_character() {
    let found = refused(",text,A1,One,,,. >\n", 3, "constraint", "bad_expression");
    assert_eq!(
        (
            found.args["reason"].as_str(),
            found.args["position"].as_str()
        ),
        ("unfinished", "4")
    );
    let found = refused(
        ",text,A1,One,selekted(.)\n",
        3,
        "relevant",
        "bad_expression",
    );
    assert_eq!(
        (found.args["reason"].as_str(), found.args["found"].as_str()),
        ("unknown_function", "selekted")
    );
    let found = refused(
        ",text,A1,One,${A7} = 1\n",
        3,
        "relevant",
        "unknown_reference",
    );
    assert_eq!(found.args["name"], "A7");
}

#[test]
fn questions_that_wait_for_each_other_are_refused() {
    let found = refused(
        ",integer,A1,One,${A2} > 0\n,integer,A2,Two,${A1} > 0\n",
        3,
        "relevant",
        "cycle",
    );
    assert_eq!(found.args["names"], "A1 → A2 → A1");
    refused(
        ",calculate,A1,,,${A2}\n,calculate,A2,,,${A1}\n",
        3,
        "calculation",
        "cycle",
    );
    refused(
        ",begin_group,g,G,${A1} > 0\n,integer,A1,One\n,end_group,,\n",
        4,
        "relevant",
        "cycle",
    );
    refused(",integer,A1,One,. > 0\n", 3, "relevant", "cycle");
}

#[test]
fn all_problems_are_told_at_once() {
    let found = problems(",intger,A1,One\n,text,A2,\n,text,A3,Three,${A9}\n");
    let codes: Vec<_> = found
        .iter()
        .map(|problem| (problem.row, problem.code.as_str()))
        .collect();
    assert_eq!(
        codes,
        [
            (Some(3), "unknown_type"),
            (Some(4), "missing_label"),
            (Some(5), "unknown_reference")
        ]
    );
}

#[test]
fn settings_and_choices_are_checked_too() {
    let codes = |text: &str| -> Vec<(String, String)> {
        let found = read(Source::Csv {
            survey: text.as_bytes(),
        })
        .map(|_| ())
        .err()
        .unwrap_or_default();
        found
            .into_iter()
            .filter(|problem| problem.severity == Severity::Error)
            .map(|problem| (problem.sheet, problem.code))
            .collect()
    };
    let pair = |sheet: &str, code: &str| (sheet.to_owned(), code.to_owned());
    let survey = "survey\n,type,name,label\n,select_one yn,A1,One\n";
    let lists = "choices\n,list_name,name,label\n,yn,yes,Yes\n";
    let settings = "settings\n,form_title,form_id\n,Test,test\n";
    assert!(codes(&format!("{lists}{settings}")).contains(&pair("survey", "missing_sheet")));
    assert!(codes(&format!("{survey}{lists}")).contains(&pair("settings", "bad_form_id")));
    let twice =
        "choices\n,list_name,name,label\n,yn,yes,Yes\n,yn,yes,Again\n,,no,No\n,yn,a b,Two words\n";
    let found = codes(&format!("{survey}{twice}{settings}"));
    for code in ["duplicate_choice", "missing_list_name", "bad_choice_name"] {
        assert!(
            found.contains(&pair("choices", code)),
            "{code} in {found:?}"
        );
    }
    let own = "survey\n,type,name,label,bind::baqylau:warning\n,integer,A1,One,. > 0\n";
    assert_eq!(
        codes(&format!("{own}{settings}")),
        [pair("settings", "missing_namespace")]
    );
    let typo = "survey\n,type,name,label,bind::baqylau:waning\n,integer,A1,One,. > 0\n";
    assert!(codes(&format!("{typo}{settings}")).contains(&pair("survey", "unknown_own_column")));
    assert_eq!(
        codes("\u{0}\u{1},,,"),
        [
            pair("survey", "missing_sheet"),
            pair("survey", "no_questions"),
            pair("survey", "languages"),
            pair("settings", "bad_form_id"),
            pair("settings", "missing_title")
        ]
    );
}

#[test]
fn what_is_only_worth_a_look_does_not_refuse() {
    let text = "survey\n,type,name,label::English (en),label::Қазақша (kk),colour\n,start,s\n,text,A1,One,,red\n\
                settings\n,form_title,form_id\n,Test,test\n";
    let read = read_with_warnings(Source::Csv {
        survey: text.as_bytes(),
    });
    let (_, warnings) = read.unwrap_or_else(|problems| panic!("{problems:#?}"));
    let found: Vec<_> = warnings
        .iter()
        .map(|problem| (problem.code.as_str(), problem.column.as_str()))
        .collect();
    assert_eq!(
        found,
        [
            ("unknown_column", "colour"),
            ("ignored_type", "type"),
            ("missing_translation", "label::Қазақша (kk)"),
        ]
    );
}

/// The same cells in a workbook of Excel's, after `change` has spoilt one.
fn xlsx(change: impl Fn(&str, u32, u16, &str) -> String) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(VISIT);
    let mut row = 0;
    let mut name = String::new();
    for record in reader.records().map_while(Result::ok) {
        if !record[0].is_empty() {
            record[0].clone_into(&mut name);
            workbook.add_worksheet().set_name(&name)?;
            row = 0;
            continue;
        }
        let sheet = workbook.worksheet_from_name(&name)?;
        for (column, cell) in (0_u16..).zip(record.iter().skip(1)) {
            let cell = change(&name, row + 1, column, cell);
            match cell.parse::<f64>() {
                Ok(number) => sheet.write_number(row, column, number)?,
                Err(_) => sheet.write_string(row, column, &cell)?,
            };
        }
        row += 1;
    }
    workbook.save_to_buffer()
}

#[test]
fn the_same_cells_make_the_same_form_in_either_format() -> Result<(), XlsxError> {
    let bytes = xlsx(|_, _, _, cell| cell.to_owned())?;
    let from_xlsx: Form =
        read(Source::Xlsx(&bytes)).unwrap_or_else(|problems| panic!("{problems:#?}"));
    assert_eq!(from_xlsx.hash(), form(VISIT).hash());
    Ok(())
}

#[test]
fn a_broken_xlsx_says_sheet_row_and_column() -> Result<(), XlsxError> {
    let bytes = xlsx(|sheet, row, _, cell| match (sheet, row, cell) {
        ("survey", 5, "date") => "dat".to_owned(),
        ("survey", 12, ". <= ${B07}") => ". <= ${B70}".to_owned(),
        ("choices", 3, "no") => "yes".to_owned(),
        _ => cell.to_owned(),
    })?;
    let found = read(Source::Xlsx(&bytes))
        .map(|_| ())
        .err()
        .unwrap_or_default();
    let told: Vec<_> = found
        .iter()
        .map(|problem| {
            (
                problem.sheet.as_str(),
                problem.row,
                problem.column.as_str(),
                problem.code.as_str(),
            )
        })
        .collect();
    assert!(
        told.contains(&("survey", Some(5), "type", "unknown_type")),
        "{told:?}"
    );
    assert!(
        told.contains(&("survey", Some(12), "constraint", "unknown_reference")),
        "{told:?}"
    );
    assert!(
        told.contains(&("choices", Some(3), "name", "duplicate_choice")),
        "{told:?}"
    );
    let no_zip = read(Source::Xlsx(b"no workbook"))
        .map(|_| ())
        .err()
        .unwrap_or_default();
    assert_eq!(no_zip[0].code, "bad_xlsx");
    Ok(())
}

/// A workbook whose survey holds what `write` puts there.
fn written(write: impl Fn(&mut rust_xlsxwriter::Worksheet) -> Result<(), XlsxError>) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet
        .set_name("survey")
        .and_then(|sheet| sheet.write(0, 0, "type"))
        .map(drop)
        .and_then(|()| write(sheet))
        .and_then(|()| workbook.save_to_buffer())
        .unwrap_or_else(|error| panic!("{error}"))
}

fn codes(workbook: &[u8]) -> Vec<String> {
    let problems = read(Source::Xlsx(workbook)).err().unwrap_or_default();
    problems.into_iter().map(|problem| problem.code).collect()
}

#[test]
fn a_cell_a_million_rows_away_costs_nothing() {
    let sparse = written(|sheet| sheet.write(1_048_575, 16_383, "lost").map(drop));
    let found = codes(&sparse);
    assert!(
        !found.is_empty() && !found.contains(&"bad_xlsx".to_owned()),
        "{found:?}"
    );
}

#[test]
fn a_workbook_that_unpacks_to_much_is_refused() {
    let long = |number: u32| format!("{number}{}", "a".repeat(32_000));
    let different =
        written(|sheet| (1..600).try_for_each(|row| sheet.write(row, 0, long(row)).map(drop)));
    assert!(different.len() < 1 << 20, "it would travel");
    assert_eq!(codes(&different), ["bad_xlsx"]);
    let same = written(|sheet| (1..600).try_for_each(|row| sheet.write(row, 0, long(0)).map(drop)));
    assert_eq!(codes(&same), ["bad_xlsx"], "one text in many cells");
}
