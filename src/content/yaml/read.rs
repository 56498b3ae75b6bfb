//! The shape of a tree: which keys a mapping may have, what is a list. Every fault is collected.
//!
//! Each method returns `None` (or an empty list) for what it could not read and leaves the fault in the sink, so
//! that a caller reads *all* parts of a thing first and gives up afterwards.

use super::key::{Key, Kind};
use super::tree::{Entry, Node, Span, Value};
use crate::diagnostic::{Diagnostic, Hint, Place, Sink, allowed, shown};
use crate::limits::Limit;
use crate::options::keys::Keys;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Faults of one file that are kept: a megabyte of nonsense must not become a gigabyte of messages.
const FAULTS: usize = 500;
/// Characters of a source line that an excerpt shows.
const EXCERPT: usize = 200;

/// A mapping whose keys have been checked.
#[derive(Clone, Copy)]
pub struct Fields<'n> {
    entries: &'n [Entry],
    /// What stands for keys that are not there.
    usual: &'n [Entry],
}

impl<'n> Fields<'n> {
    /// A key's value; `None` when the key is not there or holds nothing.
    pub fn get(&self, key: &str) -> Option<&'n Node> {
        let mut all = self.entries.iter().chain(self.usual);
        let entry = all.find(|entry| entry.key == key)?;
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
    pub(super) text: Arc<str>,
    /// Byte offset of each of its lines.
    lines: Vec<usize>,
    /// Lines of the file above the YAML, which may be the head of a Markdown file.
    pub(super) above: u32,
    faults: usize,
    hidden: Hidden,
    /// Keys that are no patient's words, on lines that may hold some.
    keys: Option<Keys>,
    pub sink: &'a mut Sink,
}

impl<'a> Reader<'a> {
    pub fn new(file: impl Into<Arc<str>>, text: Arc<str>, sink: &'a mut Sink) -> Reader<'a> {
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Reader {
            file: file.into(),
            text,
            lines,
            above: 0,
            faults: 0,
            hidden: Hidden::default(),
            keys: None,
            sink,
        }
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
                self.fault(fault.span, fault.code, fault.message, fault.hint.map(Into::into));
                None
            }
        }
    }

    /// From now on no excerpt shows any line, and no message another key than these.
    pub fn hide_all(&mut self, keys: &Keys) {
        self.hidden = Hidden::All;
        self.keys = Some(keys.clone());
    }

    /// From now on no excerpt shows these lines.
    pub fn hide(&mut self, lines: BTreeSet<u32>) {
        self.hidden = Hidden::Lines(lines);
    }

    /// A place in the file, with the line it stands on unless that is hidden.
    pub fn place(&self, span: Span) -> Place {
        if self.is_hidden(span.line) {
            return self.bare_place(span);
        }
        let line = self.rest_from(span.line).lines().next().unwrap_or_default();
        let excerpt: String = line.chars().take(EXCERPT).collect();
        Place { excerpt: Some(excerpt.into()), ..self.bare_place(span) }
    }

    fn is_hidden(&self, line: u32) -> bool {
        match &self.hidden {
            Hidden::None => false,
            Hidden::Lines(lines) => lines.contains(&line),
            Hidden::All => true,
        }
    }

    fn is_known(&self, key: &str) -> bool {
        self.keys.as_ref().is_some_and(|keys| keys.is_name(key))
    }

    /// The text from a line of the YAML on.
    pub(super) fn rest_from(&self, line: u32) -> &str {
        let index = (self.above as usize + line as usize).saturating_sub(1);
        self.lines.get(index).and_then(|at| self.text.get(*at..)).unwrap_or_default()
    }

    /// The remarks that stand right above a line, in one line.
    pub fn remarks_above(&self, span: Span) -> String {
        let above =
            (1..span.line).rev().map(|line| self.rest_from(line).lines().next().unwrap_or_default().trim());
        let mut remarks: Vec<&str> = above.map_while(|line| line.strip_prefix('#')).map(str::trim).collect();
        remarks.reverse();
        remarks.join(" ")
    }

    pub fn bare_place(&self, span: Span) -> Place {
        Place { length: span.length, ..Place::line(self.file.clone(), span.line + self.above, span.column) }
    }

    pub fn fault(&mut self, span: Span, code: &'static str, message: impl Into<String>, hint: Option<Hint>) {
        self.push(span, Diagnostic { hints: hint.into_iter().collect(), ..Diagnostic::error(code, message) });
    }

    /// A fault whose message marks a name.
    pub fn fault_about(
        &mut self,
        name: &str,
        span: Span,
        code: &'static str,
        message: impl Into<String>,
        hint: Option<Hint>,
    ) {
        let fault = Diagnostic { hints: hint.into_iter().collect(), ..Diagnostic::error(code, message) };
        self.push(span, fault.about(shown(name)));
    }

    fn push(&mut self, span: Span, fault: Diagnostic) {
        self.faults += 1;
        if self.faults > FAULTS {
            if self.faults == FAULTS + 1 {
                let message = format!("the file has more than {FAULTS} faults; the rest is not shown");
                self.sink
                    .push(Diagnostic::error("too-many-faults", message).at(Place::file(self.file.clone())));
            }
            return;
        }
        self.sink.push(fault.at(self.place(span)));
    }

    /// The mapping that a node is. Unknown, missing and doubled keys are faults, and so is anything else than a
    /// mapping; `thing` names it: "a claim".
    pub fn fields<'n>(&mut self, node: &'n Node, thing: &str, keys: &[Key]) -> Option<Fields<'n>> {
        self.fields_over(node, None, thing, keys)
    }

    /// The same of one that lacks what another has for it.
    pub fn fields_over<'n>(
        &mut self,
        node: &'n Node,
        usual: Option<&'n Node>,
        thing: &str,
        keys: &[Key],
    ) -> Option<Fields<'n>> {
        let usual = match usual.map(|usual| &usual.value) {
            Some(Value::Map(entries)) => entries.as_slice(),
            _ => &[],
        };
        let entries = self.entries(node, thing)?;
        for entry in entries.iter().filter(|entry| keys.iter().all(|key| key.name != entry.key)) {
            if self.is_cut_at_a_comma(entry) {
                continue;
            }
            let message = format!("unknown key `{}` in {thing}", shown(&entry.key));
            let hint = allowed(&entry.key, keys.iter().map(|key| key.name));
            self.fault_about(&entry.key, entry.key_span, "unknown-key", message, Some(hint));
        }
        let is_text = |kind: Kind| matches!(kind, Kind::Text | Kind::Line | Kind::LineOrNone);
        for entry in entries.iter().filter(|entry| entry.node.is_null()) {
            if keys.iter().any(|key| key.name == entry.key && is_text(key.kind)) {
                self.whole(&entry.node);
            }
        }
        let fields = Fields { entries, usual };
        for key in keys.iter().filter(|key| key.required && fields.get(key.name).is_none()) {
            let there = entries.iter().find(|entry| entry.key == key.name);
            let span = there.map_or(Span { length: 0, ..node.span }, |entry| entry.key_span);
            let message = match there {
                Some(_) => format!("`{}` holds nothing", key.name),
                None => format!("{thing} has no `{}`", key.name),
            };
            self.fault(span, "missing-key", message, key.how().map(Into::into));
        }
        Some(fields)
    }

    /// Whether a list stands within `[…]`, where a comma ends an item.
    pub fn is_in_brackets(&self, list: &Node) -> bool {
        let Span { line, column, .. } = list.span;
        self.rest_from(line).chars().nth(column.saturating_sub(1) as usize) == Some('[')
    }

    /// Whether what stands as a key is the end of a text that a comma within `{…}` cuts; then that is the fault.
    pub fn is_cut_at_a_comma(&mut self, entry: &Entry) -> bool {
        let Span { line, column, length } = entry.key_span;
        let behind = self.rest_from(line).chars().skip((column.saturating_sub(1) + length) as usize);
        let mark = behind.take_while(|letter| *letter != '\n').find(|letter| !letter.is_whitespace());
        let is_cut = entry.node.is_null() && length > 0 && matches!(mark, Some(',' | '}'));
        if is_cut {
            let message = match self.is_hidden(line) {
                true => "a comma ends the text before it".to_owned(),
                false => {
                    format!("the comma before `{}` ends the text: what follows is lost", shown(&entry.key))
                }
            };
            let hint = "within `{…}` a text with a comma stands in quotes, as in `{key: \"…, …\"}`";
            self.fault(entry.key_span, "cut-short", message, Some(hint.into()));
        }
        is_cut
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
                let message = match self.is_hidden(entry.key_span.line) && !self.is_known(&entry.key) {
                    true => format!("a key stands twice in {thing}"),
                    false => format!("`{}` stands twice in {thing}", shown(&entry.key)),
                };
                let hint = format!("first on line {}", first + self.above);
                self.fault_about(&entry.key, entry.key_span, "duplicate-key", message, Some(hint.into()));
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
        self.wrong_type(node, &format!("a list is wanted here, not {}", node.kind()), hint.map(Into::into));
        &[]
    }

    /// The items of a list that may have a number of them: those beyond are one fault, and are not read.
    pub fn items_within<'n>(&mut self, node: &'n Node, holder: &str, limit: Limit) -> &'n [Node] {
        let items = self.items(node);
        if let Some(beyond) = items.get(limit.most) {
            let span = Span { length: 0, ..beyond.span };
            self.push(span, limit.fault(holder, items.len()));
        }
        items.get(..limit.most).unwrap_or(items)
    }

    /// The entries of a mapping with free keys, as many as the limit allows; more are a fault.
    pub fn entries_within<'n>(&mut self, node: &'n Node, thing: &str, limit: Limit) -> Option<&'n [Entry]> {
        let entries = self.entries(node, thing)?;
        if let Some(beyond) = entries.get(limit.most) {
            self.push(Span { length: 0, ..beyond.key_span }, limit.fault(thing, entries.len()));
        }
        Some(entries.get(..limit.most).unwrap_or(entries))
    }

    pub(super) fn wrong_type(&mut self, node: &Node, message: &str, hint: Option<Hint>) {
        self.fault(Span { length: 0, ..node.span }, "wrong-type", message, hint);
    }
}
