//! Inlines: text, strong, emphasis, links.

use super::{MARKS, Reader};
use crate::diagnostic::shown;
use crate::document::{Inline, Text, plain_text};
use pulldown_cmark::{Event, LinkType, Tag};

/// What a link may lead to: what a phone, a mail program or a browser opens.
const SCHEMES: [&str; 4] = ["https:", "http:", "mailto:", "tel:"];
/// Characters of a link's address, at most.
const ADDRESS: usize = 2_000;

impl<'t> Reader<'t> {
    /// The byte at which an inline starts that comes next; `None` when a block or an end comes.
    pub(super) fn at_inline(&mut self) -> Option<usize> {
        let (event, range) = self.events.peek()?;
        let inline = match event {
            Event::Start(tag) => is_inline(tag),
            Event::Text(_)
            | Event::Code(_)
            | Event::InlineHtml(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::FootnoteReference(_)
            | Event::SoftBreak
            | Event::HardBreak => true,
            Event::End(_) | Event::Html(_) | Event::Rule | Event::TaskListMarker(_) => false,
        };
        inline.then_some(range.start)
    }

    /// Inlines up to the next block or end, which stays.
    pub(super) fn inlines(&mut self) -> Text {
        let mut text = Text::new();
        while self.at_inline().is_some() {
            let Some((event, range)) = self.next() else { break };
            match event {
                Event::Text(characters) => push(&mut text, &characters),
                Event::SoftBreak => push(&mut text, " "),
                Event::HardBreak => text.push(Inline::Break),
                Event::Start(tag) => text.extend(self.marked(tag, range.start)),
                event => self.refuse_inline(&event, range.start),
            }
        }
        text
    }

    /// An inline that holds inlines.
    fn marked(&mut self, tag: Tag<'t>, at: usize) -> Option<Inline> {
        if self.marks >= MARKS {
            self.skip();
            self.fault(at, "too-deep", format!("marks are nested deeper than {MARKS}"), None);
            return None;
        }
        if let Tag::Image { .. } = tag {
            self.skip();
            let hint = "put an empty line before and after it".to_owned();
            self.fault(at, "figure-in-text", "a figure must stand alone", Some(hint.into()));
            return None;
        }
        self.marks += 1;
        let text = self.inlines();
        self.marks -= 1;
        self.next();
        match tag {
            Tag::Emphasis => Some(Inline::Emphasis(text)),
            Tag::Strong => Some(Inline::Strong(text)),
            Tag::Link { link_type, dest_url, .. } => {
                let scheme = if link_type == LinkType::Email { "mailto:" } else { "" };
                let url = format!("{scheme}{dest_url}");
                self.check_link(&url, &text, at);
                Some(Inline::Link { url, text })
            }
            _ => None,
        }
    }

    fn check_link(&mut self, url: &str, text: &[Inline], at: usize) {
        let scheme = SCHEMES.iter().any(|scheme| url.starts_with(scheme));
        let sound =
            url.len() <= ADDRESS && !url.contains(|sign: char| sign.is_whitespace() || sign.is_control());
        if !scheme || !sound {
            let hint = "a link starts with `https:`, `http:`, `mailto:` or `tel:`".to_owned();
            self.fault(
                at,
                "bad-link",
                format!("`{}` is no address for a link", shown(url)),
                Some(hint.into()),
            );
        } else if url.contains('#') {
            let hint = "link to the whole page".to_owned();
            self.fault(
                at,
                "bad-link",
                format!("`{}` leads to a part of a page", shown(url)),
                Some(hint.into()),
            );
        }
        if plain_text(text).trim().is_empty() {
            self.fault(at, "blank", "the link has no text", None);
        }
    }

    fn refuse_inline(&mut self, event: &Event<'_>, at: usize) {
        let (message, hint) = match event {
            Event::Code(_) => ("code is not printed", "write `\\`` for a sign that is meant"),
            Event::InlineHtml(_) => ("raw HTML is not printed", "write `\\<` for a sign that is meant"),
            Event::FootnoteReference(_) => ("footnotes are not printed", "say it in the text"),
            _ => ("this Markdown is not printed", "use strong, emphasis and links"),
        };
        self.fault(at, "forbidden-markdown", message, Some(hint.into()));
    }
}

fn is_inline(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. }
            | Tag::Image { .. }
    )
}

/// Adds characters to the run that is there: smart punctuation comes in pieces.
fn push(text: &mut Text, characters: &str) {
    match text.last_mut() {
        Some(Inline::Text(run)) => run.push_str(characters),
        _ => text.push(Inline::Text(characters.to_owned())),
    }
}
