//! What is told of a brochure's photographs and its cover: a photograph that has too few pixels for its place on the paper, and a cover without any
//! picture.

use crate::diagnostic::{Diagnostic, Place};
use crate::document::{Brochure, Photo};
use crate::geometry::Rect;
use crate::layout::{Layout, Shape};

/// Pixels an inch that a print shop asks for, and below which each of them is seen.
const WANTED: f32 = 300.0;
const LEAST: f32 = 150.0;

/// Of photographs with too few pixels: the faults, for a press where they would be seen, and the warnings.
pub(super) fn coarse(
    layout: &Layout,
    cover: Option<&str>,
    for_press: bool,
) -> (Vec<Diagnostic>, Vec<Diagnostic>) {
    let shapes = layout.pages.iter().flat_map(|page| &page.fragments).map(|fragment| &fragment.shape);
    let (mut faults, mut warnings) = (Vec::new(), Vec::new());
    for shape in shapes {
        let Shape::Photo { photo, rect, .. } = shape else { continue };
        let is_cover = cover == Some(photo.file.as_str());
        let ppi = resolution(photo, rect);
        let told = |wanted, fault| told(photo, rect, (is_cover, wanted), fault);
        match for_press {
            true if ppi < LEAST => faults.push(told(WANTED, Diagnostic::error)),
            true if ppi < WANTED => warnings.push(told(WANTED, Diagnostic::warning)),
            false if ppi < LEAST => warnings.push(told(LEAST, Diagnostic::warning)),
            _ => {}
        }
    }
    (faults, warnings)
}

/// Pixels an inch, in whole ones.
fn resolution(photo: &Photo, rect: &Rect) -> f32 {
    let window = photo.window((rect.width.0, rect.height.0));
    (window.width as f32 * 72.0 / rect.width.0).min(window.height as f32 * 72.0 / rect.height.0).round()
}

fn told(
    photo: &Photo,
    rect: &Rect,
    (is_cover, wanted): (bool, f32),
    fault: fn(&'static str, String) -> Diagnostic,
) -> Diagnostic {
    let ppi = resolution(photo, rect);
    let window = photo.window((rect.width.0, rect.height.0));
    let millimetres = |points: f32| (points * 25.4 / 72.0).round();
    let needed = |pixels: u32| (pixels as f32 * wanted / ppi.max(1.0)).ceil();
    let (code, which) = match is_cover {
        true => ("cover-resolution", "photograph of the cover"),
        false => ("photo-resolution", "photograph on a panel"),
    };
    let message = format!("the {which} has {ppi} pixels an inch; {wanted} are needed");
    let hint = format!(
        "{} × {} of its {} × {} pixels stand on {} × {} mm of paper: take one with {} × {} pixels or more",
        window.width,
        window.height,
        photo.width,
        photo.height,
        millimetres(rect.width.0),
        millimetres(rect.height.0),
        needed(photo.width),
        needed(photo.height)
    );
    fault(code, message).at(Place::file(photo.file.clone())).hint(hint)
}

/// A cover that has nothing to show.
pub(super) fn no_picture(brochure: &Brochure) -> Option<Diagnostic> {
    if brochure.cover().picture.is_some() {
        return None;
    }
    let hint = "put a drawing there, or name a photograph: `cover` in templates/brand.yaml";
    let warning = Diagnostic::warning("no-cover", "the cover of the brochure has no picture");
    Some(warning.at(Place::file("content/figures/cover.svg")).hint(hint))
}

/// A photograph whose file breaks off, or whose colours nobody can read.
pub(super) fn broken(file: &str, message: &str) -> Diagnostic {
    let fault = Diagnostic::error("bad-picture", format!("the photograph cannot be shown: {message}"));
    fault.at(Place::file(file.to_owned())).hint("save it anew as JPEG, in sRGB")
}
