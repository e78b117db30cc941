//! A short text in every language of the mission.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A text by language code. Missions have few languages, stations are many: a sorted
/// boxed slice takes a fifth of the memory that a map a station would.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(from = "BTreeMap<String, String>", into = "BTreeMap<String, String>")]
pub struct Text(Box<[(Box<str>, Box<str>)]>);

impl Text {
    /// The text in `language`, or in the first language there is, or nothing.
    #[must_use]
    pub fn get(&self, language: &str) -> &str {
        self.0
            .iter()
            .find(|(code, _)| &**code == language)
            .or_else(|| self.0.first())
            .map_or("", |(_, text)| text)
    }

    /// Whether there is a text of its own in `language`.
    #[must_use]
    pub fn has(&self, language: &str) -> bool {
        self.0
            .iter()
            .any(|(code, text)| &**code == language && !text.is_empty())
    }

    /// Language codes and texts, sorted by code.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(code, text)| (&**code, &**text))
    }
}

impl From<BTreeMap<String, String>> for Text {
    fn from(map: BTreeMap<String, String>) -> Self {
        Self(
            map.into_iter()
                .map(|(code, text)| (code.into(), text.into()))
                .collect(),
        )
    }
}

impl From<Text> for BTreeMap<String, String> {
    fn from(text: Text) -> Self {
        text.iter()
            .map(|(code, text)| (code.to_owned(), text.to_owned()))
            .collect()
    }
}

impl<A: Into<String>, B: Into<String>> FromIterator<(A, B)> for Text {
    fn from_iter<I: IntoIterator<Item = (A, B)>>(texts: I) -> Self {
        texts
            .into_iter()
            .map(|(a, b)| (a.into(), b.into()))
            .collect::<BTreeMap<_, _>>()
            .into()
    }
}
