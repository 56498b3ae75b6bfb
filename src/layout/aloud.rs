//! A layout as a screen reader reads it: the structure tree in order, without places.

use super::{ElementId, Layout, Role, Shape, Tag};
use crate::locale::is_close_set;
use std::collections::BTreeSet;
use std::fmt::Write;

/// Where whoever wrote a text ended a line of it.
const LINE_END: &str = "\u{2028}\n";

/// Between labels that stand side by side.
const BESIDE: &str = "· ";

/// What an element holds, in reading order.
enum Part {
    Text(String),
    Element(ElementId),
}

impl Layout {
    /// The tagged words as plain text: headings after `#`, items after `-`, pictures as `[what they show]`, cells
    /// between `|`. No-break spaces are ordinary ones.
    pub fn read_aloud(&self) -> String {
        let mut reader = Reader { layout: self, parts: self.parts(), out: String::new() };
        reader.element(ElementId(0));
        reader.out
    }

    /// What each element holds. Elements come in the order in which their content is met first.
    fn parts(&self) -> Vec<Vec<Part>> {
        let mut parts: Vec<Vec<Part>> = self.elements.iter().map(|_| Vec::new()).collect();
        let mut met = BTreeSet::from([ElementId(0)]);
        let mut before = None;
        for fragment in self.pages.iter().flat_map(|page| &page.fragments) {
            let Tag::Element(element) = fragment.tag else { continue };
            self.meet(element, &mut met, &mut parts);
            let Shape::Line { line, spans, origin } = &fragment.shape else { continue };
            // Labels side by side are told apart, as their places do for the eye.
            let is_paragraph = self.role(element) == Some(Role::Paragraph);
            if is_paragraph && before.replace((element, origin.y)) == Some((element, origin.y)) {
                add_text(&mut parts, element, BESIDE);
            }
            for run in &line.runs {
                let span = run.span.and_then(|span| spans.get(usize::from(span)));
                let holder = *span.unwrap_or(&element);
                self.meet(holder, &mut met, &mut parts);
                add_text(&mut parts, holder, &run.text);
            }
            // The line of a paragraph that goes on ends in a space.
            if line.ends {
                add_text(&mut parts, element, LINE_END);
            } else if line.runs.last().is_none_or(|run| !run.text.ends_with(' ')) {
                add_text(&mut parts, element, "\n");
            }
        }
        if self.by_element
            && let Some(top) = parts.first_mut()
        {
            top.sort_by_key(|part| if let Part::Element(id) = part { *id } else { ElementId(0) });
        }
        parts
    }

    fn role(&self, id: ElementId) -> Option<Role> {
        self.elements.get(id.0 as usize).map(|element| element.role)
    }

    /// Hangs an element, and whatever it stands in, from its parent when it is met for the first time.
    fn meet(&self, mut element: ElementId, met: &mut BTreeSet<ElementId>, parts: &mut [Vec<Part>]) {
        while met.insert(element) {
            let Some(parent) = self.elements.get(element.0 as usize).and_then(|element| element.parent)
            else {
                return;
            };
            if let Some(parts) = parts.get_mut(parent.0 as usize) {
                parts.push(Part::Element(element));
            }
            element = parent;
        }
    }
}

fn add_text(parts: &mut [Vec<Part>], holder: ElementId, text: &str) {
    let Some(parts) = parts.get_mut(holder.0 as usize) else { return };
    match parts.last_mut() {
        Some(Part::Text(last)) => last.push_str(text),
        _ => parts.push(Part::Text(text.to_owned())),
    }
}

struct Reader<'a> {
    layout: &'a Layout,
    parts: Vec<Vec<Part>>,
    out: String,
}

impl Reader<'_> {
    fn element(&mut self, id: ElementId) {
        let Some(element) = self.layout.elements.get(id.0 as usize) else { return };
        match element.role {
            Role::Heading(level) => {
                let words = self.words(id);
                let mark = "#".repeat(usize::from(level));
                let gap = if self.out.is_empty() { "" } else { "\n" };
                let _ = writeln!(self.out, "{gap}{mark} {words}");
            }
            Role::ListItem => {
                let words = self.words(id);
                let mark = if self.has_label(id) { "" } else { "- " };
                let _ = writeln!(self.out, "{mark}{words}");
            }
            Role::TableRow => self.row(id),
            Role::Figure => {
                let alt = element.alt.as_deref().unwrap_or_default();
                let _ = writeln!(self.out, "[{alt}]");
            }
            Role::Paragraph | Role::Caption | Role::Label | Role::ListBody => {
                let words = self.lines(id);
                let _ = writeln!(self.out, "{words}");
            }
            _ => self.children(id).into_iter().for_each(|child| self.element(child)),
        }
    }

    fn row(&mut self, id: ElementId) {
        let cells: Vec<String> = self.children(id).into_iter().map(|cell| self.words(cell)).collect();
        let _ = writeln!(self.out, "{}", cells.join(" | "));
    }

    fn children(&self, id: ElementId) -> Vec<ElementId> {
        let parts = self.parts.get(id.0 as usize).map_or(&[][..], Vec::as_slice);
        parts
            .iter()
            .filter_map(|part| if let Part::Element(child) = part { Some(*child) } else { None })
            .collect()
    }

    fn has_label(&self, id: ElementId) -> bool {
        self.children(id).first().and_then(|child| self.layout.role(*child)) == Some(Role::Label)
    }

    /// All words inside an element on one line.
    fn words(&self, id: ElementId) -> String {
        self.lines(id).replace('\n', " ")
    }

    /// All words inside an element, with single spaces between its lines and as many as there are inside of them; a line
    /// that was ended by hand ends.
    fn lines(&self, id: ElementId) -> String {
        let mut text = String::new();
        self.collect(id, &mut text);
        let text = text.replace('\u{a0}', " ");
        let lines = text.split_inclusive('\n').map(|line| (line.trim_end(), line.ends_with(LINE_END)));
        let mut ended = false;
        lines.filter(|(line, _)| !line.is_empty()).fold(String::new(), |mut all, (line, ends)| {
            // A script without spaces has none at the end of a line either.
            let is_close = all.ends_with(is_close_set) && line.starts_with(is_close_set);
            all.push_str(match () {
                () if all.is_empty() => "",
                () if ended => "\n",
                () if is_close => "",
                () => " ",
            });
            ended = ends;
            all + line
        })
    }

    fn collect(&self, id: ElementId, text: &mut String) {
        for part in self.parts.get(id.0 as usize).map_or(&[][..], Vec::as_slice) {
            match part {
                Part::Text(words) => text.push_str(words),
                Part::Element(child) => {
                    self.collect(*child, text);
                    let inline = [Role::Link, Role::Span];
                    let role = self.layout.role(*child);
                    if !role.is_some_and(|role| inline.contains(&role)) {
                        text.push('\n');
                    }
                }
            }
        }
    }
}
