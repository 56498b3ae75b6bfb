//! `content/figures/*.svg`: pictures by id, which is the file's name.

use super::Loading;
use super::cross::Named;
use super::shelf::Shelf;
use crate::content::yaml::is_id;
use crate::content::{BodyMap, picture};
use crate::diagnostic::{Diagnostic, Place};
use crate::document::Picture;
use crate::options::Region;
use std::collections::BTreeMap;
use std::sync::Arc;

const FOLDER: &str = "content/figures";

/// By id.
type Pictures = BTreeMap<String, Arc<Picture>>;

/// The figures that are maps of the body, in the order in which they are shown.
const BODY_MAPS: [&str; 2] = ["body-front", "body-back"];

/// The pictures, and those that are maps of the body. `None` when one is faulty.
pub fn read_all(shelf: &Shelf, loading: &mut Loading) -> Option<(Pictures, Vec<BodyMap>)> {
    let mut pictures = BTreeMap::new();
    let mut regions = BTreeMap::new();
    let mut whole = true;
    for path in shelf.inside(FOLDER) {
        let name = path.rsplit('/').next().unwrap_or(path);
        let Some(id) = name.strip_suffix(".svg").filter(|id| is_id(id)) else {
            let warning = Diagnostic::warning("unread-file", "a figure's file is named `some-id.svg`");
            loading.sink.push(warning.at(Place::file(path)));
            continue;
        };
        loading.references.define(Named::Figure, id);
        let Some(text) = shelf.text(path, &mut loading.sink) else {
            whole = false;
            continue;
        };
        match picture::parse_with_ids(id, &text, path) {
            Ok((picture, ids)) => {
                if BODY_MAPS.contains(&id) {
                    regions.insert(id, ids.iter().map(|id| region(id)).collect());
                }
                pictures.insert(id.to_owned(), Arc::new(picture));
            }
            Err(faults) => {
                loading.sink.extend(faults);
                whole = false;
            }
        }
    }
    let map = |id: &str| {
        let picture = Arc::clone(pictures.get(id)?);
        Some(BodyMap { picture, regions: regions.remove(id)? })
    };
    let body_maps = BODY_MAPS.into_iter().filter_map(map).collect();
    whole.then_some((pictures, body_maps))
}

/// `region-upper-back` is the upper back.
fn region(id: &str) -> Option<Region> {
    Region::from_name(id.strip_prefix("region-")?)
}
