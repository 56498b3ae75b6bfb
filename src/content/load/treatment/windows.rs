//! Every time window of a treatment, once: hours of elapsed time from the session.

use super::super::cross::References;
use super::super::review;
use crate::content::yaml::{Entry, Fields, Key, Kind, Node, Reader, Span, is_variable, optional, required};
use crate::content::{OptionKind, Protocol, Row, RowStyle, Treatment, TreatmentOption, Waking, Window};
use crate::diagnostic::{Diagnostic, allowed, shown};
use crate::limits::LISTED;
use crate::options::Name;
use crate::options::keys::Value;
use indexmap::IndexMap;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

/// Hours that people are awake at least: with fewer, a limit would be moved by most of a day.
const SHORTEST_DAY: u32 = 8;
/// Hours that a window spans at most: a year.
const YEAR: u32 = 24 * 365;
const HOURS: RangeInclusive<u32> = 0..=YEAR;
const VARIABLE: &str = "a name is at most 64 lower-case letters, digits and `_`, and starts with a letter";

pub(in crate::content::load) const WINDOW: &[Key] = &[
    optional("from", Kind::Number(0, YEAR), "early end, hours from the session"),
    optional("to", Kind::Number(0, YEAR), "late end, hours: what a patient's sheet prints"),
    optional("open-ended", Kind::Flag, "at least: goes on until the patient has recovered"),
    optional("within", Kind::Number(0, YEAR), "in place of from and to: said in words"),
    optional("by", Kind::Free, "late end by what was chosen, hours: option, then value"),
    optional("bounds", Kind::Keys(BOUNDS), "what a therapist may set, hours"),
    optional("at-least", Kind::Line, "for a patient no shorter than that window"),
    optional("claims", Kind::Ids, "claims that it rests on"),
];
pub(in crate::content::load) const WAKING: &[Key] = &[
    required("from", Kind::Number(0, 23), "the first hour of the day"),
    required("to", Kind::Number(0, 23), "the last one"),
    required("morning", Kind::Number(0, 23), "the hour at which a limit ends that would end in the night"),
];
const BOUNDS: &[Key] =
    &[required("from", Kind::Number(0, YEAR), "at least"), required("to", Kind::Number(0, YEAR), "at most")];

/// The windows by name, and the bounds of the options that set one. `names`: what every window is called.
pub fn read(
    node: &Node,
    names: &[Name],
    options: &mut IndexMap<Name, TreatmentOption>,
    reader: &mut Reader<'_>,
    references: &mut References,
) -> Option<Protocol> {
    let mut windows = IndexMap::new();
    let entries = reader.entries_within(node, "`windows`", LISTED)?;
    for entry in entries {
        let mut draft = Draft { name: &entry.key, names, options, reader };
        if let Some(window) = draft.read(entry, references) {
            windows.insert(Name::from(entry.key.as_str()), window);
        }
    }
    if windows.len() < entries.len() {
        return None;
    }
    let protocol = Protocol { windows };
    check_waits(&protocol, entries, options, reader);
    for option in options.values_mut() {
        let OptionKind::Hours { window } = &option.kind else { continue };
        let (from, to) = protocol.bounds(window);
        option.key.value = Value::Hours { from, to };
        if let Some(by) = protocol.window(window).and_then(|window| window.by.keys().next()) {
            option.key.default = format!("by {by}").into();
        }
    }
    Some(protocol)
}

/// When people are awake.
pub fn waking(node: &Node, reader: &mut Reader<'_>) -> Option<Waking> {
    let fields = reader.fields(node, "`waking`", WAKING)?;
    let mut hour = |key: &str| fields.get(key).and_then(|node| reader.number(node, 0..=23));
    let (from, to, morning) = (hour("from"), hour("to"), hour("morning"));
    let (from, to, morning) = (from?, to?, morning?);
    if (from..=to).contains(&morning) && from + SHORTEST_DAY <= to {
        return Some(Waking { from, to, morning });
    }
    let message = "`waking` goes from an hour to one at least 8 later, and `morning` lies between";
    reader.fault(Span { length: 0, ..node.span }, "wrong-window", message, None);
    None
}

/// Limits of the timeline end in waking hours; what says when to call, and what may be felt, is never moved.
pub fn end_awake(treatment: &Treatment, protocol: &mut Protocol, waking: Waking) {
    let is_limit = |row: &&Row| row.style != RowStyle::Expect && row.window != treatment.timeline.alarm;
    let of_signs: Vec<&Name> = treatment.rules().filter_map(|rule| rule.window.as_ref()).collect();
    for row in treatment.timeline.rows.iter().filter(is_limit) {
        let window = protocol.windows.get_mut(&row.window);
        if let Some(window) = window.filter(|window| !window.within && !of_signs.contains(&&row.window)) {
            window.waking = Some(waking);
        }
    }
}

/// Whether an option sets a window's end.
fn is_set(name: &str, options: &IndexMap<Name, TreatmentOption>) -> bool {
    options.values().any(|option| matches!(&option.kind, OptionKind::Hours { window } if **window == *name))
}

fn fault(entry: &Entry, message: String, reader: &mut Reader<'_>) {
    reader.fault(Span { length: 0, ..entry.node.span }, "wrong-window", message, None);
}

/// A window waits for one that is counted in hours and waits for none itself. What an option sets stands as it was set.
fn check_waits(
    protocol: &Protocol,
    entries: &[Entry],
    options: &IndexMap<Name, TreatmentOption>,
    reader: &mut Reader<'_>,
) {
    for entry in entries {
        let Some(other) = protocol.window(&entry.key).and_then(|window| window.at_least.as_ref()) else {
            continue;
        };
        let Some(awaited) = protocol.window(other) else { continue };
        let name = &entry.key;
        let wrong = match () {
            () if **other == **name => format!("`{name}` cannot wait for itself"),
            () if is_set(name, options) => {
                format!("`{name}` is set by an option, and waits for no other window")
            }
            () if awaited.within => format!("`{other}` is said in words: nothing can wait for it"),
            () if awaited.at_least.is_some() => format!("`{other}` waits for another window itself"),
            () => continue,
        };
        fault(entry, format!("`at-least`: {wrong}"), reader);
    }
}

/// What a patient expects does not grow by another window, and what says when to call never comes later. No sheet calls
/// normal what it says to call for.
pub fn check_meaning(treatment: &Treatment, protocol: &Protocol, node: &Node, reader: &mut Reader<'_>) {
    let rows = &treatment.timeline.rows;
    let expected = rows.iter().filter(|row| row.style == RowStyle::Expect).map(|row| &row.window);
    let told = treatment.rules().filter_map(|rule| rule.window.as_ref());
    let alarm = &treatment.timeline.alarm;
    let still: Vec<&Name> = expected.clone().chain(told).chain([alarm]).collect();
    let Some(entries) = reader.entries(node, "`windows`") else { return };
    for entry in entries {
        let waits = protocol.window(&entry.key).is_some_and(|window| window.at_least.is_some());
        if waits && still.iter().any(|name| ***name == *entry.key) {
            let message = format!(
                "`at-least`: `{}` is what a patient expects or calls for, so it waits for no other window",
                entry.key
            );
            fault(entry, message, reader);
        }
    }
    let Some(call) = protocol.window(alarm) else { return };
    if let Some(entry) = entries.iter().find(|entry| call.within && *entry.key == **alarm) {
        fault(
            entry,
            format!("`{alarm}` says when to call, so it has a time: `from` and `to`, not `within`"),
            reader,
        );
    }
    for expected in expected {
        let Some(window) = protocol.window(expected).filter(|window| call.shortest() < window.longest())
        else {
            continue;
        };
        let message = format!(
            "`{alarm}` ends after {} hours and `{expected}` after {}: the sheet would call normal what it says to call for",
            call.shortest(),
            window.longest()
        );
        if let Some(entry) = entries.iter().find(|entry| *entry.key == **alarm) {
            fault(entry, message, reader);
        }
    }
}

/// One window while it is read.
struct Draft<'n, 'r, 'a> {
    name: &'n str,
    names: &'n [Name],
    options: &'n IndexMap<Name, TreatmentOption>,
    reader: &'r mut Reader<'a>,
}

impl Draft<'_, '_, '_> {
    fn read(&mut self, entry: &Entry, references: &mut References) -> Option<Window> {
        let node = &entry.node;
        let named = is_variable(self.name);
        if !named {
            let message = format!("`{}` cannot be the name of a window", shown(self.name));
            self.reader.fault(entry.key_span, "bad-id", message, Some(VARIABLE.into()));
        }
        let fields = self.reader.fields(node, &format!("the window `{}`", shown(self.name)), WINDOW)?;
        let claims = review::claims(&fields, self.reader, references);
        let ends = self.ends(node, &fields);
        let open_ended = fields.get("open-ended").is_some_and(|node| self.reader.flag(node) == Some(true));
        let bounds = fields.get("bounds").and_then(|node| self.bounds(node));
        let by = fields.get("by").and_then(|node| self.by(node, bounds)).unwrap_or_default();
        if let (Some((from, to)), Some(node)) = (ends, fields.get("by")) {
            self.check_by(node, &by, from..=if open_ended { YEAR } else { to }, bounds);
        }
        let at_least =
            fields.get("at-least").and_then(|node| self.reader.name_of(node, "window", self.names));
        if is_set(self.name, self.options) && fields.get("bounds").is_none() {
            let message = format!("an option sets `{}`, so it needs `bounds`", self.name);
            let hint = "between which hours a therapist may choose: `bounds: {from: 24, to: 72}`";
            self.reader.fault(node.span, "missing-key", message, Some(hint.into()));
        }
        let (from, to) = ends?;
        let within = fields.get("within").is_some();
        let (waking, place) = (None, self.reader.place(entry.key_span));
        named.then_some(Window { from, to, open_ended, within, by, bounds, at_least, waking, claims, place })
    }

    /// `from` and `to`, or `within` alone.
    fn ends(&mut self, node: &Node, fields: &Fields<'_>) -> Option<(u32, u32)> {
        if let Some(within) = fields.get("within") {
            if fields.get("from").or(fields.get("to")).is_some() {
                self.fault(within, "a window has either `within` or `from` and `to`");
            }
            return Some((0, self.reader.number(within, 1..=YEAR)?));
        }
        let (Some(from), Some(to)) = (fields.get("from"), fields.get("to")) else {
            self.fault(node, "a window needs `from` and `to`, or `within`");
            return None;
        };
        self.range(from, to)
    }

    fn range(&mut self, from_node: &Node, to_node: &Node) -> Option<(u32, u32)> {
        let (from, to) = (self.reader.number(from_node, HOURS), self.reader.number(to_node, 1..=YEAR));
        let (from, to) = (from?, to?);
        if from > to {
            self.fault(to_node, &format!("`to` ({to}) is less than `from` ({from})"));
            return None;
        }
        Some((from, to))
    }

    fn bounds(&mut self, node: &Node) -> Option<(u32, u32)> {
        let fields = self.reader.fields(node, "bounds", BOUNDS)?;
        self.range(fields.get("from")?, fields.get("to")?)
    }

    /// Option → value → hours. Each option that stands here has hours for all of its values.
    fn by(&mut self, node: &Node, bounds: Option<(u32, u32)>) -> Option<IndexMap<Name, BTreeMap<Name, u32>>> {
        let (low, high) = bounds.unwrap_or((0, YEAR));
        let mut by = IndexMap::new();
        for entry in self.reader.entries(node, "`by`")? {
            let choices =
                self.options.values().filter(|option| !option.values().is_empty() && option.clinical);
            let Some(option) = choices.clone().find(|option| *option.id == *entry.key) else {
                let message = format!("`by`: `{}` is no clinical option with values", shown(&entry.key));
                let hint = allowed(&entry.key, choices.map(|option| &*option.id));
                self.reader.fault(entry.key_span, "unknown-value", message, Some(hint));
                continue;
            };
            let hours = self.hours_by(option, &entry.node, low..=high);
            by.extend(hours.map(|hours| (option.id.clone(), hours)));
        }
        Some(by)
    }

    /// What a choice asks for lies between the ends that everybody else is told; of an open end no longer time is a surprise.
    fn check_by(
        &mut self,
        node: &Node,
        by: &IndexMap<Name, BTreeMap<Name, u32>>,
        ends: RangeInclusive<u32>,
        bounds: Option<(u32, u32)>,
    ) {
        let said = match *ends.end() {
            YEAR => format!("begins at {}", ends.start()),
            to => format!("goes from {} to {to}", ends.start()),
        };
        for (option, hours) in by {
            for (value, hours) in hours.iter().filter(|(_, hours)| !ends.contains(hours)) {
                let message = format!(
                    "window `{}`: `{value}` asks for {hours} hours, and the window {said}",
                    shown(self.name)
                );
                let place = node.get(option).and_then(|node| node.get(value)).unwrap_or(node);
                let hint =
                    "`from` and `to` are the earliest and the latest end of all: mend the hours, or the ends";
                // `bounds` may say how far a choice goes, on purpose.
                let fault = match bounds.is_some_and(|(low, high)| (low..=high).contains(hours)) {
                    true => Diagnostic::warning("wrong-window", message),
                    false => Diagnostic::error("wrong-window", message),
                };
                let place = self.reader.place(place.span);
                self.reader.sink.push(fault.at(place).hint(hint));
            }
        }
    }

    fn hours_by(
        &mut self,
        option: &TreatmentOption,
        node: &Node,
        range: RangeInclusive<u32>,
    ) -> Option<BTreeMap<Name, u32>> {
        let mut hours: BTreeMap<Name, u32> = BTreeMap::new();
        for entry in self.reader.entries(node, &format!("`by.{}`", option.id))? {
            let Some(value) = option.values().iter().find(|value| ***value == *entry.key) else {
                let message = format!("`{}` is no value of `{}`", shown(&entry.key), option.id);
                let hint = allowed(&entry.key, option.values().iter().map(|value| &**value));
                self.reader.fault(entry.key_span, "unknown-value", message, Some(hint));
                continue;
            };
            hours
                .extend(self.reader.number(&entry.node, range.clone()).map(|number| (value.clone(), number)));
        }
        // What is not chosen by everybody need not have hours for each value: it asks for the window's own end then.
        if matches!(option.kind, OptionKind::Choice(_)) {
            let named = self.reader.entries(node, "`by`").unwrap_or_default();
            for value in
                option.values().iter().filter(|value| named.iter().all(|entry| *entry.key != ***value))
            {
                let message = format!("`by.{}` has no hours for `{value}`", option.id);
                let hint = format!("write `{value}:` and its hours beside the others");
                self.reader.fault(Span { length: 0, ..node.span }, "missing-key", message, Some(hint.into()));
            }
        }
        Some(hours)
    }

    fn fault(&mut self, node: &Node, message: &str) {
        let message = format!("window `{}`: {message}", shown(self.name));
        self.reader.fault(Span { length: 0, ..node.span }, "wrong-window", message, None);
    }
}
