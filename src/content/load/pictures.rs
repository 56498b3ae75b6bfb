//! `content/figures/*.svg`: pictures by id, which is the file's name.

use super::cross::Named;
use super::shelf::Shelf;
use super::{Loading, cover};
use crate::content::yaml::is_id;
use crate::content::{BodyMap, Exercise, picture};
use crate::diagnostic::{Diagnostic, Place};
use crate::document::{Paint, Picture, PicturePath};
use crate::lazy::Lazy;
use crate::limits::{DRAWINGS, too_long};
use indexmap::IndexMap;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub const FOLDER: &str = "content/figures";

/// By id.
type Pictures = BTreeMap<String, Arc<Picture>>;

/// The figures that are maps of the body, in the order in which they are shown.
const BODY_MAPS: [&str; 2] = ["body-front", "body-back"];

/// The pictures, and those that are maps of the body. `None` when one is faulty.
pub fn read_all(shelf: &Shelf, loading: &mut Loading) -> Option<(Pictures, Vec<BodyMap>)> {
    let mut pictures = BTreeMap::new();
    let mut body_maps = BTreeMap::new();
    let mut whole = true;
    let bytes: usize = shelf.inside(FOLDER).filter_map(|path| shelf.bytes(path)).map(|data| data.len()).sum();
    let are_too_long = bytes > DRAWINGS;
    if are_too_long {
        let advice = "save them as plain SVG, with fewer points";
        let fault = too_long("the figures are together", bytes, DRAWINGS, advice);
        loading.sink.push(fault.at(Place::file(FOLDER)));
    }
    for path in shelf.inside(FOLDER) {
        if let Some(fault) = cover::among_drawings(path) {
            loading.sink.push(fault);
            whole = false;
            continue;
        }
        let name = path.rsplit('/').next().unwrap_or(path);
        let Some(id) = name.strip_suffix(".svg").filter(|id| is_id(id)) else {
            let warning = Diagnostic::warning("unread-file", "a figure's file is named `some-id.svg`");
            loading.sink.push(warning.at(Place::file(path)));
            continue;
        };
        loading.references.define(&Named::Figure, id);
        if are_too_long {
            whole = false;
            continue;
        }
        let Some(text) = shelf.text(path, &mut loading.sink) else {
            whole = false;
            continue;
        };
        if let Some(picture) = picture::tried(id, text.clone()).filter(|_| shelf.is_built_in(path)) {
            body_maps.extend(body_map(id, move || picture::tried_ids(&text)));
            pictures.insert(id.to_owned(), Arc::new(picture));
            continue;
        }
        match picture::parse_with_ids(id, &text, path) {
            Ok((picture, ids)) => {
                body_maps.extend(body_map(id, || ids));
                pictures.insert(id.to_owned(), Arc::new(picture));
            }
            Err(faults) => {
                loading.sink.extend(faults);
                whole = false;
            }
        }
    }
    let map =
        |id: &str| Some(BodyMap { picture: Arc::clone(pictures.get(id)?), regions: body_maps.remove(id)? });
    let body_maps = BODY_MAPS.into_iter().filter_map(map).collect();
    whole.then_some((pictures, body_maps))
}

/// The thinnest line of an exercise's figure, as a share of its longer side: 1.25 points where it prints smallest, 46
/// points wide. A fax loses a thinner one.
const THINNEST: f32 = 1.25 / 46.0;

/// Lines that stand for themselves, without an area that they go round, must be thick enough for a fax.
pub(super) fn check_lines<'p>(
    pictures: &Pictures,
    libraries: impl Iterator<Item = &'p IndexMap<String, Exercise>>,
    loading: &mut Loading,
) {
    let shown: BTreeSet<&str> =
        libraries.flat_map(IndexMap::values).filter_map(|exercise| exercise.figure.as_deref()).collect();
    for (id, picture) in shown.into_iter().filter_map(|id| pictures.get_key_value(id)) {
        let side = picture.width.max(picture.height);
        let lines = picture.paths().iter().filter(|path| path.fill.is_none()).filter_map(|path| path.stroke);
        let drawn = lines.filter(|stroke| stroke.paint != Paint::Paper).map(|stroke| stroke.width);
        let Some(thinnest) = drawn.min_by(f32::total_cmp).filter(|width| *width < side * THINNEST) else {
            continue;
        };
        let message = format!("a line of this figure is {thinnest} wide: it would be lost on a fax");
        let fault = Diagnostic::error("thin-line", message).at(Place::file(format!("{FOLDER}/{id}.svg")));
        let least = (side * THINNEST * 100.0).ceil() / 100.0;
        loading.sink.push(fault.hint(format!("draw it at least {least} wide")));
    }
}

/// Of each of a body map's paths.
type Regions = Lazy<Vec<Option<String>>>;

/// With its id; `None` for every other figure.
fn body_map(
    id: &str,
    paths: impl FnOnce() -> Vec<String> + Send + 'static,
) -> Option<(&'static str, Regions)> {
    let map = BODY_MAPS.into_iter().find(|map| *map == id)?;
    Some((map, Lazy::new(|| paths().iter().map(|id| region(id)).collect())))
}

/// A path of a map of the body, with its region.
pub type Shape = (Option<String>, PicturePath);

/// The shapes of a map of the body that was found good before.
pub fn shapes(text: &str) -> Vec<Shape> {
    let read = picture::parse_with_ids("", text, "").ok();
    let paths = read.map(|(picture, ids)| {
        ids.iter().map(|id| region(id)).zip(picture.paths().iter().cloned()).collect::<Vec<_>>()
    });
    paths.unwrap_or_default()
}

/// `region-upper-back` is the upper back.
fn region(id: &str) -> Option<String> {
    id.strip_prefix("region-").map(str::to_owned)
}
