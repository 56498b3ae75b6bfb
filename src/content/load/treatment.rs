//! `content/treatments/<id>/treatment.yaml`: facts about a patient, and which signs and lines follow from them.
//!
//! What the words say is an author's; that each tier has a sign that always stands is not. A condition can name facts
//! only, and a fact is about what was treated and who the patient is: nothing that a print option could switch off.

use super::Loading;
use super::shelf::Shelf;
use crate::content::yaml::{Entry, Fields, Key, Kind, Node, Reader, Span, Value, is_id, optional, required};
use crate::content::{Fact, HEADINGS, Rule, Test, Tier, Treatment, When};
use crate::diagnostic::{Diagnostic, Place, allowed, shown};
use crate::limits::{FACTS, LISTED};
use crate::options::{Precaution, Region, WindowName};

/// Where treatments stand, each in a folder of its own.
const FOLDER: &str = "content/treatments/";
const NAME: &str = "/treatment.yaml";
/// What a rule says when it depends on nothing.
const ALWAYS: &str = "always";
const ID: &str = "an id is at most 64 lower-case letters, digits and `-`, and starts with a letter";
/// The group of a tier's signs in `safety.yaml`.
const SIGNS: &str = "signs";

pub(super) const FILE: &[Key] = &[
    required("facts", Kind::Named(FACT), "what is true of a patient, by name"),
    required("tiers", Kind::Keys(TIERS), "where to get help, with what to look for"),
    optional("precautions", Kind::Rules(RULE), "advice that belongs to the warnings as a whole"),
];
const FACT: &[Key] = &[
    optional("regions", Kind::Choices(Region::NAMES), "one of these was treated"),
    optional("precautions", Kind::Choices(Precaution::NAMES), "one of these applies"),
    optional("means", Kind::Line, "what it says of a region, for lists"),
];
const TIERS: &[Key] = &[
    required("emergency", Kind::Keys(TIER), "call the emergency number"),
    required("same-day", Kind::Keys(TIER), "get help today"),
    required("call", Kind::Keys(TIER), "call the clinic"),
];
const TIER: &[Key] = &[
    required("signs", Kind::Rules(RULE), "what to look for, each with when it stands on a sheet"),
    optional("lines", Kind::Rules(RULE), "what to say or do, below the signs"),
];
pub(super) const RULE: &[Key] = &[
    required("when", Kind::Line, "`always`, or a fact"),
    optional("window", Kind::Choice(WindowName::NAMES), "the words speak of that window"),
];

pub fn read(shelf: &Shelf, loading: &mut Loading) -> Option<Treatment> {
    let path = path(shelf, loading)?;
    let id =
        path.strip_prefix(FOLDER).and_then(|rest| rest.strip_suffix(NAME)).unwrap_or_default().to_owned();
    let (node, mut reader) = shelf.yaml(&path, &mut loading.sink)?;
    let fields = reader.fields(&node, "treatment.yaml", FILE)?;
    let facts = fields.get("facts").and_then(|node| facts(node, &mut reader));
    // A faulty fact is told once, and not again by each rule that names it.
    let known = fields.get("facts").map(names).unwrap_or_default();
    let mut rules = Rules { facts: &known, reader: &mut reader };
    let tiers = fields.get("tiers").and_then(|node| rules.tiers(node));
    let precautions = match fields.get("precautions") {
        Some(node) => rules.read(node, "precautions")?,
        None => Vec::new(),
    };
    let [emergency, same_day, call] = tiers?;
    let facts = facts?.into();
    Some(Treatment { id, facts, emergency, same_day, call, precautions, place: Place::file(path) })
}

/// The file of the treatment. More than one cannot be read yet.
fn path(shelf: &Shelf, loading: &mut Loading) -> Option<String> {
    // One of any name: a treatment that nobody reads would have signs that never print.
    let is_treatment = |path: &&str| path.starts_with(FOLDER) && path.ends_with(NAME);
    let found: Vec<&str> = shelf.paths().filter(is_treatment).collect();
    match found[..] {
        [path] if !path.strip_prefix(FOLDER).and_then(|rest| rest.strip_suffix(NAME)).is_some_and(is_id) => {
            let message = "the name of a treatment's folder is no id";
            let fault = Diagnostic::error("bad-id", message).at(Place::file(path));
            loading.sink.push(fault.hint(ID));
            None
        }
        [path] => Some(path.to_owned()),
        [] => {
            let message = "the clinic folder has no treatment";
            let fault =
                Diagnostic::error("missing-file", message).at(Place::file(format!("{FOLDER}<id>{NAME}")));
            loading.sink.push(
                fault.hint("`aftercare init` writes a folder that has one: copy its content/treatments"),
            );
            None
        }
        [_, second, ..] => {
            let message = "a clinic folder holds one treatment";
            let fault = Diagnostic::error("several-treatments", message).at(Place::file(second));
            loading.sink.push(fault.hint("use a clinic folder for each"));
            None
        }
    }
}

/// The keys of a mapping.
fn names(node: &Node) -> Vec<&str> {
    match &node.value {
        Value::Map(entries) => entries.iter().map(|entry| entry.key.as_str()).collect(),
        _ => Vec::new(),
    }
}

fn facts(node: &Node, reader: &mut Reader<'_>) -> Option<Vec<Fact>> {
    let mut facts: Vec<Fact> = Vec::new();
    let mut whole = true;
    for entry in reader.entries_within(node, "the treatment", FACTS)? {
        let fact = fact(entry, reader);
        whole &= fact.is_some();
        facts.extend(fact);
    }
    whole.then_some(facts)
}

fn fact(entry: &Entry, reader: &mut Reader<'_>) -> Option<Fact> {
    let named = is_own_id(entry, reader);
    let fields = reader.fields(&entry.node, &format!("the fact `{}`", shown(&entry.key)), FACT)?;
    let means = fields.get("means").and_then(|node| reader.line(node));
    let test = match (fields.get("regions"), fields.get("precautions")) {
        (Some(node), None) => {
            Test::Regions(reader.choices::<Region>(node, "region", Region::NAMES).into_iter().collect())
        }
        (None, Some(node)) => {
            let chosen = reader.choices::<Precaution>(node, "precaution", Precaution::NAMES);
            Test::Precautions(chosen.into_iter().collect())
        }
        _ => {
            let message =
                format!("the fact `{}` is about either `regions` or `precautions`", shown(&entry.key));
            reader.fault(entry.key_span, "wrong-fact", message, None);
            return None;
        }
    };
    let is_empty = match &test {
        Test::Regions(regions) => regions.is_empty(),
        Test::Precautions(precautions) => precautions.is_empty(),
    };
    if is_empty {
        let message = format!("the fact `{}` can never be true", shown(&entry.key));
        reader.fault(entry.key_span, "wrong-fact", message, Some("name at least one".into()));
    }
    (named && !is_empty).then(|| Fact {
        id: entry.key.clone(),
        name: entry.key.replace('-', "_"),
        test,
        means,
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
struct Rules<'r, 'a> {
    facts: &'r [&'r str],
    reader: &'r mut Reader<'a>,
}

impl Rules<'_, '_> {
    fn tiers(&mut self, node: &Node) -> Option<[Tier; 3]> {
        let fields = self.reader.fields(node, "tiers", TIERS)?;
        let [emergency, same_day, call] = ["emergency", "same-day", "call"].map(|id| self.tier(id, &fields));
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
    fn read(&mut self, node: &Node, group: &str) -> Option<Vec<Rule>> {
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
                let window = window.map(|node| self.reader.choice(node, "window", WindowName::NAMES));
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
        named.then_some(Rule { key: format!("{group}.{}", entry.key), when: when?, window, place })
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

    fn when(&mut self, node: &Node) -> Option<When> {
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
