//! What is painted in which ink, object by object.

use super::read::{Kind, Painted};
use super::{Page, Preflight, millimetres};
use crate::brand::MOST_INK;

/// Images coarser than this show their pixels in offset print; a print shop asks for twice as many.
const LOWEST_PPI: f32 = 150.0;
const WANTED_PPI: f32 = 300.0;

/// Spaces that a file for this press may paint in: the four inks, and marks on every plate.
const SPACES: [&str; 2] = ["DeviceCMYK", "Separation All"];

pub(super) fn check(painted: &[Painted], number: usize, page: &mut Page, found: &mut Preflight) {
    for object in painted {
        match object.kind {
            Kind::Text => page.texts += 1,
            Kind::Image => page.images += 1,
            _ => page.shapes += 1,
        }
        let (name, place) = (name(object.kind), || place(object));
        let space = object.paint.space();
        if !SPACES.contains(&space.as_str()) {
            let message = format!("{name} {} is in {space}", place());
            found.fault("colour-space", Some(number), message);
        }
        if !page.spaces.contains(&space) {
            page.spaces.push(space);
        }
        let ink = object.paint.ink();
        page.most_ink = page.most_ink.max(ink);
        if ink > MOST_INK + 0.05 {
            let message = format!("{name} {} takes {ink:.0} % of ink; {MOST_INK:.0} % is the most", place());
            found.fault("too-much-ink", Some(number), message);
        }
        overprint(object, number, page, found);
        if let Some(ppi) = object.ppi {
            page.lowest_ppi = Some(page.lowest_ppi.map_or(ppi, |lowest| lowest.min(ppi)));
            // What is made to 300 an inch may miss it by a part of a pixel.
            if ppi.round() < LOWEST_PPI {
                let message =
                    format!("an image {} has {ppi:.0} pixels an inch; {LOWEST_PPI} is the least", place());
                found.fault("image-resolution", Some(number), message);
            } else if ppi.round() < WANTED_PPI {
                let message =
                    format!("an image {} has {ppi:.0} pixels an inch; {WANTED_PPI} are asked for", place());
                found.warning("image-resolution", Some(number), message);
            }
        }
    }
    page.spaces.sort();
}

/// Black text prints over; white never does: it would not be there.
fn overprint(object: &Painted, number: usize, page: &mut Page, found: &mut Preflight) {
    let (name, place) = (name(object.kind), || place(object));
    if object.overprints && object.paint.is_white() {
        found.fault(
            "white-overprints",
            Some(number),
            format!("white {name} {} prints over, so it is not seen", place()),
        );
    }
    if object.kind != Kind::Text {
        return;
    }
    match (object.paint.is_black_alone(), object.overprints) {
        (true, true) => page.overprinting_texts += 1,
        (true, false) => {
            found.fault(
                "black-knocks-out",
                Some(number),
                format!("black text {} does not print over", place()),
            );
        }
        _ => {}
    }
}

fn name(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "text",
        Kind::Fill => "a fill",
        Kind::Stroke => "a line",
        Kind::Image => "an image",
        Kind::Shading => "a shading",
    }
}

fn place(object: &Painted) -> String {
    let [left, bottom, ..] = object.bounds;
    format!("{:.1} mm from the left and {:.1} mm from the foot", millimetres(left), millimetres(bottom))
}
