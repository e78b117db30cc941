//! The order in which questions are worked out: each after those it depends on.

use crate::compiled::{Parts, Tree};
use crate::definition::Definition;
use crate::expr::Node;
use crate::flaw::{Flaw, Place};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Question indexes in working order; a cycle becomes a flaw and its members are left out.
pub(crate) fn order_of(
    definition: &Definition,
    groups: &[Option<Tree>],
    questions: &[Parts],
    flaws: &mut Vec<Flaw>,
) -> Vec<u16> {
    let needs: Vec<Vec<u16>> = (0..questions.len())
        .map(|at| needs_of(definition, groups, questions, at))
        .collect();
    let mut waiting: Vec<usize> = needs.iter().map(Vec::len).collect();
    let mut needed_by: Vec<Vec<u16>> = vec![Vec::new(); questions.len()];
    for (at, needed) in (0_u16..).zip(&needs) {
        for question in needed {
            needed_by[usize::from(*question)].push(at);
        }
    }
    // Smallest index first, so that the order is the form's own wherever it may be.
    let ready = (0_u16..)
        .zip(&waiting)
        .filter(|(_, count)| **count == 0)
        .map(|(at, _)| Reverse(at));
    let mut ready: BinaryHeap<_> = ready.collect();
    let mut order = Vec::with_capacity(questions.len());
    while let Some(Reverse(at)) = ready.pop() {
        order.push(at);
        for next in &needed_by[usize::from(at)] {
            waiting[usize::from(*next)] -= 1;
            if waiting[usize::from(*next)] == 0 {
                ready.push(Reverse(*next));
            }
        }
    }
    if order.len() < questions.len() {
        flaws.push(cycle_flaw(definition, &needs, &waiting));
    }
    order
}

fn needs_of(
    definition: &Definition,
    groups: &[Option<Tree>],
    questions: &[Parts],
    at: usize,
) -> Vec<u16> {
    let parts = &questions[at];
    let own = u16::try_from(at).unwrap_or(u16::MAX);
    let mut trees: Vec<&Tree> = [&parts.relevant, &parts.calculation, &parts.default]
        .into_iter()
        .flatten()
        .collect();
    let mut group = definition.questions[at].group;
    while let Some(index) = group.map(usize::from) {
        trees.extend(groups.get(index).and_then(Option::as_ref));
        // A parent's index is smaller, so this ends even on a damaged definition.
        group = definition
            .groups
            .get(index)
            .and_then(|found| found.parent)
            .filter(|parent| usize::from(*parent) < index);
    }
    let mut needs: Vec<u16> = trees.iter().flat_map(|tree| tree.references()).collect();
    if parts.relevant.as_ref().is_some_and(reads_itself) {
        needs.push(own);
    }
    needs.sort_unstable();
    needs.dedup();
    needs
}

fn reads_itself(tree: &Tree) -> bool {
    let mut found = false;
    tree.walk(&mut |node| found |= matches!(node, Node::This));
    found
}

/// Walks from any question that never became ready until one comes up again.
fn cycle_flaw(definition: &Definition, needs: &[Vec<u16>], waiting: &[usize]) -> Flaw {
    let stuck = |at: usize| waiting.get(at).is_some_and(|count| *count > 0);
    let mut path: Vec<usize> = (0..waiting.len())
        .find(|at| stuck(*at))
        .into_iter()
        .collect();
    let start = loop {
        let last = path.last().copied().unwrap_or_default();
        let next = needs
            .get(last)
            .into_iter()
            .flatten()
            .map(|need| usize::from(*need))
            .find(|need| stuck(*need));
        let Some(next) = next else { break 0 };
        if let Some(seen) = path.iter().position(|at| *at == next) {
            path.push(next);
            break seen;
        }
        path.push(next);
    };
    let cycle = &path[start..];
    let name = |at: &usize| {
        definition
            .questions
            .get(*at)
            .map_or("", |question| question.name.as_str())
    };
    let names: Vec<&str> = cycle.iter().map(name).collect();
    let first = cycle.first().copied().unwrap_or_default();
    let calculates = definition
        .questions
        .get(first)
        .is_some_and(|question| question.calculation.is_some());
    let field = if calculates {
        "calculation"
    } else {
        "relevant"
    };
    Flaw::error(Place::Question(first), field, "cycle").with("names", names.join(" → "))
}
