//! Answers as they travel: questions and choices by their index in the form.

use crate::convert::{fits, is_blank};
use crate::definition::ListDef;
use crate::expr::days_of;
use crate::form::{Form, Question};
use baqylau_domain::{Answers, Value, WireChange, WireValue};
use chrono::{NaiveDate, NaiveTime, Timelike};
use thiserror::Error;

/// Why changes cannot travel, or cannot be taken in.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum WireError {
    /// The form has no such question.
    #[error("the form has no question {name}")]
    UnknownQuestion {
        /// Name, or index, of the question.
        name: String,
    },
    /// The value is not of the question's kind.
    #[error("{name} does not take such a value")]
    WrongKind {
        /// The question.
        name: String,
    },
    /// The list has no such choice.
    #[error("{name} has no such choice")]
    UnknownChoice {
        /// The question.
        name: String,
    },
}

impl Form {
    /// What changed between two sets of answers, as it travels, in the order of the questions.
    ///
    /// A blank answer (an empty text, no choice at all) travels as no answer.
    ///
    /// # Errors
    /// [`WireError`] when an answer does not fit the form.
    pub fn encode_changes(
        &self,
        before: &Answers,
        after: &Answers,
    ) -> Result<Vec<WireChange>, WireError> {
        let unknown = before
            .keys()
            .chain(after.keys())
            .find(|name| self.question(name).is_none());
        if let Some(name) = unknown {
            return Err(WireError::UnknownQuestion { name: name.clone() });
        }
        let given = |answers: &'_ Answers, name: &str| {
            answers.get(name).filter(|value| !is_blank(value)).cloned()
        };
        let mut changes = Vec::new();
        for (index, question) in (0_u16..).zip(self.questions()) {
            let (old, new) = (given(before, &question.name), given(after, &question.name));
            if old != new {
                let value = new
                    .map(|value| self.encode(index, question, &value))
                    .transpose()?;
                changes.push((index, value));
            }
        }
        Ok(changes)
    }

    /// Puts changes that travelled into `answers`. Nothing is changed when one does not fit.
    ///
    /// # Errors
    /// [`WireError`] when a change does not fit the form.
    pub fn apply_changes(
        &self,
        answers: &mut Answers,
        changes: &[WireChange],
    ) -> Result<(), WireError> {
        let mut decoded = Vec::with_capacity(changes.len());
        for (index, value) in changes {
            let question = self
                .question_at(*index)
                .ok_or_else(|| WireError::UnknownQuestion {
                    name: index.to_string(),
                })?;
            let value = value
                .as_ref()
                .map(|value| self.decode(*index, question, value))
                .transpose()?;
            decoded.push((&question.name, value));
        }
        for (name, value) in decoded {
            match value {
                None => answers.remove(name),
                Some(value) => answers.insert(name.clone(), value),
            };
        }
        Ok(())
    }

    fn choices_of(&self, index: u16) -> Option<&ListDef> {
        self.compiled().questions[usize::from(index)]
            .list
            .map(|list| self.list(list))
    }

    fn encode(
        &self,
        index: u16,
        question: &Question,
        value: &Value,
    ) -> Result<WireValue, WireError> {
        if !fits(question.kind, value) {
            return Err(WireError::WrongKind {
                name: question.name.clone(),
            });
        }
        let place = |code: &String| {
            let list = self.choices_of(index);
            let found =
                list.and_then(|list| list.choices.iter().position(|choice| choice.code == *code));
            found
                .and_then(|at| u16::try_from(at).ok())
                .ok_or_else(|| WireError::UnknownChoice {
                    name: question.name.clone(),
                })
        };
        Ok(match value {
            Value::Text(text) => WireValue::Text(text.clone()),
            Value::Integer(number) => WireValue::Integer(*number),
            Value::Decimal(number) => WireValue::Decimal(*number),
            Value::Date(date) => WireValue::Date(days_of(*date)),
            Value::Time(time) => WireValue::Time(ms_of(*time)),
            Value::DateTime(moment) => WireValue::DateTime(*moment),
            Value::Location(at) => WireValue::Location(*at),
            Value::Photo(photo) => WireValue::Photo(photo.clone()),
            Value::Acknowledged => WireValue::Acknowledged,
            Value::Choice(code) if question.register.is_some() => WireValue::Text(code.clone()),
            Value::Choice(code) => WireValue::Choice(place(code)?),
            Value::Choices(codes) if question.register.is_some() => {
                WireValue::Text(codes.join(" "))
            }
            Value::Choices(codes) => {
                let mut places = codes.iter().map(place).collect::<Result<Vec<_>, _>>()?;
                places.sort_unstable();
                places.dedup();
                WireValue::Choices(places)
            }
        })
    }

    fn decode(
        &self,
        index: u16,
        question: &Question,
        value: &WireValue,
    ) -> Result<Value, WireError> {
        use crate::QuestionKind::{SelectMultiple, SelectOne};
        let wrong = || WireError::WrongKind {
            name: question.name.clone(),
        };
        let code = |at: &u16| {
            let choice = self
                .choices_of(index)
                .and_then(|list| list.choices.get(usize::from(*at)));
            choice
                .map(|choice| choice.code.clone())
                .ok_or_else(|| WireError::UnknownChoice {
                    name: question.name.clone(),
                })
        };
        let decoded = match value {
            WireValue::Text(text) if question.kind == SelectOne => Value::Choice(text.clone()),
            WireValue::Text(text) if question.kind == SelectMultiple => {
                Value::Choices(text.split_whitespace().map(str::to_owned).collect())
            }
            WireValue::Text(text) => Value::Text(text.clone()),
            WireValue::Integer(number) => Value::Integer(*number),
            WireValue::Decimal(number) => Value::Decimal(*number),
            WireValue::Date(days) => {
                Value::Date(NaiveDate::from_epoch_days(*days).ok_or_else(wrong)?)
            }
            WireValue::Time(ms) => Value::Time(time_of(*ms).ok_or_else(wrong)?),
            WireValue::DateTime(moment) => Value::DateTime(*moment),
            WireValue::Location(at) => Value::Location(*at),
            WireValue::Photo(photo) => Value::Photo(photo.clone()),
            WireValue::Acknowledged => Value::Acknowledged,
            WireValue::Choice(at) => Value::Choice(code(at)?),
            WireValue::Choices(places) => {
                Value::Choices(places.iter().map(code).collect::<Result<_, _>>()?)
            }
        };
        if fits(question.kind, &decoded) {
            Ok(decoded)
        } else {
            Err(wrong())
        }
    }
}

fn ms_of(time: NaiveTime) -> u32 {
    time.num_seconds_from_midnight() * 1000 + time.nanosecond() / 1_000_000 % 1000
}

fn time_of(ms: u32) -> Option<NaiveTime> {
    NaiveTime::from_num_seconds_from_midnight_opt(ms / 1000, ms % 1000 * 1_000_000)
}
