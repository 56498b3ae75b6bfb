//! `templates/`: which sections stand where, and the pages of HTML.

use super::Loading;
use super::shelf::Shelf;
use crate::content::files::{Embedded, Files};
use crate::content::{Source, Templates};
use crate::diagnostic::Place;
use std::collections::BTreeMap;

const HANDOUT: &str = "templates/handout.md.tera";
const HTML: &str = "templates/html";
const SITE: &str = "templates/site";

pub fn read(shelf: &Shelf, loading: &mut Loading) -> Option<Templates> {
    let handout = source(shelf, HANDOUT, loading);
    let html = folder(shelf, HTML, loading);
    let mut site = folder(shelf, SITE, loading);
    if site.is_empty() {
        site = built_in(SITE);
    }
    Some(Templates { handout: handout?, html, site })
}

fn folder(shelf: &Shelf, folder: &str, loading: &mut Loading) -> BTreeMap<String, Source> {
    let read = |path: &str| Some((name(path).to_owned(), source(shelf, path, loading)?));
    shelf.inside(folder).filter_map(read).collect()
}

fn source(shelf: &Shelf, path: &str, loading: &mut Loading) -> Option<Source> {
    let text = shelf.text(path, &mut loading.sink)?;
    Some(whole(path, text))
}

/// A clinic folder from before there was a site takes the templates that the program brings.
fn built_in(folder: &str) -> BTreeMap<String, Source> {
    let listed = Embedded.list().unwrap_or_default();
    let inside = listed.iter().filter(|file| {
        file.path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/') && !rest[1..].contains('/'))
    });
    let read = |path: &str| {
        let text = String::from_utf8(Embedded.read(path).ok()?.into_owned()).ok()?;
        Some((name(path).to_owned(), whole(path, text.into())))
    };
    inside.filter_map(|file| read(&file.path)).collect()
}

fn whole(path: &str, text: std::sync::Arc<str>) -> Source {
    Source { file_text: text.clone(), ..Source::new(text, Place::line(path, 1, 1)) }
}

fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
