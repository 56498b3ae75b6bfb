//! A document becomes one self-contained HTML file: style, pictures and typeface inside, no script, nothing asked of
//! any server. The files in `templates/html/` decide the markup; they see the views of [`view`], not the document. What
//! they made is judged and finished in [`page`], which places the warnings. The text for everybody becomes the pages of a
//! web site in [`site`].

mod page;
mod reading;
pub mod site;
mod syndication;
mod theme;
mod view;

pub use page::OwnStyle;
pub use reading::visible_text;
pub use theme::Theme;

use crate::brand::Brand;
use crate::diagnostic::{Diagnostic, Faults, Place};
use crate::document::sample::{sample_of_everything, sample_reach};
use crate::document::{Document, QrCode, QrModules, Reach};
use crate::options::Edition;
use crate::template::{TemplateSource, Templates};
use page::{Hidden, Kind, Look, Wanted};
use std::collections::BTreeMap;
use view::{ClinicView, LogoView, PageView};

/// The template that a handout is made with.
const HANDOUT: &str = "handout.html";

/// The program's own: it says where the warnings belong, and nothing of what they are.
const SAFETY: &str = "safety.html";

/// A link that brings the moments of a sheet into a calendar. The file is in the address itself.
#[derive(Clone, Debug, serde::Serialize)]
pub struct CalendarLink {
    pub address: String,
    /// What the file is called when it is kept.
    pub file: &'static str,
    pub words: String,
}

/// What a page shows that is not the sheet's own.
#[derive(Clone, Copy, Debug, Default)]
pub struct Beside<'a> {
    pub calendar: Option<&'a CalendarLink>,
    /// How to reach the clinic; without it the page knows no more of that than the sheet.
    pub reach: Option<&'a Reach>,
}

/// The QR code of an address as the data of one path, and its modules along a side; none when the address is too long.
pub fn qr_path(url: &str) -> Option<(String, usize)> {
    let code = QrCode { code: QrModules::of(url), label: Vec::new(), alt: String::new() };
    view::QrView::of(&code).map(view::QrView::into_parts)
}

/// The name of that file: a name of a template's making could be a patient's.
pub const CALENDAR_FILE: &str = "aftercare.ics";

/// Makes HTML of documents; compiled once, shared by threads.
pub struct HtmlRenderer {
    templates: Templates,
    theme: Theme,
    look: Look,
    logo: LogoView,
}

impl HtmlRenderer {
    /// `templates`: the files of `templates/html/` by name.
    ///
    /// # Errors
    /// Every template that cannot be compiled, each with its place; a folder without `handout.html`.
    pub fn new(templates: &BTreeMap<String, TemplateSource>, brand: &Brand) -> Result<HtmlRenderer, Faults> {
        if !templates.contains_key(HANDOUT) {
            return Err(no_handout());
        }
        let theme = Theme::of(&brand.palette);
        Ok(HtmlRenderer {
            templates: Templates::compile(&with_safety(templates))?,
            look: Look::of_copies(theme.clone()),
            theme,
            logo: LogoView::of(brand),
        })
    }

    /// Makes a page with every kind of part, so that a name that only a rare part uses is found before a patient's
    /// sheet needs it.
    ///
    /// # Errors
    /// As [`render`](HtmlRenderer::render).
    pub fn try_out(&self) -> Result<(), Faults> {
        self.sample(&sample_of_everything()).map(|_| ())
    }

    /// What a clinic's own templates and style sheets keep from the readers of such a page.
    ///
    /// # Errors
    /// As [`render`](HtmlRenderer::render).
    pub fn hidden(&self, styles: &[OwnStyle<'_>]) -> Result<Vec<Diagnostic>, Faults> {
        let document = sample_of_everything();
        let page = self.sample(&document)?;
        let hidden = page::hidden(&page, &document, styles, (&self.templates, HANDOUT));
        let told = hidden.into_iter().map(|Hidden { message, place, hint }| {
            Diagnostic::warning("hidden-advice", message).at(place).hint(hint)
        });
        Ok(told.collect())
    }

    fn sample(&self, document: &Document) -> Result<String, Faults> {
        let calendar = CalendarLink {
            address: "data:text/calendar,".into(),
            file: CALENDAR_FILE,
            words: "Sample".into(),
        };
        let reach = sample_reach();
        let beside = Beside { calendar: Some(&calendar), reach: Some(&reach) };
        self.render_with(document, Edition::Standard, beside)
    }

    /// The file's text. `edition` sets the size of the type, and outlines instead of fills to save ink.
    ///
    /// # Errors
    /// The first fault of a template: an unknown name, with its place and the nearest; too much work or output.
    /// Everything in its page that could lead away from it, run, or stand over the warnings.
    pub fn render(&self, document: &Document, edition: Edition) -> Result<String, Faults> {
        self.render_with(document, edition, Beside::default())
    }

    /// The same with what stands beside the sheet.
    ///
    /// # Errors
    /// As [`render`](HtmlRenderer::render).
    pub fn render_with(
        &self,
        document: &Document,
        edition: Edition,
        Beside { calendar, reach }: Beside<'_>,
    ) -> Result<String, Faults> {
        let clinic = reach.map(ClinicView::of).unwrap_or_default();
        let mut view = PageView::of(document, edition, clinic, (&self.theme, &self.logo));
        view.calendar = calendar;
        let filled = self.templates.fill(HANDOUT, &view)?;
        let links = || view::links(&view);
        let kind = Kind::Copy { own: calendar.map(|calendar| &*calendar.address), links: &links };
        let (direction, web_fonts) = (document.meta().direction, &*document.meta().web_fonts);
        let (document, look) = (Some(document), &self.look);
        let wanted =
            Wanted { template: HANDOUT, document, below: None, edition, direction, web_fonts, look, kind };
        page::finish(&filled, &self.templates, &wanted)
    }
}

/// The templates with the program's own part for the warnings, in place of whatever the folder has.
fn with_safety(templates: &BTreeMap<String, TemplateSource>) -> BTreeMap<String, TemplateSource> {
    let own = TemplateSource { text: include_str!("safety.html").into(), place: Place::file("safety.html") };
    let mut templates = templates.clone();
    templates.insert(SAFETY.to_owned(), own);
    templates
}

/// The code of a missing template.
pub(crate) const NO_TEMPLATE: &str = "no-template";

fn no_handout() -> Faults {
    let fault = Diagnostic::error(NO_TEMPLATE, format!("templates/html holds no `{HANDOUT}`"));
    fault
        .at(Place::file(format!("templates/html/{HANDOUT}")))
        .hint("copy it from a folder that `aftercare init` writes")
        .into()
}
