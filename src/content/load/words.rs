//! `words.yaml` and the wording of `safety.yaml`: dotted keys, each with a text.

use super::shelf::Shelf;
use super::{Loading, review};
use crate::content::yaml::{Entry, Fields, Node, Reader, Value};
use crate::content::{OptionSchema, SafetyWords, Source, Treatment};
use crate::diagnostic::{Place, allowed};
use crate::locale::Language;
use crate::options::{Activity, Edition, Intensity, Paper, Precaution, Region};
use indexmap::IndexMap;

/// The words that the program places by itself. To them come one for each region, region group, intensity,
/// activity, precaution, edition, paper and language (see [`word_keys`]).
pub const WORDS: &[&str] = &[
    "title",
    "document-title",
    "name-label",
    "with-therapist",
    "quick-lead",
    "quick-answer",
    "timeline.rest",
    "timeline.hard_exercise",
    "timeline.hard_exercise_open",
    "timeline.alcohol_caffeine",
    "timeline.extra_water",
    "timeline.fluid_limit_water",
    "timeline.soreness",
    "timeline.alarm",
    "timeline.until",
    "exercises",
    "faq",
    "note",
    "note-plain",
    "next-visit",
    "contact.heading",
    "contact.phone",
    "contact.email",
    "contact.web",
    "contact.address",
    "contact.therapists",
    "contact.qr",
    "contact.qr-own",
    "running.head",
    "running.foot-left",
    "running.reviewed",
    "running.page",
    "running.other-format",
    "brochure.title",
    "brochure.line",
    "brochure.picture",
    "brochure.precautions",
    "brochure.dummy.outside",
    "brochure.dummy.inside",
    "brochure.dummy.up",
    "brochure.dummy.fold-in",
    "brochure.dummy.fold-over",
    "brochure.dummy.print",
    "brochure.dummy.cover",
    "brochure.dummy.flap",
    "brochure.dummy.back",
    "and",
    "spans.range",
    "spans.one",
    "spans.at-least",
    "spans.within",
    "spans.within-when",
    "when.until",
    "when.for",
    "when.after",
    "when.after-span",
    "site.description",
    "site.skip",
    "site.pages",
    "site.whole",
    "site.languages",
    "site.print",
    "site.yours.heading",
    "site.yours.session",
    "site.yours.until",
    "site.yours.call",
    "site.yours.applies",
    "site.yours.note",
    "site.yours.all",
    "site.sources.heading",
    "site.sources.own",
    "site.not-found.title",
    "site.not-found.text",
];

/// The titles of the groups of questions, by the group's id in `faq.yaml`.
pub const QUESTION_GROUPS: &str = "site.groups";

/// Every key that a language's `words.yaml` must have.
fn word_keys(options: &OptionSchema, languages: &[Language]) -> Vec<String> {
    let mut keys: Vec<String> = WORDS.iter().map(|key| (*key).to_owned()).collect();
    let mut group = |group: &str, names: &mut dyn Iterator<Item = &str>| {
        keys.extend(names.map(|name| format!("{group}.{name}")));
    };
    group("regions", &mut Region::NAMES.iter().copied());
    group("region-groups", &mut options.region_groups.keys().map(String::as_str));
    group("intensities", &mut Intensity::NAMES.iter().copied());
    group("activities", &mut Activity::NAMES.iter().copied());
    group("precautions", &mut Precaution::NAMES.iter().copied());
    group("editions", &mut Edition::NAMES.iter().copied());
    group("papers", &mut Paper::NAMES.iter().copied());
    group("languages", &mut languages.iter().map(Language::tag));
    keys
}

/// Words by dotted key, in the order of the file.
pub fn read(
    shelf: &Shelf,
    folder: &str,
    options: &OptionSchema,
    languages: &[Language],
    loading: &mut Loading,
) -> Option<IndexMap<String, Source>> {
    let path = format!("{folder}/words.yaml");
    let (node, mut reader) = shelf.yaml(&path, &mut loading.sink)?;
    let keys = word_keys(options, languages);
    let entries = reader.entries(&node, "words.yaml")?;
    let mut words = Words::new(keys.iter().map(String::as_str).collect(), &["languages", QUESTION_GROUPS]);
    words.take("", entries, &mut reader);
    words.finish("words.yaml", &node, &mut reader)
}

/// The wording of `safety.yaml`: a text for each sign and line of the treatment.
pub fn read_safety(
    shelf: &Shelf,
    folder: &str,
    treatment: &Treatment,
    loading: &mut Loading,
) -> Option<SafetyWords> {
    let path = format!("{folder}/safety.yaml");
    let (node, mut reader) = shelf.yaml(&path, &mut loading.sink)?;
    let (head, body): (Vec<Entry>, Vec<Entry>) = reader
        .entries(&node, "safety.yaml")?
        .iter()
        .cloned()
        .partition(|entry| review::KEYS.iter().any(|key| key.name == entry.key));
    let head = Node { value: Value::Map(head), ..node.clone() };
    let fields: Option<Fields<'_>> = reader.fields(&head, "safety.yaml", review::KEYS);
    let review = fields.and_then(|fields| review::read(&fields, &mut reader, &mut loading.references));
    let mut words = Words::new(treatment.safety_keys().collect(), &[]);
    words.take("", &body, &mut reader);
    let words = words.finish("safety.yaml", &node, &mut reader);
    let review = review?;
    Some(SafetyWords {
        words: words?,
        claims: review.claims,
        reviewed: review.reviewed,
        review_by: review.review_by,
        place: Place::file(path),
    })
}

/// Flattens nested keys to dotted ones and holds them against the list of those that must be there.
struct Words<'k> {
    keys: Vec<&'k str>,
    /// Groups that may hold more than the list asks for.
    open: &'static [&'static str],
    found: IndexMap<String, Source>,
    /// Named keys, with those whose text was faulty.
    named: Vec<String>,
}

impl<'k> Words<'k> {
    fn new(keys: Vec<&'k str>, open: &'static [&'static str]) -> Words<'k> {
        Words { keys, open, found: IndexMap::new(), named: Vec::new() }
    }

    fn take(&mut self, group: &str, entries: &[Entry], reader: &mut Reader<'_>) {
        for entry in entries {
            let key = if group.is_empty() { entry.key.clone() } else { format!("{group}.{}", entry.key) };
            let below = format!("{key}.");
            if self.keys.contains(&key.as_str()) || self.open.contains(&group) {
                self.named.push(key.clone());
                if let Some(text) = reader.source(&entry.node) {
                    self.found.insert(key, text);
                }
            } else if self.open.contains(&key.as_str())
                || self.keys.iter().any(|known| known.starts_with(&below))
            {
                if let Some(entries) = reader.entries(&entry.node, &format!("`{key}`")) {
                    self.take(&key, entries, reader);
                }
            } else {
                let hint = allowed(&entry.key, self.names_in(group).into_iter());
                let message = format!("unknown word `{}`", crate::diagnostic::shown(&key));
                reader.fault(entry.key_span, "unknown-key", message, Some(hint));
            }
        }
    }

    /// The names that a group may hold.
    fn names_in(&self, group: &str) -> Vec<&'k str> {
        let prefix = if group.is_empty() { String::new() } else { format!("{group}.") };
        let mut names = Vec::new();
        for key in &self.keys {
            let name = key.strip_prefix(&prefix).and_then(|rest| rest.split('.').next());
            names.extend(name.filter(|name| !names.contains(name)));
        }
        for name in self.open.iter().filter_map(|key| key.strip_prefix(&prefix)) {
            if !name.contains('.') && !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    fn finish(self, file: &str, node: &Node, reader: &mut Reader<'_>) -> Option<IndexMap<String, Source>> {
        for key in self.keys.iter().filter(|key| self.named.iter().all(|named| named != *key)) {
            let message = format!("{file} has no `{key}`");
            reader.fault(crate::content::yaml::Span { length: 0, ..node.span }, "missing-key", message, None);
        }
        (self.found.len() >= self.keys.len()).then_some(self.found)
    }
}
