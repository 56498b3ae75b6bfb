//! A document becomes one self-contained HTML file: style, pictures and typeface inside, no script, nothing asked of
//! any server. The files in `templates/html/` decide the markup; they see the views of [`view`], not the document. The
//! text for everybody becomes the pages of a web site in [`site`].

mod guard;
mod reading;
pub mod site;
mod theme;
mod view;

pub use reading::visible_text;
pub use theme::Theme;

use crate::brand::Brand;
use crate::diagnostic::{Diagnostic, Faults, Hint, Place};
use crate::document::Document;
use crate::document::sample::sample_of_everything;
use crate::options::Edition;
use crate::template::{TemplateSource, Templates};
use std::collections::BTreeMap;
use view::{PageView, PictureView};

/// The template that a handout is made with.
const HANDOUT: &str = "handout.html";

/// Makes HTML of documents; compiled once, shared by threads.
pub struct HtmlRenderer {
    templates: Templates,
    /// Where `handout.html` stands.
    place: Place,
    theme: Theme,
    logo: PictureView,
}

impl HtmlRenderer {
    /// `templates`: the files of `templates/html/` by name.
    ///
    /// # Errors
    /// Every template that cannot be compiled, each with its place; a folder without `handout.html`.
    pub fn new(templates: &BTreeMap<String, TemplateSource>, brand: &Brand) -> Result<HtmlRenderer, Faults> {
        let handout = templates.get(HANDOUT).ok_or_else(|| no_handout(templates))?;
        Ok(HtmlRenderer {
            place: Place::file(handout.place.file.clone()),
            templates: Templates::compile(templates)?,
            theme: Theme::of(&brand.palette),
            logo: PictureView::of(&brand.logo),
        })
    }

    /// Makes a page with every kind of part, so that a name that only a rare part uses is found before a patient's
    /// sheet needs it.
    ///
    /// # Errors
    /// As [`render`](HtmlRenderer::render).
    pub fn try_out(&self) -> Result<(), Faults> {
        self.render(&sample_of_everything(), Edition::Standard).map(|_| ())
    }

    /// The file's text. `edition` sets the size of the type, and outlines instead of fills to save ink.
    ///
    /// # Errors
    /// The first fault of a template: an unknown name, with its place and the nearest; too much work or output; a
    /// warning sign left out.
    pub fn render(&self, document: &Document, edition: Edition) -> Result<String, Faults> {
        let page = PageView::of(document, edition, &self.theme, &self.logo);
        let html = self.templates.fill(HANDOUT, &page)?;
        guard::check_safety(&html, document, &self.place)?;
        Ok(html)
    }
}

fn no_handout(templates: &BTreeMap<String, TemplateSource>) -> Faults {
    let fault = Diagnostic::error("no-template", format!("templates/html holds no `{HANDOUT}`"));
    let near = Hint::nearest(HANDOUT, templates.keys().map(String::as_str));
    Diagnostic { hints: near.into_iter().collect(), ..fault }.into()
}
