//! The public pages: the general text as a static web site. The files in `templates/site/` decide the markup, with the
//! parts of `templates/html/`; what search engines and servers read (JSON-LD, sitemap, robots) is made here.

mod address;
mod choice;
mod json_ld;
mod outlets;
mod pages;
mod questions;
mod text;
mod trackers;
mod typeface;
mod view;

pub use address::{BaseUrl, ICON, PHONE_ICON};
pub use outlets::Outlet;
pub use text::{
    Evidence, EvidenceSource, QuestionGroup, Reviewer, SiteAddress, SiteClinic, SiteHours, SiteLanguage,
    SitePicture,
};

use super::page::{self, Look};
use super::theme::Theme;
use super::view::LogoView;
use crate::brand::Brand;
use crate::diagnostic::{Diagnostic, Faults, Place};
use crate::template::{TemplateSource, Templates};
use address::{ROBOTS, SITEMAP, STYLE, YOURS};
use pages::Frame;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use typeface::Typeface;
use view::LookView;

/// File name → bytes.
pub type SiteFiles = BTreeMap<String, Vec<u8>>;

/// Templates that a site needs, in `templates/site/`.
const NEEDED: [&str; 6] = [
    "site/whole.html",
    "site/questions.html",
    "site/choice.html",
    "site/404.html",
    STYLE_TEMPLATE,
    ICON_TEMPLATE,
];

const STYLE_TEMPLATE: &str = "site/style.css";
const ICON_TEMPLATE: &str = "site/favicon.svg";

/// The script that shows a person's own times; a clinic that leaves it out has pages without any script. What runs is the
/// program's own, whatever the folder's file holds.
const YOURS_TEMPLATE: &str = "site/yours.js";
const YOURS_SCRIPT: &str = include_str!("../../../templates/site/yours.js");

/// The style of the handout's typeface, which the site replaces by files.
const TYPEFACE: &str = "typeface.css";

/// Makes the public pages; compiled once.
pub struct SiteRenderer {
    templates: Templates,
    /// The style sheet and the icon, filled.
    style: String,
    icon: String,
    /// The address of the style sheet, with a mark of its content: a browser may keep it for ever.
    style_address: String,
    /// The same of the program's script, where pages have it.
    script: Option<String>,
    look: Look,
    theme: Theme,
    logo: LogoView,
    fonts: Vec<(String, Vec<u8>)>,
}

impl SiteRenderer {
    /// `html`: the files of `templates/html/`, whose parts the pages use; `site`: those of `templates/site/`.
    ///
    /// # Errors
    /// Every template that cannot be compiled, each with its place; one that is missing.
    pub fn new(
        html: &BTreeMap<String, TemplateSource>,
        site: &BTreeMap<String, TemplateSource>,
        brand: &Brand,
    ) -> Result<SiteRenderer, Faults> {
        let mut sources = super::with_safety(html);
        sources.extend(site.iter().map(|(name, source)| (format!("site/{name}"), source.clone())));
        let missing: Vec<Diagnostic> =
            NEEDED.iter().filter(|name| !sources.contains_key(**name)).map(|name| missing(name)).collect();
        if !missing.is_empty() {
            return Err(Faults(missing));
        }
        let mut fonts = Vec::new();
        if let Some(source) = sources.get_mut(TYPEFACE) {
            let typeface = Typeface::of(&source.text);
            source.text = typeface.css.into();
            fonts = typeface.files;
        }
        let (theme, logo) = (Theme::of(&brand.palette), LogoView::of(brand));
        let templates = Templates::compile(&sources)?;
        let view = LookView { theme: &theme, logo: &logo.plain };
        let style = templates.fill(STYLE_TEMPLATE, &view)?;
        let icon = templates.fill(ICON_TEMPLATE, &view)?;
        let look = Look::of_site(theme.clone(), &style, &Typeface::of(page::own_typeface()).css);
        page::admit_style(&style, &templates, STYLE_TEMPLATE, &look)?;
        page::admit_drawing(&icon, &templates, ICON_TEMPLATE, &look)?;
        let marked = |name: &str, text: &str| {
            format!("{name}?{}", crate::hex::hex(&Sha256::digest(text.as_bytes())[..4]))
        };
        let style_address = marked(STYLE, &style);
        let script = sources.contains_key(YOURS_TEMPLATE).then(|| marked(YOURS, YOURS_SCRIPT));
        Ok(SiteRenderer { templates, style, icon, style_address, script, look, theme, logo, fonts })
    }

    /// Every file of the site. The same texts give the same bytes. `mark` tells which program and content made a file.
    ///
    /// # Errors
    /// A fault of a template; a page without all warning signs; no language.
    pub fn render(
        &self,
        clinic: &SiteClinic,
        languages: &[SiteLanguage],
        base: Option<&BaseUrl>,
        mark: &str,
    ) -> Result<SiteFiles, Faults> {
        let frame = Frame { renderer: self, clinic, languages, base };
        let mut pages = frame.pages()?;
        let listed = frame.listed();
        pages.insert(ICON.to_owned(), self.icon.clone());
        let mut files: SiteFiles = pages
            .into_iter()
            .map(|(name, text)| (name, format!("{text}<!-- {mark} -->\n").into_bytes()))
            .collect();
        files.insert(STYLE.to_owned(), format!("/* {mark} */\n{}", self.style).into_bytes());
        if self.script.is_some() {
            files.insert(YOURS.to_owned(), format!("/* {mark} */\n{YOURS_SCRIPT}").into_bytes());
        }
        files.insert(ROBOTS.to_owned(), robots(base, mark).into_bytes());
        if let Some(base) = base {
            files.insert(SITEMAP.to_owned(), sitemap(base, &listed, mark).into_bytes());
        }
        files.extend(self.fonts.iter().cloned());
        for language in languages {
            let tag = language.document.meta().language.tag();
            if let Some(brochure) = &language.brochure {
                files.insert(address::brochure(&language.prefix, tag), brochure.clone());
            }
            for picture in &language.pictures {
                files.insert(
                    address::picture(&language.prefix, tag, picture.format, "png"),
                    picture.png.clone(),
                );
                files.insert(
                    address::picture(&language.prefix, tag, picture.format, "svg"),
                    picture.svg.clone().into_bytes(),
                );
            }
        }
        Ok(files)
    }
}

fn missing(name: &str) -> Diagnostic {
    let fault = Diagnostic::error(super::NO_TEMPLATE, format!("the clinic folder has no `templates/{name}`"));
    fault.at(Place::file(format!("templates/{name}"))).hint("copy it from a folder that `aftercare init` writes, or remove `templates/site` to take the built-in pages")
}

fn robots(base: Option<&BaseUrl>, mark: &str) -> String {
    let sitemap = base.map(|base| format!("\nSitemap: {}\n", base.of(SITEMAP))).unwrap_or_default();
    format!("# {mark}\nUser-agent: *\nDisallow:\n{sitemap}")
}

/// A page of the sitemap: its file, when its text was last read, and its other languages (tag and file).
struct Listed {
    file: String,
    modified: String,
    alternates: Vec<(String, String)>,
}

/// sitemaps.org, protocol 0.9; languages as `xhtml:link`.
fn sitemap(base: &BaseUrl, listed: &[Listed], mark: &str) -> String {
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml.push_str("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n");
    for page in listed {
        xml.push_str(&format!("<url><loc>{}</loc><lastmod>{}</lastmod>", base.of(&page.file), page.modified));
        for (language, file) in &page.alternates {
            let href = base.of(file);
            xml.push_str(&format!("<xhtml:link rel=\"alternate\" hreflang=\"{language}\" href=\"{href}\"/>"));
        }
        xml.push_str("</url>\n");
    }
    xml.push_str(&format!("</urlset>\n<!-- {mark} -->\n"));
    xml
}
