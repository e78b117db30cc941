//! Figures do not depend on the order or the partition of what came in.

use baqylau_domain::{Answers, Value};
use baqylau_indicators::{Contribution, Definitions, Keys, Tally, Totals, aggregate, breakdown};
use proptest::prelude::*;
use std::sync::LazyLock;

static DEFINITIONS: LazyLock<Definitions> = LazyLock::new(|| {
    Definitions::from_csv(
        b"id,form,unit,gather,per,show,numerator,denominator,breakdowns,published,match,published_source,invented,label_en\n\
          S,voting,form,reports,,share,${rating} >= 3,${rating} != '',region seen,91%,91%,,,Positive\n\
          N,voting,form,reports,,number,${seen} = 'yes',${seen} = 'yes' or ${seen} = 'no',region,,,,,Seen\n\
          D,voting,station,distinct,station,number,${seen} = 'yes',${seen} = 'yes' or ${seen} = 'no',,,,,,Stations\n\
          P,voting,person,sum,station,share,${women},${members},,,,,,Women\n\
          C,voting,station,distinct,station,number,true(),@stations,region,,,,,Coverage\n\
          M,voting,form,reports,,mean,true(),@teams,,,,,,Mean\n",
    )
    .unwrap_or_else(|problems| panic!("{problems:?}"))
});

fn totals() -> Totals {
    Totals([("stations".to_owned(), 100), ("teams".to_owned(), 4)].into())
}

#[derive(Debug, Clone)]
struct Report {
    station: u8,
    arrival: u16,
    rating: Option<u8>,
    seen: Option<&'static str>,
    members: i64,
    women: i64,
}

fn report() -> impl Strategy<Value = Report> {
    let seen = prop::option::of(prop::sample::select(vec!["yes", "no", "dk"]));
    (
        0_u8..12,
        420_u16..1200,
        prop::option::of(1_u8..=4),
        seen,
        0_i64..8,
        0_i64..8,
    )
        .prop_map(|(station, arrival, rating, seen, members, women)| Report {
            station,
            arrival,
            rating,
            seen,
            members,
            women: women.min(members),
        })
}

fn contributions(reports: &[Report]) -> Vec<Contribution> {
    let one = |(number, report): (usize, &Report)| {
        let mut answers = Answers::new();
        answers.extend(
            report
                .rating
                .map(|rating| ("rating".to_owned(), Value::Choice(rating.to_string()))),
        );
        answers.extend(
            report
                .seen
                .map(|seen| ("seen".to_owned(), Value::Choice(seen.to_owned()))),
        );
        answers.insert("members".to_owned(), Value::Integer(report.members));
        answers.insert("women".to_owned(), Value::Integer(report.women));
        let keys = Keys {
            report: format!("r{number:03}"),
            station: Some(format!("s{}", report.station)),
            region: Some(format!("{}", report.station % 3)),
            arrival_min: Some(report.arrival),
            ..Keys::default()
        };
        DEFINITIONS.contributions("voting", &answers, &keys)
    };
    reports.iter().enumerate().flat_map(one).collect()
}

proptest! {
    #[test]
    fn the_order_of_reports_changes_nothing(
        (sorted, shuffled) in prop::collection::vec(report(), 0..40)
            .prop_map(|reports| contributions(&reports))
            .prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle()))
    ) {
        prop_assert_eq!(aggregate(&DEFINITIONS, &sorted, &totals()), aggregate(&DEFINITIONS, &shuffled, &totals()));
        for definition in &DEFINITIONS.rows {
            prop_assert_eq!(breakdown(definition, "region", &sorted), breakdown(definition, "region", &shuffled));
        }
    }

    #[test]
    fn tallies_of_parts_merge_into_the_tally_of_all(
        reports in prop::collection::vec(report(), 0..40), parts in prop::collection::vec(0_usize..3, 240)
    ) {
        let all = contributions(&reports);
        for definition in &DEFINITIONS.rows {
            let mine = || all.iter().filter(|contribution| contribution.indicator == definition.id);
            let mut whole = Tally::default();
            let mut shards = [Tally::default(), Tally::default(), Tally::default()];
            for (contribution, part) in mine().zip(&parts) {
                whole.add(definition.gather, contribution);
                shards[*part].add(definition.gather, contribution);
            }
            let [mut first, second, third] = shards;
            first.merge(definition.gather, third);
            first.merge(definition.gather, second);
            prop_assert_eq!(definition.finish(&first, &totals()), definition.finish(&whole, &totals()));
        }
    }

    #[test]
    fn groups_of_reports_that_stand_for_themselves_add_up(reports in prop::collection::vec(report(), 0..40)) {
        let all = contributions(&reports);
        let definition = &DEFINITIONS.rows[0];
        let whole = &aggregate(&DEFINITIONS, &all, &totals())[0];
        let groups = breakdown(definition, "region", &all);
        prop_assert_eq!(groups.iter().map(|group| group.numerator).sum::<baqylau_indicators::Amount>(), whole.numerator);
        prop_assert_eq!(groups.iter().map(|group| group.forms_denominator).sum::<u64>(), whole.forms_denominator);
    }
}

fn visit(station: u8, arrival: u16) -> Report {
    Report {
        station,
        arrival,
        rating: Some(3),
        seen: Some("yes"),
        members: 7,
        women: 5,
    }
}

fn figure(id: &str, reports: &[Report]) -> baqylau_indicators::IndicatorValue {
    let values = aggregate(&DEFINITIONS, contributions(reports), &totals());
    values
        .into_iter()
        .find(|value| value.id == id)
        .expect("a figure")
}

#[test]
fn blank_and_dont_know_leave_the_denominator() {
    let blank = Report {
        rating: None,
        seen: None,
        ..visit(1, 500)
    };
    let unsure = Report {
        seen: Some("dk"),
        ..visit(2, 500)
    };
    let reports = [visit(0, 500), blank, unsure];
    assert_eq!(
        (
            figure("S", &reports).forms_denominator,
            figure("N", &reports).forms_denominator
        ),
        (2, 1)
    );
}

#[test]
fn two_forms_of_one_station_are_one_station_and_two_forms() {
    let no = Report {
        seen: Some("no"),
        ..visit(1, 700)
    };
    let value = figure("D", &[visit(1, 500), no]);
    assert_eq!(
        (value.numerator.number(), value.denominator.number()),
        (1.0, 1.0)
    );
    assert_eq!(
        (value.forms_denominator, value.stations_denominator),
        (2, 1)
    );
}

#[test]
fn of_several_visits_the_latest_stands_for_the_station() {
    let later = Report {
        members: 6,
        women: 2,
        ..visit(1, 900)
    };
    let value = figure("P", &[later, visit(1, 500)]);
    assert_eq!(
        (value.numerator.number(), value.denominator.number()),
        (2.0, 6.0)
    );
}

#[test]
fn coverage_and_means_are_held_against_the_missions_totals() {
    let reports = [visit(1, 500), visit(2, 600), visit(2, 700)];
    assert_eq!(
        (
            figure("C", &reports).numerator.number(),
            figure("C", &reports).denominator.number()
        ),
        (2.0, 100.0)
    );
    assert_eq!(figure("M", &reports).value, Some(0.75));
}

#[test]
fn one_answer_changed_changes_the_figure_and_may_end_the_match() {
    let mut reports: Vec<Report> = (0..11).map(|station| visit(station, 500)).collect();
    reports[0].rating = Some(1);
    assert_eq!(figure("S", &reports).matches, Some(true));
    reports[1].rating = Some(1);
    assert_eq!(figure("S", &reports).matches, Some(false));
}

#[test]
fn with_nothing_reported_nothing_matches() {
    assert_eq!(
        (figure("S", &[]).value, figure("S", &[]).matches),
        (None, Some(false))
    );
}

#[test]
fn figures_are_written_as_the_numbers_they_are() {
    let json = serde_json::to_value(figure("S", &[visit(1, 500)])).expect("json");
    assert_eq!(
        (json["numerator"].to_string(), json["value"].to_string()),
        ("1".to_owned(), "1.0".to_owned())
    );
}

#[test]
fn broken_definitions_are_refused_with_their_place() {
    let read = |row: &str| {
        let text = format!(
            "id,form,unit,gather,per,show,numerator,denominator,breakdowns,published,match,published_source\n{row}\n"
        );
        Definitions::from_csv(text.as_bytes())
            .map(|_| ())
            .map_err(|found| (found[0].code, found[0].row, found[0].column.clone()))
    };
    assert_eq!(read("A,f,form,reports,,share,true(),true(),,,,"), Ok(()));
    assert_eq!(
        read("A,f,form,reports,,share,((,true(),,,,"),
        Err(("not_an_expression", 2, "numerator".into()))
    );
    assert_eq!(
        read("A,f,form,some,,share,true(),true(),,,,"),
        Err(("not_a_choice", 2, "gather".into()))
    );
    assert_eq!(
        read("A,f,form,distinct,,share,true(),true(),,,,"),
        Err(("text_missing", 2, "per".into()))
    );
    assert_eq!(
        read("A,f,form,reports,,share,true(),true(),,,many,"),
        Err(("not_a_figure", 2, "match".into()))
    );
    assert_eq!(
        Definitions::from_csv(b"id,form\n")
            .map(|_| ())
            .map_err(|found| found[0].code),
        Err("column_missing")
    );
}
