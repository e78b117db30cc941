//! What the device knows already and fills in: enrolment, place, visit. The form says where each goes.

use crate::check;
use crate::library::Library;
use baqylau_domain::{Answers, Moment, StationCode, Value};
use baqylau_forms::{Form, Question, QuestionKind};
use baqylau_store::Place;
use chrono::Timelike as _;

/// A report about to begin.
pub(crate) struct Beginning<'a> {
    pub(crate) library: &'a Library,
    pub(crate) form: &'a Form,
    pub(crate) place: &'a Place,
    pub(crate) visit: u16,
    pub(crate) at: Moment,
}

impl Beginning<'_> {
    /// Puts what is known into `answers`. What does not fit its question is left out: the observer
    /// fills it in, and nothing wrong is claimed.
    pub(crate) fn fill(&self, answers: &mut Answers) {
        for question in self.form.questions() {
            let Some(source) = &question.prefill else {
                continue;
            };
            let Some(value) = self
                .value(source)
                .and_then(|known| known.as_answer_to(question))
            else {
                continue;
            };
            match check::fits(self.form, &self.library.register, question, &value) {
                Ok(()) => {
                    answers.insert(question.name.clone(), value);
                }
                Err(failure) => tracing::warn!(
                    question = question.name,
                    source,
                    code = failure.code,
                    "prefill does not fit"
                ),
            }
        }
    }

    fn value(&self, source: &str) -> Option<Known> {
        let (subject, key) = source.split_once('.')?;
        match subject {
            "form" if key == "version" => Some(Known::Text(self.form.version().to_owned())),
            "mission" if key == "event" => Some(Known::Text(self.library.pack.about.event.clone())),
            "team" => self.team(key),
            "visit" => self.visit(key),
            "station" => self.station(key),
            "commission" => self.commission(key),
            _ => None,
        }
    }

    fn team(&self, key: &str) -> Option<Known> {
        let team = &self.library.team;
        let observer = |index: usize| Some(Known::Text(team.observers.get(index)?.code.0.clone()));
        match key {
            "number" => Some(Known::Number(i64::from(team.number))),
            "code" => Some(Known::Text(team.code.0.clone())),
            "kind" => Some(Known::Text(team.kind.clone())),
            "observer1" => observer(0),
            "observer2" => observer(1),
            _ => None,
        }
    }

    fn visit(&self, key: &str) -> Option<Known> {
        match key {
            "number" => Some(Known::Number(i64::from(self.visit))),
            "date" | "time" => Some(Known::Moment(self.at)),
            _ => None,
        }
    }

    fn station(&self, key: &str) -> Option<Known> {
        let Place::Station(code) = self.place else {
            return self.commission_as_place(key);
        };
        let station = self.library.register.station(code.as_str())?;
        match key {
            "region" => Some(Known::Text(station.region.clone())),
            "district" => Some(Known::Text(station.district.clone())),
            "code" => Some(Known::Text(station.code.0.clone())),
            "number" => Some(Known::Number(i64::from(station.number))),
            // Names are kept in the mission's first language: the code beside it is what counts.
            "name" => Some(Known::Text(
                station
                    .name
                    .get(self.library.register.languages().first()?)
                    .to_owned(),
            )),
            "kind" => Some(Known::Text(station.kind.clone())),
            "area" => Some(Known::Text(station.area.clone())),
            "voters" => Some(Known::Number(i64::from(station.voters))),
            _ => None,
        }
    }

    /// A commission lies in a region and a district too.
    fn commission_as_place(&self, key: &str) -> Option<Known> {
        let code = self.commission_code()?;
        let district = self.library.register.district(code.as_str());
        match key {
            "region" => Some(Known::Text(
                district.map_or_else(|| code.0.clone(), |district| district.region.clone()),
            )),
            "district" => Some(Known::Text(district?.code.clone())),
            _ => None,
        }
    }

    fn commission(&self, key: &str) -> Option<Known> {
        let register = &self.library.register;
        let code = match self.place {
            // A station's commission is the district's.
            Place::Station(code) => register.station(code.as_str())?.district.clone(),
            _ => self.commission_code()?.0.clone(),
        };
        match key {
            "code" => Some(Known::Text(code)),
            "stations" => Some(Known::Number(i64::from(register.stations_of(&code)))),
            _ => None,
        }
    }

    fn commission_code(&self) -> Option<&StationCode> {
        match self.place {
            Place::Commission(code) => Some(code),
            _ => None,
        }
    }
}

/// Something the device knows, before it is a kind of answer.
enum Known {
    Text(String),
    Number(i64),
    Moment(Moment),
}

impl Known {
    fn as_answer_to(&self, question: &Question) -> Option<Value> {
        use QuestionKind as K;
        match (question.kind, self) {
            (K::Integer, Self::Number(number)) => Some(Value::Integer(*number)),
            #[expect(
                clippy::cast_precision_loss,
                reason = "counts of voters and stations are far below 2^53"
            )]
            (K::Decimal, Self::Number(number)) => Some(Value::Decimal(*number as f64)),
            (K::Integer, Self::Text(text)) => Some(Value::Integer(text.parse().ok()?)),
            (K::Text, known) => Some(Value::Text(known.as_text()?)),
            (K::SelectOne, known) => Some(Value::Choice(known.as_text()?)),
            (K::SelectMultiple, known) => Some(Value::Choices(vec![known.as_text()?])),
            (K::Date, Self::Moment(at)) => Some(Value::Date(at.local()?.date_naive())),
            (K::Time, Self::Moment(at)) => Some(Value::Time(
                at.local()?.time().with_second(0)?.with_nanosecond(0)?,
            )),
            (K::DateTime, Self::Moment(at)) => Some(Value::DateTime(*at)),
            _ => None,
        }
    }

    fn as_text(&self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text.clone()),
            Self::Number(number) => Some(number.to_string()),
            Self::Moment(at) => Some(at.local()?.format("%Y-%m-%d").to_string()),
        }
    }
}
