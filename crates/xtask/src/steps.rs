//! A run of named steps, and the table of how they went.

use crate::trouble::{Outcome, Trouble};
use std::fmt::Write as _;
use std::time::{Duration, Instant};

/// How a step went.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Went {
    Well,
    Badly(String),
    NotRun,
    /// This machine does not let it be done.
    Impossible(String),
}

/// Steps so far.
#[derive(Debug)]
pub(crate) struct Steps {
    done: Vec<(String, Duration, Went)>,
    only: Vec<String>,
    keep_going: bool,
    halted: bool,
}

impl Steps {
    /// No steps yet. With `only`, every step not named there is left out.
    pub(crate) fn new(only: Vec<String>, keep_going: bool) -> Self {
        Self {
            done: Vec::new(),
            only,
            keep_going,
            halted: false,
        }
    }

    /// Takes a step, unless an earlier one failed.
    pub(crate) fn take(&mut self, name: &str, step: impl FnOnce() -> Outcome) {
        if !self.only.is_empty() && !self.only.iter().any(|wanted| wanted == name) {
            return;
        }
        if self.halted {
            self.done
                .push((name.to_owned(), Duration::ZERO, Went::NotRun));
            return;
        }
        eprintln!("\n── {name} ──");
        let begun = Instant::now();
        let went = match step() {
            Ok(()) => Went::Well,
            Err(trouble) => {
                eprintln!("── {name} failed: {trouble}");
                self.halted = !self.keep_going;
                Went::Badly(trouble.to_string())
            }
        };
        self.done.push((name.to_owned(), begun.elapsed(), went));
    }

    /// Takes a step that a machine may forbid; `forbidden` says why, if it does. The table then says so: such a step has
    /// neither passed nor failed.
    pub(crate) fn take_if_allowed(
        &mut self,
        name: &str,
        forbidden: Option<&str>,
        step: impl FnOnce() -> Outcome,
    ) {
        let Some(reason) = forbidden.filter(|_| !self.halted) else {
            return self.take(name, step);
        };
        if self.only.is_empty() || self.only.iter().any(|wanted| wanted == name) {
            eprintln!("\n── {name} cannot be done here: {reason}");
            let went = Went::Impossible(reason.to_owned());
            self.done.push((name.to_owned(), Duration::ZERO, went));
        }
    }

    /// The table, longest column first, and the count in its last line.
    pub(crate) fn table(&self) -> String {
        let width = self
            .done
            .iter()
            .map(|(name, ..)| name.chars().count())
            .max()
            .unwrap_or(0);
        let mut text = String::new();
        for (name, took, went) in &self.done {
            let word = match went {
                Went::Well => "passed".to_owned(),
                Went::Badly(reason) => format!("FAILED  {reason}"),
                Went::NotRun => "not run".to_owned(),
                Went::Impossible(reason) => format!("NOT POSSIBLE HERE  {reason}"),
            };
            let seconds = took.as_secs();
            let _ = writeln!(
                text,
                "{name:width$}  {:3}:{:02}  {word}",
                seconds / 60,
                seconds % 60
            );
        }
        let total: Duration = self.done.iter().map(|(_, took, _)| *took).sum();
        let count =
            |wanted: fn(&Went) -> bool| self.done.iter().filter(|(.., went)| wanted(went)).count();
        let _ = writeln!(
            text,
            "{} passed, {} failed, {} not run, in {}:{:02}",
            count(|went| *went == Went::Well),
            count(|went| matches!(went, Went::Badly(_))),
            count(|went| matches!(went, Went::NotRun | Went::Impossible(_))),
            total.as_secs() / 60,
            total.as_secs() % 60
        );
        text
    }

    /// Prints the table and turns failures into one.
    pub(crate) fn finish(self) -> Outcome {
        println!("\n{}", self.table().trim_end());
        let names: Vec<String> = self
            .done
            .into_iter()
            .filter(|(.., went)| matches!(went, Went::Badly(_)))
            .map(|(name, ..)| name)
            .collect();
        if names.is_empty() {
            Ok(())
        } else {
            Err(Trouble::Steps { names })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_step_is_named_counted_and_stops_the_rest() {
        let mut steps = Steps::new(Vec::new(), false);
        steps.take("first", || Ok(()));
        steps.take("second", || Err(Trouble::Complaints { count: 2 }));
        steps.take("third", || panic!("a step ran after a failure"));
        let table = steps.table();
        assert!(
            table.contains("second    0:00  FAILED  2 thing(s)"),
            "{table}"
        );
        assert!(table.contains("1 passed, 1 failed, 1 not run"), "{table}");
        assert!(matches!(steps.finish(), Err(Trouble::Steps { names }) if names == ["second"]));
    }

    #[test]
    fn going_on_after_a_failure_still_fails_in_the_end() {
        let mut steps = Steps::new(Vec::new(), true);
        let mut ran = false;
        steps.take("first", || Err(Trouble::Stopped));
        steps.take("second", || {
            ran = true;
            Ok(())
        });
        assert!(ran);
        assert!(steps.finish().is_err());
    }

    #[test]
    fn what_a_machine_forbids_is_said_and_counts_as_not_run() {
        let mut steps = Steps::new(Vec::new(), false);
        steps.take_if_allowed("traced", Some("no tracing"), || panic!("it was forbidden"));
        steps.take_if_allowed("allowed", None, || Ok(()));
        let table = steps.table();
        assert!(
            table.contains("traced     0:00  NOT POSSIBLE HERE  no tracing"),
            "{table}"
        );
        assert!(table.contains("1 passed, 0 failed, 1 not run"), "{table}");
        assert!(steps.finish().is_ok());
    }

    #[test]
    fn only_the_steps_asked_for_are_taken() {
        let mut steps = Steps::new(vec!["second".to_owned()], false);
        steps.take("first", || panic!("this step was not asked for"));
        steps.take("second", || Ok(()));
        assert!(steps.table().starts_with("second"));
        assert!(steps.finish().is_ok());
    }
}
