//! Places to write in, in a YAML file: each text of the original becomes a remark above its line and `TODO:` in its place.
//! All else, with the remarks for authors, stays as it is.

use crate::locale::Language;
use saphyr_parser::{Event, Marker, Parser, ScalarStyle, Span};
use std::collections::BTreeMap;

/// Which values of a file are texts.
#[derive(Clone, Copy, Debug)]
pub enum Texts {
    /// Each, but for ids, days and what only places other texts.
    All,
    /// Each, and in which order it places others.
    Patterns,
    /// Those under these keys.
    Under(&'static [&'static str]),
    /// Lists of words that only this language has: they start empty.
    Lists,
}

/// What stands beside texts and is none, in every file.
const NO_TEXTS: [&str; 3] = ["claims", "reviewed", "review-by"];
/// Where not even the keys stay: they are words of the original's language, or measures that are made for it.
const OF_ONE_LANGUAGE: [&[&str]; 4] = [&["unclear"], &["plain"], &["reading", "sheet"], &["reading", "text"]];

/// The file with places to write in. A file that is no YAML stays as it is: `check` tells what is wrong with it.
pub fn to_write(text: &str, texts: Texts, source: &Language) -> String {
    let mut walk = Walk { lines: starts(text), text, texts, open: Vec::new(), edits: Vec::new() };
    for step in Parser::new_from_str(text) {
        let Ok((event, span)) = step else { return text.to_owned() };
        walk.take(&event, span);
    }
    walk.written(source)
}

/// The byte at which each line starts.
fn starts(text: &str) -> Vec<usize> {
    std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect()
}

/// A mapping or a list that is still open.
struct Open {
    /// Of a mapping, the key whose value comes next.
    key: Option<String>,
    is_list: bool,
    start: usize,
    /// Whether it holds lists or mappings.
    is_deep: bool,
    is_text: bool,
}

struct Edit {
    from: usize,
    to: usize,
    put: String,
    /// What stood there, for the remark.
    was: String,
}

struct Walk<'t> {
    text: &'t str,
    lines: Vec<usize>,
    texts: Texts,
    open: Vec<Open>,
    edits: Vec<Edit>,
}

impl Walk<'_> {
    fn take(&mut self, event: &Event<'_>, span: Span) {
        match event {
            Event::Scalar(text, style, ..) => self.scalar(text, *style, span),
            Event::SequenceStart(..) | Event::MappingStart(..) => self.start(event, span),
            Event::SequenceEnd | Event::MappingEnd => self.end(span),
            _ => {}
        }
    }

    fn start(&mut self, event: &Event<'_>, span: Span) {
        let is_text = self.is_text();
        let start = self.byte(&span.start);
        if let Some(open) = self.open.last_mut() {
            open.is_deep = true;
        }
        let is_list = matches!(event, Event::SequenceStart(..));
        self.open.push(Open { key: None, is_list, start, is_deep: false, is_text });
    }

    fn end(&mut self, span: Span) {
        let Some(ended) = self.open.pop() else { return };
        let end = self.byte(&span.end);
        let path: Vec<&str> = self.open.iter().filter_map(|open| open.key.as_deref()).collect();
        let is_foreign = OF_ONE_LANGUAGE.contains(&path.as_slice());
        if let Some(parent) = self.open.last_mut() {
            parent.key = None;
        }
        let is_plain_list = ended.is_list && !ended.is_deep;
        if matches!(self.texts, Texts::Lists) && (is_plain_list || is_foreign) {
            self.edits.retain(|edit| edit.from < ended.start);
            self.empty(&ended, end);
        }
    }

    /// Takes out what a list or mapping holds.
    fn empty(&mut self, ended: &Open, end: usize) {
        let nothing = if ended.is_list { "[]" } else { "{}" };
        // The parser knows more ends of lines than the table of lines here does: such a block stays.
        let Some(block) = self.text.get(ended.start..end) else { return };
        let was = without_remarks_behind(block).to_owned();
        let is_flow = was.starts_with(['[', '{']);
        // A block starts on the line below its key, and ends where the next key starts.
        let from = if is_flow { ended.start } else { self.text[..ended.start].trim_end().len() };
        let to = ended.start + was.len();
        let put = if is_flow { nothing.to_owned() } else { format!(" {nothing}") };
        self.edits.push(Edit { from, to, put, was });
    }

    fn scalar(&mut self, text: &str, style: ScalarStyle, span: Span) {
        match self.open.last_mut() {
            Some(open) if !open.is_list && open.key.is_none() => {
                open.key = Some(text.to_owned());
                return;
            }
            _ => {}
        }
        let says_something = match self.texts {
            Texts::All | Texts::Under(_) => has_words(text),
            Texts::Patterns => has_words(text) || text.contains('{'),
            Texts::Lists => false,
        };
        let is_text = self.is_text() && says_something;
        if let Some(open) = self.open.last_mut() {
            open.key = None;
        }
        if !is_text {
            return;
        }
        let (from, to) = (self.byte(&span.start), self.byte(&span.end));
        let was = text.trim_end().to_owned();
        let edit = match style {
            ScalarStyle::Literal | ScalarStyle::Folded => {
                // Where the parser says that a block starts is on the line of its mark, or below.
                let rest = &self.text[from..];
                let header = if rest.starts_with(['|', '>']) {
                    rest.find('\n').map_or(rest.len(), |at| at + 1)
                } else {
                    0
                };
                let from = self.text.len() - rest[header..].trim_start_matches([' ', '\n']).len();
                Edit { from, to: from, put: "TODO: ".to_owned(), was }
            }
            _ => Edit { from, to, put: quoted(&format!("TODO: {text}")), was },
        };
        self.edits.push(edit);
    }

    /// Whether the value that comes next is a text.
    fn is_text(&self) -> bool {
        let Some(open) = self.open.last() else { return false };
        let key = open.key.as_deref();
        match self.texts {
            _ if self.open.len() == 1 && key.is_some_and(|key| NO_TEXTS.contains(&key)) => false,
            Texts::All | Texts::Patterns | Texts::Lists => open.is_text || self.open.len() == 1,
            Texts::Under(keys) => open.is_text || key.is_some_and(|key| keys.contains(&key)),
        }
    }

    fn byte(&self, marker: &Marker) -> usize {
        let start = self.lines.get(marker.line().saturating_sub(1)).copied().unwrap_or(self.text.len());
        let line = &self.text[start..];
        line.char_indices().nth(marker.col()).map_or(self.text.len(), |(at, _)| start + at)
    }

    /// The file with its edits, and above each line that has any what stood there.
    fn written(mut self, source: &Language) -> String {
        self.edits.sort_by_key(|edit| edit.from);
        let mut remarks: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
        for edit in &self.edits {
            remarks.entry(self.key_line(edit)).or_default().push(&edit.was);
        }
        let mut out = String::new();
        let mut edits = self.edits.iter().peekable();
        for (line, start) in self.lines.iter().copied().enumerate() {
            let end = self.lines.get(line + 1).copied().unwrap_or(self.text.len());
            if let Some(was) = remarks.get(&line) {
                let whole = &self.text[start..end];
                let indent = &whole[..whole.len() - whole.trim_start_matches(' ').len()];
                let text = if let [one] = was.as_slice() { *one } else { whole.trim() };
                for (number, line) in text.lines().enumerate() {
                    let mark = if number == 0 { format!("{source}: ") } else { "    ".to_owned() };
                    out.push_str(format!("{indent}# {mark}{line}").trim_end());
                    out.push('\n');
                }
            }
            let mut at = start;
            // An edit may take lines out: what it ends in goes on behind it.
            if out_of(&self.edits, start) {
                at = self
                    .edits
                    .iter()
                    .filter(|edit| edit.from < start)
                    .map(|edit| edit.to)
                    .max()
                    .unwrap_or(start);
            }
            while let Some(edit) = edits.next_if(|edit| edit.from < end) {
                out.push_str(self.text.get(at..edit.from).unwrap_or_default());
                out.push_str(&edit.put);
                at = edit.to;
            }
            out.push_str(self.text.get(at.min(end)..end).unwrap_or_default());
        }
        out
    }

    /// The line of an edit's key: a block's text starts below it.
    fn key_line(&self, edit: &Edit) -> usize {
        let line_of = |at: usize| self.lines.partition_point(|start| *start <= at).saturating_sub(1);
        let line = line_of(edit.from);
        let is_block = edit.from == edit.to;
        if is_block {
            line_of(self.text[..self.lines[line]].trim_end().len().saturating_sub(1))
        } else {
            line
        }
    }
}

/// A block ends where the next key starts: blank lines and remarks between them belong to that.
fn without_remarks_behind(block: &str) -> &str {
    let mut block = block.trim_end();
    while let Some((before, last)) = block.rsplit_once('\n') {
        if !last.trim_start().starts_with('#') {
            break;
        }
        block = before.trim_end();
    }
    block
}

/// Whether a byte stands in what an edit takes out.
fn out_of(edits: &[Edit], at: usize) -> bool {
    edits.iter().any(|edit| edit.from < at && at < edit.to)
}

/// Whether a text says anything beside the names that it places.
fn has_words(text: &str) -> bool {
    let mut depth = 0u32;
    text.chars().any(|letter| {
        match letter {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => return depth == 0 && letter.is_alphabetic(),
        }
        false
    })
}

/// In double quotes, as YAML reads them.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => out.extend(['\\', letter]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            _ => out.push(letter),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn becomes(texts: Texts, text: &str, expected: &str) {
        assert_eq!(to_write(text, texts, &Language::new("en")), expected);
    }

    #[test]
    fn a_text_becomes_a_remark_and_a_place() {
        becomes(
            Texts::All,
            "# For authors.\nname: Name\nday: {am: am, full: \"{time}\"}\nclaims: [one]\n",
            "# For authors.\n# en: Name\nname: \"TODO: Name\"\n# en: am\nday: {am: \"TODO: am\", full: \"{time}\"}\nclaims: [one]\n",
        );
    }

    #[test]
    fn texts_of_one_line_share_a_remark() {
        becomes(
            Texts::All,
            "days: [Mon, \"T\\\"u\"]\n",
            "# en: days: [Mon, \"T\\\"u\"]\ndays: [\"TODO: Mon\", \"TODO: T\\\"u\"]\n",
        );
    }

    #[test]
    fn a_block_stays_a_block() {
        becomes(
            Texts::Under(&["answer"]),
            "- id: a\n  answer: >-\n    Yes.\n    No.\n  group: b\n",
            "- id: a\n  # en: Yes. No.\n  answer: >-\n    TODO: Yes.\n    No.\n  group: b\n",
        );
    }

    #[test]
    fn the_items_of_a_list_are_texts() {
        becomes(
            Texts::Under(&["steps"]),
            "- steps:\n    - Sit.\n    - Stand.\n  id: a\n",
            "- steps:\n    # en: Sit.\n    - \"TODO: Sit.\"\n    # en: Stand.\n    - \"TODO: Stand.\"\n  id: a\n",
        );
    }

    #[test]
    fn lists_of_one_language_start_empty() {
        becomes(
            Texts::Lists,
            "regions:\n  neck: [nape, scruff]\n  hip:\n    - hips\n    - groin\n\nunclear:\n  back: [a, b]\n  arm: [c]\n\n# At most.\nmost: 3\n",
            "regions:\n  # en: [nape, scruff]\n  neck: []\n  # en: - hips\n  #         - groin\n  hip: []\n\n\
             # en: back: [a, b]\n#       arm: [c]\nunclear: {}\n\n# At most.\nmost: 3\n",
        );
    }

    #[test]
    fn a_pattern_has_an_order_of_its_own() {
        becomes(
            Texts::Patterns,
            "day: \"{month} {day}\"\nfirst: 1\n",
            "# en: {month} {day}\nday: \"TODO: {month} {day}\"\nfirst: 1\n",
        );
        becomes(Texts::All, "day: \"{month} {day}\"\n", "day: \"{month} {day}\"\n");
    }

    #[test]
    fn ends_of_lines_of_every_kind_are_read() {
        let text = "regions:\n  neck: [nape, scruff]\n  hip:\n    - hips\nunclear:\n  back: [a, b]\n";
        for end in ["\r", "\r\n", "\u{85}", "\u{2028}"] {
            let text = text.replace('\n', end);
            for texts in [Texts::All, Texts::Patterns, Texts::Lists, Texts::Under(&["hip"])] {
                assert!(!to_write(&text, texts, &Language::new("en")).is_empty());
            }
        }
    }

    #[test]
    fn what_is_no_yaml_stays() {
        becomes(Texts::All, "a: [b\n", "a: [b\n");
    }
}
