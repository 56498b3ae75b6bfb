//! What the templates in `templates/site/` see beside the names of a handout.

use crate::html::theme::Theme;
use crate::html::view::{BlockView, PageView, PictureView, TextView};
use serde::Serialize;
use std::collections::BTreeMap;

/// A page that shows the general text or a part of it: every name of a handout's page, and `site`.
#[derive(Serialize)]
pub(super) struct SitePageView<'a> {
    #[serde(flatten)]
    pub page: PageView<'a>,
    pub site: SiteView,
}

#[derive(Serialize)]
pub(super) struct SiteView {
    /// Before every address inside the site: empty, or the site's path on its server.
    pub root: String,
    /// The page's own file.
    pub page: String,
    /// Behind the root: the style sheet and the script, each with a mark of its content.
    pub style: String,
    pub script: String,
    /// For `<title>`.
    pub title: String,
    pub description: String,
    /// The page's own address; absolute where the site's is known.
    pub canonical: Option<String>,
    /// Whether `canonical` is absolute: Open Graph takes no other.
    pub absolute: bool,
    /// The same page in every language, when there are several.
    pub alternates: Vec<AlternateView>,
    /// The picture that a link to the page shows; only with an absolute address.
    pub picture: Option<SitePictureView>,
    /// What `yours.js` reads, on the page of a whole text; `None` where the site has no such script.
    pub yours: Option<String>,
    /// The brochure as PDF, on the page of a whole text.
    pub brochure: Option<LinkView>,
    /// Escaped for `<script>`.
    pub json_ld: Option<String>,
    /// The pages of this language, the whole text first.
    pub pages: Vec<LinkView>,
    /// The other languages' same pages.
    pub languages: Vec<LanguageView>,
    /// The treatments' pages in this language, when there are several.
    pub treatments: Vec<LinkView>,
    /// Of the page on which one chooses.
    pub choices: Vec<ChoiceView>,
    /// `site` of `words.yaml`, with `_` for `.` and `-`.
    pub words: BTreeMap<String, TextView>,
    /// The page's heading, where it is not the handout's.
    pub heading: TextView,
    /// "Questions people ask".
    pub questions: TextView,
    /// The questions of this page.
    pub blocks: Vec<BlockView>,
    pub sources: Vec<SourceView>,
    /// "Next review by Nov 2028"; may be empty.
    pub next_review: String,
    /// The text of the page says how to reach the clinic: nothing else need.
    pub reached: bool,
    /// The question that the warnings answer.
    pub help: String,
}

#[derive(Serialize)]
pub(super) struct SitePictureView {
    /// Absolute: those who read it know no other.
    pub href: String,
    pub width: u32,
    pub height: u32,
    pub alt: String,
}

#[derive(Serialize)]
pub(super) struct AlternateView {
    /// BCP 47, or `x-default`.
    pub language: String,
    pub href: String,
}

#[derive(Clone, Serialize)]
pub(super) struct LinkView {
    pub href: String,
    pub title: TextView,
    pub current: bool,
}

/// A language on the page on which one chooses.
#[derive(Serialize)]
pub(super) struct ChoiceView {
    pub link: LanguageView,
    /// Its treatments, when there are several.
    pub treatments: Vec<LinkView>,
}

#[derive(Clone, Serialize)]
pub(super) struct LanguageView {
    pub language: String,
    /// For `dir`.
    pub direction: &'static str,
    pub name: String,
    pub href: String,
}

#[derive(Serialize)]
pub(super) struct SourceView {
    pub title: String,
    pub note: Option<String>,
    pub url: Option<String>,
    /// For `lang` and `dir`, where the page is in another language.
    pub language: Option<String>,
    pub direction: Option<&'static str>,
}

/// What the style sheet and the icon see.
#[derive(Serialize)]
pub(super) struct LookView<'a> {
    pub theme: &'a Theme,
    pub logo: &'a PictureView,
}
