//! Which choices cannot stand together, and what these rules leave to choose.

use crate::content::yaml::{Key as Field, Kind, Node, Reader, optional, required};
use crate::content::{Contradiction, RequestPart, TreatmentOption};
use crate::diagnostic::{Diagnostic, allowed, shown};
use crate::limits::LISTED;
use crate::options::Name;
use crate::options::keys::{Keys, Value};
use indexmap::IndexMap;

pub(in crate::content::load) const CONTRADICTION: &[Field] = &[
    required("a", Kind::Keys(PART), "one side"),
    required("b", Kind::Keys(PART), "the other side"),
    required("reason", Kind::Text, "what the message says"),
];
const PART: &[Field] = &[
    required("key", Kind::Line, "a key of a request, as plan.note"),
    optional("value", Kind::Line, "its value; without one: given at all"),
];

/// Pairs of choices that are refused together.
pub fn read(
    node: &Node,
    options: &IndexMap<Name, TreatmentOption>,
    reader: &mut Reader<'_>,
) -> Vec<Contradiction> {
    let keys = Keys::with(options.values().map(|option| option.key.clone()));
    let items = reader.items_within(node, "the list", LISTED);
    let all: Vec<Contradiction> =
        items.iter().filter_map(|item| contradiction(item, &keys, reader)).collect();
    for fault in impossible(options, &all) {
        reader.sink.push(fault);
    }
    all
}

fn contradiction(node: &Node, keys: &Keys, reader: &mut Reader<'_>) -> Option<Contradiction> {
    let fields = reader.fields(node, "a contradiction", CONTRADICTION)?;
    let a = fields.get("a").and_then(|node| part(node, keys, reader));
    let b = fields.get("b").and_then(|node| part(node, keys, reader));
    let reason = fields.get("reason").and_then(|node| reader.text(node));
    Some(Contradiction { a: a?, b: b?, reason: reason? })
}

fn part(node: &Node, keys: &Keys, reader: &mut Reader<'_>) -> Option<RequestPart> {
    let fields = reader.fields(node, "a side of a contradiction", PART)?;
    let value_node = fields.get("value");
    let value = value_node.and_then(|node| reader.word(node));
    let key_node = fields.get("key")?;
    let written = reader.word(key_node)?;
    let key = keys.iter().find(|key| key.path == written || key.column == written);
    if key.is_none() {
        let hint = allowed(&written, keys.iter().map(|key| &*key.path));
        reader.fault(key_node.span, "unknown-value", format!("a request has no key `{written}`"), Some(hint));
    }
    let known: Vec<&str> = match key.map(|key| &key.value) {
        Some(Value::Listed(names)) => names.iter().map(|name| &**name).collect(),
        Some(Value::Fixed(names)) => names.to_vec(),
        _ => Vec::new(),
    };
    if let (Some(value), Some(node)) = (value.as_deref(), value_node)
        && !known.is_empty()
        && !known.contains(&value)
    {
        let message = format!("`{written}` is never `{}`", shown(value));
        reader.fault(node.span, "unknown-value", message, Some(allowed(value, known.into_iter())));
    }
    let place = reader.place(value_node.unwrap_or(key_node).span);
    Some(RequestPart { key: key?.path.clone().into_owned(), value, place })
}

/// One choice: an option with one of its values, or, of an option without a list, given at all.
#[derive(Clone, Copy)]
struct Choice<'t> {
    option: &'t TreatmentOption,
    value: Option<&'t Name>,
}

impl Choice<'_> {
    fn is(&self, part: &RequestPart) -> bool {
        let is_value = |wanted: &str| self.value.is_some_and(|value| value.eq_ignore_ascii_case(wanted));
        part.key == self.option.key.path && part.value.as_deref().is_none_or(is_value)
    }

    fn is_same(&self, other: &Choice<'_>) -> bool {
        self.option.id == other.option.id && self.value == other.value
    }
}

fn choices(option: &TreatmentOption) -> Vec<Choice<'_>> {
    match option.values() {
        [] => vec![Choice { option, value: None }],
        values => values.iter().map(|value| Choice { option, value: Some(value) }).collect(),
    }
}

/// Whether every request names a value of it. A usual one that nobody names contradicts nothing.
fn is_always_given(option: &TreatmentOption) -> bool {
    option.required && option.default.is_none()
}

/// What is left to choose, by the option's place in a request.
type Left<'t> = IndexMap<&'t str, Vec<Choice<'t>>>;
/// Choices that no request can make, each with the rule that leaves it none.
type Gone<'t, 'c> = Vec<(Choice<'t>, &'c Contradiction)>;

/// Choices that no request can make, since each that it would have to make beside them is refused.
fn impossible(options: &IndexMap<Name, TreatmentOption>, all: &[Contradiction]) -> Vec<Diagnostic> {
    let mut left: Left<'_> = options.values().map(|option| (&*option.key.path, choices(option))).collect();
    let mut gone: Gone<'_, '_> = Vec::new();
    loop {
        let dead = left.values().flatten();
        let dead: Gone<'_, '_> =
            dead.filter_map(|choice| Some((*choice, refusal(*choice, &left, all)?))).collect();
        for choices in left.values_mut() {
            choices.retain(|choice| dead.iter().all(|(other, _)| !other.is_same(choice)));
        }
        let is_over = |option: &TreatmentOption| {
            is_always_given(option) && left.get(&*option.key.path).is_some_and(Vec::is_empty)
        };
        let ends = dead.is_empty() || options.values().any(is_over);
        gone.extend(dead);
        if ends {
            return told(&gone, options);
        }
    }
}

/// The rule that leaves a choice impossible: it refuses the choice itself, or the last that is left of an option which every
/// request has.
fn refusal<'c>(choice: Choice<'_>, left: &Left<'_>, all: &'c [Contradiction]) -> Option<&'c Contradiction> {
    let sides = all.iter().flat_map(|rule| [(&rule.a, &rule.b, rule), (&rule.b, &rule.a, rule)]);
    let against: Vec<_> = sides.filter(|(own, ..)| choice.is(own)).collect();
    let takes_all = |key: &str| {
        let others = left.get(key).filter(|others| !others.is_empty())?;
        let is_other = others.iter().all(|other| {
            other.option.id != choice.option.id
                && is_always_given(other.option)
                && against.iter().any(|(_, part, _)| other.is(part))
        });
        is_other.then_some(())
    };
    let found = against.iter().rev().find(|(_, part, _)| choice.is(part) || takes_all(&part.key).is_some());
    found.map(|(.., rule)| *rule)
}

/// One finding for an option of which nothing is left, else one for each of its choices.
fn told(gone: &Gone<'_, '_>, options: &IndexMap<Name, TreatmentOption>) -> Vec<Diagnostic> {
    let fault = |what: String, rule: &Contradiction| {
        let hint = "take this contradiction out, or name in it the values that it is about";
        Diagnostic::error("wrong-contradiction", what).at(rule.a.place.clone()).hint(hint)
    };
    let mut found = Vec::new();
    for option in options.values() {
        let own: Vec<_> = gone.iter().filter(|(choice, _)| choice.option.id == option.id).collect();
        let is_whole = own.len() == choices(option).len();
        let path = &option.key.path;
        match own.last() {
            Some((_, rule)) if is_whole && is_always_given(option) => {
                let what = format!("contradictions refuse every `{path}`: no request is possible");
                return vec![fault(what, rule)];
            }
            Some((_, rule)) if is_whole => {
                found.push(fault(format!("contradictions refuse every request with `{path}`"), rule));
            }
            _ => found.extend(own.iter().map(|(choice, rule)| {
                let value = choice.value.map(|value| format!(": {value}")).unwrap_or_default();
                fault(format!("contradictions refuse every request with `{path}{value}`"), rule)
            })),
        }
    }
    found
}
