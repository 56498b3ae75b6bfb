//! `content/treatments/<id>/presets.yaml`: requests that the clinic makes often.

use super::cross::{Named, References};
use super::shelf::Shelf;
use super::{Loading, treatment};
use crate::content::yaml::{Entry, Key as Field, Kind, Node, Reader, Span, Value, required};
use crate::content::{OptionKind, Preset, Protocol, RequestPart, Treatment, TreatmentOption};
use crate::diagnostic::{allowed, shown};
use crate::limits::LISTED;
use crate::options::chosen::{Answer, Chosen};
use crate::options::{Edition, Name, Paper};

/// What each has; the rest are the keys of a request.
pub(super) const PRESET: &[Field] =
    &[required("id", Kind::Id, "an id of its own"), required("label", Kind::Line, "its button")];

const EDITION: &str = "print.edition";
const PAPER: &str = "print.paper";

/// The presets of a treatment; none without the file.
pub fn read(
    shelf: &Shelf,
    treatment: &Treatment,
    protocol: &Protocol,
    loading: &mut Loading,
) -> Option<Vec<Preset>> {
    let path = format!("{}/{}/presets.yaml", treatment::FOLDER, treatment.id);
    if shelf.bytes(&path).is_none() {
        return Some(Vec::new());
    }
    let (node, mut reader) = shelf.yaml(&path, &mut loading.sink)?;
    let mut presets: Vec<Preset> = Vec::new();
    let items = reader.items_within(&node, "the list", LISTED);
    for item in items {
        let remark = reader.remarks_above(item.span);
        let place = reader.place(Span { length: 0, ..item.span });
        let mut reading = Reading {
            treatment,
            protocol,
            references: &mut loading.references,
            preset: Preset {
                id: String::new(),
                label: String::new(),
                remark,
                place,
                chosen: Chosen::default(),
                edition: None,
                paper: None,
            },
            reader: &mut reader,
        };
        let Some(preset) = reading.read(item) else { continue };
        refused(treatment, &preset, item, &mut reader);
        if presets.iter().any(|other| other.id == preset.id) {
            reader.fault(
                item.span,
                "duplicate-id",
                format!("the preset `{}` stands twice", preset.id),
                Some("take one out, or give it an id of its own".into()),
            );
        }
        presets.push(preset);
    }
    (presets.len() == items.len()).then_some(presets)
}

/// A preset that a request would be refused for: its button could only fail.
fn refused(treatment: &Treatment, preset: &Preset, item: &Node, reader: &mut Reader<'_>) {
    let rules = treatment.contradictions.iter();
    for rule in rules.filter(|rule| has(treatment, preset, &rule.a) && has(treatment, preset, &rule.b)) {
        let message = format!(
            "the preset `{}` would be refused: {} and {} contradict each other",
            preset.id,
            rule.a.said(),
            rule.b.said()
        );
        let span = Span { length: 0, ..item.span };
        reader.fault(span, "contradiction", message, Some(rule.reason.clone().into()));
    }
}

fn has(treatment: &Treatment, preset: &Preset, part: &RequestPart) -> bool {
    let among = |name: &str| part.value.as_deref().is_none_or(|value| value.eq_ignore_ascii_case(name));
    match part.key.as_str() {
        EDITION => preset.edition.is_some_and(|edition| among(edition.name())),
        PAPER => preset.paper.is_some_and(|paper| among(paper.name())),
        path => match treatment.at_path(path).and_then(|option| preset.chosen.get(&option.id)) {
            Some(Answer::Names(names)) => names.iter().any(|name| among(name)),
            Some(Answer::Hours(hours)) => among(&hours.to_string()),
            _ => false,
        },
    }
}

struct Reading<'r, 'a> {
    treatment: &'r Treatment,
    protocol: &'r Protocol,
    references: &'r mut References,
    preset: Preset,
    reader: &'r mut Reader<'a>,
}

impl Reading<'_, '_> {
    fn read(&mut self, node: &Node) -> Option<Preset> {
        let entries = self.reader.entries(node, "a preset")?;
        let is_own = |entry: &&Entry| PRESET.iter().any(|key| key.name == entry.key);
        let (own, rest): (Vec<&Entry>, Vec<&Entry>) = entries.iter().partition(is_own);
        let own = Node { value: Value::Map(own.into_iter().cloned().collect()), ..node.clone() };
        let fields = self.reader.fields(&own, "a preset", PRESET)?;
        let id = fields.get("id").and_then(|node| self.reader.id(node));
        let label = fields.get("label").and_then(|node| self.reader.line(node));
        rest.into_iter().for_each(|entry| self.entry("", entry));
        self.preset.id = id?;
        self.preset.label = label?;
        Some(self.preset.clone())
    }

    /// A key of a request, or a group of them.
    fn entry(&mut self, group: &str, entry: &Entry) {
        let path = if group.is_empty() { entry.key.clone() } else { format!("{group}.{}", entry.key) };
        let below = format!("{path}.");
        if let Some(option) = self.treatment.at_path(&path) {
            if let Some(answer) = self.answer(option, &entry.node) {
                self.preset.chosen.set(option.id.clone(), answer);
            }
        } else if path == EDITION {
            self.preset.edition = self.reader.choice(&entry.node, "edition", Edition::NAMES);
        } else if path == PAPER {
            self.preset.paper = self.reader.choice(&entry.node, "paper", Paper::NAMES);
        } else if self.paths().any(|known| known.starts_with(&below)) {
            let inner = self.reader.entries(&entry.node, &format!("`{path}`")).unwrap_or_default();
            inner.iter().for_each(|entry| self.entry(&path, entry));
        } else {
            let message = format!("unknown key `{}` in a preset", shown(&path));
            let hint = allowed(&path, self.paths());
            self.reader.fault_about(&path, entry.key_span, "unknown-key", message, Some(hint));
        }
    }

    fn paths(&self) -> impl Iterator<Item = &str> + Clone {
        self.treatment.options.values().map(|option| &*option.key.path).chain([EDITION, PAPER])
    }

    fn answer(&mut self, option: &TreatmentOption, node: &Node) -> Option<Answer> {
        let what = if option.is_regions() { "region" } else { "value" };
        match &option.kind {
            OptionKind::Choice(values) => {
                self.reader.name_of(node, what, values).map(|name| Answer::Names(vec![name]))
            }
            OptionKind::Choices(_) | OptionKind::Regions { .. } => {
                Some(Answer::Names(self.reader.names_of(node, what, option.values())))
            }
            OptionKind::Hours { window } => {
                let (from, to) = self.protocol.bounds(window);
                self.reader.number(node, from..=to).map(Answer::Hours)
            }
            OptionKind::Exercises { library } => {
                let ids = self.references.list(&Named::Exercise(library.clone()), node, self.reader);
                Some(Answer::Names(ids.into_iter().map(Name::from).collect()))
            }
            OptionKind::Time | OptionKind::Text => {
                let message = format!("`{}` is each patient's own: a preset has no value for it", option.id);
                self.reader.fault(node.span, "unknown-key", message, None);
                None
            }
        }
    }
}
