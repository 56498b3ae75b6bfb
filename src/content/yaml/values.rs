//! Single values out of a tree: text, numbers, days, names.

use super::read::Reader;
use super::tree::{Node, Scalar, Span, Value};
use super::typed_quotes::{STRAIGHT, typed_quotes, typed_quotes_print};
use crate::content::{Source, Spot};
use crate::diagnostic::{allowed, is_unseen, shown};
use crate::limits::LISTED;
use crate::options::Name;
use chrono::NaiveDate;
use serde::de::DeserializeOwned;
use std::ops::RangeInclusive;
use std::sync::Arc;

/// Characters of a name, a label or a contact line, at most.
const LINE: usize = 120;

impl Reader<'_> {
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

    /// Text that is not blank, without the space around it. Behind a text without quotes no remark may stand: it would be
    /// the end of the text as often.
    pub fn text(&mut self, node: &Node) -> Option<String> {
        if self.whole(node) { self.word(node) } else { None }
    }

    /// Whether no remark cuts a text short; else that is a fault.
    pub fn whole(&mut self, node: &Node) -> bool {
        let Value::Scalar(Scalar { remark: Some(_), text, .. }) = &node.value else { return true };
        let message = match text.is_empty() {
            true => "a `#` begins a remark: this text is lost",
            false => "a `#` behind a space begins a remark: this text is cut short",
        };
        let hint = "put the whole text in quotes, as in `\"… # …\"`; a remark goes on a line of its own, \
                    as far left as the key";
        self.fault(Span { length: 0, ..node.span }, "cut-short", message, Some(hint.into()));
        false
    }

    /// A name of a list, an id, a number: a remark may follow it.
    pub fn word(&mut self, node: &Node) -> Option<String> {
        let text = self.scalar(node)?.text.trim();
        if text.is_empty() {
            self.fault(node.span, "blank", "this text is blank", None);
            return None;
        }
        Some(text.to_owned())
    }

    /// Text on one line that is not blank, of at most [`LINE`] characters, all of which can be seen.
    pub fn line(&mut self, node: &Node) -> Option<String> {
        let text = self.text(node)?;
        if let Some(quotes) = typed_quotes(&text) {
            let place = Span { length: 0, ..node.span };
            self.fault(place, "typed-quotes", typed_quotes_print(quotes), Some(STRAIGHT.into()));
            return None;
        }
        let unseen = text.chars().find(|character| is_unseen(*character));
        let message = match (unseen, text.chars().count()) {
            (Some('\n' | '\r'), _) => "this must be one line".to_owned(),
            (Some(character), _) => format!("this holds the character U+{:04X}", u32::from(character)),
            (None, length) if length > LINE => {
                format!("this is {length} characters long, allowed are {LINE}")
            }
            _ => return Some(text),
        };
        self.fault(Span { length: 0, ..node.span }, "bad-line", message, None);
        None
    }

    /// A list of such lines.
    pub fn lines(&mut self, node: &Node) -> Vec<String> {
        self.items(node).iter().filter_map(|item| self.line(item)).collect()
    }

    /// As [`line`](Self::line), or nothing.
    pub fn line_or_empty(&mut self, node: &Node) -> Option<String> {
        match self.scalar(node)?.text.trim().is_empty() && self.whole(node) {
            true => None,
            false => self.line(node),
        }
    }

    /// As [`text`](Self::text), and not a place for a text that is still to be written.
    pub fn written(&mut self, node: &Node) -> Option<String> {
        let text = self.text(node)?;
        if is_unwritten(&text) {
            self.fault(Span { length: 0, ..node.span }, "unwritten", UNWRITTEN, Some(WRITE_IT.into()));
            return None;
        }
        Some(text)
    }

    /// As [`line`](Self::line), and [written](Self::written).
    pub fn written_line(&mut self, node: &Node) -> Option<String> {
        self.written(node)?;
        self.line(node)
    }

    /// Text that is not blank, as its author wrote it, and where.
    pub fn source(&mut self, node: &Node) -> Option<Source> {
        let text: Arc<str> = self.written(node)?.into();
        let scalar = self.scalar(node)?;
        let start = match scalar {
            // The parser marks where a block's text begins, not its `>`.
            scalar if scalar.block => Span { column: 1, length: 0, ..node.span },
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
        let id = self.word(node)?;
        if is_id(&id) {
            return Some(id);
        }
        let message = format!("`{}` is no id", shown(&id));
        let hint = "an id is at most 64 lower-case letters, digits and `-`, and starts with a letter";
        self.fault(node.span, "bad-id", message, Some(hint.into()));
        None
    }

    /// A whole number within a range.
    pub fn number(&mut self, node: &Node, range: RangeInclusive<u32>) -> Option<u32> {
        let scalar = self.scalar(node)?;
        let number =
            figures(scalar).or_else(|| decode::<i64>(scalar).and_then(|number| number.try_into().ok()));
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
        self.fault(node.span, "wrong-number", message, hint.map(Into::into));
        None
    }

    /// `true` or `false`.
    pub fn flag(&mut self, node: &Node) -> Option<bool> {
        let scalar = self.scalar(node)?;
        let flag = match &*scalar.text {
            "true" if scalar.plain => Some(true),
            "false" if scalar.plain => Some(false),
            _ => decode::<bool>(scalar),
        };
        if flag.is_none() {
            let message = format!("`{}` is neither `true` nor `false`", shown(&scalar.text));
            // What YAML took for them once, and what stands in quotes.
            let hint = match scalar.text.trim().to_ascii_lowercase().as_str() {
                "yes" | "on" | "y" | "true" => "write `true`, without quotes",
                "no" | "off" | "n" | "false" => "write `false`, without quotes",
                _ => "write `true` or `false`, without quotes",
            };
            self.fault(node.span, "wrong-type", message, Some(hint.to_owned().into()));
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
}

impl Reader<'_> {
    /// A name that stands elsewhere in the folder.
    pub fn name_of(&mut self, node: &Node, what: &str, known: &[Name]) -> Option<Name> {
        let word = self.word(node)?;
        let found = known.iter().find(|name| ***name == *word).cloned();
        if found.is_none() {
            let message = format!("unknown {what} `{}`", shown(&word));
            let hint = allowed(&word, known.iter().map(|name| &**name));
            self.fault(node.span, "unknown-value", message, Some(hint));
        }
        found
    }

    /// A list of such names, without doubles.
    pub fn names_of(&mut self, node: &Node, what: &str, known: &[Name]) -> Vec<Name> {
        let mut names: Vec<Name> = Vec::new();
        for item in self.items_within(node, "the list", LISTED) {
            match self.name_of(item, what, known) {
                Some(name) if names.contains(&name) => {
                    self.fault(item.span, "duplicate-value", format!("this {what} stands twice"), None);
                }
                name => names.extend(name),
            }
        }
        names
    }

    /// Ids of one's own, without doubles.
    pub fn own_ids(&mut self, node: &Node, what: &str) -> Vec<Name> {
        let mut ids: Vec<Name> = Vec::new();
        for item in self.items_within(node, "the list", LISTED) {
            match self.id(item).map(Name::from) {
                Some(id) if ids.contains(&id) => {
                    self.fault(item.span, "duplicate-value", format!("this {what} stands twice"), None);
                }
                id => ids.extend(id),
            }
        }
        ids
    }
}

/// A number as nearly all are written, which needs no decoder: digits, and no `0` before them, which could mean another base.
fn figures(scalar: &Scalar) -> Option<u32> {
    let is_plain = scalar.plain && scalar.text.bytes().all(|byte| byte.is_ascii_digit());
    let leads = scalar.text.len() > 1 && scalar.text.starts_with('0');
    scalar.text.parse().ok().filter(|_| is_plain && !leads)
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

/// What texts can call: lower-case letters, digits and `_`, at most 64, starting with a letter.
pub fn is_variable(text: &str) -> bool {
    is_id(&text.replace('_', "-")) && !text.contains('-')
}

pub const UNWRITTEN: &str = "this text is still to be written";
pub const WRITE_IT: &str = "put your words in place of `TODO`, and all behind it";

/// Whether a text is a place for one: no patient may read it.
pub fn is_unwritten(text: &str) -> bool {
    text.contains("TODO") && text.split(|letter: char| !letter.is_alphanumeric()).any(|word| word == "TODO")
}
