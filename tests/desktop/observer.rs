//! A pair of observers at the window: the same answers as in the browser's visit.

use crate::programs::root;
use crate::window::Window;
use anyhow::{Context as _, Result, bail, ensure};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// What a pair of observers found on an ordinary morning, where the first choice would not be plausible.
#[derive(Debug, Deserialize)]
pub(crate) struct Morning {
    /// The form's id.
    pub(crate) form: String,
    /// Wished answers by question.
    pub(crate) answers: BTreeMap<String, String>,
}

impl Morning {
    /// The answers that the browser's visit gives too.
    pub(crate) fn read() -> Result<Self> {
        let file = root().join("tests/morning.json");
        let text = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
        Ok(serde_json::from_str(&text)?)
    }
}

/// How a question looks on the screen.
#[derive(Debug, Deserialize)]
struct Card {
    /// `choice`, `number`, `time`, `text`, or nothing that takes an answer here.
    kind: String,
    /// Whether it has an answer.
    is_answered: bool,
    /// The value of its first choice.
    first: Option<String>,
}

/// Reads one card as a person sees it.
const LOOK: &str = r"
const card = document.querySelector(`article[data-question='${arguments[0]}']`)
const choices = [...card.querySelectorAll('input[type=radio]:enabled, input[type=checkbox]:enabled')]
if (choices.length > 0) {
  return { kind: 'choice', is_answered: choices.some((one) => one.checked), first: choices[0].value }
}
const field = card.querySelector('input:not([readonly], [type=file]), textarea:not([readonly])')
if (!field) return { kind: 'none', is_answered: false, first: null }
const kind = ['numeric', 'decimal'].includes(field.inputMode) ? 'number' : field.type === 'time' ? 'time' : 'text'
return { kind, is_answered: field.value !== '', first: null }
";

/// The questions on the screen, in their order; what is folded away is not on it.
const NAMES: &str = "
return [...document.querySelectorAll('article[data-question]')]
  .filter((card) => card.offsetParent !== null)
  .map((card) => card.dataset.question)
";

/// What is chosen in the section on the screen, folded questions included.
const CHOSEN: &str = "
return [...document.querySelectorAll('article[data-question] input:checked')]
  .map((input) => `${input.closest('article').dataset.question}=${input.value}`)
";

/// How often a field or a choice is looked for that the driver found and then could not use.
const TRIES: u32 = 3;
const SECTIONS: &str = "//aside[contains(@class, \"sections\")]//ol//button";

impl Window {
    /// The questions on the screen.
    async fn questions(&self) -> Result<Vec<String>> {
        self.ask(NAMES, Vec::new()).await
    }

    /// Codes of the answers chosen on the screen, with their questions.
    pub(crate) async fn chosen(&self) -> Result<Vec<String>> {
        self.ask(CHOSEN, Vec::new()).await
    }

    /// What is chosen in every section that applies.
    pub(crate) async fn chosen_everywhere(&self) -> Result<BTreeSet<String>> {
        let mut all = BTreeSet::new();
        for place in 1..=self.count(SECTIONS).await? {
            self.turn_to(place).await?;
            all.extend(self.chosen().await?);
        }
        Ok(all)
    }

    /// Opens the section at a place of the list.
    pub(crate) async fn turn_to(&self, place: usize) -> Result<()> {
        let entry = format!("({SECTIONS})[{place}]");
        self.tap(&entry).await?;
        self.find(&format!("{entry}[@aria-current=\"step\"]"))
            .await
            .map(drop)
    }

    /// Goes through the whole form. After the section with index `pause_after` the language changes and changes back.
    pub(crate) async fn fill_in(&mut self, morning: &Morning, pause_after: usize) -> Result<()> {
        let mut place = 1;
        // Sections come and go with the answers, so they are counted again after each.
        while place <= self.count(SECTIONS).await? {
            self.turn_to(place).await?;
            self.answer_section(morning).await?;
            self.reads("saved-at").await?;
            if place == pause_after {
                let before = self.chosen().await?;
                ensure!(
                    !before.is_empty(),
                    "nothing was chosen before the language changed"
                );
                self.speak("kk", "Қазақша").await?;
                ensure!(
                    self.chosen().await? == before,
                    "the answers changed with the language"
                );
                self.speak("en", "English").await?;
            }
            place += 1;
        }
        Ok(())
    }

    /// Answers the questions of the section on the screen, those that appear while answering included.
    async fn answer_section(&self, morning: &Morning) -> Result<()> {
        let mut done = BTreeSet::new();
        loop {
            let next = self
                .questions()
                .await?
                .into_iter()
                .find(|name| !done.contains(name));
            let Some(name) = next else {
                return Ok(());
            };
            let wished = morning.answers.get(&name).map(String::as_str);
            self.answer(&name, wished)
                .await
                .with_context(|| format!("question {name}"))?;
            done.insert(name);
        }
    }

    /// Gives one answer: the wished one, or the first that offers itself. What is known already is left as it is.
    async fn answer(&self, question: &str, wished: Option<&str>) -> Result<()> {
        let card: Card = self.ask(LOOK, vec![question.into()]).await?;
        let wished = match (wished, card.kind.as_str()) {
            (Some(wished), _) => wished,
            (None, _) if card.is_answered => return Ok(()),
            (None, "choice") => card.first.as_deref().unwrap_or_default(),
            (None, "number") => "0",
            (None, "time") => "10:15",
            // A comment nobody wishes, a place, a picture.
            (None, _) => return Ok(()),
        };
        match card.kind.as_str() {
            "choice" => self.choose(question, wished).await,
            "number" | "time" | "text" => self.type_in(question, wished).await,
            _ => bail!("nothing on the screen takes {wished}"),
        }
    }

    /// Chooses a code of a question's list.
    pub(crate) async fn choose(&self, question: &str, code: &str) -> Result<()> {
        let answer = format!("{question}={code}");
        let card = format!("article[data-question='{question}']");
        let mut taps = 0;
        while !self.chosen().await?.contains(&answer) && taps < TRIES {
            if taps > 0 {
                // The card moved between being found and being tapped, as under a finger that is too quick.
                eprintln!("{answer} is tapped again");
            }
            taps += 1;
            self.tap(&format!(
                "//article[@data-question=\"{question}\"]//label[.//input[@value=\"{code}\"]]"
            ))
            .await?;
            let chosen = format!("{card} input[value='{code}']:checked");
            self.give_time_to(&chosen).await;
        }
        ensure!(
            self.chosen().await?.contains(&answer),
            "{answer} is not chosen"
        );
        Ok(())
    }

    async fn type_in(&self, question: &str, text: &str) -> Result<()> {
        // The field may be drawn anew between being found and being typed into; then it has to be found again.
        let mut failures = 0;
        while let Err(error) = self.type_once(question, text).await {
            failures += 1;
            if failures == TRIES {
                return Err(error);
            }
        }
        let card: Card = self.ask(LOOK, vec![question.into()]).await?;
        ensure!(card.is_answered, "{text} was not taken");
        Ok(())
    }

    async fn type_once(&self, question: &str, text: &str) -> Result<()> {
        let field = self
            .find(&format!(
                "(//article[@data-question=\"{question}\"]//*[self::input[not(@type='file')] or self::textarea])[1]"
            ))
            .await?;
        field.clear().await?;
        // The tab leaves the field, which is when an answer is given.
        field.send_keys(&format!("{text}\t")).await?;
        Ok(())
    }
}
