//! `templates/`: which sections stand where, and the pages of HTML.

use super::Loading;
use super::shelf::Shelf;
use super::treatment::FOLDER;
use crate::content::files::{Embedded, Files};
use crate::content::{Source, Templates};
use crate::diagnostic::Place;
use crate::options::Name;
use std::collections::BTreeMap;
use std::sync::Arc;

const HANDOUT: &str = "templates/handout.md.tera";
const BROCHURE: &str = "templates/brochure.md.tera";
/// As a treatment's folder calls its own.
pub const HANDOUT_NAME: &str = "handout.md.tera";
pub const BROCHURE_NAME: &str = "brochure.md.tera";
const HTML: &str = "templates/html";
const SITE: &str = "templates/site";

/// The templates for a treatment's folder: its own where it has them, else those that treatments share.
pub fn read(shelf: &Arc<Shelf>, treatment: &str, loading: &mut Loading) -> Option<Templates> {
    let own = |name: &str| format!("{treatment}/{name}");
    let handout = match shelf.bytes(&own(HANDOUT_NAME)).is_some() {
        true => source(shelf, &own(HANDOUT_NAME), loading),
        false => source(shelf, HANDOUT, loading),
    };
    let there =
        [own(BROCHURE_NAME), BROCHURE.to_owned()].into_iter().find(|path| shelf.bytes(path).is_some());
    let own_brochure = there.is_some();
    let brochure = match there {
        Some(path) => source(shelf, &path, loading),
        None => built_in_file(BROCHURE),
    };
    let html = shelf.read_or_later(loading, |shelf, loading| Some(folder(shelf, HTML, loading)))?;
    let site = shelf.read_or_later(loading, |shelf, loading| {
        let site = folder(shelf, SITE, loading);
        Some(if site.is_empty() { built_in(SITE) } else { site })
    })?;
    Some(Templates { handout: handout?, brochure: brochure?, own_brochure, html, site })
}

/// The panels of a treatment's brochure, as they came with the program.
pub fn panels_as_they_came(treatment: &Name) -> Option<Source> {
    let own = format!("{FOLDER}/{treatment}/{BROCHURE_NAME}");
    built_in_file(&own).or_else(|| built_in_file(BROCHURE))
}

fn folder(shelf: &Shelf, folder: &str, loading: &mut Loading) -> BTreeMap<String, Source> {
    let read = |path: &str| Some((name(path).to_owned(), source(shelf, path, loading)?));
    shelf.inside(folder).filter_map(read).collect()
}

fn source(shelf: &Shelf, path: &str, loading: &mut Loading) -> Option<Source> {
    let text = shelf.text(path, &mut loading.sink)?;
    Some(whole(path, text))
}

/// A clinic folder from before there was a site or a brochure takes the templates that the program brings.
fn built_in(folder: &str) -> BTreeMap<String, Source> {
    let listed = Embedded.list().unwrap_or_default();
    let inside = listed.iter().filter(|file| {
        file.path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/') && !rest[1..].contains('/'))
    });
    let read = |path: &str| Some((name(path).to_owned(), built_in_file(path)?));
    inside.filter_map(|file| read(&file.path)).collect()
}

fn built_in_file(path: &str) -> Option<Source> {
    let text = String::from_utf8(Embedded.read(path).ok()?.into_owned()).ok()?;
    Some(whole(path, text.into()))
}

fn whole(path: &str, text: Arc<str>) -> Source {
    Source { file_text: text.clone(), ..Source::new(text, Place::line(path, 1, 1)) }
}

fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
