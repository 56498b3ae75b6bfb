//! Drawings that came with the program and show something else now: a shape of the body under another area's name, an area that
//! can no longer be pointed at, an exercise with the picture of another.

use crate::content::files::{Embedded, Files};
use crate::content::load::{DrawnShape, shapes};
use crate::content::{BodyMap, Folder, Pack};
use crate::diagnostic::{Diagnostic, Place, shown};
use chrono::NaiveDate;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

const FIGURES: &str = "content/figures/";
const HINT: &str = "if the change is meant, have the texts signed: `aftercare sign`";

/// What drawings that nobody has signed since show otherwise.
pub fn changed(files: &dyn Files, folder: &Folder, today: Option<NaiveDate>) -> Vec<Diagnostic> {
    let is_signed = |pack: &Pack| today.is_some_and(|today| pack.approval.on(today).is_ok());
    let mut packs = folder.treatments().flat_map(|library| library.packs.values());
    if packs.all(is_signed) {
        return Vec::new();
    }
    let mut found = same_drawings(files);
    let used: BTreeSet<&str> = folder
        .treatments()
        .filter_map(|library| library.treatment.regions())
        .flat_map(|option| option.values().iter().map(|region| &**region))
        .collect();
    found.extend(folder.first.body_maps.iter().flat_map(|map| of_map(files, map, &used)));
    found
}

fn of_map(files: &dyn Files, map: &BodyMap, used: &BTreeSet<&str>) -> Vec<Diagnostic> {
    let path = format!("{FIGURES}{}.svg", map.picture.id);
    let Some(came) = Embedded.bytes(&path).and_then(|came| std::str::from_utf8(came).ok()) else {
        return Vec::new();
    };
    if files.read(&path).is_ok_and(|own| *own == *came.as_bytes()) {
        return Vec::new();
    }
    let own: Vec<DrawnShape> = map.regions.iter().cloned().zip(map.picture.paths().iter().cloned()).collect();
    let came = shapes(came);
    let told =
        |message: String| Diagnostic::warning("changed-sense", message).at(Place::file(&*path)).hint(HINT);
    let other = own.iter().filter_map(|(region, shape)| {
        let region = region.as_ref()?;
        let was = came.iter().find(|(_, other)| other == shape)?.0.as_ref();
        let message = match was.filter(|was| *was != region) {
            Some(was) => format!("the shape of `{}` came as that of `{was}`", shown(region)),
            None => return None,
        };
        Some(told(message))
    });
    let mut found: Vec<Diagnostic> = other.collect();
    let has = |all: &[DrawnShape], region: &str| all.iter().any(|(own, _)| own.as_deref() == Some(region));
    let mut lost: BTreeSet<&String> = came.iter().filter_map(|(region, _)| region.as_ref()).collect();
    lost.retain(|region| used.contains(&***region) && !has(&own, region));
    found.extend(
        lost.into_iter()
            .map(|region| told(format!("`{region}` has no shape any more: nobody can point at it"))),
    );
    found
}

/// Figures of the same bytes: one of them stands where another belongs.
fn same_drawings(files: &dyn Files) -> Vec<Diagnostic> {
    let is_figure = |path: &str| path.starts_with(FIGURES) && path.ends_with(".svg");
    let mut seen: BTreeMap<Cow<'static, [u8]>, String> = BTreeMap::new();
    let mut paths = files.paths(&is_figure).unwrap_or_default();
    let is_own =
        |path: &str| Embedded.read(path).map_or(true, |came| files.read(path).is_ok_and(|own| own != came));
    if !paths.iter().any(|path| is_own(path)) {
        return Vec::new();
    }
    // What came is the one that is right.
    paths.sort_by_key(|path| is_own(path));
    let told = paths.into_iter().filter_map(|path| {
        let bytes = files.read(&path).ok()?;
        if let Some(other) = seen.get(&bytes).filter(|_| is_own(&path)) {
            let message = format!("this is the drawing `{other}` again");
            let fault = Diagnostic::warning("changed-sense", message).at(Place::file(path));
            return Some(fault.hint("draw what the figure is named for, or name the other one in its place"));
        }
        let id = path.trim_start_matches(FIGURES).trim_end_matches(".svg").to_owned();
        seen.insert(bytes, id);
        None
    });
    told.collect()
}
