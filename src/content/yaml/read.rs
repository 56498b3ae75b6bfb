//! Typed values out of a tree, every fault collected.
//!
//! Each method returns `None` (or an empty list) for what it could not read and leaves the fault in the sink, so
//! that a caller reads *all* parts of a thing first and gives up afterwards.

use super::node::{Entry, Node, Scalar, Span, Value};
use crate::content::{Source, Spot};
use crate::diagnostic::{Diagnostic, Place, Sink, nearest};
use chrono::NaiveDate;
use serde::de::DeserializeOwned;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::ops::RangeInclusive;
use std::sync::Arc;

/// Characters of a value that a message shows.
const SHOWN: usize = 60;
/// Faults of one file that are kept: a megabyte of nonsense must not become a gigabyte of messages.
const FAULTS: usize = 500;
/// Characters of a source line that an excerpt shows.
const EXCERPT: usize = 200;

/// A key that a mapping may hold.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    pub name: &'static str,
    pub required: bool,
}

pub const fn required(name: &'static str) -> Key {
    Key { name, required: true }
}

pub const fn optional(name: &'static str) -> Key {
    Key { name, required: false }
}

/// A mapping whose keys have been checked.
#[derive(Clone, Copy)]
pub struct Fields<'n> {
    entries: &'n [Entry],
}

impl<'n> Fields<'n> {
    /// A key's value; `None` when the key is not there or holds nothing.
    pub fn get(&self, key: &str) -> Option<&'n Node> {
        let entry = self.entries.iter().find(|entry| entry.key == key)?;
        Some(&entry.node).filter(|node| !node.is_null())
    }
}

/// Lines that no excerpt shows, because a patient's words may stand on them.
#[derive(Default)]
enum Hidden {
    #[default]
    None,
    Lines(BTreeSet<u32>),
    All,
}

/// Reads one file's tree.
pub struct Reader<'a> {
    file: Arc<str>,
    /// The whole file.
    text: Arc<str>,
    /// Byte offset of each of its lines.
    lines: Vec<usize>,
    /// Lines of the file above the YAML, which may be the head of a Markdown file.
    above: u32,
    faults: usize,
    hidden: Hidden,
    pub sink: &'a mut Sink,
}

impl<'a> Reader<'a> {
    pub fn new(file: impl Into<Arc<str>>, text: Arc<str>, sink: &'a mut Sink) -> Reader<'a> {
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Reader { file: file.into(), text, lines, above: 0, faults: 0, hidden: Hidden::default(), sink }
    }

    /// The tree of the file; a text that is not YAML leaves its fault.
    pub fn parse(&mut self) -> Option<Node> {
        let text = self.text.clone();
        self.parse_part(&text, 0)
    }

    /// The tree of a part of the file that starts below `above` lines.
    pub fn parse_part(&mut self, part: &str, above: u32) -> Option<Node> {
        self.above = above;
        match super::parse(part) {
            Ok(node) => Some(node),
            Err(fault) => {
                self.fault(fault.span, fault.code, fault.message, fault.hint.map(str::to_owned));
                None
            }
        }
    }

    /// From now on no excerpt shows any line.
    pub fn hide_all(&mut self) {
        self.hidden = Hidden::All;
    }

    /// From now on no excerpt shows these lines.
    pub fn hide(&mut self, lines: BTreeSet<u32>) {
        self.hidden = Hidden::Lines(lines);
    }

    /// A place in the file, with the line it stands on unless that is hidden.
    pub fn place(&self, span: Span) -> Place {
        let hidden = match &self.hidden {
            Hidden::None => false,
            Hidden::Lines(lines) => lines.contains(&span.line),
            Hidden::All => true,
        };
        if hidden {
            return self.bare_place(span);
        }
        let line = self.rest_from(span.line).lines().next().unwrap_or_default();
        let excerpt: String = line.chars().take(EXCERPT).collect();
        Place { excerpt: Some(excerpt.into()), ..self.bare_place(span) }
    }

    /// The text from a line of the YAML on.
    fn rest_from(&self, line: u32) -> &str {
        let index = (self.above as usize + line as usize).saturating_sub(1);
        self.lines.get(index).and_then(|at| self.text.get(*at..)).unwrap_or_default()
    }

    fn bare_place(&self, span: Span) -> Place {
        Place { length: span.length, ..Place::line(self.file.clone(), span.line + self.above, span.column) }
    }

    pub fn fault(
        &mut self,
        span: Span,
        code: &'static str,
        message: impl Into<String>,
        hint: Option<String>,
    ) {
        self.faults += 1;
        if self.faults > FAULTS {
            if self.faults == FAULTS + 1 {
                let message = format!("the file has more than {FAULTS} faults; the rest is not shown");
                self.sink
                    .push(Diagnostic::error("too-many-faults", message).at(Place::file(self.file.clone())));
            }
            return;
        }
        let mut fault = Diagnostic::error(code, message).at(self.place(span));
        fault.hints.extend(hint);
        self.sink.push(fault);
    }

    /// The mapping that a node is. Unknown, missing and doubled keys are faults, and so is anything else than a
    /// mapping; `thing` names it: "a claim".
    pub fn fields<'n>(&mut self, node: &'n Node, thing: &str, keys: &[Key]) -> Option<Fields<'n>> {
        let entries = self.entries(node, thing)?;
        for entry in entries.iter().filter(|entry| keys.iter().all(|key| key.name != entry.key)) {
            let message = format!("unknown key `{}` in {thing}", shown(&entry.key));
            let hint = allowed(&entry.key, keys.iter().map(|key| key.name));
            self.fault(entry.key_span, "unknown-key", message, Some(hint));
        }
        let fields = Fields { entries };
        for key in keys.iter().filter(|key| key.required && fields.get(key.name).is_none()) {
            let there = entries.iter().find(|entry| entry.key == key.name);
            let span = there.map_or(Span { length: 0, ..node.span }, |entry| entry.key_span);
            let message = match there {
                Some(_) => format!("`{}` holds nothing", key.name),
                None => format!("{thing} has no `{}`", key.name),
            };
            self.fault(span, "missing-key", message, None);
        }
        Some(fields)
    }

    /// The entries of a mapping with free keys; doubled keys are faults.
    pub fn entries<'n>(&mut self, node: &'n Node, thing: &str) -> Option<&'n [Entry]> {
        let Value::Map(entries) = &node.value else {
            self.wrong_type(node, &format!("{thing} must be keys with values, not {}", node.kind()), None);
            return None;
        };
        let mut seen = std::collections::BTreeMap::new();
        for entry in entries {
            if let Some(first) = seen.insert(entry.key.as_str(), entry.key_span.line) {
                let message = format!("`{}` stands twice in {thing}", shown(&entry.key));
                let hint = format!("first on line {}", first + self.above);
                self.fault(entry.key_span, "duplicate-key", message, Some(hint));
            }
        }
        Some(entries)
    }

    /// The items of a list; empty after a fault.
    pub fn items<'n>(&mut self, node: &'n Node) -> &'n [Node] {
        if let Value::List(items) = &node.value {
            return items;
        }
        let hint = match &node.value {
            Value::Scalar(scalar) => Some(format!("write `[{}]`", shown(&scalar.text))),
            _ => None,
        };
        self.wrong_type(node, &format!("a list is wanted here, not {}", node.kind()), hint);
        &[]
    }

    fn wrong_type(&mut self, node: &Node, message: &str, hint: Option<String>) {
        self.fault(Span { length: 0, ..node.span }, "wrong-type", message, hint);
    }

    pub fn scalar<'n>(&mut self, node: &'n Node) -> Option<&'n Scalar> {
        if let Value::Scalar(scalar) = &node.value {
            return Some(scalar);
        }
        self.wrong_type(node, &format!("one value is wanted here, not {}", node.kind()), None);
        None
    }

    /// The text of a node, without a fault when it has none.
    pub fn peek_text<'n>(&self, node: &'n Node) -> Option<&'n str> {
        match &node.value {
            Value::Scalar(scalar) => Some(scalar.text.trim()).filter(|text| !text.is_empty()),
            _ => None,
        }
    }

    /// Text that is not blank, without the space around it.
    pub fn text(&mut self, node: &Node) -> Option<String> {
        let text = self.scalar(node)?.text.trim();
        if text.is_empty() {
            self.fault(node.span, "blank", "this text is blank", None);
            return None;
        }
        Some(text.to_owned())
    }

    /// Text that may be empty: `None` then.
    pub fn text_or_empty(&mut self, node: &Node) -> Option<String> {
        self.scalar(node).map(|scalar| scalar.text.trim().to_owned()).filter(|text| !text.is_empty())
    }

    /// Text that is not blank, as its author wrote it, and where.
    pub fn source(&mut self, node: &Node) -> Option<Source> {
        let text: Arc<str> = self.text(node)?.into();
        let scalar = self.scalar(node)?;
        let start = match scalar {
            scalar if scalar.block => Span { line: node.span.line + 1, column: 1, length: 0 },
            scalar if scalar.plain => node.span,
            _ => Span { column: node.span.column + 1, ..node.span },
        };
        let spots = match scalar.plain && node.last_line == node.span.line {
            true => Vec::new(),
            false => self.spots(&text, start),
        };
        let first = spots.first().map_or(start, |spot| Span {
            line: spot.line - self.above,
            column: spot.column,
            length: 0,
        });
        Some(Source {
            text,
            place: self.bare_place(first),
            spots: spots.into(),
            file_text: self.text.clone(),
        })
    }

    fn spots(&self, text: &str, start: Span) -> Vec<Spot> {
        let skip = start.column.saturating_sub(1) as usize;
        let raw = self.rest_from(start.line).chars().skip(skip);
        super::spots::align(
            text,
            raw,
            Spot { offset: 0, line: start.line + self.above, column: start.column },
        )
    }

    /// An id: lower-case letters, digits and `-`, at most 64, starting with a letter.
    pub fn id(&mut self, node: &Node) -> Option<String> {
        let id = self.text(node)?;
        if is_id(&id) {
            return Some(id);
        }
        let message = format!("`{}` is no id", shown(&id));
        let hint = "an id is at most 64 lower-case letters, digits and `-`, and starts with a letter";
        self.fault(node.span, "bad-id", message, Some(hint.into()));
        None
    }

    pub fn ids(&mut self, node: &Node) -> Vec<String> {
        self.items(node).iter().filter_map(|item| self.id(item)).collect()
    }

    /// A whole number within a range.
    pub fn number(&mut self, node: &Node, range: RangeInclusive<u32>) -> Option<u32> {
        let scalar = self.scalar(node)?;
        let number = decode::<i64>(scalar).and_then(|number| u32::try_from(number).ok());
        if let Some(number) = number.filter(|number| range.contains(number)) {
            return Some(number);
        }
        let message = format!(
            "`{}` is not a whole number from {} to {}",
            shown(&scalar.text),
            range.start(),
            range.end()
        );
        let hint = (!scalar.plain).then(|| "a number stands without quotes".to_owned());
        self.fault(node.span, "wrong-number", message, hint);
        None
    }

    /// `true` or `false`.
    pub fn flag(&mut self, node: &Node) -> Option<bool> {
        let scalar = self.scalar(node)?;
        let flag = decode::<bool>(scalar);
        if flag.is_none() {
            let message = format!("`{}` is neither `true` nor `false`", shown(&scalar.text));
            self.fault(node.span, "wrong-type", message, None);
        }
        flag
    }

    /// A day: `2026-11-01`.
    pub fn date(&mut self, node: &Node) -> Option<NaiveDate> {
        let scalar = self.scalar(node)?;
        let date = NaiveDate::parse_from_str(scalar.text.trim(), "%Y-%m-%d").ok();
        if date.is_none() {
            let message = format!("`{}` is no date", shown(&scalar.text));
            self.fault(node.span, "bad-date", message, Some("write year-month-day: `2026-11-01`".into()));
        }
        date
    }

    /// One of a closed list of names, decoded by the type's own names.
    pub fn choice<T: DeserializeOwned>(&mut self, node: &Node, what: &str, names: &[&str]) -> Option<T> {
        let scalar = self.scalar(node)?;
        let choice = serde_yaml::from_value(serde_yaml::Value::String(scalar.text.trim().to_owned())).ok();
        if choice.is_none() {
            let message = format!("unknown {what} `{}`", shown(&scalar.text));
            let hint = allowed(&scalar.text, names.iter().copied());
            self.fault(node.span, "unknown-value", message, Some(hint));
        }
        choice
    }

    /// A list of such names, without doubles.
    pub fn choices<T: DeserializeOwned + PartialEq>(
        &mut self,
        node: &Node,
        what: &str,
        names: &[&str],
    ) -> Vec<T> {
        let mut choices = Vec::new();
        for item in self.items(node) {
            match self.choice(item, what, names) {
                Some(choice) if choices.contains(&choice) => {
                    self.fault(item.span, "duplicate-value", format!("this {what} stands twice"), None);
                }
                Some(choice) => choices.push(choice),
                None => {}
            }
        }
        choices
    }
}

/// A plain scalar by YAML's own rules for numbers and truth values.
fn decode<T: DeserializeOwned>(scalar: &Scalar) -> Option<T> {
    scalar.plain.then(|| serde_yaml::from_str(&scalar.text).ok()).flatten()
}

/// Lower-case letters, digits and `-`, at most 64, starting with a letter.
pub fn is_id(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.first().is_some_and(u8::is_ascii_lowercase)
        && bytes.len() <= 64
        && bytes.iter().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || *byte == b'-')
}

/// A value as a message shows it: one line, not too long.
pub fn shown(text: &str) -> String {
    let mut shown = String::new();
    for (index, character) in text.trim().chars().enumerate() {
        if index == SHOWN {
            shown.push('…');
            break;
        }
        match character {
            character if is_unseen(character) => {
                let _ = write!(shown, "\\u{{{:x}}}", u32::from(character));
            }
            character => shown.push(character),
        }
    }
    shown
}

/// Control characters, and those that turn the direction of what follows: they would change a message itself.
pub fn is_unseen(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// The hint for a name that is not in a list: the nearest, and what is allowed.
pub fn allowed<'n>(word: &str, names: impl Iterator<Item = &'n str> + Clone) -> String {
    let list = names.clone().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    match nearest(word.trim(), names) {
        Some(name) => format!("did you mean `{name}`? allowed are {list}"),
        None => format!("allowed are {list}"),
    }
}
