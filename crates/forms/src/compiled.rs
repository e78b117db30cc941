//! A definition with its expressions parsed, its names resolved and its order of work known.

use crate::QuestionKind;
use crate::definition::{Definition, QuestionDef};
use crate::expr::{Needs, Node, ParseError, parse_node};
use crate::filter::{Filter, filter_of};
use crate::flaw::{Flaw, Place};
use crate::order::order_of;
use baqylau_domain::FindingLevel;
use std::collections::HashMap;

/// An expression over question indexes.
pub(crate) type Tree = Node<u16>;

/// Everything that is worked out once a form.
#[derive(Debug, Clone)]
pub(crate) struct Compiled {
    pub(crate) index: HashMap<String, u16>,
    pub(crate) groups: Vec<Option<Tree>>,
    pub(crate) questions: Vec<Parts>,
    /// Question indexes, every one after those it depends on.
    pub(crate) order: Vec<u16>,
}

/// A question's expressions.
#[derive(Debug, Clone)]
pub(crate) struct Parts {
    pub(crate) kind: QuestionKind,
    pub(crate) list: Option<usize>,
    pub(crate) relevant: Option<Tree>,
    pub(crate) required: Option<Tree>,
    pub(crate) calculation: Option<Tree>,
    pub(crate) default: Option<Tree>,
    pub(crate) filter: Option<Filter>,
    pub(crate) read_only: bool,
    pub(crate) rules: Vec<Rule>,
    /// Whether the label holds other answers.
    pub(crate) speaks: bool,
}

impl Parts {
    /// Whether somebody may answer it.
    pub(crate) fn takes_answer(&self) -> bool {
        !self.read_only
            && self.calculation.is_none()
            && !matches!(self.kind, QuestionKind::Note | QuestionKind::Calculate)
    }
}

/// A constraint, a warning or an alert.
#[derive(Debug, Clone)]
pub(crate) struct Rule {
    pub(crate) level: FindingLevel,
    pub(crate) code: String,
    pub(crate) test: Tree,
    /// What the test comes to when the rule strikes.
    pub(crate) strikes_when: bool,
    /// Questions that must be answered before it runs.
    pub(crate) needs: Vec<u16>,
    /// Questions the finding concerns, the first being where "go there" leads.
    pub(crate) fields: Vec<u16>,
    /// Questions whose values the sentence may name.
    pub(crate) args: Vec<u16>,
}

/// Parses, resolves, orders; collects every flaw on the way.
pub(crate) fn compile(definition: &Definition) -> (Compiled, Vec<Flaw>) {
    let index = index_of(definition);
    let mut compiler = Compiler {
        definition,
        index: &index,
        flaws: Vec::new(),
    };
    let groups: Vec<_> = (definition.groups.iter().enumerate())
        .map(|(at, group)| compiler.tree(Place::Group(at), "relevant", group.relevant.as_deref()))
        .collect();
    let mut questions: Vec<_> = (definition.questions.iter().enumerate())
        .map(|(at, question)| compiler.parts(at, question))
        .collect();
    let mut flaws = compiler.flaws;
    let order = order_of(definition, &groups, &questions, &mut flaws);
    let reach = Reach {
        questions: &questions,
    };
    let rules: Vec<_> = (0..questions.len())
        .map(|at| rules_of(definition, at, &reach, &index))
        .collect();
    for (parts, rules) in questions.iter_mut().zip(rules) {
        parts.rules = rules;
    }
    (
        Compiled {
            index,
            groups,
            questions,
            order,
        },
        flaws,
    )
}

fn index_of(definition: &Definition) -> HashMap<String, u16> {
    let names = definition
        .questions
        .iter()
        .map(|question| question.name.clone());
    names.zip(0..).collect()
}

struct Compiler<'a> {
    definition: &'a Definition,
    index: &'a HashMap<String, u16>,
    flaws: Vec<Flaw>,
}

impl Compiler<'_> {
    fn tree(&mut self, place: Place, field: &'static str, source: Option<&str>) -> Option<Tree> {
        let source = source?;
        let node = match parse_node(source) {
            Ok(node) => node,
            Err(error) => {
                self.flaws.push(flaw_of(place, field, source, &error));
                return None;
            }
        };
        self.check_columns(place, field, source, &node);
        let mut unknown = Vec::new();
        let tree = node.resolve(&mut |name: &String| match self.index.get(name) {
            Some(index) => Ok(*index),
            None => {
                unknown.push(name.clone());
                Err(())
            }
        });
        for name in unknown {
            let flaw = Flaw::error(place, field, "unknown_reference");
            self.flaws
                .push(flaw.with("name", name).with("expression", source));
        }
        tree.ok()
    }

    /// A bare name means something only in a choice filter; elsewhere `${}` was forgotten.
    fn check_columns(
        &mut self,
        place: Place,
        field: &'static str,
        source: &str,
        node: &Node<String>,
    ) {
        if field == "choice_filter" {
            return;
        }
        node.walk(&mut |node| {
            if let Node::Column(name) = node {
                let flaw = Flaw::error(place, field, "bare_name");
                self.flaws
                    .push(flaw.with("name", name).with("expression", source));
            }
        });
    }

    fn parts(&mut self, at: usize, question: &QuestionDef) -> Parts {
        let place = Place::Question(at);
        let list = question.list.as_ref().and_then(|name| {
            let found = self
                .definition
                .lists
                .iter()
                .position(|list| list.name == *name);
            if found.is_none() {
                self.flaws
                    .push(Flaw::error(place, "type", "unknown_list").with("list", name));
            }
            found
        });
        for (field, source) in rule_sources(question) {
            // Parsed for its flaws here; the rules themselves follow once all questions are known.
            self.tree(place, field, source);
        }
        let filter = self.tree(place, "choice_filter", question.choice_filter.as_deref());
        if let (Some(tree), Some(list)) = (&filter, list) {
            self.check_filter_columns(place, tree, list);
        }
        Parts {
            kind: question.kind.into(),
            list,
            relevant: self.tree(place, "relevant", question.relevant.as_deref()),
            required: self.tree(place, "required", question.required.as_deref()),
            calculation: self.tree(place, "calculation", question.calculation.as_deref()),
            default: self.tree(place, "default", question.default.as_deref()),
            filter: filter.and_then(|tree| {
                let found = filter_of(tree, question.register.is_some());
                if found.is_none() {
                    let flaw = Flaw::error(place, "choice_filter", "unsupported_filter");
                    self.flaws.push(flaw.with(
                        "expression",
                        question.choice_filter.as_deref().unwrap_or_default(),
                    ));
                }
                found
            }),
            read_only: question.read_only,
            rules: Vec::new(),
            speaks: self.speaks(at, question),
        }
    }

    fn check_filter_columns(&mut self, place: Place, tree: &Tree, list: usize) {
        let list = &self.definition.lists[list];
        tree.walk(&mut |node| {
            let Node::Column(name) = node else { return };
            let is_known = name == "name"
                || list
                    .choices
                    .iter()
                    .any(|choice| choice.columns.iter().any(|(heading, _)| heading == name));
            if !is_known {
                let flaw = Flaw::error(place, "choice_filter", "unknown_list_column");
                self.flaws
                    .push(flaw.with("name", name).with("list", &list.name));
            }
        });
    }

    fn speaks(&mut self, at: usize, question: &QuestionDef) -> bool {
        let names: Vec<String> = question
            .label
            .by_language
            .iter()
            .flat_map(|text| crate::label::references(text))
            .collect();
        for name in &names {
            if !self.index.contains_key(name) {
                let flaw = Flaw::error(Place::Question(at), "label", "unknown_reference");
                self.flaws.push(
                    flaw.with("name", name)
                        .with("expression", format!("${{{name}}}")),
                );
            }
        }
        !names.is_empty()
    }
}

fn flaw_of(place: Place, field: &'static str, source: &str, error: &ParseError) -> Flaw {
    Flaw::error(place, field, "bad_expression")
        .with("reason", error.code)
        .with("position", (error.position + 1).to_string())
        .with("found", error.found.as_str())
        .with("expression", source)
}

fn rule_sources(question: &QuestionDef) -> [(&'static str, Option<&str>); 3] {
    [
        ("constraint", question.constraint.as_deref()),
        ("bind::baqylau:warning", question.warning.as_deref()),
        ("bind::baqylau:alert", question.alert.as_deref()),
    ]
}

/// The finding codes of a question's constraint, warning and alert.
pub(crate) fn rule_codes(definition: &Definition, question: &QuestionDef) -> [String; 3] {
    let name = &question.name;
    let own = format!("{name}.constraint");
    let constraint = if definition.has_sentence(&own) {
        own
    } else {
        "constraint".to_owned()
    };
    let warning = question
        .warning_code
        .clone()
        .unwrap_or_else(|| format!("{name}.warning"));
    let alert = question
        .alert_code
        .clone()
        .unwrap_or_else(|| format!("{name}.alert"));
    [constraint, warning, alert]
}

fn rules_of(
    definition: &Definition,
    at: usize,
    reach: &Reach<'_>,
    index: &HashMap<String, u16>,
) -> Vec<Rule> {
    const LEVELS: [FindingLevel; 3] =
        [FindingLevel::Block, FindingLevel::Warn, FindingLevel::Alert];
    let question = &definition.questions[at];
    let codes = rule_codes(definition, question);
    let mut rules = Vec::new();
    for (((_, source), level), code) in rule_sources(question).into_iter().zip(LEVELS).zip(codes) {
        let Some(node) = source.and_then(|source| parse_node(source).ok()) else {
            continue;
        };
        let Ok(test) = node.resolve(&mut |name: &String| index.get(name).copied().ok_or(())) else {
            continue;
        };
        let own = u16::try_from(at).unwrap_or(u16::MAX);
        rules.push(reach.rule(own, level, code, test));
    }
    // The alert comes first, so that it silences the warning of the same code.
    rules.sort_by_key(|rule| std::cmp::Reverse(rule.level));
    rules
}

/// Follows calculations to the answers behind them.
struct Reach<'a> {
    questions: &'a [Parts],
}

impl Reach<'_> {
    fn rule(&self, own: u16, level: FindingLevel, code: String, test: Tree) -> Rule {
        let Needs { references, this } = test.needs();
        let mut needs: Vec<u16> = this.then_some(own).into_iter().collect();
        references
            .into_iter()
            .for_each(|reference| push_new(&mut needs, reference));
        self.follow(&mut needs, |calculation| calculation.needs().references);
        let mut args = vec![own];
        test.references()
            .into_iter()
            .for_each(|reference| push_new(&mut args, reference));
        self.follow(&mut args, Tree::references);
        let is_asked = |question: &u16| self.parts(*question).is_some_and(Parts::takes_answer);
        let mut fields: Vec<u16> = args.iter().copied().filter(is_asked).collect();
        if fields.is_empty() {
            fields.push(own);
        }
        Rule {
            level,
            code,
            test,
            strikes_when: level == FindingLevel::Alert,
            needs,
            fields,
            args,
        }
    }

    fn parts(&self, question: u16) -> Option<&Parts> {
        self.questions.get(usize::from(question))
    }

    /// Appends what the calculations among `found` read, and what those read in turn.
    fn follow(&self, found: &mut Vec<u16>, reads: impl Fn(&Tree) -> Vec<u16>) {
        let mut at = 0;
        while let Some(question) = found.get(at).copied() {
            let calculation = self
                .parts(question)
                .and_then(|parts| parts.calculation.as_ref());
            let read = calculation.map(&reads).unwrap_or_default();
            read.into_iter()
                .for_each(|reference| push_new(found, reference));
            at += 1;
        }
    }
}

fn push_new(list: &mut Vec<u16>, item: u16) {
    if !list.contains(&item) {
        list.push(item);
    }
}
