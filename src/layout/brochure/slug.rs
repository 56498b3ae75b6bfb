//! The slug line of a file for the press: which file, which content and which side an untrimmed sheet is. It stands between the
//! bleed and the edge of the paper, where it is cut off, and is no content.

use super::sheet::Sheet;
use crate::brand::Brand;
use crate::document::Inline;
use crate::geometry::{Point, Pt};
use crate::layout::builder::Builder;
use crate::layout::paragraph::{ParagraphStyle, Setter};
use crate::layout::{Artifact, Layout, LayoutError, Style, style};

/// Type and leading: the marks are no higher.
const SIZE: Pt = Pt(6.5);
const LEADING: Pt = Pt(8.0);
/// From the bleed to the feet of the letters.
const GAP: Pt = Pt(5.0);
/// Behind the crop mark of the corner.
const START: Pt = Pt(9.0);

/// Adds a line to each side, above it and outside the bleed.
///
/// # Errors
/// A letter that no font has.
pub fn slug(
    layout: &mut Layout,
    sheet: &Sheet,
    what: &str,
    brand: &Brand,
    setter: &Setter,
) -> Result<(), LayoutError> {
    let style = Style::typeset(&style::STANDARD, &brand.palette);
    let builder = Builder::new(&style, setter);
    let small = ParagraphStyle { size: SIZE, leading: LEADING, ..style.small };
    for (side, page) in layout.pages.iter_mut().enumerate() {
        let name = if side == 0 { "outside" } else { "inside" };
        let text = [Inline::Text(format!("{what} · {name}, side {} of 2", side + 1))];
        // It ends before the first fold, whose marks stand at the same height.
        let width = sheet.folds(side).first().map_or(sheet.size.width, |fold| *fold) - START * 2.0;
        let set = builder.set(&text, &small, width)?;
        let baseline = set.lines.first().map_or(Pt::ZERO, |line| line.baseline);
        let from = Point::new(START, Pt::ZERO - sheet.bleed() - GAP - baseline);
        page.fragments.extend(builder.artifact_lines(&set, Artifact::Decoration, from));
    }
    Ok(())
}
