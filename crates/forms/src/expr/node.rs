//! The syntax tree, over names as written or over question indexes once resolved.

use super::functions::Function;
use regex::Regex;

/// One node. Chains instead of pairs keep the tree as shallow as its brackets.
#[derive(Debug, Clone)]
pub(crate) enum Node<R> {
    Number(f64),
    Text(String),
    /// `${name}`
    Reference(R),
    /// `.`
    This,
    /// A bare name: a column of the choice that a filter is asked about.
    Column(String),
    Negate(Box<Node<R>>),
    /// Operators of one precedence, from left to right.
    Chain(Box<Node<R>>, Vec<(Operator, Node<R>)>),
    All(Vec<Node<R>>),
    Any(Vec<Node<R>>),
    Call(Function, Vec<Node<R>>),
    /// `regex()` with a pattern that is a literal.
    Matches(Box<Node<R>>, Box<Regex>),
    /// `jr:choice-name(value, '${question}')`
    ChoiceName(Box<Node<R>>, R),
    /// `pulldata(…)`, `instance('file')/root/item[key_column = key]/column`
    Lookup(Box<Lookup<R>>),
}

/// A cell of an external list.
#[derive(Debug, Clone)]
pub(crate) struct Lookup<R> {
    pub(crate) file: String,
    pub(crate) key_column: String,
    pub(crate) key: Node<R>,
    pub(crate) column: String,
}

/// An operator between two operands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operator {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Add,
    Subtract,
    Multiply,
    Divide,
    Modulo,
}

impl<R: Clone> Node<R> {
    /// The same tree with every reference put through `resolve`.
    pub(crate) fn resolve<S: Clone, E>(
        &self,
        resolve: &mut impl FnMut(&R) -> Result<S, E>,
    ) -> Result<Node<S>, E> {
        Ok(match self {
            Self::Number(value) => Node::Number(*value),
            Self::Text(text) => Node::Text(text.clone()),
            Self::Reference(reference) => Node::Reference(resolve(reference)?),
            Self::This => Node::This,
            Self::Column(name) => Node::Column(name.clone()),
            Self::Negate(inner) => Node::Negate(Box::new(inner.resolve(resolve)?)),
            Self::Chain(first, rest) => {
                let first = Box::new(first.resolve(resolve)?);
                let rest = rest
                    .iter()
                    .map(|(operator, node)| Ok((*operator, node.resolve(resolve)?)));
                Node::Chain(first, rest.collect::<Result<_, E>>()?)
            }
            Self::All(parts) => Node::All(resolve_all(parts, resolve)?),
            Self::Any(parts) => Node::Any(resolve_all(parts, resolve)?),
            Self::Call(function, arguments) => {
                Node::Call(*function, resolve_all(arguments, resolve)?)
            }
            Self::Matches(text, pattern) => {
                Node::Matches(Box::new(text.resolve(resolve)?), pattern.clone())
            }
            Self::ChoiceName(code, question) => {
                Node::ChoiceName(Box::new(code.resolve(resolve)?), resolve(question)?)
            }
            Self::Lookup(lookup) => Node::Lookup(Box::new(Lookup {
                file: lookup.file.clone(),
                key_column: lookup.key_column.clone(),
                key: lookup.key.resolve(resolve)?,
                column: lookup.column.clone(),
            })),
        })
    }

    /// Calls `visit` for this node and every node below it.
    pub(crate) fn walk<'a>(&'a self, visit: &mut impl FnMut(&'a Self)) {
        visit(self);
        match self {
            Self::Number(_) | Self::Text(_) | Self::Reference(_) | Self::This | Self::Column(_) => {
            }
            Self::Negate(inner) | Self::Matches(inner, _) | Self::ChoiceName(inner, _) => {
                inner.walk(visit);
            }
            Self::Chain(first, rest) => {
                first.walk(visit);
                rest.iter().for_each(|(_, node)| node.walk(visit));
            }
            Self::All(parts) | Self::Any(parts) | Self::Call(_, parts) => {
                parts.iter().for_each(|node| node.walk(visit));
            }
            Self::Lookup(lookup) => lookup.key.walk(visit),
        }
    }
}

impl<R: Clone + Ord> Node<R> {
    /// Everything it refers to, sorted, each once.
    pub(crate) fn references(&self) -> Vec<R> {
        let mut found = Vec::new();
        self.walk(&mut |node| match node {
            Self::Reference(reference) | Self::ChoiceName(_, reference) => {
                found.push(reference.clone());
            }
            _ => {}
        });
        found.sort();
        found.dedup();
        found
    }

    /// What must be there for a rule to run, and whether the question's own answer must.
    ///
    /// A reference whose blankness is asked about (`${B60} != ''`, `coalesce(${B60}, 0)`) is not needed.
    pub(crate) fn needs(&self) -> Needs<R> {
        let (mut asked, mut asks_this) = (Vec::new(), false);
        self.walk(&mut |node| {
            for operand in node.operands_asked_about() {
                match operand {
                    Self::Reference(reference) => asked.push(reference.clone()),
                    Self::This => asks_this = true,
                    _ => {}
                }
            }
        });
        let references = self
            .references()
            .into_iter()
            .filter(|reference| !asked.contains(reference));
        Needs {
            references: references.collect(),
            this: !asks_this,
        }
    }

    fn operands_asked_about(&self) -> Vec<&Self> {
        let is_empty = |node: &Self| matches!(node, Self::Text(text) if text.is_empty());
        match self {
            Self::Chain(first, rest) => match rest.as_slice() {
                [(Operator::Equal | Operator::NotEqual, second)] if is_empty(second) => {
                    vec![&**first]
                }
                [(Operator::Equal | Operator::NotEqual, second)] if is_empty(first) => vec![second],
                _ => Vec::new(),
            },
            Self::Call(function, arguments) if function.asks_about_blankness() => {
                arguments.iter().collect()
            }
            _ => Vec::new(),
        }
    }
}

/// What must be answered before a rule runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Needs<R> {
    pub(crate) references: Vec<R>,
    pub(crate) this: bool,
}

fn resolve_all<R: Clone, S: Clone, E>(
    nodes: &[Node<R>],
    resolve: &mut impl FnMut(&R) -> Result<S, E>,
) -> Result<Vec<Node<S>>, E> {
    nodes.iter().map(|node| node.resolve(resolve)).collect()
}
