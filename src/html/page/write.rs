//! A page as text: the tree that was judged, with what the program puts into it.

use super::isolates::isolates;
use super::place::{MARKER, Plan};
use super::{Kind, Wanted, admit};
use crate::locale::{Direction, unmarked};
use ego_tree::iter::Edge;
use ego_tree::{NodeId, NodeRef};
use scraper::node::Element;
use scraper::{Html, Node};

/// Elements without an end.
const VOID: [&str; 10] = ["area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "wbr"];

/// Elements whose text is written as it stands.
const RAW: [&str; 2] = ["script", "style"];

/// Of the notice that another server counts the readers: as strong as the warnings' own style, in the colours that the browser has
/// for text.
const NOTICE_STYLE: &str = "@layer{[data-trackers]{all:initial!important;display:block!important;\
    padding:12px 0!important;font:400 .875em/1.5 system-ui,sans-serif!important;unicode-bidi:plaintext!important;\
    background:Canvas!important;color:CanvasText!important}}";

/// `style`: the program's own.
pub(super) fn page(html: &Html, plan: &Plan, wanted: &Wanted<'_>, style: &str) -> String {
    let (kind, direction, page) = (&wanted.kind, wanted.direction, String::from("<!DOCTYPE html>\n"));
    let mut writer = Writer { plan, kind, style, direction, page, part: false, placed: false };
    let mut skipped: Option<NodeId> = None;
    for edge in html.tree.root().traverse() {
        match edge {
            Edge::Open(node) if skipped.is_none() => match writer.open(node) {
                true => {}
                false => skipped = Some(node.id()),
            },
            Edge::Close(node) if skipped.is_none() => writer.close(node),
            Edge::Close(node) if skipped == Some(node.id()) => skipped = None,
            _ => {}
        }
    }
    writer.page.push('\n');
    writer.page
}

struct Writer<'a> {
    plan: &'a Plan,
    kind: &'a Kind<'a>,
    style: &'a str,
    direction: Direction,
    page: String,
    /// A box for what stands beside the way to the warnings is open.
    part: bool,
    placed: bool,
}

impl Writer<'_> {
    /// Whether what the node holds is to be written too.
    fn open(&mut self, node: NodeRef<'_, Node>) -> bool {
        self.beside(node);
        match node.value() {
            Node::Document | Node::Fragment => true,
            Node::Text(text) => {
                self.text(text, node);
                false
            }
            Node::Element(element) if element.name() == MARKER => {
                if Some(node.id()) == self.plan.marker {
                    self.warnings();
                }
                false
            }
            Node::Element(element) => self.element(element, node),
            _ => false,
        }
    }

    /// Opens or closes the box for what a frame holds beside the way to the warnings.
    fn beside(&mut self, node: NodeRef<'_, Node>) {
        let Some(parent) = node.parent().filter(|parent| self.is_holding(parent.id())) else { return };
        let on_the_way = self.plan.frames.contains(&node.id()) || Some(node.id()) == self.plan.marker;
        if on_the_way {
            return self.end_part();
        }
        let innermost = self.plan.frames.last() == Some(&parent.id());
        if innermost && self.plan.marker.is_none() {
            self.warnings();
        }
        let blank = match node.value() {
            Node::Text(text) => text.trim_ascii().is_empty(),
            Node::Element(element) => element.name() == MARKER,
            _ => true,
        };
        if !self.part && !blank {
            let above = self.plan.warnings.is_some() && !self.placed;
            self.page.push_str(if above { "<div data-beside=\"above\">" } else { "<div data-beside>" });
            self.part = true;
        }
    }

    /// A frame whose content is shown: all but `html`.
    fn is_holding(&self, id: NodeId) -> bool {
        self.plan.frames.iter().skip(1).any(|frame| *frame == id)
    }

    fn end_part(&mut self) {
        if std::mem::take(&mut self.part) {
            self.page.push_str("</div>\n");
        }
    }

    fn warnings(&mut self) {
        if let (false, Some(warnings)) = (self.placed, &self.plan.warnings) {
            self.page.push_str(warnings);
        }
        self.placed = true;
    }

    fn text(&mut self, text: &str, node: NodeRef<'_, Node>) {
        let parent = node.parent().and_then(|parent| parent.value().as_element().map(Element::name));
        match parent {
            Some(name) if RAW.contains(&name) => self.page.push_str(text),
            // Words outside of a line of text, as those of a title, can hold no elements.
            Some("title") => escape(&unmarked(text), false, &mut self.page),
            _ if node.parent().is_some_and(is_foreign_node) => escape(&unmarked(text), false, &mut self.page),
            _ => isolates(text, self.direction, &mut self.page, |text, page| escape(text, false, page)),
        }
    }

    fn element(&mut self, element: &Element, node: NodeRef<'_, Node>) -> bool {
        if is_the_programs_own(element) {
            return false;
        }
        self.page.extend(["<", element.name()]);
        for (name, value) in element.attrs.iter() {
            self.page.push(' ');
            if let Some(prefix) = &name.prefix {
                self.page.extend([prefix, ":"]);
            }
            self.page.push_str(&name.local);
            if !value.is_empty() {
                self.page.push_str("=\"");
                escape(value, true, &mut self.page);
                self.page.push('"');
            }
        }
        if let Some(direction) = self.direction_of(element) {
            self.page.extend([" dir=\"", direction, "\""]);
        }
        if self.plan.frames.contains(&node.id()) {
            self.page.push_str(" data-frame");
        }
        let empty = is_foreign(element) && !node.has_children();
        self.page.push_str(if empty { "/>" } else { ">" });
        if element.name() == "head" {
            self.head();
        }
        true
    }

    /// Which way an element runs that does not say so: the page from right to left, in a language of that kind; words of
    /// another language in it as they begin.
    fn direction_of(&self, element: &Element) -> Option<&'static str> {
        let is_silent = element.attr("dir").is_none() && !is_foreign(element);
        match element.name() {
            _ if !is_silent || !self.direction.is_right_to_left() => None,
            "html" => Some(self.direction.name()),
            _ => element.attr("lang").map(|_| "auto"),
        }
    }

    fn head(&mut self) {
        let policy = admit::policy(self.kind);
        self.page
            .push_str("\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"");
        escape(&policy, true, &mut self.page);
        self.page.extend(["\">\n<meta name=\"viewport\" content=\"", admit::VIEWPORT, "\">\n<style>"]);
        self.page.push_str(self.style);
        if !self.notice().is_empty() {
            self.page.push_str(NOTICE_STYLE);
        }
        self.page.push_str("</style>\n");
    }

    /// Who hears of a reader's visit; empty where nobody does.
    fn notice(&self) -> &str {
        match self.kind {
            Kind::Site { trackers, .. } => &trackers.notice,
            Kind::Copy { .. } => "",
        }
    }

    fn close(&mut self, node: NodeRef<'_, Node>) {
        let Some(element) = node.value().as_element() else { return };
        if self.is_holding(node.id()) {
            // A page whose innermost frame is empty has its warnings all the same.
            if self.plan.frames.last() == Some(&node.id()) && self.plan.marker.is_none() {
                self.warnings();
            }
            self.end_part();
        }
        let name = element.name();
        if name == "body" && !is_foreign(element) && !self.notice().is_empty() {
            let notice = self.notice().to_owned();
            self.page.push_str("<p data-trackers>");
            isolates(&notice, self.direction, &mut self.page, |text, page| escape(text, false, page));
            self.page.push_str("</p>\n");
        }
        let ends = match is_foreign(element) {
            true => node.has_children(),
            false => !VOID.contains(&name),
        };
        if ends {
            self.page.extend(["</", name, ">"]);
        }
    }
}

fn is_foreign(element: &Element) -> bool {
    &*element.name.ns != "http://www.w3.org/1999/xhtml"
}

fn is_foreign_node(node: NodeRef<'_, Node>) -> bool {
    node.value().as_element().is_some_and(is_foreign)
}

/// What the program writes into the head itself.
fn is_the_programs_own(element: &Element) -> bool {
    let name = element.attr("name").unwrap_or_default();
    element.name() == "meta"
        && !is_foreign(element)
        && (element.attr("charset").is_some()
            || element.attr("http-equiv").is_some()
            || name.eq_ignore_ascii_case("viewport"))
}

fn escape(text: &str, in_attribute: bool, page: &mut String) {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let (written, length) = match byte {
            b'&' => ("&amp;", 1),
            b'<' => ("&lt;", 1),
            b'>' => ("&gt;", 1),
            b'"' if in_attribute => ("&quot;", 1),
            // Marks of isolates, U+2066 to U+2069.
            0xE2 if matches!(text.as_bytes()[at..], [_, 0x81, 0xA6..=0xA9, ..]) => ("", 3),
            _ => continue,
        };
        page.push_str(&text[from..at]);
        page.push_str(written);
        from = at + length;
    }
    page.push_str(&text[from..]);
}
