//! Where words and data of the command line go.

use super::texts::Texts;
use std::io::Write as _;

/// Standard output for data, standard error for remarks.
pub(super) struct Output {
    texts: Texts,
}

impl Output {
    pub(super) fn new(texts: Texts) -> Self {
        Self { texts }
    }

    /// The sentence of a message.
    pub(super) fn text(&self, id: &str, args: &[(&str, &str)]) -> String {
        self.texts.text(id, args)
    }

    /// The sentence of a message's attribute, if it has one.
    pub(super) fn attribute(
        &self,
        id: &str,
        attribute: &str,
        args: &[(&str, &str)],
    ) -> Option<String> {
        self.texts.attribute(id, attribute, args)
    }

    pub(super) fn has(&self, id: &str) -> bool {
        self.texts.has(id)
    }

    /// A sentence to standard output.
    pub(super) fn say(&mut self, id: &str, args: &[(&str, &str)]) {
        let text = self.text(id, args);
        self.print(&text);
    }

    /// Data to standard output. A closed pipe is the reader's choice, not an error of ours.
    pub(super) fn print(&mut self, text: &str) {
        let _ = writeln!(std::io::stdout(), "{text}");
    }

    /// A sentence to standard error.
    pub(super) fn complain(&mut self, id: &str, args: &[(&str, &str)]) {
        let text = self.text(id, args);
        self.complain_plainly(&text);
    }

    /// A line to standard error.
    pub(super) fn complain_plainly(&mut self, text: &str) {
        let _ = writeln!(std::io::stderr(), "{text}");
    }
}
