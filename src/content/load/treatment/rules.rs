//! Facts about a patient, and which signs and lines follow from them.
//!
//! What the words say is an author's; that each tier has a sign that always stands is not. A condition can name facts only,
//! and a fact is about what was treated and who the patient is: nothing that a print option could switch off.

use crate::content::yaml::{Entry, Fields, Key, Kind, Node, Reader, Span, Value, is_id, optional, required};
use crate::content::{Fact, HEADINGS, Rule, Tier, TreatmentOption, When};
use crate::diagnostic::{allowed, shown};
use crate::limits::{FACTS, LISTED};
use crate::options::Name;
use indexmap::IndexMap;

/// What a rule says when it depends on nothing.
const ALWAYS: &str = "always";
pub const ID: &str = "an id is at most 64 lower-case letters, digits and `-`, and starts with a letter";
/// The group of a tier's signs in `safety.yaml`.
const SIGNS: &str = "signs";
const EMERGENCY: &str = "emergency";
/// What a fact says of a region, beside the values that make it true.
const MEANS: &str = "means";

pub(in crate::content::load) const TIERS: &[Key] = &[
    required(EMERGENCY, Kind::Keys(TIER), "call the emergency number"),
    required("same-day", Kind::Keys(TIER), "get help today"),
    required("call", Kind::Keys(TIER), "call the clinic"),
];
const TIER: &[Key] = &[
    required("signs", Kind::Rules(RULE), "what to look for, each with when it stands on a sheet"),
    optional("lines", Kind::Rules(RULE), "what to say or do, below the signs"),
];
pub(in crate::content::load) const RULE: &[Key] = &[
    required("when", Kind::Line, "`always`, or a fact"),
    optional("window", Kind::Line, "the words speak of that window"),
];

pub fn facts(
    node: &Node,
    options: &IndexMap<Name, TreatmentOption>,
    reader: &mut Reader<'_>,
) -> Option<Vec<Fact>> {
    let mut facts: Vec<Fact> = Vec::new();
    let mut whole = true;
    for entry in reader.entries_within(node, "the treatment", FACTS)? {
        let fact = fact(entry, options, reader);
        whole &= fact.is_some();
        facts.extend(fact);
    }
    whole.then_some(facts)
}

/// One option, with the values of which one makes the fact true.
fn fact(entry: &Entry, options: &IndexMap<Name, TreatmentOption>, reader: &mut Reader<'_>) -> Option<Fact> {
    let named = is_own_id(entry, reader);
    let about = format!("the fact `{}`", shown(&entry.key));
    let parts = reader.entries(&entry.node, &about)?;
    let means = parts.iter().find(|part| part.key == MEANS).map(|part| reader.line(&part.node));
    let mut tests = parts.iter().filter(|part| part.key != MEANS);
    let (Some(test), None) = (tests.next(), tests.next()) else {
        let message = format!("{about} is about one option");
        reader.fault(
            entry.key_span,
            "wrong-fact",
            message,
            Some("name it, with its values: `regions: [knee]`".into()),
        );
        return None;
    };
    let clinical = options.values().filter(|option| option.clinical && !option.values().is_empty());
    let Some(option) = clinical.clone().find(|option| *option.id == *test.key) else {
        let message = format!("{about}: `{}` is no clinical option with values", shown(&test.key));
        let hint = allowed(&test.key, clinical.map(|option| &*option.id));
        reader.fault(test.key_span, "wrong-fact", message, Some(hint));
        return None;
    };
    let what = if option.is_regions() { "region" } else { "value" };
    let before = reader.sink.len();
    let any_of = reader.names_of(&test.node, what, option.values());
    if any_of.is_empty() && reader.sink.len() == before {
        let message = format!("{about} can never be true");
        reader.fault(entry.key_span, "wrong-fact", message, Some("name at least one".into()));
    }
    let sound = named && !any_of.is_empty();
    sound.then(|| Fact {
        id: entry.key.as_str().into(),
        name: entry.key.replace('-', "_"),
        option: option.id.clone(),
        any_of: any_of.into_iter().collect(),
        of_regions: option.is_regions(),
        means: means.flatten(),
    })
}

/// Whether a key of the author's own is an id.
fn is_own_id(entry: &Entry, reader: &mut Reader<'_>) -> bool {
    let named = is_id(&entry.key) && entry.key != ALWAYS;
    if !named {
        let message = format!("`{}` is no id", shown(&entry.key));
        reader.fault(entry.key_span, "bad-id", message, Some(ID.into()));
    }
    named
}

/// Reads when signs and lines stand.
pub struct Rules<'r, 'a> {
    /// The names of the facts, faulty ones too: a faulty fact is told once, and not again by each rule that names it.
    pub facts: &'r [&'r str],
    pub windows: &'r [Name],
    pub reader: &'r mut Reader<'a>,
}

impl Rules<'_, '_> {
    pub fn tiers(&mut self, node: &Node) -> Option<[Tier; 3]> {
        let fields = self.reader.fields(node, "tiers", TIERS)?;
        let [emergency, same_day, call] = [EMERGENCY, "same-day", "call"].map(|id| self.tier(id, &fields));
        Some([emergency?, same_day?, call?])
    }

    fn tier(&mut self, id: &str, tiers: &Fields<'_>) -> Option<Tier> {
        let node = tiers.get(id)?;
        let fields = self.reader.fields(node, &format!("the tier `{id}`"), TIER)?;
        let signs = fields.get("signs").and_then(|node| self.read(node, &format!("{id}.{SIGNS}")));
        let lines = match fields.get("lines") {
            Some(node) => self.read(node, id)?,
            None => Vec::new(),
        };
        let signs = signs?;
        if !signs.iter().any(|sign| sign.when == When::Always) {
            let message =
                format!("the tier `{id}` has no sign that always stands: a sheet could be without one");
            let hint = format!("give at least one sign of `{id}` the value `{ALWAYS}`");
            self.reader.fault(
                Span { length: 0, ..node.span },
                "no-standing-sign",
                message,
                Some(hint.into()),
            );
            return None;
        }
        Some(Tier { signs, lines })
    }

    /// Rules by id, in the order of the file. `group`: what their keys in `safety.yaml` begin with.
    pub fn read(&mut self, node: &Node, group: &str) -> Option<Vec<Rule>> {
        let mut rules = Vec::new();
        let mut whole = true;
        for entry in self.reader.entries_within(node, &format!("`{group}`"), LISTED)? {
            let rule = self.rule(entry, group);
            whole &= rule.is_some();
            rules.extend(rule);
        }
        whole.then_some(rules)
    }

    fn rule(&mut self, entry: &Entry, group: &str) -> Option<Rule> {
        let named = is_own_id(entry, self.reader) && !self.is_taken(entry, group);
        let (when, window) = match &entry.node.value {
            Value::Map(_) => {
                let fields = self.reader.fields(&entry.node, &format!("`{}`", shown(&entry.key)), RULE)?;
                let window = fields.get("window");
                let window = window.map(|node| self.reader.name_of(node, "window", self.windows));
                (fields.get("when")?.clone(), window)
            }
            _ => (entry.node.clone(), None),
        };
        let when = self.when(&when);
        let window = match window {
            Some(window) => Some(window?),
            None => None,
        };
        let place = self.reader.place(entry.key_span);
        let may_stand_apart = !group.ends_with(SIGNS) && group != EMERGENCY;
        let key = format!("{group}.{}", entry.key);
        named.then_some(Rule { key, when: when?, window, may_stand_apart, place })
    }

    /// Whether `safety.yaml` has something else under that key.
    fn is_taken(&mut self, entry: &Entry, group: &str) -> bool {
        let key = format!("{group}.{}", entry.key);
        let taken = HEADINGS.contains(&key.as_str()) || entry.key == SIGNS;
        if taken {
            let message = format!("`{key}` is another text of safety.yaml");
            self.reader.fault(entry.key_span, "bad-id", message, Some("take another name".into()));
        }
        taken
    }

    pub fn when(&mut self, node: &Node) -> Option<When> {
        let word = self.reader.word(node)?;
        if word == ALWAYS {
            return Some(When::Always);
        }
        let found = self.facts.iter().position(|fact| *fact == word);
        if found.is_none() {
            let known = std::iter::once(ALWAYS).chain(self.facts.iter().copied());
            let hint = allowed(&word, known);
            self.reader.fault(
                node.span,
                "unknown-value",
                format!("unknown fact `{}`", shown(&word)),
                Some(hint),
            );
        }
        found.map(When::Fact)
    }
}
