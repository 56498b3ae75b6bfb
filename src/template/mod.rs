//! Templates that a clinic may replace, compiled and filled within fixed bounds.
//!
//! Tera 2 limits how deep a template nests, not how much it does: two loops inside each other, a text that is
//! joined to itself or a part that calls itself twice can run for years or fill the memory. Here each loop round,
//! block, part and file pays for the tags it holds ([`meter`]), the output has a largest size, and whatever could
//! make a value grow is refused when the template is read ([`scan`]). Faults carry file, line, column and hint.

mod fault;
mod lex;
mod meter;
mod scan;

pub(crate) use fault::{house_form, place_at};
pub(crate) use lex::{Piece, Tag, Token, pieces};

use crate::diagnostic::{Diagnostic, Faults, Place};
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;
use tera::{Context, ErrorKind, Tera};

/// The text of a template and where it stands.
#[derive(Clone, Debug)]
pub struct TemplateSource {
    pub text: Arc<str>,
    /// The file, as the user knows it.
    pub place: Place,
}

/// A template longer than this is refused, bytes.
const LONGEST_SOURCE: usize = 256 * 1024;

/// A template with more tags than this is refused: each fault of Tera's costs a walk through the file.
const MOST_TAGS: u64 = 2_000;

/// More templates than this are refused.
const MOST_SOURCES: usize = 60;

/// Files and blocks inside each other; parts (which Tera stops at 20) come on top. One level takes about 60 KB of
/// stack in an unoptimised build, and a thread has 2 MB.
const DEEPEST: usize = 8;

/// Compiled templates, ready to be shared by threads.
pub struct Templates {
    tera: Tera,
    sources: Sources,
}

/// By name: what was compiled, to tell a fault's place.
type Sources = BTreeMap<String, Metered>;

/// A template with the meter's calls in it.
struct Metered {
    place: Place,
    /// The author's text.
    author: Arc<str>,
    metered: String,
    scanned: scan::Scanned,
}

impl Templates {
    /// Compiles all templates; their names are what `extends` and `include` say. Values are escaped for HTML in
    /// every one.
    ///
    /// # Errors
    /// Every template that cannot be read, each with its place.
    pub fn compile(sources: &BTreeMap<String, TemplateSource>) -> Result<Templates, Faults> {
        let mut faults = oversized(sources);
        if sources.len() > MOST_SOURCES {
            return Err(Faults(faults));
        }
        let mut metered = Sources::new();
        for (name, source) in sources.iter().filter(|(_, source)| source.text.len() <= LONGEST_SOURCE) {
            let mut scanned = scan::scan(&source.text, &source.place);
            faults.append(&mut scanned.refused);
            if scanned.tags > MOST_TAGS {
                faults.push(too_many_tags(source));
                continue;
            }
            metered.insert(name.clone(), Metered::new(source, scanned));
        }
        faults.extend(metered.iter().filter_map(|(name, one)| syntax_fault(name, one, &metered)));
        if !faults.is_empty() {
            return Err(Faults(faults));
        }
        let mut tera = new_tera();
        tera.add_raw_templates(metered.iter().map(|(name, one)| (name.as_str(), one.metered.as_str())))
            .map_err(|error| fault::of_error(&error, &metered, &[]))?;
        refuse_deep(&metered)?;
        Ok(Templates { tera, sources: metered })
    }

    pub fn contains(&self, name: &str) -> bool {
        self.sources.contains_key(name)
    }

    /// Fills a template with a view: what it serializes to are the names that the template can use.
    ///
    /// # Errors
    /// The first fault of the template, with its place and the nearest name; too much work or output.
    pub fn fill<V: Serialize>(&self, name: &str, view: &V) -> Result<String, Faults> {
        let context = Context::from_serialize(view).map_err(|error| self.fault(&error, view))?;
        let mut output = meter::BoundedOutput::default();
        let result = meter::with_full_purse(|| self.tera.render_to(name, &context, &mut output));
        result.map_err(|error| match output.overflown() {
            true => self.too_long(name),
            false => self.fault(&error, view),
        })?;
        output.into_string().ok_or_else(|| self.too_long(name))
    }

    /// Where something stands in what the authors wrote, in the template itself before all others. `find`: where in a
    /// text, and how long it is, bytes.
    pub fn place_of(&self, template: &str, find: impl Fn(&str) -> Option<(usize, usize)>) -> Option<Place> {
        let first = self.sources.get(template).into_iter();
        let others = self.sources.iter().filter(|(name, _)| *name != template).map(|(_, source)| source);
        first.chain(others).find_map(|source| {
            let (at, length) = find(&source.author)?;
            Some(fault::place_at(&source.author, at, length, &source.place))
        })
    }

    /// A template's file.
    pub fn file_of(&self, template: &str) -> Option<Place> {
        self.sources.get(template).map(|source| Place::file(source.place.file.clone()))
    }

    fn fault<V: Serialize>(&self, error: &tera::Error, view: &V) -> Faults {
        fault::of_error(error, &self.sources, &fault::names_in(view))
    }

    fn too_long(&self, name: &str) -> Faults {
        let fault = Diagnostic::error(
            "template-output",
            format!("the template `{name}` makes a page of more than {} MB", meter::LONGEST_OUTPUT >> 20),
        )
        .hint("look for a loop that repeats too much");
        match self.sources.get(name) {
            Some(source) => fault.at(Place::file(source.place.file.clone())).into(),
            None => fault.into(),
        }
    }
}

impl Metered {
    fn new(source: &TemplateSource, scanned: scan::Scanned) -> Metered {
        Metered {
            place: source.place.clone(),
            author: source.text.clone(),
            metered: scan::insert(&source.text, &scanned.insertions),
            scanned,
        }
    }
}

fn too_many_tags(source: &TemplateSource) -> Diagnostic {
    let message = format!("the template holds more than {MOST_TAGS} tags");
    Diagnostic::error("template-size", message).at(Place::file(source.place.file.clone()))
}

fn oversized(sources: &BTreeMap<String, TemplateSource>) -> Vec<Diagnostic> {
    let mut faults: Vec<Diagnostic> = sources
        .values()
        .filter(|source| source.text.len() > LONGEST_SOURCE)
        .map(|source| {
            let message = format!("the template is longer than {} KB", LONGEST_SOURCE / 1024);
            Diagnostic::error("template-size", message).at(Place::file(source.place.file.clone()))
        })
        .collect();
    if sources.len() > MOST_SOURCES {
        let message = format!("there are {} templates; at most {MOST_SOURCES} are read", sources.len());
        faults.push(Diagnostic::error("template-size", message));
    }
    faults
}

/// A syntax fault of one template alone, so that every template's first is told, not only the first of all.
fn syntax_fault(name: &str, one: &Metered, all: &Sources) -> Option<Diagnostic> {
    let error = new_tera().add_raw_template(name, &one.metered).err()?;
    match error.kind() {
        ErrorKind::SyntaxError(_) => fault::of_error(&error, all, &[]).0.into_iter().next(),
        _ => None,
    }
}

/// Tera has linked the templates, so that none extends or includes itself.
fn refuse_deep(sources: &Sources) -> Result<(), Faults> {
    let mut depths = BTreeMap::new();
    let deep = sources.iter().filter(|(name, _)| depth(name, sources, &mut depths) > DEEPEST);
    let faults: Vec<Diagnostic> = deep
        .map(|(_, source)| {
            let message = format!("templates and their blocks nest more than {DEEPEST} deep here");
            Diagnostic::error("template-depth", message).at(Place::file(source.place.file.clone()))
        })
        .collect();
    if faults.is_empty() { Ok(()) } else { Err(Faults(faults)) }
}

/// How many files and blocks stand inside each other when the template is filled. `depths`: what is known so far.
fn depth<'a>(name: &'a str, sources: &'a Sources, depths: &mut BTreeMap<&'a str, usize>) -> usize {
    if let Some(depth) = depths.get(name) {
        return *depth;
    }
    let Some(source) = sources.get(name) else { return 0 };
    let scanned = &source.scanned;
    let includes = scanned.includes.iter().map(|include| 1 + depth(include, sources, depths)).max();
    let parent = scanned.parent.as_ref().map(|parent| 1 + depth(parent, sources, depths));
    let depth = scanned.blocks + includes.unwrap_or(0) + parent.unwrap_or(0);
    depths.insert(name, depth);
    depth
}

fn new_tera() -> Tera {
    let mut tera = Tera::new();
    // Every name ends in the empty text: all are escaped, included style sheets too.
    tera.autoescape_on([""]);
    meter::register(&mut tera);
    tera
}

#[cfg(test)]
mod tests;
