//! The rehearsal's data come out as the published figures: the quotas are worked through here in
//! the plainest way, without stations, times or devices.

use baqylau_domain::{Answers, FormId, Moment, Value};
use baqylau_forms::{Env, Form, FormSheet, Nothing, QuestionKind, evaluate, expr};
use baqylau_indicators::{
    Contribution, IndicatorValue, Keys, aggregate, in_force, roster_contributions,
};
use baqylau_mission::Mission;
use baqylau_mission::rehearsal::{Rehearsal, RehearsedForm, RehearsedQuestion, Within};
use std::collections::BTreeMap;
use std::path::Path;

const NOON: &str = "12:00:00";

struct Plan<'a> {
    mission: &'a Mission,
    form: &'a Form,
    sheet: FormSheet,
    reports: Vec<Answers>,
    dice: u64,
}

impl Plan<'_> {
    /// A plain multiplicative generator: only spread matters here.
    fn roll(&mut self, bound: usize) -> usize {
        self.dice = self
            .dice
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.dice >> 33) as usize % bound
    }

    fn typed(&self, question: &str, text: &str) -> Option<Value> {
        if text.is_empty() {
            return None;
        }
        Some(match self.sheet.questions[question].kind {
            QuestionKind::Integer => Value::Integer(text.parse::<f64>().expect(text) as i64),
            QuestionKind::SelectMultiple => {
                Value::Choices(text.split(' ').map(str::to_owned).collect())
            }
            QuestionKind::SelectOne => Value::Choice(text.to_owned()),
            QuestionKind::Time => Value::Time(text.parse().expect(text)),
            _ => Value::Text(text.to_owned()),
        })
    }

    fn holds(&self, report: usize, within: &Within) -> bool {
        within.iter().all(
            |(question, values)| match self.reports[report].get(question) {
                Some(Value::Choice(code)) => values.contains(code),
                _ => false,
            },
        )
    }

    fn work_out(&mut self, report: usize, text: &str) -> String {
        let mut answers = self.reports[report].clone();
        answers.insert("dice".to_owned(), Value::Integer(self.roll(1_000) as i64));
        let env = Env::bare(Moment {
            utc_ms: 0,
            offset_min: 0,
        });
        let outcome = expr::parse(text).expect(text).evaluate(&answers, &env);
        outcome
            .number()
            .map_or(String::new(), |number| number.to_string())
    }

    fn weighted(&mut self, rest: &BTreeMap<String, u32>) -> String {
        let mut left = self.roll(rest.values().sum::<u32>() as usize) as u32;
        for (value, weight) in rest {
            if left < *weight {
                return value.clone();
            }
            left -= weight;
        }
        String::new()
    }

    fn answer(&mut self, row: &RehearsedQuestion, open: &mut Vec<usize>) {
        open.retain(|report| !self.reports[*report].contains_key(&row.name));
        let mut mine: Vec<usize> = open
            .iter()
            .copied()
            .filter(|report| self.holds(*report, &row.within))
            .collect();
        open.retain(|report| !mine.contains(report));
        for quota in &row.quota {
            for nth in 0..quota.count {
                let fit: Vec<usize> = mine
                    .iter()
                    .copied()
                    .filter(|report| self.holds(*report, &quota.within))
                    .collect();
                assert!(
                    !fit.is_empty(),
                    "{} has room for {nth} of {}",
                    row.name,
                    quota.count
                );
                let report = fit[self.roll(fit.len())];
                mine.retain(|other| *other != report);
                let value = match (&quota.value, &quota.expression) {
                    (Some(value), _) => value.clone(),
                    (None, Some(text)) => self.work_out(report, text),
                    (None, None) => String::new(),
                };
                self.put(report, &row.name, &value);
            }
        }
        let mut spread = row
            .spread
            .map(|spread| spread.total - spread.least * mine.len() as u32);
        let mut numbers = vec![row.spread.map_or(0, |spread| spread.least); mine.len()];
        while let (Some(left @ 1..), Some(limits)) = (spread, row.spread) {
            let nth = self.roll(numbers.len());
            if numbers[nth] < limits.most {
                numbers[nth] += 1;
                spread = Some(left - 1);
            }
        }
        for (nth, report) in mine.into_iter().enumerate() {
            let value = if row.spread.is_some() {
                numbers[nth].to_string()
            } else if let Some(source) = &row.from {
                let station = &self.mission.register.stations()[report];
                let of_commission = self
                    .mission
                    .register
                    .stations_of(&self.mission.register.districts()[report % 207].code);
                if source == "station.voters" {
                    station.voters.to_string()
                } else {
                    of_commission.to_string()
                }
            } else if let Some(text) = &row.expression {
                self.work_out(report, text)
            } else {
                self.weighted(&row.rest)
            };
            self.put(report, &row.name, &value);
        }
    }

    fn put(&mut self, report: usize, question: &str, text: &str) {
        if let Some(value) = self.typed(question, text) {
            self.reports[report].insert(question.to_owned(), value);
        }
    }
}

fn reports(mission: &Mission, rehearsed: &RehearsedForm) -> Vec<Answers> {
    let form = &mission.form(&rehearsed.id).expect("a form").form;
    let arrived = [("H14".to_owned(), Value::Time(NOON.parse().expect("noon")))];
    let mut plan = Plan {
        mission,
        form,
        sheet: form.sheet("en"),
        reports: vec![arrived.into(); rehearsed.reports as usize],
        dice: 1,
    };
    for (position, row) in rehearsed.questions.iter().enumerate() {
        // Rows of one question share the reports between them; a blank one stays blank.
        if position == 0 || rehearsed.questions[position - 1].name != row.name {
            let mut open: Vec<usize> = (0..plan.reports.len()).collect();
            for row in rehearsed.questions[position..]
                .iter()
                .take_while(|other| other.name == row.name)
            {
                plan.answer(row, &mut open);
            }
        }
    }
    let env = Env {
        now: Moment {
            utc_ms: 0,
            offset_min: 360,
        },
        language: "en",
        register: &*mission.register,
        prior: &Nothing,
    };
    plan.reports
        .iter()
        .map(|answers| in_force(&evaluate(plan.form, answers, &env)))
        .collect()
}

fn figures() -> Vec<IndicatorValue> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/missions/kz-2011");
    let mission = Mission::load(&folder).unwrap_or_else(|problems| panic!("{problems:#?}"));
    let rehearsal =
        Rehearsal::load(&folder, &mission).unwrap_or_else(|problems| panic!("{problems:#?}"));
    let mut contributions: Vec<Contribution> =
        roster_contributions(&mission.indicators, &mission.roster());
    for form in &rehearsal.forms {
        for (number, answers) in reports(&mission, form).iter().enumerate() {
            let keys = Keys {
                report: format!("{}-{number}", form.id),
                station: Some(format!("s{number}")),
                commission: Some(format!("c{number}")),
                team: format!("t{number}"),
                ..Keys::default()
            };
            contributions.extend(mission.indicators.contributions(
                form.id.as_str(),
                answers,
                &keys,
            ));
        }
    }
    assert!(mission.form(&FormId::from("incident")).is_some());
    aggregate(&mission.indicators, contributions, &mission.totals())
}

#[test]
fn the_rehearsal_gives_every_published_figure() {
    let figures = figures();
    let wrong: Vec<_> = figures
        .iter()
        .filter(|figure| figure.matches == Some(false))
        .map(|figure| {
            (
                &figure.id,
                figure.numerator.number(),
                figure.denominator.number(),
                &figure.published,
            )
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:?}");
    let exact = |id: &str| {
        let figure = figures.iter().find(|figure| figure.id == id).expect(id);
        (
            figure.numerator.number() as i64,
            figure.denominator.number() as i64,
        )
    };
    let fixture = [
        ("I02", (1_315, 1_445)),
        ("I03", (130, 1_445)),
        ("I04", (219, 1_445)),
        ("I05", (28, 1_445)),
        ("I06", (98, 1_445)),
        ("I07", (128, 1_445)),
        ("I08", (34, 1_445)),
        ("I09", (63, 1_445)),
        ("I10", (80, 1_445)),
        ("I11", (73, 1_445)),
        ("I12", (7_384, 10_115)),
        ("I13", (636, 1_445)),
        ("I14", (1_272, 1_445)),
        ("I17", (132, 1_445)),
        ("I18", (14, 132)),
        ("I19", (125, 1_445)),
        ("I20", (23, 138)),
        ("I21", (60, 138)),
        ("I23", (17, 138)),
        ("I24", (104, 138)),
        ("I25", (28, 138)),
        ("I27", (35, 138)),
        ("I33", (1_445, 9_725)),
        ("I34", (138, 9_725)),
        ("I35", (115, 207)),
        ("I36", (43, 43)),
        ("I37", (350, 400)),
        ("I38", (1_445, 175)),
    ];
    for (id, expected) in fixture {
        assert_eq!(exact(id), expected, "{id}");
    }
    assert_eq!(
        (exact("I22").0, exact("I31").0, exact("I32").0),
        (27, 49, 29)
    );
}
