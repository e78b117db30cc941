//! What a session says of answers besides what it saved without trouble.

use super::{Session, SessionError, text, under_way};
use crate::material::picture;
use crate::promise::Said;
use baqylau_domain::Value;
use baqylau_store::Store;
use std::io;
use uuid::Uuid;

impl Session<'_> {
    /// Says that an answer is saved.
    pub(crate) fn acknowledge(
        &mut self,
        report: Uuid,
        question: &str,
        number: u64,
    ) -> io::Result<()> {
        let question = question.to_owned();
        (self.say)(Said::Answer {
            report,
            question,
            number,
        })
    }

    /// Says that the answer with this number is saved, if it is in the store although saving it failed: opened
    /// again, the app shows it.
    pub(crate) fn acknowledge_found(
        &mut self,
        store: &Store,
        number: u64,
    ) -> Result<(), SessionError> {
        let Some(report) = under_way(store)? else {
            return Ok(());
        };
        let question = self.question(number);
        let is_there = match store.answers(report)?.get(&question) {
            Some(Value::Text(found)) => *found == text(number),
            Some(Value::Photo(photo)) => store.photo(&photo.hash)? == Some(picture(number)),
            _ => false,
        };
        if is_there {
            self.say(Said::Answer {
                report,
                question,
                number,
            })?;
        }
        Ok(())
    }
}
