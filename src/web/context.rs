//! The context of a request: what all requests share, in the language that its browser has chosen.

use super::access_guard;
use super::site::Site;
use super::words::{self, UiStrings};
use crate::{Library, Pack};
use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use std::convert::Infallible;

/// The cookie that holds the page's language: a tag, nothing of a patient.
const COOKIE: &str = "aftercare-language";

/// The site in one of its languages, for one of its treatments.
pub struct Context<'a> {
    pub site: &'a Site,
    library: &'a Library,
    ui: &'a UiStrings,
}

impl<'a> Context<'a> {
    pub fn new(site: &'a Site, language: &PageLanguage) -> Context<'a> {
        let library = site.engine.library();
        Context { site, library, ui: site.ui.named(&library.treatment.id, &language.0) }
    }

    /// The same for another treatment; for the clinic's first one when there is none of that name.
    pub fn treating(&self, treatment: &str) -> Context<'a> {
        let library = self.site.engine.library_of(treatment);
        let ui = self.site.ui.named(&library.treatment.id, self.ui.language.tag());
        Context { site: self.site, library, ui }
    }

    /// What the clinic folder holds of the treatment.
    pub fn library(&self) -> &'a Library {
        self.library
    }

    pub fn ui(&self) -> &'a UiStrings {
        self.ui
    }

    /// The texts of the page's language.
    pub fn pack(&self) -> Option<&'a Pack> {
        self.library.packs.get(&self.ui.language)
    }

    /// What the page calls a language of sheets.
    pub fn language_name(&self, tag: &str) -> String {
        self.pack().map_or(tag, |words| self.library.language_name(words, tag)).to_owned()
    }

    /// A word of the page with its `{braces}` filled.
    pub fn word(&self, key: &str, values: &[(&str, &str)]) -> String {
        words::filled(&self.ui.by_key, key, values)
    }

    /// Whether the page has such a word.
    pub fn knows(&self, key: &str) -> bool {
        self.ui.by_key.contains_key(key)
    }
}

/// What the browser has chosen; what no language is called means the clinic's first.
#[derive(Clone, Default)]
pub struct PageLanguage(String);

impl PageLanguage {
    pub fn of(headers: &HeaderMap) -> PageLanguage {
        PageLanguage(access_guard::cookie(headers, COOKIE).unwrap_or_default().to_owned())
    }

    /// A choice that was just made, when there is such a language.
    pub fn chosen(site: &Site, tag: &str) -> Option<PageLanguage> {
        site.ui.all().any(|strings| strings.language.tag() == tag).then(|| PageLanguage(tag.to_owned()))
    }

    /// For a year, in this browser.
    pub fn cookie(&self) -> String {
        format!("{COOKIE}={}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Strict", self.0)
    }
}

impl<S: Sync> FromRequestParts<S> for PageLanguage {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<PageLanguage, Infallible> {
        Ok(PageLanguage::of(&parts.headers))
    }
}
