//! A form as data: what the workbook said, and nothing worked out from it.
//!
//! Its canonical bytes are CBOR with integer keys (see `bytes.rs`); expressions stay source text, so
//! that a newer engine may compile them differently and the content address still holds.

use minicbor::{Decode, Encode};

/// A text in the form's languages, in their order; empty where a translation is missing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub(crate) struct Texts {
    /// One text a language.
    #[n(0)]
    pub(crate) by_language: Vec<String>,
    /// A bit for each language whose translation awaits a native speaker.
    #[n(1)]
    pub(crate) doubtful: u32,
}

impl Texts {
    /// The text in this language, or in the first that has one.
    pub(crate) fn get(&self, language: usize) -> &str {
        let wanted = self
            .by_language
            .get(language)
            .filter(|text| !text.is_empty());
        wanted
            .or_else(|| self.by_language.iter().find(|text| !text.is_empty()))
            .map_or("", String::as_str)
    }

    pub(crate) fn is_doubtful(&self, language: usize) -> bool {
        self.doubtful & (1 << language.min(31)) != 0
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.by_language.iter().all(String::is_empty)
    }
}

/// The whole form.
#[derive(Debug, Clone, Default, PartialEq, Encode, Decode)]
#[cbor(map)]
pub(crate) struct Definition {
    #[n(0)]
    pub(crate) id: String,
    #[n(1)]
    pub(crate) version: String,
    #[n(2)]
    pub(crate) languages: Vec<String>,
    #[n(3)]
    pub(crate) title: Texts,
    #[n(4)]
    pub(crate) groups: Vec<GroupDef>,
    #[n(5)]
    pub(crate) questions: Vec<QuestionDef>,
    #[n(6)]
    pub(crate) lists: Vec<ListDef>,
    /// Sentences of the form's own findings.
    #[n(7)]
    pub(crate) sentences: Vec<SentenceDef>,
}

/// A group; an outermost one is a section.
#[derive(Debug, Clone, Default, PartialEq, Encode, Decode)]
#[cbor(map)]
pub(crate) struct GroupDef {
    #[n(0)]
    pub(crate) name: String,
    #[n(1)]
    pub(crate) label: Texts,
    #[n(2)]
    pub(crate) relevant: Option<String>,
    /// Index of the group around this one; always smaller than its own.
    #[n(3)]
    pub(crate) parent: Option<u16>,
}

/// A question. Its index in the definition is its index on the wire.
#[derive(Debug, Clone, Default, PartialEq, Encode, Decode)]
#[cbor(map)]
pub(crate) struct QuestionDef {
    #[n(0)]
    pub(crate) name: String,
    #[n(1)]
    pub(crate) kind: KindDef,
    #[n(2)]
    pub(crate) number: Option<String>,
    #[n(3)]
    pub(crate) label: Texts,
    #[n(4)]
    pub(crate) hint: Texts,
    #[n(5)]
    pub(crate) group: Option<u16>,
    #[n(6)]
    pub(crate) list: Option<String>,
    #[n(7)]
    pub(crate) register: Option<String>,
    #[n(8)]
    pub(crate) appearance: Vec<String>,
    #[n(9)]
    pub(crate) relevant: Option<String>,
    #[n(10)]
    pub(crate) required: Option<String>,
    #[n(11)]
    pub(crate) read_only: bool,
    #[n(12)]
    pub(crate) calculation: Option<String>,
    #[n(13)]
    pub(crate) default: Option<String>,
    #[n(14)]
    pub(crate) choice_filter: Option<String>,
    #[n(15)]
    pub(crate) constraint: Option<String>,
    #[n(16)]
    pub(crate) warning: Option<String>,
    #[n(17)]
    pub(crate) warning_code: Option<String>,
    #[n(18)]
    pub(crate) alert: Option<String>,
    #[n(19)]
    pub(crate) alert_code: Option<String>,
    #[n(20)]
    pub(crate) prefill: Option<String>,
    #[n(21)]
    pub(crate) indicators: Vec<String>,
    #[n(22)]
    pub(crate) seed: Option<String>,
}

/// [`crate::QuestionKind`] as it is stored; the numbers never change their meaning.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub(crate) enum KindDef {
    #[n(0)]
    Integer,
    #[n(1)]
    Decimal,
    #[default]
    #[n(2)]
    Text,
    #[n(3)]
    SelectOne,
    #[n(4)]
    SelectMultiple,
    #[n(5)]
    Date,
    #[n(6)]
    Time,
    #[n(7)]
    DateTime,
    #[n(8)]
    Note,
    #[n(9)]
    Calculate,
    #[n(10)]
    Image,
    #[n(11)]
    Location,
    #[n(12)]
    Acknowledge,
}

/// A choice list of the workbook.
#[derive(Debug, Clone, Default, PartialEq, Encode, Decode)]
#[cbor(map)]
pub(crate) struct ListDef {
    #[n(0)]
    pub(crate) name: String,
    #[n(1)]
    pub(crate) choices: Vec<ChoiceDef>,
}

/// One choice. Its index in the list is its index on the wire.
#[derive(Debug, Clone, Default, PartialEq, Encode, Decode)]
#[cbor(map)]
pub(crate) struct ChoiceDef {
    #[n(0)]
    pub(crate) code: String,
    #[n(1)]
    pub(crate) label: Texts,
    #[n(2)]
    pub(crate) exclusive: bool,
    /// Further columns, for `choice_filter`: heading and cell, sorted by heading.
    #[n(3)]
    pub(crate) columns: Vec<(String, String)>,
}

impl Definition {
    /// Whether the form has its own sentence for this finding.
    pub(crate) fn has_sentence(&self, code: &str) -> bool {
        self.sentences.iter().any(|sentence| sentence.code == code)
    }
}

/// The sentence of one finding code.
#[derive(Debug, Clone, Default, PartialEq, Encode, Decode)]
#[cbor(map)]
pub(crate) struct SentenceDef {
    #[n(0)]
    pub(crate) code: String,
    #[n(1)]
    pub(crate) text: Texts,
}
