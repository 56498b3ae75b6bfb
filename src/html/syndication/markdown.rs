//! The outline as CommonMark with tables, and as plain text.

use super::outline::{Part, Role};
use crate::document::{Inline, Text};
use crate::locale::unmarked;

/// Characters of a line of plain text, for mail programs that break none (RFC 5322, 2.1.1: 78).
const LINE: usize = 76;

pub(super) fn markdown(parts: &[Part]) -> String {
    let mut writer = Writer { marks: true, lines: Vec::new(), listed: None };
    writer.parts(parts, "");
    writer.lines.join("\n")
}

pub(super) fn plain(parts: &[Part]) -> String {
    let mut writer = Writer { marks: false, lines: Vec::new(), listed: None };
    writer.parts(parts, "");
    writer.lines.join("\n")
}

struct Writer {
    /// Markdown; else plain text.
    marks: bool,
    lines: Vec<String>,
    /// The bullet of the list that stands right above: one with the same would go on with it.
    listed: Option<char>,
}

impl Writer {
    fn parts(&mut self, parts: &[Part], indent: &str) {
        for part in parts {
            self.part(part, indent);
            self.gap();
        }
    }

    /// One empty line, however many are asked for.
    fn gap(&mut self) {
        if self.lines.last().is_some_and(|last| !last.is_empty()) {
            self.lines.push(String::new());
        }
    }

    fn part(&mut self, part: &Part, indent: &str) {
        let above = self.listed.take();
        match part {
            Part::Heading(level, text) => self.heading(*level, text, indent),
            Part::Paragraph(text) | Part::Small(text) => {
                let words = self.started(text);
                self.put(&words, indent, indent);
            }
            Part::List { start, items } => {
                let bullet = if self.marks && above == Some('-') { '*' } else { '-' };
                self.list(*start, items, (indent, bullet));
                self.listed = Some(bullet);
            }
            Part::Lines(lines) => {
                for (label, value) in lines {
                    let mut line = label.clone();
                    line.extend((!label.is_empty()).then(|| Inline::Text(": ".into())));
                    line.extend(value.iter().cloned());
                    let words = self.started(&line);
                    let bullet = format!("{indent}- ");
                    self.put(&words, &bullet, &format!("{indent}  "));
                }
            }
            Part::Table { head, rows } => self.table(head, rows, indent),
            Part::Boxed(role, parts) => {
                self.listed = above;
                self.boxed(*role, parts, indent);
            }
        }
    }

    fn heading(&mut self, level: u8, text: &Text, indent: &str) {
        let words = self.inlines(text).replace('\n', " ");
        if self.marks {
            self.lines.push(format!("{indent}{} {words}", "#".repeat(usize::from(level.min(6)))));
            return;
        }
        self.put(&words, indent, indent);
        let rule = match level {
            1 => "=",
            2 => "-",
            _ => return,
        };
        let length = words.chars().count().min(LINE);
        self.lines.push(format!("{indent}{}", rule.repeat(length)));
    }

    fn list(&mut self, start: Option<u64>, items: &[Vec<Part>], (indent, mark): (&str, char)) {
        for (index, item) in (0..).zip(items) {
            let bullet = match start {
                Some(start) => format!("{}. ", start.saturating_add(index)),
                None => format!("{mark} "),
            };
            let inner = format!("{indent}{}", " ".repeat(bullet.len()));
            let from = self.lines.len();
            match item.as_slice() {
                [Part::Paragraph(text)] => {
                    let words = self.started(text);
                    self.put(&words, &inner, &inner);
                }
                parts => {
                    self.parts(parts, &inner);
                    while self.lines.len() > from + 1 && self.lines.last().is_some_and(String::is_empty) {
                        self.lines.pop();
                    }
                }
            }
            if let Some(first) = self.lines.get_mut(from) {
                first.replace_range(indent.len()..inner.len().min(first.len()), &bullet);
            }
        }
    }

    fn table(&mut self, head: &[Text], rows: &[Vec<Text>], indent: &str) {
        let cells = |writer: &Writer, cells: &[Text]| {
            let cell = |text: &Text| writer.inlines(text).replace('\n', " ").replace('|', "\\|");
            cells.iter().map(cell).collect::<Vec<_>>()
        };
        if self.marks {
            let line = |cells: Vec<String>| format!("{indent}| {} |", cells.join(" | "));
            let mut lines = vec![line(cells(self, head)), line(vec!["---".into(); head.len()])];
            lines.extend(rows.iter().map(|row| line(cells(self, row))));
            self.lines.extend(lines);
            return;
        }
        let heads = cells(self, head);
        for row in rows {
            let named = heads.iter().zip(cells(self, row)).map(|(head, cell)| format!("{head}: {cell}"));
            let words = named.collect::<Vec<_>>().join("; ");
            self.put(&words, &format!("{indent}- "), &format!("{indent}  "));
        }
    }

    /// Of all boxes the emergency alone looks like one: a quotation in Markdown, a sign in plain text.
    fn boxed(&mut self, role: Role, parts: &[Part], indent: &str) {
        let inner = match role {
            Role::Emergency if self.marks => format!("{indent}> "),
            Role::Emergency => format!("{indent}! "),
            _ => return self.parts(parts, indent),
        };
        let from = self.lines.len();
        self.parts(parts, &inner);
        while self.lines.last().is_some_and(String::is_empty) {
            self.lines.pop();
        }
        for line in self.lines.iter_mut().skip(from).filter(|line| line.is_empty()) {
            inner.trim_end().clone_into(line);
        }
    }

    /// Words in one line of Markdown; in plain text in lines of a mail's length.
    fn put(&mut self, words: &str, first: &str, further: &str) {
        let mut before = first;
        for line in words.split('\n') {
            if self.marks {
                self.lines.push(format!("{before}{line}"));
                before = further;
                continue;
            }
            let mut filled = String::from(before);
            let mut empty = true;
            for word in line.split(' ').filter(|word| !word.is_empty()) {
                if !empty && filled.chars().count() + 1 + word.chars().count() > LINE {
                    self.lines.push(std::mem::replace(&mut filled, further.to_owned()));
                    empty = true;
                }
                if !empty {
                    filled.push(' ');
                }
                filled.push_str(word);
                empty = false;
            }
            self.lines.push(filled);
            before = further;
        }
    }

    /// A text that begins a line: nothing at its start makes it a list or a heading.
    fn started(&self, text: &Text) -> String {
        let words = self.inlines(text);
        if !self.marks {
            return words;
        }
        let digits = words.bytes().take_while(u8::is_ascii_digit).count();
        let numbers = digits > 0 && words[digits..].starts_with(['.', ')']);
        match words.chars().next() {
            Some('-' | '+' | '=') => format!("\\{words}"),
            _ if numbers => format!("{}\\{}", &words[..digits], &words[digits..]),
            _ => words,
        }
    }

    fn inlines(&self, text: &[Inline]) -> String {
        let mut words = String::new();
        for inline in text {
            match inline {
                Inline::Text(characters) => self.characters(&unmarked(characters), &mut words),
                Inline::Strong(inner) => self.around("**", inner, &mut words),
                Inline::Emphasis(inner) => self.around("*", inner, &mut words),
                Inline::Foreign { text, .. } => words.push_str(&self.inlines(text)),
                Inline::Link { url, text } => self.link(url, text, &mut words),
                Inline::Break => words.push_str(if self.marks { "\\\n" } else { "\n" }),
            }
        }
        words
    }

    fn around(&self, mark: &str, text: &[Inline], words: &mut String) {
        let inner = self.inlines(text);
        match self.marks && !inner.trim().is_empty() {
            true => words.extend([mark, inner.trim(), mark]),
            false => words.push_str(&inner),
        }
    }

    fn link(&self, url: &str, text: &[Inline], words: &mut String) {
        let inner = self.inlines(text);
        if self.marks {
            words.extend(["[", &inner, "](<", &url.replace(['<', '>', '\n'], ""), ">)"]);
            return;
        }
        words.push_str(&inner);
        let shown = url.trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/');
        if url.starts_with("http") && !inner.contains(shown) {
            words.extend([": ", url]);
        }
    }

    fn characters(&self, characters: &str, words: &mut String) {
        for character in characters.chars() {
            match character {
                '\u{a0}' | '\n' => words.push(' '),
                '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '~' | '&' | '|' if self.marks => {
                    words.extend(['\\', character]);
                }
                character => words.push(character),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(words: &str) -> Text {
        vec![Inline::Text(words.into())]
    }

    #[test]
    fn nothing_in_a_text_becomes_markup() {
        let parts = [Part::Paragraph(text("1. *no* list & <b>")), Part::Paragraph(text("- nor this"))];
        assert_eq!(markdown(&parts), "1\\. \\*no\\* list \\& \\<b\\>\n\n\\- nor this\n");
        assert_eq!(plain(&parts), "1. *no* list & <b>\n\n- nor this\n");
    }

    #[test]
    fn lists_keep_what_is_inside_of_their_items() {
        let item = |words: &str| vec![Part::Paragraph(text(words))];
        let inner = Part::List { start: Some(9), items: vec![item("nine"), item("ten")] };
        let list =
            Part::List { start: None, items: vec![item("one"), vec![Part::Paragraph(text("two")), inner]] };
        assert_eq!(markdown(&[list]), "- one\n- two\n\n  9. nine\n  10. ten\n");
    }

    #[test]
    fn two_lists_stay_two() {
        let list = |word: &str| Part::List { start: None, items: vec![vec![Part::Paragraph(text(word))]] };
        assert_eq!(markdown(&[list("one"), list("two"), list("three")]), "- one\n\n* two\n\n- three\n");
        assert_eq!(plain(&[list("one"), list("two")]), "- one\n\n- two\n");
    }

    #[test]
    fn the_emergency_is_marked_in_every_line() {
        let parts = [Part::Boxed(
            Role::Emergency,
            vec![Part::Heading(3, text("Call")), Part::Paragraph(text("Now"))],
        )];
        assert_eq!(markdown(&parts), "> ### Call\n>\n> Now\n");
        assert_eq!(plain(&parts), "! Call\n!\n! Now\n");
    }
}
