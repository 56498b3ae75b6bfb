//! The outline as HTML whose style stands on each element.

use super::outline::{Part, Role};
use super::style::{self, InMail, InPage, Of, Written};
use crate::document::{Inline, Meta, Text};
use crate::html::theme::Theme;
use crate::html::view::{escaped, held_pieces};
use crate::locale::unmarked;

/// Where it will stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dress {
    /// Boxes are tables, as mail programs need them.
    Email,
    /// Its title is of the second level: the page has one of its own.
    Fragment,
}

/// The class of a fragment: its only name in the page that it stands in.
const CLASS: &str = "aftercare-embed";

pub(super) struct Dressed<'a> {
    dress: Dress,
    theme: &'a Theme,
    meta: &'a Meta,
    html: String,
    /// The heading of the box that is open, and links in it.
    heading: Option<Of>,
}

impl<'a> Dressed<'a> {
    pub(super) fn new(dress: Dress, theme: &'a Theme, meta: &'a Meta) -> Dressed<'a> {
        Dressed { dress, theme, meta, html: String::new(), heading: None }
    }

    pub(super) fn page(mut self, parts: &[Part]) -> String {
        let root = self.style(Of::Root, &[]);
        match self.dress {
            Dress::Email => {
                let paper = self.theme.light().paper.clone();
                self.html.push_str(&format!(
                    "<body style=\"margin:0;padding:0;background-color:{paper}\">\n<table role=\"presentation\" \
                     width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" bgcolor=\"{paper}\"><tr>\
                     <td align=\"center\">\n<table role=\"presentation\" width=\"640\" cellpadding=\"0\" \
                     cellspacing=\"0\" border=\"0\" style=\"width:100%;max-width:640px\"><tr><td style=\"{root}\">\n"
                ));
                self.parts(parts);
                self.html.push_str("</td></tr></table>\n</td></tr></table>\n</body>");
            }
            Dress::Fragment => {
                self.html.push_str(&format!(
                    "<div class=\"{CLASS}\" lang=\"{}\" dir=\"{}\" style=\"{}\">\n<style>{}</style>\n",
                    escaped(self.meta.language.tag()),
                    self.meta.direction.name(),
                    root,
                    style_of_marks(),
                ));
                self.parts(parts);
                self.html.push_str("</div>");
            }
        }
        self.html
    }

    fn style(&self, element: Of, more: &[(&'static str, style::Value)]) -> String {
        let mut declarations = style::of(element, self.meta.direction);
        declarations.extend_from_slice(more);
        let web_fonts = &*self.meta.web_fonts;
        match (self.dress, element) {
            (Dress::Email, _) => InMail.written(&declarations, self.theme, web_fonts),
            // Nothing is handed down from the page but its colour scheme.
            (Dress::Fragment, Of::Root) => {
                let css = InPage.written(&declarations, self.theme, web_fonts);
                let css = css.replacen("all:revert!important", ROOT, 1);
                format!("{css};direction:{}!important", self.meta.direction.name())
            }
            (Dress::Fragment, _) => InPage.written(&declarations, self.theme, web_fonts),
        }
    }

    fn open(&mut self, name: &str, element: Of, attributes: &str) {
        let style = self.style(element, &[]);
        let style = if style.is_empty() { String::new() } else { format!(" style=\"{style}\"") };
        self.html.extend(["<", name, attributes, &style, ">"]);
    }

    fn close(&mut self, name: &str) {
        self.html.extend(["</", name, ">"]);
    }

    fn element(&mut self, name: &str, element: Of, text: &Text) {
        self.open(name, element, "");
        let link = if element == Of::Band { Of::LinkOnBand } else { Of::Link };
        self.inlines(text, link);
        self.close(name);
        self.html.push('\n');
    }

    fn parts(&mut self, parts: &[Part]) {
        for part in parts {
            self.part(part);
        }
    }

    fn part(&mut self, part: &Part) {
        match part {
            Part::Heading(level, text) => {
                let own = if self.dress == Dress::Fragment { 1 } else { 0 };
                let name = format!("h{}", (level + own).min(6));
                let element = self.heading.unwrap_or(Of::Heading(*level));
                self.element(&name, element, text);
            }
            Part::Paragraph(text) => self.element("p", Of::Paragraph, text),
            Part::List { start, items } => self.list(*start, items),
            Part::Lines(lines) => {
                for (label, value) in lines {
                    self.open("p", Of::Lines, "");
                    if !label.is_empty() {
                        self.open("span", Of::Label, "");
                        self.inlines(label, Of::Link);
                        self.close("span");
                        self.html.push_str(": ");
                    }
                    self.inlines(value, Of::Link);
                    self.close("p");
                    self.html.push('\n');
                }
            }
            Part::Table { head, rows } => self.table(head, rows),
            Part::Boxed(role, parts) => self.boxed(*role, parts),
            Part::Small(text) => self.element("p", Of::Small, text),
        }
    }

    fn list(&mut self, start: Option<u64>, items: &[Vec<Part>]) {
        let (name, attributes) = match start {
            Some(1) => ("ol", String::new()),
            Some(number) => ("ol", format!(" start=\"{number}\"")),
            None => ("ul", String::new()),
        };
        self.open(name, Of::List, &attributes);
        self.html.push('\n');
        for item in items {
            self.open("li", Of::Item, "");
            match item.as_slice() {
                [Part::Paragraph(text)] => self.inlines(text, Of::Link),
                parts => self.parts(parts),
            }
            self.close("li");
            self.html.push('\n');
        }
        self.close(name);
        self.html.push('\n');
    }

    fn table(&mut self, head: &[Text], rows: &[Vec<Text>]) {
        self.open("table", Of::Table, " cellpadding=\"0\" cellspacing=\"0\" width=\"100%\"");
        let mut row = |cells: &[Text], name: &str, element: Of| {
            self.open("tr", Of::Plain, "");
            for cell in cells {
                let scope = if name == "th" { " scope=\"col\"" } else { "" };
                self.open(name, element, scope);
                self.inlines(cell, Of::Link);
                self.close(name);
            }
            self.close("tr");
            self.html.push('\n');
        };
        row(head, "th", Of::HeadCell);
        rows.iter().for_each(|cells| row(cells, "td", Of::Cell));
        self.close("table");
        self.html.push('\n');
    }

    fn boxed(&mut self, role: Role, parts: &[Part]) {
        let (outside, heading) = match role {
            Role::Answer => (Of::Answer, None),
            Role::Emergency => (Of::Emergency, Some(Of::Band)),
            Role::SameDay => (Of::SameDay, Some(Of::SameDayHeading)),
            Role::Call => (Of::Call, Some(Of::CallHeading)),
            Role::Note => (Of::Note, None),
        };
        self.open_box(outside);
        match (role, parts) {
            (Role::Answer, [Part::Paragraph(answer), rest @ ..]) => {
                self.element("p", Of::AnswerText, answer);
                self.parts(rest);
            }
            (Role::Emergency, [head, rest @ ..]) => {
                self.heading = heading;
                self.part(head);
                self.heading = None;
                self.open_box(Of::EmergencyBody);
                self.parts(rest);
                self.close_box();
            }
            _ => {
                self.heading = heading;
                self.parts(parts);
                self.heading = None;
            }
        }
        self.close_box();
        self.gap();
    }

    fn open_box(&mut self, element: Of) {
        match self.dress {
            Dress::Fragment => self.open("div", element, ""),
            Dress::Email => {
                self.html.push_str(
                    "<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\"><tr>",
                );
                self.open("td", element, "");
            }
        }
        self.html.push('\n');
    }

    fn close_box(&mut self) {
        self.html.push_str(match self.dress {
            Dress::Fragment => "</div>\n",
            Dress::Email => "</td></tr></table>\n",
        });
    }

    /// Between boxes: a margin of a table is not known everywhere.
    fn gap(&mut self) {
        match self.dress {
            Dress::Fragment => {
                self.html.push_str("<div style=\"all:revert!important;height:12px!important\"></div>\n");
            }
            Dress::Email => self.html.push_str(
                "<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\"><tr>\
                 <td height=\"12\" style=\"font-size:12px;line-height:12px\">&nbsp;</td></tr></table>\n",
            ),
        }
    }

    fn inlines(&mut self, text: &[Inline], link: Of) {
        for inline in text {
            match inline {
                Inline::Text(words) => self.words(words),
                Inline::Strong(inner) => self.marked("strong", Of::Strong, "", (inner, link)),
                Inline::Emphasis(inner) => self.marked("em", Of::Emphasis, "", (inner, link)),
                Inline::Foreign { language, text } => {
                    let lang = format!(" lang=\"{}\"", escaped(language.tag()));
                    self.marked("span", Of::Plain, &lang, (text, link));
                }
                Inline::Link { url, text } => {
                    // A page that opens inside of a frame would be lost in it.
                    let away = self.dress == Dress::Fragment && url.starts_with("http");
                    let target = if away { " target=\"_blank\" rel=\"noopener\"" } else { "" };
                    let attributes = format!(" href=\"{}\"{target}", escaped(&unmarked(url)));
                    self.marked("a", link, &attributes, (text, link));
                }
                Inline::Break => self.html.push_str("<br>"),
            }
        }
    }

    /// Mail programs end a line behind a hyphen, also between the digits of a number to call, and between a name and what stands
    /// behind it.
    fn words(&mut self, text: &str) {
        // Marks of a direction that begin elsewhere are not parted from each other.
        let is_whole = |word: &str| word.matches('\u{2068}').count() == word.matches('\u{2069}').count();
        for (words, is_held) in held_pieces(text) {
            if is_held && is_whole(words) {
                self.open("span", Of::Whole, "");
                self.html.push_str(&escaped(words));
                self.close("span");
            } else {
                self.html.push_str(&escaped(words));
            }
        }
    }

    fn marked(&mut self, name: &str, element: Of, attributes: &str, (text, link): (&[Inline], Of)) {
        self.open(name, element, attributes);
        self.inlines(text, link);
        self.close(name);
    }
}

/// What begins the style of a fragment: nothing of the page's is handed down, and the box shows whatever it holds.
const ROOT: &str = "all:initial!important;color-scheme:inherit!important;display:block!important;\
                    line-height:1.5!important;max-width:720px!important;overflow-wrap:break-word!important";

/// What a page draws before and behind elements is no element: a style of its own takes that back. All its selectors begin with
/// the fragment's class.
fn style_of_marks() -> String {
    let marks = ["before", "after"].map(|mark| format!(".{CLASS} ::{mark},.{CLASS}::{mark}")).join(",");
    format!("@layer{{{marks}{{all:unset!important;content:none!important;display:none!important}}}}")
}
