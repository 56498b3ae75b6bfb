//! The general text for other people's software: a fragment of a page, a frame, an e-mail, Markdown. Those programs know
//! nothing of our style sheets and templates, so this module uses none of them: `outline` fixes the order, and one writer
//! per format makes the markup. The warnings come right behind the answer, as on every sheet.

mod dressed;
mod frame;
mod markdown;
mod outline;
mod style;

pub(super) use frame::{FRAME_SCRIPT, HOST_SCRIPT, frame, snippet};

use super::theme::Theme;
use crate::document::{Document, Reach, Text};
use dressed::{Dress, Dressed};
use outline::{Part, outline};

/// A text to be put somewhere else.
pub(super) struct Syndicated<'a> {
    pub document: &'a Document,
    pub reach: &'a Reach,
    pub theme: &'a Theme,
    /// The page of the whole text, where its address is known, and what it is called.
    pub page: Option<(String, Text)>,
    /// Which program and content made it.
    pub mark: &'a str,
}

impl Syndicated<'_> {
    /// A part of a page of somebody else's, with its style on each element.
    pub fn fragment(&self) -> String {
        let mut html = self.dressed(Dress::Fragment);
        html.push_str(&format!("\n<!-- {} -->\n", self.mark));
        html
    }

    /// An e-mail of tables with its style on each element; nothing is loaded.
    pub fn email(&self) -> String {
        let meta = self.document.meta();
        let head = format!(
            "<!DOCTYPE html>\n<html lang=\"{}\" dir=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n\
             <meta name=\"supported-color-schemes\" content=\"light dark\">\n<title>{}</title>\n</head>\n",
            super::view::escaped(meta.language.tag()),
            meta.direction.name(),
            super::view::escaped(&meta.title),
        );
        format!("{head}{}\n</html>\n<!-- {} -->\n", self.dressed(Dress::Email), self.mark)
    }

    /// The words of the e-mail for readers without HTML.
    pub fn plain(&self) -> String {
        format!("{}\n[{}]\n", markdown::plain(&self.parts()), self.mark)
    }

    pub fn markdown(&self) -> String {
        format!("{}\n<!-- {} -->\n", markdown::markdown(&self.parts()), self.mark)
    }

    fn parts(&self) -> Vec<Part> {
        outline(self.document, self.reach, self.page.as_ref())
    }

    fn dressed(&self, dress: Dress) -> String {
        let meta = self.document.meta();
        let html = Dressed::new(dress, self.theme, meta).page(&self.parts());
        super::page::with_isolates(&html, meta.direction)
    }
}
