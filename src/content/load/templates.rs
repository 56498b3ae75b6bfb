//! `templates/`: which sections stand where, and the pages of HTML.

use super::Loading;
use super::shelf::Shelf;
use crate::content::{Source, Templates};
use crate::diagnostic::Place;
use std::collections::BTreeMap;

const HANDOUT: &str = "templates/handout.md.tera";
const HTML: &str = "templates/html";

pub fn read(shelf: &Shelf, loading: &mut Loading) -> Option<Templates> {
    let handout = source(shelf, HANDOUT, loading);
    let mut html = BTreeMap::new();
    for path in shelf.inside(HTML) {
        let name = path.rsplit('/').next().unwrap_or(path);
        html.extend(source(shelf, path, loading).map(|source| (name.to_owned(), source)));
    }
    Some(Templates { handout: handout?, html })
}

fn source(shelf: &Shelf, path: &str, loading: &mut Loading) -> Option<Source> {
    let text = shelf.text(path, &mut loading.sink)?;
    Some(Source { file_text: text.clone(), ..Source::new(text, Place::line(path, 1, 1)) })
}
