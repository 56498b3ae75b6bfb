//! What a site is made from: types only. `engine` fills them from the library, [`super::SiteRenderer`] reads them.

use crate::document::{Document, Reach, Text};
use crate::locale::{Direction, Language};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// The clinic as the pages name it. What is not known is not said.
#[derive(Clone, Debug)]
pub struct SiteClinic {
    /// Servers that count readers: name and host.
    pub trackers: Vec<(String, String)>,
    pub name: String,
    pub city: String,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub web: Option<String>,
    /// On one line.
    pub address: Option<String>,
    pub postal: Option<SiteAddress>,
    pub hours: Vec<SiteHours>,
    pub booking: Option<String>,
    pub map: Option<String>,
    pub social: Vec<String>,
}

/// An address by its parts.
#[derive(Clone, Debug)]
pub struct SiteAddress {
    pub street: String,
    pub city: String,
    pub region: Option<String>,
    pub postal_code: Option<String>,
    pub country: Option<String>,
}

/// When the clinic is open.
#[derive(Clone, Debug)]
pub struct SiteHours {
    /// From Monday, 0.
    pub days: Vec<usize>,
    /// Minutes of the day.
    pub opens: u16,
    pub closes: u16,
}

/// A treatment's pages in a language.
#[derive(Clone, Debug)]
pub struct SiteLanguage {
    /// What the names of its files begin with; nothing for the clinic's first treatment.
    pub prefix: String,
    /// The treatment's name.
    pub treatment: Text,
    /// The general text.
    pub document: Document,
    /// How to reach the clinic, for every page.
    pub reach: Reach,
    /// The language's name in itself.
    pub name: String,
    /// `site` of `words.yaml`: key → text.
    pub words: BTreeMap<String, Text>,
    /// "Questions people ask".
    pub questions: Text,
    pub groups: Vec<QuestionGroup>,
    /// Of the whole page.
    pub evidence: Evidence,
    /// The quick answer as pictures; the first is the one that links show.
    pub pictures: Vec<SitePicture>,
    /// The brochure as PDF, which the page of the whole text leads to; `None` where there is none.
    pub brochure: Option<Vec<u8>>,
    /// What the page's script needs to show a person's own times, as JSON.
    pub yours: String,
}

/// A picture that stands beside the pages.
#[derive(Clone, Debug)]
pub struct SitePicture {
    /// Part of the file's name: "wide".
    pub format: &'static str,
    /// Pixels.
    pub width: u32,
    pub height: u32,
    /// What it shows, for those who cannot see it.
    pub alt: String,
    pub svg: String,
    pub png: Vec<u8>,
}

/// Questions that share a page.
#[derive(Clone, Debug)]
pub struct QuestionGroup {
    /// Part of the page's file name.
    pub id: String,
    pub title: Text,
    /// Ids of questions of the document.
    pub questions: Vec<String>,
    pub evidence: Evidence,
}

/// When the texts of a page were read, and what they rest on.
#[derive(Clone, Debug)]
pub struct Evidence {
    /// The latest review.
    pub modified: NaiveDate,
    /// The earliest day on which a text is due again.
    pub review_by: NaiveDate,
    /// The same in words; empty where the language has none.
    pub next_review: String,
    /// Who approved the texts; nobody: they are a draft.
    pub reviewer: Option<Reviewer>,
    pub sources: Vec<EvidenceSource>,
}

/// Who approved the texts of a page, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reviewer {
    pub name: String,
    pub role: String,
    pub on: NaiveDate,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvidenceSource {
    pub title: String,
    pub note: Option<String>,
    pub url: Option<String>,
    /// In which language it is told and which way that runs, where the page is in another.
    pub foreign: Option<(Language, Direction)>,
}
