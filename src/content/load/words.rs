//! `words.yaml` and the wording of `safety.yaml`: dotted keys, each with a text.

use super::setting::{self, Setting};
use super::shelf::Shelf;
use super::{Loading, review};
use crate::content::yaml::{Entry, Fields, Node, Reader, Span, Value};
use crate::content::{OptionKind, Protocol, RowStyle, SafetyWords, Source, Treatment};
use crate::diagnostic::{Diagnostic, Place, allowed, nearest, shown};
use crate::locale::Language;
use crate::options::{Edition, Paper};
use indexmap::IndexMap;

/// The words that the program places by itself, the same for every treatment. To them come one for each region, region
/// group, edition, paper and language.
pub const LANGUAGE_WORDS: &[&str] = &[
    "name-label",
    "with-therapist",
    "timeline.until",
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
    "running.draft",
    "running.page",
    "running.other-format",
    "brochure.dummy.outside",
    "brochure.dummy.inside",
    "brochure.dummy.up",
    "brochure.dummy.fold-in",
    "brochure.dummy.fold-over",
    "brochure.dummy.print",
    "brochure.dummy.cover",
    "brochure.dummy.flap",
    "brochure.dummy.back",
    "brochure.precautions",
    "and",
    "spans.range",
    "spans.one",
    "spans.at-least",
    "spans.days-range",
    "spans.days-one",
    "spans.days-at-least",
    "spans.weeks-range",
    "spans.weeks-one",
    "spans.weeks-at-least",
    "spans.within",
    "spans.within-when",
    "when.until",
    "when.for",
    "when.after",
    "when.after-span",
    "site.skip",
    "site.pages",
    "site.whole",
    "site.languages",
    "site.treatments",
    "site.print",
    "site.yours.heading",
    "site.yours.session",
    "site.yours.until",
    "site.yours.call",
    "site.yours.note",
    "site.yours.all",
    "site.sources.heading",
    "site.sources.own",
    "site.not-found.title",
    "site.not-found.text",
];

/// Words of a language that it may have: what they name stands without a name where they are missing, or is not made (posters, cards).
const SPARE: &[&str] = &[
    "contact.hours",
    "contact.booking",
    "contact.map",
    "site.help",
    "site.next-review",
    "site.brochure",
    "site.trackers",
    "timeline.always",
    "kit.more",
];

/// The same of a treatment: without it pictures to share are not made, nor posters and cards. Its sheets are.
const SPARE_OF_TREATMENT: &[&str] = &["pictures.emergency"];

/// The words of what goes with a sheet, in `content/records/<language>.yaml`. A treatment's `words.yaml` may say any of them another way.
pub const RECORD_WORDS: &[&str] = &[
    "chart.heading",
    "chart.session",
    "chart.area",
    "chart.option",
    "chart.limits",
    "chart.warnings",
    "chart.tier",
    "chart.signs",
    "chart.more",
    "chart.no-room",
    "chart.exercises",
    "chart.left-out",
    "chart.own-words",
    "chart.sheet",
    "chart.signed",
    "chart.draft",
    "chart.teach-back",
    "calendar.over",
    "calendar.over-plain",
    "calendar.call",
    "calendar.no-number",
    "calendar.link",
    "copy",
    "lists.more",
    "lists.last",
    "lists.apart",
    "lists.beside",
    "lists.go-on",
    "sides.left",
    "sides.right",
    "sides.both",
    "teach-back.limits",
    "teach-back.emergency",
    "teach-back.call",
];

/// The words of each treatment. To them come one for each value of its options and each row of its timeline, and those of
/// its steps and exercises.
pub const TREATMENT_WORDS: &[&str] = &[
    "treatment",
    "title",
    "document-title",
    "quick-lead",
    "quick-answer",
    "brochure.title",
    "brochure.line",
    "brochure.picture",
    "site.description",
    "site.yours.applies",
];

/// The titles of the groups of questions, by the group's id in `faq.yaml`.
pub const QUESTION_GROUPS: &str = "site.groups";

/// Groups of a language's words of which a treatment uses some.
const OPEN: &[&str] = &["languages", "regions", "region-groups"];
const OPEN_OF_TREATMENT: &[&str] = &["languages", QUESTION_GROUPS, LEFT, RIGHT, BOTH];
/// Groups of the words of what goes with a sheet: areas that are called otherwise on a side than by the pattern.
pub(super) const OPEN_OF_RECORDS: &[&str] = &[LEFT, RIGHT, BOTH];
const LEFT: &str = "left-regions";
const RIGHT: &str = "right-regions";
const BOTH: &str = "both-regions";

/// Every key that a language's own words must have.
fn of_language(language: &Language) -> Vec<String> {
    let mut keys: Vec<String> = LANGUAGE_WORDS.iter().map(|key| (*key).to_owned()).collect();
    let mut group = |group: &str, names: &mut dyn Iterator<Item = &str>| {
        keys.extend(names.map(|name| format!("{group}.{name}")));
    };
    group("editions", &mut Edition::NAMES.iter().copied());
    group("papers", &mut Paper::NAMES.iter().copied());
    group("languages", &mut std::iter::once(language.tag()));
    keys
}

/// Every key that a treatment's words must have.
pub fn of_treatment(treatment: &Treatment, protocol: &Protocol) -> Vec<String> {
    let mut keys: Vec<String> = TREATMENT_WORDS.iter().map(|key| (*key).to_owned()).collect();
    for option in treatment.options.values() {
        let group = if option.is_regions() { REGIONS } else { &option.words };
        keys.extend(option.values().iter().map(|value| format!("{group}.{value}")));
        if let OptionKind::Regions { groups, .. } = &option.kind {
            keys.extend(groups.keys().map(|group| format!("region-groups.{group}")));
        }
    }
    for row in &treatment.timeline.rows {
        keys.push(format!("timeline.{}", row.window));
        if protocol.window(&row.window).is_some_and(|window| window.open_ended) {
            keys.push(format!("timeline.{}_open", row.window));
        }
        keys.extend(row.instead.iter().map(|(_, words)| format!("timeline.{words}")));
    }
    keys.push("timeline.alarm".to_owned());
    if !treatment.libraries.is_empty() {
        keys.push("exercises".to_owned());
    }
    for (index, step) in treatment.steps.iter().enumerate() {
        keys.extend((index == 0).then(|| "steps.heading".to_owned()));
        keys.push(format!("steps.{}.do", step.id));
        keys.extend(step.gate.then(|| format!("steps.{}.gate", step.id)));
        keys.extend(step.window.iter().map(|_| format!("steps.{}.time", step.id)));
    }
    keys
}

/// Titles in a calendar when a limit ends, by its window: what one may do again. A treatment may have some.
fn limits(treatment: &Treatment) -> Vec<String> {
    let limits = treatment.timeline.rows.iter().filter(|row| row.style == RowStyle::Limit);
    limits.map(|row| format!("calendar.{}", row.window)).collect()
}

/// A word that is like no other was of something that another file declared.
const GONE: &str =
    "what treatment.yaml no longer has needs no words: take them out in every language, or put it back there";

/// The group of the words of regions, in every language.
pub const REGIONS: &str = "regions";

/// Words by dotted key: those of what goes with a sheet and those of the language, then those of the treatment, which take
/// their place.
pub fn read(
    shelf: &Shelf,
    language: &Language,
    (shared, folder): (&str, &str),
    (treatment, protocol): (&Treatment, &Protocol),
    records: Option<IndexMap<String, Source>>,
    loading: &mut Loading,
) -> Option<(IndexMap<String, Source>, Setting)> {
    let (of_language, of_treatment) = (of_language(language), of_treatment(treatment, protocol));
    let mut keys: Vec<&str> = of_language.iter().map(String::as_str).chain(SPARE.iter().copied()).collect();
    let needed = of_treatment.iter().map(String::as_str).chain(SPARE_OF_TREATMENT.iter().copied());
    let needed = needed.chain(keys.iter().copied());
    let limits = limits(treatment);
    let all = needed.chain(RECORD_WORDS.iter().copied()).chain(limits.iter().map(String::as_str)).collect();
    keys.extend(setting::OF_LANGUAGE.iter().map(|key| key.name));
    let shared = Words::of(shelf, format!("{shared}/words.yaml"), keys, OPEN, loading);
    let own = Words::of(shelf, format!("{folder}/words.yaml"), all, OPEN_OF_TREATMENT, loading);
    let (mut shared, own, mut words) = (shared?, own?, records?);
    let names = |key: &String| shared.named.contains(key) || own.named.contains(key);
    let lacks = |keys: &[String], words: &Words<'_>, loading: &mut Loading| {
        for key in keys.iter().filter(|key| !names(key)) {
            let fault = Diagnostic::error("missing-key", format!("words.yaml has no `{key}`"));
            loading.sink.push_once(fault.at(words.place_of(key)).hint(written_under(key)));
        }
        keys.iter().any(|key| !names(key))
    };
    let lacking = [lacks(&of_language, &shared, loading), lacks(&of_treatment, &own, loading)];
    if lacking.contains(&true) || !shared.is_sound() || !own.is_sound() {
        return None;
    }
    let setting = setting::take(&mut shared.found, loading);
    words.extend(shared.found);
    words.extend(own.found);
    Some((words, setting?))
}

/// Where a dotted key stands in its file.
fn written_under(key: &str) -> String {
    match key.rsplit_once('.') {
        Some((group, name)) => format!("write `{name}: …` under `{}`", group.replace('.', "`, `")),
        None => format!("write `{key}: …`"),
    }
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
    let place = reader.place(Span { length: 0, ..node.span });
    let mut words = Words { place, ..Words::new(treatment.safety_keys().collect(), &[]) };
    words.take("", &body, &mut reader);
    let words = words.finish("safety.yaml", &mut reader);
    let review = review?;
    Some(SafetyWords {
        words: words?,
        claims: review.claims,
        reviewed: review.reviewed,
        review_by: review.review_by,
        dated: review.dated,
        place: Place::file(path),
    })
}

/// Flattens nested keys to dotted ones and holds them against the list of those that must be there.
pub(super) struct Words<'k> {
    keys: Vec<&'k str>,
    /// Groups that may hold more than the list asks for.
    open: &'static [&'static str],
    pub(super) found: IndexMap<String, Source>,
    /// Named keys, with those whose text was faulty.
    named: Vec<String>,
    /// Where what is missing should stand: in its group, or in the file.
    groups: Vec<(String, Place)>,
    place: Place,
}

impl<'k> Words<'k> {
    fn new(keys: Vec<&'k str>, open: &'static [&'static str]) -> Words<'k> {
        Words {
            keys,
            open,
            found: IndexMap::new(),
            named: Vec::new(),
            groups: Vec::new(),
            place: Place::default(),
        }
    }

    /// What a file holds.
    pub(super) fn of(
        shelf: &Shelf,
        path: String,
        keys: Vec<&'k str>,
        open: &'static [&'static str],
        loading: &mut Loading,
    ) -> Option<Words<'k>> {
        let (node, mut reader) = shelf.yaml(&path, &mut loading.sink)?;
        let place = reader.place(Span { length: 0, ..node.span });
        let mut words = Words { place, ..Words::new(keys, open) };
        let entries = reader.entries(&node, "words.yaml")?;
        words.take("", entries, &mut reader);
        Some(words)
    }

    /// Whether every key that is named has a text.
    pub(super) fn is_sound(&self) -> bool {
        self.named.iter().all(|key| self.found.contains_key(key))
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
                self.groups.push((below, reader.place(entry.key_span)));
                if let Some(entries) = reader.entries(&entry.node, &format!("`{key}`")) {
                    self.take(&key, entries, reader);
                }
            } else if !reader.is_cut_at_a_comma(entry) {
                let message = format!("unknown word `{}`", shown(&key));
                let fault = Diagnostic::error("unknown-key", message).at(reader.place(entry.key_span));
                let hint = allowed(&entry.key, self.names_in(group).into_iter());
                let is_slip = nearest(&entry.key, self.names_in(group)).is_some();
                let is_own =
                    fault.place.as_ref().is_some_and(|at| at.file.starts_with(super::treatment::FOLDER));
                let gone = (is_own && !is_slip).then_some(GONE);
                reader.sink.push(gone.into_iter().fold(fault.hint(hint), Diagnostic::hint));
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

    fn place_of(&self, key: &str) -> Place {
        let group = self.groups.iter().filter(|(group, _)| key.starts_with(&**group));
        group.max_by_key(|(group, _)| group.len()).map_or(&self.place, |(_, place)| place).clone()
    }

    fn finish(self, file: &str, reader: &mut Reader<'_>) -> Option<IndexMap<String, Source>> {
        for key in self.keys.iter().filter(|key| self.named.iter().all(|named| named != *key)) {
            let message = format!("{file} has no `{key}`");
            let fault = Diagnostic::error("missing-key", message).at(self.place_of(key));
            reader.sink.push(fault.hint(written_under(key)));
        }
        let has_all = self.keys.iter().all(|key| self.found.contains_key(*key));
        has_all.then_some(self.found)
    }
}
