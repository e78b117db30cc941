//! Choice filters: over the workbook's own lists any expression, over register files equalities.

use crate::compiled::Tree;
use crate::expr::{Node, Operator};

/// What narrows a choice list.
#[derive(Debug, Clone)]
pub(crate) enum Filter {
    /// Asked of every choice of a list in the workbook.
    Choice(Tree),
    /// Columns of a register file and what they must hold.
    Register(Vec<(String, Tree)>),
}

/// Makes a filter of an expression; `None` when a register cannot be asked this.
pub(crate) fn filter_of(tree: Tree, of_register: bool) -> Option<Filter> {
    if !of_register {
        return Some(Filter::Choice(tree));
    }
    let parts = match tree {
        Node::All(parts) => parts,
        single => vec![single],
    };
    parts
        .into_iter()
        .map(equality)
        .collect::<Option<_>>()
        .map(Filter::Register)
}

/// `column = expression`, either way round.
fn equality(tree: Tree) -> Option<(String, Tree)> {
    let Node::Chain(first, mut rest) = tree else {
        return None;
    };
    let (Operator::Equal, second) = rest.pop()? else {
        return None;
    };
    let (column, value) = match (*first, second) {
        (Node::Column(column), value) | (value, Node::Column(column)) => (column, value),
        _ => return None,
    };
    let mut is_plain = rest.is_empty();
    value.walk(&mut |node| is_plain &= !matches!(node, Node::Column(_)));
    is_plain.then_some((column, value))
}
