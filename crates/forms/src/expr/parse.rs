//! Tokens into a tree, with limits that hostile input cannot pass.

use super::ParseError;
use super::functions::Function;
use super::node::{Lookup, Node, Operator};
use super::token::{Placed, Token, is_name, tokens};
use regex::RegexBuilder;

/// Longest expression, in bytes.
const LONGEST: usize = 8 * 1024;
/// Deepest nesting of brackets, calls and signs: the parser and the evaluator recurse this deep at most.
const DEEPEST: usize = 40;
/// Largest compiled pattern of `regex()`, in bytes.
const LARGEST_PATTERN: usize = 1 << 17;
/// Patterns of one expression: a few letters of text can be a hundred kilobytes compiled.
const MOST_PATTERNS: usize = 16;

/// Operators by precedence, weakest first; `or` and `and` come before them.
const LEVELS: [&[(&str, Operator)]; 4] = [
    &[("=", Operator::Equal), ("!=", Operator::NotEqual)],
    &[
        ("<", Operator::Less),
        ("<=", Operator::LessOrEqual),
        (">", Operator::Greater),
        (">=", Operator::GreaterOrEqual),
    ],
    &[("+", Operator::Add), ("-", Operator::Subtract)],
    &[
        ("*", Operator::Multiply),
        ("div", Operator::Divide),
        ("mod", Operator::Modulo),
    ],
];

type Parsed = Result<Node<String>, ParseError>;

/// Parses `text` as a whole.
pub(crate) fn parse(text: &str) -> Parsed {
    if text.len() > LONGEST {
        return Err(ParseError::new("too_long", 0, ""));
    }
    let tokens = tokens(text)?;
    let mut parser = Parser {
        tokens: &tokens,
        at: 0,
        depth: 0,
        patterns: 0,
        end: text.chars().count(),
    };
    let node = parser.expression()?;
    match parser.peek() {
        None => Ok(node),
        Some(_) => Err(parser.unexpected()),
    }
}

struct Parser<'a> {
    tokens: &'a [Placed],
    at: usize,
    depth: usize,
    patterns: usize,
    end: usize,
}

impl Parser<'_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at).map(|placed| &placed.0)
    }

    fn position(&self) -> usize {
        self.tokens.get(self.at).map_or(self.end, |placed| placed.1)
    }

    fn unexpected(&self) -> ParseError {
        let found = match self.peek() {
            None => return ParseError::new("unfinished", self.end, ""),
            Some(Token::Number(value)) => value.to_string(),
            Some(Token::Literal(text)) => format!("'{text}'"),
            Some(Token::Reference(name)) => format!("${{{name}}}"),
            Some(Token::Name(name)) => name.clone(),
            Some(Token::Sign(sign)) => (*sign).to_owned(),
        };
        ParseError::new("unexpected", self.position(), &found)
    }

    fn is_sign(&self, wanted: &str) -> bool {
        matches!(self.peek(), Some(Token::Sign(sign)) if *sign == wanted)
    }

    fn take_sign(&mut self, wanted: &str) -> bool {
        let taken = self.is_sign(wanted);
        self.at += usize::from(taken);
        taken
    }

    fn expect_sign(&mut self, wanted: &str) -> Result<(), ParseError> {
        if self.take_sign(wanted) {
            Ok(())
        } else {
            Err(self.unexpected())
        }
    }

    fn take_word(&mut self, wanted: &str) -> bool {
        let taken = match self.peek() {
            Some(Token::Sign(sign)) => *sign == wanted,
            Some(Token::Name(name)) => name == wanted,
            _ => false,
        };
        self.at += usize::from(taken);
        taken
    }

    fn expression(&mut self) -> Parsed {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(ParseError::new("too_deep", self.position(), ""));
        }
        let node = self.list_of(
            "or",
            |parser| parser.list_of("and", |inner| inner.chain(0), Node::All),
            Node::Any,
        );
        self.depth -= 1;
        node
    }

    fn list_of(
        &mut self,
        word: &str,
        part: impl Fn(&mut Self) -> Parsed,
        whole: fn(Vec<Node<String>>) -> Node<String>,
    ) -> Parsed {
        let first = part(self)?;
        let mut parts = vec![first];
        while self.take_word(word) {
            parts.push(part(self)?);
        }
        Ok(if parts.len() == 1 {
            parts.remove(0)
        } else {
            whole(parts)
        })
    }

    fn chain(&mut self, level: usize) -> Parsed {
        let Some(operators) = LEVELS.get(level) else {
            return self.unary();
        };
        let first = self.chain(level + 1)?;
        let mut rest = Vec::new();
        while let Some((_, operator)) = operators.iter().find(|(word, _)| self.take_word(word)) {
            rest.push((*operator, self.chain(level + 1)?));
        }
        Ok(if rest.is_empty() {
            first
        } else {
            Node::Chain(Box::new(first), rest)
        })
    }

    fn unary(&mut self) -> Parsed {
        let mut negations = 0_usize;
        while self.take_sign("-") {
            negations += 1;
        }
        let node = self.primary()?;
        Ok(match negations {
            0 => node,
            // An even number of signs still makes a number of its operand.
            _ if negations.is_multiple_of(2) => {
                Node::Negate(Box::new(Node::Negate(Box::new(node))))
            }
            _ => Node::Negate(Box::new(node)),
        })
    }

    fn primary(&mut self) -> Parsed {
        let start = self.position();
        let Some(token) = self.peek().cloned() else {
            return Err(self.unexpected());
        };
        match token {
            Token::Sign("(") => {
                self.at += 1;
                let node = self.expression()?;
                self.expect_sign(")")?;
                Ok(node)
            }
            Token::Sign(".") => {
                self.at += 1;
                Ok(Node::This)
            }
            Token::Sign("/" | "//" | ".." | "::") => {
                Err(ParseError::new("unsupported_path", start, ""))
            }
            Token::Sign(_) => Err(self.unexpected()),
            Token::Number(value) => {
                self.at += 1;
                Ok(Node::Number(value))
            }
            Token::Literal(text) => {
                self.at += 1;
                Ok(Node::Text(text))
            }
            Token::Reference(name) => {
                self.at += 1;
                Ok(Node::Reference(name))
            }
            Token::Name(name) => {
                self.at += 1;
                if self.take_sign("(") {
                    return self.call(&name, start);
                }
                if self.is_sign("/") || self.is_sign("::") {
                    return Err(ParseError::new("unsupported_path", start, &name));
                }
                Ok(Node::Column(name))
            }
        }
    }

    fn arguments(&mut self) -> Result<Vec<Node<String>>, ParseError> {
        let mut arguments = Vec::new();
        if self.take_sign(")") {
            return Ok(arguments);
        }
        loop {
            arguments.push(self.expression()?);
            if self.take_sign(")") {
                return Ok(arguments);
            }
            self.expect_sign(",")?;
        }
    }

    fn call(&mut self, name: &str, start: usize) -> Parsed {
        let mut arguments = self.arguments()?;
        let wrong_count = || ParseError::new("wrong_argument_count", start, name);
        match name {
            "instance" => return self.instance(arguments, start),
            "pulldata" => return pulldata(arguments, start),
            "jr:choice-name" => {
                let [code, question] = <[_; 2]>::try_from(arguments).map_err(|_| wrong_count())?;
                return choice_name(code, question, start);
            }
            _ => {}
        }
        let Some((function, fewest, most)) = Function::named(name) else {
            let code = if Function::is_unsupported(name) {
                "unsupported_function"
            } else {
                "unknown_function"
            };
            return Err(ParseError::new(code, start, name));
        };
        if arguments.len() < fewest || arguments.len() > most {
            return Err(wrong_count());
        }
        if function == Function::Regex {
            self.patterns += 1;
            if self.patterns > MOST_PATTERNS {
                return Err(ParseError::new("too_many_patterns", start, name));
            }
        }
        if function == Function::Regex
            && let Some(Node::Text(pattern)) = arguments.get(1)
        {
            let pattern = whole_match(pattern)
                .ok_or_else(|| ParseError::new("bad_pattern", start, pattern))?;
            return Ok(Node::Matches(
                Box::new(arguments.swap_remove(0)),
                Box::new(pattern),
            ));
        }
        Ok(Node::Call(function, arguments))
    }

    /// `instance('file')/root/item[key_column = key]/column`, after its first closing bracket.
    fn instance(&mut self, arguments: Vec<Node<String>>, start: usize) -> Parsed {
        let unsupported = || ParseError::new("unsupported_path", start, "instance");
        let [Node::Text(file)] = <[_; 1]>::try_from(arguments).map_err(|_| unsupported())? else {
            return Err(unsupported());
        };
        for step in ["/", "root", "/", "item", "["] {
            if !self.take_word(step) {
                return Err(unsupported());
            }
        }
        let filter = self.expression()?;
        self.expect_sign("]")?;
        self.expect_sign("/")?;
        let Some(Token::Name(column)) = self.peek().cloned() else {
            return Err(self.unexpected());
        };
        self.at += 1;
        let Node::Chain(key_column, mut rest) = filter else {
            return Err(unsupported());
        };
        let (Node::Column(key_column), Some((Operator::Equal, key)), true) =
            (*key_column, rest.pop(), rest.is_empty())
        else {
            return Err(unsupported());
        };
        Ok(Node::Lookup(Box::new(Lookup {
            file,
            key_column,
            key,
            column,
        })))
    }
}

/// `pulldata('file', 'column', 'key_column', key)`
fn pulldata(arguments: Vec<Node<String>>, start: usize) -> Parsed {
    let wrong = || ParseError::new("wrong_argument_count", start, "pulldata");
    match <[_; 4]>::try_from(arguments).map_err(|_| wrong())? {
        [
            Node::Text(file),
            Node::Text(column),
            Node::Text(key_column),
            key,
        ] => Ok(Node::Lookup(Box::new(Lookup {
            file,
            key_column,
            key,
            column,
        }))),
        _ => Err(ParseError::new("literal_expected", start, "pulldata")),
    }
}

/// The second argument is the question, written as it is or in quotes.
fn choice_name(code: Node<String>, question: Node<String>, start: usize) -> Parsed {
    let name = match question {
        Node::Reference(name) => name,
        Node::Text(text) => {
            let name = text
                .trim()
                .strip_prefix("${")
                .and_then(|rest| rest.strip_suffix('}'));
            name.map(str::trim).unwrap_or_default().to_owned()
        }
        _ => String::new(),
    };
    if !is_name(&name) {
        return Err(ParseError::new("literal_expected", start, "jr:choice-name"));
    }
    Ok(Node::ChoiceName(Box::new(code), name))
}

/// ODK's `regex()` matches the whole text or nothing.
pub(super) fn whole_match(pattern: &str) -> Option<regex::Regex> {
    RegexBuilder::new(&format!("^(?:{pattern})$"))
        .size_limit(LARGEST_PATTERN)
        .nest_limit(50)
        .build()
        .ok()
}
