//! The finished page. What the templates made is read as a browser reads it. The program places the warnings in it and
//! writes its head, its policy and its frame; anything that could lead away from the page, load or run something, or stand
//! over the warnings is refused. What is written is what was judged, not the template's own text.

mod address;
mod admit;
mod hiding;
mod isolates;
mod place;
mod seal;
mod sheet;
mod sheet_names;
mod warnings;
mod words;
mod write;

pub use hiding::OwnStyle;
pub(super) use hiding::{Hidden, hidden};
pub(super) use isolates::with_isolates;
pub(super) use seal::{Look, own_typeface};

use crate::diagnostic::{Diagnostic, Faults, Place};
use crate::document::{Document, Text};
use crate::locale::Direction;
use crate::options::Edition;
use crate::template::Templates;
use address::Addresses;
use scraper::Html;
use std::collections::BTreeSet;

/// Elements inside each other: a browser flattens what is deeper than 512.
const DEEPEST: usize = 100;

/// More faults of one page than this say nothing new.
const MOST_FAULTS: usize = 20;

/// What a filled template is to become.
pub(super) struct Wanted<'a> {
    /// Its template, as `Templates` names it.
    pub template: &'a str,
    /// The document whose warnings the page shows; `None`: a page without any advice.
    pub document: Option<&'a Document>,
    /// A text that may stand only below the warnings.
    pub below: Option<&'a Text>,
    pub edition: Edition,
    /// Which way its lines run.
    pub direction: Direction,
    /// Families of CSS that have the letters of its language.
    pub web_fonts: &'a str,
    pub look: &'a Look,
    pub kind: Kind<'a>,
}

/// Which addresses a page may hold.
pub(super) enum Kind<'a> {
    /// One file with everything inside. Links lead to the addresses that the content holds, and nowhere else: an address
    /// could carry what stands on the page. `own`: the program's; the others are asked for only when there is another link.
    Copy { own: Option<&'a str>, links: &'a dyn Fn() -> BTreeSet<String> },
    /// A page of a site. `root`: before every address inside it; `script`: it has the program's own script.
    /// `trackers`: whom it may ask for a picture.
    Site { root: &'a str, script: bool, trackers: &'a Trackers },
}

/// Servers that may be asked for a picture, and the sentence that tells readers of them.
#[derive(Default)]
pub(super) struct Trackers {
    pub hosts: Vec<String>,
    pub notice: String,
}

impl Trackers {
    pub const NONE: Trackers = Trackers { hosts: Vec::new(), notice: String::new() };
}

/// Makes the page.
///
/// # Errors
/// Everything that may not stand in it, each with the place in the templates where it seems to come from.
pub(super) fn finish(filled: &str, templates: &Templates, wanted: &Wanted<'_>) -> Result<String, Faults> {
    let html = Html::parse_document(filled);
    let addresses = Addresses::new(&wanted.kind);
    let (mut refused, typefaces) = admit::judged(&html, &addresses, wanted.look);
    let plan = place::plan(&html, wanted, &mut refused);
    match plan {
        Some(plan) if refused.is_empty() => {
            let style = wanted.look.style(wanted.edition, typefaces, (wanted.direction, wanted.web_fonts));
            Ok(write::page(&html, &plan, wanted, &style))
        }
        _ => Err(told(refused, templates, wanted.template)),
    }
}

/// A style sheet that stands beside the pages.
///
/// # Errors
/// As [`finish`].
pub(super) fn admit_style(
    css: &str,
    templates: &Templates,
    template: &str,
    look: &Look,
) -> Result<(), Faults> {
    match look.sheets.read(css, sheet::Loads::OwnFiles, own_typeface()) {
        Ok(_) => Ok(()),
        Err(refused) => Err(told(refused, templates, template)),
    }
}

/// A drawing that stands beside the pages.
///
/// # Errors
/// As [`finish`].
pub(super) fn admit_drawing(
    svg: &str,
    templates: &Templates,
    template: &str,
    look: &Look,
) -> Result<(), Faults> {
    let refused = admit::refused_in_drawing(svg, look);
    if refused.is_empty() { Ok(()) } else { Err(told(refused, templates, template)) }
}

/// Why a page is not made, and what to look for in the templates.
struct Refused {
    sought: Sought,
    message: String,
    hint: String,
}

/// What stands in a template where a fault comes from.
#[derive(PartialEq)]
enum Sought {
    /// `<name`
    Tag(String),
    /// An attribute of such a tag.
    Attribute(String, String),
    Words(String),
}

impl Refused {
    fn tag(name: &str, message: impl Into<String>, hint: impl Into<String>) -> Refused {
        Refused { sought: Sought::Tag(name.to_owned()), message: message.into(), hint: hint.into() }
    }

    fn attribute(tag: &str, name: &str, message: impl Into<String>, hint: impl Into<String>) -> Refused {
        let sought = Sought::Attribute(tag.to_owned(), name.to_owned());
        Refused { sought, message: message.into(), hint: hint.into() }
    }

    fn words(words: &str, message: impl Into<String>, hint: impl Into<String>) -> Refused {
        Refused { sought: Sought::Words(words.to_owned()), message: message.into(), hint: hint.into() }
    }
}

fn told(refused: Vec<Refused>, templates: &Templates, template: &str) -> Faults {
    let mut faults: Vec<Diagnostic> = Vec::new();
    for one in refused {
        let found = templates.place_of(template, |text| one.sought.find(text));
        let place = found.or_else(|| templates.file_of(template)).unwrap_or_else(|| Place::file(template));
        let fault = Diagnostic::error("unsafe-page", one.message).at(place).hint(one.hint);
        if faults.len() < MOST_FAULTS && !faults.contains(&fault) {
            faults.push(fault);
        }
    }
    Faults(faults)
}

impl Sought {
    /// Where in a template's text, and how long it is there.
    fn find(&self, text: &str) -> Option<(usize, usize)> {
        match self {
            Sought::Tag(name) => tags(text, name).next().map(|(at, _)| (at, name.len() + 1)),
            Sought::Attribute(name, attribute) => {
                tags(text, name).find_map(|(at, tag)| Some((at + word(tag, attribute)?, attribute.len())))
            }
            Sought::Words(words) if words.is_empty() => None,
            Sought::Words(words) => {
                text.to_ascii_lowercase().find(&words.to_ascii_lowercase()).map(|at| (at, words.len()))
            }
        }
    }
}

/// Each `<name …` of a text: where it begins, and the tag. Its end is a guess: this only says where to look.
fn tags<'t>(text: &'t str, name: &str) -> impl Iterator<Item = (usize, &'t str)> {
    let (lower, start) = (text.to_ascii_lowercase(), format!("<{}", name.to_ascii_lowercase()));
    let starts: Vec<usize> = lower.match_indices(&start).map(|(at, _)| at).collect();
    let length = start.len();
    starts.into_iter().filter_map(move |at| {
        let tag = &text[at..];
        let ends = tag[length..].chars().next().is_none_or(|next| !next.is_alphanumeric() && next != '-');
        ends.then(|| (at, &tag[..tag.find('>').unwrap_or(tag.len())]))
    })
}

/// Where an attribute of this name stands in a tag.
fn word(tag: &str, name: &str) -> Option<usize> {
    let lower = tag.to_ascii_lowercase();
    let edge = |next: Option<char>| next.is_none_or(|next| !next.is_alphanumeric() && next != '-');

    lower
        .match_indices(&name.to_ascii_lowercase())
        .map(|(at, _)| at)
        .find(|at| edge(lower[..*at].chars().next_back()) && edge(lower[*at + name.len()..].chars().next()))
}
