//! The tree of a YAML file.

use super::DEPTH;
use super::remarks::Remarks;
use super::span::Span;
use saphyr_parser::{Event, Marker, Parser, ScalarStyle, ScanError, Span as Marks};

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    pub span: Span,
    /// The last line of it.
    pub last_line: u32,
    pub value: Value,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Scalar(Scalar),
    List(Vec<Node>),
    /// In the order of the file; a key may stand twice.
    Map(Vec<Entry>),
}

#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub key: String,
    pub key_span: Span,
    pub node: Node,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scalar {
    pub text: String,
    /// Written without quotes: `36` is a number, `"36"` is text.
    pub plain: bool,
    /// Written as a block (`|` or `>`).
    pub block: bool,
    /// What stands behind it on its line as a remark, from the space before the `#` on, or on the next line, further right
    /// than its key. A plain text that holds ` #` is cut short there.
    pub remark: Option<String>,
}

impl Scalar {
    /// The text with what a remark may have cut off.
    pub fn with_remark(&self) -> String {
        format!("{}{}", self.text, self.remark.as_deref().unwrap_or_default())
    }
}

impl Node {
    /// Nothing was written: an empty value, `~` or `null`.
    pub fn is_null(&self) -> bool {
        matches!(&self.value, Value::Scalar(scalar) if scalar.plain && matches!(scalar.text.as_str(), "" | "~" | "null" | "Null" | "NULL"))
    }

    /// What it is, for messages.
    pub fn kind(&self) -> &'static str {
        match &self.value {
            _ if self.is_null() => "nothing",
            Value::Scalar(_) => "one value",
            Value::List(_) => "a list",
            Value::Map(_) => "keys",
        }
    }

    /// The value under a key of a mapping; of a key that stands twice, the first.
    pub fn get(&self, key: &str) -> Option<&Node> {
        match &self.value {
            Value::Map(entries) => entries.iter().find(|entry| entry.key == key).map(|entry| &entry.node),
            _ => None,
        }
    }
}

/// Why a file is no tree: code, message, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub code: &'static str,
    pub message: String,
    pub span: Span,
    pub hint: Option<&'static str>,
}

/// The tree of a YAML text. An empty text is a null scalar.
///
/// Errors: the text is not YAML, or uses what this module refuses; the first fault only, as nothing after it can
/// be trusted. Memory: in proportion to the text.
pub fn parse(text: &str) -> Result<Node, Fault> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut tree = Tree { remarks: Remarks::new(text), ..Tree::default() };
    for step in Parser::new_from_str(text) {
        let (event, marks) = step.map_err(|error| not_yaml(text, &error))?;
        tree.take(event, marks)?;
    }
    let nothing = Scalar { text: String::new(), plain: true, block: false, remark: None };
    let start = Span { line: 1, column: 1, length: 0 };
    Ok(tree.root.unwrap_or(Node { span: start, last_line: 1, value: Value::Scalar(nothing) }))
}

fn not_yaml(text: &str, error: &ScanError) -> Fault {
    let span = at(error.marker());
    let line = text.lines().nth(span.line.saturating_sub(1) as usize).unwrap_or_default();
    let fault = |message: String, hint| Fault { code: "not-yaml", message, span, hint: Some(hint) };
    if line.contains(":\t") {
        let message = "this is not YAML: a tab stands behind the colon".to_owned();
        return fault(message, "write a space in place of the tab");
    }
    // The parser may stop at the end of the line before.
    for number in [span.line, span.line + 1] {
        let line = text.lines().nth(number.saturating_sub(1) as usize).unwrap_or_default();
        if indent(line).contains('\t') {
            let message = "this is not YAML: a tab stands in front of this line".to_owned();
            let span = Span { line: number, column: 1, length: 0 };
            return Fault { code: "not-yaml", message, span, hint: Some("indent with spaces") };
        }
    }
    if let Some(fault) = between_levels(text, span.line) {
        return fault;
    }
    let info = error.info();
    if info.contains("trailing content") {
        let message = "this is not YAML: text stands behind the closing quote".to_owned();
        return fault(message, r#"a quote inside is written `''` in `'…'`, and `\"` in `"…"`"#);
    }
    let hint = if is_too_deep(text, span.line) {
        "this line stands deeper than the one above, which has a value already: begin both as far left"
    } else if info.contains("escape") {
        r#"a backslash is written `\\` in `"…"`; in `'…'` it stands as it is"#
    } else if info.contains("mapping values") && is_below_no_pair(text, span.line) {
        "the line above has no `: ` behind its key: a colon of plain letters, and a space"
    } else {
        "text that holds `: `, `#` or starts with a mark must stand in quotes"
    };
    fault(format!("this is not YAML: {info}"), hint)
}

/// A line that begins left of the one above, and as far in as none of the groups that are open: it belongs to none of them. The
/// parser may stop at the line before or behind.
fn between_levels(text: &str, line: u32) -> Option<Fault> {
    let lines = (1..).zip(text.lines()).take_while(|(number, _)| *number <= line.saturating_add(1));
    let is_read = |line: &str| !line.trim().is_empty() && !line.trim_start().starts_with('#');
    let mut open: Vec<usize> = Vec::new();
    for (number, text) in lines.filter(|(_, line)| is_read(line)) {
        let own = indent(text).len();
        let was = open.last().copied().unwrap_or_default();
        open.retain(|level| *level <= own);
        if open.last() == Some(&own) {
            continue;
        }
        if own < was && number + 1 >= line {
            let above = open.last().copied().unwrap_or_default();
            let message = format!(
                "this is not YAML: {own} spaces stand in front of this line, {was} in front of the one above, and {above} in front of the group"
            );
            let span =
                Span { line: number, column: u32::try_from(own).unwrap_or(0).saturating_add(1), length: 0 };
            let hint = "begin it as far left as the other lines of its group";
            return Some(Fault { code: "not-yaml", message, span, hint: Some(hint) });
        }
        open.push(own);
    }
    None
}

/// Whether the line above holds no `key: value` and no `key:`, but a key it may be.
fn is_below_no_pair(text: &str, line: u32) -> bool {
    let above = text.lines().take(line.saturating_sub(1) as usize);
    let above = above.map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).last();
    above.is_some_and(|line| {
        !line.contains(": ") && !line.ends_with(':') && line.contains([':', '\u{ff1a}', '=', '\u{a0}'])
    })
}

fn indent(line: &str) -> &str {
    &line[..line.len() - line.trim_start().len()]
}

/// Whether a `key: value` stands under another as if it were a part of its value.
fn is_too_deep(text: &str, line: u32) -> bool {
    let above = text.lines().take(line.saturating_sub(1) as usize);
    let Some(above) = above.filter(|line| !line.trim().is_empty()).last() else { return false };
    let own = text.lines().nth(line.saturating_sub(1) as usize).unwrap_or_default();
    let is_pair = |line: &str| {
        let key = line.split_once(": ").map(|(key, _)| key.trim_start());
        key.is_some_and(|key| !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || "-_".contains(c)))
    };
    is_pair(above) && is_pair(own) && indent(own).len() > indent(above).len()
}

fn refused(code: &'static str, message: impl Into<String>, span: Span) -> Fault {
    Fault { code, message: message.into(), span, hint: None }
}

fn at(marker: &Marker) -> Span {
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    Span { line: count(marker.line().max(1)), column: count(marker.col()).saturating_add(1), length: 0 }
}

fn over(marks: &Marks) -> Span {
    let one_line = marks.start.line() == marks.end.line();
    let length = if one_line { marks.end.col().saturating_sub(marks.start.col()) } else { 0 };
    Span { length: u32::try_from(length).unwrap_or(0), ..at(&marks.start) }
}

/// A list or mapping that is still open.
enum Open {
    List(Span, Vec<Node>),
    /// With the key whose value comes next.
    Map(Span, Vec<Entry>, Option<(String, Span)>),
}

#[derive(Default)]
struct Tree<'t> {
    open: Vec<Open>,
    root: Option<Node>,
    remarks: Remarks<'t>,
}

impl Tree<'_> {
    fn take(&mut self, event: Event<'_>, marks: Marks) -> Result<(), Fault> {
        let span = over(&marks);
        match event {
            Event::Alias(_) => Err(aliased(span)),
            Event::Scalar(_, _, anchor, _)
            | Event::SequenceStart(anchor, _)
            | Event::MappingStart(anchor, _)
                if anchor != 0 =>
            {
                Err(aliased(span))
            }
            Event::Scalar(.., Some(_))
            | Event::SequenceStart(_, Some(_))
            | Event::MappingStart(_, Some(_)) => {
                let fault = refused("yaml-tag", "a value may not carry a tag (`!…`)", span);
                Err(Fault { hint: Some("put a text that begins with `!` in quotes"), ..fault })
            }
            Event::DocumentStart(_) if self.root.is_some() => {
                Err(refused("second-document", "a file may hold one YAML document only", span))
            }
            Event::Scalar(text, style, ..) => self.scalar(text.into_owned(), style, span, &marks),
            Event::SequenceStart(..) => self.start(Open::List(span, Vec::new()), span),
            Event::MappingStart(..) => self.start(Open::Map(span, Vec::new(), None), span),
            Event::SequenceEnd | Event::MappingEnd => self.end(&marks),
            _ => Ok(()),
        }
    }

    fn scalar(&mut self, text: String, style: ScalarStyle, span: Span, marks: &Marks) -> Result<(), Fault> {
        if let Some(Open::Map(_, _, key @ None)) = self.open.last_mut() {
            *key = Some((text, span));
            return Ok(());
        }
        let block = matches!(style, ScalarStyle::Literal | ScalarStyle::Folded);
        let plain = style == ScalarStyle::Plain;
        let remark = match self.open.last() {
            _ if !plain => None,
            // Nothing before a `#`: all of the text may be lost.
            Some(Open::Map(_, _, Some((_, key)))) if text.is_empty() || text == "~" => {
                self.remarks.instead(*key)
            }
            Some(Open::Map(_, _, Some((_, key)))) => {
                let end = at(&marks.end);
                self.remarks.behind(end).or_else(|| self.remarks.below(end, key.column, true))
            }
            _ => self.remarks.behind(at(&marks.end)),
        };
        let scalar = Scalar { text, plain, block, remark };
        self.put(Node { span, last_line: at(&marks.end).line, value: Value::Scalar(scalar) })
    }

    fn start(&mut self, open: Open, span: Span) -> Result<(), Fault> {
        if self.open.len() >= DEPTH {
            let message = format!("lists and keys are nested deeper than {DEPTH}");
            return Err(refused("too-deep", message, span));
        }
        if matches!(self.open.last(), Some(Open::Map(_, _, None))) {
            return Err(refused("wrong-key", "a key must be one word, not a list or keys of its own", span));
        }
        self.open.push(open);
        Ok(())
    }

    fn end(&mut self, marks: &Marks) -> Result<(), Fault> {
        let last_line = at(&marks.end).line;
        match self.open.pop() {
            Some(Open::List(span, items)) => self.put(Node { span, last_line, value: Value::List(items) }),
            Some(Open::Map(span, entries, _)) => {
                self.put(Node { span, last_line, value: Value::Map(entries) })
            }
            None => Ok(()),
        }
    }

    fn put(&mut self, node: Node) -> Result<(), Fault> {
        match self.open.last_mut() {
            None => self.root = Some(node),
            Some(Open::List(_, items)) => items.push(node),
            Some(Open::Map(_, entries, key)) => {
                if let Some((key, key_span)) = key.take() {
                    entries.push(Entry { key, key_span, node });
                }
            }
        }
        Ok(())
    }
}

fn aliased(span: Span) -> Fault {
    Fault {
        code: "yaml-anchor",
        message: "anchors and aliases (`&name`, `*name`) are not allowed".into(),
        span,
        hint: Some("write the value out, or put the text in quotes"),
    }
}
