//! Text into tokens.

use super::ParseError;

/// A token of an expression.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    Number(f64),
    Literal(String),
    /// `${name}`
    Reference(String),
    /// A function, a column of a list, or one of the operators `and`, `or`, `div`, `mod`.
    Name(String),
    /// Punctuation and operators made of signs.
    Sign(&'static str),
}

/// A token and the character it begins at.
pub(super) type Placed = (Token, usize);

/// Two-character signs come first, so that `<=` is not read as `<`.
const SIGNS: [&str; 19] = [
    "!=", "<=", ">=", "//", "..", "::", "<", ">", "=", "(", ")", "[", "]", ",", "+", "-", "*", "/",
    ".",
];

/// Splits `text` into tokens.
pub(super) fn tokens(text: &str) -> Result<Vec<Placed>, ParseError> {
    let chars: Vec<char> = text.chars().collect();
    let mut scanner = Scanner {
        chars: &chars,
        at: 0,
    };
    let mut found = Vec::new();
    while let Some(token) = scanner.next()? {
        found.push(token);
    }
    Ok(found)
}

struct Scanner<'a> {
    chars: &'a [char],
    at: usize,
}

impl Scanner<'_> {
    fn next(&mut self) -> Result<Option<Placed>, ParseError> {
        while self.peek(0).is_some_and(char::is_whitespace) {
            self.at += 1;
        }
        let start = self.at;
        let Some(first) = self.peek(0) else {
            return Ok(None);
        };
        let token = match first {
            '\'' | '"' => self.literal(first)?,
            '$' => self.reference()?,
            '0'..='9' => self.number()?,
            '.' if self.peek(1).is_some_and(|next| next.is_ascii_digit()) => self.number()?,
            _ if first.is_alphabetic() || first == '_' => Token::Name(self.name()),
            _ => self.sign()?,
        };
        Ok(Some((token, start)))
    }

    fn peek(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.at + ahead).copied()
    }

    fn take_while(&mut self, mut wanted: impl FnMut(char) -> bool) -> String {
        let rest = &self.chars[self.at..];
        let taken: String = rest.iter().copied().take_while(|c| wanted(*c)).collect();
        self.at += taken.chars().count();
        taken
    }

    fn literal(&mut self, quote: char) -> Result<Token, ParseError> {
        let start = self.at;
        self.at += 1;
        let text = self.take_while(|c| c != quote);
        if self.peek(0).is_none() {
            return Err(ParseError::new("unclosed_text", start, &text));
        }
        self.at += 1;
        Ok(Token::Literal(text))
    }

    fn reference(&mut self) -> Result<Token, ParseError> {
        let start = self.at;
        if self.peek(1) != Some('{') {
            return Err(ParseError::new("unexpected", start, "$"));
        }
        self.at += 2;
        let name = self.take_while(|c| c != '}');
        if self.peek(0).is_none() {
            return Err(ParseError::new("unclosed_reference", start, &name));
        }
        self.at += 1;
        let name = name.trim();
        if !is_name(name) {
            return Err(ParseError::new("bad_reference", start, name));
        }
        Ok(Token::Reference(name.to_owned()))
    }

    fn number(&mut self) -> Result<Token, ParseError> {
        let start = self.at;
        let mut dots = 0;
        let text = self.take_while(|c| {
            dots += usize::from(c == '.');
            c.is_ascii_digit() || (c == '.' && dots == 1)
        });
        text.parse()
            .map(Token::Number)
            .map_err(|_| ParseError::new("unexpected", start, &text))
    }

    /// A name, with a prefix (`jr:choice-name`) but not an axis (`child::x`).
    fn name(&mut self) -> String {
        let mut name = self.take_while(is_name_char);
        let prefixed = self.peek(0) == Some(':') && self.peek(1).is_some_and(char::is_alphabetic);
        if prefixed {
            self.at += 1;
            name.push(':');
            name.push_str(&self.take_while(is_name_char));
        }
        name
    }

    fn sign(&mut self) -> Result<Token, ParseError> {
        let sign = SIGNS.into_iter().find(|sign| {
            sign.chars()
                .enumerate()
                .all(|(ahead, wanted)| self.peek(ahead) == Some(wanted))
        });
        let Some(sign) = sign else {
            let found: String = self.peek(0).into_iter().collect();
            return Err(ParseError::new("unexpected", self.at, &found));
        };
        self.at += sign.len();
        Ok(Token::Sign(sign))
    }
}

fn is_name_char(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '.')
}

/// Whether a text may name a question, a group or a column.
pub(crate) fn is_name(text: &str) -> bool {
    text.chars()
        .next()
        .is_some_and(|first| first.is_alphabetic() || first == '_')
        && text.chars().all(is_name_char)
}
