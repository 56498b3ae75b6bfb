//! Marks for whoever folds: short dashed lines in the printer's margin, above and below each fold.

use super::sheet::Sheet;
use crate::brand::Colour;
use crate::geometry::{Point, Pt};
use crate::layout::strip::decoration;
use crate::layout::{Layout, Pen, Shape};

/// From the edge of the paper: where most printers begin to print, and where the ground does.
const FROM: Pt = Pt(8.0);
const TO: Pt = Pt(17.0);

pub(super) fn fold_marks(layout: &mut Layout, sheet: &Sheet, colour: Colour) {
    let pen = Pen { colour, width: Pt(0.75), dash: Some((Pt(2.0), Pt(1.5))), round: false };
    for (side, page) in layout.pages.iter_mut().enumerate() {
        for x in sheet.folds(side) {
            for (from, to) in [(FROM, TO), (sheet.size.height - TO, sheet.size.height - FROM)] {
                let rule = Shape::Rule { from: Point::new(x, from), to: Point::new(x, to), pen };
                page.fragments.push(decoration(rule));
            }
        }
    }
}
