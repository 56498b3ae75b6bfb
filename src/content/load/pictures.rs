//! `content/figures/*.svg`: pictures by id, which is the file's name.

use super::Loading;
use super::cross::Kind;
use super::shelf::Shelf;
use crate::content::picture;
use crate::content::yaml::is_id;
use crate::diagnostic::{Diagnostic, Place};
use crate::document::Picture;
use std::collections::BTreeMap;
use std::sync::Arc;

const FOLDER: &str = "content/figures";

/// `None` when one is faulty.
pub fn read_all(shelf: &Shelf, loading: &mut Loading) -> Option<BTreeMap<String, Arc<Picture>>> {
    let mut pictures = BTreeMap::new();
    let mut whole = true;
    for path in shelf.inside(FOLDER) {
        let name = path.rsplit('/').next().unwrap_or(path);
        let Some(id) = name.strip_suffix(".svg").filter(|id| is_id(id)) else {
            let warning = Diagnostic::warning("unread-file", "a figure's file is named `some-id.svg`");
            loading.sink.push(warning.at(Place::file(path)));
            continue;
        };
        loading.references.define(Kind::Figure, id);
        let Some(text) = shelf.text(path, &mut loading.sink) else {
            whole = false;
            continue;
        };
        match picture::parse(id, &text, path) {
            Ok(picture) => {
                pictures.insert(id.to_owned(), Arc::new(picture));
            }
            Err(faults) => {
                loading.sink.extend(faults);
                whole = false;
            }
        }
    }
    whole.then_some(pictures)
}
